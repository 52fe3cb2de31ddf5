//! Referrals to the labour inspectorate: an employer that seems to fail those in quarantine, what is told about it,
//! and what became of it there.

use crate::personal::Personal;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// After a conversation somebody at the centre decided to tell the labour inspectorate of an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralMade {
    /// The referral; also the id of the message in which it is sent first, so that nothing is sent twice.
    pub referral: Uuid,
    /// The open referral that it joins: another of the same contact told the same of the same employer and place. It
    /// stands in the same bundle, and no letter of its own is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joins: Option<Uuid>,
    /// What is told.
    pub content: ReferralContent,
    /// By which rule it may be told.
    pub legal_basis: LegalBasis,
    /// Who decided.
    pub made_by: String,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub made_at: Timestamp,
}

/// The message with a referral was handed over to the message service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralSent {
    /// The referral.
    pub referral: Uuid,
    /// The message.
    pub message: Uuid,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
}

/// The message service told how a message stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralStatus {
    /// The referral.
    pub referral: Uuid,
    /// The message.
    pub message: Uuid,
    /// How it stands.
    pub status: DeliveryStatus,
    /// When this was heard.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
}

/// An inspector has taken a referral in hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralReceived {
    /// The referral.
    pub referral: Uuid,
    /// Who.
    pub received_by: String,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
}

/// An inspector sent a referral back: the centre is to find out more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralReturned {
    /// The referral.
    pub referral: Uuid,
    /// What more is wanted; at least one.
    pub wanted: Vec<MoreWanted>,
    /// The inspector's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal<String>>,
    /// Who.
    pub returned_by: String,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
}

/// The centre told more. The whole content stands here again; it goes out in a message of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralCompleted {
    /// The referral.
    pub referral: Uuid,
    /// The message in which it is sent.
    pub message: Uuid,
    /// What is told now.
    pub content: ReferralContent,
    /// Who told it.
    pub completed_by: String,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
}

/// A message never arrived, and somebody wants it sent again. The message service knows an id for ever, so it goes out
/// under a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralResent {
    /// The referral.
    pub referral: Uuid,
    /// The message in which it is sent.
    pub message: Uuid,
    /// Who wants it.
    pub resent_by: String,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
}

/// An inspector closed a referral. Of several, the last one counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralClosed {
    /// The referral.
    pub referral: Uuid,
    /// What came of it.
    pub outcome: InspectionOutcome,
    /// Who closed it.
    pub closed_by: String,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Timestamp,
}

/// What the labour inspectorate is told. There is no place in it for who the traveller is: the inspectorate supervises
/// employers, finds the case by employer and lodging, and asks the centre when it needs to know more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralContent {
    /// The conversation that it rests on.
    pub conversation: Uuid,
    /// The employer.
    pub employer: ReferredEmployer,
    /// Where the traveller is lodged.
    pub accommodation: Accommodation,
    /// What was said that concerns the employer.
    pub facts: ReferralFacts,
}

/// The employer of a referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferredEmployer {
    /// Organisation number, nine digits with a right check digit. Absent for one that has none in Norway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_number: Option<String>,
    /// Name. That of a sole proprietor is a person's.
    pub name: Personal<String>,
}

/// Where somebody is lodged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Accommodation {
    /// Street and number, or how else the place is found.
    pub address: Personal<String>,
    /// Four digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<Personal<String>>,
}

/// The facts of a referral. Every field is a choice from a list, yes or no, a small number or a day: whatever tells of
/// somebody's health, such as a test, a result or a symptom, has no place here, nor have words of anybody's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferralFacts {
    /// Day of the conversation.
    #[cfg_attr(feature = "schema", schemars(with = "Day"))]
    pub told_on: Date,
    /// Day of arrival in Norway: how long somebody should have been in quarantine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Day>"))]
    pub arrived_on: Option<Date>,
    /// In what the quarantine seems to be broken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaches: Vec<EmployerBreach>,
    /// Whether the employer provides the lodging.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lodged_by_employer: bool,
    /// How many sleep in the room, the traveller included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sleep_in_room: Option<u8>,
    /// Whether an employer asked for work among others before the quarantine is over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub told_to_work: bool,
}

/// How a day is written, for the schema.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(transparent)]
#[expect(dead_code, reason = "only its schema is used")]
struct Day(#[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))] String);

/// In what a quarantine seems to be broken, as far as an employer has to do with it. What the traveller answers for
/// alone (visitors), what tells of health (tests), and what only words can say, are not among it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EmployerBreach {
    /// Not at the place of quarantine.
    NotAtPlace,
    /// At work among others.
    Working,
    /// Shares a bedroom.
    SharedRoom,
    /// Shares bathroom or kitchen with people who are not of the party.
    SharedFacilities,
    /// Uses public transport, or is among people elsewhere.
    AmongPeople,
}

/// By which rule something may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LegalBasis {
    /// The covid-19 regulation § 5c: the labour inspectorate may be told what it needs so that quarantine is kept.
    #[serde(rename = "covid-19-regulation-5c")]
    Covid19Regulation5c,
}

/// How a message stands. Of two, the one named later here is further on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryStatus {
    /// It is on its way.
    Sent,
    /// The receiver's system has it.
    Received,
    /// It lies with the receiver.
    Delivered,
    /// Somebody there opened it.
    Read,
    /// The message service will not take it as it is.
    Refused,
    /// It could not be delivered.
    Failed,
    /// Its time was over before it was delivered.
    Expired,
    /// The service never told.
    Unknown,
}

/// What an inspector wants to know more about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MoreWanted {
    /// Where exactly the place is.
    Address,
    /// Which employer it is.
    Employer,
    /// How people are lodged.
    Lodging,
    /// What work was done.
    Work,
    /// Whether it is still so.
    StillSo,
}

/// What came of a referral at the labour inspectorate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InspectionOutcome {
    /// Looked into; nothing was wrong.
    NothingFound,
    /// The employer was guided.
    Guided,
    /// The employer was ordered to put it right.
    Ordered,
    /// Work or use of the lodging was stopped.
    Stopped,
    /// A coercive fine or a penalty was imposed.
    Fined,
    /// Reported to the police.
    Reported,
    /// Looked into before, in another case.
    KnownAlready,
    /// Another authority's business; it was passed on.
    PassedOn,
    /// Not looked into.
    NotFollowedUp,
}

impl DeliveryStatus {
    /// Whether the message did not arrive, as far as anybody knows, and nothing more will happen to it.
    pub fn is_dead(self) -> bool {
        match self {
            DeliveryStatus::Refused
            | DeliveryStatus::Failed
            | DeliveryStatus::Expired
            | DeliveryStatus::Unknown => true,
            DeliveryStatus::Sent
            | DeliveryStatus::Received
            | DeliveryStatus::Delivered
            | DeliveryStatus::Read => false,
        }
    }
}

impl InspectionOutcome {
    /// All of them.
    pub const ALL: [InspectionOutcome; 9] = [
        InspectionOutcome::NothingFound,
        InspectionOutcome::Guided,
        InspectionOutcome::Ordered,
        InspectionOutcome::Stopped,
        InspectionOutcome::Fined,
        InspectionOutcome::Reported,
        InspectionOutcome::KnownAlready,
        InspectionOutcome::PassedOn,
        InspectionOutcome::NotFollowedUp,
    ];
}

#[cfg(all(test, feature = "schema"))]
mod tests {
    use super::*;
    use serde_json::Value;

    /// Every text that a schema leaves to whoever writes it.
    fn free_texts(schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
        let Some(object) = schema.as_object() else { return };
        if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap_or_default();
            free_texts(&root["$defs"][name], root, at, found);
        }
        let kind = object.get("type");
        let text = kind.is_some_and(|kind| kind.to_string().contains("string"));
        let bound = ["const", "enum", "pattern"].iter().any(|key| object.contains_key(*key));
        if text && !bound {
            found.push(at.to_owned());
        }
        for (name, property) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
            free_texts(property, root, &format!("{at}/{name}"), found);
        }
        for key in ["items", "oneOf", "anyOf", "allOf"] {
            let inside =
                object.get(key).map(|inside| inside.as_array().cloned().unwrap_or(vec![inside.clone()]));
            inside.into_iter().flatten().for_each(|one| free_texts(&one, root, at, found));
        }
    }

    #[test]
    fn facts_have_no_room_for_words_and_none_for_health() {
        let schema = serde_json::to_value(schemars::schema_for!(ReferralFacts)).unwrap();
        let mut found = Vec::new();
        free_texts(&schema, &schema, "", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{schema:#}");
        let names: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        let expected =
            ["arrived_on", "breaches", "lodged_by_employer", "sleep_in_room", "told_on", "told_to_work"];
        assert_eq!(names, expected, "a new fact is looked at by whoever adds it");
    }

    #[test]
    fn the_check_for_free_texts_finds_one() {
        let schema = serde_json::to_value(schemars::schema_for!(ReferralContent)).unwrap();
        let mut found = Vec::new();
        free_texts(&schema, &schema, "", &mut found);
        assert!(found.contains(&"/accommodation/address".to_owned()), "{found:?}");
    }
}
