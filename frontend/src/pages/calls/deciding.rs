//! What a lead is about to decide: told what would happen first, done with one key, and taken back as one.

use crate::client::{self, Failure};
use crate::moment::{from_local, now};
use crate::navigation::focus;
use crate::parts::fields::is_reason;
use api::calls::{Decide, Decided, DecisionResult, UndoDecision};
use events::call::QueueDirection;
use jiff::civil::DateTime;
use leptos::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How cards can be made to stand, in the order of the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// First.
    First,
    /// For one caller.
    To,
    /// Not before a time.
    SetAside,
    /// As the policy says.
    AsPolicy,
}

/// All ways.
pub const WAYS: [Way; 4] = [Way::First, Way::To, Way::SetAside, Way::AsPolicy];

/// What was answered: before it is done, or after.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// What became of each.
    pub decided: Decided,
    /// Whether it was taken back.
    pub undone: bool,
}

/// The decision. It outlives the page, as an answer may.
#[derive(Clone)]
pub struct Deciding {
    /// The cards.
    pub chosen: ArcRwSignal<BTreeSet<Uuid>>,
    /// How they shall stand.
    pub way: ArcRwSignal<Option<Way>>,
    /// The caller they are for.
    pub caller: ArcRwSignal<String>,
    /// Until when they rest, as the field writes it.
    pub until: ArcRwSignal<String>,
    /// Why.
    pub reason: ArcRwSignal<String>,
    /// Whether it was tried, so that what is missing is told.
    pub tried: ArcRwSignal<bool>,
    /// What would happen with exactly this.
    pub preview: ArcRwSignal<Option<(Decide, Decided)>>,
    /// What was done last.
    pub done: ArcRwSignal<Option<Answered>>,
    /// Why it was not.
    pub failure: ArcRwSignal<Option<Failure>>,
    /// Whether an answer is awaited.
    pub sending: ArcRwSignal<bool>,
    key: ArcRwSignal<Option<(Decide, String)>>,
    refresh: Callback<()>,
}

impl Deciding {
    /// Nothing to decide yet.
    pub fn new(refresh: Callback<()>) -> Deciding {
        Deciding {
            chosen: ArcRwSignal::new(BTreeSet::new()),
            way: ArcRwSignal::new(None),
            caller: ArcRwSignal::new(String::new()),
            until: ArcRwSignal::new(String::new()),
            reason: ArcRwSignal::new(String::new()),
            tried: ArcRwSignal::new(false),
            preview: ArcRwSignal::new(None),
            done: ArcRwSignal::new(None),
            failure: ArcRwSignal::new(None),
            sending: ArcRwSignal::new(false),
            key: ArcRwSignal::new(None),
            refresh,
        }
    }

    /// Chooses a card, or no longer.
    pub fn choose(&self, entry: Uuid, chosen: bool) {
        self.chosen.update(|entries| {
            if chosen {
                entries.insert(entry)
            } else {
                entries.remove(&entry)
            };
        });
    }

    /// How they shall stand, when that is complete.
    pub fn direction(&self) -> Option<QueueDirection> {
        match self.way.get()? {
            Way::First => Some(QueueDirection::First),
            Way::AsPolicy => Some(QueueDirection::AsPolicy),
            Way::To => {
                let caller = self.caller.get();
                (!caller.is_empty()).then_some(QueueDirection::To { caller })
            }
            Way::SetAside => {
                let until = self.until.get().parse::<DateTime>().ok().and_then(from_local)?;
                (until > now()).then_some(QueueDirection::SetAside { until })
            }
        }
    }

    /// What would be sent, when it is complete.
    pub fn content(&self, preview: bool) -> Option<Decide> {
        let direction = self.direction()?;
        let reason = self.reason.get().trim().to_owned();
        let entries: Vec<Uuid> = self.chosen.get().into_iter().collect();
        let complete = is_reason(&reason) && !entries.is_empty();
        complete.then_some(Decide { entries, direction, reason, preview })
    }

    /// Asks what would happen.
    pub fn look(&self) {
        self.tried.set(true);
        let Some(decide) = untrack(|| self.content(true)) else { return };
        self.send(decide, |deciding, decide, decided| {
            deciding.done.set(None);
            deciding.preview.set(Some((Decide { preview: false, ..decide }, decided)));
            request_animation_frame(|| focus("decide-do"));
        });
    }

    /// Does it, when what would happen has been seen.
    pub fn act(&self) {
        let Some((decide, _)) = self.preview.get_untracked() else { return };
        self.send(decide, |deciding, _, decided| {
            deciding.chosen.set(BTreeSet::new());
            deciding.reason.set(String::new());
            deciding.tried.set(false);
            deciding.preview.set(None);
            deciding.end(Answered { decided, undone: false });
        });
    }

    /// Takes back what was done last.
    pub fn undo(&self) {
        let last = self.done.get_untracked().map(|done| done.decided);
        let entries = last.iter().flat_map(|decided| decided.results.iter().map(|one| one.entry)).collect();
        let together = last.and_then(|decided| decided.together);
        let (Some(together), false) = (together, self.sending.get_untracked()) else { return };
        self.sending.set(true);
        self.failure.set(None);
        let deciding = self.clone();
        leptos::task::spawn_local(async move {
            let path = format!("/queue/decisions/{together}/undo");
            let answer = client::post(&path, &UndoDecision { entries }).await;
            deciding.sending.set(false);
            match answer {
                Ok(decided) => deciding.end(Answered { decided, undone: true }),
                Err(failure) => deciding.failure.set(Some(failure)),
            }
        });
    }

    fn end(&self, answered: Answered) {
        self.done.set(Some(answered));
        let _ = self.refresh.try_run(());
        request_animation_frame(|| focus("decide-done"));
    }

    fn send(&self, decide: Decide, take: impl FnOnce(&Deciding, Decide, Decided) + 'static) {
        let (Some(key), false) = (self.key_of(&decide), self.sending.get_untracked()) else { return };
        self.sending.set(true);
        self.failure.set(None);
        let deciding = self.clone();
        leptos::task::spawn_local(async move {
            let answer = client::post_once("/queue/decisions", &key, &decide).await;
            deciding.sending.set(false);
            match answer {
                Ok(decided) => take(&deciding, decide, decided),
                Err(failure) => deciding.failure.set(Some(failure)),
            }
        });
    }

    /// The same for a retry, a new one for another content.
    fn key_of(&self, decide: &Decide) -> Option<String> {
        if let Some((sent, key)) = self.key.get_untracked()
            && sent == *decide
        {
            return Some(key);
        }
        let key = client::new_key()?;
        self.key.set(Some((decide.clone(), key.clone())));
        Some(key)
    }
}

/// How many of the cards came to this.
pub fn count(decided: &Decided, result: DecisionResult) -> u64 {
    decided.results.iter().filter(|one| one.result == result).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::calls::DecidedOne;

    #[test]
    fn results_are_counted_apart() {
        let one = |result| DecidedOne { entry: Uuid::nil(), result };
        let results = [DecisionResult::Changed, DecisionResult::Gone, DecisionResult::Changed].map(one);
        let decided = Decided { together: None, results: results.into() };
        assert_eq!(count(&decided, DecisionResult::Changed), 2);
        assert_eq!(count(&decided, DecisionResult::Held), 0);
    }
}
