//! `/register`: the state of the register, for the data-protection officer and the shift lead.

mod epochs;
mod projections;

use crate::client;
use crate::format::number;
use crate::language::{Key, language, tr};
use crate::live;
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::pace::Pace;
use crate::parts::section::{fact, section};
use crate::parts::span::span;
use crate::parts::state::Skeleton;
use crate::t;
use api::live::Topic;
use api::status::RegisterStatus;
use leptos::prelude::*;

const PACE_MS: f64 = 2_000.0;

/// The page.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let register = Loader::<RegisterStatus>::new();
    let fetch = {
        let register = register.clone();
        move || register.refresh(client::get("/register"))
    };
    fetch();
    live::follow(&[Topic::Entries, Topic::Retention], Pace::new(PACE_MS, fetch.clone()));
    let state = register.state();
    let status = Signal::derive({
        let state = state.clone();
        move || state.with(Load::ready_or_none)
    });
    let stage = Memo::new(move |_| state.with(Load::stage));
    let shown = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=fetch.clone() /> }.into_any(),
        Load::Ready(()) => view! {
            <Log status />
            <projections::Projections status />
            <epochs::Epochs status />
        }
        .into_any(),
    };
    view! {
        <div class="page">
            <PageHeading title=Key("register-title") />
            {shown}
        </div>
    }
}

#[component]
fn Log(status: Signal<Option<RegisterStatus>>) -> impl IntoView {
    let head = move || status.read().as_ref().map(|status| number(language(), status.head));
    let chain_head = move || status.read().as_ref().map(|status| status.chain_head.clone());
    let oldest = move || {
        let seconds = status.read().as_ref().and_then(|status| status.oldest_record_age_seconds);
        seconds.map_or_else(|| tr("register-oldest-none"), span)
    };
    let content = view! {
        <dl class="facts">
            {fact(Key("register-head"), view! { <span class="figures">{head}</span> }.into_any())}
            {fact(Key("register-chain"), view! { <code>{chain_head}</code> }.into_any())}
            {fact(Key("register-oldest"), view! { {oldest} " " <span class="subtle">{t!("register-limit")}</span> }.into_any())}
        </dl>
    };
    section("register-log", Key("register-log"), content.into_any())
}
