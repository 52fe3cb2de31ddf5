//! Search over sealed rows: the query becomes tokens, asked for all live epochs at once.

use super::row::{LIST_COLUMNS, Opener};
use super::tokens::{Reading, readings};
use crate::log::keyring::Keyring;
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use api::entries::{EntryRow, MatchedBy, SearchHit, SearchResult};
use events::{Epoch, StreamId};
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Row};
use std::collections::HashSet;
use uuid::Uuid;

/// Hits that are shown at most.
const HITS_MAX: usize = 50;
/// Characters of a query that are looked at.
const QUERY_CHARS_MAX: usize = 120;

/// Finds entries by what somebody typed; `municipality` limits what may be seen, `protected` says whether those whose
/// address is protected may be.
pub async fn search(
    tables: &Readers,
    keyring: &Keyring,
    query: &str,
    municipality: Option<&str>,
    protected: bool,
    now: Timestamp,
) -> Result<SearchResult, FoldError> {
    let query: String = query.chars().take(QUERY_CHARS_MAX).collect();
    let mut hits: Vec<SearchHit> = Vec::new();
    let mut seen: HashSet<Uuid> = HashSet::new();
    let mut opener = Opener::new(keyring);
    let mut more = false;
    for reading in readings(&query) {
        let found = ask(tables, keyring, &reading, (municipality, protected), now).await?;
        collect(&mut opener, &found, reading.matched_by, &mut seen, &mut hits)?;
        if hits.len() > HITS_MAX {
            more = true;
            break;
        }
    }
    let org_number: String = query.chars().filter(|c| !c.is_whitespace()).collect();
    if !more && org_number.len() == 9 && org_number.chars().all(|c| c.is_ascii_digit()) {
        let found = by_employer(tables, &org_number, municipality).await?;
        collect(&mut opener, &found, MatchedBy::Employer, &mut seen, &mut hits)?;
        more = hits.len() > HITS_MAX;
    }
    hits.truncate(HITS_MAX);
    Ok(SearchResult { hits, more })
}

/// Finds entries by a whole number, phone or reference code, in all municipalities, but for those whose address is
/// protected; `None` when what was typed can be none of these.
pub async fn look_up(
    tables: &Readers,
    keyring: &Keyring,
    query: &str,
    now: Timestamp,
) -> Result<Option<Vec<EntryRow>>, FoldError> {
    if query.chars().count() > QUERY_CHARS_MAX {
        return Ok(None);
    }
    let exact = |reading: &Reading| match reading.matched_by {
        MatchedBy::Identity | MatchedBy::ReferenceCode | MatchedBy::Phone => true,
        MatchedBy::Employer | MatchedBy::Name | MatchedBy::NamePrefix | MatchedBy::NameSound => false,
    };
    let readings: Vec<Reading> = readings(query).into_iter().filter(exact).collect();
    if readings.is_empty() {
        return Ok(None);
    }
    let (mut hits, mut seen) = (Vec::new(), HashSet::new());
    let mut opener = Opener::new(keyring);
    for reading in readings {
        let found = ask(tables, keyring, &reading, (None, false), now).await?;
        collect(&mut opener, &found, reading.matched_by, &mut seen, &mut hits)?;
    }
    hits.truncate(HITS_MAX);
    Ok(Some(hits.into_iter().map(|hit| hit.entry).collect()))
}

fn collect(
    opener: &mut Opener<'_>,
    rows: &[sqlx::postgres::PgRow],
    matched_by: MatchedBy,
    seen: &mut HashSet<Uuid>,
    hits: &mut Vec<SearchHit>,
) -> Result<(), FoldError> {
    for row in rows {
        if seen.insert(row.try_get("entry")?)
            && let Some(entry) = opener.list_row(row)?
        {
            hits.push(SearchHit { matched_by, entry });
        }
    }
    Ok(())
}

/// The entries that have, in some live epoch, a token of every group.
async fn ask(
    tables: &Readers,
    keyring: &Keyring,
    reading: &Reading,
    (municipality, protected): (Option<&str>, bool),
    now: Timestamp,
) -> Result<Vec<sqlx::postgres::PgRow>, FoldError> {
    let (mut groups, mut tokens) = (Vec::new(), Vec::new());
    for (_, key) in keyring.live_epochs()? {
        for (terms, group) in reading.groups.iter().zip(0_i32..) {
            for term in terms {
                groups.push(group);
                tokens.push(term.token(&key));
            }
        }
    }
    let oldest = StreamId::first_of(Epoch::oldest_live(now)).0;
    let query = sqlx::query(AssertSqlSafe(format!(
        "select {LIST_COLUMNS}
         from (select t.entry from read.entry_token t
               join unnest($1::integer[], $2::bigint[]) as wanted (of_group, token) on wanted.token = t.token
               where t.entry >= $3
               group by t.entry having count(distinct wanted.of_group) = $4) found
         join read.entry using (entry)
         where ($5::text is null or municipality = $5) and ($7 or not protected)
         order by registered_at desc limit $6"
    )))
    .bind(groups)
    .bind(tokens)
    .bind(oldest)
    .bind(i64::try_from(reading.groups.len()).unwrap_or(i64::MAX))
    .bind(municipality)
    .bind(i64::try_from(HITS_MAX).unwrap_or(i64::MAX) + 1)
    .bind(protected);
    Ok(tables.fetch_all(query).await?)
}

async fn by_employer(
    tables: &Readers,
    org_number: &str,
    municipality: Option<&str>,
) -> Result<Vec<sqlx::postgres::PgRow>, sqlx::Error> {
    let query = sqlx::query(AssertSqlSafe(format!(
        "select {LIST_COLUMNS} from read.entry where employer = $1 and ($2::text is null or municipality = $2) and not protected
         order by arrival desc, entry desc limit $3"
    )))
    .bind(org_number)
    .bind(municipality)
    .bind(i64::try_from(HITS_MAX).unwrap_or(i64::MAX) + 1);
    tables.fetch_all(query).await
}
