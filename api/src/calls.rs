//! The queue of calls, the card a caller works on, and what a call came to.

use crate::entries::EntryRow;
use events::Personal;
use events::call::{CallDirection, CallOutcome, QueueDirection, SkipReason};
use events::record::FollowUpStatus;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `GET`, `PUT /api/v1/queue/me`: how a caller works today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallerProfile {
    /// Languages the caller speaks, ISO 639-1. Empty: nothing was chosen yet.
    pub languages: Vec<String>,
}

/// `POST /api/v1/queue/next`, `GET /api/v1/queue/card`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum NextCall {
    /// Somebody to call.
    Card(Box<Card>),
    /// Nobody to call.
    Nobody {
        /// Why.
        because: NobodyBecause,
        /// When there may be somebody again, when that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again_at: Option<Timestamp>,
    },
}

/// Why there is nobody to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NobodyBecause {
    /// The caller holds no card.
    NoCard,
    /// It is too early or too late to ring.
    OutsideHours,
    /// Everybody due speaks a language the caller does not.
    OtherLanguages,
    /// Nobody is due.
    NobodyDue,
}

/// Everything a caller needs for one call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Card {
    /// The entry.
    pub entry: EntryRow,
    /// Version of the entry that the card shows.
    pub version: u32,
    /// The hold on it.
    pub lease: Lease,
    /// Why it is on top.
    pub why: WhyNow,
    /// Numbers, best first.
    pub phones: Vec<CardPhone>,
    /// Language to call in: ISO 639-1; absent when none was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Which script fits: `quarantine-home`, `quarantine-hotel`, `leisure`, `exempt`.
    pub script_kind: String,
    /// When the quarantine ends, in words of the rules; its day in Norway is what is read aloud.
    pub quarantine_ends_at: Timestamp,
    /// What was done so far, latest first.
    pub attempts: Vec<CardAttempt>,
    /// What lies here unsaved of an earlier sitting at this card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Draft>,
}

/// The hold of a caller on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lease {
    /// Grows with every hold: who shows an older one has lost the card.
    pub fence: u64,
    /// When it ends without a sign of life.
    pub expires_at: Timestamp,
}

/// Why a card is on top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhyNow {
    /// What put it there.
    pub ground: WhyGround,
    /// Day of quarantine, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarantine_day: Option<u16>,
    /// Whole days left of the quarantine.
    pub quarantine_days_left: u16,
    /// Whole days left of the data.
    pub data_days_left: u16,
    /// Attempts that led to no conversation.
    pub failed_attempts: u16,
    /// Whether it came from another language's queue.
    pub spilled_over: bool,
}

/// What put a card on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WhyGround {
    /// The time that was agreed has come.
    CallBack,
    /// A lead put it first.
    LeadDecided,
    /// Data or quarantine ends within a day.
    LastDay,
    /// A breach was suspected before.
    SuspectedBefore,
    /// The employer provides the place.
    EmployerProvidesPlace,
    /// Nobody has spoken with the traveller yet.
    NeverReached,
    /// It is simply its turn.
    Turn,
}

/// A number on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CardPhone {
    /// `+` and digits.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Personal<String>,
    /// Whether it is known to be somebody else's.
    pub wrong: bool,
}

/// An attempt on a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CardAttempt {
    /// Its id.
    pub attempt: Uuid,
    /// Who rang whom.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub direction: CallDirection,
    /// When.
    pub dialled_at: Timestamp,
    /// Who sat at the telephone.
    pub caller: String,
    /// What it came to; absent while nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub outcome: Option<CallOutcome>,
    /// When that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concluded_at: Option<Timestamp>,
    /// Whether it was corrected since.
    pub corrected: bool,
}

/// `POST /api/v1/entries/{id}/calls`: write down that a number is dialled, after a last look whether it should be.
/// `Idempotency-Key` is the attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Dial {
    /// Who rings whom. An inbound call needs no hold on the card.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub direction: CallDirection,
    /// The number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub phone: Personal<String>,
    /// The hold's number; needed when the centre rings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fence: Option<u64>,
    /// Version of the entry that the card showed; when it is another by now, the answer is the problem
    /// `changed-meanwhile` and the card is to be fetched again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

/// Answer to [`Dial`], and to everything that is said about an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallSaved {
    /// The attempt.
    pub attempt: Uuid,
    /// Version of the entry now.
    pub version: u32,
    /// Position of the last event: durable.
    pub position: u64,
    /// Until when it can be taken back, where it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo_until: Option<Timestamp>,
}

/// `PUT /api/v1/entries/{id}/calls/{attempt}/outcome`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Conclude {
    /// What it came to.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub outcome: CallOutcome,
}

/// `POST /api/v1/entries/{id}/calls/{attempt}/correction`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Correct {
    /// What it came to in truth.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub outcome: CallOutcome,
    /// Why it is corrected.
    pub reason: String,
}

/// `POST /api/v1/queue/cards/{entry}/skip`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// The hold's number.
    pub fence: u64,
    /// Why.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub reason: SkipReason,
}

/// `POST /api/v1/queue/cards/{entry}/heartbeat`: the caller is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Heartbeat {
    /// The hold's number.
    pub fence: u64,
}

/// `PUT`, `GET /api/v1/entries/{id}/draft`: what a caller has typed and not saved. Sealed on the server, gone with
/// the entry, and with the outcome it was for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The attempt it is for.
    pub attempt: Uuid,
    /// What has been filled in, not all of which must be complete.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub outcome: Personal<serde_json::Value>,
    /// When it was saved; set by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_at: Option<Timestamp>,
}

/// `POST /api/v1/entries/{id}/calls/preview`: what leaves the register, and to whom, with an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Leaving {
    /// The follow-up status in the published vocabulary.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub status: FollowUpStatus,
    /// Who hears of it, each with what.
    pub receivers: Vec<LeavingTo>,
}

/// Somebody who hears of an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeavingTo {
    /// Who.
    pub receiver: Receiver,
    /// The municipality's number, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Names of what is told.
    pub parts: Vec<LeavingPart>,
}

/// Who can hear of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Receiver {
    /// The municipality that follows up.
    Municipality,
    /// The traveller, by text message.
    Traveller,
}

/// What can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LeavingPart {
    /// Name and number of the traveller.
    Identity,
    /// Address of the place of quarantine.
    Place,
    /// How the traveller keeps the rules.
    Assessment,
    /// On what a suspected breach rests.
    Grounds,
    /// The caller's words.
    Note,
    /// A text with no personal data.
    Template,
}

/// `GET /api/v1/queue/board`: the lead's board. Every number opens the list behind it: `GET /api/v1/queue/cards`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Board {
    /// The register's clock.
    pub now: Timestamp,
    /// Whether it may be rung now.
    pub open: bool,
    /// When that changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// Cards due now and held by nobody.
    pub ready: u64,
    /// Cards that are held.
    pub held: u64,
    /// Cards due later today.
    pub later_today: u64,
    /// Seconds for which half of the ready cards have waited.
    pub age_median_seconds: u64,
    /// Seconds for which one in ten of the ready cards has waited.
    pub age_p90_seconds: u64,
    /// By language, the longest backlog first.
    pub languages: Vec<LanguageBacklog>,
    /// Attempts concluded today.
    pub attempts_today: u64,
    /// Of them answered.
    pub answered_today: u64,
    /// Callers who were there in the last minutes.
    pub callers: Vec<CallerAtWork>,
    /// Attempts without an outcome whose caller is gone.
    pub outcomes_missing: u64,
    /// Cards that callers gave back today.
    pub skipped_today: u64,
    /// Conversations waiting to be looked through.
    pub reviews_waiting: u64,
}

/// How many wait in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LanguageBacklog {
    /// ISO 639-1; empty when none was told.
    pub language: String,
    /// Cards due now.
    pub ready: u64,
    /// Callers at work who speak it.
    pub callers: u64,
}

/// A caller at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallerAtWork {
    /// Name.
    pub name: String,
    /// Languages.
    pub languages: Vec<String>,
    /// Last sign of life.
    pub seen_at: Timestamp,
    /// The card held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<Uuid>,
    /// When that hold ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// Which cards of the queue; a query of `GET /api/v1/queue/cards`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(default, deny_unknown_fields)]
pub struct QueueFilter {
    /// Which part of the queue; ready when absent.
    pub part: Option<QueuePart>,
    /// Only this language; `none` when none was told.
    pub language: Option<String>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
}

/// A part of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum QueuePart {
    /// Due and held by nobody.
    Ready,
    /// Held.
    Held,
    /// Due later today.
    LaterToday,
    /// Dialled, and nobody has said what it came to.
    OutcomeMissing,
    /// Given back today.
    Skipped,
    /// Conversations to look through.
    Review,
}

/// `GET /api/v1/queue/cards`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueuePage {
    /// Cards, in the order in which they are handed out.
    pub items: Vec<QueueRow>,
    /// Where this page ended, when there are more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A card in the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueRow {
    /// The entry.
    pub entry: EntryRow,
    /// Why it stands where it stands.
    pub why: WhyNow,
    /// When it is or was due.
    pub due_at: Timestamp,
    /// The language to call in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_by: Option<String>,
    /// When that hold ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// `POST /api/v1/queue/decisions`: a lead decides about cards. With `preview` nothing is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// The entries, 200 at most.
    pub entries: Vec<Uuid>,
    /// How they stand from now on.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub direction: QueueDirection,
    /// Why.
    pub reason: String,
    /// Only tell what would happen.
    #[serde(default)]
    pub preview: bool,
}

/// Answer to [`Decide`] and to taking it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decided {
    /// Number to take it back with: `POST /api/v1/queue/decisions/{together}/undo`. Absent in a preview.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub together: Option<Uuid>,
    /// What happened to each.
    pub results: Vec<DecidedOne>,
}

/// What happened to one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecidedOne {
    /// The entry.
    pub entry: Uuid,
    /// What happened.
    pub result: DecisionResult,
}

/// What became of a decision on one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DecisionResult {
    /// It stands as decided, or would.
    Changed,
    /// It stood so already.
    Unchanged,
    /// A caller holds it; the decision counts when it is given back.
    Held,
    /// It has ended, or there is no such entry.
    Gone,
}

/// `POST /api/v1/calls/inbound`: who rings the centre? In the body, since addresses are logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Inbound {
    /// The number shown, in any spelling.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub phone: Personal<String>,
}

/// Answer to [`Inbound`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboundMatches {
    /// Entries with that number, the latest first.
    pub entries: Vec<EntryRow>,
}

/// `POST /api/v1/entries/{id}/calls/{attempt}/review`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Whether the conversation was as it should be.
    pub good: bool,
    /// Words for the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `POST /api/v1/queue/decisions/{together}/undo`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UndoDecision {
    /// The entries of the decision.
    pub entries: Vec<Uuid>,
}
