//! `append`: durable, sealed, validated, chained events a second, against plain INSERTs of the same rows.

use super::report::Report;
use super::workshop::{Registrations, Workshop};
use backend::log::{Log, Options};
use sqlx::{Connection, Executor, PgConnection, Row};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Commands on their way at once.
const CONCURRENT: usize = 64;
/// Commands of the measured run.
const COMMANDS: usize = 30_000;
/// Commands of the run with one event a transaction.
const COMMANDS_ALONE: usize = 3_000;
/// Rows of one plain INSERT.
const INSERT_ROWS: usize = 100;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("append");
    let workshop = Workshop::new("bench_append", Options::default()).await;
    let batched = batched(&workshop).await;
    report.value("appended, 64 concurrent commands of 1-3 events", batched, "events/s");
    let alone = workshop.node(Options { batch_events_max: 1 }).await;
    let registrations = Registrations::new(&alone);
    let (events, seconds) = append(&alone, Arc::new(registrations), COMMANDS_ALONE, |_| 1).await;
    let one_by_one = events as f64 / seconds;
    report.value("appended, one event a transaction", one_by_one, "events/s");
    let plain = plain_inserts(&workshop.url).await;
    report.value("plain INSERTs of 100 rows, one connection", plain, "rows/s");
    report.at_least("append / plain INSERTs", batched / plain, "x", 0.5);
    report.at_least("append / one event a transaction", batched / one_by_one, "x", 8.0);
    report
}

/// Events a second of the measured run; `import` measures itself against it.
pub async fn batched(workshop: &Workshop) -> f64 {
    let registrations = Arc::new(Registrations::new(&workshop.log));
    // Warm: connections, plans, partitions.
    append(&workshop.log, registrations.clone(), 2_000, |n| 1 + n % 3).await;
    let (events, seconds) = append(&workshop.log, registrations, COMMANDS, |n| 1 + n % 3).await;
    events as f64 / seconds
}

/// Appends commands, a number of them at once; answers events and seconds.
async fn append(
    log: &Log,
    registrations: Arc<Registrations>,
    commands: usize,
    events_of: fn(usize) -> usize,
) -> (usize, f64) {
    let next = Arc::new(AtomicUsize::new(0));
    let events = Arc::new(AtomicUsize::new(0));
    let started = Instant::now();
    let workers = (0..CONCURRENT).map(|_| {
        let (log, registrations) = (log.clone(), registrations.clone());
        let (next, events) = (next.clone(), events.clone());
        tokio::spawn(async move {
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= commands {
                    return;
                }
                let command = registrations.command(&log, n, events_of(n));
                log.append(command).await.unwrap();
                events.fetch_add(events_of(n), Ordering::Relaxed);
            }
        })
    });
    futures::future::join_all(workers).await;
    (events.load(Ordering::Relaxed), started.elapsed().as_secs_f64())
}

/// The same rows into an empty twin of the table, 100 a statement, each durable.
async fn plain_inserts(url: &str) -> f64 {
    let mut connection = PgConnection::connect(url).await.unwrap();
    connection.execute("create schema twin; create table twin.event (like log.event including all) partition by list (epoch)").await.unwrap();
    let epochs: Vec<i32> =
        sqlx::query_scalar("select distinct epoch from log.event").fetch_all(&mut connection).await.unwrap();
    for epoch in epochs {
        let partition =
            format!("create table twin.event_{epoch} partition of twin.event for values in ({epoch})");
        connection.execute(sqlx::AssertSqlSafe(partition)).await.unwrap();
    }
    let rows = sqlx::query(
        "select position, epoch, stream, version, event, type, schema_version, recorded_at, actor, sealed
         from log.event order by position limit 40000",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    connection.execute("checkpoint").await.unwrap();
    let values: Vec<String> = (0..INSERT_ROWS)
        .map(|row| {
            let parameters: Vec<String> = (1..=10).map(|column| format!("${}", row * 10 + column)).collect();
            format!("({})", parameters.join(", "))
        })
        .collect();
    let statement: Arc<str> = format!("insert into twin.event values {}", values.join(", ")).into();
    let started = Instant::now();
    let mut inserted = 0;
    for chunk in rows.chunks_exact(INSERT_ROWS) {
        let mut query = sqlx::query(sqlx::AssertSqlSafe(statement.to_string()));
        for row in chunk {
            query = query
                .bind(row.get::<i64, _>(0))
                .bind(row.get::<i32, _>(1))
                .bind(row.get::<uuid::Uuid, _>(2))
                .bind(row.get::<i32, _>(3))
                .bind(row.get::<uuid::Uuid, _>(4))
                .bind(row.get::<&str, _>(5))
                .bind(row.get::<i16, _>(6))
                .bind(row.get::<jiff_sqlx::Timestamp, _>(7))
                .bind(row.get::<&str, _>(8))
                .bind(row.get::<&[u8], _>(9));
        }
        inserted += query.execute(&mut connection).await.unwrap().rows_affected();
    }
    inserted as f64 / started.elapsed().as_secs_f64()
}
