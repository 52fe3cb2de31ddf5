//! Delegations of a municipal doctor: who may be let in, for how long, and when a delegation sleeps.

use crate::rules::moments::norwegian_day_of;
use api::delegations::{Delegation, DelegationState};
use events::DelegationEvent;
use events::delegation::{DelegationConfirmed, DelegationGiven, DelegationWithdrawn};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

/// What has not been confirmed for this long gives no access.
pub const CONFIRM_WITHIN: SignedDuration = SignedDuration::from_hours(31 * 24);
/// For this long before that, the doctor is reminded.
const REMIND_BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A delegation reaches no further ahead than this.
const MONTHS_MAX: i32 = 3;
/// Those that are over are listed for so many days more.
const LISTED_AFTER: SignedDuration = SignedDuration::from_hours(31 * 24);
/// Characters of a name or an id at most.
const CHARS_MAX: usize = 120;

/// Why a rule says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The user is not named, or too long.
    #[error("1 to 120 characters")]
    User,
    /// The name is missing, or too long.
    #[error("1 to 120 characters")]
    Name,
    /// The doctor needs none.
    #[error("somebody else than the doctor")]
    Oneself,
    /// The last day is over, or too far ahead.
    #[error("from today to three months ahead")]
    Until,
    /// They have one that has not ended: it is confirmed or taken back instead.
    #[error("somebody without a delegation that has not ended")]
    HasOne,
    /// There is no such delegation here.
    #[error("no such delegation")]
    Unknown,
    /// It has ended or was taken back.
    #[error("it is over")]
    Over,
    /// The id was used for another delegation.
    #[error("the id was used for something else")]
    IdUsed,
}

/// A delegation as its events tell.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    given: DelegationGiven,
    confirmed_at: Timestamp,
    withdrawn_at: Option<Timestamp>,
}

impl Known {
    fn sleeps_from(&self) -> Timestamp {
        self.confirmed_at.saturating_add(CONFIRM_WITHIN).unwrap_or(Timestamp::MAX)
    }

    fn state(&self, now: Timestamp) -> DelegationState {
        if self.withdrawn_at.is_some() {
            DelegationState::Withdrawn
        } else if self.given.until < norwegian_day_of(now) {
            DelegationState::Ended
        } else if self.sleeps_from() <= now {
            DelegationState::Asleep
        } else {
            DelegationState::Living
        }
    }

    fn is_over(&self, now: Timestamp) -> bool {
        match self.state(now) {
            DelegationState::Living | DelegationState::Asleep => false,
            DelegationState::Ended | DelegationState::Withdrawn => true,
        }
    }

    /// Whether it is listed: while it is not over, and a while after.
    fn is_listed(&self, now: Timestamp) -> bool {
        let before = now.saturating_sub(LISTED_AFTER).unwrap_or(Timestamp::MIN);
        match self.withdrawn_at {
            Some(at) => before < at,
            None => norwegian_day_of(before) <= self.given.until,
        }
    }

    fn told(&self, now: Timestamp) -> Delegation {
        let (given, before) = (&self.given, self.sleeps_from());
        let remind = before.saturating_sub(REMIND_BEFORE).unwrap_or(before);
        Delegation {
            id: given.delegation,
            user: given.user.clone(),
            name: given.name.clone(),
            health: given.health,
            until: given.until,
            given_by: given.given_by.clone(),
            confirmed_at: self.confirmed_at,
            confirm_before: before,
            confirm_now: remind <= now && !self.is_over(now),
            state: self.state(now),
        }
    }
}

/// All delegations of a municipality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book(Vec<Known>);

impl Book {
    /// What an event changes, by the moment it was recorded.
    pub fn evolve(&mut self, event: DelegationEvent, at: Timestamp) {
        match event {
            DelegationEvent::Given(given) => {
                self.0.push(Known { given, confirmed_at: at, withdrawn_at: None });
            }
            DelegationEvent::Confirmed(DelegationConfirmed { delegation, .. }) => {
                self.change(delegation, |known| known.confirmed_at = at);
            }
            DelegationEvent::Withdrawn(DelegationWithdrawn { delegation, .. }) => {
                self.change(delegation, |known| known.withdrawn_at = Some(at));
            }
        }
    }

    fn change(&mut self, id: Uuid, change: impl Fn(&mut Known)) {
        self.0.iter_mut().filter(|known| known.given.delegation == id).for_each(change);
    }

    fn find(&self, id: Uuid) -> Option<&Known> {
        self.0.iter().find(|known| known.given.delegation == id)
    }

    /// Whether a living delegation lets a user work with exactly that access.
    pub fn admits(&self, user: &str, health: bool, now: Timestamp) -> bool {
        let of_user = |known: &&Known| known.given.user == user && known.given.health == health;
        self.0.iter().filter(of_user).any(|known| known.state(now) == DelegationState::Living)
    }

    /// Whether a user ever had a delegation.
    pub fn names(&self, user: &str) -> bool {
        self.0.iter().any(|known| known.given.user == user)
    }

    /// One delegation.
    pub fn told(&self, id: Uuid, now: Timestamp) -> Option<Delegation> {
        self.find(id).map(|known| known.told(now))
    }

    /// Those that are not over by name, then those that ended lately.
    pub fn list(&self, now: Timestamp) -> Vec<Delegation> {
        let mut known: Vec<&Known> = self.0.iter().filter(|known| known.is_listed(now)).collect();
        known.sort_by(|a, b| (a.is_over(now), &a.given.name).cmp(&(b.is_over(now), &b.given.name)));
        known.into_iter().map(|known| known.told(now)).collect()
    }

    /// Gives one. Given again under the same id, it is there already. `doctor` is the user who gives it.
    pub fn give(
        &self,
        given: DelegationGiven,
        doctor: &str,
        now: Timestamp,
    ) -> Result<Option<DelegationEvent>, Refusal> {
        if let Some(known) = self.find(given.delegation) {
            return if known.given == given { Ok(None) } else { Err(Refusal::IdUsed) };
        }
        let today = norwegian_day_of(now);
        let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= CHARS_MAX;
        if !fits(&given.user) {
            return Err(Refusal::User);
        }
        if !fits(&given.name) {
            return Err(Refusal::Name);
        }
        if given.user == doctor {
            return Err(Refusal::Oneself);
        }
        if given.until < today || until_max(now) < given.until {
            return Err(Refusal::Until);
        }
        if self.0.iter().any(|known| known.given.user == given.user && !known.is_over(now)) {
            return Err(Refusal::HasOne);
        }
        Ok(Some(given.into()))
    }

    /// Confirms one; that wakes it.
    pub fn confirm(&self, id: Uuid, by: &str, now: Timestamp) -> Result<DelegationEvent, Refusal> {
        let known = self.find(id).ok_or(Refusal::Unknown)?;
        if known.is_over(now) {
            return Err(Refusal::Over);
        }
        Ok(DelegationConfirmed { delegation: id, confirmed_by: by.to_owned() }.into())
    }

    /// Takes one back; nothing when that has been done.
    pub fn withdraw(&self, id: Uuid, by: &str) -> Result<Option<DelegationEvent>, Refusal> {
        let known = self.find(id).ok_or(Refusal::Unknown)?;
        let withdrawn = DelegationWithdrawn { delegation: id, withdrawn_by: by.to_owned() };
        Ok(known.withdrawn_at.is_none().then(|| withdrawn.into()))
    }
}

/// The last day that a new delegation may have.
pub fn until_max(now: Timestamp) -> Date {
    norwegian_day_of(now).saturating_add(MONTHS_MAX.months())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Timestamp {
        Timestamp::from_second(1_615_809_600).unwrap()
    }

    fn after(days: i64) -> Timestamp {
        start() + SignedDuration::from_hours(24 * days)
    }

    fn given(n: u128, user: &str, days: i64) -> DelegationGiven {
        DelegationGiven {
            delegation: Uuid::from_u128(n),
            municipality: "4601".to_owned(),
            user: user.to_owned(),
            name: "Jonas".to_owned(),
            health: true,
            until: norwegian_day_of(after(days)),
            given_by: "Ingrid".to_owned(),
        }
    }

    fn book(days: i64) -> Book {
        let mut book = Book::default();
        book.evolve(given(1, "jonas", days).into(), start());
        book
    }

    #[test]
    fn it_lets_in_whom_it_names_with_that_access_until_it_sleeps() {
        let book = book(60);
        assert!(book.admits("jonas", true, start()));
        assert!(!book.admits("jonas", false, start()));
        assert!(!book.admits("siri", true, start()));
        let last = after(31) - SignedDuration::from_secs(1);
        assert!(book.admits("jonas", true, last));
        assert!(!book.admits("jonas", true, after(31)));
    }

    #[test]
    fn confirming_wakes_it_and_its_last_day_ends_it() {
        let mut book = book(60);
        let confirmed = book.confirm(Uuid::from_u128(1), "Ingrid", after(40)).unwrap();
        book.evolve(confirmed, after(40));
        assert!(book.admits("jonas", true, after(59)));
        assert!(!book.admits("jonas", true, after(62)));
        assert_eq!(book.confirm(Uuid::from_u128(1), "Ingrid", after(62)), Err(Refusal::Over));
    }

    #[test]
    fn taken_back_it_lets_nobody_in_and_cannot_be_woken() {
        let mut book = book(60);
        let withdrawn = book.withdraw(Uuid::from_u128(1), "Ingrid").unwrap().unwrap();
        book.evolve(withdrawn, after(1));
        assert!(!book.admits("jonas", true, after(1)));
        assert_eq!(book.withdraw(Uuid::from_u128(1), "Ingrid"), Ok(None));
        assert_eq!(book.confirm(Uuid::from_u128(1), "Ingrid", after(1)), Err(Refusal::Over));
        assert!(book.give(given(2, "jonas", 30), "ingrid", after(1)).unwrap().is_some());
        assert!(book.list(after(31)).len() == 1 && book.list(after(33)).is_empty());
    }

    #[test]
    fn what_cannot_be_given_is_refused() {
        let book = book(60);
        let refused = |given, now| book.give(given, "ingrid", now).unwrap_err();
        assert_eq!(refused(given(2, " ", 30), start()), Refusal::User);
        assert_eq!(refused(given(2, "ingrid", 30), start()), Refusal::Oneself);
        assert_eq!(refused(given(2, "siri", -1), start()), Refusal::Until);
        assert_eq!(refused(given(2, "siri", 93), start()), Refusal::Until);
        assert_eq!(refused(given(2, "jonas", 30), start()), Refusal::HasOne);
        assert_eq!(refused(given(2, "jonas", 50), after(40)), Refusal::HasOne, "it sleeps, and can be woken");
        assert_eq!(refused(given(1, "siri", 30), start()), Refusal::IdUsed);
        assert_eq!(book.give(given(1, "jonas", 60), "ingrid", after(70)), Ok(None), "a retry");
        assert_eq!(book.confirm(Uuid::from_u128(9), "Ingrid", start()), Err(Refusal::Unknown));
    }

    #[test]
    fn the_doctor_is_reminded_a_week_before_it_sleeps() {
        let book = book(60);
        let remind = |now| book.list(now)[0].confirm_now;
        assert!(!remind(after(23)) && remind(after(24)) && remind(after(40)) && !remind(after(62)));
    }
}
