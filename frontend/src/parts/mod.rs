//! Parts that several pages are made of.

pub mod choices;
pub mod dialog;
pub mod digits;
pub mod entry_row;
pub mod explanation;
pub mod failure;
pub mod fields;
pub mod outcome;
pub mod pace;
pub mod referral;
pub mod results;
pub mod section;
pub mod span;
pub mod state;
pub mod table;
pub mod unit;
