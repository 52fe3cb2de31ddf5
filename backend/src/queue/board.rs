//! The lead's board: how the queue stands, and the cards behind each number.

use super::card::CardError;
use super::{AT_WORK_MINUTES, Queue, after, column};
use crate::projections::entries::standing::{READY, WAITS};
use crate::rules::moments::{norwegian_day_of, norwegian_start_of};
use crate::rules::queue::next_open;
use api::calls::{Board, CallerAtWork, LanguageBacklog, QueueFilter, QueuePage, QueuePart, QueueRow};
use events::EntryId;
use jiff::{Timestamp, ToSpan};
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

/// Cards on a page.
const PAGE: i64 = 50;

impl Queue {
    /// How the queue stands now.
    pub async fn board(&self) -> Result<Board, sqlx::Error> {
        let now = self.clock().now();
        let today = norwegian_day_of(now);
        let opens_at = next_open(&self.policy(), now);
        let counts = sqlx::query(
            "select (select count(*) from read.call_queue where part = $2 and not held),
                    (select count(*) from read.call_lease where expires_at > $1),
                    (select count(*) from read.call_queue where part = $3 and ready_at < $4),
                    (select count(*) from read.call_queue where outcome_missing and not held),
                    (select count(*) from read.call_queue where skipped_at >= $1),
                    (select count(*) from read.call_queue where review),
                    coalesce((select sum(attempts) from read.call_tally where day = $5), 0),
                    coalesce((select sum(answered) from read.call_tally where day = $5), 0)",
        )
        .bind(column(now))
        .bind(READY)
        .bind(WAITS)
        .bind(column(norwegian_start_of(today.saturating_add(1.days()))))
        .bind(jiff_sqlx::Date::from(today))
        .fetch_one(&self.tables)
        .await?;
        let count = |place: usize| counts.try_get::<i64, _>(place).map(i64::unsigned_abs);
        let (age_median_seconds, age_p90_seconds) = self.ages(now).await?;
        Ok(Board {
            now,
            open: opens_at == Some(now),
            opens_at: opens_at.filter(|at| *at > now),
            ready: count(0)?,
            held: count(1)?,
            later_today: count(2)?,
            outcomes_missing: count(3)?,
            skipped_today: count(4)?,
            reviews_waiting: count(5)?,
            attempts_today: count(6)?,
            answered_today: count(7)?,
            age_median_seconds,
            age_p90_seconds,
            languages: self.backlog(now).await?,
            callers: self.at_work(now).await?,
        })
    }

    /// For how long the ready cards have waited: half of them, and nine in ten.
    async fn ages(&self, now: Timestamp) -> Result<(u64, u64), sqlx::Error> {
        let row: (Option<f64>, Option<f64>) = sqlx::query_as(
            "select percentile_cont(0.5) within group (order by extract(epoch from $1 - ready_at)::float8),
                    percentile_cont(0.9) within group (order by extract(epoch from $1 - ready_at)::float8)
             from read.call_queue where part = $2 and not held",
        )
        .bind(column(now))
        .bind(READY)
        .fetch_one(&self.tables)
        .await?;
        let whole = |seconds: Option<f64>| seconds.unwrap_or_default().max(0.0) as u64;
        Ok((whole(row.0), whole(row.1)))
    }

    async fn backlog(&self, now: Timestamp) -> Result<Vec<LanguageBacklog>, sqlx::Error> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "select language, count(*),
                    (select count(*) from read.caller c where c.seen_at > $2 and q.language = any (c.languages))
             from read.call_queue q where part = $1 and not held
             group by language order by 2 desc, 1",
        )
        .bind(READY)
        .bind(column(after(now, -60 * AT_WORK_MINUTES)))
        .fetch_all(&self.tables)
        .await?;
        let backlog = rows.into_iter().map(|(language, ready, callers)| LanguageBacklog {
            language,
            ready: ready.unsigned_abs(),
            callers: callers.unsigned_abs(),
        });
        Ok(backlog.collect())
    }

    async fn at_work(&self, now: Timestamp) -> Result<Vec<CallerAtWork>, sqlx::Error> {
        let rows = sqlx::query(
            "select c.caller, c.languages, c.seen_at, l.entry, l.expires_at
             from read.caller c left join read.call_lease l on l.caller = c.caller and l.expires_at > $2
             where c.seen_at > $1 or l.entry is not null order by l.expires_at nulls last, c.caller",
        )
        .bind(column(after(now, -60 * AT_WORK_MINUTES)))
        .bind(column(now))
        .fetch_all(&self.tables)
        .await?;
        rows.iter()
            .map(|row| {
                let seen_at: jiff_sqlx::Timestamp = row.try_get("seen_at")?;
                let expires_at: Option<jiff_sqlx::Timestamp> = row.try_get("expires_at")?;
                Ok(CallerAtWork {
                    name: row.try_get("caller")?,
                    languages: row.try_get("languages")?,
                    seen_at: seen_at.to_jiff(),
                    holds: row.try_get("entry")?,
                    expires_at: expires_at.map(|at| at.to_jiff()),
                })
            })
            .collect()
    }

    /// The cards behind a number of the board, in the order in which they are handed out.
    pub async fn cards(&self, filter: &QueueFilter) -> Result<QueuePage, CardError> {
        let skip: i64 = filter.cursor.as_deref().and_then(|cursor| cursor.parse().ok()).unwrap_or(0).max(0);
        let language =
            filter.language.as_deref().map(|language| if language == "none" { "" } else { language });
        let now = self.clock().now();
        let rows = sqlx::query(AssertSqlSafe(format!(
            "select q.entry, q.ready_at, q.language, l.caller, l.expires_at
             from read.call_queue q left join read.call_lease l on l.entry = q.entry and l.expires_at > $1
             where {} and ($2::text is null or q.language = $2) and $3 > '-infinity'::timestamptz
             order by q.class, q.urgent_at, q.entry offset $4 limit $5",
            which(filter.part.unwrap_or(QueuePart::Ready))
        )))
        .bind(column(now))
        .bind(language)
        .bind(column(norwegian_start_of(norwegian_day_of(now).saturating_add(1.days()))))
        .bind(skip)
        .bind(PAGE + 1)
        .fetch_all(&self.tables)
        .await?;
        let more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
        let mut items = Vec::new();
        for row in rows.iter().take(usize::try_from(PAGE).unwrap_or(usize::MAX)) {
            let Some(entry) = EntryId::parse(row.try_get::<Uuid, _>("entry")?) else { continue };
            let Ok(present) = self.present(entry).await else { continue };
            let due_at: jiff_sqlx::Timestamp = row.try_get("ready_at")?;
            let expires_at: Option<jiff_sqlx::Timestamp> = row.try_get("expires_at")?;
            let language: String = row.try_get("language")?;
            items.push(QueueRow {
                entry: crate::projections::entries::list_row(entry, present.registered_at, &present.document),
                why: self.why_listed(&present),
                due_at: due_at.to_jiff(),
                language: (!language.is_empty()).then_some(language),
                held_by: row.try_get("caller")?,
                expires_at: expires_at.map(|at| at.to_jiff()),
            });
        }
        Ok(QueuePage { items, next: more.then(|| (skip + PAGE).to_string()) })
    }
}

/// A part of the queue, as a condition. `$1` is now, `$3` the end of the day.
fn which(part: QueuePart) -> &'static str {
    match part {
        QueuePart::Ready => "q.part = 1 and not q.held",
        QueuePart::Held => "l.entry is not null",
        QueuePart::LaterToday => "q.part = 0 and q.ready_at < $3",
        QueuePart::OutcomeMissing => "q.outcome_missing and not q.held",
        QueuePart::Skipped => "q.skipped_at >= $1",
        QueuePart::Review => "q.review",
    }
}
