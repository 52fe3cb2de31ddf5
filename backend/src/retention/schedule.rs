//! What is due when.

use events::Epoch;
use events::epoch::LIFE_HOURS;
use jiff::{SignedDuration, Timestamp};

/// How long before its end an epoch is frozen and its days are counted, so that at its end only the key has to go.
pub const FREEZE_BEFORE: SignedDuration = SignedDuration::from_mins(10);
/// How long before its end an epoch that is not frozen yet is an alarm.
pub const ALARM_BEFORE: SignedDuration = SignedDuration::from_mins(5);
/// How long after its end an epoch may take until its receipt is written. Nothing of it opens meanwhile.
/// Its rows may have to wait for a long reader.
pub const RECEIPT_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// When an epoch takes no more events.
pub fn freezes_at(epoch: Epoch) -> Timestamp {
    epoch.ends_at().saturating_sub(FREEZE_BEFORE).unwrap_or(Timestamp::MIN)
}

/// The last epoch for which something is due.
pub fn last_due(now: Timestamp) -> Epoch {
    let life = SignedDuration::from_hours(LIFE_HOURS) - FREEZE_BEFORE;
    Epoch::of(now.saturating_sub(life).unwrap_or(Timestamp::MIN))
}

/// Whether an epoch that is not frozen is late: the alarm comes before the deadline is missed.
pub fn freezing_is_late(epoch: Epoch, now: Timestamp) -> bool {
    now >= epoch.ends_at().saturating_sub(ALARM_BEFORE).unwrap_or(Timestamp::MIN)
}

/// Whether an epoch without a receipt is overdue.
pub fn receipt_is_overdue(epoch: Epoch, now: Timestamp) -> bool {
    now > epoch.ends_at().saturating_add(RECEIPT_WITHIN).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_is_due_from_the_moment_it_freezes() {
        let epoch = Epoch(74_813);
        let freeze = freezes_at(epoch);
        assert_eq!(last_due(freeze), epoch);
        assert_eq!(last_due(freeze - SignedDuration::from_micros(1)), Epoch(74_812));
        assert_eq!(last_due(epoch.ends_at()), epoch);
    }

    #[test]
    fn the_alarm_comes_before_the_deadline() {
        let epoch = Epoch(74_813);
        assert!(!freezing_is_late(epoch, freezes_at(epoch)));
        assert!(freezing_is_late(epoch, epoch.ends_at() - ALARM_BEFORE));
        assert!(!receipt_is_overdue(epoch, epoch.ends_at()));
        assert!(receipt_is_overdue(epoch, epoch.ends_at() + RECEIPT_WITHIN + SignedDuration::from_secs(1)));
    }
}
