//! What ends when, in numbers: for people, for alarms, and for whoever decides whether requests may be sent here.

use super::{Retention, RetentionError, early_end, facts, schedule};
use crate::log::ending::EpochState;
use crate::projections::entries;
use crate::rules::moments::{norwegian_day_of, norwegian_start_of};
use api::retention::{DeletionDay, EpochDeadline, EpochEndState, KeyFinding, RetentionStatus};
use events::{Epoch, RetentionEvent};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

/// Days shown, the present one and those before.
const DAYS_SHOWN: i32 = 14;
/// Seconds without a look that went well after which something is the matter.
const QUIET_SECONDS_MAX: i64 = 60;

/// What an alarm looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Epochs past their end without a receipt.
    pub overdue: u64,
    /// Epochs that should be frozen by now and are not.
    pub late: u64,
    /// What kept the last look from ending what is due, or that nobody has looked for long.
    pub failure: Option<String>,
}

impl Alarm {
    /// Whether all is well.
    pub fn is_quiet(&self) -> bool {
        self.overdue == 0 && self.late == 0 && self.failure.is_none()
    }
}

impl Retention {
    /// Whether a deadline is or will be missed. Sets the metrics of the same names.
    pub async fn alarm(&self) -> Result<Alarm, RetentionError> {
        let now = self.log.clock().now();
        let open = self.ending.not_ended(schedule::last_due(now)).await?;
        let count = |due: fn(Epoch, EpochState, Timestamp) -> bool| {
            open.iter().filter(|(epoch, state)| due(*epoch, *state, now)).count() as u64
        };
        let alarm = Alarm {
            overdue: count(|epoch, _, now| schedule::receipt_is_overdue(epoch, now)),
            late: count(|epoch, state, now| {
                state == EpochState::Open && schedule::freezing_is_late(epoch, now)
            }),
            failure: self.failure(now),
        };
        metrics::gauge!("register_retention_overdue_epochs").set(alarm.overdue as f64);
        metrics::gauge!("register_retention_late_epochs").set(alarm.late as f64);
        Ok(alarm)
    }

    fn failure(&self, now: Timestamp) -> Option<String> {
        let last_success = self.health.last_success.load(Ordering::SeqCst);
        let failure = self.health.failure.read().unwrap_or_else(PoisonError::into_inner).clone();
        let quiet = now.as_second() - last_success;
        if last_success == 0 {
            return failure;
        }
        if quiet > QUIET_SECONDS_MAX {
            return failure.or_else(|| Some(format!("nobody has looked for {quiet} s")));
        }
        self.health.sweep_failure.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Age of the oldest record about anybody.
    pub async fn oldest_record_age(&self) -> Result<Option<SignedDuration>, RetentionError> {
        let now = self.log.clock().now();
        Ok(self.log.oldest_record().await?.map(|oldest| now.duration_since(oldest)))
    }

    /// Everything that the page about deletion shows.
    pub async fn overview(&self) -> Result<RetentionStatus, RetentionError> {
        let now = self.log.clock().now();
        let alarm = self.alarm().await?;
        let age = self.oldest_record_age().await?;
        Ok(RetentionStatus {
            now,
            oldest_record_age_seconds: age.map(|age| u64::try_from(age.as_secs()).unwrap_or(0)),
            overdue: alarm.overdue,
            late: alarm.late,
            failure: alarm.failure,
            epochs: self.deadlines(now).await?,
            days: self.days(now).await?,
            fingerprints: self.ending.fingerprints_of_ended().await?,
            key_findings: self.key_findings(now).await?,
            consumers: super::consumers::statuses(&self.log, now).await?,
            early_ends: early_end::requests(&self.log, &self.tables).await?,
            outlived_by_quarantine: entries::outlived_by_quarantine(&self.tables).await?,
        })
    }

    async fn deadlines(&self, now: Timestamp) -> Result<Vec<EpochDeadline>, RetentionError> {
        let mut deadlines = Vec::new();
        for (epoch, state) in self.ending.not_ended(Epoch::of(now)).await? {
            let count = self.ending.count(epoch).await?;
            if count.entries == 0 && count.ended_early == 0 && !epoch.has_ended(now) {
                continue;
            }
            deadlines.push(EpochDeadline {
                epoch: epoch.0,
                from: epoch.start(),
                freezes_at: schedule::freezes_at(epoch),
                ends_at: epoch.ends_at(),
                state: match state {
                    EpochState::Open => EpochEndState::Open,
                    EpochState::Frozen => EpochEndState::Frozen,
                    EpochState::Dropped => EpochEndState::Dropped,
                    EpochState::Ended => EpochEndState::Ended,
                },
                entries: count.entries,
                events: count.events,
            });
        }
        Ok(deadlines)
    }

    /// Those of the days shown; older ones stand in the log.
    async fn key_findings(&self, now: Timestamp) -> Result<Vec<KeyFinding>, RetentionError> {
        let found = facts(&self.log, &["key-reappeared"], 0).await?;
        let since = norwegian_day_of(now).saturating_sub((DAYS_SHOWN - 1).days());
        let finding = |fact: super::Fact| match fact.event {
            RetentionEvent::KeyReappeared(key) if norwegian_day_of(fact.recorded_at) >= since => {
                Some(KeyFinding { name: key.name, found_at: fact.recorded_at })
            }
            _ => None,
        };
        Ok(found.into_iter().filter_map(finding).collect())
    }

    async fn days(&self, now: Timestamp) -> Result<Vec<DeletionDay>, RetentionError> {
        let today = norwegian_day_of(now);
        let first = today.saturating_sub((DAYS_SHOWN - 1).days());
        let mut days: BTreeMap<Date, DeletionDay> = BTreeMap::new();
        let on = |day: Date| DeletionDay {
            day,
            due: 0,
            done: 0,
            entries: 0,
            events: 0,
            ended_early: 0,
            certified: false,
        };
        let end_of_today = norwegian_start_of(today.tomorrow().unwrap_or(Date::MAX));
        for epoch in epochs_ending(norwegian_start_of(first), end_of_today) {
            days.entry(norwegian_day_of(epoch.ends_at())).or_insert_with_key(|day| on(*day));
        }
        for (epoch, _) in self.ending.not_ended(last_ending_before(end_of_today)).await? {
            days.entry(norwegian_day_of(epoch.ends_at())).or_insert_with_key(|day| on(*day)).due += 1;
        }
        for fact in facts(&self.log, &["epoch-ended", "entry-ended-early", "deletion-certified"], 0).await? {
            let day = match &fact.event {
                RetentionEvent::EpochEnded(receipt) => norwegian_day_of(receipt.ends_at),
                RetentionEvent::EntryEndedEarly(ended) => norwegian_day_of(ended.ended_at),
                RetentionEvent::DeletionCertified(certified) => certified.day,
                _ => continue,
            };
            let Some(row) = days.get_mut(&day) else { continue };
            match fact.event {
                RetentionEvent::EpochEnded(receipt) => {
                    row.due += 1;
                    row.done += 1;
                    row.entries += receipt.entries;
                    row.events += receipt.events;
                }
                RetentionEvent::EntryEndedEarly(_) => row.ended_early += 1,
                _ => row.certified = true,
            }
        }
        Ok(days.into_values().rev().collect())
    }
}

/// The last epoch that ends before a moment.
pub(super) fn last_ending_before(moment: Timestamp) -> Epoch {
    let life = SignedDuration::from_hours(events::epoch::LIFE_HOURS) + SignedDuration::from_micros(1);
    Epoch::of(moment.saturating_sub(life).unwrap_or(Timestamp::MIN))
}

/// Epochs whose end lies in a span of time, its first moment included.
fn epochs_ending(from: Timestamp, until: Timestamp) -> impl Iterator<Item = Epoch> {
    (last_ending_before(from).next().0..=last_ending_before(until).0).map(Epoch)
}
