//! `/disclosures`: who was shown what. The whole state of the search stands in its address.

mod filters;
mod find;
mod query;
pub mod statement;
mod words;

use crate::client;
use crate::language::Key;
use crate::loading::{Load, Loader};
use crate::navigation::{PageHeading, focus};
use crate::parts::failure::FailureView;
use crate::parts::state::{Empty, Skeleton};
use crate::parts::table::{Column, FIGURES, NUMBER, Rows, table};
use crate::t;
use api::disclosures::{Disclosure, DisclosurePage};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use query::SearchQuery;

/// The address of the search, and the way to another one.
#[derive(Clone, Copy)]
struct Place {
    query: Memo<SearchQuery>,
    go: Callback<SearchQuery>,
}

impl Place {
    /// Changes the search, from its first page.
    fn change(self, change: impl FnOnce(&mut SearchQuery)) {
        let mut query = SearchQuery { cursor: None, ..self.query.get_untracked() };
        change(&mut query);
        self.go.run(query);
    }
}

/// The page.
#[component]
pub fn DisclosuresPage() -> impl IntoView {
    let address = use_query_map();
    let navigate = use_navigate();
    let place = Place {
        query: Memo::new(move |_| SearchQuery::read(|name| address.read().get(name))),
        go: Callback::new(move |query: SearchQuery| {
            navigate(&query.path(), NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }),
    };
    let page = Loader::<DisclosurePage>::new();
    let load = {
        let page = page.clone();
        move |query: SearchQuery| page.load(async move { client::get(&query.request()).await })
    };
    Effect::new({
        let load = load.clone();
        move |_| load(place.query.get())
    });
    let state = page.state();
    let shown = move || match state.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => {
            let load = load.clone();
            view! { <FailureView failure retry=move || load(place.query.get_untracked()) /> }.into_any()
        }
        Load::Ready(page) if page.items.is_empty() => empty(place),
        Load::Ready(page) => found(page, place),
    };
    view! {
        <div class="page">
            <PageHeading title=Key("disclosures-title") />
            <p>{t!("disclosures-lead")}</p>
            {find::find()}
            <filters::Filters place />
            {shown}
        </div>
    }
}

fn empty(place: Place) -> AnyView {
    view! {
        <Empty title=Key("disclosures-none-title") text=Signal::derive(t!("disclosures-none"))>
            <a class="ds-button" data-variant="secondary" href=SearchQuery::default().path()>{t!("filter-remove-all")}</a>
        </Empty>
        {move || (place.query.get().cursor.is_some()).then(|| back_to_first(place))}
    }
    .into_any()
}

const COLUMNS: &[Column] = &[
    (Key("disclosures-at"), FIGURES),
    (Key("disclosures-who"), ""),
    (Key("disclosures-what"), ""),
    (Key("disclosures-count"), NUMBER),
    (Key("disclosures-purpose"), ""),
    (Key("disclosures-receiver"), ""),
    (Key("disclosures-entries"), ""),
];

fn found(page: DisclosurePage, place: Place) -> AnyView {
    let items = page.items;
    let rows = Rows::new(move |()| items.iter().map(cells).collect());
    let next = page.next;
    view! {
        <div class="disclosures">{table("disclosures-caption", Key("disclosures-caption"), COLUMNS, rows)}</div>
        <nav class="paging" aria-label=t!("page-label")>
            {move || (place.query.get().cursor.is_some()).then(|| back_to_first(place))}
            {next.map(|cursor| {
                let forth = move |_| {
                    place.go.run(SearchQuery { cursor: Some(cursor.clone()), ..place.query.get_untracked() });
                    focus("main");
                };
                view! {
                    <button type="button" class="ds-button" data-variant="secondary" data-testid="next-page" on:click=forth>
                        {t!("page-next")}
                    </button>
                }
            })}
        </nav>
    }
    .into_any()
}

fn back_to_first(place: Place) -> AnyView {
    let first = move || SearchQuery { cursor: None, ..place.query.get() }.path();
    view! { <a class="ds-link" href=first>{t!("empty-first-page")}</a> }.into_any()
}

/// Entries of a row that are named; the others are counted.
const NAMED_MAX: usize = 3;

fn cells(one: &Disclosure) -> Vec<AnyView> {
    let named = one.entries.iter().take(NAMED_MAX).map(|entry| {
        let filter = SearchQuery { entry: Some(entry.to_string()), ..SearchQuery::default() };
        let short = entry.simple().to_string()[..12].to_owned();
        let spoken = entry.to_string();
        view! { <li><a class="ds-link" data-color="accent" href=filter.path() title=spoken><code>{short}</code></a></li> }
    });
    let named: Vec<_> = named.collect();
    let others = one.entries.len().saturating_sub(NAMED_MAX) as u64;
    let of_user = SearchQuery { who: Some(one.who.clone()), ..SearchQuery::default() };
    let reason = words::reason(one);
    vec![
        words::at(one.at).into_any(),
        view! {
            <a class="ds-link" data-color="accent" href=of_user.path()>{one.who_name.clone()}</a>
            <span class="subtle">{format!(" {}", words::role(&one.role))}</span>
        }
        .into_any(),
        view! { {words::what(one)} {reason.map(|reason| view! { <p class="subtle">{reason}</p> })} }.into_any(),
        words::count(u64::from(one.count)).into_any(),
        view! { {words::purpose(one.purpose)} <p class="subtle">{words::legal_basis(&one.legal_basis)}</p> }.into_any(),
        words::receiver(&one.receiver).into_any(),
        view! { <ul class="plain">{named}{(others > 0).then(|| view! { <li>{words::others(others)}</li> })}</ul> }.into_any(),
    ]
}
