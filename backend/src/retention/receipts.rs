//! What is written down for ever about what ended: permanent streams of the log.

use super::{Retention, RetentionError};
use crate::log::{Append, Log, NewEvent, Rejected, StoredEvent};
use events::{RetentionEvent, StreamId};
use jiff::Timestamp;

/// Who ends things by the clock, as the log names it.
pub(super) const ACTOR: &str = "retention";

/// A permanent fact, read.
pub struct Fact {
    /// Its position.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What it is.
    pub event: RetentionEvent,
}

impl Retention {
    /// The facts of one stream, oldest first.
    pub(super) async fn facts_of(&self, stream: StreamId) -> Result<Vec<RetentionEvent>, RetentionError> {
        let stored = self.log.stream(stream).await?;
        stored.iter().map(|event| read(event).map(|fact| fact.event)).collect()
    }

    /// Writes a fact down as the next one of its stream. When another node was first, its fact stands.
    pub(super) async fn write_down(
        &self,
        stream: StreamId,
        known: usize,
        event: impl Into<RetentionEvent>,
    ) -> Result<(), RetentionError> {
        match append(&self.log, stream, known, event.into(), ACTOR).await {
            Ok(()) | Err(Rejected::Conflict { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Keys that were destroyed are refused from now on, under whatever name they come back.
    pub(super) async fn learn_destroyed_keys(&self) -> Result<(), RetentionError> {
        for fact in facts(&self.log, &["epoch-ended"], 0).await? {
            if let RetentionEvent::EpochEnded(receipt) = fact.event
                && let Some(fingerprint) = receipt.key_fingerprint
            {
                self.log.keyring().refuse(fingerprint);
            }
        }
        Ok(())
    }
}

/// Permanent facts of some types after a position, oldest first.
pub async fn facts(log: &Log, types: &[&str], after: u64) -> Result<Vec<Fact>, RetentionError> {
    log.facts(types, after).await?.iter().map(read).collect()
}

fn read(stored: &StoredEvent) -> Result<Fact, RetentionError> {
    let event = RetentionEvent::read(&stored.name, stored.schema_version, &stored.sealed)?;
    Ok(Fact { position: stored.position, recorded_at: stored.recorded_at, event })
}

/// Appends a fact to its stream, of which so many are known.
pub(super) async fn append(
    log: &Log,
    stream: StreamId,
    known: usize,
    event: RetentionEvent,
    actor: &str,
) -> Result<(), Rejected> {
    let fact = NewEvent {
        name: event.name(),
        schema_version: event.version(),
        // Plain structs with text keys always become JSON; if not, the schema refuses the null.
        payload: event.payload().unwrap_or_default(),
    };
    let append = Append {
        stream,
        expected_version: u32::try_from(known).unwrap_or(u32::MAX),
        command: None,
        request: Vec::new(),
        actor: actor.to_owned(),
        events: vec![fact],
        claims: Vec::new(),
    };
    log.append(append).await.map(|_| ())
}
