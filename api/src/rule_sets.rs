//! Rule sets: listing, comparing, trying and adopting; and what is public without login.

use events::rule_set::{Obligation, RuleSet, RuleSetAdopted};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::quarantine::{Assessment, QuarantineFacts};

/// Entries that one page of a trial names at most.
pub const TRIAL_PAGE_MAX: u32 = 200;
/// The version of the public shapes; it rises when something is taken away or means something else.
pub const PUBLIC_VERSION: u32 = 1;

/// `GET /api/v1/rule-sets`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSetList {
    /// The sets, oldest first.
    pub items: Vec<RuleSetRow>,
    /// The Norwegian day of the answer.
    pub today: Date,
}

/// One rule set in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSetRow {
    /// Its name.
    pub name: String,
    /// First Norwegian day of arrival that it governs.
    pub valid_from: Date,
    /// Last one; absent when none comes after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// The set that was adopted later for the same day, and counts in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// Whether it governs arrivals of today.
    pub in_force: bool,
    /// What is new.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// Who adopted it.
    pub adopted_by: String,
    /// Why it counts from a day that was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `GET /api/v1/rule-sets/{name}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSetAnswer {
    /// The set whole, and who adopted it. Its shape: `rule-set-adopted` in `/api/v1/schemas`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub adopted: RuleSetAdopted,
}

/// `POST /api/v1/rule-sets`, with `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AdoptRuleSet {
    /// The set. Its shape: `rule_set` of `rule-set-adopted` in `/api/v1/schemas`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub rule_set: RuleSet,
    /// Why it counts from a day that is over; needed then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `GET /api/v1/rule-sets/{a}/compare/{b}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSetComparison {
    /// Name of the one.
    pub a: String,
    /// Name of the other.
    pub b: String,
    /// In what they differ.
    pub differences: Vec<RuleSetDifference>,
}

/// One difference of two sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSetDifference {
    /// What it is about.
    pub topic: RuleTopic,
    /// Which one: a code, the name of a test, the place of a rule in its list, a field.
    pub subject: String,
    /// What `a` says; absent when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<Value>,
    /// What `b` says; absent when it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b: Option<Value>,
}

/// What rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleTopic {
    /// Days and quarantines it reaches.
    Validity,
    /// Days of quarantine.
    Length,
    /// Ending it earlier.
    EarlyEnd,
    /// A ground of exemption.
    ExemptionGround,
    /// A detail of exemption.
    ExemptionDetail,
    /// A place that means quarantine in leisure time.
    LeisureTimePlace,
    /// A place that can be chosen.
    PlaceCode,
    /// Who stays at a hotel.
    PlaceRule,
    /// Tests.
    Test,
    /// Following up.
    FollowUp,
}

/// `POST /api/v1/rule-sets/trial`: what would change for the live entries. Changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TryRuleSet {
    /// The set; in place of the adopted one when it has the name of one.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub rule_set: RuleSet,
    /// Names entries after this one only; the counts are always of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Uuid>,
    /// Entries to name, 0–200; 50 without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialAnswer {
    /// Live entries that were looked at.
    pub entries: u64,
    /// Of these, for how many something would change.
    pub changed: u64,
    /// The changes by kind; an entry may have several.
    pub kinds: Vec<TrialCount>,
    /// Entries that would change, in the order of their ids.
    pub rows: Vec<TrialRow>,
    /// Where the next page begins (`after`); absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Uuid>,
}

/// How many entries have a change of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialCount {
    /// The kind.
    pub kind: TrialChange,
    /// How many.
    pub entries: u64,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TrialChange {
    /// Quarantine ends later.
    Longer,
    /// Quarantine ends earlier.
    Shorter,
    /// Nothing is owed any more.
    NowExempt,
    /// Something is owed where nothing was.
    NowObliged,
    /// Quarantine becomes one of leisure time, or full.
    OtherObligation,
    /// A stay at a hotel begins to be owed, ends to be, or lasts another time.
    HotelDuty,
    /// Other tests are owed.
    TestDuty,
    /// It can be ended earlier from another day, or no more.
    EarlyEnd,
}

/// An entry that would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialRow {
    /// The entry.
    pub entry: Uuid,
    /// Day of arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Date>,
    /// Municipality that follows up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// In what.
    pub kinds: Vec<TrialChange>,
    /// As it is.
    pub before: TrialSide,
    /// As it would be.
    pub after: TrialSide,
}

/// What an entry owes, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialSide {
    /// The governing set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_set: Option<String>,
    /// What is owed.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub obligation: Obligation,
    /// Last day of quarantine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    /// Last day at the hotel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotel_until: Option<Date>,
}

/// `GET /api/v1/public/rule-sets`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicRuleSets {
    /// Version of this shape.
    pub version: u32,
    /// The sets whole, oldest first; of two for the same day the later one counts.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub rule_sets: Vec<RuleSet>,
}

/// `GET /api/v1/public/code-tables`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicCodeTables {
    /// Version of this shape.
    pub version: u32,
    /// The codes, by level and code.
    pub codes: Vec<PublicCode>,
}

/// One code that travellers choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicCode {
    /// Level of the choice, 1–4.
    pub level: u8,
    /// The code.
    pub code: String,
    /// First day on which it could be chosen.
    pub valid_from: Date,
    /// What it means, in English.
    pub meaning: String,
}

/// `GET /api/v1/public/rule-sets/{name}/vectors`: for other programs to test themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSetVectors {
    /// Version of this shape.
    pub version: u32,
    /// Name of the set. It is the only one that counts for these vectors.
    pub rule_set: String,
    /// What is known, and what is then owed.
    pub vectors: Vec<RuleSetVector>,
}

/// One test vector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleSetVector {
    /// What it is about.
    pub name: String,
    /// The moment of the assessment.
    pub now: jiff::Timestamp,
    /// What is known.
    pub facts: QuarantineFacts,
    /// What is then owed.
    pub expected: Assessment,
}
