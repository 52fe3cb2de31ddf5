//! The feed of what ended, for machines that take data from here.

use super::problem::Refused;
use super::session::bearer;
use crate::retention::Retention;
use crate::retention::consumers::{self, Consumer, ConsumerError};
use api::problem::ProblemCode;
use api::retention::{AcknowledgeTombstones, Tombstones};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

/// Query of the feed.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct FeedQuery {
    /// Position of the last tombstone that was read; from the beginning without it.
    #[serde(default)]
    after: u64,
}

/// What ended after a position.
#[utoipa::path(get, path = "/api/v1/feeds/tombstones", tag = "feeds", params(FeedQuery),
    responses((status = 200, body = Tombstones), (status = 401)))]
pub async fn tombstones(
    State(retention): State<Retention>,
    headers: HeaderMap,
    Query(query): Query<FeedQuery>,
) -> Result<Json<Tombstones>, Refused> {
    consumer(&retention, &headers).await?;
    Ok(Json(consumers::page(retention.log(), query.after).await?))
}

/// The consumer has deleted everything up to a position.
#[utoipa::path(post, path = "/api/v1/feeds/tombstones/acknowledgement", tag = "feeds", request_body = AcknowledgeTombstones,
    responses((status = 204), (status = 401), (status = 422)))]
pub async fn acknowledge(
    State(retention): State<Retention>,
    headers: HeaderMap,
    Json(request): Json<AcknowledgeTombstones>,
) -> Result<StatusCode, Refused> {
    let consumer = consumer(&retention, &headers).await?;
    match consumers::acknowledge(retention.log(), &consumer, request.position).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(ConsumerError::NothingThere) => {
            Err(Refused::field("/position", "the position of a tombstone that was put out"))
        }
        Err(ConsumerError::Name(_)) => Err(ProblemCode::NotLoggedIn.into()),
        Err(ConsumerError::Retention(error)) => Err(error.into()),
    }
}

async fn consumer(retention: &Retention, headers: &HeaderMap) -> Result<Consumer, Refused> {
    let token = bearer(headers).ok_or(ProblemCode::NotLoggedIn)?;
    Ok(consumers::by_token(retention.log(), token).await?.ok_or(ProblemCode::NotLoggedIn)?)
}
