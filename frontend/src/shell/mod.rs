//! The frame around every page: header, state of the feed, the page itself, the promise at the bottom.

mod feed;
mod header;
mod preferences;
mod search_box;
mod shortcuts_dialog;

use crate::navigation::focus;
use crate::{session, shortcuts, t};
use leptos::prelude::*;

/// The frame.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    shortcuts::listen();
    let logged_in = Memo::new(|_| session::login().read().session().is_some());
    let skip = |event: leptos::ev::MouseEvent| {
        // The router takes every link for a way to a page, and would not move the focus.
        event.prevent_default();
        focus("main");
    };
    view! {
        <a class="ds-skip-link" href="#main" on:click=skip>{t!("skip-link")}</a>
        <header class="frame-header" data-color="neutral">
            <header::Header logged_in />
        </header>
        <Show when=move || logged_in.get()>
            <feed::FeedStrip />
        </Show>
        <main id="main" class="frame-main" tabindex="-1">
            {children()}
        </main>
        <footer class="frame-footer">
            <p>{t!("ten-days")}</p>
            <Show when=session::is_demo>
                <p>{t!("demo-note")}</p>
            </Show>
        </footer>
        <shortcuts_dialog::ShortcutsDialog />
    }
}
