//! Errors on the wire: RFC 9457 problem details with a stable code.

use serde::{Deserialize, Serialize};

/// The stable code of a problem. The portal and integrators match on this, people read the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// The request cannot be read: wrong JSON, a missing or unknown field, a value out of range.
    InvalidRequest,
    /// Nobody is logged in, or the session is over.
    NotLoggedIn,
    /// The role, purpose or municipality does not permit this.
    NotPermitted,
    /// No delegation by the municipal doctor lets the user work now.
    NotDelegated,
    /// No such thing, or none that you may see.
    NotFound,
    /// The entry's ten days are over; everything about it is gone.
    EntryEnded,
    /// Somebody changed it since you read it (`If-Match`).
    ChangedMeanwhile,
    /// `If-Match` is missing.
    PreconditionRequired,
    /// The same `Idempotency-Key` came with another content.
    KeyReused,
    /// `Idempotency-Key` is missing.
    KeyRequired,
    /// The body is larger than allowed.
    TooLarge,
    /// Too many requests; `Retry-After` says when.
    TooManyRequests,
    /// A rule says no; the detail says which.
    Refused,
    /// Whoever asked cannot agree as well.
    SecondPersonNeeded,
    /// The hold on the card is over.
    CardLost,
    /// Somebody else has the card.
    CardTaken,
    /// It may not be rung at this hour.
    OutsideCallingHours,
    /// It is too late to take it back.
    TooLate,
    /// The feed cannot go on from this cursor: take the full extract, and go on from its cursor.
    ExtractNeeded,
    /// The register cannot answer now; nothing was lost, try again.
    Unavailable,
    /// A fault of ours; the reference finds it in the log.
    Internal,
}

/// `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI for the kind of problem: `/problems/<code>`.
    #[serde(rename = "type")]
    pub type_uri: String,
    /// One line, in the reader's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do about it, in the reader's language.
    pub detail: String,
    /// The stable code.
    pub code: ProblemCode,
    /// A reference to quote to support; it finds the log line.
    pub reference: String,
    /// Which fields are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// JSON pointer (RFC 6901) into the request, or `?name` for a query parameter.
    pub pointer: String,
    /// What is wrong; never the value itself.
    pub detail: String,
}
