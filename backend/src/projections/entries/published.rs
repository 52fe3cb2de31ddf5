//! What machines see of an entry: `read.published`, one sealed row a live entry, and `read.feed`, one row a change that
//! they can see.
//!
//! A change is seen by comparing what they saw before with what they see now, whatever event it came of: an event that
//! changes nothing of it is no news, and an event that is added later is news by itself when it does.

use super::feed::Change;
use super::row::{ARRIVAL_NOT_TOLD, Document};
use crate::log::keyring::{Key, KeyError, Keyring};
use crate::log::seal::{StreamCipher, row_context};
use crate::machines::concerned;
use crate::projections::cores::on_all_cores;
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use crate::rules::entry::merge;
use crate::rules::fields::{PUBLISHED, text};
use crate::rules::moments::moment;
use events::identity::Identity;
use events::record::{FollowUpStatus, RawRecord, Routing};
use events::{EntryId, Epoch, Personal, StreamId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Postgres, QueryBuilder, Row};
use std::collections::HashMap;
use uuid::Uuid;

/// The source may write any moment; earlier ones than this no database holds, and none is true.
const EARLIEST: Timestamp = Timestamp::UNIX_EPOCH;
/// As many rows are opened where they are.
const FEW: usize = 200;
/// The sealed column.
const COLUMN: &str = "published.record";

/// What machines see of an entry, before it is put into the published shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The first reference code.
    pub reference_code: Personal<String>,
    /// The source's fields, the newest of each part; published ones only, as text.
    pub source: Personal<RawRecord>,
    /// Where it belongs.
    pub routing: Routing,
    /// What our calls came to, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<(FollowUpStatus, Timestamp)>,
    /// Numbers that the traveller got after registration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assigned: Vec<Identity>,
    /// Nobody is told: the address is protected.
    #[serde(default)]
    pub protected: bool,
    /// When the register changed what it knows of the trip better than the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip_changed_at: Option<Timestamp>,
    /// The same of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_changed_at: Option<Timestamp>,
}

/// An entry's published state on its way through a fold.
pub(super) struct Telling {
    entry: EntryId,
    registered_at: Timestamp,
    now: Published,
    /// The source told something since the last event.
    source_changed: bool,
    /// Something of it is other than it was, whether anybody is told or not.
    touched: bool,
    changes: Vec<Change>,
}

/// What comes of a fold for one entry; nothing when machines see what they saw.
pub(super) struct Told {
    entry: Uuid,
    registered_at: jiff_sqlx::Timestamp,
    municipalities: Vec<String>,
    protected: bool,
    arrival: Option<jiff_sqlx::Date>,
    updated_at: jiff_sqlx::Timestamp,
    record: Vec<u8>,
    changes: Vec<Change>,
}

impl Telling {
    /// A new entry, not yet told of.
    pub(super) fn begin(
        entry: EntryId,
        reference_code: &Personal<String>,
        raw: RawRecord,
        routing: &Routing,
        at: Timestamp,
    ) -> Telling {
        let now = Published {
            reference_code: reference_code.clone(),
            source: Personal(published_fields(raw)),
            routing: routing.clone(),
            follow_up: None,
            assigned: Vec::new(),
            protected: false,
            trip_changed_at: None,
            person_changed_at: None,
        };
        Telling { entry, registered_at: at, now, source_changed: true, touched: false, changes: Vec::new() }
    }

    /// One that is there already.
    fn resume(entry: EntryId, registered_at: Timestamp, now: Published) -> Telling {
        Telling { entry, registered_at, now, source_changed: false, touched: false, changes: Vec::new() }
    }

    /// The source sent newer news.
    pub(super) fn merge(&mut self, raw: RawRecord) {
        self.now.source.0 = merge(&self.now.source.0, &published_fields(raw));
        self.source_changed = true;
    }

    /// An event has been folded: compares.
    pub(super) fn after_event(&mut self, position: u64, at: Timestamp, is_first: bool, document: &Document) {
        let routed = self.now.routing != document.routing;
        let followed = document.calls.deciding().map(|said| (said.outcome.status(), said.at));
        let spoken = self.now.follow_up != followed;
        let assigned: Vec<Identity> =
            document.identities.assigned.iter().map(|assigned| assigned.identity.clone()).collect();
        let named = self.now.assigned != assigned;
        let was_protected = self.now.protected;
        let protected = document.identities.protected;
        if !(routed || spoken || named || was_protected != protected || self.source_changed) {
            return;
        }
        self.touched = true;
        let came_from = if is_first { Vec::new() } else { self.now.told_to() };
        // What the source changed, it dated itself.
        if routed && !self.source_changed {
            self.now.trip_changed_at = Some(at);
        }
        if spoken || named {
            self.now.person_changed_at = Some(at);
        }
        self.now.routing = document.routing.clone();
        self.now.follow_up = followed;
        self.now.assigned = assigned;
        self.now.protected = protected;
        self.source_changed = false;
        // Whose address is protected is left once, and then there is nothing to tell until it is shown again.
        if protected && (was_protected || is_first) {
            return;
        }
        self.changes.push(Change {
            position,
            entry: self.entry,
            recorded_at: at,
            is_first: is_first || was_protected,
            municipality: concerned(&document.routing)
                .into_iter()
                .find(|number| Some(number) == document.routing.responsible_municipality.as_ref()),
            came_from,
            belongs_to: self.now.told_to(),
            protected: self.now.protected,
        });
    }

    /// Seals what came of it.
    pub(super) fn seal(
        self,
        document: &Document,
        seal: impl FnOnce(&str, serde_json::Result<Vec<u8>>) -> Vec<u8>,
    ) -> Option<Told> {
        if !self.touched {
            return None;
        }
        Some(Told {
            entry: self.entry.uuid(),
            registered_at: self.registered_at.into(),
            municipalities: self.now.told_to(),
            protected: self.now.protected,
            arrival: document
                .record
                .trip
                .arrival
                .filter(|day| *day > ARRIVAL_NOT_TOLD)
                .map(jiff_sqlx::Date::from),
            updated_at: self.now.updated_at(self.registered_at).max(EARLIEST).into(),
            record: seal(COLUMN, serde_json::to_vec(&self.now)),
            changes: self.changes,
        })
    }
}

impl Published {
    /// The municipalities whose machines are told.
    fn told_to(&self) -> Vec<String> {
        if self.protected { Vec::new() } else { concerned(&self.routing) }
    }

    /// Last change of the trip: as the source says, or later by our own hand; when nobody says, the registration.
    pub fn trip_updated_at(&self, registered_at: Timestamp) -> Timestamp {
        latest(self.source_moment("a_updated"), self.trip_changed_at).unwrap_or(registered_at)
    }

    /// Last change of the person, likewise.
    pub fn person_updated_at(&self, registered_at: Timestamp) -> Timestamp {
        latest(self.source_moment("p_updated"), self.person_changed_at).unwrap_or(registered_at)
    }

    fn updated_at(&self, registered_at: Timestamp) -> Timestamp {
        self.trip_updated_at(registered_at).max(self.person_updated_at(registered_at))
    }

    fn source_moment(&self, field: &str) -> Option<Timestamp> {
        moment(&text(&self.source.0, field)?)
    }
}

fn latest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.max(b)
}

fn published_fields(mut raw: RawRecord) -> RawRecord {
    raw.retain(|field, value| {
        PUBLISHED.binary_search(&field.as_str()).is_ok() && crate::rules::fields::value_text(value).is_some()
    });
    raw
}

/// The published state of entries that began before.
pub(super) async fn known(
    tables: &mut PgConnection,
    keyring: &Keyring,
    entries: &[Uuid],
) -> Result<HashMap<EntryId, Telling>, FoldError> {
    let rows = sqlx::query("select entry, registered_at, record from published where entry = any($1)")
        .bind(entries)
        .fetch_all(tables)
        .await?;
    let mut known = HashMap::new();
    for row in &rows {
        let entry = super::row::entry_id(row)?;
        let registered_at: jiff_sqlx::Timestamp = row.try_get("registered_at")?;
        let now = open(&*keyring.epoch(entry.epoch())?, entry, row.try_get("record")?)?;
        known.insert(entry, Telling::resume(entry, registered_at.to_jiff(), now));
    }
    Ok(known)
}

/// Puts rows in the place of earlier ones, in the tables of the connection's search path.
pub(super) async fn write(tables: &mut PgConnection, told: &[Told]) -> Result<(), sqlx::Error> {
    if told.is_empty() {
        return Ok(());
    }
    // A list of lists of unequal length is none to PostgreSQL: they travel as text.
    let municipalities: Vec<String> = told.iter().map(|one| one.municipalities.join(",")).collect();
    sqlx::query(
        "insert into published (entry, registered_at, municipalities, arrival, updated_at, record, protected)
         select entry, registered_at, string_to_array(municipalities, ','), arrival, updated_at, record, protected
         from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::date[], $5::timestamptz[], $6::bytea[], $7::boolean[])
              as told (entry, registered_at, municipalities, arrival, updated_at, record, protected)
         on conflict (entry) do update set
             municipalities = excluded.municipalities, arrival = excluded.arrival,
             updated_at = excluded.updated_at, record = excluded.record, protected = excluded.protected",
    )
    .bind(told.iter().map(|one| one.entry).collect::<Vec<_>>())
    .bind(told.iter().map(|one| one.registered_at).collect::<Vec<_>>())
    .bind(municipalities)
    .bind(told.iter().map(|one| one.arrival).collect::<Vec<_>>())
    .bind(told.iter().map(|one| one.updated_at).collect::<Vec<_>>())
    .bind(told.iter().map(|one| one.record.as_slice()).collect::<Vec<_>>())
    .bind(told.iter().map(|one| one.protected).collect::<Vec<_>>())
    .execute(&mut *tables)
    .await?;
    let changes: Vec<&Change> = told.iter().flat_map(|one| &one.changes).collect();
    super::feed::write(tables, &changes).await
}

/// Which published entries are wanted.
#[derive(Default)]
pub struct Wanted<'a> {
    /// What whoever asks may see; `None` for all.
    pub within: Option<Vec<String>>,
    /// Only those that concern one of these.
    pub municipalities: Option<&'a [String]>,
    /// Only those of the person with this number.
    pub person: Option<&'a str>,
    /// Only what changed after this.
    pub updated_after: Option<Timestamp>,
    /// First and last day of arrival.
    pub arrival: Option<(Option<Date>, Date)>,
}

/// In which order, and which part.
pub enum Part {
    /// Oldest registration first.
    Rows {
        /// Passed over.
        offset: i64,
        /// At most.
        limit: i64,
    },
    /// By id, after one.
    AfterEntry {
        /// That one.
        entry: Uuid,
        /// At most.
        limit: i64,
    },
}

/// A published entry.
pub struct PublishedRow {
    /// Its id.
    pub entry: EntryId,
    /// When it was taken in.
    pub registered_at: Timestamp,
    /// What machines see of it.
    pub published: Published,
}

impl Wanted<'_> {
    fn conditions(
        &self,
        sql: &mut QueryBuilder<Postgres>,
        keyring: &Keyring,
        now: Timestamp,
    ) -> Result<(), KeyError> {
        // Rows of an epoch that has just ended may still lie there; they are not shown.
        sql.push(" where not p.protected and p.entry >= ")
            .push_bind(StreamId::first_of(Epoch::oldest_live(now)).0);
        if let Some(within) = &self.within {
            sql.push(" and p.municipalities && ").push_bind(within.clone());
        }
        if let Some(municipalities) = self.municipalities {
            sql.push(" and p.municipalities && ").push_bind(municipalities.to_vec());
        }
        if let Some(after) = self.updated_after {
            sql.push(" and p.updated_at > ").push_bind(jiff_sqlx::Timestamp::from(after));
        }
        if let Some((from, to)) = self.arrival {
            // Where no day was told, the day of registration counts.
            sql.push(" and coalesce(p.arrival, (p.registered_at at time zone 'Europe/Oslo')::date) <= ");
            sql.push_bind(jiff_sqlx::Date::from(to));
            if let Some(from) = from {
                sql.push(" and coalesce(p.arrival, (p.registered_at at time zone 'Europe/Oslo')::date) >= ");
                sql.push_bind(jiff_sqlx::Date::from(from));
            }
        }
        if let Some(number) = self.person {
            let term = super::tokens::of_number(number);
            let tokens: Vec<i64> = keyring.live_epochs()?.iter().map(|(_, key)| term.token(key)).collect();
            sql.push(" and p.entry in (select t.entry from read.entry_token t where t.token = any(");
            sql.push_bind(tokens).push("))");
        }
        Ok(())
    }
}

/// Published entries.
pub async fn published(
    tables: &Readers,
    keyring: &Keyring,
    wanted: &Wanted<'_>,
    part: Part,
    now: Timestamp,
) -> Result<Vec<PublishedRow>, FoldError> {
    let mut sql = QueryBuilder::new("select p.entry, p.registered_at, p.record from read.published p");
    wanted.conditions(&mut sql, keyring, now)?;
    match part {
        Part::Rows { offset, limit } => {
            sql.push(" order by p.registered_at, p.entry limit ").push_bind(limit);
            sql.push(" offset ").push_bind(offset);
        }
        Part::AfterEntry { entry, limit } => {
            sql.push(" and p.entry > ").push_bind(entry).push(" order by p.entry limit ").push_bind(limit);
        }
    }
    let rows = tables.fetch_all(sql.build()).await?;
    let opened = on_all_cores(rows, FEW, |row| open_row(keyring, &row).transpose());
    opened.into_iter().flatten().collect()
}

/// How many there are.
pub async fn count_published(
    tables: &Readers,
    keyring: &Keyring,
    wanted: &Wanted<'_>,
    now: Timestamp,
) -> Result<u64, FoldError> {
    let mut sql = QueryBuilder::new("select count(*) from read.published p");
    wanted.conditions(&mut sql, keyring, now)?;
    let rows = tables.fetch_all(sql.build()).await?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.try_get(0))?;
    Ok(count.unsigned_abs())
}

/// One published entry that somebody may see; `None` when there is none, or none for them.
pub async fn published_entry(
    tables: &Readers,
    keyring: &Keyring,
    entry: EntryId,
    within: Option<Vec<String>>,
) -> Result<Option<PublishedRow>, FoldError> {
    let query = sqlx::query(
        "select entry, registered_at, record from read.published
         where entry = $1 and not protected and ($2::text[] is null or municipalities && $2)",
    )
    .bind(entry.uuid())
    .bind(within);
    let rows = tables.fetch_all(query).await?;
    rows.first().map_or(Ok(None), |row| open_row(keyring, row))
}

/// `None` when the epoch has just ended: the entry is gone, its row merely not yet.
fn open_row(keyring: &Keyring, row: &PgRow) -> Result<Option<PublishedRow>, FoldError> {
    let entry = super::row::entry_id(row)?;
    let key = match keyring.epoch(entry.epoch()) {
        Ok(key) => key,
        Err(KeyError::Ended(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let registered_at: jiff_sqlx::Timestamp = row.try_get("registered_at")?;
    let published = open(&key, entry, row.try_get("record")?)?;
    Ok(Some(PublishedRow { entry, registered_at: registered_at.to_jiff(), published }))
}

/// Opens the sealed column.
pub(super) fn open(key: &Key, entry: EntryId, sealed: &[u8]) -> Result<Published, FoldError> {
    let damaged = || FoldError::DamagedRow("published");
    let record = StreamCipher::new(key, entry.uuid()).open(sealed, &row_context(COLUMN, entry.uuid()));
    let record = zeroize::Zeroizing::new(record.map_err(|_| damaged())?);
    serde_json::from_slice(&record).map_err(|_| damaged())
}
