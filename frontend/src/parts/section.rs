//! A part of a page under a heading.

use crate::language::Key;
use leptos::prelude::*;

/// The section, named by its heading.
pub fn section(id: &'static str, title: Key, content: AnyView) -> AnyView {
    view! {
        <section aria-labelledby=id>
            <h2 id=id class="ds-heading" data-size="sm">{title.follow()}</h2>
            {content}
        </section>
    }
    .into_any()
}

/// A line of a list of facts.
pub fn fact(name: Key, value: AnyView) -> AnyView {
    view! { <div><dt>{name.follow()}</dt><dd>{value}</dd></div> }.into_any()
}
