//! Problems: refusals and failures become RFC 9457 answers in the reader's language.
//!
//! A handler returns a [`Refused`] with a code; [`describe`] writes the texts. A failure is logged here, once,
//! under the reference that the reader gets.

use crate::intake::take_in::IntakeError;
use crate::log::{KeyError, ReadError, Rejected};
use crate::machines::registry::RegistryError;
use crate::projections::projector::FoldError;
use crate::retention::RetentionError;
use api::problem::{FieldProblem, Problem, ProblemCode};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use texts::Language;

/// Characters of a reason at most.
const REASON_CHARS_MAX: usize = 500;

/// Why a request was not answered as asked.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The code.
    pub code: ProblemCode,
    /// Wrong fields.
    pub errors: Vec<FieldProblem>,
    /// What to log; never anything about a person.
    pub cause: Option<String>,
}

impl Refused {
    /// A field that cannot be read.
    pub fn field(pointer: &str, detail: &str) -> Refused {
        let error = FieldProblem { pointer: pointer.to_owned(), detail: detail.to_owned() };
        Refused { errors: vec![error], ..ProblemCode::InvalidRequest.into() }
    }

    /// A reason that is missing or too long.
    pub fn reason() -> Refused {
        Refused::field("/reason", "1 to 500 characters")
    }

    /// A fault of ours.
    pub(super) fn failed(code: ProblemCode, cause: String) -> Refused {
        Refused { cause: Some(cause), ..code.into() }
    }
}

/// The reason somebody gave for a decision, trimmed.
pub(super) fn reason_of(given: &str) -> Result<&str, Refused> {
    let reason = given.trim();
    let fits = !reason.is_empty() && reason.chars().count() <= REASON_CHARS_MAX;
    fits.then_some(reason).ok_or_else(Refused::reason)
}

impl From<ProblemCode> for Refused {
    fn from(code: ProblemCode) -> Self {
        Refused { code, errors: Vec::new(), cause: None }
    }
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        // The error's own text may quote values; its code does not.
        let cause = match error.as_database_error() {
            Some(fault) => format!("database refuses with {}", fault.code().unwrap_or_default()),
            None => "no connection to the database".to_owned(),
        };
        Refused::failed(ProblemCode::Unavailable, cause)
    }
}

impl From<KeyError> for Refused {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Ended(_) => ProblemCode::EntryEnded.into(),
            KeyError::Missing(_) | KeyError::Destroyed(_) | KeyError::Store(_) => {
                Refused::failed(ProblemCode::Unavailable, error.to_string())
            }
        }
    }
}

impl From<ReadError> for Refused {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Key(error) => error.into(),
            ReadError::Database(error) => error.into(),
            ReadError::Gap(_) | ReadError::CannotOpen { .. } => {
                Refused::failed(ProblemCode::Internal, error.to_string())
            }
        }
    }
}

impl From<FoldError> for Refused {
    fn from(error: FoldError) -> Self {
        match error {
            FoldError::Read(error) => error.into(),
            FoldError::Key(error) => error.into(),
            FoldError::Database(error) => error.into(),
            FoldError::DamagedRow(_) => Refused::failed(ProblemCode::Internal, error.to_string()),
        }
    }
}

impl From<Rejected> for Refused {
    fn from(error: Rejected) -> Self {
        match error {
            Rejected::Conflict { .. } => ProblemCode::ChangedMeanwhile.into(),
            Rejected::KeyReused => ProblemCode::KeyReused.into(),
            Rejected::Ended(_) => ProblemCode::EntryEnded.into(),
            Rejected::Size => ProblemCode::TooLarge.into(),
            Rejected::Key(error) => error.into(),
            Rejected::Unavailable => Refused::failed(ProblemCode::Unavailable, error.to_string()),
            Rejected::Claimed { .. } | Rejected::Invalid(_) => {
                Refused::failed(ProblemCode::Internal, error.to_string())
            }
        }
    }
}

impl From<IntakeError> for Refused {
    fn from(error: IntakeError) -> Self {
        match error {
            IntakeError::Append(error) => error.into(),
            IntakeError::Read(error) => error.into(),
            IntakeError::Key(error) => error.into(),
            IntakeError::Contended => Refused::failed(ProblemCode::Unavailable, error.to_string()),
        }
    }
}

impl From<RetentionError> for Refused {
    fn from(error: RetentionError) -> Self {
        match error {
            RetentionError::Database(error) => error.into(),
            RetentionError::Key(error) => error.into(),
            RetentionError::Read(error) => error.into(),
            RetentionError::Receipt(error) => error.into(),
            RetentionError::KeyStore(_) | RetentionError::ClocksDiffer(_) | RetentionError::File(_) => {
                Refused::failed(ProblemCode::Unavailable, error.to_string())
            }
            RetentionError::Unreadable(_) | RetentionError::NotGone { .. } => {
                Refused::failed(ProblemCode::Internal, error.to_string())
            }
        }
    }
}

impl From<RegistryError> for Refused {
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::Wish(_) => ProblemCode::Refused.into(),
            RegistryError::Read(error) => error.into(),
            RegistryError::Database(error) => error.into(),
            RegistryError::Append(error) => error.into(),
            RegistryError::Unreadable(_) => Refused::failed(ProblemCode::Internal, error.to_string()),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = status(self.code).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

fn status(code: ProblemCode) -> StatusCode {
    match code {
        ProblemCode::InvalidRequest => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemCode::NotLoggedIn => StatusCode::UNAUTHORIZED,
        ProblemCode::NotPermitted | ProblemCode::NotDelegated => StatusCode::FORBIDDEN,
        ProblemCode::NotFound => StatusCode::NOT_FOUND,
        ProblemCode::EntryEnded | ProblemCode::ExtractNeeded => StatusCode::GONE,
        ProblemCode::ChangedMeanwhile => StatusCode::PRECONDITION_FAILED,
        ProblemCode::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        ProblemCode::KeyReused
        | ProblemCode::Refused
        | ProblemCode::SecondPersonNeeded
        | ProblemCode::CardLost
        | ProblemCode::CardTaken
        | ProblemCode::OutsideCallingHours
        | ProblemCode::TooLate => StatusCode::CONFLICT,
        ProblemCode::KeyRequired => StatusCode::BAD_REQUEST,
        ProblemCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemCode::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        ProblemCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ProblemCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The code of an answer that came without one: from the framework's own limits and extractors.
fn code_of(status: StatusCode) -> ProblemCode {
    match status {
        StatusCode::UNAUTHORIZED => ProblemCode::NotLoggedIn,
        StatusCode::FORBIDDEN => ProblemCode::NotPermitted,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ProblemCode::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge,
        StatusCode::TOO_MANY_REQUESTS => ProblemCode::TooManyRequests,
        StatusCode::SERVICE_UNAVAILABLE => ProblemCode::Unavailable,
        status if status.is_client_error() => ProblemCode::InvalidRequest,
        _ => ProblemCode::Internal,
    }
}

/// Middleware: gives every refusal of the interface its body.
pub async fn describe(request: Request, next: Next) -> Response {
    let language = language(request.headers());
    let is_api = request.uri().path().starts_with("/api/");
    let route = request.extensions().get::<axum::extract::MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let status = response.status();
    if !is_api || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let refused = refused(&response);
    let reference = crate::entropy::Entropy::system().uuid().simple().to_string()[..8].to_owned();
    if status.is_server_error() {
        let cause = refused.cause.as_deref().unwrap_or("no cause given");
        tracing::error!(reference, status = status.as_u16(), route, cause, "a request failed");
    }
    let key = |part: &str| format!("problem-{}-{part}", name(refused.code));
    let problem = Problem {
        type_uri: format!("/problems/{}", name(refused.code)),
        title: texts::text(language, &key("title")),
        status: status.as_u16(),
        detail: texts::text(language, &key("detail")),
        code: refused.code,
        reference,
        errors: refused.errors,
    };
    let mut described = (status, axum::Json(problem)).into_response();
    described
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    described.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(after) = response.headers().get(header::RETRY_AFTER) {
        described.headers_mut().insert(header::RETRY_AFTER, after.clone());
    } else if status == StatusCode::SERVICE_UNAVAILABLE {
        described.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    described
}

/// Why an answer refuses.
pub(super) fn refused(response: &Response) -> Refused {
    response.extensions().get::<Refused>().cloned().unwrap_or_else(|| code_of(response.status()).into())
}

/// A code as it stands on the wire.
pub(super) fn name(code: ProblemCode) -> String {
    serde_json::to_value(code).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The language a reader asks for.
pub fn language(headers: &HeaderMap) -> Language {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    asked.map_or(Language::Nb, Language::accept)
}

/// A handler panicked: say so, and nothing of what it held.
pub fn panicked(_panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    Refused::failed(ProblemCode::Internal, "a handler panicked".to_owned()).into_response()
}
