//! What is typed and not saved is kept on the server, sealed, and goes with the entry.

use super::desk::{Call, Desk};
use crate::client;
use crate::format::clock;
use crate::language::{language, tr, tr_with};
use crate::moment::now;
use api::calls::Draft;
use gloo_timers::future::TimeoutFuture;
use jiff::Timestamp;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use uuid::Uuid;

const REST_MS: u32 = 800;
const AGAIN_MS: u32 = 5_000;

/// How the draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// Nothing to keep.
    None,
    /// On its way.
    Saving,
    /// Kept.
    Saved(Timestamp),
    /// Not kept; it is tried again.
    Failed,
}

/// Keeps the drafts, one after another.
#[derive(Clone)]
pub struct Drafts {
    state: ArcRwSignal<DraftState>,
    /// What the server has.
    kept: ArcRwSignal<Option<(Uuid, Value)>>,
    sending: Arc<AtomicBool>,
    /// Counts changes: whoever rested and finds another count lets the later one send.
    changes: Arc<AtomicU64>,
}

impl Drafts {
    /// None kept yet.
    pub fn new() -> Drafts {
        Drafts {
            state: ArcRwSignal::new(DraftState::None),
            kept: ArcRwSignal::new(None),
            sending: Arc::default(),
            changes: Arc::default(),
        }
    }

    /// A call begins, or is taken up with what was kept of it.
    pub fn begin(&self, call: Option<&Call>) {
        self.state.set(DraftState::None);
        self.kept.set(call.map(kept));
    }

    /// Something was typed.
    pub fn rest(&self, desk: &Desk) {
        let change = self.changes.fetch_add(1, Ordering::Relaxed) + 1;
        let (drafts, desk) = (self.clone(), desk.clone());
        leptos::task::spawn_local(async move {
            TimeoutFuture::new(REST_MS).await;
            if drafts.changes.load(Ordering::Relaxed) == change {
                drafts.keep(&desk).await;
            }
        });
    }

    /// The field was left: there is nothing to wait for.
    pub fn keep_now(&self, desk: &Desk) {
        let (drafts, desk) = (self.clone(), desk.clone());
        leptos::task::spawn_local(async move { drafts.keep(&desk).await });
    }

    async fn keep(&self, desk: &Desk) {
        if self.sending.swap(true, Ordering::Relaxed) {
            return;
        }
        // What was typed meanwhile goes next.
        while let Some((path, attempt, outcome)) = self.unkept(desk) {
            self.state.set(DraftState::Saving);
            let draft = Draft { attempt, outcome: outcome.clone().into(), saved_at: None };
            let answer = client::replace(&path, &draft).await;
            let still = desk.call.read_untracked().as_ref().is_some_and(|call| call.attempt == attempt);
            match answer {
                _ if !still => self.state.set(DraftState::None),
                Ok(()) => {
                    self.kept.set(Some((attempt, outcome)));
                    self.state.set(DraftState::Saved(now()));
                }
                Err(_) => {
                    self.state.set(DraftState::Failed);
                    TimeoutFuture::new(AGAIN_MS).await;
                }
            }
        }
        self.sending.store(false, Ordering::Relaxed);
    }

    /// What the server does not have yet. While an outcome is being saved nothing is: the draft goes with it.
    fn unkept(&self, desk: &Desk) -> Option<(String, Uuid, Value)> {
        if desk.is_over() || desk.saving.read_untracked().is_going_on() {
            return None;
        }
        let call = desk.call.get_untracked()?;
        let now = kept(&call);
        let path = format!("/entries/{}/draft", call.form.entry);
        (self.kept.read_untracked().as_ref() != Some(&now)).then_some((path, now.0, now.1))
    }
}

fn kept(call: &Call) -> (Uuid, Value) {
    (call.attempt, call.form.filled.read_untracked().draft())
}

/// How the draft is, in words.
pub fn draft_line(desk: &Desk) -> AnyView {
    let state = desk.drafts.state.clone();
    let words = move || match state.get() {
        DraftState::None => String::new(),
        DraftState::Saving => tr("draft-saving"),
        DraftState::Saved(at) => tr_with("draft-saved", &[("time", clock(language(), at).into())]),
        DraftState::Failed => tr("draft-failed"),
    };
    view! { <p class="echo" role="status" data-testid="draft">{words}</p> }.into_any()
}
