//! Whom a municipal doctor lets work in the doctor's place. Employees are named here, travellers never.

use crate::StreamId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The stream of a municipality's delegations; `None` when that is no municipality number.
pub fn delegations_of(municipality: &str) -> Option<StreamId> {
    let is_number = municipality.len() == 4 && municipality.bytes().all(|byte| byte.is_ascii_digit());
    municipality.parse().ok().filter(|_| is_number).map(|number| StreamId::numbered(9, number))
}

/// A doctor lets somebody work in the doctor's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DelegationGiven {
    /// Its id, within the municipality.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub delegation: Uuid,
    /// The municipality, four digits.
    pub municipality: String,
    /// To whom: the id of the user.
    pub user: String,
    /// Their name.
    pub name: String,
    /// Whether they see what tells of health.
    pub health: bool,
    /// The last Norwegian day on which it counts.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub until: Date,
    /// Which doctor gave it.
    pub given_by: String,
}

/// A doctor says that a delegation is still needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DelegationConfirmed {
    /// Which one.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub delegation: Uuid,
    /// Which doctor said so.
    pub confirmed_by: String,
}

/// A doctor took a delegation back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DelegationWithdrawn {
    /// Which one.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub delegation: Uuid,
    /// Which doctor took it back.
    pub withdrawn_by: String,
}
