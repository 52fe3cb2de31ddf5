//! The feed of what ended, for machines that take data from here.

use super::machine::Machine;
use super::problem::Refused;
use crate::retention::Retention;
use crate::retention::consumers::{self, ConsumerError};
use api::problem::ProblemCode;
use api::retention::{AcknowledgeTombstones, Tombstones};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
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
    machine: Machine,
    State(retention): State<Retention>,
    Query(query): Query<FeedQuery>,
) -> Result<Json<Tombstones>, Refused> {
    machine.hears_of_ends()?;
    Ok(Json(consumers::page(retention.log(), query.after).await?))
}

/// The consumer has deleted everything up to a position.
#[utoipa::path(post, path = "/api/v1/feeds/tombstones/acknowledgement", tag = "feeds", request_body = AcknowledgeTombstones,
    responses((status = 204), (status = 401), (status = 422)))]
pub async fn acknowledge(
    machine: Machine,
    State(retention): State<Retention>,
    Json(request): Json<AcknowledgeTombstones>,
) -> Result<StatusCode, Refused> {
    machine.hears_of_ends()?;
    match consumers::acknowledge(retention.log(), machine.name(), request.position).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(ConsumerError::NothingThere) => {
            Err(Refused::field("/position", "the position of a tombstone that was put out"))
        }
        Err(error) => Err(error.into()),
    }
}

impl From<ConsumerError> for Refused {
    fn from(error: ConsumerError) -> Self {
        match error {
            // It was removed since it came in.
            ConsumerError::Name(_) => ProblemCode::NotLoggedIn.into(),
            ConsumerError::NothingThere => ProblemCode::InvalidRequest.into(),
            ConsumerError::Retention(error) => error.into(),
        }
    }
}
