//! How far each user has looked at the lists of a municipality. Nothing about a person stands in it.

use crate::projections::readers::Readers;
use api::municipality::Seen;
use events::{Epoch, StreamId};
use jiff::{SignedDuration, Timestamp};
use sqlx::Row;

/// Whoever has not looked for longer finds everything new, and it is: nothing lives as long.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How far somebody has looked, and what of it has ended since.
#[derive(Default)]
pub struct SeenSoFar {
    /// How far.
    pub seen: Seen,
    /// Entries that were there then, and have ended.
    pub ended: u64,
}

/// How far a user has looked.
pub async fn seen(
    tables: &Readers,
    who: &str,
    municipality: &str,
    now: Timestamp,
) -> Result<SeenSoFar, sqlx::Error> {
    let query = sqlx::query(
        "select position, seen_at, epochs, entries from read.municipality_seen where who = $1 and municipality = $2",
    )
    .bind(who)
    .bind(municipality);
    let Some(row) = tables.fetch_all(query).await?.pop() else { return Ok(SeenSoFar::default()) };
    let at: jiff_sqlx::Timestamp = row.try_get("seen_at")?;
    let (epochs, entries): (Vec<i32>, Vec<i32>) = (row.try_get("epochs")?, row.try_get("entries")?);
    let has_ended = |epoch: &i32| u32::try_from(*epoch).is_ok_and(|epoch| Epoch(epoch).has_ended(now));
    let ended = epochs.iter().zip(entries).filter(|(epoch, _)| has_ended(epoch));
    Ok(SeenSoFar {
        seen: Seen {
            position: Some(row.try_get::<i64, _>("position")?.unsigned_abs()),
            at: Some(at.to_jiff()),
        },
        ended: ended.map(|(_, entries)| u64::from(entries.unsigned_abs())).sum(),
    })
}

/// Writes down that a user has looked up to a position. It never goes back.
pub async fn mark_seen(
    tables: &Readers,
    who: &str,
    municipality: &str,
    position: u64,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let forgotten = now.saturating_sub(KEPT_FOR).unwrap_or(Timestamp::MIN);
    sqlx::query("delete from read.municipality_seen where seen_at < $1")
        .bind(jiff_sqlx::Timestamp::from(forgotten))
        .execute(tables.pool())
        .await?;
    // The epoch stands in the first 32 bits of the id.
    sqlx::query(
        "insert into read.municipality_seen as known (who, municipality, position, seen_at, epochs, entries)
         select $1, $2, $3, $4, coalesce(array_agg(epoch), '{}'), coalesce(array_agg(entries), '{}')
         from (select ('x' || left(replace(entry::text, '-', ''), 8))::bit(32)::integer as epoch,
                      count(*)::integer as entries
               from read.entry_municipality
               where municipality = $2 and relation = 0 and until is null and since_position <= $3 and entry >= $5
               group by 1) live
         on conflict (who, municipality) do update set
             position = excluded.position, seen_at = excluded.seen_at, epochs = excluded.epochs,
             entries = excluded.entries
             where known.position <= excluded.position",
    )
    .bind(who)
    .bind(municipality)
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .bind(jiff_sqlx::Timestamp::from(now))
    .bind(StreamId::first_of(Epoch::oldest_live(now)).0)
    .execute(tables.pool())
    .await?;
    Ok(())
}
