//! Nothing lives longer than its epoch, before its end nothing is lost, and what is said about it is true.

use api::intake::RecordAnswer;
use backend::log::keystore::{Directory, KeyName, KeyStore};
use backend::log::{KeyError, ReadError, Rejected};
use backend::machines::registry::Registry;
use backend::retention::certificate::{NotCertified, check};
use backend::retention::{Retention, Round, consumers, facts};
use backend::rules::entry::{Command, decide};
use events::entry::{EndGround, EndRequested};
use events::retention::{DayStatistics, EpochEnded};
use events::{EntryId, Epoch, Personal, RetentionEvent};
use jiff::SignedDuration;
use jiff::civil::date;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use tests::desk::{Desk, entry_of, record};
use uuid::Uuid;

fn traveller(n: usize, fields: Value) -> events::record::RawRecord {
    let mut all = record(json!({
        "a_reference_code": format!("4601-2021-{n:07}"), "a_date": "2021-03-15", "municipality_number": "4601",
        "p_first_name": format!("Ola{n}"), "p_last_name": "Nordmann", "p_birth_date": "1980-01-01",
        "a_country_of_departure": "Polen", "a_q_opt_l1_code": "1001",
    }));
    all.extend(record(fields));
    all
}

async fn receipts(retention: &Retention) -> Vec<EpochEnded> {
    let found = facts(retention.log(), &["epoch-ended"], 0).await.unwrap();
    found
        .into_iter()
        .filter_map(|fact| match fact.event {
            RetentionEvent::EpochEnded(receipt) => Some(receipt),
            _ => None,
        })
        .collect()
}

/// Rows that tell of anybody, in all tables of log and read models.
async fn rows_left(desk: &Desk) -> i64 {
    let mut connection = PgConnection::connect(&desk.database.url).await.unwrap();
    sqlx::query_scalar(
        "select (select count(*) from log.event where epoch > 0) + (select count(*) from log.command where epoch > 0)
              + (select count(*) from log.batch where append_window > 0)
              + (select count(*) from log.stream where stream >= log.first_stream(1))
              + (select count(*) from log.claim where stream is not null or digest is not null or not outlives)
              + (select count(*) from log.ended_stream)
              + (select count(*) from read.entry) + (select count(*) from read.entry_token)
              + (select count(*) from read.message_plan) + (select count(*) from read.referral)
              + (select count(*) from read.parked) + (select count(*) from read.published)
              + (select count(*) from read.feed) + (select count(*) from read.ended_audience)",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap()
}

#[tokio::test]
async fn an_entry_is_wholly_there_until_its_epoch_ends_and_not_at_all_afterwards() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    let answers = desk.node.take_in((0..7).map(|n| traveller(n, json!({}))).collect()).await;
    let entry = entry_of(&answers[0]).unwrap();
    let epoch = EntryId::parse(entry).unwrap().epoch();
    desk.node.catch_up().await;
    let witness = desk.node.log.witness().await.unwrap();

    desk.move_to_just_before_the_end_of(epoch);
    retention.round().await.unwrap();
    assert_eq!(desk.list().await.len(), 7);
    assert_eq!(desk.node.history(entry).await.len(), 1);
    assert_eq!(desk.search("Nordmann").await.len(), 7);
    assert!(receipts(&retention).await.iter().all(|receipt| receipt.epoch < epoch));
    let refused = desk.node.take(traveller(0, json!({"p_first_name": "Kari"}))).await;
    assert!(matches!(refused, RecordAnswer::Ended), "a frozen epoch takes nothing more");

    // The first moment after it: nobody has ended anything yet.
    desk.clock.advance(SignedDuration::from_micros(1));
    let stream = EntryId::parse(entry).unwrap().stream();
    assert!(matches!(desk.node.log.stream(stream).await, Err(ReadError::Key(_))));
    assert_eq!(desk.list().await.len(), 0);
    assert_eq!(desk.search("Nordmann").await.len(), 0);

    assert_eq!(retention.round().await.unwrap(), Round::Done);
    let receipts = receipts(&retention).await;
    let receipt = receipts.iter().find(|receipt| receipt.epoch == epoch).unwrap();
    assert_eq!((receipt.entries, receipt.events), (7, 7));
    assert!(receipt.key_fingerprint.is_some());
    assert_eq!(rows_left(&desk).await, 0);
    assert!(desk.keyring.held().unwrap().iter().all(|name| !name.file_name().contains("epoch")));

    let report = desk.node.log.verify(None).await.unwrap();
    assert_eq!((report.faults, report.ended), (vec![], 7));
    assert!(desk.node.log.verify(Some(witness)).await.unwrap().faults.is_empty());
    for again in desk.node.take_in((0..7).map(|n| traveller(n, json!({}))).collect()).await {
        assert!(matches!(again, RecordAnswer::Ended), "{again:?}");
    }
    let refused = desk.node.log.append(tests::playground::count(stream, 1, &[1])).await;
    assert!(matches!(refused, Err(Rejected::Ended(_) | Rejected::Invalid(_))));
    desk.node.projector().rebuild().await.unwrap();
    assert_eq!(desk.list().await.len(), 0);
}

#[tokio::test]
async fn other_epochs_go_on_and_the_chain_holds_across_what_was_dropped() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    let mut epochs = Vec::new();
    for n in 0..6 {
        let answer = desk.node.take(traveller(n, json!({}))).await;
        epochs.push(EntryId::parse(entry_of(&answer).unwrap()).unwrap().epoch());
        // An event of an old epoch in the window of a new one.
        desk.node
            .take(traveller(
                0,
                json!({"p_email": format!("{n}@example.org"), "p_updated": format!("2021-03-{:02}", 15 + n)}),
            ))
            .await;
        desk.clock.advance(SignedDuration::from_hours(7));
    }
    let witness = desk.node.log.witness().await.unwrap();
    for (n, epoch) in epochs.iter().enumerate() {
        desk.move_to_just_before_the_end_of(*epoch);
        desk.clock.advance(SignedDuration::from_micros(1));
        retention.round().await.unwrap();
        desk.node.catch_up().await;
        assert_eq!(desk.list().await.len(), 5 - n);
        let report = desk.node.log.verify(Some(witness)).await.unwrap();
        assert_eq!(report.faults, vec![], "after {n}");
        desk.node.projector().rebuild().await.unwrap();
        assert_eq!(desk.list().await.len(), 5 - n, "built anew across the gaps");
    }
    assert_eq!(rows_left(&desk).await, 0);
}

#[tokio::test]
async fn a_dropped_stretch_that_does_not_link_is_found() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    desk.node.take(traveller(1, json!({}))).await;
    desk.clock.advance(SignedDuration::from_hours(246));
    retention.round().await.unwrap();
    let mut owner = PgConnection::connect(&desk.database.url).await.unwrap();
    for tampering in [
        "update log.segment set hash = sha256('x'::bytea)",
        "update log.segment set last_position = last_position + 1",
        "delete from log.segment",
    ] {
        sqlx::raw_sql("set session_replication_role = replica; begin").execute(&mut owner).await.unwrap();
        sqlx::raw_sql(tampering).execute(&mut owner).await.unwrap();
        sqlx::raw_sql("commit").execute(&mut owner).await.unwrap();
        assert!(!desk.node.log.verify(None).await.unwrap().faults.is_empty(), "{tampering}");
        sqlx::raw_sql("set session_replication_role = origin").execute(&mut owner).await.unwrap();
        let refused = sqlx::raw_sql(tampering).execute(&mut owner).await;
        if tampering.starts_with("update") {
            assert!(refused.is_err(), "even the owner is refused: {tampering}");
        }
    }
}

#[tokio::test]
async fn two_nodes_end_an_epoch_once() {
    let desk = Desk::new().await;
    let other = desk.second_node().await;
    let (first, second) = (desk.retention().await, desk.retention_of(&other).await);
    desk.node.take(traveller(1, json!({}))).await;
    desk.clock.advance(SignedDuration::from_hours(246));
    for _ in 0..5 {
        let (one, two) = futures::join!(first.round(), second.round());
        one.unwrap();
        two.unwrap();
    }
    let receipts = receipts(&first).await;
    let mut epochs: Vec<Epoch> = receipts.iter().map(|receipt| receipt.epoch).collect();
    epochs.dedup();
    assert_eq!(epochs.len(), receipts.len());
    assert_eq!(rows_left(&desk).await, 0);
}

#[tokio::test]
async fn a_clock_that_goes_back_brings_nothing_back() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    let entry = entry_of(&desk.node.take(traveller(1, json!({}))).await).unwrap();
    desk.clock.advance(SignedDuration::from_hours(246));
    desk.clock.now();
    desk.clock.advance(SignedDuration::from_hours(-246));
    let stream = EntryId::parse(entry).unwrap().stream();
    assert!(matches!(desk.node.log.stream(stream).await, Err(ReadError::Key(_))));
    retention.round().await.unwrap();
    assert_eq!(rows_left(&desk).await, 0);
}

async fn statistics(retention: &Retention) -> Vec<DayStatistics> {
    let found = facts(retention.log(), &["day-statistics-written"], 0).await.unwrap();
    found
        .into_iter()
        .filter_map(|fact| match fact.event {
            RetentionEvent::DayStatistics(statistics) => Some(statistics),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_day_is_counted_before_its_first_key_goes_and_small_counts_are_held_back() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    let of = |n: usize| match n {
        0..12 => "4601",
        12..18 => "0301",
        18..20 => "5001",
        _ => "1103",
    };
    let records = (0..21).map(|n| traveller(n, json!({"municipality_number": of(n)}))).collect();
    desk.node.take_in(records).await;
    // The same Norwegian day, another epoch.
    desk.clock.advance(SignedDuration::from_hours(7));
    desk.node.take(traveller(30, json!({"municipality_number": "4601"}))).await;
    desk.clock.advance(SignedDuration::from_hours(240 - 7) - SignedDuration::from_mins(9));
    retention.round().await.unwrap();
    let found = statistics(&retention).await;
    let day = found.iter().find(|statistics| statistics.day == date(2021, 3, 15)).unwrap();
    assert!(day.counted);
    let table =
        day.tables.iter().find(|table| table.measure == "entries" && table.by == "municipality").unwrap();
    assert_eq!(table.total, Some(22));
    assert_eq!(
        table.cells,
        [("4601".to_owned(), 13)].into(),
        "two and one are held back, and six to hide them"
    );
    assert_eq!(table.suppressed, 3);
    let text = serde_json::to_string(day).unwrap();
    assert!(!text.contains("Nordmann") && !text.contains("T1"), "no names, no times: {text}");
    assert!(receipts(&retention).await.iter().all(|receipt| receipt.entries == 0));
}

#[tokio::test]
async fn a_day_that_ended_while_the_register_was_down_is_said_not_to_be_counted() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    desk.node.take(traveller(1, json!({}))).await;
    desk.clock.advance(SignedDuration::from_hours(300));
    retention.round().await.unwrap();
    let found = statistics(&retention).await;
    let day = found.iter().find(|statistics| statistics.day == date(2021, 3, 15)).unwrap();
    assert!(!day.counted && day.tables.is_empty());
    assert_eq!(rows_left(&desk).await, 0);
}

async fn change(desk: &Desk, entry: Uuid, command: Command) {
    let entry = EntryId::parse(entry).unwrap();
    let loaded = backend::intake::entries::load(&desk.node.log, entry).await.unwrap();
    let events = decide(loaded.state.as_ref(), command).unwrap();
    backend::intake::entries::append(&desk.node.log, entry, loaded.version, &events, "test", vec![], None)
        .await
        .unwrap();
}

fn request(by: &str) -> Command {
    Command::RequestEnd(EndRequested {
        ground: EndGround::RegisteredByMistake,
        reason: Personal("The traveller never came".to_owned()),
        requested_by: by.to_owned(),
    })
}

#[tokio::test]
async fn one_entry_ends_early_when_two_persons_agree_and_the_rest_stays_whole() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    let answers = desk.node.take_in((0..3).map(|n| traveller(n, json!({}))).collect()).await;
    let (gone, stays) = (entry_of(&answers[1]).unwrap(), entry_of(&answers[2]).unwrap());
    change(&desk, gone, request("Per")).await;
    desk.node.catch_up().await;
    retention.round().await.unwrap();
    assert_eq!(desk.list().await.len(), 3, "one person alone ends nothing");
    change(&desk, gone, Command::ConfirmEnd { by: "Kari".to_owned() }).await;
    desk.node.catch_up().await;
    retention.round().await.unwrap();
    retention.round().await.unwrap();

    assert_eq!(desk.list().await.len(), 2);
    assert!(desk.row(gone).await.is_none());
    let stream = EntryId::parse(gone).unwrap().stream();
    assert!(matches!(desk.node.log.stream(stream).await, Err(ReadError::Key(_))), "ended, not unknown");
    assert!(matches!(
        desk.node.take(traveller(1, json!({"p_email": "x@example.org"}))).await,
        RecordAnswer::Ended
    ));
    assert_eq!(desk.node.history(stays).await.len(), 1);
    assert_eq!(desk.node.log.verify(None).await.unwrap().faults, vec![]);
    desk.node.projector().rebuild().await.unwrap();
    assert_eq!(desk.list().await.len(), 2);
    let receipts = facts(&desk.node.log, &["entry-ended-early"], 0).await.unwrap();
    let [RetentionEvent::EntryEndedEarly(receipt)] =
        &receipts.iter().map(|fact| &fact.event).collect::<Vec<_>>()[..]
    else {
        panic!("one receipt");
    };
    assert_eq!((receipt.entry.uuid(), receipt.events), (gone, 3));
    assert_eq!(receipt.in_backups_until, stream.epoch().ends_at());
    let mut owner = PgConnection::connect(&desk.database.url).await.unwrap();
    let refused =
        sqlx::query("delete from log.event where stream = $1").bind(stays).execute(&mut owner).await;
    assert!(refused.is_err(), "no other row goes");

    desk.clock.advance(SignedDuration::from_hours(246));
    retention.round().await.unwrap();
    assert_eq!(rows_left(&desk).await, 0);
    assert_eq!(desk.node.log.verify(None).await.unwrap().faults, vec![]);
}

#[tokio::test]
async fn a_list_that_was_being_built_while_an_entry_ended_does_not_bring_it_back() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    let gone = entry_of(&desk.node.take(traveller(1, json!({}))).await).unwrap();
    desk.node.catch_up().await;
    let mut owner = PgConnection::connect(&desk.database.url).await.unwrap();
    let kept = "create table public.kept as select * from read.entry";
    sqlx::raw_sql(kept).execute(&mut owner).await.unwrap();
    change(&desk, gone, request("Per")).await;
    change(&desk, gone, Command::ConfirmEnd { by: "Kari".to_owned() }).await;
    retention.end_entry(EntryId::parse(gone).unwrap()).await.unwrap();
    // What a build that began before leaves when it takes the old list's place.
    sqlx::raw_sql("insert into read.entry select * from public.kept").execute(&mut owner).await.unwrap();
    assert!(desk.row(gone).await.is_some());
    retention.round().await.unwrap();
    assert!(desk.row(gone).await.is_none());
}

#[tokio::test]
async fn fingerprints_outlive_the_entry_until_the_source_has_forgotten_the_trip_too() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    desk.node.take(traveller(1, json!({}))).await;
    desk.clock.advance(SignedDuration::from_hours(24 * 19));
    retention.round().await.unwrap();
    assert!(matches!(desk.node.take(traveller(1, json!({}))).await, RecordAnswer::Ended));
    let count = "select count(*) from log.claim";
    let mut connection = PgConnection::connect(&desk.database.url).await.unwrap();
    assert_eq!(sqlx::query_scalar::<_, i64>(count).fetch_one(&mut connection).await.unwrap(), 1);
    desk.clock.advance(SignedDuration::from_hours(24 * 13));
    retention.round().await.unwrap();
    assert_eq!(sqlx::query_scalar::<_, i64>(count).fetch_one(&mut connection).await.unwrap(), 0);
    assert_eq!(desk.keyring.held().unwrap(), [KeyName::Certificates], "the key that signs opens nothing");
}

#[tokio::test]
async fn each_day_has_a_certificate_that_anybody_can_check() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    desk.node.take(traveller(1, json!({}))).await;
    desk.clock.advance(SignedDuration::from_hours(240));
    retention.round().await.unwrap();
    let day = date(2021, 3, 25);
    assert!(retention.certificate(day).await.unwrap().is_none(), "the day is not over");
    for _ in 0..3 {
        desk.clock.advance(SignedDuration::from_hours(6));
        retention.round().await.unwrap();
    }
    let signed = retention.certificate(day).await.unwrap().unwrap();
    let certificate = check(&signed).unwrap();
    assert_eq!(certificate.epochs.iter().map(|receipt| receipt.entries).sum::<u64>(), 1);
    assert_eq!(certificate.epochs.len(), 2, "every window that there was and that ended on the day");
    let mut forged = signed.clone();
    forged.certificate = forged.certificate.replace("\"entries\":1", "\"entries\":0");
    assert_eq!(check(&forged), Err(NotCertified::Signature));
    retention.round().await.unwrap();
    assert_eq!(retention.certificate(day).await.unwrap(), Some(signed), "it is signed once");
    let row = retention.overview().await.unwrap().days.into_iter().find(|row| row.day == day).unwrap();
    assert_eq!((row.due, row.done, row.entries, row.certified), (2, 2, 1, true));
}

#[tokio::test]
async fn consumers_are_told_what_ended_and_it_is_seen_who_has_not_deleted_it() {
    let desk = Desk::new().await;
    let retention = desk.retention().await;
    let log = &desk.node.log;
    consumers::add(log, "tracing", "secret", "Drift").await.unwrap();
    assert!(consumers::add(log, "tracing", "other", "Drift").await.is_err());
    let registry = Registry::new(log.clone());
    assert!(registry.by_token("wrong").await.unwrap().is_none());
    let consumer = registry.by_token("secret").await.unwrap().unwrap().name.clone();
    let entry = entry_of(&desk.node.take(traveller(1, json!({}))).await).unwrap();
    desk.clock.advance(SignedDuration::from_hours(240));
    retention.round().await.unwrap();
    let page = consumers::page(log, 0).await.unwrap();
    let [tombstone] = &page.items[..] else { panic!("one window had entries: {page:?}") };
    let told = serde_json::to_value(&tombstone.what).unwrap();
    assert!(entry.simple().to_string().starts_with(told["id_prefix"].as_str().unwrap()));
    desk.clock.advance(SignedDuration::from_hours(25));
    let status = &retention.overview().await.unwrap().consumers[0];
    assert_eq!((status.waiting, status.overdue), (1, true));
    assert!(
        consumers::acknowledge(log, &consumer, page.position + 1_000).await.is_err(),
        "nothing was put out there"
    );
    consumers::acknowledge(log, &consumer, page.position).await.unwrap();
    let status = &retention.overview().await.unwrap().consumers[0];
    assert_eq!((status.waiting, status.overdue, status.acknowledged), (0, false, page.position));
    assert!(consumers::page(log, page.position).await.unwrap().items.is_empty());
    consumers::remove(log, "tracing", "Drift").await.unwrap();
    assert!(registry.by_token("secret").await.unwrap().is_none());
    assert!(retention.overview().await.unwrap().consumers.is_empty());
}

#[tokio::test]
async fn a_destroyed_key_that_comes_back_is_refused_reported_and_destroyed_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let desk = Desk::with_keys(Box::new(Directory::open(&path).unwrap())).await;
    let retention = desk.retention().await;
    let entry = entry_of(&desk.node.take(traveller(1, json!({}))).await).unwrap();
    let epoch = EntryId::parse(entry).unwrap().epoch();
    let store = Directory::open(&path).unwrap();
    let stolen = store.load(KeyName::Epoch(epoch)).unwrap().unwrap();
    desk.clock.advance(SignedDuration::from_hours(240));
    retention.round().await.unwrap();
    assert!(store.load(KeyName::Epoch(epoch)).unwrap().is_none());

    store.create(KeyName::Epoch(epoch), stolen.clone()).unwrap();
    assert!(matches!(desk.keyring.epoch(epoch), Err(KeyError::Ended(_))));
    // And under the name of a live epoch, with a longer life written into it.
    let live = Epoch::of(desk.clock.now());
    let mut longer = stolen.clone();
    longer.not_after = live.ends_at();
    store.create(KeyName::Epoch(live), longer).unwrap();
    assert!(matches!(desk.keyring.epoch(live), Err(KeyError::Destroyed(_))));
    retention.round().await.unwrap();
    assert!(
        store.load(KeyName::Epoch(epoch)).unwrap().is_none()
            && store.load(KeyName::Epoch(live)).unwrap().is_none()
    );
    let found = retention.overview().await.unwrap().key_findings;
    assert_eq!(found.len(), 2);
    assert!(desk.keyring.epoch_of_registration(live).is_ok(), "the window goes on under a key of its own");
}
