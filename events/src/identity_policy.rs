//! What the register does by itself about who a traveller is, as dated data. No traveller stands in it.

use crate::StreamId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The stream of identity policies.
pub const IDENTITY_POLICIES: StreamId = StreamId::permanent(7);

/// From a day on, this is done about identities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentityPolicyAdopted {
    /// First Norwegian day on which it counts.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub valid_from: Date,
    /// Whether those without a national number are given a common auxiliary number without anybody asking.
    pub allocate_automatically: bool,
    /// Score of a thousand from which on two entries are joined without anybody looking.
    pub match_join_from: u16,
    /// Score from which on it is suggested that they be joined.
    pub match_suggest_from: u16,
    /// Who adopted it.
    pub adopted_by: String,
}
