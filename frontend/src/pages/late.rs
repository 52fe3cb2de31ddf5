//! Pages whose code is not in the portal's first file: it comes when one of them is opened, or ahead of that in a
//! quiet moment. Each name in `#[wasm_split(…)]` is a file, and what several of them need is a file of their own.

use super::{
    calls, delegations, disclosures, entry, hotel, inspectorate, look_up, municipality, register, results,
    retention, rules, search, workbench,
};
use crate::client::Failure;
use crate::loading::{Load, Loader};
use crate::parts::failure::FailureView;
use crate::parts::state::Skeleton;
use api::session::Permissions;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// A page, once its code is here.
type Page = fn() -> AnyView;
type Fetching = Pin<Box<dyn Future<Output = Result<Page, Failure>>>>;

impl From<SplitLoaderError> for Failure {
    fn from(_: SplitLoaderError) -> Self {
        Failure::Offline
    }
}

/// `address in file when permission: page`; a line makes the function that stands in the site map.
macro_rules! late_pages {
    ($($name:ident in $file:ident when $may:ident: $page:path;)*) => {
        $(
            #[doc = concat!("The page `", stringify!($page), "`, as soon as its code is here.")]
            pub fn $name() -> AnyView {
                when_here(fetching::$name)
            }
        )*

        mod fetching {
            use super::*;
            $(
                pub(super) fn $name() -> Fetching {
                    #[wasm_split($file, fallible)]
                    fn $name() -> Result<Page, Failure> {
                        Ok(|| $page().into_any())
                    }
                    Box::pin($name())
                }
            )*
        }

        /// Who opens a page, and how its code is fetched.
        const PAGES: &[(fn(&Permissions) -> bool, fn() -> Fetching)] = &[$((|may| may.$may, fetching::$name)),*];
    };
}

late_pages! {
    entry in entry when see_entries: entry::EntryPage;
    search in entry when see_entries: search::SearchPage;
    board in shift when lead_calls: calls::board::BoardPage;
    queue in shift when lead_calls: calls::queue::QueuePage;
    workbench in shift when route_entries: workbench::WorkbenchPage;
    register in keeping when see_register_status: register::RegisterPage;
    retention in keeping when see_retention: retention::RetentionPage;
    results in shift when see_results_board: results::ResultsPage;
    rules in keeping when see_rules: rules::RulesPage;
    disclosures in keeping when see_disclosures: disclosures::DisclosuresPage;
    statement in keeping when see_disclosures: disclosures::statement::StatementPage;
    municipality in receiving when see_municipality: municipality::MunicipalityPage;
    plain_entry in receiving when see_municipality: municipality::plain_entry::PlainEntryPage;
    delegations in receiving when delegate: delegations::DelegationsPage;
    look_up in receiving when look_up: look_up::LookUpPage;
    hotel in receiving when work_at_hotel: hotel::HotelPage;
    inbox in receiving when inspect_employers: inspectorate::InboxPage;
    bundle in receiving when inspect_employers: inspectorate::bundle::BundlePage;
}

/// Until then what other pages show while they wait, or why it did not come and a way to try again.
fn when_here(fetch: fn() -> Fetching) -> AnyView {
    let page = Loader::new();
    page.load(fetch());
    let state = page.state();
    let shown = move || match state.get() {
        Load::Ready(page) => page(),
        Load::Loading => view! { <div class="page"><Skeleton /></div> }.into_any(),
        Load::Failed(failure) => {
            let page = page.clone();
            let retry = move || page.load(fetch());
            view! { <div class="page"><FailureView failure retry /></div> }.into_any()
        }
    };
    shown.into_any()
}

/// Fetches the code of the pages that somebody with these permissions may open, once the page he opened has had
/// its time. What does not come is fetched again when it is asked for.
pub async fn fetch_ahead(may: Permissions) {
    gloo_timers::future::sleep(QUIET).await;
    for (_, fetch) in PAGES.iter().filter(|(opened, _)| opened(&may)) {
        drop(fetch().await);
    }
}

const QUIET: Duration = Duration::from_secs(2);
