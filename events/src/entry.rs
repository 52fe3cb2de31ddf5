//! What happens to an entry.

use crate::personal::Personal;
use crate::record::{EntryRecord, RawRecord, Routing};
use serde::{Deserialize, Serialize};

/// A trip was registered and taken in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryRegistered {
    /// `a_reference_code`: the trip's key at the source.
    pub reference_code: Personal<String>,
    /// How it came in.
    pub source: Source,
    /// The record, typed.
    pub record: EntryRecord,
    /// Where it belongs.
    pub routing: Routing,
    /// The source's record as it came.
    pub raw: Personal<RawRecord>,
}

/// The source sent newer news of the trip or the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryUpdated {
    /// The reference code under which the news came.
    pub reference_code: Personal<String>,
    /// How it came in.
    pub source: Source,
    /// Names of the source's fields that changed.
    pub changed: Vec<String>,
    /// The whole record after the change, typed.
    pub record: EntryRecord,
    /// Where it belongs after the change.
    pub routing: Routing,
    /// The source's record as it came.
    pub raw: Personal<RawRecord>,
}

/// The same trip turned out to be registered under a second code; both are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferenceCodeJoined {
    /// The further code.
    pub reference_code: Personal<String>,
    /// How it came in.
    pub source: Source,
    /// The source's record under that code, as it came.
    pub raw: Personal<RawRecord>,
}

/// Somebody at the national workbench decided which municipality follows up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryRouted {
    /// The municipality that follows up, four digits.
    pub municipality: String,
    /// Why, in the decider's words.
    pub reason: Personal<String>,
    /// Who decided.
    pub decided_by: String,
}

/// The responsible municipality said that the entry is not its own: the national workbench has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryDeclined {
    /// The municipality that said so.
    pub municipality: String,
    /// Why, in its own words.
    pub reason: Personal<String>,
    /// Who said so.
    pub declined_by: String,
}

/// Somebody asked that the entry be ended before its epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EndRequested {
    /// On which ground.
    pub ground: EndGround,
    /// Why, in the words of whoever asks.
    pub reason: Personal<String>,
    /// Who asks.
    pub requested_by: String,
}

/// Why an entry may be ended before its epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EndGround {
    /// It was registered by mistake.
    RegisteredByMistake,
    /// The person has a right to erasure.
    RightToErasure,
}

/// The request to end the entry was taken back or turned down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EndWithdrawn {
    /// Who did.
    pub withdrawn_by: String,
}

/// A second person agreed to end the entry. It is the last event of its stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EndConfirmed {
    /// Who agreed.
    pub confirmed_by: String,
}

/// How a record came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// By the intake interface.
    Feed,
    /// From a file, on the command line.
    File,
    /// From the demo.
    Demo,
}
