//! Those who take data from here, and the few traces that outlive what ended.

use super::Status;
use super::days::red;
use crate::format::{moment_prose, moment_short, number};
use crate::language::{Key, language, tr, tr_with};
use crate::parts::section::{fact, section};
use crate::parts::table::{Column, FIGURES, NUMBER, table};
use crate::t;
use api::retention::{ConsumerStatus, RetentionStatus};
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    (Key("consumer-name"), ""),
    (Key("consumer-acknowledged"), FIGURES),
    (Key("consumer-waiting"), NUMBER),
    (Key("consumer-since"), FIGURES),
    (Key("retention-state"), ""),
];

/// Those who take data from here.
pub fn consumers(status: Status) -> AnyView {
    let none = Memo::new(move |_| status.read().as_ref().is_none_or(|status| status.consumers.is_empty()));
    let rows = Callback::new(move |()| {
        status.get().map(|status| status.consumers.into_iter().map(row).collect()).unwrap_or_default()
    });
    let shown = move || match none.get() {
        true => view! { <p>{t!("consumers-none")}</p> }.into_any(),
        false => table("consumers-caption", Key("consumers-caption"), COLUMNS, rows),
    };
    let content = view! {
        <p>{t!("consumers-lead")}</p>
        {shown}
    };
    section("retention-consumers", Key("retention-consumers"), content.into_any())
}

fn row(consumer: ConsumerStatus) -> Vec<AnyView> {
    let moment = |moment| moment_short(language(), moment);
    let state = match (consumer.overdue, consumer.waiting) {
        (true, _) => red(tr("consumer-overdue")),
        (false, 0) => tr("consumer-done").into_any(),
        (false, _) => tr("consumer-in-time").into_any(),
    };
    vec![
        consumer.name.into_any(),
        consumer.acknowledged_at.map_or_else(|| tr("consumer-never"), moment).into_any(),
        number(language(), consumer.waiting).into_any(),
        consumer.waiting_since.map_or_else(|| "–".to_owned(), moment).into_any(),
        state,
    ]
}

/// What outlives what ended, and what ends too early for its quarantine.
pub fn remains(status: Status) -> AnyView {
    let count = |key: &'static str, of: fn(&RetentionStatus) -> u64| {
        let shown = move || status.read().as_ref().map(|status| number(language(), of(status)));
        view! { <strong class="figures">{shown}</strong> <p class="subtle">{move || tr(key)}</p> }.into_any()
    };
    let content = view! {
        <dl class="facts">
            {fact(Key("remains-fingerprints"), count("remains-fingerprints-text", |status| status.fingerprints))}
            {fact(Key("remains-keys"), (move || status.read().as_ref().map(keys)).into_any())}
            {fact(Key("remains-outlived"), count("remains-outlived-text", |status| status.outlived_by_quarantine))}
        </dl>
    };
    section("retention-remains", Key("retention-remains"), content.into_any())
}

fn keys(status: &RetentionStatus) -> AnyView {
    let found = &status.key_findings;
    if found.is_empty() {
        return tr("remains-keys-none").into_any();
    }
    let line = |name: &str, moment: String| {
        let words = tr_with("remains-key", &[("name", name.into()), ("moment", moment.into())]);
        view! { <li>{words}</li> }.into_any()
    };
    let lines: Vec<_> =
        found.iter().map(|key| line(&key.name, moment_prose(language(), key.found_at))).collect();
    view! { <ul class="plain">{lines}</ul> }.into_any()
}
