//! A stream with every nasty case, served to a consumer that wants to know whether its program copes, and a verdict on
//! what the program did. Nothing in it is about anybody.
//!
//! The consumer points its program at the server as if it were the register, lets it run until there is nothing new,
//! and has it say what its copy holds (`PUT /conformance/holdings`). [`grade`] looks at what was asked, fetched,
//! acknowledged and held.

pub mod grade;
pub mod script;
mod server;

pub use server::{Course, router};
