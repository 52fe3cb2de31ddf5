//! Referrals to the labour inspectorate: made at the centre after a conversation, answered by an inspector. Each is
//! decided on its entry's own stream and ends with it.

pub mod inspecting;
pub mod making;

use crate::intake::entries::{ChangeError, present};
use crate::log::{KeyError, Log, ReadError, Rejected};
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use crate::rules::entry::{EntryState, Refusal};
use events::EntryId;
use jiff::Timestamp;
use sqlx::PgPool;
use std::time::Duration;
use tokio::sync::watch;

/// How long an answer waits for the lists to show what was just saved.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);

/// Where referrals are made and answered, on one node. Cloned handles share everything.
#[derive(Clone)]
pub struct ReferralDesk {
    log: Log,
    tables: PgPool,
    readers: Readers,
    reached: watch::Receiver<u64>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum ReferralError {
    /// There is no such entry or referral.
    #[error("there is no such entry or referral")]
    NotFound,
    /// The same key came with another content.
    #[error("the command's key was used for something else")]
    KeyReused,
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The stream cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The stream cannot be written.
    #[error(transparent)]
    Append(#[from] Rejected),
    /// The read models cannot be read.
    #[error(transparent)]
    Tables(#[from] FoldError),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl ReferralDesk {
    /// The desk over a log and the read models, which have reached a position.
    pub fn new(log: Log, tables: PgPool, readers: Readers, reached: watch::Receiver<u64>) -> ReferralDesk {
        ReferralDesk { log, tables, readers, reached }
    }

    /// The log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The read models.
    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    /// The read models' database.
    pub fn tables(&self) -> &PgPool {
        &self.tables
    }

    /// The register's clock.
    pub fn now(&self) -> Timestamp {
        self.log.clock().now()
    }

    /// An entry's version and state, of which there must be one.
    pub async fn state_of(&self, entry: EntryId) -> Result<(u32, EntryState), ReferralError> {
        let (version, _, state) = present(&self.log, entry).await?;
        Ok((version, state))
    }

    /// Waits until the lists show a position, for a moment.
    async fn until_shown(&self, position: u64) {
        let mut reached = self.reached.clone();
        let shown = reached.wait_for(|reached| *reached >= position);
        // Whoever asked sees it a moment later then.
        let _ = tokio::time::timeout(SHOWN_WITHIN, shown).await;
    }
}

impl From<ChangeError> for ReferralError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => ReferralError::NotFound,
            ChangeError::Refused(refusal) => ReferralError::Refused(refusal),
            ChangeError::Read(error) => ReferralError::Read(error),
            ChangeError::Append(error) => ReferralError::Append(error),
        }
    }
}
