//! What was last searched for. It is personal: it lives in this tab's memory, never in an address, a title
//! or a store, and it is forgotten with the session.

use leptos::prelude::*;

thread_local! {
    static ASKED: ArcRwSignal<Option<String>> = ArcRwSignal::new(None);
}

/// What was asked for, to read and follow.
pub fn asked() -> ArcReadSignal<Option<String>> {
    ASKED.with(|asked| asked.read_only())
}

/// Asks for something; empty asks for nothing.
pub fn ask(query: &str) {
    let query = query.trim();
    ASKED.with(|asked| asked.set((!query.is_empty()).then(|| query.to_owned())));
}

/// Forgets it.
pub fn forget() {
    ASKED.with(|asked| asked.set(None));
}
