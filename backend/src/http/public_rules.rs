//! What the public may read without login: rule sets, code tables, and vectors by which other programs test themselves.
//!
//! Nothing here is about a person. Answers carry an `ETag`, so that asking daily costs nothing.

use super::problem::Refused;
use crate::intake::reference::Reference;
use crate::rules::codes;
use crate::rules::quarantine::vectors::vectors;
use api::problem::ProblemCode;
use api::rule_sets::{PUBLIC_VERSION, PublicCode, PublicCodeTables, PublicRuleSets, RuleSetVectors};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// How long an answer may be kept before asking again.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// Other sites' pages may read it too.
const ANYBODY: (HeaderName, HeaderValue) =
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));

/// All rule sets whole.
#[utoipa::path(get, path = "/api/v1/public/rule-sets", tag = "public", params(("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = PublicRuleSets), (status = 304)))]
pub async fn rule_sets(State(reference): State<Reference>, headers: HeaderMap) -> Result<Response, Refused> {
    let facts = reference.facts();
    let rule_sets = facts.rule_sets.all().iter().map(|adopted| adopted.rule_set.clone()).collect();
    answer(&headers, &PublicRuleSets { version: PUBLIC_VERSION, rule_sets })
}

/// The codes that travellers choose from, with their first day.
#[utoipa::path(get, path = "/api/v1/public/code-tables", tag = "public", params(("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = PublicCodeTables), (status = 304)))]
pub async fn code_tables(headers: HeaderMap) -> Result<Response, Refused> {
    let codes = codes::all().into_iter().map(|listed| PublicCode {
        level: listed.level,
        code: listed.code.to_owned(),
        valid_from: listed.valid_from,
        meaning: listed.meaning.to_owned(),
    });
    answer(&headers, &PublicCodeTables { version: PUBLIC_VERSION, codes: codes.collect() })
}

/// Test vectors of a rule set.
#[utoipa::path(get, path = "/api/v1/public/rule-sets/{name}/vectors", tag = "public",
    params(("name" = String, Path), ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = RuleSetVectors), (status = 304), (status = 404)))]
pub async fn rule_set_vectors(
    State(reference): State<Reference>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let facts = reference.facts();
    let set = facts.rule_sets.named(&name).ok_or(ProblemCode::NotFound)?;
    answer(&headers, &vectors(set))
}

/// JSON with a digest of itself as `ETag`; nothing but the digest for whoever has it already.
pub(super) fn answer<T: Serialize>(headers: &HeaderMap, told: &T) -> Result<Response, Refused> {
    answer_bytes(headers, serde_json::to_vec(told).map_err(|_| ProblemCode::Internal)?)
}

/// The same, for JSON that is written already.
pub(super) fn answer_bytes(headers: &HeaderMap, body: Vec<u8>) -> Result<Response, Refused> {
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&body)[..16]));
    let tag = HeaderValue::from_str(&tag).map_err(|_| ProblemCode::Internal)?;
    let about = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, CACHE), ANYBODY];
    if headers.get(header::IF_NONE_MATCH) == Some(&tag) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    Ok((about, kind, body).into_response())
}
