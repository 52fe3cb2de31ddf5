//! A panic ends the WebAssembly instance for good: the screen says so instead of freezing.
//!
//! The screen is plain markup in `index.html`, so that it needs nothing of what has just failed.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// From now on a panic hides the portal and shows the screen `#panic`.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        // The place in the code and nothing else: a message might quote what was on the screen.
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        leptos::logging::error!("the portal stopped at {place}");
        show_screen("panic");
    }));
}

/// Hides the portal and shows a screen of `index.html` in its place.
pub fn show_screen(id: &str) {
    if let Some(portal) = element("portal") {
        portal.set_hidden(true);
    }
    if let Some(screen) = element(id) {
        screen.set_hidden(false);
        // Not focused when focusing fails: the screen is visible anyhow.
        let _ = screen.focus();
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
