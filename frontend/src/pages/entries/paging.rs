//! Forth and back through the pages.

use super::Place;
use super::list::List;
use crate::language::tr_count;
use crate::navigation::focus;
use crate::t;
use leptos::prelude::*;

/// The two buttons and the number of the page.
#[component]
pub fn Paging(list: List, place: Place) -> impl IntoView {
    let page = list.page.state();
    let next = move || page.with(|load| load.ready().and_then(|page| page.next.clone()));
    let has_next = {
        let next = next.clone();
        move || next().is_some()
    };
    let has_previous = move || place.query.get().previous().is_some();
    let forth = move |_| {
        if let Some(cursor) = next() {
            turn(place, place.query.get_untracked().next(cursor));
        }
    };
    let back = move |_| {
        if let Some(previous) = place.query.get_untracked().previous() {
            turn(place, previous);
        }
    };
    view! {
        <nav class="paging" aria-label=t!("page-label")>
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-testid="prev-page"
                disabled=move || !has_previous()
                on:click=back
            >
                {t!("page-previous")}
            </button>
            <span>{move || tr_count("page-number", place.query.get().page_number())}</span>
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-testid="next-page"
                disabled=move || !has_next()
                on:click=forth
            >
                {t!("page-next")}
            </button>
        </nav>
    }
}

/// Another page is read from its top: the buttons are gone while it loads, so the focus needs a place.
fn turn(place: Place, query: super::list_query::ListQuery) {
    place.go.run(query);
    focus("list-top");
    window().scroll_to_with_x_and_y(0.0, 0.0);
}
