//! What the outlet looks at next, and how the centre's referrals stand in numbers.

use super::row::{Delivery, Stage, outcome_at};
use events::referral::InspectionOutcome;
use events::{EntryId, Epoch, StreamId};
use jiff::Timestamp;
use sqlx::{PgPool, Row};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Referrals whose message is to be looked at, the longest waiting first.
pub async fn due(
    tables: &PgPool,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(EntryId, Uuid, Timestamp)>, sqlx::Error> {
    let rows: Vec<(Uuid, Uuid, jiff_sqlx::Timestamp)> = sqlx::query_as(
        "select entry, referral, due_at from read.referral where due_at <= $1 and entry >= $2
         order by due_at, referral limit $3",
    )
    .bind(jiff_sqlx::Timestamp::from(now))
    .bind(StreamId::first_of(Epoch::oldest_live(now)).0)
    .bind(limit)
    .fetch_all(tables)
    .await?;
    let due = rows.into_iter();
    Ok(due.filter_map(|(entry, id, due)| Some((EntryId::parse(entry)?, id, due.to_jiff()))).collect())
}

/// Moves a referral on, unless the fold has done so since it was found due.
pub async fn move_on(
    tables: &PgPool,
    referral: Uuid,
    was_due: Timestamp,
    due: Option<Timestamp>,
) -> Result<(), sqlx::Error> {
    sqlx::query("update read.referral set due_at = $3 where referral = $1 and due_at = $2")
        .bind(referral)
        .bind(jiff_sqlx::Timestamp::from(was_due))
        .bind(due.map(jiff_sqlx::Timestamp::from))
        .execute(tables)
        .await
        .map(drop)
}

/// How many messages wait to be handed over, since when the first one does, and how many did not arrive.
pub async fn waiting(tables: &PgPool) -> Result<(u64, Option<Timestamp>, u64), sqlx::Error> {
    let (waiting, since, dead): (i64, Option<jiff_sqlx::Timestamp>, i64) = sqlx::query_as(
        "select count(*) filter (where delivery = $1), min(waits_since) filter (where delivery = $1),
                count(*) filter (where delivery = $2)
         from read.referral where stage < 3",
    )
    .bind(Delivery::Waits as i16)
    .bind(Delivery::Dead as i16)
    .fetch_one(tables)
    .await?;
    Ok((waiting.unsigned_abs(), since.map(jiff_sqlx::Timestamp::to_jiff), dead.unsigned_abs()))
}

/// How the centre's referrals stand, without a word about any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// By how far they have come.
    pub stages: BTreeMap<i16, u64>,
    /// Closed ones, by what came of them.
    pub outcomes: BTreeMap<InspectionOutcome, u64>,
}

impl Summary {
    /// How many stand at a stage.
    pub fn at(&self, stage: Stage) -> u64 {
        self.stages.get(&(stage as i16)).copied().unwrap_or(0)
    }
}

/// Counts what lives at a moment.
pub async fn summary(tables: &PgPool, now: Timestamp) -> Result<Summary, sqlx::Error> {
    let rows = sqlx::query(
        "select stage, outcome, count(*) as n from read.referral where entry >= $1 group by stage, outcome",
    )
    .bind(StreamId::first_of(Epoch::oldest_live(now)).0)
    .fetch_all(tables)
    .await?;
    let mut summary = Summary::default();
    for row in &rows {
        let count = row.try_get::<i64, _>("n")?.unsigned_abs();
        *summary.stages.entry(row.try_get("stage")?).or_default() += count;
        let outcome: Option<i16> = row.try_get("outcome")?;
        if let Some(outcome) = outcome.and_then(outcome_at) {
            *summary.outcomes.entry(outcome).or_default() += count;
        }
    }
    Ok(summary)
}
