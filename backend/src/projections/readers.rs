//! Connections for reading, kept warm. The pool pings each connection it gets back: a round trip a query, as dear as
//! the query itself. Here one that answered its query in full is kept as it is; any other goes back to the pool,
//! which finds out what has become of it.

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{PgPool, Postgres};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How long a connection lies here unused: after a restart of PostgreSQL those that lie longer are dead.
const KEPT_FOR: Duration = Duration::from_secs(1);

/// Connections that lie here, and since when.
type Kept = Vec<(PoolConnection<Postgres>, Instant)>;

/// Connections for reading. Cloned handles share them.
#[derive(Clone)]
pub struct Readers {
    pool: PgPool,
    kept: Arc<Mutex<Kept>>,
    places: Arc<Semaphore>,
}

impl Readers {
    /// Readers that take up to half of a pool's connections.
    pub fn new(pool: PgPool) -> Readers {
        let places = usize::try_from(pool.options().get_max_connections() / 2).unwrap_or(1).max(1);
        Readers { pool, kept: Arc::default(), places: Arc::new(Semaphore::new(places)) }
    }

    /// All rows of a query.
    pub async fn fetch_all(
        &self,
        query: Query<'_, Postgres, PgArguments>,
    ) -> Result<Vec<PgRow>, sqlx::Error> {
        let _place = self.places.acquire().await.map_err(|_| sqlx::Error::PoolClosed)?;
        let mut connection = match self.take() {
            Some(connection) => connection,
            None => self.pool.acquire().await?,
        };
        let rows = query.fetch_all(&mut *connection).await?;
        // Not reached by a query that failed or was given up: its connection is no longer in a known state.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push((connection, Instant::now()));
        Ok(rows)
    }

    /// The connection used last, when it is fresh; otherwise all go back to the pool.
    fn take(&self) -> Option<PoolConnection<Postgres>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (connection, since) = kept.pop()?;
        if since.elapsed() < KEPT_FOR {
            return Some(connection);
        }
        kept.clear();
        None
    }

    /// The pool itself, for whatever is asked rarely.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }
}
