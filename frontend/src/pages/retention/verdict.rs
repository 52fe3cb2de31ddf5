//! At the top: all is in order, or what is not and what to do about it.

use super::{PROOF_WITHIN, Status, seconds_until};
use crate::format::{clock, date_short, moment_prose};
use crate::language::{language, tr, tr_count, tr_with};
use crate::moment::local;
use crate::parts::span::span;
use crate::t;
use api::retention::{EpochDeadline, RetentionStatus};
use leptos::prelude::*;

/// The verdict.
pub fn verdict(status: Status) -> AnyView {
    // Told once, not at every refresh: a screen reader reads an alert aloud each time it is drawn.
    let missing = Memo::new(move |_| status.read().as_ref().map(missing).unwrap_or_default());
    let told = move || match missing.get() {
        none if none.is_empty() => view! {
            <div class="ds-alert" data-color="success" role="status">
                <h2 class="ds-heading" data-size="xs">{t!("retention-ok")}</h2>
                <p>{t!("retention-ok-text")}</p>
            </div>
        }
        .into_any(),
        missing => {
            let items: Vec<_> = missing.into_iter().map(|item| view! { <li>{item}</li> }).collect();
            view! {
                <div class="ds-alert" data-color="danger" role="alert">
                    <h2 class="ds-heading" data-size="xs">{t!("retention-missing-title")}</h2>
                    <ul>{items}</ul>
                </div>
            }
            .into_any()
        }
    };
    let facts =
        move || status.read().as_ref().map(|status| facts(status).map(|fact| view! { <p>{fact}</p> }));
    view! {
        <div class="verdict">
            {told}
            <div class="figures">{facts}</div>
        </div>
    }
    .into_any()
}

/// The epoch that ends next.
pub fn next(status: &RetentionStatus) -> Option<&EpochDeadline> {
    status.epochs.iter().find(|epoch| epoch.ends_at > status.now)
}

fn facts(status: &RetentionStatus) -> [String; 3] {
    let oldest = status.oldest_record_age_seconds.map_or_else(
        || tr("retention-oldest-none"),
        |age| tr_with("retention-oldest", &[("age", span(age).into())]),
    );
    let next = next(status).map_or_else(
        || tr("retention-next-none"),
        |epoch| {
            let moment = moment_prose(language(), epoch.ends_at);
            let left = span(seconds_until(status.now, epoch.ends_at));
            tr_with("retention-next", &[("moment", moment.into()), ("left", left.into())])
        },
    );
    [oldest, next, tr_with("retention-checked", &[("time", clock(language(), status.now).into())])]
}

/// What is missing, each in a sentence that says what to do.
fn missing(status: &RetentionStatus) -> Vec<String> {
    let mut missing = Vec::new();
    for (key, count) in [("retention-overdue", status.overdue), ("retention-late", status.late)] {
        if count > 0 {
            missing.push(tr_count(key, count));
        }
    }
    missing.extend(
        status.failure.as_ref().map(|why| tr_with("retention-failure", &[("why", why.as_str().into())])),
    );
    let settled = local(status.now.saturating_sub(PROOF_WITHIN).unwrap_or(status.now)).date();
    for day in status.days.iter().filter(|day| day.day < settled && day.due > 0) {
        let of = |key| {
            let (done, due) = (day.done.to_string(), day.due.to_string());
            let date = date_short(day.day);
            tr_with(key, &[("day", date.into()), ("done", done.into()), ("due", due.into())])
        };
        if day.done != day.due {
            missing.push(of("retention-undone"));
        } else if !day.certified {
            missing.push(of("retention-uncertified"));
        }
    }
    for key in &status.key_findings {
        let moment = moment_prose(language(), key.found_at);
        missing.push(tr_with("retention-key-back", &[("moment", moment.into())]));
    }
    for consumer in status.consumers.iter().filter(|consumer| consumer.overdue) {
        missing.push(tr_with("retention-consumer", &[("name", consumer.name.as_str().into())]));
    }
    missing
}
