//! Searching the log of disclosures, latest first.

use super::Disclosures;
use super::rows::{self, COLUMNS};
use api::disclosures::{Disclosure, DisclosureFilter, DisclosurePage};
use api::entries::{PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX};
use jiff::Timestamp;
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

/// Why nothing was found.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The cursor is none.
    #[error("not a cursor of this list")]
    Cursor,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Where a page ended.
struct Cursor {
    at: Timestamp,
    disclosure: Uuid,
    part: i32,
}

impl Cursor {
    fn parse(text: &str) -> Option<Cursor> {
        let mut parts = text.split('~');
        let cursor = Cursor {
            at: parts.next()?.parse().ok()?,
            disclosure: parts.next()?.parse().ok()?,
            part: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(cursor)
    }

    fn after(last: &Disclosure) -> String {
        format!("{}~{}~{}", last.at, last.id, last.part)
    }
}

impl Disclosures {
    /// A page of what fits a filter.
    pub async fn search(&self, filter: &DisclosureFilter) -> Result<DisclosurePage, SearchError> {
        let limit = filter.limit.unwrap_or(PAGE_LIMIT_DEFAULT).clamp(1, PAGE_LIMIT_MAX);
        let mut sql = QueryBuilder::new(format!("select {COLUMNS} from log.disclosure where true"));
        conditions(&mut sql, filter);
        if let Some(cursor) = &filter.cursor {
            let cursor = Cursor::parse(cursor).ok_or(SearchError::Cursor)?;
            // By one column and then by all: the first alone finds the place in the index.
            let at = jiff_sqlx::Timestamp::from(cursor.at);
            sql.push(" and at <= ").push_bind(at).push(" and (at < ").push_bind(at);
            sql.push(" or (disclosure, part) > (").push_bind(cursor.disclosure).push(", ");
            sql.push_bind(cursor.part).push("))");
        }
        sql.push(" order by at desc, disclosure, part limit ").push_bind(i64::from(limit) + 1);
        let found = sql.build().fetch_all(self.log.pool()).await?;
        let read = |row| rows::read(row, self.log.keyring());
        let mut items = found.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = items.last().filter(|_| more).map(Cursor::after);
        Ok(DisclosurePage { items, next })
    }

    /// All disclosures of an entry, oldest first, at most so many.
    pub(super) async fn of_entry(&self, entry: Uuid, limit: u32) -> Result<Vec<Disclosure>, sqlx::Error> {
        let mut sql =
            QueryBuilder::new(format!("select {COLUMNS} from log.disclosure where entries @> array["));
        sql.push_bind(entry).push("] order by at, disclosure, part limit ").push_bind(i64::from(limit));
        let found = sql.build().fetch_all(self.log.pool()).await?;
        found.iter().map(|row| rows::read(row, self.log.keyring())).collect()
    }
}

fn conditions(sql: &mut QueryBuilder<Postgres>, filter: &DisclosureFilter) {
    if let Some(entry) = filter.entry {
        sql.push(" and entries @> array[").push_bind(entry).push("]");
    }
    for (column, value) in
        [("who", &filter.who), ("receiver", &filter.municipality), ("receiver", &filter.receiver)]
    {
        if let Some(value) = value {
            sql.push(" and ").push(column).push(" = ").push_bind(value.clone());
        }
    }
    if let Some(kind) = &filter.kind {
        sql.push(" and kind = ").push_bind(rows::code(kind));
    }
    if let Some(from) = filter.from {
        sql.push(" and at >= ").push_bind(jiff_sqlx::Timestamp::from(from));
    }
    if let Some(until) = filter.until {
        sql.push(" and at < ").push_bind(jiff_sqlx::Timestamp::from(until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_is_written_and_nothing_else_is_one() {
        let text = "2021-03-15T12:00:00Z~00000000-0000-4000-8000-000000000001~7";
        let cursor = Cursor::parse(text).unwrap();
        assert_eq!(format!("{}~{}~{}", cursor.at, cursor.disclosure, cursor.part), text);
        for none in ["", "x", "2021-03-15T12:00:00Z", &format!("{text}~8")] {
            assert!(Cursor::parse(none).is_none(), "{none}");
        }
    }
}
