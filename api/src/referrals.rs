//! Referrals to the labour inspectorate: made at the centre, answered in the inspectorate's inbox.

use events::Personal;
use events::referral::{
    Accommodation, DeliveryStatus, InspectionOutcome, LegalBasis, MoreWanted, ReferralContent, ReferralFacts,
    ReferredEmployer,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `GET /api/v1/entries/{id}/referrals`: what was referred, and what may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryReferrals {
    /// Version of the entry, for `If-Match`.
    pub version: u32,
    /// What may be told; absent when no conversation gives cause for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub possible: Option<PossibleReferral>,
    /// What was told, oldest first.
    pub referrals: Vec<EntryReferral>,
}

/// What a conversation gives cause to tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PossibleReferral {
    /// The conversation.
    pub conversation: Uuid,
    /// The employer, as far as the registration tells of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub employer: Option<ReferredEmployer>,
    /// The place, as far as the registration tells of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub accommodation: Option<Accommodation>,
    /// All facts that were said. Fewer may be told.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub facts: ReferralFacts,
}

/// A referral, as the centre sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryReferral {
    /// Its id; it stands in the letter.
    pub referral: Uuid,
    /// The referral of another of the contact that it joins: no letter of its own is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joins: Option<Uuid>,
    /// What is told.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub content: ReferralContent,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// When its letter was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// How the letter stands, as far as it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub delivery: Option<DeliveryStatus>,
    /// Since when it stands so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_at: Option<Timestamp>,
    /// Whether letters are sent at all from this register.
    pub letters_are_sent: bool,
    /// How far it has come at the inspectorate.
    pub stage: ReferralStage,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_at: Option<Timestamp>,
    /// What more is wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub wanted: Vec<MoreWanted>,
    /// The inspector's words about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub note: Option<Personal<String>>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub outcome: Option<InspectionOutcome>,
    /// Whether the conversation still gives cause for it.
    pub holds: bool,
}

/// How far a referral has come at the inspectorate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReferralStage {
    /// Nobody there has it in hand.
    Open,
    /// An inspector has.
    InHand,
    /// More is wanted.
    Returned,
    /// Closed.
    Closed,
}

/// `POST /api/v1/entries/{id}/referrals`, `…/referrals/preview`, `…/referrals/{referral}/completion` and
/// `…/completion/preview`, with `Idempotency-Key`; all but the previews with `If-Match`. A preview with the key of the
/// command shows exactly what leaves with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeReferral {
    /// What is told. Its shape: `referral-made` in `/api/v1/schemas`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub content: ReferralContent,
}

/// What leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralPreview {
    /// The referral.
    pub referral: Uuid,
    /// Whether it joins one that is there; then it stands in the inbox, and no letter of its own is sent.
    pub joins: bool,
    /// The files, byte by byte, the letter first.
    pub files: Vec<PreviewFile>,
}

/// A file that leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// What is in it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub content: Personal<String>,
}

/// Answer to a command on a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralSaved {
    /// The referral that it stands in.
    pub referral: Uuid,
    /// Whether that was there before.
    pub joined: bool,
    /// Version of the entry now.
    pub version: u32,
    /// Position of the last event: durable. Zero when nothing was new.
    pub position: u64,
}

/// `GET /api/v1/referrals/summary`: what becomes of the centre's suspicions, without a word about any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralSummary {
    /// Nobody there has them in hand.
    pub open: u64,
    /// An inspector has them in hand.
    pub in_hand: u64,
    /// The inspectorate wants to know more.
    pub returned: u64,
    /// Closed.
    pub closed: u64,
    /// Closed, by what came of them.
    pub outcomes: Vec<OutcomeCount>,
    /// Letters that wait to be handed over.
    pub letters_waiting: u64,
    /// Since when the first one waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Timestamp>,
    /// Letters that did not arrive.
    pub letters_undelivered: u64,
    /// Whether letters are sent at all from this register.
    pub letters_are_sent: bool,
}

/// How often something came of a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutcomeCount {
    /// What.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub outcome: InspectionOutcome,
    /// How often.
    pub count: u64,
}

/// `GET /api/v1/inspectorate/bundles`: the inbox, one line an employer, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inbox {
    /// The bundles.
    pub bundles: Vec<BundleLine>,
}

/// A bundle: everything that was told of one employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundleLine {
    /// What it is asked for by: the organisation number, or the id of a referral when there is none.
    pub key: String,
    /// The employer.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub employer: ReferredEmployer,
    /// How it stands in numbers.
    pub counts: BundleCounts,
    /// When the first of it was made.
    pub first_at: Timestamp,
    /// When the last of it was made.
    pub last_at: Timestamp,
}

/// A bundle in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundleCounts {
    /// Travellers that it is about.
    pub travellers: u64,
    /// Suspected breaches in all.
    pub breaches: u64,
    /// Places.
    pub places: u64,
    /// Reports that came in after an earlier one: one less than those of separate contacts.
    pub repeated: u64,
    /// Nobody has them in hand.
    pub open: u64,
    /// In hand.
    pub in_hand: u64,
    /// Sent back for more.
    pub returned: u64,
    /// Closed.
    pub closed: u64,
}

/// `GET /api/v1/inspectorate/bundles/{key}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bundle {
    /// What it is asked for by.
    pub key: String,
    /// The employer.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub employer: ReferredEmployer,
    /// How it stands in numbers.
    pub counts: BundleCounts,
    /// Its places, those with the latest news first.
    pub places: Vec<BundlePlace>,
}

/// What was told of one place of an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BundlePlace {
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub accommodation: Accommodation,
    /// How it stands in numbers.
    pub counts: BundleCounts,
    /// The referrals, the newest first.
    pub referrals: Vec<InspectedReferral>,
}

/// A referral, as an inspector sees it: one traveller each, without who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectedReferral {
    /// Its id; it stands in the letter.
    pub referral: Uuid,
    /// When it was made.
    pub made_at: Timestamp,
    /// By which rule.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub legal_basis: LegalBasis,
    /// What was said.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub facts: ReferralFacts,
    /// How far it has come.
    pub stage: ReferralStage,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_at: Option<Timestamp>,
    /// What more is wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub wanted: Vec<MoreWanted>,
    /// The inspector's words about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub note: Option<Personal<String>>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub outcome: Option<InspectionOutcome>,
    /// Whether the conversation still gives cause for it; otherwise the centre has corrected it.
    pub holds: bool,
    /// When everything about it is gone here.
    pub delete_by: Timestamp,
}

/// `POST /api/v1/inspectorate/referrals/acknowledgement`: takes referrals in hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Acknowledge {
    /// Those that were on the screen.
    pub referrals: Vec<Uuid>,
}

/// `POST /api/v1/inspectorate/referrals/return`: asks the centre for more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnForMore {
    /// Those that were on the screen.
    pub referrals: Vec<Uuid>,
    /// What more is wanted; at least one.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub wanted: Vec<MoreWanted>,
    /// Words about it, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub note: Option<Personal<String>>,
}

/// `POST /api/v1/inspectorate/referrals/closing`: closes referrals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CloseReferrals {
    /// Those that were on the screen.
    pub referrals: Vec<Uuid>,
    /// What came of them.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub outcome: InspectionOutcome,
}

/// Answer to what an inspector does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inspected {
    /// What became of each.
    pub results: Vec<InspectedOne>,
}

/// What became of one referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectedOne {
    /// The referral.
    pub referral: Uuid,
    /// What became of it.
    pub result: InspectionResult,
}

/// What can become of a referral that an inspector does something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InspectionResult {
    /// It was done.
    Done,
    /// It had been done before.
    Unchanged,
    /// It is closed.
    Closed,
    /// It is gone.
    Gone,
}

/// `GET /api/v1/units/{org_number}`: what Enhetsregisteret says of an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum UnitAnswer {
    /// It is registered.
    Found(Unit),
    /// No unit has this number.
    NotFound,
    /// Enhetsregisteret does not answer now.
    Unavailable,
    /// This register does not ask.
    Off,
}

/// A unit of Enhetsregisteret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unit {
    /// Organisation number.
    pub org_number: String,
    /// Name.
    pub name: String,
    /// Form of organisation, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Address, line by line.
    pub address: Vec<String>,
    /// When it was founded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founded_on: Option<Date>,
    /// Whether it is bankrupt.
    pub bankrupt: bool,
    /// Whether it is being wound up, by itself or by force.
    pub winding_up: bool,
    /// When it was struck off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissolved_on: Option<Date>,
    /// The unit that it belongs to, when it is a part of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// People it employs, when told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employees: Option<u32>,
    /// When this was asked.
    pub asked_at: Timestamp,
}
