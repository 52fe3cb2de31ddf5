//! The lists of a municipality: pages and counts, for those who may see what tells of health and for those who may not.

use super::plain::Plain;
use super::plain::stay;
use super::row::{
    ARRIVAL_NOT_TOLD, Document, OBLIGATIONS, Opener, STATUSES, at_place, entry_id, headline, obligation,
    place_of, status,
};
use crate::intake::in_force::{InForce, owed};
use crate::log::keyring::{KeyError, Keyring};
use crate::projections::cores::on_all_cores;
use crate::projections::entries::list::{BadCursor, Cursor, Page, PageError};
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use crate::rules::belonging::{Moved, MovedBecause, Relation, SEEN_AFTERWARDS};
use crate::rules::calls::Calls;
use crate::rules::queue::{self, CLASS_CALL_BACK, Out, Scene, Standing};
use api::entries::{EntrySort, Obligation, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX};
use api::municipality::{
    Due, LastCall, Move, MoveReason, MunicipalCounts, MunicipalFilter, MunicipalRow, News, NextStep,
    PlainEntry, PlainRow, RowMark, Tab,
};
use api::results::Sample;
use events::follow_up::FollowUpPolicy;
use events::record::FollowUpStatus;
use events::{EntryId, Epoch, Personal, StreamId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::postgres::PgRow;
use sqlx::{Postgres, QueryBuilder, Row};

/// Rows of a page of a file: more than a screen asks for, and still little in memory.
pub const EXPORT_PAGE: u32 = 1_000;
/// As many rows are opened where they are: those of a screen.
const FEW: usize = 200;

/// What is asked of a municipality's lists.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The municipality.
    pub municipality: &'a str,
    /// The filter.
    pub filter: &'a MunicipalFilter,
    /// Whether those are shown whose address is protected.
    pub protected: bool,
    /// Now.
    pub now: Timestamp,
}

/// Which of the two views: their columns come from tables of their own.
#[derive(Clone, Copy)]
struct View {
    from: &'static str,
    columns: &'static str,
    /// Column of the position of the last change that the view shows.
    changed: &'static str,
}

const HEALTH: View = View {
    from: "read.entry_municipality m join read.entry v using (entry)",
    columns: "v.version, v.registered_at, v.document",
    changed: "m.changed_position",
};
const PLAIN: View = View {
    from: "read.entry_municipality m join read.plain_entry v using (entry)",
    columns: "v.sealed",
    changed: "m.changed_plain",
};

/// What stands in a row about its tie to the municipality.
const TIE_COLUMNS: &str = "m.entry, m.arrival, m.since, m.until, m.since_position, m.until_position";

/// A page of the list of those who may see what tells of health.
pub async fn municipal_page(
    tables: &Readers,
    keyring: &Keyring,
    asked: Asked<'_>,
    in_force: &InForce,
) -> Result<Page<MunicipalRow>, PageError> {
    let (rows, next) = fetch(tables, asked, HEALTH).await?;
    let items = open_all(rows, |row| {
        let document = Opener::new(keyring).document(row)?;
        let tie = TieOfRow::read(row, asked.filter)?;
        let registered_at: jiff_sqlx::Timestamp = row.try_get("registered_at")?;
        let version = u32::try_from(row.try_get::<i32, _>("version")?).unwrap_or(0);
        Ok(tie.municipal_row(version, registered_at.to_jiff(), document, in_force, asked.now))
    })?;
    Ok(Page { items, next })
}

/// Opens rows, but for those of an epoch that has just ended: their entries are gone, the rows merely not yet.
fn open_all<R: Send>(
    rows: Vec<PgRow>,
    open: impl Fn(&PgRow) -> Result<R, FoldError> + Sync,
) -> Result<Vec<R>, FoldError> {
    let opened = on_all_cores(rows, FEW, |row| match open(&row) {
        Err(FoldError::Key(KeyError::Ended(_))) => None,
        opened => Some(opened),
    });
    opened.into_iter().flatten().collect()
}

/// A page of the list without what tells of health.
pub async fn plain_page(
    tables: &Readers,
    keyring: &Keyring,
    asked: Asked<'_>,
) -> Result<Page<PlainRow>, PageError> {
    let (rows, next) = fetch(tables, asked, PLAIN).await?;
    let items = open_all(rows, |row| {
        let plain = Opener::new(keyring).plain(row)?;
        Ok(TieOfRow::read(row, asked.filter)?.plain_row(plain, asked.now))
    })?;
    Ok(Page { items, next })
}

/// One entry without what tells of health, as a municipality sees it; `None` when it does not.
pub async fn plain_entry(
    tables: &Readers,
    keyring: &Keyring,
    municipality: &str,
    entry: EntryId,
    now: Timestamp,
) -> Result<Option<PlainEntry>, FoldError> {
    keyring.epoch(entry.epoch())?;
    let mut sql = QueryBuilder::new(format!(
        "select {TIE_COLUMNS}, {} as changed, {} from {} where m.entry = ",
        PLAIN.changed, PLAIN.columns, PLAIN.from
    ));
    sql.push_bind(entry.uuid())
        .push(" and not m.protected and m.municipality = ")
        .push_bind(municipality.to_owned());
    sql.push(" and (m.until is null or (m.relation = 0 and m.until > ").push_bind(lately(now));
    sql.push(")) order by m.until nulls first, m.relation limit 1");
    let Some(row) = tables.fetch_all(sql.build()).await?.pop() else { return Ok(None) };
    let plain = Opener::new(keyring).plain(&row)?;
    let (version, registered_at) = (plain.version, plain.registered_at);
    let (phones, travellers) = (plain.facts.phones.clone(), plain.facts.travellers);
    let row = TieOfRow::read(&row, &MunicipalFilter::default())?.plain_row(plain, now);
    Ok(Some(PlainEntry { row, version, registered_at, phones, travellers }))
}

/// Rows of a page, and the cursor of the next one.
async fn fetch(
    tables: &Readers,
    asked: Asked<'_>,
    view: View,
) -> Result<(Vec<PgRow>, Option<String>), PageError> {
    let mut sql = QueryBuilder::new(format!(
        "select {TIE_COLUMNS}, {} as changed, {} from {} where ",
        view.changed, view.columns, view.from
    ));
    conditions(&mut sql, asked, view);
    let (column, descending) = sort(asked.filter.sort);
    if let Some(cursor) = &asked.filter.cursor {
        after(&mut sql, cursor, column, descending)?;
    }
    let direction = if descending { "desc" } else { "asc" };
    match column {
        SortColumn::Arrival => sql.push(format!(" order by m.arrival {direction}, m.entry {direction}")),
        SortColumn::Entry => sql.push(format!(" order by m.entry {direction}")),
    };
    let limit = asked.filter.limit.unwrap_or(PAGE_LIMIT_DEFAULT).clamp(1, PAGE_LIMIT_MAX.max(EXPORT_PAGE));
    sql.push(" limit ").push_bind(i64::from(limit) + 1);
    let mut rows = tables.fetch_all(sql.build()).await?;
    if rows.len() <= limit as usize {
        return Ok((rows, None));
    }
    rows.truncate(limit as usize);
    let Some(last) = rows.last() else { return Ok((rows, None)) };
    let arrival: jiff_sqlx::Date = last.try_get("arrival")?;
    let next = Cursor { key: arrival.to_jiff().to_string(), entry: last.try_get(0)? };
    Ok((rows, Some(next.to_string())))
}

/// What a list is sorted by.
#[derive(Clone, Copy)]
enum SortColumn {
    Arrival,
    /// An entry's id begins with its epoch, and so with when its data end.
    Entry,
}

fn sort(sort: EntrySort) -> (SortColumn, bool) {
    match sort {
        EntrySort::ArrivalDescending => (SortColumn::Arrival, true),
        EntrySort::ArrivalAscending => (SortColumn::Arrival, false),
        EntrySort::RegisteredDescending => (SortColumn::Entry, true),
        EntrySort::RegisteredAscending => (SortColumn::Entry, false),
    }
}

fn after(
    sql: &mut QueryBuilder<Postgres>,
    cursor: &str,
    column: SortColumn,
    descending: bool,
) -> Result<(), BadCursor> {
    let cursor = Cursor::parse(cursor)?;
    let beyond = if descending { "<" } else { ">" };
    match column {
        SortColumn::Arrival => {
            let key: Date = cursor.key.parse().map_err(|_| BadCursor)?;
            sql.push(format!(" and (m.arrival, m.entry) {beyond} ("));
            sql.push_bind(jiff_sqlx::Date::from(key)).push(", ").push_bind(cursor.entry).push(")");
        }
        SortColumn::Entry => {
            sql.push(format!(" and m.entry {beyond} ")).push_bind(cursor.entry);
        }
    }
    Ok(())
}

fn lately(now: Timestamp) -> jiff_sqlx::Timestamp {
    now.saturating_sub(SEEN_AFTERWARDS).unwrap_or(Timestamp::MIN).into()
}

fn relation(tab: Tab) -> Relation {
    match tab {
        Tab::Responsible | Tab::Formerly => Relation::Responsible,
        Tab::Hotel => Relation::Hotel,
        Tab::Destination => Relation::Destination,
    }
}

fn conditions(sql: &mut QueryBuilder<Postgres>, asked: Asked<'_>, view: View) {
    let filter = asked.filter;
    sql.push("m.municipality = ").push_bind(asked.municipality.to_owned());
    sql.push(" and m.relation = ").push_bind(relation(filter.tab) as i16);
    match filter.tab {
        Tab::Formerly => sql.push(" and m.until > ").push_bind(lately(asked.now)),
        Tab::Responsible | Tab::Hotel | Tab::Destination => sql.push(" and m.until is null"),
    };
    if !asked.protected {
        sql.push(" and not m.protected");
    }
    // Rows of an epoch that has just ended may still lie there; they are not shown.
    sql.push(" and m.entry >= ").push_bind(StreamId::first_of(Epoch::oldest_live(asked.now)).0);
    if let Some(status) = &filter.status {
        sql.push(" and v.status = ").push_bind(place_of(&STATUSES, status));
    }
    if let Some(obligation) = &filter.obligation {
        sql.push(" and v.obligation = ").push_bind(place_of(&OBLIGATIONS, obligation));
    }
    if let Some(from) = filter.arrival_from {
        sql.push(" and m.arrival >= ").push_bind(jiff_sqlx::Date::from(from));
    }
    if let Some(to) = filter.arrival_to {
        sql.push(" and m.arrival <= ").push_bind(jiff_sqlx::Date::from(to));
    }
    for (column, value) in [("v.language", &filter.language), ("v.place", &filter.place)] {
        if let Some(value) = value {
            sql.push(" and ").push(column).push(" = ").push_bind(value.clone());
        }
    }
    if let (Some(news), Some(since)) = (filter.news, filter.since) {
        let since = i64::try_from(since).unwrap_or(i64::MAX);
        let came = if filter.tab == Tab::Formerly { "m.until_position" } else { "m.since_position" };
        match news {
            News::New => sql.push(format!(" and {came} > ")).push_bind(since),
            News::Changed => {
                sql.push(format!(" and {came} <= ")).push_bind(since);
                sql.push(format!(" and {} > ", view.changed)).push_bind(since)
            }
            News::Either => sql.push(format!(" and greatest({came}, {}) > ", view.changed)).push_bind(since),
        };
    }
}

/// How many there are. `health`: whether changes that tell of health count.
pub async fn municipal_counts(
    tables: &Readers,
    asked: Asked<'_>,
    health: bool,
) -> Result<MunicipalCounts, FoldError> {
    let view = if health { HEALTH } else { PLAIN };
    let since = i64::try_from(asked.filter.since.unwrap_or(u64::MAX)).unwrap_or(i64::MAX);
    let query = sqlx::query(
        "select count(*) filter (where relation = 0 and until is null),
                count(*) filter (where relation = 1 and until is null),
                count(*) filter (where relation = 2 and until is null),
                count(*) filter (where relation = 0 and until > $3),
                count(*) filter (where relation = 0 and until_position > $4)
         from read.entry_municipality where municipality = $1 and entry >= $2 and ($5 or not protected)",
    )
    .bind(asked.municipality)
    .bind(StreamId::first_of(Epoch::oldest_live(asked.now)).0)
    .bind(lately(asked.now))
    .bind(since)
    .bind(asked.protected);
    let tabs = tables.fetch_all(query).await?;
    let count = |rows: &[PgRow], place: usize| -> Result<u64, sqlx::Error> {
        rows.first().map_or(Ok(0), |row| row.try_get::<i64, _>(place).map(i64::unsigned_abs))
    };
    let filter = MunicipalFilter { news: None, ..asked.filter.clone() };
    let came = if filter.tab == Tab::Formerly { "m.until_position" } else { "m.since_position" };
    let mut sql = QueryBuilder::new(format!("select count(*), count(*) filter (where {came} > "));
    sql.push_bind(since).push(format!("), count(*) filter (where {came} <= ")).push_bind(since);
    sql.push(format!(" and {} > ", view.changed)).push_bind(since);
    sql.push(format!(") from {} where ", view.from));
    conditions(&mut sql, Asked { filter: &filter, ..asked }, view);
    let of_tab = tables.fetch_all(sql.build()).await?;
    Ok(MunicipalCounts {
        responsible: count(&tabs, 0)?,
        hotel: count(&tabs, 1)?,
        destination: count(&tabs, 2)?,
        formerly: count(&tabs, 3)?,
        moved_away: count(&tabs, 4)?,
        total: count(&of_tab, 0)?,
        new: count(&of_tab, 1)?,
        changed: count(&of_tab, 2)?,
        ended: 0,
    })
}

/// What a row says of its tie to the municipality.
struct TieOfRow {
    entry: EntryId,
    arrival: Option<Date>,
    since: Timestamp,
    mark: Option<RowMark>,
}

impl TieOfRow {
    fn read(row: &PgRow, filter: &MunicipalFilter) -> Result<TieOfRow, FoldError> {
        let arrival: jiff_sqlx::Date = row.try_get("arrival")?;
        let arrival = arrival.to_jiff();
        let since: jiff_sqlx::Timestamp = row.try_get("since")?;
        let position = |column: &str| -> Result<u64, sqlx::Error> {
            Ok(row.try_get::<Option<i64>, _>(column)?.map_or(0, i64::unsigned_abs))
        };
        let (came, left, changed) =
            (position("since_position")?, position("until_position")?, position("changed")?);
        let mark = filter.since.and_then(|seen| match filter.tab {
            Tab::Formerly if left > seen => Some(RowMark::Gone),
            Tab::Responsible | Tab::Hotel | Tab::Destination if came > seen => Some(RowMark::New),
            Tab::Responsible | Tab::Hotel | Tab::Destination | Tab::Formerly => {
                (changed > seen).then_some(RowMark::Changed)
            }
        });
        Ok(TieOfRow {
            entry: entry_id(row)?,
            arrival: (arrival != ARRIVAL_NOT_TOLD).then_some(arrival),
            since: since.to_jiff(),
            mark,
        })
    }

    fn municipal_row(
        self,
        version: u32,
        registered_at: Timestamp,
        document: Document,
        in_force: &InForce,
        now: Timestamp,
    ) -> MunicipalRow {
        let record = &document.record;
        let assessment = in_force.assess(registered_at, record, &document.results);
        let owed = owed(self.entry, &assessment, &document.results);
        let scene = document.scene_of(self.entry, registered_at, owed);
        MunicipalRow {
            id: self.entry.uuid(),
            version,
            ends_at: self.entry.epoch().ends_at(),
            arrival: self.arrival,
            municipality: document.routing.responsible_municipality.clone(),
            since: self.since,
            status: status(&document),
            obligation: obligation(record),
            quarantine_ends_at: assessment.ends.as_ref().map(|end| end.at),
            language: record.person.language.clone(),
            person: Personal(headline(record)),
            stay: Personal(stay(record)),
            calls: u32::try_from(document.calls.attempts.len()).unwrap_or(u32::MAX),
            last_call: last_call(&document.calls),
            due: due(&scene, &in_force.policy),
            result: document.results.samples.effective().pop().map(Sample::from),
            moved: document.belonging.moved_lately(now).map(told),
            mark: self.mark,
        }
    }

    fn plain_row(self, plain: Plain, now: Timestamp) -> PlainRow {
        let facts = plain.facts;
        let lately = |at: Timestamp| now.duration_since(at) < SEEN_AFTERWARDS;
        PlainRow {
            id: self.entry.uuid(),
            ends_at: self.entry.epoch().ends_at(),
            arrival: self.arrival,
            municipality: facts.municipality,
            since: self.since,
            status: at_place(&STATUSES, facts.status, FollowUpStatus::NotSet),
            obligation: at_place(&OBLIGATIONS, facts.obligation, Obligation::Unknown),
            quarantine_ends_at: plain.quarantine_ends_at,
            language: facts.language,
            person: facts.headline,
            stay: facts.stay,
            calls: facts.calls,
            last_call: facts.last_call,
            moved: facts.moved.filter(|moved| lately(moved.at)).map(|moved| Move {
                from: moved.from,
                to: moved.to,
                at: moved.at,
                why: reason(moved.because),
                words: None,
            }),
            mark: self.mark,
        }
    }
}

fn last_call(calls: &Calls) -> Option<LastCall> {
    let attempt = calls.attempts.last()?;
    let said = attempt.concluded.as_ref();
    Some(LastCall {
        at: attempt.dialled_at,
        direction: attempt.direction,
        contact: said.map(|said| said.outcome.contact),
        assessment: said.and_then(|said| said.outcome.assessment),
        breach_grounds: said.map(|said| said.outcome.breach_grounds.clone()).unwrap_or_default(),
        corrected: said.is_some_and(|said| said.corrected),
    })
}

fn due(scene: &Scene<'_>, policy: &FollowUpPolicy) -> Due {
    match queue::standing(scene, policy) {
        Standing::In(turn) => {
            let step = if turn.class == CLASS_CALL_BACK { NextStep::CallBack } else { NextStep::Call };
            Due { step, at: Some(turn.due_at) }
        }
        Standing::Out(out) => {
            let step = match out {
                Out::NotObliged | Out::Exempt => NextStep::NotObliged,
                Out::NoNumber | Out::AttemptsUsedUp => NextStep::NotReached,
                Out::NotSampled | Out::TooLate => NextStep::NotCalled,
                Out::FollowedUp => NextStep::FollowedUp,
                Out::Departed => NextStep::Departed,
                Out::HandedOver | Out::Protected => NextStep::HandedOver,
            };
            Due { step, at: None }
        }
    }
}

fn told(moved: &Moved) -> Move {
    Move {
        from: moved.from.clone(),
        to: moved.to.clone(),
        at: moved.at,
        why: reason(moved.because),
        words: moved.words.clone(),
    }
}

fn reason(because: MovedBecause) -> MoveReason {
    match because {
        MovedBecause::HotelStay => MoveReason::HotelStay,
        MovedBecause::HotelLeft => MoveReason::HotelLeft,
        MovedBecause::SourceChanged => MoveReason::SourceChanged,
        MovedBecause::Decided => MoveReason::Decided,
        MovedBecause::Declined => MoveReason::Declined,
    }
}
