//! `claim`: handing out cards to two hundred callers, against pgbench's simple updates on the same server. A claim and
//! giving the card back, as the server does them; the rows are made, since nothing here opens them.

use super::pgbench;
use super::report::{Report, percentile};
use super::workshop::Workshop;
use backend::log::Options;
use backend::projections::readers::Readers;
use backend::queue::Queue;
use std::time::{Duration, Instant};

const CALLERS: usize = 200;
/// Clients of pgbench: as many as a server of usual settings takes.
const CLIENTS: usize = 80;
const FEW: i64 = 50_000;
const MANY: i64 = 500_000;
const FOR: Duration = Duration::from_secs(10);
/// Seconds of pgbench.
const SECONDS: u64 = 8;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("claim");
    let workshop = Workshop::new("bench_claim", Options::default()).await;
    fill(&workshop, FEW).await;
    let (few, latencies) = claim(&workshop).await;
    let updates = pgbench::simple_update(&workshop.url, CLIENTS, SECONDS);
    fill(&workshop, MANY).await;
    let (many, more) = claim(&workshop).await;
    report.value("claims, 50,000 callable", few, "claims/s");
    report.value("claims, 500,000 callable", many, "claims/s");
    report.value("pgbench -N", updates, "tps");
    report.value("median of a claim", percentile(&latencies, 0.5) * 1_000.0, "ms");
    report.at_least("claims / pgbench -N", few / updates, "x", 0.2);
    report.at_most("p99 / median", percentile(&latencies, 0.99) / percentile(&latencies, 0.5), "x", 6.0);
    let growth = percentile(&more, 0.5) / percentile(&latencies, 0.5);
    report.at_most("a claim with 500,000 / with 50,000", growth, "x", 1.5);
    report
}

/// So many cards that are due, each of its own contact, in nine languages.
async fn fill(workshop: &Workshop, entries: i64) {
    let owner = sqlx::PgPool::connect(&workshop.url).await.unwrap();
    for statement in ["delete from read.call_lease", "delete from read.call_queue"] {
        sqlx::query(statement).execute(&owner).await.unwrap();
    }
    sqlx::query(
        "insert into read.call_queue (entry, contact, part, class, urgent_at, due_at, ready_at, quiet_until, language,
                                      never_reached, outcome_missing, review)
         select id, id, 1, 2 + n % 4, now() + (n % 20000) * interval '40 s', now(), now(), now(),
                (array['nb', 'en', 'pl', 'lt', 'ro', 'ru', 'ar', 'ur', 'so'])[1 + n % 9], true, false, false
         from (select n, (lpad(to_hex(74000 + n % 40), 8, '0') || substr(md5(n::text), 1, 4) || '8'
                          || substr(md5(n::text), 5, 3) || '8' || substr(md5(n::text), 8, 15))::uuid as id
               from generate_series(1, $1) n) made",
    )
    .bind(entries)
    .execute(&owner)
    .await
    .unwrap();
    sqlx::query("vacuum analyze read.call_queue").execute(&owner).await.unwrap();
}

async fn claim(workshop: &Workshop) -> (f64, Vec<f64>) {
    let (_told, reached) = tokio::sync::watch::channel(u64::MAX);
    let pool = backend::projections::database::connect(&workshop.url, 24).await.unwrap();
    let queue = Queue::new(
        workshop.log.clone(),
        workshop.reference().clone(),
        pool.clone(),
        Readers::new(pool),
        reached,
    );
    let ticking = tokio::spawn(queue.clone().run());
    let started = Instant::now();
    let callers = (0..CALLERS).map(|number| {
        let queue = queue.clone();
        tokio::spawn(async move {
            let caller = format!("caller {number}");
            let speaks = ["nb", "en", "pl", "lt", "ro", "ru", "ar", "ur", "so"];
            let languages = [speaks[number % 9].to_owned(), speaks[(number / 9) % 9].to_owned()];
            let mut latencies = Vec::new();
            while started.elapsed() < FOR {
                let asked = Instant::now();
                let held = queue.claim(&caller, &languages).await.unwrap().expect("somebody is due");
                latencies.push(asked.elapsed().as_secs_f64());
                queue.give_back(&caller, held.entry, 0).await.unwrap();
            }
            latencies
        })
    });
    let all = futures::future::join_all(callers).await;
    let mut latencies: Vec<f64> = all.into_iter().flat_map(Result::unwrap).collect();
    ticking.abort();
    let rate = latencies.len() as f64 / started.elapsed().as_secs_f64();
    latencies.sort_by(f64::total_cmp);
    (rate, latencies)
}
