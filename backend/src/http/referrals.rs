//! Referrals to the labour inspectorate, as the centre makes them.

use super::Tables;
use super::access::require;
use super::entries::{entry_id, visible};
use super::problem::Refused;
use super::reader::Reader;
use super::routing::{idempotency_key, if_match};
use super::session::Viewer;
use crate::projections::referrals::{Stage, summary, waiting};
use crate::referrals::making::{Making, Preview, Saved};
use crate::referrals::{ReferralDesk, ReferralError};
use crate::rules::entry::EntryState;
use crate::rules::referral::{Referral, cause, employer_of, last_cause, place_of};
use api::disclosures::Shown;
use api::problem::ProblemCode;
use api::referrals::{
    EntryReferral, EntryReferrals, MakeReferral, OutcomeCount, PossibleReferral, PreviewFile,
    ReferralPreview, ReferralSaved, ReferralStage, ReferralSummary, UnitAnswer,
};
use api::session::Session;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use uuid::Uuid;

/// Whether letters are sent from this register, and who may be asked about employers.
#[derive(Clone)]
pub struct Neighbours {
    /// Whether letters are sent.
    pub letters_are_sent: bool,
    /// Enhetsregisteret.
    pub units: crate::outlets::enhetsregisteret::Enhetsregisteret,
}

/// What was referred of an entry, and what may be.
#[utoipa::path(get, path = "/api/v1/entries/{id}/referrals", tag = "referrals", params(("id" = Uuid, Path)),
    responses((status = 200, body = EntryReferrals), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn of_entry(
    reader: Reader,
    State(desk): State<ReferralDesk>,
    State(neighbours): State<Neighbours>,
    State(tables): State<Tables>,
    Path(id): Path<Uuid>,
) -> Result<Json<EntryReferrals>, Refused> {
    require(&reader.session, |may| may.make_referrals)?;
    visible(&reader.session, &tables, desk.log(), id).await?;
    let (version, state) = desk.state_of(entry_id(id)?).await?;
    let possible = last_cause(&state.calls, &state.record).filter(|_| !state.identities.protected);
    let possible = possible.map(|cause| PossibleReferral {
        conversation: cause.conversation,
        employer: employer_of(&state.record),
        accommodation: place_of(&state.record),
        facts: cause.facts,
    });
    let shown = |referral: &Referral| shown(referral, &state, neighbours.letters_are_sent);
    let referrals = state.referrals.0.iter().map(shown).collect();
    reader.keeps_open(Shown::Referral, id).await?;
    Ok(Json(EntryReferrals { version, possible, referrals }))
}

fn shown(referral: &Referral, state: &EntryState, letters_are_sent: bool) -> EntryReferral {
    let (stage, stage_at) = stage(referral);
    let Referral { returned, closed, .. } = referral;
    EntryReferral {
        referral: referral.id,
        joins: referral.joins,
        content: referral.content.clone(),
        made_by: referral.made_by.clone(),
        made_at: referral.made_at,
        sent_at: referral.sent_at,
        delivery: referral.status.map(|(status, _)| status),
        delivery_at: referral.status.map(|(_, at)| at),
        letters_are_sent,
        stage,
        stage_at,
        wanted: returned.as_ref().map(|returned| returned.wanted.clone()).unwrap_or_default(),
        note: returned.as_ref().and_then(|returned| returned.note.clone()),
        outcome: closed.as_ref().map(|closed| closed.outcome),
        holds: cause(&state.calls, &state.record, referral.content.conversation).is_some(),
    }
}

fn stage(referral: &Referral) -> (ReferralStage, Option<jiff::Timestamp>) {
    match referral {
        Referral { closed: Some(closed), .. } => (ReferralStage::Closed, Some(closed.mark.at)),
        Referral { returned: Some(returned), .. } => (ReferralStage::Returned, Some(returned.mark.at)),
        Referral { received: Some(mark), .. } => (ReferralStage::InHand, Some(mark.at)),
        Referral { .. } => (ReferralStage::Open, None),
    }
}

/// What would leave with a referral, byte by byte. Nothing is done.
#[utoipa::path(post, path = "/api/v1/entries/{id}/referrals/preview", tag = "referrals", request_body = MakeReferral,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = ReferralPreview), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 422)))]
pub async fn preview(
    Viewer(session): Viewer,
    State(desk): State<ReferralDesk>,
    State(tables): State<Tables>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(request): Json<MakeReferral>,
) -> Result<Json<ReferralPreview>, Refused> {
    require(&session, |may| may.make_referrals)?;
    visible(&session, &tables, desk.log(), id).await?;
    let making = making(&session, id, 0, &headers, request)?;
    Ok(Json(previewed(desk.preview(&making).await?)))
}

/// Tells the labour inspectorate of an employer.
#[utoipa::path(post, path = "/api/v1/entries/{id}/referrals", tag = "referrals", request_body = MakeReferral,
    params(("id" = Uuid, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = ReferralSaved), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 412), (status = 422), (status = 428)))]
pub async fn make(
    Viewer(session): Viewer,
    State(desk): State<ReferralDesk>,
    State(tables): State<Tables>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(request): Json<MakeReferral>,
) -> Result<Json<ReferralSaved>, Refused> {
    require(&session, |may| may.make_referrals)?;
    visible(&session, &tables, desk.log(), id).await?;
    let making = making(&session, id, if_match(&headers)?, &headers, request)?;
    Ok(Json(saved(desk.make(&making).await?)))
}

/// What would leave with more facts on a referral that came back. Nothing is done.
#[utoipa::path(post, path = "/api/v1/entries/{id}/referrals/{referral}/completion/preview", tag = "referrals", request_body = MakeReferral,
    params(("id" = Uuid, Path), ("referral" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = ReferralPreview), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 422)))]
pub async fn preview_more(
    Viewer(session): Viewer,
    State(desk): State<ReferralDesk>,
    State(tables): State<Tables>,
    Path((id, referral)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    Json(request): Json<MakeReferral>,
) -> Result<Json<ReferralPreview>, Refused> {
    require(&session, |may| may.make_referrals)?;
    visible(&session, &tables, desk.log(), id).await?;
    let making = making(&session, id, 0, &headers, request)?;
    Ok(Json(previewed(desk.preview_more(&making, referral).await?)))
}

/// Tells more on a referral that came back.
#[utoipa::path(post, path = "/api/v1/entries/{id}/referrals/{referral}/completion", tag = "referrals", request_body = MakeReferral,
    params(("id" = Uuid, Path), ("referral" = Uuid, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = ReferralSaved), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 412), (status = 422), (status = 428)))]
pub async fn complete(
    Viewer(session): Viewer,
    State(desk): State<ReferralDesk>,
    State(tables): State<Tables>,
    Path((id, referral)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    Json(request): Json<MakeReferral>,
) -> Result<Json<ReferralSaved>, Refused> {
    require(&session, |may| may.make_referrals)?;
    visible(&session, &tables, desk.log(), id).await?;
    let making = making(&session, id, if_match(&headers)?, &headers, request)?;
    Ok(Json(saved(desk.complete(&making, referral).await?)))
}

/// Has a referral sent again whose letter never arrived.
#[utoipa::path(post, path = "/api/v1/entries/{id}/referrals/{referral}/resending", tag = "referrals",
    params(("id" = Uuid, Path), ("referral" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = ReferralSaved), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 412)))]
pub async fn resend(
    Viewer(session): Viewer,
    State(desk): State<ReferralDesk>,
    State(tables): State<Tables>,
    Path((id, referral)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Result<Json<ReferralSaved>, Refused> {
    require(&session, |may| may.make_referrals)?;
    visible(&session, &tables, desk.log(), id).await?;
    let key = idempotency_key(&headers)?;
    Ok(Json(saved(desk.resend(entry_id(id)?, referral, key, &session.name).await?)))
}

/// What becomes of the centre's suspicions, in numbers.
#[utoipa::path(get, path = "/api/v1/referrals/summary", tag = "referrals",
    responses((status = 200, body = ReferralSummary), (status = 401), (status = 403)))]
pub async fn summarise(
    Viewer(session): Viewer,
    State(desk): State<ReferralDesk>,
    State(neighbours): State<Neighbours>,
) -> Result<Json<ReferralSummary>, Refused> {
    require(&session, |may| may.lead_calls)?;
    let counted = summary(desk.tables(), desk.now()).await?;
    let (letters_waiting, waiting_since, letters_undelivered) = waiting(desk.tables()).await?;
    let outcomes = counted.outcomes.iter();
    Ok(Json(ReferralSummary {
        open: counted.at(Stage::Open),
        in_hand: counted.at(Stage::InHand),
        returned: counted.at(Stage::Returned),
        closed: counted.at(Stage::Closed),
        outcomes: outcomes
            .map(|(outcome, count)| OutcomeCount { outcome: *outcome, count: *count })
            .collect(),
        letters_waiting,
        waiting_since,
        letters_undelivered,
        letters_are_sent: neighbours.letters_are_sent,
    }))
}

/// What Enhetsregisteret says of an employer. Public facts, for those who refer and those who inspect.
#[utoipa::path(get, path = "/api/v1/units/{org_number}", tag = "referrals", params(("org_number" = String, Path)),
    responses((status = 200, body = UnitAnswer), (status = 401), (status = 403)))]
pub async fn unit(
    Viewer(session): Viewer,
    State(neighbours): State<Neighbours>,
    Path(org_number): Path<String>,
) -> Result<Json<UnitAnswer>, Refused> {
    require(&session, |may| may.make_referrals || may.inspect_employers)?;
    Ok(Json(neighbours.units.unit(&org_number).await))
}

fn making(
    session: &Session,
    id: Uuid,
    version: u32,
    headers: &HeaderMap,
    request: MakeReferral,
) -> Result<Making, Refused> {
    let (entry, key) = (entry_id(id)?, idempotency_key(headers)?);
    Ok(Making { entry, version, key, content: request.content, by: session.name.clone() })
}

fn previewed(preview: Preview) -> ReferralPreview {
    let file = |file: crate::outlets::referral_document::LeavingFile| PreviewFile {
        name: file.name.to_owned(),
        media_type: file.media_type.to_owned(),
        content: file.content,
    };
    let Preview { referral, joins, files } = preview;
    ReferralPreview { referral, joins, files: files.into_iter().map(file).collect() }
}

fn saved(saved: Saved) -> ReferralSaved {
    let Saved { referral, joined, version, position } = saved;
    ReferralSaved { referral, joined, version, position }
}

impl From<ReferralError> for Refused {
    fn from(error: ReferralError) -> Self {
        match error {
            ReferralError::NotFound => ProblemCode::NotFound.into(),
            ReferralError::KeyReused => ProblemCode::KeyReused.into(),
            ReferralError::Refused(refusal) => refusal.into(),
            ReferralError::Read(error) => error.into(),
            ReferralError::Append(error) => error.into(),
            ReferralError::Tables(error) => error.into(),
            ReferralError::Database(error) => error.into(),
            ReferralError::Key(error) => error.into(),
        }
    }
}
