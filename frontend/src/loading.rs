//! Something that is fetched: loading, here, or failed. Late answers of earlier questions are dropped.

use crate::client::Failure;
use leptos::prelude::*;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where a fetch stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<T> {
    /// Asked, not answered.
    Loading,
    /// Here.
    Ready(T),
    /// Not to be had.
    Failed(Failure),
}

impl<T> Load<T> {
    /// The value, when it is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Load::Ready(value) => Some(value),
            Load::Loading | Load::Failed(_) => None,
        }
    }

    /// The state without the value: what stays the same while the value changes.
    pub fn stage(&self) -> Load<()> {
        match self {
            Load::Loading => Load::Loading,
            Load::Ready(_) => Load::Ready(()),
            Load::Failed(failure) => Load::Failed(failure.clone()),
        }
    }

    /// A copy of the value, when it is here.
    pub fn ready_or_none(&self) -> Option<T>
    where
        T: Clone,
    {
        self.ready().cloned()
    }
}

/// Fetches a value, again and again. It outlives the page that asked, so a late answer harms nobody.
pub struct Loader<T> {
    state: ArcRwSignal<Load<T>>,
    question: Arc<AtomicU64>,
}

impl<T> Clone for Loader<T> {
    fn clone(&self) -> Self {
        Loader { state: self.state.clone(), question: self.question.clone() }
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Loader<T> {
    /// A loader that has not been asked.
    pub fn new() -> Self {
        Loader { state: ArcRwSignal::new(Load::Loading), question: Arc::default() }
    }

    /// The state, to read and follow.
    pub fn state(&self) -> ArcReadSignal<Load<T>> {
        self.state.read_only()
    }

    /// Fetches and shows that it does.
    pub fn load(&self, fetch: impl Future<Output = Result<T, Failure>> + 'static) {
        self.state.set(Load::Loading);
        self.refresh(fetch);
    }

    /// Fetches while the old value stays on the screen. A failure is shown only when there is no old value.
    pub fn refresh(&self, fetch: impl Future<Output = Result<T, Failure>> + 'static) {
        let question = self.question.fetch_add(1, Ordering::Relaxed) + 1;
        let loader = self.clone();
        leptos::task::spawn_local(async move {
            let answer = fetch.await;
            if loader.question.load(Ordering::Relaxed) != question {
                return;
            }
            match answer {
                Ok(value) => loader.show(value),
                Err(failure) if loader.state.with_untracked(|state| state.ready().is_none()) => {
                    loader.state.set(Load::Failed(failure));
                }
                Err(_) => {}
            }
        });
    }

    /// Puts a value there that came another way.
    pub fn put(&self, value: T) {
        self.question.fetch_add(1, Ordering::Relaxed);
        self.show(value);
    }

    /// What has not changed is not drawn anew: that would take the focus from whoever is in it.
    fn show(&self, value: T) {
        if self.state.with_untracked(|state| state.ready() != Some(&value)) {
            self.state.set(Load::Ready(value));
        }
    }
}
