//! A referral is made once, joined where it is known, and its letter reaches the labour inspectorate once, whatever
//! dies or lies on the way.

use backend::intake::entries::{append, load};
use backend::outlets::eformidling::EformidlingError;
use backend::outlets::referrals::{ReferralPost, Round, SendingError};
use backend::projections::referrals::recent;
use backend::referrals::ReferralError;
use backend::referrals::inspecting::Acted;
use backend::referrals::making::{Making, Saved, id_of};
use backend::retention::facts;
use backend::rules::entry::Refusal;
use backend::rules::referral::{Command, Refusal as Said, employer_of, last_cause, place_of};
use events::call::{
    Answer, Assessment, BreachGround, CallConcluded, CallCorrected, CallDialled, CallDirection, CallOutcome,
    ContactResult,
};
use events::identity::AddressProtection;
use events::referral::{
    DeliveryStatus, InspectionOutcome, MoreWanted, ReferralClosed, ReferralContent, ReferralReceived,
    ReferralReturned,
};
use events::{CommandId, EntryEvent, EntryId, RetentionEvent};
use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use tests::desk::{Desk, entry_of, record};
use tests::eformidling::{At, Held, Mood, Service};
use uuid::Uuid;

/// A desk, a message service, and the outlet between them.
struct Post {
    desk: Desk,
    service: Service,
    outlet: ReferralPost,
}

impl Post {
    async fn new() -> Post {
        let desk = Desk::new().await;
        let service = Service::start().await;
        let outlet = desk.node.referral_post(service.client());
        Post { desk, service, outlet }
    }

    /// A traveller at an employer's lodging, with a telephone of one's own.
    async fn arrives(&self, n: usize, fields: Value) -> EntryId {
        let mut all = record(json!({
            "a_reference_code": format!("4601-2021-{n:07}"), "a_date": "2021-03-15", "municipality_number": "4601",
            "p_first_name": format!("Ola{n}"), "p_last_name": "Nordmann", "p_birth_date": format!("1980-01-{n:02}"),
            "p_phone": format!("+474123{n:04}"), "p_unique_id": "", "a_q_opt_l1_code": "1001", "a_q_opt_l4_code": "4003",
            "a_location_address": "Brakkeriggen, Industrivegen 13", "a_location_zip_code": "5003",
            "a_employer_name": "Nordfjord Bygg AS", "a_employer_org_number": "974760983",
        }));
        all.extend(record(fields));
        let entry = entry_of(&self.desk.node.take(all).await).expect("taken in");
        EntryId::parse(entry).expect("an entry's id")
    }

    /// One of those who arrive alone: another day, another place of work, nothing in common with anybody.
    async fn arrives_alone(&self, n: usize) -> EntryId {
        let day = format!("2021-03-{:02}", 15 - n % 5);
        self.arrives(n, json!({ "a_date": day })).await
    }

    async fn happens(&self, entry: EntryId, events: &[EntryEvent]) {
        let version = load(&self.desk.node.log, entry).await.unwrap().version;
        append(&self.desk.node.log, entry, version, events, "test", vec![], None).await.unwrap();
    }

    /// Somebody rang, and an employer seems to fail the traveller.
    async fn was_called(&self, entry: EntryId) -> Uuid {
        let (now, attempt) = (self.desk.clock.now(), tests::database::unique());
        let dialled = CallDialled {
            attempt,
            direction: CallDirection::Outbound,
            phone: "+4741230001".into(),
            dialled_at: now,
            caller: "Aylin".to_owned(),
        };
        let concluded =
            CallConcluded { attempt, outcome: failing(), concluded_at: now, caller: "Aylin".to_owned() };
        self.happens(entry, &[dialled.into(), concluded.into()]).await;
        // The outcome can be taken back for a moment.
        self.desk.clock.advance(SignedDuration::from_secs(11));
        attempt
    }

    /// Everything that may be told of an entry.
    async fn content(&self, entry: EntryId) -> ReferralContent {
        let state = load(&self.desk.node.log, entry).await.unwrap().state.unwrap();
        let cause = last_cause(&state.calls, &state.record).expect("a cause");
        ReferralContent {
            conversation: cause.conversation,
            employer: employer_of(&state.record).unwrap(),
            accommodation: place_of(&state.record).unwrap(),
            facts: cause.facts,
        }
    }

    async fn making(&self, entry: EntryId) -> Making {
        let version = load(&self.desk.node.log, entry).await.unwrap().version;
        let key = CommandId(tests::database::unique());
        Making { entry, version, key, content: self.content(entry).await, by: "Aylin".to_owned() }
    }

    async fn make(&self, making: &Making) -> Saved {
        self.desk.node.catch_up().await;
        let saved = self.desk.node.referrals().make(making).await.expect("made");
        self.desk.node.catch_up().await;
        saved
    }

    /// A referral of a fresh traveller.
    async fn referred(&self, n: usize) -> (EntryId, Uuid) {
        let entry = self.arrives_alone(n).await;
        self.was_called(entry).await;
        let saved = self.make(&self.making(entry).await).await;
        assert!(!saved.joined);
        (entry, saved.referral)
    }

    async fn look(&self) -> Result<Round, SendingError> {
        self.desk.node.catch_up().await;
        let outcome = self.outlet.round().await;
        self.desk.node.catch_up().await;
        outcome
    }

    async fn looks_well(&self) {
        assert_eq!(self.look().await.expect("a look"), Round::Done);
    }

    fn later(&self, minutes: i64) {
        self.desk.clock.advance(SignedDuration::from_mins(minutes));
    }

    /// What stands in the log about a letter.
    async fn told(&self, entry: EntryId) -> Vec<Told> {
        let history = self.desk.node.history(entry.uuid()).await;
        history.into_iter().filter_map(|told| Told::of(told.event)).collect()
    }

    /// The one message that the service holds.
    fn one(&self) -> Held {
        let held = self.service.held();
        assert_eq!(held.len(), 1, "{:?}", held.keys());
        held.into_values().next().unwrap()
    }

    async fn acts(&self, referral: Uuid, command: Command) -> Acted {
        self.desk.node.catch_up().await;
        let acted = self.desk.node.referrals().act(&[referral], "Nora", |_| command.clone()).await.unwrap();
        self.desk.node.catch_up().await;
        acted[0].1
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Sent,
    Status(DeliveryStatus),
}

impl Told {
    fn of(event: EntryEvent) -> Option<Told> {
        match event {
            EntryEvent::ReferralSent(_) => Some(Told::Sent),
            EntryEvent::ReferralStatus(told) => Some(Told::Status(told.status)),
            _ => None,
        }
    }
}

fn failing() -> CallOutcome {
    let answer =
        |question: &str, answer: &str| Answer { question: question.to_owned(), answer: answer.into() };
    CallOutcome {
        assessment: Some(Assessment::SuspectedBreach),
        breach_grounds: vec![BreachGround::Working, BreachGround::SharedRoom, BreachGround::TestNotTaken],
        employer_failure_suspected: true,
        answers: vec![answer("employer-houses", "yes"), answer("room-shared-by", "6")],
        note: Some("Hemmelig ord.".into()),
        ..CallOutcome::of(ContactResult::Answered)
    }
}

#[tokio::test]
async fn what_leaves_is_byte_by_byte_what_was_shown_before() {
    let post = Post::new().await;
    let entry = post.arrives_alone(1).await;
    post.was_called(entry).await;
    post.desk.node.catch_up().await;
    let making = post.making(entry).await;
    let preview = post.desk.node.referrals().preview(&making).await.unwrap();
    assert!(!preview.joins);
    post.later(300);
    let saved = post.make(&making).await;
    assert_eq!(saved.referral, preview.referral);
    post.looks_well().await;
    let held = post.one();
    for file in &preview.files {
        let (media_type, content) = &held.files[file.name];
        assert_eq!((media_type.as_str(), content), (file.media_type, &file.content.0));
    }
    assert_eq!(held.files.len(), preview.files.len() + 1, "and how to file it");
    let everything = format!("{:?}{:?}", held.header, held.files);
    for hidden in [
        "Ola1",
        "Nordmann",
        "1980",
        "41230001",
        "Hemmelig",
        "TestNotTaken",
        "test",
        "Aylin",
        &entry.to_string(),
    ] {
        assert!(!everything.contains(hidden), "{hidden}: {everything}");
    }
    assert!(held.files["melding.txt"].1.contains("Brakkeriggen"));
    let header = held.header.to_string();
    for hidden in ["Brakkeriggen", "Nordfjord", "974760983"] {
        assert!(!header.contains(hidden), "the header is not encrypted: {header}");
    }
    assert!(header.contains("taushetsbelagt") && header.contains("0192:974761211"), "{header}");
}

#[tokio::test]
async fn made_again_it_is_the_same_and_another_content_under_its_key_is_refused() {
    let post = Post::new().await;
    let entry = post.arrives_alone(1).await;
    post.was_called(entry).await;
    let making = post.making(entry).await;
    let (first, again) = (post.make(&making).await, post.make(&making).await);
    assert_eq!((first.referral, first.joined, first.version), (again.referral, again.joined, again.version));
    assert_eq!(first.referral, id_of(entry, making.key));
    let mut other = making;
    other.content.facts.sleep_in_room = None;
    let refused = post.desk.node.referrals().make(&other).await;
    assert!(matches!(refused, Err(ReferralError::KeyReused)), "{refused:?}");
    post.looks_well().await;
    assert_eq!(post.one().sent, 1);
}

#[tokio::test]
async fn two_of_a_party_are_one_letter_and_two_strangers_are_two() {
    let post = Post::new().await;
    // Same day, employer and address: they travel together.
    let (one, two) = (post.arrives(1, json!({})).await, post.arrives(2, json!({})).await);
    let stranger = post.arrives(3, json!({"a_date": "2021-03-14"})).await;
    for entry in [one, two, stranger] {
        post.was_called(entry).await;
    }
    post.desk.node.catch_up().await;
    let lead = post.make(&post.making(one).await).await;
    let preview = post.desk.node.referrals().preview(&post.making(two).await).await.unwrap();
    assert!(preview.joins, "it is told before");
    let joined = post.make(&post.making(two).await).await;
    let apart = post.make(&post.making(stranger).await).await;
    assert_eq!((lead.joined, joined.joined, apart.joined), (false, true, false));
    post.looks_well().await;
    assert_eq!(post.service.held().len(), 2);
    let inbox = recent(&post.desk.node.readers(), &post.desk.keyring, post.desk.clock.now()).await.unwrap();
    assert_eq!(inbox.len(), 3, "the inbox has all of them");
    // Closed, the matter may be told of again.
    let closed = ReferralClosed {
        referral: lead.referral,
        outcome: InspectionOutcome::Guided,
        closed_by: "Nora".to_owned(),
        at: post.desk.clock.now(),
    };
    assert_eq!(post.acts(lead.referral, Command::Close(closed)).await, Acted::Done);
    let third = post.arrives(4, json!({})).await;
    post.was_called(third).await;
    let again = post.make(&post.making(third).await).await;
    assert!(!again.joined, "the first of its contact that is open leads");
    post.looks_well().await;
    assert_eq!(post.service.held().len(), 3);
}

#[tokio::test]
async fn two_callers_at_the_same_moment_make_one_letter() {
    let post = Post::new().await;
    let (one, two) = (post.arrives(1, json!({})).await, post.arrives(2, json!({})).await);
    for entry in [one, two] {
        post.was_called(entry).await;
    }
    post.desk.node.catch_up().await;
    let (first, second) = (post.making(one).await, post.making(two).await);
    let other = post.desk.second_node().await;
    let (desk, beside) = (post.desk.node.referrals(), other.referrals());
    // Neither sees the other's in the lists.
    let (first, second) = futures::join!(desk.make(&first), beside.make(&second));
    let joined = [first.unwrap().joined, second.unwrap().joined];
    assert_eq!(joined.iter().filter(|joined| **joined).count(), 1, "{joined:?}");
    post.looks_well().await;
    post.one();
}

#[tokio::test]
async fn a_node_that_dies_at_any_step_leaves_nothing_undone_and_nothing_double() {
    for at in [At::Create, At::Upload, At::Send] {
        let post = Post::new().await;
        let (entry, referral) = post.referred(1).await;
        post.service.is(Mood::DoesAndHangs(at));
        tokio::select! {
            outcome = post.outlet.round() => panic!("it waits for an answer: {outcome:?}"),
            () = post.service.until_hung() => {}
        }
        assert_eq!(post.told(entry).await, [], "{at:?}");
        post.service.is(Mood::Well);
        let other = post.desk.second_node().await.referral_post(post.service.client());
        // The lease goes with the connection of whoever died.
        while other.round().await.expect("a look") == Round::Elsewhere {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(post.told(entry).await, [Told::Sent], "{at:?}");
        let held = post.one();
        assert_eq!((held.sent, held.files.len(), held.waits), (1, 3, false), "{at:?}");
        assert!(post.service.held().contains_key(&referral));
    }
}

#[tokio::test]
async fn a_service_that_breaks_off_after_it_took_something_has_it_once() {
    for at in [At::Create, At::Upload, At::Send] {
        let post = Post::new().await;
        let (entry, _) = post.referred(1).await;
        post.service.is(Mood::DoesAndBreaksOff(at));
        assert!(post.look().await.is_err(), "{at:?}");
        post.service.is(Mood::Well);
        post.looks_well().await;
        assert_eq!(post.told(entry).await, [], "not at once again: {at:?}");
        post.later(3);
        post.looks_well().await;
        assert_eq!(post.told(entry).await, [Told::Sent], "{at:?}");
        assert_eq!(post.one().sent, 1, "{at:?}");
    }
}

#[tokio::test]
async fn a_service_that_never_answers_is_not_waited_for_and_has_it_once() {
    let post = Post::new().await;
    let (entry, _) = post.referred(1).await;
    post.service.is(Mood::DoesAndHangs(At::Send));
    let told = post.look().await.unwrap_err();
    assert!(matches!(told, SendingError::Service(EformidlingError::TooSlow)), "{told:?}");
    post.service.is(Mood::Well);
    post.later(3);
    post.looks_well().await;
    assert_eq!(post.told(entry).await, [Told::Sent]);
    assert_eq!(post.one().sent, 1);
}

#[tokio::test]
async fn a_service_that_is_down_is_tried_ever_more_rarely_and_loses_nothing() {
    let post = Post::new().await;
    let mut entries = Vec::new();
    for n in 1..=3 {
        entries.push(post.referred(n).await.0);
    }
    post.service.is(Mood::Broken);
    for _ in 0..120 {
        let _ = post.look().await;
        post.later(1);
    }
    let tries = post.service.asked();
    assert!((15..90).contains(&tries), "{tries} tries of three letters in two hours");
    let failure = post.outlet.failure();
    post.later(90);
    let told = post.look().await.unwrap_err();
    assert!(matches!(told, SendingError::Service(EformidlingError::Failed(500))), "{told:?}");
    for told in [format!("{told} {told:?}"), failure.unwrap_or_default()] {
        assert!(!told.contains("Nordfjord") && !told.contains("Brakke"), "{told}");
    }
    post.service.is(Mood::Well);
    post.later(90);
    post.looks_well().await;
    for entry in entries {
        assert_eq!(post.told(entry).await, [Told::Sent]);
    }
    assert!(post.service.held().values().all(|held| held.sent == 1));
    assert_eq!(post.outlet.failure(), None);
}

#[tokio::test]
async fn a_service_that_lies_about_what_it_never_had_is_given_it_all_the_same() {
    let post = Post::new().await;
    let (entry, _) = post.referred(1).await;
    post.service.is(Mood::Lies);
    post.looks_well().await;
    assert_eq!(post.told(entry).await, [Told::Sent]);
    assert_eq!(post.one().sent, 1);
}

#[tokio::test]
async fn statuses_are_told_once_each_in_order_and_those_of_others_not_at_all() {
    let post = Post::new().await;
    let (entry, _) = post.referred(1).await;
    post.looks_well().await;
    post.service.is(Mood::Repeats);
    for (minutes, status) in
        [(2, None), (5, Some("MOTTATT")), (10, Some("LEVERT")), (20, None), (40, Some("LEST"))]
    {
        status.into_iter().for_each(|status| post.service.all_come_to(status));
        post.later(minutes);
        post.looks_well().await;
    }
    use DeliveryStatus::{Delivered, Read, Received, Sent};
    let told =
        [Told::Sent, Told::Status(Sent), Told::Status(Received), Told::Status(Delivered), Told::Status(Read)];
    assert_eq!(post.told(entry).await, told);
    let asked = post.service.asked();
    post.later(600);
    post.looks_well().await;
    assert_eq!(post.service.asked(), asked, "it has been read; nobody asks any more");
}

#[tokio::test]
async fn a_dead_letter_is_seen_and_sent_again_under_a_new_id() {
    let post = Post::new().await;
    let (entry, referral) = post.referred(1).await;
    post.looks_well().await;
    post.service.all_come_to("LEVETID_UTLOPT");
    post.later(5);
    post.looks_well().await;
    assert_eq!(post.told(entry).await, [Told::Sent, Told::Status(DeliveryStatus::Expired)]);
    let (waiting, _, dead) = backend::projections::referrals::waiting(&post.desk.node.tables).await.unwrap();
    assert_eq!((waiting, dead), (0, 1));
    let key = CommandId(tests::database::unique());
    let desk = post.desk.node.referrals();
    let again = desk.resend(entry, referral, key, "Kari").await.unwrap();
    assert_eq!(desk.resend(entry, referral, key, "Kari").await.unwrap().version, again.version);
    post.looks_well().await;
    let held = post.service.held();
    assert_eq!(held.len(), 2);
    assert!(held.values().all(|held| held.sent == 1));
    let conversations: Vec<String> = held
        .values()
        .map(|held| held.header["businessScope"]["scope"][0]["instanceIdentifier"].to_string())
        .collect();
    assert_eq!(conversations[0], conversations[1], "both belong to the referral");
    let refused = desk.resend(entry, referral, CommandId(tests::database::unique()), "Kari").await;
    assert!(matches!(refused, Err(ReferralError::Refused(_))), "it is on its way: {refused:?}");
}

#[tokio::test]
async fn a_letter_that_the_service_will_not_take_is_dead_and_keeps_nobody_else() {
    let post = Post::new().await;
    let (refused, _) = post.referred(1).await;
    post.service.is(Mood::Refuses);
    post.looks_well().await;
    assert_eq!(post.told(refused).await, [Told::Status(DeliveryStatus::Refused)]);
    post.service.is(Mood::Well);
    let (taken, _) = post.referred(2).await;
    post.looks_well().await;
    assert_eq!(post.told(taken).await, [Told::Sent]);
}

#[tokio::test]
async fn a_service_that_never_tells_is_given_up_and_two_nodes_send_once() {
    let post = Post::new().await;
    let (entry, _) = post.referred(1).await;
    let other = post.desk.second_node().await.referral_post(post.service.client());
    let (one, two) = futures::join!(post.outlet.round(), other.round());
    assert!([one.unwrap(), two.unwrap()].contains(&Round::Done));
    assert_eq!(post.one().sent, 1);
    for _ in 0..30 {
        post.later(4 * 60);
        post.looks_well().await;
    }
    use DeliveryStatus::{Sent, Unknown};
    assert_eq!(post.told(entry).await, [Told::Sent, Told::Status(Sent), Told::Status(Unknown)]);
}

#[tokio::test]
async fn a_conversation_that_is_corrected_in_time_sends_nothing() {
    let post = Post::new().await;
    let entry = post.arrives_alone(1).await;
    let attempt = post.was_called(entry).await;
    let saved = post.make(&post.making(entry).await).await;
    let corrected = CallCorrected {
        attempt,
        outcome: CallOutcome {
            assessment: Some(Assessment::UnderstandsAndComplies),
            ..CallOutcome::of(ContactResult::Answered)
        },
        reason: "Misheard.".into(),
        corrected_at: post.desk.clock.now(),
        corrected_by: "Aylin".to_owned(),
    };
    post.happens(entry, &[corrected.into()]).await;
    post.later(60);
    post.looks_well().await;
    assert_eq!(post.service.held().len(), 0);
    let inbox = recent(&post.desk.node.readers(), &post.desk.keyring, post.desk.clock.now()).await.unwrap();
    assert_eq!(
        (inbox[0].referral, inbox[0].sheet.holds),
        (saved.referral, false),
        "and the inspector sees it"
    );
}

#[tokio::test]
async fn what_is_told_after_it_came_back_goes_out_in_a_letter_of_its_own() {
    let post = Post::new().await;
    let (entry, referral) = post.referred(1).await;
    post.looks_well().await;
    let at = post.desk.clock.now();
    let received = ReferralReceived { referral, received_by: "Nora".to_owned(), at };
    let returned = ReferralReturned {
        referral,
        wanted: vec![MoreWanted::Address],
        note: Some("Which of them?".into()),
        returned_by: "Nora".to_owned(),
        at,
    };
    assert_eq!(post.acts(referral, Command::Receive(received)).await, Acted::Done);
    assert_eq!(post.acts(referral, Command::Return(returned.clone())).await, Acted::Done);
    assert_eq!(post.acts(referral, Command::Return(returned)).await, Acted::Unchanged);
    let mut more = post.making(entry).await;
    more.content.accommodation.address = "Industrivegen 13, brakke C".into();
    let desk = post.desk.node.referrals();
    let preview = desk.preview_more(&more, referral).await.unwrap();
    let saved = desk.complete(&more, referral).await.unwrap();
    assert_eq!(desk.complete(&more, referral).await.unwrap().version, saved.version, "once");
    post.looks_well().await;
    let held = post.service.held();
    let letter = &held[&id_of(entry, more.key)].files["melding.txt"].1;
    assert_eq!(letter, &preview.files[0].content.0);
    assert!(letter.contains("brakke C") && letter.contains(&referral.to_string()), "{letter}");
    assert_eq!(held.len(), 2);
}

#[tokio::test]
async fn an_address_that_is_protected_leaves_no_more_and_the_inbox_shows_it_no_more() {
    let post = Post::new().await;
    let set = |protected| AddressProtection { protected, set_by: "Kari".to_owned() };
    // One before it is sent, one after.
    let (waits, _) = post.referred(1).await;
    post.happens(waits, &[set(true).into()]).await;
    post.later(60);
    post.looks_well().await;
    assert_eq!(post.service.held().len(), 0, "it was not sent yet, and is not sent now");
    let (sent, referral) = post.referred(2).await;
    post.looks_well().await;
    post.happens(sent, &[set(true).into()]).await;
    post.later(60);
    post.service.all_come_to("LEVERT");
    post.looks_well().await;
    assert!(
        post.told(sent).await.contains(&Told::Status(DeliveryStatus::Delivered)),
        "it is still asked after"
    );
    let inbox = recent(&post.desk.node.readers(), &post.desk.keyring, post.desk.clock.now()).await.unwrap();
    assert_eq!(inbox.len(), 0);
    let at = post.desk.clock.now();
    let received = ReferralReceived { referral, received_by: "Nora".to_owned(), at };
    assert_eq!(post.acts(referral, Command::Receive(received)).await, Acted::Gone);
    let desk = post.desk.node.referrals();
    let refused = desk.preview(&post.making(sent).await).await.err();
    assert!(matches!(refused, Some(ReferralError::Refused(Refusal::Referral(Said::Protected)))));
    // Who travels with somebody whose address is protected is told of in a letter of its own.
    let (one, two) = (post.arrives(8, json!({})).await, post.arrives(9, json!({})).await);
    post.was_called(one).await;
    post.make(&post.making(one).await).await;
    post.happens(one, &[set(true).into()]).await;
    post.was_called(two).await;
    let own = post.make(&post.making(two).await).await;
    assert!(!own.joined, "there is nothing that anybody sees to join");
    post.looks_well().await;
    assert_eq!(post.service.held().len(), 2);
}

#[tokio::test]
async fn a_model_that_is_built_anew_sends_nothing_again() {
    let post = Post::new().await;
    let (entry, _) = post.referred(1).await;
    post.looks_well().await;
    post.desk.node.projector().rebuild().await.unwrap();
    post.looks_well().await;
    post.later(600);
    post.desk.node.projector().rebuild().await.unwrap();
    post.looks_well().await;
    assert_eq!(post.one().sent, 1);
    assert_eq!(post.told(entry).await.iter().filter(|told| **told == Told::Sent).count(), 1);
}

#[tokio::test]
async fn the_counts_of_a_day_outlive_the_referrals_and_tell_of_none_of_them() {
    let post = Post::new().await;
    let retention = post.desk.retention().await;
    let mut first = None;
    for n in 1..=6 {
        let (entry, referral) = post.referred(n).await;
        first.get_or_insert(entry);
        if n < 6 {
            let (outcome, closed_by) = (InspectionOutcome::Ordered, "Nora".to_owned());
            let closed = ReferralClosed { referral, outcome, closed_by, at: post.desk.clock.now() };
            assert_eq!(post.acts(referral, Command::Close(closed)).await, Acted::Done);
        }
    }
    post.desk.move_to_just_before_the_end_of(first.unwrap().epoch());
    retention.round().await.unwrap();
    let found = facts(retention.log(), &["day-statistics-written"], 0).await.unwrap();
    let tables: Vec<_> = found
        .into_iter()
        .filter_map(|fact| match fact.event {
            RetentionEvent::DayStatistics(statistics) => Some(statistics.tables),
            _ => None,
        })
        .flatten()
        .filter(|table| table.by == "municipality")
        .map(|table| (table.measure, table.total))
        .collect();
    for counted in [("referrals", 6), ("inspections-ordered", 5)] {
        assert!(tables.contains(&(counted.0.to_owned(), Some(counted.1))), "{counted:?}: {tables:?}");
    }
}

#[tokio::test]
async fn nothing_of_a_referral_is_readable_in_the_tables_and_nothing_is_left_at_the_end() {
    let post = Post::new().await;
    let retention = post.desk.retention().await;
    let (entry, _) = post.referred(1).await;
    post.looks_well().await;
    let mut connection = PgConnection::connect(&post.desk.database.url).await.unwrap();
    let row: String = sqlx::query_scalar("select string_agg(r::text, ' ') from read.referral r")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert!(row.contains("974760983"), "the number stands in the clear: {row}");
    for hidden in
        ["Brakkeriggen", "Nordfjord", "Aylin", hex("Brakkeriggen").as_str(), hex("Nordfjord").as_str()]
    {
        assert!(!row.contains(hidden), "{hidden}: {row}");
    }
    post.desk.move_to_just_before_the_end_of(entry.epoch());
    post.looks_well().await;
    post.desk.clock.advance(SignedDuration::from_micros(1));
    post.looks_well().await;
    retention.round().await.unwrap();
    let left: i64 = sqlx::query_scalar(
        "select (select count(*) from read.referral) + (select count(*) from log.claim where not outlives)",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    assert_eq!(left, 0);
    assert_eq!(post.outlet.failure(), None);
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}
