//! Text messages to travellers: orders what is due, hands it over to the sending service, and writes down what became
//! of it.
//!
//! The log comes first: an order is appended under optimistic concurrency, then handed over under the message's own
//! id. Whatever dies in between is completed at the next look, and an order that was handed over twice is one to the
//! service. One node does it at a time; another takes over when it dies.

mod attend;
mod health;

use crate::intake::reference::Reference;
use crate::log::lease::Lease;
use crate::log::{KeyError, Log, ReadError, Rejected, fault};
use crate::outlets::altinn::{Altinn, AltinnError};
use crate::projections::entries::messages_due;
use futures::StreamExt;
use health::Health;
use jiff::SignedDuration;
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked whether something is due.
const POLL: Duration = Duration::from_secs(1);
/// The longest pause between two looks while the service fails.
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// The advisory lock of whoever sends: one node at a time.
const LOCK: i64 = 7_224_063;
/// Entries that are looked up at once.
const BATCH: i64 = 200;
/// Entries that are looked at side by side.
const AT_ONCE: usize = 8;
/// Failures in a row after which the rest of a look is left for the next one.
const FAILURES_IN_ROW_MAX: u32 = 3;
/// When an entry is looked at again at the soonest when a look changed nothing, or something failed.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// Why something that is due was not done. It is tried again.
#[derive(Debug, thiserror::Error)]
pub enum MessagesError {
    /// A database fails.
    #[error("a database fails: {}", fault(.0))]
    Database(#[from] sqlx::Error),
    /// The log cannot be read.
    #[error("an entry's events cannot be read")]
    Unreadable,
    /// A key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The log takes nothing.
    #[error("nothing can be appended: {0}")]
    Append(#[from] Rejected),
    /// The sending service fails.
    #[error(transparent)]
    Service(#[from] AltinnError),
    /// There is no text in the language of a message.
    #[error("there is no text for a message of this kind and language")]
    NoText,
}

impl From<ReadError> for MessagesError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Database(error) => MessagesError::Database(error),
            ReadError::Key(error) => MessagesError::Key(error),
            ReadError::Gap(_) | ReadError::CannotOpen { .. } => MessagesError::Unreadable,
        }
    }
}

/// What one look came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Nothing is left that was due.
    Done,
    /// Another node is at it.
    Elsewhere,
}

/// What the outlet is set up with.
#[derive(Clone)]
pub struct Settings {
    /// The sending service.
    pub altinn: Altinn,
    /// The rules: when messages are due and when they may be sent.
    pub reference: Reference,
    /// Where travellers read more.
    pub link: String,
}

/// Sends what is due. Cloned handles share everything.
#[derive(Clone)]
pub struct Messages {
    log: Log,
    tables: PgPool,
    settings: Arc<Settings>,
    health: Arc<Health>,
}

impl Messages {
    /// The outlet over a log, the read models and a sending service.
    pub fn new(log: Log, tables: PgPool, settings: Settings) -> Messages {
        Messages { log, tables, settings: Arc::new(settings), health: Arc::default() }
    }

    /// Sends what is due, for ever.
    pub async fn run(self) {
        let mut pause = POLL;
        loop {
            pause = match self.round().await {
                Ok(Round::Done | Round::Elsewhere) => POLL,
                Err(error) => {
                    tracing::error!(%error, "text messages cannot be sent; it is tried again");
                    (pause * 2).min(PAUSE_MAX)
                }
            };
            self.measure().await;
            tokio::time::sleep(pause).await;
        }
    }

    /// One look: what is due is done, unless another node is at it.
    pub async fn round(&self) -> Result<Round, MessagesError> {
        let outcome = self.look().await;
        self.health.note(outcome.as_ref().err().map(ToString::to_string), self.log.clock().now());
        outcome
    }

    /// What went wrong in the last look.
    pub fn failure(&self) -> Option<String> {
        self.health.failure()
    }

    async fn look(&self) -> Result<Round, MessagesError> {
        let Some(lease) = Lease::take(self.log.pool(), LOCK).await? else { return Ok(Round::Elsewhere) };
        let outcome = self.do_what_is_due().await;
        lease.give_back().await;
        outcome.map(|()| Round::Done)
    }

    /// One entry that fails does not keep the others; many in a row are the service's failure, and they wait.
    async fn do_what_is_due(&self) -> Result<(), MessagesError> {
        self.health.begin();
        let mut outcome = Ok(());
        loop {
            let due = messages_due(&self.tables, self.log.clock().now(), BATCH).await?;
            if due.is_empty() {
                return outcome;
            }
            let attended = futures::stream::iter(due)
                .map(|(entry, was_due)| self.attend(entry, was_due))
                .buffer_unordered(AT_ONCE)
                .collect::<Vec<Result<(), MessagesError>>>()
                .await;
            outcome = outcome.and(attended.into_iter().collect());
            if self.health.failures_in_row() >= FAILURES_IN_ROW_MAX {
                return outcome;
            }
        }
    }
}
