//! The list of entries: one sealed row a live entry, tokens to find it by.

mod codes;
mod ending;
mod feed;
mod fold;
mod guest;
mod list;
mod message_plan;
mod municipal;
mod person;
mod plain;
mod published;
mod row;
mod search;
mod seen;
pub(crate) mod standing;
mod test_owed;
mod ties;
pub mod tokens;
mod walk;

pub use ending::{
    EarlyEndState, any_before, early_ends, outlived_by_quarantine, remove, remove_again, remove_before,
};
pub use feed::{Change, Changes, changes, ended_audience};
pub use fold::Entries;
pub use guest::{exactly, guests, person as guest_person};
pub use list::{Page, PageError, count, page, unroutable};
pub use message_plan::{messages_due, messages_waiting, move_messages_on};
pub use municipal::{Asked, EXPORT_PAGE, municipal_counts, municipal_page, plain_entry, plain_page};
pub use person::{named, not_tested, of_contact, of_entries, with_tokens};
pub use published::{Part, Published, PublishedRow, Wanted, count_published, published, published_entry};
pub use row::{Document, ListRow, get, list_row, obligation, party, status};
pub use search::{look_up, search};
pub use seen::{SeenSoFar, mark_seen, seen};
pub use walk::Walk;
