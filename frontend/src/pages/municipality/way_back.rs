//! The list as it was left, and what is to be said on coming back to it. Both hold no word about a person, and live in
//! this tab's memory only.

use super::list_query::ListQuery;
use crate::language::Key;
use std::cell::{Cell, RefCell};

thread_local! {
    static LEFT: RefCell<ListQuery> = RefCell::new(ListQuery::default());
    static NOTICE: Cell<Option<Key>> = const { Cell::new(None) };
}

/// The list is left in this state.
pub fn remember(query: ListQuery) {
    LEFT.set(query);
}

/// The address of the list as it was left.
pub fn path() -> String {
    LEFT.with_borrow(ListQuery::path)
}

/// Leaves word for the list.
pub fn leave_word(notice: Key) {
    NOTICE.set(Some(notice));
}

/// What word was left; it is said once.
pub fn word() -> Option<Key> {
    NOTICE.take()
}
