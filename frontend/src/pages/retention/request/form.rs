//! Which of the entries that were found, on which ground, and why.

use super::Asking;
use crate::codes::wire_name;
use crate::format::{date_short, moment_short};
use crate::language::{Key, language, tr, tr_with};
use crate::parts::fields::ReasonField;
use crate::t;
use api::retention::{EarlyEndGround, FoundEntry};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const GROUNDS: [EarlyEndGround; 2] = [EarlyEndGround::RegisteredByMistake, EarlyEndGround::RightToErasure];

/// The form.
pub fn form(found: Vec<FoundEntry>, asking: Asking) -> AnyView {
    let (entry, ground) = (asking.entry.clone(), asking.ground.clone());
    let entries = found.into_iter().map(|one| {
        let (own, set) = (entry.clone(), entry.clone());
        let chosen = Signal::derive(move || *own.read() == Some(one.entry));
        radio("request-entry", entry_words(&one), chosen, Callback::new(move |()| set.set(Some(one.entry))))
    });
    let entries: Vec<_> = entries.collect();
    let grounds = GROUNDS.map(|one| {
        let (own, set) = (ground.clone(), ground.clone());
        let chosen = Signal::derive(move || *own.read() == Some(one));
        let words = tr(&format!("ground-{}", wire_name(&one)));
        radio("request-ground", words, chosen, Callback::new(move |()| set.set(Some(one))))
    });
    let tried = asking.tried.clone();
    let no_entry = Signal::derive({
        let tried = tried.clone();
        move || tried.get() && entry.read().is_none()
    });
    let no_ground = Signal::derive(move || tried.get() && ground.read().is_none());
    let (reason, tried) = (asking.reason.clone(), asking.tried.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        asking.send();
    };
    view! {
        <form class="route-form" data-testid="request-form" autocomplete="off" novalidate on:submit=submit>
            {choices(Key("request-entry"), entries, Key("request-missing-entry"), no_entry)}
            {choices(Key("request-ground"), grounds.into(), Key("request-missing-ground"), no_ground)}
            <ReasonField id="request-reason" hint=Key("request-reason-hint") reason tried />
            <div class="buttons"><button type="submit" class="ds-button">{t!("request-send")}</button></div>
        </form>
    }
    .into_any()
}

fn entry_words(found: &FoundEntry) -> String {
    let arrival = found.arrival.map_or_else(|| tr("not-told"), date_short);
    let moment = |moment| moment_short(language(), moment).into();
    tr_with(
        "request-choice",
        &[
            ("arrival", arrival.into()),
            ("registered", moment(found.registered_at)),
            ("ends", moment(found.ends_at)),
        ],
    )
}

fn choices(title: Key, radios: Vec<AnyView>, missing: Key, wrong: Signal<bool>) -> AnyView {
    let told =
        move || wrong.get().then(|| view! { <span class="ds-validation-message">{missing.follow()}</span> });
    view! {
        <fieldset class="choices">
            <legend class="ds-label">{title.follow()}</legend>
            {radios}
            <p role="status">{told}</p>
        </fieldset>
    }
    .into_any()
}

fn radio(name: &'static str, words: String, chosen: Signal<bool>, choose: Callback<()>) -> AnyView {
    view! {
        <label class="choice">
            <input
                class="ds-input"
                type="radio"
                name=name
                prop:checked=move || chosen.get()
                on:change=move |_| choose.run(())
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}
