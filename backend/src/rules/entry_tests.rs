//! Given events, when a command, then events; and two properties of the merge.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn raw(value: Value) -> RawRecord {
    value.as_object().unwrap().clone()
}

fn state_of(given: &[EntryEvent]) -> Option<EntryState> {
    given.iter().fold(None, evolve)
}

/// One given–when–then. The command may look at the state, as intake does when it merges.
fn check(
    given: &[EntryEvent],
    when: impl FnOnce(Option<&EntryState>) -> Command,
    then: Result<Vec<EntryEvent>, Refusal>,
) {
    let state = state_of(given);
    assert_eq!(decide(state.as_ref(), when(state.as_ref())), then);
}

/// The mapped record of these tests: only the first name, so that it can be told apart.
fn typed(raw: &RawRecord) -> EntryRecord {
    let mut record = EntryRecord::default();
    record.person.first_name = text(raw, "p_first_name").map(|name| Personal(name.into_owned()));
    record
}

fn routed_to(raw: &RawRecord) -> Routing {
    let number = text(raw, "municipality_number").map(|number| number.into_owned());
    let basis = if number.is_some() { RoutingBasis::Destination } else { RoutingBasis::Unroutable };
    Routing {
        arrival_municipality: number.clone(),
        hotel_municipality: None,
        responsible_municipality: number,
        basis,
    }
}

fn take_in(state: Option<&EntryState>, incoming: RawRecord) -> Command {
    let merged = state.map_or_else(|| incoming.clone(), |state| merge(&state.raw, &incoming));
    let reference_code = Personal(text(&incoming, "a_reference_code").unwrap_or_default().into_owned());
    let (record, routing) = (typed(&merged), routed_to(&merged));
    Command::TakeIn(TakeIn { reference_code, source: Source::Feed, incoming, merged, record, routing })
}

fn record(code: &str, trip: u8, person: u8, content: Value) -> RawRecord {
    let mut raw = raw(content);
    raw.insert("a_reference_code".into(), json!(code));
    raw.insert("a_updated".into(), json!(format!("2021-03-{trip:02}T12:00:00Z")));
    raw.insert("p_updated".into(), json!(format!("2021-03-{person:02}T12:00:00Z")));
    raw
}

fn first() -> RawRecord {
    record("A", 10, 10, json!({"p_first_name": "Ane", "municipality_number": "0301"}))
}

fn registered(raw: &RawRecord) -> EntryEvent {
    EntryRegistered {
        reference_code: "A".into(),
        source: Source::Feed,
        record: typed(raw),
        routing: routed_to(raw),
        raw: Personal(raw.clone()),
    }
    .into()
}

fn updated(
    code: &str,
    changed: &[&str],
    effective: &RawRecord,
    routing: Routing,
    incoming: &RawRecord,
) -> EntryEvent {
    EntryUpdated {
        reference_code: code.into(),
        source: Source::Feed,
        changed: changed.iter().map(|name| (*name).to_owned()).collect(),
        record: typed(effective),
        routing,
        raw: Personal(incoming.clone()),
    }
    .into()
}

fn by_hand(number: &str) -> EntryEvent {
    EntryRouted { municipality: number.into(), reason: "phoned the hotel".into(), decided_by: "lead".into() }
        .into()
}

fn route(number: &str, known: bool, reason: &str) -> Command {
    Command::Route(Route {
        municipality: number.into(),
        known,
        reason: reason.into(),
        decided_by: "lead".into(),
    })
}

#[test]
fn a_new_trip_is_registered() {
    check(&[], |state| take_in(state, first()), Ok(vec![registered(&first())]));
}

#[test]
fn a_trip_without_reference_code_is_refused() {
    check(&[], |state| take_in(state, raw(json!({}))), Err(Refusal::ReferenceCodeMissing));
}

#[test]
fn the_same_record_again_changes_nothing() {
    check(&[registered(&first())], |state| take_in(state, first()), Ok(vec![]));
    let mut spelt_otherwise = first();
    spelt_otherwise.insert("p_phone".into(), json!("  "));
    check(&[registered(&first())], |state| take_in(state, spelt_otherwise), Ok(vec![]));
}

#[test]
fn newer_news_updates_its_part_only() {
    let newer_person = record("A", 9, 11, json!({"p_first_name": "Anne", "municipality_number": "4601"}));
    let effective = record("A", 10, 11, json!({"p_first_name": "Anne", "municipality_number": "0301"}));
    let expected = updated("A", &["p_first_name"], &effective, routed_to(&effective), &newer_person);
    check(&[registered(&first())], |state| take_in(state, newer_person), Ok(vec![expected]));
}

#[test]
fn older_news_changes_nothing() {
    let older = record("A", 9, 9, json!({"p_first_name": "Anna", "municipality_number": "4601"}));
    check(&[registered(&first())], |state| take_in(state, older), Ok(vec![]));
    let undated = raw(json!({"a_reference_code": "A", "p_first_name": "Anna"}));
    check(&[registered(&first())], |state| take_in(state, undated), Ok(vec![]));
}

#[test]
fn of_two_with_the_same_time_or_none_the_last_counts() {
    let same_time = record("A", 10, 10, json!({"p_first_name": "Anne", "municipality_number": "0301"}));
    let expected = updated("A", &["p_first_name"], &same_time, routed_to(&same_time), &same_time);
    check(&[registered(&first())], |state| take_in(state, same_time), Ok(vec![expected]));

    let undated = |name: &str| raw(json!({"a_reference_code": "A", "p_first_name": name}));
    let last = undated("Anne");
    let expected = updated("A", &["p_first_name"], &last, routed_to(&last), &last);
    check(&[registered(&undated("Ane"))], |state| take_in(state, last), Ok(vec![expected]));
}

#[test]
fn a_field_that_newer_news_leaves_out_is_gone() {
    let newer = record("A", 11, 11, json!({"p_first_name": "Ane"}));
    let expected = updated("A", &["municipality_number"], &newer, routed_to(&newer), &newer);
    check(&[registered(&first())], |state| take_in(state, newer), Ok(vec![expected]));
}

#[test]
fn a_new_stamp_alone_is_no_event() {
    let stamped = record("A", 12, 12, json!({"p_first_name": "Ane", "municipality_number": "0301"}));
    check(&[registered(&first())], |state| take_in(state, stamped), Ok(vec![]));
    // The accepted price: what was stamped in between and comes late is still taken as newer.
    let between = record("A", 11, 11, json!({"p_first_name": "Anne", "municipality_number": "0301"}));
    let expected = updated("A", &["p_first_name"], &between, routed_to(&between), &between);
    check(&[registered(&first())], |state| take_in(state, between), Ok(vec![expected]));
}

#[test]
fn the_same_trip_under_a_second_code_is_joined() {
    let second = record("B", 10, 10, json!({"p_first_name": "Ane", "municipality_number": "0301"}));
    let joined: EntryEvent = ReferenceCodeJoined {
        reference_code: "B".into(),
        source: Source::Feed,
        raw: Personal(second.clone()),
    }
    .into();
    check(&[registered(&first())], |state| take_in(state, second.clone()), Ok(vec![joined.clone()]));
    check(&[registered(&first()), joined.clone()], |state| take_in(state, second.clone()), Ok(vec![]));
    let state = state_of(&[registered(&first()), joined.clone()]).unwrap();
    assert!(state.reference_codes == ["A".into(), "B".into()]);

    let newer = record("B", 11, 11, json!({"p_first_name": "Anne", "municipality_number": "0301"}));
    let effective = record("A", 11, 11, json!({"p_first_name": "Anne", "municipality_number": "0301"}));
    let joined_newer = ReferenceCodeJoined {
        reference_code: "B".into(),
        source: Source::Feed,
        raw: Personal(newer.clone()),
    };
    let update = updated("B", &["p_first_name"], &effective, routed_to(&effective), &newer);
    check(
        &[registered(&first())],
        |state| take_in(state, newer),
        Ok(vec![joined_newer.into(), update.clone()]),
    );
    let state = state_of(&[registered(&first()), joined, update]).unwrap();
    assert!(text(&state.raw, "a_reference_code").as_deref() == Some("A"), "the first code stays");
}

#[test]
fn a_decision_by_hand_stands_until_the_source_says_where() {
    let given = [registered(&first()), by_hand("1103")];
    let name = record("A", 10, 11, json!({"p_first_name": "Anne", "municipality_number": "0301"}));
    let mut manual = routed_to(&name);
    manual.responsible_municipality = Some("1103".into());
    manual.basis = RoutingBasis::Manual;
    let expected = updated("A", &["p_first_name"], &name, manual.clone(), &name);
    check(&given, |state| take_in(state, name), Ok(vec![expected]));

    let nowhere = record("A", 11, 10, json!({"p_first_name": "Ane"}));
    let kept = Routing { arrival_municipality: None, ..manual };
    let expected = updated("A", &["municipality_number"], &nowhere, kept, &nowhere);
    check(&given, |state| take_in(state, nowhere), Ok(vec![expected]));

    let moved = record("A", 11, 10, json!({"p_first_name": "Ane", "municipality_number": "4601"}));
    let expected = updated("A", &["municipality_number"], &moved, routed_to(&moved), &moved);
    check(&given, |state| take_in(state, moved), Ok(vec![expected]));
}

#[test]
fn the_workbench_decides_with_a_reason() {
    let given = [registered(&first())];
    check(&given, |_| route("1103", true, "phoned the hotel"), Ok(vec![by_hand("1103")]));
    check(&given, |_| route("1103", true, " "), Err(Refusal::ReasonMissing));
    check(&given, |_| route("9999", false, "x"), Err(Refusal::UnknownMunicipality));
    check(&[], |_| route("1103", true, "x"), Err(Refusal::NotRegistered));
    check(&[registered(&first()), by_hand("1103")], |_| route("1103", true, "again"), Ok(vec![]));
}

#[test]
fn a_record_merged_with_an_older_state_is_refused() {
    let newer = record("A", 11, 11, json!({"p_first_name": "Anne"}));
    let stale = |_: Option<&EntryState>| take_in(None, record("A", 9, 9, json!({"p_first_name": "Anna"})));
    check(&[registered(&newer)], stale, Err(Refusal::MergedWithAnotherState));
}

#[test]
fn events_that_cannot_come_first_leave_nothing() {
    assert!(state_of(&[by_hand("1103")]).is_none());
    assert!(state_of(&[updated("A", &[], &first(), Routing::default(), &first())]).is_none());
}

/// Records of one trip: every part has its own time and its own content, some fields are missing.
fn deliveries() -> impl Strategy<Value = Vec<RawRecord>> {
    let times = (1..9_usize).prop_flat_map(|count| {
        let order = Just((1..=count as u8).collect::<Vec<u8>>());
        (
            order.clone().prop_shuffle(),
            order.prop_shuffle(),
            proptest::collection::vec(any::<(bool, bool)>(), count),
        )
    });
    times.prop_map(|(trips, persons, present)| {
        let each = trips.into_iter().zip(persons).zip(present);
        each.map(|((trip, person), (phone, place))| {
            let mut raw = record(
                "A",
                trip,
                person,
                json!({"p_first_name": format!("P{person}"), "a_hotel_name": format!("H{trip}")}),
            );
            // What depends on a part's time must be the same wherever that time appears.
            if phone {
                raw.insert("p_phone".into(), json!(format!("{person}")));
            }
            if place {
                raw.insert("municipality_number".into(), json!(format!("{trip:04}")));
            }
            raw
        })
        .collect()
    })
}

fn asked(by: &str) -> EndRequested {
    EndRequested {
        ground: events::entry::EndGround::RegisteredByMistake,
        reason: Personal("Never came".to_owned()),
        requested_by: by.to_owned(),
    }
}

fn agreed(by: &str) -> Command {
    Command::ConfirmEnd { by: by.to_owned() }
}

#[test]
fn an_entry_ends_early_only_when_one_asks_and_another_agrees() {
    let registered = decide(None, take_in(None, first())).unwrap();
    let with = |more: &[EntryEvent]| [&registered[..], more].concat();
    let request: EntryEvent = asked("Per").into();
    let confirmed: EntryEvent = EndConfirmed { confirmed_by: "Kari".to_owned() }.into();
    let withdrawn: EntryEvent = EndWithdrawn { withdrawn_by: "Kari".to_owned() }.into();
    check(&[], |_| Command::RequestEnd(asked("Per")), Err(Refusal::NotRegistered));
    check(&registered, |_| Command::RequestEnd(asked("Per")), Ok(vec![request.clone()]));
    check(&registered, |_| agreed("Kari"), Err(Refusal::EndNotRequested));
    let waiting = with(std::slice::from_ref(&request));
    check(&waiting, |_| Command::RequestEnd(asked("Nora")), Err(Refusal::EndRequestedAlready));
    check(&waiting, |_| agreed("Per"), Err(Refusal::SecondPersonNeeded));
    check(&waiting, |_| agreed("Kari"), Ok(vec![confirmed.clone()]));
    check(&waiting, |_| Command::WithdrawEnd { by: "Kari".to_owned() }, Ok(vec![withdrawn.clone()]));
    let turned_down = with(&[request.clone(), withdrawn]);
    check(&turned_down, |_| agreed("Kari"), Err(Refusal::EndNotRequested));
    check(&turned_down, |_| Command::RequestEnd(asked("Per")), Ok(vec![request.clone()]));
    let ending = with(&[request, confirmed]);
    check(
        &ending,
        |state| take_in(state, record("A", 12, 12, json!({"p_first_name": "Anna"}))),
        Err(Refusal::Ending),
    );
    check(&ending, |_| agreed("Kari"), Err(Refusal::Ending));
}

fn deliver(records: &[RawRecord]) -> Option<EntryState> {
    records.iter().fold(None, |state, raw| {
        let events = decide(state.as_ref(), take_in(state.as_ref(), raw.clone())).unwrap();
        events.iter().fold(state, evolve)
    })
}

proptest! {
    #[test]
    fn any_order_of_delivery_ends_the_same(
        (records, shuffled) in deliveries().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let (one, other) = (deliver(&records).unwrap(), deliver(&shuffled).unwrap());
        prop_assert!(one.raw == other.raw);
        prop_assert!(one.record == other.record && one.routing == other.routing);
    }

    #[test]
    fn sending_again_never_yields_an_event(records in deliveries()) {
        let state = deliver(&records);
        for raw in &records {
            let again = decide(state.as_ref(), take_in(state.as_ref(), raw.clone())).unwrap();
            prop_assert!(again.is_empty());
        }
    }
}
