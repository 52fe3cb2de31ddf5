//! Calls to a traveller: dials, what came of them, and what a lead decides about them.

use crate::personal::Personal;
use crate::record::FollowUpStatus;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A number was dialled, or the traveller rang the centre. What came of it refers to this attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallDialled {
    /// The attempt.
    pub attempt: Uuid,
    /// Who rang whom.
    pub direction: CallDirection,
    /// The number, `+` and digits.
    pub phone: Personal<String>,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub dialled_at: Timestamp,
    /// Who sat at the telephone.
    pub caller: String,
}

/// Who rang whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CallDirection {
    /// The centre rang.
    Outbound,
    /// The traveller rang.
    Inbound,
}

/// An attempt came to this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallConcluded {
    /// The attempt.
    pub attempt: Uuid,
    /// What it came to.
    pub outcome: CallOutcome,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub concluded_at: Timestamp,
    /// Who says so.
    pub caller: String,
}

/// The outcome of an attempt was not right; this is. The former stays readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallCorrected {
    /// The attempt.
    pub attempt: Uuid,
    /// What it came to.
    pub outcome: CallOutcome,
    /// Why it is corrected.
    pub reason: Personal<String>,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub corrected_at: Timestamp,
    /// Who corrects.
    pub corrected_by: String,
}

/// The outcome was taken back a moment after it was saved: the attempt is without one again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallUndone {
    /// The attempt.
    pub attempt: Uuid,
    /// Who took it back.
    pub undone_by: String,
}

/// A caller gave the card back without dialling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallSkipped {
    /// Why.
    pub reason: SkipReason,
    /// Not to be called before.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub not_before: Timestamp,
    /// Who gave it back.
    pub caller: String,
}

/// Why a caller gives a card back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// The caller knows the traveller.
    KnowsTheTraveller,
    /// The caller does not speak the language.
    LanguageNotSpoken,
    /// Somebody has just spoken with the traveller.
    JustSpokenWith,
    /// The card cannot be right; a lead should look.
    CardLooksWrong,
    /// The shift ends.
    ShiftEnds,
}

/// A lead decided how the entry stands in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallDirected {
    /// How it stands from now on.
    pub direction: QueueDirection,
    /// Why.
    pub reason: Personal<String>,
    /// Who decided.
    pub decided_by: String,
    /// Decisions taken together carry the same number, and are taken back together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub together: Option<Uuid>,
}

/// How an entry stands in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "kind", deny_unknown_fields)]
pub enum QueueDirection {
    /// As the policy says.
    AsPolicy,
    /// Before all that nobody agreed a time with.
    First,
    /// For one caller.
    To {
        /// Who shall call.
        caller: String,
    },
    /// Nobody calls before then.
    SetAside {
        /// Until when.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        until: Timestamp,
    },
}

/// A number turned out to be somebody else's: it is not rung any more, for nobody who shares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NumberMarkedWrong {
    /// The number, `+` and digits.
    pub phone: Personal<String>,
    /// The attempt on which it was found out, on this entry or another.
    pub attempt: Uuid,
    /// Who found it out.
    pub caller: String,
}

/// A lead looked a conversation through, by chance or because of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallReviewed {
    /// The attempt.
    pub attempt: Uuid,
    /// Whether it was as it should be.
    pub good: bool,
    /// Words for the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal<String>>,
    /// Who looked.
    pub reviewed_by: String,
}

/// What an attempt came to, in two levels: whether somebody was reached, and how the traveller keeps the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallOutcome {
    /// Whether somebody was reached.
    pub contact: ContactResult,
    /// How the traveller keeps the rules; only when answered, and then always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    /// On what a suspected breach rests; at least one when one is suspected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breach_grounds: Vec<BreachGround>,
    /// Whether an employer seems to fail the traveller.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub employer_failure_suspected: bool,
    /// When to call back, when agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub call_back_at: Option<Timestamp>,
    /// The language that is needed: ISO 639-1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_needed: Option<String>,
    /// The script that was followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<ScriptUsed>,
    /// What was answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// The caller's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal<String>>,
}

/// A script, as it was at the time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScriptUsed {
    /// Its version.
    pub version: u32,
    /// The kind of quarantine it is for.
    pub kind: String,
    /// The language it was read in: ISO 639-1.
    pub language: String,
}

/// The answer to one question of a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The question's id in the script.
    pub question: String,
    /// `yes`, `no`, the id of a choice, a number or a day.
    pub answer: Personal<String>,
}

/// Whether somebody was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ContactResult {
    /// The traveller answered.
    Answered,
    /// Nobody answered.
    NoAnswer,
    /// Engaged.
    Busy,
    /// A message was left.
    VoicemailLeft,
    /// The number is somebody else's.
    WrongNumber,
    /// The number does not exist.
    NumberNotInService,
    /// No language in common.
    LanguageBarrier,
    /// The traveller will not talk.
    Refused,
    /// The traveller wants to be called at another time.
    CallBackRequested,
    /// The traveller hung up.
    HungUp,
    /// Somebody else answered who knows the traveller.
    ThirdParty,
}

/// How a traveller who answered keeps the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Assessment {
    /// Knows the rules and keeps them.
    UnderstandsAndComplies,
    /// Did not know all, was told, and keeps them now.
    NeededGuidanceNowComplies,
    /// Seems to break them.
    SuspectedBreach,
    /// Is exempt.
    ExemptConfirmed,
    /// Has left the country.
    LeftCountry,
    /// Never came.
    NotTravelled,
    /// Has tested positive; the municipality has it.
    PositiveReferredToMunicipality,
    /// Cannot be told.
    UnableToAssess,
}

/// On what a suspected breach rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BreachGround {
    /// Not at the place of quarantine.
    NotAtPlace,
    /// At work among others.
    Working,
    /// Receives visitors.
    ReceivesVisitors,
    /// Shares a bedroom.
    SharedRoom,
    /// Shares bathroom or kitchen with people who are not of the party.
    SharedFacilities,
    /// Uses public transport, or is among people elsewhere.
    AmongPeople,
    /// Has not taken a test that is due.
    TestNotTaken,
    /// Something else; the note says what.
    Other,
}

impl CallOutcome {
    /// An outcome without a conversation.
    pub fn of(contact: ContactResult) -> CallOutcome {
        CallOutcome {
            contact,
            assessment: None,
            breach_grounds: Vec::new(),
            employer_failure_suspected: false,
            call_back_at: None,
            language_needed: None,
            script: None,
            answers: Vec::new(),
            note: None,
        }
    }

    /// What it is in the published vocabulary: OK, Ikke OK, Ikke svar, Ikke satt.
    pub fn status(&self) -> FollowUpStatus {
        match (self.contact, self.assessment) {
            (ContactResult::Answered, Some(Assessment::SuspectedBreach)) => FollowUpStatus::NotOk,
            (ContactResult::Answered, Some(Assessment::UnableToAssess) | None) => FollowUpStatus::NotSet,
            (
                ContactResult::Answered,
                Some(
                    Assessment::UnderstandsAndComplies
                    | Assessment::NeededGuidanceNowComplies
                    | Assessment::ExemptConfirmed
                    | Assessment::LeftCountry
                    | Assessment::NotTravelled
                    | Assessment::PositiveReferredToMunicipality,
                ),
            ) => FollowUpStatus::Ok,
            (
                ContactResult::NoAnswer
                | ContactResult::Busy
                | ContactResult::VoicemailLeft
                | ContactResult::WrongNumber
                | ContactResult::NumberNotInService
                | ContactResult::LanguageBarrier
                | ContactResult::Refused
                | ContactResult::CallBackRequested
                | ContactResult::HungUp
                | ContactResult::ThirdParty,
                _,
            ) => FollowUpStatus::NoAnswer,
        }
    }
}
