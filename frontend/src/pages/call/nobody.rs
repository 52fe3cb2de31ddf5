//! No card: the languages of the caller, one big button, and why there is nobody when there is nobody.

use super::desk::{Desk, NEXT};
use crate::codes::language_name;
use crate::format::moment_prose;
use crate::language::{language, tr_with};
use crate::parts::outcome::word;
use crate::script::LANGUAGES;
use crate::t;
use api::calls::{NextCall, NobodyBecause};
use jiff::Timestamp;
use leptos::prelude::*;

/// The empty desk.
pub fn nobody(desk: &Desk) -> AnyView {
    let next = desk.next.clone();
    let because = move || match next.get() {
        Some(NextCall::Nobody { because, again_at }) => Some(why(because, again_at)),
        Some(NextCall::Card(_)) | None => None,
    };
    view! {
        <section class="ds-card panel route-form" data-color="neutral" aria-label=t!("call-title")>
            <div role="status">{because}</div>
            {languages(desk)}
            {next_button(desk)}
        </section>
    }
    .into_any()
}

fn why(because: NobodyBecause, again_at: Option<Timestamp>) -> AnyView {
    let again = again_at.map(|moment| {
        let moment = moment_prose(language(), moment);
        view! { <p>{tr_with("nobody-again", &[("moment", moment.into())])}</p> }
    });
    view! {
        <p>{word("nobody", &because)}</p>
        {again}
    }
    .into_any()
}

/// The button that asks for the next card.
pub fn next_button(desk: &Desk) -> AnyView {
    let (desk, busy, profile) = (desk.clone(), desk.busy.clone(), desk.profile.clone());
    let mute = move || profile.read().as_ref().is_some_and(|profile| profile.languages.is_empty());
    view! {
        <p role="status">{move || mute().then(t!("languages-none"))}</p>
        <div>
            <button
                type="button"
                class="ds-button"
                data-size="lg"
                id=NEXT
                aria-busy=move || busy.get().to_string()
                on:click=move |_| desk.take_next()
            >
                {t!("call-next")} " " <kbd aria-hidden="true">"Ctrl+Enter"</kbd>
            </button>
        </div>
    }
    .into_any()
}

fn languages(desk: &Desk) -> AnyView {
    let one = |code: &'static str| {
        let (desk, profile, told) = (desk.clone(), desk.profile.clone(), desk.profile.clone());
        let spoken = move || profile.read().as_ref().is_some_and(|profile| speaks(&profile.languages, code));
        let changed = move |event| {
            let mut languages = desk.profile.get_untracked().unwrap_or_default().languages;
            languages.retain(|language| language != code);
            if event_target_checked(&event) {
                languages.push(code.to_owned());
            }
            desk.speak(languages);
        };
        view! {
            <label class="choice">
                <input
                    class="ds-input"
                    type="checkbox"
                    // What was chosen before must not be overwritten unread.
                    disabled=move || told.read().is_none()
                    prop:checked=spoken
                    on:change=changed
                />
                <span>{move || language_name(code)}</span>
            </label>
        }
        .into_any()
    };
    let all: Vec<AnyView> = LANGUAGES.into_iter().map(one).collect();
    view! {
        <fieldset class="choices languages">
            <legend class="ds-label">{t!("languages-spoken")}</legend>
            {all}
        </fieldset>
    }
    .into_any()
}

fn speaks(languages: &[String], code: &str) -> bool {
    languages.iter().any(|language| language == code)
}
