//! Quarantine hotels: who is a guest, who comes, who leaves.

use events::Personal;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// As much of a traveller as a hotel needs to know whom it has before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuestPerson {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
}

/// `GET /api/v1/hotel/guests`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HotelGuests {
    /// The hotel's name.
    pub hotel: String,
    /// Its guests, by name. Those whose address is protected are not among them.
    pub items: Vec<HotelGuest>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// A guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HotelGuest {
    /// The entry's id.
    pub id: Uuid,
    /// Who it is.
    #[cfg_attr(feature = "openapi", schema(value_type = GuestPerson))]
    pub person: Personal<GuestPerson>,
    /// Since when.
    pub since: Timestamp,
    /// The day on which the guest is expected to leave: as the hotel said, else the day on which the quarantine ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_until: Option<Date>,
}

/// `POST /api/v1/hotel/find`: by what is written on the traveller's receipt or passport, whole.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FindGuest {
    /// A reference code or a number of the traveller's.
    pub query: String,
}

/// Who has the code or number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundGuests {
    /// The entries, latest arrival first.
    pub items: Vec<FoundGuest>,
}

/// A traveller who can be checked in, or out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundGuest {
    /// The entry's id.
    pub id: Uuid,
    /// Who it is.
    #[cfg_attr(feature = "openapi", schema(value_type = GuestPerson))]
    pub person: Personal<GuestPerson>,
    /// Day of arrival in Norway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Date>,
    /// Where the traveller stays.
    pub stays: Stays,
}

/// Where a traveller stays, as far as a hotel is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stays {
    /// At no hotel.
    Nowhere,
    /// At this one.
    Here,
    /// At another one; checking in here is a change of hotel.
    Elsewhere,
}

/// `POST /api/v1/hotel/check-in`, with `Idempotency-Key`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// The code or number that was shown: nobody is checked in without one.
    pub query: String,
    /// Which of those who have it; needed when there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Uuid>,
    /// The day on which the guest is expected to leave, when the hotel knows one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_until: Option<Date>,
}
