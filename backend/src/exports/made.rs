//! Files that were made: who has one, and when it must be gone.

use crate::disclosure::Disclosures;
use api::exports::Export;
use events::EntryId;
use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use uuid::Uuid;

/// Files that are told at most.
const TOLD_MAX: i64 = 200;
/// For how long they are told: a week longer than anything in them may live.
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(24 * 17);

/// The files of a municipality, latest first.
pub async fn made(disclosures: &Disclosures, municipality: &str) -> Result<Vec<Export>, sqlx::Error> {
    let log = disclosures.log();
    let now = log.clock().now();
    let since: jiff_sqlx::Timestamp = now.saturating_sub(TOLD_FOR).unwrap_or(Timestamp::MIN).into();
    // An entry's id begins with its epoch: the least of them is the first that must be gone.
    let rows = sqlx::query(
        "select disclosure, min(at) as at, min(who_name) as who_name, min(ground) as ground, min(shown) as shown,
                sum(count)::bigint as entries,
                min((select min(entry::text) from unnest(entries) entry)) as first
         from log.disclosure
         where kind = 'exported' and receiver = $1 and at >= $2
         group by disclosure order by 2 desc limit $3",
    )
    .bind(municipality)
    .bind(since)
    .bind(TOLD_MAX)
    .fetch_all(log.pool())
    .await?;
    let read = |row: &sqlx::postgres::PgRow| -> Result<Export, sqlx::Error> {
        let at: jiff_sqlx::Timestamp = row.try_get("at")?;
        let first: Option<String> = row.try_get("first")?;
        let first = first.and_then(|id| id.parse::<Uuid>().ok()).and_then(EntryId::parse);
        let gone_by = first.map(|entry| entry.epoch().ends_at());
        Ok(Export {
            id: row.try_get("disclosure")?,
            at: at.to_jiff(),
            by: row.try_get("who_name")?,
            format: row.try_get::<String, _>("ground")?.trim_start_matches("export-").to_owned(),
            entries: row.try_get::<i64, _>("entries")?.unsigned_abs(),
            gone_by,
            overdue: gone_by.is_some_and(|gone_by| gone_by <= now),
        })
    };
    rows.iter().map(read).collect()
}
