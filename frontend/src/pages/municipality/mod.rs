//! `/municipality`: the lists of the own municipality, and what is new in them. The whole state of the list stands in
//! its address.

mod filters;
mod list;
mod list_query;
mod news;
pub mod not_ours;
mod paging;
pub mod plain_entry;
mod rows;
mod table;
mod tabs;
pub mod way_back;
mod words;

use crate::client::Failure;
use crate::language::{Key, tr, tr_with};
use crate::loading::Load;
use crate::navigation::{PageHeading, focus};
use crate::parts::failure::{FailureView, refusal};
use crate::parts::pace::Pace;
use crate::parts::state::{Empty, Skeleton};
use crate::{live, municipalities, session, t};
use api::live::Topic;
use api::municipality::MunicipalFilter;
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

    /// Changes what is shown, from the first page. Nothing when the page has been left meanwhile.
    fn change(self, change: impl FnOnce(&mut MunicipalFilter)) {
        if let Some(query) = self.query.try_get_untracked() {
            let _ = self.go.try_run(query.with(change));
        }
    }
}

/// Number of the own municipality.
pub fn own() -> Option<String> {
    session::login().read().session().and_then(|session| session.municipality.clone())
}

/// The page.
#[component]
pub fn MunicipalityPage() -> impl IntoView {
    let place = Place::of_this_page();
    let list = List::new(place.query, untrack(session::permissions).see_health);
    let following = list.clone();
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, move || following.follow()));
    Effect::new(move |_| way_back::remember(place.query.get()));
    let heading = Signal::derive(|| {
        own().map_or_else(
            || tr("municipality-title"),
            |own| tr_with("municipality-heading", &[("municipality", municipalities::name(&own).into())]),
        )
    });
    view! {
        <div class="page">
            <PageHeading title=Key("municipality-title") shown=heading />
            {notice()}
            {tabs::tabs(&list, place)}
            {news::news(&list, place)}
            {refusal(list.failure.clone())}
            {filters::filters(place)}
            {news::toolbar(&list, place)}
            {waiting(&list)}
            {rows(list, place)}
        </div>
    }
}

/// Word that another page left. It comes after the heading has taken the focus, so that it is read aloud too.
fn notice() -> AnyView {
    let notice = ArcRwSignal::new(None::<Key>);
    let said = notice.clone();
    Effect::new(move |_| {
        let said = said.clone();
        request_animation_frame(move || said.set(way_back::word()));
    });
    let shown = move || {
        notice
            .get()
            .map(|notice| view! { <div class="ds-alert" data-color="success"><p>{notice.follow()}</p></div> })
    };
    view! { <div role="status" data-testid="notice">{shown}</div> }.into_any()
}

/// What waits to be shown, because somebody is reading.
fn waiting(list: &List) -> AnyView {
    let (waiting, list) = (list.waiting.clone(), list.clone());
    let is_waiting = Memo::new(move |_| waiting.read().is_some());
    let button = move || {
        let list = list.clone();
        // The button goes with what it shows, so the focus needs a place.
        let show = move |_| {
            list.show_waiting();
            focus("list-top");
        };
        is_waiting.get().then(|| {
            view! {
                <button type="button" class="ds-button" data-variant="secondary" on:click=show>
                    {t!("list-changed-rows")}
                </button>
            }
        })
    };
    view! { <div class="waiting-news" role="status">{button}</div> }.into_any()
}

/// Which of the four states the list is in; the rows themselves come and go within the last.
#[derive(Clone, PartialEq)]
enum Stage {
    Loading,
    Failed(Box<Failure>),
    Empty,
    Rows,
}

fn rows(list: List, place: Place) -> AnyView {
    let (page, seen) = (list.page.state(), list.seen.state());
    let stage = Memo::new(move |_| {
        if let Load::Failed(failure) = seen.get() {
            return Stage::Failed(Box::new(failure));
        }
        page.with(|load| match load {
            Load::Loading => Stage::Loading,
            Load::Failed(failure) => Stage::Failed(Box::new(failure.clone())),
            Load::Ready(page) if page.rows.is_empty() => Stage::Empty,
            Load::Ready(_) => Stage::Rows,
        })
    });
    let shown = move || match stage.get() {
        Stage::Loading => view! { <Skeleton /> }.into_any(),
        Stage::Failed(failure) => {
            let list = list.clone();
            view! { <FailureView failure=*failure retry=move || list.retry() /> }.into_any()
        }
        Stage::Empty => empty(place),
        Stage::Rows => view! { {table::table_of(&list)} {paging::paging(&list, place)} }.into_any(),
    };
    shown.into_any()
}

/// Nothing to show: because the page has emptied, because of the filter, or because there is nothing.
fn empty(place: Place) -> AnyView {
    let shown = move || {
        let query = place.query.get();
        let (title, text, target, way) = if !query.is_first() {
            ("empty-page-title", "empty-page", query.with(|_| {}), "empty-first-page")
        } else if query.filter.news.is_some() {
            ("news-none-title", "news-none-here", query.with(|filter| filter.news = None), "news-show-all")
        } else if query.is_filtered() {
            ("empty-filtered-title", "municipality-empty-filtered", query.unfiltered(), "filter-remove-all")
        } else {
            let text = Signal::derive(t!("municipality-empty"));
            return view! { <Empty title=Key("municipality-empty-title") text /> }.into_any();
        };
        view! {
            <Empty title=Key(title) text=Signal::derive(Key(text).follow())>
                <a class="ds-button" data-variant="secondary" href=target.path()>{Key(way).follow()}</a>
            </Empty>
        }
        .into_any()
    };
    shown.into_any()
}
