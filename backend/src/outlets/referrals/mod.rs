//! Referrals on their way to the labour inspectorate: hands over what is to be sent, and writes down what became of it.
//!
//! The log comes first: what is handed over stands there already, under the id that the message has. Whatever dies in
//! between is completed at the next look, and a message that was handed over twice is one to the service. One node does
//! it at a time; another takes over when it dies.

mod attend;
mod health;

use crate::disclosure::{Disclosures, NotWritten};
use crate::intake::reference::Reference;
use crate::log::lease::Lease;
use crate::log::{KeyError, Log, ReadError, Rejected, fault};
use crate::outlets::eformidling::{Eformidling, EformidlingError};
use crate::projections::referrals::due;
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
const LOCK: i64 = 7_224_091;
/// Referrals that are looked up at once.
const BATCH: i64 = 50;
/// Failures in a row after which the rest of a look is left for the next one.
const FAILURES_IN_ROW_MAX: u32 = 3;
/// When a referral is looked at again at the soonest when a look changed nothing.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// Why something that is due was not done. It is tried again.
#[derive(Debug, thiserror::Error)]
pub enum SendingError {
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
    /// It could not be written down that it is about to be told.
    #[error(transparent)]
    Disclosure(#[from] NotWritten),
    /// The message service fails.
    #[error(transparent)]
    Service(#[from] EformidlingError),
    /// The archive's file cannot be written.
    #[error("the archive's file cannot be written")]
    Archive,
}

impl From<ReadError> for SendingError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Database(error) => SendingError::Database(error),
            ReadError::Key(error) => SendingError::Key(error),
            ReadError::Gap(_) | ReadError::CannotOpen { .. } => SendingError::Unreadable,
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

/// Sends what is due. Cloned handles share everything.
#[derive(Clone)]
pub struct ReferralPost {
    log: Log,
    tables: PgPool,
    service: Eformidling,
    reference: Reference,
    disclosures: Disclosures,
    health: Arc<Health>,
}

impl ReferralPost {
    /// The outlet over a log, the read models, the rules, a message service, and the log of who was told what.
    pub fn new(
        log: Log,
        tables: PgPool,
        service: Eformidling,
        reference: Reference,
        disclosures: Disclosures,
    ) -> ReferralPost {
        ReferralPost { log, tables, service, reference, disclosures, health: Arc::default() }
    }

    /// Sends what is due, for ever.
    pub async fn run(self) {
        let mut pause = POLL;
        loop {
            pause = match self.round().await {
                Ok(Round::Done | Round::Elsewhere) => POLL,
                Err(error) => {
                    tracing::error!(%error, "referrals cannot be sent; it is tried again");
                    (pause * 2).min(PAUSE_MAX)
                }
            };
            self.measure().await;
            tokio::time::sleep(pause).await;
        }
    }

    /// One look: what is due is done, unless another node is at it.
    pub async fn round(&self) -> Result<Round, SendingError> {
        let outcome = self.look().await;
        self.health.note(outcome.as_ref().err().map(ToString::to_string), self.log.clock().now());
        outcome
    }

    /// What went wrong in the last look.
    pub fn failure(&self) -> Option<String> {
        self.health.failure()
    }

    async fn look(&self) -> Result<Round, SendingError> {
        let Some(lease) = Lease::take(self.log.pool(), LOCK).await? else { return Ok(Round::Elsewhere) };
        let outcome = self.do_what_is_due().await;
        lease.give_back().await;
        outcome.map(|()| Round::Done)
    }

    /// One referral that fails does not keep the others; many in a row are the service's failure, and they wait.
    async fn do_what_is_due(&self) -> Result<(), SendingError> {
        let mut outcome = Ok(());
        let mut failures_in_row = 0;
        loop {
            let found = due(&self.tables, self.log.clock().now(), BATCH).await?;
            if found.is_empty() {
                return outcome;
            }
            for (entry, referral, was_due) in found {
                let attended = self.attend(entry, referral, was_due).await;
                failures_in_row = if attended.is_ok() { 0 } else { failures_in_row + 1 };
                outcome = outcome.and(attended);
                if failures_in_row >= FAILURES_IN_ROW_MAX {
                    return outcome;
                }
            }
        }
    }
}
