//! `match`: joining a day's results with the entries they are about, against appending events, and with ten times the
//! live entries against few.

use super::append;
use super::report::Report;
use super::workshop::Workshop;
use backend::intake::results::{Finding, LabMessage};
use backend::log::Options;
use backend::projections::readers::Readers;
use backend::results::Results;
use backend::rules::identities::national_number;
use events::result::ResultSource;
use events::{EntryEvent, Personal};
use jiff::Timestamp;
use std::time::Instant;

/// Live entries, few and many.
const FEW: usize = 50_000;
const MANY: usize = 500_000;
/// Results of a day.
const DAY: usize = 120_000;
/// Results that are compared, each about another entry.
const COMPARED: usize = 20_000;
/// Messages of one batch.
const BATCH: usize = 1_000;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("match");
    let appended = append::batched(&Workshop::new("bench_match_append", Options::default()).await).await;
    let few = Workshop::new("bench_match", Options::default()).await;
    let numbers = fill(&few, FEW).await;
    let compared = COMPARED.min(numbers.len());
    let with_few = joined(&few, &numbers[..compared]).await;
    let many = Workshop::new("bench_match_many", Options::default()).await;
    let numbers = fill(&many, MANY).await;
    let with_many = joined(&many, &numbers[..compared]).await;
    let day = &numbers[compared..numbers.len().min(compared + DAY)];
    let seconds = joined(&many, day).await;
    let rate = day.len() as f64 / seconds;
    report.value("appended, 64 concurrent commands of 1-3 events", appended, "events/s");
    report.value("results of a day", day.len() as f64, "results");
    report.value("joined, 500,000 live entries", rate, "results/s");
    report.value("joined, 50,000 live entries", compared as f64 / with_few, "results/s");
    report.at_least("joined / appended", rate / appended, "x", 0.3);
    report.at_most("time with 500,000 / with 50,000", with_many / with_few, "x", 1.3);
    report
}

/// So many live entries in log and lists. The numbers of those who have one, each once.
async fn fill(workshop: &Workshop, entries: usize) -> Vec<Personal<String>> {
    let registrations = workshop.fill(entries).await;
    let mut numbers: Vec<Personal<String>> =
        registrations.events().iter().filter_map(number_of).cloned().collect();
    numbers.sort();
    // Whose number stands with two is not joined.
    let mut once: Vec<Personal<String>> = Vec::with_capacity(numbers.len());
    for same in numbers.chunk_by(|a, b| a == b).filter(|same| same.len() == 1) {
        once.extend_from_slice(same);
    }
    workshop.projector().catch_up().await.unwrap();
    sqlx::query("analyze read.entry_token").execute(&workshop.tables).await.ok();
    once
}

fn number_of(event: &EntryEvent) -> Option<&Personal<String>> {
    match event {
        EntryEvent::Registered(registered) => national_number(&registered.record),
        _ => None,
    }
}

/// Takes a message about each number in while the lists follow; seconds.
async fn joined(workshop: &Workshop, numbers: &[Personal<String>]) -> f64 {
    let (_told, reached) = tokio::sync::watch::channel(u64::MAX);
    let pool = backend::projections::database::connect(&workshop.url, 8).await.unwrap();
    let (log, reference) = (workshop.log.clone(), workshop.reference().clone());
    let results = Results::new(log, reference, pool.clone(), Readers::new(pool), reached, None);
    let following = tokio::spawn(workshop.projector().run());
    let started = Instant::now();
    for (batch, numbers) in numbers.chunks(BATCH).enumerate() {
        let messages =
            numbers.iter().enumerate().map(|(n, number)| message(batch * BATCH + n, number)).collect();
        let taken = results.take_in(messages, ResultSource::Feed).await.unwrap();
        assert_eq!(taken.matched as usize, numbers.len(), "each is about one that is here");
    }
    let seconds = started.elapsed().as_secs_f64();
    following.abort();
    seconds
}

fn message(n: usize, number: &Personal<String>) -> LabMessage {
    let at: Timestamp = "2021-03-22T10:00:00Z".parse().expect("a moment");
    LabMessage {
        message_id: format!("{n}"),
        her_id: "8092314".to_owned(),
        laboratory: format!("Laboratory {}", n % 30),
        sample_number: Some(Personal(format!("P-{n}"))),
        message_status: "Endelig".to_owned(),
        received_at: Some(at),
        taken_at: Some(at),
        national_number: Some(number.clone()),
        findings: vec![Finding {
            code: "NPU59097".to_owned(),
            description: "Us-SARS-CoV-2 RNA".to_owned(),
            text: "Ikke påvist".to_owned(),
            status: "Endelig".to_owned(),
            ..Finding::default()
        }],
        ..LabMessage::default()
    }
}
