//! Entries: lists, search, one entry, its timeline, routing by hand.

use events::call::{CallDirection, CallOutcome, QueueDirection, SkipReason};
use events::identity::{AssignedAt, IdentityKind};
use events::message::{MessageKind, MessageResult, StopGround};
use events::personal::Personal;
use events::record::{EntryRecord, FollowUpStatus, RawRecord, Routing, RoutingBasis};
use events::referral::{DeliveryStatus, InspectionOutcome, MoreWanted};
use events::result::{ResultClass, SampleChange, SampleState};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows a page may hold at most.
pub const PAGE_LIMIT_MAX: u32 = 200;
/// Rows of a page when nothing is asked for.
pub const PAGE_LIMIT_DEFAULT: u32 = 50;

/// How the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EntrySort {
    /// Latest arrival first.
    #[default]
    ArrivalDescending,
    /// Earliest arrival first.
    ArrivalAscending,
    /// Latest registration first.
    RegisteredDescending,
    /// Earliest registration first: those whose data end soonest.
    RegisteredAscending,
}

/// What an entry owes, as far as its codes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Obligation {
    /// Code 1001: quarantine.
    Quarantine,
    /// Code 1002: fully or partly exempt.
    Exempt,
    /// No code, or one that no table knows.
    Unknown,
}

/// Query of `GET /api/v1/entries` and of `GET /api/v1/entries/counts`. Absent means any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct EntryFilter {
    /// Responsible municipality, four digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Follow-up status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub status: Option<FollowUpStatus>,
    /// First day of arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_from: Option<Date>,
    /// Last day of arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_to: Option<Date>,
    /// Language for follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Quarantine or exempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obligation: Option<Obligation>,
    /// Code of the quarantine place (4001–4015).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Organisation number of the employer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// Only those that no municipality is responsible for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unroutable: bool,
    /// Sort order.
    #[serde(default)]
    pub sort: EntrySort,
    /// Where the previous page ended (its `next`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows wanted, 1–200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryRow {
    /// The entry's id.
    pub id: Uuid,
    /// When this register took it in.
    pub registered_at: Timestamp,
    /// When everything about it is gone at the latest.
    pub ends_at: Timestamp,
    /// Day of arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Date>,
    /// Responsible municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Follow-up status.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub status: FollowUpStatus,
    /// Quarantine, exempt or unknown.
    pub obligation: Obligation,
    /// Code of the quarantine place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Language for follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Organisation number of the employer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// How many things in the source's record could not be taken as they stand.
    pub flags: u32,
    /// Who it is.
    #[cfg_attr(feature = "openapi", schema(value_type = Headline))]
    pub person: Personal<Headline>,
}

/// As much of a person as a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Headline {
    /// First and last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Birth date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
    /// First phone that can be dialled, E.164.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryPage {
    /// The rows.
    pub items: Vec<EntryRow>,
    /// Cursor of the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Position of the log that the list has reached.
    pub position: u64,
}

/// `GET /api/v1/entries/counts`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryCounts {
    /// Entries that match the filter.
    pub total: u64,
    /// Of these, by follow-up status.
    pub not_set: u64,
    /// `OK`.
    pub ok: u64,
    /// `Ikke OK`.
    pub not_ok: u64,
    /// `Ikke svar`.
    pub no_answer: u64,
    /// Live entries before any filter (within what the role may see): tells "done" from "filtered away".
    pub all: u64,
}

/// `POST /api/v1/entries/search`: in a body, since what is searched for is personal and must not stand in a URL.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SearchRequest {
    /// A national number, phone, reference code, name (spelling may be off), or organisation number.
    pub query: String,
}

/// What a hit was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MatchedBy {
    /// National number, D-number, auxiliary number or passport.
    Identity,
    /// Reference code.
    ReferenceCode,
    /// Phone.
    Phone,
    /// Employer's organisation number.
    Employer,
    /// Every word of the name, exactly.
    Name,
    /// Beginnings of the words of the name.
    NamePrefix,
    /// A name that sounds alike.
    NameSound,
}

/// One hit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchHit {
    /// What it was found by.
    pub matched_by: MatchedBy,
    /// The entry.
    #[serde(flatten)]
    pub entry: EntryRow,
}

/// Answer of a search, best hits first, 50 at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchResult {
    /// The hits.
    pub hits: Vec<SearchHit>,
    /// Whether there were more.
    pub more: bool,
}

/// `GET /api/v1/entries/{id}`. The `ETag` is the entry's version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// The entry's id.
    pub id: Uuid,
    /// Version: number of its events. Stands in `ETag` and `If-Match`.
    pub version: u32,
    /// When this register took it in.
    pub registered_at: Timestamp,
    /// When everything about it is gone at the latest.
    pub ends_at: Timestamp,
    /// Reference codes, the first one first.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub reference_codes: Vec<Personal<String>>,
    /// The record, typed. Its shape: `entry-registered` in `/api/v1/schemas`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub record: EntryRecord,
    /// Where it belongs.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub routing: Routing,
    /// Quarantine, exempt or unknown.
    pub obligation: Obligation,
}

/// `GET /api/v1/entries/{id}/party`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Party {
    /// Others of the travel party, as far as the data tells, 50 at most.
    pub members: Vec<EntryRow>,
}

/// `GET /api/v1/entries/{id}/timeline`, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// What happened.
    pub items: Vec<TimelineItem>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineItem {
    /// Position in the log.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who or what did it: a user's name, `feed`, `file`, `demo`.
    pub actor: String,
    /// What it was.
    pub what: TimelineFact,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TimelineFact {
    /// Taken in.
    Registered {
        /// Reference code.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        reference_code: Personal<String>,
    },
    /// Newer news from the source.
    Updated {
        /// What changed.
        changes: Vec<FieldChange>,
    },
    /// The same trip under a second code.
    ReferenceCodeJoined {
        /// Reference code.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        reference_code: Personal<String>,
    },
    /// Routed by hand.
    Routed {
        /// Municipality that follows up.
        municipality: String,
        /// Why.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        reason: Personal<String>,
    },
    /// The responsible municipality said that it is not its own.
    Declined {
        /// The municipality.
        municipality: String,
        /// Why.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        reason: Personal<String>,
    },
    /// Somebody wants it ended before its epoch.
    EndRequested {
        /// Why.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        reason: Personal<String>,
    },
    /// That was taken back or turned down.
    EndWithdrawn,
    /// A second person agreed.
    EndConfirmed,
    /// A number was dialled, or the traveller rang.
    Dialled {
        /// The attempt.
        attempt: Uuid,
        /// Who rang whom.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        direction: CallDirection,
        /// The number.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        phone: Personal<String>,
    },
    /// The attempt came to something.
    Concluded {
        /// The attempt.
        attempt: Uuid,
        /// What; absent for those who may not see what tells of health.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
        outcome: Option<CallOutcome>,
    },
    /// That was corrected.
    Corrected {
        /// The attempt.
        attempt: Uuid,
        /// What it came to in truth; absent for those who may not see what tells of health.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
        outcome: Option<CallOutcome>,
        /// Why it was corrected; absent for those who may not see what tells of health.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        reason: Option<Personal<String>>,
    },
    /// It was taken back a moment after it was saved.
    Undone {
        /// The attempt.
        attempt: Uuid,
    },
    /// A caller gave the card back.
    Skipped {
        /// Why.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        reason: SkipReason,
    },
    /// A lead decided how it stands in the queue.
    Directed {
        /// How.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        direction: QueueDirection,
        /// Why.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        reason: Personal<String>,
    },
    /// A lead looked a conversation through.
    Reviewed {
        /// The attempt.
        attempt: Uuid,
        /// Whether it was as it should be.
        good: bool,
        /// Words for the caller.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        note: Option<Personal<String>>,
    },
    /// A number turned out to be somebody else's.
    NumberMarkedWrong {
        /// The number.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        phone: Personal<String>,
    },
    /// A text message was ordered.
    MessageOrdered {
        /// What it is about.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        message: MessageKind,
        /// The language.
        language: String,
    },
    /// What became of a text message.
    MessageReported {
        /// What.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        result: MessageResult,
    },
    /// A text message was stopped.
    MessageStopped {
        /// Why.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        ground: StopGround,
    },
    /// A number was assigned or found.
    IdentityAssigned {
        /// Its kind.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        identity: IdentityKind,
        /// The number.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        number: Personal<String>,
        /// Where.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        at: AssignedAt,
        /// Which station or desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
    },
    /// A number is not the traveller's.
    IdentityWithdrawn {
        /// Its kind.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        identity: IdentityKind,
        /// Why.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        reason: Personal<String>,
    },
    /// It is of the same person as another entry.
    Joined {
        /// The other entry.
        with: Uuid,
    },
    /// It is of another person after all.
    Separated {
        /// The other entry.
        from: Uuid,
        /// Why.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        reason: Personal<String>,
    },
    /// The address is protected, or no longer.
    Protection {
        /// Whether it is.
        protected: bool,
    },
    /// A laboratory told something of a sample.
    ResultReceived {
        /// What it says.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        class: ResultClass,
        /// How far the answer has come.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        state: SampleState,
        /// Which laboratory.
        laboratory: String,
    },
    /// The result service was asked.
    ResultLookedUp {
        /// Whether it answered.
        answered: bool,
    },
    /// A result says something else than before.
    ResultCorrected {
        /// What it said.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        before: ResultClass,
        /// What it says.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        after: ResultClass,
        /// What else is told otherwise.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
        also: Vec<SampleChange>,
    },
    /// Came to a quarantine hotel.
    HotelCheckedIn {
        /// The hotel's name.
        hotel: String,
        /// Where it lies.
        municipality: String,
    },
    /// Left it.
    HotelCheckedOut,
    /// Whoever was told something else knows now.
    CorrectionSettled {
        /// What was done about it.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        note: Personal<String>,
    },
    /// Something happened to a referral to the labour inspectorate.
    Referral {
        /// What.
        step: ReferralStep,
    },
}

/// What can happen to a referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum ReferralStep {
    /// It was made.
    Made {
        /// Whether it joined another of the contact.
        joined: bool,
    },
    /// Its letter was handed over.
    Sent,
    /// How its letter stands.
    Delivery {
        /// How.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        status: DeliveryStatus,
    },
    /// An inspector took it in hand.
    Received,
    /// An inspector wants to know more.
    Returned {
        /// What.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        wanted: Vec<MoreWanted>,
    },
    /// The centre told more.
    Completed,
    /// Its letter is sent again.
    Resent,
    /// An inspector closed it.
    Closed {
        /// What came of it.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        outcome: InspectionOutcome,
    },
}

/// One changed field of the source's record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// The source's field name.
    pub field: String,
    /// Before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub from: Option<Personal<String>>,
    /// After.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub to: Option<Personal<String>>,
}

/// `GET /api/v1/entries/{id}/raw`: the source's records as they came, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RawRecords {
    /// The records.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub records: Vec<Personal<RawRecord>>,
}

/// `PUT /api/v1/entries/{id}/routing`, with `If-Match` and `Idempotency-Key`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RouteEntry {
    /// Municipality that shall follow up, four digits.
    pub municipality: String,
    /// Why, 1–500 characters.
    pub reason: String,
}

/// Answer to a command on an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryVersion {
    /// The entry's version afterwards.
    pub version: u32,
    /// Position of the last event in the log.
    pub position: u64,
}

/// One row of the national workbench.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnroutableRow {
    /// The entry.
    #[serde(flatten)]
    pub entry: EntryRow,
    /// Version, for `If-Match`.
    pub version: u32,
    /// The address as told, to judge by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub address: Option<Personal<String>>,
    /// The postcode as told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub postcode: Option<Personal<String>>,
    /// Municipalities it may belong to, best first.
    pub suggestions: Vec<String>,
    /// How routing ended.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub basis: RoutingBasis,
    /// The municipality that sent it here, when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<Declined>,
}

/// A municipality said that an entry is not its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Declined {
    /// Which one.
    pub municipality: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub reason: Option<Personal<String>>,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// `GET /api/v1/workbench/unroutable`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnroutablePage {
    /// The rows, those whose data end soonest first.
    pub items: Vec<UnroutableRow>,
    /// Cursor of the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many there are in all.
    pub total: u64,
}
