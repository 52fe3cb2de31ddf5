//! Files that somebody has taken out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A file that was made of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Export {
    /// Its id; it stands on the cover, and in the log of disclosures.
    pub id: Uuid,
    /// When it was made.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// `xlsx` or `csv`.
    pub format: String,
    /// How many entries stand in it.
    pub entries: u64,
    /// When the first of them must be gone, and so the file; absent when it is about nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone_by: Option<Timestamp>,
    /// Whether that is over.
    pub overdue: bool,
}
