//! The filter. Each change goes to the address at once; the address fills the fields.

use super::Place;
use crate::language::{Key, tr};
use crate::parts::choices::{SORTS, languages, obligations, places, read};
use crate::parts::fields::{DateField, MunicipalityField, SelectField};
use crate::{codes, session, t};
use leptos::prelude::*;
use serde::Serialize;

/// The filter's fields.
#[component]
pub fn Filters(place: Place) -> impl IntoView {
    view! {
        <form class="filters" aria-label=t!("filter-label") autocomplete="off" on:submit=|event| event.prevent_default()>
            <div class="field-row">
                <Show when=|| session::permissions().see_all_municipalities>
                    <Municipality place />
                </Show>
                <Arrival place />
                <Language place />
                <Order place />
            </div>
            <details class="more">
                <summary>{t!("filter-more")}</summary>
                <div class="field-row">
                    <ObligationAndPlace place />
                    <Employer place />
                    <Show when=|| session::permissions().see_all_municipalities>
                        <Unroutable place />
                    </Show>
                </div>
            </details>
        </form>
    }
}

#[component]
fn Municipality(place: Place) -> impl IntoView {
    let unknown = RwSignal::new(false);
    let choose = Callback::new(move |(typed, number): (String, Option<String>)| {
        unknown.set(number.is_none() && !typed.trim().is_empty());
        if !unknown.get_untracked() {
            place.change(|filter| filter.municipality = number);
        }
    });
    view! {
        <MunicipalityField
            id="filter-municipality"
            label=Key("filter-municipality")
            chosen=Signal::derive(move || place.query.get().filter.municipality)
            choose
            wrong=Signal::derive(move || unknown.get().then(|| tr("filter-municipality-unknown")))
        />
    }
}

#[component]
fn Arrival(place: Place) -> impl IntoView {
    view! {
        <DateField
            id="filter-arrival-from"
            label=Key("filter-arrival-from")
            chosen=Signal::derive(move || place.query.get().filter.arrival_from)
            choose=Callback::new(move |day| place.change(|filter| filter.arrival_from = day))
        />
        <DateField
            id="filter-arrival-to"
            label=Key("filter-arrival-to")
            chosen=Signal::derive(move || place.query.get().filter.arrival_to)
            choose=Callback::new(move |day| place.change(|filter| filter.arrival_to = day))
        />
    }
}

#[component]
fn Language(place: Place) -> impl IntoView {
    view! {
        <SelectField
            id="filter-language"
            label=Key("filter-language")
            choices=languages
            chosen=Signal::derive(move || place.query.get().filter.language.unwrap_or_default())
            choose=Callback::new(move |language| place.change(|filter| filter.language = language))
        />
    }
}

#[component]
fn Order(place: Place) -> impl IntoView {
    let chosen = move || place.query.get().filter.sort;
    let options = SORTS.map(|sort| {
        let name = codes::wire_name(&sort);
        let key = format!("sort-{name}");
        view! { <option value=name selected=move || chosen() == sort>{move || tr(&key)}</option> }
    });
    let changed = move |event| {
        if let Some(sort) = read(&event_target_value(&event)) {
            place.change(|filter| filter.sort = sort);
        }
    };
    view! {
        <div class="field">
            <label class="ds-label" for="sort">{t!("sort-label")}</label>
            <select class="ds-input" id="sort" on:change=changed>{options}</select>
        </div>
    }
}

#[component]
fn ObligationAndPlace(place: Place) -> impl IntoView {
    let obligation = move || place.query.get().filter.obligation;
    view! {
        <SelectField
            id="filter-obligation"
            label=Key("filter-obligation")
            choices=obligations
            chosen=Signal::derive(move || obligation().as_ref().map(wire).unwrap_or_default())
            choose=Callback::new(move |value: Option<String>| {
                place.change(|filter| filter.obligation = value.and_then(|value| read(&value)));
            })
        />
        <SelectField
            id="filter-place"
            label=Key("filter-place")
            choices=places
            chosen=Signal::derive(move || place.query.get().filter.place.unwrap_or_default())
            choose=Callback::new(move |value| place.change(|filter| filter.place = value))
        />
    }
}

#[component]
fn Employer(place: Place) -> impl IntoView {
    let wrong = RwSignal::new(false);
    let changed = move |event| {
        let digits: String = event_target_value(&event).chars().filter(|c| !c.is_whitespace()).collect();
        let is_number = digits.len() == 9 && digits.chars().all(|c| c.is_ascii_digit());
        wrong.set(!digits.is_empty() && !is_number);
        if !wrong.get_untracked() {
            place.change(|filter| filter.employer = Some(digits).filter(|digits| !digits.is_empty()));
        }
    };
    view! {
        <div class="field">
            <label class="ds-label" for="filter-employer">{t!("filter-employer")}</label>
            <input
                class="ds-input"
                id="filter-employer"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby="filter-employer-wrong"
                aria-invalid=move || wrong.get().then_some("true")
                prop:value=move || place.query.get().filter.employer.unwrap_or_default()
                on:change=changed
            />
            <p class="echo" id="filter-employer-wrong" role="status">
                {move || wrong.get().then(|| view! {
                    <span class="ds-validation-message">{t!("filter-employer-wrong")}</span>
                })}
            </p>
        </div>
    }
}

#[component]
fn Unroutable(place: Place) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                class="ds-input"
                type="checkbox"
                prop:checked=move || place.query.get().filter.unroutable
                on:change=move |event| {
                    let only = event_target_checked(&event);
                    place.change(|filter| filter.unroutable = only);
                }
            />
            <span>{t!("filter-unroutable")}</span>
        </label>
    }
}

fn wire<T: Serialize>(value: &T) -> String {
    codes::wire_name(value)
}
