//! The register: server and command line.
//!
//! Rooms: [`log`] keeps events, [`rules`] decides, [`projections`] fold, [`intake`] takes in, [`outlets`] send, [`machines`] fetch, [`retention`] ends, [`http`] answers,
//! [`demo`] invents travellers. Nothing imports `http` but the command line.

pub mod clock;
pub mod conformance;
pub mod demo;
pub mod entropy;
pub mod http;
pub mod intake;
pub mod log;
pub mod machines;
pub mod outlets;
pub mod projections;
pub mod queue;
pub mod retention;
pub mod rules;
