//! What an inspector does about referrals: several at once, and saying it twice changes nothing.

use crate::client::{self, Failure};
use crate::navigation::focus;
use api::referrals::{Acknowledge, CloseReferrals, Inspected, InspectionResult, ReturnForMore};
use events::Personal;
use events::referral::{InspectionOutcome, MoreWanted};
use leptos::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Take in hand.
    Acknowledge,
    /// Ask for more.
    Return,
    /// Close.
    Close,
}

/// What was done last: what, to how many, and how many were closed or gone meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// What.
    pub what: What,
    /// To how many.
    pub count: u64,
    /// How many could not be acted on any more.
    pub missed: u64,
}

/// What is chosen, asked and done. It outlives the page, as an answer may.
#[derive(Clone)]
pub struct Acting {
    /// Referrals that are left out; all others are chosen.
    left_out: ArcRwSignal<BTreeSet<Uuid>>,
    /// What is asked about which, while the dialog is open.
    pub asked: RwSignal<Option<(What, Vec<Uuid>)>>,
    /// What more is wanted.
    pub wanted: ArcRwSignal<BTreeSet<MoreWanted>>,
    /// Words about it.
    pub note: ArcRwSignal<String>,
    /// What came of it.
    pub outcome: ArcRwSignal<Option<InspectionOutcome>>,
    /// Whether it was tried, so that what is missing is told.
    pub tried: ArcRwSignal<bool>,
    /// Why it was not done.
    pub failure: ArcRwSignal<Option<Failure>>,
    /// Whether an answer is awaited.
    pub sending: ArcRwSignal<bool>,
    /// What was done last.
    pub done: ArcRwSignal<Option<Done>>,
    refresh: Callback<()>,
}

impl Acting {
    /// Nothing is asked yet.
    pub fn new(refresh: Callback<()>) -> Acting {
        Acting {
            left_out: ArcRwSignal::new(BTreeSet::new()),
            asked: RwSignal::new(None),
            wanted: ArcRwSignal::new(BTreeSet::new()),
            note: ArcRwSignal::new(String::new()),
            outcome: ArcRwSignal::new(None),
            tried: ArcRwSignal::new(false),
            failure: ArcRwSignal::new(None),
            sending: ArcRwSignal::new(false),
            done: ArcRwSignal::new(None),
            refresh,
        }
    }

    /// Whether one is chosen.
    pub fn is_chosen(&self, referral: Uuid) -> bool {
        !self.left_out.read().contains(&referral)
    }

    /// Chooses one, or leaves it out.
    pub fn choose(&self, referral: Uuid, chosen: bool) {
        self.left_out.update(|left_out| {
            if chosen {
                left_out.remove(&referral);
            } else {
                left_out.insert(referral);
            }
        });
    }

    /// The chosen ones of these.
    pub fn chosen_of(&self, here: &[Uuid]) -> Vec<Uuid> {
        here.iter().copied().filter(|referral| self.is_chosen(*referral)).collect()
    }

    /// Taking in hand is done at once; what needs more words opens its dialog.
    pub fn ask(&self, what: What, here: &[Uuid]) {
        let chosen = untrack(|| self.chosen_of(here));
        self.done.set(None);
        self.failure.set(None);
        self.tried.set(false);
        if chosen.is_empty() {
            return;
        }
        match what {
            What::Acknowledge => {
                let body = Acknowledge { referrals: chosen };
                self.send(what, async move {
                    client::post("/inspectorate/referrals/acknowledgement", &body).await
                });
            }
            What::Return | What::Close => self.asked.set(Some((what, chosen))),
        }
    }

    /// Closes the dialog.
    pub fn cancel(&self) {
        // The answer may come when the page has gone; then nobody is left to tell.
        let _ = self.asked.try_set(None);
    }

    /// Whether what the dialog asks for is there.
    pub fn is_complete(&self, what: What) -> bool {
        match what {
            What::Acknowledge => true,
            What::Return => !self.wanted.read().is_empty(),
            What::Close => self.outcome.read().is_some(),
        }
    }

    /// Sends what the dialog asked for.
    pub fn submit(&self) {
        self.tried.set(true);
        let Some((what, referrals)) = self.asked.get_untracked() else { return };
        if !untrack(|| self.is_complete(what)) {
            return;
        }
        match (what, self.outcome.get_untracked()) {
            (What::Close, Some(outcome)) => {
                let body = CloseReferrals { referrals, outcome };
                self.send(what, async move { client::post("/inspectorate/referrals/closing", &body).await });
            }
            (What::Return, _) => {
                let note = self.note.get_untracked().trim().to_owned();
                let note = (!note.is_empty()).then_some(Personal(note));
                let wanted = self.wanted.get_untracked().into_iter().collect();
                let body = ReturnForMore { referrals, wanted, note };
                self.send(what, async move { client::post("/inspectorate/referrals/return", &body).await });
            }
            (What::Close, None) | (What::Acknowledge, _) => {}
        }
    }

    fn send(&self, what: What, request: impl Future<Output = Result<Inspected, Failure>> + 'static) {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        self.failure.set(None);
        let acting = self.clone();
        leptos::task::spawn_local(async move {
            let answer = request.await;
            acting.sending.set(false);
            match answer {
                Ok(inspected) => acting.finish(done(what, &inspected)),
                Err(failure) => acting.failure.set(Some(failure)),
            }
        });
    }

    fn finish(&self, done: Done) {
        self.cancel();
        self.wanted.set(BTreeSet::new());
        self.note.set(String::new());
        self.outcome.set(None);
        self.done.set(Some(done));
        let _ = self.refresh.try_run(());
        request_animation_frame(|| focus("inspect-done"));
    }
}

fn done(what: What, inspected: &Inspected) -> Done {
    let is_missed = |result| matches!(result, InspectionResult::Closed | InspectionResult::Gone);
    let missed = inspected.results.iter().filter(|one| is_missed(one.result)).count() as u64;
    Done { what, count: inspected.results.len() as u64 - missed, missed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::referrals::InspectedOne;

    #[test]
    fn what_is_gone_is_counted_apart() {
        let one = |result| InspectedOne { referral: Uuid::nil(), result };
        use InspectionResult::{Closed, Done as Did, Gone, Unchanged};
        let results = [Did, Unchanged, Gone, Closed].map(one).into();
        let said = done(What::Return, &Inspected { results });
        assert_eq!(said, Done { what: What::Return, count: 2, missed: 2 });
    }
}
