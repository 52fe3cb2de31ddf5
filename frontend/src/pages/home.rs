//! `/`: on to the page where the role's work is; calm words for a role that has none yet.

use crate::language::Key;
use crate::navigation::PageHeading;
use crate::{session, t};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The start page.
#[component]
pub fn HomePage() -> impl IntoView {
    let navigate = use_navigate();
    let may = session::permissions();
    let pages = [
        (may.see_municipality, "/municipality"),
        (may.see_entries, "/entries"),
        (may.inspect_employers, "/inspectorate"),
        (may.work_at_hotel, "/hotel"),
        (may.see_register_status, "/register"),
    ];
    let target = pages.into_iter().find(|(may, _)| *may).map(|(_, page)| page);
    Effect::new(move |_| {
        if let Some(target) = target {
            navigate(target, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    target.is_none().then(|| view! { <NothingYet /> })
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <div class="page calm">
            <PageHeading title=Key("home-title") />
            <p>{t!("home-other")}</p>
        </div>
    }
}
