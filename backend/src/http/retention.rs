//! What ends when, the proof that it did, and ending one entry early.

use super::Tables;
use super::access::require;
use super::problem::Refused;
use super::reader::Reader;
use super::session::Viewer;
use crate::intake::entries;
use crate::projections::entries::search;
use crate::retention::Retention;
use crate::rules::entry::{Command, Refusal, decide};
use api::disclosures::Shown;
use api::entries::{MatchedBy, SearchHit};
use api::problem::ProblemCode;
use api::retention::{
    EarlyEndGround, FindEntry, FoundEntry, RequestEarlyEnd, RetentionStatus, SignedCertificate,
};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use events::entry::{EndGround, EndRequested};
use events::{EntryId, Personal};
use jiff::civil::Date;
use uuid::Uuid;

/// Characters of a reason at most.
const REASON_CHARS_MAX: usize = 500;
/// Digits that a number, phone or code has at least.
const DIGITS_MIN: usize = 4;
/// Entries that one query of the data-protection officer may find: more is not one person's.
const FOUND_MAX: usize = 20;

/// What ends when, what ended, and what is missing.
#[utoipa::path(get, path = "/api/v1/retention", tag = "retention", responses((status = 200, body = RetentionStatus), (status = 401), (status = 403)))]
pub async fn status(
    Viewer(session): Viewer,
    State(retention): State<Retention>,
) -> Result<Json<RetentionStatus>, Refused> {
    require(&session, |may| may.see_retention)?;
    Ok(Json(retention.overview().await?))
}

/// The signed certificate of a day.
#[utoipa::path(get, path = "/api/v1/retention/certificates/{day}", tag = "retention", params(("day" = String, Path)),
    responses((status = 200, body = SignedCertificate), (status = 401), (status = 403), (status = 404)))]
pub async fn certificate(
    Viewer(session): Viewer,
    State(retention): State<Retention>,
    Path(day): Path<Date>,
) -> Result<Json<SignedCertificate>, Refused> {
    require(&session, |may| may.see_retention)?;
    let signed = retention.certificate(day).await?;
    Ok(Json(signed.ok_or(ProblemCode::NotFound)?))
}

/// The anonymous statistics of a day.
#[utoipa::path(get, path = "/api/v1/retention/statistics/{day}", tag = "retention", params(("day" = String, Path)),
    responses((status = 200, body = Object), (status = 401), (status = 403), (status = 404)))]
pub async fn statistics(
    Viewer(session): Viewer,
    State(retention): State<Retention>,
    Path(day): Path<Date>,
) -> Result<Json<events::retention::DayStatistics>, Refused> {
    require(&session, |may| may.see_retention)?;
    Ok(Json(retention.statistics(day).await?.ok_or(ProblemCode::NotFound)?))
}

/// Finds an entry by a number, phone or code that the person shows; tells nothing else about it.
#[utoipa::path(post, path = "/api/v1/retention/find", tag = "retention", request_body = FindEntry,
    responses((status = 200, body = Vec<FoundEntry>), (status = 401), (status = 403)))]
pub async fn find(
    reader: Reader,
    State(retention): State<Retention>,
    State(tables): State<Tables>,
    Json(request): Json<FindEntry>,
) -> Result<Json<Vec<FoundEntry>>, Refused> {
    require(&reader.session, |may| may.request_early_end)?;
    if request.query.chars().filter(char::is_ascii_digit).count() < DIGITS_MIN {
        return Err(Refused::field("/query", "a national number, a phone number or a reference code"));
    }
    let log = retention.log();
    let found = search(&tables.readers, log.keyring(), &request.query, None, log.clock().now()).await?;
    // By what is one person's: names and employers would tell of others.
    let own = |hit: &SearchHit| {
        matches!(hit.matched_by, MatchedBy::Identity | MatchedBy::ReferenceCode | MatchedBy::Phone)
    };
    let hits = found.hits.into_iter().filter(own).take(FOUND_MAX).map(|hit| FoundEntry {
        entry: hit.entry.id,
        registered_at: hit.entry.registered_at,
        arrival: hit.entry.arrival,
        ends_at: hit.entry.ends_at,
    });
    let hits: Vec<FoundEntry> = hits.collect();
    reader.finds(Shown::Dates, hits.iter().map(|hit| hit.entry)).await?;
    Ok(Json(hits))
}

/// Asks that an entry be ended before its epoch.
#[utoipa::path(post, path = "/api/v1/retention/early-ends", tag = "retention", request_body = RequestEarlyEnd,
    responses((status = 202), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410)))]
pub async fn request_early_end(
    Viewer(session): Viewer,
    State(retention): State<Retention>,
    Json(request): Json<RequestEarlyEnd>,
) -> Result<StatusCode, Refused> {
    require(&session, |may| may.request_early_end)?;
    let reason = request.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        return Err(Refused::field("/reason", "1 to 500 characters"));
    }
    let command = Command::RequestEnd(EndRequested {
        ground: match request.ground {
            EarlyEndGround::RegisteredByMistake => EndGround::RegisteredByMistake,
            EarlyEndGround::RightToErasure => EndGround::RightToErasure,
        },
        reason: Personal(reason.to_owned()),
        requested_by: session.name.clone(),
    });
    change(&retention, request.entry, command, &session.name).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Agrees to end an entry: it is gone when this is answered.
#[utoipa::path(post, path = "/api/v1/retention/early-ends/{entry}/confirmation", tag = "retention", params(("entry" = Uuid, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410)))]
pub async fn confirm_early_end(
    Viewer(session): Viewer,
    State(retention): State<Retention>,
    Path(entry): Path<Uuid>,
) -> Result<StatusCode, Refused> {
    require(&session, |may| may.confirm_early_end)?;
    let by = session.name.clone();
    let entry = change(&retention, entry, Command::ConfirmEnd { by }, &session.name).await?;
    retention.end_entry(entry).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the request back, or turns it down.
#[utoipa::path(delete, path = "/api/v1/retention/early-ends/{entry}", tag = "retention", params(("entry" = Uuid, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410)))]
pub async fn withdraw_early_end(
    Viewer(session): Viewer,
    State(retention): State<Retention>,
    Path(entry): Path<Uuid>,
) -> Result<StatusCode, Refused> {
    require(&session, |may| may.confirm_early_end)?;
    let by = session.name.clone();
    change(&retention, entry, Command::WithdrawEnd { by }, &session.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Decides on the entry as it is now and appends what follows.
async fn change(retention: &Retention, entry: Uuid, command: Command, by: &str) -> Result<EntryId, Refused> {
    let entry = EntryId::parse(entry).ok_or(ProblemCode::NotFound)?;
    let loaded = entries::load(retention.log(), entry).await?;
    let events = decide(loaded.state.as_ref(), command).map_err(refused)?;
    entries::append(retention.log(), entry, loaded.version, &events, by, Vec::new(), None).await?;
    Ok(entry)
}

fn refused(refusal: Refusal) -> Refused {
    match refusal {
        Refusal::NotRegistered => ProblemCode::NotFound.into(),
        Refusal::Ending => ProblemCode::EntryEnded.into(),
        Refusal::ReasonMissing => Refused::field("/reason", "1 to 500 characters"),
        Refusal::SecondPersonNeeded => ProblemCode::SecondPersonNeeded.into(),
        Refusal::EndNotRequested
        | Refusal::EndRequestedAlready
        | Refusal::UnknownMunicipality
        | Refusal::NotResponsible
        | Refusal::Call(_)
        | Refusal::ReferenceCodeMissing
        | Refusal::MergedWithAnotherState => ProblemCode::Refused.into(),
    }
}
