//! Given an entry and what happened to it, at a moment, then these messages.

use super::*;
use crate::rules::calls::{Attempt, evolve};
use events::call::{CallConcluded, CallDialled, CallDirection, CallOutcome, NumberMarkedWrong};
use events::message::{MessageOrdered, MessageReported, MessageStopped};
use events::record::Phone;
use events::{EntryEvent, EntryId, Epoch};
use jiff::civil::date;
use uuid::Uuid;

const MOBILE: &str = "+4741234567";

fn at(text: &str) -> Timestamp {
    crate::rules::moments::moment(text).unwrap()
}

/// An entry that arrived on Monday 15 March 2021 and was registered at noon of that day.
struct Given {
    record: EntryRecord,
    registered_at: Timestamp,
    calls: Calls,
    obliged: bool,
    ending: bool,
}

fn given() -> Given {
    let mut record = EntryRecord::default();
    record.trip.arrival = Some(date(2021, 3, 15));
    record.person.phones = vec![phone(MOBILE)];
    Given {
        record,
        registered_at: at("2021-03-15 12:00"),
        calls: Calls::default(),
        obliged: true,
        ending: false,
    }
}

fn phone(number: &str) -> Phone {
    Phone { given: number.into(), e164: Some(number.into()) }
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

impl Given {
    fn arrived(mut self, day: Date, registered: &str) -> Given {
        self.record.trip.arrival = Some(day);
        self.registered_at = at(registered);
        self
    }

    fn and(mut self, event: impl Into<EntryEvent>) -> Given {
        evolve(&mut self.calls, &event.into());
        self
    }

    fn called(self, n: u128, when: &str, outcome: CallOutcome) -> Given {
        let dialled = CallDialled {
            attempt: id(n),
            direction: CallDirection::Outbound,
            phone: MOBILE.into(),
            dialled_at: at(when),
            caller: "Kari".to_owned(),
        };
        let concluded =
            CallConcluded { attempt: id(n), outcome, concluded_at: at(when), caller: "Kari".to_owned() };
        self.and(dialled).and(concluded)
    }

    fn ordered(self, n: u128, kind: MessageKind, send_after: &str) -> Given {
        self.and(MessageOrdered {
            message: id(n),
            kind,
            language: "nb".to_owned(),
            template_version: 1,
            phone: MOBILE.into(),
            send_after: at(send_after),
        })
    }

    fn reported(self, n: u128, result: MessageResult, when: &str) -> Given {
        self.and(MessageReported { message: id(n), result, reported_at: at(when) })
    }

    fn stopped(self, n: u128) -> Given {
        self.and(MessageStopped { message: id(n), ground: StopGround::OutOfScope })
    }

    fn with<T>(&self, look: impl FnOnce(&Scene<'_>) -> T) -> T {
        look(&Scene {
            of: queue::Scene {
                entry: EntryId::new(Epoch::of(self.registered_at), [7; 12]),
                record: &self.record,
                owed: queue::Owed {
                    obliged: self.obliged,
                    positive: false,
                    // Ten days after the day of arrival, unless a test ends it.
                    quarantine_ends_at: norwegian_start_of(day_of(&self.record, self.registered_at, 11)),
                },
                protected: false,
                registered_at: self.registered_at,
                calls: &self.calls,
            },
            ending: self.ending,
        })
    }

    fn steps(&self, now: &str) -> Vec<Step> {
        self.with(|scene| steps(scene, &FollowUpPolicy::shipped(), at(now)))
    }

    /// What is ordered at a moment, and when it is to be sent.
    fn due(&self, now: &str) -> Vec<(MessageKind, Timestamp)> {
        let steps = self.steps(now).into_iter();
        steps
            .filter_map(|step| match step {
                Step::Order(due) => Some((due.kind, due.send_after)),
                _ => None,
            })
            .collect()
    }

    fn next_look(&self, now: &str) -> Option<Timestamp> {
        self.with(|scene| next_look(scene, &FollowUpPolicy::shipped(), at(now), &[]))
    }
}

fn no_answer() -> CallOutcome {
    CallOutcome::of(ContactResult::NoAnswer)
}

fn answered(assessment: Assessment) -> CallOutcome {
    CallOutcome { assessment: Some(assessment), ..CallOutcome::of(ContactResult::Answered) }
}

#[test]
fn the_day_of_arrival_is_day_0_and_messages_go_on_days_2_and_5() {
    let given = given();
    assert_eq!(given.next_look("2021-03-15 12:00"), Some(at("2021-03-17 00:00")));
    assert_eq!(given.due("2021-03-16 23:59"), []);
    assert_eq!(given.due("2021-03-17 00:00"), [(MessageKind::Day2, at("2021-03-17 08:00"))]);
    let given = given.ordered(1, MessageKind::Day2, "2021-03-17 08:00");
    assert_eq!(given.due("2021-03-17 00:00"), []);
    assert_eq!(given.due("2021-03-20 00:00"), [(MessageKind::Day5, at("2021-03-20 10:00"))], "a Saturday");
}

#[test]
fn a_day_that_was_missed_is_made_up_for_on_the_next_one_only() {
    assert_eq!(given().due("2021-03-18 20:59"), [(MessageKind::Day2, at("2021-03-18 20:59"))]);
    assert_eq!(given().due("2021-03-18 21:00"), []);
    assert_eq!(given().next_look("2021-03-18 21:00"), Some(at("2021-03-20 00:00")));
    let late = given().arrived(date(2021, 3, 15), "2021-03-18 09:30");
    assert_eq!(late.next_look("2021-03-18 09:30"), Some(at("2021-03-18 09:30")));
}

#[test]
fn quiet_hours_end_at_the_opening_also_when_the_clocks_change() {
    // The night to Sunday 28 March 2021 has no 02:30; Sundays open at ten, which is eight in UTC from then on.
    let given = given().arrived(date(2021, 3, 26), "2021-03-26 12:00");
    let due = given.due("2021-03-28 00:00");
    assert_eq!(due, [(MessageKind::Day2, "2021-03-28T08:00:00Z".parse().unwrap())]);
    let called = given.called(1, "2021-03-27 18:00", no_answer());
    assert_eq!(
        called.due("2021-03-27 18:01"),
        [(MessageKind::NoAnswer, "2021-03-28T08:00:00Z".parse().unwrap())]
    );
}

#[test]
fn an_attempt_without_an_answer_is_written_about_once_a_day_when_it_stands() {
    let given = given().called(1, "2021-03-16 10:00", no_answer());
    assert_eq!(given.due("2021-03-16 10:00:05"), [], "it may be taken back");
    assert_eq!(given.next_look("2021-03-16 10:00"), Some(at("2021-03-16 10:00:10")));
    assert_eq!(given.due("2021-03-16 10:00:10").len(), 1);
    let given = given
        .ordered(1, MessageKind::NoAnswer, "2021-03-16 10:00:10")
        .reported(1, MessageResult::Delivered, "2021-03-16 10:02")
        .called(2, "2021-03-16 15:00", no_answer());
    assert_eq!(given.due("2021-03-16 15:01"), [], "one a day");
    assert_eq!(given.due("2021-03-17 00:00").len(), 1, "that of day 2, and nothing about yesterday");
    let given = given.called(3, "2021-03-17 09:00", CallOutcome::of(ContactResult::Busy));
    assert!(given.due("2021-03-17 09:01").contains(&(MessageKind::NoAnswer, at("2021-03-17 09:01"))));
    assert!(
        !given.due("2021-03-19 12:00").iter().any(|(kind, _)| *kind == MessageKind::NoAnswer),
        "old news"
    );
}

#[test]
fn an_evening_message_that_waits_for_the_morning_is_that_days() {
    let given = given()
        .called(1, "2021-03-16 21:30", no_answer())
        .ordered(1, MessageKind::NoAnswer, "2021-03-17 08:00")
        .called(2, "2021-03-17 12:00", no_answer());
    assert!(!given.due("2021-03-17 12:01").iter().any(|(kind, _)| *kind == MessageKind::NoAnswer));
}

#[test]
fn a_conversation_with_guidance_and_one_without_a_common_language_are_written_about() {
    let guided = given().called(1, "2021-03-16 10:00", answered(Assessment::NeededGuidanceNowComplies));
    assert_eq!(guided.due("2021-03-16 10:01")[0].0, MessageKind::GuidanceAfterCall);
    let understood = given().called(1, "2021-03-16 10:00", answered(Assessment::UnderstandsAndComplies));
    assert_eq!(understood.due("2021-03-16 10:01"), []);
    let barrier = given().called(1, "2021-03-16 10:00", CallOutcome::of(ContactResult::LanguageBarrier));
    assert_eq!(barrier.due("2021-03-16 10:01")[0].0, MessageKind::LanguageBarrier);
    let later = barrier.called(2, "2021-03-16 10:05", answered(Assessment::UnderstandsAndComplies));
    assert_eq!(later.due("2021-03-16 10:06"), [], "the last call counts");
}

#[test]
fn nothing_is_ordered_for_whoever_is_out_of_scope() {
    let day_2 = "2021-03-17 09:00";
    let exempt = Given { obliged: false, ..given() };
    let ending = Given { ending: true, ..given() };
    for given in [exempt, ending] {
        assert_eq!((given.due(day_2), given.next_look(day_2)), (vec![], None));
    }
    for assessment in [
        Assessment::ExemptConfirmed,
        Assessment::LeftCountry,
        Assessment::NotTravelled,
        Assessment::PositiveReferredToMunicipality,
    ] {
        assert_eq!(given().called(1, "2021-03-16 10:00", answered(assessment)).due(day_2), []);
    }
    let wrong = NumberMarkedWrong { phone: MOBILE.into(), attempt: id(1), caller: "Kari".to_owned() };
    assert_eq!(given().and(wrong).due(day_2), []);
}

#[test]
fn another_number_serves_when_the_first_cannot() {
    let mut given = given().ordered(1, MessageKind::Day2, "2021-03-17 08:00").reported(
        1,
        MessageResult::InvalidRecipient,
        "2021-03-17 08:01",
    );
    given.record.person.phones = vec![phone("+4721234567"), phone(MOBILE), phone("+48512345678")];
    let steps = given.steps("2021-03-20 10:00");
    let [Step::Order(due)] = &steps[..] else { panic!("one order: {steps:?}") };
    assert_eq!((due.kind, due.phone.0.as_str()), (MessageKind::Day5, "+48512345678"));
}

#[test]
fn nothing_is_ordered_that_would_not_be_sent_while_there_is_data() {
    let given = given().called(1, "2021-03-24 20:30", no_answer());
    let end = given.with(|scene| scene.of.entry.epoch().ends_at());
    assert_eq!(end, at("2021-03-25 07:00"), "before the calling hours of that day");
    assert_eq!(given.due("2021-03-24 20:31").len(), 1);
    assert_eq!(given.due("2021-03-24 21:00"), []);
    assert_eq!(given.next_look("2021-03-24 21:00"), None);
}

#[test]
fn an_order_is_handed_over_until_the_service_has_taken_it() {
    let given = given().ordered(1, MessageKind::Day2, "2021-03-17 08:00");
    let first = |now: &str| given.steps(now).into_iter().next();
    let message = given.calls.messages[0].clone();
    let handed_over = |when: &str| Some(Step::HandOver(message.clone(), at(when)));
    assert_eq!(first("2021-03-17 00:00"), handed_over("2021-03-17 08:00"));
    assert_eq!(first("2021-03-18 03:00"), handed_over("2021-03-18 08:00"), "never at night");
    assert_eq!(first("2021-03-19 09:00"), Some(Step::GiveUp(message.clone())), "it is no longer so");
    assert_eq!(given.next_look("2021-03-17 00:00"), Some(at("2021-03-17 00:00")));
}

#[test]
fn whoever_leaves_the_scope_gets_nothing_that_was_not_sent_yet() {
    let ordered = || given().ordered(1, MessageKind::Day2, "2021-03-17 08:00");
    let taken = || ordered().reported(1, MessageResult::Accepted, "2021-03-17 00:00");
    let wrong = || NumberMarkedWrong { phone: MOBILE.into(), attempt: id(9), caller: "Kari".to_owned() };
    let grounds = [
        (taken().called(1, "2021-03-17 07:00", answered(Assessment::LeftCountry)), StopGround::OutOfScope),
        (
            ordered().called(1, "2021-03-17 07:00", answered(Assessment::ExemptConfirmed)),
            StopGround::OutOfScope,
        ),
        (
            taken().called(1, "2021-03-17 07:00", answered(Assessment::PositiveReferredToMunicipality)),
            StopGround::HandedOver,
        ),
        (taken().and(wrong()), StopGround::WrongNumber),
        (Given { ending: true, ..taken() }, StopGround::OutOfScope),
    ];
    for (given, ground) in grounds {
        let message = given.calls.messages[0].clone();
        assert_eq!(given.steps("2021-03-17 07:30"), [Step::Stop(message, ground)]);
        let look =
            |scene: &Scene<'_>| look_after_event(scene, &FollowUpPolicy::shipped(), at("2021-03-17 07:30"));
        assert_eq!(given.with(look), Some(at("2021-03-17 07:30")));
    }
    let sent = taken().and(wrong());
    assert!(matches!(sent.steps("2021-03-17 08:00")[..], [Step::Stop(..)]), "it may still be waiting");
    assert_eq!(sent.next_look("2021-03-17 08:00"), Some(at("2021-03-17 08:01")), "and is asked about");
    assert!(matches!(sent.steps("2021-03-20 08:00")[..], [Step::GiveUp(_)]));
    let again = taken().stopped(1);
    assert_eq!(again.due("2021-03-17 09:00").len(), 1, "what was stopped was not written");
}

#[test]
fn the_service_is_asked_less_and_less_often_and_at_last_no_more() {
    let given = given().ordered(1, MessageKind::Day2, "2021-03-17 08:00").reported(
        1,
        MessageResult::Accepted,
        "2021-03-17 00:00",
    );
    assert_eq!(given.steps("2021-03-17 07:59"), []);
    for (now, next) in [
        ("2021-03-17 00:00", "2021-03-17 08:01"),
        ("2021-03-17 08:01", "2021-03-17 08:02"),
        ("2021-03-17 08:04", "2021-03-17 08:08"),
        ("2021-03-18 08:00", "2021-03-18 14:00"),
    ] {
        assert_eq!(given.next_look(now), Some(at(next)), "{now}");
    }
    assert!(matches!(given.steps("2021-03-20 07:59")[..], [Step::Ask(_), ..]));
    assert!(matches!(given.steps("2021-03-20 08:00")[..], [Step::GiveUp(_), ..]));
    let told = given.reported(1, MessageResult::Delivered, "2021-03-17 08:02");
    assert_eq!(told.steps("2021-03-17 08:03"), []);
}

#[test]
fn the_text_is_in_the_travellers_language_or_what_the_number_suggests() {
    let is_written = |language: &str| ["nb", "en", "pl"].contains(&language);
    let written = |told: Option<&str>, number: &str| {
        let mut given = given();
        given.record.person.language = told.map(str::to_owned);
        given.with(|scene| language(scene, &number.into(), is_written))
    };
    assert_eq!(written(Some("pl"), MOBILE), "pl");
    assert_eq!(written(None, MOBILE), "nb");
    assert_eq!(written(None, "+48512345678"), "en");
    assert_eq!(written(Some("th"), "+66812345678"), "en");
    assert_eq!(written(Some("sv"), "+46701740605"), "nb");
    let mut needed = given().called(
        1,
        "2021-03-16 10:00",
        CallOutcome {
            language_needed: Some("pl".to_owned()),
            ..CallOutcome::of(ContactResult::LanguageBarrier)
        },
    );
    needed.record.person.language = Some("en".to_owned());
    assert_eq!(needed.with(|scene| language(scene, &MOBILE.into(), is_written)), "pl");
}

#[test]
fn the_quarantine_lasts_until_day_10_is_over() {
    given().with(|scene| {
        assert_eq!(last_day(scene), date(2021, 3, 25));
        assert_eq!(test_from(scene), date(2021, 3, 22));
        assert_eq!(scene.of.owed.quarantine_ends_at, at("2021-03-26 00:00"));
    });
}

#[test]
fn an_attempt_without_an_outcome_says_nothing() {
    let mut given = given();
    given.calls.attempts.push(Attempt {
        id: id(1),
        direction: CallDirection::Outbound,
        phone: MOBILE.into(),
        dialled_at: at("2021-03-16 10:00"),
        caller: "Kari".to_owned(),
        concluded: None,
        reviewed: false,
    });
    assert_eq!(given.due("2021-03-16 11:00"), []);
}
