//! What the tests share: a PostgreSQL, databases of their own on it, and a log to play with.

pub mod altinn;
pub mod browser;
pub mod consumer;
pub mod contract;
pub mod database;
pub mod desk;
pub mod eformidling;
pub mod enhetsregisteret;
pub mod help_numbers;
pub mod hook;
pub mod issuer;
pub mod office;
pub mod person;
pub mod playground;
pub mod private;
pub mod register;
pub mod result_service;
pub mod scanner;
