//! Who takes what from the register: the organisation behind a consumer, and the areas and interfaces it may take.
//! These facts name no traveller and are kept for ever.

use crate::StreamId;
use serde::{Deserialize, Serialize};

/// Organisations and subscriptions of consumers.
pub const SUBSCRIPTIONS: StreamId = StreamId::permanent(10);

/// From now on signed tokens of an organisation are a consumer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsumerRecognised {
    /// The consumer's name.
    pub consumer: String,
    /// Organisation number, nine digits.
    pub organisation: String,
    /// Who decided.
    pub recognised_by: String,
}

/// A consumer may take what concerns an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubscriptionAdded {
    /// The consumer's name.
    pub consumer: String,
    /// Which area.
    pub area: Area,
    /// By which interfaces; it replaces what the consumer had of the area.
    pub scopes: Vec<MachineScope>,
    /// Who decided.
    pub added_by: String,
}

/// A consumer takes no more of an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubscriptionRemoved {
    /// The consumer's name.
    pub consumer: String,
    /// Which area.
    pub area: Area,
    /// Who decided.
    pub removed_by: String,
}

/// What a subscription is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "kind", deny_unknown_fields)]
pub enum Area {
    /// The whole country.
    National,
    /// One municipality.
    Municipality {
        /// Its number, four digits.
        number: String,
    },
}

/// An interface for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MachineScope {
    /// The records of entries, in the published shape.
    Entries,
    /// The feed of changes: what is new, changed, gone; no record in it.
    Feed,
}
