//! What is done on one entry's calls: decided on its stream, appended, and tried again when somebody else was there
//! first. Saying the same twice is one event.

use super::Queue;
use crate::intake::entries::{self, ChangeError, Done};
use crate::log::{ReadError, Rejected};
use crate::projections::entries::tokens;
use crate::rules::calls::{Command, Refusal as CallRefusal};
use crate::rules::entry::{self, EntryState, Refusal};
use api::calls::CallSaved;
use events::call::{CallConcluded, CallDialled, CallOutcome, ContactResult, NumberMarkedWrong};
use events::{CommandId, EntryId, Personal};
use jiff::Timestamp;
use sqlx::Row;
use uuid::Uuid;

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

impl Queue {
    /// An entry's version, when it was taken in, and its state; there must be one.
    pub async fn state_of(&self, entry: EntryId) -> Result<(u32, Timestamp, EntryState), CallError> {
        Ok(entries::present(&self.log, entry).await?)
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
        let of_call = |state: &EntryState| Some(entry::Command::Call { command: command(state)?, ends_at });
        Ok(entries::change(&self.log, entry, actor, key, of_call).await?)
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
        let (_, _, state) = self.state_of(entry).await?;
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

/// A change as it is answered.
pub fn saved(done: Done, attempt: Uuid, undo_until: Option<Timestamp>) -> CallSaved {
    CallSaved { attempt, version: done.version, position: done.position, undo_until }
}

impl From<CallRefusal> for CallError {
    fn from(refusal: CallRefusal) -> Self {
        CallError::Refused(refusal.into())
    }
}

impl From<ChangeError> for CallError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => CallError::NotFound,
            ChangeError::Refused(refusal) => CallError::Refused(refusal),
            ChangeError::Read(error) => CallError::Read(error),
            ChangeError::Append(error) => CallError::Append(error),
        }
    }
}
