//! Intake over HTTP: batches of records in the public Fiks shape.

use super::IntakeDoor;
use super::problem::Refused;
use super::session::bearer;
use api::intake::{
    INTAKE_BATCH_MAX, INTAKE_BYTES_MAX, IntakeAnswer, RecordAnswer, RecordError, RejectReason,
};
use api::problem::ProblemCode;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use events::entry::Source;
use events::record::RawRecord;
use serde_json::Value;

/// Takes records in. Sending the same ones again is harmless.
#[utoipa::path(post, path = "/api/v1/intake/entries", tag = "intake", request_body = Vec<Object>,
    responses((status = 200, body = IntakeAnswer), (status = 401), (status = 413), (status = 422), (status = 503)))]
pub async fn entries(
    State(door): State<IntakeDoor>,
    headers: HeaderMap,
    request: Request,
) -> Result<Json<IntakeAnswer>, Refused> {
    authorise(&door, &headers)?;
    let body = body_of(request).await?;
    let values: Vec<Value> =
        serde_json::from_slice(&body).map_err(|_| Refused::field("", "a JSON array of records"))?;
    if values.len() > INTAKE_BATCH_MAX {
        return Err(ProblemCode::TooLarge.into());
    }
    // A bad element is answered in its place; the others are taken in.
    let mut answers: Vec<Option<RecordAnswer>> = Vec::with_capacity(values.len());
    let mut records: Vec<RawRecord> = Vec::with_capacity(values.len());
    for value in values {
        match value {
            Value::Object(record) => {
                records.push(record);
                answers.push(None);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                let error = RecordError { field: String::new(), reason: RejectReason::NotARecord };
                answers.push(Some(RecordAnswer::Rejected { errors: vec![error] }));
            }
        }
    }
    let source = if headers.contains_key("x-demo-feed") { Source::Demo } else { Source::Feed };
    let mut taken = door.intake.take_in(records, source).await?.into_iter();
    let answers = answers.into_iter().filter_map(|answer| answer.or_else(|| taken.next())).collect();
    Ok(Json(IntakeAnswer { answers }))
}

pub(super) fn authorise(door: &IntakeDoor, headers: &HeaderMap) -> Result<(), ProblemCode> {
    match (&door.token, bearer(headers)) {
        (Some(token), Some(given)) if same(token.as_bytes(), given.as_bytes()) => Ok(()),
        _ => Err(ProblemCode::NotLoggedIn),
    }
}

/// A body of at most as many bytes as intake takes.
pub(super) async fn body_of(request: Request) -> Result<Bytes, ProblemCode> {
    axum::body::to_bytes(request.into_body(), INTAKE_BYTES_MAX).await.map_err(|_| ProblemCode::TooLarge)
}

/// Compares without telling by the time it takes how much was right.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |different, (a, b)| different | (a ^ b)) == 0
}
