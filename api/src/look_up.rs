//! Looking up who is responsible for a person, beyond the own municipality.

use events::Personal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/municipality/look-up`
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookUp {
    /// A national number, passport number, phone or reference code, whole.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub query: Personal<String>,
    /// Why it is needed. It is kept, sealed, for the data-protection officer.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub reason: Personal<String>,
}

/// What the look-up answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookUpResult {
    /// Those who were found.
    pub items: Vec<Responsible>,
    /// Look-ups that are left within the hour.
    pub left: u32,
}

/// Who is responsible for somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Responsible {
    /// Number of the municipality; absent while the entry cannot be routed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Who it is.
    #[cfg_attr(feature = "openapi", schema(value_type = Recognised))]
    pub person: Personal<Recognised>,
}

/// As much as it takes to recognise a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recognised {
    /// First and last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Birth date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
}
