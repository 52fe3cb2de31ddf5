//! The tables by which the words of laboratories are read: shipped, public, and adopted on the command line.

use jiff::civil::date;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tests::database::Database;
use tests::register::Register;

async fn public(register: &Register) -> Value {
    let address = format!("{}/api/v1/public/result-tables", register.url);
    serde_json::from_str(&reqwest::get(address).await.unwrap().text().await.unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_reads_the_tables_and_asks_again_for_nothing() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let told = public(&register).await;
    assert_eq!((&told["version"], &told["tables"][0]["name"]), (&json!(1), &json!("2021-01-01")));
    assert_eq!(told["tables"].as_array().unwrap().len(), 1, "adopted once");
    // What is public is enough to read by.
    let table = serde_json::from_value(told["tables"][0].clone()).unwrap();
    let classifier = backend::rules::results::Classifier::new(&table);
    let finding = backend::rules::results::Finding {
        code: "NPU59097",
        text: "Ikkje påvist",
        status: "Endelig",
        ..Default::default()
    };
    let read = classifier.read(&finding, "Endelig rapport").unwrap();
    assert_eq!(read.class, events::result::ResultClass::NotDetected);

    let get = || Client::new().get(format!("{}/api/v1/public/result-tables", register.url));
    let answer = get().send().await.unwrap();
    assert!(answer.headers()["cache-control"].to_str().unwrap().starts_with("public"));
    let tag = answer.headers()["etag"].clone();
    let again = get().header("if-none-match", tag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_adopted_on_the_command_line_and_only_when_it_is_right() {
    let database = Database::fresh().await;
    let mut register = Register::start(&database.url).await;
    let run = |register: &Register, arguments: &[&str]| {
        let all = [&["reference", "results"], arguments].concat();
        let done = register.command(&all).output().unwrap();
        let told = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&told).into_owned())
    };
    let (_, shown) = run(&register, &["show", "2021-01-01"]);
    let mut table: Value = serde_json::from_str(&shown).unwrap();
    let file = register.folder.path().join("table.json");
    let adopt = |register: &Register, table: &Value| {
        std::fs::write(&file, table.to_string()).unwrap();
        run(register, &["adopt", file.to_str().unwrap(), "--by", "Fagansvarlig"])
    };
    let (done, told) = adopt(&register, &table);
    assert!(!done && told.contains("/name"), "{told}");
    table["name"] = json!("2021-04-01");
    table["valid_from"] = json!(date(2021, 4, 1));
    table["texts"][0]["phrases"].as_array_mut().unwrap().push(json!("Ikke påvist"));
    let (done, told) = adopt(&register, &table);
    assert!(!done && told.contains("each phrase once"), "{told}");
    table["texts"][0]["phrases"].as_array_mut().unwrap().pop();
    table["texts"][0]["phrases"].as_array_mut().unwrap().push(json!("Funn av korona"));
    let (done, told) = adopt(&register, &table);
    assert!(done, "{told}");
    let (_, listed) = run(&register, &["list"]);
    assert!(listed.contains("  2021-01-01") && listed.contains("* 2021-04-01"), "{listed}");
    assert!(!run(&register, &["show", "2022"]).0);

    register.kill();
    register.start_again_ahead(0);
    register.ready().await;
    let told = public(&register).await;
    let names: Vec<_> = told["tables"].as_array().unwrap().iter().map(|table| &table["name"]).collect();
    assert_eq!(names, ["2021-01-01", "2021-04-01"], "neither is adopted again");
}
