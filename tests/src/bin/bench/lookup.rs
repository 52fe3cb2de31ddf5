//! `lookup`: one entry and a municipality's first page over HTTP, against pgbench on the same server.

use super::load::{Server, press};
use super::pgbench;
use super::report::{Report, percentile};
use super::workshop::Workshop;
use backend::log::Options;
use std::sync::Arc;
use std::time::Duration;

/// Connections at once.
const CONNECTIONS: usize = 32;
/// Seconds of each measurement.
const SECONDS: u64 = 8;
/// Live entries of the large register, unless `BENCH_ENTRIES` says otherwise; the small one has a tenth of them.
const ENTRIES: usize = 100_000;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("lookup");
    let entries = std::env::var("BENCH_ENTRIES").ok().and_then(|n| n.parse().ok()).unwrap_or(ENTRIES);
    let few = filled("bench_lookup_few", entries / 10).await;
    let server = Server::start(&few.url, &few.folder.path().join("keyring")).await;
    let (_, small_page) = page(&server, &largest_municipality(&few).await).await;
    drop(server);
    let many = filled("bench_lookup", entries).await;
    let municipality = largest_municipality(&many).await;
    let server = Server::start(&many.url, &many.folder.path().join("keyring")).await;
    let (pages, large_page) = page(&server, &municipality).await;
    let (lookups, entry) = entry(&server, &many).await;
    drop(server);
    let plain = pgbench::select_only(&many.url, CONNECTIONS, SECONDS);
    let page_sql = pgbench::script(&many.url, &page_sql(&municipality), CONNECTIONS, SECONDS);
    report.value("one entry", lookups, "requests/s");
    report.value("pgbench -S", plain, "tps");
    report.value("a municipality's first page", pages, "requests/s");
    report.value("the page's own SQL under pgbench", page_sql, "tps");
    report.at_least("entry / pgbench -S", lookups / plain, "x", 0.3);
    report.at_least("page / its SQL under pgbench", pages / page_sql, "x", 0.5);
    let tail = |sorted: &[f64]| percentile(sorted, 0.99) / percentile(sorted, 0.5);
    report.at_most("entry: p99 / median", tail(&entry), "x", 6.0);
    report.at_most("page: p99 / median", tail(&large_page), "x", 6.0);
    let growth = percentile(&large_page, 0.5) / percentile(&small_page, 0.5);
    report.at_most("page at 100,000 / at 10,000 live entries", growth, "x", 1.3);
    report
}

async fn filled(name: &str, entries: usize) -> Workshop {
    let workshop = Workshop::new(name, Options::default()).await;
    workshop.fill(entries).await;
    workshop.projector().catch_up().await.unwrap();
    sqlx::query("vacuum analyze read.entry, read.entry_token")
        .execute(&owner(&workshop).await)
        .await
        .unwrap();
    workshop
}

async fn owner(workshop: &Workshop) -> sqlx::PgPool {
    sqlx::PgPool::connect(&workshop.url).await.unwrap()
}

async fn largest_municipality(workshop: &Workshop) -> String {
    sqlx::query_scalar("select municipality from read.entry where municipality is not null group by 1 order by count(*) desc limit 1")
        .fetch_one(&workshop.tables)
        .await
        .unwrap()
}

async fn page(server: &Server, municipality: &str) -> (f64, Vec<f64>) {
    let requests = Arc::new(vec![server.request(&format!("/api/v1/entries?municipality={municipality}"))]);
    press(server, requests.clone(), CONNECTIONS, Duration::from_secs(2)).await;
    press(server, requests, CONNECTIONS, Duration::from_secs(SECONDS)).await
}

async fn entry(server: &Server, workshop: &Workshop) -> (f64, Vec<f64>) {
    let ids: Vec<uuid::Uuid> =
        sqlx::query_scalar("select entry from read.entry order by md5(entry::text) limit 20000")
            .fetch_all(&workshop.tables)
            .await
            .unwrap();
    let requests: Vec<Vec<u8>> =
        ids.iter().map(|id| server.request(&format!("/api/v1/entries/{id}"))).collect();
    let requests = Arc::new(requests);
    press(server, requests.clone(), CONNECTIONS, Duration::from_secs(2)).await;
    press(server, requests, CONNECTIONS, Duration::from_secs(SECONDS)).await
}

/// What the page asks of the database.
fn page_sql(municipality: &str) -> String {
    format!(
        "select entry, registered_at, arrival, municipality, status, obligation, place, language, employer, flags, headline \
         from read.entry where entry >= '00000001-0000-0000-0000-000000000000' and municipality = '{municipality}' \
         order by arrival desc, entry desc limit 51;\n"
    )
}
