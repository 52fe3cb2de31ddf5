//! The caller's desk: the card, the call that goes on, and what has just been saved. It belongs to the tab, not
//! to the page: who looks something up elsewhere finds it as it was left. It lives in memory only.

use super::draft::Drafts;
use super::lease::{self, Hold};
use super::saving::{Saved, Saving};
use crate::client::{self, Failure};
use crate::language::Key;
use crate::navigation::focus;
use crate::outcome_form::{Filled, Form, RESULT};
use crate::parts::digits::focus_group;
use crate::session;
use api::ProblemCode;
use api::calls::{CallSaved, CallerProfile, Card, Dial, NextCall, NobodyBecause, Skip};
use api::entries::EntryRow;
use events::Personal;
use events::call::{CallDirection, SkipReason};
use jiff::Timestamp;
use leptos::prelude::*;
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// Id of the card's heading.
pub const CARD: &str = "card-name";
/// Id of the button that asks for the next card.
pub const NEXT: &str = "call-next";

thread_local! {
    static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
}

/// A call that goes on, or that nobody has said yet what it came to.
#[derive(Clone)]
pub struct Call {
    /// The attempt.
    pub attempt: Uuid,
    /// Who rang whom.
    pub direction: CallDirection,
    /// The number; empty when it is not known here.
    pub phone: Personal<String>,
    /// Whom it is with.
    pub entry: EntryRow,
    /// What has been filled in.
    pub form: Form,
}

/// The desk.
#[derive(Clone)]
pub struct Desk {
    /// The card, or why there is none; nothing before the server was asked.
    pub next: ArcRwSignal<Option<NextCall>>,
    /// The call.
    pub call: ArcRwSignal<Option<Call>>,
    /// A call that waits while another rings in.
    pub aside: ArcRwSignal<Option<Call>>,
    /// The hold on the card.
    pub hold: ArcRwSignal<Option<Hold>>,
    /// The browser's clock, each second while a card is held.
    pub clock: ArcRwSignal<Timestamp>,
    /// What the caller should know.
    pub notice: ArcRwSignal<Option<Key>>,
    /// What was not taken.
    pub failure: ArcRwSignal<Option<Failure>>,
    /// Whether something has been asked for and not been answered.
    pub busy: ArcRwSignal<bool>,
    /// How saving goes.
    pub saving: ArcRwSignal<Saving>,
    /// What was saved last.
    pub saved: ArcRwSignal<Option<Saved>>,
    /// What is kept of what is typed.
    pub drafts: Drafts,
    /// The caller's languages; nothing before the server has told.
    pub profile: ArcRwSignal<Option<CallerProfile>>,
    /// The number dialled without an answer from the server, and the key it was sent with.
    dialled: ArcRwSignal<Option<(Uuid, Personal<String>, String)>>,
    over: Arc<AtomicBool>,
}

/// The desk of this tab.
pub fn desk() -> Desk {
    let there = DESK.with_borrow(Clone::clone);
    there.unwrap_or_else(|| {
        let desk = Desk::new();
        DESK.set(Some(desk.clone()));
        lease::watch(desk.clone());
        desk
    })
}

/// Clears the desk, for whoever comes next. Nothing of it may be sent any more.
pub fn forget() {
    lease::stop();
    if let Some(desk) = DESK.take() {
        desk.over.store(true, Ordering::Relaxed);
    }
}

impl Desk {
    fn new() -> Desk {
        Desk {
            next: ArcRwSignal::new(None),
            call: ArcRwSignal::new(None),
            aside: ArcRwSignal::new(None),
            hold: ArcRwSignal::new(None),
            clock: ArcRwSignal::new(crate::moment::now()),
            notice: ArcRwSignal::new(None),
            failure: ArcRwSignal::new(None),
            busy: ArcRwSignal::new(false),
            saving: ArcRwSignal::new(Saving::No),
            saved: ArcRwSignal::new(None),
            drafts: Drafts::new(),
            profile: ArcRwSignal::new(None),
            dialled: ArcRwSignal::new(None),
            over: Arc::default(),
        }
    }

    /// Whether the desk has been cleared.
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// The card, when there is one.
    pub fn card(&self) -> Option<Box<Card>> {
        match self.next.get() {
            Some(NextCall::Card(card)) => Some(card),
            Some(NextCall::Nobody { .. }) | None => None,
        }
    }

    /// Asks for the card that is held, and for the caller's languages.
    pub fn open(&self) {
        self.run(client::get("/queue/card"), Desk::show);
        let profile = self.profile.clone();
        leptos::task::spawn_local(async move {
            if let Ok(told) = client::get("/queue/me").await {
                profile.set(Some(told));
            }
        });
    }

    /// Asks for the next card.
    pub fn take_next(&self) {
        self.run(client::demand("/queue/next", None), |desk, next| {
            desk.notice.set(None);
            desk.show(next);
        });
    }

    /// Puts a card on the desk, with the call that was left on it.
    pub fn show(&self, next: NextCall) {
        if let NextCall::Card(card) = &next {
            self.hold.set(Some(Hold::new(card.lease)));
            let left = left_call(card);
            self.drafts.begin(left.as_ref());
            self.call.set(left);
            self.saving.set(Saving::No);
        } else {
            self.hold.set(None);
        }
        let place = if matches!(next, NextCall::Card(_)) { CARD } else { NEXT };
        self.next.set(Some(next));
        request_animation_frame(move || focus(place));
    }

    /// Takes the card off the desk.
    pub fn clear(&self) {
        self.show(NextCall::Nobody { because: NobodyBecause::NoCard, again_at: None });
    }

    /// Dials a number of the card, after the server's last look whether it should be.
    pub fn dial(&self, phone: Personal<String>) {
        let Some(card) = untrack(|| self.card()) else { return };
        let fence = self.hold.get_untracked().map(|hold| hold.lease.fence);
        let version = Some(card.version);
        let dial = Dial { direction: CallDirection::Outbound, phone, fence, version };
        let form = form_of(&card, Filled::default());
        self.begin(card.entry, form, dial);
    }

    /// Writes down that a traveller rings. A call that goes on waits.
    pub fn answer(&self, entry: EntryRow, phone: Personal<String>) {
        let kind = super::inbound::script_kind(&entry);
        let language = entry.language.clone();
        let dial = Dial { direction: CallDirection::Inbound, phone, fence: None, version: None };
        let form = Form::new(entry.id, kind, language.as_deref(), Filled::default());
        self.begin(entry, form, dial);
    }

    fn begin(&self, entry: EntryRow, form: Form, dial: Dial) {
        let Some(key) = self.dial_key(entry.id, &dial.phone) else { return };
        self.notice.set(None);
        let (path, sent) = (format!("/entries/{}/calls", entry.id), dial.clone());
        let answer = async move { client::post_once::<_, CallSaved>(&path, &key, &sent).await };
        self.run(answer, move |desk, saved| {
            desk.dialled.set(None);
            let Dial { direction, phone, .. } = dial;
            if direction == CallDirection::Outbound {
                ring(&phone.0);
            } else {
                desk.aside.set(desk.call.get_untracked());
            }
            let call = Call { attempt: saved.attempt, direction, phone, entry, form };
            desk.drafts.begin(Some(&call));
            desk.saved.set(None);
            desk.saving.set(Saving::No);
            desk.call.set(Some(call));
            request_animation_frame(|| focus_group(RESULT));
        });
    }

    /// The same number dialled again, before the server has answered, is the same attempt.
    fn dial_key(&self, entry: Uuid, phone: &Personal<String>) -> Option<String> {
        if let Some((of, number, key)) = self.dialled.get_untracked()
            && (of, &number) == (entry, phone)
        {
            return Some(key);
        }
        let key = client::new_key()?;
        self.dialled.set(Some((entry, phone.clone(), key.clone())));
        Some(key)
    }

    /// Gives the card back.
    pub fn skip(&self, reason: SkipReason) {
        let hold = self.hold.get_untracked();
        let (Some(card), Some(hold)) = (untrack(|| self.card()), hold) else { return };
        let path = format!("/queue/cards/{}/skip", card.entry.id);
        let skip = Skip { fence: hold.lease.fence, reason };
        self.run(async move { client::send_off(&path, &skip).await }, |desk, ()| {
            desk.clear();
            desk.notice.set(Some(Key("skip-done")));
        });
    }

    /// Says which languages the caller speaks.
    pub fn speak(&self, languages: Vec<String>) {
        let profile = CallerProfile { languages };
        self.profile.set(Some(profile.clone()));
        self.run(async move { client::replace("/queue/me", &profile).await }, |_, ()| {});
    }

    fn run<T: 'static>(
        &self,
        question: impl Future<Output = Result<T, Failure>> + 'static,
        take: impl FnOnce(&Desk, T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        let desk = self.clone();
        leptos::task::spawn_local(async move {
            let answer = question.await;
            desk.busy.set(false);
            match answer {
                _ if desk.is_over() => {}
                Ok(answer) => take(&desk, answer),
                Err(failure) => desk.fail(failure),
            }
        });
    }

    /// A card that has changed is fetched again; anything else is told.
    fn fail(&self, failure: Failure) {
        if matches!(failure, Failure::Problem(_)) && failure.code() != Some(ProblemCode::NotLoggedIn) {
            self.dialled.set(None);
        }
        match failure.code() {
            Some(ProblemCode::ChangedMeanwhile) => {
                self.run(client::get("/queue/card"), |desk, next| {
                    let there = matches!(next, NextCall::Card(_));
                    desk.notice.set(Some(Key(if there { "call-changed" } else { "lease-lost" })));
                    desk.show(next);
                });
            }
            // The dialog that asks to log in again tells it.
            Some(ProblemCode::NotLoggedIn) => {}
            _ => self.failure.set(Some(failure)),
        }
    }
}

/// The call that was left on a card: as a draft, or dialled and nothing more.
fn left_call(card: &Card) -> Option<Call> {
    let own_name = session::login().read_untracked().session().map(|session| session.name.clone());
    let latest =
        card.attempts.first().filter(|one| one.outcome.is_none() && Some(&one.caller) == own_name.as_ref());
    let attempt = card.draft.as_ref().map(|draft| draft.attempt).or(latest.map(|one| one.attempt))?;
    let filled = card.draft.clone().map(|draft| Filled::of_draft(draft.outcome.0)).unwrap_or_default();
    Some(Call {
        attempt,
        direction: CallDirection::Outbound,
        phone: Personal::default(),
        entry: card.entry.clone(),
        form: form_of(card, filled),
    })
}

fn form_of(card: &Card, filled: Filled) -> Form {
    let mut form = Form::new(card.entry.id, &card.script_kind, card.language.as_deref(), filled);
    form.ends_at = Some(card.quarantine_ends_at);
    form
}

/// Hands the number to the telephone. Not in the demo: its numbers are invented, their owners may not be.
fn ring(number: &str) {
    if !session::login().read_untracked().session().is_some_and(|session| session.demo) {
        // Fails where no telephone is set up; then the number is dialled by hand.
        let _ = window().location().set_href(&format!("tel:{number}"));
    }
}
