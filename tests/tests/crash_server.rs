//! Fifty crashes under load: server and PostgreSQL are killed at random moments while writers send records.
//! What was acknowledged is there, once; what was not is there wholly or not at all, and can be sent again.

use api::entries::{EntryCounts, EntryPage};
use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::log::Keyring;
use backend::log::keystore::Directory;
use backend::projections::entries::Entries;
use backend::projections::projector::Projection;
use backend::rules::moments::norwegian_day_of;
use events::Epoch;
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use private_postgres::Server;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;
use tests::private::Private;
use tests::register::{INTAKE_TOKEN, Register};
use uuid::Uuid;

/// Crashes of each kind.
const ROUNDS: usize = 25;
const WRITERS: usize = 4;
/// Acknowledged requests between two crashes, so that every crash meets load.
const REQUESTS_BETWEEN: u64 = 4;
/// Acknowledged requests a round at most: each crash of PostgreSQL has the lists built again from the whole log, and
/// writers without a bound would make it longer than an unoptimised server on a busy machine can follow.
const REQUESTS_A_ROUND: u64 = 200;

/// What one writer was told of a trip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    entry: Option<Uuid>,
    /// News acknowledged after the registration; each changes the phone.
    updates: u32,
}

/// What all writers share.
struct Load {
    client: reqwest::Client,
    url: String,
    stop: AtomicBool,
    acknowledged: AtomicU64,
    /// How many may have been acknowledged before the next crash.
    granted: AtomicU64,
    resent: AtomicU64,
    start: Timestamp,
}

impl Load {
    fn new(url: &str) -> Arc<Load> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        let start = Clock::system().now() - SignedDuration::from_hours(1);
        let (acknowledged, granted, resent) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        let stop = AtomicBool::new(false);
        Arc::new(Load { client, url: url.to_owned(), stop, acknowledged, granted, resent, start })
    }

    /// Sends records until they are acknowledged: after a crash nobody knows, so they are sent again.
    async fn send(&self, records: &[Value]) -> Vec<Value> {
        loop {
            let request =
                self.client.post(format!("{}/api/v1/intake/entries", self.url)).bearer_auth(INTAKE_TOKEN);
            match request.json(records).send().await {
                Ok(response) if response.status().is_success() => {
                    if let Ok(answer) = response.json::<Value>().await {
                        self.acknowledged.fetch_add(1, Ordering::SeqCst);
                        return answer["answers"].as_array().unwrap().clone();
                    }
                }
                // 500 is a fault of the register; only 503 says: try again.
                Ok(response) => assert_eq!(response.status(), 503),
                Err(_) => {}
            }
            self.resent.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn record(&self, code: &str, version: u32) -> Value {
        let moment = self.start + SignedDuration::from_secs(i64::from(version));
        json!({
            "a_reference_code": code,
            "a_date": norwegian_day_of(self.start).to_string(),
            "a_updated": self.start.to_string(),
            "p_first_name": format!("Reisende {code}"),
            "p_last_name": "Prøve",
            "p_phone": format!("+44 20 7946 0{:03}", version % 1_000),
            "p_updated": moment.to_string(),
            "municipality_number": "0301",
        })
    }

    /// Registers trips and sends news of earlier ones, until told to stop. Returns what it was told.
    async fn write(self: Arc<Load>, writer: usize) -> HashMap<String, Told> {
        let mut told: HashMap<String, Told> = HashMap::new();
        let mut codes: Vec<String> = Vec::new();
        while !self.stop.load(Ordering::SeqCst) {
            if self.acknowledged.load(Ordering::SeqCst) >= self.granted.load(Ordering::SeqCst) {
                tokio::time::sleep(Duration::from_millis(5)).await;
                continue;
            }
            let [chance] = Entropy::system().bytes::<1>();
            let news = usize::from(chance % 4).min(codes.len());
            let mut asked: Vec<String> = codes.iter().rev().step_by(3).take(news).cloned().collect();
            for n in 0..=chance % 3 {
                asked.push(format!("0301-47-{writer}-{}-{n}", codes.len()));
            }
            let version = |code: &String| told.get(code).map_or(0, |told| told.updates + 1);
            let records: Vec<Value> = asked.iter().map(|code| self.record(code, version(code))).collect();
            let answers = self.send(&records).await;
            assert_eq!(answers.len(), asked.len());
            for (code, answer) in asked.into_iter().zip(answers) {
                assert_ne!(answer["outcome"], "rejected", "{answer}");
                let entry: Uuid = answer["entry"].as_str().unwrap().parse().unwrap();
                match told.get_mut(&code) {
                    Some(known) => {
                        assert_eq!(known.entry, Some(entry), "a trip is one entry");
                        known.updates += 1;
                    }
                    None => {
                        codes.push(code.clone());
                        told.insert(code, Told { entry: Some(entry), updates: 0 });
                    }
                }
            }
        }
        told
    }

    /// Waits until so many more requests were acknowledged, then a random moment.
    async fn under_way(&self) {
        let from = self.acknowledged.load(Ordering::SeqCst);
        self.granted.store(from + REQUESTS_A_ROUND, Ordering::SeqCst);
        while self.acknowledged.load(Ordering::SeqCst) < from + REQUESTS_BETWEEN {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let [chance] = Entropy::system().bytes::<1>();
        tokio::time::sleep(Duration::from_millis(u64::from(chance) / 2)).await;
    }
}

async fn crash_fifty_times(server: &mut Server, register: &mut Register, load: &Load) {
    for round in 0..2 * ROUNDS {
        load.under_way().await;
        if round % 2 == 0 {
            register.kill();
            register.start_again();
        } else {
            tokio::task::block_in_place(|| {
                server.crash().unwrap();
                server.restart().unwrap();
            });
        }
        register.ready().await;
    }
}

/// Each acknowledged event stands in the log once, and nothing else does.
async fn compare_log(database: &str, told: &HashMap<String, Told>) {
    let mut owner = PgConnection::connect(database).await.unwrap();
    let rows: Vec<(Uuid, i64, i32)> = sqlx::query_as(
        "select stream, count(*), max(version) from log.event where epoch <> 0 group by stream",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let stored: HashMap<Uuid, (i64, i32)> =
        rows.into_iter().map(|(id, events, version)| (id, (events, version))).collect();
    for (code, told) in told {
        let expected = 1 + i64::from(told.updates);
        let found = told.entry.and_then(|entry| stored.get(&entry).copied());
        assert_eq!(found, Some((expected, expected as i32)), "{code}");
    }
    assert_eq!(stored.len(), told.len(), "no trip has two entries");
    let (head, count, last): (i64, i64, i64) =
        sqlx::query_as("select (select position from log.head), count(*), max(position) from log.event")
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!((count, last), (head, head), "positions are 1 to head without a hole");
}

/// The list holds every entry once.
async fn compare_list(url: &str, told: &HashMap<String, Told>) {
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let login =
        client.post(format!("{url}/api/v1/demo/login")).json(&json!({"key": "caller"})).send().await.unwrap();
    assert!(login.status().is_success());
    loop {
        let asked = client.get(format!("{url}/api/v1/entries/counts")).send().await.unwrap();
        let counts: EntryCounts = asked.error_for_status().unwrap().json().await.unwrap();
        assert!(counts.total <= told.len() as u64, "{} instead of {}", counts.total, told.len());
        if counts.total == told.len() as u64 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut listed = Vec::new();
    let mut cursor = String::new();
    loop {
        let asked = client.get(format!("{url}/api/v1/entries?limit=200{cursor}")).send().await.unwrap();
        let page: EntryPage = asked.error_for_status().unwrap().json().await.unwrap();
        listed.extend(page.items.into_iter().map(|row| row.id));
        let Some(next) = page.next else { break };
        cursor = format!("&cursor={next}");
    }
    listed.sort();
    let mut expected: Vec<Uuid> = told.values().filter_map(|told| told.entry).collect();
    expected.sort();
    assert_eq!(listed, expected);
}

async fn versions_in_the_list(database: &str) -> Vec<(Uuid, i32)> {
    let mut owner = PgConnection::connect(database).await.unwrap();
    sqlx::query_as("select entry, version from read.entry order by entry")
        .fetch_all(&mut owner)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_crashes_lose_and_double_nothing() {
    let mut private = tokio::task::block_in_place(|| Private::start(&[]));
    let database = private.url();
    let mut register = Register::start(&database).await;
    let load = Load::new(&register.url);
    let writers: Vec<_> = (0..WRITERS).map(|writer| tokio::spawn(load.clone().write(writer))).collect();
    crash_fifty_times(&mut private.server, &mut register, &load).await;
    load.under_way().await;
    load.stop.store(true, Ordering::SeqCst);
    let told: HashMap<String, Told> = join_all(writers).await.into_iter().flat_map(Result::unwrap).collect();
    assert!(told.values().any(|told| told.updates > 0));
    assert!(load.resent.load(Ordering::SeqCst) > 0, "no crash met a request");
    compare_log(&database, &told).await;
    compare_list(&register.url, &told).await;
    let live = versions_in_the_list(&database).await;
    for command in ["verify", "rebuild"] {
        let ran = register.command(&[command]).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{command}: {said}");
    }
    assert_eq!(versions_in_the_list(&database).await, live);
    compare_list(&register.url, &told).await;
}

#[test]
fn a_key_that_many_make_at_once_is_one_key_and_the_one_that_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keyring");
    let open = || {
        let store = Box::new(Directory::open(&path).unwrap());
        Keyring::new(
            store,
            Clock::manual(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(480_000)),
            Entropy::system(),
        )
    };
    let digest = |keyring: &Keyring, epoch| keyring.epoch_of_registration(epoch).unwrap().digest("test", b"");
    let first = Epoch::of(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(480_000)).0;
    // Epochs still to come: each of their keys is made here for the first time.
    for epoch in (first..first + 40).map(Epoch) {
        let (shared, barrier) = (open(), Barrier::new(12));
        let made: Vec<[u8; 32]> = std::thread::scope(|scope| {
            let makers: Vec<_> = (0..12)
                .map(|n| {
                    let (shared, barrier, open, digest) = (&shared, &barrier, &open, &digest);
                    scope.spawn(move || {
                        // Half of them threads of one node, half nodes of their own.
                        let own = (n % 2 == 0).then(open);
                        barrier.wait();
                        digest(own.as_ref().unwrap_or(shared), epoch)
                    })
                })
                .collect();
            makers.into_iter().map(|maker| maker.join().unwrap()).collect()
        });
        let kept = digest(&open(), epoch);
        assert!(made.iter().all(|made| *made == kept), "{epoch}");
    }
    let names: Vec<_> = std::fs::read_dir(&path).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names.len(), 40, "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_starts_again_when_a_projector_was_cut_off_while_it_cleared() {
    let mut private = tokio::task::block_in_place(|| Private::start(&[]));
    let url = private.url();
    backend::log::migrate(&url).await.unwrap();
    backend::projections::database::migrate(&url).await.unwrap();
    let mut cut_off = PgConnection::connect(&url).await.unwrap();
    let mut transaction = cut_off.begin().await.unwrap();
    sqlx::query("set local search_path = read").execute(&mut *transaction).await.unwrap();
    Entries::clear(&mut transaction).await.unwrap();
    // Somebody else's commit makes the log of it durable so far.
    let mut other = PgConnection::connect(&url).await.unwrap();
    sqlx::query("create table public.other ()").execute(&mut other).await.unwrap();
    transaction.rollback().await.unwrap();
    tokio::task::block_in_place(|| {
        private.server.crash().unwrap();
        private.server.restart().unwrap();
    });
}
