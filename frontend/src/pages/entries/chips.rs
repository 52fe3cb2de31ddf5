//! The active filters, each with its own way out.

use super::Place;
use super::list_query::ListQuery;
use crate::format::date_prose;
use crate::language::{language, tr, tr_with};
use crate::{codes, format, municipalities, t};
use api::entries::EntryFilter;
use leptos::prelude::*;

/// An active filter in words, and the list without it.
struct Chip {
    words: String,
    without: ListQuery,
}

/// The chips; nothing when nothing is filtered.
#[component]
pub fn Chips(place: Place) -> impl IntoView {
    move || {
        let query = place.query.get();
        let chips = chips(&query);
        (!chips.is_empty()).then(|| {
            let links = chips.into_iter().map(|chip| view! { <li>{remove_link(chip)}</li> });
            view! {
                <section class="chips" aria-label=t!("filter-active")>
                    <ul>{links.collect_view()}</ul>
                    <a class="ds-link" href=query.unfiltered().path() data-testid="remove-filters">
                        {t!("filter-remove-all")}
                    </a>
                </section>
            }
        })
    }
}

fn remove_link(Chip { words, without }: Chip) -> impl IntoView {
    let spoken = tr_with("filter-remove", &[("name", words.clone().into())]);
    view! {
        <a class="ds-chip" data-removable="true" href=without.path() aria-label=spoken>
            {words}
        </a>
    }
}

fn chips(query: &ListQuery) -> Vec<Chip> {
    let filter = &query.filter;
    let chip = |name: &str, value: Option<String>, remove: fn(&mut EntryFilter)| {
        value.map(|value| Chip {
            words: tr_with("chip", &[("name", tr(name).into()), ("value", value.into())]),
            without: query.with(remove),
        })
    };
    let unroutable = filter.unroutable.then(|| Chip {
        words: tr("filter-unroutable"),
        without: query.with(|filter| filter.unroutable = false),
    });
    [
        chip("filter-municipality", filter.municipality.as_deref().map(municipalities::name), |filter| {
            filter.municipality = None;
        }),
        chip("filter-status", filter.status.map(codes::status), |filter| filter.status = None),
        chip("filter-arrival-from", filter.arrival_from.map(|day| date_prose(language(), day)), |filter| {
            filter.arrival_from = None;
        }),
        chip("filter-arrival-to", filter.arrival_to.map(|day| date_prose(language(), day)), |filter| {
            filter.arrival_to = None;
        }),
        chip("filter-language", filter.language.as_deref().map(codes::language_name), |filter| {
            filter.language = None;
        }),
        chip("filter-obligation", filter.obligation.map(codes::obligation), |filter| {
            filter.obligation = None
        }),
        chip("filter-place", filter.place.as_deref().map(codes::place_short), |filter| filter.place = None),
        chip("filter-employer", filter.employer.as_deref().map(format::org_number), |filter| {
            filter.employer = None;
        }),
        unroutable,
    ]
    .into_iter()
    .flatten()
    .collect()
}
