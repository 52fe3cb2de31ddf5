//! Finding entries by what identifies a person, for those who match: results, and other entries of the same person.

use super::row::{LIST_COLUMNS, ListRow, Opener};
use super::test_owed::NO_SAMPLE;
use super::tokens::readings;
use crate::log::keyring::{KeyError, Keyring};
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use crate::rules::identities::national_number;
use crate::rules::moments::norwegian_day_of;
use api::entries::{EntryRow, MatchedBy};
use api::results::{NotTested, NotTestedPage};
use events::{EntryId, Epoch, StreamId};
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

/// Rows of a page of those who have not been tested.
const PAGE: usize = 50;

/// Which entries have which of these tokens.
pub async fn with_tokens(tables: &Readers, wanted: &[i64]) -> Result<Vec<(i64, EntryId)>, FoldError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let query = sqlx::query(
        "select t.token, t.entry from unnest($1::bigint[]) as wanted (token)
         cross join lateral (select t.token, t.entry from read.entry_token t
                             where t.token = wanted.token order by t.entry limit 50) t",
    )
    .bind(wanted);
    let rows = tables.fetch_all(query).await?;
    let found = rows.iter().map(|row| {
        let entry =
            EntryId::parse(row.try_get::<Uuid, _>("entry")?).ok_or(FoldError::DamagedRow("entry_token"))?;
        Ok((row.try_get("token")?, entry))
    });
    found.collect()
}

/// Rows of entries, opened; those that are gone are left out.
pub async fn of_entries(
    tables: &Readers,
    keyring: &Keyring,
    entries: &[EntryId],
) -> Result<Vec<ListRow>, FoldError> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.uuid()).collect();
    let query =
        sqlx::query("select entry, version, registered_at, document from read.entry where entry = any($1)")
            .bind(ids);
    let rows = tables.fetch_all(query).await?;
    let mut opener = Opener::new(keyring);
    let opened = rows.iter().map(|row| opener.whole_row(row));
    opened.filter_map(Result::transpose).collect()
}

/// Entries whose traveller has all the words of a name, at most so many of them.
pub async fn named(
    tables: &Readers,
    keyring: &Keyring,
    name: &str,
    limit: i64,
) -> Result<Vec<EntryRow>, FoldError> {
    let exact = readings(name).into_iter().find(|reading| reading.matched_by == MatchedBy::Name);
    let Some(reading) = exact else { return Ok(Vec::new()) };
    let (mut groups, mut tokens) = (Vec::new(), Vec::new());
    for (_, key) in keyring.live_epochs()? {
        for (terms, group) in reading.groups.iter().zip(0_i32..) {
            groups.extend(terms.iter().map(|_| group));
            tokens.extend(terms.iter().map(|term| term.token(&key)));
        }
    }
    let query = sqlx::query(AssertSqlSafe(format!(
        "select {LIST_COLUMNS}
         from (select t.entry from read.entry_token t
               join unnest($1::integer[], $2::bigint[]) as wanted (of_group, token) on wanted.token = t.token
               group by t.entry having count(distinct wanted.of_group) = $3 limit $4) found
         join read.entry using (entry)"
    )))
    .bind(groups)
    .bind(tokens)
    .bind(i64::try_from(reading.groups.len()).unwrap_or(i64::MAX))
    .bind(limit);
    let rows = tables.fetch_all(query).await?;
    let mut opener = Opener::new(keyring);
    rows.iter().filter_map(|row| opener.list_row(row).transpose()).collect()
}

/// Others of an entry's contact: those who share a number, a phone, or the travel party.
pub async fn of_contact(
    tables: &Readers,
    keyring: &Keyring,
    entry: EntryId,
    limit: i64,
) -> Result<Vec<ListRow>, FoldError> {
    let query = sqlx::query(
        "select e.entry, e.version, e.registered_at, e.document
         from read.call_queue own join read.call_queue other using (contact)
         join read.entry e on e.entry = other.entry
         where own.entry = $1 and other.entry <> $1 order by e.entry limit $2",
    )
    .bind(entry.uuid())
    .bind(limit);
    let rows = tables.fetch_all(query).await?;
    let mut opener = Opener::new(keyring);
    let opened = rows.iter().map(|row| opener.whole_row(row));
    opened.filter_map(Result::transpose).collect()
}

/// Entries that owe a test whose time has come and have no sample, those whose data end soonest first.
pub async fn not_tested(
    tables: &Readers,
    keyring: &Keyring,
    municipality: Option<&str>,
    cursor: Option<&str>,
    now: Timestamp,
) -> Result<NotTestedPage, FoldError> {
    let oldest = StreamId::first_of(Epoch::oldest_live(now)).0;
    let after = cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(Uuid::nil());
    let query = sqlx::query(AssertSqlSafe(format!(
        "select {LIST_COLUMNS}, document, test_by from read.entry
         where test_state = $1 and test_from <= $2 and entry >= $3 and entry > $4 and not protected
           and ($5::text is null or municipality = $5)
         order by entry limit $6"
    )))
    .bind(NO_SAMPLE)
    .bind(jiff_sqlx::Date::from(norwegian_day_of(now)))
    .bind(oldest)
    .bind(after)
    .bind(municipality)
    .bind(i64::try_from(PAGE).unwrap_or(i64::MAX) + 1);
    let mut rows = tables.fetch_all(query).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| last.try_get::<Uuid, _>(0)).transpose()?;
    let mut opener = Opener::new(keyring);
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(entry) = opener.list_row(row)? else { continue };
        let document = match opener.document(row) {
            Ok(document) => document,
            Err(FoldError::Key(KeyError::Ended(_))) => continue,
            Err(error) => return Err(error),
        };
        let by: jiff_sqlx::Date = row.try_get("test_by")?;
        items.push(NotTested {
            entry,
            by: by.to_jiff(),
            station: document.record.trip.border_station.clone(),
            has_number: national_number(&document.record).is_some(),
        });
    }
    Ok(NotTestedPage { items, next: next.map(|entry| entry.to_string()) })
}
