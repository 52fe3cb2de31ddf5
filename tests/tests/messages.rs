//! Text messages reach whoever they are for, when they may, once; and whoever is out of scope gets none.

use backend::intake::entries::{append, load};
use backend::outlets::messages::{Messages, MessagesError, Round};
use backend::rules::moments::moment;
use events::call::{Assessment, CallConcluded, CallDialled, CallDirection, CallOutcome, ContactResult};
use events::entry::{EndGround, EndRequested};
use events::message::{MessageKind, MessageResult, StopGround};
use events::{EntryEvent, EntryId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use std::collections::BTreeSet;
use tests::altinn::{Mood, Service};
use tests::desk::{Desk, entry_of, record};
use uuid::Uuid;

/// A desk, a sending service, and the outlet between them.
struct Post {
    desk: Desk,
    service: Service,
    outlet: Messages,
}

impl Post {
    async fn new() -> Post {
        let desk = Desk::new().await;
        let service = Service::start().await;
        let outlet = desk.node.messages(service.client());
        Post { desk, service, outlet }
    }

    /// A traveller who registers now and arrives today.
    async fn arrives(&self, n: usize, fields: Value) -> Uuid {
        let today = backend::rules::moments::norwegian_day_of(self.desk.clock.now()).to_string();
        let mut all = record(json!({
            "a_reference_code": format!("4601-2021-{n:07}"), "a_date": today, "municipality_number": "4601",
            "p_first_name": format!("Ola{n}"), "p_last_name": "Nordmann", "p_birth_date": "1980-01-01",
            "p_phone": format!("+474123{n:04}"), "a_q_opt_l1_code": "1001",
        }));
        all.extend(record(fields));
        entry_of(&self.desk.node.take(all).await).expect("taken in")
    }

    fn time_is(&self, text: &str) {
        let left = at(text).duration_since(self.desk.clock.now());
        assert!(left >= SignedDuration::ZERO, "time does not go back to {text}");
        self.desk.clock.advance(left);
    }

    /// A look on up-to-date lists, which then hold what came of it.
    async fn look(&self) -> Result<Round, MessagesError> {
        self.desk.node.catch_up().await;
        let outcome = self.outlet.round().await;
        self.desk.node.catch_up().await;
        outcome
    }

    async fn looks_well(&self) {
        assert_eq!(self.look().await.expect("a look"), Round::Done);
    }

    async fn happens(&self, entry: Uuid, events: &[EntryEvent]) {
        let entry = EntryId::parse(entry).unwrap();
        let version = load(&self.desk.node.log, entry).await.unwrap().version;
        append(&self.desk.node.log, entry, version, events, "test", vec![], None).await.unwrap();
    }

    /// Somebody rang now, and it came to this.
    async fn was_called(&self, entry: Uuid, outcome: CallOutcome) {
        let (now, attempt) = (self.desk.clock.now(), tests::database::unique());
        let dialled = CallDialled {
            attempt,
            direction: CallDirection::Outbound,
            phone: "+4741230001".into(),
            dialled_at: now,
            caller: "Kari".to_owned(),
        };
        let concluded = CallConcluded { attempt, outcome, concluded_at: now, caller: "Kari".to_owned() };
        self.happens(entry, &[dialled.into(), concluded.into()]).await;
    }

    /// What stands in the log about an entry's messages.
    async fn told(&self, entry: Uuid) -> Vec<Told> {
        let history = self.desk.node.history(entry).await;
        history.into_iter().filter_map(|told| Told::of(told.event)).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Ordered(MessageKind),
    Reported(MessageResult),
    Stopped(StopGround),
}

impl Told {
    fn of(event: EntryEvent) -> Option<Told> {
        match event {
            EntryEvent::MessageOrdered(ordered) => Some(Told::Ordered(ordered.kind)),
            EntryEvent::MessageReported(reported) => Some(Told::Reported(reported.result)),
            EntryEvent::MessageStopped(stopped) => Some(Told::Stopped(stopped.ground)),
            _ => None,
        }
    }
}

fn at(text: &str) -> Timestamp {
    moment(text).expect("a moment")
}

fn answered(assessment: Assessment) -> CallOutcome {
    CallOutcome { assessment: Some(assessment), ..CallOutcome::of(ContactResult::Answered) }
}

#[tokio::test]
async fn day_2_and_day_5_are_written_to_in_the_travellers_language() {
    let post = Post::new().await;
    let entry = post.arrives(1, json!({"p_lang_follow_up": "polsk"})).await;
    let exempt = post.arrives(2, json!({"a_q_opt_l1_code": "1002", "a_q_opt_l2_code": "2008"})).await;
    post.time_is("2021-03-16 23:59");
    post.looks_well().await;
    assert_eq!(post.service.placed().len(), 0);

    post.time_is("2021-03-17 00:00");
    post.looks_well().await;
    let [placed] = &post.service.placed()[..] else { panic!("one order") };
    assert_eq!((placed.phone.as_str(), placed.send_at), ("+4741230001", Some(at("2021-03-17 08:00"))));
    assert_eq!(placed.idempotency, placed.reference);
    assert!(placed.body.contains("25 marca"), "{}", placed.body);
    let ordered = [Told::Ordered(MessageKind::Day2), Told::Reported(MessageResult::Accepted)];
    assert_eq!(post.told(entry).await, ordered);

    post.time_is("2021-03-17 08:02");
    post.service.send_all("SMS_Delivered");
    post.looks_well().await;
    assert_eq!(post.told(entry).await[2..], [Told::Reported(MessageResult::Delivered)]);
    post.time_is("2021-03-19 23:59");
    post.looks_well().await;
    assert_eq!(post.service.asked(), 1);

    post.time_is("2021-03-20 00:00");
    post.looks_well().await;
    let placed = post.service.placed();
    assert_eq!(placed.len(), 2);
    assert_eq!(placed[1].send_at, Some(at("2021-03-20 10:00")), "Saturdays open at ten");
    assert!(placed[1].body.contains("25 marca") && placed[1].body.contains("22 marca"), "{}", placed[1].body);
    assert_eq!(post.told(exempt).await, []);
}

#[tokio::test]
async fn quiet_hours_last_over_midnight_and_over_the_change_of_the_clocks() {
    let post = Post::new().await;
    post.time_is("2021-03-26 12:00");
    let arrived = post.arrives(1, json!({})).await;
    let called = post.arrives(2, json!({"a_date": "2021-03-25", "p_phone": "+4741230002"})).await;
    // Saturday evening: calls end at six, and the night has no hour from two to three.
    post.time_is("2021-03-27 18:30");
    post.was_called(called, CallOutcome::of(ContactResult::NoAnswer)).await;
    post.time_is("2021-03-27 18:31");
    post.looks_well().await;
    post.time_is("2021-03-28 00:00");
    post.looks_well().await;
    let opening: Timestamp = "2021-03-28T08:00:00Z".parse().unwrap();
    let placed = post.service.placed();
    assert_eq!(placed.len(), 3, "{placed:?}");
    assert!(placed.iter().all(|one| one.send_at == Some(opening)), "{placed:?}");
    assert_eq!(post.told(arrived).await[0], Told::Ordered(MessageKind::Day2));
    assert!(post.told(called).await.contains(&Told::Ordered(MessageKind::NoAnswer)));
}

#[tokio::test]
async fn whoever_leaves_the_scope_gets_nothing_more() {
    let post = Post::new().await;
    let mut entries = Vec::new();
    for n in 1..=4 {
        entries.push(post.arrives(n, json!({})).await);
    }
    post.time_is("2021-03-17 00:00");
    post.looks_well().await;
    assert_eq!(post.service.standing().len(), 4);
    post.time_is("2021-03-17 07:00");
    post.was_called(entries[0], answered(Assessment::LeftCountry)).await;
    post.was_called(entries[1], answered(Assessment::PositiveReferredToMunicipality)).await;
    let request = EndRequested {
        ground: EndGround::RegisteredByMistake,
        reason: "never came".into(),
        requested_by: "Per".to_owned(),
    };
    post.happens(entries[2], &[request.into()]).await;
    post.looks_well().await;
    assert_eq!(post.service.standing().len(), 1);
    for (entry, ground) in
        entries.iter().zip([StopGround::OutOfScope, StopGround::HandedOver, StopGround::OutOfScope])
    {
        assert_eq!(post.told(*entry).await[2..], [Told::Stopped(ground)]);
    }
    // It is on its way already, and is not said to be stopped.
    post.service.send_all("SMS_Sending");
    post.time_is("2021-03-17 07:30");
    post.was_called(entries[3], answered(Assessment::LeftCountry)).await;
    post.looks_well().await;
    post.time_is("2021-03-17 09:00");
    post.service.send_all("SMS_Delivered");
    post.looks_well().await;
    assert_eq!(post.told(entries[3]).await[2..], [Told::Reported(MessageResult::Delivered)]);
    post.time_is("2021-03-20 12:00");
    post.looks_well().await;
    assert_eq!(post.service.asked(), 4);
}

#[tokio::test]
async fn a_message_that_was_handed_over_late_is_stopped_like_any_other() {
    let post = Post::new().await;
    let entry = post.arrives(1, json!({})).await;
    post.service.is(Mood::Broken);
    post.time_is("2021-03-17 09:00");
    assert!(post.look().await.is_err());
    post.service.is(Mood::Well);
    post.time_is("2021-03-18 03:00");
    post.looks_well().await;
    assert_eq!(post.service.standing()[0].send_at, Some(at("2021-03-18 08:00")), "never at night");
    post.time_is("2021-03-18 07:30");
    post.was_called(entry, answered(Assessment::NotTravelled)).await;
    post.looks_well().await;
    assert_eq!(post.service.standing().len(), 0);
    assert_eq!(post.told(entry).await[2..], [Told::Stopped(StopGround::OutOfScope)]);
}

#[tokio::test]
async fn an_outlet_that_dies_after_the_append_leaves_nothing_undone_and_nothing_double() {
    let post = Post::new().await;
    let entry = post.arrives(1, json!({})).await;
    post.time_is("2021-03-17 09:00");
    post.desk.node.catch_up().await;
    post.service.is(Mood::TakesAndHangs);
    tokio::select! {
        outcome = post.outlet.round() => panic!("it waits for an answer: {outcome:?}"),
        () = post.service.until_hung() => {}
    }
    assert_eq!(post.told(entry).await, [Told::Ordered(MessageKind::Day2)]);
    assert_eq!(post.service.placed().len(), 1, "the service has it");

    post.service.is(Mood::Well);
    let other = post.desk.second_node().await.messages(post.service.client());
    // The lease goes with the connection of whoever died.
    while other.round().await.expect("a look") == Round::Elsewhere {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let ordered = [Told::Ordered(MessageKind::Day2), Told::Reported(MessageResult::Accepted)];
    assert_eq!(post.told(entry).await, ordered);
    assert_eq!((post.service.asked(), post.service.placed().len()), (2, 1));
}

#[tokio::test]
async fn a_service_that_takes_an_order_and_does_not_answer_has_it_once() {
    let post = Post::new().await;
    let entry = post.arrives(1, json!({})).await;
    post.time_is("2021-03-17 09:00");
    post.service.is(Mood::TakesAndHangs);
    assert!(post.look().await.is_err(), "it gives up waiting");
    post.service.is(Mood::Well);
    post.time_is("2021-03-17 09:02");
    post.looks_well().await;
    assert_eq!((post.service.asked(), post.service.placed().len()), (2, 1));
    assert_eq!(post.told(entry).await.len(), 2);
}

#[tokio::test]
async fn a_service_that_is_down_for_a_day_loses_nothing_and_doubles_nothing() {
    let post = Post::new().await;
    for n in 1..=20 {
        post.arrives(n, json!({})).await;
    }
    post.service.is(Mood::Broken);
    post.time_is("2021-03-17 00:00");
    for hour in 0..24 {
        assert!(post.look().await.is_err(), "hour {hour}");
        let failure = post.outlet.failure().expect("it is told");
        assert!(!failure.contains("+47") && failure.contains("500"), "{failure}");
        post.desk.clock.advance(SignedDuration::from_hours(1));
    }
    assert_eq!(post.service.placed().len(), 0);
    post.service.is(Mood::Well);
    for _ in 0..3 {
        post.desk.clock.advance(SignedDuration::from_mins(2));
        post.looks_well().await;
    }
    assert_eq!(post.outlet.failure(), None);
    let placed = post.service.placed();
    let phones: BTreeSet<&str> = placed.iter().map(|one| one.phone.as_str()).collect();
    assert_eq!((placed.len(), phones.len()), (20, 20));
    assert!(placed.iter().all(|one| one.send_at == Some(at("2021-03-18 08:00"))), "not at night");
}

#[tokio::test]
async fn two_nodes_send_each_message_once() {
    let post = Post::new().await;
    for n in 1..=10 {
        post.arrives(n, json!({})).await;
    }
    let other = post.desk.second_node().await.messages(post.service.client());
    post.time_is("2021-03-17 09:00");
    post.desk.node.catch_up().await;
    for _ in 0..5 {
        let (one, two) = futures::join!(post.outlet.round(), other.round());
        let rounds = [one.unwrap(), two.unwrap()];
        assert!(rounds.contains(&Round::Done));
    }
    assert_eq!((post.service.asked(), post.service.placed().len()), (10, 10));
}

#[tokio::test]
async fn a_family_gets_one_message_and_another_of_it_when_the_first_has_left() {
    let post = Post::new().await;
    let mut family = Vec::new();
    for n in 1..=4 {
        family.push(post.arrives(n, json!({"p_phone": "+4741239999"})).await);
    }
    post.time_is("2021-03-17 00:00");
    post.looks_well().await;
    post.looks_well().await;
    assert_eq!(post.service.placed().len(), 1);
    let mut has_it = None;
    for entry in &family {
        if !post.told(*entry).await.is_empty() {
            assert_eq!(has_it.replace(*entry), None, "one of them");
        }
    }
    let first = has_it.expect("one of them");
    post.time_is("2021-03-17 07:00");
    post.was_called(first, answered(Assessment::LeftCountry)).await;
    post.looks_well().await;
    assert_eq!(post.service.standing().len(), 0);
    post.time_is("2021-03-17 08:00");
    post.looks_well().await;
    post.looks_well().await;
    assert_eq!(post.service.standing().len(), 1);
    post.time_is("2021-03-20 00:00");
    post.looks_well().await;
    assert_eq!(post.service.standing().len(), 2, "one of day 5 too");
}

#[tokio::test]
async fn what_became_of_a_message_is_told_late_or_never() {
    let post = Post::new().await;
    let (late, never) = (post.arrives(1, json!({})).await, post.arrives(2, json!({})).await);
    post.time_is("2021-03-17 09:00");
    post.looks_well().await;
    post.service.send_all("SMS_Accepted");
    post.time_is("2021-03-17 12:00");
    post.looks_well().await;
    assert_eq!(post.told(late).await.len(), 2, "it is on its way");
    post.service.send_all("SMS_Failed_Expired");
    let placed = post.service.placed();
    let kept = placed.iter().find(|one| one.phone == "+4741230001").unwrap();
    post.service.forget_but(kept.id);
    post.time_is("2021-03-17 19:00");
    post.looks_well().await;
    assert_eq!(post.told(late).await[2..], [Told::Reported(MessageResult::Failed)]);
    assert_eq!(post.told(never).await.len(), 2, "the service has forgotten it; nothing is sent again");
    post.time_is("2021-03-20 09:30");
    post.looks_well().await;
    assert!(post.told(never).await.contains(&Told::Reported(MessageResult::Unknown)));
    let of_day_2 = post.service.placed().iter().filter(|one| one.phone == "+4741230002").count();
    assert_eq!(of_day_2, 1, "that of day 5 alone");
}

#[tokio::test]
async fn a_number_that_is_none_is_not_written_to_again() {
    let post = Post::new().await;
    let entry = post.arrives(1, json!({"p_phone": "+4741230001 / +48512345678"})).await;
    post.service.is(Mood::InvalidNumber);
    post.time_is("2021-03-17 09:00");
    post.looks_well().await;
    let invalid = [Told::Ordered(MessageKind::Day2), Told::Reported(MessageResult::InvalidRecipient)];
    assert_eq!(post.told(entry).await, invalid);
    post.service.is(Mood::Well);
    post.time_is("2021-03-20 12:00");
    post.looks_well().await;
    let [placed] = &post.service.placed()[..] else { panic!("one order") };
    assert_eq!(placed.phone, "+48512345678");
    assert!(placed.body.contains("25 March"), "English abroad: {}", placed.body);
}

#[tokio::test]
async fn an_order_that_is_refused_keeps_nobody_else_and_its_failure_names_nobody() {
    let post = Post::new().await;
    let entry = post.arrives(1, json!({})).await;
    post.service.is(Mood::Refuses);
    post.time_is("2021-03-17 09:00");
    let failure = post.look().await.unwrap_err();
    assert!(!format!("{failure} {failure:?}").contains("+47"), "{failure:?}");
    post.service.is(Mood::Unauthorised);
    post.time_is("2021-03-17 09:05");
    assert!(post.look().await.is_err());
    post.service.is(Mood::Well);
    post.time_is("2021-03-17 09:10");
    post.looks_well().await;
    assert_eq!(post.told(entry).await.len(), 2);
}

#[tokio::test]
async fn a_model_that_is_built_anew_sends_nothing_again() {
    let post = Post::new().await;
    for n in 1..=3 {
        post.arrives(n, json!({})).await;
    }
    post.time_is("2021-03-17 09:00");
    post.looks_well().await;
    post.desk.node.projector().rebuild().await.unwrap();
    post.looks_well().await;
    post.time_is("2021-03-17 20:00");
    post.desk.node.projector().rebuild().await.unwrap();
    post.looks_well().await;
    assert_eq!(post.service.asked(), 3);
}

#[tokio::test]
async fn nothing_about_messages_is_left_when_the_entry_has_ended() {
    let post = Post::new().await;
    let retention = post.desk.retention().await;
    let entry = post.arrives(1, json!({})).await;
    post.time_is("2021-03-17 09:00");
    post.looks_well().await;
    post.desk.move_to_just_before_the_end_of(EntryId::parse(entry).unwrap().epoch());
    post.looks_well().await;
    post.desk.clock.advance(SignedDuration::from_micros(1));
    post.looks_well().await;
    retention.round().await.unwrap();
    let mut connection = PgConnection::connect(&post.desk.database.url).await.unwrap();
    let left: i64 = sqlx::query_scalar(
        "select (select count(*) from read.message_plan) + (select count(*) from log.claim where not outlives)",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    assert_eq!(left, 0);
    assert_eq!(post.outlet.failure(), None);
}
