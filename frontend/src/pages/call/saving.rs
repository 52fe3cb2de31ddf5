//! Saving an outcome: the same key until the server answers, "saved" only then, and taking it back at once.

use super::desk::{Call, Desk};
use crate::client::{self, Failure};
use crate::language::Key;
use crate::moment::now;
use crate::navigation::focus;
use crate::outcome_form::{RESULT, concerns_others};
use crate::parts::digits::focus_group;
use crate::session::{self, Login};
use api::ProblemCode;
use api::calls::{CallSaved, Conclude, NextCall};
use events::call::{CallDirection, CallOutcome};
use gloo_timers::future::TimeoutFuture;
use jiff::Timestamp;
use leptos::prelude::*;

/// How long an outcome can be taken back on the screen.
const UNDO_MS: u32 = 10_000;
const FIRST_DELAY_MS: u32 = 1_000;
const LONGEST_DELAY_MS: u32 = 20_000;
/// While nobody is logged in.
const LOOK_AGAIN_MS: u32 = 500;

/// How saving goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    /// It does not.
    No,
    /// Sent.
    Sending,
    /// Not answered; it is sent again.
    Again,
    /// Nobody is logged in; then it is sent again.
    LoggedOut,
    /// The server said no.
    Refused(Failure),
}

impl Saving {
    /// Whether an answer is awaited.
    pub fn is_going_on(&self) -> bool {
        matches!(self, Saving::Sending | Saving::Again | Saving::LoggedOut)
    }
}

/// What was saved last.
#[derive(Clone)]
pub struct Saved {
    /// When.
    pub at: Timestamp,
    /// The call, to be brought back.
    pub call: Call,
    /// The card it was on.
    next: Option<NextCall>,
    /// The key to take it back with; none when the time for that is over.
    pub undo: Option<String>,
}

/// What becomes of an answer that was no success.
#[derive(Debug, PartialEq, Eq)]
enum Then {
    SendAgain,
    LogIn,
    GiveUp,
}

fn then(failure: &Failure) -> Then {
    match failure.code() {
        Some(ProblemCode::NotLoggedIn) => Then::LogIn,
        None | Some(ProblemCode::Unavailable | ProblemCode::Internal | ProblemCode::TooManyRequests) => {
            Then::SendAgain
        }
        Some(_) => Then::GiveUp,
    }
}

impl Desk {
    /// Saves, and takes the next card when asked to.
    pub fn save(&self, and_next: bool) {
        let Some(call) = self.call.get_untracked() else { return };
        if self.saving.read_untracked().is_going_on() {
            return;
        }
        self.notice.set(None);
        let Some(outcome) = call.form.complete() else { return };
        if concerns_others(&outcome) && !call.form.told.read_untracked().is_about(&outcome) {
            // What leaves to whom is to be seen before, not after.
            self.notice.set(Some(Key("leaving-first")));
            return;
        }
        let Some(key) = client::new_key() else { return };
        self.saving.set(Saving::Sending);
        let desk = self.clone();
        leptos::task::spawn_local(async move {
            match desk.send(&call, &key, outcome).await {
                _ if desk.is_over() => {}
                Ok(answer) => desk.finish(call, answer, and_next),
                Err(failure) => {
                    desk.saving.set(Saving::Refused(failure));
                    request_animation_frame(|| focus("call-save-next"));
                }
            }
        });
    }

    async fn send(&self, call: &Call, key: &str, outcome: CallOutcome) -> Result<CallSaved, Failure> {
        let path = format!("/entries/{}/calls/{}/outcome", call.form.entry, call.attempt);
        let conclude = Conclude { outcome };
        let mut delay = FIRST_DELAY_MS;
        loop {
            let failure = match client::put_once(&path, key, &conclude).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            match then(&failure) {
                Then::GiveUp => return Err(failure),
                Then::SendAgain => {
                    self.saving.set(Saving::Again);
                    TimeoutFuture::new(delay).await;
                    delay = (delay * 2).min(LONGEST_DELAY_MS);
                }
                Then::LogIn => {
                    self.saving.set(Saving::LoggedOut);
                    while !self.is_over() && !is_logged_in() {
                        TimeoutFuture::new(LOOK_AGAIN_MS).await;
                    }
                }
            }
            if self.is_over() {
                return Err(failure);
            }
        }
    }

    fn finish(&self, call: Call, answer: CallSaved, and_next: bool) {
        let inbound = call.direction == CallDirection::Inbound;
        let undo = answer.undo_until.and_then(|_| client::new_key());
        let next = (!inbound).then(|| self.next.get_untracked()).flatten();
        let saved = Saved { at: now(), call, next, undo };
        self.saving.set(Saving::No);
        let waiting = self.aside.get_untracked();
        self.aside.set(None);
        self.drafts.begin(waiting.as_ref());
        self.call.set(waiting);
        let card_stays = inbound && untrack(|| self.card()).is_some();
        if !card_stays {
            self.clear();
        }
        if and_next && !card_stays {
            self.take_next();
        }
        self.close_undo_in_time(&saved);
        self.saved.set(Some(saved));
    }

    /// The button must not vanish under whoever is on it.
    fn close_undo_in_time(&self, saved: &Saved) {
        let (desk, attempt) = (self.clone(), saved.call.attempt);
        leptos::task::spawn_local(async move {
            TimeoutFuture::new(UNDO_MS).await;
            let same = |saved: &Saved| saved.call.attempt == attempt;
            if desk.saved.read_untracked().as_ref().is_some_and(same) {
                let on_it = document().active_element().is_some_and(|element| element.id() == "call-undo");
                desk.saved.update(|saved| {
                    if let Some(saved) = saved {
                        saved.undo = None;
                    }
                });
                if on_it {
                    request_animation_frame(|| focus("call-saved"));
                }
            }
        });
    }

    /// Takes back what was saved last: the form comes back as it was.
    pub fn undo(&self) {
        let Some(saved) = self.saved.get_untracked() else { return };
        let (Some(key), false) = (saved.undo.clone(), self.busy.get_untracked()) else { return };
        self.busy.set(true);
        self.failure.set(None);
        let desk = self.clone();
        leptos::task::spawn_local(async move {
            let path = format!("/entries/{}/calls/{}/undo", saved.call.form.entry, saved.call.attempt);
            let answer = client::demand::<CallSaved>(&path, Some(&key)).await;
            desk.busy.set(false);
            match answer {
                _ if desk.is_over() => {}
                Ok(_) => desk.bring_back(saved),
                Err(failure) => desk.failure.set(Some(failure)),
            }
        });
    }

    fn bring_back(&self, saved: Saved) {
        let Saved { call, next, .. } = saved;
        self.saved.set(None);
        if next.is_some() {
            // A card that came meanwhile is still held for the caller; the server gives it again.
            self.hold.set(None);
            self.next.set(next);
        }
        let inbound = call.direction == CallDirection::Inbound;
        self.aside.set(self.call.get_untracked().filter(|_| inbound));
        self.drafts.begin(None);
        self.call.set(Some(call));
        self.notice.set(Some(Key("call-undone")));
        request_animation_frame(|| focus_group(RESULT));
    }
}

fn is_logged_in() -> bool {
    matches!(*session::login().read_untracked(), Login::In(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::Problem;

    fn problem(code: ProblemCode) -> Failure {
        Failure::Problem(Box::new(Problem {
            type_uri: String::new(),
            title: String::new(),
            status: 400,
            detail: String::new(),
            code,
            reference: String::new(),
            errors: Vec::new(),
        }))
    }

    #[test]
    fn an_outcome_is_sent_until_the_server_has_judged_it() {
        assert_eq!(then(&Failure::Offline), Then::SendAgain);
        assert_eq!(then(&Failure::Unreadable), Then::SendAgain);
        assert_eq!(then(&problem(ProblemCode::Unavailable)), Then::SendAgain);
        assert_eq!(then(&problem(ProblemCode::NotLoggedIn)), Then::LogIn);
        assert_eq!(then(&problem(ProblemCode::Refused)), Then::GiveUp);
        assert_eq!(then(&problem(ProblemCode::EntryEnded)), Then::GiveUp);
    }
}
