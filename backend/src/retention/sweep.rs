//! What is left over: keys that came back or were never used, rows that a node with a slow clock wrote,
//! rejected records, fingerprints whose own key is gone.

use super::{Retention, RetentionError};
use crate::intake::rejects;
use crate::log::keyring::{SOURCE_KEEPS_DAYS, source_day_ends};
use crate::log::keystore::KeyName;
use crate::projections::entries;
use events::Epoch;
use events::epoch::LIFE_HOURS;
use events::retention::{KEY_FINDINGS, KeyReappeared};
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::Ordering;

impl Retention {
    pub(super) async fn sweep(&self, now: Timestamp) -> Result<(), RetentionError> {
        let keys = self.sweep_keys(now).await;
        entries::remove_before(&self.tables, Epoch::oldest_live(now)).await?;
        rejects::remove_ended(&self.rejects, self.log.clock())?;
        // A code may join an entry until the entry ends, and is remembered for the source's own days from then on.
        let remembered = SignedDuration::from_hours(LIFE_HOURS + 24 * (i64::from(SOURCE_KEEPS_DAYS) + 1));
        let forgotten = Epoch::of(now.saturating_sub(remembered).unwrap_or(Timestamp::MIN));
        // It walks all fingerprints: once for each epoch is enough.
        if self.health.forgotten.swap(forgotten.0, Ordering::SeqCst) != forgotten.0 {
            self.ending.forget_claims(forgotten).await?;
        }
        keys
    }

    async fn sweep_keys(&self, now: Timestamp) -> Result<(), RetentionError> {
        // Another node may have ended something since.
        self.learn_destroyed_keys().await?;
        let keyring = self.log.keyring();
        let mut outcomes = Vec::new();
        for name in keyring.held()? {
            // One key that others can reach, or that is none, does not keep the others.
            outcomes.push(self.sweep_key(name, now).await);
        }
        outcomes.into_iter().collect()
    }

    async fn sweep_key(&self, name: KeyName, now: Timestamp) -> Result<(), RetentionError> {
        let keyring = self.log.keyring();
        let over = match name {
            KeyName::Epoch(epoch) => epoch.has_ended(now),
            KeyName::SourceDay(day) => source_day_ends(day) <= now,
            KeyName::Certificates | KeyName::Machines => return Ok(()),
        };
        // An epoch that is on its way out loses its key there, in its turn.
        let due = over && !self.is_ending(name).await?;
        let fingerprint = match keyring.fingerprint(name) {
            Ok(Some(fingerprint)) => fingerprint,
            Ok(None) => return Ok(()),
            Err(error) if due => {
                tracing::error!(%error, "a key that is over cannot be read; it is destroyed");
                return Ok(keyring.destroy(name)?);
            }
            Err(error) => return Err(error.into()),
        };
        let reappeared = keyring.was_destroyed(&fingerprint);
        if reappeared {
            self.report_key(name, fingerprint).await?;
        }
        if reappeared || due {
            keyring.destroy(name)?;
        }
        Ok(())
    }

    /// Whether the key belongs to an epoch whose end is not complete.
    async fn is_ending(&self, name: KeyName) -> Result<bool, RetentionError> {
        let KeyName::Epoch(epoch) = name else { return Ok(false) };
        Ok(self.ending.not_ended(epoch).await?.iter().any(|(other, _)| *other == epoch))
    }

    async fn report_key(&self, name: KeyName, key_fingerprint: String) -> Result<(), RetentionError> {
        metrics::counter!("register_retention_reappeared_keys_total").increment(1);
        let file = name.file_name();
        tracing::error!(key = file, "a key that was destroyed was there again; it is destroyed once more");
        let epoch = match name {
            KeyName::Epoch(epoch) => epoch,
            KeyName::SourceDay(_) | KeyName::Certificates | KeyName::Machines => Epoch::PERMANENT,
        };
        let known = self.facts_of(KEY_FINDINGS).await?.len();
        self.write_down(KEY_FINDINGS, known, KeyReappeared { name: file, epoch, key_fingerprint }).await
    }
}
