//! `/register`: the state of the register, for the data-protection officer and the shift lead.

mod epochs;
mod projections;

use crate::client;
use crate::format::number;
use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::live;
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::pace::Pace;
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
        seconds.map_or_else(|| tr("register-oldest-none"), age)
    };
    view! {
        <section aria-labelledby="register-log">
            <h2 id="register-log" class="ds-heading" data-size="sm">{t!("register-log")}</h2>
            <dl class="facts">
                <div><dt>{t!("register-head")}</dt><dd class="figures">{head}</dd></div>
                <div><dt>{t!("register-chain")}</dt><dd><code>{chain_head}</code></dd></div>
                <div>
                    <dt>{t!("register-oldest")}</dt>
                    <dd>{oldest} " " <span class="subtle">{t!("register-limit")}</span></dd>
                </div>
            </dl>
        </section>
    }
}

/// `3 døgn og 4 timer`
fn age(seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    match (days, hours) {
        (0, 0) => tr_count("age-minutes", minutes),
        (0, hours) => tr_count("age-hours", hours),
        (days, hours) => tr_with(
            "age-days-hours",
            &[
                ("days", tr_count("age-days", days).into()),
                ("hours", tr_count("age-hours", hours % 24).into()),
            ],
        ),
    }
}
