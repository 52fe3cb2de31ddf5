//! The states in which a list has no rows: loading and empty. The failure has its own file.

use crate::language::Key;
use crate::t;
use leptos::prelude::*;

/// Grey lines in place of the rows to come.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 10)]
    lines: usize,
) -> impl IntoView {
    let line = || view! { <span class="ds-skeleton skeleton-line" aria-hidden="true"></span> };
    view! {
        <div class="skeleton" aria-busy="true">
            <p class="sr-only" role="status">{t!("loading")}</p>
            {(0..lines).map(|_| line()).collect_view()}
        </div>
    }
}

/// Nothing to show, and why that is.
#[component]
pub fn Empty(
    /// Key of the heading.
    title: Key,
    /// What it means and what to do.
    #[prop(into)]
    text: Signal<String>,
    /// What can be done, if anything.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" role="status">
            <h2 class="ds-heading" data-size="xs">{title.follow()}</h2>
            <p>{move || text.get()}</p>
            {children.map(|children| children())}
        </div>
    }
}
