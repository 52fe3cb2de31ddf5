//! Chance, passed in: keys, nonces and ids.

use events::{CommandId, EntryId, Epoch, EventId};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// A source of random bytes. Cloned handles share it.
#[derive(Clone)]
pub struct Entropy(Option<Arc<Mutex<StdRng>>>);

impl Entropy {
    /// The operating system's secure source, through a generator of the thread's own.
    pub fn system() -> Entropy {
        Entropy(None)
    }

    /// The same bytes each time, for tests.
    pub fn seeded(seed: u64) -> Entropy {
        Entropy(Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "the one place that takes the system's chance")]
            None => rand::rng().fill_bytes(&mut bytes),
            Some(seeded) => {
                seeded.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(&mut bytes);
            }
        }
        bytes
    }

    /// A new entry of an epoch.
    pub fn entry(&self, epoch: Epoch) -> EntryId {
        EntryId::new(epoch, self.bytes())
    }

    /// A new event.
    pub fn event(&self) -> EventId {
        EventId(self.uuid())
    }

    /// A new command of our own.
    pub fn command(&self) -> CommandId {
        CommandId(self.uuid())
    }

    /// A random UUID (version 4).
    pub fn uuid(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }
}
