//! Whoever dies at whatever step of an ending leaves nothing readable that is said to be gone, and the next one
//! to come completes it.

use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::log::Keyring;
use backend::log::keystore::{KeyName, Replicas};
use backend::retention::{Round, facts};
use backend::rules::entry::{Command as Asked, decide};
use events::entry::{EndGround, EndRequested};
use events::{EntryId, Epoch, Personal, RetentionEvent};
use jiff::SignedDuration;
use serde_json::json;
use sqlx::{Connection, PgConnection};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};
use std::sync::Arc;
use std::time::Duration;
use tests::database::Database;
use tests::desk::{Node, entry_of, record};
use tests::register::program;

/// How often each step is died at.
const ROUNDS: i64 = 10;

struct Scene {
    database: Database,
    folder: tempfile::TempDir,
}

impl Scene {
    async fn new() -> Scene {
        Scene { database: Database::fresh().await, folder: tempfile::tempdir().unwrap() }
    }

    fn keys(&self) -> std::path::PathBuf {
        self.folder.path().join("keyring")
    }

    /// A node of this process whose clock runs ahead.
    async fn node(&self, ahead: SignedDuration) -> Node {
        let clock = Clock::ahead(ahead);
        let keys = Box::new(Replicas::open(&self.keys(), clock.now()).unwrap());
        let keyring = Arc::new(Keyring::new(keys, clock.clone(), Entropy::system()));
        Node::open(&self.database.url, &keyring, &clock).await
    }

    /// The program, told to die after a step; whether it did.
    fn die_after(&self, step: &str, ahead: SignedDuration) -> bool {
        self.run("REGISTER_KILL_AFTER", step, ahead).signal() == Some(9)
    }

    /// The program, sabotaged at a step.
    fn run(&self, sabotage: &str, step: &str, ahead: SignedDuration) -> ExitStatus {
        Command::new(program())
            .args(["retention", "run"])
            .env("DATABASE_URL", &self.database.url)
            .env_remove("READ_DATABASE_URL")
            .env("REGISTER_KEYRING", self.keys())
            .env("REGISTER_CLOCK_AHEAD", ahead.as_secs().to_string())
            .env(sabotage, step)
            .current_dir(self.folder.path())
            .output()
            .unwrap()
            .status
    }

    /// Whether everything that ending an epoch has to do is done.
    async fn is_whole(&self, node: &Node, epoch: Epoch, entries: u64) -> bool {
        let mut connection = PgConnection::connect(&self.database.url).await.unwrap();
        let closed: bool = sqlx::query_scalar(
            "select exists (select from log.epoch where epoch = $1 and state = 'ended')
                and not exists (select from log.claim where epoch = $1 and (stream is not null or not outlives))
                and to_regclass('log.event_' || $1) is null and to_regclass('log.command_' || $1) is null
                and to_regclass('log.batch_' || $1) is null",
        )
        .bind(i32::try_from(epoch.0).unwrap())
        .fetch_one(&mut connection)
        .await
        .unwrap();
        let receipt = facts(&node.log, &["epoch-ended"], 0).await.unwrap().into_iter().any(|fact| {
            matches!(fact.event, RetentionEvent::EpochEnded(receipt)
                if receipt.epoch == epoch && receipt.entries == entries && receipt.key_fingerprint.is_some())
        });
        let counted = facts(&node.log, &["day-statistics-written"], 0).await.unwrap().into_iter().any(|fact| {
            matches!(fact.event, RetentionEvent::DayStatistics(day) if day.tables.iter().any(|table| table.total == Some(entries)))
        });
        let (key, rows, _) = self.left(node, epoch).await;
        closed && receipt && counted && !key && !rows
    }

    /// Whether the key of an epoch is there, its rows are there, and its receipt is there.
    async fn left(&self, node: &Node, epoch: Epoch) -> (bool, bool, bool) {
        let key = self.keys().join(KeyName::Epoch(epoch).file_name()).exists();
        let mut connection = PgConnection::connect(&self.database.url).await.unwrap();
        let rows: bool = sqlx::query_scalar(
            "select exists (select from log.event where epoch = $1) or exists (select from log.stream where stream >= log.first_stream($1) and stream < log.first_stream($1 + 1))
                 or exists (select from read.entry where entry >= log.first_stream($1) and entry < log.first_stream($1 + 1))
                 or exists (select from read.entry_token where entry >= log.first_stream($1) and entry < log.first_stream($1 + 1))
                 or exists (select from read.message_plan where entry >= log.first_stream($1) and entry < log.first_stream($1 + 1))
                 or exists (select from read.referral where entry >= log.first_stream($1) and entry < log.first_stream($1 + 1))",
        )
        .bind(i32::try_from(epoch.0).unwrap())
        .fetch_one(&mut connection)
        .await
        .unwrap();
        let receipts = facts(&node.log, &["epoch-ended"], 0).await.unwrap();
        let receipt = receipts
            .iter()
            .any(|fact| matches!(&fact.event, RetentionEvent::EpochEnded(receipt) if receipt.epoch == epoch));
        (key, rows, receipt)
    }
}

async fn take_in(node: &Node, round: i64) -> Vec<EntryId> {
    let records = (0..6)
        .map(|n| {
            record(json!({"a_reference_code": format!("4601-{round}-{n}"), "a_date": "2021-03-15",
                "municipality_number": "4601", "p_first_name": "Ola", "p_last_name": format!("Nordmann{n}")}))
        })
        .collect();
    let answers = node.take_in(records).await;
    node.catch_up().await;
    answers.iter().map(|answer| EntryId::parse(entry_of(answer).unwrap()).unwrap()).collect()
}

async fn dies_after(step: &str) {
    let scene = Scene::new().await;
    let (cycle, life) = (SignedDuration::from_hours(11 * 24), SignedDuration::from_hours(241));
    for round in 0..ROUNDS {
        let start = SignedDuration::from_secs(cycle.as_secs() * round);
        let epoch = take_in(&scene.node(start).await, round).await[0].epoch();
        assert!(scene.die_after(step, start + life), "it does not die after {step}");

        let node = scene.node(start + life).await;
        let (key, rows, receipt) = scene.left(&node, epoch).await;
        assert!(
            !receipt || (!key && !rows),
            "said to be gone after {step}, and is not: key {key}, rows {rows}"
        );
        assert!(node.log.verify(None).await.unwrap().faults.is_empty(), "after {step}");
        // The lease of whoever died is held until PostgreSQL notices.
        node.retention(&scene.database.url).await.catch_up().await;
        assert_eq!(scene.left(&node, epoch).await, (false, false, true), "completed after {step}");
        assert!(node.log.verify(None).await.unwrap().faults.is_empty(), "completed after {step}");
        node.catch_up().await;
    }
    let node = scene.node(SignedDuration::from_secs(cycle.as_secs() * ROUNDS)).await;
    let receipts = facts(&node.log, &["epoch-ended"], 0).await.unwrap();
    let with_entries = receipts
        .iter()
        .filter(|fact| matches!(&fact.event, RetentionEvent::EpochEnded(receipt) if receipt.entries > 0));
    assert_eq!(with_entries.count(), usize::try_from(ROUNDS).unwrap(), "one receipt for each");
}

macro_rules! steps {
    ($($name:ident = $step:literal;)*) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            dies_after($step).await;
        })*
    };
}

steps! {
    dies_after_the_epoch_is_frozen = "frozen";
    dies_after_the_days_are_counted = "counted";
    dies_after_it_is_written_down_what_the_epoch_holds = "written-down";
    dies_after_the_key_is_destroyed = "key-destroyed";
    dies_after_the_read_rows_are_removed = "rows-removed";
    dies_after_streams_and_claims_are_cleared = "cleared";
    dies_after_the_partitions_are_dropped = "dropped";
    dies_after_the_receipt_is_written = "receipt";
    dies_after_the_epoch_is_closed = "closed";
}

async fn change(node: &Node, entry: EntryId, command: Asked) {
    let loaded = backend::intake::entries::load(&node.log, entry).await.unwrap();
    let events = decide(loaded.state.as_ref(), command).unwrap();
    backend::intake::entries::append(&node.log, entry, loaded.version, &events, "test", vec![], None)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn dies_while_one_entry_is_ended_early() {
    let scene = Scene::new().await;
    let node = scene.node(SignedDuration::ZERO).await;
    for (round, step) in
        (0..ROUNDS).flat_map(|round| [(round, "stream-ended"), (round + ROUNDS, "row-removed")])
    {
        let entry = take_in(&node, round).await[0];
        let request = EndRequested {
            ground: EndGround::RightToErasure,
            reason: Personal("asked for by letter".to_owned()),
            requested_by: "Per".to_owned(),
        };
        change(&node, entry, Asked::RequestEnd(request)).await;
        change(&node, entry, Asked::ConfirmEnd { by: "Kari".to_owned() }).await;
        node.catch_up().await;
        assert!(scene.die_after(step, SignedDuration::ZERO), "it does not die after {step}");
        let retention = node.retention(&scene.database.url).await;
        // The lease of whoever died is held until PostgreSQL notices.
        while retention.round().await.unwrap() == Round::Elsewhere {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        node.catch_up().await;
        assert!(matches!(node.log.stream(entry.stream()).await, Err(backend::log::ReadError::Key(_))));
        let receipts = facts(&node.log, &["entry-ended-early"], 0).await.unwrap();
        let its = receipts.iter().filter(
            |fact| matches!(&fact.event, RetentionEvent::EntryEndedEarly(ended) if ended.entry == entry),
        );
        assert_eq!(its.count(), 1, "one receipt after {step}");
        assert!(node.log.verify(None).await.unwrap().faults.is_empty());
    }
}

/// An ending in two looks, before the deadline and after it, in which a step is skipped; whether all of it was done.
async fn ends_wholly_without(step: &str) -> bool {
    let scene = Scene::new().await;
    let epoch = take_in(&scene.node(SignedDuration::ZERO).await, 0).await[0].epoch();
    let until_the_end = epoch.ends_at().duration_since(Clock::system().now());
    scene.run("REGISTER_SKIP_STEP", step, until_the_end - SignedDuration::from_mins(5));
    scene.run("REGISTER_SKIP_STEP", step, until_the_end + SignedDuration::from_mins(5));
    let node = scene.node(until_the_end + SignedDuration::from_mins(5)).await;
    scene.is_whole(&node, epoch, 6).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_skips_a_step_is_caught() {
    assert!(ends_wholly_without("none").await, "an ending that skips nothing is whole");
    let steps = [
        "frozen",
        "counted",
        "written-down",
        "key-destroyed",
        "rows-removed",
        "cleared",
        "dropped",
        "receipt",
        "closed",
    ];
    for step in steps {
        assert!(!ends_wholly_without(step).await, "nobody notices that {step} was skipped");
    }
}
