//! The rows on the screen and what is known to be newer: they follow the register without jumping.

use super::list_query::ListQuery;
use crate::client;
use crate::language::tr_count;
use crate::loading::Loader;
use crate::parts::entry_row::Mark;
use crate::parts::pace::Pace;
use api::entries::{EntryCounts, EntryPage, EntryRow};
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// Screen readers hear of news at most this often.
const ANNOUNCE_EVERY_MS: f64 = 15_000.0;

/// A newer page that waits, because somebody is reading the old one.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    page: EntryPage,
    /// Entries that the old page does not show.
    pub new_rows: u64,
}

/// The list: what is shown, counted, marked and waiting.
#[derive(Clone)]
pub struct List {
    query: Memo<ListQuery>,
    /// The rows.
    pub page: Loader<EntryPage>,
    /// How many there are.
    pub counts: Loader<EntryCounts>,
    /// What waits to be shown.
    pub news: ArcRwSignal<Option<News>>,
    /// Rows that came or changed with the latest refresh.
    pub marks: ArcRwSignal<HashMap<Uuid, Mark>>,
    /// What screen readers are told.
    pub announcement: ArcRwSignal<String>,
    unannounced: Arc<AtomicU64>,
    announce: Pace,
}

impl List {
    /// A list that loads whenever its address changes.
    pub fn new(query: Memo<ListQuery>) -> List {
        let announcement = ArcRwSignal::new(String::new());
        let unannounced = Arc::new(AtomicU64::new(0));
        let announce = {
            let (announcement, unannounced) = (announcement.clone(), unannounced.clone());
            Pace::new(ANNOUNCE_EVERY_MS, move || {
                let count = unannounced.swap(0, Ordering::Relaxed);
                announcement.set(untrack(|| tr_count("list-announce-new", count)));
            })
        };
        let list = List {
            query,
            page: Loader::new(),
            counts: Loader::new(),
            news: ArcRwSignal::new(None),
            marks: ArcRwSignal::new(HashMap::new()),
            announcement,
            unannounced,
            announce,
        };
        let loading = list.clone();
        Effect::new(move |_| loading.load(&query.get()));
        list
    }

    fn load(&self, query: &ListQuery) {
        self.news.set(None);
        self.marks.update(HashMap::clear);
        self.page.load(fetch(query.page_request()));
        self.counts.refresh(fetch(query.counts_request()));
    }

    /// Loads again, after a failure.
    pub fn retry(&self) {
        if let Some(query) = self.query.try_get_untracked() {
            self.load(&query);
        }
    }

    /// The register moved: fetch quietly, and show it unless that would move what is being read.
    pub fn follow(&self) {
        let Some(query) = self.query.try_get_untracked() else { return };
        self.counts.refresh(fetch(query.counts_request()));
        let list = self.clone();
        leptos::task::spawn_local(async move {
            let Ok(page) = fetch::<EntryPage>(query.page_request()).await else { return };
            if list.query.try_get_untracked().as_ref() == Some(&query) {
                list.take(page, &query);
            }
        });
    }

    fn take(&self, page: EntryPage, query: &ListQuery) {
        let Some(old) = self.page.state().with_untracked(|load| load.ready().cloned()) else {
            self.page.put(page);
            return;
        };
        let marks = differences(&old.items, &page.items);
        let new_rows = marks.values().filter(|mark| **mark == Mark::New).count() as u64;
        let same_rows = marks.is_empty() && old.items.len() == page.items.len();
        if same_rows {
            self.news.set(None);
        } else if !query.is_first() || is_reading() {
            self.news.set(Some(News { page, new_rows }));
        } else {
            self.show(page, marks, new_rows);
        }
    }

    /// Shows what has been waiting.
    pub fn show_news(&self) {
        let Some(News { page, new_rows }) = self.news.get_untracked() else { return };
        let old = self.page.state().with_untracked(|load| load.ready().cloned());
        let marks = differences(old.as_ref().map_or(&[], |page| &page.items), &page.items);
        self.show(page, marks, new_rows);
    }

    fn show(&self, page: EntryPage, marks: HashMap<Uuid, Mark>, new_rows: u64) {
        self.news.set(None);
        self.page.put(page);
        self.marks.set(marks);
        if new_rows > 0 {
            self.unannounced.fetch_add(new_rows, Ordering::Relaxed);
            self.announce.ask();
        }
    }
}

async fn fetch<T: serde::de::DeserializeOwned>(path: String) -> Result<T, client::Failure> {
    client::get(&path).await
}

/// Which rows of the newer page are new or changed.
fn differences(old: &[EntryRow], new: &[EntryRow]) -> HashMap<Uuid, Mark> {
    let known: HashMap<Uuid, &EntryRow> = old.iter().map(|row| (row.id, row)).collect();
    let mark = |row: &EntryRow| match known.get(&row.id) {
        None => Some((row.id, Mark::New)),
        Some(before) if *before != row => Some((row.id, Mark::Changed)),
        Some(_) => None,
    };
    new.iter().filter_map(mark).collect()
}

/// Whether the focus is within the table: then the rows stay where they are.
fn is_reading() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|focused| matches!(focused.closest("[data-testid=entry-list] tbody"), Ok(Some(_))))
}
