//! What a municipality's doctor and delegates work with: lists, what is new in them, what came of calls.
//!
//! There are two of everything: [`MunicipalRow`] and what belongs to it for those who may see what tells of health,
//! and [`PlainRow`] for those who may not. The second is a type of its own, so that nothing can slip into it.

use crate::entries::{EntrySort, Headline, Obligation};
use crate::results::Sample;
use events::call::{Assessment, BreachGround, CallDirection, ContactResult};
use events::personal::Personal;
use events::record::FollowUpStatus;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an entry has to do with a municipality.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Tab {
    /// The municipality is responsible.
    #[default]
    Responsible,
    /// The quarantine hotel is here.
    Hotel,
    /// The traveller is going here.
    Destination,
    /// Another municipality took over within the last 24 hours.
    Formerly,
}

impl Tab {
    /// All of them, in the order of the screen.
    pub const ALL: [Tab; 4] = [Tab::Responsible, Tab::Hotel, Tab::Destination, Tab::Formerly];
}

/// Which rows, as to what is new since a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// Those that came.
    New,
    /// Those that changed.
    Changed,
    /// Both.
    Either,
}

/// Query of `GET /api/v1/municipality/entries` and its likes. Absent means any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct MunicipalFilter {
    /// Which list.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub tab: Tab,
    /// Position of the log since which something is new; without it nothing is marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
    /// Only what is new since that position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub news: Option<News>,
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
    /// Code of the quarantine place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Sort order; by registration means by when the data end.
    #[serde(default)]
    pub sort: EntrySort,
    /// Where the previous page ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows wanted, 1–200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What happened to a row since the position that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RowMark {
    /// It came.
    New,
    /// It changed.
    Changed,
    /// It went to another municipality.
    Gone,
}

/// Why another municipality became responsible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MoveReason {
    /// The traveller stays at a quarantine hotel there.
    HotelStay,
    /// The stay at the quarantine hotel is over.
    HotelLeft,
    /// The source corrected where the traveller stays.
    SourceChanged,
    /// The national workbench decided.
    Decided,
    /// The municipality said that the entry is not its own.
    Declined,
}

/// An entry passed from one municipality to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Move {
    /// Who was responsible; absent when nobody was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Who is responsible now; absent while the national workbench has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: MoveReason,
    /// The same in the words of whoever decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub words: Option<Personal<String>>,
}

/// Where somebody stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stay {
    /// Code of the kind of place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Name of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
}

/// The last attempt to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastCall {
    /// When it was dialled.
    pub at: Timestamp,
    /// Who rang whom.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub direction: CallDirection,
    /// Whether somebody was reached; absent while nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub contact: Option<ContactResult>,
    /// How the traveller keeps the rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub assessment: Option<Assessment>,
    /// On what a suspected breach rests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub breach_grounds: Vec<BreachGround>,
    /// Whether it was corrected.
    pub corrected: bool,
}

/// What the control centre does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NextStep {
    /// Rings, or rings again.
    Call,
    /// Rings back, as agreed.
    CallBack,
    /// Nothing: the traveller was spoken with and knows.
    FollowedUp,
    /// Nothing: the municipality has taken over.
    HandedOver,
    /// Nothing: nobody could be reached.
    NotReached,
    /// Nothing: nothing is owed.
    NotObliged,
    /// Nothing: has left, or never came.
    Departed,
    /// Nothing more: chance or time left the traveller out.
    NotCalled,
}

/// What is to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Due {
    /// What the control centre does next.
    pub step: NextStep,
    /// When, if it does anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// A row of the list of those who may see what tells of health.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MunicipalRow {
    /// The entry's id.
    pub id: Uuid,
    /// Version of the entry: stands in `If-Match`.
    pub version: u32,
    /// When everything about it is gone at the latest.
    pub ends_at: Timestamp,
    /// Day of arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Date>,
    /// The responsible municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Since when it has been what the tab says.
    pub since: Timestamp,
    /// Follow-up status.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub status: FollowUpStatus,
    /// Quarantine, exempt or unknown.
    pub obligation: Obligation,
    /// When the quarantine ends; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarantine_ends_at: Option<Timestamp>,
    /// Language for follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Who it is.
    #[cfg_attr(feature = "openapi", schema(value_type = Headline))]
    pub person: Personal<Headline>,
    /// Where the quarantine is spent.
    #[cfg_attr(feature = "openapi", schema(value_type = Stay))]
    pub stay: Personal<Stay>,
    /// Attempts to reach the traveller.
    pub calls: u32,
    /// The last of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_call: Option<LastCall>,
    /// What is due.
    pub due: Due,
    /// The latest sample, where results are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Sample>,
    /// The last passing from one municipality to another, within 24 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move>,
    /// What is new about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<RowMark>,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MunicipalPage {
    /// The rows.
    pub items: Vec<MunicipalRow>,
    /// Cursor of the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Position of the log that the list has reached.
    pub position: u64,
}

/// A row of the list of those who may not see what tells of health. It has nothing of tests, of what was said in
/// calls, of exemptions, and of what follows from them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlainRow {
    /// The entry's id.
    pub id: Uuid,
    /// When everything about it is gone at the latest.
    pub ends_at: Timestamp,
    /// Day of arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Date>,
    /// The responsible municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Since when it has been what the tab says.
    pub since: Timestamp,
    /// Follow-up status in the published vocabulary.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub status: FollowUpStatus,
    /// Quarantine, exempt or unknown.
    pub obligation: Obligation,
    /// When the quarantine ends; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarantine_ends_at: Option<Timestamp>,
    /// Language for follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Who it is.
    #[cfg_attr(feature = "openapi", schema(value_type = Headline))]
    pub person: Personal<Headline>,
    /// Where the quarantine is spent.
    #[cfg_attr(feature = "openapi", schema(value_type = Stay))]
    pub stay: Personal<Stay>,
    /// Attempts to reach the traveller.
    pub calls: u32,
    /// When the last of them was, and whether somebody was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_call: Option<PlainCall>,
    /// The last passing from one municipality to another, within 24 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move>,
    /// What is new about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<RowMark>,
}

/// The last attempt, without what it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlainCall {
    /// When it was dialled.
    pub at: Timestamp,
    /// Whether somebody was reached; absent while nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub contact: Option<ContactResult>,
}

/// A page of the list without what tells of health.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlainPage {
    /// The rows.
    pub items: Vec<PlainRow>,
    /// Cursor of the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Position of the log that the list has reached.
    pub position: u64,
}

/// One entry without what tells of health.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlainEntry {
    /// What the list shows of it.
    pub row: PlainRow,
    /// Version of the entry: stands in `If-Match`.
    pub version: u32,
    /// When this register took it in.
    pub registered_at: Timestamp,
    /// Numbers that can be rung.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub phones: Personal<Vec<String>>,
    /// Others of the travel party are so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub travellers: Option<u32>,
}

/// How many entries there are, and how many are new since a position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MunicipalCounts {
    /// Of each tab, before any filter.
    pub responsible: u64,
    /// See [`Tab::Hotel`].
    pub hotel: u64,
    /// See [`Tab::Destination`].
    pub destination: u64,
    /// See [`Tab::Formerly`].
    pub formerly: u64,
    /// Of the tab asked for, with its filter.
    pub total: u64,
    /// Of these, those that came since the position.
    pub new: u64,
    /// Of these, those that changed since.
    pub changed: u64,
    /// Entries that went to another municipality since.
    pub moved_away: u64,
    /// Entries that were there when the user last looked, and have ended since.
    pub ended: u64,
}

/// `GET` and `POST /api/v1/municipality/seen`: how far somebody has looked at the lists of the municipality.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Position of the log; absent when somebody has never looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// When that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// `POST /api/v1/entries/{id}/not-ours`
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NotOurs {
    /// Why, 1 to 500 characters. The national workbench reads it.
    pub reason: String,
}
