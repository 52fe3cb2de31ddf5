//! What an entry owes. Computed anew each time: the answer moves with the clock, the facts and the rules.

use super::Tables;
use super::access::may_see_results;
use super::entries::visible;
use super::problem::Refused;
use super::reader::Reader;
use crate::intake::reference::Reference;
use crate::log::Log;
use crate::rules::quarantine::{assess, choices, facts_of};
use api::disclosures::Shown;
use api::quarantine::QuarantineAnswer;
use axum::Json;
use axum::extract::{Path, State};
use uuid::Uuid;

/// What an entry owes, why, by which rule set, and what a test would change.
#[utoipa::path(get, path = "/api/v1/entries/{id}/quarantine", tag = "entries", params(("id" = Uuid, Path)),
    responses((status = 200, body = QuarantineAnswer), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn quarantine(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(reference): State<Reference>,
    Path(id): Path<Uuid>,
) -> Result<Json<QuarantineAnswer>, Refused> {
    let row = visible(&reader.session, &tables, &log, id).await?;
    reader.keeps_open(Shown::Quarantine, id).await?;
    let now = log.clock().now();
    let facts = reference.facts();
    // What ends earlier by a test tells of the test.
    let tests = match may_see_results(&reader.session, reference.result_mode(now)) {
        true => row.document.results.samples.tests(),
        false => Vec::new(),
    };
    let known = facts_of(&row.document.record, row.registered_at, tests);
    Ok(Json(QuarantineAnswer {
        assessment: assess(&facts.rule_sets, &known, now),
        what_if: choices(&facts.rule_sets, &known, now),
        assessed_at: now,
    }))
}
