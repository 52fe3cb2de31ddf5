//! The national workbench: entries that cannot be routed, and deciding where they belong.

use super::Tables;
use super::access::require;
use super::entries::visible;
use super::problem::{Refused, reason_of};
use super::reader::Reader;
use super::session::Viewer;
use crate::intake::entries;
use crate::intake::reference::Reference;
use crate::log::Log;
use crate::projections::entries as list_of_entries;
use crate::rules::belonging::{Moved, MovedBecause};
use crate::rules::entry::{Command, Route, decide};
use crate::rules::moments::norwegian_day_of;
use api::disclosures::Shown;
use api::entries::{Declined, EntryFilter, EntryVersion, RouteEntry, UnroutablePage, UnroutableRow};
use api::problem::ProblemCode;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use events::{CommandId, Personal};
use serde::Deserialize;
use uuid::Uuid;

/// Decides which municipality follows an entry up.
#[utoipa::path(put, path = "/api/v1/entries/{id}/routing", tag = "entries", request_body = RouteEntry,
    params(("id" = Uuid, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = EntryVersion), (status = 403), (status = 404), (status = 409), (status = 410), (status = 412), (status = 428)))]
pub async fn route(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(reference): State<Reference>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(request): Json<RouteEntry>,
) -> Result<(HeaderMap, Json<EntryVersion>), Refused> {
    require(&session, |may| may.route_entries)?;
    let expected = if_match(&headers)?;
    let command = idempotency_key(&headers)?;
    let reason = reason_of(&request.reason)?;
    let row = visible(&session, &tables, &log, id).await?;
    let entry = row.entry;
    let loaded = entries::load(&log, entry).await?;
    let today = norwegian_day_of(log.clock().now());
    let decision = Route {
        known: reference.facts().postcodes.is_municipality(&request.municipality, today),
        municipality: request.municipality.clone(),
        reason: Personal(reason.to_owned()),
        decided_by: session.name.clone(),
    };
    let events = decide(loaded.state.as_ref(), Command::Route(decision))?;
    let asked = format!("route {} {expected} {} {reason}", entry, request.municipality).into_bytes();
    let given = Some((command, asked));
    let appended = entries::append(&log, entry, expected, &events, &session.name, Vec::new(), given).await?;
    let mut answer = HeaderMap::new();
    answer.extend(format!("\"{}\"", appended.version).parse().ok().map(|etag| (header::ETAG, etag)));
    Ok((answer, Json(EntryVersion { version: appended.version, position: appended.last_position })))
}

fn declined(moved: Moved) -> Option<Declined> {
    let municipality = moved.from.filter(|_| moved.because == MovedBecause::Declined)?;
    Some(Declined { municipality, at: moved.at, reason: moved.words, by: moved.by })
}

/// The version a decision was made on.
pub(super) fn if_match(headers: &HeaderMap) -> Result<u32, Refused> {
    let header = headers.get(header::IF_MATCH).ok_or(ProblemCode::PreconditionRequired)?;
    let quoted = header.to_str().ok().and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
    quoted.ok_or(ProblemCode::ChangedMeanwhile.into())
}

/// The command's id: a retry carries the same one.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<CommandId, Refused> {
    let header = headers.get("idempotency-key").ok_or(ProblemCode::KeyRequired)?;
    let key = header.to_str().ok().and_then(|key| key.trim_matches('"').parse().ok());
    key.map(CommandId).ok_or_else(|| Refused::field("Idempotency-Key", "a UUID"))
}

/// Query of the workbench.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct WorkbenchQuery {
    /// Where the previous page ended.
    cursor: Option<String>,
}

/// Entries that no municipality is responsible for.
#[utoipa::path(get, path = "/api/v1/workbench/unroutable", tag = "entries", params(WorkbenchQuery),
    responses((status = 200, body = UnroutablePage), (status = 401), (status = 403)))]
pub async fn unroutable(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(reference): State<Reference>,
    Query(query): Query<WorkbenchQuery>,
) -> Result<Json<UnroutablePage>, Refused> {
    require(&reader.session, |may| may.route_entries)?;
    let now = log.clock().now();
    let facts = reference.facts();
    let today = norwegian_day_of(now);
    let page = list_of_entries::unroutable(&tables.readers, log.keyring(), query.cursor, now).await?;
    reader.lists(Shown::Row, page.items.iter().map(|(row, _)| row.id)).await?;
    let filter = EntryFilter { unroutable: true, ..EntryFilter::default() };
    let total = list_of_entries::count(&tables.readers, &filter, now).await?.total;
    let items = page.items.into_iter().map(|(entry, row)| {
        let quarantine = row.document.record.quarantine;
        let told = [&quarantine.postcode, &quarantine.address, &quarantine.place_name];
        let mut suggestions: Vec<String> = Vec::new();
        for suggestion in told.into_iter().flatten().flat_map(|told| facts.postcodes.suggest(&told.0, today))
        {
            if !suggestions.contains(&suggestion) {
                suggestions.push(suggestion);
            }
        }
        UnroutableRow {
            entry,
            version: row.version,
            address: quarantine.address,
            postcode: quarantine.postcode,
            suggestions,
            basis: row.document.routing.basis,
            declined: row.document.belonging.moved.and_then(declined),
        }
    });
    Ok(Json(UnroutablePage { items: items.collect(), next: page.next, total }))
}
