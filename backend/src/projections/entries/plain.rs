//! The row without what tells of health: its own table, its own sealed column, made of what is in it and nothing else.
//!
//! It holds nothing of tests and results, nothing of what was said in calls, no ground of an exemption, and no words
//! that somebody wrote. That a call reached somebody, and the follow-up status in the published vocabulary (which does
//! not tell a positive test from keeping the rules), are in it. So is the day on which quarantine ends: that is what
//! those who read it are there to follow up.

use super::codes::{is_language_code, is_place_code};
use super::row::{ARRIVAL_NOT_TOLD, Document, OBLIGATIONS, STATUSES, headline, obligation, place_of, status};
use crate::intake::in_force::InForce;
use crate::rules::belonging::MovedBecause;
use crate::rules::results::Results;
use api::entries::Headline;
use api::municipality::{PlainCall, Stay};
use events::record::EntryRecord;
use events::{EntryId, Personal};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

/// What the sealed column is bound to.
pub(super) const PLAIN_COLUMN: &str = "plain_entry.sealed";

/// What the sealed column holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plain {
    pub(super) registered_at: Timestamp,
    pub(super) version: u32,
    pub(super) quarantine_ends_at: Option<Timestamp>,
    pub(super) facts: PlainFacts,
}

impl Plain {
    /// What an entry's row holds.
    pub(super) fn of(version: u32, registered_at: Timestamp, document: &Document, rules: &InForce) -> Plain {
        // What ends earlier by a test tells of the test.
        let untested = rules.assess(registered_at, &document.record, &Results::default());
        let quarantine_ends_at = untested.ends.map(|end| end.at);
        Plain { registered_at, version, quarantine_ends_at, facts: PlainFacts::of(document) }
    }
}

/// What can change so that a reader sees a difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlainFacts {
    pub(super) arrival: Option<Date>,
    pub(super) municipality: Option<String>,
    pub(super) status: i16,
    pub(super) obligation: i16,
    pub(super) language: Option<String>,
    pub(super) headline: Personal<Headline>,
    pub(super) phones: Personal<Vec<String>>,
    pub(super) stay: Personal<Stay>,
    pub(super) travellers: Option<u32>,
    pub(super) calls: u32,
    pub(super) last_call: Option<PlainCall>,
    pub(super) moved: Option<PlainMoved>,
}

/// A change of the responsible municipality, without anybody's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlainMoved {
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) at: Timestamp,
    pub(super) because: MovedBecause,
}

/// Where somebody stays, as told.
pub(super) fn stay(record: &EntryRecord) -> Stay {
    let quarantine = &record.quarantine;
    let text = |told: &Option<Personal<String>>| told.as_ref().map(|told| told.0.clone());
    Stay {
        place: quarantine.place_code.clone(),
        name: text(&quarantine.place_name).or_else(|| text(&quarantine.hotel_at_arrival)),
        address: text(&quarantine.address),
        postcode: text(&quarantine.postcode),
    }
}

impl PlainFacts {
    /// The facts of a document.
    pub(super) fn of(document: &Document) -> PlainFacts {
        let record = &document.record;
        let attempts = &document.calls.attempts;
        let last_call = attempts.last().map(|attempt| PlainCall {
            at: attempt.dialled_at,
            contact: attempt.concluded.as_ref().map(|said| said.outcome.contact),
        });
        PlainFacts {
            arrival: record.trip.arrival.filter(|day| *day > ARRIVAL_NOT_TOLD),
            municipality: document.routing.responsible_municipality.clone(),
            status: place_of(&STATUSES, &status(document)),
            obligation: place_of(&OBLIGATIONS, &obligation(record)),
            language: record.person.language.clone(),
            headline: Personal(headline(record)),
            phones: Personal(
                record
                    .person
                    .phones
                    .iter()
                    .filter_map(|phone| phone.e164.as_ref())
                    .filter(|phone| !document.calls.wrong_numbers.contains(phone))
                    .map(|phone| phone.0.clone())
                    .collect(),
            ),
            stay: Personal(stay(record)),
            travellers: record.trip.travellers,
            calls: u32::try_from(attempts.len()).unwrap_or(u32::MAX),
            last_call,
            moved: document.belonging.moved.as_ref().map(|moved| PlainMoved {
                from: moved.from.clone(),
                to: moved.to.clone(),
                at: moved.at,
                because: moved.because,
            }),
        }
    }
}

/// A finished row.
pub(super) struct PlainRow {
    pub(super) entry: Uuid,
    pub(super) status: i16,
    pub(super) obligation: i16,
    pub(super) place: Option<String>,
    pub(super) language: Option<String>,
    pub(super) sealed: Vec<u8>,
}

impl PlainRow {
    /// The row of what is sealed already.
    pub(super) fn of(entry: EntryId, plain: &Plain, sealed: Vec<u8>) -> PlainRow {
        let facts = &plain.facts;
        PlainRow {
            entry: entry.uuid(),
            status: facts.status,
            obligation: facts.obligation,
            place: facts.stay.0.place.clone().filter(|code| is_place_code(code)),
            language: facts.language.clone().filter(|code| is_language_code(code)),
            sealed,
        }
    }
}

/// Puts rows in the place of earlier ones.
pub(super) async fn write(tables: &mut PgConnection, rows: &[PlainRow]) -> Result<(), sqlx::Error> {
    fn column<T>(rows: &[PlainRow], of: impl Fn(&PlainRow) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    sqlx::query(
        "insert into plain_entry (entry, status, obligation, place, language, sealed)
         select * from unnest($1::uuid[], $2::smallint[], $3::smallint[], $4::text[], $5::text[], $6::bytea[])
         on conflict (entry) do update set
             status = excluded.status, obligation = excluded.obligation, place = excluded.place,
             language = excluded.language, sealed = excluded.sealed",
    )
    .bind(column(rows, |row| row.entry))
    .bind(column(rows, |row| row.status))
    .bind(column(rows, |row| row.obligation))
    .bind(column(rows, |row| row.place.clone()))
    .bind(column(rows, |row| row.language.clone()))
    .bind(rows.iter().map(|row| row.sealed.as_slice()).collect::<Vec<_>>())
    .execute(tables)
    .await?;
    Ok(())
}
