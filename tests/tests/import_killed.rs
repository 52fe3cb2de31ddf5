//! A long import that is killed three times and started again ends as one that ran through.

use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::log::keystore::Directory;
use backend::log::{self, Keyring, Log, Options, Schemas};
use backend::rules::entry::{EntryState, evolve};
use events::{EntryEvent, StreamId};
use jiff::SignedDuration;
use sqlx::{Connection, PgConnection};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tests::database::Database;
use tests::register::program;

const KILLS: u64 = 3;

/// Records of the file: 100,000 with `REGISTER_LOAD=1`.
fn records() -> u64 {
    if std::env::var_os("REGISTER_LOAD").is_some_and(|load| load == "1") { 100_000 } else { 20_000 }
}

/// A register of its own: a database and a keyring.
struct Copy {
    database: Database,
    keyring: tempfile::TempDir,
}

impl Copy {
    async fn new() -> Copy {
        Copy { database: Database::fresh().await, keyring: tempfile::tempdir().unwrap() }
    }

    fn import(&self, file: &Path) -> Command {
        let mut command = Command::new(program());
        command.args(["import", "entries"]).arg(file).env("DATABASE_URL", &self.database.url);
        command.env_remove("READ_DATABASE_URL").env("REGISTER_KEYRING", self.keyring.path().join("keys"));
        command.current_dir(self.keyring.path()).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    async fn head(&self) -> u64 {
        let mut owner = PgConnection::connect(&self.database.url).await.unwrap();
        let head: i64 =
            sqlx::query_scalar("select position from log.head").fetch_one(&mut owner).await.unwrap();
        head.unsigned_abs()
    }

    /// Each entry as its codes and its content at the end. Times are left out: which of two codes came first
    /// is chance, and only content makes an event.
    async fn entries(&self) -> BTreeMap<BTreeSet<String>, String> {
        let clock = Clock::system();
        let keys = Directory::open(&self.keyring.path().join("keys")).unwrap();
        let keyring = Arc::new(Keyring::new(Box::new(keys), clock.clone(), Entropy::system()));
        let pool = log::connect(&self.database.url, "register_app", 4).await.unwrap();
        let schemas = Arc::new(Schemas::compile(EntryEvent::schemas()).unwrap());
        let log = Log::open(pool, keyring.clone(), schemas, clock, Entropy::system(), Options::default())
            .await
            .unwrap();
        assert_eq!(log.verify(None).await.unwrap().faults, []);
        let mut states: HashMap<StreamId, Option<EntryState>> = HashMap::new();
        for event in log.after(0, u32::MAX).await.unwrap() {
            if event.stream.epoch().is_permanent() {
                continue;
            }
            let payload = event.open(&keyring).unwrap();
            let told = EntryEvent::read(&event.name, event.schema_version, &payload).unwrap();
            let state = states.entry(event.stream).or_default();
            *state = evolve(state.take(), &told);
        }
        let count = states.len();
        let mut entries = BTreeMap::new();
        for state in states.into_values() {
            let mut state = state.unwrap();
            state
                .raw
                .retain(|field, _| !["a_reference_code", "a_updated", "p_updated"].contains(&field.as_str()));
            let codes = state.reference_codes.into_iter().map(|code| code.0).collect();
            entries.insert(codes, serde_json::to_string(&state.raw).unwrap());
        }
        assert_eq!(entries.len(), count, "two entries have the same codes");
        entries
    }
}

fn finish(mut command: Command) -> String {
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{said}");
    said
}

/// Starts the import and kills it when the log has reached a position.
async fn kill_at(copy: &Copy, file: &Path, position: u64) {
    let mut child = copy.import(file).stderr(Stdio::null()).spawn().unwrap();
    while copy.head().await < position {
        assert!(child.try_wait().unwrap().is_none(), "the import was over before it could be killed");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_and_started_again_takes_each_entry_in_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo.ndjson");
    // So long ago that all have arrived, whatever they registered ahead.
    let start = (Clock::system().now() - SignedDuration::from_hours(120)).to_string();
    let mut write = Command::new(program());
    write.args(["demo", "write", "--count", &records().to_string(), "--start", &start, "--out"]).arg(&file);
    finish(write);
    let (through, killed) = (Copy::new().await, Copy::new().await);
    finish(through.import(&file));
    let whole = through.head().await;
    for kill in 0..KILLS {
        let [a, b] = Entropy::system().bytes::<2>();
        let chance = u64::from(u16::from_be_bytes([a, b])) % (whole / 5);
        kill_at(&killed, &file, (whole / 4) * kill + whole / 20 + chance).await;
    }
    finish(killed.import(&file));
    let (expected, found) = (through.entries().await, killed.entries().await);
    assert!(expected.len() as u64 > records() / 4);
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (codes, content) in &expected {
        assert!(found[codes] == *content, "{codes:?}");
    }
    // A last time: nothing is left to do.
    let head = killed.head().await;
    let said = finish(killed.import(&file));
    assert!(said.contains(" 0 accepted, 0 updated, 0 joined"), "{said}");
    assert_eq!(killed.head().await, head);
}
