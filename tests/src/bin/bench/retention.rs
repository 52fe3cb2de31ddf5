//! `retention`: ending an epoch, against DELETE and VACUUM of the same rows; commands meanwhile; the size of a
//! register that has run for long.

use super::report::{Report, percentile};
use super::workshop::{Registrations, Workshop};
use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::log::ending::Ending;
use backend::log::keystore::{Directory, KeyName, KeyStore, StoredKey};
use backend::log::{Log, Options};
use backend::retention::Retention;
use events::Epoch;
use jiff::{SignedDuration, Timestamp};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Entries of one epoch.
const ENTRIES: u32 = 12_500;
/// Events of one entry.
const EVENTS_OF_ENTRY: u32 = 24;
/// Search tokens of one entry, as the demo's travellers have.
const TOKENS_OF_ENTRY: u32 = 41;
/// Live epochs of a young register, and of one in its ordinary state.
const FEW: u32 = 4;
const ALL: u32 = 41;
/// Those who append while an epoch ends.
const CLIENTS: usize = 8;
/// How long they are measured while nothing ends.
const UNDISTURBED: Duration = Duration::from_secs(10);
/// Entries of each epoch of the simulated month.
const ENTRIES_OF_MONTH: usize = 400;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("retention");
    ending(&mut report).await;
    size(&mut report).await;
    report
}

async fn ending(report: &mut Report) {
    let all = wanted(ALL);
    let clock = Clock::manual(start());
    let workshop = Workshop::at("bench_retention", Options::default(), clock.clone()).await;
    let retention = retention(&workshop).await;
    let mut owner = PgConnection::connect(&workshop.url).await.unwrap();
    let oldest = Epoch::oldest_live(clock.now());
    let epoch = |n: u32| Epoch(oldest.0 + n);
    keys(&workshop, (0..all).map(epoch));
    fill(&mut owner, (0..FEW).map(epoch)).await;
    let few = end(&retention, &clock, epoch(0)).await;
    report.value("ending one epoch, 4 live", few, "s");
    let deleted = delete(&mut owner, epoch(1)).await;
    report.value("DELETE and VACUUM of the same rows", deleted, "s");
    report.at_most("ending / DELETE and VACUUM", few / deleted, "x", 0.2);

    fill(&mut owner, (FEW..all).map(epoch)).await;
    end(&retention, &clock, epoch(1)).await;
    let many = end(&retention, &clock, epoch(2)).await;
    report.value("ending one epoch, 41 live", many, "s");
    report.at_most("with 41 live / with 4 live", many / few, "x", 1.3);

    let (calm, disturbed) = commands(&workshop.log, &retention, &clock, epoch(3)).await;
    report.value("p99 of commands, nothing ends", calm * 1e3, "ms");
    report.value("p99 of commands while an epoch ends", disturbed * 1e3, "ms");
    report.at_most("p99 while an epoch ends / otherwise", disturbed / calm, "x", 2.0);
}

/// `BENCH_EPOCHS` makes it smaller for quick tries.
fn wanted(otherwise: u32) -> u32 {
    std::env::var("BENCH_EPOCHS").ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// The middle of a window, so that no other one begins while it is measured.
fn start() -> Timestamp {
    Epoch(83_000).start() + SignedDuration::from_hours(3)
}

async fn retention(workshop: &Workshop) -> Retention {
    let ending = Ending::connect(&workshop.url).await.unwrap();
    let rejects = workshop.folder.path().join("rejects");
    Retention::open(workshop.log.clone(), ending, workshop.tables.clone(), rejects).await.unwrap()
}

/// A key for each epoch, as if it had been made in its window.
fn keys(workshop: &Workshop, epochs: impl Iterator<Item = Epoch>) {
    let store = Directory::open(&workshop.folder.path().join("keyring")).unwrap();
    for epoch in epochs {
        let key = StoredKey { secret: Entropy::system().bytes(), not_after: epoch.ends_at() };
        store.create(KeyName::Epoch(epoch), key).unwrap();
    }
}

/// Seconds from the moment an epoch has to end until its receipt is written. It was frozen, and its day counted, in
/// the minutes before.
async fn end(retention: &Retention, clock: &Clock, epoch: Epoch) -> f64 {
    clock.advance(epoch.ends_at().duration_since(clock.now()) - SignedDuration::from_mins(1));
    retention.round().await.unwrap();
    clock.advance(SignedDuration::from_mins(1));
    let started = Instant::now();
    retention.round().await.unwrap();
    started.elapsed().as_secs_f64()
}

/// Rows as intake, calls and the projector leave them, made in the database: what they hold does not matter here.
async fn fill(owner: &mut PgConnection, epochs: impl Iterator<Item = Epoch>) {
    owner.execute("set session_replication_role = replica; set synchronous_commit = off").await.unwrap();
    owner.execute("alter table read.entry_token drop constraint entry_token_pkey; drop index read.entry_token_of_entry").await.unwrap();
    for epoch in epochs {
        eprintln!("filling epoch {epoch}");
        let statement = FILL
            .replace("{epoch}", &epoch.to_string())
            .replace("{entries}", &ENTRIES.to_string())
            .replace("{events}", &EVENTS_OF_ENTRY.to_string())
            .replace("{tokens}", &TOKENS_OF_ENTRY.to_string());
        owner.execute(AssertSqlSafe(statement)).await.unwrap();
    }
    owner
        .execute("alter table read.entry_token add primary key (token, entry); create index entry_token_of_entry on read.entry_token (entry)")
        .await
        .unwrap();
    owner.execute("set session_replication_role = origin; set synchronous_commit = on").await.unwrap();
    owner.execute("vacuum analyze").await.unwrap();
    owner.execute("checkpoint").await.unwrap();
}

const FILL: &str = "
    select log.prepare_epochs({epoch}, {epoch});
    create temp table entries on commit drop as
        select n, (lpad(to_hex({epoch}), 8, '0') || left(m, 4) || '8' || substr(m, 6, 3) || '8' || substr(m, 10, 15))::uuid as entry
        from generate_series(1, {entries}) n, md5({epoch} || '-' || n) m;
    insert into log.stream select entry, {events} from entries;
    insert into log.claim select decode(md5('code' || entry), 'hex'), {epoch}, entry, decode(md5('d' || entry), 'hex'), true from entries;
    insert into log.claim select decode(md5('trip' || t || entry), 'hex'), {epoch}, entry, null, false from entries, generate_series(1, 2) t;
    insert into log.event (position, epoch, stream, version, event, type, schema_version, recorded_at, actor, sealed)
        select h.position + (v - 1) * {entries} + n, {epoch}, entry, v, gen_random_uuid(),
               case when v = 1 then 'entry-registered' else 'entry-routed' end, 1, to_timestamp({epoch} * 21600::bigint + 60), 'bench',
               decode(repeat(md5(entry::text || v), case when v = 1 then 88 else 18 end), 'hex')
        from log.head h, entries, generate_series(1, {events}) v;
    insert into log.command (epoch, command, request, stream, version, position)
        select {epoch}, gen_random_uuid(), decode(md5(entry::text), 'hex'), entry, v, h.position + (v - 1) * {entries} + n
        from log.head h, entries, generate_series(1, {events}) v;
    insert into log.batch (batch, append_window, first_position, events, root, previous, hash, epochs, leaves)
        select h.batch + b, {epoch}, h.position + 30 * (b - 1) + 1, 30, sha256('r'::bytea), sha256('p'::bytea), sha256('h'::bytea),
               array_fill({epoch}, array[30]), decode(repeat(md5(b::text), 60), 'hex')
        from log.head h, generate_series(1, {entries} * {events} / 30) b;
    update log.head set position = position + {entries} * {events}, batch = batch + {entries} * {events} / 30;
    insert into read.entry (entry, version, registered_at, arrival, municipality, status, obligation, place, language, employer, flags, headline, document)
        select entry, {events}, to_timestamp({epoch} * 21600::bigint + 60), to_timestamp({epoch} * 21600::bigint)::date, '0301', 0, 0, null, 'pl', null, 0,
               decode(repeat(md5(entry::text), 10), 'hex'), decode(repeat(md5(entry::text), 88), 'hex')
        from entries;
    insert into read.entry_token select ('x' || left(md5(entry::text || t), 16))::bit(64)::bigint, entry from entries, generate_series(1, {tokens}) t;
    update read.projection set position = (select position from log.head);
";

/// Seconds that DELETE and VACUUM of one epoch's rows take.
async fn delete(owner: &mut PgConnection, epoch: Epoch) -> f64 {
    owner.execute("set session_replication_role = replica").await.unwrap();
    owner.execute("checkpoint").await.unwrap();
    let (first, next) = (format!("log.first_stream({epoch})"), format!("log.first_stream({epoch} + 1)"));
    let started = Instant::now();
    for statement in [
        format!("delete from log.event where epoch = {epoch}"),
        format!("delete from log.batch where append_window = {epoch}"),
        format!("delete from log.command where epoch = {epoch}"),
        format!("delete from log.stream where stream >= {first} and stream < {next}"),
        format!("delete from log.claim where epoch = {epoch}"),
        format!("delete from read.entry where entry >= {first} and entry < {next}"),
        format!("delete from read.entry_token where entry >= {first} and entry < {next}"),
        format!(
            "vacuum log.event_{epoch}, log.batch_{epoch}, log.command_{epoch}, log.stream, log.claim, read.entry, read.entry_token"
        ),
    ] {
        owner.execute(AssertSqlSafe(statement)).await.unwrap();
    }
    let seconds = started.elapsed().as_secs_f64();
    owner.execute("set session_replication_role = origin").await.unwrap();
    seconds
}

/// 99th percentile of commands, in seconds: while nothing ends, and while an epoch does.
async fn commands(log: &Log, retention: &Retention, clock: &Clock, epoch: Epoch) -> (f64, f64) {
    let registrations = Arc::new(Registrations::new(log));
    append_for(log, &registrations, Duration::from_secs(2), None).await;
    let calm = append_for(log, &registrations, UNDISTURBED, None).await;
    clock.advance(epoch.ends_at().duration_since(clock.now()) - SignedDuration::from_mins(1));
    retention.round().await.unwrap();
    append_for(log, &registrations, Duration::from_secs(1), None).await;
    clock.advance(SignedDuration::from_mins(1));
    let disturbed = append_for(log, &registrations, Duration::from_secs(60), Some(retention)).await;
    (percentile(&calm, 0.99), percentile(&disturbed, 0.99))
}

/// Appends for a time, or until something has ended; seconds of each command, sorted.
async fn append_for(
    log: &Log,
    registrations: &Arc<Registrations>,
    time: Duration,
    until: Option<&Retention>,
) -> Vec<f64> {
    let stop = Arc::new(AtomicBool::new(false));
    let clients = (0..CLIENTS).map(|client| {
        let (log, registrations, stop) = (log.clone(), registrations.clone(), stop.clone());
        tokio::spawn(async move {
            let mut took = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                let command = registrations.command(&log, client + took.len(), 2);
                let started = Instant::now();
                log.append(command).await.unwrap();
                took.push(started.elapsed().as_secs_f64());
            }
            took
        })
    });
    let clients: Vec<_> = clients.collect();
    match until {
        Some(retention) => drop(retention.round().await.unwrap()),
        None => tokio::time::sleep(time).await,
    }
    stop.store(true, Ordering::Relaxed);
    let mut took: Vec<f64> =
        futures::future::join_all(clients).await.into_iter().flat_map(|took| took.unwrap()).collect();
    took.sort_by(f64::total_cmp);
    took
}

/// The database after 30 days, against after 11, of a register with the same traffic each day.
async fn size(report: &mut Report) {
    let clock = Clock::manual(start());
    let workshop = Workshop::at("bench_retention_size", Options::default(), clock.clone()).await;
    let retention = retention(&workshop).await;
    let projector = workshop.projector();
    let registrations = Registrations::new(&workshop.log);
    let mut owner = PgConnection::connect(&workshop.url).await.unwrap();
    let mut after = Vec::new();
    for epoch in 0..30 * 4 {
        let appends =
            (0..ENTRIES_OF_MONTH).map(|n| workshop.log.append(registrations.command(&workshop.log, n, 3)));
        for appended in futures::future::join_all(appends).await {
            appended.unwrap();
        }
        projector.catch_up().await.unwrap();
        clock.advance(SignedDuration::from_hours(6));
        retention.round().await.unwrap();
        if epoch + 1 == 11 * 4 || epoch + 1 == 30 * 4 {
            owner.execute("vacuum").await.unwrap();
            owner.execute("checkpoint").await.unwrap();
            let bytes: i64 = sqlx::query_scalar("select pg_database_size(current_database())")
                .fetch_one(&mut owner)
                .await
                .unwrap();
            after.push(bytes as f64 / 1e6);
        }
    }
    report.value("database after 11 days", after[0], "MB");
    report.value("database after 30 days", after[1], "MB");
    report.at_most("after 30 days / after 11 days", after[1] / after[0], "x", 1.2);
}
