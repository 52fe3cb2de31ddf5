//! Fingerprints that are unique in the whole log, and digests that tell "nothing new" without opening anything.

use super::keyring::Key;

/// Bytes of a fingerprint: enough that two trips never meet, too few to be worth stealing.
pub const FINGERPRINT_BYTES: usize = 16;

/// A keyed fingerprint.
pub type Fingerprint = [u8; FINGERPRINT_BYTES];

/// The fingerprint of a reference code under the key of a source day.
pub fn of_reference(key: &Key, code: &str) -> Fingerprint {
    short(key.digest("reference-code", code.as_bytes()))
}

/// The fingerprint of a text message of a kind to a number on a day, under the key of that day.
pub fn of_message(key: &Key, what: &str) -> Fingerprint {
    short(key.digest("message", what.as_bytes()))
}

/// The fingerprint of a matter that a contact tells of on a day, under the key of that day.
pub fn of_referral(key: &Key, what: &str) -> Fingerprint {
    short(key.digest("referral", what.as_bytes()))
}

/// The first bytes of a digest.
pub fn short(digest: [u8; 32]) -> Fingerprint {
    let mut fingerprint = [0; FINGERPRINT_BYTES];
    fingerprint.copy_from_slice(&digest[..FINGERPRINT_BYTES]);
    fingerprint
}
