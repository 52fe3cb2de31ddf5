//! Whom the municipal doctor lets work in the doctor's place. A doctor sees and changes those of the own municipality.

use super::access::delegates;
use super::problem::Refused;
use super::routing::idempotency_key;
use super::session::Viewer;
use crate::delegations::{DelegationError, Delegations};
use crate::rules::delegation::{Refusal, until_max};
use api::delegations::{Delegation, DelegationList, GiveDelegation};
use api::problem::ProblemCode;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use events::delegation::DelegationGiven;
use uuid::Uuid;

/// The delegations of the own municipality.
#[utoipa::path(get, path = "/api/v1/municipality/delegations", tag = "municipality",
    responses((status = 200, body = DelegationList), (status = 401), (status = 403)))]
pub async fn list(
    Viewer(session): Viewer,
    State(delegations): State<Delegations>,
) -> Result<Json<DelegationList>, Refused> {
    let items = delegations.list(delegates(&session)?).await?;
    Ok(Json(DelegationList { items, until_max: until_max(delegations.now()) }))
}

/// Lets somebody of the own municipality work in one's place.
#[utoipa::path(post, path = "/api/v1/municipality/delegations", tag = "municipality", request_body = GiveDelegation,
    params(("Idempotency-Key" = Uuid, Header)),
    responses((status = 201, body = Delegation), (status = 400), (status = 401), (status = 403), (status = 409), (status = 422)))]
pub async fn give(
    Viewer(session): Viewer,
    State(delegations): State<Delegations>,
    headers: HeaderMap,
    Json(request): Json<GiveDelegation>,
) -> Result<(StatusCode, Json<Delegation>), Refused> {
    let municipality = delegates(&session)?;
    let given = DelegationGiven {
        delegation: idempotency_key(&headers)?.0,
        municipality: municipality.to_owned(),
        user: request.user.trim().to_owned(),
        name: request.name.trim().to_owned(),
        health: request.health,
        until: request.until,
        given_by: session.name.clone(),
    };
    Ok((StatusCode::CREATED, Json(delegations.give(given, &session.user).await?)))
}

/// Says that a delegation is still needed; one that sleeps wakes.
#[utoipa::path(post, path = "/api/v1/municipality/delegations/{id}/confirmation", tag = "municipality",
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = Delegation), (status = 400), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn confirm(
    Viewer(session): Viewer,
    State(delegations): State<Delegations>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Json<Delegation>, Refused> {
    let municipality = delegates(&session)?;
    let command = idempotency_key(&headers)?;
    Ok(Json(delegations.confirm(municipality, id, &session.name, command).await?))
}

/// Takes a delegation back. It counts at once, also for whoever is logged in.
#[utoipa::path(post, path = "/api/v1/municipality/delegations/{id}/withdrawal", tag = "municipality",
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = Delegation), (status = 400), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn withdraw(
    Viewer(session): Viewer,
    State(delegations): State<Delegations>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Json<Delegation>, Refused> {
    let municipality = delegates(&session)?;
    let command = idempotency_key(&headers)?;
    Ok(Json(delegations.withdraw(municipality, id, &session.name, command).await?))
}

impl From<DelegationError> for Refused {
    fn from(error: DelegationError) -> Refused {
        match error {
            DelegationError::Refused(refusal) => of_rule(refusal),
            DelegationError::Read(error) => error.into(),
            DelegationError::Append(error) => error.into(),
            DelegationError::Unreadable(error) => Refused::failed(ProblemCode::Internal, error.to_string()),
        }
    }
}

fn of_rule(refusal: Refusal) -> Refused {
    match refusal {
        Refusal::User | Refusal::Oneself | Refusal::HasOne => Refused::field("/user", &refusal.to_string()),
        Refusal::Name => Refused::field("/name", &refusal.to_string()),
        Refusal::Until => Refused::field("/until", &refusal.to_string()),
        Refusal::Unknown => ProblemCode::NotFound.into(),
        Refusal::Over => ProblemCode::Refused.into(),
        Refusal::IdUsed => ProblemCode::KeyReused.into(),
    }
}
