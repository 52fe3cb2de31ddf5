//! Whom a municipal doctor lets work in the doctor's place.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `POST /api/v1/municipality/delegations`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GiveDelegation {
    /// To whom: the id with which they log in.
    pub user: String,
    /// Their name.
    pub name: String,
    /// Whether they see what tells of health.
    pub health: bool,
    /// The last Norwegian day on which it counts.
    pub until: Date,
}

/// Where a delegation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DelegationState {
    /// It gives access.
    Living,
    /// It was not confirmed in time and gives no access until it is.
    Asleep,
    /// Its last day is over.
    Ended,
    /// It was taken back.
    Withdrawn,
}

/// One delegation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delegation {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub user: String,
    /// Their name.
    pub name: String,
    /// Whether they see what tells of health.
    pub health: bool,
    /// The last Norwegian day on which it counts.
    pub until: Date,
    /// Which doctor gave it.
    pub given_by: String,
    /// When it was given or last confirmed.
    pub confirmed_at: Timestamp,
    /// From then on it sleeps unless it is confirmed.
    pub confirm_before: Timestamp,
    /// Whether that is soon, or has been.
    pub confirm_now: bool,
    /// Where it stands.
    pub state: DelegationState,
}

/// `GET /api/v1/municipality/delegations`: those that count or can be woken, then those that ended lately.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegationList {
    /// The delegations.
    pub items: Vec<Delegation>,
    /// The last day that a new one may have.
    pub until_max: Date,
}
