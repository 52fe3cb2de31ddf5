//! A log with a manual clock, a keyring in memory, and one event that carries a number.

use crate::database::Database;
use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::log::keystore::Memory;
use backend::log::{self, Append, Keyring, Log, NewEvent, Options, Schemas};
use events::catalogue::RegisteredSchema;
use events::{CommandId, EntryId, Epoch, StreamId};
use jiff::Timestamp;
use serde_json::json;
use std::sync::Arc;

/// The moment at which the playground's clock starts: 2021-03-15T12:00Z.
pub const START: i64 = 1_615_809_600;

/// A log and what it stands on.
pub struct Playground {
    /// Its database.
    pub database: Database,
    /// Its clock.
    pub clock: Clock,
    /// Its keyring.
    pub keyring: Arc<Keyring>,
    /// The log.
    pub log: Log,
}

impl Playground {
    /// A fresh one.
    pub async fn new() -> Playground {
        let database = Database::fresh().await;
        let clock = Clock::manual(Timestamp::from_second(START).expect("a moment"));
        let keyring = Arc::new(Keyring::new(Box::new(Memory::default()), clock.clone(), Entropy::system()));
        let log = open(&database.url, &keyring, &clock).await;
        Playground { database, clock, keyring, log }
    }

    /// Another node on the same database and keyring.
    pub async fn second_node(&self) -> Log {
        open(&self.database.url, &self.keyring, &self.clock).await
    }

    /// A new entry of the present epoch.
    pub fn entry(&self) -> EntryId {
        Entropy::system().entry(Epoch::of(self.clock.now()))
    }
}

async fn open(url: &str, keyring: &Arc<Keyring>, clock: &Clock) -> Log {
    let pool = log::connect(url, "register_app", 8).await.expect("connect");
    let schemas = Arc::new(Schemas::compile(schemas()).expect("schemas compile"));
    Log::open(pool, keyring.clone(), schemas, clock.clone(), Entropy::system(), Options::default())
        .await
        .expect("open the log")
}

/// The playground's one event: `counted {n}`.
fn schemas() -> Vec<RegisteredSchema> {
    let schema = json!({
        "type": "object", "required": ["n"], "additionalProperties": false,
        "properties": { "n": { "type": "integer", "minimum": 0 }, "note": { "type": "string" } }
    });
    vec![RegisteredSchema { name: "counted", version: 1, schema }]
}

/// A `counted` event.
pub fn counted(n: u64) -> NewEvent {
    NewEvent { name: "counted", schema_version: 1, payload: json!({ "n": n }) }
}

/// A command that appends numbers to a stream.
pub fn count(stream: StreamId, expected_version: u32, numbers: &[u64]) -> Append {
    Append {
        stream,
        expected_version,
        command: None,
        request: Vec::new(),
        actor: "test".to_owned(),
        events: numbers.iter().map(|n| counted(*n)).collect(),
        claims: Vec::new(),
    }
}

/// The same under a command id.
pub fn count_once(stream: StreamId, expected_version: u32, numbers: &[u64], command: CommandId) -> Append {
    Append {
        command: Some(command),
        request: format!("{numbers:?}").into_bytes(),
        ..count(stream, expected_version, numbers)
    }
}
