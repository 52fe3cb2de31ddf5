//! Two hundred callers at two servers, while servers and connections are killed at random: nobody is rung by two, no
//! outcome is lost, none is there twice.

use api::calls::{CallSaved, Card, NextCall};
use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::log::Keyring;
use backend::log::keystore::Replicas;
use backend::rules::moments::norwegian_day_of;
use events::call::{Assessment, CallDirection, CallOutcome, ContactResult};
use events::{EntryEvent, EntryId};
use futures::future::join_all;
use jiff::{SignedDuration, ToSpan};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tests::database::Database;
use tests::desk::Node;
use tests::register::{INTAKE_TOKEN, Register};
use uuid::Uuid;

const CALLERS: usize = 200;
const ENTRIES: usize = 50_000;
const CALLING: Duration = Duration::from_secs(60);
const BETWEEN_KILLS: Duration = Duration::from_secs(5);
/// Records in one request.
const TOGETHER: usize = 1_000;

/// Who is behind a record: three share each telephone, and one of them a passport with one of the next three.
fn traveller(n: usize, arrival: &str) -> Value {
    json!({
        "a_reference_code": format!("4601-{n}"), "a_date": arrival, "municipality_number": "4601",
        "p_first_name": "Ola", "p_last_name": format!("Nordmann{n}"), "p_lang_follow_up": "NO",
        "p_phone": phone(n), "p_unique_id": passport(n), "a_q_opt_l1_code": "1001", "a_q_opt_l4_code": "4002",
        "a_country_of_departure": format!("Land {n}"),
    })
}

fn phone(n: usize) -> String {
    format!("+4721{:06}", n / 3)
}

fn passport(n: usize) -> String {
    if n.is_multiple_of(3) { format!("PA{:06}", n / 6) } else { format!("PB{n:06}") }
}

struct Shift {
    urls: [String; 2],
    stop: AtomicBool,
    /// Outcomes the server acknowledged, by attempt.
    acknowledged: Mutex<HashMap<Uuid, (Uuid, CallOutcome)>>,
    repeated: AtomicU64,
}

struct Caller<'a> {
    shift: &'a Shift,
    number: usize,
    /// A session at each server; they end with it.
    clients: [Client; 2],
}

impl Caller<'_> {
    fn client() -> Client {
        Client::builder().cookie_store(true).timeout(Duration::from_secs(10)).build().unwrap()
    }

    /// Asks until there is an answer that is not a failure, at one server or the other, logging in where needed.
    async fn ask(&self, request: impl Fn(&Client, &str) -> RequestBuilder) -> Option<Response> {
        while !self.shift.stop.load(Ordering::SeqCst) {
            let place = usize::from(rand::random::<bool>());
            let (client, url) = (&self.clients[place], &self.shift.urls[place]);
            match request(client, url).send().await {
                Ok(answer) if answer.status() == 401 => self.log_in(client, url).await,
                Ok(answer) if answer.status().is_server_error() => {
                    assert_eq!(answer.status(), 503, "only 503 says: try again");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                Ok(answer) => return Some(answer),
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
            self.shift.repeated.fetch_add(1, Ordering::SeqCst);
        }
        None
    }

    async fn log_in(&self, client: &Client, url: &str) {
        let login = client.post(format!("{url}/api/v1/demo/login"));
        let _ = login.json(&json!({"key": format!("caller-{}", self.number)})).send().await;
    }

    async fn work(&self) -> Option<()> {
        self.ask(|client, url| {
            client.put(format!("{url}/api/v1/queue/me")).json(&json!({"languages": ["nb"]}))
        })
        .await?;
        while !self.shift.stop.load(Ordering::SeqCst) {
            let answer = self.ask(|client, url| client.post(format!("{url}/api/v1/queue/next"))).await?;
            match answer.json::<NextCall>().await {
                Ok(NextCall::Card(card)) => self.call(&card).await?,
                Ok(NextCall::Nobody { .. }) => tokio::time::sleep(Duration::from_millis(500)).await,
                Err(_) => {}
            }
        }
        Some(())
    }

    async fn call(&self, card: &Card) -> Option<()> {
        let (entry, attempt) = (card.entry.id, Entropy::system().uuid());
        let dial = json!({
            "direction": CallDirection::Outbound, "phone": card.phones[0].number, "fence": card.lease.fence,
            "version": card.version,
        });
        // The first answer may have been lost with the server: the same attempt is one dial.
        let dialled =
            self.send(Method::POST, format!("/api/v1/entries/{entry}/calls"), attempt, &dial).await?;
        if !dialled.status().is_success() {
            return Some(());
        }
        tokio::time::sleep(Duration::from_millis(rand::random_range(0..2_000))).await;
        let outcome = outcome();
        let path = format!("/api/v1/entries/{entry}/calls/{attempt}/outcome");
        let key = Entropy::system().uuid();
        let saved = self.send(Method::PUT, path, key, &json!({"outcome": outcome})).await?;
        assert!(saved.status().is_success(), "an outcome is refused with {}", saved.status());
        if let Ok(saved) = saved.json::<CallSaved>().await {
            self.shift.acknowledged.lock().unwrap().insert(saved.attempt, (entry, outcome));
        }
        Some(())
    }

    async fn send(&self, method: Method, path: String, key: Uuid, body: &Value) -> Option<Response> {
        self.ask(|client, url| {
            let request = client.request(method.clone(), format!("{url}{path}"));
            request.header("Idempotency-Key", key.to_string()).json(body)
        })
        .await
    }
}

fn outcome() -> CallOutcome {
    let contacts =
        [ContactResult::NoAnswer, ContactResult::Busy, ContactResult::HungUp, ContactResult::Answered];
    let contact = contacts[rand::random_range(0..contacts.len())];
    let answered = contact == ContactResult::Answered;
    let assessment = answered.then_some(Assessment::UnderstandsAndComplies);
    CallOutcome { assessment, ..CallOutcome::of(contact) }
}

async fn take_in(url: &str) -> HashMap<Uuid, usize> {
    // Who came yesterday may be rung today, at whatever hour this runs: the demo's shift never ends.
    let today = norwegian_day_of(Clock::system().now());
    // Whoever shares a passport came on another day: on the same it would be the same trip.
    let arrivals = [1, 2].map(|days| today.saturating_sub(days.days()).to_string());
    let client = Client::new();
    let mut entries = HashMap::new();
    for start in (0..ENTRIES).step_by(TOGETHER) {
        let records: Vec<Value> =
            (start..start + TOGETHER).map(|n| traveller(n, &arrivals[n / 3 % 2])).collect();
        let request = client.post(format!("{url}/api/v1/intake/entries")).bearer_auth(INTAKE_TOKEN);
        let answer: Value = request.json(&records).send().await.unwrap().json().await.unwrap();
        for (n, answer) in (start..).zip(answer["answers"].as_array().unwrap()) {
            let entry = answer["entry"].as_str().unwrap_or_else(|| panic!("{answer}"));
            entries.insert(entry.parse().unwrap(), n);
        }
    }
    entries
}

async fn until_folded(database_url: &str, entries: usize) {
    let mut connection = PgConnection::connect(database_url).await.unwrap();
    let folded = "select count(*) from read.call_queue";
    while sqlx::query_scalar::<_, i64>(folded).fetch_one(&mut connection).await.unwrap() < entries as i64 {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// No two who share a telephone or a passport are held at the same time.
async fn watch(database_url: &str, entries: &HashMap<Uuid, usize>, shift: &Shift) {
    let mut connection = PgConnection::connect(database_url).await.unwrap();
    while !shift.stop.load(Ordering::SeqCst) {
        let held: Result<Vec<Uuid>, _> =
            sqlx::query_scalar("select entry from read.call_lease").fetch_all(&mut connection).await;
        let Ok(held) = held else {
            connection = PgConnection::connect(database_url).await.unwrap();
            continue;
        };
        let mut seen = HashSet::new();
        for n in held.iter().map(|entry| entries[entry]) {
            assert!(seen.insert(phone(n)), "{} is held twice", phone(n));
            assert!(seen.insert(passport(n)), "{} is held twice", passport(n));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn kill(database_url: &str, servers: &mut [Register; 2]) {
    let started = Instant::now();
    let mut turn = 0;
    while started.elapsed() < CALLING {
        tokio::time::sleep(BETWEEN_KILLS).await;
        match turn % 3 {
            0 | 1 => {
                servers[turn % 3].kill();
                servers[turn % 3].start_again();
            }
            _ => {
                let mut connection = PgConnection::connect(database_url).await.unwrap();
                sqlx::query(
                    "select pg_terminate_backend(pid) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid() and random() < 0.5",
                )
                .execute(&mut connection)
                .await
                .unwrap();
            }
        }
        turn += 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_rung_by_two_and_no_outcome_is_lost_while_servers_and_connections_die() {
    let database = Database::fresh().await;
    let first = Register::start(&database.url).await;
    let second = first.start_beside().await;
    let keys = first.keyring();
    let entries = take_in(&first.url).await;
    assert_eq!(entries.len(), ENTRIES, "each is a trip of its own");
    until_folded(&database.url, ENTRIES).await;
    let shift = Shift {
        urls: [first.url.clone(), second.url.clone()],
        stop: AtomicBool::new(false),
        acknowledged: Mutex::default(),
        repeated: AtomicU64::new(0),
    };
    let mut servers = [first, second];
    let callers: Vec<Caller<'_>> = (1..=CALLERS)
        .map(|number| Caller { shift: &shift, number, clients: [Caller::client(), Caller::client()] })
        .collect();
    let work = join_all(callers.iter().map(Caller::work));
    let killing = async {
        kill(&database.url, &mut servers).await;
        shift.stop.store(true, Ordering::SeqCst);
    };
    tokio::join!(work, killing, watch(&database.url, &entries, &shift));
    for server in &mut servers {
        server.kill();
    }
    let acknowledged = shift.acknowledged.into_inner().unwrap();
    let repeated = shift.repeated.load(Ordering::SeqCst);
    assert!(acknowledged.len() > CALLERS, "too little was done: {} outcomes", acknowledged.len());
    assert!(repeated > 0, "nobody noticed a death");
    judge(&database.url, &keys, &entries, &acknowledged).await;
}

/// What the log says: each acknowledged outcome once, and each telephone and passport rung once.
async fn judge(
    database_url: &str,
    keys: &std::path::Path,
    entries: &HashMap<Uuid, usize>,
    acknowledged: &HashMap<Uuid, (Uuid, CallOutcome)>,
) {
    let clock = Clock::ahead(SignedDuration::ZERO);
    let keys = Box::new(Replicas::open(keys, clock.now()).unwrap());
    let keyring = Arc::new(Keyring::new(keys, clock.clone(), Entropy::system()));
    let node = Node::open(database_url, &keyring, &clock).await;
    assert!(node.log.verify(None).await.unwrap().faults.is_empty());
    let dialled: Vec<Uuid> =
        sqlx::query_scalar("select distinct stream from log.event where type = 'call-dialled'")
            .fetch_all(node.log.pool())
            .await
            .unwrap();
    let mut rung: HashSet<String> = HashSet::new();
    let mut outcomes: HashMap<Uuid, Vec<CallOutcome>> = HashMap::new();
    for entry in dialled {
        let mut attempts: HashSet<Uuid> = HashSet::new();
        let mut callers: HashSet<String> = HashSet::new();
        for told in node.history(entry).await {
            match told.event {
                EntryEvent::Dialled(dialled) => {
                    assert!(attempts.insert(dialled.attempt), "a dial is there twice");
                    callers.insert(dialled.caller);
                }
                EntryEvent::Concluded(concluded) => {
                    outcomes.entry(concluded.attempt).or_default().push(concluded.outcome);
                }
                _ => {}
            }
        }
        assert_eq!(callers.len(), 1, "two callers rang {entry}");
        let n = entries[&entry];
        assert!(rung.insert(phone(n)), "{} was rung for two entries", phone(n));
        assert!(rung.insert(passport(n)), "{} was rung for two entries", passport(n));
        assert!(EntryId::parse(entry).is_some());
    }
    for (attempt, (_, outcome)) in acknowledged {
        assert_eq!(outcomes.get(attempt), Some(&vec![outcome.clone()]), "an acknowledged outcome");
    }
    assert!(outcomes.values().all(|said| said.len() == 1), "an outcome is there twice");
}
