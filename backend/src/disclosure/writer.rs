//! Writes rows: all that wait at a node in one insert, and answers when it is durable.

use super::NotWritten;
use super::rows::Row;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sqlx::PgPool;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// Requests that are taken together at most.
const TOGETHER_MAX: usize = 256;
/// How often a write is tried.
const TRIES: u32 = 3;
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);

/// Rows of one request, and who waits for them.
pub(super) struct Waiting {
    pub(super) rows: Vec<Row>,
    pub(super) done: oneshot::Sender<Result<(), NotWritten>>,
}

/// The writer of a node.
pub(super) struct Writer {
    pool: PgPool,
    /// First days of the months whose partition is known to be there.
    months: BTreeSet<Date>,
}

impl Writer {
    pub(super) fn new(pool: PgPool) -> Writer {
        Writer { pool, months: BTreeSet::new() }
    }

    /// Writes until nobody is left who could bring anything.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Waiting>) {
        let mut together = Vec::with_capacity(TOGETHER_MAX);
        while queue.recv_many(&mut together, TOGETHER_MAX).await > 0 {
            let (rows, waiting): (Vec<Vec<Row>>, Vec<_>) =
                together.drain(..).map(|waiting| (waiting.rows, waiting.done)).unzip();
            if self.write(rows.iter().flatten()).await.is_ok() {
                waiting.into_iter().for_each(|done| drop(done.send(Ok(()))));
                continue;
            }
            // Alone: what the database refuses of one is nobody else's fault.
            for (rows, done) in rows.iter().zip(waiting) {
                let written = self.write(rows.iter()).await;
                if let Err(error) = &written {
                    metrics::counter!("register_disclosures_not_written_total").increment(1);
                    let fault = crate::log::fault(error);
                    tracing::error!(fault, "a disclosure could not be written down; nothing is shown");
                }
                drop(done.send(written.map_err(NotWritten::from)));
            }
        }
    }

    /// The same rows may be written again: a first try that failed may have succeeded all the same.
    async fn write(&mut self, rows: impl Iterator<Item = &Row> + Clone) -> Result<(), sqlx::Error> {
        let mut left = TRIES;
        loop {
            match self.write_once(rows.clone()).await {
                Ok(()) => {
                    metrics::counter!("register_disclosures_written_total").increment(rows.count() as u64);
                    return Ok(());
                }
                Err(error) if left == 1 || error.as_database_error().is_some() => return Err(error),
                Err(_) => left -= 1,
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn write_once(&mut self, rows: impl Iterator<Item = &Row> + Clone) -> Result<(), sqlx::Error> {
        let mut connection = self.pool.acquire().await?;
        for month in rows.clone().map(|row| month_of(row.at)).collect::<BTreeSet<_>>() {
            if !self.months.contains(&month) {
                sqlx::query("select log.prepare_disclosures($1)")
                    .bind(jiff_sqlx::Date::from(month))
                    .execute(&mut *connection)
                    .await?;
                self.months.insert(month);
            }
        }
        let column = Columns::of(rows);
        sqlx::query(
            "insert into log.disclosure (disclosure, part, at, who, who_name, role, purpose, legal_basis, receiver,
                                         kind, shown, entries, count, ground, words, words_epoch)
             select disclosure, part, at, who, who_name, role, purpose, legal_basis, receiver, kind, shown,
                    ($12::uuid[])[first_entry:last_entry], count, ground, words, words_epoch
             from unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[],
                         $8::text[], $9::text[], $10::text[], $11::text[], $13::integer[], $14::integer[],
                         $15::integer[], $16::text[], $17::bytea[], $18::integer[])
                  as new (disclosure, part, at, who, who_name, role, purpose, legal_basis, receiver, kind, shown,
                          first_entry, last_entry, count, ground, words, words_epoch)
             on conflict do nothing",
        )
        .bind(column.disclosure)
        .bind(column.part)
        .bind(column.at)
        .bind(column.who)
        .bind(column.who_name)
        .bind(column.role)
        .bind(column.purpose)
        .bind(column.legal_basis)
        .bind(column.receiver)
        .bind(column.kind)
        .bind(column.shown)
        .bind(column.entries)
        .bind(column.first)
        .bind(column.last)
        .bind(column.count)
        .bind(column.ground)
        .bind(column.words)
        .bind(column.words_epoch)
        .execute(&mut *connection)
        .await?;
        Ok(())
    }
}

fn month_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date().first_of_month()
}

/// The rows, column by column. All entries stand in one array; each row has a stretch of it, counted from 1.
#[derive(Default)]
struct Columns<'a> {
    disclosure: Vec<Uuid>,
    part: Vec<i32>,
    at: Vec<jiff_sqlx::Timestamp>,
    who: Vec<&'a str>,
    who_name: Vec<&'a str>,
    role: Vec<&'a str>,
    purpose: Vec<&'a str>,
    legal_basis: Vec<&'a str>,
    receiver: Vec<&'a str>,
    kind: Vec<&'a str>,
    shown: Vec<&'a str>,
    entries: Vec<Uuid>,
    first: Vec<i32>,
    last: Vec<i32>,
    count: Vec<i32>,
    ground: Vec<Option<&'a str>>,
    words: Vec<Option<&'a [u8]>>,
    words_epoch: Vec<Option<i32>>,
}

impl<'a> Columns<'a> {
    fn of(rows: impl Iterator<Item = &'a Row>) -> Columns<'a> {
        let mut all = Columns::default();
        let place = |length: usize| i32::try_from(length).unwrap_or(i32::MAX);
        for row in rows {
            all.disclosure.push(row.disclosure);
            all.part.push(row.part);
            all.at.push(row.at.into());
            all.who.push(&row.who);
            all.who_name.push(&row.who_name);
            all.role.push(&row.role);
            all.purpose.push(&row.purpose);
            all.legal_basis.push(row.legal_basis);
            all.receiver.push(&row.receiver);
            all.kind.push(&row.kind);
            all.shown.push(&row.shown);
            all.first.push(place(all.entries.len() + 1));
            all.entries.extend(&row.entries);
            all.last.push(place(all.entries.len()));
            all.count.push(row.count);
            all.ground.push(row.ground);
            all.words.push(row.words.as_ref().map(|(sealed, _)| sealed.as_slice()));
            all.words_epoch.push(row.words.as_ref().map(|(_, epoch)| *epoch));
        }
        all
    }
}
