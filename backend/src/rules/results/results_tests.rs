//! Rules of results, as given, when, then.

use super::*;
use crate::rules::calls::{Attempt, Concluded};
use events::call::{Assessment, CallDirection, CallOutcome};
use events::result::{Laboratory, ResultClass, ResultSource, SampleState};
use events::rule_set::TestKind;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn received(message: u128, class: ResultClass, state: SampleState, when: &str) -> ResultReceived {
    ResultReceived {
        sample: Uuid::from_u128(1),
        message: Uuid::from_u128(message),
        laboratory: Laboratory { her_id: "8092314".to_owned(), name: "Laboratoriet".to_owned() },
        sample_number: Some("P-1".into()),
        state,
        class,
        kind: Some(TestKind::Pcr),
        taken_on: Some("2021-03-22".parse().unwrap()),
        taken_on_substituted: false,
        received_at: at(when),
        source: ResultSource::Feed,
        read_by: "test".to_owned(),
    }
}

fn negative() -> ResultReceived {
    received(10, ResultClass::NotDetected, SampleState::Final, "2021-03-23T08:00:00Z")
}

fn positive_after_all() -> ResultReceived {
    received(11, ResultClass::Detected, SampleState::Revised, "2021-03-23T15:00:00Z")
}

fn spoken_with(when: &str) -> Calls {
    let outcome = CallOutcome {
        assessment: Some(Assessment::UnderstandsAndComplies),
        ..CallOutcome::of(ContactResult::Answered)
    };
    let attempt = Attempt {
        id: Uuid::from_u128(77),
        direction: CallDirection::Outbound,
        phone: "+4721898050".into(),
        dialled_at: at(when),
        caller: "Kari".to_owned(),
        concluded: Some(Concluded { outcome, at: at(when), by: "Kari".to_owned(), corrected: false }),
        reviewed: false,
    };
    Calls { attempts: vec![attempt], ..Calls::default() }
}

fn after(results: &Results, calls: &Calls, received: Vec<ResultReceived>) -> (Results, Vec<EntryEvent>) {
    let now = at("2021-03-23T16:00:00Z");
    let events = decide(results, calls, Command::Receive { received, now }).unwrap();
    let mut results = results.clone();
    events.iter().for_each(|event| evolve(&mut results, event));
    (results, events)
}

#[test]
fn a_repeated_message_changes_nothing() {
    let (results, events) = after(&Results::default(), &Calls::default(), vec![negative(), negative()]);
    assert_eq!(events.len(), 1);
    let (again, events) = after(&results, &Calls::default(), vec![negative()]);
    assert!(events.is_empty());
    assert_eq!(again, results);
}

#[test]
fn whoever_was_told_the_former_answer_stands_in_the_correction() {
    let calls = spoken_with("2021-03-23T10:00:00Z");
    let (results, _) = after(&Results::default(), &calls, vec![negative()]);
    let (results, _) = after(&results, &calls, vec![positive_after_all()]);
    let [correction] = results.corrections.as_slice() else { panic!("one correction") };
    assert_eq!(
        (correction.what.before, correction.what.after),
        (ResultClass::NotDetected, ResultClass::Detected)
    );
    assert_eq!(correction.what.told.iter().map(|told| told.by.as_str()).collect::<Vec<_>>(), ["Kari"]);
}

#[test]
fn a_conversation_before_the_answer_told_nobody_of_it() {
    let calls = spoken_with("2021-03-23T07:00:00Z");
    let (results, _) = after(&Results::default(), &calls, vec![negative()]);
    let (results, _) = after(&results, &calls, vec![positive_after_all()]);
    assert!(results.corrections.is_empty());
}

#[test]
fn an_older_message_that_comes_late_corrects_nothing() {
    let (results, _) = after(&Results::default(), &Calls::default(), vec![positive_after_all()]);
    let (results, _) = after(&results, &Calls::default(), vec![negative()]);
    assert!(results.corrections.is_empty());
    assert!(results.samples.positive_since("2021-03-15".parse().unwrap()));
}

#[test]
fn what_nobody_acts_on_is_no_correction() {
    let unknown = received(9, ResultClass::Unknown, SampleState::Preliminary, "2021-03-22T20:00:00Z");
    let (results, _) = after(&Results::default(), &Calls::default(), vec![unknown, negative()]);
    assert!(results.corrections.is_empty());
}

#[test]
fn a_correction_is_settled_once_and_with_words() {
    let calls = spoken_with("2021-03-23T10:00:00Z");
    let (results, _) = after(&Results::default(), &calls, vec![negative()]);
    let (results, _) = after(&results, &calls, vec![positive_after_all()]);
    let settle = |note: &str| {
        Command::Settle(CorrectionSettled {
            correction: results.corrections[0].what.correction,
            note: note.into(),
            settled_by: "Kari".to_owned(),
        })
    };
    assert_eq!(decide(&results, &calls, settle(" ")), Err(Refusal::NoteMissing));
    let events = decide(&results, &calls, settle("Rang again.")).unwrap();
    let mut settled = results.clone();
    events.iter().for_each(|event| evolve(&mut settled, event));
    assert_eq!(decide(&settled, &calls, settle("Again.")), Err(Refusal::SettledAlready));
}

#[test]
fn all_messages_of_a_sample_come_together_and_a_sample_without_number_stands_alone() {
    let of = |number, message| sample_id("8092314", number, message, "NPU59097");
    assert_eq!(of(Some("P-1"), "a"), of(Some("P-1"), "b"));
    assert_ne!(of(None, "a"), of(None, "b"));
    assert_ne!(of(Some("P-1"), "a"), sample_id("99", Some("P-1"), "a", "NPU59097"));
}
