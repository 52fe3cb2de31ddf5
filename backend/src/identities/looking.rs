//! Looking, on and on, at entries whose person may have become known: others of the same person are joined.

use super::{Identities, IdentitiesError};
use crate::intake::entries::ChangeError;
use crate::log::{KeyError, ReadError, Rejected};
use crate::projections::entries::of_entries;
use crate::rules::entry;
use crate::rules::identities::{REGISTER, Refusal};
use events::EntryId;
use std::time::Duration;
use uuid::Uuid;

/// How often.
const EVERY: Duration = Duration::from_secs(1);
/// Entries that are looked at in one round.
const ROUND: i64 = 500;

impl Identities {
    /// Does it for ever.
    pub async fn run(self) {
        loop {
            match self.round().await {
                Ok(looked_at) if looked_at > 0 => continue,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "entries of one person are not joined now; it is tried again")
                }
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Does it once; how many entries were looked at. Any number of nodes may do it at the same time.
    pub async fn round(&self) -> Result<usize, IdentitiesError> {
        let waiting: Vec<Uuid> =
            sqlx::query_scalar("select entry from read.person_look order by entry limit $1")
                .bind(ROUND)
                .fetch_all(&self.tables)
                .await?;
        let entries: Vec<EntryId> = waiting.iter().filter_map(|entry| EntryId::parse(*entry)).collect();
        let rows = of_entries(&self.readers, self.log.keyring(), &entries).await?;
        let (mut done, mut failed) = (waiting.clone(), None);
        for row in &rows {
            if let Err(error) = self.join_others(row).await {
                // It waits for the next round; the others do not wait for it.
                done.retain(|entry| *entry != row.entry.uuid());
                failed = Some(error);
            }
        }
        sqlx::query("delete from read.person_look where entry = any($1)")
            .bind(&done)
            .execute(&self.tables)
            .await?;
        failed.map_or(Ok(done.len()), Err)
    }

    /// Joins an entry with those that reach the bar and are not joined yet.
    async fn join_others(&self, row: &crate::projections::entries::ListRow) -> Result<(), IdentitiesError> {
        let bar = self.join_from();
        let decided = &row.document.identities;
        for other in self.others(row).await? {
            let known =
                decided.joined.contains(&other.row.entry) || decided.separated.contains(&other.row.entry);
            if other.score < bar || known {
                continue;
            }
            match self.join(row, &other.row, REGISTER).await {
                Ok(_) => metrics::counter!("register_entries_joined_total").increment(1),
                Err(IdentitiesError::Change(error)) if is_settled(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Whether there is nothing left to join: one of them ended, or somebody decided otherwise.
fn is_settled(error: &ChangeError) -> bool {
    match error {
        ChangeError::NotFound => true,
        ChangeError::Read(ReadError::Key(KeyError::Ended(_))) => true,
        ChangeError::Append(Rejected::Ended(_) | Rejected::Key(KeyError::Ended(_))) => true,
        ChangeError::Refused(entry::Refusal::Ending | entry::Refusal::Identity(Refusal::SeparatedByHand)) => {
            true
        }
        ChangeError::Refused(_) | ChangeError::Read(_) | ChangeError::Append(_) => false,
    }
}
