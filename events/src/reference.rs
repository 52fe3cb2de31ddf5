//! Facts with no traveller in them: postcode tables and the intake policy. They are kept for ever.

use crate::StreamId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The stream of postcode tables.
pub const POSTCODE_TABLES: StreamId = StreamId::permanent(1);
/// The stream of intake policies.
pub const INTAKE_POLICIES: StreamId = StreamId::permanent(2);

/// A postcode table was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PostcodeTableAdopted {
    /// First day on which it counts.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub valid_from: Date,
    /// Where it comes from.
    pub origin: String,
    /// SHA-256 of the file it was read from, in hexadecimal.
    pub sha256: String,
    /// The rows.
    pub postcodes: Vec<Postcode>,
}

/// One postcode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Postcode {
    /// Four digits.
    pub postcode: String,
    /// Name of the place.
    pub place: String,
    /// Municipality number, four digits.
    pub municipality_number: String,
    /// Name of the municipality.
    pub municipality: String,
}

/// From a day on, this is when a registered trip is taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IntakePolicyAdopted {
    /// First day on which it counts.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub valid_from: Date,
    /// When a trip is taken in.
    pub take_in: TakeIn,
    /// Who adopted it.
    pub adopted_by: String,
}

/// When a registered trip is taken in. The ten days start then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TakeIn {
    /// As soon as the source sends it, up to 72 h before arrival.
    AtRegistration,
    /// From the day of arrival on; before that intake answers "not yet" and the source keeps it.
    FromDayOfArrival,
}
