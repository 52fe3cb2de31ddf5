//! The filter. Each change goes to the address at once; the address fills the fields.

use super::Place;
use crate::codes::wire_name;
use crate::language::{Key, tr};
use crate::parts::choices::{SORTS, languages, obligations, places, read, statuses};
use crate::parts::fields::{Choice, DateField, SelectField};
use crate::t;
use api::municipality::MunicipalFilter;
use leptos::prelude::*;

/// The fields, and the way back to everything.
pub fn filters(place: Place) -> AnyView {
    let more_is_used = {
        let filter = place.query.get_untracked().filter;
        filter.obligation.is_some() || filter.place.is_some()
    };
    let away = move || {
        let query = place.query.get();
        query.is_filtered().then(|| {
            let path = query.unfiltered().path();
            view! { <a class="ds-link" href=path data-testid="remove-filters">{t!("filter-remove-all")}</a> }
        })
    };
    view! {
        <form class="filters" aria-label=t!("filter-label") autocomplete="off" on:submit=|event| event.prevent_default()>
            <div class="field-row">{status(place)} {arrival(place)} {language(place)} {order(place)}</div>
            <details class="more" open=more_is_used>
                <summary>{t!("filter-more")}</summary>
                <div class="field-row">{obligation(place)} {kind_of_place(place)}</div>
            </details>
            {away}
        </form>
    }
    .into_any()
}

/// A select of the filter, by what it says and what it changes.
fn select(
    place: Place,
    id: &'static str,
    choices: fn() -> Vec<Choice>,
    chosen: fn(&MunicipalFilter) -> Option<String>,
    choose: fn(&mut MunicipalFilter, Option<String>),
) -> AnyView {
    let chosen = Signal::derive(move || chosen(&place.query.get().filter).unwrap_or_default());
    let choose = Callback::new(move |value| place.change(|filter| choose(filter, value)));
    view! { <SelectField id label=Key(id) choices chosen choose /> }.into_any()
}

fn status(place: Place) -> AnyView {
    select(
        place,
        "filter-status",
        statuses,
        |filter| filter.status.as_ref().map(wire_name),
        |filter, value| filter.status = value.and_then(|value| read(&value)),
    )
}

fn language(place: Place) -> AnyView {
    let set = |filter: &mut MunicipalFilter, value| filter.language = value;
    select(place, "filter-language", languages, |filter| filter.language.clone(), set)
}

fn obligation(place: Place) -> AnyView {
    select(
        place,
        "filter-obligation",
        obligations,
        |filter| filter.obligation.as_ref().map(wire_name),
        |filter, value| filter.obligation = value.and_then(|value| read(&value)),
    )
}

fn kind_of_place(place: Place) -> AnyView {
    let set = |filter: &mut MunicipalFilter, value| filter.place = value;
    select(place, "filter-place", places, |filter| filter.place.clone(), set)
}

fn arrival(place: Place) -> AnyView {
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
    .into_any()
}

fn order(place: Place) -> AnyView {
    let chosen = move || place.query.get().filter.sort;
    let options = SORTS.map(|sort| {
        let name = wire_name(&sort);
        let key = format!("sort-{name}");
        view! { <option value=name selected=move || chosen() == sort>{move || tr(&key)}</option> }.into_any()
    });
    let changed = move |event| {
        if let Some(sort) = read(&event_target_value(&event)) {
            place.change(|filter| filter.sort = sort);
        }
    };
    view! {
        <div class="field">
            <label class="ds-label" for="sort">{t!("sort-label")}</label>
            <select class="ds-input" id="sort" on:change=changed>{Vec::from(options)}</select>
        </div>
    }
    .into_any()
}
