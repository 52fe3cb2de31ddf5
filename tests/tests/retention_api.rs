//! Deletion as its officer, the second person, machines and alarms see it: over HTTP, on the real program.

use backend::entropy::Entropy;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use tests::database::Database;
use tests::register::{INTAKE_TOKEN, Register};
use uuid::Uuid;

struct Person {
    client: Client,
    url: String,
}

impl Person {
    async fn log_in(url: &str, key: &str) -> Person {
        let client = Client::builder().cookie_store(true).build().unwrap();
        let login = client.post(format!("{url}/api/v1/demo/login")).json(&json!({"key": key}));
        assert!(login.send().await.unwrap().status().is_success());
        Person { client, url: url.to_owned() }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/api/v1/{path}", self.url))
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        tell(self.request(Method::GET, path)).await
    }

    async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        tell(self.request(Method::POST, path).json(&body)).await
    }
}

async fn tell(request: RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.unwrap();
    (answer.status(), serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null))
}

async fn take_in(url: &str, code: &str) -> Uuid {
    let day = backend::rules::moments::norwegian_day_of(backend::clock::Clock::system().now()).to_string();
    let record = json!([{"a_reference_code": code, "a_date": day, "municipality_number": "4601",
        "p_first_name": "Ola", "p_last_name": "Nordmann", "p_phone": "+44 20 7946 0123"}]);
    let send =
        Client::new().post(format!("{url}/api/v1/intake/entries")).bearer_auth(INTAKE_TOKEN).json(&record);
    let (_, answer) = tell(send).await;
    answer["answers"][0]["entry"].as_str().unwrap_or_else(|| panic!("{answer}")).parse().unwrap()
}

/// Waits until the lists have it.
async fn found(officer: &Person, code: &str, count: usize) -> Value {
    for _ in 0..100 {
        let (status, found) = officer.post("retention/find", json!({"query": code})).await;
        assert_eq!(status, StatusCode::OK, "{found}");
        if found.as_array().unwrap().len() == count {
            return found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{code} is not found {count} times");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_ends_early_only_when_a_second_person_agrees() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entry = take_in(&register.url, "EARLY-0001").await;
    let officer = Person::log_in(&register.url, "dpo").await;
    let (lead, caller) =
        (Person::log_in(&register.url, "shift-lead").await, Person::log_in(&register.url, "caller").await);

    let hit = found(&officer, "EARLY-0001", 1).await;
    assert_eq!(hit[0]["entry"], entry.to_string());
    assert!(!hit.to_string().contains("Nordmann"), "the officer learns no more than it takes");
    let (status, _) = officer.post("retention/find", json!({"query": "Nordmann"})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "names tell of others");

    let ask = json!({"entry": entry, "ground": "right-to-erasure", "reason": "Asked for by letter"});
    for other in [&caller, &lead] {
        assert_eq!(other.post("retention/early-ends", ask.clone()).await.0, StatusCode::FORBIDDEN);
    }
    let empty = json!({"entry": entry, "ground": "right-to-erasure", "reason": " "});
    assert_eq!(officer.post("retention/early-ends", empty).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(officer.post("retention/early-ends", ask.clone()).await.0, StatusCode::ACCEPTED);
    assert_eq!(officer.post("retention/early-ends", ask.clone()).await.0, StatusCode::CONFLICT, "once");

    let confirm = format!("retention/early-ends/{entry}/confirmation");
    let (status, problem) = officer.post(&confirm, json!({})).await;
    assert_eq!((status, problem["code"].as_str()), (StatusCode::CONFLICT, Some("second-person-needed")));
    let withdrawn = tell(lead.request(Method::DELETE, &format!("retention/early-ends/{entry}"))).await.0;
    assert_eq!(withdrawn, StatusCode::NO_CONTENT);
    assert_eq!(lead.post(&confirm, json!({})).await.0, StatusCode::CONFLICT, "it was turned down");
    assert_eq!(officer.post("retention/early-ends", ask).await.0, StatusCode::ACCEPTED);
    assert_eq!(caller.post(&confirm, json!({})).await.0, StatusCode::FORBIDDEN);
    assert_eq!(lead.post(&confirm, json!({})).await.0, StatusCode::NO_CONTENT);

    for path in ["", "/timeline", "/raw"] {
        assert_eq!(
            lead.get(&format!("entries/{entry}{path}")).await.0,
            StatusCode::GONE,
            "ended, not unknown"
        );
    }
    found(&officer, "EARLY-0001", 0).await;
    assert_eq!(
        lead.get(&format!("entries/{}", Uuid::from_bytes(Entropy::system().bytes()))).await.0,
        StatusCode::NOT_FOUND
    );
    let (_, status) = officer.get("retention").await;
    assert_eq!(status["early_ends"], json!([]));
    assert_eq!(status["days"][0]["ended_early"], 1);
}

/// On a busy machine it takes longer than a moment, and the next clock would call it late.
async fn until_ended(database_url: &str, epoch: events::Epoch) {
    let mut connection = PgConnection::connect(database_url).await.unwrap();
    let ended = "select not exists (select from log.epoch where epoch = $1 and state <> 'ended')";
    let number = i32::try_from(epoch.0).unwrap();
    while !sqlx::query_scalar::<_, bool>(ended).bind(number).fetch_one(&mut connection).await.unwrap() {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_are_told_what_ended_and_certificates_can_be_checked_by_anybody() {
    let database = Database::fresh().await;
    let mut register = Register::start(&database.url).await;
    let entry = take_in(&register.url, "ENDS-0001").await;
    let added = register.command(&["consumer", "add", "tracing", "--by", "Drift"]).output().unwrap();
    let token = String::from_utf8(added.stdout).unwrap().trim().to_owned();
    assert_eq!(token.len(), 64);
    // A window at a time, as it happens, so that every end is in time, until the day of the first one is over.
    let first = events::EntryId::parse(entry).unwrap().epoch();
    let day_of = |epoch: events::Epoch| backend::rules::moments::norwegian_day_of(epoch.ends_at());
    let of_day = (first.0..).map(events::Epoch).take_while(|epoch| day_of(*epoch) == day_of(first)).count();
    let mut left = 0;
    for epoch in (first.0..).map(events::Epoch).take(of_day + 1) {
        register.kill();
        left = epoch.ends_at().duration_since(backend::clock::Clock::system().now()).as_secs();
        register.start_again_ahead(left - 3);
        register.ready().await;
        tokio::time::sleep(std::time::Duration::from_secs(4)).await;
        until_ended(&database.url, epoch).await;
    }
    let feed = |path: &str| Client::new().get(format!("{}/api/v1/feeds/tombstones{path}", register.url));
    assert_eq!(feed("").send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(feed("").bearer_auth("wrong").send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let (_, page) = tell(feed("").bearer_auth(&token)).await;
    let prefix = page["items"][0]["what"]["id_prefix"].as_str().unwrap_or_else(|| panic!("{page}"));
    assert!(entry.simple().to_string().starts_with(prefix));

    let officer = Person::log_in(&register.url, "dpo").await;
    let (_, status) = officer.get("retention").await;
    assert_eq!((&status["overdue"], &status["late"]), (&json!(0), &json!(0)), "{status}");
    assert_eq!(status["consumers"][0]["waiting"], 1);
    let acknowledge = Client::new()
        .post(format!("{}/api/v1/feeds/tombstones/acknowledgement", register.url))
        .bearer_auth(&token)
        .json(&json!({"position": page["position"]}));
    assert_eq!(tell(acknowledge).await.0, StatusCode::NO_CONTENT);
    assert_eq!(officer.get("retention").await.1["consumers"][0]["waiting"], 0);

    let certified = status["days"].as_array().unwrap().iter().find(|day| day["certified"] == true);
    let day = certified.unwrap_or_else(|| panic!("{status}"))["day"].as_str().unwrap().to_owned();
    let (_, certificate) = officer.get(&format!("retention/certificates/{day}")).await;
    let file = register.folder.path().join("certificate.json");
    let check = |content: &str, key: &str| {
        std::fs::write(&file, content).unwrap();
        register.command(&["retention", "check", "--public-key", key]).arg(&file).output().unwrap()
    };
    let key = certificate["public_key"].as_str().unwrap();
    let text = certificate.to_string();
    let good = check(&text, key);
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stdout));
    assert!(!check(&text, &"00".repeat(32)).status.success(), "somebody else's key");
    assert!(!check(&text.replacen(&day, "2021-01-01", 1), key).status.success(), "a changed certificate");
    assert_eq!(officer.get("retention/certificates/2021-01-01").await.0, StatusCode::NOT_FOUND);
    assert_eq!(Person::log_in(&register.url, "caller").await.get("retention").await.0, StatusCode::FORBIDDEN);
    let said = register
        .command(&["retention", "status"])
        .env("REGISTER_CLOCK_AHEAD", left.to_string())
        .output()
        .unwrap();
    assert!(said.status.success() && String::from_utf8_lossy(&said.stdout).contains("overdue: 0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_alarm_rises_and_readiness_fails_when_nothing_can_be_ended() {
    let database = Database::fresh().await;
    let mut register = Register::start(&database.url).await;
    take_in(&register.url, "STUCK-0001").await;
    register.kill();
    // Somebody holds the right to end things and does not.
    let mut other = <sqlx::PgConnection as sqlx::Connection>::connect(&database.url).await.unwrap();
    let hold = "select pg_advisory_lock(7224062)";
    sqlx::query(hold).execute(&mut other).await.unwrap();
    let epoch = events::Epoch::of(backend::clock::Clock::system().now());
    let left = epoch.ends_at().duration_since(backend::clock::Clock::system().now()).as_secs();
    register.start_again_ahead(left - 240);
    let client = Client::new();
    // Nothing is overdue yet, so it serves; but it says that the deadline is about to be missed.
    let mut said = Value::Null;
    for _ in 0..300 {
        if let Ok(answer) = client.get(format!("{}/health/ready", register.url)).send().await {
            said = answer.json().await.unwrap();
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let check = said
        .as_array()
        .unwrap_or_else(|| panic!("{}", register.log()))
        .iter()
        .find(|check| check["name"] == "retention")
        .unwrap();
    assert_eq!(
        (&check["ok"], check["detail"].as_str().unwrap().contains("1 late")),
        (&json!(false), true),
        "{check}"
    );
    let metrics = client.get(format!("{}/metrics", register.url)).send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("register_retention_late_epochs 1"), "the alarm");
    let age = metrics.lines().find_map(|line| line.strip_prefix("oldest_record_age_seconds "));
    let age: f64 = age.unwrap().parse().unwrap();
    assert!((800_000.0..864_000.0).contains(&age), "nearly ten days, in seconds: {age}");
    drop(other);
    register.ready().await;
}
