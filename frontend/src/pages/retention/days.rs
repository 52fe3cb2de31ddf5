//! Day for day: what was due, what was done, and the signed certificate.

use super::Status;
use crate::format::{date_short, number};
use crate::language::{Key, language, tr, tr_with};
use crate::moment::local;
use crate::parts::section::section;
use crate::parts::table::{Column, FIGURES, NUMBER, table};
use api::retention::DeletionDay;
use jiff::civil::Date;
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    (Key("retention-day"), FIGURES),
    (Key("retention-done"), FIGURES),
    (Key("retention-certificate"), ""),
    (Key("register-entries"), NUMBER),
    (Key("retention-early-count"), NUMBER),
];

/// The section.
pub fn days(status: Status) -> AnyView {
    let rows = Callback::new(move |()| {
        let Some(status) = status.get() else { return Vec::new() };
        let settled = local(status.now).date();
        status.days.into_iter().map(|day| row(&day, settled)).collect()
    });
    let shown = table("days-caption", Key("retention-days-caption"), COLUMNS, rows);
    section("retention-days", Key("retention-days"), shown)
}

/// A red word in place of what is missing.
pub fn red(words: String) -> AnyView {
    view! { <span class="ds-tag" data-color="danger">{words}</span> }.into_any()
}

fn row(day: &DeletionDay, settled: Date) -> Vec<AnyView> {
    let over = day.day < settled;
    let done = [("done", day.done.to_string().into()), ("due", day.due.to_string().into())];
    let done = tr_with("retention-of", &done);
    let (done, certificate) = match (day.due, over) {
        (0, _) => (tr("retention-nothing").into_any(), "–".into_any()),
        (due, true) if due != day.done => (red(done), red(tr("retention-missing"))),
        (_, true) if !day.certified => (done.into_any(), red(tr("retention-missing"))),
        (..) if day.certified => (done.into_any(), download(day.day)),
        (..) => (done.into_any(), tr("retention-not-yet").into_any()),
    };
    vec![
        date_short(day.day).into_any(),
        done,
        // The proof stands third: on a narrow screen it is seen without scrolling.
        certificate,
        number(language(), day.entries).into_any(),
        number(language(), day.ended_early).into_any(),
    ]
}

/// A plain link: the browser keeps what the server answers, byte by byte, and that is what is checked later.
fn download(day: Date) -> AnyView {
    let spoken = tr_with("retention-certificate-of", &[("day", date_short(day).into())]);
    view! {
        <a
            class="ds-link"
            data-color="accent"
            href=format!("/api/v1/retention/certificates/{day}")
            download=format!("sletteattest-{day}.json")
            aria-label=spoken
        >
            {tr("retention-download")}
        </a>
    }
    .into_any()
}
