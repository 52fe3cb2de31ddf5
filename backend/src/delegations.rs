//! Delegations of the municipal doctors: read from their permanent streams, one a municipality.
//!
//! Whether somebody may work is asked of the log at each request, on whichever node: a look at the stream's version, and
//! its events only when that has moved. So what was taken back counts at once, everywhere.

use crate::log::{Append, Log, NewEvent, ReadError, Rejected};
use crate::rules::delegation::{Book, Refusal};
use api::delegations::Delegation;
use events::delegation::{DelegationGiven, delegations_of};
use events::{CommandId, DelegationEvent, StreamId};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use uuid::Uuid;

/// How often an append is tried when another doctor writes the same stream.
const TRIES: u32 = 5;

/// Why nothing is known or changed.
#[derive(Debug, thiserror::Error)]
pub enum DelegationError {
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The log cannot be written.
    #[error(transparent)]
    Append(#[from] Rejected),
    /// A stored event cannot be read.
    #[error(transparent)]
    Unreadable(#[from] events::UnreadableEvent),
}

impl From<sqlx::Error> for DelegationError {
    fn from(error: sqlx::Error) -> Self {
        DelegationError::Read(ReadError::Database(error))
    }
}

/// The delegations of a municipality at a version of its stream.
struct Known {
    version: u32,
    book: Book,
}

/// What a command makes of the delegations: an event, or nothing when it is done already.
type Decided = Result<Option<DelegationEvent>, Refusal>;

/// The delegations of all municipalities. Cloned handles share what they know.
#[derive(Clone)]
pub struct Delegations {
    log: Log,
    known: Arc<RwLock<HashMap<StreamId, Arc<Known>>>>,
}

impl Delegations {
    /// Nothing is known yet.
    pub fn new(log: Log) -> Delegations {
        Delegations { log, known: Arc::default() }
    }

    /// Whether a living delegation lets a user work in a municipality, with or without access to health.
    pub async fn admit(&self, municipality: &str, user: &str, health: bool) -> Result<bool, DelegationError> {
        Ok(self.known(municipality).await?.1.book.admits(user, health, self.now()))
    }

    /// The delegations of a municipality.
    pub async fn list(&self, municipality: &str) -> Result<Vec<Delegation>, DelegationError> {
        Ok(self.known(municipality).await?.1.book.list(self.now()))
    }

    /// Whether a user ever had a delegation in a municipality.
    pub async fn names(&self, municipality: &str, user: &str) -> Result<bool, DelegationError> {
        Ok(self.known(municipality).await?.1.book.names(user))
    }

    /// Gives one. `doctor` is the user who gives it; the delegation's id is the key under which they may try again.
    pub async fn give(&self, given: DelegationGiven, doctor: &str) -> Result<Delegation, DelegationError> {
        let (id, municipality) = (given.delegation, given.municipality.clone());
        let actor = given.given_by.clone();
        let request = format!("delegate {id} {} {} {} {}", given.user, given.name, given.health, given.until);
        let decide = |book: &Book, now| book.give(given.clone(), doctor, now);
        self.change(&municipality, id, (CommandId(id), request), &actor, decide).await
    }

    /// Confirms one.
    pub async fn confirm(
        &self,
        municipality: &str,
        id: Uuid,
        by: &str,
        command: CommandId,
    ) -> Result<Delegation, DelegationError> {
        let decide = |book: &Book, now| book.confirm(id, by, now).map(Some);
        self.change(municipality, id, (command, format!("confirm {id}")), by, decide).await
    }

    /// Takes one back.
    pub async fn withdraw(
        &self,
        municipality: &str,
        id: Uuid,
        by: &str,
        command: CommandId,
    ) -> Result<Delegation, DelegationError> {
        let decide = |book: &Book, _| book.withdraw(id, by);
        self.change(municipality, id, (command, format!("withdraw {id}")), by, decide).await
    }

    /// The last moment of this register's clock.
    pub fn now(&self) -> Timestamp {
        self.log.clock().now()
    }

    async fn change(
        &self,
        municipality: &str,
        id: Uuid,
        (command, request): (CommandId, String),
        actor: &str,
        decide: impl Fn(&Book, Timestamp) -> Decided,
    ) -> Result<Delegation, DelegationError> {
        let mut left = TRIES;
        loop {
            let (stream, known) = self.known(municipality).await?;
            if let Some(event) = decide(&known.book, self.now())? {
                let append = append(stream, known.version, (command, &request), actor, &event);
                match self.log.append(append).await {
                    Ok(_) => {}
                    Err(Rejected::Conflict { .. }) if left > 1 => {
                        left -= 1;
                        continue;
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            let (_, known) = self.known(municipality).await?;
            return Ok(known.book.told(id, self.now()).ok_or(Refusal::Unknown)?);
        }
    }

    async fn known(&self, municipality: &str) -> Result<(StreamId, Arc<Known>), DelegationError> {
        let stream = delegations_of(municipality).ok_or(Refusal::Unknown)?;
        let version: Option<i32> = sqlx::query_scalar("select version from log.stream where stream = $1")
            .bind(stream.0)
            .fetch_optional(self.log.pool())
            .await?;
        let version = version.and_then(|version| u32::try_from(version).ok()).unwrap_or(0);
        let remembered =
            self.known.read().unwrap_or_else(PoisonError::into_inner).get(&stream).map(Arc::clone);
        if let Some(known) = remembered.filter(|known| known.version >= version) {
            return Ok((stream, known));
        }
        let mut known = Known { version: 0, book: Book::default() };
        for event in self.log.stream(stream).await? {
            let read = DelegationEvent::read(&event.name, event.schema_version, &event.sealed)?;
            known.book.evolve(read, event.recorded_at);
            known.version = event.version;
        }
        let known = Arc::new(known);
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(stream, known.clone());
        Ok((stream, known))
    }
}

fn append(
    stream: StreamId,
    version: u32,
    (command, request): (CommandId, &str),
    actor: &str,
    event: &DelegationEvent,
) -> Append {
    // Plain structs always become JSON; if not, the schema refuses the null.
    let payload = event.payload().unwrap_or_default();
    Append {
        stream,
        expected_version: version,
        command: Some(command),
        request: request.as_bytes().to_vec(),
        actor: actor.to_owned(),
        events: vec![NewEvent { name: event.name(), schema_version: event.version(), payload }],
        claims: Vec::new(),
    }
}
