//! `rebuild`: events a second from the log into all read models, against a SELECT of the sealed rows and a COPY
//! of the finished rows into empty twins.

use super::report::Report;
use super::workshop::{Registrations, Workshop};
use backend::log::Options;
use futures::{StreamExt, TryStreamExt};
use sqlx::{Connection, Executor, PgConnection};
use std::sync::Arc;
use std::time::Instant;

/// Events in the log, unless `BENCH_EVENTS` says otherwise.
const EVENTS: usize = 1_000_000;
/// Events of one entry: a registration and what follows.
const EVENTS_OF_ENTRY: usize = 5;
/// Commands on their way at once while the log is filled.
const CONCURRENT: usize = 256;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("rebuild");
    let wanted = std::env::var("BENCH_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(EVENTS);
    let workshop = Workshop::new("bench_rebuild", Options::default()).await;
    fill(&workshop, wanted / EVENTS_OF_ENTRY).await;
    let mut connection = PgConnection::connect(&workshop.url).await.unwrap();
    connection.execute("vacuum analyze log.event").await.unwrap();
    connection.execute("checkpoint").await.unwrap();
    let started = Instant::now();
    let folded = workshop.projector().rebuild().await.unwrap();
    let rebuilt = started.elapsed().as_secs_f64();
    report.value("rebuild", folded as f64 / rebuilt, "events/s");
    let select = select(&mut connection).await;
    report.value("plain SELECT of the sealed rows", select, "s");
    let copy = copy(&mut connection).await;
    report.value("COPY of the finished rows", copy, "s");
    report.at_least("rebuild / (SELECT + COPY)", (select + copy) / rebuilt, "x", 0.4);
    report
}

async fn fill(workshop: &Workshop, entries: usize) {
    let registrations = Arc::new(Registrations::new(&workshop.log));
    futures::stream::iter(0..entries)
        .map(|n| {
            let (log, registrations) = (workshop.log.clone(), registrations.clone());
            tokio::spawn(
                async move { log.append(registrations.command(&log, n, EVENTS_OF_ENTRY)).await.unwrap() },
            )
        })
        .buffer_unordered(CONCURRENT)
        .try_for_each(|_| async { Ok(()) })
        .await
        .unwrap();
}

/// Reads every sealed row once; seconds.
async fn select(connection: &mut PgConnection) -> f64 {
    let started = Instant::now();
    let mut rows = sqlx::query(
        "select position, stream, version, event, type, schema_version, recorded_at, actor, sealed
         from log.event order by position",
    )
    .fetch(connection);
    let mut read = 0;
    while rows.try_next().await.unwrap().is_some() {
        read += 1;
    }
    assert!(read > 0);
    started.elapsed().as_secs_f64()
}

/// Copies the finished rows into empty twins of the read tables; seconds.
async fn copy(connection: &mut PgConnection) -> f64 {
    connection.execute("create schema twin").await.unwrap();
    let mut seconds = 0.0;
    for table in ["entry", "entry_token"] {
        let make = format!("create unlogged table twin.{table} (like read.{table} including all)");
        connection.execute(sqlx::AssertSqlSafe(make)).await.unwrap();
        let out = format!("copy read.{table} to stdout (format binary)");
        let mut finished = Vec::new();
        {
            let mut parts = connection.copy_out_raw(&out).await.unwrap();
            while let Some(part) = parts.try_next().await.unwrap() {
                finished.push(part);
            }
        }
        let started = Instant::now();
        let mut sink =
            connection.copy_in_raw(&format!("copy twin.{table} from stdin (format binary)")).await.unwrap();
        for part in finished {
            sink.send(part).await.unwrap();
        }
        sink.finish().await.unwrap();
        seconds += started.elapsed().as_secs_f64();
    }
    seconds
}
