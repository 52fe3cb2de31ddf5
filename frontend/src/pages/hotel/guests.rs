//! Who stays at the hotel.

use super::{Desk, name_of};
use crate::format::{date_short, moment_short};
use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::loading::Load;
use crate::parts::failure::FailureView;
use crate::parts::section::section;
use crate::parts::state::{Empty, Skeleton};
use crate::parts::table::{Column, FIGURES, table};
use crate::t;
use api::hotel::HotelGuest;
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    (Key("column-name"), ""),
    (Key("fact-birth-date"), FIGURES),
    (Key("hotel-since"), FIGURES),
    (Key("hotel-until"), FIGURES),
    (Key("hotel-leave-column"), ""),
];

/// The section.
pub fn guests(desk: &Desk) -> AnyView {
    let state = desk.guests.state();
    let stage = Memo::new({
        let state = state.clone();
        move |_| state.with(|load| (load.stage(), load.ready().is_some_and(|guests| guests.items.is_empty())))
    });
    let page = Memo::new(move |_| state.with(|load| load.ready().cloned()));
    let desk = desk.clone();
    let shown = move || match stage.get() {
        (Load::Loading, _) => view! { <Skeleton lines=4 /> }.into_any(),
        (Load::Failed(failure), _) => {
            let desk = desk.clone();
            view! { <FailureView failure retry=move || desk.refresh() /> }.into_any()
        }
        (Load::Ready(()), true) => view! {
            <Empty title=Key("hotel-empty-title") text=Signal::derive(t!("hotel-empty")) />
        }
        .into_any(),
        (Load::Ready(()), false) => {
            let desk = desk.clone();
            let count = move || page.get().map_or(0, |page| page.items.len() as u64);
            let more = move || page.get().is_some_and(|page| page.more).then(|| tr("hotel-more"));
            let rows = Callback::new(move |()| {
                let page = page.get();
                page.iter().flat_map(|page| &page.items).map(|guest| row(guest, &desk)).collect()
            });
            view! {
                <p role="status">{move || tr_count("hotel-count", count())} " " {more}</p>
                {table("hotel-guests-table", Key("hotel-guests-caption"), COLUMNS, rows)}
            }
            .into_any()
        }
    };
    let content = view! {
        {shown}
        <p class="subtle">{t!("hotel-protected")}</p>
    };
    section("hotel-guests", Key("hotel-guests-title"), content.into_any())
}

fn row(guest: &HotelGuest, desk: &Desk) -> Vec<AnyView> {
    let name = name_of(&guest.person.0);
    let label = tr_with("hotel-check-out-of", &[("name", name.clone().into())]);
    let (leaves, id, called) = (desk.leaves, guest.id, name.clone());
    let leave = view! {
        <button
            type="button"
            class="ds-button"
            data-variant="tertiary"
            data-size="sm"
            aria-label=label
            on:click=move |_| leaves.set(Some((id, called.clone())))
        >
            {tr("hotel-check-out")}
        </button>
    };
    vec![
        name.into_any(),
        guest.person.0.birth_date.map_or_else(|| tr("not-told"), date_short).into_any(),
        moment_short(language(), guest.since).into_any(),
        guest.expected_until.map_or_else(|| tr("not-told"), date_short).into_any(),
        leave.into_any(),
    ]
}
