//! Washing the queue: those who are due are looked up, and only those with a negative result are handed out. What was
//! answered lies in this process's memory and nowhere else; callers see whom to ring and nothing of a result.

use super::look_up::{Service, folded};
use super::{Results, ResultsError};
use crate::projections::entries::of_entries;
use crate::rules::identities::national_number;
use api::quarantine::TestOutcome;
use events::EntryId;
use events::result::ResultMode;
use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use uuid::Uuid;

/// How often.
const EVERY: Duration = Duration::from_secs(5);
/// After how long somebody is looked up again.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(60);
/// Entries that are looked up in one round.
const ROUND: i64 = 100;

/// Whom the washing left, in memory. Cloned handles share it.
#[derive(Clone, Default)]
pub struct WashList(Arc<Mutex<HashMap<Uuid, Washed>>>);

/// What the washing knows of an entry.
#[derive(Clone, Copy)]
struct Washed {
    negative: bool,
    at: Timestamp,
}

impl WashList {
    /// Entries with a negative result.
    pub fn left(&self) -> Vec<Uuid> {
        let washed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        washed.iter().filter(|(_, washed)| washed.negative).map(|(entry, _)| *entry).collect()
    }

    /// Those who were looked up a moment ago.
    fn fresh(&self, now: Timestamp) -> Vec<Uuid> {
        let washed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = washed.iter().filter(|(_, washed)| now.duration_since(washed.at) < AGAIN_AFTER);
        fresh.map(|(entry, _)| *entry).collect()
    }

    fn put(&self, entry: Uuid, negative: bool, at: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(entry, Washed { negative, at });
    }

    /// Leaves only what an entry that lives is about.
    fn keep(&self, lives: impl Fn(EntryId) -> bool) {
        let mut washed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        washed.retain(|entry, _| EntryId::parse(*entry).is_some_and(&lives));
    }

    fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Results {
    /// Whom the washing left.
    pub fn wash_list(&self) -> &WashList {
        &self.washed
    }

    /// Washes for ever, while that is the policy.
    pub async fn run_washing(self) {
        let Some(service) = self.service.clone() else { return };
        loop {
            if let Err(error) = self.wash(&service).await {
                tracing::warn!(%error, "the queue is not washed now; it is tried again");
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Washes once; how many were looked up.
    pub async fn wash(&self, service: &Service) -> Result<usize, ResultsError> {
        let now = self.log.clock().now();
        if self.mode() != ResultMode::WashList {
            self.washed.clear();
            return Ok(0);
        }
        if !self.somebody_calls().await? {
            return Ok(0);
        }
        self.washed.keep(|entry| now < entry.epoch().ends_at());
        let entries = self.due(now).await?;
        let mut looked_up = 0;
        for row in of_entries(&self.readers, self.log.keyring(), &entries).await? {
            let Some(number) = national_number(&row.document.record) else { continue };
            let asked = self.ask(service, number).await;
            self.write_down(row.entry, super::attach::ACTOR, asked.is_ok()).await?;
            let Ok((received, truncated, _)) = asked else { break };
            service.ahead.forget(&number.0);
            let tests = folded(&received).tests();
            let has = |outcome| tests.iter().any(|test| test.outcome == outcome);
            // What a cut answer does not show may be a positive one.
            let negative = has(TestOutcome::Negative) && !has(TestOutcome::Positive) && !truncated;
            self.washed.put(row.entry.uuid(), negative, now);
            looked_up += 1;
        }
        Ok(looked_up)
    }

    async fn due(&self, now: Timestamp) -> Result<Vec<EntryId>, ResultsError> {
        let rows = sqlx::query(
            "select q.entry from read.call_queue q join read.entry e using (entry)
             where q.part = 1 and e.has_number and q.entry <> all($2)
             order by q.class, q.urgent_at, q.entry limit $1",
        )
        .bind(ROUND)
        .bind(self.washed.fresh(now))
        .fetch_all(&self.tables)
        .await?;
        let ids = rows.iter().map(|row| row.try_get::<Uuid, _>("entry")).collect::<Result<Vec<_>, _>>()?;
        Ok(ids.into_iter().filter_map(EntryId::parse).collect())
    }
}
