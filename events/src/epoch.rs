//! Epochs: six-hour windows of registration time that live and end together.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Length of an epoch, in hours.
pub const EPOCH_HOURS: i64 = 6;
/// How long anything of an epoch may live, counted from its start, in hours (10 days).
pub const LIFE_HOURS: i64 = 240;
/// Epochs that can be alive at one moment: the forty that fill ten days, and the one being filled.
pub const LIVE_EPOCHS: u32 = (LIFE_HOURS / EPOCH_HOURS) as u32 + 1;

/// The number of a six-hour window since 1970-01-01T00:00Z. Zero is kept for what never ends:
/// facts with no traveller in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Epoch(pub u32);

impl Epoch {
    /// The epoch of facts that concern no person and never end.
    pub const PERMANENT: Epoch = Epoch(0);

    /// The epoch in which a moment lies. Moments before 1970 count as the first window.
    pub fn of(moment: Timestamp) -> Epoch {
        let window = moment.as_second().max(0) / (EPOCH_HOURS * 3600);
        Epoch(u32::try_from(window).unwrap_or(u32::MAX))
    }

    /// The first moment of the window.
    pub fn start(self) -> Timestamp {
        Timestamp::from_second(i64::from(self.0) * EPOCH_HOURS * 3600).unwrap_or(Timestamp::MAX)
    }

    /// The last moment at which anything registered in this epoch may exist: window start + 240 h,
    /// so never later than ten days after registration.
    pub fn ends_at(self) -> Timestamp {
        self.start().saturating_add(SignedDuration::from_hours(LIFE_HOURS)).unwrap_or(Timestamp::MAX)
    }

    /// Whether nothing of the epoch may be opened any more.
    pub fn has_ended(self, now: Timestamp) -> bool {
        self != Epoch::PERMANENT && now >= self.ends_at()
    }

    /// Whether what belongs to this epoch concerns no person and never ends.
    pub fn is_permanent(self) -> bool {
        self == Epoch::PERMANENT
    }

    /// The following window.
    pub fn next(self) -> Epoch {
        Epoch(self.0.saturating_add(1))
    }

    /// The oldest epoch that is still alive at a moment.
    pub fn oldest_live(now: Timestamp) -> Epoch {
        let current = Epoch::of(now).0;
        let oldest = Epoch(current.saturating_sub(LIVE_EPOCHS - 1).max(1));
        if oldest.has_ended(now) { oldest.next() } else { oldest }
    }

    /// All epochs alive at a moment, oldest first.
    pub fn live(now: Timestamp) -> impl DoubleEndedIterator<Item = Epoch> {
        (Epoch::oldest_live(now).0..=Epoch::of(now).0).map(Epoch)
    }
}

impl std::fmt::Display for Epoch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_lives_longer_than_ten_days_after_its_registration() {
        for second in [0, 1, 21_599, 21_600, 1_615_852_800, 1_616_893_200] {
            let registered = Timestamp::from_second(second).unwrap();
            let life = Epoch::of(registered).ends_at().duration_since(registered);
            assert!(life <= SignedDuration::from_hours(240), "{life:?}");
            assert!(life > SignedDuration::from_hours(234), "{life:?}");
        }
    }

    #[test]
    fn the_live_epochs_are_those_that_have_not_ended() {
        for second in [1_615_852_800, 1_615_852_801, 1_615_874_399] {
            let now = Timestamp::from_second(second).unwrap();
            let live: Vec<Epoch> = Epoch::live(now).collect();
            assert!(live.iter().all(|epoch| !epoch.has_ended(now)));
            assert!(Epoch(live[0].0 - 1).has_ended(now));
            assert_eq!(*live.last().unwrap(), Epoch::of(now));
            assert!(live.len() <= LIVE_EPOCHS as usize);
        }
    }
}
