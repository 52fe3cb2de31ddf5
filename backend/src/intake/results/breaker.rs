//! Leaves a service that fails alone for a while, then lets one request find out whether it is well again.

use crate::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The breaker of one service.
pub(super) struct Breaker {
    clock: Clock,
    /// Failures in a row that open it.
    opens_after: u32,
    /// How long it stays open.
    open_for: SignedDuration,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Everybody may ask; so many failures in a row.
    Closed(u32),
    /// Nobody may ask until then.
    Open(Timestamp),
    /// One is asking; the others wait for what comes of it.
    Probing,
}

/// Leave to ask once. Dropped without a word, as when whoever asked went away, it says nothing about the service.
pub(super) struct Pass<'a> {
    breaker: &'a Breaker,
    probes: bool,
    told: bool,
}

impl Breaker {
    pub(super) fn new(clock: Clock, opens_after: u32, open_for: SignedDuration) -> Breaker {
        Breaker { clock, opens_after, open_for, state: Mutex::new(State::Closed(0)) }
    }

    /// Whether nobody may ask now.
    pub(super) fn is_open(&self) -> bool {
        match *self.state() {
            State::Closed(_) => false,
            State::Open(until) => self.clock.now() < until,
            State::Probing => true,
        }
    }

    /// Leave to ask; none while the service is left alone.
    pub(super) fn enter(&self) -> Option<Pass<'_>> {
        let mut state = self.state();
        let probes = match *state {
            State::Closed(_) => false,
            State::Open(until) if self.clock.now() >= until => true,
            State::Open(_) | State::Probing => return None,
        };
        if probes {
            *state = State::Probing;
        }
        Some(Pass { breaker: self, probes, told: false })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, state: &mut State) {
        *state = State::Open(self.clock.now().saturating_add(self.open_for).unwrap_or(Timestamp::MAX));
        metrics::gauge!("register_results_left_alone").set(1.0);
        let seconds = self.open_for.as_secs();
        tracing::warn!(seconds, "the result service fails; it is left alone for a while");
    }
}

impl Pass<'_> {
    /// How it went.
    pub(super) fn tell(mut self, well: bool) {
        self.told = true;
        let breaker = self.breaker;
        let mut state = breaker.state();
        match (*state, well) {
            (State::Closed(_), true) => *state = State::Closed(0),
            (State::Closed(failures), false) if failures.saturating_add(1) < breaker.opens_after => {
                *state = State::Closed(failures + 1);
            }
            (State::Closed(_), false) => breaker.open(&mut state),
            (State::Probing, true) if self.probes => {
                *state = State::Closed(0);
                metrics::gauge!("register_results_left_alone").set(0.0);
                tracing::info!("the result service answers again");
            }
            (State::Probing, false) if self.probes => breaker.open(&mut state),
            // Asked before it opened: old news.
            (State::Open(_) | State::Probing, _) => {}
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut state = self.breaker.state();
        if self.probes && !self.told && *state == State::Probing {
            // The next one finds out.
            *state = State::Open(self.breaker.clock.now());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: SignedDuration = SignedDuration::from_mins(1);

    fn breaker() -> (Clock, Breaker) {
        let clock = Clock::manual(Timestamp::from_second(1_615_852_800).unwrap());
        (clock.clone(), Breaker::new(clock, 3, MINUTE))
    }

    fn asks(breaker: &Breaker, well: bool) -> bool {
        breaker.enter().map(|pass| pass.tell(well)).is_some()
    }

    #[test]
    fn failures_in_a_row_open_it_and_one_success_between_them_does_not() {
        let (_, breaker) = breaker();
        for well in [false, false, true, false, false] {
            assert!(asks(&breaker, well));
        }
        assert!(!breaker.is_open());
        assert!(asks(&breaker, false));
        assert!(breaker.is_open() && !asks(&breaker, true));
    }

    #[test]
    fn after_a_while_one_finds_out_for_all() {
        let (clock, breaker) = breaker();
        (0..3).for_each(|_| assert!(asks(&breaker, false)));
        clock.advance(MINUTE);
        let probe = breaker.enter().unwrap();
        assert!(breaker.enter().is_none(), "one is enough");
        probe.tell(false);
        assert!(breaker.enter().is_none(), "still ill");
        clock.advance(MINUTE);
        breaker.enter().unwrap().tell(true);
        assert!(asks(&breaker, false) && !breaker.is_open(), "the count begins anew");
    }

    #[test]
    fn a_probe_that_goes_away_leaves_the_question_to_the_next() {
        let (clock, breaker) = breaker();
        (0..3).for_each(|_| assert!(asks(&breaker, false)));
        clock.advance(MINUTE);
        drop(breaker.enter().unwrap());
        assert!(asks(&breaker, true) && !breaker.is_open());
    }

    #[test]
    fn what_was_asked_before_it_opened_is_old_news() {
        let (clock, breaker) = breaker();
        let (slow, slower) = (breaker.enter().unwrap(), breaker.enter().unwrap());
        (0..3).for_each(|_| assert!(asks(&breaker, false)));
        slow.tell(true);
        assert!(breaker.is_open());
        clock.advance(MINUTE);
        let probe = breaker.enter().unwrap();
        slower.tell(true);
        assert!(breaker.is_open(), "the probe has not answered");
        probe.tell(true);
        assert!(!breaker.is_open());
    }
}
