//! The last question before an entry is deleted, or kept until its time.

use crate::client::{self, Failure};
use crate::format::moment_prose;
use crate::language::{Key, language, tr, tr_with};
use crate::navigation::focus;
use crate::parts::dialog::Dialog;
use crate::parts::failure::refusal;
use crate::t;
use api::retention::EarlyEnd;
use leptos::prelude::*;

/// What the second person says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It goes at once.
    Delete,
    /// It stays until its time.
    Keep,
}

/// What is being decided, and how it went. It outlives the page, as the answer may.
#[derive(Clone)]
pub struct Desk {
    /// The request whose dialog is open.
    chosen: RwSignal<Option<(Answer, EarlyEnd)>>,
    /// What was done last.
    pub done: ArcRwSignal<Option<Key>>,
    failure: ArcRwSignal<Option<Failure>>,
    sending: ArcRwSignal<bool>,
    refresh: Callback<()>,
}

impl Desk {
    /// Nothing to decide yet.
    pub fn new(refresh: Callback<()>) -> Desk {
        Desk {
            chosen: RwSignal::new(None),
            done: ArcRwSignal::new(None),
            failure: ArcRwSignal::new(None),
            sending: ArcRwSignal::new(false),
            refresh,
        }
    }

    /// Asks the last question.
    pub fn ask(&self, answer: Answer, asked: EarlyEnd) {
        self.done.set(None);
        self.chosen.set(Some((answer, asked)));
    }

    fn close(&self) {
        // The answer may come when the page has gone; then nobody is left to tell.
        let _ = self.chosen.try_set(None);
        self.failure.set(None);
    }

    fn send(&self) {
        let Some((answer, asked)) = self.chosen.get_untracked() else { return };
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        self.failure.set(None);
        let desk = self.clone();
        leptos::task::spawn_local(async move {
            let path = format!("/retention/early-ends/{}", asked.entry);
            let outcome = match answer {
                Answer::Delete => client::post_empty(&format!("{path}/confirmation")).await,
                Answer::Keep => client::delete(&path).await,
            };
            desk.sending.set(false);
            match outcome {
                Ok(()) => desk.finish(answer),
                Err(failure) => desk.failure.set(Some(failure)),
            }
        });
    }

    fn finish(&self, answer: Answer) {
        self.close();
        self.done.set(Some(Key(match answer {
            Answer::Delete => "early-deleted",
            Answer::Keep => "early-kept",
        })));
        let _ = self.refresh.try_run(());
        request_animation_frame(|| focus("early-done"));
    }
}

/// The dialog: open while a request is being decided on.
pub fn decision(desk: Desk) -> AnyView {
    let (chosen, closing) = (desk.chosen, desk.clone());
    let deletes = move || chosen.read().as_ref().is_some_and(|(answer, _)| *answer == Answer::Delete);
    let title = move || tr(if deletes() { "early-delete-title" } else { "early-keep-title" });
    let question = move || chosen.get().map(|(answer, asked)| question(answer, &asked, &desk));
    view! {
        <Dialog
            id="decision-title"
            title=Signal::derive(title)
            open=Signal::derive(move || chosen.read().is_some())
            close=Callback::new(move |()| closing.close())
        >
            {question}
        </Dialog>
    }
    .into_any()
}

fn question(answer: Answer, asked: &EarlyEnd, desk: &Desk) -> AnyView {
    let moment = moment_prose(language(), asked.ends_at);
    let (text, button, colour) = match answer {
        Answer::Delete => ("early-delete-text", "early-delete-button", "danger"),
        Answer::Keep => ("early-keep-text", "early-keep-button", "accent"),
    };
    let (send, close) = (desk.clone(), desk.clone());
    let (sending, refused) = (desk.sending.clone(), refusal(desk.failure.clone()));
    view! {
        <div class="route-form" data-testid="decision">
            <p>{tr_with(text, &[("moment", moment.into())])}</p>
            {refused}
            <div class="buttons">
                <button
                    type="button"
                    class="ds-button"
                    data-color=colour
                    aria-busy=move || sending.get().to_string()
                    on:click=move |_| send.send()
                >
                    {tr(button)}
                </button>
                <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| close.close()>
                    {t!("cancel")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
