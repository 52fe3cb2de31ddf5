//! Counting a day before the first of its keys goes.
//!
//! A Norwegian day lies in up to five epochs. It is counted when the first of them ends, the last moment at which all
//! of it can be read; what happens to its later entries in their last hours is not in it.

use super::{Retention, RetentionError};
use crate::log::StoredEvent;
use crate::log::keyring::Key;
use crate::log::seal::StreamCipher;
use crate::rules::entry::evolve;
use crate::rules::moments::{norwegian_day_of, norwegian_start_of};
use crate::rules::statistics::Counts;
use events::retention::{DayStatistics, epoch_end, statistics_of};
use events::{EntryEvent, Epoch, RetentionEvent, StreamId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Entries read at once.
const ENTRIES_AT_ONCE: u32 = 500;

impl Retention {
    /// Counts the days that an epoch is part of, unless that was done.
    pub(super) async fn count_days_of(&self, epoch: Epoch, now: Timestamp) -> Result<(), RetentionError> {
        let last = epoch.next().start() - SignedDuration::from_micros(1);
        let days = BTreeSet::from([norwegian_day_of(epoch.start()), norwegian_day_of(last)]);
        for day in days {
            if self.facts_of(statistics_of(day)).await?.is_empty() {
                let statistics = self.count(day, now).await?;
                self.write_down(statistics_of(day), 0, statistics).await?;
            }
        }
        Ok(())
    }

    /// The anonymous counts of a day.
    pub async fn statistics(&self, day: Date) -> Result<Option<DayStatistics>, RetentionError> {
        let found = self.facts_of(statistics_of(day)).await?.pop();
        Ok(found.and_then(|fact| match fact {
            RetentionEvent::DayStatistics(statistics) => Some(statistics),
            _ => None,
        }))
    }

    async fn count(&self, day: Date, now: Timestamp) -> Result<DayStatistics, RetentionError> {
        let first = Epoch::of(norwegian_start_of(day));
        let tomorrow = norwegian_start_of(day.tomorrow().unwrap_or(Date::MAX));
        let last = Epoch::of(tomorrow - SignedDuration::from_micros(1));
        let mut counts = Counts::default();
        for epoch in (first.0..=last.0).map(Epoch) {
            let readable = match epoch.has_ended(now) {
                true => self.held_nothing(epoch).await?,
                false => self.count_epoch(epoch, day, &mut counts).await?,
            };
            // Part of the day cannot be read any more: the rest would be a wrong count.
            if !readable {
                return Ok(DayStatistics { day, counted: false, tables: Vec::new() });
            }
        }
        Ok(DayStatistics { day, counted: true, tables: counts.tables() })
    }

    /// Whether an epoch that has ended never had an entry: the register was new, or nobody travelled.
    async fn held_nothing(&self, epoch: Epoch) -> Result<bool, RetentionError> {
        let held = match self.facts_of(epoch_end(epoch)).await?.first() {
            Some(RetentionEvent::EpochFrozen(frozen)) => frozen.entries,
            Some(_) | None => self.ending.count(epoch).await?.entries,
        };
        Ok(held == 0)
    }

    /// Counts the entries of an epoch that were registered on a day; `false` when it ended meanwhile.
    async fn count_epoch(
        &self,
        epoch: Epoch,
        day: Date,
        counts: &mut Counts,
    ) -> Result<bool, RetentionError> {
        let mut after = StreamId::first_of(epoch);
        loop {
            let (events, last) = self.log.of_epoch(epoch, after, ENTRIES_AT_ONCE).await?;
            let Some(last) = last else { return Ok(true) };
            after = last;
            if events.is_empty() {
                continue;
            }
            let key = match self.log.keyring().epoch(epoch) {
                Ok(key) => key,
                Err(crate::log::KeyError::Ended(_)) => return Ok(false),
                Err(error) => return Err(error.into()),
            };
            for entry in events.chunk_by(|a, b| a.stream == b.stream) {
                count_entry(&key, entry, day, counts);
            }
            tokio::task::yield_now().await;
        }
    }
}

/// Counts one entry as far as it can be read.
fn count_entry(key: &Key, stored: &[StoredEvent], day: Date, counts: &mut Counts) {
    let Some(first) = stored.first().filter(|first| norwegian_day_of(first.recorded_at) == day) else {
        return;
    };
    let cipher = StreamCipher::new(key, first.stream.0);
    let read = |event: &StoredEvent| {
        let payload = zeroize::Zeroizing::new(event.open_with(&cipher).ok()?);
        EntryEvent::read(&event.name, event.schema_version, &payload).ok()
    };
    let events: Vec<EntryEvent> = stored.iter().map_while(read).collect();
    if let Some(state) = events.iter().fold(None, evolve) {
        counts.add(&state, &events);
    }
}
