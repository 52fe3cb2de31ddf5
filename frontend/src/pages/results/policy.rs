//! What becomes of results, from when, and adopting another policy.

use crate::client::{self, Failure};
use crate::codes::wire_name;
use crate::format::date_prose;
use crate::language::{Key, language, tr_with};
use crate::loading::Loader;
use crate::moment::{local, now};
use crate::parts::failure::refusal;
use crate::parts::fields::{DateField, ReasonField, is_reason};
use crate::parts::outcome::word;
use crate::parts::section::section;
use crate::{session, t};
use api::results::ResultPolicy;
use events::result::ResultMode;
use jiff::civil::Date;
use leptos::prelude::*;

const MODES: [ResultMode; 3] = [ResultMode::Store, ResultMode::LookUp, ResultMode::WashList];

/// The policies, and the form for those who adopt.
pub fn policy() -> AnyView {
    let loader = Loader::<Vec<ResultPolicy>>::new();
    let fetch = {
        let loader = loader.clone();
        move || loader.refresh(client::get("/results/policies"))
    };
    fetch();
    let state = loader.state();
    let adopted = Memo::new(move |_| state.with(|load| load.ready().cloned()).unwrap_or_default());
    let list = move || adopted.get().iter().map(line).collect::<Vec<_>>();
    let adopt = untrack(session::permissions).adopt_rules;
    let content = view! {
        <ul class="plain" data-testid="result-policies">{list}</ul>
        {adopt.then(|| form(fetch))}
    };
    section("result-policy", Key("result-policy-title"), content.into_any())
}

fn line(policy: &ResultPolicy) -> AnyView {
    let values = [
        ("date", date_prose(language(), policy.valid_from).into()),
        ("mode", word("result-mode", &policy.mode).into()),
        ("reason", policy.reason.as_str().into()),
        ("name", policy.adopted_by.as_str().into()),
    ];
    view! { <li>{tr_with("result-policy-line", &values)}</li> }.into_any()
}

fn form(done: impl Fn() + Clone + Send + Sync + 'static) -> AnyView {
    let mode = RwSignal::new(ResultMode::Store);
    let from = RwSignal::new(Some::<Date>(local(now()).date()));
    let (reason, tried) = (ArcRwSignal::new(String::new()), ArcRwSignal::new(false));
    let failure = ArcRwSignal::new(None::<Failure>);
    let options =
        MODES.map(|one| view! { <option value=wire_name(&one)>{word("result-mode", &one)}</option> });
    let pick = move |event| {
        let told = event_target_value(&event);
        if let Some(one) = MODES.into_iter().find(|one| wire_name(one) == told) {
            mode.set(one);
        }
    };
    let send = {
        let (reason, tried, failure) = (reason.clone(), tried.clone(), failure.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            let words = reason.get_untracked().trim().to_owned();
            let (Some(valid_from), true, Some(key)) =
                (from.get_untracked(), is_reason(&words), client::new_key())
            else {
                return;
            };
            let mode = mode.get_untracked();
            let policy = ResultPolicy { valid_from, mode, reason: words, adopted_by: String::new() };
            let (failure, done) = (failure.clone(), done.clone());
            failure.set(None);
            leptos::task::spawn_local(async move {
                match client::post_once::<_, ResultPolicy>("/results/policies", &key, &policy).await {
                    Ok(_) => done(),
                    Err(refused) => failure.set(Some(refused)),
                }
            });
        }
    };
    view! {
        <details class="ds-details">
            <summary>{t!("result-policy-adopt")}</summary>
            <form class="route-form" autocomplete="off" novalidate on:submit=send>
                <div class="field">
                    <label class="ds-label" for="result-mode">{t!("result-policy-mode")}</label>
                    <select class="ds-input" id="result-mode" on:change=pick>{options}</select>
                </div>
                <DateField
                    id="result-from"
                    label=Key("result-policy-from")
                    chosen=Signal::derive(move || from.get())
                    choose=Callback::new(move |date| from.set(date))
                />
                <ReasonField id="result-reason" hint=Key("result-policy-reason-hint") reason tried />
                {refusal(failure)}
                <div class="buttons">
                    <button type="submit" class="ds-button">{t!("result-policy-save")}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
