//! Answers that were looked up before anybody needed them. They live in memory alone, for a few minutes, under a
//! keyed digest of the number that was asked for; what goes is wiped.

use crate::clock::Clock;
use crate::entropy::Entropy;
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zeroize::{Zeroize, Zeroizing};

/// Answers by number. Cloned handles share them.
pub struct Ahead<T: Zeroize> {
    inside: Arc<Inside<T>>,
}

struct Inside<T: Zeroize> {
    clock: Clock,
    /// Known to this process alone, so that nobody finds out by trying whose answer is here.
    key: Zeroizing<[u8; 32]>,
    /// Answers that are kept at most.
    most: usize,
    /// How long one is kept.
    lives: SignedDuration,
    kept: Mutex<HashMap<[u8; 32], Kept<T>>>,
}

/// An answer and its age.
pub struct Kept<T: Zeroize> {
    /// The answer; wiped when nobody holds it any more.
    pub answer: Arc<Zeroizing<T>>,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

impl<T: Zeroize> Clone for Ahead<T> {
    fn clone(&self) -> Self {
        Ahead { inside: self.inside.clone() }
    }
}

impl<T: Zeroize> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Kept { answer: self.answer.clone(), asked_at: self.asked_at }
    }
}

impl<T: Zeroize> Ahead<T> {
    /// Room for so many answers, each for so long.
    pub fn new(clock: Clock, entropy: &Entropy, most: usize, lives: SignedDuration) -> Ahead<T> {
        let key = Zeroizing::new(entropy.bytes());
        Ahead { inside: Arc::new(Inside { clock, key, most, lives, kept: Mutex::default() }) }
    }

    /// Keeps what was answered about a number. An older answer makes room; a later one stays.
    pub fn keep(&self, number: &str, answer: T, asked_at: Timestamp) {
        let answer = Arc::new(Zeroizing::new(answer));
        let name = self.name(number);
        let mut kept = self.fresh();
        if self.is_over(asked_at) || kept.get(&name).is_some_and(|other| other.asked_at > asked_at) {
            return;
        }
        kept.insert(name, Kept { answer, asked_at });
        while kept.len() > self.inside.most {
            let oldest = kept.iter().min_by_key(|(_, kept)| kept.asked_at).map(|(name, _)| *name);
            let Some(oldest) = oldest else { return };
            kept.remove(&oldest);
        }
    }

    /// What was answered about a number, if that is not too long ago.
    pub fn get(&self, number: &str) -> Option<Kept<T>> {
        let name = self.name(number);
        self.fresh().get(&name).cloned()
    }

    /// Forgets what was answered about a number: something has been told since, or its entry has ended.
    pub fn forget(&self, number: &str) {
        let name = self.name(number);
        self.fresh().remove(&name);
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.fresh().clear();
    }

    /// Forgets what is too old, and says how many answers are left. Every other call does so too; this one is for
    /// when there are none.
    pub fn sweep(&self) -> usize {
        self.fresh().len()
    }

    /// Without those whose time is over.
    fn fresh(&self) -> MutexGuard<'_, HashMap<[u8; 32], Kept<T>>> {
        let mut kept = self.inside.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, kept| !self.is_over(kept.asked_at));
        kept
    }

    fn is_over(&self, asked_at: Timestamp) -> bool {
        self.inside.clock.now().duration_since(asked_at) >= self.inside.lives
    }

    fn name(&self, number: &str) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&*self.inside.key)
            .unwrap_or_else(|_| unreachable!("HMAC takes keys of every length"));
        mac.update(number.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const LIVES: SignedDuration = SignedDuration::from_mins(10);

    /// Counts how often it is wiped.
    struct Told(u8, Arc<AtomicUsize>);

    impl Zeroize for Told {
        fn zeroize(&mut self) {
            self.0 = 0;
            self.1.fetch_add(1, Ordering::SeqCst);
        }
    }

    struct Table {
        clock: Clock,
        ahead: Ahead<Told>,
        wiped: Arc<AtomicUsize>,
    }

    impl Table {
        fn new(most: usize) -> Table {
            let clock = Clock::manual(Timestamp::from_second(1_615_852_800).unwrap());
            let ahead = Ahead::new(clock.clone(), &Entropy::seeded(1), most, LIVES);
            Table { clock, ahead, wiped: Arc::default() }
        }

        fn keep(&self, number: &str, answer: u8) {
            self.ahead.keep(number, Told(answer, self.wiped.clone()), self.clock.now());
        }

        fn get(&self, number: &str) -> Option<(u8, i64)> {
            let kept = self.ahead.get(number)?;
            Some((kept.answer.0, self.clock.now().duration_since(kept.asked_at).as_secs()))
        }

        fn wiped(&self) -> usize {
            self.wiped.load(Ordering::SeqCst)
        }
    }

    #[test]
    fn an_answer_has_an_age_and_an_end() {
        let table = Table::new(10);
        table.keep("1", 7);
        table.clock.advance(SignedDuration::from_secs(599));
        assert_eq!((table.get("1"), table.get("2")), (Some((7, 599)), None));
        table.clock.advance(SignedDuration::from_secs(1));
        assert_eq!((table.get("1"), table.wiped()), (None, 1));
        table.ahead.keep("1", Told(8, table.wiped.clone()), table.clock.now() - LIVES);
        assert_eq!((table.ahead.sweep(), table.wiped()), (0, 2), "it came too late");
    }

    #[test]
    fn the_oldest_makes_room_and_an_older_answer_replaces_none() {
        let table = Table::new(2);
        for (number, answer) in [("1", 1), ("2", 2), ("3", 3)] {
            table.keep(number, answer);
            table.clock.advance(SignedDuration::from_secs(1));
        }
        assert_eq!([table.get("1"), table.get("2"), table.get("3")], [None, Some((2, 2)), Some((3, 1))]);
        let earlier = table.clock.now() - SignedDuration::from_secs(9);
        table.ahead.keep("3", Told(9, table.wiped.clone()), earlier);
        assert_eq!(table.get("3"), Some((3, 1)));
    }

    #[test]
    fn what_goes_is_wiped_when_its_last_reader_is_done() {
        let table = Table::new(10);
        table.keep("1", 1);
        table.keep("2", 2);
        table.keep("3", 3);
        let reader = table.ahead.get("1").unwrap();
        table.ahead.forget("1");
        assert_eq!((table.get("1"), table.wiped(), reader.answer.0), (None, 0, 1));
        drop(reader);
        assert_eq!(table.wiped(), 1);
        let Table { ahead, wiped, .. } = table;
        drop(ahead);
        assert_eq!(wiped.load(Ordering::SeqCst), 3);
    }

    #[test]
    fn a_number_is_not_among_what_is_kept() {
        let table = Table::new(10);
        table.keep("20914695016", 1);
        let kept = table.ahead.inside.kept.lock().unwrap();
        let plain: [u8; 32] =
            sha2::Digest::finalize(<Sha256 as sha2::Digest>::new_with_prefix("20914695016")).into();
        assert!(kept.keys().all(|name| *name != plain && !name.starts_with(b"2091")));
        drop(kept);
        let other: Ahead<Told> = Ahead::new(table.clock.clone(), &Entropy::seeded(2), 1, LIVES);
        assert_ne!(
            other.name("20914695016"),
            table.ahead.name("20914695016"),
            "another process, another name"
        );
    }
}
