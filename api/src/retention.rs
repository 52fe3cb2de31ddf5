//! What ends when, and the proof that it did. Nothing here tells of anybody.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `GET /api/v1/retention`: the page "Sletting", for the data-protection officer and the shift lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetentionStatus {
    /// The register's clock.
    pub now: Timestamp,
    /// Age of the oldest record about anybody, in seconds; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_record_age_seconds: Option<u64>,
    /// Epochs past their end without a receipt. Always zero.
    pub overdue: u64,
    /// Epochs that should be frozen by now and are not: the alarm before a deadline is missed.
    pub late: u64,
    /// What kept the last look from ending what is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Live epochs and those on their way out, the one that ends next first.
    pub epochs: Vec<EpochDeadline>,
    /// What ended, a row for each Norwegian day, the present one first.
    pub days: Vec<DeletionDay>,
    /// Fingerprints of trips that have ended here and that the source may still send.
    pub fingerprints: u64,
    /// Destroyed keys that were there again, in the days shown.
    pub key_findings: Vec<KeyFinding>,
    /// Those who take data from here, and how far they have deleted what ended.
    pub consumers: Vec<ConsumerStatus>,
    /// Entries that somebody wants ended before their epoch.
    pub early_ends: Vec<EarlyEnd>,
    /// Entries in quarantine whose data ends before their quarantine does.
    pub outlived_by_quarantine: u64,
}

/// An epoch and its deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpochDeadline {
    /// Its number.
    pub epoch: u32,
    /// First moment of the window.
    pub from: Timestamp,
    /// When it takes no more events.
    pub freezes_at: Timestamp,
    /// When its key goes, and everything with it.
    pub ends_at: Timestamp,
    /// How far its end has come.
    pub state: EpochEndState,
    /// Entries in it.
    pub entries: u64,
    /// Events in it.
    pub events: u64,
}

/// How far the end of an epoch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EpochEndState {
    /// It takes events.
    Open,
    /// It takes nothing more.
    Frozen,
    /// Its rows are gone, the receipt is not written yet.
    Dropped,
    /// The receipt is written.
    Ended,
}

/// What ended on a Norwegian day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletionDay {
    /// The day.
    pub day: Date,
    /// Epochs due on it.
    pub due: u64,
    /// Epochs due on it that have a receipt.
    pub done: u64,
    /// Entries that ended with them.
    pub entries: u64,
    /// Events that ended with them.
    pub events: u64,
    /// Entries ended before their epoch.
    pub ended_early: u64,
    /// Whether the day's certificate is signed.
    pub certified: bool,
}

/// A destroyed key that was there again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyFinding {
    /// The file's name.
    pub name: String,
    /// When it was found and destroyed again.
    pub found_at: Timestamp,
}

/// Somebody who takes data from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsumerStatus {
    /// Its name.
    pub name: String,
    /// Position of the last tombstone it acknowledged.
    pub acknowledged: u64,
    /// When it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_at: Option<Timestamp>,
    /// Tombstones it has not acknowledged.
    pub waiting: u64,
    /// When the oldest of them was put out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Timestamp>,
    /// Whether that is too long ago.
    pub overdue: bool,
}

/// An entry that somebody wants ended before its epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EarlyEnd {
    /// The entry.
    pub entry: Uuid,
    /// On which ground.
    pub ground: EarlyEndGround,
    /// Why, in the words of whoever asks.
    pub reason: String,
    /// Who asks.
    pub requested_by: String,
    /// When.
    pub requested_at: Timestamp,
    /// When it ends anyway.
    pub ends_at: Timestamp,
    /// Whether a second person agreed and it is on its way out.
    pub confirmed: bool,
}

/// Why an entry may be ended before its epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EarlyEndGround {
    /// It was registered by mistake.
    RegisteredByMistake,
    /// The person has a right to erasure.
    RightToErasure,
}

/// `POST /api/v1/retention/early-ends`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestEarlyEnd {
    /// The entry.
    pub entry: Uuid,
    /// On which ground.
    pub ground: EarlyEndGround,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// `POST /api/v1/retention/find`: the data-protection officer finds an entry by what the person shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FindEntry {
    /// National number, phone or reference code, whole.
    pub query: String,
}

/// As much of an entry as it takes to end it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundEntry {
    /// The entry.
    pub entry: Uuid,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Day of arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Date>,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// The signed certificate of a day: `GET /api/v1/retention/certificates/{day}`, and the file that
/// `register retention check` reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignedCertificate {
    /// What was signed, byte by byte: JSON as text.
    pub certificate: String,
    /// Ed25519 signature, in hexadecimal.
    pub signature: String,
    /// The public key, in hexadecimal. Compare it with the one published by the register's owner.
    pub public_key: String,
}

/// What ended: a page of tombstones, for those who take data from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tombstones {
    /// Oldest first.
    pub items: Vec<Tombstone>,
    /// Position to acknowledge, and to ask after, when these are acted on.
    pub position: u64,
}

/// Delete what you have of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tombstone {
    /// Position in the log.
    pub position: u64,
    /// When it ended.
    pub at: Timestamp,
    /// What ended.
    pub what: Ended,
}

/// What ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Ended {
    /// Every entry whose id begins with these eight hexadecimal digits.
    Epoch {
        /// First eight digits of the ids.
        id_prefix: String,
        /// First moment of the window of registration.
        from: Timestamp,
        /// Entries that it had.
        entries: u64,
    },
    /// One entry.
    Entry {
        /// Its id.
        entry: Uuid,
    },
}

/// `POST /api/v1/feeds/tombstones/acknowledgement`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeTombstones {
    /// Position of the last tombstone that was acted on.
    pub position: u64,
}
