//! Ending one entry before its epoch: somebody asks with a reason, a second person agrees.

use super::{Retention, RetentionError, facts, step};
use crate::intake::entries::history;
use crate::log::{KeyError, Log, ReadError};
use crate::projections::entries::{self, EarlyEndState};
use api::retention::{EarlyEnd, EarlyEndGround};
use events::entry::EndGround;
use events::retention::{EntryEndedEarly, early_ends};
use events::{EntryEvent, EntryId, RetentionEvent, StreamId};
use jiff::Timestamp;
use sqlx::PgPool;
use std::collections::HashSet;

/// Entries that somebody wants ended before their epoch.
pub async fn requests(log: &Log, tables: &PgPool) -> Result<Vec<EarlyEnd>, RetentionError> {
    let mut requests = Vec::new();
    for (entry, state) in entries::early_ends(tables).await? {
        let told = match history(log, entry).await {
            Ok(told) => told,
            // It ended since the list was read.
            Err(ReadError::Key(KeyError::Ended(_))) => continue,
            Err(error) => return Err(error.into()),
        };
        let asked = told.into_iter().rev().find_map(|told| match told.event {
            EntryEvent::EndRequested(request) => Some((told.recorded_at, request)),
            _ => None,
        });
        let Some((requested_at, request)) = asked else { continue };
        requests.push(EarlyEnd {
            entry: entry.uuid(),
            ground: match request.ground {
                EndGround::RegisteredByMistake => EarlyEndGround::RegisteredByMistake,
                EndGround::RightToErasure => EarlyEndGround::RightToErasure,
            },
            reason: request.reason.0,
            requested_by: request.requested_by,
            requested_at,
            ends_at: entry.epoch().ends_at(),
            confirmed: state == EarlyEndState::Confirmed,
        });
    }
    Ok(requests)
}

impl Retention {
    /// Ends an entry that two persons agreed to end. Its rows go at once; the receipt says until when a backup could
    /// still show it to somebody who has the keyring. May be repeated.
    pub async fn end_entry(&self, entry: EntryId) -> Result<(), RetentionError> {
        step("stream-ended", self.ending.end_stream(entry.stream(), self.log.clock().now())).await?;
        step("row-removed", entries::remove(&self.tables, entry)).await?;
        self.write_missing_receipts().await
    }

    /// Completes what was agreed to and not done: the process died in between.
    pub(super) async fn finish_early_ends(&self) -> Result<(), RetentionError> {
        for (entry, state) in entries::early_ends(&self.tables).await? {
            if state == EarlyEndState::Confirmed {
                self.end_entry(entry).await?;
            }
        }
        self.write_missing_receipts().await
    }

    async fn write_missing_receipts(&self) -> Result<(), RetentionError> {
        let ended = self.ending.ended_streams().await?;
        if ended.is_empty() {
            return Ok(());
        }
        let streams: Vec<StreamId> = ended.iter().map(|(stream, ..)| *stream).collect();
        entries::remove_again(&self.tables, &streams).await?;
        let written = facts(&self.log, &["entry-ended-early"], 0).await?;
        let written: HashSet<StreamId> = written.iter().filter_map(|fact| ended_entry(&fact.event)).collect();
        for (stream, events, ended_at) in ended.into_iter().filter(|(stream, ..)| !written.contains(stream)) {
            self.write_missing_receipt(stream, events, ended_at).await?;
        }
        Ok(())
    }

    async fn write_missing_receipt(
        &self,
        stream: StreamId,
        events: u64,
        ended_at: Timestamp,
    ) -> Result<(), RetentionError> {
        let Some(entry) = EntryId::parse(stream.0) else { return Ok(()) };
        loop {
            let written = self.facts_of(early_ends(entry.epoch())).await?;
            if written.iter().any(|fact| ended_entry(fact) == Some(stream)) {
                return Ok(());
            }
            let receipt =
                EntryEndedEarly { entry, events, ended_at, in_backups_until: entry.epoch().ends_at() };
            // When another was written meanwhile, the next look tells.
            self.write_down(early_ends(entry.epoch()), written.len(), receipt).await?;
        }
    }
}

fn ended_entry(fact: &RetentionEvent) -> Option<StreamId> {
    match fact {
        RetentionEvent::EntryEndedEarly(ended) => Some(ended.entry.stream()),
        _ => None,
    }
}
