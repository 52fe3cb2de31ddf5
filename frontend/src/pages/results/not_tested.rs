//! Who owes a test and has no sample.

use crate::client;
use crate::format::date_short;
use crate::language::{Key, tr};
use crate::loading::Loader;
use crate::parts::section::section;
use crate::parts::table::{Column, FIGURES, table};
use crate::{municipalities, t};
use api::results::{NotTested, NotTestedPage};
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    (Key("column-name"), ""),
    (Key("not-tested-by"), FIGURES),
    (Key("board-station"), ""),
    (Key("fact-municipality"), ""),
    (Key("not-tested-number"), ""),
];

/// The list, a page at a time.
pub fn not_tested() -> AnyView {
    let loader = Loader::<NotTestedPage>::new();
    let ask = {
        let loader = loader.clone();
        move |cursor: Option<String>| {
            let path = match cursor {
                Some(cursor) => format!("/results/not-tested?cursor={cursor}"),
                None => "/results/not-tested".to_owned(),
            };
            loader.refresh(async move { client::get(&path).await });
        }
    };
    ask(None);
    let state = loader.state();
    let page = Memo::new(move |_| state.with(|load| load.ready().cloned()));
    let rows = Callback::new(move |()| {
        page.get().map(|page| page.items.iter().map(row).collect::<Vec<_>>()).unwrap_or_default()
    });
    let rest = move || {
        let page = page.get()?;
        if page.items.is_empty() {
            return Some(view! { <p class="subtle">{tr("not-tested-nobody")}</p> }.into_any());
        }
        let (next, ask) = (page.next?, ask.clone());
        let more = move |_| ask(Some(next.clone()));
        Some(
            view! {
                <div class="buttons">
                    <button type="button" class="ds-button" data-variant="secondary" on:click=more>
                        {t!("not-tested-more")}
                    </button>
                </div>
            }
            .into_any(),
        )
    };
    let content = view! {
        {table("not-tested-table", Key("not-tested-caption"), COLUMNS, rows)}
        {rest}
    };
    section("not-tested", Key("not-tested-title"), content.into_any())
}

fn row(one: &NotTested) -> Vec<AnyView> {
    let name = one.entry.person.0.name.clone().unwrap_or_else(|| tr("name-missing"));
    let municipality = one.entry.municipality.as_deref().map(municipalities::name);
    let number = if one.has_number { "not-tested-has-number" } else { "not-tested-no-number" };
    vec![
        view! { <a class="ds-link" href=format!("/entries/{}", one.entry.id)>{name}</a> }.into_any(),
        date_short(one.by).into_any(),
        one.station.clone().unwrap_or_else(|| tr("not-told")).into_any(),
        municipality.unwrap_or_else(|| tr("not-told")).into_any(),
        tr(number).into_any(),
    ]
}
