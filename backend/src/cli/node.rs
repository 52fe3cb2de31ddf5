//! What every command works with: the log, the keyring, the read models.

use super::{Failure, Register};
use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::intake::reference::Reference;
use backend::log::ending::Ending;
use backend::log::keystore::Replicas;
use backend::log::{self, Keyring, Log, Options, Schemas};
use backend::projections::entries::Entries;
use backend::projections::projector::Projector;
use backend::retention::Retention;
use sqlx::PgPool;
use std::sync::Arc;

/// Connections to the log at most; the batcher needs two, readers the rest.
const LOG_CONNECTIONS: u32 = 16;
/// Connections to the read models at most.
const READ_CONNECTIONS: u32 = 24;

/// A node of the register.
pub struct Node {
    /// The clock.
    pub clock: Clock,
    /// Chance.
    pub entropy: Entropy,
    /// The keyring.
    pub keyring: Arc<Keyring>,
    /// The log.
    pub log: Log,
    /// The read models' database.
    pub tables: PgPool,
}

impl Node {
    /// Opens a register whose schemas are up to date.
    pub async fn open(register: &Register) -> Result<Node, Failure> {
        let clock = register.clock();
        let entropy = Entropy::system();
        let keys = Replicas::open(&register.keyring, clock.now())?;
        let keyring = Arc::new(Keyring::new(Box::new(keys), clock.clone(), entropy.clone()));
        let schemas = Arc::new(Schemas::compile(events::catalogue::all_schemas())?);
        let pool = log::connect(&register.databases.database_url, "register_app", LOG_CONNECTIONS)
            .await
            .map_err(|error| unreachable_database("DATABASE_URL", &error))?;
        let tables = backend::projections::database::connect(register.databases.read_url(), READ_CONNECTIONS)
            .await
            .map_err(|error| unreachable_database("READ_DATABASE_URL", &error))?;
        let log =
            Log::open(pool, keyring.clone(), schemas, clock.clone(), entropy.clone(), Options::default())
                .await
                .map_err(|error| unreachable_database("DATABASE_URL", &error))?;
        Ok(Node { clock, entropy, keyring, log, tables })
    }

    /// What ends when.
    pub async fn retention(&self, register: &Register) -> Result<Retention, Failure> {
        let ending = Ending::connect(&register.databases.database_url)
            .await
            .map_err(|error| unreachable_database("DATABASE_URL", &error))?;
        let rejects = register.rejects.clone();
        Ok(Retention::open(self.log.clone(), ending, self.tables.clone(), rejects).await?)
    }

    /// The projector of the list of entries.
    pub fn projector(&self, reference: &Reference) -> Projector<Entries> {
        let entries = Entries::new(self.keyring.clone(), self.entropy.clone(), reference.clone());
        Projector::new(entries, self.log.clone(), self.tables.clone())
    }
}

fn unreachable_database(setting: &str, error: &sqlx::Error) -> Failure {
    let why = match error.as_database_error() {
        Some(fault)
            if fault.code().as_deref() == Some("42P01") || fault.code().as_deref() == Some("3F000") =>
        {
            "its tables are missing; run: register migrate".to_owned()
        }
        Some(fault) => format!("it refuses with {} ({})", fault.code().unwrap_or_default(), fault.message()),
        None => "nobody answers there; is PostgreSQL running?".to_owned(),
    };
    format!("the database of {setting} cannot be used: {why}").into()
}
