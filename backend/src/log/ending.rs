//! How epochs and single streams end in the log's database. The order of the steps is the caller's
//! (`crate::retention`); each of them may be repeated.

use super::append::{signed, unsigned};
use super::database;
use super::lease::Lease;
use events::{Epoch, StreamId};
use jiff::Timestamp;
use sqlx::PgPool;

/// Connections of the retention role: one holds the lock, one works, one looks.
const CONNECTIONS: u32 = 3;
/// The advisory lock of whoever ends something: one node at a time.
const LOCK: i64 = 7_224_062;

/// How far the end of an epoch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EpochState {
    /// It takes events.
    Open,
    /// It takes nothing more; everything can still be read.
    Frozen,
    /// Its rows are gone.
    Dropped,
    /// The receipt is written.
    Ended,
}

/// What an epoch holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EpochCount {
    /// Entries.
    pub entries: u64,
    /// Events.
    pub events: u64,
    /// Entries that were ended before it.
    pub ended_early: u64,
}

/// The log's database in the role that may end things.
#[derive(Clone)]
pub struct Ending {
    pool: PgPool,
}

impl Ending {
    /// Connects in the role `register_retention`.
    pub async fn connect(url: &str) -> Result<Ending, sqlx::Error> {
        Ok(Ending { pool: database::connect(url, "register_retention", CONNECTIONS).await? })
    }

    /// The right to end things, when no other node has it.
    pub async fn lease(&self) -> Result<Option<Lease>, sqlx::Error> {
        Lease::take(&self.pool, LOCK).await
    }

    /// The database server's clock.
    pub async fn database_time(&self) -> Result<Timestamp, sqlx::Error> {
        let now: jiff_sqlx::Timestamp =
            sqlx::query_scalar("select clock_timestamp()").fetch_one(&self.pool).await?;
        Ok(now.to_jiff())
    }

    /// Epochs up to one, oldest first, whose end is not complete, and how far it has come.
    pub async fn not_ended(&self, last: Epoch) -> Result<Vec<(Epoch, EpochState)>, sqlx::Error> {
        let rows: Vec<(i32, String)> = sqlx::query_as(
            "select epoch, state from log.epoch where epoch between 1 and $1 and state <> 'ended' order by epoch",
        )
        .bind(signed(last.0))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(epoch, state)| Some((epoch_of(epoch)?, state_of(&state)?)))
            .collect())
    }

    /// From now on the epoch takes nothing.
    pub async fn freeze(&self, epoch: Epoch) -> Result<(), sqlx::Error> {
        self.call("select log.freeze_epoch($1)", epoch).await
    }

    /// What the epoch holds.
    pub async fn count(&self, epoch: Epoch) -> Result<EpochCount, sqlx::Error> {
        count(&self.pool, epoch).await
    }

    /// Removes what stands beside the events of a frozen epoch; fingerprints of reference codes stay.
    pub async fn clear(&self, epoch: Epoch) -> Result<(), sqlx::Error> {
        self.call("select log.clear_epoch($1)", epoch).await
    }

    /// Drops the partitions of a frozen epoch. Fails with a lock timeout while a long reader is at them.
    pub async fn drop(&self, epoch: Epoch) -> Result<(), sqlx::Error> {
        self.call("select log.drop_epoch($1)", epoch).await
    }

    /// Whether no partition of the epoch is left.
    pub async fn is_dropped(&self, epoch: Epoch) -> Result<bool, sqlx::Error> {
        sqlx::query_scalar(
            "select coalesce(to_regclass('log.event_' || $1), to_regclass('log.batch_' || $1),
                             to_regclass('log.command_' || $1)) is null",
        )
        .bind(signed(epoch.0))
        .fetch_one(&self.pool)
        .await
    }

    /// The receipt is written.
    pub async fn close(&self, epoch: Epoch) -> Result<(), sqlx::Error> {
        self.call("select log.close_epoch($1)", epoch).await
    }

    /// Ends one stream before its epoch.
    pub async fn end_stream(&self, stream: StreamId, at: Timestamp) -> Result<(), sqlx::Error> {
        sqlx::query("select log.end_stream($1, $2)")
            .bind(stream.0)
            .bind(jiff_sqlx::Timestamp::from(at))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Streams that were ended before their epoch and whose epoch lives: how many events each had, and when.
    pub async fn ended_streams(&self) -> Result<Vec<(StreamId, u64, Timestamp)>, sqlx::Error> {
        let rows: Vec<(uuid::Uuid, i32, jiff_sqlx::Timestamp)> = sqlx::query_as(
            "select stream, cardinality(positions), ended_at from log.ended_stream order by ended_at",
        )
        .fetch_all(&self.pool)
        .await?;
        let read = |(stream, events, at): (_, i32, jiff_sqlx::Timestamp)| {
            (StreamId(stream), u64::from(events.unsigned_abs()), at.to_jiff())
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// Removes fingerprints of epochs before this one; their own keys are gone.
    pub async fn forget_claims(&self, before: Epoch) -> Result<u64, sqlx::Error> {
        let gone: i64 = sqlx::query_scalar("select log.forget_claims($1)")
            .bind(signed(before.0))
            .fetch_one(&self.pool)
            .await?;
        Ok(unsigned(gone))
    }

    /// Fingerprints of reference codes whose entries have ended.
    pub async fn fingerprints_of_ended(&self) -> Result<u64, sqlx::Error> {
        let count: i64 =
            sqlx::query_scalar("select count(*) from log.claim where outlives and stream is null")
                .fetch_one(&self.pool)
                .await?;
        Ok(unsigned(count))
    }

    /// Lets the months of the log of disclosures go that ended before a moment. Tells which, as `YYYYMM`.
    pub async fn drop_disclosures(&self, before: Timestamp) -> Result<Vec<String>, sqlx::Error> {
        sqlx::query_scalar("select log.drop_disclosures($1)")
            .bind(jiff_sqlx::Timestamp::from(before))
            .fetch_all(&self.pool)
            .await
    }

    async fn call(&self, function: &'static str, epoch: Epoch) -> Result<(), sqlx::Error> {
        sqlx::query(function).bind(signed(epoch.0)).execute(&self.pool).await?;
        Ok(())
    }
}

/// What an epoch holds, in a pool of either role.
pub async fn count(pool: &PgPool, epoch: Epoch) -> Result<EpochCount, sqlx::Error> {
    let (entries, events, ended_early): (i64, i64, i64) =
        sqlx::query_as("select entries, events, ended_early from log.count_epoch($1)")
            .bind(signed(epoch.0))
            .fetch_one(pool)
            .await?;
    Ok(EpochCount {
        entries: unsigned(entries),
        events: unsigned(events),
        ended_early: unsigned(ended_early),
    })
}

fn epoch_of(number: i32) -> Option<Epoch> {
    u32::try_from(number).ok().map(Epoch)
}

fn state_of(name: &str) -> Option<EpochState> {
    match name {
        "open" => Some(EpochState::Open),
        "frozen" => Some(EpochState::Frozen),
        "dropped" => Some(EpochState::Dropped),
        "ended" => Some(EpochState::Ended),
        _ => None,
    }
}
