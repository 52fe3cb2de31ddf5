//! What stands in the columns of a file. The two views have columns of their own: that of those who may not see what
//! tells of health has none for it.

use crate::intake::reference::Facts;
use crate::rules::moments::norwegian_day_of;
use api::disclosures::Shown;
use api::entries::{Headline, Obligation};
use api::municipality::{LastCall, Move, MunicipalRow, PlainRow, RowMark, Stay};
use api::results::Sample;
use events::record::FollowUpStatus;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;
use texts::{Language, find, text, text_with};
use uuid::Uuid;

/// A typed value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words. Never a formula, whatever they begin with.
    Text(String),
    /// A number.
    Number(u32),
    /// A day.
    Day(Date),
    /// A moment, shown in Norwegian time.
    Moment(Timestamp),
}

impl Cell {
    fn text(told: Option<&str>) -> Cell {
        told.map_or(Cell::Empty, |told| Cell::Text(told.to_owned()))
    }

    fn day(day: Option<Date>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }

    fn moment(at: Option<Timestamp>) -> Cell {
        at.map_or(Cell::Empty, Cell::Moment)
    }
}

/// Codes and numbers in words.
#[derive(Clone)]
pub struct Words {
    /// In which language.
    pub language: Language,
    /// Names of municipalities.
    pub facts: Arc<Facts>,
    /// Now: names are those of the day.
    pub now: Timestamp,
}

impl Words {
    /// A text.
    pub fn text(&self, key: &str) -> String {
        text(self.language, key)
    }

    /// A text with values in it.
    pub fn text_with(&self, key: &str, args: &[(&str, texts::Arg)]) -> String {
        text_with(self.language, key, args)
    }

    /// A code in words; the code itself when nobody has words for it.
    pub fn code<T: Serialize>(&self, prefix: &str, code: &T) -> String {
        let code = serde_json::to_value(code).ok().and_then(|name| name.as_str().map(str::to_owned));
        let code = code.unwrap_or_default();
        find(self.language, &format!("{prefix}-{code}"), &[]).unwrap_or(code)
    }

    /// A municipality's name and number.
    pub fn municipality(&self, number: &str) -> String {
        match self.facts.postcodes.name(number, norwegian_day_of(self.now)) {
            Some(name) => format!("{name} ({number})"),
            None => number.to_owned(),
        }
    }

    fn municipality_cell(&self, number: Option<&str>) -> Cell {
        number.map_or(Cell::Empty, |number| Cell::Text(self.municipality(number)))
    }

    fn stay(&self, stay: &Stay) -> [Cell; 4] {
        let place = stay.place.as_deref().map(|code| self.code("place", &code));
        [
            Cell::text(place.as_deref()),
            Cell::text(stay.name.as_deref()),
            Cell::text(stay.address.as_deref()),
            Cell::text(stay.postcode.as_deref()),
        ]
    }

    fn moved(&self, moved: Option<&Move>) -> Cell {
        let Some(moved) = moved else { return Cell::Empty };
        let of = |number: &Option<String>| {
            number.as_deref().map_or_else(|| "–".to_owned(), |number| self.municipality(number))
        };
        Cell::Text(format!(
            "{} → {}: {}",
            of(&moved.from),
            of(&moved.to),
            self.code("export-move", &moved.why)
        ))
    }

    fn last_call(&self, call: &LastCall) -> String {
        let said = [
            call.contact.map(|contact| self.code("contact", &contact)),
            call.assessment.map(|assessment| self.code("assessment", &assessment)),
        ];
        let mut said: Vec<String> = said.into_iter().flatten().collect();
        said.extend(call.breach_grounds.iter().map(|ground| self.code("breach", ground)));
        said.join("; ")
    }

    fn result(&self, sample: &Sample) -> String {
        format!(
            "{} ({}, {})",
            self.code("result", &sample.class),
            self.code("test-kind", &sample.kind),
            self.code("sample", &sample.state)
        )
    }
}

/// A row that can stand in a file.
pub trait Exported: Send + Sync + 'static {
    /// As what it stands in the log of disclosures.
    const SHOWN: Shown;
    /// Keys of the columns' headings.
    fn headings() -> Vec<&'static str>;
    /// Whose.
    fn id(&self) -> Uuid;
    /// When it must be gone.
    fn ends_at(&self) -> Timestamp;
    /// What is new about it.
    fn mark(&self) -> Option<RowMark>;
    /// Its values, as many as there are headings.
    fn cells(&self, words: &Words) -> Vec<Cell>;
}

/// What both views show.
struct Common<'a> {
    id: Uuid,
    mark: Option<RowMark>,
    person: &'a Headline,
    arrival: Option<Date>,
    municipality: Option<&'a str>,
    stay: &'a Stay,
    language: Option<&'a str>,
    obligation: Obligation,
    quarantine_ends_at: Option<Timestamp>,
    status: FollowUpStatus,
    calls: u32,
    called_at: Option<Timestamp>,
}

const COMMON: [&str; 17] = [
    "export-id",
    "export-mark",
    "column-name",
    "export-birth-date",
    "column-phone",
    "column-arrival",
    "column-municipality",
    "export-place",
    "export-place-name",
    "export-address",
    "export-postcode",
    "column-language",
    "export-obligation",
    "export-quarantine-ends",
    "column-status",
    "export-calls",
    "export-last-call",
];

impl Common<'_> {
    fn cells(&self, words: &Words) -> Vec<Cell> {
        let [place, name, address, postcode] = words.stay(self.stay);
        vec![
            Cell::Text(self.id.to_string()),
            Cell::text(self.mark.map(|mark| words.code("export-mark", &mark)).as_deref()),
            Cell::text(self.person.name.as_deref()),
            Cell::day(self.person.birth_date),
            Cell::text(self.person.phone.as_deref()),
            Cell::day(self.arrival),
            words.municipality_cell(self.municipality),
            place,
            name,
            address,
            postcode,
            Cell::text(self.language),
            Cell::Text(words.code("obligation", &self.obligation)),
            Cell::moment(self.quarantine_ends_at),
            Cell::Text(words.code("status", &self.status)),
            Cell::Number(self.calls),
            Cell::moment(self.called_at),
        ]
    }
}

impl Exported for MunicipalRow {
    const SHOWN: Shown = Shown::MunicipalRow;

    fn headings() -> Vec<&'static str> {
        let of_health = ["export-outcome", "export-result", "export-due"];
        COMMON.into_iter().chain(of_health).chain(["export-moved", "column-ends"]).collect()
    }

    fn id(&self) -> Uuid {
        self.id
    }

    fn ends_at(&self) -> Timestamp {
        self.ends_at
    }

    fn mark(&self) -> Option<RowMark> {
        self.mark
    }

    fn cells(&self, words: &Words) -> Vec<Cell> {
        let common = Common {
            id: self.id,
            mark: self.mark,
            person: &self.person.0,
            arrival: self.arrival,
            municipality: self.municipality.as_deref(),
            stay: &self.stay.0,
            language: self.language.as_deref(),
            obligation: self.obligation,
            quarantine_ends_at: self.quarantine_ends_at,
            status: self.status,
            calls: self.calls,
            called_at: self.last_call.as_ref().map(|call| call.at),
        };
        let mut cells = common.cells(words);
        cells.extend([
            Cell::text(self.last_call.as_ref().map(|call| words.last_call(call)).as_deref()),
            Cell::text(self.result.as_ref().map(|sample| words.result(sample)).as_deref()),
            Cell::Text(words.code("export-step", &self.due.step)),
            words.moved(self.moved.as_ref()),
            Cell::Moment(self.ends_at),
        ]);
        cells
    }
}

impl Exported for PlainRow {
    const SHOWN: Shown = Shown::PlainRow;

    fn headings() -> Vec<&'static str> {
        COMMON.into_iter().chain(["export-moved", "column-ends"]).collect()
    }

    fn id(&self) -> Uuid {
        self.id
    }

    fn ends_at(&self) -> Timestamp {
        self.ends_at
    }

    fn mark(&self) -> Option<RowMark> {
        self.mark
    }

    fn cells(&self, words: &Words) -> Vec<Cell> {
        let common = Common {
            id: self.id,
            mark: self.mark,
            person: &self.person.0,
            arrival: self.arrival,
            municipality: self.municipality.as_deref(),
            stay: &self.stay.0,
            language: self.language.as_deref(),
            obligation: self.obligation,
            quarantine_ends_at: self.quarantine_ends_at,
            status: self.status,
            calls: self.calls,
            called_at: self.last_call.map(|call| call.at),
        };
        let mut cells = common.cells(words);
        cells.extend([words.moved(self.moved.as_ref()), Cell::Moment(self.ends_at)]);
        cells
    }
}
