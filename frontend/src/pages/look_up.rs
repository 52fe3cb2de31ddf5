//! `/municipality/look-up`: who is responsible for a person, beyond the own municipality. What is typed goes with the
//! request and stays nowhere.

use crate::client::{self, Failure};
use crate::format::date_short;
use crate::language::{Key, tr, tr_count};
use crate::municipalities;
use crate::navigation::PageHeading;
use crate::parts::failure::refusal;
use crate::parts::fields::{ReasonField, is_reason};
use crate::t;
use api::look_up::{LookUp, LookUpResult, Responsible};
use events::Personal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The page.
#[component]
pub fn LookUpPage() -> impl IntoView {
    let (typed, reason) = (ArcRwSignal::new(String::new()), ArcRwSignal::new(String::new()));
    let tried = ArcRwSignal::new(false);
    let found = ArcRwSignal::new(None::<LookUpResult>);
    let failure = ArcRwSignal::new(None::<Failure>);
    let submit = {
        let (typed, reason, tried) = (typed.clone(), reason.clone(), tried.clone());
        let (found, failure) = (found.clone(), failure.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            let (query, words) = (typed.get_untracked().trim().to_owned(), reason.get_untracked());
            let words = words.trim().to_owned();
            if query.is_empty() || !is_reason(&words) {
                return;
            }
            let (found, failure) = (found.clone(), failure.clone());
            failure.set(None);
            found.set(None);
            leptos::task::spawn_local(async move {
                let asked = LookUp { query: Personal(query), reason: Personal(words) };
                match client::post("/municipality/look-up", &asked).await {
                    Ok(told) => found.set(Some(told)),
                    Err(refused) => failure.set(Some(refused)),
                }
            });
        }
    };
    let value = typed.clone();
    view! {
        <div class="page">
            <PageHeading title=Key("look-up-title") />
            <p>{t!("look-up-lead")}</p>
            <form class="route-form" autocomplete="off" novalidate on:submit=submit>
                <div class="field">
                    <label class="ds-label" for="look-up-query">{t!("look-up-query")}</label>
                    <input
                        class="ds-input"
                        id="look-up-query"
                        type="text"
                        autocomplete="off"
                        prop:value=move || value.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </div>
                <ReasonField id="look-up-reason" hint=Key("look-up-reason-hint") reason tried />
                <div class="buttons">
                    <button type="submit" class="ds-button">{t!("look-up-send")}</button>
                </div>
            </form>
            {refusal(failure)}
            {results(found)}
        </div>
    }
}

fn results(found: ArcRwSignal<Option<LookUpResult>>) -> AnyView {
    let told = found.clone();
    let said = move || {
        told.get().map(|found| {
            let left = tr_count("look-up-left", u64::from(found.left));
            let hits = match found.items.len() {
                0 => tr("look-up-none"),
                hits => tr_count("search-found", hits as u64),
            };
            format!("{hits} {left}")
        })
    };
    let lines = move || {
        let items = found.get().map(|found| found.items).unwrap_or_default();
        items.into_iter().map(|one| view! { <li>{line(one)}</li> }).collect_view()
    };
    view! {
        <p role="status">{said}</p>
        <ul class="plain" data-testid="look-up-found">{lines}</ul>
    }
    .into_any()
}

fn line(one: Responsible) -> String {
    let person = one.person.0;
    let place = one.municipality.as_deref().map_or_else(|| tr("look-up-nobody"), municipalities::label_of);
    let born = person.birth_date.map(date_short);
    [person.name, born, Some(place)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
