//! The tables by which the words of laboratories are read, public like the rule sets: other programs may read by them.

use super::problem::Refused;
use super::public_rules::answer;
use crate::intake::reference::Reference;
use api::result_tables::{PublicResultTables, RESULT_TABLES_VERSION};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

/// All result tables whole.
#[utoipa::path(get, path = "/api/v1/public/result-tables", tag = "public", params(("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = PublicResultTables), (status = 304)))]
pub async fn result_tables(
    State(reference): State<Reference>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let facts = reference.facts();
    let tables = facts.result_tables.all().map(|adopted| adopted.table.clone()).collect();
    answer(&headers, &PublicResultTables { version: RESULT_TABLES_VERSION, tables })
}
