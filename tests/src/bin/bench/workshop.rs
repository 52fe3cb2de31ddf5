//! What the benchmarks work with: databases on the server that `cargo xtask bench` starts, logs, demo records.

use backend::clock::Clock;
use backend::demo::Stream;
use backend::entropy::Entropy;
use backend::intake::mapping;
use backend::intake::reference::Reference;
use backend::log::keystore::Directory;
use backend::log::{self, Append, Keyring, Log, NewEvent, Options, Schemas};
use backend::projections::entries::Entries;
use backend::projections::projector::Projector;
use backend::rules::entry::{Command, decide};
use backend::rules::postcodes::{PostcodeTables, shipped};
use events::entry::{EntryRouted, Source};
use events::record::RawRecord;
use events::{EntryEvent, Epoch};
use futures::{StreamExt, TryStreamExt};
use jiff::{SignedDuration, Timestamp};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, PgPool};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Ten days in March 2021 begin, and the records of them at the demo's usual pace.
const TEN_DAYS_BEGIN: Timestamp = Timestamp::constant(1_615_766_400, 0);
const ENTRIES_OF_TEN_DAYS: f64 = 48_000.0;
/// Commands on their way at once while a log is filled.
const CONCURRENT: usize = 256;

/// Address of the server's database `bench`.
pub fn url() -> String {
    std::env::var("BENCH_DATABASE_URL").expect("run it by: cargo xtask bench NAME")
}

/// A program of PostgreSQL.
pub fn postgres_program(name: &str) -> PathBuf {
    Path::new(&std::env::var("BENCH_PG_BIN").expect("BENCH_PG_BIN")).join(name)
}

/// The register's own program, optimised.
pub fn register() -> PathBuf {
    std::env::var_os("BENCH_REGISTER").expect("BENCH_REGISTER").into()
}

/// A log with its read models on a fresh database.
pub struct Workshop {
    /// The database.
    pub url: String,
    /// The keyring and other files.
    pub folder: tempfile::TempDir,
    /// The keyring.
    pub keyring: Arc<Keyring>,
    /// The log.
    pub log: Log,
    /// The read models.
    pub tables: PgPool,
    reference: Reference,
}

impl Workshop {
    /// On a database of this name, dropped first.
    pub async fn new(name: &str, options: Options) -> Workshop {
        Workshop::at(name, options, Clock::system()).await
    }

    /// The same with a clock of its own.
    pub async fn at(name: &str, options: Options, clock: Clock) -> Workshop {
        let server = url();
        let mut connection = PgConnection::connect(&server).await.unwrap();
        connection
            .execute(AssertSqlSafe(format!("drop database if exists {name} with (force)")))
            .await
            .unwrap();
        connection.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
        let url = server.replacen("/bench?", &format!("/{name}?"), 1);
        log::migrate(&url).await.unwrap();
        backend::projections::database::migrate(&url).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let keys = Directory::open(&folder.path().join("keyring")).unwrap();
        let keyring = Arc::new(Keyring::new(Box::new(keys), clock.clone(), Entropy::system()));
        let log = open(&url, &keyring, &clock, options).await;
        let tables = backend::projections::database::connect(&url, 8).await.unwrap();
        let reference = Reference::load(&log).await.unwrap();
        Workshop { url, folder, keyring, log, tables, reference }
    }

    /// Another node of the same log, with other options.
    pub async fn node(&self, options: Options) -> Log {
        open(&self.url, &self.keyring, self.log.clock(), options).await
    }

    /// Registers so many entries, spread as in a real register.
    pub async fn fill(&self, entries: usize) -> Arc<Registrations> {
        let registrations = Arc::new(Registrations::spread(&self.log, entries));
        futures::stream::iter(0..entries)
            .map(|n| {
                let (log, registrations) = (self.log.clone(), registrations.clone());
                tokio::spawn(async move { log.append(registrations.command(&log, n, 1)).await.unwrap() })
            })
            .buffer_unordered(CONCURRENT)
            .try_for_each(|_| async { Ok(()) })
            .await
            .unwrap();
        registrations
    }

    /// The rules and tables in force.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// The projector of the list of entries.
    pub fn projector(&self) -> Projector<Entries> {
        let entries = Entries::new(self.keyring.clone(), Entropy::system(), self.reference.clone());
        Projector::new(entries, self.log.clone(), self.tables.clone())
    }
}

async fn open(url: &str, keyring: &Arc<Keyring>, clock: &Clock, options: Options) -> Log {
    let pool = log::connect(url, "register_app", 8).await.unwrap();
    let all = events::catalogue::all_schemas();
    let schemas = Arc::new(Schemas::compile(all).unwrap());
    Log::open(pool, keyring.clone(), schemas, clock.clone(), Entropy::system(), options).await.unwrap()
}

/// Records of the demo, whose trips have arrived: as dense as it takes to have many in a few hours.
pub fn records(count: usize) -> Vec<RawRecord> {
    #[expect(clippy::disallowed_methods, reason = "the demo's travellers have arrived by now")]
    let start = Timestamp::now() - SignedDuration::from_hours(12 * 24);
    Stream::new(11, start, 8.0).take(count).map(|(_, record)| record).collect()
}

/// A file of such records.
pub fn write_records(path: &Path, count: usize) {
    use std::io::Write;
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    for record in records(count) {
        serde_json::to_writer(&mut file, &record).unwrap();
        file.write_all(b"\n").unwrap();
    }
    file.flush().unwrap();
}

/// Registrations made of demo records, ready to be appended.
pub struct Registrations(Vec<EntryEvent>);

impl Registrations {
    /// Some hundred different ones.
    pub fn new(log: &Log) -> Registrations {
        Registrations::of(log, records(800))
    }

    /// As many different ones, their trips spread over ten days as in a real register. A few hundred travellers
    /// over and over again would be travel parties of hundreds.
    pub fn spread(log: &Log, count: usize) -> Registrations {
        let pace = count as f64 / ENTRIES_OF_TEN_DAYS;
        let stream = Stream::new(11, TEN_DAYS_BEGIN, pace);
        Registrations::of(log, stream.take(count).map(|(_, record)| record).collect())
    }

    fn of(log: &Log, records: Vec<RawRecord>) -> Registrations {
        let tables = PostcodeTables::from_events(&shipped::tables());
        let today = backend::rules::moments::norwegian_day_of(log.clock().now());
        let registered = records.into_iter().filter_map(|record| {
            let command = mapping::prepare(None, record, Source::Demo, &tables, today)?;
            decide(None, Command::TakeIn(command)).ok()?.pop()
        });
        Registrations(registered.collect())
    }

    /// The registrations.
    pub fn events(&self) -> &[EntryEvent] {
        &self.0
    }

    /// A command of a new entry: its registration, then small events such as a call or a routing.
    pub fn command(&self, log: &Log, n: usize, events: usize) -> Append {
        let registered = &self.0[n % self.0.len()];
        let routed = EntryEvent::from(EntryRouted {
            municipality: "4601".to_owned(),
            reason: "The address lies there, by telephone with the hotel".into(),
            decided_by: "benchmark".to_owned(),
        });
        let following = std::iter::repeat_n(&routed, events - 1);
        let event = |event: &EntryEvent| NewEvent {
            name: event.name(),
            schema_version: event.version(),
            payload: event.payload().unwrap(),
        };
        Append {
            stream: log.entropy().entry(Epoch::of(log.clock().now())).stream(),
            expected_version: 0,
            command: Some(log.entropy().command()),
            request: n.to_be_bytes().to_vec(),
            actor: "benchmark".to_owned(),
            events: std::iter::once(registered).chain(following).map(event).collect(),
            claims: Vec::new(),
        }
    }
}
