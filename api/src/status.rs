//! The state of the register, without a word about anybody.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/status`: is the feed alive? For everybody who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedStatus {
    /// Last time a new or changed record was taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_record_at: Option<Timestamp>,
    /// Entries registered since midnight, Norwegian time.
    pub registered_today: u64,
    /// Events that the lists have not caught up with.
    pub lag: u64,
    /// The server's clock.
    pub now: Timestamp,
}

/// `GET /api/v1/register`: for the data-protection officer and the shift lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterStatus {
    /// Last position of the log.
    pub head: u64,
    /// Hash of the last batch, in hexadecimal.
    pub chain_head: String,
    /// Age of the oldest live record, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_record_age_seconds: Option<u64>,
    /// The read models.
    pub projections: Vec<ProjectionStatus>,
    /// The live epochs, oldest first.
    pub epochs: Vec<EpochStatus>,
}

/// A read model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectionStatus {
    /// Its name.
    pub name: String,
    /// The position it has reached.
    pub position: u64,
    /// Streams parked after an event that could not be folded.
    pub parked: u64,
}

/// A six-hour window of registrations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpochStatus {
    /// Its number.
    pub epoch: u32,
    /// First moment of the window.
    pub from: Timestamp,
    /// When everything of it is gone.
    pub ends_at: Timestamp,
    /// Entries in it.
    pub entries: u64,
    /// Events in it.
    pub events: u64,
}
