//! The wire contract of `/api/v1`: what server and portal say to one another.
//!
//! Types only. Names are those of the domain; times are RFC 3339 in UTC, dates `YYYY-MM-DD`,
//! municipalities four digits as text.

pub mod calls;
pub mod delegations;
pub mod disclosures;
pub mod entries;
pub mod exports;
pub mod feed;
pub mod fiks;
pub mod hotel;
pub mod identities;
pub mod intake;
pub mod live;
pub mod look_up;
pub mod machines;
pub mod municipality;
pub mod problem;
pub mod quarantine;
pub mod reference;
pub mod referrals;
pub mod result_tables;
pub mod results;
pub mod retention;
pub mod rule_sets;
pub mod session;
pub mod status;

pub use problem::{Problem, ProblemCode};
