//! `recipients`: what municipalities and machines ask for: the first page of a list and what is new in it, the published
//! interface, a workbook, the feed. Each against PostgreSQL or the library doing the same with less.

use super::load::{Connection, Server, press};
use super::report::{Report, percentile};
use super::workshop::Workshop;
use backend::log::Options;
use backend::machines::registry::Registry;
use backend::retention::consumers;
use calamine::{Data, Reader, Xlsx};
use events::subscription::{Area, MachineScope};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row};
use std::io::Cursor;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Live entries, few and many.
const FEW: usize = 50_000;
const MANY: usize = 500_000;
/// Readers at once.
const CONNECTIONS: usize = 4;
/// Time of each measurement.
const LASTS: Duration = Duration::from_secs(8);
/// What was changed since somebody looked: so many events of the end of the log.
const NEWS: u64 = 20_000;
/// Records of one answer of the published interface, and changes of one page of the feed.
const RECORDS: usize = 1_000;
/// How often an answer is asked for; the median counts.
const TIMES: usize = 15;
/// Pages of the feed.
const PAGES: usize = 50;
/// The municipality with the most entries, and the role at the demo's door that looks after it.
const MUNICIPALITY: &str = "0301";
const DOCTOR: &str = "doctor-oslo";
const MACHINE: &str = "token-of-the-benchmark";
/// Memory that the server may hold while it makes a workbook of a hundred thousand rows.
const MEMORY_MIB: f64 = 256.0;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("recipients");
    let few = filled("bench_recipients_few", scaled(FEW)).await;
    let server = Server::start(&few.url, &few.folder.path().join("keyring")).await;
    let (small_page, _) = lists(&server, &few).await;
    drop(server);
    let many = filled("bench_recipients", scaled(MANY)).await;
    let server = Server::start(&many.url, &many.folder.path().join("keyring")).await;
    let (page, diff) = lists(&server, &many).await;
    report.value("a municipality's first page", page * 1e3, "ms");
    report.at_most("page with 500,000 / with 50,000 live entries", page / small_page, "x", 1.3);
    report.at_most("what is new / page", diff / page, "x", 3.0);
    fiks(&mut report, &server, &many).await;
    feed(&mut report, &server, &many).await;
    workbook(&mut report, &server).await;
    report
}

fn scaled(entries: usize) -> usize {
    let most = std::env::var("BENCH_ENTRIES").ok().and_then(|n| n.parse().ok()).unwrap_or(MANY);
    (entries as f64 * most as f64 / MANY as f64) as usize
}

async fn filled(name: &str, entries: usize) -> Workshop {
    let workshop = Workshop::new(name, Options::default()).await;
    workshop.fill(entries).await;
    consumers::add(&workshop.log, "benchmark", MACHINE, "benchmark").await.expect("added");
    let scopes = [MachineScope::Entries, MachineScope::Feed];
    let registry = Registry::new(workshop.log.clone());
    registry.subscribe("benchmark", Area::National, &scopes, "benchmark").await.expect("subscribed");
    workshop.projector().catch_up().await.unwrap();
    for table in ["entry", "entry_municipality", "plain_entry", "published", "feed"] {
        let vacuum = AssertSqlSafe(format!("vacuum analyze read.{table}"));
        let owner = sqlx::PgPool::connect(&workshop.url).await.unwrap();
        sqlx::query(vacuum).execute(&owner).await.unwrap();
    }
    workshop
}

/// Median seconds of the first page, and of the page of what is new.
async fn lists(server: &Server, workshop: &Workshop) -> (f64, f64) {
    let doctor = server.log_in(DOCTOR).await;
    let head: i64 =
        sqlx::query_scalar("select max(position) from read.feed").fetch_one(&workshop.tables).await.unwrap();
    let since = head.unsigned_abs().saturating_sub(NEWS);
    let of = |path: String| Arc::new(vec![server.request_of(&doctor, &path)]);
    let page = of("/api/v1/municipality/entries".to_owned());
    let diff = of(format!("/api/v1/municipality/entries?news=either&since={since}"));
    let mut medians = Vec::new();
    for requests in [page, diff] {
        press(server, requests.clone(), CONNECTIONS, Duration::from_secs(2)).await;
        let (_, sorted) = press(server, requests, CONNECTIONS, LASTS).await;
        medians.push(percentile(&sorted, 0.5));
    }
    (medians[0], medians[1])
}

/// A thousand records of the published interface, against a COPY of the same rows as JSON.
async fn fiks(report: &mut Report, server: &Server, workshop: &Workshop) {
    let request = server.request_with(
        MACHINE,
        "POST",
        "/innreise/api/v1/hentInnreiser",
        &json!({ "kommunenr": [MUNICIPALITY], "limit": RECORDS }).to_string(),
    );
    let mut connection = Connection::open(&server.address).await;
    let records: Vec<Value> = serde_json::from_slice(connection.exchange(&request).await).unwrap();
    assert_eq!(records.len(), RECORDS);
    let asked = median(async || {
        connection.exchange(&request).await;
    })
    .await;
    let mut tables = same_rows(workshop, &records).await;
    let copied = median(async || {
        let mut copy = sqlx::postgres::PgConnection::copy_out_raw(
            &mut tables,
            "copy (select row_to_json(same) from same) to stdout",
        )
        .await
        .unwrap();
        let mut bytes = 0;
        while let Some(piece) = futures::StreamExt::next(&mut copy).await {
            bytes += piece.unwrap().len();
        }
        assert!(bytes > RECORDS);
    })
    .await;
    report.value("hentInnreiser, 1,000 records", asked * 1e3, "ms");
    report.value("COPY of the same rows as JSON", copied * 1e3, "ms");
    report.at_least("hentInnreiser / COPY", copied / asked, "x", 0.4);
}

/// The same records in a table of their own, a column a field.
async fn same_rows(workshop: &Workshop, records: &[Value]) -> sqlx::pool::PoolConnection<sqlx::Postgres> {
    let mut names: Vec<&String> = records.iter().flat_map(|one| one.as_object().unwrap().keys()).collect();
    names.sort();
    names.dedup();
    let columns: Vec<String> = names.iter().map(|name| format!("{name} text")).collect();
    let owner = sqlx::PgPool::connect(&workshop.url).await.unwrap();
    let mut connection = owner.acquire().await.unwrap();
    sqlx::query(AssertSqlSafe(format!("create temp table same ({})", columns.join(", "))))
        .execute(&mut *connection)
        .await
        .unwrap();
    sqlx::query("insert into same select * from jsonb_populate_recordset(null::same, $1)")
        .bind(Value::Array(records.to_vec()))
        .execute(&mut *connection)
        .await
        .unwrap();
    connection
}

/// Pages of the feed, against a plain SELECT of the same rows.
async fn feed(report: &mut Report, server: &Server, workshop: &Workshop) {
    let mut connection = Connection::open(&server.address).await;
    let mut next = format!("/api/v1/feed?limit={RECORDS}");
    let mut told = 0;
    let started = Instant::now();
    for _ in 0..PAGES {
        let request = server.request_with(MACHINE, "GET", &next, "");
        let events: Vec<serde::de::IgnoredAny> =
            serde_json::from_slice(connection.exchange(&request).await).unwrap();
        told += events.len();
        let link = connection.header("link").expect("where to go on");
        next = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
    }
    let fed = told as f64 / started.elapsed().as_secs_f64();
    let select =
        "select position, entry, recorded_at, is_first, municipality, came_from, belongs_to, protected
                  from read.feed where position > $1 order by position limit $2";
    let (mut after, mut read) = (0_i64, 0);
    let started = Instant::now();
    while read < told {
        let limit = i64::try_from(RECORDS).unwrap();
        let rows = sqlx::query(select).bind(after).bind(limit).fetch_all(&workshop.tables).await.unwrap();
        read += rows.len();
        after = rows.last().expect("rows").get(0);
    }
    let selected = read as f64 / started.elapsed().as_secs_f64();
    report.value("feed", fed, "changes/s");
    report.value("SELECT of the same rows", selected, "rows/s");
    report.at_least("feed / SELECT", fed / selected, "x", 0.5);
}

/// A workbook of all that the municipality has, against the library writing the same cells from memory; and what the
/// server holds meanwhile.
async fn workbook(report: &mut Report, server: &Server) {
    let doctor = server.log_in(DOCTOR).await;
    let url = format!("http://{}/api/v1/municipality/export/nb/xlsx", server.address);
    let client = reqwest::Client::new();
    server.forget_peak();
    let started = Instant::now();
    let answer = client.get(url).header("cookie", doctor).send().await.unwrap();
    assert!(answer.status().is_success());
    let bytes = answer.bytes().await.unwrap();
    let made = started.elapsed().as_secs_f64();
    let peak = server.peak_mib();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let sheets: Vec<Vec<Vec<Data>>> = book
        .worksheets()
        .into_iter()
        .map(|(_, range)| range.rows().map(<[Data]>::to_vec).collect())
        .collect();
    let rows: usize = sheets.iter().map(Vec::len).sum();
    let started = Instant::now();
    write_again(&sheets);
    let again = started.elapsed().as_secs_f64();
    report.value("rows of the workbook", rows as f64, "rows");
    report.value("workbook made and sent", made, "s");
    report.value("the same cells written from memory", again, "s");
    report.at_least("workbook / library", again / made, "x", 0.5);
    report.at_most("the server's memory meanwhile", peak, "MiB", MEMORY_MIB);
}

fn write_again(sheets: &[Vec<Vec<Data>>]) {
    let mut book = Workbook::new();
    let moment = Format::new().set_num_format("dd.mm.yyyy hh:mm");
    let words = Format::new().set_text_wrap();
    for rows in sheets {
        let sheet = book.add_worksheet_with_constant_memory().unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Data::Empty => {}
                    Data::DateTime(at) => {
                        sheet.write_number_with_format(row, column, at.as_f64(), &moment).unwrap();
                    }
                    Data::Float(number) => {
                        sheet.write_number(row, column, *number).unwrap();
                    }
                    other => {
                        sheet.write_string_with_format(row, column, other.to_string(), &words).unwrap();
                    }
                }
            }
        }
    }
    assert!(!book.save_to_buffer().unwrap().is_empty());
}

/// Median seconds of doing something several times.
async fn median(mut once: impl AsyncFnMut()) -> f64 {
    let mut seconds = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let started = Instant::now();
        once().await;
        seconds.push(started.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    percentile(&seconds, 0.5)
}
