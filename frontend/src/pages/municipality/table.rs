//! The table, in two views: what tells of health has its columns in one of them only.

use super::list::List;
use super::rows::{Health, Row};
use super::words;
use crate::codes;
use crate::format::{date_short, moment_short};
use crate::language::{Key, language, tr};
use crate::parts::entry_row::{PhoneNumber, StatusTag};
use crate::parts::results::answer;
use crate::parts::table::{Column, FIGURES, Rows, table};
use api::municipality::{PlainRow, RowMark};
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    (Key("column-name"), ""),
    (Key("column-arrival"), FIGURES),
    (Key("column-stay"), ""),
    (Key("column-quarantine-ends"), FIGURES),
    (Key("column-status"), ""),
    (Key("column-result"), ""),
    (Key("column-due"), ""),
    (Key("column-ends"), FIGURES),
];
const PLAIN_COLUMNS: &[Column] = &[
    (Key("column-name"), ""),
    (Key("column-arrival"), FIGURES),
    (Key("column-stay"), ""),
    (Key("column-quarantine-ends"), FIGURES),
    (Key("column-status"), ""),
    (Key("column-ends"), FIGURES),
];

/// The rows on the screen.
pub fn table_of(list: &List) -> AnyView {
    let page = list.page.state();
    let shown =
        Memo::new(move |_| page.with(|load| load.ready().map(|page| page.rows.clone())).unwrap_or_default());
    let rows = Rows::new(move |()| shown.read().iter().map(cells).collect());
    let columns = if list.health { COLUMNS } else { PLAIN_COLUMNS };
    let table = table("municipal-caption", Key("municipality-caption"), columns, rows);
    view! { <div class="municipal" data-testid="municipal-list">{table}</div> }.into_any()
}

fn cells(row: &Row) -> Vec<AnyView> {
    let Row { plain, health } = row;
    let page = if health.is_some() { "/entries" } else { "/municipality/entries" };
    let mut cells = vec![
        who(plain, page),
        plain.arrival.map(date_short).into_any(),
        stay(plain),
        quarantine(plain).into_any(),
        status(plain, health.as_ref()),
    ];
    if let Some(health) = health {
        let result = health.result.as_ref().map_or_else(|| words::nothing("result-none"), answer);
        cells.extend([result, words::list(words::due(&health.due))]);
    }
    cells.push(moment_short(language(), plain.ends_at).into_any());
    cells
}

fn who(row: &PlainRow, page: &str) -> AnyView {
    let person = &row.person.0;
    let name = person.name.clone().unwrap_or_else(|| tr("name-missing"));
    let born = person.birth_date.map(|date| date.year().to_string());
    let spoken = row.language.as_deref().map(codes::language_name);
    let about = [born, spoken].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <a class="ds-link" data-color="accent" data-row href=format!("{page}/{}", row.id)>{name}</a>
        {row.mark.map(mark)}
        <p class="subtle">{about}</p>
        <p><PhoneNumber e164=person.phone.clone() /></p>
    }
    .into_any()
}

/// What is new about a row; its colour repeats what the word says.
fn mark(mark: RowMark) -> AnyView {
    let (name, colour) = match mark {
        RowMark::New => ("new", "success"),
        RowMark::Changed => ("changed", "info"),
        RowMark::Gone => ("gone", "warning"),
    };
    view! { " " <span class="ds-tag" data-color=colour data-news=name>{tr(&format!("mark-{name}"))}</span> }
        .into_any()
}

fn stay(row: &PlainRow) -> AnyView {
    let moved = row.moved.as_ref().map(words::moved);
    view! {
        {words::list(words::stay(&row.stay.0))}
        {moved.map(|words| view! { <p class="moved" data-testid="moved">{words}</p> })}
    }
    .into_any()
}

fn quarantine(row: &PlainRow) -> String {
    row.quarantine_ends_at.map_or_else(|| codes::obligation(row.obligation), words::until)
}

fn status(row: &PlainRow, health: Option<&Health>) -> AnyView {
    let lines = match health {
        Some(health) => health.last_call.as_ref().map(words::call),
        None => row.last_call.as_ref().map(|call| vec![words::plain_call(call)]),
    };
    view! { <StatusTag status=row.status /> {words::list(lines.unwrap_or_default())} }.into_any()
}
