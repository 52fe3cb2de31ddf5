//! `/retention`: what ends when, the proof that it did, and ending one entry early.

mod days;
mod deadlines;
mod decision;
mod early_ends;
mod others;
mod request;
mod verdict;

use crate::client;
use crate::language::Key;
use crate::live;
use crate::loading::{Load, Loader};
use crate::moment::hour_of;
use crate::navigation::PageHeading;
use crate::parts::failure::FailureView;
use crate::parts::pace::Pace;
use crate::parts::state::Skeleton;
use crate::session;
use api::live::Topic;
use api::retention::RetentionStatus;
use gloo_timers::callback::Interval;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;

const REFRESH_MS: u32 = 30_000;
const PACE_MS: f64 = 2_000.0;
/// How long after midnight the proof of the day before may take.
const PROOF_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// What the page shows, as it is followed by its parts.
type Status = Signal<Option<RetentionStatus>>;

/// The page.
#[component]
pub fn RetentionPage() -> impl IntoView {
    let retention = Loader::<RetentionStatus>::new();
    let fetch = {
        let retention = retention.clone();
        move || retention.refresh(client::get("/retention"))
    };
    fetch();
    // Owned by this page: it stops with it.
    let _interval = StoredValue::new_local(Interval::new(REFRESH_MS, fetch.clone()));
    let pace = Pace::new(PACE_MS, fetch.clone());
    let refresh = {
        let pace = pace.clone();
        Callback::new(move |()| pace.ask())
    };
    live::follow(&[Topic::Entries, Topic::Retention], pace);
    let state = retention.state();
    let status = Signal::derive({
        let state = state.clone();
        move || state.with(Load::ready_or_none)
    });
    let stage = Memo::new(move |_| state.with(Load::stage));
    let shown = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=fetch.clone() /> }.into_any(),
        Load::Ready(()) => parts(status, refresh),
    };
    view! {
        <div class="page">
            <PageHeading title=Key("retention-title") />
            {shown}
        </div>
    }
}

fn parts(status: Status, refresh: Callback<()>) -> AnyView {
    let steady = Memo::new(move |_| status.get().map(steady));
    let steady = Signal::derive(move || steady.get());
    let ask = untrack(session::permissions).request_early_end;
    view! {
        {verdict::verdict(status)}
        {deadlines::deadlines(status)}
        {days::days(steady)}
        {early_ends::early_ends(steady, refresh)}
        {ask.then(|| request::request(refresh))}
        {others::consumers(status)}
        {others::remains(status)}
    }
    .into_any()
}

/// The state without what moves all the time: whoever is at a link or a button must not lose it to a redraw.
fn steady(status: RetentionStatus) -> RetentionStatus {
    let settled = status.now.saturating_sub(PROOF_WITHIN).unwrap_or(status.now);
    RetentionStatus {
        now: hour_of(settled),
        oldest_record_age_seconds: None,
        epochs: Vec::new(),
        consumers: Vec::new(),
        fingerprints: 0,
        outlived_by_quarantine: 0,
        ..status
    }
}

/// Whole seconds from one moment to a later one.
fn seconds_until(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_secs()).unwrap_or(0)
}
