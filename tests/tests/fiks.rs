//! The published interface for entries, held against its contract over HTTP: names, types, filters, errors, and whose
//! entries anybody sees.

use events::call::{Assessment, CallConcluded, CallDialled, CallDirection, CallOutcome, ContactResult};
use events::entry::EntryRouted;
use events::subscription::MachineScope;
use events::{EntryEvent, EntryId};
use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use tests::contract::{Contract, assert_fits};
use tests::office::{Office, tell};
use uuid::Uuid;

const ENTRIES: &str = "/innreise/api/v1/hentInnreiser";
const COUNT: &str = "/innreise/api/v1/hentAntallInnreiser";

/// Every published field, as a source writes it.
fn whole() -> Map<String, Value> {
    let text = r#"{
        "a_reference_code": "4601-47-4-1", "p_unique_id": "20914695016", "a_destination_id": "4601",
        "municipality_number": "4601", "p_first_name": "Åse", "p_last_name": "Prøve", "p_birth_date": "1946-11-20",
        "p_phone": "41234567 / +442079460123", "p_email": "aase@example.org", "p_lang_follow_up": "Norsk",
        "p_follow_up": "Ikke svar", "p_follow_up_time": "2021-03-14T10:00:00+01:00", "p_country_of_residence": "Norge",
        "p_dnr": "55108912340", "p_fh_number": "88888888831", "a_quarantine_option": "none",
        "a_q_opt_l1": "Karantene", "a_q_opt_l2": "Ikke valgt", "a_q_opt_l3": "Ikke valgt", "a_q_opt_l4": "Egen bolig",
        "a_q_opt_l1_code": "1001", "a_q_opt_l2_code": "0", "a_q_opt_l3_code": "0", "a_q_opt_l4_code": "4002",
        "a_quarantine_reg_arrival_hotel": "Hotell A", "a_quarantine_reg_arrival": "2021-03-14",
        "a_quarantine_reg_departure_hotel": "Hotell B", "a_quarantine_reg_departure": "2021-03-13",
        "a_date": "2021-03-14", "a_travel_method": "Fly", "a_travel_method_extra": "XX123",
        "a_travel_method_extra2": "12A", "a_country_of_departure": "Polen", "a_country_of_departure_region": "Nord",
        "a_transit_countries": "Sverige", "a_num_travelers": "3", "a_num_travelers_under_16": "1",
        "a_hotel_name": "Hjemme", "a_location_address": "Storgata 1", "a_location_zip_code": "5003",
        "a_employer_org_number": "974760983", "a_employer_name": "Eksempel AS", "a_employer_address": "Vei 2",
        "a_employer_contact_person": "Ola", "a_employer_contact_phone": "+47 41234567", "a_is_leisure_trip": "Nei",
        "a_is_trip_necessary": "Ja", "a_updated": "2021-03-14T08:00:00Z", "p_updated": "2021-03-14T09:00:00+01:00",
        "a_border_crossing_arrival": "2021-03-14", "a_border_crossing_location": "Svinesund",
        "a_border_crossing_quarantine_assessment": "Hotell", "a_q_hotel_destination_id": "0301",
        "hotel_municipality_number": "0301", "responsible_municipality_number": "0301"
    }"#;
    serde_json::from_str(text).unwrap()
}

fn small(n: usize, fields: Value) -> Value {
    let mut all = json!({
        "a_reference_code": format!("4601-47-1-{n}"), "a_date": "2021-03-15", "municipality_number": "4601",
        "p_first_name": format!("Ola{n}"), "p_last_name": "Nordmann", "p_birth_date": "1980-01-01",
        "a_updated": "2021-03-15T08:00:00Z", "p_updated": "2021-03-15T08:00:00Z",
    });
    for (name, value) in fields.as_object().unwrap() {
        all[name] = value.clone();
    }
    all
}

struct Municipality<'a> {
    office: &'a Office,
    token: String,
}

impl<'a> Municipality<'a> {
    async fn of(office: &'a Office, name: &str, numbers: &[&str]) -> Municipality<'a> {
        Municipality { office, token: office.consumer(name, numbers, &[MachineScope::Entries]).await }
    }

    /// Asks, and holds question and answer against the contract.
    async fn asks(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let contract = Contract::innreise();
        let asked = format!("{path}?fiksOrg=0e8c1b52-3b5a-4f4e-9c59-6a6f7e3b9f10&tjeneste=INNREISE");
        let (status, answer) = tell(self.office.request(Method::POST, &asked, &self.token).json(&body)).await;
        if status == StatusCode::OK {
            assert_fits(&contract.request(path), &body);
        }
        assert_fits(&contract.answer(path, status.as_u16()), &answer);
        (status, answer)
    }

    async fn entries(&self, body: Value) -> Vec<Value> {
        let (status, answer) = self.asks(ENTRIES, body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer.as_array().unwrap().clone()
    }

    async fn codes(&self, body: Value) -> Vec<String> {
        let code = |entry: &Value| entry["a_reference_code"].as_str().unwrap().to_owned();
        self.entries(body).await.iter().map(code).collect()
    }

    async fn count(&self, body: Value) -> Value {
        let (status, answer) = self.asks(COUNT, body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["antall"].clone()
    }

    async fn refused(&self, path: &str, body: Value, status: StatusCode) -> Value {
        let (found, answer) = self.asks(path, body.clone()).await;
        assert_eq!(found, status, "{body}: {answer}");
        assert_eq!((&answer["status"], &answer["path"]), (&json!(status.as_u16()), &json!(path)));
        answer
    }
}

#[test]
fn the_contract_that_the_tests_hold_is_the_published_one() {
    let folder = std::env::var("REGISTER_TEST_CONTRACTS")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/contracts").to_owned());
    let Ok(text) = std::fs::read(Path::new(&folder).join("fiks-innreise-v1.openapi.json")) else {
        eprintln!("not compared: REGISTER_TEST_CONTRACTS names the folder of the published contracts");
        return;
    };
    let mut published: Value = serde_json::from_slice(&text).unwrap();
    without_words(&mut published);
    let ours = Contract::innreise();
    for part in ["paths", "components"] {
        assert_eq!(ours.document()[part], published[part], "{part}");
    }
}

/// What a description says is no part of the interface.
fn without_words(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, value| name != "description" || !value.is_string());
            fields.values_mut().for_each(without_words);
        }
        Value::Array(items) => items.iter_mut().for_each(without_words),
        _ => {}
    }
}

#[tokio::test]
async fn every_published_field_comes_out_as_it_went_in() {
    let office = Office::open().await;
    let bergen = Municipality::of(&office, "bergen", &["4601"]).await;
    let record = whole();
    let contract = Contract::innreise();
    let published =
        contract.document()["components"]["schemas"]["Innreiser"]["properties"].as_object().unwrap();
    assert_eq!(
        record.keys().collect::<BTreeSet<_>>(),
        published.keys().collect(),
        "the test has every field"
    );
    office.take_in(&json!([record])).await;
    assert_eq!(bergen.entries(json!({})).await, [Value::Object(record)]);
}

#[tokio::test]
async fn the_server_has_the_paths_of_the_contract_and_describes_them() {
    let contract = Contract::innreise();
    let described = serde_json::to_value(backend::http::openapi()).unwrap();
    for path in contract.paths() {
        let ours = &described["paths"][&path]["post"];
        assert_eq!(ours["operationId"], contract.document()["paths"][&path]["post"]["operationId"]);
    }
    let names = |document: &Value| {
        let properties = &document["components"]["schemas"]["Innreiser"]["properties"];
        properties.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>()
    };
    assert_eq!(names(&described), names(contract.document()));
}

#[tokio::test]
async fn a_municipality_sees_those_it_follows_up_those_on_their_way_to_it_and_those_in_its_hotels() {
    let office = Office::open().await;
    let records = json!([
        small(1, json!({})),
        small(2, json!({"municipality_number": "0301"})),
        small(3, json!({"hotel_municipality_number": "0301", "a_quarantine_reg_arrival": "2021-03-15"})),
        small(4, json!({"municipality_number": "0301", "hotel_municipality_number": "4601"})),
        small(5, json!({"municipality_number": "", "a_location_zip_code": "5003"})),
        small(6, json!({"municipality_number": ""})),
    ]);
    let answer = office.take_in(&records).await;
    let code = |n: usize| format!("4601-47-1-{n}");
    let all = |numbers: &[usize]| numbers.iter().map(|n| code(*n)).collect::<Vec<_>>();
    let bergen = Municipality::of(&office, "bergen", &["4601"]).await;
    let oslo = Municipality::of(&office, "oslo", &["0301"]).await;
    let both = Municipality::of(&office, "both", &["0301", "4601"]).await;
    let country = Municipality::of(&office, "country", &[]).await;
    // Those of one batch came at the same moment; among them the order is nobody's.
    let sorted = async |who: &Municipality<'_>, body: Value| {
        let mut codes = who.codes(body).await;
        codes.sort();
        codes
    };
    assert_eq!(sorted(&bergen, json!({})).await, all(&[1, 3, 4, 5]));
    assert_eq!(sorted(&oslo, json!({"kommunenr": ["0301"]})).await, all(&[2, 3, 4]));
    assert_eq!(sorted(&both, json!({})).await, all(&[1, 2, 3, 4, 5]));
    assert_eq!(sorted(&both, json!({"kommunenr": ["4601"]})).await, all(&[1, 3, 4, 5]));
    assert_eq!(sorted(&country, json!({"kommunenr": []})).await, all(&[1, 2, 3, 4, 5, 6]));

    // The workbench decides: from now on it is theirs too, and the time of the change tells.
    let nowhere: Uuid = answer["answers"][5]["entry"].as_str().unwrap().parse().unwrap();
    office.desk.clock.advance(SignedDuration::from_mins(5));
    let routed = EntryRouted {
        municipality: "0301".to_owned(),
        reason: "lives there".into(),
        decided_by: "Kari".to_owned(),
    };
    happens(&office, nowhere, &[routed.into()]).await;
    assert_eq!(sorted(&oslo, json!({"kommunenr": ["0301"]})).await, all(&[2, 3, 4, 6]));
    assert_eq!(oslo.codes(json!({"oppdatertEtter": "2021-03-15T12:04:59Z"})).await, all(&[6]));
    let [entry] = &oslo.entries(json!({"oppdatertEtter": "2021-03-15T12:04:59Z"})).await[..] else {
        panic!("one was routed")
    };
    assert_eq!(entry["responsible_municipality_number"], "0301");
    assert_eq!(entry["a_updated"], "2021-03-15T12:05:00Z");
}

async fn happens(office: &Office, entry: Uuid, events: &[EntryEvent]) {
    let log = &office.desk.node.log;
    let entry = EntryId::parse(entry).unwrap();
    let version = backend::intake::entries::load(log, entry).await.unwrap().version;
    backend::intake::entries::append(log, entry, version, events, "test", vec![], None).await.unwrap();
    office.desk.node.catch_up().await;
}

#[tokio::test]
async fn nobody_gets_at_another_municipalitys_entries() {
    let office = Office::open().await;
    let number = "20914695016";
    office.take_in(&json!([small(1, json!({"p_unique_id": number})), small(2, json!({}))])).await;
    let oslo = Municipality::of(&office, "oslo", &["0301"]).await;
    assert_eq!(oslo.codes(json!({})).await, Vec::<String>::new());
    assert_eq!(oslo.codes(json!({"personId": number})).await, Vec::<String>::new());
    for body in [json!({"kommunenr": ["4601"]}), json!({"kommunenr": ["0301", "4601"]})] {
        oslo.refused(ENTRIES, body, StatusCode::UNAUTHORIZED).await;
    }
    oslo.refused(COUNT, json!({"kommunenr": "4601"}), StatusCode::UNAUTHORIZED).await;
    let feed_only = office.consumer("feed-only", &["4601"], &[MachineScope::Feed]).await;
    let feed_only = Municipality { office: &office, token: feed_only };
    feed_only.refused(ENTRIES, json!({}), StatusCode::UNAUTHORIZED).await;
    let nobody = Municipality { office: &office, token: "no-such-token".to_owned() };
    let answer = nobody.refused(ENTRIES, json!({}), StatusCode::UNAUTHORIZED).await;
    assert_eq!(answer["errorCode"], "not-logged-in");
    let bergen = Municipality::of(&office, "bergen", &["4601"]).await;
    assert_eq!(bergen.codes(json!({"personId": number})).await, ["4601-47-1-1"]);
}

#[tokio::test]
async fn filters_and_pages() {
    let office = Office::open().await;
    let bergen = Municipality::of(&office, "bergen", &["4601"]).await;
    for n in 0..5 {
        let updated = format!("2021-03-1{n}T08:00:00Z");
        let fields = json!({"a_updated": updated, "p_updated": "2021-03-09T08:00:00Z", "a_date": format!("2021-03-1{n}")});
        office.take_in(&json!([small(n, fields)])).await;
        office.desk.clock.advance(SignedDuration::from_secs(1));
    }
    let code = |n: usize| format!("4601-47-1-{n}");
    let whole: Vec<String> = (0..5).map(code).collect();
    assert_eq!(bergen.codes(json!({})).await, whole);
    let mut paged = Vec::new();
    for page in 0..4 {
        paged.extend(bergen.codes(json!({"limit": 2, "offset": page * 2})).await);
    }
    assert_eq!(paged, whole, "pages join without gap or overlap");
    assert_eq!(bergen.codes(json!({"limit": 0})).await, Vec::<String>::new());
    let after = async |moment: &str| bergen.codes(json!({"oppdatertEtter": moment})).await;
    assert_eq!(after("2021-03-13T08:00:00Z").await, [code(4)], "later than, not at");
    assert_eq!(after("2021-03-13T08:59:59.999+01:00").await, [code(3), code(4)]);
    assert_eq!(after("2021-03-14T08:00:00Z").await, Vec::<String>::new());

    let antall = async |from: Option<&str>, to: Option<&str>| {
        let mut body = json!({"kommunenr": "4601"});
        from.inspect(|from| body["fraDato"] = json!(from));
        to.inspect(|to| body["tilDato"] = json!(to));
        bergen.count(body).await
    };
    assert_eq!(antall(None, None).await, 5);
    assert_eq!(antall(Some("2021-03-12T00:00:00+01:00"), None).await, 3);
    assert_eq!(antall(None, Some("2021-03-11T23:59:00+01:00")).await, 2);
    assert_eq!(antall(Some("2021-03-11T12:00:00Z"), Some("2021-03-12T12:00:00Z")).await, 2);
    assert_eq!(antall(Some("2021-03-16T00:00:00Z"), None).await, 0);
}

#[tokio::test]
async fn a_trip_that_is_to_come_is_not_counted_until_its_day() {
    let office = Office::open().await;
    let bergen = Municipality::of(&office, "bergen", &["4601"]).await;
    office.take_in(&json!([small(1, json!({"a_date": ""}))])).await;
    assert_eq!(bergen.count(json!({"kommunenr": "4601"})).await, 1, "no day told: the day of registration");
    assert_eq!(bergen.count(json!({"kommunenr": "4601", "tilDato": "2021-03-14T12:00:00Z"})).await, 0);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_answered_as_the_contract_says() {
    let office = Office::open().await;
    let bergen = Municipality::of(&office, "bergen", &["4601"]).await;
    for (path, body) in [
        (ENTRIES, json!({"personId": "2091469501"})),
        (ENTRIES, json!({"personId": "2091469501a"})),
        (ENTRIES, json!({"kommunenr": "4601"})),
        (ENTRIES, json!({"kommunenr": ["46"]})),
        (ENTRIES, json!({"oppdatertEtter": "yesterday"})),
        (ENTRIES, json!({"limit": -1})),
        (ENTRIES, json!({"limit": "ten"})),
        (ENTRIES, json!({"offset": -1})),
        (ENTRIES, json!([])),
        (COUNT, json!({})),
        (COUNT, json!({"kommunenr": "46"})),
        (COUNT, json!({"kommunenr": "4601", "fraDato": "yesterday"})),
    ] {
        bergen.refused(path, body, StatusCode::BAD_REQUEST).await;
    }
    let contract = Contract::innreise();
    let ask = |path: &str, method| office.request(method, path, &bergen.token);
    for request in [
        ask("/innreise/api/v1/hentInnreiser?fiksOrg=me", Method::POST).json(&json!({})),
        ask("/innreise/api/v1/hentInnreiser?tjeneste=ANNET", Method::POST).json(&json!({})),
        ask(ENTRIES, Method::POST).body("{").header("content-type", "application/json"),
        ask(ENTRIES, Method::POST).body("{}"),
        ask(ENTRIES, Method::GET),
        ask(ENTRIES, Method::POST).json(&json!({"kommunenr": vec!["4601"; 20_000]})),
    ] {
        let (status, answer) = tell(request).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
        assert_fits(&contract.answer(ENTRIES, 400), &answer);
        assert!(answer["message"].as_str().is_some_and(|message| !message.is_empty()));
    }
    let further = json!({"kommunenr": ["4601"], "somethingNew": true});
    assert_eq!(bergen.codes(further).await, Vec::<String>::new(), "fields it does not know do not hurt");
}

#[tokio::test]
async fn what_callers_found_out_stands_in_the_published_words() {
    let office = Office::open().await;
    let bergen = Municipality::of(&office, "bergen", &["4601"]).await;
    let outcome = |contact, assessment| CallOutcome { assessment, ..CallOutcome::of(contact) };
    let breach = CallOutcome {
        breach_grounds: vec![events::call::BreachGround::TestNotTaken],
        ..outcome(ContactResult::Answered, Some(Assessment::SuspectedBreach))
    };
    let outcomes = [
        (None, "Ikke satt"),
        (Some(outcome(ContactResult::NoAnswer, None)), "Ikke svar"),
        (Some(outcome(ContactResult::Answered, Some(Assessment::UnderstandsAndComplies))), "OK"),
        (Some(breach), "Ikke OK"),
    ];
    for (n, (outcome, word)) in outcomes.into_iter().enumerate() {
        let answer = office.take_in(&json!([small(n, json!({"p_phone": "+4741234567"}))])).await;
        let entry: Uuid = answer["answers"][0]["entry"].as_str().unwrap().parse().unwrap();
        office.desk.clock.advance(SignedDuration::from_mins(10));
        let (before, attempt) = (office.desk.clock.now(), tests::database::unique());
        let called = outcome.is_some();
        if let Some(outcome) = outcome {
            let dialled = CallDialled {
                attempt,
                direction: CallDirection::Outbound,
                phone: "+4741234567".into(),
                dialled_at: before,
                caller: "Kari".to_owned(),
            };
            let concluded =
                CallConcluded { attempt, outcome, concluded_at: before, caller: "Kari".to_owned() };
            happens(&office, entry, &[dialled.into(), concluded.into()]).await;
        }
        let mine = bergen.entries(json!({})).await;
        let mine = mine.iter().find(|one| one["a_reference_code"] == format!("4601-47-1-{n}")).unwrap();
        assert_eq!(mine["p_follow_up"], word);
        assert_eq!(mine.get("p_follow_up_time").is_some(), called);
        let changed = before - SignedDuration::from_secs(1);
        let news = bergen.codes(json!({"oppdatertEtter": changed.to_string()})).await;
        assert_eq!(news.len(), usize::from(called), "whoever asks for changes hears of it");
    }
}

#[tokio::test]
async fn what_has_ended_is_absent_and_what_came_a_moment_ago_is_there() {
    let office = Office::open().await;
    let bergen = Municipality::of(&office, "bergen", &["4601"]).await;
    let answer = office.take_in(&json!([small(1, json!({})), small(2, json!({}))])).await;
    assert_eq!(bergen.codes(json!({})).await.len(), 2, "today's are there today");
    let entry: Uuid = answer["answers"][0]["entry"].as_str().unwrap().parse().unwrap();
    let retention = office.desk.retention().await;
    retention.end_entry(EntryId::parse(entry).unwrap()).await.unwrap();
    assert_eq!(bergen.codes(json!({})).await, ["4601-47-1-2"]);
    let epoch = EntryId::parse(entry).unwrap().epoch();
    office.desk.move_to_just_before_the_end_of(epoch);
    assert_eq!(bergen.codes(json!({})).await, ["4601-47-1-2"]);
    office.desk.clock.advance(SignedDuration::from_micros(1));
    assert_eq!(bergen.codes(json!({})).await, Vec::<String>::new(), "whether the rows are gone or not");
    assert_eq!(bergen.count(json!({"kommunenr": "4601"})).await, 0);
    retention.round().await.unwrap();
    assert_eq!(bergen.codes(json!({})).await, Vec::<String>::new());
}
