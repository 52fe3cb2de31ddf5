//! Quarantine hotels over HTTP: their staff see their guests and nothing else, find whoever stands before them by a code
//! alone, and responsibility follows the guest.

use events::record::RawRecord;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::browser::{changed, traveller};
use tests::database::{Database, unique};
use tests::person::{Person, send_in, tell};
use tests::register::Register;
use uuid::Uuid;

/// Synthetic number, month + 80.
const NUMBER: &str = "20914695016";

fn to_oslo() -> RawRecord {
    let fields = [
        ("p_unique_id", NUMBER),
        ("p_birth_date", "1946-11-20"),
        ("p_first_name", "Kari"),
        ("p_last_name", "Gjest"),
        ("municipality_number", "0301"),
    ];
    traveller("hotel-10011", &fields)
}

async fn check_in(who: &Person, query: &str) -> (StatusCode, Value) {
    who.post_once("hotel/check-in", json!({"query": query})).await
}

async fn check_out(who: &Person, guest: Uuid, key: Uuid) -> StatusCode {
    let path = format!("hotel/guests/{guest}/check-out");
    tell(who.request(Method::POST, &path).header("idempotency-key", key.to_string())).await.0
}

async fn find(who: &Person, query: &str) -> Value {
    let (status, found) = who.post("hotel/find", json!({"query": query})).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    found["items"].clone()
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items");
    items.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

/// Waits until the lists know of the entry.
async fn known(who: &Person, query: &str) {
    for _ in 0..600 {
        if find(who, query).await.as_array().is_some_and(|found| !found.is_empty()) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("nobody is found");
}

#[tokio::test(flavor = "multi_thread")]
async fn responsibility_follows_the_guest_and_both_sides_see_it() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entry = send_in(&register.url, &[to_oslo()]).await[0];
    let id = entry.to_string();
    let staff = Person::log_in(&register.url, "hotel").await;
    let (bergen, oslo) =
        (Person::log_in(&register.url, "doctor").await, Person::log_in(&register.url, "doctor-oslo").await);
    oslo.until("municipality/entries", |page| ids(page) == [id.clone()]).await;
    known(&staff, "hotel-10011").await;
    assert_eq!(check_in(&staff, "hotel-10011").await.0, StatusCode::OK);
    let guests = staff.until("hotel/guests", |page| ids(page) == [id.clone()]).await;
    assert_eq!(guests["items"][0]["person"], json!({"name": "Kari Gjest", "birth_date": "1946-11-20"}));
    assert!(guests["items"][0]["expected_until"].is_string(), "the quarantine ends some day: {guests}");
    let page = bergen.until("municipality/entries?tab=hotel", |page| ids(page) == [id.clone()]).await;
    assert_eq!(page["items"][0]["moved"]["why"], json!("hotel-stay"), "{page}");
    let gone = oslo.until("municipality/entries?tab=formerly", |page| ids(page) == [id.clone()]).await;
    assert_eq!(gone["items"][0]["moved"]["to"], json!("4601"), "{gone}");
    // The source sends the record again, with another telephone and nothing of a hotel.
    send_in(&register.url, &[changed(&to_oslo(), &[("p_phone", "+44 20 7946 0399")])]).await;
    let version =
        |at_least: u64| move |entry: &Value| entry["version"].as_u64().is_some_and(|v| v >= at_least);
    let (path, key) = (format!("entries/{id}"), unique());
    let told = bergen.until(&path, version(3)).await;
    assert_eq!(told["routing"]["responsible_municipality"], json!("4601"), "{told}");
    assert!(told["record"]["quarantine"]["hotel_from"].is_string(), "{told}");
    assert_eq!(check_out(&staff, entry, key).await, StatusCode::OK);
    assert_eq!(check_out(&staff, entry, key).await, StatusCode::OK, "a retry changes nothing");
    let back = oslo.until("municipality/entries", |page| ids(page) == [id.clone()]).await;
    assert_eq!(back["items"][0]["moved"]["why"], json!("hotel-left"), "{back}");
    bergen.until("municipality/entries?tab=formerly", |page| ids(page) == [id.clone()]).await;
    staff.until("hotel/guests", |page| ids(page).is_empty()).await;
    let (_, timeline) = oslo.get(&format!("entries/{id}/timeline")).await;
    let kinds: Vec<&Value> = timeline["items"].as_array().unwrap().iter().map(|item| &item["what"]).collect();
    let stays = kinds.iter().filter(|what| what.to_string().contains("hotel-checked")).count();
    assert_eq!(stays, 2, "one in, one out: {timeline}");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_work_for_their_hotel_and_a_guest_moves_from_one_to_another() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entry = send_in(&register.url, &[to_oslo()]).await[0];
    let vagen = Person::log_in(&register.url, "hotel").await;
    let nordnes = Person::log_in(&register.url, "hotel-nordnes").await;
    known(&vagen, NUMBER).await;
    assert_eq!(check_out(&vagen, entry, unique()).await, StatusCode::NOT_FOUND, "nobody's guest");
    assert_eq!(check_in(&vagen, NUMBER).await.0, StatusCode::OK);
    vagen.until("hotel/guests", |page| ids(page).len() == 1).await;
    assert_eq!(ids(&nordnes.get("hotel/guests").await.1), Vec::<String>::new());
    assert_eq!(check_out(&nordnes, entry, unique()).await, StatusCode::NOT_FOUND, "the other hotel's guest");
    let found = find(&nordnes, NUMBER).await;
    assert_eq!(found[0]["stays"], json!("elsewhere"), "{found}");
    assert!(!found.to_string().contains("agen"), "not which hotel: {found}");
    assert_eq!(check_in(&nordnes, NUMBER).await.0, StatusCode::OK);
    nordnes.until("hotel/guests", |page| ids(page).len() == 1).await;
    vagen.until("hotel/guests", |page| ids(page).is_empty()).await;
    assert_eq!(check_out(&vagen, entry, unique()).await, StatusCode::NOT_FOUND, "a guest no more");
    let far = json!({"query": NUMBER, "expected_until": "2999-01-01"});
    let (status, told) = nordnes.post_once("hotel/check-in", far).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_found_by_less_than_a_whole_code_and_nothing_else_is_open_to_staff() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entry = send_in(&register.url, &[to_oslo()]).await[0];
    let staff = Person::log_in(&register.url, "hotel").await;
    known(&staff, "HOTEL 10011").await;
    let found = find(&staff, "hotel-10011").await;
    let fields: Vec<&String> = found[0].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["arrival", "id", "person", "stays"], "and nothing of phone, calls or health");
    for query in ["Kari", "Kari Gjest", "Gjest", "hotel-1001", "2091469501", "46", "+44 20 7946 0301"] {
        assert_eq!(find(&staff, query).await, json!([]), "{query}");
        assert_eq!(check_in(&staff, query).await.0, StatusCode::NOT_FOUND, "{query}");
    }
    assert_eq!(staff.post("hotel/find", json!({"query": " "})).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    for path in [
        "entries".to_owned(),
        format!("entries/{entry}"),
        format!("entries/{entry}/timeline"),
        format!("entries/{entry}/raw"),
        "municipality/entries".to_owned(),
        "municipality/plain/entries".to_owned(),
        "queue/board".to_owned(),
        "disclosures".to_owned(),
        "register".to_owned(),
    ] {
        assert_eq!(staff.get(&path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    for other in ["caller", "shift-lead", "doctor", "delegate", "inspector", "dpo"] {
        let other_one = Person::log_in(&register.url, other).await;
        assert_eq!(other_one.get("hotel/guests").await.0, StatusCode::FORBIDDEN, "{other}");
        let (status, _) = other_one.post("hotel/find", json!({"query": NUMBER})).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{other}");
        assert_eq!(check_in(&other_one, NUMBER).await.0, StatusCode::FORBIDDEN, "{other}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_guest_stands_in_no_list_and_is_found_by_the_reference_code_alone() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entry = send_in(&register.url, &[to_oslo()]).await[0];
    let staff = Person::log_in(&register.url, "hotel").await;
    let lead = Person::log_in(&register.url, "shift-lead").await;
    known(&staff, NUMBER).await;
    let protect = lead.request(Method::PUT, &format!("entries/{entry}/protection"));
    assert_eq!(tell(protect.json(&json!({"protected": true}))).await.0, StatusCode::OK);
    let mut found = find(&staff, NUMBER).await;
    for _ in 0..600 {
        if found == json!([]) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        found = find(&staff, NUMBER).await;
    }
    assert_eq!(found, json!([]), "not by number");
    assert_eq!(check_in(&staff, NUMBER).await.0, StatusCode::NOT_FOUND);
    let (status, told) = check_in(&staff, "hotel-10011").await;
    assert_eq!(status, StatusCode::OK, "{told}");
    lead.until(&format!("entries/{entry}"), |entry| entry["version"] == json!(3)).await;
    assert_eq!(find(&staff, "hotel-10011").await[0]["stays"], json!("here"));
    assert_eq!(ids(&staff.get("hotel/guests").await.1), Vec::<String>::new(), "not in the list");
    assert_eq!(check_out(&staff, entry, unique()).await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hotel_is_shown_is_written_down() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entry = send_in(&register.url, &[to_oslo()]).await[0];
    let staff = Person::log_in(&register.url, "hotel").await;
    known(&staff, NUMBER).await;
    assert_eq!(check_in(&staff, NUMBER).await.0, StatusCode::OK);
    staff.until("hotel/guests", |page| !ids(page).is_empty()).await;
    let officer = Person::log_in(&register.url, "dpo").await;
    let (_, page) = officer.get(&format!("disclosures?entry={entry}&who=hotel")).await;
    let rows = page["items"].as_array().expect("items");
    assert!(!rows.is_empty(), "{page}");
    for row in rows {
        assert_eq!(
            (&row["purpose"], &row["shown"], &row["receiver"], &row["role"]),
            (&json!("quarantine-service"), &json!("hotel-guest"), &json!("4601"), &json!("hotel-staff"))
        );
    }
    for kind in ["searched", "listed"] {
        assert!(rows.iter().any(|row| row["kind"] == json!(kind)), "{kind}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_hotels_is_adopted_whole_and_whose_hotel_is_not_in_it_sees_nothing() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let staff = Person::log_in(&register.url, "hotel").await;
    assert_eq!(staff.get("hotel/guests").await.1["hotel"], json!("Vågen Karantenehotell"));
    let hotels = |arguments: &[&str]| {
        let all = [&["reference", "hotels"], arguments].concat();
        register.command(&all).output().expect("the program")
    };
    let file = register.folder.path().join("hotels.tsv");
    let path = file.to_str().expect("a path");
    let adopt = |list: &str, day: &str| {
        std::fs::write(&file, list).expect("the file");
        hotels(&["adopt", path, "--valid-from", day, "--by", "Fagansvarlig"]).status.success()
    };
    assert!(!adopt("vagen\tVågen\t9999\n", "2021-03-15"), "no such municipality");
    assert!(adopt("vagen\tVågen Gjestehus\t4601\n", "2021-03-15"));
    staff.until("hotel/guests", |page| page["hotel"] == json!("Vågen Gjestehus")).await;
    let shown = hotels(&["show"]);
    assert_eq!(String::from_utf8_lossy(&shown.stdout), "vagen\tVågen Gjestehus\t4601\n");
    assert!(adopt("nordnes\tNordnes\t4601\n", "2021-03-16"));
    for _ in 0..600 {
        if staff.get("hotel/guests").await.0 == StatusCode::FORBIDDEN {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the hotel is still open");
}
