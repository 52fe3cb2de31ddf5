//! Test results as they come in: the look-up at Fiks prøvesvar, pushed messages, and the border stations' extracts.
//!
//! All of it becomes a [`message::LabMessage`]. What the laboratories' words mean is not said here, nor whose message
//! it is: whatever cannot be read is an error with a place, never a message that says less than it did.

pub mod ahead;
mod bearer;
mod breaker;
pub mod client;
pub mod error;
pub mod message;
mod pace;
mod paging;
pub mod push;
pub mod rapid_tests;
mod transport;
mod wire;

pub use bearer::Bearer;
pub use client::{Answer, Client, Limits, Misconfigured, Settings, Sex, Wanted};
pub use error::{Misunderstood, SearchError, Unavailable, Unreadable, Why};
pub use message::{Finding, LabMessage};
pub use paging::{Collected, Window};
