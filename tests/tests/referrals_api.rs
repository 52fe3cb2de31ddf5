//! A referral the whole way over HTTP, on the real program: suspected in a call, shown before it leaves, sent, answered
//! by the inspectorate, counted at the centre. And nothing of health, or of who anybody is, on any of its ways out.

use backend::rules::fields::PUBLISHED;
use events::record::RawRecord;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tests::database::Database;
use tests::eformidling::{PASSWORD, Service, USER};
use tests::enhetsregisteret::Units;
use tests::person::{Person, send_in, tell};
use tests::register::Register;
use uuid::Uuid;

const EMPLOYER: &str = "974760983";
const PHONE: &str = "+442079460123";
/// The inspectorate's own ways in.
const INSPECTORATE: [&str; 5] = [
    "inspectorate/bundles",
    "inspectorate/bundles/974760983",
    "inspectorate/referrals/acknowledgement",
    "inspectorate/referrals/return",
    "inspectorate/referrals/closing",
];

struct Scene {
    service: Service,
    units: Units,
    register: Register,
    _database: Database,
}

impl Scene {
    async fn new() -> Scene {
        let (database, service, units) =
            (Database::fresh().await, Service::start().await, Units::start().await);
        let settings = [
            ("REGISTER_EFORMIDLING_URL", service.address.as_str()),
            ("REGISTER_EFORMIDLING_USER", USER),
            ("REGISTER_EFORMIDLING_PASSWORD", PASSWORD),
            ("REGISTER_ENHETSREGISTERET_URL", units.address.as_str()),
        ];
        let register = Register::start_with(&database.url, &settings).await;
        Scene { service, units, register, _database: database }
    }

    async fn take_in(&self, records: &[RawRecord]) -> Vec<Uuid> {
        send_in(&self.register.url, records).await
    }

    async fn log_in(&self, key: &str) -> Person {
        Person::log_in(&self.register.url, key).await
    }

    /// The server comes back some minutes later.
    async fn later(&mut self, minutes: i64) {
        self.register.kill();
        self.register.start_again_ahead(minutes * 60);
        self.register.ready().await;
    }

    /// Waits until so many letters were sent off.
    async fn sent(&self, count: usize) {
        for _ in 0..600 {
            let held = self.service.held();
            assert!(held.values().all(|held| held.sent <= 1), "nothing is sent twice: {held:?}");
            if held.values().filter(|held| held.sent == 1).count() == count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{count} letters: {}", self.register.log());
    }
}

/// A call with an entry, and what it came to.
async fn calls(person: &Person, entry: Uuid, phone: &str, outcome: &Value) {
    person.until(&format!("entries/{entry}"), |_| true).await;
    let path = format!("entries/{entry}/calls");
    let (status, dialled) = person.post_once(&path, json!({"direction": "inbound", "phone": phone})).await;
    assert!(status.is_success(), "{dialled}");
    let conclude = format!("{path}/{}/outcome", dialled["attempt"].as_str().unwrap());
    let conclude = person.request(Method::PUT, &conclude).header("idempotency-key", key().to_string());
    let (status, saved) = tell(conclude.json(&json!({"outcome": outcome}))).await;
    assert!(status.is_success(), "{saved}");
}

/// Everything that may be told of an entry, and the version it is told on.
async fn possible(person: &Person, entry: Uuid) -> (Value, String) {
    let path = format!("entries/{entry}/referrals");
    let told = person.until(&path, |told| told["possible"].is_object()).await;
    (told["possible"].clone(), format!("\"{}\"", told["version"]))
}

/// Refers everything that may be told.
async fn refers(person: &Person, entry: Uuid) -> Value {
    let (content, version) = possible(person, entry).await;
    let request = person.request(Method::POST, &format!("entries/{entry}/referrals"));
    let request = request.header("if-match", version).header("idempotency-key", key().to_string());
    let (status, saved) = tell(request.json(&json!({"content": content}))).await;
    assert_eq!(status, StatusCode::OK, "{saved}");
    saved
}

fn key() -> Uuid {
    Uuid::from_bytes(backend::entropy::Entropy::system().bytes())
}

fn today() -> String {
    backend::rules::moments::norwegian_day_of(backend::clock::Clock::system().now()).to_string()
}

/// A traveller at an employer's lodging, with other fields as given.
fn traveller(code: &str, fields: &Value) -> RawRecord {
    let mut record = json!({
        "a_reference_code": code, "a_date": today(), "municipality_number": "4601", "a_q_opt_l1_code": "1001",
        "a_q_opt_l4_code": "4003", "p_first_name": format!("Ola-{code}"), "p_last_name": "Nordmann", "p_phone": PHONE,
        "a_location_address": "Brakkeriggen, Industrivegen 13", "a_location_zip_code": "5003",
        "a_employer_name": "Nordfjord Bygg AS", "a_employer_org_number": EMPLOYER,
    });
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(record).unwrap()
}

fn failing() -> Value {
    json!({
        "contact": "answered", "assessment": "suspected-breach", "employer_failure_suspected": true,
        "breach_grounds": ["working", "shared-room", "test-not-taken", "receives-visitors"],
        "answers": [{"question": "employer-houses", "answer": "yes"}, {"question": "room-shared-by", "answer": "6"},
                    {"question": "told-to-work", "answer": "yes"}],
        "note": "Hoster og har feber.",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_suspicion_in_a_call_to_statistics_at_the_centre() {
    let mut scene = Scene::new().await;
    let entry = scene.take_in(&[traveller("REFER-0001", &json!({}))]).await[0];
    let caller = scene.log_in("caller").await;
    calls(&caller, entry, PHONE, &failing()).await;
    let (mut content, version) = possible(&caller, entry).await;
    assert_eq!(content["facts"]["breaches"], json!(["working", "shared-room"]));

    // Fewer facts are chosen than may be told, and what leaves is shown byte by byte.
    content["facts"]["breaches"] = json!(["shared-room"]);
    content["facts"].as_object_mut().unwrap().remove("arrived_on");
    let (path, once) = (format!("entries/{entry}/referrals"), key().to_string());
    let preview = caller.request(Method::POST, &format!("{path}/preview")).header("idempotency-key", &once);
    let (status, preview) = tell(preview.json(&json!({"content": content}))).await;
    assert_eq!((status, &preview["joins"]), (StatusCode::OK, &json!(false)), "{preview}");
    assert_eq!(scene.service.held().len(), 0, "a preview sends nothing");
    let make = || {
        let request = caller.request(Method::POST, &path).header("if-match", &version);
        request.header("idempotency-key", &once).json(&json!({"content": content}))
    };
    let ((status, made), (again, same)) = (tell(make()).await, tell(make()).await);
    assert_eq!((status, again), (StatusCode::OK, StatusCode::OK), "{made} {same}");
    assert_eq!((&made["referral"], &made["referral"]), (&same["referral"], &preview["referral"]));
    let referral: Uuid = made["referral"].as_str().unwrap().parse().unwrap();

    // The letter goes out once the outcome cannot be taken back any more.
    scene.sent(1).await;
    let letter = scene.service.held()[&referral].clone();
    for file in preview["files"].as_array().unwrap() {
        let (media_type, bytes) = &letter.files[file["name"].as_str().unwrap()];
        assert_eq!(
            (file["media_type"].as_str(), file["content"].as_str()),
            (Some(&**media_type), Some(&**bytes))
        );
    }
    assert!(!letter.files["melding.json"].1.contains("working"), "what was left out is not told");

    // What became of it is asked a minute later, and told in the timeline.
    scene.service.all_come_to("LEVERT");
    scene.later(2).await;
    let caller = scene.log_in("caller").await;
    let told = caller.until(&path, |told| told["referrals"][0]["delivery"] == "delivered").await;
    assert_eq!(told["referrals"][0]["stage"], "open", "{told}");

    inspected(&scene, &caller, entry, referral).await;
}

/// What the inspectorate does with it, and what the centre sees of that.
async fn inspected(scene: &Scene, caller: &Person, entry: Uuid, referral: Uuid) {
    let inspector = scene.log_in("inspector").await;
    let inbox = inspector.until("inspectorate/bundles", |inbox| !inbox["bundles"][0].is_null()).await;
    assert_eq!(inbox["bundles"][0]["key"], EMPLOYER);
    assert_eq!(inbox["bundles"][0]["counts"]["open"], 1);
    let bundle = inspector.until(&format!("inspectorate/bundles/{EMPLOYER}"), |_| true).await;
    assert_eq!(bundle["places"][0]["referrals"][0]["referral"], json!(referral));
    let these = json!({"referrals": [referral]});
    let (_, done) = inspector.post("inspectorate/referrals/acknowledgement", these.clone()).await;
    assert_eq!(done["results"][0]["result"], "done");
    let (_, done) = inspector.post("inspectorate/referrals/acknowledgement", these.clone()).await;
    assert_eq!(done["results"][0]["result"], "unchanged", "taken in hand once");
    let asks = json!({"referrals": [referral], "wanted": ["address"], "note": "Hvilken brakke?"});
    let (_, done) = inspector.post("inspectorate/referrals/return", asks).await;
    assert_eq!(done["results"][0]["result"], "done");

    // The centre answers, and that goes out in a letter of its own.
    let path = format!("entries/{entry}/referrals");
    let told = caller.until(&path, |told| told["referrals"][0]["stage"] == "returned").await;
    assert_eq!(told["referrals"][0]["wanted"], json!(["address"]));
    assert_eq!(told["referrals"][0]["note"], "Hvilken brakke?");
    let mut content = told["referrals"][0]["content"].clone();
    content["accommodation"]["address"] = json!("Industrivegen 13, brakke C");
    let answer = caller.request(Method::POST, &format!("{path}/{referral}/completion"));
    let answer = answer.header("if-match", format!("\"{}\"", told["version"]));
    let answer = answer.header("idempotency-key", key().to_string());
    let (status, saved) = tell(answer.json(&json!({"content": content}))).await;
    assert_eq!(status, StatusCode::OK, "{saved}");
    scene.sent(2).await;

    let closing = json!({"referrals": [referral], "outcome": "ordered"});
    let (_, done) = inspector.post("inspectorate/referrals/closing", closing).await;
    assert_eq!(done["results"][0]["result"], "done");
    let gone = json!({"referrals": [key()], "outcome": "ordered"});
    let (_, done) = inspector.post("inspectorate/referrals/closing", gone).await;
    assert_eq!(done["results"][0]["result"], "gone");
    let told = caller.until(&path, |told| told["referrals"][0]["stage"] == "closed").await;
    assert_eq!(told["referrals"][0]["outcome"], "ordered");

    counted(scene, caller, entry).await;
}

/// What stands written about it at the centre.
async fn counted(scene: &Scene, caller: &Person, entry: Uuid) {
    // Every letter and every look is written down, with its purpose and legal ground.
    let officer = scene.log_in("dpo").await;
    let told = officer.until(&format!("disclosures?entry={entry}&receiver=974761211"), |_| true).await;
    let items = told["items"].as_array().unwrap();
    for kind in ["referred", "listed", "opened"] {
        assert!(
            items.iter().any(|item| item["kind"] == kind && item["shown"] == "referral"),
            "{kind}: {told}"
        );
    }
    let ground = |item: &Value| (item["purpose"].clone(), item["legal_basis"].clone());
    assert!(
        items
            .iter()
            .all(|item| ground(item) == (json!("labour-inspection"), json!("5c-labour-inspectorate")))
    );

    // Statistics: how many, and what came of them, without a word about any.
    let lead = scene.log_in("shift-lead").await;
    let summary = lead.until("referrals/summary", |summary| summary["closed"] == 1).await;
    assert_eq!(summary["outcomes"], json!([{"outcome": "ordered", "count": 1}]));
    assert_eq!((&summary["open"], &summary["letters_undelivered"]), (&json!(0), &json!(0)));
    let (_, timeline) = caller.get(&format!("entries/{entry}/timeline")).await;
    let steps: Vec<&str> = timeline["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|item| item["what"]["step"]["step"].as_str())
        .collect();
    for step in ["made", "sent", "delivery", "received", "returned", "completed", "closed"] {
        assert!(steps.contains(&step), "{step}: {steps:?}");
    }
    let without_health = scene.log_in("delegate").await;
    let (status, timeline) = without_health.get(&format!("entries/{entry}/timeline")).await;
    assert!(status == StatusCode::FORBIDDEN || !timeline.to_string().contains("referral"), "{timeline}");
}

/// A word of its own for a field.
fn marker(field: &str) -> String {
    format!("Zq{}", field.replace('_', ""))
}

/// A word for every published field that takes words.
fn marked() -> Value {
    let typed = [
        "a_reference_code",
        "a_q_opt_l",
        "_number",
        "_code",
        "a_date",
        "_updated",
        "p_phone",
        "_time",
        "a_num",
    ];
    let words = PUBLISHED.iter().filter(|field| !typed.iter().any(|part| field.contains(part)));
    words.map(|field| ((*field).to_owned(), json!(marker(field)))).collect::<serde_json::Map<_, _>>().into()
}

/// Fields of a registration that may leave, and where they stand then.
const LEAVES: [&str; 5] =
    ["a_date", "a_employer_name", "a_employer_org_number", "a_location_address", "a_location_zip_code"];

#[tokio::test(flavor = "multi_thread")]
async fn no_field_and_no_word_about_health_or_about_a_person_leaves_on_any_way() {
    let scene = Scene::new().await;
    let entry = scene.take_in(&[traveller("REFER-MARK", &marked())]).await[0];
    let caller = scene.log_in("shift-lead").await;
    // Whatever an outcome can say of health is said.
    calls(&caller, entry, PHONE, &failing()).await;
    let saved = refers(&caller, entry).await;
    let referral = saved["referral"].as_str().unwrap().to_owned();
    scene.sent(1).await;

    let inspector = scene.log_in("inspector").await;
    inspector.until("inspectorate/bundles", |inbox| !inbox["bundles"][0].is_null()).await;
    let mut left = String::new();
    for held in scene.service.held().values() {
        left += &held.header.to_string();
        held.files.values().for_each(|(_, content)| left += content);
    }
    for path in [
        "inspectorate/bundles".to_owned(),
        format!("inspectorate/bundles/{EMPLOYER}"),
        format!("inspectorate/bundles/{referral}"),
    ] {
        left += &inspector.get(&path).await.1.to_string();
    }
    let named: BTreeSet<&str> =
        PUBLISHED.iter().copied().filter(|field| left.contains(&marker(field))).collect();
    let may: BTreeSet<&str> = ["a_employer_name", "a_location_address"].into();
    assert_eq!(named, may, "only these of {LEAVES:?} take words");
    // Who sends it is no word about health.
    let left = left.replace("Helsedirektoratet", "");
    let entry = entry.to_string();
    for hidden in [
        "test",
        "visitor",
        "besøk",
        "feber",
        "Hoster",
        "symptom",
        "result",
        "positiv",
        "health",
        "helse",
        PHONE,
        "2079460123",
        "Ola",
        "Nordmann",
        "REFER-MARK",
        "4601",
        entry.as_str(),
        "Aylin",
        "Kari",
    ] {
        assert!(!left.to_lowercase().contains(&hidden.to_lowercase()), "{hidden}: {left}");
    }
    assert!(left.contains(EMPLOYER) && left.contains("5003"), "the check reads what it shall: {left}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_gets_the_inbox_and_nothing_else_and_nobody_else_gets_it() {
    let scene = Scene::new().await;
    let entry = scene.take_in(&[traveller("REFER-0001", &json!({}))]).await[0];
    let caller = scene.log_in("caller").await;
    calls(&caller, entry, PHONE, &failing()).await;
    refers(&caller, entry).await;
    let inspector = scene.log_in("inspector").await;
    let description = serde_json::to_value(backend::http::openapi()).unwrap();
    let paths = description["paths"].as_object().unwrap();
    // What everybody who is logged in may ask, or anybody at all; none of it is about a person.
    let open = [
        "/me",
        "/live",
        "/status",
        "/reference",
        "/rule-sets",
        "/public",
        "/demo",
        "/units",
        "/schemas",
        "/inspectorate",
        "/intake",
        "/results/policies",
        "/log",
    ];
    let mut refused = 0;
    for (path, methods) in paths {
        let path = path.trim_start_matches("/api/v1");
        if open.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        let here = path.replace("{id}", &entry.to_string()).replace(['{', '}'], "");
        for method in methods.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            let request = inspector.request(method.clone(), here.trim_start_matches('/')).json(&json!({}));
            let (status, answer) =
                tell(request.header("idempotency-key", key().to_string()).header("if-match", "\"1\"")).await;
            let said = answer.to_string();
            assert!(!said.contains("Nordmann") && !said.contains("Brakkeriggen"), "{method} {path}: {said}");
            assert!(!status.is_success(), "{method} {path}: {status} {said}");
            refused += usize::from(status == StatusCode::FORBIDDEN);
        }
    }
    assert!(refused > 20, "{refused} doors are shut for the inspector");
    for role in ["caller", "shift-lead", "doctor", "delegate", "dpo"] {
        let person = scene.log_in(role).await;
        for path in INSPECTORATE {
            let method = if path.contains("bundles") { Method::GET } else { Method::POST };
            let mut body = json!({"referrals": [key()], "wanted": ["address"], "outcome": "guided"});
            let keep: &[&str] = match path.rsplit('/').next() {
                Some("return") => &["referrals", "wanted"],
                Some("closing") => &["referrals", "outcome"],
                _ => &["referrals"],
            };
            body.as_object_mut().unwrap().retain(|name, _| keep.contains(&name.as_str()));
            let (status, answer) = tell(person.request(method, path).json(&body)).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{role} {path}: {answer}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inbox_is_bundled_by_employer_and_place_and_counts_what_is_repeated() {
    let scene = Scene::new().await;
    let alone = |code: &str, phone: &str, more: Value| {
        let mut fields = json!({"p_phone": phone, "a_reference_code": code});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        traveller(code, &fields)
    };
    let phones = [PHONE, "+442079460124", "+442079460125", "+442079460126"];
    let entries = scene
        .take_in(&[
            alone("REFER-1001", phones[0], json!({})),
            // The same place, spelled otherwise, another day: another contact.
            alone("REFER-1002", phones[1], json!({"a_location_address": "BRAKKERIGGEN Industrivegen 13", "a_date": "2021-03-15"})),
            alone("REFER-1003", phones[2], json!({"a_location_address": "Havnegata 2", "a_date": "2021-03-16"})),
            alone("REFER-1004", phones[3], json!({"a_employer_org_number": "", "a_employer_name": "Firma Kowalski sp. z o.o.", "a_date": "2021-03-17"})),
        ])
        .await;
    let caller = scene.log_in("caller").await;
    for (entry, phone) in entries.iter().zip(phones) {
        calls(&caller, *entry, phone, &failing()).await;
        refers(&caller, *entry).await;
    }
    let inspector = scene.log_in("inspector").await;
    let inbox = inspector
        .until("inspectorate/bundles", |inbox| inbox["bundles"].as_array().is_some_and(|all| all.len() == 2))
        .await;
    let of = |name: &str| {
        inbox["bundles"]
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["employer"]["name"] == name)
            .cloned()
            .unwrap()
    };
    let counts = of("Nordfjord Bygg AS")["counts"].clone();
    let expected = json!({"travellers": 3, "breaches": 6, "places": 2, "repeated": 2, "open": 3, "in_hand": 0, "returned": 0, "closed": 0});
    assert_eq!(counts, expected);
    let nameless = of("Firma Kowalski sp. z o.o.");
    let bundle = inspector
        .until(&format!("inspectorate/bundles/{}", nameless["key"].as_str().unwrap()), |_| true)
        .await;
    assert_eq!(
        (&bundle["counts"]["travellers"], &bundle["employer"]["org_number"]),
        (&json!(1), &Value::Null)
    );
    let (status, _) = inspector.get("inspectorate/bundles/983544622").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employer_is_looked_up_once_and_the_page_goes_on_without_an_answer() {
    let scene = Scene::new().await;
    scene.units.has(EMPLOYER, json!({
        "organisasjonsnummer": EMPLOYER, "navn": "NORDFJORD BYGG AS", "konkurs": true,
        "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap"},
        "forretningsadresse": {"land": "Norge", "landkode": "NO", "postnummer": "6770", "poststed": "NORDFJORDEID", "adresse": ["Gata 1"]},
        "antallAnsatte": 42, "stiftelsesdato": "2001-02-03",
    }));
    let inspector = scene.log_in("inspector").await;
    for _ in 0..3 {
        let (status, unit) = inspector.get(&format!("units/{EMPLOYER}")).await;
        assert_eq!(status, StatusCode::OK, "{unit}");
        assert_eq!(
            (&unit["kind"], &unit["name"], &unit["bankrupt"]),
            (&json!("found"), &json!("NORDFJORD BYGG AS"), &json!(true))
        );
        assert_eq!(unit["address"], json!(["Gata 1", "6770 NORDFJORDEID"]));
    }
    assert_eq!(scene.units.asked(), [format!("enheter/{EMPLOYER}")]);
    assert_eq!(
        inspector.get("units/974760982").await.1["kind"],
        "not-found",
        "a wrong check digit is asked of nobody"
    );
    assert_eq!(scene.units.asked().len(), 1);
    assert_eq!(scene.log_in("dpo").await.get(&format!("units/{EMPLOYER}")).await.0, StatusCode::FORBIDDEN);
}
