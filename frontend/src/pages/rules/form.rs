//! Writing a new rule set: from an adopted one, by fields, or as JSON.

use super::adoption::adoption;
use super::draft::Draft;
use super::trial::trial;
use super::{Sets, choose_set};
use crate::client::Failure;
use crate::language::Key;
use crate::parts::failure::refusal;
use crate::parts::fields::DateField;
use crate::parts::section::section;
use crate::t;
use events::rule_set::{Ongoing, RuleSet};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

/// The section.
pub fn form(sets: Sets, refresh: Callback<()>) -> AnyView {
    let draft = Draft::new();
    let base = draft.clone();
    let begin = Callback::new(move |name: String| {
        let today = untrack(|| sets.get()).map(|sets| sets.today);
        base.begin_with(&name, today);
    });
    let (written, has_set) = (draft.clone(), draft.clone());
    let is_set = Memo::new(move |_| has_set.set().is_some());
    let wrong = move || !written.text.read().trim().is_empty() && !is_set.get();
    let fields = {
        let draft = draft.clone();
        move || is_set.get().then(|| fields(&draft))
    };
    let content = view! {
        <p>{t!("rules-try-lead")}</p>
        <div class="route-form narrow" data-testid="rules-form">
            {choose_set("rules-base", Key("rules-base"), sets, begin)}
            {fields}
            {json(&draft)}
            <p role="status">
                {move || wrong().then(|| view! {
                    <span class="ds-validation-message">{t!("rules-json-wrong")}</span>
                })}
            </p>
            {buttons(&draft)}
            {refusal(draft.failure.clone())}
            {wrong_fields(&draft)}
        </div>
        {trial(&draft)}
        {adoption(&draft, sets, refresh)}
    };
    section("rules-try", Key("rules-try-title"), content.into_any())
}

/// A part of the set: how it is shown, and how what was typed changes it.
type Part = (fn(&RuleSet) -> String, fn(&mut RuleSet, String));

/// A field that shows a part of the set and changes it.
fn field(draft: &Draft, id: &'static str, label: Key, kind: &'static str, (show, change): Part) -> AnyView {
    let (shown, changed) = (draft.clone(), draft.clone());
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <input
                class="ds-input"
                id=id
                type=kind
                autocomplete="off"
                prop:value=move || shown.set().as_ref().map(show).unwrap_or_default()
                on:change=move |event| changed.change(|set| change(set, event_target_value(&event)))
            />
        </div>
    }
    .into_any()
}

fn fields(draft: &Draft) -> AnyView {
    let (day, changed) = (draft.clone(), draft.clone());
    let chosen = Signal::derive(move || day.set().map(|set| set.valid_from));
    let choose = Callback::new(move |day: Option<jiff::civil::Date>| {
        if let Some(day) = day {
            changed.change(|set| set.valid_from = day);
        }
    });
    let name: Part = (|set| set.name.clone(), |set, name| set.name = name);
    let title: Part = (|set| set.title.clone(), |set, title| set.title = title);
    let source: Part = (|set| set.source.clone(), |set, source| set.source = source);
    let length: Part = (|set| set.quarantine.length_days.to_string(), set_length);
    view! {
        {field(draft, "rules-new-name", Key("rules-field-name"), "text", name)}
        <DateField id="rules-new-from" label=Key("rules-field-from") chosen choose />
        {field(draft, "rules-new-title", Key("rules-field-title"), "text", title)}
        {field(draft, "rules-new-source", Key("rules-field-source"), "text", source)}
        {field(draft, "rules-length", Key("rules-field-length"), "number", length)}
        {field(draft, "rules-earliest", Key("rules-field-earliest"), "number", (earliest, set_earliest))}
        {ongoing(draft)}
    }
    .into_any()
}

fn set_length(set: &mut RuleSet, days: String) {
    if let Ok(days) = days.parse() {
        set.quarantine.length_days = days;
    }
}

fn earliest(set: &RuleSet) -> String {
    set.quarantine.early_end.first().map(|early| early.earliest_day.to_string()).unwrap_or_default()
}

fn set_earliest(set: &mut RuleSet, day: String) {
    if let (Ok(day), Some(early)) = (day.parse(), set.quarantine.early_end.first_mut()) {
        early.earliest_day = day;
    }
}

fn ongoing(draft: &Draft) -> AnyView {
    let (shown, changed) = (draft.clone(), draft.clone());
    let change = move |event| {
        let reaches = event_target_checked(&event);
        changed.change(|set| set.ongoing = if reaches { Ongoing::Affected } else { Ongoing::NotAffected });
    };
    view! {
        <label class="choice">
            <input
                class="ds-input"
                type="checkbox"
                prop:checked=move || shown.set().is_some_and(|set| set.ongoing == Ongoing::Affected)
                on:change=change
            />
            <span>{t!("rules-field-ongoing")}</span>
        </label>
    }
    .into_any()
}

fn json(draft: &Draft) -> AnyView {
    let (shown, typed, file) = (draft.clone(), draft.clone(), draft.clone());
    view! {
        <div class="field">
            <label class="ds-label" for="rules-file">{t!("rules-file")}</label>
            <input
                class="ds-input"
                id="rules-file"
                type="file"
                accept="application/json,.json"
                on:change=move |event| take_file(&event, file.clone())
            />
        </div>
        <details class="ds-details">
            <summary>{t!("rules-json")}</summary>
            <div class="field">
                <label class="ds-label" for="rules-json">{t!("rules-json")}</label>
                <p class="echo" id="rules-json-hint">{t!("rules-json-hint")}</p>
                <textarea
                    class="ds-input"
                    id="rules-json"
                    rows="12"
                    spellcheck="false"
                    aria-describedby="rules-json-hint"
                    prop:value=move || shown.text.get()
                    on:change=move |event| typed.write(event_target_value(&event))
                ></textarea>
            </div>
        </details>
    }
    .into_any()
}

fn take_file(event: &web_sys::Event, draft: Draft) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
    leptos::task::spawn_local(async move {
        if let Ok(text) = JsFuture::from(file.text()).await {
            draft.write(text.as_string().unwrap_or_default());
        }
    });
}

fn buttons(draft: &Draft) -> AnyView {
    let (tries, is_set, sending) = (draft.clone(), draft.clone(), draft.sending.clone());
    view! {
        <div class="buttons">
            <button
                type="button"
                class="ds-button"
                disabled=move || is_set.set().is_none()
                aria-busy=move || sending.get().to_string()
                on:click=move |_| tries.try_on(None)
            >
                {t!("rules-try")}
            </button>
        </div>
    }
    .into_any()
}

/// What the server found wrong with the set: where, and what would be right.
fn wrong_fields(draft: &Draft) -> AnyView {
    let failure = draft.failure.clone();
    let shown = move || match failure.get() {
        Some(Failure::Problem(problem)) if !problem.errors.is_empty() => {
            let line = |error: &api::problem::FieldProblem| format!("{}: {}", error.pointer, error.detail);
            let lines: Vec<_> = problem.errors.iter().map(|error| view! { <li>{line(error)}</li> }).collect();
            view! { <ul class="ds-list" data-testid="rules-wrong">{lines}</ul> }.into_any()
        }
        _ => ().into_any(),
    };
    shown.into_any()
}
