//! Tables that everybody may read.

use super::problem::Refused;
use crate::intake::reference::Reference;
use crate::log::Log;
use crate::rules::moments::norwegian_day_of;
use api::problem::ProblemCode;
use api::reference::{Municipalities, Municipality};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

/// The municipalities of today.
#[utoipa::path(get, path = "/api/v1/reference/municipalities", tag = "reference", responses((status = 200, body = Municipalities)))]
pub async fn municipalities(
    State(reference): State<Reference>,
    State(log): State<Log>,
) -> Result<impl IntoResponse, Refused> {
    let facts = reference.facts();
    let today = norwegian_day_of(log.clock().now());
    let valid_from = facts.postcodes.valid_from(today).ok_or(ProblemCode::NotFound)?;
    let items = facts
        .postcodes
        .municipalities(today)
        .map(|(number, name)| Municipality { number: number.to_owned(), name: name.to_owned() })
        .collect();
    Ok(([(header::CACHE_CONTROL, "public, max-age=3600")], Json(Municipalities { valid_from, items })))
}

/// The JSON Schemas of all events.
#[utoipa::path(get, path = "/api/v1/schemas", tag = "reference", responses((status = 200, body = Object)))]
pub async fn schemas() -> Json<serde_json::Value> {
    let all = events::catalogue::all_schemas().into_iter();
    Json(all.map(|schema| (format!("{}.v{}", schema.name, schema.version), schema.schema)).collect())
}
