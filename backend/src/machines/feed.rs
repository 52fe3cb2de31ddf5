//! The feed: what changed, from the lists, and what ended, from the log, in one order. It says which entry, and to whom
//! it came or whom it left; everything else is fetched with the consumer's own rights.

use super::Reach;
use super::cursor::{self, BadCursor, Holder, Pen, Place};
use super::fiks::innreise;
use crate::log::keyring::{Key, KeyError};
use crate::log::{Log, fault};
use crate::projections::cores::on_all_cores;
use crate::projections::entries::{Change, Part, Wanted, changes, ended_audience, published};
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use crate::retention::{Fact, RetentionError, facts};
use api::feed::{
    ARRIVED, CHANGED, CloudEvent, ENDED, EXTRACT_LIMIT_MAX, Extract, Extracted, FEED_LIMIT_DEFAULT,
    FEED_LIMIT_MAX, LEFT, News, WINDOW_ENDED,
};
use events::{EntryId, RetentionEvent};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Where events come from, as they name it.
const SOURCE: &str = "/api/v1/feed";
/// As many events are written where they are.
const FEW: usize = 200;

/// Why a page cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The cursor is none.
    #[error("it is no cursor")]
    Cursor,
    /// What lies between the cursor and now cannot be told any more, or the consumer sees other things than when it got
    /// it: it must take everything anew.
    #[error("a full extract is needed")]
    ExtractNeeded,
    /// The lists are being built and have not come so far again.
    #[error("the lists are being built")]
    Building,
    /// A key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A list cannot be read.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// A database fails.
    #[error("a database fails: {}", fault(.0))]
    Database(#[from] sqlx::Error),
    /// What ended cannot be read.
    #[error(transparent)]
    Retention(#[from] RetentionError),
}

/// A page.
pub struct Page {
    /// Oldest first.
    pub events: Vec<CloudEvent>,
    /// Where to go on.
    pub next: String,
    /// Position of that place.
    pub position: u64,
    /// Whether there is more already.
    pub more: bool,
}

/// The feed over a log and its lists.
#[derive(Clone)]
pub struct Feed {
    log: Log,
    readers: Readers,
}

/// One event of the feed before it has a cursor.
struct Item {
    position: u64,
    at: Timestamp,
    kind: &'static str,
    news: News,
}

impl Feed {
    /// The feed of a register.
    pub fn new(log: Log, readers: Readers) -> Feed {
        Feed { log, readers }
    }

    /// What a consumer has not read yet.
    pub async fn page(
        &self,
        holder: Holder<'_>,
        after: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Page, FeedError> {
        let key = self.log.keyring().machines()?;
        let from = match after.map(|text| cursor::read(&key, holder, text)).transpose() {
            Ok(None) => None,
            Ok(Some(Place::Feed(position))) => Some(position),
            Ok(Some(Place::Extract { .. })) | Err(BadCursor::Unreadable) => return Err(FeedError::Cursor),
            Err(BadCursor::NotYours) => return Err(FeedError::ExtractNeeded),
        };
        let limit = limit.unwrap_or(FEED_LIMIT_DEFAULT).clamp(1, FEED_LIMIT_MAX);
        self.page_after(holder, from, None, limit).await
    }

    /// The same from a position, and up to one.
    pub async fn page_after(
        &self,
        holder: Holder<'_>,
        from: Option<u64>,
        up_to: Option<u64>,
        limit: u32,
    ) -> Result<Page, FeedError> {
        let key = self.log.keyring().machines()?;
        let gone = self.gone_up_to().await?;
        if from.is_some_and(|from| from < gone) {
            return Err(FeedError::ExtractNeeded);
        }
        // From the beginning all rows count. Of what is gone the ends are told that the log still has: whoever begins has
        // nothing to delete by them, and is done with them at once.
        let after = from.unwrap_or(gone);
        let now = self.log.clock().now();
        let rows_after = from.unwrap_or(0);
        let found = changes(&self.readers, rows_after, holder.reach.municipalities(), limit + 1, now).await?;
        let found = found.filter(|found| found.reached >= after).ok_or(FeedError::Building)?;
        let reached = up_to.map_or(found.reached, |up_to| found.reached.min(up_to));
        let mut items: Vec<Item> = Vec::with_capacity(found.rows.len());
        found.rows.iter().for_each(|change| tell(change, holder.reach, &mut items));
        // Rows beyond the last one read are not known: what ended after it waits for the next page.
        let all_read = found.rows.len() <= limit as usize;
        let known =
            if all_read { reached } else { found.rows.last().map_or(reached, |last| last.position - 1) };
        items.extend(self.ends(holder.reach, after, known, now).await?);
        items.retain(|item| item.position <= reached.min(known));
        items.sort_by_key(|item| item.position);
        let (items, last) = cut(items, limit as usize);
        let position = last.unwrap_or(known.min(reached)).max(after);
        Ok(Page {
            more: position < reached,
            events: events(&key, holder, after, items),
            next: cursor::write(&key, holder, Place::Feed(position)),
            position,
        })
    }

    /// Everything a consumer may see, a part at a time. The feed goes on from where the first part was taken.
    pub async fn extract(
        &self,
        holder: Holder<'_>,
        after: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Extract, FeedError> {
        let key = self.log.keyring().machines()?;
        let (since, entry) = match after.map(|text| cursor::read(&key, holder, text)).transpose() {
            Ok(None) => (self.reached().await?, Uuid::nil()),
            Ok(Some(Place::Extract { since, after })) => (since, after),
            Ok(Some(Place::Feed(_))) | Err(BadCursor::Unreadable) => return Err(FeedError::Cursor),
            Err(BadCursor::NotYours) => return Err(FeedError::ExtractNeeded),
        };
        if self.reached().await? < since {
            return Err(FeedError::Building);
        }
        let limit = limit.unwrap_or(EXTRACT_LIMIT_MAX).clamp(1, EXTRACT_LIMIT_MAX);
        let wanted = Wanted { within: holder.reach.municipalities(), ..Wanted::default() };
        let part = Part::AfterEntry { entry, limit: i64::from(limit) + 1 };
        let now = self.log.clock().now();
        let mut rows = published(&self.readers, self.log.keyring(), &wanted, part, now).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let last = rows.last().map(|row| row.entry.uuid()).filter(|_| more);
        let next = last.map(|after| cursor::write(&key, holder, Place::Extract { since, after }));
        let items = rows.into_iter().map(|row| Extracted {
            entry: row.entry.uuid(),
            municipality: row.published.routing.responsible_municipality.clone(),
            record: innreise(&row.published, row.registered_at),
        });
        let cursor = cursor::write(&key, holder, Place::Feed(since));
        Ok(Extract { items: items.collect(), next, cursor })
    }

    /// The last end that was told up to a cursor; `None` when none was.
    pub async fn last_end(&self, holder: Holder<'_>, text: &str) -> Result<Option<u64>, FeedError> {
        let key = self.log.keyring().machines()?;
        match cursor::read(&key, holder, text) {
            Ok(Place::Feed(position)) => {
                let ends = facts(&self.log, &["epoch-ended", "entry-ended-early"], 0).await?;
                let put_out = ends.iter().filter(|fact| fact.position <= position && concerns_anybody(fact));
                Ok(put_out.map(|fact| fact.position).max())
            }
            Ok(Place::Extract { .. }) | Err(BadCursor::Unreadable) => Err(FeedError::Cursor),
            Err(BadCursor::NotYours) => Err(FeedError::ExtractNeeded),
        }
    }

    /// The cursor of a consumer that has read everything up to a position.
    pub fn cursor_at(&self, holder: Holder<'_>, position: u64) -> Result<String, KeyError> {
        let key = self.log.keyring().machines()?;
        Ok(cursor::write(&key, holder, Place::Feed(position)))
    }

    /// The position up to which the lists have come.
    pub async fn reached(&self) -> Result<u64, FeedError> {
        let found = changes(&self.readers, u64::MAX, None, 1, self.log.clock().now()).await?;
        Ok(found.ok_or(FeedError::Building)?.reached)
    }

    /// The position up to which the log has been dropped: whoever has not read so far cannot be told what was there.
    async fn gone_up_to(&self) -> Result<u64, sqlx::Error> {
        let last: i64 = sqlx::query_scalar("select coalesce(max(last_position), 0) from log.segment")
            .fetch_one(self.log.pool())
            .await?;
        Ok(last.unsigned_abs())
    }

    /// What ended after a position and up to another.
    async fn ends(
        &self,
        reach: &Reach,
        after: u64,
        up_to: u64,
        now: Timestamp,
    ) -> Result<Vec<Item>, FeedError> {
        let mut ended = facts(&self.log, &["epoch-ended", "entry-ended-early"], after).await?;
        ended.retain(|fact| fact.position <= up_to);
        let early: Vec<EntryId> = ended.iter().filter_map(early_end).collect();
        let seen_by =
            if early.is_empty() { HashMap::new() } else { ended_audience(&self.readers, &early).await? };
        Ok(ended.iter().filter_map(|fact| end(fact, reach, &seen_by, now)).collect())
    }
}

/// Tells what a change is to a consumer.
fn tell(change: &Change, reach: &Reach, items: &mut Vec<Item>) {
    let item = |kind, municipality: Option<&String>| Item {
        position: change.position,
        at: change.recorded_at,
        kind,
        news: News {
            entry: Some(change.entry.uuid()),
            municipality: municipality.cloned(),
            link: (kind != LEFT).then(|| format!("/api/v1/feed/entries/{}", change.entry)),
            id_prefix: None,
        },
    };
    let Reach::Municipalities(own) = reach else {
        let kind = match (change.protected, change.is_first) {
            (true, _) => LEFT,
            (false, true) => ARRIVED,
            (false, false) => CHANGED,
        };
        items.push(item(kind, change.municipality.as_ref()));
        return;
    };
    let (came_from, belongs_to) = (&change.came_from, &change.belongs_to);
    let left = came_from.iter().filter(|number| own.contains(*number) && !belongs_to.contains(number));
    items.extend(left.map(|number| item(LEFT, Some(number))));
    let kept = belongs_to.iter().filter(|number| own.contains(*number));
    let kind = |number| if came_from.contains(number) { CHANGED } else { ARRIVED };
    items.extend(kept.map(|number| item(kind(number), Some(number))));
}

/// Windows in which nothing ever was do not concern anybody.
fn concerns_anybody(fact: &Fact) -> bool {
    match &fact.event {
        RetentionEvent::EpochEnded(receipt) => receipt.entries > 0,
        RetentionEvent::EntryEndedEarly(_) => true,
        _ => false,
    }
}

fn early_end(fact: &Fact) -> Option<EntryId> {
    match &fact.event {
        RetentionEvent::EntryEndedEarly(ended) => Some(ended.entry),
        _ => None,
    }
}

fn end(fact: &Fact, reach: &Reach, seen_by: &HashMap<EntryId, Vec<String>>, now: Timestamp) -> Option<Item> {
    let item = |kind, news| Some(Item { position: fact.position, at: fact.recorded_at, kind, news });
    if !concerns_anybody(fact) {
        return None;
    }
    match &fact.event {
        RetentionEvent::EpochEnded(receipt) => {
            let id_prefix = Some(format!("{:08x}", receipt.epoch.0));
            item(WINDOW_ENDED, News { id_prefix, ..News::default() })
        }
        RetentionEvent::EntryEndedEarly(ended) => {
            // Its window has ended since, and says so for all of it. Where nobody knows any more who had seen it,
            // everybody is told: better an id that means nothing than a copy that stays.
            let heard = seen_by.get(&ended.entry);
            let concerned = heard.is_none_or(|seen_by| seen_by.iter().any(|number| reach.covers(number)))
                || *reach == Reach::Country;
            if !concerned || ended.entry.epoch().has_ended(now) {
                return None;
            }
            item(ENDED, News { entry: Some(ended.entry.uuid()), ..News::default() })
        }
        _ => None,
    }
}

/// The first so many, and what belongs to the same position; and the last position of them, when some are left over.
fn cut(mut items: Vec<Item>, limit: usize) -> (Vec<Item>, Option<u64>) {
    let Some(last) = items.get(limit - 1).map(|item| item.position) else { return (items, None) };
    let end = items.partition_point(|item| item.position <= last);
    let rest = items.split_off(end);
    (items, (!rest.is_empty()).then_some(last))
}

/// Gives each its id and its cursor. Of several at one position only the last one's cursor is behind it.
fn events(key: &Arc<Key>, holder: Holder<'_>, after: u64, items: Vec<Item>) -> Vec<CloudEvent> {
    let mut behind = after;
    let mut placed: Vec<(Item, u64)> = Vec::with_capacity(items.len());
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        if items.peek().is_none_or(|next| next.position != item.position) {
            behind = item.position;
        }
        placed.push((item, behind));
    }
    let pen = Pen::new(key, holder);
    on_all_cores(placed, FEW, |(item, behind)| {
        let municipality = item.news.municipality.as_deref().unwrap_or_default();
        let told = format!("{} {} {municipality}", item.position, item.kind);
        CloudEvent {
            specversion: "1.0".into(),
            id: hex::encode(&key.digest("cloud-event", told.as_bytes())[..16]),
            source: SOURCE.into(),
            kind: item.kind.into(),
            subject: item.news.entry.map(|entry| entry.to_string()),
            time: item.at,
            datacontenttype: "application/json".into(),
            cursor: pen.write(Place::Feed(behind)),
            data: item.news,
        }
    })
}
