//! Walking through all live entries, a page of opened documents at a time, so that memory stays bounded.

use super::row::{ListRow, Opener, entry_id};
use crate::log::keyring::Keyring;
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use events::{Epoch, StreamId};
use jiff::Timestamp;
use uuid::Uuid;

/// Documents that are open at once.
const PAGE: usize = 500;

/// Where a walk stands.
pub struct Walk {
    after: Uuid,
    done: bool,
}

impl Walk {
    /// At the beginning of what lives at a moment.
    pub fn new(now: Timestamp) -> Walk {
        let first = StreamId::first_of(Epoch::oldest_live(now)).0.as_u128();
        Walk { after: Uuid::from_u128(first.saturating_sub(1)), done: false }
    }

    /// The next entries, in the order of their ids; none at the end. What ends meanwhile is left out.
    pub async fn next(&mut self, tables: &Readers, keyring: &Keyring) -> Result<Vec<ListRow>, FoldError> {
        let mut items = Vec::new();
        while items.is_empty() && !self.done {
            let query = sqlx::query(
                "select entry, version, registered_at, document from read.entry
                 where entry > $1 order by entry limit $2",
            )
            .bind(self.after)
            .bind(i64::try_from(PAGE).unwrap_or(i64::MAX));
            let rows = tables.fetch_all(query).await?;
            self.done = rows.len() < PAGE;
            let mut opener = Opener::new(keyring);
            for row in &rows {
                self.after = entry_id(row)?.uuid();
                items.extend(opener.whole_row(row)?);
            }
        }
        Ok(items)
    }
}
