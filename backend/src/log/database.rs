//! Connections to the log's database, and its migrations.

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, Executor, PgPool};
use std::str::FromStr;
use std::time::Duration;

/// How long a connection may lie unused and still be taken as it is.
const IDLE_TRUSTED: Duration = Duration::from_secs(1);

/// Brings the schema `log` up to date. Needs the right to create schemas and roles.
pub async fn migrate(url: &str) -> Result<(), sqlx::Error> {
    let pool = PgPoolOptions::new().max_connections(1).connect(url).await?;
    let mut migrator = sqlx::migrate!("../migrations/log");
    migrator.dangerous_set_table_name("log_migrations");
    migrator.run(&pool).await.map_err(|e| sqlx::Error::Migrate(Box::new(e)))?;
    pool.close().await;
    Ok(())
}

/// A pool that acts as a role (`register_app`, `register_retention`), whatever it logged in as.
pub async fn connect(url: &str, role: &'static str, connections: u32) -> Result<PgPool, sqlx::Error> {
    let options = PgConnectOptions::from_str(url)?.application_name("register");
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .before_acquire(|connection, held| {
            Box::pin(async move {
                // A restart of PostgreSQL takes longer than this, and leaves dead connections behind.
                if held.idle_for > IDLE_TRUSTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(move |connection, _| {
            Box::pin(async move {
                sqlx::query("select set_config('role', $1, false)").bind(role).execute(&mut *connection).await?;
                // Nothing may hold the head row for long; an append takes milliseconds.
                connection
                    .execute("set statement_timeout = '60s'; set lock_timeout = '30s'; set idle_in_transaction_session_timeout = '30s';
                         set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3")
                    .await?;
                Ok(())
            })
        })
        .connect_with(options)
        .await
}

/// A database fault in words that hold no value of any row.
pub fn fault(error: &sqlx::Error) -> String {
    match error.as_database_error() {
        Some(fault) => format!("it refuses with {}", fault.code().unwrap_or_default()),
        None => "it does not answer".to_owned(),
    }
}
