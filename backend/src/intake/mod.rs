//! Adapters for what comes in.

mod csv_records;
pub mod damage;
pub mod entries;
pub mod formats;
pub mod in_force;
mod json_records;
pub mod mapping;
pub mod reference;
pub mod refusal;
pub mod rejects;
pub mod results;
pub mod take_in;
