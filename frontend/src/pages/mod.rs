//! The pages, one file or folder each. Their addresses stand in [`crate::app`].

pub mod call;
pub mod calls;
pub mod delegations;
pub mod disclosures;
pub mod entries;
pub mod entry;
pub mod home;
pub mod hotel;
pub mod inspectorate;
pub mod late;
pub mod login;
pub mod look_up;
pub mod municipality;
pub mod not_found;
pub mod register;
pub mod results;
pub mod retention;
pub mod rules;
pub mod search;
pub mod workbench;
