//! How much machines take, for whoever answers for the register.

use super::access::require;
use super::problem::Refused;
use super::session::Viewer;
use crate::machines::Machines;
use api::machines::{UsageQuery, UsageRow};
use axum::Json;
use axum::extract::{Query, State};
use jiff::civil::Date;

/// Calls and records of each month, consumer and municipality.
#[utoipa::path(get, path = "/api/v1/usage", tag = "status", params(UsageQuery),
    responses((status = 200, body = Vec<UsageRow>), (status = 401), (status = 403), (status = 422)))]
pub async fn usage(
    Viewer(session): Viewer,
    State(machines): State<Machines>,
    Query(query): Query<UsageQuery>,
) -> Result<Json<Vec<UsageRow>>, Refused> {
    require(&session, |may| may.see_register_status)?;
    let month = query.month.as_deref().map(month).transpose()?;
    Ok(Json(machines.usage.of(month, query.consumer.as_deref()).await?))
}

fn month(text: &str) -> Result<Date, Refused> {
    let day = format!("{text}-01").parse();
    day.map_err(|_| Refused::field("?month", "a month, as in 2021-03"))
}
