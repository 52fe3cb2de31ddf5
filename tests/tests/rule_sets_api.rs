//! What an entry owes, and rule sets as everybody, the shift lead and other programs see them: over HTTP, on the real
//! program.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tests::database::Database;
use tests::register::{INTAKE_TOKEN, Register};
use uuid::Uuid;

/// The demo adopts a set of its own for the day of the newest shipped one.
const IN_FORCE: &str = "demo";
/// The shipped sets and the demo's.
const SETS: usize = 6;

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

    async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        tell(self.request(Method::POST, path).json(body)).await
    }

    async fn adopt(&self, key: Uuid, body: &Value) -> (StatusCode, Value) {
        let request = self.request(Method::POST, "rule-sets").header("idempotency-key", key.to_string());
        tell(request.json(body)).await
    }
}

async fn tell(request: RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.unwrap();
    (answer.status(), serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null))
}

fn today() -> jiff::civil::Date {
    backend::rules::moments::norwegian_day_of(backend::clock::Clock::system().now())
}

fn key() -> Uuid {
    Uuid::from_bytes(backend::entropy::Entropy::system().bytes())
}

/// A traveller in quarantine at home, and one who is exempt.
async fn take_in(url: &str) -> Vec<Uuid> {
    let day = today().to_string();
    let record = |code: &str, l1: &str, l2: &str| {
        json!({"a_reference_code": code, "a_date": day, "municipality_number": "4601", "a_q_opt_l1_code": l1,
            "a_q_opt_l2_code": l2, "a_q_opt_l3_code": "0", "a_q_opt_l4_code": "4002",
            "p_first_name": "Ola", "p_last_name": "Nordmann", "p_phone": "+44 20 7946 0123"})
    };
    let records = json!([record("RULES-0001", "1001", "0"), record("RULES-0002", "1002", "2008")]);
    let send =
        Client::new().post(format!("{url}/api/v1/intake/entries")).bearer_auth(INTAKE_TOKEN).json(&records);
    let (_, answer) = tell(send).await;
    let answers = answer["answers"].as_array().unwrap_or_else(|| panic!("{answer}"));
    answers.iter().map(|answer| answer["entry"].as_str().unwrap().parse().unwrap()).collect()
}

/// Waits until the lists have it.
async fn owed(person: &Person, entry: Uuid) -> Value {
    for _ in 0..100 {
        if let (StatusCode::OK, answer) = person.get(&format!("entries/{entry}/quarantine")).await {
            return answer;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{entry} is not seen");
}

/// The newest set under a new name, from today, with two days more.
async fn longer(person: &Person) -> Value {
    let (_, answer) = person.get("rule-sets/2021-06-01").await;
    let mut set = answer["adopted"]["rule_set"].clone();
    set["name"] = json!("lengre");
    set["valid_from"] = json!(today());
    set["quarantine"]["length_days"] = json!(12);
    set
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_entry_owes_names_its_rule_set_and_what_a_test_would_change() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entries = take_in(&register.url).await;
    let (caller, doctor) =
        (Person::log_in(&register.url, "caller").await, Person::log_in(&register.url, "doctor").await);

    let told = owed(&caller, entries[0]).await;
    let assessment = &told["assessment"];
    assert_eq!((&assessment["obligation"], &assessment["rule_set"]), (&json!("full"), &json!(IN_FORCE)));
    let end = today().checked_add(jiff::Span::new().days(10)).unwrap();
    assert_eq!(assessment["ends"]["on"], json!(end));
    assert_eq!(assessment["ends"]["why"]["code"], "ends-full-length");
    let days: Vec<i64> =
        told["what_if"].as_array().unwrap().iter().map(|one| one["day"].as_i64().unwrap()).collect();
    assert_eq!(days, [3, 5, 7]);
    assert_eq!(told["what_if"][2]["shortens"], true);
    assert_eq!(owed(&caller, entries[1]).await["assessment"]["obligation"], "exempt");
    owed(&doctor, entries[0]).await;
    let path = format!("entries/{}/quarantine", entries[0]);
    let inspector = Person::log_in(&register.url, "inspector").await;
    assert_eq!(inspector.get(&path).await.0, StatusCode::FORBIDDEN);
    assert_eq!(caller.get(&format!("entries/{}/quarantine", key())).await.0, StatusCode::NOT_FOUND);
    let nobody = Client::new().get(format!("{}/api/v1/{path}", register.url));
    assert_eq!(tell(nobody).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shift_lead_tries_and_adopts_and_everybody_else_only_reads() {
    let database = Database::fresh().await;
    let mut register = Register::start(&database.url).await;
    let entries = take_in(&register.url).await;
    let lead = Person::log_in(&register.url, "shift-lead").await;
    owed(&lead, entries[1]).await;
    let set = longer(&lead).await;

    let inspector = Person::log_in(&register.url, "inspector").await;
    let (status, list) = inspector.get("rule-sets").await;
    assert_eq!((status, list["items"].as_array().unwrap().len()), (StatusCode::OK, SETS));
    assert_eq!(list["items"][5]["in_force"], true);
    assert_eq!(list["items"][4]["replaced_by"], IN_FORCE);
    let refused = inspector.post("rule-sets/trial", &json!({"rule_set": set})).await.0;
    assert_eq!(refused, StatusCode::FORBIDDEN);
    let adopt = json!({"rule_set": set});
    assert_eq!(inspector.adopt(key(), &adopt).await.0, StatusCode::FORBIDDEN);

    let (status, trial) = lead.post("rule-sets/trial", &json!({"rule_set": set})).await;
    assert_eq!(status, StatusCode::OK, "{trial}");
    assert_eq!((&trial["entries"], &trial["changed"]), (&json!(2), &json!(1)));
    assert_eq!(trial["kinds"], json!([{"kind": "longer", "entries": 1}]));
    assert_eq!(trial["rows"][0]["entry"], json!(entries[0]));
    let end = |days| json!(today().checked_add(jiff::Span::new().days(days)).unwrap());
    assert_eq!(trial["rows"][0]["before"]["ends_on"], end(10));
    assert_eq!(trial["rows"][0]["after"]["ends_on"], end(12));
    let (_, page) = lead.post("rule-sets/trial", &json!({"rule_set": set, "after": entries[0]})).await;
    assert_eq!((&page["changed"], &page["rows"]), (&json!(1), &json!([])), "counts are of all");
    assert_eq!(owed(&lead, entries[0]).await["assessment"]["ends"]["on"], end(10), "a trial changes nothing");

    assert_eq!(lead.post("rule-sets", &adopt).await.0, StatusCode::BAD_REQUEST, "a key is needed");
    let same = key();
    assert_eq!(lead.adopt(same, &adopt).await.0, StatusCode::CREATED);
    assert_eq!(lead.adopt(same, &adopt).await.0, StatusCode::CREATED, "a retry has the same answer");
    assert_eq!(lead.get("rule-sets").await.1["items"].as_array().unwrap().len(), SETS + 1);
    let mut other = adopt.clone();
    other["rule_set"]["name"] = json!("annet");
    assert_eq!(lead.adopt(same, &other).await.0, StatusCode::CONFLICT, "the key was used");
    assert_eq!(owed(&lead, entries[0]).await["assessment"]["ends"]["on"], end(12));

    let (status, told) = lead.get("rule-sets/2021-06-01/compare/lengre").await;
    assert_eq!(status, StatusCode::OK);
    let topics: Vec<_> = told["differences"].as_array().unwrap().iter().map(|one| &one["topic"]).collect();
    assert_eq!(topics, ["validity", "length"]);
    assert_eq!(lead.get("rule-sets/2021-06-01/compare/nobody").await.0, StatusCode::NOT_FOUND);

    register.kill();
    register.start_again_ahead(0);
    register.ready().await;
    let lead = Person::log_in(&register.url, "shift-lead").await;
    assert_eq!(
        lead.get("rule-sets").await.1["items"].as_array().unwrap().len(),
        SETS + 1,
        "adopted once, for ever"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_set_is_refused_with_everything_that_is_wrong() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let lead = Person::log_in(&register.url, "shift-lead").await;
    let mut set = longer(&lead).await;
    set["name"] = json!("2021-06-01");
    set["valid_from"] = json!("2021-06-02");
    set["quarantine"]["exemptions"]["grounds"][0]["codes"] = json!(["01"]);
    let (status, problem) = lead.adopt(key(), &json!({"rule_set": set})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = problem["errors"].as_array().unwrap();
    let pointers: Vec<_> = errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    let expected =
        ["/rule_set/quarantine/exemptions/grounds/0/codes", "/rule_set/name", "/rule_set/valid_from"];
    assert_eq!(pointers, expected);
    set["surplus"] = json!(1);
    assert_eq!(lead.adopt(key(), &json!({"rule_set": set})).await.0, StatusCode::UNPROCESSABLE_ENTITY);

    let mut set = longer(&lead).await;
    set["valid_from"] = json!("2021-06-02");
    let file = register.folder.path().join("set.json");
    std::fs::write(&file, set.to_string()).unwrap();
    let run = |more: &[&str]| {
        let mut command = register.command(&["reference", "rules", "adopt"]);
        command.arg(&file).args(["--by", "Drift"]).args(more).output().unwrap()
    };
    let refused = run(&[]);
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("/valid_from"));
    assert!(run(&["--reason", "Vedtatt for sent"]).status.success());
    let listed = register.command(&["reference", "rules", "list"]).output().unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains("lengre"));
    let compared =
        register.command(&["reference", "rules", "compare", "2021-06-01", "lengre"]).output().unwrap();
    assert!(String::from_utf8_lossy(&compared.stdout).contains("length length_days: 10 -> 12"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_reads_rules_codes_and_vectors_without_login() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let get = |path: &str| Client::new().get(format!("{}/api/v1/public/{path}", register.url));
    let (_, sets) = tell(get("rule-sets")).await;
    assert_eq!((&sets["version"], sets["rule_sets"].as_array().unwrap().len()), (&json!(1), SETS));
    let (_, codes) = tell(get("code-tables")).await;
    assert!(codes["codes"].as_array().unwrap().iter().any(|code| code["code"] == "4015"));
    for path in ["rule-sets", "code-tables", "rule-sets/2021-03-15/vectors"] {
        let answer = get(path).send().await.unwrap();
        let tag = answer.headers()["etag"].clone();
        assert!(answer.headers()["cache-control"].to_str().unwrap().starts_with("public"));
        let again = get(path).header("if-none-match", tag).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
    }
    // The vectors grade any program; here the one that made them, by the sets that the public reads.
    let (_, vectors) = tell(get("rule-sets/2021-03-15/vectors")).await;
    let set = sets["rule_sets"].as_array().unwrap().iter().find(|set| set["name"] == "2021-03-15").unwrap();
    let set: events::rule_set::RuleSet = serde_json::from_value(set.clone()).unwrap();
    let sets = backend::rules::quarantine::RuleSets::default().with(set);
    let all = vectors["vectors"].as_array().unwrap();
    assert!(all.len() > 50);
    for vector in all {
        let vector: api::rule_sets::RuleSetVector = serde_json::from_value(vector.clone()).unwrap();
        let told = backend::rules::quarantine::assess(&sets, &vector.facts, vector.now);
        assert_eq!(told, vector.expected, "{}", vector.name);
    }
    assert_eq!(tell(get("rule-sets/nobody/vectors")).await.0, StatusCode::NOT_FOUND);
}
