//! Those who take data from the register: they are told what ended, and say when they have deleted it.

use super::receipts::append;
use super::{Fact, RetentionError, facts};
use crate::log::{Log, Rejected};
use api::retention::{ConsumerStatus, Ended, Tombstone, Tombstones};
use events::retention::{CONSUMERS, ConsumerAdded, ConsumerRemoved, TombstonesAcknowledged};
use events::{Epoch, RetentionEvent};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// How long a consumer may take to delete what ended.
const ACKNOWLEDGE_WITHIN: SignedDuration = SignedDuration::from_hours(24);
/// Tombstones on a page.
const PAGE: usize = 500;
/// How often an append is tried when others write the same stream.
const TRIES: usize = 5;

/// A consumer as its events tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumer {
    /// Its name.
    pub name: String,
    /// When it was added.
    added_at: Timestamp,
    /// What was put out before it was added does not concern it.
    added: u64,
    acknowledged: u64,
    acknowledged_at: Option<Timestamp>,
}

/// Why a consumer cannot be added, removed or heard.
#[derive(Debug, thiserror::Error)]
pub enum ConsumerError {
    /// A name is taken, or there is no such name.
    #[error("{0}")]
    Name(String),
    /// Nothing was put out at that position.
    #[error("no tombstone was put out up to that position")]
    NothingThere,
    /// The log fails.
    #[error(transparent)]
    Retention(#[from] RetentionError),
}

impl From<Rejected> for ConsumerError {
    fn from(error: Rejected) -> Self {
        ConsumerError::Retention(error.into())
    }
}

/// All consumers, and how many facts there are about them.
async fn all(log: &Log) -> Result<(Vec<Consumer>, usize), RetentionError> {
    let told = facts(log, &["consumer-added", "consumer-removed", "tombstones-acknowledged"], 0).await?;
    let count = told.len();
    Ok((told.into_iter().fold(Vec::new(), evolve), count))
}

fn evolve(mut consumers: Vec<Consumer>, fact: Fact) -> Vec<Consumer> {
    match fact.event {
        RetentionEvent::ConsumerAdded(added) => consumers.push(Consumer {
            name: added.name,
            added_at: fact.recorded_at,
            added: fact.position,
            acknowledged: fact.position,
            acknowledged_at: None,
        }),
        RetentionEvent::ConsumerRemoved(removed) => {
            consumers.retain(|consumer| consumer.name != removed.name)
        }
        RetentionEvent::TombstonesAcknowledged(acknowledged) => {
            for consumer in consumers.iter_mut().filter(|consumer| consumer.name == acknowledged.name) {
                consumer.acknowledged = consumer.acknowledged.max(acknowledged.position);
                consumer.acknowledged_at = Some(fact.recorded_at);
            }
        }
        RetentionEvent::EpochFrozen(_)
        | RetentionEvent::EpochEnded(_)
        | RetentionEvent::EntryEndedEarly(_)
        | RetentionEvent::DayStatistics(_)
        | RetentionEvent::KeyReappeared(_)
        | RetentionEvent::DeletionCertified(_) => {}
    }
    consumers
}

/// The digest under which a token is known.
pub fn token_digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Adds a consumer that will show a token.
pub async fn add(log: &Log, name: &str, token: &str, by: &str) -> Result<(), ConsumerError> {
    change(log, by, |consumers| {
        if name.trim().is_empty() || consumers.iter().any(|consumer| consumer.name == name) {
            return Err(ConsumerError::Name(format!(
                "there is a consumer named {name:?} already, or the name is empty"
            )));
        }
        let added = ConsumerAdded {
            name: name.to_owned(),
            token_sha256: token_digest(token),
            added_by: by.to_owned(),
        };
        Ok(added.into())
    })
    .await
}

/// Removes a consumer: it takes no more data.
pub async fn remove(log: &Log, name: &str, by: &str) -> Result<(), ConsumerError> {
    change(log, by, |consumers| {
        if !consumers.iter().any(|consumer| consumer.name == name) {
            return Err(ConsumerError::Name(format!("there is no consumer named {name:?}")));
        }
        Ok(ConsumerRemoved { name: name.to_owned(), removed_by: by.to_owned() }.into())
    })
    .await
}

/// A consumer says that it has acted on every tombstone up to a position.
pub async fn acknowledge(log: &Log, name: &str, position: u64) -> Result<(), ConsumerError> {
    let (consumers, _) = all(log).await?;
    let nobody = || ConsumerError::Name(format!("there is no consumer named {name:?}"));
    let consumer = consumers.into_iter().find(|consumer| consumer.name == name).ok_or_else(nobody)?;
    if position <= consumer.acknowledged {
        return Ok(());
    }
    let put_out = tombstones(log, position - 1).await?;
    if put_out.first().is_none_or(|tombstone| tombstone.position != position) {
        return Err(ConsumerError::NothingThere);
    }
    change(log, &consumer.name, |_| {
        Ok(TombstonesAcknowledged { name: consumer.name.clone(), position }.into())
    })
    .await
}

async fn change(
    log: &Log,
    by: &str,
    decide: impl Fn(&[Consumer]) -> Result<RetentionEvent, ConsumerError>,
) -> Result<(), ConsumerError> {
    for _ in 0..TRIES {
        let (consumers, known) = all(log).await?;
        match append(log, CONSUMERS, known, decide(&consumers)?, by).await {
            Err(Rejected::Conflict { .. }) => {}
            done => return Ok(done?),
        }
    }
    Err(Rejected::Unavailable.into())
}

/// A page of what ended after a position.
pub async fn page(log: &Log, after: u64) -> Result<Tombstones, RetentionError> {
    let mut items = tombstones(log, after).await?;
    items.truncate(PAGE);
    let position = items.last().map_or(after, |last| last.position);
    Ok(Tombstones { items, position })
}

async fn tombstones(log: &Log, after: u64) -> Result<Vec<Tombstone>, RetentionError> {
    let ended = facts(log, &["epoch-ended", "entry-ended-early"], after).await?;
    Ok(ended.into_iter().filter_map(tombstone).collect())
}

/// Epochs in which nothing ever was do not concern anybody.
fn tombstone(fact: Fact) -> Option<Tombstone> {
    let what = match fact.event {
        RetentionEvent::EpochEnded(receipt) if receipt.entries > 0 => Ended::Epoch {
            id_prefix: format!("{:08x}", receipt.epoch.0),
            from: Epoch(receipt.epoch.0).start(),
            entries: receipt.entries,
        },
        RetentionEvent::EntryEndedEarly(ended) => Ended::Entry { entry: ended.entry.uuid() },
        _ => return None,
    };
    Some(Tombstone { position: fact.position, at: fact.recorded_at, what })
}

/// Who has deleted what ended, and who has not.
pub(super) async fn statuses(log: &Log, now: Timestamp) -> Result<Vec<ConsumerStatus>, RetentionError> {
    let (consumers, _) = all(log).await?;
    let oldest = consumers.iter().map(|consumer| consumer.acknowledged).min().unwrap_or(u64::MAX);
    let put_out = if consumers.is_empty() { Vec::new() } else { tombstones(log, oldest).await? };
    let status = |consumer: Consumer| {
        let waiting: Vec<&Tombstone> =
            put_out.iter().filter(|tombstone| tombstone.position > consumer.acknowledged).collect();
        let waiting_since = waiting.first().map(|tombstone| tombstone.at);
        ConsumerStatus {
            name: consumer.name,
            acknowledged: consumer.acknowledged,
            acknowledged_at: consumer.acknowledged_at,
            waiting: waiting.len() as u64,
            waiting_since,
            overdue: waiting_since.is_some_and(|since| now.duration_since(since) > ACKNOWLEDGE_WITHIN),
        }
    };
    Ok(consumers.into_iter().map(status).collect())
}
