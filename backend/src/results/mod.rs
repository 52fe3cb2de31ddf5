//! What becomes of test results, by the policy of the day: stored as events of the entry, shown and forgotten, or used
//! to wash the queue. Whatever is not about anybody in the register is counted and not kept.

mod attach;
pub mod board;
pub mod look_up;
pub mod reading;
pub mod take_in;
pub mod wash;

use crate::intake::entries::ChangeError;
use crate::intake::reference::Reference;
use crate::log::{KeyError, Log, ReadError};
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use events::result::ResultMode;
use look_up::Service;
use sqlx::PgPool;
use std::time::Duration;
use tokio::sync::watch;
use wash::WashList;

/// How long a batch waits for the lists to show whom it may be about.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);

/// Results, on one node. Cloned handles share everything.
#[derive(Clone)]
pub struct Results {
    log: Log,
    tables: PgPool,
    readers: Readers,
    reached: watch::Receiver<u64>,
    reference: Reference,
    service: Option<Service>,
    washed: WashList,
}

/// Why something cannot be done about results.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// By the policy of the day results are not stored.
    #[error("by the policy in force results are not stored")]
    NotStored,
    /// The lists do not show all that the log has: whom a result is about may not be among them yet.
    #[error("the lists are behind the log")]
    Behind,
    /// The entry cannot be changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The lists cannot be read.
    #[error(transparent)]
    Lists(#[from] FoldError),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The keys cannot be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Results {
    /// Results over a log, its rules, and the read models, which have reached a position; with a service to ask, where
    /// there is one.
    pub fn new(
        log: Log,
        reference: Reference,
        tables: PgPool,
        readers: Readers,
        reached: watch::Receiver<u64>,
        service: Option<Service>,
    ) -> Results {
        let washed = WashList::default();
        Results { log, tables, readers, reached, reference, service, washed }
    }

    /// What becomes of results now.
    pub fn mode(&self) -> ResultMode {
        self.reference.result_mode(self.log.clock().now())
    }

    /// The log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The facts.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// Waits until the lists show all that the log has now.
    async fn until_shown(&self) -> Result<(), ResultsError> {
        let head = self.log.head().await?;
        let mut reached = self.reached.clone();
        let shown = reached.wait_for(|reached| *reached >= head);
        match tokio::time::timeout(SHOWN_WITHIN, shown).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(ResultsError::Behind),
        }
    }
}
