//! The queue of calls: who is next, who holds whom, and what was typed.
//!
//! A card is handed out in one transaction (`read.claim_call`), to one caller, for one contact: all who share person,
//! phone or travel party are held with it. What the queue says is a hint; before a card is shown and again before a
//! number is dialled, the entry's own stream is asked.

pub mod attempts;
pub mod board;
pub mod card;
pub mod claim;
pub mod decisions;
pub mod drafts;
pub mod ticking;

use crate::clock::Clock;
use crate::intake::in_force::InForce;
use crate::intake::reference::Reference;
use crate::log::Log;
use crate::projections::readers::Readers;
use crate::results::wash::WashList;
use events::follow_up::FollowUpPolicy;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use std::time::Duration;
use tokio::sync::watch;

/// Minutes after which a caller who gives no sign of life is not at work.
const AT_WORK_MINUTES: i64 = 10;
/// How long an answer waits for the lists to show what was just saved.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);

/// The queue, on one node. Cloned handles share everything.
#[derive(Clone)]
pub struct Queue {
    log: Log,
    tables: PgPool,
    readers: Readers,
    reached: watch::Receiver<u64>,
    reference: Reference,
    washed: WashList,
}

impl Queue {
    /// The queue over a log, the rules, and the read models, which have reached a position.
    pub fn new(
        log: Log,
        reference: Reference,
        tables: PgPool,
        readers: Readers,
        reached: watch::Receiver<u64>,
    ) -> Queue {
        Queue { log, tables, readers, reached, reference, washed: WashList::default() }
    }

    /// The same, handing out only whom a washing left while that is the policy.
    pub fn washed_by(self, washed: WashList) -> Queue {
        Queue { washed, ..self }
    }

    /// The rules in force.
    pub fn rules(&self) -> InForce {
        InForce::at(&self.reference, self.clock().now())
    }

    /// The policy in force.
    pub fn policy(&self) -> FollowUpPolicy {
        self.rules().policy
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        self.log.clock()
    }

    /// The log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The read models.
    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    /// Waits until the lists show a position, for a moment; whether they do.
    async fn until_shown(&self, position: u64) -> bool {
        let mut reached = self.reached.clone();
        let shown = reached.wait_for(|reached| *reached >= position);
        matches!(tokio::time::timeout(SHOWN_WITHIN, shown).await, Ok(Ok(_)))
    }
}

/// So many seconds after a moment.
fn after(moment: Timestamp, seconds: i64) -> Timestamp {
    moment.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(moment)
}

fn column(moment: Timestamp) -> jiff_sqlx::Timestamp {
    moment.into()
}
