//! What was done so that nothing lives too long. These facts name no traveller and are kept for ever.

use crate::id::StreamId;
use crate::{EntryId, Epoch};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Findings about keys.
pub const KEY_FINDINGS: StreamId = StreamId::permanent(3);
/// Who takes data from the register, and which ends they have acknowledged.
pub const CONSUMERS: StreamId = StreamId::permanent(4);

/// The stream of an epoch's end: what was frozen, then the receipt.
pub fn epoch_end(epoch: Epoch) -> StreamId {
    StreamId::numbered(1, epoch.0)
}

/// The stream of the entries of an epoch that were ended before it.
pub fn early_ends(epoch: Epoch) -> StreamId {
    StreamId::numbered(2, epoch.0)
}

/// The stream of a day's statistics; it has one event.
pub fn statistics_of(day: Date) -> StreamId {
    StreamId::numbered(3, day_number(day))
}

/// The stream of a day's certificate; it has one event.
pub fn certificate_of(day: Date) -> StreamId {
    StreamId::numbered(4, day_number(day))
}

/// Days since 1970-01-01; days before count as the first.
fn day_number(day: Date) -> u32 {
    let first = Date::constant(1970, 1, 1);
    let hours = day.duration_since(first).as_hours();
    u32::try_from(hours / 24).unwrap_or(0)
}

/// An epoch takes no more events; its key is about to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EpochFrozen {
    /// The epoch.
    pub epoch: Epoch,
    /// When its key goes.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub ends_at: Timestamp,
    /// Entries in it.
    pub entries: u64,
    /// Events in it.
    pub events: u64,
    /// Entries that were ended earlier.
    pub ended_early: u64,
    /// Fingerprint of its key; absent when nothing was ever sealed under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_fingerprint: Option<String>,
}

/// The receipt: nothing of the epoch is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EpochEnded {
    /// The epoch.
    pub epoch: Epoch,
    /// When its key had to go.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub ends_at: Timestamp,
    /// When this was recorded, after everything was gone.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub ended_at: Timestamp,
    /// Entries that it had.
    pub entries: u64,
    /// Events that it had.
    pub events: u64,
    /// Entries that were ended earlier.
    pub ended_early: u64,
    /// Fingerprint of the destroyed key; absent when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_fingerprint: Option<String>,
    /// Number of the last batch of the chain at that moment.
    pub chain_batch: u64,
    /// Its hash, in hexadecimal.
    pub chain_hash: String,
}

/// One entry was ended before its epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryEndedEarly {
    /// The entry's random id.
    pub entry: EntryId,
    /// Events that were removed.
    pub events: u64,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub ended_at: Timestamp,
    /// Until this moment a backup taken earlier could still show it to somebody who has the keyring.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub in_backups_until: Timestamp,
}

/// Anonymous counts of a Norwegian day's registrations, made while all of them could still be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DayStatistics {
    /// The day of registration.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub day: Date,
    /// Whether the counts are there. They are not when the register was down until part of the day had ended.
    pub counted: bool,
    /// The counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<StatisticsTable>,
}

/// Counts of one measure by one attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StatisticsTable {
    /// What is counted: `entries`.
    pub measure: String,
    /// By which attribute: `municipality`, `country-of-departure`, `quarantine-type`.
    pub by: String,
    /// All of them; absent when fewer than five.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Counts by value. Values that are not named have none, or too few to be told.
    pub cells: BTreeMap<String, u64>,
    /// How many values are held back: fewer than five, or needed to hide those.
    pub suppressed: u64,
}

/// A key that had been destroyed was there again. It was destroyed once more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyReappeared {
    /// The name under which it lay.
    pub name: String,
    /// The epoch whose key it is, by its fingerprint or its name.
    pub epoch: Epoch,
    /// Its fingerprint, as in the receipt.
    pub key_fingerprint: String,
}

/// A day's certificate of deletion was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeletionCertified {
    /// The day.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub day: Date,
    /// The certificate as it was signed, byte by byte.
    pub certificate: String,
    /// Ed25519 signature, in hexadecimal.
    pub signature: String,
    /// The public key, in hexadecimal.
    pub public_key: String,
}

/// Somebody takes data from the register, and has to be told what ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsumerAdded {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bearer token, in hexadecimal.
    pub token_sha256: String,
    /// Who added it.
    pub added_by: String,
}

/// A consumer takes no more data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsumerRemoved {
    /// Its name.
    pub name: String,
    /// Who removed it.
    pub removed_by: String,
}

/// A consumer says that it has deleted what ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TombstonesAcknowledged {
    /// Its name.
    pub name: String,
    /// Position of the last tombstone it has acted on.
    pub position: u64,
}
