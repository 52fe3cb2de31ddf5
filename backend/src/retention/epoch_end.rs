//! Ending an epoch, step by step.

use super::{Retention, RetentionError, step_done};
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
            self.ending.freeze(epoch).await?;
            step_done("frozen").await;
        }
        if state <= EpochState::Frozen {
            self.count_days_of(epoch, now).await?;
            step_done("counted").await;
            self.write_down_what_it_holds(epoch).await?;
            step_done("written-down").await;
        }
        if !epoch.has_ended(now) {
            return Ok(());
        }
        if state <= EpochState::Frozen {
            self.log.keyring().destroy(KeyName::Epoch(epoch))?;
            step_done("key-destroyed").await;
            entries::remove_before(&self.tables, epoch.next()).await?;
            step_done("rows-removed").await;
            self.ending.clear(epoch).await?;
            step_done("cleared").await;
            self.ending.drop(epoch).await?;
            step_done("dropped").await;
        }
        self.write_receipt(epoch).await?;
        step_done("receipt").await;
        self.ending.close(epoch).await?;
        step_done("closed").await;
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

    async fn write_receipt(&self, epoch: Epoch) -> Result<(), RetentionError> {
        let facts = self.facts_of(epoch_end(epoch)).await?;
        let [RetentionEvent::EpochFrozen(frozen)] = facts.as_slice() else { return Ok(()) };
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
