//! Live ticks: what moved, never what it says.

use serde::{Deserialize, Serialize};

/// One server-sent event of `GET /api/v1/live`: refetch what you show of this topic, with your own rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tick {
    /// What moved.
    pub topic: Topic,
    /// The position of the log it has reached.
    pub position: u64,
}

/// What can move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// The list of entries.
    Entries,
    /// An epoch ended, or a deadline drew near.
    Retention,
}
