//! The interface that municipalities' tools have spoken since 2021: KS Fiks, innreise v1, to the letter. Paths, names,
//! statuses and errors are its own; it knows 400, 401 and 500 only.

use super::Tables;
use super::machine::Machine;
use super::problem::{self, Refused};
use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::log::Log;
use crate::machines::Reach;
use crate::machines::fiks::innreise;
use crate::machines::usage::{Interface, Purpose};
use crate::projections::cores::on_all_cores;
use crate::projections::entries::{Part, Wanted, count_published, published};
use crate::rules::moments::{moment, norwegian_day_of};
use api::fiks::{
    ErrorMessage, FiksQuery, InnreiseRequest, Innreiser, InnreiserAntall, InnreiserAntallRequest,
};
use api::problem::ProblemCode;
use axum::Json;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use events::subscription::MachineScope;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

/// Where the interface begins.
const PREFIX: &str = "/innreise/";
/// Records of one answer at most, and when nothing is asked for.
const LIMIT_MAX: i32 = 10_000;
/// As many records are put into the published shape where they are.
const FEW: usize = 200;
/// Municipalities of one request at most.
const MUNICIPALITIES_MAX: usize = 400;

/// Entries for a filter.
#[utoipa::path(post, path = "/innreise/api/v1/hentInnreiser", operation_id = "hentInnreiser", tag = "fiks",
    params(FiksQuery), request_body = InnreiseRequest,
    responses((status = 200, body = Vec<Innreiser>), (status = 400, body = ErrorMessage),
              (status = 401, body = ErrorMessage), (status = 500, body = ErrorMessage)))]
pub async fn entries(
    machine: Machine,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Query(query): Query<FiksQuery>,
    Json(request): Json<Map<String, Value>>,
) -> Result<Json<Vec<Innreiser>>, Refused> {
    let purpose = purpose(&query)?;
    let request: InnreiseRequest = fields(request)?;
    let reach = machine.reach(MachineScope::Entries)?;
    let municipalities = request.kommunenr.as_deref().filter(|numbers| !numbers.is_empty());
    within(&reach, municipalities.unwrap_or_default())?;
    let wanted = Wanted {
        within: reach.municipalities(),
        municipalities,
        person: request.person_id.as_ref().map(|number| person(&number.0)).transpose()?,
        updated_after: moment_of("/oppdatertEtter", request.oppdatert_etter.as_deref())?,
        arrival: None,
    };
    let not_negative = |pointer, number: i64| {
        if number < 0 { Err(Refused::field(pointer, "not less than zero")) } else { Ok(number) }
    };
    let part = Part::Rows {
        offset: not_negative("/offset", request.offset.unwrap_or(0))?,
        limit: not_negative("/limit", request.limit.unwrap_or(LIMIT_MAX).min(LIMIT_MAX).into())?,
    };
    let rows = published(&tables.readers, log.keyring(), &wanted, part, log.clock().now()).await?;
    let about = reach.about(municipalities.unwrap_or_default());
    let told = rows.iter().map(|row| row.entry.uuid()).collect();
    machine.takes(Interface::HentInnreiser, purpose, about, told).await?;
    Ok(Json(on_all_cores(rows, FEW, |row| innreise(&row.published, row.registered_at))))
}

/// How many entries there are of a municipality.
#[utoipa::path(post, path = "/innreise/api/v1/hentAntallInnreiser", operation_id = "hentAntallInnreiser", tag = "fiks",
    params(FiksQuery), request_body = InnreiserAntallRequest,
    responses((status = 200, body = InnreiserAntall), (status = 400, body = ErrorMessage),
              (status = 401, body = ErrorMessage), (status = 500, body = ErrorMessage)))]
pub async fn count(
    machine: Machine,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Query(query): Query<FiksQuery>,
    Json(request): Json<Map<String, Value>>,
) -> Result<Json<InnreiserAntall>, Refused> {
    let purpose = purpose(&query)?;
    let request: InnreiserAntallRequest = fields(request)?;
    let reach = machine.reach(MachineScope::Entries)?;
    let now = log.clock().now();
    let municipalities = [request.kommunenr];
    within(&reach, &municipalities)?;
    let from = moment_of("/fraDato", request.fra_dato.as_deref())?.map(norwegian_day_of);
    let to = norwegian_day_of(moment_of("/tilDato", request.til_dato.as_deref())?.unwrap_or(now));
    let wanted = Wanted {
        within: reach.municipalities(),
        municipalities: Some(&municipalities),
        arrival: Some((from, to)),
        ..Wanted::default()
    };
    let count = count_published(&tables.readers, log.keyring(), &wanted, now).await?;
    let about = reach.about(&municipalities);
    machine.takes(Interface::HentAntallInnreiser, purpose, about, Vec::new()).await?;
    Ok(Json(InnreiserAntall { antall: i32::try_from(count).unwrap_or(i32::MAX) }))
}

/// The fields of a request. Only an object has any; a list of values in their order is none.
fn fields<T: DeserializeOwned>(request: Map<String, Value>) -> Result<T, Refused> {
    serde_json::from_value(Value::Object(request))
        .map_err(|_| Refused::field("", "not of the published shape"))
}

/// For what the data are taken; the rest of the query is held against its form.
fn purpose(query: &FiksQuery) -> Result<Purpose, Refused> {
    let is_uuid = |text: &String| text.len() == 36 && Uuid::try_parse(text).is_ok();
    if query.fiks_org.as_ref().is_some_and(|organisation| !is_uuid(organisation)) {
        return Err(Refused::field("?fiksOrg", "a UUID"));
    }
    match query.tjeneste.as_deref() {
        None | Some("INNREISE") => Ok(Purpose::Entry),
        Some("INNREISEOPPFOLGING") => Ok(Purpose::FollowUp),
        Some(_) => Err(Refused::field("?tjeneste", "INNREISE or INNREISEOPPFOLGING")),
    }
}

/// Asking for another municipality is refused, not emptied: an empty answer would say that nobody is there.
fn within(reach: &Reach, asked: &[String]) -> Result<(), Refused> {
    if asked.len() > MUNICIPALITIES_MAX {
        return Err(Refused::field("/kommunenr", "not so many"));
    }
    if !asked.iter().all(|number| is_digits(number, 4)) {
        return Err(Refused::field("/kommunenr", "four digits"));
    }
    if asked.iter().all(|number| reach.covers(number)) {
        Ok(())
    } else {
        Err(ProblemCode::NotPermitted.into())
    }
}

fn person(number: &str) -> Result<&str, Refused> {
    if is_digits(number, 11) { Ok(number) } else { Err(Refused::field("/personId", "eleven digits")) }
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn moment_of(pointer: &str, text: Option<&str>) -> Result<Option<Timestamp>, Refused> {
    let Some(text) = text else { return Ok(None) };
    moment(text).map(Some).ok_or_else(|| Refused::field(pointer, "a moment, as in RFC 3339"))
}

/// Middleware: gives every refusal of this interface the shape it was published with.
pub async fn describe(State(clock): State<Clock>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let language = problem::language(request.headers());
    let response = next.run(request).await;
    let failed = response.status().is_client_error() || response.status().is_server_error();
    if !path.starts_with(PREFIX) || !failed {
        return response;
    }
    let status = status(response.status());
    let refused = problem::refused(&response);
    let reference = Entropy::system().uuid();
    if status.is_server_error() {
        let cause = refused.cause.as_deref().unwrap_or("no cause given");
        tracing::error!(%reference, path, cause, "a request failed");
    }
    let code = problem::name(refused.code);
    let mut message = texts::text(language, &format!("problem-{code}-detail"));
    for error in &refused.errors {
        message.push_str(&format!(" {}: {}.", error.pointer.trim_start_matches(['/', '?']), error.detail));
    }
    let error = ErrorMessage {
        timestamp: clock.now().as_millisecond(),
        status: i32::from(status.as_u16()),
        error: status.canonical_reason().unwrap_or_default().to_owned(),
        error_id: reference,
        original_path: path.clone(),
        path,
        message,
        error_code: code,
    };
    (status, Json(error)).into_response()
}

/// One of the three statuses that the interface has.
fn status(status: StatusCode) -> StatusCode {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => StatusCode::UNAUTHORIZED,
        status if status.is_client_error() => StatusCode::BAD_REQUEST,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
