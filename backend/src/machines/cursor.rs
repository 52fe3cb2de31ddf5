//! Cursors: where a consumer is. Opaque to it, the same for the same place, and bound to who it is and what it may see,
//! so that nobody goes on from where another one was, and nobody from before it could see what it sees now.

use super::Reach;
use crate::log::keyring::Key;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// Bytes of the digest that binds a cursor.
const BINDING_BYTES: usize = 16;

/// Who holds a cursor.
#[derive(Clone, Copy)]
pub struct Holder<'a> {
    /// The consumer's name.
    pub name: &'a str,
    /// What it may see.
    pub reach: &'a Reach,
}

/// A place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the feed: everything up to a position is read.
    Feed(u64),
    /// In the extract: taken up to an entry; the feed goes on from the position at which the extract began.
    Extract {
        /// That position.
        since: u64,
        /// The last entry taken.
        after: Uuid,
    },
}

/// Why a text is no cursor for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCursor {
    /// It is none at all.
    #[error("it is no cursor")]
    Unreadable,
    /// It was given to somebody else, or when the holder could see other things.
    #[error("it is somebody else's cursor")]
    NotYours,
}

impl Place {
    fn bytes(self) -> Vec<u8> {
        match self {
            Place::Feed(position) => [&[1][..], &position.to_be_bytes()].concat(),
            Place::Extract { since, after } => [&[2][..], &since.to_be_bytes(), after.as_bytes()].concat(),
        }
    }

    fn of(bytes: &[u8]) -> Option<Place> {
        let (kind, rest) = bytes.split_first()?;
        let (position, rest) = rest.split_first_chunk::<8>()?;
        let position = u64::from_be_bytes(*position);
        match (kind, rest.len()) {
            (1, 0) => Some(Place::Feed(position)),
            (2, 16) => Some(Place::Extract { since: position, after: Uuid::from_slice(rest).ok()? }),
            _ => None,
        }
    }
}

/// Writes cursors for a holder.
pub struct Pen<'a> {
    key: &'a Key,
    /// What binds them to the holder.
    bound: Vec<u8>,
}

impl<'a> Pen<'a> {
    /// One for a holder.
    pub fn new(key: &'a Key, holder: Holder<'_>) -> Pen<'a> {
        let sees = holder.reach.municipalities().map_or_else(|| "*".to_owned(), |numbers| numbers.join(","));
        let mut bound = Vec::new();
        for part in [holder.name.as_bytes(), sees.as_bytes()] {
            behind_its_length(&mut bound, part);
        }
        Pen { key, bound }
    }

    /// The cursor of a place.
    pub fn write(&self, place: Place) -> String {
        let mut bytes = place.bytes();
        let binding = self.binding(&bytes);
        bytes.extend_from_slice(&binding);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn binding(&self, place: &[u8]) -> [u8; BINDING_BYTES] {
        let mut bound = Vec::with_capacity(self.bound.len() + 8 + place.len());
        bound.extend_from_slice(&self.bound);
        behind_its_length(&mut bound, place);
        let digest = self.key.digest("cursor", &bound);
        let mut short = [0; BINDING_BYTES];
        short.copy_from_slice(&digest[..BINDING_BYTES]);
        short
    }
}

/// Each part stands behind its length, so that no two holders are bound to the same bytes.
fn behind_its_length(bound: &mut Vec<u8>, part: &[u8]) {
    bound.extend_from_slice(&(part.len() as u64).to_be_bytes());
    bound.extend_from_slice(part);
}

/// The cursor of a place.
pub fn write(key: &Key, holder: Holder<'_>, place: Place) -> String {
    Pen::new(key, holder).write(place)
}

/// The place of a cursor.
pub fn read(key: &Key, holder: Holder<'_>, text: &str) -> Result<Place, BadCursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor::Unreadable)?;
    let end = bytes.len().checked_sub(BINDING_BYTES).ok_or(BadCursor::Unreadable)?;
    let (place, shown) = bytes.split_at(end);
    let right = Pen::new(key, holder).binding(place);
    // Takes as long for a digest that is nearly right.
    let differs = right.iter().zip(shown).fold(0, |differs, (a, b)| differs | (a ^ b));
    if differs == 0 { Place::of(place).ok_or(BadCursor::Unreadable) } else { Err(BadCursor::NotYours) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::entropy::Entropy;
    use crate::log::Keyring;
    use crate::log::keystore::Memory;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    fn key() -> Arc<Key> {
        let clock = Clock::manual(jiff::Timestamp::from_second(1_615_809_600).unwrap());
        Keyring::new(Box::new(Memory::default()), clock, Entropy::seeded(1)).machines().unwrap()
    }

    fn of(numbers: &[&str]) -> Reach {
        Reach::Municipalities(numbers.iter().map(|number| (*number).to_owned()).collect::<BTreeSet<_>>())
    }

    #[test]
    fn a_cursor_is_good_for_its_holder_only_and_for_what_the_holder_sees() {
        let key = key();
        let (bergen, both) = (of(&["4601"]), of(&["0301", "4601"]));
        let holder = |name, reach| Holder { name, reach };
        let place = Place::Feed(4_711);
        let cursor = write(&key, holder("a", &bergen), place);
        assert_eq!(cursor, write(&key, holder("a", &bergen), place), "the same for the same place");
        assert_eq!(read(&key, holder("a", &bergen), &cursor), Ok(place));
        for other in [holder("b", &bergen), holder("a", &both), holder("a", &Reach::Country)] {
            assert_eq!(read(&key, other, &cursor), Err(BadCursor::NotYours));
        }
        let extract = Place::Extract { since: 9, after: Uuid::from_u128(7) };
        let cursor = write(&key, holder("a", &bergen), extract);
        assert_eq!(read(&key, holder("a", &bergen), &cursor), Ok(extract));
    }

    proptest! {
        #[test]
        fn no_other_text_is_a_cursor(text in "[A-Za-z0-9_-]{0,60}", bit in 0_usize..200, position: u64) {
            let key = key();
            let holder = Holder { name: "a", reach: &Reach::Country };
            prop_assert!(read(&key, holder, &text).is_err());
            let mut bytes = URL_SAFE_NO_PAD.decode(write(&key, holder, Place::Feed(position))).unwrap();
            bytes[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(read(&key, holder, &URL_SAFE_NO_PAD.encode(bytes)).is_err());
        }
    }
}
