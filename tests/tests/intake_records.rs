//! What becomes of records: through intake, the log and the list of entries, with the real events.

use api::entries::MatchedBy;
use api::intake::{RecordAnswer, RecordError, RejectReason};
use backend::clock::Clock;
use backend::demo::Stream;
use backend::demo::dice::Dice;
use backend::demo::numbers::national;
use backend::entropy::Entropy;
use backend::intake::entries::{append, load};
use backend::intake::reference::{Reference, adopt_policy};
use backend::intake::take_in::Intake;
use backend::log::keystore::Directory;
use backend::log::{Append, Keyring, Log, NewEvent, Options, Schemas};
use backend::projections::projector::Round;
use events::entry::{EntryRegistered, EntryUpdated, Source};
use events::record::{EntryRecord, RawRecord, Routing};
use events::reference::{IntakePolicyAdopted, TakeIn};
use events::{EntryEvent, EntryId, Epoch, Personal, ReferenceEvent};
use futures::future::join_all;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use tests::desk::{Desk, Node, entry_of, record};
use uuid::Uuid;

/// Another day for each, so that no two have the same number.
fn born(n: u64) -> Date {
    date(1950, 1, 1) + SignedDuration::from_hours(24 * i64::try_from(n % 18_000).unwrap())
}

/// A traveller who arrives on the day the clock stands on. Each number is another person on another trip.
fn traveller(n: u64) -> RawRecord {
    let born = born(n);
    record(json!({
        "a_reference_code": format!("0301-47-1-{n:07}"),
        "a_date": "2021-03-15",
        "a_updated": "2021-03-15T08:00:00Z",
        "p_first_name": "Solveig",
        "p_last_name": format!("Prøve{n}"),
        "p_birth_date": born.to_string(),
        "p_unique_id": national(&mut Dice::new(n), born, false),
        "p_phone": format!("+44 20 7946 0{:03}", n % 1_000),
        "p_updated": "2021-03-15T08:00:00Z",
        "a_location_address": "Prøvegata 1",
        "municipality_number": "0301",
    }))
}

fn with(mut record: RawRecord, fields: Value) -> RawRecord {
    record.extend(fields.as_object().unwrap().clone());
    record
}

fn demo(count: usize) -> Vec<RawRecord> {
    let start: Timestamp = "2021-03-14T06:00:00Z".parse().unwrap();
    Stream::new(7, start, 1.0).take(count).map(|(_, record)| record).collect()
}

async fn take_all(node: &Node, records: &[RawRecord]) -> Vec<RecordAnswer> {
    let mut answers = Vec::new();
    for batch in records.chunks(500) {
        answers.extend(node.take_in(batch.to_vec()).await);
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_record_is_rejected_with_field_and_reason_and_stops_no_other() {
    let desk = Desk::new().await;
    let mut without = traveller(2);
    without.remove("a_reference_code");
    let nested = with(traveller(3), json!({"p_phone": ["1"]}));
    let long = with(traveller(4), json!({"p_last_name": "x".repeat(4_097)}));
    let answers = desk.node.take_in(vec![traveller(1), without, nested, long, traveller(5)]).await;
    let rejected = |field: &str, reason| RecordAnswer::Rejected {
        errors: vec![RecordError { field: field.into(), reason }],
    };
    assert!(matches!(answers[0], RecordAnswer::Accepted { .. }));
    assert_eq!(answers[1], rejected("a_reference_code", RejectReason::MissingReferenceCode));
    assert_eq!(answers[2], rejected("p_phone", RejectReason::NestedValue));
    assert_eq!(answers[3], rejected("p_last_name", RejectReason::TooLong));
    assert!(matches!(answers[4], RecordAnswer::Accepted { .. }));
    desk.node.catch_up().await;
    assert_eq!(desk.list().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn news_name_what_changed_and_older_news_or_none_change_nothing() {
    let desk = Desk::new().await;
    let RecordAnswer::Accepted { entry } = desk.node.take(traveller(1)).await else { panic!() };
    let news = with(
        traveller(1),
        json!({"p_phone": "+44 20 7946 0999", "p_updated": "2021-03-15T09:00:00Z", "a_location_address": "Prøvegata 2",
               "a_updated": "2021-03-15T09:30:00Z"}),
    );
    let changed = vec!["a_location_address".to_owned(), "p_phone".to_owned()];
    assert_eq!(desk.node.take(news.clone()).await, RecordAnswer::Updated { entry, changed });
    let head = desk.node.head().await;
    let older =
        with(traveller(1), json!({"p_phone": "+44 20 7946 0111", "p_updated": "2021-03-15T08:30:00Z"}));
    let restamped =
        with(news.clone(), json!({"p_updated": "2021-03-15T11:00:00Z", "a_updated": "2021-03-15T11:00:00Z"}));
    for record in [news, traveller(1), older, restamped] {
        assert_eq!(desk.node.take(record).await, RecordAnswer::Unchanged { entry });
    }
    assert_eq!(desk.node.head().await, head);
    // The person's part is newer, the trip's part older: only the person changes.
    let mixed = with(
        traveller(1),
        json!({"p_phone": "+44 20 7946 0222", "p_updated": "2021-03-15T12:00:00Z", "a_location_address": "Prøvegata 3"}),
    );
    let changed = vec!["p_phone".to_owned()];
    assert_eq!(desk.node.take(mixed).await, RecordAnswer::Updated { entry, changed });
    desk.node.catch_up().await;
    let row = desk.row(entry).await.unwrap();
    assert_eq!((row.version, row.document.record.quarantine.address), (3, Some("Prøvegata 2".into())));
    assert_eq!(row.document.record.person.phones[0].e164, Some("+442079460222".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_trip_under_a_second_code_is_one_entry_with_both_codes() {
    let desk = Desk::new().await;
    let RecordAnswer::Accepted { entry } = desk.node.take(traveller(1)).await else { panic!() };
    let again = with(traveller(1), json!({"a_reference_code": "0301-47-4-7777777"}));
    assert_eq!(desk.node.take(again.clone()).await, RecordAnswer::Joined { entry });
    assert_eq!(desk.node.take(again.clone()).await, RecordAnswer::Unchanged { entry });
    assert_eq!(desk.node.take(traveller(1)).await, RecordAnswer::Unchanged { entry });
    // Another trip of the same person, and another person of the same name, are entries of their own.
    let other_day =
        with(traveller(1), json!({"a_reference_code": "0301-47-4-8888888", "a_date": "2021-03-14"}));
    assert!(matches!(desk.node.take(other_day).await, RecordAnswer::Accepted { .. }));
    // A number of the same kind that is another one.
    let number = national(&mut Dice::new(99), born(99), false);
    let namesake =
        with(traveller(1), json!({"a_reference_code": "0301-47-4-9999999", "p_unique_id": number}));
    assert!(matches!(desk.node.take(namesake).await, RecordAnswer::Accepted { .. }));
    desk.node.catch_up().await;
    let codes: Vec<String> =
        desk.row(entry).await.unwrap().document.reference_codes.into_iter().map(|code| code.0).collect();
    assert_eq!(codes, ["0301-47-1-0000001", "0301-47-4-7777777"]);
    let found = desk.search("0301-47-4-7777777").await;
    assert_eq!(
        found.iter().map(|hit| (hit.matched_by, hit.entry.id)).collect::<Vec<_>>(),
        [(MatchedBy::ReferenceCode, entry)]
    );
    assert_eq!(desk.list().await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn by_policy_a_trip_waits_for_its_day_of_arrival() {
    let desk = Desk::new().await;
    let ahead = with(traveller(1), json!({"a_date": "2021-03-17"}));
    let not_yet = RecordAnswer::NotYet { from: date(2021, 3, 17) };
    let head = desk.node.head().await;
    assert_eq!(desk.node.take(ahead.clone()).await, not_yet);
    assert_eq!(desk.node.head().await, head);
    // 2021-03-16T22:30Z is still the 16th in Norway, half an hour later is not.
    desk.clock.advance(SignedDuration::from_mins(34 * 60 + 30));
    assert_eq!(desk.node.take(ahead.clone()).await, not_yet);
    desk.clock.advance(SignedDuration::from_mins(31));
    assert!(matches!(desk.node.take(ahead).await, RecordAnswer::Accepted { .. }));
    let (valid_from, adopted_by) = (date(2021, 3, 17), "test".to_owned());
    adopt_policy(
        &desk.node.log,
        IntakePolicyAdopted { valid_from, take_in: TakeIn::AtRegistration, adopted_by },
    )
    .await
    .unwrap();
    let node = desk.second_node().await;
    let ahead = with(traveller(2), json!({"a_date": "2021-03-20"}));
    assert!(matches!(node.take(ahead).await, RecordAnswer::Accepted { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trip_that_has_ended_is_not_taken_in_again_while_the_source_keeps_it() {
    let desk = Desk::new().await;
    assert!(matches!(desk.node.take(traveller(1)).await, RecordAnswer::Accepted { .. }));
    desk.node.catch_up().await;
    let news =
        with(traveller(1), json!({"p_phone": "+44 20 7946 0999", "p_updated": "2021-03-15T20:00:00Z"}));
    let head = desk.node.head().await;
    desk.clock.advance(SignedDuration::from_hours(240));
    for _day in 10..=20 {
        for record in [traveller(1), news.clone()] {
            assert_eq!(desk.node.take(record).await, RecordAnswer::Ended);
        }
        assert_eq!(desk.node.head().await, head);
        assert!(desk.list().await.is_empty());
        assert!(desk.search("0301-47-1-0000001").await.is_empty());
        desk.clock.advance(SignedDuration::from_hours(24));
    }
    // The source has forgotten it by now, and so has the register: the key of its fingerprint is gone.
    assert!(matches!(desk.node.take(traveller(1)).await, RecordAnswer::Accepted { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_everything_again_appends_nothing() {
    let desk = Desk::new().await;
    let records = demo(2_000);
    let first = take_all(&desk.node, &records).await;
    let head = desk.node.head().await;
    let outcomes = |wanted: fn(&RecordAnswer) -> bool| first.iter().filter(|answer| wanted(answer)).count();
    assert!(outcomes(|answer| matches!(answer, RecordAnswer::Accepted { .. })) > 1_000);
    assert!(outcomes(|answer| matches!(answer, RecordAnswer::Updated { .. })) > 50);
    assert!(outcomes(|answer| matches!(answer, RecordAnswer::Joined { .. })) > 5);
    assert!(outcomes(|answer| matches!(answer, RecordAnswer::NotYet { .. })) > 50);
    let node = desk.second_node().await;
    for (before, after) in first.iter().zip(take_all(&node, &records).await) {
        match entry_of(before) {
            Some(entry) => assert_eq!(after, RecordAnswer::Unchanged { entry }),
            None => assert_eq!(after, *before),
        }
    }
    assert_eq!(desk.node.head().await, head);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_code_twice_in_a_batch_is_taken_in_order() {
    let desk = Desk::new().await;
    let newer =
        with(traveller(1), json!({"p_phone": "+44 20 7946 0999", "p_updated": "2021-03-15T09:00:00Z"}));
    let answers = desk.node.take_in(vec![traveller(1), newer.clone(), newer]).await;
    let RecordAnswer::Accepted { entry } = answers[0] else { panic!() };
    let updated = RecordAnswer::Updated { entry, changed: vec!["p_phone".to_owned()] };
    assert_eq!(answers[1..], [updated, RecordAnswer::Unchanged { entry }]);
    let newer =
        with(traveller(2), json!({"p_phone": "+44 20 7946 0999", "p_updated": "2021-03-15T09:00:00Z"}));
    let answers = desk.node.take_in(vec![newer, traveller(2)]).await;
    let RecordAnswer::Accepted { entry } = answers[0] else { panic!() };
    assert_eq!(answers[1], RecordAnswer::Unchanged { entry });
}

/// Every reference code of the log and the entries it stands in.
async fn codes(desk: &Desk) -> BTreeMap<String, BTreeSet<Uuid>> {
    let mut codes: BTreeMap<String, BTreeSet<Uuid>> = BTreeMap::new();
    for event in desk.node.log.after(0, 1_000_000).await.unwrap() {
        if event.stream.epoch().is_permanent() {
            continue;
        }
        let payload: Value = serde_json::from_slice(&event.open(&desk.keyring).unwrap()).unwrap();
        let code = payload["reference_code"].as_str().unwrap().to_owned();
        codes.entry(code).or_default().insert(event.stream.0);
    }
    codes
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_take_in_the_same_file_make_each_entry_once() {
    let desk = Desk::new().await;
    let second = desk.second_node().await;
    let records = demo(400);
    let (first, other) = tokio::join!(take_all(&desk.node, &records), take_all(&second, &records));
    for (one, other) in first.iter().zip(&other) {
        assert_eq!(entry_of(one), entry_of(other));
    }
    let found = codes(&desk).await;
    assert!(found.values().all(|entries| entries.len() == 1));
    let alone = Desk::new().await;
    take_all(&alone.node, &records).await;
    assert_eq!(found.into_keys().collect::<Vec<_>>(), codes(&alone).await.into_keys().collect::<Vec<_>>());
    assert!(desk.node.log.verify(None).await.unwrap().faults.is_empty());
}

/// Five records of one trip, under two codes.
fn versions(n: u64) -> Vec<RawRecord> {
    let second = json!({"a_reference_code": format!("0301-47-4-{n:07}"), "a_updated": "2021-03-15T08:40:00Z",
        "a_location_address": "Prøvegata 4"});
    vec![
        traveller(n),
        with(traveller(n), json!({"p_phone": "+44 20 7946 0901", "p_updated": "2021-03-15T08:10:00Z"})),
        with(traveller(n), json!({"a_location_address": "Prøvegata 2", "a_updated": "2021-03-15T08:20:00Z"})),
        with(traveller(n), json!({"p_phone": "+44 20 7946 0903", "p_updated": "2021-03-15T08:30:00Z"})),
        with(traveller(n), second),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_order_of_delivery_the_end_is_the_same() {
    let desk = Desk::new().await;
    let mut ends = Vec::new();
    for n in 1..=40 {
        let mut records = versions(n);
        if n > 1 {
            records.sort_by_cached_key(|_| Entropy::system().bytes::<4>());
        }
        let mut entries = BTreeSet::new();
        for record in records {
            entries.extend(entry_of(&desk.node.take(record).await));
        }
        assert_eq!(entries.len(), 1);
        let entry = EntryId::parse(*entries.first().unwrap()).unwrap();
        let state = load(&desk.node.log, entry).await.unwrap().state.unwrap();
        let mut end = state.raw;
        end.retain(|field, _| {
            !["a_reference_code", "p_last_name", "p_unique_id", "p_birth_date"].contains(&field.as_str())
        });
        ends.push((state.reference_codes.len(), end));
    }
    assert_eq!(ends[0].0, 2);
    assert_eq!(
        (&ends[0].1["p_phone"], &ends[0].1["a_location_address"]),
        (&json!("+44 20 7946 0903"), &json!("Prøvegata 4"))
    );
    for end in &ends {
        assert_eq!(*end, ends[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_shows_and_finds_what_was_taken_in() {
    let desk = Desk::new().await;
    take_all(&desk.node, &demo(300)).await;
    let number = national(&mut Dice::new(4_711), born(1), false);
    let person = json!({"p_first_name": "Bjørn-Åge", "p_last_name": "Kristoffersen", "p_phone": "+46 70 174 06 05", "p_unique_id": number});
    let RecordAnswer::Accepted { entry } = desk.node.take(with(traveller(1), person)).await else { panic!() };
    assert!(desk.search(&number).await.is_empty(), "not before the list has caught up");
    desk.node.catch_up().await;
    let queries = [
        (number.as_str(), MatchedBy::Identity),
        ("0301-47-1-0000001", MatchedBy::ReferenceCode),
        ("+46701740605", MatchedBy::Phone),
        ("bjørn kristoffersen", MatchedBy::Name),
        ("Bjø Krist", MatchedBy::NamePrefix),
        ("Bjørn Christofersen", MatchedBy::NameSound),
    ];
    for (query, by) in queries {
        let found = desk.search(query).await;
        assert!(found.iter().any(|hit| hit.entry.id == entry && hit.matched_by == by), "{query}");
    }
    let rows = desk.list().await;
    let streams = codes(&desk).await.into_values().flatten().collect::<BTreeSet<_>>();
    assert_eq!(rows.iter().map(|row| row.id).collect::<BTreeSet<_>>(), streams);
    assert_eq!(rows.len(), streams.len());
    assert!(rows.windows(2).all(|pair| pair[0].arrival >= pair[1].arrival), "latest arrival first");
    let row = rows.iter().find(|row| row.id == entry).unwrap();
    assert_eq!(row.person.0.name.as_deref(), Some("Bjørn-Åge Kristoffersen"));
    // Found no more by what was corrected.
    let news =
        json!({"p_first_name": "Bjørn-Åge", "p_last_name": "Hagen", "p_updated": "2021-03-15T10:00:00Z"});
    desk.node.take(with(traveller(1), news)).await;
    desk.node.catch_up().await;
    assert!(desk.search("Kristoffersen").await.iter().all(|hit| hit.entry.id != entry));
    assert!(desk.search("Hagen").await.iter().any(|hit| hit.entry.id == entry));
}

/// Everything a row of the list says, opened; tokens beside it.
async fn rows(desk: &Desk) -> HashMap<Uuid, (String, Vec<i64>)> {
    let mut owner = PgConnection::connect(&desk.database.url).await.unwrap();
    let clear: Vec<(Uuid, Value)> =
        sqlx::query_as("select entry, to_jsonb(e) - array['headline', 'document'] from read.entry e")
            .fetch_all(&mut owner)
            .await
            .unwrap();
    let tokens: Vec<(Uuid, i64)> = sqlx::query_as("select entry, token from read.entry_token order by token")
        .fetch_all(&mut owner)
        .await
        .unwrap();
    let mut rows = HashMap::new();
    for (entry, clear) in clear {
        let document = serde_json::to_string(&desk.row(entry).await.unwrap().document).unwrap();
        rows.insert(entry, (format!("{clear} {document}"), Vec::new()));
    }
    for (entry, token) in tokens {
        rows.get_mut(&entry).unwrap().1.push(token);
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_built_anew_are_the_rows_that_grew() {
    let desk = Desk::new().await;
    for batch in demo(600).chunks(60) {
        desk.node.take_in(batch.to_vec()).await;
        desk.node.catch_up().await;
    }
    poison(&desk, true).await;
    desk.node.take(traveller(1)).await;
    desk.node.catch_up().await;
    let grown = rows(&desk).await;
    let listed = serde_json::to_value(desk.list().await).unwrap();
    assert!(grown.len() > 300);
    desk.node.projector().rebuild().await.unwrap();
    let built = rows(&desk).await;
    assert_eq!(built.len(), grown.len());
    for (entry, row) in &grown {
        assert!(built[entry] == *row, "{entry}");
    }
    assert_eq!(serde_json::to_value(desk.list().await).unwrap(), listed);
    assert_eq!(parked(&desk).await.len(), 1);
    // The list goes on from there.
    desk.node.take(traveller(2)).await;
    desk.node.catch_up().await;
    assert_eq!(desk.list().await.len(), grown.len() + 1);
}

async fn parked(desk: &Desk) -> Vec<Uuid> {
    let mut owner = PgConnection::connect(&desk.database.url).await.unwrap();
    sqlx::query_scalar("select stream from read.parked").fetch_all(&mut owner).await.unwrap()
}

/// An entry whose schema-valid news cannot be folded, and good news after it. With or without a registration before.
async fn poison(desk: &Desk, registered: bool) -> EntryId {
    let entry = Entropy::system().entry(Epoch::of(desk.clock.now()));
    let code = Personal("0301-47-1-poison".to_owned());
    let (source, record, routing) = (Source::Feed, EntryRecord::default(), Routing::default());
    let raw = Personal(traveller(77_777));
    let registration = EntryRegistered {
        reference_code: code.clone(),
        source,
        record: record.clone(),
        routing: routing.clone(),
        raw: raw.clone(),
    };
    let news = EntryUpdated { reference_code: code, source, changed: vec![], record, routing, raw };
    let mut unreadable = EntryEvent::from(news.clone()).payload().unwrap();
    unreadable["record"]["trip"]["arrival"] = json!("the day after tomorrow");
    let mut version = 0;
    if registered {
        version = append(&desk.node.log, entry, 0, &[registration.into()], "test", vec![], None)
            .await
            .unwrap()
            .version;
    }
    let poison = Append {
        stream: entry.stream(),
        expected_version: version,
        command: None,
        request: vec![],
        actor: "test".to_owned(),
        events: vec![NewEvent {
            name: EntryEvent::from(news.clone()).name(),
            schema_version: 1,
            payload: unreadable,
        }],
        claims: vec![],
    };
    desk.node.log.append(poison).await.unwrap();
    append(&desk.node.log, entry, version + 1, &[news.into()], "test", vec![], None).await.unwrap();
    entry
}

/// Intake of a node with a clock of its own, over keys that nodes share.
async fn intake_at(desk: &Desk, keys: &Path, now: &str) -> Intake {
    let clock = Clock::manual(now.parse().unwrap());
    let keys = Directory::open(keys).unwrap();
    let keyring = Arc::new(Keyring::new(Box::new(keys), clock.clone(), Entropy::system()));
    let pool = backend::log::connect(&desk.database.url, "register_app", 4).await.unwrap();
    let all = EntryEvent::schemas().into_iter().chain(ReferenceEvent::schemas()).collect();
    let schemas = Arc::new(Schemas::compile(all).unwrap());
    let log = Log::open(pool, keyring, schemas, clock, Entropy::system(), Options::default()).await.unwrap();
    let reference = Reference::load(&log).await.unwrap();
    Intake::new(log, reference, false)
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_whose_clocks_stand_on_both_sides_of_an_edge_make_one_entry_of_one_trip() {
    for (before, after) in
        [("2021-03-15T17:59:30Z", "2021-03-15T18:00:30Z"), ("2021-03-15T23:59:30Z", "2021-03-16T00:00:30Z")]
    {
        let desk = Desk::new().await;
        let scratch = tempfile::tempdir().unwrap();
        let keys = scratch.path().join("keyring");
        let ahead = intake_at(&desk, &keys, after).await;
        let behind = intake_at(&desk, &keys, before).await;
        let take = async |intake: &Intake, record: RawRecord| {
            intake.take_in(vec![record], Source::Feed).await.unwrap().pop().unwrap()
        };
        let RecordAnswer::Accepted { entry } = take(&ahead, traveller(1)).await else { panic!() };
        assert_eq!(take(&behind, traveller(1)).await, RecordAnswer::Unchanged { entry });
        let second = with(traveller(1), json!({"a_reference_code": "0301-47-4-7777777"}));
        assert_eq!(take(&behind, second.clone()).await, RecordAnswer::Joined { entry });
        assert_eq!(take(&ahead, second).await, RecordAnswer::Unchanged { entry });
        // And the other way round.
        let RecordAnswer::Accepted { entry } = take(&behind, traveller(2)).await else { panic!() };
        assert_eq!(take(&ahead, traveller(2)).await, RecordAnswer::Unchanged { entry });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_entries_that_may_be_the_same_trip_the_oldest_is_joined() {
    for named_first in [true, false] {
        let desk = Desk::new().await;
        let mut named = traveller(1);
        named.remove("p_unique_id");
        let numbered =
            with(traveller(1), json!({"a_reference_code": "0301-47-4-1111111", "p_last_name": "Annerledes"}));
        let both = with(traveller(1), json!({"a_reference_code": "0301-47-4-2222222"}));
        let (first, second) = if named_first { (named, numbered) } else { (numbered, named) };
        let RecordAnswer::Accepted { entry: oldest } = desk.node.take(first).await else { panic!() };
        desk.clock.advance(SignedDuration::from_hours(7));
        assert!(matches!(desk.node.take(second).await, RecordAnswer::Accepted { .. }));
        assert_eq!(desk.node.take(both).await, RecordAnswer::Joined { entry: oldest });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_cannot_be_folded_parks_its_stream_and_nobody_else() {
    let desk = Desk::new().await;
    desk.node.take(traveller(1)).await;
    let never = poison(&desk, false).await;
    let begun = poison(&desk, true).await;
    desk.node.take(traveller(2)).await;
    desk.node.catch_up().await;
    desk.node.take(traveller(3)).await;
    desk.node
        .take(with(traveller(1), json!({"p_phone": "+44 20 7946 0999", "p_updated": "2021-03-15T09:00:00Z"})))
        .await;
    desk.node.catch_up().await;
    let mut waiting = parked(&desk).await;
    waiting.sort();
    let mut expected = vec![never.uuid(), begun.uuid()];
    expected.sort();
    assert_eq!(waiting, expected);
    assert_eq!(desk.row(begun.uuid()).await.unwrap().version, 1, "what came before the poison stays");
    assert!(desk.row(never.uuid()).await.is_none());
    assert_eq!(desk.list().await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_projectors_one_folds_each_event() {
    let desk = Desk::new().await;
    let second = desk.second_node().await;
    desk.node.catch_up().await;
    let registrations = (0..3_500).map(|_| async {
        let entry = Entropy::system().entry(Epoch::of(desk.clock.now()));
        let event = EntryRegistered {
            reference_code: "0301-47-1-1".into(),
            source: Source::Feed,
            record: EntryRecord::default(),
            routing: Routing::default(),
            raw: Personal(RawRecord::new()),
        };
        append(&desk.node.log, entry, 0, &[event.into()], "test", vec![], None).await.unwrap();
    });
    join_all(registrations).await;
    let head = desk.node.head().await;
    let fold = |node: Node| async move {
        let projector = node.projector();
        let mut folded = Vec::new();
        loop {
            match projector.round(1_000).await.unwrap() {
                Round::Folded(position) => folded.push(position),
                Round::Idle(position) if position >= head => return folded,
                Round::Idle(_) | Round::Busy => tokio::time::sleep(std::time::Duration::from_millis(1)).await,
            }
        }
    };
    let tasks = [desk.node.clone(), second].map(|node| tokio::spawn(fold(node)));
    let mut folded: Vec<u64> = join_all(tasks).await.into_iter().flat_map(Result::unwrap).collect();
    folded.sort_unstable();
    let mut once = folded.clone();
    once.dedup();
    assert_eq!(folded, once, "a round was folded twice");
    assert_eq!((folded.len(), folded.last().copied()), (4, Some(head)));
    assert_eq!(desk.list().await.len(), 3_500);
    // While one node holds the checkpoint, the other does not wait and does not fold.
    let mut holder = PgConnection::connect(&desk.database.url).await.unwrap();
    let mut held = holder.begin().await.unwrap();
    sqlx::query("select from read.projection for update").execute(&mut *held).await.unwrap();
    assert_eq!(desk.node.projector().round(1_000).await.unwrap(), Round::Busy);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_values_stop_neither_intake_nor_the_list_and_stand_nowhere_in_the_clear() {
    let desk = Desk::new().await;
    let odd = [
        "KARI\u{0}TEST",
        "KARI TEST 41234567",
        "-009998-01-02T01:00:00Z",
        "9999-12-31",
        "99999999999999999999",
        "\u{202e}KARI",
    ];
    let fields: Vec<String> =
        backend::rules::fields::PUBLISHED.iter().map(|field| (*field).to_owned()).collect();
    let mut n = 0;
    let mut accepted = 0;
    for value in odd {
        let records = fields.iter().filter(|field| *field != "a_reference_code").map(|field| {
            n += 1;
            with(traveller(n), json!({ field.as_str(): value }))
        });
        for answer in desk.node.take_in(records.collect()).await {
            match answer {
                RecordAnswer::Accepted { .. } => accepted += 1,
                RecordAnswer::NotYet { .. } => {}
                other => panic!("{other:?}"),
            }
        }
    }
    desk.node.catch_up().await;
    assert_eq!(desk.list().await.len(), accepted);
    assert_eq!(parked(&desk).await, Vec::<Uuid>::new());
    let mut owner = PgConnection::connect(&desk.database.url).await.unwrap();
    let clear: Vec<String> =
        sqlx::query_scalar("select (to_jsonb(e) - array['headline', 'document'])::text from read.entry e")
            .fetch_all(&mut owner)
            .await
            .unwrap();
    assert!(clear.iter().all(|row| !row.contains("KARI")), "free text of the source stands in the clear");
}
