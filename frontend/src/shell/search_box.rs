//! The search box. What is typed is personal: it goes to memory and a request body, never to an address.

use crate::asked::ask;
use crate::{shortcuts, t};
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The search box.
#[component]
pub fn SearchBox() -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else { return };
        ask(&field.value());
        navigate("/search", NavigateOptions::default());
    };
    view! {
        <form class="search-box" role="search" autocomplete="off" on:submit=submit>
            <label class="sr-only" for=shortcuts::SEARCH_FIELD>{t!("search-label")}</label>
            <input
                id=shortcuts::SEARCH_FIELD
                class="ds-input"
                type="search"
                autocomplete="off"
                spellcheck="false"
                data-testid="search-input"
                placeholder=t!("search-hint")
                node_ref=field
            />
            <button type="submit" class="ds-button" data-variant="secondary">{t!("search-button")}</button>
        </form>
    }
}
