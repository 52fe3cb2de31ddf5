//! Fingerprints that are unique in the whole log, and digests that tell "nothing new" without opening anything.

use super::keyring::{KeyError, Keyring};

/// Bytes of a fingerprint: enough that two trips never meet, too few to be worth stealing.
pub const FINGERPRINT_BYTES: usize = 16;

/// A keyed fingerprint.
pub type Fingerprint = [u8; FINGERPRINT_BYTES];

/// The fingerprint of a reference code under today's key, for a trip that is new.
pub fn of_new_reference(keyring: &Keyring, code: &str) -> Result<Fingerprint, KeyError> {
    Ok(short(keyring.source_today()?.digest("reference-code", code.as_bytes())))
}

/// The fingerprints under which a reference code may be known: one for each day the source still keeps.
pub fn of_known_reference(keyring: &Keyring, code: &str) -> Result<Vec<Fingerprint>, KeyError> {
    let keys = keyring.source_days()?;
    Ok(keys.iter().map(|key| short(key.digest("reference-code", code.as_bytes()))).collect())
}

/// The first bytes of a digest.
pub fn short(digest: [u8; 32]) -> Fingerprint {
    let mut fingerprint = [0; FINGERPRINT_BYTES];
    fingerprint.copy_from_slice(&digest[..FINGERPRINT_BYTES]);
    fingerprint
}
