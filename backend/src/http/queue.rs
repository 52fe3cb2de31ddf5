//! The queue of calls: who is next, holding a card, and the lead's board.

use super::access::require;
use super::entries::entry_id;
use super::problem::Refused;
use super::reader::Reader;
use super::routing::idempotency_key;
use super::session::Viewer;
use crate::queue::Queue;
use crate::queue::attempts::CallError;
use crate::queue::card::CardError;
use crate::queue::claim::Lost;
use crate::queue::decisions::Decision;
use crate::queue::drafts::DraftError;
use crate::rules::calls::Command;
use crate::rules::entry::Refusal;
use api::calls::{
    Board, CallerProfile, Decide, Decided, Heartbeat, Lease, NextCall, NobodyBecause, QueueFilter, QueuePage,
    Skip, UndoDecision,
};
use api::disclosures::Shown;
use api::problem::ProblemCode;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use events::call::QueueDirection;
use jiff::SignedDuration;
use uuid::Uuid;

/// Languages of a caller at most.
const LANGUAGES_MAX: usize = 20;
/// Entries of one decision at most.
const DECIDED_MAX: usize = 200;
/// Characters of a reason at most.
const REASON_CHARS_MAX: usize = 500;

/// How the caller works today.
#[utoipa::path(get, path = "/api/v1/queue/me", tag = "calls",
    responses((status = 200, body = CallerProfile), (status = 401), (status = 403)))]
pub async fn profile(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
) -> Result<Json<CallerProfile>, Refused> {
    require(&session, |may| may.make_calls)?;
    Ok(Json(CallerProfile { languages: queue.languages_of(&session.name).await? }))
}

/// Says how the caller works today.
#[utoipa::path(put, path = "/api/v1/queue/me", tag = "calls", request_body = CallerProfile,
    responses((status = 200, body = CallerProfile), (status = 401), (status = 403), (status = 422)))]
pub async fn set_profile(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Json(profile): Json<CallerProfile>,
) -> Result<Json<CallerProfile>, Refused> {
    require(&session, |may| may.make_calls)?;
    let is_code = |code: &String| matches!(code.len(), 2 | 3) && code.chars().all(|c| c.is_ascii_lowercase());
    if profile.languages.len() > LANGUAGES_MAX || !profile.languages.iter().all(is_code) {
        return Err(Refused::field("/languages", "codes of languages, ISO 639, 20 at most"));
    }
    queue.set_languages(&session.name, &profile.languages).await?;
    Ok(Json(profile))
}

/// The next call, or the card the caller holds already.
#[utoipa::path(post, path = "/api/v1/queue/next", tag = "calls",
    responses((status = 200, body = NextCall), (status = 401), (status = 403)))]
pub async fn next(reader: Reader, State(queue): State<Queue>) -> Result<Json<NextCall>, Refused> {
    require(&reader.session, |may| may.make_calls)?;
    let next = queue.next(&reader.session.name).await?;
    if let NextCall::Card(card) = &next {
        reader.keeps_open(Shown::CallCard, card.entry.id).await?;
    }
    Ok(Json(next))
}

/// The card the caller holds.
#[utoipa::path(get, path = "/api/v1/queue/card", tag = "calls",
    responses((status = 200, body = NextCall), (status = 401), (status = 403)))]
pub async fn card(reader: Reader, State(queue): State<Queue>) -> Result<Json<NextCall>, Refused> {
    require(&reader.session, |may| may.make_calls)?;
    let nobody = NextCall::Nobody { because: NobodyBecause::NoCard, again_at: None };
    let held = queue.held_card(&reader.session.name).await?;
    if let Some(card) = &held {
        reader.keeps_open(Shown::CallCard, card.entry.id).await?;
    }
    Ok(Json(held.map_or(nobody, |card| NextCall::Card(Box::new(card)))))
}

/// The caller is still there: the hold is prolonged.
#[utoipa::path(post, path = "/api/v1/queue/cards/{entry}/heartbeat", tag = "calls", request_body = Heartbeat,
    params(("entry" = Uuid, Path)), responses((status = 200, body = Lease), (status = 401), (status = 403), (status = 409)))]
pub async fn heartbeat(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path(entry): Path<Uuid>,
    Json(heartbeat): Json<Heartbeat>,
) -> Result<Json<Lease>, Refused> {
    require(&session, |may| may.make_calls)?;
    let lease = queue.prolong(&session.name, entry_id(entry)?, heartbeat.fence).await?;
    Ok(Json(lease.map_err(lost)?))
}

/// The caller gives the card back without dialling.
#[utoipa::path(post, path = "/api/v1/queue/cards/{entry}/skip", tag = "calls", request_body = Skip,
    params(("entry" = Uuid, Path)), responses((status = 204), (status = 401), (status = 403), (status = 409)))]
pub async fn skip(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path(entry): Path<Uuid>,
    Json(skip): Json<Skip>,
) -> Result<StatusCode, Refused> {
    require(&session, |may| may.make_calls)?;
    let entry = entry_id(entry)?;
    queue.prolong(&session.name, entry, skip.fence).await?.map_err(lost)?;
    let now = queue.clock().now();
    let rest = SignedDuration::from_mins(i64::from(queue.policy().skipped_rests_minutes));
    let skipped = queue.call(entry, &session.name, None, |_| {
        let not_before = now.saturating_add(rest).unwrap_or(now);
        Some(Command::Skip { reason: skip.reason, not_before, caller: session.name.clone() })
    });
    let position = skipped.await?.position;
    queue.give_back(&session.name, entry, position).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A lead takes a card from whoever holds it.
#[utoipa::path(post, path = "/api/v1/queue/cards/{entry}/release", tag = "calls",
    params(("entry" = Uuid, Path)), responses((status = 204), (status = 401), (status = 403)))]
pub async fn release(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path(entry): Path<Uuid>,
) -> Result<StatusCode, Refused> {
    require(&session, |may| may.lead_calls)?;
    queue.release(entry_id(entry)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How the queue stands.
#[utoipa::path(get, path = "/api/v1/queue/board", tag = "calls",
    responses((status = 200, body = Board), (status = 401), (status = 403)))]
pub async fn board(Viewer(session): Viewer, State(queue): State<Queue>) -> Result<Json<Board>, Refused> {
    require(&session, |may| may.lead_calls)?;
    Ok(Json(queue.board().await?))
}

/// The cards behind a number of the board.
#[utoipa::path(get, path = "/api/v1/queue/cards", tag = "calls", params(QueueFilter),
    responses((status = 200, body = QueuePage), (status = 401), (status = 403)))]
pub async fn cards(
    reader: Reader,
    State(queue): State<Queue>,
    Query(filter): Query<QueueFilter>,
) -> Result<Json<QueuePage>, Refused> {
    require(&reader.session, |may| may.lead_calls)?;
    let page = queue.cards(&filter).await?;
    reader.lists(Shown::Row, page.items.iter().map(|row| row.entry.id)).await?;
    Ok(Json(page))
}

/// A lead decides how cards stand in the queue. `Idempotency-Key` is the decision's number.
#[utoipa::path(post, path = "/api/v1/queue/decisions", tag = "calls", request_body = Decide,
    params(("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = Decided), (status = 401), (status = 403), (status = 422)))]
pub async fn decide(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    headers: HeaderMap,
    Json(request): Json<Decide>,
) -> Result<Json<Decided>, Refused> {
    require(&session, |may| may.lead_calls)?;
    let reason = request.reason.trim().to_owned();
    if !request.preview && (reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX) {
        return Err(Refused::field("/reason", "1 to 500 characters"));
    }
    let entries = decided_entries(&request.entries)?;
    if let QueueDirection::To { caller } = &request.direction
        && queue.languages_of(caller).await?.is_empty()
    {
        return Err(Refused::field("/direction/caller", "nobody of this name has been at work"));
    }
    let together = if request.preview { Uuid::nil() } else { idempotency_key(&headers)?.0 };
    let decision =
        Decision { entries, direction: request.direction, reason, lead: session.name.clone(), together };
    let decided =
        if request.preview { queue.preview(&decision).await? } else { queue.decide(&decision).await? };
    Ok(Json(decided))
}

/// Takes a decision back.
#[utoipa::path(post, path = "/api/v1/queue/decisions/{together}/undo", tag = "calls", request_body = UndoDecision,
    params(("together" = Uuid, Path)), responses((status = 200, body = Decided), (status = 401), (status = 403), (status = 422)))]
pub async fn undo_decision(
    Viewer(session): Viewer,
    State(queue): State<Queue>,
    Path(together): Path<Uuid>,
    Json(request): Json<UndoDecision>,
) -> Result<Json<Decided>, Refused> {
    require(&session, |may| may.lead_calls)?;
    let entries = decided_entries(&request.entries)?;
    Ok(Json(queue.undo_decision(together, &entries, &session.name, "taken back").await?))
}

fn decided_entries(entries: &[Uuid]) -> Result<Vec<events::EntryId>, Refused> {
    if entries.is_empty() || entries.len() > DECIDED_MAX {
        return Err(Refused::field("/entries", "1 to 200 entries"));
    }
    entries.iter().map(|entry| entry_id(*entry)).collect()
}

/// The hold does not count any more.
pub(super) fn lost(lost: Lost) -> Refused {
    match lost {
        Lost::Over => ProblemCode::CardLost.into(),
        Lost::Elsewhere => ProblemCode::CardTaken.into(),
    }
}

impl From<CallError> for Refused {
    fn from(error: CallError) -> Self {
        match error {
            CallError::NotFound => ProblemCode::NotFound.into(),
            CallError::Refused(refusal) => refused(refusal),
            CallError::Read(error) => error.into(),
            CallError::Append(error) => error.into(),
            CallError::Database(error) => error.into(),
        }
    }
}

impl From<DraftError> for Refused {
    fn from(error: DraftError) -> Self {
        match error {
            DraftError::Database(error) => error.into(),
            DraftError::Key(error) => error.into(),
            DraftError::Damaged => Refused::failed(ProblemCode::Internal, error.to_string()),
        }
    }
}

impl From<CardError> for Refused {
    fn from(error: CardError) -> Self {
        match error {
            CardError::Call(error) => error.into(),
            CardError::Draft(error) => error.into(),
            CardError::Database(error) => error.into(),
            CardError::Behind => Refused::failed(ProblemCode::Unavailable, error.to_string()),
        }
    }
}

fn refused(refusal: Refusal) -> Refused {
    use crate::rules::calls::Refusal as Call;
    match refusal {
        Refusal::NotRegistered => ProblemCode::NotFound.into(),
        Refusal::Ending => ProblemCode::EntryEnded.into(),
        Refusal::Call(Call::AttemptUnknown) => ProblemCode::NotFound.into(),
        Refusal::Call(Call::NotTheirNumber | Call::WrongNumber) => {
            Refused::field("/phone", &refusal.to_string())
        }
        Refusal::Call(Call::AssessmentMismatch) => {
            Refused::field("/outcome/assessment", &refusal.to_string())
        }
        Refusal::Call(Call::GroundsMismatch) => {
            Refused::field("/outcome/breach_grounds", &refusal.to_string())
        }
        Refusal::Call(Call::NoteMissing) => Refused::field("/outcome/note", &refusal.to_string()),
        Refusal::Call(Call::CallBackTime) => Refused::field("/outcome/call_back_at", &refusal.to_string()),
        Refusal::Call(Call::ReasonMissing) => Refused::field("/reason", "1 to 2000 characters"),
        Refusal::Call(Call::TooLong) => Refused::field("/outcome", &refusal.to_string()),
        Refusal::Call(Call::TooLate) => ProblemCode::TooLate.into(),
        Refusal::Call(
            Call::AttemptKnown
            | Call::ConcludedAlready
            | Call::NotConcluded
            | Call::SomebodyElse
            | Call::SomebodyElseNeeded,
        )
        | Refusal::UnknownMunicipality
        | Refusal::NotResponsible
        | Refusal::ReasonMissing
        | Refusal::EndNotRequested
        | Refusal::EndRequestedAlready
        | Refusal::SecondPersonNeeded
        | Refusal::ReferenceCodeMissing
        | Refusal::MergedWithAnotherState => ProblemCode::Refused.into(),
    }
}
