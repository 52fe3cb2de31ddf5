//! Quarantine rules as data: a rule set says from which day of arrival it counts and what it demands.
//!
//! The regulation counts quarantine from arrival, so the set in force on the **Norwegian day of arrival** governs an
//! entry for the whole of its quarantine; a later set reaches those already in quarantine only when it says so
//! ([`Ongoing::Affected`]). No traveller stands in a rule set. They are kept for ever.

use crate::StreamId;
use crate::follow_up::FollowUpPolicy;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The stream of rule sets.
pub const RULE_SETS: StreamId = StreamId::permanent(5);

/// A rule set was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSetAdopted {
    /// What it says.
    pub rule_set: RuleSet,
    /// Who adopted it.
    pub adopted_by: String,
    /// Why it counts from a day that was over when it was adopted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One rule set, whole: nothing is inherited from the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// Its stable name; letters, digits and hyphens.
    pub name: String,
    /// First Norwegian day of arrival that it governs.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub valid_from: Date,
    /// One line about what is new.
    pub title: String,
    /// Where it comes from: paragraphs of the regulation.
    pub source: String,
    /// Whether it reaches those who are in quarantine when it comes into force.
    pub ongoing: Ongoing,
    /// Who owes what.
    pub quarantine: QuarantineRules,
    /// How travellers are followed up, whenever they arrived: the set of the present day counts for that.
    pub follow_up: FollowUpPolicy,
}

/// What a new rule set means for quarantines that have begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Ongoing {
    /// Nothing: the set of the day of arrival governs to the end.
    NotAffected,
    /// It governs them too, counted from their arrival, unless they are over.
    Affected,
}

/// Who owes what. Days are counted from the day of arrival, which is day 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuarantineRules {
    /// Last day of quarantine.
    pub length_days: u16,
    /// How a test ends it earlier; the first that fits decides. None: it cannot be ended earlier.
    pub early_end: Vec<EarlyEnd>,
    /// Who is exempt.
    pub exemptions: Exemptions,
    /// Where quarantine is spent.
    pub places: PlaceRules,
    /// Tests that are to be taken.
    pub tests: Vec<TestDuty>,
}

/// Ending quarantine by negative PCR tests. An antigen test never ends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EarlyEnd {
    /// For whom.
    #[serde(default, skip_serializing_if = "When::is_anybody")]
    pub when: When,
    /// First day on which the deciding test may be taken.
    pub earliest_day: u16,
    /// Negatives needed in all, taken on different days; the last one decides.
    pub negatives: u8,
    /// Where it stands.
    pub source: String,
}

/// Exemption by the codes that the traveller chose. A code that is in no list exempts nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exemptions {
    /// By ground (level 2).
    pub grounds: Vec<CodeEffect>,
    /// By detail (level 3), which decides where one was told.
    pub details: Vec<CodeEffect>,
    /// Places (level 4) that mean quarantine in leisure time, whatever the ground says.
    pub leisure_time_places: Vec<String>,
}

/// What some codes lead to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeEffect {
    /// The codes.
    pub codes: Vec<String>,
    /// What they lead to.
    pub effect: Effect,
    /// Where it stands.
    pub source: String,
}

/// How far an exemption goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// No quarantine at all.
    Wholly,
    /// Exempt at work, or in what the ground is about; quarantine in all other time.
    Partly,
}

/// Where quarantine is spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaceRules {
    /// Places (level 4) that could be chosen.
    pub codes: Vec<String>,
    /// The first that fits decides.
    pub rules: Vec<PlaceRule>,
    /// What is owed when none fits.
    pub otherwise: PlaceDuty,
}

/// What some travellers owe about the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaceRule {
    /// For whom.
    pub when: When,
    /// What they owe.
    pub duty: PlaceDuty,
    /// Where it stands.
    pub source: String,
}

/// Whether quarantine is spent at a quarantine hotel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum PlaceDuty {
    /// At home or at another suitable place.
    None,
    /// At the hotel until the answer of a negative PCR test; at the longest until quarantine ends.
    HotelUntilNegative {
        /// First day on which that test may be taken.
        earliest_day: u16,
    },
    /// At the hotel until quarantine ends.
    HotelWholePeriod,
}

/// A test that is to be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TestDuty {
    /// Its name within the set: `border`, `every-7-days`.
    pub name: String,
    /// For whom.
    #[serde(default, skip_serializing_if = "When::is_anybody")]
    pub when: When,
    /// First day of the window.
    pub from_day: u16,
    /// Last day of the window.
    pub by_day: u16,
    /// Again after so many days, as long as quarantine could last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_days: Option<u16>,
    /// Kinds of test that will do.
    pub kinds: Vec<TestKind>,
    /// Years of age from which it is owed; who has told no birth date owes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_age: Option<u8>,
    /// Whether it must be taken, or is only offered.
    pub required: bool,
    /// Where it stands.
    pub source: String,
}

/// The two kinds of test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TestKind {
    /// PCR.
    Pcr,
    /// Antigen rapid test.
    Antigen,
}

/// Whom a rule is about. Every condition that is given must hold; an empty list gives none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct When {
    /// What they owe.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<Obligation>,
    /// Ground of exemption (level 2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemption_codes: Vec<String>,
    /// Detail of the exemption (level 3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detail_codes: Vec<String>,
    /// Place (level 4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub place_codes: Vec<String>,
    /// Country of departure as the source writes it; capitals do not matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// They come from a leisure trip and have not told that it was necessary.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unnecessary_leisure: bool,
    /// Whether it is known that an employer or client provides the place, or known that none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_place: Option<bool>,
    /// The police referred them to a quarantine hotel at the border.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub referred_to_hotel: bool,
}

impl When {
    /// Whether it gives no condition.
    pub fn is_anybody(&self) -> bool {
        *self == When::default()
    }
}

/// What is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Obligation {
    /// Entry quarantine.
    Full,
    /// Quarantine outside working time, or outside what the ground of exemption is about.
    LeisureTime,
    /// None.
    Exempt,
    /// No rule set governs the day of arrival.
    Unknown,
}
