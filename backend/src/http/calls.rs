//! Attempts and what they came to, drafts, and whoever rings the centre.

use super::access::require;
use super::entries::entry_id;
use super::problem::Refused;
use super::queue::lost;
use super::reader::{Reader, ids};
use super::routing::idempotency_key;
use super::session::Viewer;
use crate::log::Log;
use crate::queue::Queue;
use crate::queue::attempts::{CallError, asked, saved};
use crate::rules::calls::Command;
use crate::rules::queue::next_open;
use api::calls::{
    CallSaved, Conclude, Correct, Dial, Draft, InboundMatches, Leaving, LeavingPart, LeavingTo, Receiver,
    Review,
};
use api::disclosures::Shown;
use api::problem::ProblemCode;
use api::session::Session;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use events::call::{
    Assessment, CallConcluded, CallCorrected, CallDialled, CallDirection, CallOutcome, CallReviewed,
    ContactResult,
};
use events::{EntryId, Personal};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// Entries of a number that are shown at most.
const INBOUND_MAX: usize = 20;
/// Bytes of a draft at most.
const DRAFT_BYTES_MAX: usize = 32 * 1024;

/// Writes down that a number is dialled. When the centre rings, the caller must hold the card, the card must still be
/// as it was shown, and the hour must allow it.
#[utoipa::path(post, path = "/api/v1/entries/{id}/calls", tag = "calls", request_body = Dial,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = CallSaved), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 412), (status = 422)))]
pub async fn dial(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(request): Json<Dial>,
) -> Result<Json<CallSaved>, Refused> {
    require(&session, |may| may.make_calls)?;
    let entry = entry_id(id)?;
    let attempt = idempotency_key(&headers)?.0;
    let now = queue.clock().now();
    let known = queue.state_of(entry).await?.2.calls.attempt(attempt).is_some();
    if request.direction == CallDirection::Outbound && !known {
        may_ring(&queue, &session, entry, &request, now).await?;
    }
    let dialled = CallDialled {
        attempt,
        direction: request.direction,
        phone: request.phone,
        dialled_at: now,
        caller: session.name,
    };
    Ok(Json(saved(queue.dial(entry, dialled).await?, attempt, None)))
}

/// The last look before a telephone rings.
async fn may_ring(
    queue: &Queue,
    session: &Session,
    entry: EntryId,
    request: &Dial,
    now: Timestamp,
) -> Result<(), Refused> {
    let fence = request.fence.ok_or(ProblemCode::CardLost)?;
    queue.prolong(&session.name, entry, fence).await?.map_err(lost)?;
    if next_open(&queue.policy(), now) != Some(now) {
        return Err(ProblemCode::OutsideCallingHours.into());
    }
    let present = queue.present(entry).await?;
    let changed = request.version.is_some_and(|version| version != present.version);
    let left = !queue.may_ring(&present, &session.name);
    if changed || left { Err(ProblemCode::ChangedMeanwhile.into()) } else { Ok(()) }
}

/// What an attempt came to is for whoever made it to say, and for those who lead.
async fn their_own(queue: &Queue, session: &Session, entry: EntryId, attempt: Uuid) -> Result<(), Refused> {
    let (_, _, state) = queue.state_of(entry).await?;
    let attempt = state.calls.attempt(attempt).ok_or(ProblemCode::NotFound)?;
    let own = attempt.caller == session.name;
    if own || session.permissions.lead_calls { Ok(()) } else { Err(ProblemCode::NotPermitted.into()) }
}

/// Says what an attempt came to, and gives the card back.
#[utoipa::path(put, path = "/api/v1/entries/{id}/calls/{attempt}/outcome", tag = "calls", request_body = Conclude,
    params(("id" = Uuid, Path), ("attempt" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = CallSaved), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 422)))]
pub async fn conclude(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path((id, attempt)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    Json(request): Json<Conclude>,
) -> Result<Json<CallSaved>, Refused> {
    require(&session, |may| may.make_calls)?;
    let entry = entry_id(id)?;
    their_own(&queue, &session, entry, attempt).await?;
    let now = queue.clock().now();
    let concluded =
        CallConcluded { attempt, outcome: request.outcome, concluded_at: now, caller: session.name.clone() };
    let done = queue.conclude(entry, idempotency_key(&headers)?, concluded).await?;
    queue.drop_draft(entry, attempt).await?;
    queue.give_back(&session.name, entry, done.position).await?;
    let undo = SignedDuration::from_secs(i64::from(queue.policy().undo_seconds));
    Ok(Json(saved(done, attempt, now.saturating_add(undo).ok())))
}

/// Takes an outcome back, a moment after it was saved.
#[utoipa::path(post, path = "/api/v1/entries/{id}/calls/{attempt}/undo", tag = "calls",
    params(("id" = Uuid, Path), ("attempt" = Uuid, Path)),
    responses((status = 200, body = CallSaved), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410)))]
pub async fn undo(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path((id, attempt)): Path<(Uuid, Uuid)>,
) -> Result<Json<CallSaved>, Refused> {
    require(&session, |may| may.make_calls)?;
    let (now, by) = (queue.clock().now(), session.name.clone());
    let within = SignedDuration::from_secs(i64::from(queue.policy().undo_seconds));
    let undone = queue.call(entry_id(id)?, &session.name, None, |state| {
        // Taken back already: the same request again.
        let concluded = state.calls.attempt(attempt).is_none_or(|known| known.concluded.is_some());
        concluded.then(|| Command::Undo { attempt, by: by.clone(), now, within })
    });
    Ok(Json(saved(undone.await?, attempt, None)))
}

/// Says what an attempt came to in truth.
#[utoipa::path(post, path = "/api/v1/entries/{id}/calls/{attempt}/correction", tag = "calls", request_body = Correct,
    params(("id" = Uuid, Path), ("attempt" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = CallSaved), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 422)))]
pub async fn correct(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path((id, attempt)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    Json(request): Json<Correct>,
) -> Result<Json<CallSaved>, Refused> {
    require(&session, |may| may.make_calls)?;
    let entry = entry_id(id)?;
    their_own(&queue, &session, entry, attempt).await?;
    let corrected = CallCorrected {
        attempt,
        outcome: request.outcome,
        reason: Personal(request.reason),
        corrected_at: queue.clock().now(),
        corrected_by: session.name.clone(),
    };
    let key = (idempotency_key(&headers)?, asked("correct", entry, attempt, &corrected.outcome));
    let done =
        queue.call(entry, &session.name, Some(key), |_| Some(Command::Correct(corrected.clone()))).await?;
    Ok(Json(saved(done, attempt, None)))
}

/// A lead looks a conversation through.
#[utoipa::path(post, path = "/api/v1/entries/{id}/calls/{attempt}/review", tag = "calls", request_body = Review,
    params(("id" = Uuid, Path), ("attempt" = Uuid, Path)),
    responses((status = 200, body = CallSaved), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410)))]
pub async fn review(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path((id, attempt)): Path<(Uuid, Uuid)>,
    Json(request): Json<Review>,
) -> Result<Json<CallSaved>, Refused> {
    require(&session, |may| may.lead_calls)?;
    let reviewed = CallReviewed {
        attempt,
        good: request.good,
        note: request.note.filter(|note| !note.trim().is_empty()).map(Personal),
        reviewed_by: session.name.clone(),
    };
    let done =
        queue.call(entry_id(id)?, &session.name, None, |_| Some(Command::Review(reviewed.clone()))).await?;
    Ok(Json(saved(done, attempt, None)))
}

/// What leaves the register with an outcome, and to whom. Nothing is done.
#[utoipa::path(post, path = "/api/v1/entries/{id}/calls/preview", tag = "calls", request_body = Conclude,
    params(("id" = Uuid, Path)), responses((status = 200, body = Leaving), (status = 401), (status = 403), (status = 404)))]
pub async fn preview(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path(id): Path<Uuid>,
    Json(request): Json<Conclude>,
) -> Result<Json<Leaving>, Refused> {
    require(&session, |may| may.make_calls)?;
    let (_, _, state) = queue.state_of(entry_id(id)?).await?;
    let municipality = state.routing.responsible_municipality;
    Ok(Json(Leaving {
        status: request.outcome.status(),
        receivers: receivers(&request.outcome, municipality),
    }))
}

/// The labour inspectorate is not among them: it is told by a referral, which whoever makes it sees first.
fn receivers(outcome: &CallOutcome, municipality: Option<String>) -> Vec<LeavingTo> {
    let mut receivers = Vec::new();
    if outcome.contact == ContactResult::Answered {
        let mut parts = vec![LeavingPart::Identity, LeavingPart::Place, LeavingPart::Assessment];
        if outcome.assessment == Some(Assessment::SuspectedBreach) {
            parts.extend([LeavingPart::Grounds, LeavingPart::Note]);
        }
        receivers.push(LeavingTo { receiver: Receiver::Municipality, municipality, parts });
    }
    let told_by_message = matches!(
        outcome.contact,
        ContactResult::NoAnswer
            | ContactResult::VoicemailLeft
            | ContactResult::Busy
            | ContactResult::LanguageBarrier
    ) || outcome.assessment == Some(Assessment::NeededGuidanceNowComplies);
    if told_by_message {
        let parts = vec![LeavingPart::Template];
        receivers.push(LeavingTo { receiver: Receiver::Traveller, municipality: None, parts });
    }
    receivers
}

/// What was typed and not saved.
#[utoipa::path(get, path = "/api/v1/entries/{id}/draft", tag = "calls", params(("id" = Uuid, Path)),
    responses((status = 200, body = Draft), (status = 401), (status = 403), (status = 404)))]
pub async fn draft(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path(id): Path<Uuid>,
) -> Result<Json<Draft>, Refused> {
    require(&session, |may| may.make_calls)?;
    let entry = entry_id(id)?;
    let draft = queue.draft(entry).await?.ok_or(ProblemCode::NotFound)?;
    their_own(&queue, &session, entry, draft.attempt).await?;
    Ok(Json(draft))
}

/// Keeps what is typed. A caller who has lost the card keeps what was typed too, as long as the attempt was the
/// caller's own.
#[utoipa::path(put, path = "/api/v1/entries/{id}/draft", tag = "calls", request_body = Draft, params(("id" = Uuid, Path)),
    responses((status = 200, body = Draft), (status = 401), (status = 403), (status = 404), (status = 409), (status = 413)))]
pub async fn keep_draft(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
    Json(draft): Json<Draft>,
) -> Result<Json<Draft>, Refused> {
    require(&session, |may| may.make_calls)?;
    let entry = entry_id(id)?;
    if draft.outcome.0.to_string().len() > DRAFT_BYTES_MAX {
        return Err(ProblemCode::TooLarge.into());
    }
    let (_, _, state) = queue.state_of(entry).await?;
    let attempt = state.calls.attempt(draft.attempt).ok_or(ProblemCode::NotFound)?;
    if attempt.caller != session.name || attempt.concluded.is_some() {
        return Err(ProblemCode::Refused.into());
    }
    queue.keep_draft(&session.name, entry, &draft, log.entropy()).await?;
    Ok(Json(Draft { saved_at: Some(queue.clock().now()), ..draft }))
}

/// Whoever rings the centre, by number.
#[utoipa::path(post, path = "/api/v1/calls/inbound", tag = "calls", request_body = api::calls::Inbound,
    responses((status = 200, body = InboundMatches), (status = 401), (status = 403)))]
pub async fn inbound(
    reader: Reader,
    State(queue): State<Queue>,
    Json(request): Json<api::calls::Inbound>,
) -> Result<Json<InboundMatches>, Refused> {
    require(&reader.session, |may| may.make_calls)?;
    let mut entries = Vec::new();
    for entry in queue.entries_with(&request.phone).await?.into_iter().take(INBOUND_MAX) {
        match queue.present(entry).await {
            Ok(present)
                if present.document.identities.protected && !reader.session.permissions.see_protected => {}
            Ok(present) => entries.push(crate::projections::entries::list_row(
                entry,
                present.registered_at,
                &present.document,
            )),
            Err(CallError::NotFound | CallError::Read(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    reader.finds(Shown::Row, ids(&entries)).await?;
    Ok(Json(InboundMatches { entries }))
}
