//! A PostgreSQL of one's own in a folder: found or installed, started, stopped.
//!
//! ```no_run
//! # fn main() -> Result<(), private_postgres::Error> {
//! let server = private_postgres::Server::start(private_postgres::Options::new("data/postgres"))?;
//! server.create_database("register")?;
//! println!("{}", server.url("register"));
//! # Ok(())
//! # }
//! ```
//!
//! The server listens on a Unix socket only, keeps `fsync` on, and writes no value of any row to its log.
//! It stops when [`Server`] is dropped by the program that started it, and when that program is killed.

mod account;
mod cluster;
mod control;
mod error;
mod install;
mod postmaster;
mod programs;
mod server;
mod settings;
mod socket;
mod watch;

pub use error::Error;
pub use server::{Options, Server};

/// The superuser of every private PostgreSQL, and the user in its URLs.
pub const USER: &str = "register";

/// The number in the socket's file name. No network port is opened.
pub(crate) const PORT: u16 = 5432;

/// The oldest major version that is taken.
pub const OLDEST_MAJOR: u32 = 15;
