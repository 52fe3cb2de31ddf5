//! Test results on a log with a manual clock: whose they are, what they do to the queue, and what is not kept.

use api::calls::NextCall;
use api::results::ResultsTaken;
use backend::entropy::Entropy;
use backend::intake::entries;
use backend::intake::reference::adopt_identity_policy;
use backend::intake::results::LabMessage;
use backend::intake::results::push;
use backend::queue::Queue;
use backend::results::{Results, ResultsError};
use backend::rules::entry::Command;
use backend::rules::identities::{self, identity, national_number};
use events::call::{Assessment, CallConcluded, CallDialled, CallDirection, CallOutcome, ContactResult};
use events::identity::{AddressProtection, AssignedAt, IdentityAssigned, IdentityKind};
use events::identity_policy::IdentityPolicyAdopted;
use events::result::{ResultClass, ResultMode, ResultPolicyAdopted, ResultSource};
use events::{CommandId, EntryId};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tests::desk::{Desk, entry_of, record};

/// Synthetic numbers, month + 80.
const KARI: &str = "20914695016";
const D_NUMBER: &str = "49860699787";

struct Bench {
    desk: Desk,
    results: Results,
    queue: Queue,
}

impl Bench {
    async fn new() -> Bench {
        let desk = Desk::new().await;
        let results = desk.node.results(None);
        let queue = desk.node.queue();
        queue.set_languages("Aylin", &["nb".to_owned()]).await.unwrap();
        Bench { desk, results, queue }
    }

    /// The desk's clock starts on a Monday; who came on Sunday may be rung.
    async fn traveller(&self, number: u32, more: Value) -> EntryId {
        let mut fields = json!({
            "a_reference_code": format!("4601-{number}"), "a_date": "2021-03-14", "municipality_number": "4601",
            "p_first_name": "Kari", "p_last_name": format!("Nordmann{number}"), "p_lang_follow_up": "NO",
            "p_phone": format!("+4721{number:06}"), "a_q_opt_l1_code": "1001", "a_q_opt_l4_code": "4002",
        });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = self.desk.node.take(record(fields)).await;
        let entry = EntryId::parse(entry_of(&answer).unwrap_or_else(|| panic!("{answer:?}"))).unwrap();
        self.desk.node.catch_up().await;
        self.queue.tick().await.unwrap();
        entry
    }

    async fn take(&self, messages: Value) -> ResultsTaken {
        self.desk.node.catch_up().await;
        let results = self.desk.node.results(None);
        let taken = results.take_in(read(messages), ResultSource::Feed).await.unwrap();
        self.desk.node.catch_up().await;
        self.queue.tick().await.unwrap();
        taken
    }

    async fn next(&self) -> Option<EntryId> {
        let queue = self.desk.node.queue();
        match queue.next("Aylin").await.unwrap() {
            NextCall::Card(card) => EntryId::parse(card.entry.id),
            NextCall::Nobody { .. } => None,
        }
    }

    async fn classes(&self, entry: EntryId) -> Vec<ResultClass> {
        let row = self.desk.row(entry.uuid()).await.unwrap();
        row.document.results.samples.effective().iter().map(|sample| sample.class).collect()
    }

    async fn assign(&self, entry: EntryId, number: &str) {
        let now = self.desk.clock.now();
        let assigned = IdentityAssigned {
            identity: identity(number, IdentityKind::DNumber, now),
            assigned_at: AssignedAt::BorderStation,
            place: Some("Svinesund".to_owned()),
            assigned_by: "Test".to_owned(),
            assigned_on: now,
        };
        self.change(entry, identities::Command::Assign(assigned)).await;
    }

    async fn change(&self, entry: EntryId, command: identities::Command) {
        let command = std::sync::Mutex::new(Some(command));
        let command = |_: &_| {
            let command = command.lock().unwrap().take()?;
            Some(Command::Identity { entry, command })
        };
        entries::change(&self.desk.node.log, entry, "Test", None, command).await.unwrap();
        self.desk.node.catch_up().await;
    }

    async fn call(&self, entry: EntryId, outcome: CallOutcome) {
        let attempt = Entropy::system().uuid();
        let present = self.queue.present(entry).await.unwrap();
        let phone = present.document.record.person.phones[0].e164.clone().unwrap();
        let (now, caller) = (self.desk.clock.now(), "Aylin".to_owned());
        let direction = CallDirection::Outbound;
        let dialled = CallDialled { attempt, direction, phone, dialled_at: now, caller: caller.clone() };
        self.queue.dial(entry, dialled).await.unwrap();
        let concluded = CallConcluded { attempt, outcome, concluded_at: now, caller };
        self.queue.conclude(entry, CommandId(Entropy::system().uuid()), concluded).await.unwrap();
        self.desk.node.catch_up().await;
        self.queue.release(entry).await.unwrap();
    }
}

fn read(messages: Value) -> Vec<LabMessage> {
    let body = messages.to_string();
    push::messages(body.as_bytes()).unwrap().map(|pushed| pushed.unwrap().message.unwrap()).collect()
}

/// A message of a laboratory about a PCR test.
fn message(id: &str, number: &str, text: &str, status: &str, received: &str) -> Value {
    json!({
        "meldingId": id, "mottattdao": received, "mottattdatoBruktSomProvedato": false,
        "labHerId": "8092314", "labNavn": "Laboratoriet", "provenummer": "P-1",
        "provedato": "2021-03-14T18:00:00+01:00", "meldingsstatus": status, "fodselsnummer": number,
        "fornavn": "Kari", "etternavn": "Nordmann1",
        "funn": [{"kodeverdi": "NPU59097", "kodebeskrivelse": "Us-SARS-CoV-2 RNA", "resultat": text, "status": status}],
    })
}

fn understood() -> CallOutcome {
    let assessment = Some(Assessment::UnderstandsAndComplies);
    CallOutcome { assessment, ..CallOutcome::of(ContactResult::Answered) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_goes_to_whoever_has_the_number_and_what_is_nobodys_is_not_kept() {
    let bench = Bench::new().await;
    let kari = bench.traveller(1, json!({"p_unique_id": KARI})).await;
    let before = bench.desk.node.log.head().await.unwrap();
    let taken = bench
        .take(json!([
            message("A", KARI, "Ikke påvist", "Endelig", "2021-03-15T10:00:00Z"),
            message("B", "61867501451", "Positivt", "Endelig", "2021-03-15T10:00:00Z"),
            message("C", "", "Positivt", "Endelig", "2021-03-15T10:00:00Z"),
        ]))
        .await;
    assert_eq!((taken.matched, taken.unmatched, taken.ambiguous), (1, 2, 0));
    assert_eq!(bench.classes(kari).await, [ResultClass::NotDetected]);
    assert_eq!(bench.desk.node.log.head().await.unwrap(), before + 1, "one event, of the one that is here");
    let again =
        bench.take(json!([message("A", KARI, "Ikke påvist", "Endelig", "2021-03-15T10:00:00Z")])).await;
    assert_eq!((again.matched, again.repeated), (0, 1));
    assert_eq!(bench.desk.node.log.head().await.unwrap(), before + 1);
    let board = bench.results.board().await.unwrap();
    let counted = &board.rows[0];
    assert_eq!((counted.matched, counted.repeated, counted.unmatched), (1, 1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_name_and_day_of_birth_joins_nothing_and_is_counted_as_ambiguous() {
    let bench = Bench::new().await;
    let kari = bench.traveller(1, json!({"p_birth_date": "1946-11-20"})).await;
    let mut like_her = message("A", "61867501451", "Positivt", "Endelig", "2021-03-15T10:00:00Z");
    like_her["fodselsdato"] = json!("1946-11-20");
    let taken = bench.take(json!([like_her])).await;
    assert_eq!((taken.matched, taken.ambiguous), (0, 1));
    assert!(bench.classes(kari).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_positive_result_takes_the_entry_out_of_the_queue_at_once() {
    let bench = Bench::new().await;
    let kari = bench.traveller(1, json!({"p_unique_id": KARI, "a_date": "2021-03-10"})).await;
    let other = bench.traveller(2, json!({})).await;
    assert_eq!(bench.next().await, Some(kari), "whose quarantine ends first is first");
    bench.take(json!([message("A", KARI, "Svakt positivt", "Endelig", "2021-03-15T10:00:00Z")])).await;
    assert_eq!(bench.next().await, Some(other), "a held card on which nobody has rung is passed over");
    bench.call(other, understood()).await;
    assert_eq!(bench.next().await, None);
    // It was somebody else's sample after all: she is called again.
    bench.take(json!([message("B", KARI, "Ikke påvist", "Revidert", "2021-03-15T11:00:00Z")])).await;
    assert_eq!(bench.next().await, Some(kari));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_told_the_former_answer_is_named_when_it_is_revised() {
    let bench = Bench::new().await;
    let kari = bench.traveller(1, json!({"p_unique_id": KARI})).await;
    bench.take(json!([message("A", KARI, "Negativt", "Endelig", "2021-03-15T10:00:00Z")])).await;
    bench.desk.clock.advance(SignedDuration::from_mins(10));
    bench.call(kari, understood()).await;
    bench.take(json!([message("B", KARI, "Påvist", "Revidert", "2021-03-15T13:00:00Z")])).await;
    let row = bench.desk.row(kari.uuid()).await.unwrap();
    let [correction] = row.document.results.corrections.as_slice() else { panic!("one correction") };
    assert_eq!(correction.what.after, ResultClass::Detected);
    assert_eq!(correction.what.told[0].by, "Aylin");
    assert_eq!(bench.results.board().await.unwrap().corrections, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_assigned_at_the_border_joins_two_entries_and_a_result_reaches_both() {
    let bench = Bench::new().await;
    let on = |day: &str| json!({"p_birth_date": "1990-01-02", "p_last_name": "Kowalska", "a_date": day});
    let first = bench.traveller(1, on("2021-03-13")).await;
    let second = bench.traveller(2, on("2021-03-14")).await;
    bench.assign(first, D_NUMBER).await;
    bench.assign(second, D_NUMBER).await;
    let identities = bench.desk.node.identities();
    assert!(identities.round().await.unwrap() > 0);
    bench.desk.node.catch_up().await;
    for (one, other) in [(first, second), (second, first)] {
        let row = bench.desk.row(one.uuid()).await.unwrap();
        assert!(row.document.identities.joined.contains(&other));
    }
    let mut hers = message("A", D_NUMBER, "Ikke påvist", "Endelig", "2021-03-15T10:00:00Z");
    hers["etternavn"] = json!("Kowalska");
    assert_eq!(bench.take(json!([hers])).await.matched, 1);
    assert_eq!(bench.classes(first).await, [ResultClass::NotDetected]);
    assert_eq!(bench.classes(second).await, [ResultClass::NotDetected]);
    // Somebody finds that they are two: nobody joins them again.
    identities.separate(first, second, "Two sisters.", "Lead").await.unwrap();
    bench.desk.node.catch_up().await;
    bench.assign(first, "61867501451").await;
    identities.round().await.unwrap();
    bench.desk.node.catch_up().await;
    assert!(bench.desk.row(first.uuid()).await.unwrap().document.identities.joined.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_policy_says_so_whoever_has_no_number_is_given_one() {
    let bench = Bench::new().await;
    let kari = bench.traveller(1, json!({"p_birth_date": "1990-03-04"})).await;
    let nameless = bench.traveller(2, json!({})).await;
    let stub = tests::help_numbers::Service::start().await;
    let mut refused = backend::identities::allocating::Refused::default();
    let before = bench.desk.node.identities().allocate(&stub.client(), &mut refused).await.unwrap();
    assert_eq!((before, stub.asked()), (0, 0), "no policy, no number");
    let policy = IdentityPolicyAdopted {
        valid_from: "2021-03-15".parse().unwrap(),
        allocate_automatically: true,
        match_join_from: 900,
        match_suggest_from: 450,
        adopted_by: "Lead".to_owned(),
    };
    adopt_identity_policy(&bench.desk.node.log, policy).await.unwrap();
    let identities = bench.desk.second_node().await.identities();
    assert_eq!(identities.allocate(&stub.client(), &mut refused).await.unwrap(), 1);
    bench.desk.node.catch_up().await;
    let row = bench.desk.row(kari.uuid()).await.unwrap();
    let number = national_number(&row.document.record).unwrap().0.clone();
    assert_eq!(number, tests::help_numbers::NUMBERS[0]);
    assert_eq!(row.document.identities.assigned[0].at, AssignedAt::AllocationService);
    assert_eq!(identities.allocate(&stub.client(), &mut refused).await.unwrap(), 0, "once");
    assert!(national_number(&bench.desk.row(nameless.uuid()).await.unwrap().document.record).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_protected_address_stands_in_no_list_and_is_found_by_those_who_may() {
    let bench = Bench::new().await;
    let kari = bench.traveller(1, json!({})).await;
    bench.traveller(2, json!({})).await;
    let set_by = "Lead".to_owned();
    bench.change(kari, identities::Command::Protect(AddressProtection { protected: true, set_by })).await;
    assert_eq!(bench.desk.list().await.len(), 1);
    assert_eq!(bench.desk.search("4601-1").await.len(), 1, "for those who may see it");
    let readers = bench.desk.node.readers();
    let hidden = backend::projections::entries::search(
        &readers,
        &bench.desk.keyring,
        "4601-1",
        None,
        false,
        bench.desk.clock.now(),
    );
    assert!(hidden.await.unwrap().hits.is_empty());
    bench.queue.tick().await.unwrap();
    assert_ne!(bench.next().await, Some(kari), "nobody who may not see it is handed the card");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_results_are_not_stored_a_feed_is_refused_and_no_table_has_one() {
    let bench = Bench::new().await;
    let kari = bench.traveller(1, json!({"p_unique_id": KARI})).await;
    for mode in [ResultMode::LookUp, ResultMode::WashList] {
        let policy = ResultPolicyAdopted {
            valid_from: "2021-03-15".parse().unwrap(),
            mode,
            ground: "Test".to_owned(),
            adopted_by: "Lead".to_owned(),
        };
        backend::intake::reference::adopt_result_policy(&bench.desk.node.log, policy, None).await.unwrap();
        let results = bench.desk.second_node().await.results(None);
        assert_eq!(results.mode(), mode);
        let refused = results.take_in(
            read(json!([message("A", KARI, "Ikke påvist", "Endelig", "2021-03-15T10:00:00Z")])),
            ResultSource::Feed,
        );
        assert!(matches!(refused.await, Err(ResultsError::NotStored)));
    }
    bench.desk.node.catch_up().await;
    assert!(bench.classes(kari).await.is_empty());
    let counted: i64 = sqlx::query_scalar("select count(*) from read.result_count")
        .fetch_one(&bench.desk.node.tables)
        .await
        .unwrap();
    assert_eq!(counted, 0);
}
