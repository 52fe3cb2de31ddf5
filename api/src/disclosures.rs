//! Disclosures: who was shown what, why, and on which legal ground. Entries stand in it by their random ids only.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How something was disclosed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DisclosureKind {
    /// One record was opened.
    Opened,
    /// It stood in a list.
    Listed,
    /// A search found it.
    Searched,
    /// It was taken out in a file.
    Exported,
    /// A machine took it by an interface.
    Fed,
    /// It was handed on to another authority.
    Referred,
    /// It was reported to the municipality.
    Reported,
    /// It was looked up beyond one's own municipality.
    LookedUp,
}

impl DisclosureKind {
    /// All of them.
    pub const ALL: [DisclosureKind; 8] = [
        DisclosureKind::Opened,
        DisclosureKind::Listed,
        DisclosureKind::Searched,
        DisclosureKind::Exported,
        DisclosureKind::Fed,
        DisclosureKind::Referred,
        DisclosureKind::Reported,
        DisclosureKind::LookedUp,
    ];
}

/// What it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// The control centre follows up that quarantine is kept.
    QuarantineFollowUp,
    /// A municipality follows up those who stay there.
    MunicipalFollowUp,
    /// Contact tracing by a municipality's own tool.
    ContactTracing,
    /// A border station or a hotel does its part.
    QuarantineService,
    /// The labour inspectorate supervises employers.
    LabourInspection,
    /// The traveller's own rights: insight, correction, erasure.
    DataSubjectRights,
}

/// On which legal ground: stable codes, whose words stand under `legal-basis-<code>` in the texts.
pub mod legal_basis {
    /// The control centre's own task: covid-19-forskriften § 5c, second paragraph.
    pub const CONTROL_CENTRE: &str = "5c-control-centre";
    /// Handing on to the municipal doctor: § 5c, third paragraph.
    pub const MUNICIPAL_DOCTOR: &str = "5c-municipal-doctor";
    /// Handing on to the labour inspectorate: § 5c, third paragraph.
    pub const LABOUR_INSPECTORATE: &str = "5c-labour-inspectorate";
    /// Test stations and hotels: § 5b.
    pub const QUARANTINE_SERVICE: &str = "5b-quarantine-service";
    /// Rights of the data subject: GDPR, articles 12 to 22.
    pub const DATA_SUBJECT: &str = "gdpr-data-subject";
    /// All codes.
    pub const ALL: [&str; 5] =
        [CONTROL_CENTRE, MUNICIPAL_DOCTOR, LABOUR_INSPECTORATE, QUARANTINE_SERVICE, DATA_SUBJECT];
}

/// The receiver where nothing left the control centre.
pub const CONTROL_CENTRE: &str = "control-centre";

/// Which view of an entry was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// The record.
    Record,
    /// The source's own records.
    RawRecords,
    /// What happened.
    Timeline,
    /// What is owed.
    Quarantine,
    /// Others of the travel party.
    Party,
    /// A row of a list: name, birth date, phone, status.
    Row,
    /// A row with what came of calls.
    MunicipalRow,
    /// A row without what tells of health.
    PlainRow,
    /// The record without what tells of health.
    PlainRecord,
    /// A card to ring by.
    CallCard,
    /// A report of a conversation.
    Report,
    /// When it was registered and when it ends; nothing else.
    Dates,
    /// Who has been shown it.
    Disclosures,
    /// Which municipality is responsible, and who it is.
    LookUp,
    /// What the labour inspectorate gets.
    Referral,
    /// What a machine gets.
    Feed,
    /// A guest of a quarantine hotel.
    HotelGuest,
    /// A test and its answer.
    TestResult,
}

/// One disclosure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disclosure {
    /// Its id; the parts of a long one share it.
    pub id: Uuid,
    /// Number of the part, from 0.
    pub part: u32,
    /// When.
    pub at: Timestamp,
    /// Id of the user or machine.
    pub who: String,
    /// Their name.
    pub who_name: String,
    /// Their role.
    pub role: String,
    /// What for.
    pub purpose: Purpose,
    /// On which legal ground.
    pub legal_basis: String,
    /// To whom: a municipality's number, an organisation's number, or `control-centre`.
    pub receiver: String,
    /// How.
    pub kind: DisclosureKind,
    /// Which view.
    pub shown: Shown,
    /// Entries; those that were written down for the same view within the same hour are not repeated.
    pub entries: Vec<Uuid>,
    /// How many were shown.
    pub count: u32,
    /// Why somebody looked beyond the own municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// The same in words, as long as the key lives that they are sealed under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// Query of `GET /api/v1/disclosures`. Absent means any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct DisclosureFilter {
    /// Of this entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Uuid>,
    /// To this user or machine, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// To this municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// To this organisation, or `control-centre`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<String>,
    /// Of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub kind: Option<DisclosureKind>,
    /// From this moment on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Where the previous page ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows wanted, 1–200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A page of disclosures, latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisclosurePage {
    /// The disclosures.
    pub items: Vec<Disclosure>,
    /// Cursor of the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// `GET /api/v1/entries/{id}/disclosures`: what the traveller is told about who has looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Statement {
    /// The entry's random id.
    pub entry: Uuid,
    /// When it was taken in.
    pub registered_at: Timestamp,
    /// When everything about it is gone at the latest.
    pub ends_at: Timestamp,
    /// When this was made.
    pub made_at: Timestamp,
    /// The lines, oldest first.
    pub lines: Vec<StatementLine>,
}

/// What one person or machine was shown in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementLine {
    /// When it began.
    pub from: Timestamp,
    /// The last moment of it.
    pub to: Timestamp,
    /// Name of the user or machine.
    pub who_name: String,
    /// Their role.
    pub role: String,
    /// To whom.
    pub receiver: String,
    /// What for.
    pub purpose: Purpose,
    /// On which legal ground.
    pub legal_basis: String,
    /// How.
    pub kind: DisclosureKind,
    /// Which views, each once.
    pub shown: Vec<Shown>,
}
