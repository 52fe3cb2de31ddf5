//! What a proposed rule set would change for the live entries.

use super::draft::Draft;
use crate::codes::wire_name;
use crate::format::{date_short, number};
use crate::language::{Key, language, tr, tr_with};
use crate::municipalities;
use crate::parts::table::{Column, FIGURES, NUMBER, table};
use crate::t;
use api::rule_sets::{TrialAnswer, TrialChange, TrialRow, TrialSide};
use leptos::prelude::*;

const KIND_COLUMNS: &[Column] = &[(Key("rules-trial-kind"), ""), (Key("rules-trial-count"), NUMBER)];
const ROW_COLUMNS: &[Column] = &[
    (Key("rules-trial-entry"), FIGURES),
    (Key("rules-trial-kind"), ""),
    (Key("rules-trial-before"), ""),
    (Key("rules-trial-after"), ""),
];

/// What the last trial told; nothing before there was one.
pub fn trial(draft: &Draft) -> AnyView {
    let (told, more) = (draft.tried.clone(), draft.clone());
    let shown = move || told.get().map(|(_, answer)| answered(answer, more.clone()));
    view! { <div data-testid="rules-trial" aria-live="polite">{shown}</div> }.into_any()
}

fn answered(answer: TrialAnswer, draft: Draft) -> AnyView {
    let shown = [
        ("changed", number(language(), answer.changed).into()),
        ("shown", number(language(), answer.entries).into()),
    ];
    let key = if answer.changed == 0 { "rules-trial-none" } else { "rules-trial-changed" };
    let head = tr_with(key, &shown);
    if answer.changed == 0 {
        return view! { <p><strong>{head}</strong></p> }.into_any();
    }
    let counts = answer.kinds.clone();
    let kinds = Callback::new(move |()| {
        let row = |one: &api::rule_sets::TrialCount| {
            vec![kind(one.kind).into_any(), number(language(), one.entries).into_any()]
        };
        counts.iter().map(row).collect()
    });
    let entries = answer.rows.clone();
    let rows = Callback::new(move |()| entries.iter().map(row).collect());
    let next = answer.next.map(|next| {
        let ask = move |_| draft.try_on(Some(next));
        view! {
            <button type="button" class="ds-button" data-variant="secondary" on:click=ask>
                {t!("rules-trial-more")}
            </button>
        }
    });
    view! {
        <p><strong>{head}</strong></p>
        {table("rules-kinds-caption", Key("rules-trial-kinds"), KIND_COLUMNS, kinds)}
        {table("rules-rows-caption", Key("rules-trial-rows"), ROW_COLUMNS, rows)}
        {next}
    }
    .into_any()
}

fn kind(change: TrialChange) -> String {
    tr(&format!("rules-change-{}", wire_name(&change)))
}

fn row(one: &TrialRow) -> Vec<AnyView> {
    let arrival = one.arrival.map_or_else(|| tr("not-told"), date_short);
    let place = one.municipality.as_deref().map(municipalities::label_of).unwrap_or_default();
    let kinds: Vec<String> = one.kinds.iter().map(|change| kind(*change)).collect();
    vec![
        view! { <a class="ds-link" href=format!("/entries/{}", one.entry)>{arrival}</a> " " {place} }
            .into_any(),
        kinds.join(", ").into_any(),
        side(&one.before).into_any(),
        side(&one.after).into_any(),
    ]
}

fn side(side: &TrialSide) -> String {
    let owed = tr(&format!("rules-owed-{}", wire_name(&side.obligation)));
    let ends = side.ends_on.map(date_short);
    let hotel = side.hotel_until.map(|day| tr_with("rules-trial-hotel", &[("day", date_short(day).into())]));
    [Some(owed), ends, hotel].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
