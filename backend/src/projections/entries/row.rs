//! Rows of `read.entry`: what is in the clear, what is sealed, and how they are opened.

use super::guest::{GUEST_COLUMN, Guest};
use super::plain::{PLAIN_COLUMN, Plain};
use super::tokens;
use crate::intake::in_force::InForce;
use crate::log::keyring::{KeyError, Keyring};
use crate::log::seal::{StreamCipher, row_context};
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use crate::rules::belonging::Belonging;
use crate::rules::calls::Calls;
use crate::rules::entry::EntryState;
use crate::rules::hotel::HotelStay;
use crate::rules::identities::Identities;
use crate::rules::queue::{Owed, Scene};
use crate::rules::referral::Referrals;
use crate::rules::results::Results;
use api::entries::{EntryRow, Headline, Obligation};
use events::record::{EntryRecord, FollowUpStatus, Routing};
use events::{EntryId, Epoch, Personal};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Row};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Stands in the column `arrival` when no day was told: the column sorts, so it is never null.
pub(super) const ARRIVAL_NOT_TOLD: Date = Date::constant(1, 1, 1);
/// What a row of a list needs, first and in this order, for [`Opener::list_row`].
pub(super) const LIST_COLUMNS: &str = "entry, registered_at, arrival, municipality, status, obligation, place, language, employer, flags, headline";
/// Others of a travel party that are shown at most.
const PARTY_MAX: i64 = 50;
/// Entries with the same phone, address or address of e-mail that are looked at, of each epoch, to find them.
const PARTY_CANDIDATES_MAX: i64 = 200;

/// What the sealed column `document` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Reference codes, the first one first.
    pub reference_codes: Vec<Personal<String>>,
    /// The record.
    pub record: EntryRecord,
    /// Where it belongs.
    pub routing: Routing,
    /// Calls and messages.
    #[serde(default)]
    pub calls: Calls,
    /// What became known of who it is.
    #[serde(default)]
    pub identities: Identities,
    /// Test results.
    #[serde(default)]
    pub results: Results,
    /// What quarantine hotels said.
    #[serde(default)]
    pub hotel: HotelStay,
    /// Municipalities it has to do with, and had.
    #[serde(default)]
    pub belonging: Belonging,
    /// Position of the last event that changed what a municipality's list shows.
    #[serde(default)]
    pub changed: u64,
    /// Position of the last one that changed it without what tells of health.
    #[serde(default)]
    pub changed_plain: u64,
    /// What the labour inspectorate is told.
    #[serde(default, skip_serializing_if = "is_none")]
    pub referrals: Referrals,
}

fn is_none(referrals: &Referrals) -> bool {
    referrals.0.is_empty()
}

impl Document {
    /// The entry as the queue of calls sees it.
    pub fn scene(&self, entry: EntryId, registered_at: Timestamp, rules: &InForce) -> Scene<'_> {
        let owed = rules.owed(entry, registered_at, &self.record, &self.results);
        self.scene_of(entry, registered_at, owed)
    }

    /// The same, when it is known what is owed.
    pub(super) fn scene_of(&self, entry: EntryId, registered_at: Timestamp, owed: Owed) -> Scene<'_> {
        let protected = self.identities.protected;
        Scene { entry, record: &self.record, owed, protected, registered_at, calls: &self.calls }
    }
}

impl From<EntryState> for Document {
    fn from(state: EntryState) -> Document {
        Document {
            reference_codes: state.reference_codes,
            record: state.record,
            routing: state.routing,
            calls: state.calls,
            identities: state.identities,
            results: state.results,
            referrals: state.referrals,
            hotel: state.hotel,
            // Only the lists know since when.
            belonging: Belonging::default(),
            changed: 0,
            changed_plain: 0,
        }
    }
}

/// Everything of an entry that its page shows.
#[derive(Clone)]
pub struct ListRow {
    /// Id.
    pub entry: EntryId,
    /// Version.
    pub version: u32,
    /// When it was taken in.
    pub registered_at: Timestamp,
    /// The record and what belongs to it.
    pub document: Document,
}

pub(super) const STATUSES: [FollowUpStatus; 4] =
    [FollowUpStatus::NotSet, FollowUpStatus::Ok, FollowUpStatus::NotOk, FollowUpStatus::NoAnswer];
pub(super) const OBLIGATIONS: [Obligation; 3] =
    [Obligation::Quarantine, Obligation::Exempt, Obligation::Unknown];

/// A value's place in its list: how states stand in the table.
pub(super) fn place_of<T: PartialEq>(list: &[T], value: &T) -> i16 {
    list.iter().position(|other| other == value).and_then(|place| i16::try_from(place).ok()).unwrap_or(0)
}

pub(super) fn at_place<T: Copy>(list: &[T], place: i16, otherwise: T) -> T {
    usize::try_from(place).ok().and_then(|place| list.get(place)).copied().unwrap_or(otherwise)
}

/// The follow-up status: what our calls came to, or, before the first one, what the source holds.
pub fn status(document: &Document) -> FollowUpStatus {
    document.calls.status().unwrap_or(document.record.person.follow_up.unwrap_or_default())
}

/// What the entry owes as far as its codes tell.
pub fn obligation(record: &EntryRecord) -> Obligation {
    match record.quarantine.obligation_code.as_deref() {
        Some("1001") => Obligation::Quarantine,
        Some("1002") => Obligation::Exempt,
        Some(_) | None => Obligation::Unknown,
    }
}

/// The row that a list would show of a document.
pub fn list_row(entry: EntryId, registered_at: Timestamp, document: &Document) -> EntryRow {
    let record = &document.record;
    EntryRow {
        id: entry.uuid(),
        registered_at,
        ends_at: entry.epoch().ends_at(),
        arrival: record.trip.arrival,
        municipality: document.routing.responsible_municipality.clone(),
        status: status(document),
        obligation: obligation(record),
        place: record.quarantine.place_code.clone(),
        language: record.person.language.clone(),
        employer: record.employer.as_ref().and_then(|employer| employer.org_number.clone()),
        flags: u32::try_from(record.flags.len()).unwrap_or(u32::MAX),
        person: Personal(headline(record)),
    }
}

/// As much of a person as a list shows.
pub(super) fn headline(record: &EntryRecord) -> Headline {
    let person = &record.person;
    let names: Vec<&str> =
        [&person.first_name, &person.last_name].into_iter().flatten().map(|name| name.0.as_str()).collect();
    Headline {
        name: (!names.is_empty()).then(|| names.join(" ")),
        birth_date: person.birth_date.as_ref().map(|date| date.0),
        phone: person.phones.iter().find_map(|phone| Some(phone.e164.as_ref()?.0.clone())),
    }
}

/// Opens sealed columns, deriving each epoch's key once.
pub(super) struct Opener<'a> {
    keyring: &'a Keyring,
    keys: HashMap<Epoch, Arc<crate::log::keyring::Key>>,
}

impl<'a> Opener<'a> {
    pub(super) fn new(keyring: &'a Keyring) -> Opener<'a> {
        Opener { keyring, keys: HashMap::new() }
    }

    fn open(&mut self, entry: EntryId, column: &'static str, sealed: &[u8]) -> Result<Vec<u8>, FoldError> {
        let epoch = entry.epoch();
        let key = match self.keys.get(&epoch) {
            Some(key) => key,
            None => self.keys.entry(epoch).or_insert(self.keyring.epoch(epoch)?),
        };
        let cipher = StreamCipher::new(key, entry.uuid());
        cipher.open(sealed, &row_context(column, entry.uuid())).map_err(|_| FoldError::DamagedRow("entry"))
    }

    /// A row of a list. `None` when its epoch has just ended: it is gone, the row merely not yet.
    /// Columns by place, as in [`LIST_COLUMNS`]: looking fifty rows' names up takes longer than opening them.
    pub(super) fn list_row(&mut self, row: &PgRow) -> Result<Option<EntryRow>, FoldError> {
        let entry = entry_id(row)?;
        let headline = match self.open(entry, "entry.headline", row.try_get(10)?) {
            Ok(headline) => headline,
            Err(FoldError::Key(KeyError::Ended(_))) => return Ok(None),
            Err(error) => return Err(error),
        };
        let headline: Headline =
            serde_json::from_slice(&headline).map_err(|_| FoldError::DamagedRow("entry"))?;
        let registered_at: jiff_sqlx::Timestamp = row.try_get(1)?;
        let arrival: jiff_sqlx::Date = row.try_get(2)?;
        let arrival = arrival.to_jiff();
        Ok(Some(EntryRow {
            id: entry.uuid(),
            registered_at: registered_at.to_jiff(),
            ends_at: entry.epoch().ends_at(),
            arrival: (arrival != ARRIVAL_NOT_TOLD).then_some(arrival),
            municipality: row.try_get(3)?,
            status: at_place(&STATUSES, row.try_get(4)?, FollowUpStatus::NotSet),
            obligation: at_place(&OBLIGATIONS, row.try_get(5)?, Obligation::Unknown),
            place: row.try_get(6)?,
            language: row.try_get(7)?,
            employer: row.try_get(8)?,
            flags: u32::try_from(row.try_get::<i32, _>(9)?).unwrap_or(0),
            person: Personal(headline),
        }))
    }

    /// A whole row: `entry`, `version`, `registered_at`, `document`. `None` when its epoch has just ended.
    pub(super) fn whole_row(&mut self, row: &PgRow) -> Result<Option<ListRow>, FoldError> {
        let document = match self.document(row) {
            Ok(document) => document,
            Err(FoldError::Key(KeyError::Ended(_))) => return Ok(None),
            Err(error) => return Err(error),
        };
        let registered_at: jiff_sqlx::Timestamp = row.try_get("registered_at")?;
        Ok(Some(ListRow {
            entry: entry_id(row)?,
            version: u32::try_from(row.try_get::<i32, _>("version")?).unwrap_or(0),
            registered_at: registered_at.to_jiff(),
            document,
        }))
    }

    /// The sealed document of a row.
    pub(super) fn document(&mut self, row: &PgRow) -> Result<Document, FoldError> {
        let document = self.open(entry_id(row)?, "entry.document", row.try_get("document")?)?;
        serde_json::from_slice(&document).map_err(|_| FoldError::DamagedRow("entry"))
    }
}

impl Opener<'_> {
    /// The sealed row without what tells of health.
    pub(super) fn plain(&mut self, row: &PgRow) -> Result<Plain, FoldError> {
        let plain = self.open(entry_id(row)?, PLAIN_COLUMN, row.try_get("sealed")?)?;
        serde_json::from_slice(&plain).map_err(|_| FoldError::DamagedRow("plain_entry"))
    }

    /// The sealed guest of a hotel. `None` when its epoch has just ended.
    pub(super) fn guest(&mut self, row: &PgRow) -> Result<Option<Guest>, FoldError> {
        match self.open(entry_id(row)?, GUEST_COLUMN, row.try_get("sealed")?) {
            Ok(guest) => {
                let guest = serde_json::from_slice(&guest);
                guest.map(Some).map_err(|_| FoldError::DamagedRow("hotel_guest"))
            }
            Err(FoldError::Key(KeyError::Ended(_))) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

pub(super) fn entry_id(row: &PgRow) -> Result<EntryId, FoldError> {
    // The first column of all that is read here.
    EntryId::parse(row.try_get::<Uuid, _>(0)?).ok_or(FoldError::DamagedRow("entry"))
}

/// One entry; `None` when the list does not have it.
pub async fn get(tables: &Readers, keyring: &Keyring, entry: EntryId) -> Result<Option<ListRow>, FoldError> {
    keyring.epoch(entry.epoch())?;
    let query =
        sqlx::query("select entry, version, registered_at, document from read.entry where entry = $1")
            .bind(entry.uuid());
    let Some(row) = tables.fetch_all(query).await?.pop() else { return Ok(None) };
    Opener::new(keyring).whole_row(&row)
}

/// Others who travel together with an entry, as far as the data tells; `municipality` limits what may be seen.
pub async fn party(
    tables: &Readers,
    keyring: &Keyring,
    entry: EntryId,
    record: &EntryRecord,
    municipality: Option<&str>,
) -> Result<Vec<EntryRow>, FoldError> {
    let terms = tokens::party(record);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let keys = keyring.live_epochs()?;
    let wanted: Vec<i64> =
        keys.iter().flat_map(|(_, key)| terms.iter().map(|term| term.token(key))).collect();
    // However many share a phone, no more than some of each token are looked at; and in this order, whatever the
    // planner believes: walking all entries by their time until fifty fit would be slow.
    let query = sqlx::query(AssertSqlSafe(format!(
        "with candidate as materialized (
             select distinct found.entry
             from unnest($1::bigint[]) as wanted (token)
             cross join lateral (select t.entry from read.entry_token t
                                 where t.token = wanted.token order by t.entry limit $5) found
         ), member as materialized (
             select {LIST_COLUMNS} from candidate join read.entry using (entry)
             where entry <> $2 and not protected and ($3::text is null or municipality = $3)
         )
         select * from member order by registered_at limit $4"
    )))
    .bind(wanted)
    .bind(entry.uuid())
    .bind(municipality)
    .bind(PARTY_MAX)
    .bind(PARTY_CANDIDATES_MAX);
    let rows = tables.fetch_all(query).await?;
    let mut opener = Opener::new(keyring);
    rows.iter().filter_map(|row| opener.list_row(row).transpose()).collect()
}
