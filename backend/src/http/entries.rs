//! Entries: list, counts, search, one entry, its timeline and raw records.

use super::access::{may_see_health, may_see_results, scope};
use super::problem::Refused;
use super::reader::{Reader, ids};
use super::session::Viewer;
use super::{Tables, access::Scope};
use crate::intake::entries::{Told, history};
use crate::intake::reference::Reference;
use crate::log::Log;
use crate::projections::entries::{self as list_of_entries, ListRow};
use crate::projections::projector::FoldError;
use crate::rules::entry::changed_fields;
use crate::rules::entry::merge;
use crate::rules::fields::value_text;
use api::disclosures::Shown;
use api::entries::{
    Entry, EntryCounts, EntryFilter, EntryPage, FieldChange, Party, RawRecords, ReferralStep, SearchRequest,
    SearchResult, Timeline, TimelineFact, TimelineItem,
};
use api::problem::ProblemCode;
use api::session::Session;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use events::record::RawRecord;
use events::result::ResultCorrected;
use events::{EntryEvent, EntryId, Personal, referral_event};
use uuid::Uuid;

/// Narrows a filter to what the viewer may see. Asking for another municipality is refused, not emptied:
/// an empty list would tell the doctor that nobody is there.
fn within(scope: &Scope, mut filter: EntryFilter) -> Result<EntryFilter, ProblemCode> {
    if let Scope::Municipality(own) = scope {
        if filter.municipality.as_ref().is_some_and(|asked| asked != own) || filter.unroutable {
            return Err(ProblemCode::NotPermitted);
        }
        filter.municipality = Some(own.clone());
    }
    Ok(filter)
}

/// A page of the list.
#[utoipa::path(get, path = "/api/v1/entries", tag = "entries", params(EntryFilter),
    responses((status = 200, body = EntryPage), (status = 401), (status = 403), (status = 422)))]
pub async fn list(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Query(filter): Query<EntryFilter>,
) -> Result<Json<EntryPage>, Refused> {
    let filter = within(&scope(&reader.session)?, filter)?;
    let position = *tables.reached.borrow();
    let page = list_of_entries::page(&tables.readers, log.keyring(), &filter, log.clock().now()).await?;
    reader.lists(Shown::Row, ids(&page.items)).await?;
    Ok(Json(EntryPage { items: page.items, next: page.next, position }))
}

impl From<list_of_entries::PageError> for Refused {
    fn from(error: list_of_entries::PageError) -> Self {
        match error {
            list_of_entries::PageError::Cursor(_) => Refused::field("?cursor", "not a cursor of this list"),
            list_of_entries::PageError::Failed(error) => error.into(),
        }
    }
}

/// How many entries a filter matches.
#[utoipa::path(get, path = "/api/v1/entries/counts", tag = "entries", params(EntryFilter),
    responses((status = 200, body = EntryCounts), (status = 401), (status = 403)))]
pub async fn counts(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Query(filter): Query<EntryFilter>,
) -> Result<Json<EntryCounts>, Refused> {
    let scope = scope(&session)?;
    let now = log.clock().now();
    let everything = within(&scope, EntryFilter::default())?;
    let filter = within(&scope, filter)?;
    let all = list_of_entries::count(&tables.readers, &everything, now).await?.total;
    let counts = list_of_entries::count(&tables.readers, &filter, now).await?;
    Ok(Json(EntryCounts { all, ..counts }))
}

/// Finds entries by number, phone, reference code, name or employer.
#[utoipa::path(post, path = "/api/v1/entries/search", tag = "entries", request_body = SearchRequest,
    responses((status = 200, body = SearchResult), (status = 401), (status = 403)))]
pub async fn search(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Json(request): Json<SearchRequest>,
) -> Result<Json<SearchResult>, Refused> {
    let scope = scope(&reader.session)?;
    let now = log.clock().now();
    let found = list_of_entries::search(
        &tables.readers,
        log.keyring(),
        &request.query,
        scope.municipality(),
        reader.session.permissions.see_protected,
        now,
    )
    .await?;
    reader.finds(Shown::Row, found.hits.iter().map(|hit| hit.entry.id)).await?;
    Ok(Json(found))
}

/// The id in a path.
pub(super) fn entry_id(id: Uuid) -> Result<EntryId, Refused> {
    EntryId::parse(id).ok_or(ProblemCode::NotFound.into())
}

/// An entry that the viewer may see. One of another municipality is not found: its existence is nobody's business.
pub(super) async fn visible(
    session: &Session,
    tables: &Tables,
    log: &Log,
    id: Uuid,
) -> Result<ListRow, Refused> {
    let scope = scope(session)?;
    let row = living(tables, log, id).await?;
    let hidden = row.document.identities.protected && !session.permissions.see_protected;
    if hidden || !scope.covers(&row.document.belonging, log.clock().now()) {
        return Err(ProblemCode::NotFound.into());
    }
    Ok(row)
}

/// An entry, whoever asks. What may be told of it is the caller's to judge.
pub(super) async fn living(tables: &Tables, log: &Log, id: Uuid) -> Result<ListRow, Refused> {
    let entry = entry_id(id)?;
    let row =
        list_of_entries::get(&tables.readers, log.keyring(), entry).await.map_err(|error| match error {
            // Its key was never made: no such entry, not a fault.
            FoldError::Key(crate::log::KeyError::Missing(_)) => ProblemCode::NotFound.into(),
            other => Refused::from(other),
        })?;
    match row {
        Some(row) => Ok(row),
        None if log.ended_early(entry.stream()).await? => Err(ProblemCode::EntryEnded.into()),
        None => Err(ProblemCode::NotFound.into()),
    }
}

/// One entry.
#[utoipa::path(get, path = "/api/v1/entries/{id}", tag = "entries", params(("id" = Uuid, Path)),
    responses((status = 200, body = Entry), (status = 304), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn get(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let row = visible(&reader.session, &tables, &log, id).await?;
    let etag = HeaderValue::from_str(&format!("\"{}\"", row.version)).map_err(|_| ProblemCode::Internal)?;
    if headers.get(header::IF_NONE_MATCH) == Some(&etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    reader.opens(Shown::Record, id).await?;
    let record = row.document.record;
    let entry = Entry {
        id,
        version: row.version,
        registered_at: row.registered_at,
        ends_at: row.entry.epoch().ends_at(),
        reference_codes: row.document.reference_codes,
        obligation: list_of_entries::obligation(&record),
        record,
        routing: row.document.routing,
    };
    Ok(([(header::ETAG, etag)], Json(entry)).into_response())
}

/// Others of an entry's travel party. Apart from the entry: it changes when the entry does not, and takes longer.
#[utoipa::path(get, path = "/api/v1/entries/{id}/party", tag = "entries", params(("id" = Uuid, Path)),
    responses((status = 200, body = Party), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn party(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
) -> Result<Json<Party>, Refused> {
    let scope = scope(&reader.session)?;
    let row = visible(&reader.session, &tables, &log, id).await?;
    let record = &row.document.record;
    let members =
        list_of_entries::party(&tables.readers, log.keyring(), row.entry, record, scope.municipality())
            .await?;
    reader.lists(Shown::Party, ids(&members)).await?;
    Ok(Json(Party { members }))
}

/// What happened to an entry.
#[utoipa::path(get, path = "/api/v1/entries/{id}/timeline", tag = "entries", params(("id" = Uuid, Path)),
    responses((status = 200, body = Timeline), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn timeline(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(reference): State<Reference>,
    Path(id): Path<Uuid>,
) -> Result<Json<Timeline>, Refused> {
    let row = visible(&reader.session, &tables, &log, id).await?;
    let mut known: RawRecord = RawRecord::new();
    let health = may_see_health(&reader.session);
    let results = may_see_results(&reader.session, reference.result_mode(log.clock().now()));
    let told = history(&log, row.entry).await?;
    let items = told.into_iter().filter_map(|told| item(told, &mut known, health, results));
    reader.keeps_open(Shown::Timeline, id).await?;
    Ok(Json(Timeline { items: items.collect() }))
}

/// What somebody may see of an event; nothing at all where even that it happened tells of health.
fn item(told: Told, known: &mut RawRecord, health: bool, results: bool) -> Option<TimelineItem> {
    let what = match told.event {
        EntryEvent::Registered(registered) => {
            *known = registered.raw.0;
            TimelineFact::Registered { reference_code: registered.reference_code }
        }
        EntryEvent::Updated(updated) => TimelineFact::Updated { changes: changes(known, &updated.raw.0) },
        EntryEvent::ReferenceCodeJoined(joined) => {
            TimelineFact::ReferenceCodeJoined { reference_code: joined.reference_code }
        }
        EntryEvent::Routed(routed) => {
            TimelineFact::Routed { municipality: routed.municipality, reason: routed.reason }
        }
        EntryEvent::Declined(declined) => {
            TimelineFact::Declined { municipality: declined.municipality, reason: declined.reason }
        }
        EntryEvent::EndRequested(requested) => TimelineFact::EndRequested { reason: requested.reason },
        EntryEvent::EndWithdrawn(_) => TimelineFact::EndWithdrawn,
        EntryEvent::EndConfirmed(_) => TimelineFact::EndConfirmed,
        EntryEvent::Dialled(dialled) => TimelineFact::Dialled {
            attempt: dialled.attempt,
            direction: dialled.direction,
            phone: dialled.phone,
        },
        EntryEvent::Concluded(concluded) => TimelineFact::Concluded {
            attempt: concluded.attempt,
            outcome: health.then_some(concluded.outcome),
        },
        EntryEvent::Corrected(corrected) => TimelineFact::Corrected {
            attempt: corrected.attempt,
            outcome: health.then_some(corrected.outcome),
            reason: health.then_some(corrected.reason),
        },
        EntryEvent::Undone(undone) => TimelineFact::Undone { attempt: undone.attempt },
        EntryEvent::Skipped(skipped) => TimelineFact::Skipped { reason: skipped.reason },
        EntryEvent::Directed(directed) => {
            TimelineFact::Directed { direction: directed.direction, reason: directed.reason }
        }
        EntryEvent::Reviewed(reviewed) => TimelineFact::Reviewed {
            attempt: reviewed.attempt,
            good: reviewed.good,
            note: reviewed.note.filter(|_| health),
        },
        EntryEvent::NumberMarkedWrong(marked) => TimelineFact::NumberMarkedWrong { phone: marked.phone },
        EntryEvent::MessageOrdered(ordered) => {
            TimelineFact::MessageOrdered { message: ordered.kind, language: ordered.language }
        }
        EntryEvent::MessageReported(reported) => TimelineFact::MessageReported { result: reported.result },
        EntryEvent::MessageStopped(stopped) => TimelineFact::MessageStopped { ground: stopped.ground },
        referral_event!() => TimelineFact::Referral { step: referral_step(told.event).filter(|_| health)? },
        EntryEvent::IdentityAssigned(_)
        | EntryEvent::IdentityWithdrawn(_)
        | EntryEvent::Joined(_)
        | EntryEvent::Separated(_)
        | EntryEvent::Protection(_)
        | EntryEvent::ResultReceived(_)
        | EntryEvent::ResultLookedUp(_)
        | EntryEvent::ResultCorrected(_)
        | EntryEvent::CorrectionSettled(_)
        | EntryEvent::HotelCheckedIn(_)
        | EntryEvent::HotelCheckedOut(_) => of_person(told.event, results)?,
    };
    Some(TimelineItem { position: told.position, recorded_at: told.recorded_at, actor: told.actor, what })
}

/// What a later record of the source changes; it is the known one from then on.
fn changes(known: &mut RawRecord, later: &RawRecord) -> Vec<FieldChange> {
    let after = merge(known, later);
    let changes = changed_fields(known, &after).into_iter().map(|field| FieldChange {
        from: shown(known, &field),
        to: shown(&after, &field),
        field,
    });
    let changes = changes.collect();
    *known = after;
    changes
}

/// Who the traveller is, and what tests say; the latter for those who may see it.
fn of_person(event: EntryEvent, results: bool) -> Option<TimelineFact> {
    let fact = match event {
        EntryEvent::IdentityAssigned(assigned) => TimelineFact::IdentityAssigned {
            identity: assigned.identity.kind,
            number: assigned.identity.number,
            at: assigned.assigned_at,
            place: assigned.place,
        },
        EntryEvent::IdentityWithdrawn(withdrawn) => {
            TimelineFact::IdentityWithdrawn { identity: withdrawn.identity.kind, reason: withdrawn.reason }
        }
        EntryEvent::Joined(joined) => TimelineFact::Joined { with: joined.with.uuid() },
        EntryEvent::Separated(separated) => {
            TimelineFact::Separated { from: separated.from.uuid(), reason: separated.reason }
        }
        EntryEvent::Protection(protection) => TimelineFact::Protection { protected: protection.protected },
        EntryEvent::HotelCheckedIn(hotel) => {
            TimelineFact::HotelCheckedIn { hotel: hotel.name, municipality: hotel.municipality }
        }
        EntryEvent::HotelCheckedOut(_) => TimelineFact::HotelCheckedOut,
        EntryEvent::ResultReceived(received) if results => TimelineFact::ResultReceived {
            class: received.class,
            state: received.state,
            laboratory: received.laboratory.name,
        },
        EntryEvent::ResultLookedUp(looked_up) if results => {
            TimelineFact::ResultLookedUp { answered: looked_up.answered }
        }
        EntryEvent::ResultCorrected(corrected) if results => {
            let ResultCorrected { before, after, also, .. } = corrected;
            TimelineFact::ResultCorrected { before, after, also }
        }
        EntryEvent::CorrectionSettled(settled) if results => {
            TimelineFact::CorrectionSettled { note: settled.note }
        }
        _ => return None,
    };
    Some(fact)
}

/// A referral tells what a conversation came to.
fn referral_step(event: EntryEvent) -> Option<ReferralStep> {
    match event {
        EntryEvent::ReferralMade(made) => Some(ReferralStep::Made { joined: made.joins.is_some() }),
        EntryEvent::ReferralSent(_) => Some(ReferralStep::Sent),
        EntryEvent::ReferralStatus(told) => Some(ReferralStep::Delivery { status: told.status }),
        EntryEvent::ReferralReceived(_) => Some(ReferralStep::Received),
        EntryEvent::ReferralReturned(returned) => Some(ReferralStep::Returned { wanted: returned.wanted }),
        EntryEvent::ReferralCompleted(_) => Some(ReferralStep::Completed),
        EntryEvent::ReferralResent(_) => Some(ReferralStep::Resent),
        EntryEvent::ReferralClosed(closed) => Some(ReferralStep::Closed { outcome: closed.outcome }),
        _ => None,
    }
}

fn shown(raw: &RawRecord, field: &str) -> Option<Personal<String>> {
    raw.get(field).and_then(value_text).map(|text| Personal(text.into_owned()))
}

/// The source's own records.
#[utoipa::path(get, path = "/api/v1/entries/{id}/raw", tag = "entries", params(("id" = Uuid, Path)),
    responses((status = 200, body = RawRecords), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn raw(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
) -> Result<Json<RawRecords>, Refused> {
    let row = visible(&reader.session, &tables, &log, id).await?;
    reader.opens(Shown::RawRecords, id).await?;
    let records = history(&log, row.entry).await?.into_iter().filter_map(|told| match told.event {
        EntryEvent::Registered(registered) => Some(registered.raw),
        EntryEvent::Updated(updated) => Some(updated.raw),
        EntryEvent::ReferenceCodeJoined(joined) => Some(joined.raw),
        EntryEvent::Routed(_)
        | EntryEvent::Declined(_)
        | EntryEvent::EndRequested(_)
        | EntryEvent::EndWithdrawn(_)
        | EntryEvent::EndConfirmed(_)
        | EntryEvent::Dialled(_)
        | EntryEvent::Concluded(_)
        | EntryEvent::Corrected(_)
        | EntryEvent::Undone(_)
        | EntryEvent::Skipped(_)
        | EntryEvent::Directed(_)
        | EntryEvent::Reviewed(_)
        | EntryEvent::NumberMarkedWrong(_)
        | EntryEvent::MessageOrdered(_)
        | EntryEvent::MessageReported(_)
        | EntryEvent::MessageStopped(_)
        | EntryEvent::IdentityAssigned(_)
        | EntryEvent::IdentityWithdrawn(_)
        | EntryEvent::Joined(_)
        | EntryEvent::Separated(_)
        | EntryEvent::Protection(_)
        | EntryEvent::ResultReceived(_)
        | EntryEvent::ResultLookedUp(_)
        | EntryEvent::ResultCorrected(_)
        | EntryEvent::CorrectionSettled(_)
        | EntryEvent::HotelCheckedIn(_)
        | EntryEvent::HotelCheckedOut(_)
        | referral_event!() => None,
    });
    Ok(Json(RawRecords { records: records.collect() }))
}
