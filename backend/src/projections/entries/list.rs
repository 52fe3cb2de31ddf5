//! Pages and counts of the list of entries.

use super::row::{LIST_COLUMNS, ListRow, OBLIGATIONS, Opener, STATUSES, entry_id, place_of};
use crate::log::keyring::{KeyError, Keyring};
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use api::entries::{EntryCounts, EntryFilter, EntryRow, EntrySort, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX};
use events::{Epoch, StreamId};
use jiff::Timestamp;
use sqlx::{FromRow, Postgres, QueryBuilder, Row};
use uuid::Uuid;

/// Counting stops here: nobody reads further digits, and a count must not be slow.
const COUNT_MAX: i64 = 1_000_000;

/// A page of rows and where the next one begins.
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// What a list leaves out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hides {
    /// Whose address is protected.
    Protected,
    /// Nobody: the workbench is for those who may see all, and what cannot be routed is never lost.
    Nothing,
}

/// A cursor that is none.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this list")]
pub struct BadCursor;

/// Where a page ended: the sort key and the entry. Neither tells anything about a person.
pub(super) struct Cursor {
    pub(super) key: String,
    pub(super) entry: Uuid,
}

impl Cursor {
    pub(super) fn parse(text: &str) -> Result<Cursor, BadCursor> {
        let (key, entry) = text.rsplit_once('~').ok_or(BadCursor)?;
        let well_formed =
            key.len() <= 40 && key.chars().all(|c| c.is_ascii_alphanumeric() || "-:.".contains(c));
        if !well_formed {
            return Err(BadCursor);
        }
        Ok(Cursor { key: key.to_owned(), entry: entry.parse().map_err(|_| BadCursor)? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}~{}", self.key, self.entry)
    }
}

/// Why a page cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The cursor is none.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// A failure.
    #[error(transparent)]
    Failed(#[from] FoldError),
}

impl From<sqlx::Error> for PageError {
    fn from(error: sqlx::Error) -> Self {
        PageError::Failed(error.into())
    }
}

fn conditions(sql: &mut QueryBuilder<Postgres>, filter: &EntryFilter, hides: Hides, now: Timestamp) {
    // Rows of an epoch that has just ended may still lie there; they are not shown.
    sql.push(" where entry >= ").push_bind(StreamId::first_of(Epoch::oldest_live(now)).0);
    if hides == Hides::Protected {
        sql.push(" and not protected");
    }
    if let Some(municipality) = &filter.municipality {
        sql.push(" and municipality = ").push_bind(municipality.clone());
    }
    if filter.unroutable {
        sql.push(" and municipality is null");
    }
    if let Some(status) = &filter.status {
        sql.push(" and status = ").push_bind(place_of(&STATUSES, status));
    }
    if let Some(obligation) = &filter.obligation {
        sql.push(" and obligation = ").push_bind(place_of(&OBLIGATIONS, obligation));
    }
    if let Some(from) = filter.arrival_from {
        sql.push(" and arrival >= ").push_bind(jiff_sqlx::Date::from(from));
    }
    if let Some(to) = filter.arrival_to {
        sql.push(" and arrival <= ").push_bind(jiff_sqlx::Date::from(to));
    }
    for (column, value) in
        [("language", &filter.language), ("place", &filter.place), ("employer", &filter.employer)]
    {
        if let Some(value) = value {
            sql.push(" and ").push(column).push(" = ").push_bind(value.clone());
        }
    }
}

/// A page of the list. What may be seen is in the filter already.
pub async fn page(
    tables: &Readers,
    keyring: &Keyring,
    filter: &EntryFilter,
    now: Timestamp,
) -> Result<Page<EntryRow>, PageError> {
    let mut sql = QueryBuilder::new(format!("select {LIST_COLUMNS} from read.entry"));
    let limit = order(&mut sql, filter, Hides::Protected, now)?;
    let rows = tables.fetch_all(sql.build()).await?;
    let mut opener = Opener::new(keyring);
    let (rows, next) = split(rows, limit, filter.sort)?;
    let items = rows.iter().filter_map(|row| opener.list_row(row).transpose()).collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

/// Conditions, place to begin, order and limit. Returns the limit; one row more is asked for.
fn order(
    sql: &mut QueryBuilder<Postgres>,
    filter: &EntryFilter,
    hides: Hides,
    now: Timestamp,
) -> Result<usize, BadCursor> {
    let limit = filter.limit.unwrap_or(PAGE_LIMIT_DEFAULT).clamp(1, PAGE_LIMIT_MAX);
    conditions(sql, filter, hides, now);
    let (column, kind, descending) = sort_column(filter.sort);
    if let Some(cursor) = &filter.cursor {
        let cursor = Cursor::parse(cursor)?;
        sql.push(format!(" and ({column}, entry) {} (", if descending { "<" } else { ">" }));
        match kind {
            "date" => {
                let key: jiff::civil::Date = cursor.key.parse().map_err(|_| BadCursor)?;
                sql.push_bind(jiff_sqlx::Date::from(key));
            }
            _timestamp => {
                let key: Timestamp = cursor.key.parse().map_err(|_| BadCursor)?;
                sql.push_bind(jiff_sqlx::Timestamp::from(key));
            }
        }
        sql.push(", ").push_bind(cursor.entry).push(")");
    }
    let direction = if descending { "desc" } else { "asc" };
    sql.push(format!(" order by {column} {direction}, entry {direction} limit "));
    sql.push_bind(i64::from(limit) + 1);
    Ok(usize::try_from(limit).unwrap_or(usize::MAX))
}

fn sort_column(sort: EntrySort) -> (&'static str, &'static str, bool) {
    match sort {
        EntrySort::ArrivalDescending => ("arrival", "date", true),
        EntrySort::ArrivalAscending => ("arrival", "date", false),
        EntrySort::RegisteredDescending => ("registered_at", "timestamp", true),
        EntrySort::RegisteredAscending => ("registered_at", "timestamp", false),
    }
}

/// Takes the one row too many off, and makes the cursor of the last row left.
fn split(
    mut rows: Vec<sqlx::postgres::PgRow>,
    limit: usize,
    sort: EntrySort,
) -> Result<(Vec<sqlx::postgres::PgRow>, Option<String>), sqlx::Error> {
    if rows.len() <= limit {
        return Ok((rows, None));
    }
    rows.truncate(limit);
    let Some(last) = rows.last() else { return Ok((rows, None)) };
    let entry: Uuid = last.try_get("entry")?;
    let (column, kind, _) = sort_column(sort);
    let key = match kind {
        "date" => last.try_get::<jiff_sqlx::Date, _>(column)?.to_jiff().to_string(),
        _timestamp => last.try_get::<jiff_sqlx::Timestamp, _>(column)?.to_jiff().to_string(),
    };
    Ok((rows, Some(Cursor { key, entry }.to_string())))
}

/// Counts for a filter; cursor, limit and sort do not matter.
pub async fn count(tables: &Readers, filter: &EntryFilter, now: Timestamp) -> Result<EntryCounts, FoldError> {
    let mut sql = QueryBuilder::new("select status, count(*) from (select status from read.entry");
    conditions(&mut sql, filter, Hides::Protected, now);
    sql.push(" limit ").push_bind(COUNT_MAX).push(") counted group by status");
    let rows = tables.fetch_all(sql.build()).await?;
    let rows = rows.iter().map(FromRow::from_row).collect::<Result<Vec<(i16, i64)>, _>>()?;
    let of =
        |place: i16| rows.iter().filter(|row| row.0 == place).map(|row| row.1.unsigned_abs()).sum::<u64>();
    Ok(EntryCounts {
        total: rows.iter().map(|row| row.1.unsigned_abs()).sum(),
        not_set: of(0),
        ok: of(1),
        not_ok: of(2),
        no_answer: of(3),
        all: 0,
    })
}

/// Entries that no municipality is responsible for, those whose data end soonest first.
pub async fn unroutable(
    tables: &Readers,
    keyring: &Keyring,
    cursor: Option<String>,
    now: Timestamp,
) -> Result<Page<(EntryRow, ListRow)>, PageError> {
    let filter = EntryFilter {
        unroutable: true,
        sort: EntrySort::RegisteredAscending,
        cursor,
        ..EntryFilter::default()
    };
    let mut sql = QueryBuilder::new(format!("select {LIST_COLUMNS}, version, document from read.entry"));
    let limit = order(&mut sql, &filter, Hides::Nothing, now)?;
    let rows = tables.fetch_all(sql.build()).await?;
    let (rows, next) = split(rows, limit, filter.sort)?;
    let mut opener = Opener::new(keyring);
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(list_row) = opener.list_row(row)? else { continue };
        let document = match opener.document(row) {
            Ok(document) => document,
            Err(FoldError::Key(KeyError::Ended(_))) => continue,
            Err(error) => return Err(error.into()),
        };
        let version = u32::try_from(row.try_get::<i32, _>("version")?).unwrap_or(0);
        let registered_at = list_row.registered_at;
        items.push((list_row, ListRow { entry: entry_id(row)?, version, registered_at, document }));
    }
    Ok(Page { items, next })
}
