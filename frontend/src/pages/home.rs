//! `/`: on to the page where the role's work is; calm words for a role that has none yet.

use crate::language::Key;
use crate::navigation::PageHeading;
use crate::{session, t};
use api::session::Role;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The start page.
#[component]
pub fn HomePage() -> impl IntoView {
    let navigate = use_navigate();
    let may = session::permissions();
    let target = match (may.see_entries, may.see_register_status) {
        (true, _) => Some("/entries"),
        (false, true) => Some("/register"),
        (false, false) if may.work_at_hotel => Some("/hotel"),
        (false, false) => None,
    };
    Effect::new(move |_| {
        if let Some(target) = target {
            navigate(target, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    target.is_none().then(|| view! { <NothingYet /> })
}

#[component]
fn NothingYet() -> impl IntoView {
    let inspector =
        || session::login().read().session().is_some_and(|session| session.role == Role::LabourInspector);
    view! {
        <div class="page calm">
            <PageHeading title=Key("home-title") />
            <Show when=inspector fallback=|| view! { <p>{t!("home-other")}</p> }>
                <p>{t!("home-inspector")}</p>
            </Show>
        </div>
    }
}
