//! Connections to the read models' database, and its migrations.

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

/// Brings the schema `read` up to date.
pub async fn migrate(url: &str) -> Result<(), sqlx::Error> {
    let pool = PgPoolOptions::new().max_connections(1).connect(url).await?;
    let mut migrator = sqlx::migrate!("../migrations/read");
    migrator.dangerous_set_table_name("read_migrations");
    migrator.run(&pool).await.map_err(|e| sqlx::Error::Migrate(Box::new(e)))?;
    pool.close().await;
    Ok(())
}

/// A pool for the read models, in the application's role.
pub async fn connect(url: &str, connections: u32) -> Result<PgPool, sqlx::Error> {
    crate::log::connect(url, "register_app", connections).await
}
