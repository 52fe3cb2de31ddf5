//! Tests of the demo stream.

use super::*;
use crate::demo::write_ndjson;
use crate::intake::{mapping, refusal};
use crate::rules::postcodes::{PostcodeTables, shipped};
use events::identity::{IdentityCheck, IdentityKind};
use events::record::{FlagKind, RoutingBasis};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};

fn start() -> Timestamp {
    "2021-07-26T00:00:00Z".parse().unwrap()
}

fn digest(seed: u64, from: Timestamp) -> String {
    let mut out = Vec::new();
    write_ndjson(&mut out, &mut Stream::new(seed, from, 1.0), 2_000).unwrap();
    assert_eq!(out.iter().filter(|byte| **byte == b'\n').count(), 2_000);
    hex::encode(Sha256::digest(&out))
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    assert_eq!(digest(7, start()), digest(7, start()));
    assert_ne!(digest(7, start()), digest(8, start()));
}

#[test]
fn records_come_in_the_order_of_time_at_the_pace_of_the_week() {
    let mut before = start();
    let mut first_records = 0_u32;
    for (at, raw) in
        Stream::new(1, start(), 0.2).take_while(|(at, _)| at.duration_since(start()).as_hours() < 24)
    {
        assert!(at >= before);
        before = at;
        // Registrations of this day, not what follows from them.
        first_records +=
            u32::from(raw.get("p_updated").and_then(|value| value.as_str()) == Some(at.to_string().as_str()));
    }
    // Week 30: 18,456 a day; a fifth of them, of which members of a party after the first carry its time.
    assert!((1_000..4_500).contains(&first_records), "{first_records}");
}

#[test]
fn every_kind_of_dirt_and_every_kind_of_news_appears() {
    let tables = PostcodeTables::from_events(&shipped::tables());
    let mut flags = BTreeSet::new();
    let mut languages = BTreeSet::new();
    let (mut unroutable, mut hotel, mut failed) = (0, 0, 0);
    let mut codes: HashMap<String, u32> = HashMap::new();
    for (at, raw) in Stream::new(3, start(), 1.0).take(12_000) {
        assert!(refusal::reject(&raw).is_empty(), "intake takes all of the demo");
        let mapped = mapping::map(&raw, &tables, norwegian(at).date());
        *codes.entry(mapped.reference_code.unwrap()).or_default() += 1;
        flags.extend(mapped.record.flags.iter().map(|flag| flag.kind));
        languages.extend(mapped.record.person.language);
        unroutable += u32::from(mapped.routing.basis == RoutingBasis::Unroutable);
        hotel += u32::from(mapped.routing.basis == RoutingBasis::Hotel);
        for identity in &mapped.record.person.identities {
            let national =
                matches!(identity.kind, IdentityKind::NationalIdentityNumber | IdentityKind::DNumber);
            assert!(!(national && identity.check == IdentityCheck::Valid), "a number that could be real");
            failed += u32::from(identity.check == IdentityCheck::Failed);
        }
        for phone in mapped.record.person.phones.iter().filter_map(|phone| phone.e164.as_ref()) {
            assert!(!phone.0.starts_with("+47"), "a Norwegian number that could be dialled");
        }
    }
    let expected = [
        FlagKind::UnknownCode,
        FlagKind::UnknownValue,
        FlagKind::UnknownField,
        FlagKind::NotANumber,
        FlagKind::ImplausibleDate,
        FlagKind::UndiallablePhone,
        FlagKind::FailedIdentityCheck,
        FlagKind::ConflictingIdentity,
        FlagKind::FailedOrgNumberCheck,
        FlagKind::UnknownPostcode,
        FlagKind::UnknownMunicipality,
        FlagKind::ConflictingMunicipality,
        FlagKind::DamagedText,
    ];
    for kind in expected {
        assert!(flags.contains(&kind), "{kind:?}");
    }
    assert!(languages.len() > 15, "{languages:?}");
    assert!(unroutable > 20 && hotel > 500 && failed > 20, "{unroutable} {hotel} {failed}");
    assert!(codes.values().any(|times| *times > 2), "some entries are sent again");
}

#[test]
fn parties_have_the_mean_size_that_the_pace_counts_with() {
    let mut dice = Dice::new(5);
    let places = Places::on(norwegian(start()).date());
    let sizes: usize = (0..5_000).map(|_| party::records(&mut dice, &places, start()).1.len()).sum();
    let mean = sizes as f64 / 5_000.0;
    assert!((mean - rates::MEAN_PARTY).abs() < 0.15, "{mean}");
}

#[test]
fn weeks_between_are_interpolated() {
    assert_eq!(entries_a_day(jiff::civil::date(2021, 8, 4)), 19_508.0);
    let between = entries_a_day(jiff::civil::date(2021, 5, 5));
    assert!(between > 3_354.0 && between < 5_337.0);
    assert_eq!(entries_a_day(jiff::civil::date(2021, 12, 30)), 40_639.0);
}

#[test]
fn a_day_of_the_demo_taken_in_twice_makes_events_once() {
    use crate::rules::entry::{Command, decide, evolve};
    use events::EntryEvent;
    use events::entry::Source;
    let tables = PostcodeTables::from_events(&shipped::tables());
    let records: Vec<(Timestamp, RawRecord)> = Stream::new(11, start(), 1.0).take(3_000).collect();
    let mut states = HashMap::new();
    let mut names: HashMap<&'static str, u32> = HashMap::new();
    let mut take_in = |names: &mut HashMap<&'static str, u32>| {
        for (at, raw) in &records {
            let day = norwegian(*at).date();
            let code = raw["a_reference_code"].as_str().unwrap().to_owned();
            let state = states.remove(&code);
            let command = mapping::prepare(state.as_ref(), raw.clone(), Source::Demo, &tables, day).unwrap();
            let events: Vec<EntryEvent> = decide(state.as_ref(), Command::TakeIn(command)).unwrap();
            events.iter().for_each(|event| *names.entry(event.name()).or_default() += 1);
            states.insert(code, events.iter().fold(state, evolve).unwrap());
        }
    };
    take_in(&mut names);
    assert!(names["entry-registered"] > 1_000 && names["entry-updated"] > 20, "{names:?}");
    let mut again = HashMap::new();
    take_in(&mut again);
    assert_eq!(again, HashMap::new());
}
