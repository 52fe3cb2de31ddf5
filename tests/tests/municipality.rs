//! What a municipality works with, over HTTP: its lists, what is new in them, what it sends back, and that it sees
//! nothing of others'.

use events::record::RawRecord;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::browser::{changed, traveller};
use tests::database::Database;
use tests::person::{Person, send_in};
use tests::register::Register;
use uuid::Uuid;

/// Words that would tell of health, wherever they stood.
const HEALTH: [&str; 12] = [
    "result",
    "class",
    "detected",
    "sample",
    "assessment",
    "breach",
    "test",
    "exemption",
    "symptom",
    "due",
    "words",
    "laboratory",
];

async fn mark(who: &Person) -> u64 {
    let (_, page) = who.get("municipality/plain/entries").await;
    let position = page["position"].as_u64().expect("a position");
    let (status, _) = who.post("municipality/seen", json!({"position": position})).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    position
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items");
    items.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

fn at_hotel() -> RawRecord {
    let hotel = [("municipality_number", "0301"), ("hotel_municipality_number", "4601")];
    traveller("mun-hotel", &[("p_birth_date", "1981-01-01"), hotel[0], hotel[1]])
}

/// Three travellers: one at a hotel in Bergen on the way to Oslo, one in Bergen, one in Oslo.
async fn three(register: &Register) -> Vec<Uuid> {
    let sent = [
        at_hotel(),
        traveller("mun-bergen", &[("p_birth_date", "1982-02-02"), ("municipality_number", "4601")]),
        traveller("mun-oslo", &[("p_birth_date", "1983-03-03"), ("municipality_number", "0301")]),
    ];
    send_in(&register.url, &sent).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_municipality_sees_its_own_and_nothing_of_others() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entries = three(&register).await;
    let bergen = Person::log_in(&register.url, "doctor").await;
    let page = bergen.until("municipality/entries", |page| ids(page).len() == 2).await;
    let (hotel, own, oslo) = (entries[0].to_string(), entries[1].to_string(), entries[2].to_string());
    assert!(ids(&page).contains(&hotel) && ids(&page).contains(&own), "{page}");
    let (_, at_hotel) = bergen.get("municipality/entries?tab=hotel").await;
    assert_eq!(ids(&at_hotel), std::slice::from_ref(&hotel));
    let (_, counts) = bergen.get("municipality/counts").await;
    assert_eq!(
        (&counts["responsible"], &counts["hotel"], &counts["formerly"]),
        (&json!(2), &json!(1), &json!(0))
    );
    for path in [
        format!("entries/{oslo}"),
        format!("entries/{oslo}/timeline"),
        format!("entries/{oslo}/raw"),
        format!("entries/{oslo}/party"),
        format!("entries/{oslo}/quarantine"),
        format!("entries/{oslo}/identities"),
        format!("entries/{oslo}/results"),
        format!("municipality/plain/entries/{oslo}"),
    ] {
        assert_eq!(bergen.get(&path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let (_, found) = bergen.post("entries/search", json!({"query": "mun-oslo"})).await;
    assert_eq!(found["hits"], json!([]), "{found}");
    let refused = bergen
        .request(Method::POST, &format!("entries/{oslo}/not-ours"))
        .header("if-match", "\"1\"")
        .header("idempotency-key", Uuid::from_u128(7).to_string())
        .json(&json!({"reason": "guessed"}));
    assert_eq!(refused.send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let (_, other) = bergen.get("municipality/entries?municipality=0301").await;
    assert!(other.get("items").is_none(), "a filter that is none: {other}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_access_to_health_nothing_of_it_is_in_any_answer() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entries = three(&register).await;
    let plain = Person::log_in(&register.url, "delegate").await;
    let page = plain.until("municipality/plain/entries", |page| ids(page).len() == 2).await;
    let (status, entry) = plain.get(&format!("municipality/plain/entries/{}", entries[1])).await;
    assert_eq!(status, StatusCode::OK);
    for answer in [&page, &entry] {
        let mut names = Vec::new();
        keys(answer, &mut names);
        for name in names {
            assert!(HEALTH.iter().all(|word| !name.contains(word)), "{name} in {answer}");
        }
    }
    for path in [
        "municipality/entries".to_owned(),
        "municipality/counts".to_owned(),
        "entries".to_owned(),
        format!("entries/{}", entries[1]),
        format!("entries/{}/timeline", entries[1]),
        format!("entries/{}/raw", entries[1]),
        format!("entries/{}/results", entries[1]),
        format!("entries/{}/identities", entries[1]),
    ] {
        assert_eq!(plain.get(&path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
}

fn keys(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                into.push(name.clone());
                keys(value, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_hotel_stay_is_over_both_sides_see_the_move() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entries = three(&register).await;
    let bergen = Person::log_in(&register.url, "doctor").await;
    let oslo = Person::log_in(&register.url, "doctor-oslo").await;
    bergen.until("municipality/entries", |page| ids(page).len() == 2).await;
    let (seen_in_bergen, seen_in_oslo) = (mark(&bergen).await, mark(&oslo).await);
    // The source says that the stay is over before the quarantine is.
    let left = changed(
        &at_hotel(),
        &[("a_quarantine_reg_arrival", "2021-03-15"), ("a_quarantine_reg_departure", "2021-03-16")],
    );
    send_in(&register.url, &[left]).await;
    let hotel = entries[0].to_string();
    let gone = bergen.until("municipality/entries?tab=formerly", |page| ids(page) == [hotel.clone()]).await;
    assert_eq!(gone["items"][0]["moved"]["why"], json!("hotel-left"), "{gone}");
    assert_eq!(gone["items"][0]["moved"]["to"], json!("0301"));
    let (_, counts) = bergen.get(&format!("municipality/counts?since={seen_in_bergen}")).await;
    assert_eq!((&counts["responsible"], &counts["moved_away"]), (&json!(1), &json!(1)), "{counts}");
    let news = oslo
        .until(&format!("municipality/entries?since={seen_in_oslo}&news=new"), |page| {
            ids(page) == [hotel.clone()]
        })
        .await;
    assert_eq!(
        (&news["items"][0]["mark"], &news["items"][0]["moved"]["from"]),
        (&json!("new"), &json!("4601"))
    );
    assert_eq!(bergen.get(&format!("entries/{hotel}")).await.0, StatusCode::OK, "for a day after");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_ours_goes_to_the_workbench_with_a_reason() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entries = three(&register).await;
    let bergen = Person::log_in(&register.url, "doctor").await;
    let own = entries[1].to_string();
    bergen.until("municipality/entries", |page| ids(page).contains(&own)).await;
    let key = Uuid::from_u128(11).to_string();
    let not_ours = |version: &'static str, reason: &'static str| {
        let request = bergen.request(Method::POST, &format!("entries/{own}/not-ours"));
        request
            .header("if-match", version)
            .header("idempotency-key", &key)
            .json(&json!({"reason": reason}))
            .send()
    };
    assert_eq!(not_ours("\"1\"", " ").await.unwrap().status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(not_ours("\"7\"", "Bor i Askøy.").await.unwrap().status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(not_ours("\"1\"", "Bor i Askøy.").await.unwrap().status(), StatusCode::OK);
    assert_eq!(
        not_ours("\"1\"", "Bor i Askøy.").await.unwrap().status(),
        StatusCode::OK,
        "a retry changes nothing"
    );
    bergen.until("municipality/entries", |page| !ids(page).contains(&own)).await;
    let lead = Person::log_in(&register.url, "shift-lead").await;
    let workbench = lead.until("workbench/unroutable", |page| ids(page) == [own.clone()]).await;
    let row = &workbench["items"][0];
    assert_eq!(row["declined"]["municipality"], json!("4601"), "{row}");
    assert_eq!(row["declined"]["reason"], json!("Bor i Askøy."), "{row}");
}
