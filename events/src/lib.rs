//! The vocabulary of the register: what can happen, in past tense, and the values it is told in.
//!
//! This crate knows nothing of storage, network, clocks or chance, and it builds for the browser too.
//! Every event is a plain type with a JSON Schema (feature `schema`), registered in [`catalogue`].

pub mod call;
pub mod catalogue;
pub mod delegation;
pub mod entry;
pub mod epoch;
pub mod follow_up;
pub mod hotel;
pub mod id;
pub mod identity;
pub mod identity_policy;
pub mod message;
pub mod personal;
pub mod record;
pub mod reference;
pub mod referral;
pub mod result;
pub mod result_table;
pub mod retention;
pub mod rule_set;
pub mod subscription;

pub use catalogue::{
    DelegationEvent, EntryEvent, ReferenceEvent, RetentionEvent, SubscriptionEvent, UnreadableEvent,
};
pub use epoch::Epoch;
pub use id::{CommandId, EntryId, EventId, StreamId};
pub use identity::{Identity, IdentityKind};
pub use personal::Personal;
