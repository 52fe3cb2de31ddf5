//! The keys of the live epochs, opened once and refused after their time.

use super::keystore::{KeyName, KeyStore, KeyStoreError, StoredKey};
use crate::clock::Clock;
use crate::entropy::Entropy;
use events::Epoch;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Days for which the source keeps a trip, and for which its fingerprint is remembered.
pub const SOURCE_KEEPS_DAYS: i32 = 20;

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The epoch's ten days are over; its data cannot be opened any more, by anybody.
    #[error("epoch {0} has ended")]
    Ended(Epoch),
    /// A key that was destroyed lies there again, under whatever name. It opens nothing.
    #[error("the key {0:?} is one that was destroyed; it is not used")]
    Destroyed(KeyName),
    /// The epoch is alive and its key is not there.
    #[error("the key {0:?} is missing; restore it from a replica of the keyring")]
    Missing(KeyName),
    /// The key store fails.
    #[error(transparent)]
    Store(#[from] KeyStoreError),
}

/// A key in use. What is derived from it is derived once.
pub struct Key {
    name: KeyName,
    not_after: Timestamp,
    /// HKDF state for the keys of single entries.
    pub(super) derive: Hkdf<Sha256>,
    /// HMAC state for search tokens and fingerprints.
    token: Hmac<Sha256>,
}

impl Key {
    fn new(name: KeyName, stored: &StoredKey) -> Key {
        let derive = Hkdf::<Sha256>::new(Some(b"register"), &stored.secret);
        let mut token = zeroize::Zeroizing::new([0; 32]);
        // Both lengths are fixed and within the limits of HKDF and HMAC.
        let _ = derive.expand(b"token", &mut *token);
        let token = <Hmac<Sha256> as Mac>::new_from_slice(&*token)
            .unwrap_or_else(|_| unreachable!("HMAC takes keys of every length"));
        Key { name, not_after: stored.not_after, derive, token }
    }

    /// Keyed digest of a value of a kind (`phone`, `name-word`, `reference-code`, …).
    pub fn digest(&self, kind: &str, value: &[u8]) -> [u8; 32] {
        let mut mac = self.token.clone();
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(value);
        mac.finalize().into_bytes().into()
    }

    /// What the key is for.
    pub fn name(&self) -> KeyName {
        self.name
    }
}

/// The keyring of a node.
pub struct Keyring {
    store: Box<dyn KeyStore>,
    clock: Clock,
    entropy: Entropy,
    opened: RwLock<HashMap<KeyName, Arc<Key>>>,
    /// Names that the store did not have, and when it was asked: most windows of a young register have no key.
    absent: RwLock<HashMap<KeyName, Instant>>,
    /// Fingerprints of keys that were destroyed.
    destroyed: RwLock<HashSet<String>>,
}

/// How long a name that was absent is not asked for again; another node may make the key meanwhile.
const ABSENT_FOR: Duration = Duration::from_secs(1);

impl Keyring {
    /// A keyring over a store.
    pub fn new(store: Box<dyn KeyStore>, clock: Clock, entropy: Entropy) -> Keyring {
        Keyring {
            store,
            clock,
            entropy,
            opened: RwLock::default(),
            absent: RwLock::default(),
            destroyed: RwLock::default(),
        }
    }

    /// The key of a live epoch.
    pub fn epoch(&self, epoch: Epoch) -> Result<Arc<Key>, KeyError> {
        if epoch.has_ended(self.clock.now()) {
            self.forget(KeyName::Epoch(epoch));
            return Err(KeyError::Ended(epoch));
        }
        let name = KeyName::Epoch(epoch);
        if let Some(key) = self.usable(name)? {
            return Ok(key);
        }
        // Whoever asks for one epoch has something of it: its key is there, perhaps since a moment ago.
        self.absent.write().unwrap_or_else(PoisonError::into_inner).remove(&name);
        self.usable(name)?.ok_or(KeyError::Missing(name))
    }

    /// The key of the epoch in which something is being registered; made when it is the first.
    /// Only the present window's key is made: a missing key of an older epoch must not be replaced by a new one.
    pub fn epoch_of_registration(&self, epoch: Epoch) -> Result<Arc<Key>, KeyError> {
        let now = self.clock.now();
        if epoch.next() < Epoch::of(now) {
            return self.epoch(epoch);
        }
        self.usable_or_new(KeyName::Epoch(epoch), epoch.ends_at())
    }

    /// The keys of all live epochs that have one, oldest first.
    pub fn live_epochs(&self) -> Result<Vec<(Epoch, Arc<Key>)>, KeyError> {
        let mut keys = Vec::new();
        for epoch in Epoch::live(self.clock.now()) {
            if let Some(key) = self.usable(KeyName::Epoch(epoch))? {
                keys.push((epoch, key));
            }
        }
        Ok(keys)
    }

    /// The fingerprint keys of the days on which something new may be registered: today, and for `edge` after
    /// midnight yesterday too. Made when they are the first of their day.
    pub fn source_days_of_registration(&self, edge: SignedDuration) -> Result<Vec<Arc<Key>>, KeyError> {
        let now = self.clock.now();
        let before = now.checked_sub(edge).unwrap_or(now);
        (day_of(before)..=day_of(now))
            .map(|day| self.usable_or_new(KeyName::SourceDay(day), source_day_ends(day)))
            .collect()
    }

    /// The fingerprint key of the day in which a moment lies; made when it is the first of its day.
    pub fn source_day_of(&self, moment: Timestamp) -> Result<Arc<Key>, KeyError> {
        let day = day_of(moment);
        self.usable_or_new(KeyName::SourceDay(day), source_day_ends(day))
    }

    /// The fingerprint keys of all days that the source may still send, oldest first.
    pub fn source_days(&self) -> Result<Vec<Arc<Key>>, KeyError> {
        let today = day_of(self.clock.now());
        let mut keys = Vec::new();
        for day in today - SOURCE_KEEPS_DAYS..=today {
            keys.extend(self.usable(KeyName::SourceDay(day))?);
        }
        Ok(keys)
    }

    /// The secret that signs certificates of deletion; made when it is the first time.
    pub fn certificate_key(&self) -> Result<zeroize::Zeroizing<[u8; 32]>, KeyError> {
        let name = KeyName::Certificates;
        let stored = match self.store.load(name)? {
            Some(stored) => stored,
            None => {
                let fresh = StoredKey { secret: self.entropy.bytes(), not_after: Timestamp::MAX };
                self.store.create(name, fresh)?
            }
        };
        Ok(zeroize::Zeroizing::new(stored.secret))
    }

    /// The key that binds the cursors of machines; made when it is the first time.
    pub fn machines(&self) -> Result<Arc<Key>, KeyError> {
        self.usable_or_new(KeyName::Machines, Timestamp::MAX)
    }

    /// Drops a key from memory.
    pub fn forget(&self, name: KeyName) {
        self.opened.write().unwrap_or_else(PoisonError::into_inner).remove(&name);
    }

    /// Drops every key from memory whose time is over.
    pub fn forget_ended(&self) {
        let now = self.clock.now();
        self.opened.write().unwrap_or_else(PoisonError::into_inner).retain(|_, key| now < key.not_after);
    }

    /// All keys that the store holds, whether their time is over or not.
    pub fn held(&self) -> Result<Vec<KeyName>, KeyStoreError> {
        self.store.list()
    }

    /// The fingerprint of a key that the store holds; it may be over.
    pub fn fingerprint(&self, name: KeyName) -> Result<Option<String>, KeyStoreError> {
        Ok(self.store.load(name)?.map(|key| key.fingerprint()))
    }

    /// From now on a key with this fingerprint is not used, whatever its name.
    pub fn refuse(&self, fingerprint: String) {
        self.destroyed.write().unwrap_or_else(PoisonError::into_inner).insert(fingerprint);
    }

    /// Whether a fingerprint is that of a key which was destroyed.
    pub fn was_destroyed(&self, fingerprint: &str) -> bool {
        self.destroyed.read().unwrap_or_else(PoisonError::into_inner).contains(fingerprint)
    }

    /// Destroys a key in every holder and drops it from memory.
    pub fn destroy(&self, name: KeyName) -> Result<(), KeyStoreError> {
        self.forget(name);
        self.store.destroy(name)
    }

    fn usable(&self, name: KeyName) -> Result<Option<Arc<Key>>, KeyError> {
        if let Some(key) = self.opened.read().unwrap_or_else(PoisonError::into_inner).get(&name) {
            return Ok((self.clock.now() < key.not_after).then(|| key.clone()));
        }
        let asked = self.absent.read().unwrap_or_else(PoisonError::into_inner).get(&name).copied();
        if asked.is_some_and(|asked| asked.elapsed() < ABSENT_FOR) {
            return Ok(None);
        }
        match self.store.load(name)? {
            Some(stored) if self.was_destroyed(&stored.fingerprint()) => Err(KeyError::Destroyed(name)),
            Some(stored) if self.clock.now() < stored.not_after => Ok(Some(self.remember(name, &stored))),
            Some(_) | None => {
                self.absent.write().unwrap_or_else(PoisonError::into_inner).insert(name, Instant::now());
                Ok(None)
            }
        }
    }

    fn usable_or_new(&self, name: KeyName, not_after: Timestamp) -> Result<Arc<Key>, KeyError> {
        if let Some(key) = self.usable(name)? {
            return Ok(key);
        }
        let fresh = StoredKey { secret: self.entropy.bytes(), not_after };
        let stored = self.store.create(name, fresh)?;
        if self.was_destroyed(&stored.fingerprint()) {
            return Err(KeyError::Destroyed(name));
        }
        if self.clock.now() >= stored.not_after {
            return Err(KeyError::Missing(name));
        }
        Ok(self.remember(name, &stored))
    }

    fn remember(&self, name: KeyName, stored: &StoredKey) -> Arc<Key> {
        let key = Arc::new(Key::new(name, stored));
        self.absent.write().unwrap_or_else(PoisonError::into_inner).remove(&name);
        self.opened.write().unwrap_or_else(PoisonError::into_inner).insert(name, key.clone());
        key
    }
}

fn day_of(moment: Timestamp) -> i32 {
    i32::try_from(moment.as_second().div_euclid(86_400)).unwrap_or(i32::MAX)
}

/// The end of the day and the source's own twenty days more: whatever was first seen that day is forgotten there.
pub(crate) fn source_day_ends(day: i32) -> Timestamp {
    let end_of_day = i64::from(day + 1) * 86_400;
    Timestamp::from_second(end_of_day)
        .and_then(|end| end.checked_add(SignedDuration::from_hours(i64::from(SOURCE_KEEPS_DAYS) * 24)))
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::keystore::Memory;
    use super::*;

    fn keyring(start: i64) -> (Keyring, Clock) {
        let clock = Clock::manual(Timestamp::from_second(start).unwrap());
        (Keyring::new(Box::new(Memory::default()), clock.clone(), Entropy::seeded(1)), clock)
    }

    #[test]
    fn a_key_opens_nothing_after_its_time_even_if_nobody_destroyed_it() {
        let (keyring, clock) = keyring(1_615_852_800);
        let epoch = Epoch::of(clock.now());
        keyring.epoch_of_registration(epoch).unwrap();
        clock.advance(SignedDuration::from_hours(240) - SignedDuration::from_micros(1));
        assert!(keyring.epoch(epoch).is_ok());
        clock.advance(SignedDuration::from_micros(1));
        assert!(matches!(keyring.epoch(epoch), Err(KeyError::Ended(_))));
        assert!(matches!(keyring.epoch_of_registration(epoch), Err(KeyError::Ended(_))));
        clock.advance(SignedDuration::from_hours(-100));
        assert!(matches!(keyring.epoch(epoch), Err(KeyError::Ended(_))), "a clock set back extends nothing");
    }

    #[test]
    fn a_lost_key_of_an_older_epoch_is_not_replaced() {
        let (keyring, clock) = keyring(1_615_852_800);
        let epoch = Epoch::of(clock.now());
        keyring.epoch_of_registration(epoch).unwrap();
        keyring.store.destroy(KeyName::Epoch(epoch)).unwrap();
        keyring.forget(KeyName::Epoch(epoch));
        clock.advance(SignedDuration::from_hours(24));
        assert!(matches!(keyring.epoch_of_registration(epoch), Err(KeyError::Missing(_))));
    }

    #[test]
    fn a_source_day_is_remembered_until_the_source_has_forgotten_it() {
        let (keyring, clock) = keyring(1_615_852_800);
        let today = keyring.source_days_of_registration(SignedDuration::ZERO).unwrap()[0].name();
        clock.advance(SignedDuration::from_hours(20 * 24));
        assert!(keyring.source_days().unwrap().iter().any(|key| key.name() == today));
        clock.advance(SignedDuration::from_hours(24));
        assert!(keyring.source_days().unwrap().is_empty());
    }
}
