//! The queue of calls on a log with a manual clock: who is next, who is left alone, and who holds whom.

use api::calls::{Draft, NextCall, NobodyBecause, WhyGround};
use backend::entropy::Entropy;
use backend::queue::Queue;
use events::call::{
    Assessment, BreachGround, CallConcluded, CallDialled, CallDirection, CallOutcome, ContactResult,
};
use events::{CommandId, EntryId, Personal};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tests::desk::{Desk, entry_of, record};
use uuid::Uuid;

/// The desk's clock starts on a Monday at 13:00 Norwegian time; who came on Sunday may be rung.
struct Shift {
    desk: Desk,
    queue: Queue,
}

impl Shift {
    async fn new() -> Shift {
        let desk = Desk::new().await;
        let queue = desk.node.queue();
        let shift = Shift { desk, queue };
        shift.queue.set_languages("Aylin", &["nb".to_owned()]).await.unwrap();
        shift
    }

    async fn traveller(&self, number: u32, more: Value) -> EntryId {
        let mut fields = json!({
            "a_reference_code": format!("4601-{number}"), "a_date": "2021-03-14", "municipality_number": "4601",
            "p_first_name": "Ola", "p_last_name": format!("Nordmann{number}"), "p_lang_follow_up": "NO",
            "p_phone": format!("+4721{number:06}"), "a_q_opt_l1_code": "1001", "a_q_opt_l4_code": "4002",
        });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = self.desk.node.take(record(fields)).await;
        EntryId::parse(entry_of(&answer).unwrap_or_else(|| panic!("{answer:?}"))).unwrap()
    }

    async fn fold(&self) {
        self.desk.node.catch_up().await;
        self.queue.tick().await.unwrap();
    }

    async fn next(&self, caller: &str) -> Option<EntryId> {
        match self.queue.next(caller).await.unwrap() {
            NextCall::Card(card) => EntryId::parse(card.entry.id),
            NextCall::Nobody { .. } => None,
        }
    }

    async fn because(&self, caller: &str) -> NobodyBecause {
        match self.queue.next(caller).await.unwrap() {
            NextCall::Card(card) => panic!("{} is handed out", card.entry.id),
            NextCall::Nobody { because, .. } => because,
        }
    }

    async fn conclude(&self, caller: &str, entry: EntryId, outcome: CallOutcome) -> Uuid {
        let attempt = Entropy::system().uuid();
        let phone =
            self.queue.present(entry).await.unwrap().document.record.person.phones[0].e164.clone().unwrap();
        let now = self.desk.clock.now();
        let direction = CallDirection::Outbound;
        let dialled = CallDialled { attempt, direction, phone, dialled_at: now, caller: caller.to_owned() };
        self.queue.dial(entry, dialled).await.unwrap();
        let concluded = CallConcluded { attempt, outcome, concluded_at: now, caller: caller.to_owned() };
        let key = CommandId(Entropy::system().uuid());
        let done = self.queue.conclude(entry, key, concluded.clone()).await.unwrap();
        let again = self.queue.conclude(entry, key, concluded).await.unwrap();
        assert_eq!(done.version, again.version, "said twice is said once");
        self.desk.node.catch_up().await;
        self.queue.give_back(caller, entry, done.position).await.unwrap();
        self.fold().await;
        attempt
    }

    async fn wait(&self, hours: i64) {
        self.desk.clock.advance(SignedDuration::from_hours(hours));
        self.fold().await;
    }
}

fn complies() -> CallOutcome {
    let assessment = Some(Assessment::UnderstandsAndComplies);
    CallOutcome { assessment, ..CallOutcome::of(ContactResult::Answered) }
}

fn suspected() -> CallOutcome {
    CallOutcome {
        assessment: Some(Assessment::SuspectedBreach),
        breach_grounds: vec![BreachGround::NotAtPlace],
        ..CallOutcome::of(ContactResult::Answered)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_works_for_an_employer_that_houses_comes_first_then_whoever_has_least_time() {
    let shift = Shift::new().await;
    let late = shift.traveller(1, json!({"a_date": "2021-03-14"})).await;
    let early = shift.traveller(2, json!({"a_date": "2021-03-10"})).await;
    let housed = shift.traveller(3, json!({"a_q_opt_l4_code": "4003"})).await;
    shift.traveller(4, json!({"a_q_opt_l1_code": "1002", "a_q_opt_l2_code": "2008"})).await;
    shift.traveller(5, json!({"p_phone": "12"})).await;
    shift.traveller(6, json!({"a_date": "2021-03-15"})).await;
    shift.fold().await;

    let NextCall::Card(card) = shift.queue.next("Aylin").await.unwrap() else { panic!("nobody is next") };
    assert_eq!((card.entry.id, card.why.ground), (housed.uuid(), WhyGround::EmployerProvidesPlace));
    assert_eq!(card.why.quarantine_day, Some(1));
    assert_eq!(shift.next("Aylin").await, Some(housed), "a caller holds one card");
    shift.conclude("Aylin", housed, complies()).await;
    assert_eq!(shift.next("Aylin").await, Some(early));
    shift.conclude("Aylin", early, complies()).await;
    assert_eq!(shift.next("Aylin").await, Some(late));
    shift.conclude("Aylin", late, complies()).await;
    // Exempt, without a number, and still on the way: nobody is left today.
    assert_eq!(shift.because("Aylin").await, NobodyBecause::NobodyDue);
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_share_a_phone_a_number_or_a_party_are_with_one_caller() {
    let shift = Shift::new().await;
    let first = shift.traveller(1, json!({})).await;
    // Another epoch, another key: the same telephone.
    shift.desk.clock.advance(SignedDuration::from_hours(6));
    let same_phone = shift.traveller(2, json!({"p_phone": "+4721000001"})).await;
    let identity = json!({"p_unique_id": "15076500565"});
    let with_identity = shift.traveller(3, identity.clone()).await;
    shift.traveller(4, identity).await;
    shift.fold().await;

    let one = shift.next("Aylin").await.unwrap();
    let two = shift.next("Bjørn").await;
    assert!([first, same_phone].contains(&one));
    assert_eq!(two, None, "Bjørn speaks nothing yet");
    shift.queue.set_languages("Bjørn", &["nb".to_owned()]).await.unwrap();
    let two = shift.next("Bjørn").await.unwrap();
    assert!(![first, same_phone].contains(&two), "the same phone is rung by two");
    shift.queue.set_languages("Cecilie", &["nb".to_owned()]).await.unwrap();
    assert_eq!(shift.next("Cecilie").await, None, "the same person is rung by two");

    // Who was guided and understood is left alone, with all who share phone or number.
    shift.conclude("Aylin", one, complies()).await;
    shift.conclude("Bjørn", two, suspected()).await;
    assert_eq!(shift.next("Cecilie").await, None);
    // A day later it is evening again; whoever was rung in the evening is rung in the morning.
    shift.wait(37).await;
    let again = shift.next("Cecilie").await.unwrap();
    assert_eq!(again, two, "only the suspected one is called again, and the others of the contact after");
    assert_ne!(with_identity, same_phone);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_did_not_answer_is_called_before_the_policy_says_and_never_too_often() {
    let shift = Shift::new().await;
    let entry = shift.traveller(1, json!({})).await;
    shift.fold().await;
    let mut dials = vec![];
    for _ in 0..200 {
        if shift.next("Aylin").await == Some(entry) {
            dials.push(shift.desk.clock.now());
            shift.conclude("Aylin", entry, CallOutcome::of(ContactResult::NoAnswer)).await;
        }
        shift.wait(1).await;
    }
    assert_eq!(dials.len(), 8, "attempts in all: {dials:?}");
    for pair in dials.windows(2) {
        assert!(pair[1].duration_since(pair[0]) >= SignedDuration::from_hours(2), "{dials:?}");
    }
    let days: Vec<_> = dials.iter().map(|at| backend::rules::moments::norwegian(*at)).collect();
    for at in &days {
        assert!(days.iter().filter(|other| other.date() == at.date()).count() <= 3, "{days:?}");
        assert!((8..21).contains(&at.hour()), "{days:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_number_is_wrong_for_all_who_share_it() {
    let shift = Shift::new().await;
    let first = shift.traveller(1, json!({})).await;
    let second = shift.traveller(2, json!({"p_phone": "0047 21 00 00 01"})).await;
    shift.fold().await;
    let one = shift.next("Aylin").await.unwrap();
    shift.conclude("Aylin", one, CallOutcome::of(ContactResult::WrongNumber)).await;
    for entry in [first, second] {
        let calls = shift.queue.present(entry).await.unwrap().document.calls;
        assert_eq!(calls.wrong_numbers, [Personal("+4721000001".to_owned())]);
    }
    shift.wait(48).await;
    assert_eq!(shift.next("Aylin").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_back_comes_back_to_who_agreed_it_and_after_a_while_to_anybody() {
    let shift = Shift::new().await;
    let entry = shift.traveller(1, json!({})).await;
    let other = shift.traveller(2, json!({"a_q_opt_l4_code": "4003"})).await;
    shift.fold().await;
    assert_eq!(shift.next("Aylin").await, Some(other));
    shift.queue.set_languages("Bjørn", &["nb".to_owned()]).await.unwrap();
    assert_eq!(shift.next("Bjørn").await, Some(entry));
    let at = shift.desk.clock.now() + SignedDuration::from_hours(2);
    let agreed = CallOutcome { call_back_at: Some(at), ..CallOutcome::of(ContactResult::CallBackRequested) };
    shift.conclude("Bjørn", entry, agreed).await;
    shift.conclude("Aylin", other, complies()).await;
    shift.wait(1).await;
    assert_eq!(shift.next("Bjørn").await, None, "not before the time");
    shift.wait(1).await;
    assert_eq!(shift.next("Aylin").await, None, "it waits for Bjørn");
    shift.desk.clock.advance(SignedDuration::from_mins(16));
    shift.fold().await;
    let NextCall::Card(card) = shift.queue.next("Aylin").await.unwrap() else { panic!("nobody is next") };
    assert_eq!((card.entry.id, card.why.ground), (entry.uuid(), WhyGround::CallBack));
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_go_by_language_and_spill_over_when_nobody_speaks_it() {
    let shift = Shift::new().await;
    let polish = shift.traveller(1, json!({"p_lang_follow_up": "PL"})).await;
    shift.fold().await;
    assert_eq!(shift.because("Aylin").await, NobodyBecause::OtherLanguages);
    shift.queue.set_languages("Piotr", &["pl".to_owned(), "en".to_owned()]).await.unwrap();
    shift.queue.set_languages("Emma", &["en".to_owned()]).await.unwrap();
    shift.desk.clock.advance(SignedDuration::from_hours(3));
    shift.fold().await;
    // Piotr has gone home by now: who speaks English takes over.
    assert_eq!(shift.next("Aylin").await, None);
    let NextCall::Card(card) = shift.queue.next("Emma").await.unwrap() else { panic!("nobody is next") };
    assert_eq!((card.entry.id, card.why.spilled_over), (polish.uuid(), true));
    // No language in common: it goes on to whoever speaks it, and counts as no attempt.
    let barrier = CallOutcome {
        language_needed: Some("lt".to_owned()),
        ..CallOutcome::of(ContactResult::LanguageBarrier)
    };
    shift.conclude("Emma", polish, barrier).await;
    assert_eq!(shift.next("Piotr").await, None);
    shift.queue.set_languages("Rasa", &["lt".to_owned()]).await.unwrap();
    assert_eq!(shift.next("Rasa").await, Some(polish));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_without_a_sign_of_life_ends_and_its_fence_is_worth_nothing() {
    let shift = Shift::new().await;
    let entry = shift.traveller(1, json!({})).await;
    shift.fold().await;
    let NextCall::Card(card) = shift.queue.next("Aylin").await.unwrap() else { panic!("nobody is next") };
    shift.queue.set_languages("Bjørn", &["nb".to_owned()]).await.unwrap();
    shift.desk.clock.advance(SignedDuration::from_secs(200));
    assert!(shift.queue.prolong("Aylin", entry, card.lease.fence).await.unwrap().is_ok());
    shift.desk.clock.advance(SignedDuration::from_secs(200));
    shift.fold().await;
    assert_eq!(shift.next("Bjørn").await, None, "a sign of life prolongs it");
    shift.desk.clock.advance(SignedDuration::from_secs(101));
    shift.fold().await;
    assert_eq!(shift.next("Bjørn").await, Some(entry));
    assert!(shift.queue.prolong("Aylin", entry, card.lease.fence).await.unwrap().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_sealed_and_ends_with_the_epoch() {
    let shift = Shift::new().await;
    let entry = shift.traveller(1, json!({})).await;
    shift.fold().await;
    shift.next("Aylin").await.unwrap();
    let draft = Draft {
        attempt: Entropy::system().uuid(),
        outcome: Personal(json!({"note": "says the barrack is crowded"})),
        saved_at: None,
    };
    shift.queue.keep_draft("Aylin", entry, &draft, &Entropy::system()).await.unwrap();
    assert_eq!(shift.queue.draft(entry).await.unwrap().unwrap().outcome, draft.outcome);
    let sealed: Vec<u8> = sqlx::query_scalar("select sealed from read.call_draft")
        .fetch_one(&shift.desk.node.tables)
        .await
        .unwrap();
    assert!(!sealed.windows(7).any(|part| part == b"barrack"));

    shift.desk.move_to_just_before_the_end_of(entry.epoch());
    shift.desk.clock.advance(SignedDuration::from_secs(1));
    shift.desk.retention().await.catch_up().await;
    for table in ["call_draft", "call_lease", "call_queue", "entry"] {
        let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from read.{table}")))
            .fetch_one(&shift.desk.node.tables)
            .await
            .unwrap();
        assert_eq!(left, 0, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_built_anew_stands_as_what_was_folded_step_by_step() {
    let shift = Shift::new().await;
    for number in 1..30 {
        let phone = format!("+4721{:06}", number / 3);
        shift.traveller(number, json!({"p_phone": phone})).await;
        shift.fold().await;
        if let Some(entry) = shift.next("Aylin").await {
            let outcome = if number % 2 == 0 { complies() } else { CallOutcome::of(ContactResult::NoAnswer) };
            shift.conclude("Aylin", entry, outcome).await;
        }
        shift.wait(1).await;
    }
    let before = rows(&shift.desk).await;
    shift.desk.node.projector().rebuild().await.unwrap();
    shift.queue.tick().await.unwrap();
    assert_eq!(rows(&shift.desk).await, before);
}

async fn rows(desk: &Desk) -> Vec<String> {
    sqlx::query_scalar(
        "select format('%s %s %s %s %s %s %s', entry, contact, class, urgent_at, due_at, ready_at, quiet_until)
         from read.call_queue order by entry",
    )
    .fetch_all(&desk.node.tables)
    .await
    .unwrap()
}
