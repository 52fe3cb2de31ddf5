//! The kinds of field that the filter is made of.

use crate::format::date_prose;
use crate::language::{Key, language, tr};
use crate::municipalities;
use crate::t;
use jiff::civil::Date;
use leptos::prelude::*;

/// A choice in a select: its value on the wire and its words.
pub type Choice = (String, String);

/// A select with "all" first.
#[component]
pub fn SelectField(
    id: &'static str,
    label: Key,
    /// The choices, in words of the language on the screen.
    choices: fn() -> Vec<Choice>,
    /// The value chosen; empty for all.
    chosen: Signal<String>,
    choose: Callback<Option<String>>,
) -> impl IntoView {
    let options =
        move || choices().into_iter().map(|(value, words)| option(value, words, chosen)).collect_view();
    let changed = move |event| choose.run(Some(event_target_value(&event)).filter(|value| !value.is_empty()));
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <select class="ds-input" id=id on:change=changed>
                <option value="" selected=move || chosen.read().is_empty()>{t!("filter-any")}</option>
                {options}
            </select>
        </div>
    }
}

fn option(value: String, words: String, chosen: Signal<String>) -> impl IntoView {
    let own = value.clone();
    view! { <option value=value selected=move || *chosen.read() == own>{words}</option> }
}

/// A day. Browsers write it in the order of the device, so the chosen day is told in words as well.
#[component]
pub fn DateField(
    id: &'static str,
    label: Key,
    chosen: Signal<Option<Date>>,
    choose: Callback<Option<Date>>,
) -> impl IntoView {
    let echo_id = format!("{id}-words");
    let value = move || chosen.get().map(|date| date.to_string()).unwrap_or_default();
    let changed = move |event| choose.run(event_target_value(&event).parse().ok());
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <input class="ds-input" type="date" id=id aria-describedby=echo_id.clone() prop:value=value on:change=changed />
            <p class="echo" id=echo_id>{move || chosen.get().map(|date| date_prose(language(), date))}</p>
        </div>
    }
}

/// A municipality, found by name or number. Also for the workbench.
#[component]
pub fn MunicipalityField(
    id: &'static str,
    label: Key,
    /// The number chosen.
    chosen: Signal<Option<String>>,
    /// What was typed, and the number it means.
    choose: Callback<(String, Option<String>)>,
    /// What is wrong with it.
    #[prop(into)]
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let list_id = format!("{id}-list");
    let options = || {
        let table = municipalities::all();
        table.iter().map(|one| view! { <option value=municipalities::label(one)></option> }).collect_view()
    };
    let changed = move |event| {
        let typed = event_target_value(&event);
        let number = municipalities::number_of(&typed, &untrack(municipalities::all));
        choose.run((typed, number));
    };
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <input
                class="ds-input"
                id=id
                type="text"
                autocomplete="off"
                list=list_id.clone()
                aria-describedby=hint_id.clone()
                aria-invalid=move || wrong.get().map(|_| "true")
                prop:value=move || chosen.get().map(|number| municipalities::label_of(&number)).unwrap_or_default()
                on:change=changed
            />
            <datalist id=list_id>{options}</datalist>
            <p class="echo" id=hint_id role="status">
                {move || match wrong.get() {
                    Some(wrong) => view! { <span class="ds-validation-message">{wrong}</span> }.into_any(),
                    None => tr("filter-municipality-hint").into_any(),
                }}
            </p>
        </div>
    }
}

const REASON_MAX: usize = 500;

/// Whether the server takes it for a reason.
pub fn is_reason(reason: &str) -> bool {
    (1..=REASON_MAX).contains(&reason.chars().count())
}

/// Why somebody decides as he does.
#[component]
pub fn ReasonField(
    id: &'static str,
    /// What to write, and what becomes of it.
    hint: Key,
    /// What was written.
    reason: ArcRwSignal<String>,
    /// Whether it was tried to send, so that what is missing is told.
    tried: ArcRwSignal<bool>,
) -> impl IntoView {
    let (hint_id, wrong_id) = (format!("{id}-hint"), format!("{id}-wrong"));
    let described_by = format!("{hint_id} {wrong_id}");
    let written = reason.clone();
    let wrong = Signal::derive(move || tried.get() && !is_reason(written.read().trim()));
    let shown = reason.clone();
    view! {
        <div class="field">
            <label class="ds-label" for=id>{t!("route-reason")}</label>
            <p class="echo" id=hint_id>{hint.follow()}</p>
            <textarea
                class="ds-input"
                id=id
                rows="3"
                maxlength=REASON_MAX
                aria-describedby=described_by
                aria-invalid=move || wrong.get().then_some("true")
                prop:value=move || shown.get()
                on:input=move |event| reason.set(event_target_value(&event))
            ></textarea>
            <p id=wrong_id role="status">
                {move || wrong.get().then(|| view! {
                    <span class="ds-validation-message">{t!("route-missing-reason")}</span>
                })}
            </p>
        </div>
    }
}
