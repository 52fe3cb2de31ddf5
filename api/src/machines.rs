//! What machines are told about themselves.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/consumer`: who the token says you are, and what you may take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsumerAccess {
    /// The consumer's name.
    pub name: String,
    /// Whose records you may take; absent when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<Territory>,
    /// Whose changes you are told of; absent when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<Territory>,
}

/// Which entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Territory {
    /// Those of the whole country.
    National,
    /// Those that concern some municipalities.
    Municipalities {
        /// Their numbers.
        numbers: Vec<String>,
    },
}
