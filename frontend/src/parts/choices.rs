//! What one can choose from in a filter of entries.

use super::fields::Choice;
use crate::codes;
use api::entries::{EntrySort, Obligation};
use events::record::FollowUpStatus;
use serde::de::DeserializeOwned;

/// Orders of a list of entries.
pub const SORTS: [EntrySort; 4] = [
    EntrySort::ArrivalDescending,
    EntrySort::ArrivalAscending,
    EntrySort::RegisteredDescending,
    EntrySort::RegisteredAscending,
];

/// Languages, in the order of their names.
pub fn languages() -> Vec<Choice> {
    let mut choices: Vec<Choice> =
        codes::LANGUAGES.iter().map(|code| ((*code).to_owned(), codes::language_name(code))).collect();
    choices.sort_by(|one, other| one.1.cmp(&other.1));
    choices
}

/// Quarantine or not.
pub fn obligations() -> Vec<Choice> {
    [Obligation::Quarantine, Obligation::Exempt, Obligation::Unknown]
        .map(|obligation| (codes::wire_name(&obligation), codes::obligation(obligation)))
        .to_vec()
}

/// Kinds of quarantine place.
pub fn places() -> Vec<Choice> {
    codes::PLACES.iter().map(|place| ((*place).to_owned(), codes::code(place))).collect()
}

/// Follow-up statuses.
pub fn statuses() -> Vec<Choice> {
    use FollowUpStatus::{NoAnswer, NotOk, NotSet, Ok};
    [NotSet, NoAnswer, NotOk, Ok].map(|status| (codes::wire_name(&status), codes::status(status))).to_vec()
}

/// What a choice means; nothing when it means nothing.
pub fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(name.into()).ok()
}
