//! A right that one node has at a time, on any number of nodes: an advisory lock of the log's database.

use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres};

/// Held by one node; given back when it is dropped.
pub struct Lease {
    lock: i64,
    connection: Option<PoolConnection<Postgres>>,
}

impl Lease {
    /// Takes the right with this number, when nobody has it.
    pub async fn take(pool: &PgPool, lock: i64) -> Result<Option<Lease>, sqlx::Error> {
        let mut connection = pool.acquire().await?;
        let taken = sqlx::query_scalar("select pg_try_advisory_lock($1)").bind(lock);
        let taken: bool = taken.fetch_one(&mut *connection).await?;
        Ok(taken.then_some(Lease { lock, connection: Some(connection) }))
    }

    /// Gives it back. A lease that is merely dropped goes with its connection.
    pub async fn give_back(mut self) {
        if let Some(mut connection) = self.connection.take() {
            let released =
                sqlx::query("select pg_advisory_unlock($1)").bind(self.lock).execute(&mut *connection);
            if released.await.is_err() {
                drop(connection.detach());
            }
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Back in the pool the connection would hold the lock for ever.
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }
}
