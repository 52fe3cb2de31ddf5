//! What is deleted today, and what is deleted next.

use super::Status;
use crate::codes::wire_name;
use crate::format::{clock, moment_short, number};
use crate::language::{Key, language, tr, tr_with};
use crate::moment::local;
use crate::parts::section::section;
use crate::parts::table::{Column, FIGURES, NUMBER, table};
use crate::t;
use api::retention::{EpochDeadline, RetentionStatus};
use events::epoch::EPOCH_HOURS;
use jiff::SignedDuration;
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    (Key("fact-registered"), FIGURES),
    (Key("retention-freezes"), FIGURES),
    (Key("register-ends"), FIGURES),
    (Key("register-entries"), NUMBER),
    (Key("register-events"), NUMBER),
    (Key("retention-state"), ""),
];

/// The section.
pub fn deadlines(status: Status) -> AnyView {
    let none = Memo::new(move |_| status.read().as_ref().is_none_or(|status| status.epochs.is_empty()));
    let rows = Callback::new(move |()| {
        status.get().map(|status| status.epochs.into_iter().map(row).collect()).unwrap_or_default()
    });
    let shown = move || match none.get() {
        true => view! { <p>{t!("register-no-epochs")}</p> }.into_any(),
        false => table("deadlines-caption", Key("retention-epochs-caption"), COLUMNS, rows),
    };
    let content = view! {
        <p class="figures">{move || status.read().as_ref().map(today)}</p>
        <p>{t!("register-epochs-lead")}</p>
        {shown}
    };
    section("retention-today", Key("retention-today"), content.into_any())
}

fn today(status: &RetentionStatus) -> String {
    let today = local(status.now).date();
    match status.days.iter().find(|day| day.day == today && day.due > 0) {
        None => tr("retention-today-none"),
        Some(day) => {
            let count = |count| number(language(), count).into();
            let values =
                [("done", count(day.done)), ("due", count(day.due)), ("entries", count(day.entries))];
            tr_with("retention-today-done", &values)
        }
    }
}

fn row(epoch: EpochDeadline) -> Vec<AnyView> {
    let until = epoch.from.saturating_add(SignedDuration::from_hours(EPOCH_HOURS)).unwrap_or(epoch.from);
    let window = format!("{}–{}", moment_short(language(), epoch.from), clock(language(), until));
    vec![
        window.into_any(),
        moment_short(language(), epoch.freezes_at).into_any(),
        moment_short(language(), epoch.ends_at).into_any(),
        number(language(), epoch.entries).into_any(),
        number(language(), epoch.events).into_any(),
        tr(&format!("epoch-{}", wire_name(&epoch.state))).into_any(),
    ]
}
