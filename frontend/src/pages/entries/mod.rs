//! `/entries`: the list of entries. The whole state of the list stands in its address.

mod chips;
mod counts;
mod filters;
mod list;
mod list_query;
mod paging;

use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::live;
use crate::loading::Load;
use crate::moment::now;
use crate::navigation::PageHeading;
use crate::parts::entry_row::{EntryTable, Sorting, TableRow};
use crate::parts::failure::FailureView;
use crate::parts::pace::Pace;
use crate::parts::state::{Empty, Skeleton};
use crate::{format, t};
use api::entries::{EntryPage, EntrySort};
use api::live::Topic;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use list::List;
use list_query::ListQuery;

/// The live list refreshes at most this often.
const PACE_MS: f64 = 1_000.0;

/// The address of the list, and the way to another one.
#[derive(Clone, Copy)]
struct Place {
    query: Memo<ListQuery>,
    go: Callback<ListQuery>,
}

impl Place {
    fn of_this_page() -> Place {
        let address = use_query_map();
        let navigate = use_navigate();
        Place {
            query: Memo::new(move |_| ListQuery::read(|name| address.read().get(name))),
            go: Callback::new(move |query: ListQuery| {
                navigate(&query.path(), NavigateOptions { scroll: false, ..NavigateOptions::default() });
            }),
        }
    }

    /// Changes filter or order, from the first page.
    fn change(self, change: impl FnOnce(&mut api::entries::EntryFilter)) {
        self.go.run(self.query.get_untracked().with(change));
    }
}

/// The page.
#[component]
pub fn EntriesPage() -> impl IntoView {
    let place = Place::of_this_page();
    let list = List::new(place.query);
    let pace = {
        let list = list.clone();
        Pace::new(PACE_MS, move || list.follow())
    };
    live::follow(&[Topic::Entries], pace);
    let announcement = list.announcement.clone();
    view! {
        <div class="page">
            <PageHeading title=Key("entries-title") />
            <filters::Filters place />
            <chips::Chips place />
            <counts::Counts place counts=list.counts.state() page=list.page.state() />
            <Waiting list=list.clone() place />
            <p class="sr-only" role="status">{move || announcement.get()}</p>
            <Rows list place />
        </div>
    }
}

/// What waits to be shown, because somebody is reading.
#[component]
fn Waiting(list: List, place: Place) -> impl IntoView {
    let news = list.news.clone();
    let words = move || {
        let new_rows = news.get().map(|news| news.new_rows);
        new_rows.map(|count| match count {
            0 => tr("list-changed-rows"),
            _ => tr_count("list-new-rows", count),
        })
    };
    let show = move |_| {
        let query = place.query.get_untracked();
        if query.is_first() { list.show_news() } else { place.go.run(query.first()) }
    };
    view! {
        <div class="waiting-news" role="status">
            {move || words().map(|words| view! {
                <button type="button" class="ds-button" data-variant="secondary" on:click=show.clone()>{words}</button>
            })}
        </div>
    }
}

#[component]
fn Rows(list: List, place: Place) -> impl IntoView {
    let state = list.page.state();
    let stage = {
        let state = state.clone();
        Memo::new(move |_| state.with(Stage::of))
    };
    move || match stage.get() {
        Stage::Loading => view! { <Skeleton /> }.into_any(),
        Stage::Failed(failure) => {
            let list = list.clone();
            view! { <FailureView failure=*failure retry=move || list.retry() /> }.into_any()
        }
        Stage::Empty => view! { <NoRows list=list.clone() place /> }.into_any(),
        Stage::Rows => view! { <Table list=list.clone() place /> }.into_any(),
    }
}

/// Which of the four states the list is in; the rows themselves come and go within the last.
#[derive(Clone, PartialEq)]
enum Stage {
    Loading,
    Failed(Box<crate::client::Failure>),
    Empty,
    Rows,
}

impl Stage {
    fn of(load: &Load<EntryPage>) -> Stage {
        match load {
            Load::Loading => Stage::Loading,
            Load::Failed(failure) => Stage::Failed(Box::new(failure.clone())),
            Load::Ready(page) if page.items.is_empty() => Stage::Empty,
            Load::Ready(_) => Stage::Rows,
        }
    }
}

#[component]
fn Table(list: List, place: Place) -> impl IntoView {
    let page = list.page.state();
    let rows = Signal::derive(move || {
        let items = page.with(|load| load.ready().map(|page| page.items.clone())).unwrap_or_default();
        items.into_iter().map(TableRow::from).collect::<Vec<_>>()
    });
    let sorting = Sorting {
        current: Signal::derive(move || place.query.get().filter.sort),
        choose: Callback::new(move |sort: EntrySort| place.change(|filter| filter.sort = sort)),
    };
    let today = Signal::derive(|| {
        let from = format::moment_prose(language(), now());
        tr_with("entries-caption", &[("from", from.into())])
    });
    view! {
        <EntryTable id="entries-caption" caption=today rows sorting marks=list.marks.clone() />
        <paging::Paging list place />
    }
}

/// Nothing to show: because there is nothing, because of the filter, or because the page has emptied.
#[component]
fn NoRows(list: List, place: Place) -> impl IntoView {
    let counts = list.counts.state();
    let all = move || counts.with(|load| load.ready().map_or(0, |counts| counts.all));
    move || {
        let query = place.query.get();
        if !query.is_first() {
            return view! {
                <Empty title=Key("empty-page-title") text=Signal::derive(t!("empty-page"))>
                    <a class="ds-link" href=query.first().path()>{t!("empty-first-page")}</a>
                </Empty>
            }
            .into_any();
        }
        if query.is_filtered() {
            let all = all.clone();
            return view! {
                <Empty title=Key("empty-filtered-title") text=Signal::derive(move || tr_count("empty-filtered", all()))>
                    <a class="ds-button" data-variant="secondary" href=query.unfiltered().path()>
                        {t!("filter-remove-all")}
                    </a>
                </Empty>
            }
            .into_any();
        }
        view! { <Empty title=Key("empty-none-title") text=Signal::derive(t!("empty-none")) /> }.into_any()
    }
}
