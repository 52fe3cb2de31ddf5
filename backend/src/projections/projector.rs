//! Folds the log into a read model: reads after the checkpoint, folds, writes rows and checkpoint in one transaction.

use crate::log::{KeyError, Log, ReadError, StoredEvent};
use events::StreamId;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};
use std::collections::HashSet;
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// Events folded in one transaction at most.
const BATCH_EVENTS: u32 = 10_000;
/// How often the log is looked at when nothing hints.
const POLL: Duration = Duration::from_millis(250);
/// How long to wait after a failure.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// A read model.
pub trait Projection: Clone + Send + Sync + 'static {
    /// Its name, as in `read.projection`.
    const NAME: &'static str;
    /// Raised when the fold changes: the model is built anew.
    const VERSION: i32;

    /// Folds events, in order, into the tables of the connection's search path. Streams that cannot be
    /// folded are returned with the position of the first event that failed; they are parked.
    fn fold(
        &self,
        tables: &mut PgConnection,
        events: Vec<StoredEvent>,
    ) -> impl Future<Output = Result<Vec<(StreamId, u64)>, FoldError>> + Send;

    /// Empties the model's tables in the connection's search path.
    fn clear(tables: &mut PgConnection) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// The model's tables.
    const TABLES: &'static [&'static str];
}

/// Why nothing was folded.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The keyring fails.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A row of our own does not open or read: the tables are damaged and must be built again.
    #[error("a row of {0} does not open")]
    DamagedRow(&'static str),
}

/// Runs one projection on one node.
pub struct Projector<P> {
    projection: P,
    log: Log,
    tables: PgPool,
    /// The schema folded into: `read`, or `read_next` while a new version is built beside the old one.
    schema: &'static str,
    reached: watch::Sender<u64>,
}

/// What one round came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Folded up to this position, and there may be more.
    Folded(u64),
    /// Nothing new after this position.
    Idle(u64),
    /// Another node is at it.
    Busy,
}

impl<P: Projection> Projector<P> {
    /// A projector into the live tables.
    pub fn new(projection: P, log: Log, tables: PgPool) -> Projector<P> {
        Projector { projection, log, tables, schema: "read", reached: watch::Sender::new(0) }
    }

    /// The position the model has reached, as far as this node knows: changes are ticks.
    pub fn reached(&self) -> watch::Receiver<u64> {
        self.reached.subscribe()
    }

    /// Follows the log for ever.
    pub async fn run(self) {
        let mut committed = self.log.committed();
        let mut before = 0;
        loop {
            match self.round(BATCH_EVENTS).await {
                // A full batch, or this node knows of more: on at once.
                Ok(Round::Folded(position))
                    if position >= std::mem::replace(&mut before, position) + u64::from(BATCH_EVENTS)
                        || position < *committed.borrow_and_update() => {}
                Ok(Round::Folded(_) | Round::Idle(_) | Round::Busy) => {
                    // The hint shortens the wait; the poll is the truth.
                    let _ = tokio::time::timeout(POLL, committed.changed()).await;
                }
                Err(error) => {
                    metrics::counter!("register_projection_failures_total", "projection" => P::NAME)
                        .increment(1);
                    tracing::error!(projection = P::NAME, error = %fault(&error), "folding failed; it is tried again");
                    tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                }
            }
        }
    }

    /// Folds until the model has caught up with the log as it is now. Returns the events folded.
    pub async fn catch_up(&self) -> Result<u64, FoldError> {
        let head = self.log.head().await.map_err(ReadError::from)?;
        let mut start = None;
        loop {
            match self.round(BATCH_EVENTS).await? {
                Round::Folded(position) | Round::Idle(position) => {
                    let from = *start.get_or_insert(position.min(head));
                    if position >= head {
                        return Ok(head - from.min(head));
                    }
                }
                Round::Busy => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    /// Folds the next events, at most `limit`. When the database refuses a row that comes of them, it finds out
    /// whose it is and parks that stream: one value must not stop the list for everybody.
    pub async fn round(&self, limit: u32) -> Result<Round, FoldError> {
        match self.transact(limit, false).await {
            Err(FoldError::Database(error)) if refuses_a_value(&error) => self.transact(limit, true).await,
            round => round,
        }
    }

    /// One transaction: lock the checkpoint, read after it, fold, move it.
    async fn transact(&self, limit: u32, searching: bool) -> Result<Round, FoldError> {
        let begin = format!("begin; set local search_path = {}", self.schema);
        let mut transaction = self.tables.begin_with(AssertSqlSafe(begin)).await?;
        let Some((position, parked)) = self.lock_checkpoint(&mut transaction).await? else {
            return Ok(Round::Busy);
        };
        let events = self.log.after(position, limit).await?;
        let Some(last) = events.last().map(|event| event.position) else {
            transaction.commit().await?;
            self.tell(position);
            return Ok(Round::Idle(position));
        };
        let events = events.into_iter().filter(|event| !parked.contains(&event.stream)).collect();
        let poisoned = if searching {
            self.fold_around(&mut transaction, events).await?
        } else {
            self.projection.fold(&mut transaction, events).await?
        };
        for (stream, position) in poisoned {
            park::<P>(&mut transaction, stream, position).await?;
        }
        sqlx::query("update projection set position = $2 where name = $1")
            .bind(P::NAME)
            .bind(i64::try_from(last).unwrap_or(i64::MAX))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        metrics::gauge!("register_projection_position", "projection" => P::NAME).set(last as f64);
        self.tell(last);
        Ok(Round::Folded(last))
    }

    /// Folds what can be folded: a batch that the database refuses is halved until one event is left.
    async fn fold_around(
        &self,
        tables: &mut PgConnection,
        events: Vec<StoredEvent>,
    ) -> Result<Vec<(StreamId, u64)>, FoldError> {
        let mut poisoned: Vec<(StreamId, u64)> = Vec::new();
        // The last one is next, so that the halves of a batch stay in order.
        let mut waiting = vec![events];
        while let Some(mut batch) = waiting.pop() {
            batch.retain(|event| poisoned.iter().all(|(stream, _)| *stream != event.stream));
            let Some((stream, position)) = batch.first().map(|first| (first.stream, first.position)) else {
                continue;
            };
            let mut savepoint = tables.begin().await?;
            match self.projection.fold(&mut savepoint, batch.clone()).await {
                Ok(found) => {
                    savepoint.commit().await?;
                    poisoned.extend(found);
                }
                Err(FoldError::Database(error)) if refuses_a_value(&error) => {
                    savepoint.rollback().await?;
                    if batch.len() == 1 {
                        poisoned.push((stream, position));
                    } else {
                        let later = batch.split_off(batch.len() / 2);
                        waiting.extend([later, batch]);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(poisoned)
    }

    fn tell(&self, position: u64) {
        self.reached.send_if_modified(|reached| std::mem::replace(reached, position) != position);
    }

    /// The checkpoint, locked, and the streams that are parked; `None` when another node holds it. Makes it when
    /// there is none: the first start, after a crash (unlogged tables are empty then), or for a new version of the
    /// fold.
    async fn lock_checkpoint(
        &self,
        tables: &mut PgConnection,
    ) -> Result<Option<(u64, HashSet<StreamId>)>, sqlx::Error> {
        let held: Option<(i32, i64, Vec<Uuid>)> = sqlx::query_as(
            "select version, position, array(select stream from parked where projection = $1)
             from projection where name = $1 for update skip locked",
        )
        .bind(P::NAME)
        .fetch_optional(&mut *tables)
        .await?;
        let is_ours = held.is_some();
        if let Some((version, position, parked)) = held
            && version == P::VERSION
        {
            let parked = parked.into_iter().map(StreamId).collect();
            return Ok(Some((u64::try_from(position).unwrap_or(0), parked)));
        }
        let elsewhere = "select exists (select from projection where name = $1)";
        if !is_ours && sqlx::query_scalar(elsewhere).bind(P::NAME).fetch_one(&mut *tables).await? {
            return Ok(None);
        }
        P::clear(tables).await?;
        sqlx::query("delete from parked where projection = $1").bind(P::NAME).execute(&mut *tables).await?;
        let made = sqlx::query(
            "insert into projection (name, version, position) values ($1, $2, 0)
             on conflict (name) do update set version = excluded.version, position = 0",
        )
        .bind(P::NAME)
        .bind(P::VERSION)
        .execute(&mut *tables)
        .await?;
        Ok((made.rows_affected() == 1).then(|| (0, HashSet::new())))
    }

    /// Builds the model anew beside the old one, and puts it in the old one's place when it has caught up.
    /// Readers see the old one until then. Returns the events folded.
    pub async fn rebuild(self) -> Result<u64, FoldError> {
        let tables: Vec<&str> = P::TABLES.iter().copied().chain(["projection", "parked"]).collect();
        let mut connection = self.tables.acquire().await?;
        for table in &tables {
            // What an interrupted build left.
            let drop = format!("drop table if exists read_next.{table}");
            sqlx::query(AssertSqlSafe(drop)).execute(&mut *connection).await?;
            let make = format!("create unlogged table read_next.{table} (like read.{table} including all)");
            sqlx::query(AssertSqlSafe(make)).execute(&mut *connection).await?;
        }
        let beside = Projector { schema: "read_next", ..self };
        let mut folded = 0;
        loop {
            match beside.round(BATCH_EVENTS).await? {
                Round::Folded(position) => folded = position,
                Round::Idle(_) => break,
                Round::Busy => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        let mut transaction = beside.tables.begin().await?;
        // Whoever folds into the live tables holds this row; after the switch it goes on from the new checkpoint.
        sqlx::query("select from read.projection where name = $1 for update")
            .bind(P::NAME)
            .execute(&mut *transaction)
            .await?;
        for table in P::TABLES {
            sqlx::query(AssertSqlSafe(format!("drop table read.{table}"))).execute(&mut *transaction).await?;
            sqlx::query(AssertSqlSafe(format!("alter table read_next.{table} set schema read")))
                .execute(&mut *transaction)
                .await?;
        }
        sqlx::query("delete from read.parked where projection = $1")
            .bind(P::NAME)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("insert into read.parked select * from read_next.parked")
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "insert into read.projection select * from read_next.projection
             on conflict (name) do update set version = excluded.version, position = excluded.position",
        )
        .execute(&mut *transaction)
        .await?;
        sqlx::query("drop table read_next.projection, read_next.parked").execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(folded)
    }
}

async fn park<P: Projection>(
    tables: &mut PgConnection,
    stream: StreamId,
    position: u64,
) -> Result<(), sqlx::Error> {
    metrics::counter!("register_parked_streams_total", "projection" => P::NAME).increment(1);
    tracing::error!(
        projection = P::NAME,
        position,
        "an event cannot be folded; the rest of its stream is parked"
    );
    sqlx::query(
        "insert into parked (projection, stream, position) values ($1, $2, $3) on conflict do nothing",
    )
    .bind(P::NAME)
    .bind(stream.0)
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .execute(tables)
    .await?;
    Ok(())
}

/// Whether the database refuses what a row says, rather than fails: data exception (a zero byte in a text), integrity
/// constraint, program limit (a text too long for an index). It would refuse it every time.
fn refuses_a_value(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|fault| fault.code());
    code.is_some_and(|code| ["22", "23", "54"].iter().any(|class| code.starts_with(class)))
}

/// A failure in words that hold no value of any row.
fn fault(error: &FoldError) -> String {
    match error {
        FoldError::Database(e) | FoldError::Read(ReadError::Database(e)) => match e.as_database_error() {
            Some(fault) => format!("database refuses with {}", fault.code().unwrap_or_default()),
            None => "connection failed".to_owned(),
        },
        FoldError::Read(_) | FoldError::Key(_) | FoldError::DamagedRow(_) => error.to_string(),
    }
}
