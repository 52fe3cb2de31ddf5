//! Who a traveller is: numbers assigned later, other entries of the same person, a protected address.

use crate::entries::EntryRow;
use events::identity::{AssignedAt, IdentityCheck, IdentityKind, MatchReason};
use events::personal::Personal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `GET /api/v1/entries/{id}/identities`: the numbers of a traveller, and who else may be the same person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Identities {
    /// The numbers, best kind first.
    pub numbers: Vec<Number>,
    /// Whether two numbers contradict one another.
    pub conflict: bool,
    /// Whether the address is protected.
    pub protected: bool,
    /// Others who are the same person, or may be, the surest first.
    pub others: Vec<SamePerson>,
    /// Score from which entries are joined without anybody deciding, of a thousand.
    pub join_from: u16,
}

/// One number of a traveller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Number {
    /// Its kind.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: IdentityKind,
    /// The number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Personal<String>,
    /// What its check said.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub check: IdentityCheck,
    /// How it came here; absent when the traveller gave it at registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<Assigned>,
}

/// How a number came here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assigned {
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: AssignedAt,
    /// Which station or desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who.
    pub by: String,
    /// When.
    pub on: Timestamp,
}

/// An entry that is, or may be, of the same person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SamePerson {
    /// The entry.
    pub entry: EntryRow,
    /// How sure it is, of a thousand.
    pub score: u16,
    /// What speaks for it and against it.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub reasons: Vec<MatchReason>,
    /// Whether they are joined.
    pub joined: bool,
    /// Whether somebody decided that they are two persons.
    pub separated: bool,
}

/// `POST /api/v1/entries/{id}/identities`, with `Idempotency-Key`: a number was assigned or found.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssignNumber {
    /// Its kind.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: IdentityKind,
    /// The number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Personal<String>,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: AssignedAt,
    /// Which station or desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// `POST /api/v1/entries/{id}/identities/withdrawal`: a number is not the traveller's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawNumber {
    /// The number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Personal<String>,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// `POST /api/v1/entries/{id}/person`: whether another entry is of the same person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecidePerson {
    /// The other entry.
    pub other: Uuid,
    /// Whether it is.
    pub same: bool,
    /// Why, 1 to 500 characters; needed to take two apart.
    #[serde(default)]
    pub reason: String,
}

/// `PUT /api/v1/entries/{id}/protection`: whether the address is protected.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProtectAddress {
    /// Whether it is.
    pub protected: bool,
}
