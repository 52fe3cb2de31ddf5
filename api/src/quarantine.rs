//! What an entry owes: obligation, dates, tests, hotel, each with its reason and rule set.
//!
//! The register computes this when it is asked and stores none of it.

use events::rule_set::{Obligation, TestKind};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an assessment goes by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuarantineFacts {
    /// Day of arrival; when it was not told, the day of registration stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Date>,
    /// When the entry was registered.
    pub registered_at: Timestamp,
    /// Level 1: quarantine or exempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obligation_code: Option<String>,
    /// Level 2: ground of exemption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption_code: Option<String>,
    /// Level 3: detail of the exemption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail_code: Option<String>,
    /// Level 4: place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_code: Option<String>,
    /// Country of departure, as told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Whether it was a leisure trip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leisure: Option<bool>,
    /// Whether the trip was necessary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub necessary: Option<bool>,
    /// Whether an employer or client provides the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_place: Option<bool>,
    /// The police referred the traveller to a quarantine hotel.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub referred_to_hotel: bool,
    /// Full years at arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<u8>,
    /// First day at the hotel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotel_from: Option<Date>,
    /// Last day at the hotel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotel_until: Option<Date>,
    /// Day on which the traveller left Norway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departed: Option<Date>,
    /// Day of a later arrival of the same traveller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reentered: Option<Date>,
    /// Tests, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<TestFact>,
}

/// One test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestFact {
    /// Day on which it was taken.
    pub taken_on: Date,
    /// Only the day on which the laboratory received it is known, and stands in `taken_on`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_on_substituted: bool,
    /// Its answer.
    pub outcome: TestOutcome,
    /// When the answer came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    /// Its kind.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: TestKind,
}

/// The answer of a test. Whatever is neither clearly negative nor positive is pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TestOutcome {
    /// No answer that could be gone by.
    Pending,
    /// Negative.
    Negative,
    /// Positive.
    Positive,
}

/// Why something is as it is. The words stand under `quarantine-why-<code>` in the texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Explanation {
    /// Stable code.
    pub code: String,
    /// What stands in the sentence: days (`YYYY-MM-DD`), numbers, codes, names of rule sets.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// The rule set it follows from; absent when none governs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_set: Option<String>,
    /// The paragraph, where the rule names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What an entry owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// The rule set that governs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_set: Option<String>,
    /// What is owed: `full`, `leisure-time`, `exempt`, `unknown`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub obligation: Obligation,
    /// Why this is owed, and under which rule set; the most important first.
    pub why: Vec<Explanation>,
    /// Day 0.
    pub start: QuarantineStart,
    /// When it ends; absent when there is nothing to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<QuarantineEnd>,
    /// Whether it is over at the moment of the assessment.
    pub over: bool,
    /// How it can still end earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub early_end: Option<EarlyEndOffer>,
    /// Until when it is spent at a quarantine hotel; absent without that duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotel: Option<HotelDuty>,
    /// Tests to be taken, in order of time.
    pub tests: Vec<TestDutyState>,
    /// What a person ought to look at.
    pub flags: Vec<Explanation>,
}

/// Where counting begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarantineStart {
    /// Day 0.
    pub on: Date,
    /// Why this day.
    pub why: Explanation,
}

/// The end of quarantine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarantineEnd {
    /// Last day of it.
    pub on: Date,
    /// First moment after it.
    pub at: Timestamp,
    /// Why then.
    pub why: Explanation,
}

/// How quarantine can still end earlier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EarlyEndOffer {
    /// First day on which the deciding test may be taken.
    pub from: Date,
    /// Negative PCR tests that are still missing.
    pub negatives_missing: u8,
    /// Whether one that could decide is taken and not answered.
    pub answer_pending: bool,
    /// Why so.
    pub why: Explanation,
}

/// The duty to stay at a quarantine hotel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HotelDuty {
    /// Last day of it as things stand.
    pub on: Date,
    /// First moment after it.
    pub at: Timestamp,
    /// First day on which a test that ends it may be taken; absent when none does or one has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_from: Option<Date>,
    /// Why then.
    pub why: Explanation,
}

/// A test that is to be taken, and how far that has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestDutyState {
    /// Its name within the rule set.
    pub name: String,
    /// First day of its window.
    pub from: Date,
    /// Last day of its window.
    pub by: Date,
    /// Whether it must be taken, or is only offered.
    pub required: bool,
    /// Kinds that will do.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub kinds: Vec<TestKind>,
    /// How far it has come.
    pub state: TestProgress,
    /// Why it is owed.
    pub why: Explanation,
}

/// How far a test has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TestProgress {
    /// Its window has not begun.
    Ahead,
    /// To be taken now.
    Due,
    /// Taken, not answered.
    Pending,
    /// Taken and answered.
    Done,
    /// Its window is over and no test is known.
    NotSeen,
    /// Quarantine was over before its window began.
    Lapsed,
}

/// What a test would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhatIf {
    /// Day after arrival on which a negative PCR test is taken.
    pub day: u16,
    /// That day.
    pub on: Date,
    /// When quarantine then ends, at the earliest: the answer may come later than the day of the test.
    pub ends: QuarantineEnd,
    /// Until when the hotel lasts then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotel: Option<HotelDuty>,
    /// Whether quarantine ends earlier than without it.
    pub shortens: bool,
    /// Whether the stay at the hotel does.
    pub shortens_hotel: bool,
}

/// `GET /api/v1/entries/{id}/quarantine`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarantineAnswer {
    /// What is owed.
    pub assessment: Assessment,
    /// What a negative PCR test would change, by the day on which it is taken.
    pub what_if: Vec<WhatIf>,
    /// The moment for which this holds.
    pub assessed_at: Timestamp,
}
