//! Quarantine hotels: the staff of one see its guests, and write down who comes and who leaves.
//!
//! Nobody browses travellers here. Whoever is checked in shows a reference code or a number, and that, whole, is the only
//! way to find them.

use super::Tables;
use super::access::hotel;
use super::entries::entry_id;
use super::problem::Refused;
use super::reader::Reader;
use super::routing::idempotency_key;
use crate::intake::entries;
use crate::intake::reference::Reference;
use crate::log::Log;
use crate::projections::entries::{self as lists, ListRow, guest_person};
use crate::rules::entry::Command;
use crate::rules::hotel as rules;
use crate::rules::moments::norwegian_day_of;
use api::disclosures::Shown;
use api::entries::EntryVersion;
use api::hotel::{CheckIn, FindGuest, FoundGuest, FoundGuests, HotelGuests, Stays};
use api::problem::ProblemCode;
use api::session::Session;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use events::Personal;
use events::hotel::{Hotel, HotelCheckedIn, HotelCheckedOut};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// Days ahead that somebody can be expected to stay at most.
const STAY_DAYS_MAX: i64 = 60;
/// Characters of a code or number at most.
const QUERY_CHARS_MAX: usize = 60;

/// The hotel of a session, as the list of today has it.
fn own(session: &Session, reference: &Reference, now: Timestamp) -> Result<Hotel, Refused> {
    let id = hotel(session)?;
    let facts = reference.facts();
    let found = facts.hotel(id, norwegian_day_of(now)).cloned();
    // A hotel that is no quarantine hotel any more has no guests.
    found.ok_or(ProblemCode::NotPermitted.into())
}

/// The guests of the own hotel.
#[utoipa::path(get, path = "/api/v1/hotel/guests", tag = "hotel",
    responses((status = 200, body = HotelGuests), (status = 401), (status = 403)))]
pub async fn guests(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(reference): State<Reference>,
) -> Result<Json<HotelGuests>, Refused> {
    let now = log.clock().now();
    let own = own(&reader.session, &reference, now)?;
    let (items, more) = lists::guests(&tables.readers, log.keyring(), &own.id, now).await?;
    reader.lists(Shown::HotelGuest, items.iter().map(|guest| guest.id)).await?;
    Ok(Json(HotelGuests { hotel: own.name, items, more }))
}

/// Finds who has a reference code or a number, whole.
#[utoipa::path(post, path = "/api/v1/hotel/find", tag = "hotel", request_body = FindGuest,
    responses((status = 200, body = FoundGuests), (status = 401), (status = 403), (status = 422)))]
pub async fn find(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(reference): State<Reference>,
    Json(request): Json<FindGuest>,
) -> Result<Json<FoundGuests>, Refused> {
    let own = own(&reader.session, &reference, log.clock().now())?;
    let rows = having(&tables, &log, &request.query).await?;
    reader.finds(Shown::HotelGuest, rows.iter().map(|row| row.entry.uuid())).await?;
    Ok(Json(FoundGuests { items: rows.iter().map(|row| found(row, &own.id)).collect() }))
}

async fn having(tables: &Tables, log: &Log, query: &str) -> Result<Vec<ListRow>, Refused> {
    let query = query.trim();
    if query.is_empty() || query.chars().count() > QUERY_CHARS_MAX {
        return Err(Refused::field("/query", "a reference code or a number"));
    }
    Ok(lists::exactly(&tables.readers, log.keyring(), query).await?)
}

fn found(row: &ListRow, own: &str) -> FoundGuest {
    let stays = match row.document.hotel.now() {
        None => Stays::Nowhere,
        Some(stay) if stay.hotel == own => Stays::Here,
        Some(_) => Stays::Elsewhere,
    };
    FoundGuest {
        id: row.entry.uuid(),
        person: Personal(guest_person(&row.document)),
        arrival: row.document.record.trip.arrival,
        stays,
    }
}

/// Checks somebody in at the own hotel. Who was at another one has changed hotels.
#[utoipa::path(post, path = "/api/v1/hotel/check-in", tag = "hotel", request_body = CheckIn,
    params(("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = EntryVersion), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 422)))]
pub async fn check_in(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(reference): State<Reference>,
    headers: HeaderMap,
    Json(request): Json<CheckIn>,
) -> Result<Json<EntryVersion>, Refused> {
    let now = log.clock().now();
    let own = own(&reader.session, &reference, now)?;
    let key = idempotency_key(&headers)?;
    let until = plausible(request.expected_until, norwegian_day_of(now))?;
    let mut rows = having(&tables, &log, &request.query).await?;
    rows.retain(|row| request.entry.is_none_or(|entry| row.entry.uuid() == entry));
    let entry = match rows.as_slice() {
        [] => return Err(ProblemCode::NotFound.into()),
        [row] => row.entry,
        [_, _, ..] => return Err(Refused::field("/entry", "which of the entries that have this number")),
    };
    let asked = format!("check in {entry} {} {until:?}", own.id).into_bytes();
    let done = entries::change(&log, entry, &reader.session.name, Some((key, asked)), |_| {
        Some(Command::Hotel(rules::Command::CheckIn(HotelCheckedIn {
            hotel: own.id.clone(),
            name: own.name.clone(),
            municipality: own.municipality.clone(),
            at: now,
            expected_until: until,
            checked_in_by: reader.session.name.clone(),
        })))
    });
    let done = done.await?;
    Ok(Json(EntryVersion { version: done.version, position: done.position }))
}

fn plausible(until: Option<Date>, today: Date) -> Result<Option<Date>, Refused> {
    let Some(until) = until else { return Ok(None) };
    let days = until.duration_since(today).as_hours() / 24;
    let fits = (0..=STAY_DAYS_MAX).contains(&days);
    fits.then_some(Some(until))
        .ok_or_else(|| Refused::field("/expected_until", "a day from today, sixty days ahead at most"))
}

/// Checks a guest of the own hotel out. Who is not its guest is not found.
#[utoipa::path(post, path = "/api/v1/hotel/guests/{id}/check-out", tag = "hotel",
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = EntryVersion), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn check_out(
    reader: Reader,
    State(log): State<Log>,
    State(reference): State<Reference>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Json<EntryVersion>, Refused> {
    let now = log.clock().now();
    let own = own(&reader.session, &reference, now)?;
    let key = idempotency_key(&headers)?;
    let entry = entry_id(id)?;
    let asked = format!("check out {entry} {}", own.id).into_bytes();
    let left =
        HotelCheckedOut { hotel: own.id.clone(), at: now, checked_out_by: reader.session.name.clone() };
    let done = entries::change(&log, entry, &reader.session.name, Some((key, asked)), |state| {
        // Tried again after it was done: that the guest is gone is what was asked for.
        let last = state.hotel.last.as_ref();
        let is_done = last.is_some_and(|stay| stay.hotel == own.id && stay.until.is_some());
        (!is_done).then(|| Command::Hotel(rules::Command::CheckOut(left.clone())))
    });
    let done = done.await?;
    Ok(Json(EntryVersion { version: done.version, position: done.position }))
}
