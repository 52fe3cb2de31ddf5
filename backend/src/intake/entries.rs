//! One entry's stream: its state, and appending what was decided on it.

use crate::log::{Append, Appended, Claim, KeyError, Log, NewEvent, ReadError, Rejected};
use crate::rules::entry::{Command, EntryState, Refusal, decide, evolve};
use events::{CommandId, EntryEvent, EntryId};
use jiff::Timestamp;

/// An entry as its stream tells it.
pub struct Loaded {
    /// Version of the stream.
    pub version: u32,
    /// When it was taken in; `None` when there is no such entry.
    pub registered_at: Option<Timestamp>,
    /// State; `None` when there is no such entry.
    pub state: Option<EntryState>,
}

/// One event with what stands beside it.
pub struct Told {
    /// Position.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What it was.
    pub event: EntryEvent,
}

/// All events of an entry, oldest first.
pub async fn history(log: &Log, entry: EntryId) -> Result<Vec<Told>, ReadError> {
    let stored = log.stream(entry.stream()).await?;
    stored
        .into_iter()
        .map(|event| {
            let payload = event.open(log.keyring())?;
            let told = EntryEvent::read(&event.name, event.schema_version, &payload)
                .map_err(|_| ReadError::CannotOpen { position: event.position })?;
            Ok(Told {
                position: event.position,
                recorded_at: event.recorded_at,
                actor: event.actor,
                event: told,
            })
        })
        .collect()
}

/// The state of an entry.
pub async fn load(log: &Log, entry: EntryId) -> Result<Loaded, ReadError> {
    let history = history(log, entry).await?;
    let version = u32::try_from(history.len()).unwrap_or(u32::MAX);
    let state = history.iter().fold(None, |state, told| evolve(state, &told.event));
    Ok(Loaded { version, registered_at: history.first().map(|first| first.recorded_at), state })
}

/// How often it is decided anew when others change the entry at the same time.
const TRIES: usize = 8;

/// Version and last position after a change; the position is zero when nothing had to be appended.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// Version of the entry.
    pub version: u32,
    /// Position of the last event.
    pub position: u64,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
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
}

/// An entry's version, when it was taken in, and its state; there must be one.
pub async fn present(log: &Log, entry: EntryId) -> Result<(u32, Timestamp, EntryState), ChangeError> {
    let loaded = load(log, entry).await.map_err(|error| match error {
        // Its key was never made: no such entry, not a fault.
        ReadError::Key(KeyError::Missing(_)) => ChangeError::NotFound,
        other => ChangeError::Read(other),
    })?;
    let known = loaded.registered_at.zip(loaded.state);
    let (registered_at, state) = known.ok_or(ChangeError::NotFound)?;
    Ok((loaded.version, registered_at, state))
}

/// Decides on an entry as it is now and appends what follows; anew, when somebody else was there first. `command` says
/// nothing where there is nothing left to do.
pub async fn change(
    log: &Log,
    entry: EntryId,
    actor: &str,
    key: Option<(CommandId, Vec<u8>)>,
    command: impl Fn(&EntryState) -> Option<Command>,
) -> Result<Done, ChangeError> {
    for _ in 0..TRIES {
        let (version, _, state) = present(log, entry).await?;
        let Some(command) = command(&state) else { return Ok(Done { version, position: 0 }) };
        let events = decide(Some(&state), command)?;
        if events.is_empty() {
            return Ok(Done { version, position: 0 });
        }
        match append(log, entry, version, &events, actor, Vec::new(), key.clone()).await {
            Ok(done) => return Ok(Done { version: done.version, position: done.last_position }),
            Err(Rejected::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Rejected::Unavailable.into())
}

/// Appends what was decided on a version of an entry.
pub async fn append(
    log: &Log,
    entry: EntryId,
    expected_version: u32,
    events: &[EntryEvent],
    actor: &str,
    claims: Vec<Claim>,
    command: Option<(CommandId, Vec<u8>)>,
) -> Result<Appended, Rejected> {
    let events = events.iter().map(|event| NewEvent {
        name: event.name(),
        schema_version: event.version(),
        // Plain structs with text keys always become JSON; if not, the schema refuses the null.
        payload: event.payload().unwrap_or_default(),
    });
    let (command, request) = command.unzip();
    log.append(Append {
        stream: entry.stream(),
        expected_version,
        command,
        request: request.unwrap_or_default(),
        actor: actor.to_owned(),
        events: events.collect(),
        claims,
    })
    .await
}
