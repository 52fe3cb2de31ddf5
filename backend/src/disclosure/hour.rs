//! What each viewer was shown within the present hour, so that a list that refreshes itself is written down once.
//! Losing this merely writes something down twice.

use super::Viewer;
use api::disclosures::{DisclosureKind, Shown};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Entries that are remembered at most, of all viewers together; beyond that all are forgotten.
const REMEMBERED_MAX: usize = 1_000_000;

/// Who was shown which view, and how.
pub(super) type About = (Viewer, DisclosureKind, Shown);

/// The present hour.
#[derive(Default)]
pub(super) struct ShownThisHour {
    hour: i64,
    remembered: usize,
    shown: HashMap<About, HashSet<Uuid>>,
}

impl ShownThisHour {
    fn turn(&mut self, now: Timestamp) {
        let hour = now.as_second().div_euclid(3_600);
        if self.hour != hour || self.remembered > REMEMBERED_MAX {
            *self = ShownThisHour { hour, ..ShownThisHour::default() };
        }
    }

    /// Those of the entries that have not been written down within the hour, in their order.
    pub(super) fn news(&mut self, now: Timestamp, about: &About, entries: &[Uuid]) -> Vec<Uuid> {
        self.turn(now);
        let known = self.shown.get(about);
        let is_new = |entry: &Uuid| known.is_none_or(|known| !known.contains(entry));
        entries.iter().copied().filter(is_new).collect()
    }

    /// They are durable now.
    pub(super) fn written(&mut self, now: Timestamp, about: About, entries: Vec<Uuid>) {
        self.turn(now);
        let known = self.shown.entry(about).or_default();
        let before = known.len();
        known.extend(entries);
        self.remembered += known.len() - before;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Receiver;
    use super::*;
    use api::disclosures::{Purpose, legal_basis};
    use jiff::SignedDuration;

    fn viewer(who: &str) -> Viewer {
        Viewer {
            who: who.to_owned(),
            name: who.to_owned(),
            role: "caller".to_owned(),
            purpose: Purpose::QuarantineFollowUp,
            legal_basis: legal_basis::CONTROL_CENTRE,
            receiver: Receiver::ControlCentre,
        }
    }

    #[test]
    fn an_entry_is_news_once_an_hour_for_each_viewer_and_view() {
        let start = Timestamp::from_second(1_615_809_600).unwrap();
        let about = |who: &str, shown| (viewer(who), DisclosureKind::Listed, shown);
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut hour = ShownThisHour::default();
        assert_eq!(hour.news(start, &about("x", Shown::Row), &[a]), [a]);
        assert_eq!(hour.news(start, &about("x", Shown::Row), &[a]), [a], "not before it is durable");
        hour.written(start, about("x", Shown::Row), vec![a]);
        assert_eq!(hour.news(start, &about("x", Shown::Row), &[a, b]), [b]);
        assert_eq!(hour.news(start, &about("y", Shown::Row), &[a]), [a]);
        assert_eq!(hour.news(start, &about("x", Shown::Party), &[a]), [a]);
        let later = start + SignedDuration::from_mins(60);
        assert_eq!(hour.news(later, &about("x", Shown::Row), &[a, b]), [a, b]);
    }
}
