//! What the tests share: a PostgreSQL, databases of their own on it, and a log to play with.

pub mod altinn;
pub mod browser;
pub mod consumer;
pub mod contract;
pub mod database;
pub mod desk;
pub mod hook;
pub mod issuer;
pub mod office;
pub mod playground;
pub mod private;
pub mod register;
pub mod scanner;
