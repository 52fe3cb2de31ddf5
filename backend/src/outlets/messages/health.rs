//! How the outlet does: what the last look came to, and what waits.

use super::Messages;
use crate::projections::entries::messages_waiting;
use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{PoisonError, RwLock};

/// How the last look went.
#[derive(Default)]
pub(super) struct Health {
    /// Unix second of the last look that went well.
    last_success: AtomicI64,
    /// What went wrong in the last one.
    failure: RwLock<Option<String>>,
    /// Entries in a row at which something failed.
    failures_in_row: AtomicU32,
}

impl Health {
    /// A look begins.
    pub(super) fn begin(&self) {
        self.failures_in_row.store(0, Ordering::SeqCst);
    }

    /// An entry was looked at.
    pub(super) fn attended(&self, well: bool) {
        if well {
            self.failures_in_row.store(0, Ordering::SeqCst);
        } else {
            metrics::counter!("register_messages_failures_total").increment(1);
            self.failures_in_row.fetch_add(1, Ordering::SeqCst);
        }
    }

    pub(super) fn failures_in_row(&self) -> u32 {
        self.failures_in_row.load(Ordering::SeqCst)
    }

    /// A look ended.
    pub(super) fn note(&self, failure: Option<String>, now: Timestamp) {
        if failure.is_none() {
            self.last_success.store(now.as_second(), Ordering::SeqCst);
        }
        metrics::gauge!("register_messages_failing").set(if failure.is_some() { 1.0 } else { 0.0 });
        *self.failure.write().unwrap_or_else(PoisonError::into_inner) = failure;
    }

    pub(super) fn failure(&self) -> Option<String> {
        self.failure.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Messages {
    /// Sets the gauges.
    pub(super) async fn measure(&self) {
        let last = self.health.last_success.load(Ordering::SeqCst);
        metrics::gauge!("register_messages_last_success_seconds").set(last as f64);
        if let Ok((waiting, longest)) = messages_waiting(&self.tables, self.log.clock().now()).await {
            metrics::gauge!("register_messages_waiting_entries").set(waiting as f64);
            metrics::gauge!("register_messages_longest_wait_seconds").set(longest.as_secs_f64());
        }
    }
}
