//! Moving between pages: title, focus, and finding elements.

use crate::language::{Key, tr};
use leptos::html::H1;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The heading of a page. When the page opens it takes the focus and gives the window its title,
/// which client-side navigation does not do by itself. The title never holds a person's name.
#[component]
pub fn PageHeading(
    /// Key of the title.
    title: Key,
    /// What the heading says, when that is more than the title.
    #[prop(optional, into)]
    shown: Option<Signal<String>>,
) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    Effect::new(move |_| document().set_title(&format!("{} – {}", title.text(), tr("product"))));
    Effect::new(move |focused: Option<bool>| {
        let Some(heading) = heading.get() else { return false };
        if focused != Some(true) {
            let _ = heading.focus();
        }
        true
    });
    view! {
        <h1 class="ds-heading" data-size="lg" tabindex="-1" node_ref=heading>
            {move || shown.map_or_else(|| title.text(), |shown| shown.get())}
        </h1>
    }
}

/// An element of the document by its id.
pub fn element<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Puts the focus on the page's heading, when it still is in the form that asked for what the page now shows.
/// Whoever has moved on meanwhile is left where he is.
pub fn focus_heading_from(form: &str) {
    let within = |element: Element| element.closest(form).ok().flatten().is_some();
    if document().active_element().is_some_and(within)
        && let Ok(Some(heading)) = document().query_selector("main h1")
        && let Ok(heading) = heading.dyn_into::<HtmlElement>()
    {
        let _ = heading.focus();
    }
}

/// Puts the focus on an element, when it is there.
pub fn focus(id: &str) {
    if let Some(element) = element::<HtmlElement>(id) {
        let _ = element.focus();
    }
}
