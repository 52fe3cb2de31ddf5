//! Collects what a municipality's search is too long to answer at once: asks on from where the answer ended, a little
//! earlier, and takes what stands on both sides of the edge once.
//!
//! Nothing says whether the service includes the moment it is asked from, and many messages may share one. Both are
//! met by asking from a little before; whatever would still be lost shows in the number the service told at first.

use super::error::Unreadable;
use super::message::LabMessage;
use super::wire::{self, Page};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Answers that are put together at most.
const PAGES_MAX: usize = 500;
/// Messages that are collected at most.
const MESSAGES_MAX: usize = 100_000;
/// How far before the edge is asked again: more than services round, then less where more than an answer holds
/// would stand in between, then not at all.
const OVERLAPS: [SignedDuration; 3] =
    [SignedDuration::from_secs(1), SignedDuration::from_millis(1), SignedDuration::ZERO];

/// Between which moments the service received what is asked for; without an end where absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// From.
    pub from: Option<Timestamp>,
    /// Until.
    pub until: Option<Timestamp>,
}

/// What a municipality's search came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The messages, in the service's order. One that it holds twice stands here twice.
    pub messages: Vec<LabMessage>,
    /// Records that cannot be read; the others are here.
    pub unreadable: Vec<Unreadable>,
    /// There are more than could be had: whoever is not here may still have been tested.
    pub truncated: bool,
    /// The latest moment at which the service received one of them. Whoever asks for the next ones asks from a
    /// little before.
    pub reached: Option<Timestamp>,
}

type Print = [u8; 32];

/// A search under way.
pub(super) struct Paging {
    /// What is to be asked next.
    next: Option<Window>,
    pages: usize,
    /// How many there were in all when the first answer came; absent where that was not told.
    count: Option<usize>,
    /// How often each record has been seen.
    seen: HashMap<Print, usize>,
    taken: usize,
    collected: Collected,
}

impl Paging {
    pub(super) fn new(window: Window) -> Paging {
        Paging {
            next: Some(window),
            pages: 0,
            count: None,
            seen: HashMap::new(),
            taken: 0,
            collected: Collected::default(),
        }
    }

    /// What to ask next; `None` when there is nothing more to be had.
    pub(super) fn next(&self) -> Option<Window> {
        self.next
    }

    /// Takes the answer to it.
    pub(super) fn take(&mut self, page: Page) {
        let Some(asked) = self.next.take() else { return };
        if self.pages == 0 {
            self.count = page.count;
        }
        self.pages += 1;
        let (cut, told) = (page.cut, page.until);
        let span = self.keep(page.records);
        if let Some((_, latest)) = span {
            self.collected.reached = self.collected.reached.max(Some(latest));
        }
        let full = self.pages >= PAGES_MAX || self.taken >= MESSAGES_MAX;
        self.next = if cut && !full { asked.beyond(told, span) } else { None };
        self.collected.truncated =
            self.next.is_none() && (cut || self.count.is_none_or(|all| self.taken < all));
    }

    pub(super) fn collected(self) -> Collected {
        self.collected
    }

    /// Keeps the records that were not in an earlier answer, and says between which moments those of this one were
    /// received. What this answer holds twice there are two of.
    fn keep(&mut self, records: Vec<Value>) -> Option<(Timestamp, Timestamp)> {
        let mut here: HashMap<Print, usize> = HashMap::new();
        let mut span: Option<(Timestamp, Timestamp)> = None;
        for record in records {
            let print = fingerprint(&record);
            let nth = here.entry(print).or_default();
            *nth += 1;
            let known = *nth <= self.seen.get(&print).copied().unwrap_or(0);
            let at = format!("/provesvarliste/{}", self.taken);
            let read = wire::message(record);
            if let Ok(LabMessage { received_at: Some(received), .. }) = &read {
                let (first, last) = span.unwrap_or((*received, *received));
                span = Some((first.min(*received), last.max(*received)));
            }
            if known {
                continue;
            }
            self.taken += 1;
            match read {
                Ok(message) => self.collected.messages.push(message),
                Err(unreadable) => self.collected.unreadable.push(unreadable.within(&at)),
            }
        }
        for (print, times) in here {
            let seen = self.seen.entry(print).or_default();
            *seen = times.max(*seen);
        }
        span
    }
}

impl Window {
    /// What is left of a window whose answer was cut; `None` where nothing shows that asking on would bring more.
    /// The told edge is where it goes on: after it where the earliest came first, before it where the latest did.
    fn beyond(self, told: Option<Timestamp>, span: Option<(Timestamp, Timestamp)>) -> Option<Window> {
        let edge = match (told, span) {
            (Some(told), Some((first, last))) if told <= first && first < last => return self.before(told),
            // A service that tells the end of what was asked has not come so far.
            (Some(told), Some((_, last))) => told.min(last),
            (Some(told), None) => told,
            (None, Some((_, last))) => last,
            (None, None) => return None,
        };
        let starts = OVERLAPS.iter().filter_map(|overlap| edge.checked_sub(*overlap).ok());
        let from = starts.into_iter().find(|start| self.from.is_none_or(|from| *start > from))?;
        Some(Window { from: Some(from), ..self })
    }

    fn before(self, edge: Timestamp) -> Option<Window> {
        let ends = OVERLAPS.iter().filter_map(|overlap| edge.checked_add(*overlap).ok());
        let until = ends.into_iter().find(|end| self.until.is_none_or(|until| *end < until))?;
        Some(Window { until: Some(until), ..self })
    }
}

/// The whole content, id and all: keys of an object stand in order.
fn fingerprint(record: &Value) -> Print {
    let content = zeroize::Zeroizing::new(serde_json::to_vec(record).unwrap_or_default());
    Sha256::digest(&*content).into()
}

#[cfg(test)]
#[path = "paging_tests.rs"]
mod tests;
