//! Ending an epoch, step by step.

use super::{Retention, RetentionError, step};
use crate::log::ending::EpochState;
use crate::log::keystore::KeyName;
use crate::projections::entries;
use events::retention::{EpochEnded, EpochFrozen, epoch_end};
use events::{Epoch, RetentionEvent};
use jiff::Timestamp;

impl Retention {
    /// Takes an epoch as far as it may go by now. Whatever an earlier try did already is found done.
    pub(super) async fn advance(
        &self,
        epoch: Epoch,
        state: EpochState,
        now: Timestamp,
    ) -> Result<(), RetentionError> {
        if state == EpochState::Open {
            step("frozen", self.ending.freeze(epoch)).await?;
        }
        if state <= EpochState::Frozen {
            step("counted", self.count_days_of(epoch, now)).await?;
            step("written-down", self.write_down_what_it_holds(epoch)).await?;
        }
        if !epoch.has_ended(now) {
            return Ok(());
        }
        if state <= EpochState::Frozen {
            step("key-destroyed", async { self.log.keyring().destroy(KeyName::Epoch(epoch)) }).await?;
            step("rows-removed", self.remove_rows(epoch)).await?;
            step("cleared", self.ending.clear(epoch)).await?;
            step("dropped", self.ending.drop(epoch)).await?;
        }
        step("receipt", self.write_receipt(epoch)).await?;
        step("closed", self.ending.close(epoch)).await?;
        Ok(())
    }

    async fn remove_rows(&self, epoch: Epoch) -> Result<(), RetentionError> {
        entries::remove_before(&self.tables, epoch.next()).await?;
        Ok(())
    }

    /// Before the key goes: how much there was, and the fingerprint by which the key is known if it comes back.
    async fn write_down_what_it_holds(&self, epoch: Epoch) -> Result<(), RetentionError> {
        if !self.facts_of(epoch_end(epoch)).await?.is_empty() {
            return Ok(());
        }
        let count = self.ending.count(epoch).await?;
        let frozen = EpochFrozen {
            epoch,
            ends_at: epoch.ends_at(),
            entries: count.entries,
            events: count.events,
            ended_early: count.ended_early,
            key_fingerprint: self.log.keyring().fingerprint(KeyName::Epoch(epoch))?,
        };
        self.write_down(epoch_end(epoch), 0, frozen).await
    }

    /// The receipt is what anybody is told: it looks before it speaks.
    async fn see_that_it_is_gone(&self, epoch: Epoch) -> Result<(), RetentionError> {
        if self.log.keyring().held()?.contains(&KeyName::Epoch(epoch)) {
            return Err(RetentionError::NotGone { epoch, what: "key" });
        }
        if entries::any_before(&self.tables, epoch.next()).await? {
            return Err(RetentionError::NotGone { epoch, what: "read rows" });
        }
        let count = self.ending.count(epoch).await?;
        if count.entries + count.ended_early > 0 || !self.ending.is_dropped(epoch).await? {
            return Err(RetentionError::NotGone { epoch, what: "log" });
        }
        Ok(())
    }

    async fn write_receipt(&self, epoch: Epoch) -> Result<(), RetentionError> {
        let facts = self.facts_of(epoch_end(epoch)).await?;
        let [RetentionEvent::EpochFrozen(frozen)] = facts.as_slice() else { return Ok(()) };
        self.see_that_it_is_gone(epoch).await?;
        if let Some(fingerprint) = &frozen.key_fingerprint {
            self.log.keyring().refuse(fingerprint.clone());
        }
        let chain = self.log.witness().await?;
        let receipt = EpochEnded {
            epoch,
            ends_at: epoch.ends_at(),
            ended_at: self.log.clock().now(),
            entries: frozen.entries,
            events: frozen.events,
            ended_early: frozen.ended_early,
            key_fingerprint: frozen.key_fingerprint.clone(),
            chain_batch: chain.batch,
            chain_hash: hex::encode(chain.hash),
        };
        self.write_down(epoch_end(epoch), 1, receipt).await?;
        tracing::info!(
            epoch = epoch.0,
            entries = frozen.entries,
            events = frozen.events,
            "an epoch has ended"
        );
        Ok(())
    }
}
