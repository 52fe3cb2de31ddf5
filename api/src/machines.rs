//! What machines are told about themselves.

use jiff::Timestamp;
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

/// `PUT /api/v1/webhook`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetUpWebhook {
    /// Where news is sent to: `https://…`, on the public internet.
    pub url: String,
}

/// The secret that messages are signed with, told once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookSecret {
    /// `whsec_` and 32 bytes in base64.
    pub secret: String,
}

/// `GET /api/v1/webhook`: how it fares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookStatus {
    /// Where news is sent to.
    pub url: String,
    /// When a message was last taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<Timestamp>,
    /// Since when nothing is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// How often the present message was tried in vain.
    pub tries: u32,
    /// When it is tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try_at: Option<Timestamp>,
    /// Since when nothing is sent; set it up again to begin anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<Timestamp>,
}

/// Query of `GET /api/v1/usage`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct UsageQuery {
    /// One month, such as `2021-03`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// One consumer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumer: Option<String>,
}

/// How much a consumer took in a month, about a municipality, by an interface, for a purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageRow {
    /// The month, such as `2021-03`.
    pub month: String,
    /// The consumer's name.
    pub consumer: String,
    /// The municipality; absent for the whole country. A call about several counts for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// The interface.
    pub interface: String,
    /// The purpose.
    pub purpose: String,
    /// Calls, or messages that were taken.
    pub calls: u64,
    /// Entries they told of.
    pub records: u64,
}
