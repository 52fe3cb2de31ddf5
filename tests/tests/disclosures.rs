//! Who was shown what: written down before it is shown, by a log that nobody changes and that outlives the data.

use api::disclosures::{DisclosureFilter, DisclosureKind, Purpose, Shown, legal_basis};
use backend::disclosure::{Because, Disclosing, Disclosures, Keeping, Receiver, Viewer};
use backend::log::ending::Ending;
use events::Personal;
use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tests::browser::traveller;
use tests::database::{Database, unique};
use tests::desk::Desk;
use tests::person::{Person, send_in};
use tests::register::Register;
use uuid::Uuid;

fn officer() -> Viewer {
    Viewer {
        who: "officer".to_owned(),
        name: "Per".to_owned(),
        role: "data-protection-officer".to_owned(),
        purpose: Purpose::DataSubjectRights,
        legal_basis: legal_basis::DATA_SUBJECT,
        receiver: Receiver::ControlCentre,
    }
}

fn lists(entries: &[Uuid]) -> Disclosing {
    Disclosing::of(DisclosureKind::Listed, Shown::Row, entries.to_vec())
}

#[tokio::test]
async fn rows_are_never_changed_not_even_by_the_owner_and_the_application_cannot_drop_them() {
    let desk = Desk::new().await;
    let disclosures = Disclosures::open(desk.node.log.clone());
    disclosures.record(&officer(), lists(&[unique()])).await.unwrap();
    let mut owner = PgConnection::connect(&desk.database.url).await.unwrap();
    let partition =
        "select inhrelid::regclass::text from pg_inherits where inhparent = 'log.disclosure'::regclass";
    let partition: String = sqlx::query_scalar(partition).fetch_one(&mut owner).await.unwrap();
    for statement in [
        "update log.disclosure set who = 'x'".to_owned(),
        "delete from log.disclosure".to_owned(),
        "truncate log.disclosure".to_owned(),
        format!("delete from {partition}"),
        format!("update {partition} set who = 'x'"),
        format!("truncate {partition}"),
    ] {
        let refused = owner.execute(AssertSqlSafe(statement.clone())).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().code().as_deref(), Some("23001"), "{statement}");
    }
    for statement in [
        "update log.disclosure set who = 'x'".to_owned(),
        "delete from log.disclosure".to_owned(),
        "select log.drop_disclosures(now())".to_owned(),
        format!("drop table {partition}"),
        format!("select count(*) from {partition}"),
    ] {
        let refused = desk.node.log.pool().execute(AssertSqlSafe(statement.clone())).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().code().as_deref(), Some("42501"), "{statement}");
    }
}

#[tokio::test]
async fn a_long_disclosure_has_parts_and_pages_tell_each_part_once() {
    let desk = Desk::new().await;
    let disclosures = Disclosures::open(desk.node.log.clone());
    let entries: Vec<Uuid> = (0..2_500).map(|_| unique()).collect();
    let id = disclosures.record(&officer(), lists(&entries)).await.unwrap();
    let others: Vec<_> = (0..20).map(|_| lists(&[unique()])).collect();
    for other in others {
        desk.clock.advance(SignedDuration::from_secs(1));
        disclosures.record(&officer(), other).await.unwrap();
    }
    let mut filter = DisclosureFilter { limit: Some(7), ..DisclosureFilter::default() };
    let mut found = Vec::new();
    loop {
        let page = disclosures.search(&filter).await.unwrap();
        assert!(page.items.len() <= 7);
        found.extend(page.items);
        match page.next {
            Some(next) => filter.cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(found.len(), 23);
    assert!(found.windows(2).all(|two| two[0].at >= two[1].at), "latest first");
    let parts: Vec<_> = found.iter().filter(|one| one.id == id).collect();
    assert_eq!(
        parts.iter().map(|one| (one.part, one.count)).collect::<Vec<_>>(),
        [(0, 1_000), (1, 1_000), (2, 500)]
    );
    let named: Vec<Uuid> = parts.iter().flat_map(|one| one.entries.clone()).collect();
    assert_eq!(named, entries, "every entry, in order");
    let of_one = DisclosureFilter { entry: Some(entries[1_700]), ..DisclosureFilter::default() };
    let of_one = disclosures.search(&of_one).await.unwrap();
    assert_eq!(of_one.items.iter().map(|one| one.part).collect::<Vec<_>>(), [1]);
    let bad = DisclosureFilter { cursor: Some("1~2~3".to_owned()), ..DisclosureFilter::default() };
    assert!(disclosures.search(&bad).await.is_err());
}

#[tokio::test]
async fn a_list_that_refreshes_itself_is_written_down_once_an_hour() {
    let desk = Desk::new().await;
    let disclosures = Disclosures::open(desk.node.log.clone());
    let entries: Vec<Uuid> = (0..3).map(|_| unique()).collect();
    let count = async || disclosures.search(&DisclosureFilter::default()).await.unwrap().items.len();
    for _ in 0..5 {
        disclosures.record_once_an_hour(&officer(), lists(&entries[..2])).await.unwrap();
    }
    assert_eq!(count().await, 1);
    disclosures.record_once_an_hour(&officer(), lists(&entries)).await.unwrap();
    let latest = disclosures.search(&DisclosureFilter::default()).await.unwrap().items;
    let newest = latest.iter().find(|one| one.entries == entries[2..]).expect("only the new one");
    assert_eq!((latest.len(), newest.count), (2, 3));
    desk.clock.advance(SignedDuration::from_hours(1));
    disclosures.record_once_an_hour(&officer(), lists(&entries)).await.unwrap();
    assert_eq!(count().await, 3);
}

#[tokio::test]
async fn words_are_sealed_and_end_with_the_epoch_while_the_row_stays() {
    let desk = Desk::new().await;
    let disclosures = Disclosures::open(desk.node.log.clone());
    let words = Personal("Kari PLANTED-MARKER Nordmann has moved to us".to_owned());
    let because = Some(Because { ground: "moved-here", words });
    let looked = Disclosing { because, ..lists(&[unique()]) };
    let looked = Disclosing { kind: DisclosureKind::LookedUp, ..looked };
    disclosures.record(&officer(), looked).await.unwrap();
    let stored = "select d::text || encode(words, 'escape') from log.disclosure d";
    let row: String = sqlx::query_scalar(stored).fetch_one(desk.node.log.pool()).await.unwrap();
    assert!(row.contains("moved-here") && !row.contains("PLANTED"), "{row}");
    let told = async || disclosures.search(&DisclosureFilter::default()).await.unwrap().items.remove(0);
    assert!(told().await.words.is_some_and(|words| words.contains("PLANTED-MARKER")));
    desk.clock.advance(SignedDuration::from_hours(241));
    let later = told().await;
    assert_eq!((later.ground.as_deref(), later.words), (Some("moved-here"), None));
}

#[tokio::test]
async fn whole_months_go_when_their_time_is_over_and_never_earlier() {
    let desk = Desk::new().await;
    let disclosures = Disclosures::open(desk.node.log.clone());
    // The desk's clock stands years ago, in the middle of a month.
    disclosures.record(&officer(), lists(&[unique()])).await.unwrap();
    desk.clock.advance(SignedDuration::from_hours(24 * 31));
    disclosures.record(&officer(), lists(&[unique()])).await.unwrap();
    let ending = Ending::connect(&desk.database.url).await.unwrap();
    let keeping = Keeping { ending, clock: desk.clock.clone(), days: 60 };
    let left = async || disclosures.search(&DisclosureFilter::default()).await.unwrap().items.len();
    assert_eq!(keeping.look().await.unwrap(), Vec::<String>::new());
    assert_eq!(left().await, 2);
    desk.clock.advance(SignedDuration::from_hours(24 * 44));
    assert_eq!(
        keeping.look().await.unwrap(),
        Vec::<String>::new(),
        "the first month ended less than 60 days ago"
    );
    desk.clock.advance(SignedDuration::from_hours(24 * 3));
    assert_eq!(keeping.look().await.unwrap(), ["202103"]);
    assert_eq!(left().await, 1);
    let impatient = Keeping { days: 0, ..keeping };
    assert_eq!(impatient.look().await.unwrap(), Vec::<String>::new(), "forty days at least");
}

fn record(code: &str) -> events::record::RawRecord {
    traveller(code, &[("p_first_name", code), ("p_last_name", "Hemmelig")])
}

#[tokio::test(flavor = "multi_thread")]
async fn what_roles_see_is_written_down_and_the_traveller_can_be_told() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entry = send_in(&register.url, &[record("seen-0001")]).await[0];
    let (caller, doctor) =
        (Person::log_in(&register.url, "caller").await, Person::log_in(&register.url, "doctor").await);
    let dpo = Person::log_in(&register.url, "dpo").await;
    let listed = |page: &Value| page["items"].as_array().is_some_and(|items| items.len() == 1);
    caller.until("entries", listed).await;
    for path in ["", "/timeline", "/raw", "/quarantine", "/timeline"] {
        assert_eq!(caller.get(&format!("entries/{entry}{path}")).await.0, StatusCode::OK, "{path}");
    }
    assert_eq!(doctor.get(&format!("entries/{entry}")).await.0, StatusCode::OK);
    let (_, hits) = doctor.post("entries/search", json!({"query": "Hemmelig"})).await;
    assert_eq!(hits["hits"].as_array().unwrap().len(), 1);

    let (_, all) = dpo.get(&format!("disclosures?entry={entry}")).await;
    assert!(!all.to_string().contains("Hemmelig"), "nothing about the person");
    let told = |row: &Value| {
        ["who", "kind", "shown", "receiver"].map(|part| row[part].as_str().unwrap().to_owned()).join(" ")
    };
    let mut rows: Vec<String> = all["items"].as_array().unwrap().iter().map(told).collect();
    rows.reverse();
    let of_caller =
        ["listed row", "opened record", "opened timeline", "opened raw-records", "opened quarantine"];
    let expected = of_caller.map(|what| format!("caller {what} control-centre")).into_iter();
    let of_doctor = ["opened record", "searched row"].map(|what| format!("doctor {what} 4601")).into_iter();
    assert_eq!(
        rows,
        expected.chain(of_doctor).collect::<Vec<_>>(),
        "the timeline once, though fetched twice"
    );
    let first = &all["items"][0];
    assert_eq!(first["purpose"], "municipal-follow-up");
    assert_eq!(first["legal_basis"], "5c-municipal-doctor");
    let (_, of_bergen) = dpo.get("disclosures?municipality=4601").await;
    assert_eq!(of_bergen["items"].as_array().unwrap().len(), 2);
    let (_, none) = dpo.get("disclosures?municipality=0301").await;
    assert_eq!(none["items"], json!([]));
    for other in [&caller, &doctor] {
        assert_eq!(other.get("disclosures").await.0, StatusCode::FORBIDDEN);
        assert_eq!(other.get(&format!("entries/{entry}/disclosures")).await.0, StatusCode::FORBIDDEN);
    }

    let (status, statement) = dpo.get(&format!("entries/{entry}/disclosures")).await;
    assert_eq!(status, StatusCode::OK, "{statement}");
    let lines = statement["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 4, "one look a person and kind: {statement}");
    assert!(lines.iter().any(|line| line["shown"].as_array().unwrap().len() == 4), "{statement}");
    let unknown = format!("entries/{}/disclosures", unique());
    assert_eq!(dpo.get(&unknown).await.0, StatusCode::NOT_FOUND);
    let (_, after) = dpo.get(&format!("disclosures?entry={entry}&who=dpo")).await;
    assert_eq!(after["items"][0]["shown"], "disclosures", "that the officer looked is written down too");
}

/// The proof that nothing is shown that is not written down: the server is killed while it answers.
#[tokio::test(flavor = "multi_thread")]
async fn every_record_that_was_answered_is_in_the_log_though_the_server_was_killed() {
    let database = Database::fresh().await;
    let mut register = Register::start(&database.url).await;
    let codes: Vec<_> = (0..8).map(|n| record(&format!("killed-{n:04}"))).collect();
    let entries = send_in(&register.url, &codes).await;
    let caller = Person::log_in(&register.url, "caller").await;
    let all = |page: &Value| page["items"].as_array().is_some_and(|items| items.len() == 8);
    caller.until("entries", all).await;
    let people: Vec<_> = entries
        .iter()
        .copied()
        .map(|entry| {
            let url = register.url.clone();
            tokio::spawn(async move {
                let person = Person::log_in(&url, "caller").await;
                let mut answered = 0_i64;
                loop {
                    let request = person.request(reqwest::Method::GET, &format!("entries/{entry}"));
                    match request.send().await {
                        Ok(answer) if answer.status().is_success() => answered += 1,
                        Ok(_) | Err(_) => return (entry, answered),
                    }
                }
            })
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    register.kill();
    let mut pool = PgConnection::connect(&database.url).await.unwrap();
    let mut total = 0;
    for person in people {
        let (entry, answered) = person.await.unwrap();
        let written =
            "select count(*) from log.disclosure where entries @> array[$1::uuid] and kind = 'opened'";
        let written: i64 = sqlx::query_scalar(written).bind(entry).fetch_one(&mut pool).await.unwrap();
        assert!(written >= answered, "{answered} answered, {written} written down");
        total += answered;
    }
    assert!(total > 0, "something was answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_it_cannot_be_written_down_it_is_not_shown() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let entry = send_in(&register.url, &[record("unwritten-01")]).await[0];
    let caller = Person::log_in(&register.url, "caller").await;
    caller.until("entries", |page| page["items"].as_array().is_some_and(|items| items.len() == 1)).await;
    let mut owner = PgConnection::connect(&database.url).await.unwrap();
    owner.execute("revoke insert on log.disclosure from register_app").await.unwrap();
    let (status, problem) = caller.get(&format!("entries/{entry}")).await;
    assert_eq!((status, problem["code"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("unavailable")));
    assert!(!problem.to_string().contains("Hemmelig"));
    owner.execute("grant insert on log.disclosure to register_app").await.unwrap();
    assert_eq!(caller.get(&format!("entries/{entry}")).await.0, StatusCode::OK);
}
