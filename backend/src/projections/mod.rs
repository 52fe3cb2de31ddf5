//! Read models: one folder a model, with its tables, its fold and its queries.

pub mod cores;
pub mod database;
pub mod entries;
pub mod projector;
pub mod readers;
pub mod referrals;
