//! The event log: append, read, seal, chain, keyring. Knows no stream by name.
//!
//! Invariants (each has tests in `tests/`):
//! 1. committed positions are exactly 1..head and rise with the version inside each stream;
//! 2. one command has one effect, however often it is tried;
//! 3. acknowledged means durable;
//! 4. rows are never updated or deleted;
//! 5. every stored event validates against its registered schema;
//! 6. payloads are sealed before they reach PostgreSQL;
//! 7. any changed row is found by [`verify`].

mod append;
pub mod chain;
mod database;
pub mod ending;
pub mod fingerprint;
pub mod keyring;
pub mod keystore;
pub mod lease;
mod read;
mod schemas;
pub mod seal;
pub mod verify;

pub use append::{Append, Appended, Claim, Log, NewEvent, Options, Rejected};
pub use database::{connect, fault, migrate};
pub use keyring::{KeyError, Keyring};
pub use read::{Gap, ReadError, StoredEvent};
pub use schemas::{InvalidEvent, Schemas};
