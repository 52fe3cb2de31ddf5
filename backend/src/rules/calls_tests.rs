//! Calls on one entry, as given, when, then.

use super::*;
use events::call::BreachGround;
use proptest::prelude::*;

const PHONE: &str = "+4721000001";

fn at(minutes: i64) -> Timestamp {
    "2021-03-15T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn dialled(n: u128) -> CallDialled {
    CallDialled {
        attempt: id(n),
        direction: CallDirection::Outbound,
        phone: PHONE.into(),
        dialled_at: at(0),
        caller: "Aylin".to_owned(),
    }
}

fn concluded(n: u128, outcome: CallOutcome) -> CallConcluded {
    CallConcluded { attempt: id(n), outcome, concluded_at: at(5), caller: "Aylin".to_owned() }
}

fn corrected(n: u128, outcome: CallOutcome, reason: &str) -> CallCorrected {
    CallCorrected {
        attempt: id(n),
        outcome,
        reason: reason.into(),
        corrected_at: at(60),
        corrected_by: "Bjørn".to_owned(),
    }
}

fn answered(assessment: Assessment) -> CallOutcome {
    CallOutcome { assessment: Some(assessment), ..CallOutcome::of(ContactResult::Answered) }
}

fn given(events: &[EntryEvent]) -> Calls {
    events.iter().fold(Calls::default(), |mut calls, event| {
        evolve(&mut calls, event);
        calls
    })
}

fn when(calls: &Calls, command: Command) -> Result<Vec<EntryEvent>, Refusal> {
    decide(calls, &[PHONE.into()], at(10_000), command)
}

#[test]
fn only_the_travellers_own_numbers_are_rung_and_no_wrong_one() {
    let fresh = Calls::default();
    assert_eq!(when(&fresh, Command::Dial(dialled(1))), Ok(vec![dialled(1).into()]));
    let other = CallDialled { phone: "+4721999999".into(), ..dialled(1) };
    assert_eq!(when(&fresh, Command::Dial(other.clone())), Err(Refusal::NotTheirNumber));
    // Whoever rings the centre may do so from any telephone.
    let inbound = CallDialled { direction: CallDirection::Inbound, ..other };
    assert!(when(&fresh, Command::Dial(inbound)).is_ok());
    let marked = NumberMarkedWrong { phone: PHONE.into(), attempt: id(1), caller: "Aylin".to_owned() };
    let known = given(&[marked.clone().into()]);
    assert_eq!(when(&known, Command::Dial(dialled(1))), Err(Refusal::WrongNumber));
    assert_eq!(when(&known, Command::MarkWrong(marked)), Ok(vec![]));
}

#[test]
fn an_outcome_says_all_it_must_and_nothing_it_cannot() {
    let calls = given(&[dialled(1).into()]);
    let suspected = answered(Assessment::SuspectedBreach);
    let with =
        |grounds: &[BreachGround]| CallOutcome { breach_grounds: grounds.to_vec(), ..suspected.clone() };
    let no_answer = CallOutcome::of(ContactResult::NoAnswer);
    let assessed = Some(Assessment::UnderstandsAndComplies);
    let back = |at| CallOutcome { call_back_at: at, ..CallOutcome::of(ContactResult::CallBackRequested) };
    for (outcome, expected) in [
        (CallOutcome::of(ContactResult::Answered), Some(Refusal::AssessmentMismatch)),
        (CallOutcome { assessment: assessed, ..no_answer.clone() }, Some(Refusal::AssessmentMismatch)),
        (suspected.clone(), Some(Refusal::GroundsMismatch)),
        (with(&[BreachGround::Other]), Some(Refusal::NoteMissing)),
        (with(&[BreachGround::Working]), None),
        (back(None), Some(Refusal::CallBackTime)),
        (back(Some(at(4))), Some(Refusal::CallBackTime)),
        (back(Some(at(10_000))), Some(Refusal::CallBackTime)),
        (back(Some(at(60))), None),
        (no_answer, None),
    ] {
        let said = when(&calls, Command::Conclude(concluded(1, outcome.clone())));
        assert_eq!(said.err(), expected, "{outcome:?}");
    }
    let unknown = Command::Conclude(concluded(2, answered(Assessment::LeftCountry)));
    assert_eq!(when(&calls, unknown), Err(Refusal::AttemptUnknown));
}

#[test]
fn an_outcome_is_taken_back_for_a_moment_by_who_said_it_and_corrected_later_by_anybody() {
    let first = concluded(1, CallOutcome::of(ContactResult::NoAnswer));
    let calls = given(&[dialled(1).into(), first.clone().into()]);
    let undo = |by: &str, seconds| Command::Undo {
        attempt: id(1),
        by: by.to_owned(),
        now: at(5) + SignedDuration::from_secs(seconds),
        within: SignedDuration::from_secs(10),
    };
    assert_eq!(when(&calls, Command::Conclude(first)), Err(Refusal::ConcludedAlready));
    assert!(when(&calls, undo("Aylin", 10)).is_ok());
    assert_eq!(when(&calls, undo("Aylin", 11)), Err(Refusal::TooLate));
    assert_eq!(when(&calls, undo("Bjørn", 1)), Err(Refusal::SomebodyElse));

    let complies = answered(Assessment::UnderstandsAndComplies);
    let right = corrected(1, complies.clone(), "another card was meant");
    assert_eq!(when(&calls, Command::Correct(right.clone())), Ok(vec![right.clone().into()]));
    assert_eq!(when(&calls, Command::Correct(corrected(1, complies, " "))), Err(Refusal::ReasonMissing));
    let after = given(&[
        dialled(1).into(),
        concluded(1, CallOutcome::of(ContactResult::NoAnswer)).into(),
        right.clone().into(),
    ]);
    assert_eq!(after.status(), Some(FollowUpStatus::Ok));
    assert_eq!(when(&after, Command::Correct(right)), Ok(vec![]), "corrected so already");
    assert_eq!(when(&after, undo("Aylin", 1)), Err(Refusal::TooLate), "a correction is not taken back");
}

#[test]
fn a_conversation_counts_more_than_a_later_attempt_that_nobody_answered() {
    let calls = given(&[
        dialled(1).into(),
        concluded(1, answered(Assessment::UnderstandsAndComplies)).into(),
        dialled(2).into(),
        concluded(2, CallOutcome::of(ContactResult::NoAnswer)).into(),
    ]);
    assert_eq!(calls.status(), Some(FollowUpStatus::Ok));
    assert_eq!(given(&[dialled(1).into()]).status(), None);
}

#[test]
fn nobody_looks_through_a_conversation_of_ones_own() {
    let complies = concluded(1, answered(Assessment::UnderstandsAndComplies));
    let calls = given(&[dialled(1).into(), complies.into()]);
    let review = |by: &str| {
        Command::Review(CallReviewed { attempt: id(1), good: true, note: None, reviewed_by: by.to_owned() })
    };
    assert_eq!(when(&calls, review("Aylin")), Err(Refusal::SomebodyElseNeeded));
    assert_eq!(when(&calls, review("Kari")).map(|events| events.len()), Ok(1));
}

proptest! {
    /// Whatever is tried in whatever order, an attempt has at most one outcome that was not taken back.
    #[test]
    fn no_attempt_has_two_outcomes(steps in proptest::collection::vec((0_u8..4, 1_u128..4), 0..40)) {
        let mut calls = Calls::default();
        let mut standing: std::collections::HashMap<u128, i32> = Default::default();
        for (kind, n) in steps {
            let command = match kind {
                0 => Command::Dial(dialled(n)),
                1 => Command::Conclude(concluded(n, CallOutcome::of(ContactResult::Busy))),
                2 => Command::Correct(corrected(n, CallOutcome::of(ContactResult::NoAnswer), "typed wrong")),
                _ => Command::Undo { attempt: id(n), by: "Aylin".to_owned(), now: at(5), within: SignedDuration::ZERO },
            };
            for event in when(&calls, command).unwrap_or_default() {
                match &event {
                    EntryEvent::Concluded(_) => *standing.entry(n).or_default() += 1,
                    EntryEvent::Undone(_) => *standing.entry(n).or_default() -= 1,
                    _ => {}
                }
                evolve(&mut calls, &event);
            }
        }
        for attempt in &calls.attempts {
            let said = standing.get(&attempt.id.as_u128()).copied().unwrap_or_default();
            prop_assert_eq!(said, i32::from(attempt.concluded.is_some()));
        }
    }
}
