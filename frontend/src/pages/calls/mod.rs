//! `/calls/…`: what a shift lead sees of the calling, and decides about it.

pub mod board;
mod callers;
mod decide;
mod deciding;
pub mod queue;
mod referrals;
mod release;

use crate::codes::{language_name, wire_name};
use crate::language::tr;
use crate::query;
use api::calls::QueuePart;
use gloo_timers::callback::Interval;
use leptos::prelude::*;

/// While the page is looked at; ticks bring news sooner.
const REFRESH_MS: u32 = 10_000;
const PACE_MS: f64 = 2_000.0;

/// The parts of the queue, in the order in which they are offered.
const PARTS: [QueuePart; 6] = [
    QueuePart::Ready,
    QueuePart::Held,
    QueuePart::LaterToday,
    QueuePart::OutcomeMissing,
    QueuePart::Skipped,
    QueuePart::Review,
];

/// The address of the list behind a number.
fn list_path(part: QueuePart, language: Option<&str>) -> String {
    let mut pairs = vec![("part", wire_name(&part))];
    pairs.extend(language.map(|language| ("language", language.to_owned())));
    query::path("/calls/queue", &pairs)
}

/// A language in words; travellers of whom none is known have none.
fn tongue(code: &str) -> String {
    if code.is_empty() || code == "none" { tr("not-told") } else { language_name(code) }
}

/// Asks again and again while the page is looked at. It ends with the component.
fn while_visible(refresh: impl Fn() + 'static) {
    let interval = Interval::new(REFRESH_MS, move || {
        if !document().hidden() {
            refresh();
        }
    });
    let _interval = StoredValue::new_local(interval);
}
