//! How much machines take is counted, by month, consumer, municipality, interface and purpose, and holds nobody's name.

use events::subscription::MachineScope;
use jiff::SignedDuration;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use tests::office::{Office, tell};

const BOTH: [MachineScope; 2] = [MachineScope::Entries, MachineScope::Feed];

async fn usage(office: &Office, role: &str, query: &str) -> (StatusCode, Value) {
    let client = Client::builder().cookie_store(true).build().unwrap();
    let login = client.post(format!("{}/api/v1/demo/login", office.url)).json(&json!({"key": role}));
    assert!(login.send().await.unwrap().status().is_success());
    tell(client.get(format!("{}/api/v1/usage{query}", office.url))).await
}

#[tokio::test]
async fn calls_are_counted_for_the_municipalities_they_are_about() {
    let office = Office::open().await;
    let both = office.consumer("both", &["0301", "4601"], &BOTH).await;
    let country = office.consumer("country", &[], &BOTH).await;
    let answer = office
        .take_in(&json!([
            {"a_reference_code": "4601-47-1-1", "municipality_number": "4601", "p_first_name": "Solveig"},
            {"a_reference_code": "4601-47-1-2", "municipality_number": "0301", "p_first_name": "Solveig"},
        ]))
        .await;
    let entry = answer["answers"][0]["entry"].as_str().unwrap();
    let post = async |path: &str, token: &str, body: Value| {
        let (status, answer) = tell(office.request(Method::POST, path, token).json(&body)).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    };
    let get = async |path: &str, token: &str| tell(office.request(Method::GET, path, token)).await.0;
    let entries = "/innreise/api/v1/hentInnreiser";
    post(entries, &both, json!({"kommunenr": ["4601"]})).await;
    post(&format!("{entries}?tjeneste=INNREISEOPPFOLGING"), &both, json!({})).await;
    post("/innreise/api/v1/hentAntallInnreiser", &both, json!({"kommunenr": "0301"})).await;
    post(entries, &country, json!({})).await;
    post(entries, &country, json!({})).await;
    assert_eq!(get("/api/v1/feed", &country).await, StatusCode::OK);
    assert_eq!(get("/api/v1/feed/extract", &country).await, StatusCode::OK);
    assert_eq!(get(&format!("/api/v1/feed/entries/{entry}"), &both).await, StatusCode::OK);
    // What was refused was not taken.
    assert_eq!(get("/api/v1/feed?after=nonsense", &country).await, StatusCode::UNPROCESSABLE_ENTITY);

    let row = |consumer: &str,
               municipality: Option<&str>,
               interface: &str,
               purpose: &str,
               calls: u64,
               records: u64| {
        let mut row = json!({
            "month": "2021-03", "consumer": consumer, "interface": interface, "purpose": purpose, "calls": calls,
            "records": records,
        });
        municipality.inspect(|number| row["municipality"] = json!(number));
        row
    };
    let (status, rows) = usage(&office, "dpo", "").await;
    assert_eq!(status, StatusCode::OK);
    let expected = [
        row("both", Some("0301"), "entry", "copy", 1, 1),
        row("both", Some("0301"), "hentAntallInnreiser", "innreise", 1, 0),
        row("both", Some("0301"), "hentInnreiser", "innreiseoppfolging", 1, 2),
        row("both", Some("4601"), "entry", "copy", 1, 1),
        row("both", Some("4601"), "hentInnreiser", "innreise", 1, 1),
        row("both", Some("4601"), "hentInnreiser", "innreiseoppfolging", 1, 2),
        row("country", None, "extract", "copy", 1, 2),
        row("country", None, "feed", "copy", 1, 2),
        row("country", None, "hentInnreiser", "innreise", 2, 4),
    ];
    let sorted = |mut rows: Vec<Value>| {
        rows.sort_by_key(ToString::to_string);
        rows
    };
    assert_eq!(sorted(rows.as_array().unwrap().clone()), sorted(expected.to_vec()));

    office.desk.clock.advance(SignedDuration::from_hours(24 * 20));
    assert_eq!(get("/api/v1/feed", &country).await, StatusCode::OK);
    let (_, april) = usage(&office, "shift-lead", "?month=2021-04").await;
    assert_eq!(april[0]["calls"], 1, "{april}");
    let (_, march) = usage(&office, "dpo", "?month=2021-03&consumer=country").await;
    assert_eq!(march.as_array().unwrap().len(), 3, "a month that is over stays");
    assert_eq!(usage(&office, "caller", "").await.0, StatusCode::FORBIDDEN);
    assert_eq!(usage(&office, "dpo", "?month=march").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}
