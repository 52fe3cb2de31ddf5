//! The files of the script, fetched once each.

use crate::client;
use crate::loading::Load;
use leptos::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

type Cache = BTreeMap<String, Load<Arc<Value>>>;

thread_local! {
    static CACHE: ArcRwSignal<Cache> = ArcRwSignal::new(Cache::new());
}

/// What one conversation needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Files {
    /// The order of the steps.
    pub flow: Arc<Value>,
    /// The words the caller reads.
    pub norwegian: Arc<Value>,
    /// The words that are read aloud.
    pub spoken: Arc<Value>,
}

/// The files for a language; reading them in a view makes the view follow them.
pub fn files(language: &str) -> Load<Files> {
    let (flow, norwegian, spoken) = (file("flow"), file("nb"), file(language));
    match (flow, norwegian, spoken) {
        (Load::Ready(flow), Load::Ready(norwegian), Load::Ready(spoken)) => {
            Load::Ready(Files { flow, norwegian, spoken })
        }
        (Load::Failed(failure), _, _) | (_, Load::Failed(failure), _) | (_, _, Load::Failed(failure)) => {
            Load::Failed(failure)
        }
        _ => Load::Loading,
    }
}

/// Lets what could not be fetched be fetched again.
pub fn forget_failures() {
    CACHE.with(|cache| cache.update(|cache| cache.retain(|_, load| !matches!(load, Load::Failed(_)))));
}

fn file(name: &str) -> Load<Arc<Value>> {
    let cache = CACHE.with(Clone::clone);
    if let Some(load) = cache.read().get(name) {
        return load.clone();
    }
    let name = name.to_owned();
    // Written outside the reading that asked: a view must not change what it reads.
    leptos::task::spawn_local(async move {
        let asked = cache.try_update(|cache| cache.insert(name.clone(), Load::Loading).is_some());
        if asked == Some(true) {
            return;
        }
        let load = match client::get::<Value>(&format!("/public/scripts/{name}")).await {
            Ok(value) => Load::Ready(Arc::new(value)),
            Err(failure) => Load::Failed(failure),
        };
        cache.update(|cache| drop(cache.insert(name, load)));
    });
    Load::Loading
}
