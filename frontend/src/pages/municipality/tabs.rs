//! The four lists, each a link with how many it has.

use super::Place;
use super::list::List;
use crate::codes::wire_name;
use crate::format::number;
use crate::language::{language, tr};
use crate::loading::Load;
use crate::t;
use api::municipality::{MunicipalCounts, Tab};
use leptos::prelude::*;

/// The links.
pub fn tabs(list: &List, place: Place) -> AnyView {
    let counts = list.counts.state();
    let counts = Memo::new(move |_| counts.with(Load::ready_or_none));
    let links: Vec<AnyView> = Tab::ALL.into_iter().map(|tab| link(tab, counts, place)).collect();
    view! { <nav class="screen-only" aria-label=t!("tabs-label")><ul class="tabs">{links}</ul></nav> }
        .into_any()
}

fn link(tab: Tab, counts: Memo<Option<MunicipalCounts>>, place: Place) -> AnyView {
    let name = wire_name(&tab);
    let (key, test_id) = (format!("tab-{name}"), format!("tab-{name}"));
    let here = move || (place.query.get().filter.tab == tab).then_some("page");
    let count = move || counts.read().as_ref().map(|counts| number(language(), of_tab(counts, tab)));
    view! {
        <li>
            <a href=move || place.query.get().of_tab(tab).path() aria-current=here data-testid=test_id>
                {move || tr(&key)} " " <span class="figures">{count}</span>
            </a>
        </li>
    }
    .into_any()
}

fn of_tab(counts: &MunicipalCounts, tab: Tab) -> u64 {
    match tab {
        Tab::Responsible => counts.responsible,
        Tab::Hotel => counts.hotel,
        Tab::Destination => counts.destination,
        Tab::Formerly => counts.formerly,
    }
}
