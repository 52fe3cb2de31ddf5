//! How rows of the list end: with their epoch, or one alone before it.

use crate::projections::projector::Projection;
use api::entries::Obligation;
use events::epoch::{EPOCH_HOURS, LIFE_HOURS};
use events::{EntryId, Epoch, StreamId};
use sqlx::{AssertSqlSafe, PgPool, Row};

/// How far ending an entry before its epoch has come, as the column holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(i16)]
pub enum EarlyEndState {
    /// Nobody asks.
    #[default]
    No = 0,
    /// Somebody asks.
    Requested = 1,
    /// A second person agreed.
    Confirmed = 2,
}

impl EarlyEndState {
    pub(super) fn from_column(value: i16) -> EarlyEndState {
        match value {
            1 => EarlyEndState::Requested,
            2 => EarlyEndState::Confirmed,
            _ => EarlyEndState::No,
        }
    }
}

/// Entries that somebody wants ended before their epoch, oldest first.
pub async fn early_ends(tables: &PgPool) -> Result<Vec<(EntryId, EarlyEndState)>, sqlx::Error> {
    let rows = sqlx::query("select entry, early_end from read.entry where early_end > 0 order by entry")
        .fetch_all(tables)
        .await?;
    rows.iter()
        .map(|row| {
            Ok((EntryId::parse(row.try_get("entry")?), EarlyEndState::from_column(row.try_get("early_end")?)))
        })
        .filter_map(|row| row.map(|(entry, state)| entry.map(|entry| (entry, state))).transpose())
        .collect()
}

/// How many entries in quarantine end before their quarantine does, ten days after the day of arrival.
pub async fn outlived_by_quarantine(tables: &PgPool) -> Result<u64, sqlx::Error> {
    let quarantine = super::row::place_of(&super::row::OBLIGATIONS, &Obligation::Quarantine);
    // The epoch stands in the first 32 bits of the id.
    let count: i64 = sqlx::query_scalar(
        "select count(*) from read.entry
         where obligation = $1 and arrival > $2
           and to_timestamp(('x' || left(replace(entry::text, '-', ''), 8))::bit(32)::bigint * $3 + $4)
               < (arrival + 10)::timestamptz",
    )
    .bind(quarantine)
    .bind(jiff_sqlx::Date::from(super::row::ARRIVAL_NOT_TOLD))
    .bind(EPOCH_HOURS * 3_600)
    .bind(LIFE_HOURS * 3_600)
    .fetch_one(tables)
    .await?;
    Ok(count.unsigned_abs())
}

/// Tables that have rows of an entry beside the list: its tokens, its place in the queue, who holds it, what was typed,
/// when it is looked at for messages, for others of the same person, what a municipality's lists and a hotel show of it, what
/// the labour inspectorate is told, and what machines see of it and were told.
const BESIDE: [&str; 12] = [
    "entry_token",
    "call_queue",
    "call_lease",
    "call_draft",
    "message_plan",
    "person_look",
    "entry_municipality",
    "plain_entry",
    "referral",
    "published",
    "feed",
    "hotel_guest",
];

/// Parts into which an epoch's rows are cut, so that no transaction holds many of them.
const PARTS: u128 = 16;

/// Removes the rows of all epochs before one. Returns how many entries there were.
pub async fn remove_before(tables: &PgPool, first_live: Epoch) -> Result<u64, sqlx::Error> {
    let mut removed = 0;
    while let Some(oldest) = oldest_before(tables, first_live).await? {
        let start = StreamId::first_of(oldest).0.as_u128();
        let length = (StreamId::first_of(oldest.next()).0.as_u128() - start) / PARTS;
        for part in 0..PARTS {
            let from = uuid::Uuid::from_u128(start + part * length);
            let to = uuid::Uuid::from_u128(start + (part + 1) * length);
            for table in BESIDE {
                let delete = format!("delete from read.{table} where entry >= $1 and entry < $2");
                sqlx::query(AssertSqlSafe(delete)).bind(from).bind(to).execute(tables).await?;
            }
            let gone = sqlx::query("delete from read.entry where entry >= $1 and entry < $2")
                .bind(from)
                .bind(to)
                .execute(tables)
                .await?;
            removed += gone.rows_affected();
        }
    }
    remove_half_built(tables, first_live).await?;
    sqlx::query("delete from read.ended_audience where entry < $1")
        .bind(StreamId::first_of(first_live).0)
        .execute(tables)
        .await?;
    sqlx::query("delete from read.parked where stream < $1 and stream > $2")
        .bind(StreamId::first_of(first_live).0)
        .bind(StreamId::first_of(Epoch(1)).0)
        .execute(tables)
        .await?;
    Ok(removed)
}

/// A model that was being built when its builder died lies there until somebody builds it again.
async fn remove_half_built(tables: &PgPool, first_live: Epoch) -> Result<(), sqlx::Error> {
    for table in [
        "entry",
        "entry_token",
        "call_queue",
        "message_plan",
        "person_look",
        "entry_municipality",
        "plain_entry",
        "referral",
        "published",
        "feed",
        "hotel_guest",
    ] {
        let there: bool = sqlx::query_scalar("select to_regclass('read_next.' || $1) is not null")
            .bind(table)
            .fetch_one(tables)
            .await?;
        if there {
            let delete = format!("delete from read_next.{table} where entry < $1");
            sqlx::query(AssertSqlSafe(delete)).bind(StreamId::first_of(first_live).0).execute(tables).await?;
        }
    }
    Ok(())
}

/// Removes rows of entries that were ended before their epoch: a model that was being built meanwhile still had them
/// when it took the old one's place.
pub async fn remove_again(tables: &PgPool, ended: &[StreamId]) -> Result<(), sqlx::Error> {
    let ended: Vec<uuid::Uuid> = ended.iter().map(|stream| stream.0).collect();
    for table in BESIDE.into_iter().chain(["entry"]) {
        let delete = format!("delete from read.{table} where entry = any($1)");
        sqlx::query(AssertSqlSafe(delete)).bind(&ended).execute(tables).await?;
    }
    Ok(())
}

/// Whether a row of an epoch before this one is left.
pub async fn any_before(tables: &PgPool, first_live: Epoch) -> Result<bool, sqlx::Error> {
    Ok(oldest_before(tables, first_live).await?.is_some())
}

/// The oldest epoch of which a row is left. Every table is looked at: a crash may have taken only the entries.
async fn oldest_before(tables: &PgPool, first_live: Epoch) -> Result<Option<Epoch>, sqlx::Error> {
    let oldest_of =
        |table| format!("(select entry from read.{table} where entry < $1 order by entry limit 1)");
    let all: Vec<String> = BESIDE.into_iter().chain(["entry"]).map(oldest_of).collect();
    let oldest: Option<uuid::Uuid> =
        sqlx::query_scalar(AssertSqlSafe(format!("select least({})", all.join(", "))))
            .bind(StreamId::first_of(first_live).0)
            .fetch_one(tables)
            .await?;
    Ok(oldest.map(|entry| StreamId(entry).epoch()))
}

/// Removes one entry's rows.
pub async fn remove(tables: &PgPool, entry: EntryId) -> Result<(), sqlx::Error> {
    let mut transaction = tables.begin().await?;
    // Whoever folds holds this row, and reads the log after taking it: nobody puts the row back.
    sqlx::query("select from read.projection where name = $1 for update")
        .bind(super::Entries::NAME)
        .execute(&mut *transaction)
        .await?;
    super::feed::remember_audience(&mut transaction, entry).await?;
    for table in BESIDE.into_iter().chain(["entry"]) {
        let delete = format!("delete from read.{table} where entry = $1");
        sqlx::query(AssertSqlSafe(delete)).bind(entry.uuid()).execute(&mut *transaction).await?;
    }
    sqlx::query("delete from read.parked where stream = $1")
        .bind(entry.uuid())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}
