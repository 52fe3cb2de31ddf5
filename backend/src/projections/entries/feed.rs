//! Rows of `read.feed`: which change of an entry whose machines can see, and nothing of what it says.

use super::Entries;
use crate::projections::projector::Projection;
use crate::projections::readers::Readers;
use events::{EntryId, Epoch, StreamId};
use jiff::Timestamp;
use sqlx::{PgConnection, Row};
use std::collections::HashMap;
use uuid::Uuid;

/// A change that machines can see.
pub struct Change {
    /// Position of the event in the log.
    pub position: u64,
    /// The entry.
    pub entry: EntryId,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Whether machines see the entry by it: it was registered, or is protected no more.
    pub is_first: bool,
    /// The municipality that follows up from now on.
    pub municipality: Option<String>,
    /// Municipalities that could see the entry before.
    pub came_from: Vec<String>,
    /// Those that can from now on.
    pub belongs_to: Vec<String>,
    /// Nobody can any more: the address is protected.
    pub protected: bool,
}

/// Changes after a position, and the position up to which all are known.
pub struct Changes {
    /// The lists have come so far; before the first event they have not come anywhere.
    pub reached: u64,
    /// In order.
    pub rows: Vec<Change>,
}

/// Adds rows, in the tables of the connection's search path. Written again, a row says the same.
pub(super) async fn write(tables: &mut PgConnection, changes: &[&Change]) -> Result<(), sqlx::Error> {
    if changes.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into feed (position, entry, recorded_at, is_first, municipality, came_from, belongs_to, protected)
         select position, entry, recorded_at, is_first, municipality,
                string_to_array(came_from, ','), string_to_array(belongs_to, ','), protected
         from unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::boolean[], $5::text[], $6::text[], $7::text[],
                     $8::boolean[])
              as told (position, entry, recorded_at, is_first, municipality, came_from, belongs_to, protected)
         on conflict do nothing",
    )
    .bind(changes.iter().map(|one| i64::try_from(one.position).unwrap_or(i64::MAX)).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.entry.uuid()).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| jiff_sqlx::Timestamp::from(one.recorded_at)).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.is_first).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.municipality.clone()).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.came_from.join(",")).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.belongs_to.join(",")).collect::<Vec<_>>())
    .bind(changes.iter().map(|one| one.protected).collect::<Vec<_>>())
    .execute(tables)
    .await?;
    Ok(())
}

/// The next changes after a position that somebody may hear of; `within` is `None` for all. `None` when the lists
/// are being built. One statement, so that all of it is of one moment.
pub async fn changes(
    tables: &Readers,
    after: u64,
    within: Option<Vec<String>>,
    limit: u32,
    now: Timestamp,
) -> Result<Option<Changes>, sqlx::Error> {
    let query = sqlx::query(
        "select p.position, f.position, f.entry, f.recorded_at, f.is_first, f.municipality, f.came_from, f.belongs_to,
                f.protected
         from read.projection p
         left join lateral (
             select f.* from read.feed f
             where f.position > $2 and f.position <= p.position and f.entry >= $3
               and ($4::text[] is null or f.came_from && $4 or f.belongs_to && $4)
             order by f.position limit $5
         ) f on true
         where p.name = $1 order by f.position",
    )
    .bind(Entries::NAME)
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(StreamId::first_of(Epoch::oldest_live(now)).0)
    .bind(within)
    .bind(i64::from(limit));
    let rows = tables.fetch_all(query).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let reached = first.try_get::<i64, _>(0)?.unsigned_abs();
    let rows = rows.iter().filter_map(|row| change(row).transpose()).collect::<Result<_, _>>()?;
    Ok(Some(Changes { reached, rows }))
}

/// `None` for the row that tells only how far the lists have come. Columns by place: looking their names up takes longer
/// than reading them.
fn change(row: &sqlx::postgres::PgRow) -> Result<Option<Change>, sqlx::Error> {
    let Some(position) = row.try_get::<Option<i64>, _>(1)? else { return Ok(None) };
    let Some(entry) = EntryId::parse(row.try_get(2)?) else { return Ok(None) };
    let recorded_at: jiff_sqlx::Timestamp = row.try_get(3)?;
    Ok(Some(Change {
        position: position.unsigned_abs(),
        entry,
        recorded_at: recorded_at.to_jiff(),
        is_first: row.try_get(4)?,
        municipality: row.try_get(5)?,
        came_from: row.try_get(6)?,
        belongs_to: row.try_get(7)?,
        protected: row.try_get(8)?,
    }))
}

/// Who had seen entries that ended before their epoch. One that is not named is one whose rows were lost with a crash.
pub async fn ended_audience(
    tables: &Readers,
    entries: &[EntryId],
) -> Result<HashMap<EntryId, Vec<String>>, sqlx::Error> {
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.uuid()).collect();
    let query = sqlx::query("select entry, municipalities from read.ended_audience where entry = any($1)");
    let rows = tables.fetch_all(query.bind(ids)).await?;
    let mut found = HashMap::new();
    for row in &rows {
        if let Some(entry) = EntryId::parse(row.try_get("entry")?) {
            found.insert(entry, row.try_get("municipalities")?);
        }
    }
    Ok(found)
}

/// Remembers who had seen an entry that is ending before its epoch, while the rows that tell are there.
pub(super) async fn remember_audience(tables: &mut PgConnection, entry: EntryId) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into read.ended_audience (entry, municipalities)
         select $1, array(select distinct unnest(came_from || belongs_to) from read.feed where entry = $1)
         where exists (select from read.feed where entry = $1)
         on conflict do nothing",
    )
    .bind(entry.uuid())
    .execute(tables)
    .await?;
    Ok(())
}
