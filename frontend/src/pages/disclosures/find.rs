//! The way from a person who asks to the entries that are theirs: by a number they show. What was typed goes with the
//! request and stays nowhere.

use crate::client::{self, Failure};
use crate::format::{date_short, moment_short};
use crate::language::{language, tr, tr_count, tr_with};
use crate::parts::failure::refusal;
use crate::t;
use api::retention::{FindEntry, FoundEntry};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The field, folded away, and what it found.
pub fn find() -> AnyView {
    let typed = ArcRwSignal::new(String::new());
    let found = ArcRwSignal::new(None::<Vec<FoundEntry>>);
    let failure = ArcRwSignal::new(None::<Failure>);
    let submit = {
        let (typed, found, failure) = (typed.clone(), found.clone(), failure.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let query = typed.get_untracked().trim().to_owned();
            if query.is_empty() {
                return;
            }
            let (found, failure) = (found.clone(), failure.clone());
            failure.set(None);
            leptos::task::spawn_local(async move {
                match client::post("/retention/find", &FindEntry { query }).await {
                    Ok(entries) => found.set(Some(entries)),
                    Err(told) => failure.set(Some(told)),
                }
            });
        }
    };
    let (value, told) = (typed.clone(), found.clone());
    let count = move || {
        told.get().map(|found: Vec<FoundEntry>| match found.len() {
            0 => tr("request-none"),
            hits => tr_count("search-found", hits as u64),
        })
    };
    let links = move || found.get().unwrap_or_default().into_iter().map(link).collect_view();
    view! {
        <details class="more">
            <summary>{t!("disclosures-find")}</summary>
            <form class="field" autocomplete="off" novalidate on:submit=submit>
                <label class="ds-label" for="disclosures-query">{t!("request-query")}</label>
                <p class="echo" id="disclosures-query-hint">{t!("disclosures-find-hint")}</p>
                <div class="search-box">
                    <input
                        class="ds-input"
                        id="disclosures-query"
                        type="text"
                        autocomplete="off"
                        aria-describedby="disclosures-query-hint"
                        prop:value=move || value.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                    <button type="submit" class="ds-button" data-variant="secondary">{t!("request-find")}</button>
                </div>
            </form>
            <p role="status">{count}</p>
            <ul class="plain" data-testid="disclosures-found">{links}</ul>
            {refusal(failure)}
        </details>
    }
    .into_any()
}

fn link(found: FoundEntry) -> AnyView {
    let words = move || {
        let arrival = found.arrival.map_or_else(|| tr("not-told"), date_short);
        let moment = |moment| moment_short(language(), moment).into();
        let values = [
            ("arrival", arrival.into()),
            ("registered", moment(found.registered_at)),
            ("ends", moment(found.ends_at)),
        ];
        tr_with("disclosures-statement-of", &values)
    };
    view! {
        <li><a class="ds-link" data-color="accent" href=format!("/disclosures/entry/{}", found.entry)>{words}</a></li>
    }
    .into_any()
}
