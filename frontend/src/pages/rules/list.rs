//! All rule sets, with the days of arrival they govern.

use super::Sets;
use crate::format::date_short;
use crate::language::{Key, tr, tr_with};
use crate::parts::table::{Column, FIGURES, table};
use api::rule_sets::RuleSetRow;
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    (Key("rules-name"), FIGURES),
    (Key("rules-from"), FIGURES),
    (Key("rules-until"), FIGURES),
    (Key("rules-what"), ""),
    (Key("rules-source"), ""),
    (Key("rules-adopted-by"), ""),
];

/// The table, the newest set first.
pub fn list(sets: Sets) -> AnyView {
    let rows = Callback::new(move |()| {
        let items = sets.get().map(|sets| sets.items).unwrap_or_default();
        items.into_iter().rev().map(row).collect()
    });
    table("rules-caption", Key("rules-caption"), COLUMNS, rows)
}

fn row(set: RuleSetRow) -> Vec<AnyView> {
    let mark = set.in_force.then(|| {
        view! { " " <span class="ds-tag" data-color="success">{tr("rules-in-force")}</span> }
    });
    let replaced = set.replaced_by.map(|by| {
        view! { " " <span class="ds-tag">{tr_with("rules-replaced", &[("name", by.into())])}</span> }
    });
    let reason = set.reason.map(|reason| view! { <span class="echo">{reason}</span> });
    vec![
        view! { {set.name} {mark} {replaced} }.into_any(),
        date_short(set.valid_from).into_any(),
        set.valid_until.map_or_else(|| "–".to_owned(), date_short).into_any(),
        set.title.into_any(),
        set.source.into_any(),
        view! { {set.adopted_by} " " {reason} }.into_any(),
    ]
}
