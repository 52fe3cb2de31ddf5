//! `register verify`: recomputes the chain from the stored rows and names what was changed.

use super::StoredEvent;
use super::append::{Log, unsigned};
use super::chain::{self, Hash};
use super::read::{ReadError, stored};
use events::Epoch;
use jiff::Timestamp;
use sqlx::{PgConnection, Row};
use std::collections::{HashMap, HashSet, VecDeque};

/// Batches examined in one go.
const BATCHES_AT_ONCE: i64 = 64;

/// What verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Last position of the log.
    pub head: u64,
    /// Number of the last batch.
    pub head_batch: u64,
    /// Hash of the last batch: write it down outside, to hold the next verification against.
    pub chain_head: Hash,
    /// Batches whose hash and link were recomputed.
    pub batches: u64,
    /// Events whose leaf was recomputed from the stored row.
    pub events: u64,
    /// Events that have lawfully ended, and of which at most the leaf is left.
    pub ended: u64,
    /// Whether the witnessed batch was dropped with its window, so that only its surroundings can be compared.
    pub witness_ended: bool,
    /// What is wrong; empty when nothing is.
    pub faults: Vec<Fault>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A row differs from what its batch committed to.
    Changed {
        /// Its position.
        position: u64,
    },
    /// A row is gone whose epoch has not ended.
    Missing {
        /// Its position.
        position: u64,
    },
    /// A row stands where no batch has one.
    Surplus {
        /// Its position.
        position: u64,
    },
    /// A batch does not follow from its leaves and the one before.
    BrokenBatch {
        /// Its number.
        batch: u64,
    },
    /// A batch is missing between two others.
    MissingBatch {
        /// Its number.
        batch: u64,
    },
    /// The head row does not agree with the last batch.
    Head,
    /// The witnessed head is not on this chain: the log was cut short or rewritten.
    Witness,
}

/// A head that was written down earlier, outside the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The batch's number.
    pub batch: u64,
    /// Its hash.
    pub hash: Hash,
}

struct Batch {
    number: u64,
    first_position: u64,
    events: u32,
    root: Hash,
    previous: Hash,
    hash: Hash,
    epochs: Vec<i32>,
    leaves: Vec<Hash>,
}

/// A stretch of batches that was dropped with its window.
struct Segment {
    append_window: i32,
    first_batch: u64,
    last_batch: u64,
    first_position: u64,
    last_position: u64,
    previous: Hash,
    hash: Hash,
}

impl Log {
    /// The present head, for a witness.
    pub async fn witness(&self) -> Result<Witness, sqlx::Error> {
        let (batch, hash): (i64, Vec<u8>) =
            sqlx::query_as("select batch, hash from log.head").fetch_one(self.pool()).await?;
        Ok(Witness { batch: unsigned(batch), hash: digest(&hash) })
    }

    /// Verifies the whole log, and that it still holds a head witnessed earlier.
    pub async fn verify(&self, witness: Option<Witness>) -> Result<Report, ReadError> {
        // One snapshot: the log grows meanwhile, and an epoch may end.
        let mut transaction = self.pool().begin().await?;
        sqlx::query("set transaction isolation level repeatable read, read only")
            .execute(&mut *transaction)
            .await?;
        sqlx::query("set local statement_timeout = 0").execute(&mut *transaction).await?;
        // Before the snapshot is taken: what is dropped is gone from older snapshots too.
        sqlx::query("lock table log.batch, log.event in access share mode")
            .execute(&mut *transaction)
            .await?;
        let report = Verification::start(&mut transaction, witness, self.clock().now())
            .await?
            .run(&mut transaction)
            .await?;
        transaction.rollback().await?;
        Ok(report)
    }
}

struct Verification {
    report: Report,
    witness: Option<Witness>,
    /// Epochs whose rows are gone.
    ended: HashSet<i32>,
    /// Positions of entries that were ended before their epoch.
    ended_early: HashSet<u64>,
    /// Stretches not yet passed, oldest first.
    segments: VecDeque<Segment>,
    /// The batch before and its hash; `None` before the first one that is left.
    previous: Option<(u64, Hash)>,
    /// First position not yet accounted for.
    next_position: u64,
}

impl Verification {
    async fn start(
        connection: &mut PgConnection,
        witness: Option<Witness>,
        now: Timestamp,
    ) -> Result<Verification, sqlx::Error> {
        let (position, batch, hash): (i64, i64, Vec<u8>) =
            sqlx::query_as("select position, batch, hash from log.head").fetch_one(&mut *connection).await?;
        let ended: Vec<i32> =
            sqlx::query_scalar("select epoch from log.epoch where state in ('dropped', 'ended')")
                .fetch_all(&mut *connection)
                .await?;
        let ended_early: Vec<i64> = sqlx::query_scalar("select unnest(positions) from log.ended_stream")
            .fetch_all(&mut *connection)
            .await?;
        let mut segments = read_segments(connection).await?;
        segments.retain(|segment| has_ended(segment.append_window, now));
        let report = Report {
            head: unsigned(position),
            head_batch: unsigned(batch),
            chain_head: digest(&hash),
            ..Report::default()
        };
        Ok(Verification {
            report,
            witness,
            // Whatever the table says, nothing has ended before its time.
            ended: ended.into_iter().filter(|epoch| has_ended(*epoch, now)).collect(),
            ended_early: ended_early.into_iter().map(unsigned).collect(),
            segments,
            previous: Some((0, chain::genesis())),
            next_position: 1,
        })
    }

    async fn run(mut self, connection: &mut PgConnection) -> Result<Report, ReadError> {
        if let Some(witness) = self.witness
            && (witness.batch > self.report.head_batch
                || witness.batch == 0 && witness.hash != chain::genesis())
        {
            self.report.faults.push(Fault::Witness);
        }
        let mut after = 0;
        loop {
            let batches = read_batches(connection, after).await?;
            let (Some(first), Some(last)) = (batches.first(), batches.last()) else { break };
            after = i64::try_from(last.number).unwrap_or(i64::MAX);
            let end = last.first_position + u64::from(last.events) - 1;
            let mut rows = read_rows(connection, self.next_position.min(first.first_position), end).await?;
            for batch in &batches {
                self.segments_before(batch.number);
                self.batch(batch, &mut rows);
            }
            self.report.faults.extend(rows.into_keys().map(|position| Fault::Surplus { position }));
        }
        self.segments_before(u64::MAX);
        let beyond = read_rows(connection, self.next_position, i64::MAX.unsigned_abs()).await?;
        self.report.faults.extend(beyond.into_keys().map(|position| Fault::Surplus { position }));
        let agrees = self.previous == Some((self.report.head_batch, self.report.chain_head))
            && self.next_position == self.report.head + 1;
        if !agrees {
            self.report.faults.push(Fault::Head);
        }
        Ok(self.report)
    }

    fn batch(&mut self, batch: &Batch, rows: &mut HashMap<u64, StoredEvent>) {
        self.report.batches += 1;
        self.link(batch);
        if self.witness.is_some_and(|witness| witness.batch == batch.number && witness.hash != batch.hash) {
            self.report.faults.push(Fault::Witness);
        }
        for (i, (leaf, epoch)) in batch.leaves.iter().zip(&batch.epochs).enumerate() {
            let position = batch.first_position + i as u64;
            match rows.remove(&position) {
                Some(row) if chain::leaf(&row) == *leaf => self.report.events += 1,
                Some(_) => self.report.faults.push(Fault::Changed { position }),
                None if self.ended.contains(epoch) || self.ended_early.contains(&position) => {
                    self.report.ended += 1;
                }
                None => self.report.faults.push(Fault::Missing { position }),
            }
        }
    }

    /// Passes the stretches that lie before a batch: nothing of them can be recomputed, but they must link.
    fn segments_before(&mut self, batch: u64) {
        while let Some(segment) = self.segments.pop_front_if(|segment| segment.first_batch < batch) {
            let (number, hash) = self.previous.unwrap_or((0, segment.previous));
            if segment.first_batch != number + 1 {
                let missing = number + 1..segment.first_batch;
                self.report.faults.extend(missing.map(|batch| Fault::MissingBatch { batch }));
            } else if segment.previous != hash || segment.first_position != self.next_position {
                self.report.faults.push(Fault::BrokenBatch { batch: segment.first_batch });
            }
            if let Some(witness) = self.witness
                && (segment.first_batch..=segment.last_batch).contains(&witness.batch)
            {
                self.report.witness_ended = witness.batch != segment.last_batch;
                if witness.batch == segment.last_batch && witness.hash != segment.hash {
                    self.report.faults.push(Fault::Witness);
                }
            }
            self.report.ended += segment.last_position.saturating_sub(segment.first_position) + 1;
            self.previous = Some((segment.last_batch, segment.hash));
            self.next_position = segment.last_position + 1;
        }
    }

    /// Whether a batch follows from its leaves and from the batch before.
    fn link(&mut self, batch: &Batch) {
        let consistent = batch.leaves.len() == batch.events as usize
            && batch.epochs.len() == batch.leaves.len()
            && chain::merkle_root(&batch.leaves) == Some(batch.root)
            && batch.hash
                == chain::link(
                    &batch.previous,
                    batch.number,
                    batch.first_position,
                    batch.events,
                    &batch.root,
                );
        let (number, hash) = self.previous.unwrap_or((batch.number - 1, batch.previous));
        if batch.number != number + 1 {
            let missing = number + 1..batch.number;
            self.report.faults.extend(missing.map(|batch| Fault::MissingBatch { batch }));
        } else if !consistent || batch.previous != hash || batch.first_position != self.next_position {
            self.report.faults.push(Fault::BrokenBatch { batch: batch.number });
        }
        self.previous = Some((batch.number, batch.hash));
        self.next_position = batch.first_position + u64::from(batch.events);
    }
}

async fn read_batches(connection: &mut PgConnection, after: i64) -> Result<Vec<Batch>, sqlx::Error> {
    let rows = sqlx::query(
        "select batch, first_position, events, root, previous, hash, epochs, leaves
         from log.batch where batch > $1 order by batch limit $2",
    )
    .bind(after)
    .bind(BATCHES_AT_ONCE)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let leaves: Vec<u8> = row.try_get("leaves")?;
            Ok(Batch {
                number: unsigned(row.try_get("batch")?),
                first_position: unsigned(row.try_get("first_position")?),
                events: u32::try_from(row.try_get::<i32, _>("events")?).unwrap_or(0),
                root: digest(row.try_get("root")?),
                previous: digest(row.try_get("previous")?),
                hash: digest(row.try_get("hash")?),
                epochs: row.try_get("epochs")?,
                leaves: leaves.chunks(32).map(digest).collect(),
            })
        })
        .collect()
}

async fn read_segments(connection: &mut PgConnection) -> Result<VecDeque<Segment>, sqlx::Error> {
    let rows = sqlx::query(
        "select append_window, first_batch, last_batch, first_position, last_position, previous, hash
         from log.segment order by first_batch",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Segment {
                append_window: row.try_get("append_window")?,
                first_batch: unsigned(row.try_get("first_batch")?),
                last_batch: unsigned(row.try_get("last_batch")?),
                first_position: unsigned(row.try_get("first_position")?),
                last_position: unsigned(row.try_get("last_position")?),
                previous: digest(row.try_get("previous")?),
                hash: digest(row.try_get("hash")?),
            })
        })
        .collect()
}

async fn read_rows(
    connection: &mut PgConnection,
    first: u64,
    last: u64,
) -> Result<HashMap<u64, StoredEvent>, sqlx::Error> {
    let rows = sqlx::query(
        "select position, stream, version, event, type, schema_version, recorded_at, actor, sealed
         from log.event where position between $1 and $2",
    )
    .bind(i64::try_from(first).unwrap_or(i64::MAX))
    .bind(i64::try_from(last).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| stored(row).map(|event| (event.position, event))).collect()
}

fn has_ended(epoch: i32, now: Timestamp) -> bool {
    u32::try_from(epoch).is_ok_and(|epoch| Epoch(epoch).has_ended(now))
}

/// Bytes that should be a digest; of another length they match none.
fn digest(bytes: &[u8]) -> Hash {
    bytes.try_into().unwrap_or([0; 32])
}
