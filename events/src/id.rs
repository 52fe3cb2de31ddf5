//! Ids. An entry's id carries its epoch, so its key, partition and deadline follow from the id alone.

use crate::Epoch;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Builds a UUID of version 8 (RFC 9562 §5.8): 32 bits of epoch, then 90 bits of `chance`.
fn uuid_in_epoch(epoch: Epoch, chance: [u8; 12]) -> Uuid {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&epoch.0.to_be_bytes());
    bytes[4..].copy_from_slice(&chance);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}

fn epoch_of(id: Uuid) -> Epoch {
    let [a, b, c, d, ..] = *id.as_bytes();
    Epoch(u32::from_be_bytes([a, b, c, d]))
}

/// A stream of the log: an entry, or a permanent stream (epoch 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StreamId(pub Uuid);

impl StreamId {
    /// The epoch that owns the stream.
    pub fn epoch(self) -> Epoch {
        epoch_of(self.0)
    }

    /// The smallest id that a stream of an epoch can have: an epoch's streams are one range.
    pub fn first_of(epoch: Epoch) -> StreamId {
        StreamId(Uuid::from_u128(u128::from(epoch.0) << 96))
    }

    /// One of the permanent streams, numbered in [`crate::reference`] and [`crate::retention`].
    pub const fn permanent(number: u32) -> StreamId {
        StreamId(Uuid::from_u128(0x0000_0000_0000_8000_8000_0000_0000_0000 | number as u128))
    }

    /// One of many permanent streams of a kind, such as one a day.
    pub(crate) fn numbered(kind: u8, number: u32) -> StreamId {
        let place = u128::from(kind) << 32 | u128::from(number);
        StreamId(Uuid::from_u128(StreamId::permanent(0).0.as_u128() | place))
    }
}

/// A travel entry (innreise): one crossing of the border by one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct EntryId(#[cfg_attr(feature = "schema", schemars(with = "String"))] Uuid);

impl EntryId {
    /// A new entry of an epoch. `chance` is 12 bytes from a secure random source.
    pub fn new(epoch: Epoch, chance: [u8; 12]) -> EntryId {
        EntryId(uuid_in_epoch(epoch, chance))
    }

    /// Takes an id that came from outside; `None` when it is no entry id (version 8, epoch not 0).
    pub fn parse(id: Uuid) -> Option<EntryId> {
        (id.get_version_num() == 8 && !epoch_of(id).is_permanent()).then_some(EntryId(id))
    }

    /// The epoch in which the entry was registered.
    pub fn epoch(self) -> Epoch {
        epoch_of(self.0)
    }

    /// The stream of the entry's events.
    pub fn stream(self) -> StreamId {
        StreamId(self.0)
    }

    /// The bare UUID.
    pub fn uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub Uuid);

/// One command: the Idempotency-Key of whoever gave it. A retry carries the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandId(pub Uuid);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_id_tells_its_epoch_and_is_a_uuid_of_version_8() {
        let id = EntryId::new(Epoch(74_813), [0xff; 12]);
        assert_eq!(id.epoch(), Epoch(74_813));
        assert_eq!(id.uuid().get_version_num(), 8);
        assert_eq!(id.uuid().get_variant(), uuid::Variant::RFC4122);
        assert_eq!(EntryId::parse(id.uuid()), Some(id));
    }

    #[test]
    fn a_permanent_stream_is_no_entry() {
        let stream = StreamId::permanent(1);
        assert!(stream.epoch().is_permanent());
        assert_eq!(EntryId::parse(stream.0), None);
    }
}
