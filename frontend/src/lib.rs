//! The portal of the control centre: Leptos, rendered in the browser, fed by `/api/v1`.
//!
//! The site map is in [`app`], one page is one file or folder under [`pages`]. What belongs to the whole tab
//! (session, language, live stream) lives in signals that outlast every page, so that a late answer
//! never touches a page that has gone.

mod app;
mod asked;
mod client;
mod codes;
mod format;
mod gate;
mod language;
mod live;
mod loading;
mod moment;
mod municipalities;
mod navigation;
mod outcome_form;
mod pages;
mod panic;
mod parts;
mod preferences;
mod query;
mod relogin;
mod scheme;
mod script;
mod session;
mod sharing;
mod shell;
mod shortcuts;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the portal in `#portal`. The browser calls it once, when the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    panic::install();
    scheme::restore();
    shortcuts::restore();
    live::rest_while_put_aside();
    let Some(place) = document().get_element_by_id("portal").and_then(|found| found.dyn_into().ok()) else {
        return;
    };
    // Mounting starts what other tasks are spawned on.
    wasm_bindgen_futures::spawn_local(async move {
        if language::restore().await.is_err() {
            return panic::show_screen("not-loaded");
        }
        mount_to(place, app::App).forget();
        session::resume().await;
    });
}

/// Panics. The journey that proves the panic screen needs something to trip over.
#[wasm_bindgen(js_name = tripOver)]
pub fn trip_over() {
    std::panic::panic_any("tripped over on purpose");
}
