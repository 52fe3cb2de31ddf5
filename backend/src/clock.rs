//! The time, passed in. It never goes back: a clock that is set back extends nothing.

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where the time comes from. Cloned handles share it.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
    /// The latest moment ever told or learnt, in microseconds.
    latest: Arc<AtomicI64>,
}

#[derive(Clone, Debug)]
enum Source {
    /// The machine's clock, and by how many microseconds the demo runs ahead of it.
    System(i64),
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Clock {
        Clock::ahead(SignedDuration::ZERO)
    }

    /// The machine's clock, moved: the demo and the tests see ten days pass without waiting for them.
    pub fn ahead(by: SignedDuration) -> Clock {
        let micros = i64::try_from(by.as_micros()).unwrap_or(0);
        Clock { source: Source::System(micros), latest: Arc::new(AtomicI64::new(i64::MIN)) }
    }

    /// A clock that stands still until it is moved.
    pub fn manual(start: Timestamp) -> Clock {
        let micros = start.as_microsecond();
        Clock {
            source: Source::Manual(Arc::new(AtomicI64::new(micros))),
            latest: Arc::new(AtomicI64::new(micros)),
        }
    }

    /// Now, in whole microseconds, and never earlier than ever told before.
    pub fn now(&self) -> Timestamp {
        let told = self.told();
        let latest = self.latest.fetch_max(told, Ordering::SeqCst).max(told);
        Timestamp::from_microsecond(latest).unwrap_or(Timestamp::MAX)
    }

    fn told(&self) -> i64 {
        match &self.source {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
            Source::System(ahead) => Timestamp::now().as_microsecond().saturating_add(*ahead),
            Source::Manual(micros) => micros.load(Ordering::SeqCst),
        }
    }

    /// How far what this clock tells is from another machine's clock, such as the database server's. A spike that
    /// is over still counts, since it is told for ever. A manual clock has no machine to differ from.
    pub fn differs_from(&self, other: Timestamp) -> SignedDuration {
        match &self.source {
            Source::System(ahead) => {
                SignedDuration::from_micros(self.now().as_microsecond() - ahead - other.as_microsecond())
                    .abs()
            }
            Source::Manual(_) => SignedDuration::ZERO,
        }
    }

    /// Whether a moment lies after another machine's present one: somebody's clock ran away when it was written down.
    pub fn is_beyond(&self, moment: Timestamp, other: Timestamp, tolerance: SignedDuration) -> bool {
        match &self.source {
            Source::System(ahead) => {
                moment.as_microsecond() - ahead - other.as_microsecond()
                    > i64::try_from(tolerance.as_micros()).unwrap_or(i64::MAX)
            }
            Source::Manual(_) => false,
        }
    }

    /// Learns of a moment that has certainly passed (the last event of the log), so that a machine
    /// whose clock was set back while the register was down does not bring dead data back to life.
    pub fn at_least(&self, moment: Timestamp) {
        self.latest.fetch_max(moment.as_microsecond(), Ordering::SeqCst);
    }

    /// Moves a manual clock; the machine's own does not move. Backwards is possible and has no effect on [`Clock::now`].
    pub fn advance(&self, by: SignedDuration) {
        if let Source::Manual(micros) = &self.source {
            let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
            micros.fetch_add(by, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_whose_clock_runs_away_differs_from_the_others_and_a_demo_that_runs_ahead_does_not() {
        let others = Clock::system().now();
        let hour = SignedDuration::from_hours(1);
        assert!(Clock::system().differs_from(others) < hour);
        assert!(Clock::ahead(hour * 240).differs_from(others) < hour);
        assert!(Clock::system().differs_from(others + hour * 2) > hour);
        assert!(Clock::system().differs_from(others - hour * 2) > hour);
        let spiked = Clock::system();
        spiked.at_least(others + hour * 240);
        assert!(spiked.differs_from(others) > hour, "a spike that is over is still told");
        assert!(Clock::system().is_beyond(others + hour, others, SignedDuration::from_mins(1)));
        assert!(!Clock::ahead(hour * 240).is_beyond(
            others + hour * 240,
            others,
            SignedDuration::from_mins(1)
        ));
    }

    #[test]
    fn a_clock_that_is_set_back_tells_the_later_time() {
        let start = Timestamp::from_second(1_615_852_800).unwrap();
        let clock = Clock::manual(start);
        clock.advance(SignedDuration::from_hours(2));
        let later = clock.now();
        clock.advance(SignedDuration::from_hours(-5));
        assert_eq!(clock.now(), later);
        clock.at_least(later + SignedDuration::from_hours(1));
        assert_eq!(clock.now(), later + SignedDuration::from_hours(1));
    }
}
