//! A span of time in words.

use crate::language::{tr_count, tr_with};

/// `3 døgn og 4 timer`: the two largest units, without what is zero.
pub fn span(seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let (first, second) = match (days, hours) {
        (0, 0) => return tr_count("age-minutes", minutes),
        (0, hours) => (tr_count("age-hours", hours), ("age-minutes", minutes % 60)),
        (days, hours) => (tr_count("age-days", days), ("age-hours", hours % 24)),
    };
    match second {
        (_, 0) => first,
        (unit, count) => {
            tr_with("age-two", &[("first", first.into()), ("second", tr_count(unit, count).into())])
        }
    }
}
