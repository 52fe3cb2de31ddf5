//! Tables that everybody may read.

use serde::{Deserialize, Serialize};

/// One municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Municipality {
    /// Four digits.
    pub number: String,
    /// Its name.
    pub name: String,
}

/// `GET /api/v1/reference/municipalities`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Municipalities {
    /// First day on which the table counts.
    pub valid_from: jiff::civil::Date,
    /// The municipalities, by number.
    pub items: Vec<Municipality>,
}
