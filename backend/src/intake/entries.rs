//! One entry's stream: its state, and appending what was decided on it.

use crate::log::{Append, Appended, Claim, Log, NewEvent, ReadError, Rejected};
use crate::rules::entry::{EntryState, evolve};
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
