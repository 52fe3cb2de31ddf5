//! Test results: what the laboratories told of a sample, and what somebody had been told before they told otherwise.

use crate::StreamId;
use crate::personal::Personal;
use crate::rule_set::TestKind;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The stream of policies of results.
pub const RESULT_POLICIES: StreamId = StreamId::permanent(8);

/// One message of a laboratory about one finding of a sample. The laboratory's own words are not kept, only what
/// they were read as, and by which table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResultReceived {
    /// The sample: the same laboratory, sample number and analysis always give the same.
    pub sample: Uuid,
    /// The message and its finding: a repeated message gives the same.
    pub message: Uuid,
    /// Who analysed it.
    pub laboratory: Laboratory,
    /// The laboratory's number of the sample.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample_number: Option<Personal<String>>,
    /// How far the answer has come.
    pub state: SampleState,
    /// What it says.
    pub class: ResultClass,
    /// What was analysed; absent where that cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<TestKind>,
    /// Day on which the sample was taken; absent where not even a stand-in was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub taken_on: Option<Date>,
    /// The laboratory put the day it received the sample in the place of the day it was taken.
    pub taken_on_substituted: bool,
    /// When the result service received the message. The latest counts.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub received_at: Timestamp,
    /// How it came here.
    pub source: ResultSource,
    /// Which table read the words.
    pub read_by: String,
}

/// Who analysed a sample.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Laboratory {
    /// Its number in the address register; empty when it was not told.
    pub her_id: String,
    /// Its name; empty when it was not told.
    pub name: String,
}

/// What a result says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ResultClass {
    /// The virus was found.
    Detected,
    /// It was not found.
    NotDetected,
    /// The analysis gave no clear answer.
    Inconclusive,
    /// The words are in no table. Never to be taken for negative.
    Unknown,
}

/// How far the answer of a sample has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SampleState {
    /// A test is planned or ordered.
    Planned,
    /// The answer may still change.
    Preliminary,
    /// The answer.
    Final,
    /// The answer, after an earlier one was wrong.
    Revised,
    /// There is no answer: the sample was rejected or the report withdrawn.
    Cancelled,
}

/// How a result came here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ResultSource {
    /// It was looked up.
    LookUp,
    /// A feed brought it.
    Feed,
    /// A border station's extract of rapid tests.
    BorderStation,
}

/// From a day on, this is what becomes of results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResultPolicyAdopted {
    /// First Norwegian day on which it counts.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub valid_from: Date,
    /// What becomes of them.
    pub mode: ResultMode,
    /// On which ground.
    pub ground: String,
    /// Who adopted it.
    pub adopted_by: String,
}

/// What becomes of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ResultMode {
    /// What a result was read as is an event of the entry, and ends with it.
    #[default]
    Store,
    /// Whoever calls sees the answer of a look-up, and it is forgotten; only that it was looked up is kept.
    LookUp,
    /// Those with a negative result are called, and nobody sees a result.
    WashList,
}

/// The result service was asked about the traveller. What it answered does not stand here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResultLookedUp {
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub looked_up_at: Timestamp,
    /// Who asked; `register` when the register looked ahead.
    pub looked_up_by: String,
    /// Whether the service answered at all.
    pub answered: bool,
}

/// A result says something else now than what somebody was told or acted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResultCorrected {
    /// The correction; also what it is acknowledged by.
    pub correction: Uuid,
    /// The sample.
    pub sample: Uuid,
    /// What it said.
    pub before: ResultClass,
    /// What it says now.
    pub after: ResultClass,
    /// What else is told otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<SampleChange>,
    /// Who had been told or had acted on what it said.
    pub told: Vec<ToldEarlier>,
}

/// What is told otherwise of a sample besides its result, and what a quarantine may end by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "what", deny_unknown_fields)]
pub enum SampleChange {
    /// What was analysed; absent where that cannot be told.
    Kind {
        /// As told before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<TestKind>,
        /// As told now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<TestKind>,
    },
    /// The day on which it was taken.
    TakenOn {
        /// As told before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
        before: Option<Date>,
        /// As told now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
        after: Option<Date>,
    },
}

/// What rested on the earlier answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ToldEarlier {
    /// What it was.
    pub kind: ToldKind,
    /// The call's attempt, or the message.
    pub id: Uuid,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
    /// Who spoke; empty for a message.
    pub by: String,
}

/// How somebody was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ToldKind {
    /// In a conversation.
    Call,
    /// By a text message.
    Message,
}

/// Somebody has told those who were told the earlier answer, or found that nobody need be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CorrectionSettled {
    /// The correction.
    pub correction: Uuid,
    /// What was done about it.
    pub note: Personal<String>,
    /// Who.
    pub settled_by: String,
}
