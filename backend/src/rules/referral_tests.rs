//! Referrals of one entry, as given, when, then.

use super::*;
use crate::rules::calls;
use crate::rules::referral_sending::{Sending, Step, next_look, step};
use events::call::{
    Answer, CallConcluded, CallCorrected, CallDialled, CallDirection, CallOutcome, ContactResult,
};
use events::record::Employer;
use jiff::SignedDuration;
use jiff::civil::date;

fn at(minutes: i64) -> Timestamp {
    "2021-03-17T10:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn record() -> EntryRecord {
    let mut record = EntryRecord::default();
    record.trip.arrival = Some(date(2021, 3, 15));
    record.quarantine.address = Some("Brakkeriggen, Industrivegen 13".into());
    record.quarantine.postcode = Some("5700".into());
    record.employer = Some(Employer {
        org_number: Some("974760983".to_owned()),
        name: Some("Nordfjord Bygg AS".to_owned()),
        ..Employer::default()
    });
    record
}

fn outcome() -> CallOutcome {
    let answer =
        |question: &str, answer: &str| Answer { question: question.to_owned(), answer: answer.into() };
    CallOutcome {
        assessment: Some(Assessment::SuspectedBreach),
        breach_grounds: vec![
            BreachGround::TestNotTaken,
            BreachGround::Working,
            BreachGround::ReceivesVisitors,
            BreachGround::Other,
        ],
        employer_failure_suspected: true,
        answers: vec![
            answer("employer-houses", "yes"),
            answer("room-shared-by", "6"),
            answer("told-to-work", "yes"),
            answer("test", "not-taken"),
        ],
        note: Some("Coughs, and the test was positive.".into()),
        ..CallOutcome::of(ContactResult::Answered)
    }
}

fn called(outcome: CallOutcome) -> Calls {
    let dialled = CallDialled {
        attempt: id(1),
        direction: CallDirection::Outbound,
        phone: "+4721000001".into(),
        dialled_at: at(-5),
        caller: "Aylin".to_owned(),
    };
    let concluded =
        CallConcluded { attempt: id(1), outcome, concluded_at: at(0), caller: "Aylin".to_owned() };
    let mut calls = Calls::default();
    calls::evolve(&mut calls, &dialled.into());
    calls::evolve(&mut calls, &concluded.into());
    calls
}

fn content() -> ReferralContent {
    ReferralContent {
        conversation: id(1),
        employer: employer_of(&record()).unwrap(),
        accommodation: place_of(&record()).unwrap(),
        facts: last_cause(&called(outcome()), &record()).unwrap().facts,
    }
}

fn made(n: u128, content: ReferralContent) -> ReferralMade {
    ReferralMade {
        referral: id(n),
        joins: None,
        content,
        legal_basis: LegalBasis::Covid19Regulation5c,
        made_by: "Aylin".to_owned(),
        made_at: at(1),
    }
}

fn given(events: &[EntryEvent]) -> Referrals {
    events.iter().fold(Referrals::default(), |mut referrals, event| {
        evolve(&mut referrals, event);
        referrals
    })
}

fn when(referrals: &Referrals, command: Command) -> Result<Vec<EntryEvent>, Refusal> {
    decide(referrals, Basis { calls: &called(outcome()), record: &record(), protected: false }, command)
}

fn closed(n: u128, outcome: InspectionOutcome) -> ReferralClosed {
    ReferralClosed { referral: id(n), outcome, closed_by: "Nora".to_owned(), at: at(90) }
}

fn returned(n: u128, wanted: &[MoreWanted]) -> ReferralReturned {
    ReferralReturned {
        referral: id(n),
        wanted: wanted.to_vec(),
        note: None,
        returned_by: "Nora".to_owned(),
        at: at(60),
    }
}

fn status(n: u128, status: DeliveryStatus) -> ReferralStatus {
    ReferralStatus { referral: id(n), message: id(n), status, at: at(30) }
}

fn sent(n: u128) -> ReferralSent {
    ReferralSent { referral: id(n), message: id(n), at: at(2) }
}

#[test]
fn what_was_said_of_the_employer_may_be_told_and_nothing_of_health_or_of_private_life() {
    let facts = content().facts;
    assert_eq!(
        facts,
        ReferralFacts {
            told_on: date(2021, 3, 17),
            arrived_on: Some(date(2021, 3, 15)),
            breaches: vec![EmployerBreach::Working],
            lodged_by_employer: true,
            sleep_in_room: Some(6),
            told_to_work: true,
        }
    );
    let told = serde_json::to_string(&content()).unwrap();
    for hidden in ["positive", "Coughs", "test", "visitors", "+47", "other"] {
        assert!(!told.contains(hidden), "{hidden}: {told}");
    }
}

#[test]
fn only_a_conversation_with_a_suspicion_against_an_employer_gives_cause() {
    let no_employer = CallOutcome { employer_failure_suspected: false, ..outcome() };
    let complies = CallOutcome {
        assessment: Some(Assessment::UnderstandsAndComplies),
        breach_grounds: vec![],
        ..outcome()
    };
    for said in [no_employer, complies, CallOutcome::of(ContactResult::NoAnswer)] {
        assert_eq!(last_cause(&called(said.clone()), &record()), None);
        let basis = Basis { calls: &called(said), record: &record(), protected: false };
        let refused = decide(&Referrals::default(), basis, Command::Make(made(7, content())));
        assert_eq!(refused, Err(Refusal::NoCause));
    }
    let elsewhere = ReferralContent { conversation: id(2), ..content() };
    assert_eq!(when(&Referrals::default(), Command::Make(made(7, elsewhere))), Err(Refusal::NoCause));
    assert_eq!(
        when(&Referrals::default(), Command::Make(made(7, content()))),
        Ok(vec![made(7, content()).into()])
    );
}

#[test]
fn fewer_facts_may_be_told_but_none_that_were_not_said() {
    let tell = |facts: ReferralFacts| {
        when(&Referrals::default(), Command::Make(made(7, ReferralContent { facts, ..content() })))
    };
    let said = content().facts;
    assert!(tell(ReferralFacts { sleep_in_room: None, lodged_by_employer: false, ..said.clone() }).is_ok());
    for more in [
        ReferralFacts { breaches: vec![EmployerBreach::SharedRoom, EmployerBreach::Working], ..said.clone() },
        ReferralFacts { sleep_in_room: Some(7), ..said.clone() },
        ReferralFacts { told_on: date(2021, 3, 18), ..said.clone() },
        ReferralFacts { arrived_on: Some(date(2021, 3, 14)), ..said.clone() },
        ReferralFacts { breaches: vec![EmployerBreach::Working; 2], ..said.clone() },
    ] {
        assert_eq!(tell(more), Err(Refusal::NotSaid));
    }
    let nothing = ReferralFacts { breaches: vec![], sleep_in_room: None, told_to_work: false, ..said };
    assert_eq!(tell(nothing), Err(Refusal::NothingTold));
}

#[test]
fn employer_and_place_must_be_told_and_be_some() {
    let with = |name: &str, number: Option<&str>, address: &str, postcode: Option<&str>| {
        let employer = ReferredEmployer { org_number: number.map(str::to_owned), name: name.into() };
        let accommodation = Accommodation { address: address.into(), postcode: postcode.map(Personal::from) };
        let content = ReferralContent { employer, accommodation, ..content() };
        when(&Referrals::default(), Command::Make(made(7, content))).err()
    };
    assert_eq!(with("Firma", None, "Vei 1", None), None, "one without a number in Norway");
    assert_eq!(with(" ", Some("974760983"), "Vei 1", None), Some(Refusal::EmployerMissing));
    assert_eq!(with("Firma\nAS", None, "Vei 1", None), Some(Refusal::EmployerMissing));
    assert_eq!(with(&"x".repeat(121), None, "Vei 1", None), Some(Refusal::EmployerMissing));
    assert_eq!(with("Firma", Some("974760982"), "Vei 1", None), Some(Refusal::OrganisationNumber));
    assert_eq!(with("Firma", None, "–", None), Some(Refusal::PlaceMissing));
    assert_eq!(with("Firma", None, "Vei 1", Some("57")), Some(Refusal::PlaceMissing));
}

#[test]
fn what_tells_of_the_same_employer_and_place_is_one_referral_while_it_is_open() {
    let facts = ReferralFacts { sleep_in_room: None, told_to_work: false, ..content().facts };
    let fewer = ReferralContent { facts, ..content() };
    let open = given(&[made(7, fewer.clone()).into()]);
    assert_eq!(when(&open, Command::Make(made(7, fewer.clone()))), Ok(vec![]), "the same again");
    assert_eq!(when(&open, Command::Make(made(7, content()))), Err(Refusal::Known));
    assert_eq!(when(&open, Command::Make(made(8, fewer.clone()))), Ok(vec![]), "nothing more");
    let more = when(&open, Command::Make(made(8, content()))).unwrap();
    let [EntryEvent::ReferralCompleted(completed)] = &more[..] else { panic!("{more:?}") };
    assert_eq!((completed.referral, completed.message, &completed.content), (id(7), id(8), &content()));
    let spelled = Accommodation { address: "BRAKKERIGGEN industrivegen 13".into(), postcode: None };
    let spelled = ReferralContent { accommodation: spelled, ..fewer.clone() };
    assert!(same_matter(&spelled, &fewer));
    let elsewhere = Accommodation { address: "Industrivegen 14".into(), postcode: None };
    let elsewhere = ReferralContent { accommodation: elsewhere, ..fewer.clone() };
    assert_eq!(when(&open, Command::Make(made(9, elsewhere.clone()))), Ok(vec![made(9, elsewhere).into()]));
    let done = given(&[made(7, fewer.clone()).into(), closed(7, InspectionOutcome::Guided).into()]);
    assert_eq!(when(&done, Command::Make(made(8, fewer.clone()))), Ok(vec![made(8, fewer).into()]));
}

#[test]
fn an_inspector_takes_in_hand_asks_for_more_and_closes_each_once() {
    let open = given(&[made(7, content()).into()]);
    let received = ReferralReceived { referral: id(7), received_by: "Nora".to_owned(), at: at(50) };
    assert_eq!(when(&open, Command::Receive(received.clone())), Ok(vec![received.clone().into()]));
    let in_hand = given(&[made(7, content()).into(), received.clone().into()]);
    assert_eq!(when(&in_hand, Command::Receive(received.clone())), Ok(vec![]));
    assert_eq!(when(&open, Command::Return(returned(7, &[]))), Err(Refusal::WantedMissing));
    let asked = returned(7, &[MoreWanted::Address]);
    assert_eq!(when(&open, Command::Return(asked.clone())), Ok(vec![asked.clone().into()]));
    let back = given(&[made(7, content()).into(), asked.clone().into()]);
    assert_eq!(when(&back, Command::Return(asked)), Ok(vec![]));
    let guided = closed(7, InspectionOutcome::Guided);
    assert_eq!(when(&back, Command::Close(guided.clone())), Ok(vec![guided.clone().into()]));
    let done = given(&[made(7, content()).into(), guided.clone().into()]);
    assert_eq!(when(&done, Command::Close(guided)), Ok(vec![]));
    assert_eq!(when(&done, Command::Receive(received)), Err(Refusal::Closed));
    let ordered = closed(7, InspectionOutcome::Ordered);
    assert_eq!(when(&done, Command::Close(ordered.clone())), Ok(vec![ordered.into()]), "the last one counts");
    assert_eq!(when(&open, Command::Close(closed(8, InspectionOutcome::Fined))), Err(Refusal::Unknown));
}

#[test]
fn more_is_told_when_it_was_asked_for_and_goes_out_in_a_message_of_its_own() {
    let completed = |message| ReferralCompleted {
        referral: id(7),
        message: id(message),
        content: content(),
        completed_by: "Kari".to_owned(),
        at: at(70),
    };
    let open = given(&[made(7, content()).into(), sent(7).into()]);
    assert_eq!(when(&open, Command::Complete(completed(8))), Err(Refusal::NotReturned));
    let mut history: Vec<EntryEvent> =
        vec![made(7, content()).into(), sent(7).into(), returned(7, &[MoreWanted::Work]).into()];
    assert_eq!(when(&given(&history), Command::Complete(completed(8))), Ok(vec![completed(8).into()]));
    history.push(completed(8).into());
    let again = given(&history);
    let referral = again.get(id(7)).unwrap();
    assert_eq!((referral.message, referral.sent_at, &referral.returned), (id(8), None, &None));
    // What is still heard of the former message is no news of this one.
    assert_eq!(when(&again, Command::Status(status(7, DeliveryStatus::Read))), Ok(vec![]));
}

#[test]
fn a_message_moves_forward_only_and_a_dead_one_is_sent_again_under_a_new_id() {
    use DeliveryStatus::{Delivered, Expired, Failed, Read, Received, Sent};
    for (known, told, news) in [
        (None, Sent, true),
        (Some(Sent), Sent, false),
        (Some(Received), Sent, false),
        (Some(Received), Read, true),
        (Some(Delivered), Expired, false),
        (Some(Sent), Expired, true),
        (Some(Failed), Read, false),
    ] {
        assert_eq!(is_further(known, told), news, "{known:?} {told:?}");
    }
    let resent = ReferralResent { referral: id(7), message: id(9), resent_by: "Kari".to_owned(), at: at(80) };
    let underway = given(&[made(7, content()).into(), sent(7).into(), status(7, Sent).into()]);
    assert_eq!(when(&underway, Command::Resend(resent.clone())), Err(Refusal::NotDead));
    let dead = given(&[made(7, content()).into(), sent(7).into(), status(7, Expired).into()]);
    assert_eq!(when(&dead, Command::Resend(resent.clone())), Ok(vec![resent.into()]));
}

/// The next step and the next look at the only referral of a history, its data ending at a moment.
fn looked(
    events: &[EntryEvent],
    calls: &Calls,
    ends_at: Timestamp,
    now: Timestamp,
) -> (Option<Step>, Option<Timestamp>) {
    let (referrals, record) = (given(events), record());
    let undone = SignedDuration::from_secs(10);
    let sending = Sending::new(&referrals.0[0], calls, &record, undone, ends_at, false);
    (step(&sending, now), next_look(&sending, now))
}

#[test]
fn a_letter_goes_out_when_the_outcome_stands_and_never_when_it_was_corrected() {
    let ends_at = at(10_000);
    let early = ReferralMade { made_at: at(0), ..made(7, content()) };
    let ready = at(0) + SignedDuration::from_secs(10);
    let history = [early.clone().into()];
    let calls = called(outcome());
    assert_eq!(looked(&history, &calls, ends_at, at(0)), (None, Some(ready)));
    assert_eq!(looked(&history, &calls, ends_at, ready).0, Some(Step::HandOver));
    let mut corrected = calls.clone();
    let correction = CallCorrected {
        attempt: id(1),
        outcome: CallOutcome {
            assessment: Some(Assessment::UnderstandsAndComplies),
            ..CallOutcome::of(ContactResult::Answered)
        },
        reason: "Misheard.".into(),
        corrected_at: at(3),
        corrected_by: "Aylin".to_owned(),
    };
    calls::evolve(&mut corrected, &correction.into());
    assert_eq!(looked(&history, &corrected, ends_at, at(5)), (None, None));
    let joined = [ReferralMade { joins: Some(id(3)), ..early.clone() }.into()];
    assert_eq!(looked(&joined, &calls, ends_at, at(5)), (None, None), "no letter of its own");
    assert_eq!(looked(&history, &calls, at(60), at(5)), (None, None), "the data end before it is told of");
    let closed = [early.into(), closed(7, InspectionOutcome::KnownAlready).into()];
    assert_eq!(looked(&closed, &calls, ends_at, at(5)), (None, None));
}

#[test]
fn what_became_of_a_letter_is_asked_ever_more_rarely_until_it_is_told() {
    let (ends_at, calls) = (at(20_000), called(outcome()));
    let underway: Vec<EntryEvent> = vec![made(7, content()).into(), sent(7).into()];
    assert_eq!(looked(&underway, &calls, ends_at, at(2)), (Some(Step::Ask), Some(at(3))));
    assert_eq!(looked(&underway, &calls, ends_at, at(62)).1, Some(at(122)));
    assert_eq!(looked(&underway, &calls, ends_at, at(2 + 72 * 60)).0, Some(Step::GiveUp));
    let with = |told| [underway.clone(), vec![status(7, told).into()]].concat();
    assert_eq!(looked(&with(DeliveryStatus::Delivered), &calls, ends_at, at(90)).0, Some(Step::Ask));
    assert_eq!(looked(&with(DeliveryStatus::Delivered), &calls, ends_at, at(9_000)), (None, None));
    for settled in [DeliveryStatus::Read, DeliveryStatus::Failed, DeliveryStatus::Unknown] {
        assert_eq!(looked(&with(settled), &calls, ends_at, at(90)), (None, None), "{settled:?}");
    }
}

#[test]
fn a_protected_address_leaves_with_nothing_and_what_was_told_before_can_still_be_closed() {
    let open = given(&[made(7, content()).into(), sent(7).into(), returned(7, &[MoreWanted::Work]).into()]);
    let when = |command| {
        let basis = Basis { calls: &called(outcome()), record: &record(), protected: true };
        decide(&open, basis, command)
    };
    let completed = ReferralCompleted {
        referral: id(7),
        message: id(8),
        content: content(),
        completed_by: "Kari".to_owned(),
        at: at(70),
    };
    let resent = ReferralResent { referral: id(7), message: id(9), resent_by: "Kari".to_owned(), at: at(80) };
    for leaves in [Command::Make(made(8, content())), Command::Complete(completed), Command::Resend(resent)] {
        assert_eq!(when(leaves), Err(Refusal::Protected));
    }
    let guided = closed(7, InspectionOutcome::Guided);
    assert_eq!(when(Command::Close(guided.clone())), Ok(vec![guided.into()]));
}
