//! Delegation and the look-up across municipalities, over HTTP: who is let in, for how long, and what is looked up.

use jiff::{SignedDuration, Timestamp, ToSpan};
use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use std::time::Duration;
use tests::browser::traveller;
use tests::database::Database;
use tests::person::{Person, send_in, tell};
use tests::register::Register;

const DELEGATIONS: &str = "municipality/delegations";
const LOOK_UP: &str = "municipality/look-up";
const DAY: i64 = 86_400;

async fn log_in(register: &Register, key: &str) -> (StatusCode, Value) {
    let login = Client::new().post(format!("{}/api/v1/demo/login", register.url));
    tell(login.json(&json!({"key": key}))).await
}

fn of_user<'a>(list: &'a Value, user: &str) -> &'a Value {
    let items = list["items"].as_array().expect("items");
    items.iter().find(|one| one["user"] == json!(user)).unwrap_or_else(|| panic!("{user} in {list}"))
}

async fn id_of(doctor: &Person, user: &str) -> String {
    let (_, list) = doctor.get(DELEGATIONS).await;
    of_user(&list, user)["id"].as_str().expect("an id").to_owned()
}

fn give(user: &str, health: bool, until: &Value) -> Value {
    json!({"user": user, "name": "Siri", "health": health, "until": until})
}

async fn withdraw(doctor: &Person, id: &str) -> (StatusCode, Value) {
    doctor.post_once(&format!("{DELEGATIONS}/{id}/withdrawal"), json!({})).await
}

async fn confirm(doctor: &Person, id: &str) -> (StatusCode, Value) {
    doctor.post_once(&format!("{DELEGATIONS}/{id}/confirmation"), json!({})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_ends_open_sessions_at_once_on_every_node() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let beside = register.start_beside().await;
    let doctor = Person::log_in(&register.url, "doctor").await;
    let here = Person::log_in(&register.url, "delegate").await;
    let there = Person::log_in(&beside.url, "delegate").await;
    let other = Person::log_in(&register.url, "delegate-health").await;
    let mut live = Person::log_in(&register.url, "delegate").await.fetch("live").await;
    for open in [&here, &there] {
        assert_eq!(open.get("municipality/plain/entries").await.0, StatusCode::OK);
    }
    let id = id_of(&doctor, "delegate").await;
    let (status, told) = withdraw(&doctor, &id).await;
    assert_eq!((status, &told["state"]), (StatusCode::OK, &json!("withdrawn")), "{told}");
    for open in [&here, &there] {
        let (status, problem) = open.get("municipality/plain/entries").await;
        assert_eq!((status, &problem["code"]), (StatusCode::UNAUTHORIZED, &json!("not-logged-in")));
    }
    let ended = async { while let Ok(Some(_)) = live.chunk().await {} };
    assert!(tokio::time::timeout(Duration::from_secs(30), ended).await.is_ok(), "the live stream goes on");
    let (status, problem) = log_in(&register, "delegate").await;
    assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("not-delegated")));
    assert_eq!(other.get("municipality/entries").await.0, StatusCode::OK, "others stay");
    assert_eq!(withdraw(&doctor, &id).await.1["state"], json!("withdrawn"), "once more changes nothing");
    assert_eq!(confirm(&doctor, &id).await.0, StatusCode::CONFLICT, "it cannot be woken");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegation_lets_in_with_the_access_it_gives_and_is_given_once() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let doctor = Person::log_in(&register.url, "doctor").await;
    let (_, list) = doctor.get(DELEGATIONS).await;
    let until = &list["until_max"];
    let (status, problem) = doctor.post_once(DELEGATIONS, give("delegate", false, until)).await;
    assert_eq!(
        (status, &problem["errors"][0]["pointer"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("/user"))
    );
    withdraw(&doctor, &id_of(&doctor, "delegate").await).await;
    let request = |body: Value| {
        let request = doctor.request(Method::POST, DELEGATIONS);
        tell(request.header("idempotency-key", "00000000-0000-4000-8000-000000000099").json(&body))
    };
    let (status, first) = request(give("delegate", true, until)).await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    assert_eq!(request(give("delegate", true, until)).await, (StatusCode::CREATED, first.clone()), "a retry");
    assert_eq!(request(give("delegate", false, until)).await.0, StatusCode::CONFLICT);
    // She logs in without access to health; a delegation with it is another one.
    assert_eq!(log_in(&register, "delegate").await.0, StatusCode::FORBIDDEN);
    withdraw(&doctor, first["id"].as_str().unwrap()).await;
    assert_eq!(doctor.post_once(DELEGATIONS, give("delegate", false, until)).await.0, StatusCode::CREATED);
    assert_eq!(log_in(&register, "delegate").await.0, StatusCode::OK);
    let far: jiff::civil::Date = until.as_str().unwrap().parse().unwrap();
    for wrong in [far + 1.day(), far - 4.months()] {
        let (status, problem) = doctor.post_once(DELEGATIONS, give("new", false, &json!(wrong))).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert_eq!(problem["errors"][0]["pointer"], json!("/until"));
    }
    assert_eq!(doctor.post(DELEGATIONS, give("new", false, until)).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_municipality_neither_sees_nor_changes_it_and_delegates_give_none() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let bergen = Person::log_in(&register.url, "doctor").await;
    let oslo = Person::log_in(&register.url, "doctor-oslo").await;
    let id = id_of(&bergen, "delegate").await;
    let (_, list) = oslo.get(DELEGATIONS).await;
    assert_eq!(list["items"], json!([]));
    assert_eq!(withdraw(&oslo, &id).await.0, StatusCode::NOT_FOUND);
    assert_eq!(confirm(&oslo, &id).await.0, StatusCode::NOT_FOUND);
    for key in ["delegate-health", "delegate", "caller", "shift-lead", "inspector", "dpo"] {
        let somebody = Person::log_in(&register.url, key).await;
        assert_eq!(withdraw(&somebody, &id).await.0, StatusCode::FORBIDDEN, "{key}");
        assert_eq!(confirm(&somebody, &id).await.0, StatusCode::FORBIDDEN, "{key}");
        assert_eq!(somebody.get(DELEGATIONS).await.0, StatusCode::FORBIDDEN, "{key}");
    }
    // A delegation of Oslo lets nobody into Bergen.
    withdraw(&bergen, &id).await;
    let given = oslo.post_once(DELEGATIONS, give("delegate", false, &list["until_max"])).await;
    assert_eq!(given.0, StatusCode::CREATED, "{}", given.1);
    assert_eq!(log_in(&register, "delegate").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_confirmed_sleeps_until_it_is_and_ends_on_its_day() {
    let database = Database::fresh().await;
    let mut register = Register::start(&database.url).await;
    register.kill();
    register.start_again_ahead(32 * DAY);
    register.ready().await;
    assert_eq!(log_in(&register, "delegate").await.0, StatusCode::FORBIDDEN);
    let doctor = Person::log_in(&register.url, "doctor").await;
    let (_, list) = doctor.get(DELEGATIONS).await;
    let asleep = of_user(&list, "delegate");
    assert_eq!((&asleep["state"], &asleep["confirm_now"]), (&json!("asleep"), &json!(true)));
    let id = id_of(&doctor, "delegate").await;
    let (status, told) = confirm(&doctor, &id).await;
    assert_eq!((status, &told["state"]), (StatusCode::OK, &json!("living")), "{told}");
    assert_eq!(log_in(&register, "delegate").await.0, StatusCode::OK);
    let moment = |field: &str| told[field].as_str().unwrap().parse::<Timestamp>().unwrap();
    let within = moment("confirm_before").duration_since(moment("confirmed_at"));
    assert_eq!(within, SignedDuration::from_hours(31 * 24));
    register.kill();
    register.start_again_ahead(100 * DAY);
    register.ready().await;
    let doctor = Person::log_in(&register.url, "doctor").await;
    assert_eq!(log_in(&register, "delegate").await.0, StatusCode::FORBIDDEN);
    let (_, list) = doctor.get(DELEGATIONS).await;
    assert_eq!(of_user(&list, "delegate")["state"], json!("ended"));
    assert_eq!(confirm(&doctor, &id).await.0, StatusCode::CONFLICT);
}

fn asks(query: &str, reason: &str) -> Value {
    json!({"query": query, "reason": reason})
}

/// A register with one traveller who belongs to Oslo, once the lists have it.
async fn with_one(database: &Database, code: &str) -> (Register, Person, uuid::Uuid) {
    let register = Register::start(&database.url).await;
    let sent = [traveller(code, &[("municipality_number", "0301")])];
    let entry = send_in(&register.url, &sent).await[0];
    let lead = Person::log_in(&register.url, "shift-lead").await;
    lead.until("entries", |page| page["items"].as_array().is_some_and(|items| items.len() == 1)).await;
    (register, lead, entry)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_up_tells_who_is_responsible_and_is_written_down_with_its_reason() {
    let database = Database::fresh().await;
    let (register, _, entry) = with_one(&database, "look-oslo-4711").await;
    let doctor = Person::log_in(&register.url, "doctor").await;
    for wrong in [asks("look-oslo-4711", " "), asks("Reisende", "Bor her")] {
        assert_eq!(doctor.post(LOOK_UP, wrong).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (status, found) = doctor.post(LOOK_UP, asks("look-oslo-4711", "Ringte legevakten i dag")).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    let person = json!({"name": "Prøve Reisende", "birth_date": "1980-04-02"});
    assert_eq!(found["items"], json!([{"municipality": "0301", "person": person}]), "and nothing else");
    let delegate = Person::log_in(&register.url, "delegate-health").await;
    let (status, nobody) = delegate.post(LOOK_UP, asks("look-nobody-9999", "Spør for legen")).await;
    assert_eq!((status, &nobody["items"]), (StatusCode::OK, &json!([])));
    for key in ["delegate", "caller", "shift-lead", "inspector", "dpo"] {
        let other = Person::log_in(&register.url, key).await;
        assert_eq!(other.post(LOOK_UP, asks("look-oslo-4711", "x")).await.0, StatusCode::FORBIDDEN, "{key}");
    }
    let officer = Person::log_in(&register.url, "dpo").await;
    let (_, log) = officer.get("disclosures?kind=looked-up").await;
    let rows = log["items"].as_array().unwrap();
    let row = |who: &str| rows.iter().find(|row| row["who"] == json!(who)).unwrap();
    assert_eq!(rows.len(), 2, "{log}");
    assert_eq!(row("doctor")["entries"], json!([entry]));
    assert_eq!(row("doctor")["words"], json!("Ringte legevakten i dag"));
    assert_eq!(row("delegate-health")["count"], json!(0), "also who found nobody");
    let mut owner = PgConnection::connect(&database.url).await.unwrap();
    let stored = "select d::text || coalesce(encode(words, 'escape'), '') from log.disclosure d";
    let stored: Vec<String> = sqlx::query_scalar(stored).fetch_all(&mut owner).await.unwrap();
    assert!(stored.iter().all(|row| !row.contains("legevakten") && !row.contains("4711")), "{stored:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_address_is_never_found_and_ten_an_hour_are_enough() {
    let database = Database::fresh().await;
    let (register, lead, entry) = with_one(&database, "look-hidden-4712").await;
    let doctor = Person::log_in(&register.url, "doctor").await;
    let (_, found) = doctor.post(LOOK_UP, asks("look-hidden-4712", "Før vernet")).await;
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
    let protect = lead.request(Method::PUT, &format!("entries/{entry}/protection"));
    assert_eq!(tell(protect.json(&json!({"protected": true}))).await.0, StatusCode::OK);
    lead.until("entries", |page| page["items"] == json!([])).await;
    for left in (0..9).rev() {
        let (status, found) = doctor.post(LOOK_UP, asks("look-hidden-4712", "Etter vernet")).await;
        assert_eq!((status, &found["items"], &found["left"]), (StatusCode::OK, &json!([]), &json!(left)));
    }
    let request = doctor.request(Method::POST, LOOK_UP).json(&asks("look-hidden-4712", "Enda en gang"));
    let refused = request.send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    let after: u64 = refused.headers()[RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((3_000..=3_601).contains(&after), "{after}");
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["code"], json!("too-many-requests"));
    // Another node counts the same, and others are not held back.
    let beside = register.start_beside().await;
    let there = Person::log_in(&beside.url, "doctor").await;
    assert_eq!(there.post(LOOK_UP, asks("1234", "Annen node")).await.0, StatusCode::TOO_MANY_REQUESTS);
    let oslo = Person::log_in(&register.url, "doctor-oslo").await;
    assert_eq!(oslo.post(LOOK_UP, asks("1234", "Egen bruker")).await.0, StatusCode::OK);
}
