//! The rows on the screen, how many there are, and since when something is news. They follow the register without
//! moving what somebody is reading.

use super::list_query::ListQuery;
use super::rows::Page;
use crate::client::{self, Failure};
use crate::loading::{Load, Loader};
use api::municipality::{MunicipalCounts, MunicipalPage, PlainPage, Seen};
use leptos::prelude::*;

/// The list: what is shown, counted and waiting.
#[derive(Clone)]
pub struct List {
    query: Memo<ListQuery>,
    /// Whether it is the list of those who see what tells of health.
    pub health: bool,
    /// The rows.
    pub page: Loader<Page>,
    /// How many there are, and how many are new.
    pub counts: Loader<MunicipalCounts>,
    /// How far the user has looked.
    pub seen: Loader<Seen>,
    /// A newer page that waits, because somebody is reading the old one.
    pub waiting: ArcRwSignal<Option<Page>>,
    /// Why the list could not be marked as seen.
    pub failure: ArcRwSignal<Option<Failure>>,
}

impl List {
    /// A list that loads whenever its address changes, once it is known how far the user has looked.
    pub fn new(query: Memo<ListQuery>, health: bool) -> List {
        let list = List {
            query,
            health,
            page: Loader::new(),
            counts: Loader::new(),
            seen: Loader::new(),
            waiting: ArcRwSignal::new(None),
            failure: ArcRwSignal::new(None),
        };
        list.seen.load(fetch_seen());
        let (loading, seen) = (list.clone(), list.seen.state());
        Effect::new(move |before: Option<ListQuery>| {
            let query = query.get();
            if let Load::Ready(seen) = seen.get() {
                loading.load(&query, seen.position, before.as_ref() != Some(&query));
            }
            query
        });
        list
    }

    /// Loads again, after a failure.
    pub fn retry(&self) {
        match self.since() {
            Some(since) => {
                if let Some(query) = self.query.try_get_untracked() {
                    self.load(&query, since, true);
                }
            }
            None => self.seen.load(fetch_seen()),
        }
    }

    /// The register moved: fetch quietly, and show it unless that would move what is being read.
    pub fn follow(&self) {
        let (Some(query), Some(since)) = (self.query.try_get_untracked(), self.since()) else { return };
        self.counts.refresh(fetch_counts(self.base(), &query, since));
        let list = self.clone();
        leptos::task::spawn_local(async move {
            let Ok(page) = fetch_page(list.health, query.page_request(list.base(), since)).await else {
                return;
            };
            if list.query.try_get_untracked().as_ref() == Some(&query) && list.since() == Some(since) {
                list.take(page, query.is_first());
            }
        });
    }

    /// Shows what has been waiting.
    pub fn show_waiting(&self) {
        if let Some(page) = self.waiting.get_untracked() {
            self.waiting.set(None);
            self.page.put(page);
        }
    }

    /// The user has seen everything up to what is on the screen.
    pub fn mark_seen(&self, then: impl FnOnce() + 'static) {
        let position = self.page.state().with_untracked(|load| load.ready().map(|page| page.position));
        let Some(position) = position else { return };
        let list = self.clone();
        list.failure.set(None);
        leptos::task::spawn_local(async move {
            let seen = Seen { position: Some(position), at: None };
            match client::send_off("/municipality/seen", &seen).await {
                Ok(()) => {
                    list.seen.refresh(fetch_seen());
                    then();
                }
                Err(failure) => list.failure.set(Some(failure)),
            }
        });
    }

    /// Since when something is news: nothing while that is not known, `None` within for somebody who never looked.
    fn since(&self) -> Option<Option<u64>> {
        self.seen.state().with_untracked(|load| load.ready().map(|seen| seen.position))
    }

    fn base(&self) -> &'static str {
        if self.health { "/municipality" } else { "/municipality/plain" }
    }

    fn load(&self, query: &ListQuery, since: Option<u64>, anew: bool) {
        self.waiting.set(None);
        let page = fetch_page(self.health, query.page_request(self.base(), since));
        if anew {
            self.page.load(page)
        } else {
            self.page.refresh(page)
        }
        self.counts.refresh(fetch_counts(self.base(), query, since));
    }

    fn take(&self, page: Page, first: bool) {
        let shown = self.page.state();
        let same = shown.with_untracked(|load| load.ready().is_none_or(|shown| shown.rows == page.rows));
        if same || (first && !is_reading()) {
            self.waiting.set(None);
            self.page.put(page);
        } else {
            self.waiting.set(Some(page));
        }
    }
}

async fn fetch_seen() -> Result<Seen, Failure> {
    client::get("/municipality/seen").await
}

async fn fetch_page(health: bool, path: String) -> Result<Page, Failure> {
    if health {
        client::get::<MunicipalPage>(&path).await.map(Page::from)
    } else {
        client::get::<PlainPage>(&path).await.map(Page::from)
    }
}

fn fetch_counts(
    base: &str,
    query: &ListQuery,
    since: Option<u64>,
) -> impl Future<Output = Result<MunicipalCounts, Failure>> + use<> {
    let path = query.counts_request(base, since);
    async move { client::get(&path).await }
}

/// Whether the focus is within the table: then the rows stay where they are.
fn is_reading() -> bool {
    let focused = document().active_element();
    focused
        .is_some_and(|focused| matches!(focused.closest("[data-testid=municipal-list] tbody"), Ok(Some(_))))
}
