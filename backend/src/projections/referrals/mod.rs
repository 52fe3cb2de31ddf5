//! Referrals to the labour inspectorate: one sealed row each. The fold of the list of entries writes them; the
//! inspectorate's inbox and the outlet read nothing else, so that they cannot see more.

mod inbox;
mod outbox;
mod row;

pub use inbox::{Found, by_id, of_employer, of_unnamed, open_of_contact, recent};
pub use outbox::{Summary, due, move_on, summary, waiting};
pub(crate) use row::{ReferralRow, Scene, rows, write};
pub use row::{Sheet, Stage};
