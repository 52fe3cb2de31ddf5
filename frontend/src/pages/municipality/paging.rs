//! Forth and back through the pages.

use super::Place;
use super::list::List;
use super::list_query::ListQuery;
use crate::language::tr_count;
use crate::navigation::focus;
use crate::t;
use leptos::prelude::*;

/// The two buttons and the number of the page; nothing where there is one page only.
pub fn paging(list: &List, place: Place) -> AnyView {
    let page = list.page.state();
    let next = Memo::new(move |_| page.with(|load| load.ready().and_then(|page| page.next.clone())));
    let one_page = move || next.read().is_none() && place.query.get().is_first();
    let forth = move |_| {
        if let Some(cursor) = next.get_untracked() {
            turn(place, place.query.get_untracked().next(cursor));
        }
    };
    let back = move |_| {
        if let Some(previous) = place.query.get_untracked().previous() {
            turn(place, previous);
        }
    };
    let no_next = Signal::derive(move || next.read().is_none());
    let no_previous = Signal::derive(move || place.query.get().is_first());
    view! {
        <nav class="paging" aria-label=t!("page-label") hidden=one_page>
            <button type="button" class="ds-button" data-variant="secondary" data-testid="prev-page" disabled=no_previous on:click=back>
                {t!("page-previous")}
            </button>
            <span>{move || tr_count("page-number", place.query.get().page_number())}</span>
            <button type="button" class="ds-button" data-variant="secondary" data-testid="next-page" disabled=no_next on:click=forth>
                {t!("page-next")}
            </button>
        </nav>
    }
    .into_any()
}

/// Another page is read from its top: the buttons are gone while it loads, so the focus needs a place.
fn turn(place: Place, query: ListQuery) {
    place.go.run(query);
    focus("list-top");
    window().scroll_to_with_x_and_y(0.0, 0.0);
}
