//! `/search`: hits of the search box. The query goes to the server in a body, and nowhere else.

use crate::asked::asked;
use crate::client;
use crate::language::{Key, tr_count};
use crate::loading::{Load, Loader};
use crate::navigation::{PageHeading, focus_heading_from};
use crate::parts::entry_row::{EntryTable, TableRow};
use crate::parts::failure::FailureView;
use crate::parts::state::{Empty, Skeleton};
use crate::t;
use api::entries::{SearchRequest, SearchResult};
use leptos::prelude::*;

/// The page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let asked = asked();
    let result = Loader::<SearchResult>::new();
    let search = {
        let (asked, result) = (asked.clone(), result.clone());
        move || {
            if let Some(query) = asked.get_untracked() {
                result.load(async move { client::post("/entries/search", &SearchRequest { query }).await });
            }
        }
    };
    Effect::new({
        let (asked, search) = (asked.clone(), search.clone());
        move |_| {
            asked.track();
            search();
        }
    });
    let state = result.state();
    Effect::new(move |_| {
        // A search made on this page opens no page that would take the focus.
        if state.with(|load| !matches!(load, Load::Loading)) {
            focus_heading_from(".search-box");
        }
    });
    let state = result.state();
    let shown = move || {
        if asked.read().is_none() {
            return view! {
                <Empty title=Key("search-idle-title") text=Signal::derive(t!("search-idle")) />
            }
            .into_any();
        }
        match state.get() {
            Load::Loading => view! { <Skeleton lines=4 /> }.into_any(),
            Load::Failed(failure) => view! { <FailureView failure retry=search.clone() /> }.into_any(),
            Load::Ready(result) => view! { <Hits result /> }.into_any(),
        }
    };
    view! {
        <div class="page">
            <PageHeading title=Key("search-title") />
            {shown}
        </div>
    }
}

#[component]
fn Hits(result: SearchResult) -> impl IntoView {
    if result.hits.is_empty() {
        return view! { <Empty title=Key("search-none-title") text=Signal::derive(t!("search-none")) /> }
            .into_any();
    }
    let count = result.hits.len() as u64;
    let rows: Vec<TableRow> = result
        .hits
        .into_iter()
        .map(|hit| TableRow { entry: hit.entry, matched_by: Some(hit.matched_by) })
        .collect();
    view! {
        <p role="status">
            {move || tr_count("search-found", count)} " "
            {result.more.then(|| view! { <span>{t!("search-more")}</span> })}
        </p>
        <EntryTable
            id="search-caption"
            caption=Signal::derive(t!("search-caption"))
            rows=Signal::stored(rows)
            matched=true
        />
    }
    .into_any()
}
