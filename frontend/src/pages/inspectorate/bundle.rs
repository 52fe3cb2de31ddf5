//! `/inspectorate/:key`: everything that was told of one employer, place by place.

use super::acting::Acting;
use super::decision::decision;
use super::{PACE_MS, place};
use crate::client::{self, Failure};
use crate::language::{Key, tr, tr_count};
use crate::live;
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::pace::Pace;
use crate::parts::referral::number;
use crate::parts::section::section;
use crate::parts::state::{Empty, Skeleton};
use crate::parts::unit;
use crate::{query, t};
use api::ProblemCode;
use api::live::Topic;
use api::referrals::{Bundle, BundleCounts, UnitAnswer};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page. Another key in the address is another page, with its own heading and focus.
#[component]
pub fn BundlePage() -> impl IntoView {
    let parameters = use_params_map();
    let key = Memo::new(move |_| parameters.read().get("key").unwrap_or_default());
    move || view! { <OneBundle key=query::escape(&key.get()) /> }
}

#[component]
fn OneBundle(
    /// The key as the address has it; the server judges it.
    key: String,
) -> impl IntoView {
    let bundle = Loader::<Bundle>::new();
    let fetch = {
        let bundle = bundle.clone();
        let path = format!("/inspectorate/bundles/{key}");
        move || bundle.refresh(fetch_bundle(path.clone()))
    };
    fetch();
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, fetch.clone()));
    let acting = {
        let fetch = fetch.clone();
        Acting::new(Callback::new(move |()| fetch()))
    };
    let state = bundle.state();
    let name = {
        let state = state.clone();
        Signal::derive(move || {
            let bundle = state.with(Load::ready_or_none);
            bundle.map_or_else(|| tr("bundle-title"), |bundle| bundle.employer.name.0)
        })
    };
    let shown: Signal<Option<Bundle>> = Signal::derive({
        let state = state.clone();
        move || state.with(Load::ready_or_none)
    });
    let stage = Memo::new(move |_| state.with(Load::stage));
    let within = acting.clone();
    let content = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) if failure.code() == Some(ProblemCode::NotFound) => {
            view! { <Empty title=Key("bundle-gone-title") text=Signal::derive(t!("bundle-gone")) /> }
                .into_any()
        }
        Load::Failed(failure) => view! { <FailureView failure retry=fetch.clone() /> }.into_any(),
        Load::Ready(()) => parts(shown, &within),
    };
    view! {
        <article class="page">
            <a class="ds-link back" href="/inspectorate">{t!("bundle-back")}</a>
            <PageHeading title=Key("bundle-title") shown=name />
            {content}
            {decision(&acting)}
        </article>
    }
}

async fn fetch_bundle(path: String) -> Result<Bundle, Failure> {
    client::get(&path).await
}

fn parts(shown: Signal<Option<Bundle>>, acting: &Acting) -> AnyView {
    let registered = Memo::new(move |_| shown.read().as_ref().map(|bundle| bundle.employer.clone()));
    let counts = Memo::new(move |_| shown.read().as_ref().map(|bundle| bundle.counts).unwrap_or_default());
    let acting = acting.clone();
    let places = move || {
        let places = shown.get().map(|bundle| bundle.places).unwrap_or_default();
        places.into_iter().enumerate().map(|(at, told)| place::place(at, told, &acting)).collect::<Vec<_>>()
    };
    view! {
        <p class="figures">{move || registered.get().map(|employer| number(&employer))}</p>
        {move || in_numbers(&counts.get())}
        {move || registered.get().and_then(|employer| employer.org_number).map(|number| registry(&number))}
        {places}
    }
    .into_any()
}

fn in_numbers(counts: &BundleCounts) -> AnyView {
    let lines = [
        tr_count("bundle-travellers", counts.travellers),
        tr_count("bundle-breaches", counts.breaches),
        tr_count("bundle-repeated", counts.repeated),
    ];
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any());
    view! { <ul class="told" data-testid="bundle-counts">{lines.collect::<Vec<_>>()}</ul> }.into_any()
}

fn registry(org_number: &str) -> AnyView {
    let loader = Loader::<UnitAnswer>::new();
    unit::ask(&loader, org_number);
    section("unit-heading", Key("unit-title"), unit::unit(loader.state()))
}
