//! Rows of `hotel_guest`: who stays at which quarantine hotel, and as much of them as the hotel is shown.

use super::person::{of_entries, with_tokens};
use super::row::{Document, ListRow, Opener, entry_id, headline};
use super::tokens::exact_terms;
use crate::log::keyring::Keyring;
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use crate::rules::moments::norwegian_day_of;
use api::entries::MatchedBy;
use api::hotel::{GuestPerson, HotelGuest};
use events::{EntryId, Epoch, Personal, StreamId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the sealed column is bound to.
pub(super) const GUEST_COLUMN: &str = "hotel_guest.sealed";
/// Guests of one hotel that are shown at most; the largest hotel has fewer beds.
const GUESTS_MAX: usize = 2_000;

/// What the sealed column holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guest {
    person: Personal<GuestPerson>,
    since: Timestamp,
    expected_until: Option<Date>,
}

/// The row of one entry on its way.
pub(super) enum GuestRow {
    /// There was none and there is none.
    Never,
    /// There may have been one; there is none any more.
    Gone(Uuid),
    /// A stay that is not over.
    Stays { entry: Uuid, hotel: String, protected: bool, sealed: Vec<u8> },
}

impl GuestRow {
    /// The row of a document. Whoever is at a hotel is expected to leave when the quarantine ends, if nobody said when.
    pub(super) fn of(
        entry: EntryId,
        document: &Document,
        quarantine_ends_at: Option<Timestamp>,
        changed: bool,
        seal: impl FnOnce(&Guest) -> Vec<u8>,
    ) -> GuestRow {
        let entry = entry.uuid();
        let Some(stay) = document.hotel.now() else {
            return if changed { GuestRow::Gone(entry) } else { GuestRow::Never };
        };
        let guest = Guest {
            person: Personal(person(document)),
            since: stay.since,
            expected_until: stay.expected_until.or_else(|| quarantine_ends_at.map(norwegian_day_of)),
        };
        let (hotel, protected) = (stay.hotel.clone(), document.identities.protected);
        GuestRow::Stays { entry, hotel, protected, sealed: seal(&guest) }
    }
}

/// As much of a person as a hotel is shown.
pub fn person(document: &Document) -> GuestPerson {
    let headline = headline(&document.record);
    GuestPerson { name: headline.name, birth_date: headline.birth_date }
}

/// Puts rows in the place of earlier ones, and takes those away whose stay is over.
pub(super) async fn write(tables: &mut PgConnection, rows: Vec<GuestRow>) -> Result<(), sqlx::Error> {
    let mut gone = Vec::new();
    let (mut entries, mut hotels, mut protections, mut seals) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match row {
            GuestRow::Never => {}
            GuestRow::Gone(entry) => gone.push(entry),
            GuestRow::Stays { entry, hotel, protected, sealed } => {
                entries.push(entry);
                hotels.push(hotel);
                protections.push(protected);
                seals.push(sealed);
            }
        }
    }
    if !gone.is_empty() {
        sqlx::query("delete from hotel_guest where entry = any($1)").bind(gone).execute(&mut *tables).await?;
    }
    if entries.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into hotel_guest (entry, hotel, protected, sealed)
         select * from unnest($1::uuid[], $2::text[], $3::boolean[], $4::bytea[])
         on conflict (entry) do update set
             hotel = excluded.hotel, protected = excluded.protected, sealed = excluded.sealed",
    )
    .bind(entries)
    .bind(hotels)
    .bind(protections)
    .bind(seals)
    .execute(tables)
    .await?;
    Ok(())
}

/// The guests of a hotel by name, and whether there are more than these. Those whose address is protected are left out.
pub async fn guests(
    tables: &Readers,
    keyring: &Keyring,
    hotel: &str,
    now: Timestamp,
) -> Result<(Vec<HotelGuest>, bool), FoldError> {
    let query = sqlx::query(
        "select entry, sealed from read.hotel_guest
         where hotel = $1 and not protected and entry >= $2 order by entry limit $3",
    )
    .bind(hotel)
    .bind(StreamId::first_of(Epoch::oldest_live(now)).0)
    .bind(i64::try_from(GUESTS_MAX).unwrap_or(i64::MAX) + 1);
    let mut rows = tables.fetch_all(query).await?;
    let more = rows.len() > GUESTS_MAX;
    rows.truncate(GUESTS_MAX);
    let mut opener = Opener::new(keyring);
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(guest) = opener.guest(row)? else { continue };
        let Guest { person, since, expected_until } = guest;
        items.push(HotelGuest { id: entry_id(row)?.uuid(), person, since, expected_until });
    }
    items.sort_by(|a, b| a.person.0.name.cmp(&b.person.0.name).then(a.id.cmp(&b.id)));
    Ok((items, more))
}

/// Entries that have a reference code or a number, whole as it was typed. Those whose address is protected are found by
/// their reference code alone.
pub async fn exactly(tables: &Readers, keyring: &Keyring, query: &str) -> Result<Vec<ListRow>, FoldError> {
    let mut asked: BTreeMap<i64, MatchedBy> = BTreeMap::new();
    for (_, key) in keyring.live_epochs()? {
        asked.extend(exact_terms(query).into_iter().map(|(by, term)| (term.token(&key), by)));
    }
    let tokens: Vec<i64> = asked.keys().copied().collect();
    let mut found: BTreeMap<EntryId, bool> = BTreeMap::new();
    for (token, entry) in with_tokens(tables, &tokens).await? {
        let by_code = asked.get(&token) == Some(&MatchedBy::ReferenceCode);
        *found.entry(entry).or_default() |= by_code;
    }
    let entries: Vec<EntryId> = found.keys().copied().collect();
    let mut rows = of_entries(tables, keyring, &entries).await?;
    rows.retain(|row| !row.document.identities.protected || found.get(&row.entry) == Some(&true));
    rows.sort_by_key(|row| std::cmp::Reverse((row.document.record.trip.arrival, row.registered_at)));
    Ok(rows)
}
