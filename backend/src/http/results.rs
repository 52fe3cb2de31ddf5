//! Test results: intake, what is known of an entry's, looking up, corrections, the match board, the policy.

use super::access::{may_see_results, require, scope};
use super::entries::{entry_id, visible};
use super::intake::{authorise, body_of};
use super::problem::{Refused, reason_of};
use super::reader::Reader;
use super::routing::idempotency_key;
use super::session::Viewer;
use super::{IntakeDoor, Tables};
use crate::intake::entries;
use crate::intake::reference::{Reference, adopt_result_policy};
use crate::intake::results::push::Pushed;
use crate::intake::results::{LabMessage, push, rapid_tests};
use crate::log::Log;
use crate::results::look_up::LookUpError;
use crate::results::{Results, ResultsError, reading};
use crate::rules::entry::Command;
use crate::rules::moments::norwegian_day_of;
use crate::rules::results as rules;
use api::disclosures::Shown;
use api::entries::EntryVersion;
use api::problem::ProblemCode;
use api::results::{
    Correction, EntryResults, LookUpAnswer, LookedUp, MatchBoard, NotTestedPage, RESULT_BATCH_MAX,
    ResultPolicy, ResultsTaken, SettleCorrection, Told,
};
use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::HeaderMap;
use events::Personal;
use events::result::{CorrectionSettled, ResultMode, ResultPolicyAdopted, ResultSource};
use serde::Deserialize;
use std::io;
use uuid::Uuid;

/// Takes messages of laboratories in, in the shape of the public result service: an array or NDJSON. Sending the same
/// ones again is harmless.
#[utoipa::path(post, path = "/api/v1/intake/results", tag = "intake", request_body = Vec<Object>,
    responses((status = 200, body = ResultsTaken), (status = 401), (status = 409), (status = 413), (status = 422), (status = 503)))]
pub async fn take_in(
    State(door): State<IntakeDoor>,
    State(results): State<Results>,
    headers: HeaderMap,
    request: Request,
) -> Result<Json<ResultsTaken>, Refused> {
    authorise(&door, &headers)?;
    let body = body_of(request).await?;
    let (messages, rejected) = match push::messages(&*body) {
        Ok(pushed) => read(pushed)?,
        Err(_) => return Err(Refused::field("", "an array or NDJSON of messages")),
    };
    Ok(Json(ResultsTaken { rejected, ..results.take_in(messages, ResultSource::Feed).await? }))
}

/// Takes a border station's extract of rapid tests in: CSV.
#[utoipa::path(post, path = "/api/v1/intake/rapid-tests", tag = "intake", request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ResultsTaken), (status = 401), (status = 409), (status = 413), (status = 422), (status = 503)))]
pub async fn take_in_rapid_tests(
    State(door): State<IntakeDoor>,
    State(results): State<Results>,
    headers: HeaderMap,
    request: Request,
) -> Result<Json<ResultsTaken>, Refused> {
    authorise(&door, &headers)?;
    let body = body_of(request).await?;
    let (messages, rejected) = read(rapid_tests::messages(&*body))?;
    Ok(Json(ResultsTaken { rejected, ..results.take_in(messages, ResultSource::BorderStation).await? }))
}

/// The messages of a body, and how many cannot be read.
fn read(pushed: impl Iterator<Item = io::Result<Pushed>>) -> Result<(Vec<LabMessage>, u32), Refused> {
    let (mut messages, mut rejected) = (Vec::new(), 0);
    for pushed in pushed {
        let pushed = pushed.map_err(|_| Refused::field("", "the body breaks off"))?;
        match pushed.message {
            Ok(message) => messages.push(message),
            Err(_) => rejected += 1,
        }
        if messages.len() > RESULT_BATCH_MAX {
            return Err(ProblemCode::TooLarge.into());
        }
    }
    Ok((messages, rejected))
}

/// What is known of an entry's tests, for those who may see it.
#[utoipa::path(get, path = "/api/v1/entries/{id}/results", tag = "results", params(("id" = Uuid, Path)),
    responses((status = 200, body = EntryResults), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn of_entry(
    reader: Reader,
    State(tables): State<Tables>,
    State(results): State<Results>,
    Path(id): Path<Uuid>,
) -> Result<Json<EntryResults>, Refused> {
    let row = visible(&reader.session, &tables, results.log(), id).await?;
    let mode = results.mode();
    let stored = may_see_results(&reader.session, mode);
    let looks_up = mode == ResultMode::LookUp && reader.session.permissions.make_calls;
    if !(stored || looks_up) {
        return Err(ProblemCode::NotPermitted.into());
    }
    reader.keeps_open(Shown::TestResult, id).await?;
    let known = &row.document.results;
    let corrections = known.corrections.iter().filter(|_| stored).map(correction);
    Ok(Json(EntryResults {
        mode,
        samples: if stored { reading::shown(&known.samples) } else { Vec::new() },
        looked_up: known.looked_up.as_ref().map(|looked_up| LookedUp {
            at: looked_up.looked_up_at,
            by: looked_up.looked_up_by.clone(),
            answered: looked_up.answered,
        }),
        corrections: corrections.collect(),
        can_look_up: results.can_look_up()
            && reader.session.permissions.make_calls
            && mode != ResultMode::WashList,
    }))
}

fn correction(known: &rules::Correction) -> Correction {
    let told = known.what.told.iter();
    Correction {
        correction: known.what.correction,
        before: known.what.before,
        after: known.what.after,
        also: known.what.also.clone(),
        told: told.map(|told| Told { kind: told.kind, at: told.at, by: told.by.clone() }).collect(),
        note: known.settled.as_ref().map(|settled| settled.note.clone()),
        settled_by: known.settled.as_ref().map(|settled| settled.settled_by.clone()),
    }
}

/// Asks the result service about a traveller; or shows what it answered a moment ago.
#[utoipa::path(post, path = "/api/v1/entries/{id}/results/look-up", tag = "results", params(("id" = Uuid, Path)),
    responses((status = 200, body = LookUpAnswer), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410)))]
pub async fn look_up(
    reader: Reader,
    State(tables): State<Tables>,
    State(results): State<Results>,
    Path(id): Path<Uuid>,
) -> Result<Json<LookUpAnswer>, Refused> {
    require(&reader.session, |may| may.make_calls)?;
    let row = visible(&reader.session, &tables, results.log(), id).await?;
    reader.opens(Shown::TestResult, id).await?;
    match results.look_up(row.entry, &reader.session.name).await {
        Ok(answer) => Ok(Json(answer)),
        Err(LookUpError::NotForCallers | LookUpError::NoService) => Err(ProblemCode::Refused.into()),
        Err(LookUpError::Results(error)) => Err(error.into()),
    }
}

/// Says that whoever was told something else knows now.
#[utoipa::path(post, path = "/api/v1/entries/{id}/corrections/{correction}/settlement", tag = "results",
    request_body = SettleCorrection, params(("id" = Uuid, Path), ("correction" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = EntryVersion), (status = 401), (status = 403), (status = 404), (status = 409), (status = 410), (status = 422)))]
pub async fn settle(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(results): State<Results>,
    Path((id, correction)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    Json(request): Json<SettleCorrection>,
) -> Result<Json<EntryVersion>, Refused> {
    let entry = entry_id(id)?;
    visible(&session, &tables, results.log(), id).await?;
    if !may_see_results(&session, results.mode()) {
        return Err(ProblemCode::NotPermitted.into());
    }
    let note = reason_of(&request.note)?.to_owned();
    let key = (idempotency_key(&headers)?, format!("settle {id} {correction} {note}").into_bytes());
    let settled = CorrectionSettled { correction, note: Personal(note), settled_by: session.name.clone() };
    let done = entries::change(results.log(), entry, &session.name, Some(key), |_| {
        Some(Command::Result(rules::Command::Settle(settled.clone())))
    });
    let done = done.await?;
    Ok(Json(EntryVersion { version: done.version, position: done.position }))
}

/// How many results could be matched.
#[utoipa::path(get, path = "/api/v1/results/board", tag = "results",
    responses((status = 200, body = MatchBoard), (status = 401), (status = 403)))]
pub async fn board(
    Viewer(session): Viewer,
    State(results): State<Results>,
) -> Result<Json<MatchBoard>, Refused> {
    require(&session, |may| may.see_results_board)?;
    Ok(Json(results.board().await?))
}

/// Query of the list of those who have not been tested.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct NotTestedQuery {
    /// Where the previous page ended.
    cursor: Option<String>,
}

/// Entries that owe a test and have no sample.
#[utoipa::path(get, path = "/api/v1/results/not-tested", tag = "results", params(NotTestedQuery),
    responses((status = 200, body = NotTestedPage), (status = 401), (status = 403), (status = 409)))]
pub async fn not_tested(
    reader: Reader,
    State(results): State<Results>,
    Query(query): Query<NotTestedQuery>,
) -> Result<Json<NotTestedPage>, Refused> {
    let scope = scope(&reader.session)?;
    let mode = results.mode();
    // That somebody has no sample is known only where samples are kept.
    if mode != ResultMode::Store {
        return Err(ProblemCode::Refused.into());
    }
    if !may_see_results(&reader.session, mode) {
        return Err(ProblemCode::NotPermitted.into());
    }
    let page = results.not_tested(scope.municipality(), query.cursor.as_deref()).await?;
    reader.lists(Shown::TestResult, page.items.iter().map(|item| item.entry.id)).await?;
    Ok(Json(page))
}

/// What becomes of results, from when.
#[utoipa::path(get, path = "/api/v1/results/policies", tag = "results",
    responses((status = 200, body = Vec<ResultPolicy>), (status = 401), (status = 403)))]
pub async fn policies(
    Viewer(session): Viewer,
    State(reference): State<Reference>,
) -> Result<Json<Vec<ResultPolicy>>, Refused> {
    require(&session, |may| may.see_rules)?;
    let facts = reference.facts();
    let policies = facts.result_policies().iter().map(|policy| ResultPolicy {
        valid_from: policy.valid_from,
        mode: policy.mode,
        reason: policy.ground.clone(),
        adopted_by: policy.adopted_by.clone(),
    });
    Ok(Json(policies.collect()))
}

/// Adopts a policy of results, from today or a later day.
#[utoipa::path(post, path = "/api/v1/results/policies", tag = "results", request_body = ResultPolicy,
    params(("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = ResultPolicy), (status = 401), (status = 403), (status = 409), (status = 422)))]
pub async fn adopt_policy(
    Viewer(session): Viewer,
    State(reference): State<Reference>,
    State(log): State<Log>,
    headers: HeaderMap,
    Json(request): Json<ResultPolicy>,
) -> Result<Json<ResultPolicy>, Refused> {
    require(&session, |may| may.adopt_rules)?;
    let ground = reason_of(&request.reason)?.to_owned();
    if request.valid_from < norwegian_day_of(log.clock().now()) {
        return Err(Refused::field("/valid_from", "today or later"));
    }
    let policy = ResultPolicyAdopted {
        valid_from: request.valid_from,
        mode: request.mode,
        ground: ground.clone(),
        adopted_by: session.name.clone(),
    };
    adopt_result_policy(&log, policy, Some(idempotency_key(&headers)?)).await?;
    reference.refresh(&log).await?;
    Ok(Json(ResultPolicy { reason: ground, adopted_by: session.name, ..request }))
}

impl From<ResultsError> for Refused {
    fn from(error: ResultsError) -> Refused {
        match error {
            ResultsError::NotStored => ProblemCode::Refused.into(),
            ResultsError::Behind => Refused::failed(ProblemCode::Unavailable, error.to_string()),
            ResultsError::Change(error) => error.into(),
            ResultsError::Lists(error) => error.into(),
            ResultsError::Read(error) => error.into(),
            ResultsError::Key(error) => error.into(),
            ResultsError::Database(error) => error.into(),
        }
    }
}
