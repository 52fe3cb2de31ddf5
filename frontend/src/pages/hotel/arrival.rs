//! Somebody stands at the desk: found by the code or number they show, and checked in.

use super::{Desk, name_of};
use crate::format::date_short;
use crate::language::{Key, tr, tr_count, tr_with};
use crate::parts::fields::DateField;
use crate::parts::section::section;
use crate::t;
use api::hotel::{FoundGuest, Stays};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The section.
pub fn arrival(desk: Desk) -> AnyView {
    let content = view! {
        <div class="route-form narrow" data-testid="hotel-arrival">
            {search(&desk)}
            {found(desk)}
        </div>
    };
    section("hotel-arrival", Key("hotel-arrival-title"), content.into_any())
}

fn search(desk: &Desk) -> AnyView {
    let (query, typed, blank) = (desk.query.clone(), desk.query.clone(), desk.blank.clone());
    let (told, desk) = (blank.clone(), desk.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        desk.find();
    };
    view! {
        <form class="field" autocomplete="off" novalidate on:submit=submit>
            <label class="ds-label" for="hotel-query">{t!("hotel-query")}</label>
            <p class="echo" id="hotel-query-hint">{t!("hotel-query-hint")}</p>
            <div class="search-box">
                <input
                    class="ds-input"
                    id="hotel-query"
                    type="text"
                    autocomplete="off"
                    maxlength="60"
                    aria-describedby="hotel-query-hint hotel-query-missing"
                    aria-invalid=move || blank.get().then_some("true")
                    prop:value=move || query.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="ds-button" data-variant="secondary">{t!("request-find")}</button>
            </div>
            <p id="hotel-query-missing" role="status">
                {move || told.get().then(|| view! {
                    <span class="ds-validation-message">{t!("hotel-query-missing")}</span>
                })}
            </p>
        </form>
    }
    .into_any()
}

fn found(desk: Desk) -> AnyView {
    let (found, all) = (desk.found.clone(), desk.found.clone());
    let told = move || {
        found.get().map(|(_, found)| match found.len() {
            0 => tr("hotel-none"),
            hits => tr_count("search-found", hits as u64),
        })
    };
    let shown = move || {
        let (_, found) = all.get()?;
        let comes = found.iter().any(|guest| guest.stays != Stays::Here);
        let guests: Vec<AnyView> = found.iter().map(|guest| one(guest, &desk)).collect();
        Some(view! {
            {comes.then(|| until(&desk))}
            <ul class="plain" data-testid="hotel-found">{guests}</ul>
        })
    };
    view! {
        <p role="status">{told}</p>
        {shown}
    }
    .into_any()
}

/// When whoever comes is expected to leave. Left open, it is the day on which the quarantine ends.
fn until(desk: &Desk) -> AnyView {
    let (chosen, set) = (desk.until.clone(), desk.until.clone());
    view! {
        <DateField
            id="hotel-until"
            label=Key("hotel-until-field")
            chosen=Signal::derive(move || chosen.get())
            choose=Callback::new(move |day| set.set(day))
        />
    }
    .into_any()
}

fn one(guest: &FoundGuest, desk: &Desk) -> AnyView {
    let name = name_of(&guest.person.0);
    let born = guest.person.0.birth_date.map_or_else(|| tr("not-told"), date_short);
    let arrival = guest.arrival.map_or_else(|| tr("not-told"), date_short);
    let about = tr_with("hotel-found", &[("born", born.into()), ("arrival", arrival.into())]);
    let (words, label) = match guest.stays {
        Stays::Nowhere => (None, "hotel-check-in"),
        Stays::Elsewhere => (Some("hotel-stays-elsewhere"), "hotel-change"),
        Stays::Here => (Some("hotel-stays-here"), "hotel-check-out"),
    };
    let (sending, desk, guest, called) = (desk.sending.clone(), desk.clone(), guest.clone(), name.clone());
    let act = move |_| match guest.stays {
        Stays::Nowhere | Stays::Elsewhere => desk.check_in(&guest),
        Stays::Here => desk.leaves.set(Some((guest.id, called.clone()))),
    };
    view! {
        <li class="ds-card role-card" data-testid="hotel-candidate">
            <h3 class="ds-heading" data-size="xs">{name}</h3>
            <p class="figures">{about}</p>
            {words.map(|words| view! { <p>{tr(words)}</p> })}
            <button
                type="button"
                class="ds-button"
                aria-busy=move || sending.get().to_string()
                on:click=act
            >
                {tr(label)}
            </button>
        </li>
    }
    .into_any()
}
