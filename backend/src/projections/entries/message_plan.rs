//! When an entry is to be looked at for its text messages: `read.message_plan`, one row for each that has something
//! to come. The fold writes it; the outlet moves it on where a look changed nothing.

use events::{EntryId, StreamId};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A row on its way: the entry, and when it is to be looked at.
pub(super) type Planned = (Uuid, Option<Timestamp>);

/// Puts rows in the place of earlier ones, in the tables of the connection's search path.
pub(super) async fn write(tables: &mut PgConnection, planned: &[Planned]) -> Result<(), sqlx::Error> {
    let (entries, due): (Vec<Uuid>, Vec<jiff_sqlx::Timestamp>) =
        planned.iter().filter_map(|(entry, due)| Some((*entry, jiff_sqlx::Timestamp::from((*due)?)))).unzip();
    let done: Vec<Uuid> = planned.iter().filter(|(_, due)| due.is_none()).map(|(entry, _)| *entry).collect();
    if !done.is_empty() {
        sqlx::query("delete from message_plan where entry = any($1)")
            .bind(done)
            .execute(&mut *tables)
            .await?;
    }
    if !entries.is_empty() {
        sqlx::query(
            "insert into message_plan (entry, due_at) select * from unnest($1::uuid[], $2::timestamptz[])
             on conflict (entry) do update set due_at = excluded.due_at",
        )
        .bind(entries)
        .bind(due)
        .execute(tables)
        .await?;
    }
    Ok(())
}

/// Entries to be looked at, and since when, the longest waiting first.
pub async fn messages_due(
    tables: &PgPool,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(EntryId, Timestamp)>, sqlx::Error> {
    let rows: Vec<(Uuid, jiff_sqlx::Timestamp)> = sqlx::query_as(
        "select entry, due_at from read.message_plan where due_at <= $1 and entry >= $2
         order by due_at, entry limit $3",
    )
    .bind(jiff_sqlx::Timestamp::from(now))
    .bind(StreamId::first_of(events::Epoch::oldest_live(now)).0)
    .bind(limit)
    .fetch_all(tables)
    .await?;
    Ok(rows.into_iter().filter_map(|(id, due)| Some((EntryId::parse(id)?, due.to_jiff()))).collect())
}

/// Moves an entry on, unless the fold has done so since it was found due.
pub async fn move_messages_on(
    tables: &PgPool,
    entry: EntryId,
    was_due: Timestamp,
    due: Option<Timestamp>,
) -> Result<(), sqlx::Error> {
    let query = match due {
        Some(due) => sqlx::query("update read.message_plan set due_at = $3 where entry = $1 and due_at = $2")
            .bind(entry.uuid())
            .bind(jiff_sqlx::Timestamp::from(was_due))
            .bind(jiff_sqlx::Timestamp::from(due)),
        None => sqlx::query("delete from read.message_plan where entry = $1 and due_at = $2")
            .bind(entry.uuid())
            .bind(jiff_sqlx::Timestamp::from(was_due)),
    };
    query.execute(tables).await.map(drop)
}

/// How many entries wait to be looked at, and how long the first has waited.
pub async fn messages_waiting(
    tables: &PgPool,
    now: Timestamp,
) -> Result<(u64, jiff::SignedDuration), sqlx::Error> {
    let (count, first): (i64, Option<jiff_sqlx::Timestamp>) =
        sqlx::query_as("select count(*), min(due_at) from read.message_plan where due_at <= $1")
            .bind(jiff_sqlx::Timestamp::from(now))
            .fetch_one(tables)
            .await?;
    let waited = first.map_or(jiff::SignedDuration::ZERO, |first| now.duration_since(first.to_jiff()));
    Ok((count.unsigned_abs(), waited))
}
