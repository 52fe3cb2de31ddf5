//! Test results: what the words of the laboratories mean, and what the messages about a sample come to.

pub mod classifier;
pub mod correction;
pub mod samples;
pub mod shipped;
pub mod table_check;
pub mod tables;
pub mod words;

pub use classifier::{Classifier, Finding, Reading};
pub use correction::corrections;
pub use samples::{EarlierAnswer, EffectiveSample, Samples};
pub use tables::ResultTables;
