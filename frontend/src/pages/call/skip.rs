//! Giving a card back. A reason is needed; the lead sees it.

use super::desk::Desk;
use crate::parts::dialog::Dialog;
use crate::parts::digits::{Digits, digits};
use crate::parts::outcome::word;
use crate::t;
use events::call::SkipReason;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const REASONS: [SkipReason; 5] = [
    SkipReason::KnowsTheTraveller,
    SkipReason::LanguageNotSpoken,
    SkipReason::JustSpokenWith,
    SkipReason::CardLooksWrong,
    SkipReason::ShiftEnds,
];

/// The button and its dialog.
pub fn skip(desk: &Desk) -> AnyView {
    let open = RwSignal::new(false);
    let desk = desk.clone();
    let form = move || open.get().then(|| form(&desk, open));
    view! {
        <div>
            <button
                type="button"
                class="ds-button"
                data-variant="tertiary"
                id="call-skip"
                on:click=move |_| open.set(true)
            >
                {t!("skip")} " " <kbd aria-hidden="true">"h"</kbd>
            </button>
        </div>
        <Dialog
            id="skip-title"
            title=Signal::derive(t!("skip-title"))
            open
            close=Callback::new(move |()| open.set(false))
        >
            {form}
        </Dialog>
    }
    .into_any()
}

fn form(desk: &Desk, open: RwSignal<bool>) -> AnyView {
    let reason = RwSignal::new(None::<SkipReason>);
    let tried = RwSignal::new(false);
    let desk = desk.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if let Some(reason) = reason.get_untracked() {
            open.set(false);
            desk.skip(reason);
        }
    };
    let group = digits(Digits {
        id: "skip-reason".to_owned(),
        legend: t!("skip-reason").into_any(),
        options: REASONS.map(|one| word("skip", &one).into_any()).into(),
        many: false,
        chosen: Callback::new(move |at: usize| {
            reason.get().is_some() && reason.get() == REASONS.get(at).copied()
        }),
        choose: Callback::new(move |(at, _): (usize, bool)| reason.set(REASONS.get(at).copied())),
    });
    let missing = move || {
        let missing = tried.get() && reason.get().is_none();
        missing.then(|| view! { <span class="ds-validation-message">{t!("skip-missing")}</span> })
    };
    view! {
        <form class="route-form" on:submit=submit>
            {group}
            <p role="alert">{missing}</p>
            <div class="buttons">
                <button type="submit" class="ds-button">{t!("skip-send")}</button>
                <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| open.set(false)>
                    {t!("cancel")}
                </button>
            </div>
        </form>
    }
    .into_any()
}
