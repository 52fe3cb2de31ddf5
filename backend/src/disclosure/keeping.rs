//! How long the log of disclosures itself is kept.

use crate::clock::Clock;
use crate::log::ending::Ending;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// Days for which it is kept at least: as long as entries live, and a month.
pub const KEEP_DAYS_MIN: u32 = 40;
/// How often it is looked whether a month's time is over.
const LOOK_EVERY: Duration = Duration::from_secs(3_600);

/// Lets the months go whose time is over.
pub struct Keeping {
    /// The right to end things.
    pub ending: Ending,
    /// The clock.
    pub clock: Clock,
    /// Days for which disclosures are kept.
    pub days: u32,
}

impl Keeping {
    /// Looks for ever.
    pub async fn run(self) {
        loop {
            match self.look().await {
                Ok(gone) if gone.is_empty() => {}
                Ok(gone) => {
                    tracing::info!(months = gone.join(" "), "disclosures whose time is over are gone")
                }
                Err(error) => {
                    let fault = crate::log::fault(&error);
                    tracing::error!(fault, "old disclosures could not be dropped; it is tried again");
                }
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Looks once. Tells which months went, as `YYYYMM`.
    pub async fn look(&self) -> Result<Vec<String>, sqlx::Error> {
        let age = SignedDuration::from_hours(24 * i64::from(self.days.max(KEEP_DAYS_MIN)));
        let before: Timestamp = self.clock.now().saturating_sub(age).unwrap_or(Timestamp::MIN);
        self.ending.drop_disclosures(before).await
    }
}
