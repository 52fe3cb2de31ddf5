//! Reading: by stream, and in order of position without holes.

use super::append::{Log, signed, unsigned};
use super::keyring::KeyError;
use super::seal::{StreamCipher, event_context};
use crate::log::Keyring;
use events::{Epoch, EventId, StreamId};
use jiff::Timestamp;
use sqlx::{PgConnection, Row, postgres::PgRow};

/// An event as it is stored, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Position in the log, from 1.
    pub position: u64,
    /// Its stream.
    pub stream: StreamId,
    /// Version of the stream with it, from 1.
    pub version: u32,
    /// Its id.
    pub event: EventId,
    /// Type name.
    pub name: String,
    /// Schema version.
    pub schema_version: u16,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// The payload, sealed; plain JSON for permanent streams.
    pub sealed: Vec<u8>,
}

impl StoredEvent {
    /// Opens the payload.
    pub fn open(&self, keyring: &Keyring) -> Result<Vec<u8>, ReadError> {
        let epoch = self.stream.epoch();
        if epoch.is_permanent() {
            return Ok(self.sealed.clone());
        }
        let cipher = StreamCipher::new(&*keyring.epoch(epoch)?, self.stream.0);
        self.open_with(&cipher)
    }

    /// Opens the payload with the cipher of its stream, derived before.
    pub fn open_with(&self, cipher: &StreamCipher) -> Result<Vec<u8>, ReadError> {
        let context =
            event_context(self.stream.0, self.version, self.event.0, &self.name, self.schema_version);
        cipher.open(&self.sealed, &context).map_err(|_| ReadError::CannotOpen { position: self.position })
    }
}

/// Positions that should be there and are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// First missing position.
    pub first: u64,
    /// Last missing position.
    pub last: u64,
}

/// Why the log cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Events are missing whose epoch has not ended.
    #[error("positions {} to {} are missing from the log", .0.first, .0.last)]
    Gap(Gap),
    /// A payload does not open.
    #[error("the event at position {position} does not open")]
    CannotOpen {
        /// Where it stands.
        position: u64,
    },
    /// A key is missing or over.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Log {
    /// The last committed position.
    pub async fn head(&self) -> Result<u64, sqlx::Error> {
        sqlx::query_scalar("select position from log.head").fetch_one(&self.pool).await.map(unsigned)
    }

    /// All events of a stream, oldest first; none for one that does not exist.
    pub async fn stream(&self, stream: StreamId) -> Result<Vec<StoredEvent>, ReadError> {
        let epoch = stream.epoch();
        if epoch.has_ended(self.clock().now()) {
            return Err(KeyError::Ended(epoch).into());
        }
        let rows = sqlx::query(
            "select position, stream, version, event, type, schema_version, recorded_at, actor, sealed
             from log.event where epoch = $1 and stream = $2 order by version",
        )
        .bind(signed(epoch.0))
        .bind(stream.0)
        .fetch_all(&self.pool)
        .await?;
        if rows.is_empty() && self.ended_early(stream).await? {
            return Err(KeyError::Ended(epoch).into());
        }
        rows.iter().map(|row| stored(row).map_err(ReadError::from)).collect()
    }

    /// Whether a stream was ended before its epoch.
    pub async fn ended_early(&self, stream: StreamId) -> Result<bool, sqlx::Error> {
        sqlx::query_scalar("select exists (select from log.ended_stream where stream = $1)")
            .bind(stream.0)
            .fetch_one(&self.pool)
            .await
    }

    /// Events of one epoch, stream by stream in the order of their ids, after a stream; whole streams only. Tells
    /// the last stream looked at; `None` when there are no more.
    pub async fn of_epoch(
        &self,
        epoch: Epoch,
        after: StreamId,
        streams: u32,
    ) -> Result<(Vec<StoredEvent>, Option<StreamId>), ReadError> {
        let streams: Vec<uuid::Uuid> = sqlx::query_scalar(
            "select stream from log.stream where stream > $1 and stream < $2 order by stream limit $3",
        )
        .bind(after.0)
        .bind(StreamId::first_of(epoch.next()).0)
        .bind(i64::from(streams))
        .fetch_all(&self.pool)
        .await?;
        let rows = sqlx::query(
            "select position, stream, version, event, type, schema_version, recorded_at, actor, sealed
             from log.event where epoch = $1 and stream = any($2) order by stream, version",
        )
        .bind(signed(epoch.0))
        .bind(&streams)
        .fetch_all(&self.pool)
        .await?;
        let events = rows.iter().map(stored).collect::<Result<_, _>>()?;
        Ok((events, streams.last().copied().map(StreamId)))
    }

    /// Permanent facts of some types after a position, oldest first.
    pub async fn facts(&self, types: &[&str], after: u64) -> Result<Vec<StoredEvent>, ReadError> {
        let rows = sqlx::query(
            "select position, stream, version, event, type, schema_version, recorded_at, actor, sealed
             from log.event where epoch = 0 and type = any($1) and position > $2 order by position",
        )
        .bind(types)
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(|row| stored(row).map_err(ReadError::from)).collect()
    }

    /// When the oldest event about anybody was recorded.
    pub async fn oldest_record(&self) -> Result<Option<Timestamp>, sqlx::Error> {
        let oldest: Option<jiff_sqlx::Timestamp> =
            sqlx::query_scalar("select recorded_at from log.event where epoch > 0 order by position limit 1")
                .fetch_optional(&self.pool)
                .await?;
        Ok(oldest.map(|moment| moment.to_jiff()))
    }

    /// The next events after a position, in order, at most `limit`. Fails loudly when one is missing
    /// that has not lawfully ended.
    pub async fn after(&self, position: u64, limit: u32) -> Result<Vec<StoredEvent>, ReadError> {
        let mut connection = self.pool.acquire().await?;
        read_after(&mut connection, position, limit).await
    }
}

/// See [`Log::after`].
pub async fn read_after(
    connection: &mut PgConnection,
    position: u64,
    limit: u32,
) -> Result<Vec<StoredEvent>, ReadError> {
    let rows = sqlx::query(
        "select position, stream, version, event, type, schema_version, recorded_at, actor, sealed
         from log.event where position > $1 order by position limit $2",
    )
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .bind(i64::from(limit))
    .fetch_all(&mut *connection)
    .await?;
    let events = rows.iter().map(stored).collect::<Result<Vec<_>, _>>()?;
    let mut expected = position + 1;
    for event in &events {
        if event.position != expected {
            require_ended(connection, Gap { first: expected, last: event.position - 1 }).await?;
        }
        expected = event.position + 1;
    }
    Ok(events)
}

/// A gap is lawful when all of it has ended: dropped with its window, of an epoch whose rows are dropped while
/// the batch still names it, or of an entry that was ended before its epoch.
async fn require_ended(connection: &mut PgConnection, gap: Gap) -> Result<(), ReadError> {
    let ended: i64 = sqlx::query_scalar(
        "select (select coalesce(sum(least(last_position, $2) - greatest(first_position, $1) + 1), 0)
                 from log.segment where first_position <= $2 and last_position >= $1)::bigint
              + (select count(*)
                 from log.batch b, unnest(b.epochs) with ordinality as e (epoch, n)
                 join log.epoch ep on ep.epoch = e.epoch
                 where b.first_position <= $2 and b.first_position + b.events > $1
                   and b.first_position + e.n - 1 between $1 and $2
                   and ep.state in ('dropped', 'ended'))
              + (select count(*) from log.ended_stream s, unnest(s.positions) as p (position)
                 where p.position between $1 and $2)",
    )
    .bind(i64::try_from(gap.first).unwrap_or(i64::MAX))
    .bind(i64::try_from(gap.last).unwrap_or(i64::MAX))
    .fetch_one(connection)
    .await?;
    if unsigned(ended) == gap.last - gap.first + 1 { Ok(()) } else { Err(ReadError::Gap(gap)) }
}

pub(super) fn stored(row: &PgRow) -> Result<StoredEvent, sqlx::Error> {
    let recorded_at: jiff_sqlx::Timestamp = row.try_get("recorded_at")?;
    Ok(StoredEvent {
        position: unsigned(row.try_get("position")?),
        stream: StreamId(row.try_get("stream")?),
        version: u32::try_from(row.try_get::<i32, _>("version")?).unwrap_or(0),
        event: EventId(row.try_get("event")?),
        name: row.try_get("type")?,
        schema_version: u16::try_from(row.try_get::<i16, _>("schema_version")?).unwrap_or(0),
        recorded_at: recorded_at.to_jiff(),
        actor: row.try_get("actor")?,
        sealed: row.try_get("sealed")?,
    })
}
