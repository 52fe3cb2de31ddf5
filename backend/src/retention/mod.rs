//! Nothing about a person lives longer than ten days after its registration, in any copy.
//!
//! An epoch ends in steps, each of which may be repeated: freeze → count the days → write down what the epoch held
//! and its key's fingerprint → destroy the key in every holder → remove the read rows → drop the log's partitions →
//! receipt. Keys first, bytes second: whatever is left behind by a crash cannot be opened, and the receipt, which is
//! what anybody is told, comes last.

pub mod certificate;
pub mod consumers;
mod counting;
pub mod early_end;
mod epoch_end;
pub mod overview;
mod receipts;
pub mod schedule;
mod sweep;

#[cfg(feature = "demo")]
mod sabotage;

use crate::log::ending::Ending;
use crate::log::keystore::KeyStoreError;
use crate::log::{KeyError, Log, ReadError, Rejected, fault};
use jiff::SignedDuration;
use sqlx::PgPool;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

pub use receipts::{Fact, facts};

/// How often it is looked whether something is due.
const POLL: Duration = Duration::from_secs(1);
/// How many looks go by between two at which leftovers are looked for and days are certified.
const LOOKS_BETWEEN_SWEEPS: u32 = 30;
/// By how much the node's clock and the database server's may differ. Beyond it nothing is destroyed: one of them
/// is wrong, and a key that is destroyed too early is gone. Nothing opens after its time meanwhile.
const CLOCKS_DIFFER_MAX: SignedDuration = SignedDuration::from_secs(60);

/// Why something that is due was not done. It is tried again.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// A database fails.
    #[error("a database fails: {}", fault(.0))]
    Database(#[from] sqlx::Error),
    /// A holder of keys fails: the key may still be there.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
    /// A key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A receipt cannot be written.
    #[error("a receipt cannot be written: {0}")]
    Receipt(#[from] Rejected),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A stored fact cannot be read.
    #[error(transparent)]
    Unreadable(#[from] events::UnreadableEvent),
    /// Something is still there of an epoch that was about to get its receipt.
    #[error("epoch {epoch} gets no receipt: its {what} is still there")]
    NotGone {
        /// The epoch.
        epoch: events::Epoch,
        /// What is there.
        what: &'static str,
    },
    /// A file cannot be removed.
    #[error("a file cannot be removed: {0}")]
    File(#[from] std::io::Error),
    /// This machine's clock and the database server's differ too much to destroy anything.
    #[error("this machine's clock and the database server's differ by {} s; nothing is destroyed until they agree", .0.as_secs())]
    ClocksDiffer(SignedDuration),
}

/// What one look came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Nothing is left that was due.
    Done,
    /// Another node is at it.
    Elsewhere,
}

/// Ends what is due. Cloned handles share everything.
#[derive(Clone)]
pub struct Retention {
    log: Log,
    ending: Ending,
    tables: PgPool,
    /// Where sealed rejects of imported files lie.
    rejects: PathBuf,
    health: Arc<Health>,
}

/// How the last look went.
#[derive(Default)]
struct Health {
    /// Unix second of the last look that went well.
    last_success: AtomicI64,
    /// What went wrong in the last one.
    failure: RwLock<Option<String>>,
    /// What went wrong when leftovers were last looked for.
    sweep_failure: RwLock<Option<String>>,
    /// The epoch up to which fingerprints were forgotten.
    forgotten: AtomicU32,
}

impl Retention {
    /// Retention over a log, the role that may end things, and the read models. Learns which keys were destroyed.
    pub async fn open(
        log: Log,
        ending: Ending,
        tables: PgPool,
        rejects: PathBuf,
    ) -> Result<Retention, RetentionError> {
        let retention = Retention { log, ending, tables, rejects, health: Arc::default() };
        retention.learn_destroyed_keys().await?;
        Ok(retention)
    }

    /// The log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Ends everything that is overdue, trying until it is done: before anything is served after downtime.
    pub async fn catch_up(&self) {
        loop {
            match self.note(self.look(false).await) {
                Ok(Round::Done) => return,
                // Another node does it, or one that died a moment ago still holds the lease.
                Ok(Round::Elsewhere) => match self.anything_past_its_end().await {
                    Ok(false) => return,
                    Ok(true) | Err(_) => tokio::time::sleep(POLL / 10).await,
                },
                Err(error) => {
                    tracing::error!(%error, "what is due cannot be ended; it is tried again");
                    tokio::time::sleep(POLL).await;
                }
            }
        }
    }

    async fn anything_past_its_end(&self) -> Result<bool, RetentionError> {
        let now = self.log.clock().now();
        let due = self.ending.not_ended(schedule::last_due(now)).await?;
        Ok(due.iter().any(|(epoch, _)| epoch.has_ended(now)))
    }

    /// Ends what is due, for ever.
    pub async fn run(self) {
        for looks in 0_u32.. {
            let sweeps = looks % LOOKS_BETWEEN_SWEEPS == 0;
            if let Err(error) = self.note(self.look(sweeps).await) {
                metrics::counter!("register_retention_failures_total").increment(1);
                tracing::error!(%error, "what is due cannot be ended; it is tried again");
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// One look: what is due is ended, unless another node is at it.
    pub async fn round(&self) -> Result<Round, RetentionError> {
        self.note(self.look(true).await)
    }

    /// Remembers how a look went, for the alarm.
    fn note(&self, outcome: Result<Round, RetentionError>) -> Result<Round, RetentionError> {
        let failure = outcome.as_ref().err().map(ToString::to_string);
        if failure.is_none() {
            self.health.last_success.store(self.log.clock().now().as_second(), Ordering::SeqCst);
        }
        *self.health.failure.write().unwrap_or_else(PoisonError::into_inner) = failure;
        outcome
    }

    async fn look(&self, sweeps: bool) -> Result<Round, RetentionError> {
        // Memory is each node's own business.
        self.log.keyring().forget_ended();
        let Some(lease) = self.ending.lease().await? else { return Ok(Round::Elsewhere) };
        let outcome = self.end_what_is_due(sweeps).await;
        lease.give_back().await;
        outcome.map(|()| Round::Done)
    }

    /// One thing that fails does not keep another from ending; the first failure is told.
    async fn end_what_is_due(&self, sweeps: bool) -> Result<(), RetentionError> {
        let differ = self.log.clock().differs_from(self.ending.database_time().await?);
        if differ > CLOCKS_DIFFER_MAX {
            return Err(RetentionError::ClocksDiffer(differ));
        }
        let now = self.log.clock().now();
        let mut outcomes = vec![self.finish_early_ends().await];
        for (epoch, state) in self.ending.not_ended(schedule::last_due(now)).await? {
            outcomes.push(self.advance(epoch, state, now).await);
        }
        if sweeps {
            let swept = self.sweep(now).await.and(self.certify(now).await);
            let failure = swept.as_ref().err().map(ToString::to_string);
            *self.health.sweep_failure.write().unwrap_or_else(PoisonError::into_inner) = failure;
            outcomes.push(swept);
        }
        outcomes.into_iter().collect()
    }
}

/// Does one step of an ending. In demo builds the tests can skip it, or die after it.
async fn step<E>(name: &'static str, work: impl Future<Output = Result<(), E>>) -> Result<(), E> {
    #[cfg(feature = "demo")]
    if sabotage::skips(name) {
        return Ok(());
    }
    work.await?;
    tracing::debug!(step = name, "a step of an ending is done");
    #[cfg(feature = "demo")]
    sabotage::die_after(name).await;
    Ok(())
}
