//! Test results: what is known of an entry's samples, looking up, corrections, and how many could be matched.

use crate::entries::EntryRow;
use events::personal::Personal;
use events::result::{ResultClass, ResultMode, SampleChange, SampleState, ToldKind};
use events::rule_set::TestKind;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Messages of one batch of results at most.
pub const RESULT_BATCH_MAX: usize = 2_000;

/// `GET /api/v1/entries/{id}/results`: what is known of an entry's tests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryResults {
    /// What becomes of results now.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mode: ResultMode,
    /// The samples, the latest first; none where they are not stored or may not be seen.
    pub samples: Vec<Sample>,
    /// The last time the result service was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_up: Option<LookedUp>,
    /// Results that said something else later.
    pub corrections: Vec<Correction>,
    /// Whether the service may be asked about this traveller here.
    pub can_look_up: bool,
}

/// One sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sample {
    /// The sample.
    pub sample: Uuid,
    /// The laboratory's name; empty when it was not told.
    pub laboratory: String,
    /// How far the answer has come.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: SampleState,
    /// What it says.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub class: ResultClass,
    /// What was analysed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub kind: Option<TestKind>,
    /// When it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_on: Option<Date>,
    /// Whether that is only the day the laboratory received it.
    pub taken_on_substituted: bool,
    /// When the answer was received.
    pub received_at: Timestamp,
    /// Messages about it.
    pub messages: u32,
}

/// A look-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookedUp {
    /// When.
    pub at: Timestamp,
    /// Who asked.
    pub by: String,
    /// Whether the service answered.
    pub answered: bool,
}

/// A result that said something else later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Correction {
    /// The correction.
    pub correction: Uuid,
    /// What it said.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub before: ResultClass,
    /// What it says.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub after: ResultClass,
    /// What else is told otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub also: Vec<SampleChange>,
    /// Who had been told, or written to.
    pub told: Vec<Told>,
    /// What was done about it; absent while nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub note: Option<Personal<String>>,
    /// Who did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<String>,
}

/// Somebody who had been told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Told {
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: ToldKind,
    /// When.
    pub at: Timestamp,
    /// Who spoke; empty for a message.
    pub by: String,
}

/// `POST /api/v1/entries/{id}/results/look-up`: what the result service answered just now, or a moment ago.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookUpAnswer {
    /// What came of it.
    pub outcome: LookUpOutcome,
    /// What it told, the latest first. Shown, and stored only where that is the policy.
    pub samples: Vec<Sample>,
    /// Whether the service cut its answer: what is missing may be there.
    pub truncated: bool,
    /// When the service answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
}

/// What came of a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LookUpOutcome {
    /// The service answered.
    Answered,
    /// It did not answer in time, or not in a way that can be read. Unknown; try again.
    Unknown,
    /// It says no: our access is not in order.
    Refused,
    /// The traveller has no number that it could be asked about.
    NoNumber,
}

/// `POST /api/v1/entries/{id}/corrections/{correction}/settlement`: who was told something else knows now.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SettleCorrection {
    /// What was done about it, 1 to 500 characters.
    pub note: String,
}

/// `POST /api/v1/intake/results`: what became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultsTaken {
    /// Messages that belong to an entry and are new.
    pub matched: u32,
    /// Messages that were known.
    pub repeated: u32,
    /// Messages that may belong to more than one person. Not kept.
    pub ambiguous: u32,
    /// Messages about people who are not in the register. Not kept.
    pub unmatched: u32,
    /// Messages about other analyses. Not kept.
    pub not_ours: u32,
    /// Messages that cannot be read.
    pub rejected: u32,
}

/// `GET /api/v1/results/board`: how many results could be matched, and how many obligations have an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchBoard {
    /// What becomes of results now.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mode: ResultMode,
    /// Counts a day, laboratory and station, the latest day first.
    pub rows: Vec<MatchCount>,
    /// Entries that owe a test whose time has come.
    pub owing: u64,
    /// Those of them with an answer.
    pub with_answer: u64,
    /// Those of them whose sample has no answer yet.
    pub pending: u64,
    /// Those of them with no sample.
    pub without_test: u64,
    /// Of them, those without a number that a result could be matched by.
    pub without_number: u64,
    /// Corrections that nobody has seen to.
    pub corrections: u64,
}

/// Counts of a day, laboratory and station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchCount {
    /// The day on which they came.
    pub day: Date,
    /// The laboratory.
    pub laboratory: String,
    /// The border station; empty when they came from elsewhere.
    pub station: String,
    /// Those that were matched.
    pub matched: u64,
    /// Those that were known.
    pub repeated: u64,
    /// Those that may be of more than one person.
    pub ambiguous: u64,
    /// Those about people who are not here.
    pub unmatched: u64,
}

/// `GET /api/v1/results/not-tested`: entries that owe a test and have no sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotTestedPage {
    /// The entries, those whose data end soonest first.
    pub items: Vec<NotTested>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// An entry that owes a test and has no sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotTested {
    /// The entry.
    pub entry: EntryRow,
    /// Last day on which the test was to be taken.
    pub by: Date,
    /// Border station at which the traveller arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
    /// Whether a result could be matched at all.
    pub has_number: bool,
}

/// `GET /api/v1/results/policies`, `POST …`: what becomes of results, from when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResultPolicy {
    /// First day on which it counts.
    pub valid_from: Date,
    /// What becomes of them.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub mode: ResultMode,
    /// On which ground, 1 to 500 characters.
    pub reason: String,
    /// Who adopted it; filled in by the register.
    #[serde(default)]
    pub adopted_by: String,
}
