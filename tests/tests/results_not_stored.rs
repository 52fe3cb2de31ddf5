//! Where results are not stored: a look-up is shown and forgotten, a washed queue hands out those with a negative
//! result, and afterwards no table has a result.

use api::calls::NextCall;
use api::results::LookUpOutcome;
use backend::entropy::Entropy;
use backend::intake::reference::adopt_result_policy;
use backend::intake::results::Limits;
use backend::intake::results::ahead::Ahead;
use backend::queue::Queue;
use backend::results::Results;
use backend::results::look_up::{FRESH_FOR, KEPT_MAX, LookUpError, Service};
use events::result::{ResultClass, ResultMode, ResultPolicyAdopted};
use events::{EntryEvent, EntryId};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::time::Duration;
use tests::desk::{Desk, entry_of, record};
use tests::result_service::{Held, Mood, Service as Stub};

/// Synthetic numbers, month + 80.
const KARI: &str = "20914695016";
const OLA: &str = "49860699787";

struct Centre {
    desk: Desk,
    stub: Stub,
    service: Service,
    results: Results,
    queue: Queue,
}

impl Centre {
    async fn new(mode: ResultMode) -> Centre {
        let desk = Desk::new().await;
        let policy = ResultPolicyAdopted {
            valid_from: "2021-03-15".parse().unwrap(),
            mode,
            ground: "Test".to_owned(),
            adopted_by: "Lead".to_owned(),
        };
        adopt_result_policy(&desk.node.log, policy, None).await.unwrap();
        // Another node: it reads the policy at its start.
        let node = desk.second_node().await;
        let stub = Stub::start().await;
        let pause = Duration::from_millis(5);
        let limits = Limits {
            tries: 1,
            answer_within: Duration::from_millis(500),
            pause,
            pause_max: pause,
            per_second: 1_000,
            ..Limits::default()
        };
        let client = stub.client(limits, &desk.clock);
        let ahead = Ahead::new(desk.clock.clone(), &Entropy::system(), KEPT_MAX, FRESH_FOR);
        let service = Service { client, ahead };
        let results = node.results(Some(service.clone()));
        let queue = node.queue().washed_by(results.wash_list().clone());
        queue.set_languages("Aylin", &["nb".to_owned()]).await.unwrap();
        Centre { desk, stub, service, results, queue }
    }

    async fn traveller(&self, number: u32, id: &str) -> EntryId {
        let fields = json!({
            "a_reference_code": format!("4601-{number}"), "a_date": "2021-03-14", "municipality_number": "4601",
            "p_first_name": "Kari", "p_last_name": format!("Nordmann{number}"), "p_lang_follow_up": "NO",
            "p_phone": format!("+4721{number:06}"), "a_q_opt_l1_code": "1001", "a_q_opt_l4_code": "4002",
            "p_unique_id": id,
        });
        let answer = self.desk.node.take(record(fields)).await;
        let entry = EntryId::parse(entry_of(&answer).unwrap_or_else(|| panic!("{answer:?}"))).unwrap();
        self.desk.node.catch_up().await;
        self.queue.tick().await.unwrap();
        entry
    }

    async fn next(&self) -> Option<EntryId> {
        match self.queue.next("Aylin").await.unwrap() {
            NextCall::Card(card) => EntryId::parse(card.entry.id),
            NextCall::Nobody { .. } => None,
        }
    }

    /// Nothing in the log, the lists or the counts tells what a test said, or that there was one.
    async fn no_table_has_a_result(&self, entries: &[EntryId]) {
        self.desk.node.catch_up().await;
        for entry in entries {
            for told in self.desk.node.history(entry.uuid()).await {
                let tells = matches!(
                    told.event,
                    EntryEvent::ResultReceived(_)
                        | EntryEvent::ResultCorrected(_)
                        | EntryEvent::CorrectionSettled(_)
                );
                assert!(!tells, "{} stands in the log", told.event.name());
            }
            let row = self.desk.row(entry.uuid()).await.unwrap();
            assert!(row.document.results.samples.is_empty());
        }
        let marked: i64 = sqlx::query_scalar(
            "select (select count(*) from read.entry where test_state > 1 or corrections > 0)
                    + (select count(*) from read.result_count)",
        )
        .fetch_one(&self.desk.node.tables)
        .await
        .unwrap();
        assert_eq!(marked, 0);
    }
}

fn negative(id: &str, number: &str) -> Held {
    let received: Timestamp = "2021-03-15T10:00:00Z".parse().unwrap();
    let pcr = json!([{"kodeverdi": "NPU59097", "kodebeskrivelse": "Us-SARS-CoV-2 RNA", "resultat": "Ikke påvist",
        "status": "Endelig"}]);
    Held::new(id, number, received).with("funn", pcr).with("meldingsstatus", Value::from("Endelig"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_up_is_shown_written_down_as_such_and_forgotten() {
    let centre = Centre::new(ResultMode::LookUp).await;
    let kari = centre.traveller(1, KARI).await;
    let nobody = centre.traveller(2, "").await;
    centre.stub.holds([negative("A", KARI)]);
    let answer = centre.results.look_up(kari, "Aylin").await.unwrap();
    assert_eq!(answer.outcome, LookUpOutcome::Answered);
    assert_eq!(
        answer.samples.iter().map(|sample| sample.class).collect::<Vec<_>>(),
        [ResultClass::NotDetected]
    );
    centre.results.look_up(kari, "Aylin").await.unwrap();
    assert_eq!(centre.stub.asked(), 1, "a fresh answer is not asked for again");
    let unknown = centre.results.look_up(nobody, "Aylin").await.unwrap();
    assert_eq!(unknown.outcome, LookUpOutcome::NoNumber);
    centre.no_table_has_a_result(&[kari, nobody]).await;
    let row = centre.desk.row(kari.uuid()).await.unwrap();
    assert_eq!(row.document.results.looked_up.unwrap().looked_up_by, "Aylin");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_fails_leaves_the_answer_unknown_and_the_queue_goes_on() {
    let centre = Centre::new(ResultMode::LookUp).await;
    let kari = centre.traveller(1, KARI).await;
    centre.stub.holds([negative("A", KARI)]);
    for mood in [Mood::Hangs, Mood::Says(502), Mood::HalfABody, Mood::WrongType] {
        centre.stub.is(mood);
        let answer = tokio::time::timeout(Duration::from_secs(30), centre.results.look_up(kari, "Aylin"));
        let answer = answer.await.expect("it ends").unwrap();
        assert_eq!((answer.outcome, answer.samples.len()), (LookUpOutcome::Unknown, 0));
    }
    centre.desk.node.catch_up().await;
    centre.queue.tick().await.unwrap();
    assert_eq!(centre.next().await, Some(kari));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_washed_queue_hands_out_those_with_a_negative_result_and_nobody_sees_one() {
    let centre = Centre::new(ResultMode::WashList).await;
    let kari = centre.traveller(1, KARI).await;
    let ola = centre.traveller(2, OLA).await;
    let nobody = centre.traveller(3, "").await;
    assert_eq!(centre.next().await, None, "before the washing nobody is handed out");
    centre.stub.holds([negative("A", KARI), negative("B", OLA).saying("Påvist", true)]);
    assert_eq!(centre.results.wash(&centre.service).await.unwrap(), 2);
    centre.desk.node.catch_up().await;
    centre.queue.tick().await.unwrap();
    assert_eq!(centre.next().await, Some(kari));
    centre.queue.release(kari).await.unwrap();
    let refused = centre.results.look_up(kari, "Aylin").await;
    assert!(matches!(refused, Err(LookUpError::NotForCallers)));
    assert_eq!(centre.results.wash(&centre.service).await.unwrap(), 0, "nobody is asked about again so soon");
    centre.no_table_has_a_result(&[kari, ola, nobody]).await;
}
