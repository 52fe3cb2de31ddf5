//! Asking, on and on, for auxiliary numbers for those who have no national number, where the policy of the day says so.

use super::{Identities, IdentitiesError};
use crate::intake::entries;
use crate::outlets::help_numbers::HelpNumbers;
use crate::projections::entries::of_entries;
use crate::rules::entry::Command;
use crate::rules::identities::{self as rules, REGISTER};
use crate::rules::moments::norwegian_day_of;
use events::identity::{AssignedAt, Identity, IdentityAssigned};
use events::{EntryId, Epoch, StreamId};
use std::collections::HashSet;
use std::time::Duration;
use uuid::Uuid;

/// How often.
const EVERY: Duration = Duration::from_secs(5);
/// Entries of one round.
const ROUND: i64 = 50;

/// Entries for which the service will not allocate, however often it is asked: somebody has to look.
#[derive(Default)]
pub struct Refused(HashSet<EntryId>);

impl Identities {
    /// Does it for ever.
    pub async fn run_allocating(self, service: HelpNumbers) {
        let mut refused = Refused::default();
        loop {
            if let Err(error) = self.allocate(&service, &mut refused).await {
                tracing::warn!(%error, "no auxiliary numbers are asked for now; it is tried again");
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Does it once; how many numbers were allocated. Nodes that do it at the same time get the same numbers.
    pub async fn allocate(
        &self,
        service: &HelpNumbers,
        refused: &mut Refused,
    ) -> Result<usize, IdentitiesError> {
        let now = self.log.clock().now();
        if !self.reference.facts().allocates_numbers(norwegian_day_of(now)) {
            return Ok(0);
        }
        let oldest = Epoch::oldest_live(now);
        refused.0.retain(|entry| entry.epoch() >= oldest);
        let without: Vec<Uuid> = sqlx::query_scalar(
            "select entry from read.entry where not has_number and entry >= $1 and entry <> all($2)
             order by entry desc limit $3",
        )
        .bind(StreamId::first_of(oldest).0)
        .bind(refused.0.iter().map(|entry| entry.uuid()).collect::<Vec<_>>())
        .bind(ROUND)
        .fetch_all(&self.tables)
        .await?;
        let entries: Vec<EntryId> = without.into_iter().filter_map(EntryId::parse).collect();
        let mut allocated = 0;
        for row in of_entries(&self.readers, self.log.keyring(), &entries).await? {
            match service.allocate(row.entry, &row.document.record.person).await {
                Ok(identity) => {
                    self.assign(row.entry, identity).await?;
                    allocated += 1;
                }
                Err(error) if error.is_lasting() => drop(refused.0.insert(row.entry)),
                Err(error) => {
                    tracing::warn!(%error, "no auxiliary number was allocated; it is asked for again");
                    break;
                }
            }
        }
        metrics::counter!("register_auxiliary_numbers_total").increment(allocated as u64);
        Ok(allocated)
    }

    async fn assign(&self, entry: EntryId, identity: Identity) -> Result<(), IdentitiesError> {
        let assigned = IdentityAssigned {
            identity,
            assigned_at: AssignedAt::AllocationService,
            place: None,
            assigned_by: REGISTER.to_owned(),
            assigned_on: self.log.clock().now(),
        };
        let command = |_: &_| {
            let command = rules::Command::Assign(assigned.clone());
            Some(Command::Identity { entry, command })
        };
        entries::change(&self.log, entry, REGISTER, None, command).await?;
        Ok(())
    }
}
