//! The feed tells each consumer which entry is new, changed or gone for it, in order, and never anything about anybody.

use api::feed::{ARRIVED, CHANGED, CloudEvent, ENDED, LEFT, WINDOW_ENDED};
use backend::entropy::Entropy;
use events::entry::EntryRouted;
use events::subscription::{Area, MachineScope};
use events::{EntryEvent, EntryId};
use jiff::SignedDuration;
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::consumer::{Consumer, next};
use tests::office::{Office, tell};
use uuid::Uuid;

const BOTH: [MachineScope; 2] = [MachineScope::Entries, MachineScope::Feed];

/// Who an entry is about, and where: what must be nowhere in the feed.
const WORDS: [&str; 6] = ["Solveig", "Prøvesen", "41234567", "Storgata", "4601-47", "1980"];

fn record(n: usize, municipality: &str, updated: &str) -> Value {
    json!({
        "a_reference_code": format!("4601-47-1-{n}"), "a_date": "2021-03-15", "municipality_number": municipality,
        "p_first_name": "Solveig", "p_last_name": "Prøvesen", "p_birth_date": format!("1980-01-{:02}", n + 1), "p_phone": "41234567",
        "a_location_address": "Storgata 1", "a_updated": updated, "p_updated": updated,
    })
}

struct Reader<'a> {
    office: &'a Office,
    token: String,
}

impl<'a> Reader<'a> {
    async fn of(office: &'a Office, name: &str, numbers: &[&str]) -> Reader<'a> {
        Reader { office, token: office.consumer(name, numbers, &BOTH).await }
    }

    /// A page and where to go on.
    async fn page(&self, query: &str) -> (Vec<CloudEvent>, String) {
        let path = format!("/api/v1/feed{query}");
        let answer = self.office.request(Method::GET, &path, &self.token).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/cloudevents-batch+json");
        let next = next(answer.headers()).expect("where to go on");
        let text = answer.text().await.unwrap();
        for word in WORDS {
            assert!(!text.contains(word), "{word} in {text}");
        }
        (serde_json::from_str(&text).unwrap(), next)
    }

    /// Everything there is, as kind, entry and municipality.
    async fn all(&self) -> Vec<(&'static str, Option<Uuid>, Option<String>)> {
        let (events, _) = self.page("?limit=1000").await;
        events
            .into_iter()
            .map(|event| (short(&event.kind), event.data.entry, event.data.municipality))
            .collect()
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        tell(self.office.request(Method::GET, path, &self.token)).await
    }
}

fn short(kind: &str) -> &'static str {
    match kind {
        ARRIVED => "arrived",
        CHANGED => "changed",
        LEFT => "left",
        ENDED => "ended",
        WINDOW_ENDED => "window",
        other => panic!("{other}"),
    }
}

fn told(kind: &'static str, entry: Uuid, municipality: &str) -> (&'static str, Option<Uuid>, Option<String>) {
    (kind, Some(entry), Some(municipality.to_owned()))
}

async fn take_in(office: &Office, record: Value) -> Uuid {
    let answer = office.take_in(&json!([record])).await;
    let entry = answer["answers"][0]["entry"].as_str().unwrap_or_else(|| panic!("{answer}"));
    entry.parse().unwrap()
}

#[tokio::test]
async fn events_are_cloud_events_with_ids_and_links_and_nothing_else() {
    let office = Office::open().await;
    let bergen = Reader::of(&office, "bergen", &["4601"]).await;
    let entry = take_in(&office, record(1, "4601", "2021-03-15T08:00:00Z")).await;
    let (_, page) = bergen.get("/api/v1/feed").await;
    let event = page[0].as_object().unwrap();
    let names: BTreeSet<&str> = event.keys().map(String::as_str).collect();
    let expected =
        ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "cursor", "data"];
    assert_eq!(names, BTreeSet::from(expected));
    assert_eq!((&event["specversion"], &event["type"]), (&json!("1.0"), &json!(ARRIVED)));
    let link = format!("/api/v1/feed/entries/{entry}");
    assert_eq!(event["data"], json!({"entry": entry, "municipality": "4601", "link": link}));
    assert_eq!(bergen.get("/api/v1/feed").await.1, page, "read again, the same");
    let (status, record) = bergen.get(&link).await;
    assert_eq!((status, &record["p_first_name"]), (StatusCode::OK, &json!("Solveig")));
}

#[tokio::test]
async fn whom_an_entry_leaves_and_whom_it_comes_to_hear_of_it_and_nobody_else_does() {
    let office = Office::open().await;
    let bergen = Reader::of(&office, "bergen", &["4601"]).await;
    let oslo = Reader::of(&office, "oslo", &["0301"]).await;
    let both = Reader::of(&office, "both", &["0301", "4601"]).await;
    let country = Reader::of(&office, "country", &[]).await;
    let trondheim = Reader::of(&office, "trondheim", &["5001"]).await;
    let entry = take_in(&office, record(1, "4601", "2021-03-15T08:00:00Z")).await;
    take_in(&office, record(1, "0301", "2021-03-15T09:00:00Z")).await;
    let nowhere = take_in(&office, record(2, "", "2021-03-15T08:00:00Z")).await;
    let routed = EntryRouted {
        municipality: "4601".to_owned(),
        reason: "lives there".into(),
        decided_by: "Kari".to_owned(),
    };
    happens(&office, nowhere, &[routed.into()]).await;

    assert_eq!(
        bergen.all().await,
        [told("arrived", entry, "4601"), told("left", entry, "4601"), told("arrived", nowhere, "4601")]
    );
    assert_eq!(oslo.all().await, [told("arrived", entry, "0301")]);
    assert_eq!(
        both.all().await,
        [
            told("arrived", entry, "4601"),
            told("left", entry, "4601"),
            told("arrived", entry, "0301"),
            told("arrived", nowhere, "4601")
        ]
    );
    assert_eq!(
        country.all().await,
        [
            told("arrived", entry, "4601"),
            told("changed", entry, "0301"),
            ("arrived", Some(nowhere), None),
            told("changed", nowhere, "4601")
        ]
    );
    assert_eq!(trondheim.all().await, []);
    let link = format!("/api/v1/feed/entries/{entry}");
    assert_eq!(bergen.get(&link).await.0, StatusCode::NOT_FOUND, "it left");
    assert_eq!(oslo.get(&link).await.0, StatusCode::OK);
    assert_eq!(trondheim.get(&link).await.0, StatusCode::NOT_FOUND, "not: forbidden");
    let unknown = Entropy::system().entry(EntryId::parse(entry).unwrap().epoch());
    assert_eq!(bergen.get(&format!("/api/v1/feed/entries/{unknown}")).await.0, StatusCode::NOT_FOUND);
}

async fn happens(office: &Office, entry: Uuid, events: &[EntryEvent]) {
    let log = &office.desk.node.log;
    let entry = EntryId::parse(entry).unwrap();
    let version = backend::intake::entries::load(log, entry).await.unwrap().version;
    backend::intake::entries::append(log, entry, version, events, "test", vec![], None).await.unwrap();
    office.desk.node.catch_up().await;
}

#[tokio::test]
async fn from_every_place_the_feed_goes_on_with_what_comes_next() {
    let office = Office::open().await;
    let both = Reader::of(&office, "both", &["0301", "4601"]).await;
    for n in 0..4 {
        take_in(&office, record(n, "4601", "2021-03-15T08:00:00Z")).await;
    }
    for n in 0..4 {
        take_in(&office, record(n, "0301", "2021-03-15T09:00:00Z")).await;
    }
    let (whole, end) = both.page("").await;
    assert_eq!(whole.len(), 12);
    for (n, event) in whole.iter().enumerate() {
        let (rest, _) = both.page(&format!("?after={}", event.cursor)).await;
        // Of two at one position the first one's cursor is before both: rather twice than never.
        let first_of_two = event.kind == LEFT;
        let from = if first_of_two { n } else { n + 1 };
        assert_eq!(rest, whole[from..], "after event {n}");
    }
    for limit in [1, 2, 3, 5, 12, 100] {
        let (mut read, mut after) = (Vec::new(), String::new());
        loop {
            let (events, next) = both.page(&format!("?limit={limit}{after}")).await;
            assert!(events.len() <= limit + 1, "{limit}");
            if events.is_empty() {
                assert_eq!(next, end, "a quiet feed ends at the same place");
                break;
            }
            read.extend(events);
            after = format!("&after={next}");
        }
        assert_eq!(read, whole, "in pages of {limit}");
    }
    let (nothing, same) = both.page(&format!("?after={end}")).await;
    assert_eq!((nothing.len(), same), (0, end));
}

#[tokio::test]
async fn a_cursor_is_nobody_elses() {
    let office = Office::open().await;
    let bergen = Reader::of(&office, "bergen", &["4601"]).await;
    let oslo = Reader::of(&office, "oslo", &["0301"]).await;
    take_in(&office, record(1, "4601", "2021-03-15T08:00:00Z")).await;
    let (events, end) = bergen.page("").await;
    for cursor in [&events[0].cursor, &end] {
        let (status, problem) = oslo.get(&format!("/api/v1/feed?after={cursor}")).await;
        assert_eq!((status, &problem["code"]), (StatusCode::GONE, &json!("extract-needed")));
    }
    for nonsense in ["x", "", "AAAA", &end[1..]] {
        let (status, problem) = bergen.get(&format!("/api/v1/feed?after={nonsense}")).await;
        assert!(status.is_client_error(), "{nonsense}: {problem}");
    }
    // Whoever sees more than before has holes in what it read before.
    let area = Area::Municipality { number: "0301".to_owned() };
    office.registry.subscribe("bergen", area.clone(), &BOTH, "test").await.unwrap();
    assert_eq!(bergen.get(&format!("/api/v1/feed?after={end}")).await.0, StatusCode::GONE);
    office.registry.unsubscribe("bergen", area, "test").await.unwrap();
    assert_eq!(bergen.get(&format!("/api/v1/feed?after={end}")).await.0, StatusCode::OK);
    office
        .registry
        .unsubscribe("bergen", Area::Municipality { number: "4601".to_owned() }, "test")
        .await
        .unwrap();
    assert_eq!(bergen.get("/api/v1/feed").await.0, StatusCode::FORBIDDEN);
    assert_eq!(bergen.get("/api/v1/feed/extract").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_changes_nothing_that_machines_see_is_no_news() {
    let office = Office::open().await;
    let bergen = Reader::of(&office, "bergen", &["4601"]).await;
    let entry = take_in(&office, record(1, "4601", "2021-03-15T08:00:00Z")).await;
    let asked = events::entry::EndRequested {
        ground: events::entry::EndGround::RightToErasure,
        reason: "a letter".into(),
        requested_by: "Per".to_owned(),
    };
    let attempt = tests::database::unique();
    let dialled = events::call::CallDialled {
        attempt,
        direction: events::call::CallDirection::Outbound,
        phone: "+4741234567".into(),
        dialled_at: office.desk.clock.now(),
        caller: "Kari".to_owned(),
    };
    happens(&office, entry, &[asked.into(), dialled.into()]).await;
    assert_eq!(bergen.all().await, [told("arrived", entry, "4601")]);
    let concluded = events::call::CallConcluded {
        attempt,
        outcome: events::call::CallOutcome::of(events::call::ContactResult::NoAnswer),
        concluded_at: office.desk.clock.now(),
        caller: "Kari".to_owned(),
    };
    happens(&office, entry, &[concluded.into()]).await;
    assert_eq!(bergen.all().await, [told("arrived", entry, "4601"), told("changed", entry, "4601")]);
}

#[tokio::test]
async fn ends_are_told_to_those_who_saw_and_acknowledged_by_cursor() {
    let office = Office::open().await;
    let bergen = Reader::of(&office, "bergen", &["4601"]).await;
    let oslo = Reader::of(&office, "oslo", &["0301"]).await;
    let retention = office.desk.retention().await;
    let early = take_in(&office, record(1, "4601", "2021-03-15T08:00:00Z")).await;
    let stays = take_in(&office, record(2, "4601", "2021-03-15T08:00:00Z")).await;
    retention.end_entry(EntryId::parse(early).unwrap()).await.unwrap();
    office.desk.node.catch_up().await;
    assert_eq!(bergen.all().await, [told("arrived", stays, "4601"), ("ended", Some(early), None)]);
    assert_eq!(oslo.all().await, [], "it never heard of it");
    let (_, read) = bergen.page("").await;
    let acknowledge = async |cursor: &str| {
        let body = json!({"cursor": cursor});
        tell(office.request(Method::POST, "/api/v1/feed/acknowledgement", &bergen.token).json(&body)).await.0
    };
    let waiting = async || {
        let consumers = retention.overview().await.unwrap().consumers;
        consumers.into_iter().find(|consumer| consumer.name == "bergen").unwrap().waiting
    };
    assert_eq!(waiting().await, 1);
    assert_eq!(acknowledge("nonsense").await, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, others) = oslo.page("").await;
    assert_eq!(acknowledge(&others).await, StatusCode::GONE);
    assert_eq!(acknowledge(&read).await, StatusCode::NO_CONTENT);
    assert_eq!(waiting().await, 0);

    let epoch = EntryId::parse(stays).unwrap().epoch();
    office.desk.move_to_just_before_the_end_of(epoch);
    office.desk.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(bergen.get(&format!("/api/v1/feed/entries/{stays}")).await.0, StatusCode::GONE);
    retention.round().await.unwrap();
    office.desk.node.catch_up().await;
    let (events, _) = bergen.page(&format!("?after={read}")).await;
    let ended: Vec<_> =
        events.iter().map(|event| (short(&event.kind), event.data.id_prefix.clone())).collect();
    assert_eq!(ended, [("window", Some(format!("{:08x}", epoch.0)))]);
    assert!(stays.simple().to_string().starts_with(&format!("{:08x}", epoch.0)));
    assert_eq!(oslo.all().await.len(), 1, "windows end for everybody");
}

#[tokio::test]
async fn whoever_was_away_for_too_long_takes_everything_anew() {
    let office = Office::open().await;
    let bergen = Reader::of(&office, "bergen", &["4601"]).await;
    take_in(&office, record(1, "4601", "2021-03-15T08:00:00Z")).await;
    let (_, early) = bergen.page("").await;
    take_in(&office, record(2, "4601", "2021-03-15T08:00:00Z")).await;
    let (_, late) = bergen.page("").await;
    let retention = office.desk.retention().await;
    for _ in 0..41 {
        office.desk.clock.advance(SignedDuration::from_hours(6));
        retention.round().await.unwrap();
    }
    let lives =
        take_in(&office, json!({"a_reference_code": "4601-47-1-3", "municipality_number": "4601"})).await;
    let (status, problem) = bergen.get(&format!("/api/v1/feed?after={early}")).await;
    assert_eq!((status, &problem["code"]), (StatusCode::GONE, &json!("extract-needed")));
    assert!(problem["detail"].as_str().unwrap().contains("/api/v1/feed/extract"), "{problem}");
    let (events, _) = bergen.page(&format!("?after={late}")).await;
    let kinds: Vec<_> = events.iter().map(|event| short(&event.kind)).collect();
    assert_eq!(kinds, ["window", "arrived"], "whoever had read all of it misses nothing");
    let (_, extract) = bergen.get("/api/v1/feed/extract").await;
    assert_eq!(extract["items"][0]["entry"], json!(lives));
    assert_eq!(extract["items"].as_array().unwrap().len(), 1);
    let cursor = extract["cursor"].as_str().unwrap();
    assert_eq!(bergen.page(&format!("?after={cursor}")).await.0, []);
    let [(kind, None, None), rest] = &bergen.all().await[..] else { panic!("an end, and what lives") };
    assert_eq!((*kind, rest), ("window", &told("arrived", lives, "4601")), "the beginning is what lives");
}

#[tokio::test]
async fn the_extract_has_everything_once_and_the_feed_goes_on_from_where_it_began() {
    let office = Office::open().await;
    let bergen = Reader::of(&office, "bergen", &["4601"]).await;
    let mut all = BTreeSet::new();
    for n in 0..7 {
        all.insert(take_in(&office, record(n, "4601", "2021-03-15T08:00:00Z")).await);
    }
    take_in(&office, record(99, "0301", "2021-03-15T08:00:00Z")).await;
    let (_, first) = bergen.get("/api/v1/feed/extract?limit=3").await;
    // Something happens meanwhile.
    let meanwhile = take_in(&office, record(50, "4601", "2021-03-15T08:00:00Z")).await;
    let (mut taken, mut part) = (Vec::new(), first.clone());
    loop {
        for item in part["items"].as_array().unwrap() {
            assert_eq!(
                (&item["municipality"], &item["record"]["p_first_name"]),
                (&json!("4601"), &json!("Solveig"))
            );
            taken.push(item["entry"].as_str().unwrap().parse::<Uuid>().unwrap());
        }
        assert_eq!(part["cursor"], first["cursor"]);
        let Some(next) = part["next"].as_str() else { break };
        part = bergen.get(&format!("/api/v1/feed/extract?limit=3&after={next}")).await.1;
    }
    let found: BTreeSet<Uuid> = taken.iter().copied().collect();
    assert_eq!(taken.len(), found.len(), "each once");
    assert!(found.is_superset(&all) && found.len() <= all.len() + 1);
    let (events, _) = bergen.page(&format!("?after={}", first["cursor"].as_str().unwrap())).await;
    let news: Vec<_> = events.iter().filter_map(|event| event.data.entry).collect();
    assert_eq!(news, [meanwhile]);
    let feed_cursor = first["cursor"].as_str().unwrap();
    assert_eq!(
        bergen.get(&format!("/api/v1/feed/extract?after={feed_cursor}")).await.0,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the two kinds of cursors are not one"
    );
}

#[tokio::test]
async fn built_anew_the_feed_is_the_same() {
    let office = Office::open().await;
    let both = Reader::of(&office, "both", &["0301", "4601"]).await;
    let early = take_in(&office, record(9, "4601", "2021-03-15T08:00:00Z")).await;
    for n in 0..3 {
        take_in(&office, record(n, "4601", "2021-03-15T08:00:00Z")).await;
        take_in(&office, record(n, "0301", "2021-03-15T09:00:00Z")).await;
    }
    office.desk.retention().await.end_entry(EntryId::parse(early).unwrap()).await.unwrap();
    office.desk.node.catch_up().await;
    let before = both.page("").await;
    office.desk.node.projector().rebuild().await.unwrap();
    assert_eq!(both.page("").await, before);
    sqlx::query("delete from read.projection").execute(&office.desk.node.tables).await.unwrap();
    let (status, problem) = both.get(&format!("/api/v1/feed?after={}", before.1)).await;
    assert_eq!((status, &problem["code"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable")));
    office.desk.node.catch_up().await;
    assert_eq!(both.page("").await, before);
}

/// A random history, and a consumer of each kind that looks now and then: in the end each copy is what it may see.
#[tokio::test]
async fn copies_that_follow_the_feed_are_what_the_register_has() {
    let office = Office::open().await;
    let chance = Entropy::seeded(20_210_315);
    let below = |n: u8| usize::from(chance.bytes::<1>()[0] % n);
    let retention = office.desk.retention().await;
    let mut copies = Vec::new();
    for (name, numbers) in
        [("bergen", &["4601"][..]), ("oslo", &["0301"]), ("both", &["0301", "4601"]), ("all", &[])]
    {
        let token = office.consumer(name, numbers, &BOTH).await;
        copies.push(Consumer::new(&office.url, &token, None));
    }
    let mut entries: BTreeMap<usize, Uuid> = BTreeMap::new();
    for step in 0..160_usize {
        match below(10) {
            0..=5 => {
                let n = below(30);
                let municipality = ["4601", "0301", "5001", ""][below(4)];
                let updated = office.desk.clock.now().to_string();
                let mut record = record(n, municipality, &updated);
                record["a_hotel_name"] = json!(format!("Hotell {step}"));
                record["hotel_municipality_number"] = json!(["", "", "0301"][below(3)]);
                record["a_date"] = Value::Null;
                let answer = office.take_in(&json!([record])).await;
                if let Some(entry) = answer["answers"][0]["entry"].as_str() {
                    entries.insert(n, entry.parse().unwrap());
                }
            }
            6 => {
                if let Some((_, entry)) = entries.pop_first()
                    && !EntryId::parse(entry).unwrap().epoch().has_ended(office.desk.clock.now())
                {
                    retention.end_entry(EntryId::parse(entry).unwrap()).await.unwrap();
                }
            }
            7 => {
                office.desk.clock.advance(SignedDuration::from_hours(6));
                retention.round().await.unwrap();
                office.desk.node.catch_up().await;
            }
            _ => copies[below(4)].run().await,
        }
        office.desk.clock.advance(SignedDuration::from_mins(7));
    }
    retention.round().await.unwrap();
    office.desk.node.catch_up().await;
    let mut sizes = BTreeSet::new();
    for (copy, name) in copies.iter_mut().zip(["bergen", "oslo", "both", "all"]) {
        copy.run().await;
        let mut fresh = Consumer::new(&office.url, &format!("token-of-{name}"), None);
        let extract = format!("{}/api/v1/feed/extract", office.url);
        let (_, whole) =
            tell(reqwest::Client::new().get(extract).bearer_auth(format!("token-of-{name}"))).await;
        for item in whole["items"].as_array().unwrap() {
            let entry = item["entry"].as_str().unwrap().parse().unwrap();
            fresh.copy.insert(entry, serde_json::from_value(item["record"].clone()).unwrap());
        }
        assert_eq!(copy.copy, fresh.copy, "{name}");
        sizes.insert(copy.copy.len());
    }
    assert!(sizes.len() > 2 && !sizes.contains(&0), "the history says something: {sizes:?}");
}

#[tokio::test]
async fn whoever_has_become_protected_is_left_once_and_comes_back_when_shown_again() {
    let office = Office::open().await;
    let bergen = Reader::of(&office, "bergen", &["4601"]).await;
    let country = Reader::of(&office, "country", &[]).await;
    let entry = take_in(&office, record(1, "4601", "2021-03-15T08:00:00Z")).await;
    let protection = |protected| events::identity::AddressProtection { protected, set_by: "Kari".to_owned() };
    happens(&office, entry, &[protection(true).into()]).await;
    let link = format!("/api/v1/feed/entries/{entry}");
    for reader in [&bergen, &country] {
        assert_eq!(reader.get(&link).await.0, StatusCode::NOT_FOUND);
    }
    // What happens to it meanwhile is told to nobody.
    let routed = EntryRouted {
        municipality: "0301".to_owned(),
        reason: "lives there".into(),
        decided_by: "Kari".to_owned(),
    };
    happens(&office, entry, &[routed.into()]).await;
    let until_left = [told("arrived", entry, "4601"), told("left", entry, "4601")];
    assert_eq!(bergen.all().await, until_left);
    assert_eq!(country.all().await, until_left);
    happens(&office, entry, &[protection(false).into()]).await;
    let again = |number: &str| [until_left.to_vec(), vec![told("arrived", entry, number)]].concat();
    assert_eq!(bergen.all().await, again("4601"), "it is still on its way there");
    assert_eq!(country.all().await, again("0301"));
}
