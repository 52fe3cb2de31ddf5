//! The lists of a municipality, what is new in them, and sending back what is not its own.

use super::Tables;
use super::access::{municipality, municipality_with_health, require};
use super::entries::entry_id;
use super::problem::{Refused, reason_of};
use super::reader::Reader;
use super::routing::{idempotency_key, if_match};
use super::session::Viewer;
use crate::intake::entries;
use crate::intake::in_force::InForce;
use crate::intake::reference::Reference;
use crate::log::{KeyError, Log};
use crate::projections::entries::{self as lists, Asked};
use crate::projections::projector::FoldError;
use crate::rules::entry::{Command, Refusal, decide};
use api::disclosures::Shown;
use api::entries::{EntryVersion, PAGE_LIMIT_MAX};
use api::municipality::{
    MunicipalCounts, MunicipalFilter, MunicipalPage, NotOurs, PlainEntry, PlainPage, Seen,
};
use api::problem::ProblemCode;
use api::session::{Permissions, Session};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use events::entry::EntryDeclined;
use events::{EntryId, Personal};
use uuid::Uuid;

/// A screen asks for no more rows than this at once; only files are longer.
fn on_a_screen(filter: MunicipalFilter) -> MunicipalFilter {
    MunicipalFilter { limit: filter.limit.map(|limit| limit.min(PAGE_LIMIT_MAX)), ..filter }
}

/// A page of a list of the own municipality.
#[utoipa::path(get, path = "/api/v1/municipality/entries", tag = "municipality", params(MunicipalFilter),
    responses((status = 200, body = MunicipalPage), (status = 401), (status = 403), (status = 422)))]
pub async fn entries(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(reference): State<Reference>,
    Query(filter): Query<MunicipalFilter>,
) -> Result<Json<MunicipalPage>, Refused> {
    let municipality = municipality_with_health(&reader.session)?;
    let now = log.clock().now();
    let filter = on_a_screen(filter);
    let position = *tables.reached.borrow();
    let protected = reader.session.permissions.see_protected;
    let asked = Asked { municipality, filter: &filter, protected, now };
    let in_force = InForce::at(&reference, now);
    let page = lists::municipal_page(&tables.readers, log.keyring(), asked, &in_force).await?;
    reader.lists(Shown::MunicipalRow, page.items.iter().map(|row| row.id)).await?;
    Ok(Json(MunicipalPage { items: page.items, next: page.next, position }))
}

/// How many entries the lists have, and how many are new.
#[utoipa::path(get, path = "/api/v1/municipality/counts", tag = "municipality", params(MunicipalFilter),
    responses((status = 200, body = MunicipalCounts), (status = 401), (status = 403)))]
pub async fn counts(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Query(filter): Query<MunicipalFilter>,
) -> Result<Json<MunicipalCounts>, Refused> {
    let own = municipality_with_health(&session)?;
    counted(&tables, &log, &session, own, &filter).await
}

async fn counted(
    tables: &Tables,
    log: &Log,
    session: &Session,
    municipality: &str,
    filter: &MunicipalFilter,
) -> Result<Json<MunicipalCounts>, Refused> {
    let now = log.clock().now();
    let Permissions { see_protected: protected, see_health, .. } = session.permissions;
    let asked = Asked { municipality, filter, protected, now };
    let counts = lists::municipal_counts(&tables.readers, asked, see_health).await?;
    let ended = lists::seen(&tables.readers, &session.user, municipality, now).await?.ended;
    Ok(Json(MunicipalCounts { ended, ..counts }))
}

/// A page of a list without what tells of health.
#[utoipa::path(get, path = "/api/v1/municipality/plain/entries", tag = "municipality", params(MunicipalFilter),
    responses((status = 200, body = PlainPage), (status = 401), (status = 403), (status = 422)))]
pub async fn plain_entries(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Query(filter): Query<MunicipalFilter>,
) -> Result<Json<PlainPage>, Refused> {
    let (municipality, _) = municipality(&reader.session)?;
    let filter = on_a_screen(filter);
    let position = *tables.reached.borrow();
    let asked = Asked { municipality, filter: &filter, protected: false, now: log.clock().now() };
    let page = lists::plain_page(&tables.readers, log.keyring(), asked).await?;
    reader.lists(Shown::PlainRow, page.items.iter().map(|row| row.id)).await?;
    Ok(Json(PlainPage { items: page.items, next: page.next, position }))
}

/// How many entries the lists without what tells of health have, and how many are new.
#[utoipa::path(get, path = "/api/v1/municipality/plain/counts", tag = "municipality", params(MunicipalFilter),
    responses((status = 200, body = MunicipalCounts), (status = 401), (status = 403)))]
pub async fn plain_counts(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Query(filter): Query<MunicipalFilter>,
) -> Result<Json<MunicipalCounts>, Refused> {
    let (own, _) = municipality(&session)?;
    counted(&tables, &log, &session, own, &filter).await
}

/// One entry without what tells of health.
#[utoipa::path(get, path = "/api/v1/municipality/plain/entries/{id}", tag = "municipality", params(("id" = Uuid, Path)),
    responses((status = 200, body = PlainEntry), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn plain_entry(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
) -> Result<Json<PlainEntry>, Refused> {
    let (own, _) = municipality(&reader.session)?;
    let found = of_municipality(&tables, &log, own, entry_id(id)?).await?;
    reader.keeps_open(Shown::PlainRecord, id).await?;
    Ok(Json(found))
}

/// An entry that the municipality has to do with. One of others is not found: its existence is nobody's business.
async fn of_municipality(
    tables: &Tables,
    log: &Log,
    municipality: &str,
    entry: EntryId,
) -> Result<PlainEntry, Refused> {
    let now = log.clock().now();
    let found = lists::plain_entry(&tables.readers, log.keyring(), municipality, entry, now).await;
    let found = found.map_err(|error| match error {
        // Its key was never made: no such entry, not a fault.
        FoldError::Key(KeyError::Missing(_)) => ProblemCode::NotFound.into(),
        other => Refused::from(other),
    })?;
    match found {
        Some(found) => Ok(found),
        None if log.ended_early(entry.stream()).await? => Err(ProblemCode::EntryEnded.into()),
        None => Err(ProblemCode::NotFound.into()),
    }
}

/// How far the user has looked at the lists of the municipality.
#[utoipa::path(get, path = "/api/v1/municipality/seen", tag = "municipality",
    responses((status = 200, body = Seen), (status = 401), (status = 403)))]
pub async fn seen_so_far(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
) -> Result<Json<Seen>, Refused> {
    let (own, _) = municipality(&session)?;
    Ok(Json(lists::seen(&tables.readers, &session.user, own, log.clock().now()).await?.seen))
}

/// The user has looked at the lists up to a position. It never goes back.
#[utoipa::path(post, path = "/api/v1/municipality/seen", tag = "municipality", request_body = Seen,
    responses((status = 204), (status = 401), (status = 403), (status = 422)))]
pub async fn mark_seen(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Json(seen): Json<Seen>,
) -> Result<StatusCode, Refused> {
    let (own, _) = municipality(&session)?;
    let position = seen.position.filter(|position| *position <= *tables.reached.borrow());
    let position =
        position.ok_or_else(|| Refused::field("/position", "a position that the lists have reached"))?;
    lists::mark_seen(&tables.readers, &session.user, own, position, log.clock().now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says that an entry is not the municipality's own: it goes to the national workbench.
#[utoipa::path(post, path = "/api/v1/entries/{id}/not-ours", tag = "municipality", request_body = NotOurs,
    params(("id" = Uuid, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = EntryVersion), (status = 403), (status = 404), (status = 409), (status = 410), (status = 412), (status = 422), (status = 428)))]
pub async fn not_ours(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(request): Json<NotOurs>,
) -> Result<Json<EntryVersion>, Refused> {
    require(&session, |may| may.decline_entries)?;
    let (own, _) = municipality(&session)?;
    let expected = if_match(&headers)?;
    let command = idempotency_key(&headers)?;
    let reason = reason_of(&request.reason)?;
    let entry = entry_id(id)?;
    // Those of others are not found, and nobody learns whether they exist.
    of_municipality(&tables, &log, own, entry).await?;
    let loaded = entries::load(&log, entry).await?;
    let declined = EntryDeclined {
        municipality: own.to_owned(),
        reason: Personal(reason.to_owned()),
        declined_by: session.name.clone(),
    };
    let asked = format!("not ours {entry} {expected} {own} {reason}").into_bytes();
    let events = match decide(loaded.state.as_ref(), Command::Decline(declined.clone())) {
        Ok(events) => events,
        // Decided on an earlier version: a retry meets its first try by its key, anything else the conflict.
        Err(Refusal::NotResponsible) if expected != loaded.version => vec![declined.into()],
        Err(refusal) => return Err(refusal.into()),
    };
    let given = Some((command, asked));
    let appended = entries::append(&log, entry, expected, &events, &session.name, Vec::new(), given).await?;
    Ok(Json(EntryVersion { version: appended.version, position: appended.last_position }))
}
