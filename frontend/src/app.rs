//! The site map: every page of the portal, and who may see it.

use crate::gate::{guarded, kept};
use crate::pages::{call, entries, home, late, login, not_found};
use crate::parts::failure::FailureView;
use crate::session::{self, Login};
use crate::shell::Shell;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

/// The portal. It waits for the answer to "who am I" before it shows a page, so that no page flashes by.
#[component]
pub fn App() -> impl IntoView {
    let stage = Memo::new(|_| match session::login().get() {
        Login::Unknown => Stage::Asking,
        Login::Unreachable(failure) => Stage::Unreachable(Box::new(failure)),
        Login::Out | Login::Ended | Login::In(_) => Stage::Known,
    });
    move || match stage.get() {
        Stage::Asking => view! { <p class="waiting" role="status">{crate::t!("loading")}</p> }.into_any(),
        Stage::Unreachable(failure) => view! {
            <main class="page">
                <FailureView failure=*failure retry=|| leptos::task::spawn_local(session::resume()) />
            </main>
        }
        .into_any(),
        Stage::Known => view! { <SiteMap /> }.into_any(),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Asking,
    Unreachable(Box<crate::client::Failure>),
    Known,
}

#[component]
fn SiteMap() -> impl IntoView {
    view! {
        <Router>
            <Shell>
                <Routes fallback=|| view! { <not_found::NotFoundPage /> }>
                    <Route path=path!("/login") view=login::LoginPage />
                    <Route path=path!("/") view=|| guarded(|_| true, home::HomePage) />
                    <Route path=path!("/entries") view=|| guarded(|may| may.see_entries, entries::EntriesPage) />
                    <Route path=path!("/entries/:id") view=|| guarded(|may| may.see_entries, late::entry) />
                    <Route
                        path=path!("/municipality")
                        view=|| guarded(|may| may.see_municipality, late::municipality)
                    />
                    <Route
                        path=path!("/municipality/entries/:id")
                        view=|| guarded(|may| may.see_municipality, late::plain_entry)
                    />
                    <Route path=path!("/call") view=|| kept(|may| may.make_calls, call::CallPage) />
                    <Route path=path!("/calls/board") view=|| guarded(|may| may.lead_calls, late::board) />
                    <Route path=path!("/calls/queue") view=|| guarded(|may| may.lead_calls, late::queue) />
                    <Route path=path!("/search") view=|| guarded(|may| may.see_entries, late::search) />
                    <Route path=path!("/workbench") view=|| guarded(|may| may.route_entries, late::workbench) />
                    <Route
                        path=path!("/register")
                        view=|| guarded(|may| may.see_register_status, late::register)
                    />
                    <Route path=path!("/retention") view=|| guarded(|may| may.see_retention, late::retention) />
                    <Route path=path!("/results") view=|| guarded(|may| may.see_results_board, late::results) />
                    <Route
                        path=path!("/disclosures")
                        view=|| guarded(|may| may.see_disclosures, late::disclosures)
                    />
                    <Route
                        path=path!("/disclosures/entry/:id")
                        view=|| guarded(|may| may.see_disclosures, late::statement)
                    />
                    <Route path=path!("/hotel") view=|| guarded(|may| may.work_at_hotel, late::hotel) />
                    <Route
                        path=path!("/inspectorate")
                        view=|| guarded(|may| may.inspect_employers, late::inbox)
                    />
                    <Route
                        path=path!("/inspectorate/:key")
                        view=|| guarded(|may| may.inspect_employers, late::bundle)
                    />
                    <Route
                        path=path!("/municipality/delegations")
                        view=|| guarded(|may| may.delegate, late::delegations)
                    />
                    <Route
                        path=path!("/municipality/look-up")
                        view=|| guarded(|may| may.look_up, late::look_up)
                    />
                    <Route path=path!("/rules") view=|| guarded(|may| may.see_rules, late::rules) />
                </Routes>
            </Shell>
        </Router>
    }
}
