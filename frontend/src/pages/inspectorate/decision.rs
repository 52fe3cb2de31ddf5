//! The dialog in which an inspector asks for more or closes, and what was done.

use super::acting::{Acting, Done, What};
use crate::language::{tr, tr_count};
use crate::parts::dialog::Dialog;
use crate::parts::failure::refusal;
use crate::parts::outcome::word;
use crate::t;
use events::referral::{InspectionOutcome, MoreWanted};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const WANTED: [MoreWanted; 5] =
    [MoreWanted::Address, MoreWanted::Employer, MoreWanted::Lodging, MoreWanted::Work, MoreWanted::StillSo];
/// Characters of a note at most.
const NOTE_MAX: usize = 500;

/// What was done last, and the dialog: open while something is asked.
pub fn decision(acting: &Acting) -> AnyView {
    let (asked, closing) = (acting.asked, acting.clone());
    let closes = move || asked.read().as_ref().is_some_and(|(what, _)| *what == What::Close);
    let title = move || tr(if closes() { "inspect-close-title" } else { "inspect-return-title" });
    let within = acting.clone();
    let form = move || asked.get().map(|(what, referrals)| form(&within, what, referrals.len()));
    let (done, outside) = (acting.done.clone(), acting.failure.clone());
    let refused = move || asked.read().is_none().then(|| refusal(outside.clone()));
    view! {
        <p id="inspect-done" class="done" tabindex="-1" role="status">{move || done.get().map(words)}</p>
        {refused}
        <Dialog
            id="inspect-title"
            title=Signal::derive(title)
            open=Signal::derive(move || asked.read().is_some())
            close=Callback::new(move |()| closing.cancel())
        >
            {form}
        </Dialog>
    }
    .into_any()
}

fn words(done: Done) -> String {
    let key = match done.what {
        What::Acknowledge => "inspect-acknowledged",
        What::Return => "inspect-returned",
        What::Close => "inspect-closed",
    };
    let said = tr_count(key, done.count);
    match done.missed {
        0 => said,
        missed => format!("{said} {}", tr_count("inspect-missed", missed)),
    }
}

fn form(acting: &Acting, what: What, count: usize) -> AnyView {
    let fields = match what {
        What::Close => outcomes(acting),
        What::Return | What::Acknowledge => more(acting),
    };
    let submit = {
        let acting = acting.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            acting.submit();
        }
    };
    let (cancel, sending) = (acting.clone(), acting.sending.clone());
    let button = if what == What::Close { "inspect-close-do" } else { "inspect-return-do" };
    view! {
        <form class="route-form" data-testid="inspect-form" autocomplete="off" novalidate on:submit=submit>
            <p>{tr_count("inspect-about", count as u64)}</p>
            {fields}
            {missing(acting, what)}
            {refusal(acting.failure.clone())}
            <div class="buttons">
                <button type="submit" class="ds-button" aria-busy=move || sending.get().to_string()>
                    {tr(button)}
                </button>
                <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| cancel.cancel()>
                    {t!("cancel")}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn outcomes(acting: &Acting) -> AnyView {
    let choice = |outcome: InspectionOutcome| {
        let (shown, set) = (acting.outcome.clone(), acting.outcome.clone());
        view! {
            <label class="choice">
                <input
                    class="ds-input"
                    type="radio"
                    name="inspect-outcome"
                    prop:checked=move || shown.get() == Some(outcome)
                    on:change=move |_| set.set(Some(outcome))
                />
                <span>{word("inspection", &outcome)}</span>
            </label>
        }
        .into_any()
    };
    let choices = InspectionOutcome::ALL.map(choice);
    view! {
        <fieldset class="choices">
            <legend class="ds-label">{t!("inspect-outcome")}</legend>
            {choices.into_iter().collect::<Vec<_>>()}
        </fieldset>
        <p class="echo">{t!("inspect-outcome-hint")}</p>
    }
    .into_any()
}

fn more(acting: &Acting) -> AnyView {
    let choice = |wanted: MoreWanted| {
        let (shown, set) = (acting.wanted.clone(), acting.wanted.clone());
        let change = move |event| {
            set.update(|chosen| {
                if event_target_checked(&event) {
                    chosen.insert(wanted);
                } else {
                    chosen.remove(&wanted);
                }
            });
        };
        view! {
            <label class="choice">
                <input
                    class="ds-input"
                    type="checkbox"
                    prop:checked=move || shown.read().contains(&wanted)
                    on:change=change
                />
                <span>{word("wanted", &wanted)}</span>
            </label>
        }
        .into_any()
    };
    let (shown, set) = (acting.note.clone(), acting.note.clone());
    view! {
        <fieldset class="choices">
            <legend class="ds-label">{t!("inspect-wanted")}</legend>
            {WANTED.map(choice).into_iter().collect::<Vec<_>>()}
        </fieldset>
        <div class="field">
            <label class="ds-label" for="inspect-note">{t!("inspect-note")}</label>
            <p class="echo" id="inspect-note-hint">{t!("inspect-note-hint")}</p>
            <textarea
                class="ds-input"
                id="inspect-note"
                rows="3"
                maxlength=NOTE_MAX
                aria-describedby="inspect-note-hint"
                prop:value=move || shown.get()
                on:input=move |event| set.set(event_target_value(&event))
            ></textarea>
        </div>
    }
    .into_any()
}

fn missing(acting: &Acting, what: What) -> AnyView {
    let acting = acting.clone();
    let key = if what == What::Close { "inspect-missing-outcome" } else { "inspect-missing-wanted" };
    let told = move || {
        let missing = acting.tried.get() && !acting.is_complete(what);
        missing.then(|| view! { <span class="ds-validation-message">{tr(key)}</span> })
    };
    view! { <p role="alert">{told}</p> }.into_any()
}
