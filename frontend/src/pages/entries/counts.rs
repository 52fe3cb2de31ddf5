//! How many there are, by follow-up status; each number is the filter of its status.

use super::Place;
use crate::codes;
use crate::format::number;
use crate::language::{language, tr, tr_with};
use crate::loading::Load;
use crate::t;
use api::entries::{EntryCounts, EntryPage};
use events::record::FollowUpStatus;
use leptos::prelude::*;

/// The numbers.
#[component]
pub fn Counts(
    place: Place,
    counts: ArcReadSignal<Load<EntryCounts>>,
    page: ArcReadSignal<Load<EntryPage>>,
) -> impl IntoView {
    let toggles = {
        let counts = counts.clone();
        move || {
            counts.with(Load::ready_or_none).map(|counts| {
                let chosen = place.query.get().filter.status;
                let choices = [
                    (None, counts.total),
                    (Some(FollowUpStatus::NotSet), counts.not_set),
                    (Some(FollowUpStatus::NoAnswer), counts.no_answer),
                    (Some(FollowUpStatus::NotOk), counts.not_ok),
                    (Some(FollowUpStatus::Ok), counts.ok),
                ];
                choices.map(|(status, count)| toggle(place, status, count, status == chosen)).collect_view()
            })
        }
    };
    let shown = move || {
        let rows = page.with(|load| load.ready().map(|page| page.items.len() as u64))?;
        let counts = counts.with(Load::ready_or_none)?;
        let total = of_status(&counts, place.query.get().filter.status);
        Some(tr_with(
            "counts-shown",
            &[
                ("count", total.into()),
                ("shown", number(language(), rows).into()),
                ("total", number(language(), total.max(rows)).into()),
            ],
        ))
    };
    view! {
        <div class="counts" id="list-top" tabindex="-1" role="group" aria-label=t!("counts-label") data-testid="counts">
            <div class="count-toggles">{toggles}</div>
            <p>{shown}</p>
        </div>
    }
}

fn of_status(counts: &EntryCounts, status: Option<FollowUpStatus>) -> u64 {
    match status {
        None => counts.total,
        Some(FollowUpStatus::NotSet) => counts.not_set,
        Some(FollowUpStatus::Ok) => counts.ok,
        Some(FollowUpStatus::NotOk) => counts.not_ok,
        Some(FollowUpStatus::NoAnswer) => counts.no_answer,
    }
}

fn toggle(place: Place, status: Option<FollowUpStatus>, count: u64, pressed: bool) -> impl IntoView {
    let name = status.map_or_else(|| tr("counts-all"), codes::status);
    view! {
        <button
            type="button"
            class="count-toggle"
            aria-pressed=if pressed { "true" } else { "false" }
            on:click=move |_| place.change(|filter| filter.status = status)
        >
            {name}
            " "
            <span class="figures">{number(language(), count)}</span>
        </button>
    }
}
