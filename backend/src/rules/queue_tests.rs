//! Where an entry stands in the queue, by the policy that ships with the register.

use super::*;
use crate::rules::calls::Concluded;
use events::call::{CallDirection, CallOutcome};
use events::record::Phone;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An entry registered on 15 March 2021, of the epoch of that noon.
fn entry() -> EntryId {
    let epoch = events::Epoch::of(moment("2021-03-15T12:00:00Z"));
    EntryId::new(epoch, [7; 12])
}

fn record() -> EntryRecord {
    let mut record = EntryRecord::default();
    record.trip.arrival = Some(date(2021, 3, 14));
    record.person.phones = vec![Phone { given: "x".into(), e164: Some("+4721000001".into()) }];
    record.person.language = Some("pl".to_owned());
    record
}

fn attempt(at: &str, outcome: CallOutcome) -> Attempt {
    Attempt {
        id: Uuid::from_u128(1),
        direction: CallDirection::Outbound,
        phone: "+4721000001".into(),
        dialled_at: moment(at),
        caller: "Aylin".to_owned(),
        concluded: Some(Concluded { outcome, at: moment(at), by: "Aylin".to_owned(), corrected: false }),
        reviewed: false,
    }
}

fn stands(record: &EntryRecord, calls: &Calls) -> Standing {
    let scene = Scene {
        entry: entry(),
        record,
        owed: Owed { obliged: true, positive: false, quarantine_ends_at: moment("2021-03-24T23:00:00Z") },
        protected: false,
        registered_at: moment("2021-03-15T12:00:00Z"),
        calls,
    };
    standing(&scene, &FollowUpPolicy::shipped())
}

fn due(attempts: Vec<Attempt>) -> Timestamp {
    let calls = Calls { attempts, ..Calls::default() };
    match stands(&record(), &calls) {
        Standing::In(turn) => turn.due_at,
        Standing::Out(out) => panic!("{out:?}"),
    }
}

fn no_answer() -> CallOutcome {
    CallOutcome::of(ContactResult::NoAnswer)
}

fn answered(assessment: Assessment) -> CallOutcome {
    CallOutcome { assessment: Some(assessment), ..CallOutcome::of(ContactResult::Answered) }
}

#[test]
fn nobody_is_rung_while_still_in_the_air() {
    let mut today = record();
    today.trip.arrival = Some(date(2021, 3, 15));
    let due = |record: &EntryRecord| stands(record, &Calls::default()).turn().unwrap().due_at;
    assert_eq!(due(&today), moment("2021-03-16T07:00:00Z"), "the day after, when it may be rung");
    today.trip.border_crossed = Some(date(2021, 3, 15));
    assert_eq!(due(&today), moment("2021-03-15T12:00:00Z"), "the police saw the crossing");
}

#[test]
fn calling_hours_are_norwegian_and_move_with_the_clocks() {
    let policy = FollowUpPolicy::shipped();
    for (at, opens) in [
        ("2021-03-15T12:00:00Z", "2021-03-15T12:00:00Z"),
        ("2021-03-15T19:59:59Z", "2021-03-15T19:59:59Z"),
        ("2021-03-15T20:00:00Z", "2021-03-16T07:00:00Z"),
        ("2021-03-20T06:00:00Z", "2021-03-20T09:00:00Z"),
        // The clocks go forward in the night to Sunday 28 March: ten o'clock is an hour earlier.
        ("2021-03-27T20:00:00Z", "2021-03-28T08:00:00Z"),
        ("2021-03-28T17:00:00Z", "2021-03-29T06:00:00Z"),
    ] {
        assert_eq!(next_open(&policy, moment(at)), Some(moment(opens)), "{at}");
    }
    assert_eq!(
        next_open(&FollowUpPolicy { calling_hours: vec![], ..policy }, moment("2021-03-15T12:00:00Z")),
        None
    );
}

#[test]
fn whoever_does_not_answer_is_tried_later_and_at_another_time_of_the_day() {
    let once = attempt("2021-03-16T08:00:00Z", no_answer());
    assert_eq!(
        due(vec![once.clone()]),
        moment("2021-03-16T11:00:00Z"),
        "two hours are still morning: afternoon"
    );
    let twice = attempt("2021-03-16T13:00:00Z", no_answer());
    assert_eq!(due(vec![once.clone(), twice.clone()]), moment("2021-03-16T17:00:00Z"), "four hours, evening");
    let thrice = attempt("2021-03-16T17:00:00Z", no_answer());
    assert_eq!(due(vec![once, twice, thrice]), moment("2021-03-17T13:00:00Z"), "twenty hours");
}

#[test]
fn whoever_was_guided_is_left_alone_and_a_suspected_breach_is_looked_at_again() {
    let guided = attempt("2021-03-16T10:00:00Z", answered(Assessment::UnderstandsAndComplies));
    assert_eq!(due(vec![guided]), moment("2021-03-23T10:00:00Z"));
    let late = Calls {
        attempts: vec![attempt("2021-03-18T10:00:00Z", answered(Assessment::NeededGuidanceNowComplies))],
        ..Calls::default()
    };
    assert_eq!(
        stands(&record(), &late),
        Standing::Out(Out::FollowedUp),
        "it is over before the policy asks again"
    );
    let suspected = attempt("2021-03-16T10:00:00Z", answered(Assessment::SuspectedBreach));
    assert!(due(vec![suspected]) < moment("2021-03-18T12:00:00Z"));
}

#[test]
fn the_exempt_the_departed_and_those_handed_over_leave_by_themselves() {
    for (assessment, out) in [
        (Assessment::ExemptConfirmed, Out::Exempt),
        (Assessment::LeftCountry, Out::Departed),
        (Assessment::NotTravelled, Out::Departed),
        (Assessment::PositiveReferredToMunicipality, Out::HandedOver),
    ] {
        let calls = Calls {
            attempts: vec![attempt("2021-03-16T10:00:00Z", answered(assessment))],
            ..Calls::default()
        };
        assert_eq!(stands(&record(), &calls), Standing::Out(out));
    }
    let nobody = EntryRecord { person: Default::default(), ..record() };
    assert_eq!(stands(&nobody, &Calls::default()), Standing::Out(Out::NoNumber));
}

#[test]
fn a_lead_comes_before_the_policy_and_an_agreed_time_before_the_lead() {
    let class = |calls: &Calls| stands(&record(), calls).turn().unwrap().class;
    let plain = Calls::default();
    let first = Calls { directed: Some(QueueDirection::First), ..Calls::default() };
    let back = CallOutcome {
        call_back_at: Some(moment("2021-03-17T10:00:00Z")),
        ..CallOutcome::of(ContactResult::CallBackRequested)
    };
    let agreed = Calls { attempts: vec![attempt("2021-03-16T10:00:00Z", back)], ..Calls::default() };
    assert!(class(&agreed) < class(&first) && class(&first) < class(&plain));
    let turn = stands(&record(), &agreed).turn().unwrap().clone();
    assert_eq!(turn.due_at, moment("2021-03-17T10:00:00Z"));
    assert_eq!(turn.reserved, Some(("Aylin".to_owned(), moment("2021-03-17T10:15:00Z"))));
}

proptest! {
    /// Whatever happened, it is rung in calling hours, never before the entry, never after its data.
    #[test]
    fn a_turn_is_in_calling_hours_and_within_the_data(
        minutes in proptest::collection::vec((0_i64..12_000, 0_usize..6), 0..12),
    ) {
        let contacts = [ContactResult::NoAnswer, ContactResult::Busy, ContactResult::HungUp,
            ContactResult::Refused, ContactResult::ThirdParty, ContactResult::VoicemailLeft];
        let mut minutes = minutes;
        minutes.sort_unstable();
        let start = moment("2021-03-15T12:00:00Z");
        let attempts = minutes.iter().map(|(minute, contact)| {
            let at = start + SignedDuration::from_mins(*minute);
            attempt(&at.to_string(), CallOutcome::of(contacts[*contact]))
        });
        let calls = Calls { attempts: attempts.collect(), ..Calls::default() };
        if let Standing::In(turn) = stands(&record(), &calls) {
            let policy = FollowUpPolicy::shipped();
            prop_assert_eq!(next_open(&policy, turn.due_at), Some(turn.due_at));
            prop_assert!(turn.due_at >= start && turn.due_at < entry().epoch().ends_at());
            if let Some((last, _)) = minutes.last() {
                prop_assert!(turn.due_at >= start + SignedDuration::from_mins(*last));
            }
        }
    }
}

#[test]
fn a_number_that_is_not_in_service_is_not_rung_again_and_another_is() {
    let dead = attempt("2021-03-16T10:00:00Z", CallOutcome::of(ContactResult::NumberNotInService));
    let calls = Calls { attempts: vec![dead], ..Calls::default() };
    assert_eq!(stands(&record(), &calls), Standing::Out(Out::NoNumber));
    let mut two = record();
    two.person.phones.push(Phone { given: "y".into(), e164: Some("+4721000002".into()) });
    assert_eq!(stands(&two, &calls).turn().unwrap().due_at, moment("2021-03-16T10:00:00Z"));
}

#[test]
fn who_understood_and_wants_to_be_called_again_is_called_when_agreed() {
    let agreed = CallOutcome {
        call_back_at: Some(moment("2021-03-17T10:00:00Z")),
        ..answered(Assessment::UnderstandsAndComplies)
    };
    assert_eq!(due(vec![attempt("2021-03-16T10:00:00Z", agreed)]), moment("2021-03-17T10:00:00Z"));
}
