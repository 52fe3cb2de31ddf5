//! What is done on one entry's calls: decided on its stream, appended, and tried again when somebody else was there
//! first. Saying the same twice is one event.

use super::Queue;
use crate::intake::entries::{Loaded, append, load};
use crate::log::{ReadError, Rejected};
use crate::projections::entries::{Document, tokens};
use crate::rules::belonging::Belonging;
use crate::rules::calls::{Command, Refusal as CallRefusal};
use crate::rules::entry::{self, EntryState, Refusal};
use api::calls::CallSaved;
use events::call::{CallConcluded, CallDialled, CallOutcome, ContactResult, NumberMarkedWrong};
use events::{CommandId, EntryId, Personal};
use jiff::Timestamp;
use sqlx::Row;
use uuid::Uuid;

/// How often it is decided anew when others change the entry at the same time.
const TRIES: usize = 8;
/// Entries that share a number and are told that it is wrong, at most.
const SHARED_MAX: i64 = 1_000;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// There is no such entry.
    #[error("there is no such entry")]
    NotFound,
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The stream cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The stream cannot be written.
    #[error(transparent)]
    Append(#[from] Rejected),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Version and last position after a command; the position is zero when nothing had to be appended.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// Version of the entry.
    pub version: u32,
    /// Position of the last event.
    pub position: u64,
}

impl Queue {
    /// An entry's state, of which there must be one.
    pub async fn state_of(&self, entry: EntryId) -> Result<(u32, EntryState), CallError> {
        let Loaded { version, state } = load(&self.log, entry).await.map_err(|error| match error {
            // Its key was never made: no such entry, not a fault.
            ReadError::Key(crate::log::KeyError::Missing(_)) => CallError::NotFound,
            other => CallError::Read(other),
        })?;
        Ok((version, state.ok_or(CallError::NotFound)?))
    }

    /// Decides on an entry's calls and appends what follows.
    pub async fn call(
        &self,
        entry: EntryId,
        actor: &str,
        key: Option<(CommandId, Vec<u8>)>,
        command: impl Fn(&EntryState) -> Option<Command>,
    ) -> Result<Done, CallError> {
        let ends_at = entry.epoch().ends_at();
        for _ in 0..TRIES {
            let (version, state) = self.state_of(entry).await?;
            let Some(command) = command(&state) else { return Ok(Done { version, position: 0 }) };
            let events = entry::decide(Some(&state), entry::Command::Call { command, ends_at })?;
            if events.is_empty() {
                return Ok(Done { version, position: 0 });
            }
            match append(&self.log, entry, version, &events, actor, Vec::new(), key.clone()).await {
                Ok(done) => return Ok(Done { version: done.version, position: done.last_position }),
                Err(Rejected::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Rejected::Unavailable.into())
    }

    /// Writes a dial down. The same one again changes nothing.
    pub async fn dial(&self, entry: EntryId, dialled: CallDialled) -> Result<Done, CallError> {
        let key = (CommandId(dialled.attempt), dialled.phone.0.clone().into_bytes());
        let caller = dialled.caller.clone();
        self.call(entry, &caller, Some(key), |state| {
            let known = state.calls.attempt(dialled.attempt);
            let same = known
                .is_some_and(|attempt| attempt.phone == dialled.phone && attempt.caller == dialled.caller);
            (!same).then(|| Command::Dial(dialled.clone()))
        })
        .await
    }

    /// Writes down what an attempt came to; a wrong number is told to all who share it.
    pub async fn conclude(
        &self,
        entry: EntryId,
        key: CommandId,
        concluded: CallConcluded,
    ) -> Result<Done, CallError> {
        let request = asked("conclude", entry, concluded.attempt, &concluded.outcome);
        let caller = concluded.caller.clone();
        let done = self
            .call(entry, &caller, Some((key, request)), |state| {
                let attempt = state.calls.attempt(concluded.attempt);
                let said = attempt.and_then(|attempt| attempt.concluded.as_ref());
                let same =
                    said.is_some_and(|said| said.outcome == concluded.outcome && said.by == concluded.caller);
                (!same).then(|| Command::Conclude(concluded.clone()))
            })
            .await?;
        if concluded.outcome.contact == ContactResult::WrongNumber {
            return self.mark_wrong(entry, concluded.attempt, &caller).await;
        }
        Ok(done)
    }

    /// The number of an attempt is somebody else's, for everybody who has it, the entry itself last. May be repeated.
    async fn mark_wrong(&self, entry: EntryId, attempt: Uuid, caller: &str) -> Result<Done, CallError> {
        let (_, state) = self.state_of(entry).await?;
        let phone = state.calls.attempt(attempt).map(|attempt| attempt.phone.clone());
        let phone = phone.ok_or(CallRefusal::AttemptUnknown)?;
        let others = self.entries_with(&phone).await?.into_iter().filter(|other| *other != entry);
        for sharing in others {
            let marked = NumberMarkedWrong { phone: phone.clone(), attempt, caller: caller.to_owned() };
            match self.call(sharing, caller, None, |_| Some(Command::MarkWrong(marked.clone()))).await {
                // It ended meanwhile.
                Ok(_)
                | Err(CallError::NotFound | CallError::Read(ReadError::Key(_)) | CallError::Refused(_)) => {}
                Err(CallError::Append(Rejected::Ended(_) | Rejected::Key(_))) => {}
                Err(error) => return Err(error),
            }
        }
        let marked = NumberMarkedWrong { phone, attempt, caller: caller.to_owned() };
        self.call(entry, caller, None, |_| Some(Command::MarkWrong(marked.clone()))).await
    }

    /// Live entries that have a number, the latest first.
    pub async fn entries_with(&self, phone: &Personal<String>) -> Result<Vec<EntryId>, CallError> {
        let term = tokens::of_phone(&phone.0);
        let keys = self.log.keyring().live_epochs().map_err(ReadError::Key)?;
        let wanted: Vec<i64> = keys.iter().map(|(_, key)| term.token(key)).collect();
        let rows = sqlx::query(
            "select distinct entry from read.entry_token where token = any($1) order by entry desc limit $2",
        )
        .bind(wanted)
        .bind(SHARED_MAX)
        .fetch_all(&self.tables)
        .await?;
        rows.iter()
            .map(|row| Ok(EntryId::parse(row.try_get("entry")?)))
            .filter_map(Result::transpose)
            .collect()
    }
}

/// What a request asks for, for telling a repeated one from another under the same key.
pub fn asked(what: &str, entry: EntryId, attempt: Uuid, outcome: &CallOutcome) -> Vec<u8> {
    let outcome = serde_json::to_string(outcome).unwrap_or_default();
    format!("{what} {} {attempt} {outcome}", entry.uuid()).into_bytes()
}

impl Done {
    /// As it is answered.
    pub fn saved(self, attempt: Uuid, undo_until: Option<Timestamp>) -> CallSaved {
        CallSaved { attempt, version: self.version, position: self.position, undo_until }
    }
}

/// What the list would hold of a state.
pub fn document(state: EntryState) -> Document {
    Document {
        reference_codes: state.reference_codes,
        record: state.record,
        routing: state.routing,
        calls: state.calls,
        // Only the lists know since when.
        belonging: Belonging::default(),
        changed: 0,
        changed_plain: 0,
    }
}

impl From<CallRefusal> for CallError {
    fn from(refusal: CallRefusal) -> Self {
        CallError::Refused(refusal.into())
    }
}
