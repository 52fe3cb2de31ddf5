//! Parts that several pages are made of.

pub mod entry_row;
pub mod failure;
pub mod fields;
pub mod pace;
pub mod state;
