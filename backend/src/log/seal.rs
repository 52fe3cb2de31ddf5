//! Sealing: AES-256-GCM under a key of the entry's own, derived from its epoch's key.
//!
//! Layout: format byte 1 ‖ nonce (12) ‖ ciphertext and tag. The plaintext is its length (4 bytes, big endian),
//! the payload, and zeros up to a bucket, so that lengths tell little.

use super::keyring::Key;
use crate::entropy::Entropy;
use aes_gcm::aead::{Aead, AeadInPlace, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use uuid::Uuid;
use zeroize::Zeroizing;

const FORMAT: u8 = 1;
const NONCE_BYTES: usize = 12;
const BUCKET_BYTES: usize = 128;
const LENGTH_BYTES: usize = 4;
const TAG_BYTES: usize = 16;

/// Sealed bytes that do not open: another key, or a changed bit in them or in what they are bound to.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("sealed bytes do not open")]
pub struct CannotOpen;

/// The cipher of one stream, derived from its epoch's key. Nonces are random; one stream seals far fewer
/// than 2³² messages, the bound for random 96-bit nonces.
pub struct StreamCipher(Aes256Gcm);

impl StreamCipher {
    /// Derives the cipher of a stream.
    pub fn new(epoch_key: &Key, stream: Uuid) -> StreamCipher {
        let mut key = Zeroizing::new([0; 32]);
        // 32 bytes is within HKDF's limit, the only way this can fail.
        let _ = epoch_key.derive.expand(stream.as_bytes(), &mut *key);
        StreamCipher(Aes256Gcm::new((&*key).into()))
    }

    /// Seals a payload, bound to `context`.
    pub fn seal(&self, payload: &[u8], context: &[u8], entropy: &Entropy) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = entropy.bytes();
        let padded = (LENGTH_BYTES + payload.len()).next_multiple_of(BUCKET_BYTES);
        let mut sealed = Vec::with_capacity(1 + NONCE_BYTES + padded + TAG_BYTES);
        sealed.push(FORMAT);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&u32::try_from(payload.len()).unwrap_or(u32::MAX).to_be_bytes());
        sealed.extend_from_slice(payload);
        sealed.resize(1 + NONCE_BYTES + padded, 0);
        // Sealed where it lies. GCM fails only on messages beyond 64 GiB; then nothing of it is left.
        let message = &mut sealed[1 + NONCE_BYTES..];
        match self.0.encrypt_in_place_detached(Nonce::from_slice(&nonce), context, message) {
            Ok(tag) => sealed.extend_from_slice(&tag),
            Err(_) => sealed.clear(),
        }
        sealed
    }

    /// Opens sealed bytes; `context` must be what they were bound to.
    pub fn open(&self, sealed: &[u8], context: &[u8]) -> Result<Vec<u8>, CannotOpen> {
        let (&format, rest) = sealed.split_first().ok_or(CannotOpen)?;
        if format != FORMAT || rest.len() < NONCE_BYTES {
            return Err(CannotOpen);
        }
        let (nonce, ciphertext) = rest.split_at(NONCE_BYTES);
        let message = Payload { msg: ciphertext, aad: context };
        let mut plain = self.0.decrypt(Nonce::from_slice(nonce), message).map_err(|_| CannotOpen)?;
        let (length, _) = plain.split_first_chunk::<4>().ok_or(CannotOpen)?;
        let end = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| CannotOpen)?.saturating_add(4);
        if end > plain.len() {
            return Err(CannotOpen);
        }
        plain.truncate(end);
        plain.drain(..4);
        Ok(plain)
    }
}

/// What an event's payload is bound to: nothing of it can be moved to another place unnoticed.
pub fn event_context(stream: Uuid, version: u32, event: Uuid, name: &str, schema_version: u16) -> Vec<u8> {
    let mut context = Vec::with_capacity(64 + name.len());
    context.extend_from_slice(b"event\0");
    context.extend_from_slice(stream.as_bytes());
    context.extend_from_slice(&version.to_be_bytes());
    context.extend_from_slice(event.as_bytes());
    context.extend_from_slice(&schema_version.to_be_bytes());
    context.extend_from_slice(name.as_bytes());
    context
}

/// What a sealed column of a read row is bound to.
pub fn row_context(table_and_column: &str, stream: Uuid) -> Vec<u8> {
    let mut context = Vec::with_capacity(24 + table_and_column.len());
    context.extend_from_slice(b"row\0");
    context.extend_from_slice(stream.as_bytes());
    context.extend_from_slice(table_and_column.as_bytes());
    context
}

#[cfg(test)]
mod tests {
    use super::super::keyring::Keyring;
    use super::super::keystore::Memory;
    use super::*;
    use crate::clock::Clock;
    use events::Epoch;
    use jiff::Timestamp;

    fn cipher(stream: Uuid) -> (StreamCipher, Entropy) {
        let clock = Clock::manual(Timestamp::from_second(1_615_852_800).unwrap());
        let keyring = Keyring::new(Box::new(Memory::default()), clock.clone(), Entropy::seeded(7));
        let key = keyring.epoch_of_registration(Epoch::of(clock.now())).unwrap();
        (StreamCipher::new(&key, stream), Entropy::seeded(8))
    }

    #[test]
    fn what_was_sealed_opens_and_shows_nothing_meanwhile() {
        let (cipher, entropy) = cipher(Uuid::from_u128(1));
        for length in [0, 1, 123, 124, 125, 5000] {
            let payload = vec![b'k'; length];
            let sealed = cipher.seal(&payload, b"context", &entropy);
            assert_eq!((sealed.len() - 1 - NONCE_BYTES - 16) % BUCKET_BYTES, 0);
            assert!(!sealed.windows(8).any(|w| w == b"kkkkkkkk"));
            assert_eq!(cipher.open(&sealed, b"context").unwrap(), payload);
        }
    }

    #[test]
    fn a_changed_bit_another_context_or_another_stream_does_not_open() {
        let (cipher_a, entropy) = cipher(Uuid::from_u128(1));
        let sealed = cipher_a.seal(b"payload", b"context", &entropy);
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert_eq!(cipher_a.open(&changed, b"context"), Err(CannotOpen), "byte {i}");
        }
        assert_eq!(cipher_a.open(&sealed, b"other"), Err(CannotOpen));
        assert_eq!(cipher_a.open(&sealed[..10], b"context"), Err(CannotOpen));
        let (cipher_b, _) = cipher(Uuid::from_u128(2));
        assert_eq!(cipher_b.open(&sealed, b"context"), Err(CannotOpen));
    }
}
