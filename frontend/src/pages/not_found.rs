//! No such page.

use crate::language::Key;
use crate::navigation::PageHeading;
use crate::t;
use leptos::prelude::*;

/// Says so, and shows the way out.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <div class="page calm">
            <PageHeading title=Key("not-found-title") />
            <p>{t!("not-found")}</p>
            <a class="ds-link" href="/">{t!("not-found-home")}</a>
        </div>
    }
}
