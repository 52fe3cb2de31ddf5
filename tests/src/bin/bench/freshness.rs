//! `freshness`: from commit to tick to refetched row, under 200 events a second, against the median durable commit.

use super::load::{Connection, Server, TOKEN};
use super::report::{Report, percentile};
use super::workshop::{Workshop, records};
use backend::log::Options;
use events::record::RawRecord;
use sqlx::Connection as _;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;

/// Events a second in the background.
const RATE: u32 = 200;
/// Probes.
const PROBES: usize = 400;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("freshness");
    let workshop = Workshop::new("bench_freshness", Options::default()).await;
    let server = Server::start(&workshop.url, &workshop.folder.path().join("keyring")).await;
    let ticks = listen(&server).await;
    let mut travellers = records(60_000).into_iter();
    let background: Vec<RawRecord> = travellers.by_ref().take(50_000).collect();
    let load = tokio::spawn(pour(server.address.clone(), background));
    let mut commits = durable_commits(&workshop.url).await;
    let mut latencies = Vec::with_capacity(PROBES);
    let mut sender = Connection::open(&server.address).await;
    let mut reader = Connection::open(&server.address).await;
    for record in travellers {
        if latencies.len() == PROBES {
            break;
        }
        if let Some(latency) = probe(&server, &mut sender, &mut reader, ticks.clone(), record).await {
            latencies.push(latency);
        }
    }
    load.abort();
    commits.extend(durable_commits(&workshop.url).await);
    commits.sort_by(f64::total_cmp);
    latencies.sort_by(f64::total_cmp);
    let commit = percentile(&commits, 0.5);
    report.value("median durable commit", commit * 1e3, "ms");
    report.value("commit to refetched row, median", percentile(&latencies, 0.5) * 1e3, "ms");
    report.value("commit to refetched row, p99", percentile(&latencies, 0.99) * 1e3, "ms");
    report.at_most("p99 / median durable commit", percentile(&latencies, 0.99) / commit, "x", 50.0);
    report
}

/// Sends one new traveller; seconds from the answer (it is committed) until the row was fetched after a tick.
async fn probe(
    server: &Server,
    sender: &mut Connection,
    reader: &mut Connection,
    mut ticks: watch::Receiver<u64>,
    record: RawRecord,
) -> Option<f64> {
    ticks.mark_unchanged();
    let answer: serde_json::Value =
        serde_json::from_slice(sender.exchange(&post(&server.address, &[record])).await).unwrap();
    let committed = Instant::now();
    if answer["answers"][0]["outcome"] != "accepted" {
        return None;
    }
    let entry = answer["answers"][0]["entry"].as_str().unwrap().to_owned();
    let request = server.request("/api/v1/entries?sort=registered-descending&limit=20");
    loop {
        let page = String::from_utf8_lossy(reader.exchange(&request).await).into_owned();
        if page.contains(&entry) {
            return Some(committed.elapsed().as_secs_f64());
        }
        tokio::time::timeout(Duration::from_secs(10), ticks.changed()).await.expect("a tick").unwrap();
    }
}

/// Positions of ticks, as they come.
async fn listen(server: &Server) -> watch::Receiver<u64> {
    let mut stream = TcpStream::connect(&server.address).await.unwrap();
    stream.write_all(&server.request("/api/v1/live")).await.unwrap();
    let (told, ticks) = watch::channel(0);
    tokio::spawn(async move {
        let mut lines = BufReader::new(stream).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(data) = line.strip_prefix("data: ") {
                let tick: serde_json::Value = serde_json::from_str(data).unwrap_or_default();
                told.send_replace(tick["position"].as_u64().unwrap_or(0));
            }
        }
    });
    ticks
}

/// The background: one new traveller every 5 ms.
async fn pour(address: String, records: Vec<RawRecord>) {
    let mut pace = tokio::time::interval(Duration::from_secs(1) / RATE);
    pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Burst);
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let mut sink = vec![0; 1 << 16];
    for record in records {
        pace.tick().await;
        stream.write_all(&post(&address, &[record])).await.unwrap();
        let _ = stream.read(&mut sink).await.unwrap();
    }
}

fn post(address: &str, records: &[RawRecord]) -> Vec<u8> {
    let body = serde_json::to_vec(records).unwrap();
    let head = format!(
        "POST /api/v1/intake/entries HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {TOKEN}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

/// Seconds of single-row commits, one after another, under the same load.
async fn durable_commits(url: &str) -> Vec<f64> {
    let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
    sqlx::query("create table if not exists durable (n integer)").execute(&mut connection).await.unwrap();
    let mut seconds = Vec::new();
    for n in 0..500 {
        let started = Instant::now();
        sqlx::query("insert into durable values ($1)").bind(n).execute(&mut connection).await.unwrap();
        seconds.push(started.elapsed().as_secs_f64());
    }
    seconds
}
