//! How many requests a second, and how many at once. Whoever waits has a place in the row; who would wait too long is
//! told so at once.

use super::error::Unavailable;
use crate::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long a waiter sleeps at most before it looks at the clock again.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(20);

/// The pace of one service.
pub(super) struct Pace {
    clock: Clock,
    at_once: Semaphore,
    /// Between two requests on average.
    interval: SignedDuration,
    /// How far ahead of the average a burst may run.
    ahead: SignedDuration,
    /// When the next request would be due if all came evenly.
    due: Mutex<Timestamp>,
}

impl Pace {
    /// So many a second, as many of them in one go, and so many at once; at least one of each.
    pub(super) fn new(clock: Clock, per_second: u32, at_once: usize) -> Pace {
        let interval = SignedDuration::from_secs(1) / i32::try_from(per_second.max(1)).unwrap_or(i32::MAX);
        Pace {
            at_once: Semaphore::new(at_once.max(1)),
            interval,
            ahead: SignedDuration::from_secs(1).saturating_sub(interval),
            due: Mutex::new(clock.now()),
            clock,
        }
    }

    /// A turn; it lasts until it is dropped.
    pub(super) async fn turn(&self, within: Duration) -> Result<SemaphorePermit<'_>, Unavailable> {
        tokio::time::timeout(within, self.wait(within)).await.unwrap_or(Err(Unavailable::Busy))
    }

    async fn wait(&self, within: Duration) -> Result<SemaphorePermit<'_>, Unavailable> {
        let permit = self.at_once.acquire().await.map_err(|_| Unavailable::Busy)?;
        let moment = self.reserve(within).ok_or(Unavailable::Busy)?;
        loop {
            let left = moment.duration_since(self.clock.now());
            if left <= SignedDuration::ZERO {
                return Ok(permit);
            }
            tokio::time::sleep(left.unsigned_abs().min(LOOK_AGAIN_AFTER)).await;
        }
    }

    /// The moment of the next free place, if it is near enough.
    fn reserve(&self, within: Duration) -> Option<Timestamp> {
        let now = self.clock.now();
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (*due).max(now);
        let moment = place.saturating_sub(self.ahead).unwrap_or(now);
        if moment.duration_since(now) > SignedDuration::try_from(within).unwrap_or(SignedDuration::MAX) {
            return None;
        }
        *due = place.saturating_add(self.interval).unwrap_or(Timestamp::MAX);
        Some(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn clock() -> Clock {
        Clock::manual(Timestamp::from_second(1_615_852_800).unwrap())
    }

    #[test]
    fn a_second_has_so_many_places_and_no_more() {
        let clock = clock();
        let pace = Pace::new(clock.clone(), 5, 1);
        let mut taken = 0;
        for _ in 0..1_000 {
            if pace.reserve(Duration::ZERO).is_some() {
                taken += 1;
            }
            clock.advance(SignedDuration::from_millis(10));
        }
        // Ten seconds of five, and the burst with which it began.
        assert_eq!(taken, 50 + 4);
    }

    #[test]
    fn who_would_wait_too_long_is_told_so_and_takes_no_place() {
        let clock = clock();
        let pace = Pace::new(clock.clone(), 2, 1);
        let now = clock.now();
        let waits = |within| pace.reserve(within).map(|moment| moment.duration_since(now).as_millis().max(0));
        assert_eq!(
            [waits(SECOND), waits(SECOND), waits(SECOND), waits(SECOND)],
            [Some(0), Some(0), Some(500), Some(1_000)]
        );
        assert_eq!(waits(SECOND), None);
        assert_eq!(waits(SECOND * 2), Some(1_500));
    }

    #[tokio::test]
    async fn so_many_at_once_and_the_next_when_one_is_done() {
        let pace = Pace::new(clock(), 100, 2);
        let (one, two) = (pace.turn(SECOND).await.unwrap(), pace.turn(SECOND).await.unwrap());
        assert_eq!(pace.turn(Duration::from_millis(20)).await.err(), Some(Unavailable::Busy));
        drop(one);
        assert!(pace.turn(SECOND).await.is_ok());
        drop(two);
    }

    #[tokio::test]
    async fn a_waiter_goes_when_the_clock_says_so() {
        let clock = clock();
        let pace = Pace::new(clock.clone(), 1, 2);
        drop(pace.turn(SECOND).await.unwrap());
        let waiting = pace.turn(SECOND * 10);
        tokio::pin!(waiting);
        let early = tokio::time::timeout(Duration::from_millis(60), &mut waiting).await;
        assert!(early.is_err(), "the clock stands still");
        clock.advance(SignedDuration::from_secs(1));
        assert!(waiting.await.is_ok());
    }
}
