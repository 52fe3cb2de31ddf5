//! A database of one's own for each test, on a server that `cargo xtask test` starts or the first test does.

use private_postgres::{Options, Server};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::path::PathBuf;
use std::sync::OnceLock;
use uuid::Uuid;

/// A database that is dropped with the value.
pub struct Database {
    server: String,
    name: String,
    /// Where it is.
    pub url: String,
}

impl Database {
    /// A fresh, migrated database.
    pub async fn fresh() -> Database {
        let database = Database::empty().await;
        backend::log::migrate(&database.url).await.expect("migrate the log");
        backend::projections::database::migrate(&database.url).await.expect("migrate the read models");
        database
    }

    /// A fresh database with nothing in it.
    pub async fn empty() -> Database {
        let server = server();
        let name = format!("test_{}", backend::entropy::Entropy::system().uuid().simple());
        let mut connection = PgConnection::connect(&server).await.expect("connect to the test server");
        connection.execute(AssertSqlSafe(format!("create database {name}"))).await.expect("create database");
        let url = with_database(&server, &name);
        Database { server, name, url }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // A thread of its own: the test's runtime may be gone already.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect(&server).await?;
                connection
                    .execute(AssertSqlSafe(format!("drop database if exists {name} with (force)")))
                    .await?;
                Ok::<_, sqlx::Error>(())
            })
        });
        let _ = dropped.join();
    }
}

fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').unwrap_or((server, ""));
    let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
    format!("{base}/{name}?{query}")
}

/// The server of the test run. Alone, a test starts one under `target`, or joins the one another test started;
/// it is left running for the next test.
fn server() -> String {
    static STARTED: OnceLock<Server> = OnceLock::new();
    std::env::var("TEST_DATABASE_URL").unwrap_or_else(|_| {
        let start = || {
            Server::start(Options::new(scratch().join("test-postgres")))
                .expect("start a PostgreSQL for the tests")
        };
        STARTED.get_or_init(start).url("postgres")
    })
}

/// A folder under the build's target folder.
pub fn scratch() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| manifest.join("../target"), PathBuf::from)
}

/// A random name.
pub fn unique() -> Uuid {
    backend::entropy::Entropy::system().uuid()
}
