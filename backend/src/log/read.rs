//! Reading: by stream, and in order of position without holes.

use super::append::{Log, signed, unsigned};
use super::keyring::KeyError;
use super::seal::{StreamCipher, event_context};
use crate::log::Keyring;
use events::{EventId, StreamId};
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
        rows.iter().map(|row| stored(row).map_err(ReadError::from)).collect()
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

/// A gap is lawful when every event in it belonged to an epoch that has ended. Batches say which epoch each
/// event had; batches that are gone themselves were appended in a window that has ended, as all they named.
async fn require_ended(connection: &mut PgConnection, gap: Gap) -> Result<(), ReadError> {
    let alive: Option<i64> = sqlx::query_scalar(
        "select min(b.first_position + e.n - 1)
         from log.batch b, unnest(b.epochs) with ordinality as e (epoch, n)
         join log.epoch ep on ep.epoch = e.epoch
         where b.first_position <= $2 and b.first_position + b.events > $1
           and b.first_position + e.n - 1 between $1 and $2
           and ep.state <> 'ended'",
    )
    .bind(i64::try_from(gap.first).unwrap_or(i64::MAX))
    .bind(i64::try_from(gap.last).unwrap_or(i64::MAX))
    .fetch_one(&mut *connection)
    .await?;
    // A batch that is missing altogether must lie in a window that has ended: all windows still open have theirs.
    let known: Option<i64> =
        sqlx::query_scalar("select min(first_position) from log.batch where append_window <> 0")
            .fetch_one(&mut *connection)
            .await?;
    let uncovered = known.is_some_and(|first| gap.last >= unsigned(first)) && {
        let covered: Option<i64> = sqlx::query_scalar(
            "select sum(least(first_position + events - 1, $2) - greatest(first_position, $1) + 1)::bigint
             from log.batch where first_position <= $2 and first_position + events > $1",
        )
        .bind(i64::try_from(gap.first.max(known.map_or(0, unsigned))).unwrap_or(i64::MAX))
        .bind(i64::try_from(gap.last).unwrap_or(i64::MAX))
        .fetch_one(&mut *connection)
        .await?;
        let wanted = gap.last + 1 - gap.first.max(known.map_or(0, unsigned));
        covered.map_or(0, unsigned) != wanted
    };
    if alive.is_some() || uncovered || known.is_none() { Err(ReadError::Gap(gap)) } else { Ok(()) }
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
