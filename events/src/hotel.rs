//! Quarantine hotels: which there are, and that a traveller came, moved to another one, or left.

use crate::StreamId;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// The stream of lists of hotels.
pub const HOTELS: StreamId = StreamId::permanent(12);

/// From a day on, these are the quarantine hotels: all of them, each time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HotelsAdopted {
    /// First Norwegian day on which it counts.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub valid_from: Date,
    /// The hotels.
    pub hotels: Vec<Hotel>,
    /// Who adopted it.
    pub adopted_by: String,
}

/// A quarantine hotel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hotel {
    /// Its id: small letters, digits and hyphens. It stays the same when the name changes.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The municipality it lies in, four digits.
    pub municipality: String,
}

/// The traveller came to a quarantine hotel. Whoever was at another one has left it with that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HotelCheckedIn {
    /// The hotel's id.
    pub hotel: String,
    /// Its name on that day.
    pub name: String,
    /// The municipality it lies in.
    pub municipality: String,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
    /// The day on which the traveller is expected to leave, as far as the hotel knows one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub expected_until: Option<Date>,
    /// Who wrote it down.
    pub checked_in_by: String,
}

/// The traveller left a quarantine hotel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HotelCheckedOut {
    /// The hotel's id.
    pub hotel: String,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
    /// Who wrote it down.
    pub checked_out_by: String,
}
