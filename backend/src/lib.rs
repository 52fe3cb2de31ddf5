//! The register: server and command line.
//!
//! Rooms: [`log`] keeps events, [`rules`] decides, [`projections`] fold, [`intake`] takes in, [`outlets`] send, [`machines`] fetch, [`retention`] ends, [`disclosure`] writes down who was shown what, [`http`] answers,
//! [`demo`] invents travellers. Nothing imports `http` but the command line.

pub mod clock;
pub mod conformance;
pub mod delegations;
pub mod demo;
pub mod disclosure;
pub mod entropy;
pub mod exports;
pub mod http;
pub mod identities;
pub mod intake;
pub mod log;
pub mod machines;
pub mod outlets;
pub mod projections;
pub mod queue;
pub mod referrals;
pub mod results;
pub mod retention;
pub mod rules;
