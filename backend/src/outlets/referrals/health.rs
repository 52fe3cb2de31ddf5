//! How the outlet does: what the last look came to, what waits, and what did not arrive.

use super::ReferralPost;
use crate::projections::referrals::waiting;
use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock};

/// How the last look went.
#[derive(Default)]
pub(super) struct Health {
    /// Unix second of the last look that went well.
    last_success: AtomicI64,
    /// What went wrong in the last one.
    failure: RwLock<Option<String>>,
}

impl Health {
    /// A look ended.
    pub(super) fn note(&self, failure: Option<String>, now: Timestamp) {
        if failure.is_none() {
            self.last_success.store(now.as_second(), Ordering::SeqCst);
        }
        metrics::gauge!("register_referrals_failing").set(if failure.is_some() { 1.0 } else { 0.0 });
        *self.failure.write().unwrap_or_else(PoisonError::into_inner) = failure;
    }

    pub(super) fn failure(&self) -> Option<String> {
        self.failure.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ReferralPost {
    /// Sets the gauges.
    pub(super) async fn measure(&self) {
        let last = self.health.last_success.load(Ordering::SeqCst);
        metrics::gauge!("register_referrals_last_success_seconds").set(last as f64);
        if let Ok((count, since, dead)) = waiting(&self.tables).await {
            let now = self.log.clock().now();
            let longest = since.map_or(0.0, |since| now.duration_since(since).as_secs_f64());
            metrics::gauge!("register_referrals_waiting").set(count as f64);
            metrics::gauge!("register_referrals_longest_wait_seconds").set(longest);
            metrics::gauge!("register_referrals_undelivered").set(dead as f64);
        }
    }
}
