//! A row of either view. What tells of health stands beside the rest, and only where the server sent it.

use api::municipality::{Due, LastCall, MunicipalPage, MunicipalRow, PlainCall, PlainPage, PlainRow};
use api::results::Sample;

/// A page of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Position of the log that the list had reached.
    pub position: u64,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What everybody sees.
    pub plain: PlainRow,
    /// What tells of health.
    pub health: Option<Health>,
}

/// What tells of health.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// The last attempt, with what it came to.
    pub last_call: Option<LastCall>,
    /// What is to come.
    pub due: Due,
    /// The latest sample.
    pub result: Option<Sample>,
}

impl From<MunicipalPage> for Page {
    fn from(page: MunicipalPage) -> Page {
        let MunicipalPage { items, next, position } = page;
        Page { rows: items.into_iter().map(Row::from).collect(), next, position }
    }
}

impl From<PlainPage> for Page {
    fn from(page: PlainPage) -> Page {
        let PlainPage { items, next, position } = page;
        let rows = items.into_iter().map(|plain| Row { plain, health: None }).collect();
        Page { rows, next, position }
    }
}

impl From<MunicipalRow> for Row {
    fn from(row: MunicipalRow) -> Row {
        let last_call = row.last_call.as_ref().map(|call| PlainCall { at: call.at, contact: call.contact });
        let plain = PlainRow {
            id: row.id,
            ends_at: row.ends_at,
            arrival: row.arrival,
            municipality: row.municipality,
            since: row.since,
            status: row.status,
            obligation: row.obligation,
            quarantine_ends_at: row.quarantine_ends_at,
            language: row.language,
            person: row.person,
            stay: row.stay,
            calls: row.calls,
            last_call,
            moved: row.moved,
            mark: row.mark,
        };
        let health = Health { last_call: row.last_call, due: row.due, result: row.result };
        Row { plain, health: Some(health) }
    }
}
