//! Test results: what the words of the laboratories mean.

pub mod classifier;
pub mod shipped;
pub mod table_check;
pub mod tables;
pub mod words;

pub use classifier::{Classifier, Finding, Reading};
pub use tables::ResultTables;
