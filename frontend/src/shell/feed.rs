//! Under the header: whether news comes in from the source, and whether this screen follows.

use crate::client;
use crate::format::{clock, moment_prose};
use crate::language::{language, tr, tr_count, tr_with};
use crate::live::{self, LiveState};
use crate::loading::Loader;
use crate::moment::{local, minutes_between};
use crate::parts::pace::Pace;
use crate::t;
use api::live::Topic;
use api::status::FeedStatus;
use gloo_timers::callback::Interval;
use leptos::prelude::*;

/// Nothing from the source for this long is worth a warning.
const SILENCE_MINUTES: u64 = 15;
const REFRESH_MS: u32 = 30_000;
const PACE_MS: f64 = 5_000.0;

/// The strip.
#[component]
pub fn FeedStrip() -> impl IntoView {
    let feed = Loader::<FeedStatus>::new();
    let refresh = {
        let feed = feed.clone();
        move || feed.refresh(client::get("/status"))
    };
    refresh();
    // Owned by this component: it stops with it.
    let _interval = StoredValue::new_local(Interval::new(REFRESH_MS, refresh.clone()));
    let pace = Pace::new(PACE_MS, refresh);
    live::follow(&[Topic::Entries], pace);

    let state = feed.state();
    let facts = move || state.with(|load| load.ready().map(facts));
    let state = feed.state();
    let silent = move || state.with(|load| load.ready().and_then(silent_minutes));
    view! {
        <section class="feed" aria-label=t!("feed-label")>
            {facts}
            <LiveMark />
        </section>
        <div role="status">
            {move || silent().map(|minutes| view! {
                <p class="ds-alert feed-alert" data-color="warning">{tr_count("feed-silent", minutes)}</p>
            })}
        </div>
    }
}

fn facts(status: &FeedStatus) -> impl IntoView + use<> {
    let last = match status.last_record_at {
        None => tr("feed-none"),
        Some(last) if local(last).date() == local(status.now).date() => {
            tr_with("feed-last", &[("time", clock(language(), last).into())])
        }
        Some(last) => tr_with("feed-last-day", &[("moment", moment_prose(language(), last).into())]),
    };
    let lag = (status.lag > 0).then(|| tr_count("feed-lag", status.lag));
    view! {
        <span>{last}</span>
        <span>{tr_count("feed-today", status.registered_today)}</span>
        {lag.map(|lag| view! { <span>{lag}</span> })}
    }
}

fn silent_minutes(status: &FeedStatus) -> Option<u64> {
    let minutes = minutes_between(status.last_record_at?, status.now);
    (minutes > SILENCE_MINUTES).then_some(minutes)
}

#[component]
fn LiveMark() -> impl IntoView {
    let state = live::state();
    let name = {
        let state = state.clone();
        move || match state.get() {
            LiveState::Connecting => "connecting",
            LiveState::Live => "live",
            LiveState::Retrying { .. } => "retrying",
        }
    };
    let words = move || match state.get() {
        LiveState::Connecting => tr("live-connecting"),
        LiveState::Live => tr("live-on"),
        LiveState::Retrying { since } => {
            tr_with("live-retrying", &[("time", clock(language(), since).into())])
        }
    };
    view! { <span class="live-mark" role="status" data-testid="live-state" data-state=name>{words}</span> }
}
