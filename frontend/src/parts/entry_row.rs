//! The table of entries: the list, a search's hits and a travel party are shown by it.

use crate::codes;
use crate::format::{date_short, moment_short, number, phone};
use crate::language::{Key, language, tr};
use crate::{municipalities, session, t};
use api::entries::{EntryRow, EntrySort, MatchedBy, Obligation};
use leptos::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;

/// What happened to a row while the list was on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It came.
    New,
    /// It changed.
    Changed,
}

/// A row, and what it was found by when it was searched for.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// The entry.
    pub entry: EntryRow,
    /// What it was found by.
    pub matched_by: Option<MatchedBy>,
}

impl From<EntryRow> for TableRow {
    fn from(entry: EntryRow) -> Self {
        TableRow { entry, matched_by: None }
    }
}

/// The order of a table that can be sorted.
#[derive(Clone, Copy)]
pub struct Sorting {
    /// The order now.
    pub current: Signal<EntrySort>,
    /// Chooses another.
    pub choose: Callback<EntrySort>,
}

/// The table.
#[component]
pub fn EntryTable(
    /// Id of the table's caption.
    id: &'static str,
    /// What the table shows.
    #[prop(into)]
    caption: Signal<String>,
    /// The rows.
    #[prop(into)]
    rows: Signal<Vec<TableRow>>,
    /// How it is sorted, when it can be.
    #[prop(optional)]
    sorting: Option<Sorting>,
    /// Rows that came or changed.
    #[prop(optional)]
    marks: Option<ArcRwSignal<HashMap<Uuid, Mark>>>,
    /// Whether it tells what the rows were found by.
    #[prop(optional)]
    matched: bool,
) -> impl IntoView {
    let marks = marks.unwrap_or_default();
    // A row is drawn anew when its content, the language or the names of municipalities change.
    let key = |row: &TableRow| {
        let content = serde_json::to_string(&row.entry).unwrap_or_default();
        (language(), municipalities::all().len(), codes::wire_name(&row.matched_by), content)
    };
    let row = move |row: TableRow| {
        let (marks, id) = (marks.clone(), row.entry.id);
        view! { <Row row mark=Signal::derive(move || marks.read().get(&id).copied()) matched /> }
    };
    view! {
        <div class="scroll-region" role="region" tabindex="0" aria-labelledby=id data-testid="entry-list">
            <table class="ds-table compact wide" data-color="neutral" data-hover="true">
                <caption id=id>{move || caption.get()}</caption>
                <Head sorting matched />
                <tbody>
                    <For each=move || rows.get() key=key children=row />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Head(sorting: Option<Sorting>, matched: bool) -> impl IntoView {
    let arrival = (EntrySort::ArrivalAscending, EntrySort::ArrivalDescending);
    let ends = (EntrySort::RegisteredAscending, EntrySort::RegisteredDescending);
    view! {
        <thead>
            <tr>
                <SortableColumn name=Key("column-arrival") orders=arrival sorting />
                <th scope="col">{t!("column-name")}</th>
                <th scope="col">{t!("column-birth-year")}</th>
                <th scope="col">{t!("column-phone")}</th>
                <th scope="col">{t!("column-municipality")}</th>
                <th scope="col">{t!("column-language")}</th>
                <th scope="col">{t!("column-obligation")}</th>
                <th scope="col">{t!("column-status")}</th>
                <th scope="col">{t!("column-flags")}</th>
                <SortableColumn name=Key("column-ends") orders=ends sorting />
                {matched.then(|| view! { <th scope="col">{t!("column-matched")}</th> })}
            </tr>
        </thead>
    }
}

#[component]
fn SortableColumn(
    name: Key,
    /// Ascending and descending.
    orders: (EntrySort, EntrySort),
    sorting: Option<Sorting>,
) -> impl IntoView {
    let Some(Sorting { current, choose }) = sorting else {
        return view! { <th scope="col">{name.follow()}</th> }.into_any();
    };
    let (ascending, descending) = orders;
    let sorted = move || match current.get() {
        order if order == ascending => "ascending",
        order if order == descending => "descending",
        _ => "none",
    };
    let turn = move |_| {
        choose.run(if current.get_untracked() == ascending { descending } else { ascending });
    };
    view! {
        <th scope="col" aria-sort=sorted>
            <button type="button" on:click=turn>{name.follow()}</button>
        </th>
    }
    .into_any()
}

#[component]
fn Row(row: TableRow, mark: Signal<Option<Mark>>, matched: bool) -> impl IntoView {
    let TableRow { entry, matched_by } = row;
    let mark_name = move || mark.get().map(|mark| if mark == Mark::New { "new" } else { "changed" });
    let mark_text =
        move || mark.get().map(|mark| tr(if mark == Mark::New { "row-new" } else { "row-changed" }));
    let headline = entry.person.0.clone();
    let name = headline.name.unwrap_or_else(|| tr("name-missing"));
    let born = headline.birth_date.map(|date| date.year().to_string());
    let municipality =
        entry.municipality.as_deref().map_or_else(|| tr("municipality-missing"), municipalities::name);
    let link_id = format!("open-{}", entry.id);
    let link = link_id.clone();
    let matched_by = matched.then(|| view! { <td>{matched_by.map(codes::matched_by)}</td> });
    view! {
        <tr data-testid="entry-row" data-mark=mark_name>
            <td class="figures">{entry.arrival.map(date_short)}</td>
            // A click beside the name goes on to the link (assets/boot.js). Not so in the other
            // cells: there one selects a number to copy it.
            <th scope="row" data-clickdelegatefor=link_id>
                <a class="ds-link" data-color="accent" data-row id=link href=format!("/entries/{}", entry.id)>{name}</a>
                <span class="mark">{mark_text}</span>
            </th>
            <td class="figures">{born}</td>
            <td class="figures"><PhoneNumber e164=headline.phone /></td>
            <td>{municipality}</td>
            <td>{entry.language.as_deref().map(codes::language_name)}</td>
            <td>{obligation_and_place(&entry)}</td>
            <td><StatusTag status=entry.status /></td>
            <td><Flags count=entry.flags /></td>
            <td class="figures">{moment_short(language(), entry.ends_at)}</td>
            {matched_by}
        </tr>
    }
}

fn obligation_and_place(entry: &EntryRow) -> String {
    let place = entry.place.as_deref().map(codes::place_short);
    match (entry.obligation, place) {
        (Obligation::Quarantine, Some(place)) => place,
        (obligation, Some(place)) => format!("{} · {place}", codes::obligation(obligation)),
        (obligation, None) => codes::obligation(obligation),
    }
}

/// A phone number to call. In the demo it is text only: the numbers are invented, their owners may not be.
#[component]
pub fn PhoneNumber(
    /// `+` and digits.
    e164: Option<String>,
) -> impl IntoView {
    match e164 {
        None => view! { <span class="subtle">{tr("phone-missing")}</span> }.into_any(),
        Some(e164) if untrack(session::is_demo) => {
            view! { <span class="phone">{phone(&e164)}</span> }.into_any()
        }
        Some(e164) => {
            view! { <a class="ds-link phone" data-color="accent" href=format!("tel:{e164}")>{phone(&e164)}</a> }.into_any()
        }
    }
}

/// The follow-up status; its colour repeats what the word says.
#[component]
pub fn StatusTag(
    /// The status.
    status: events::record::FollowUpStatus,
) -> impl IntoView {
    use events::record::FollowUpStatus::{NoAnswer, NotOk, NotSet, Ok};
    let colour = match status {
        NotSet => "neutral",
        Ok => "success",
        NotOk => "danger",
        NoAnswer => "warning",
    };
    view! { <span class="ds-tag" data-color=colour>{codes::status(status)}</span> }
}

#[component]
fn Flags(count: u32) -> impl IntoView {
    (count > 0).then(|| {
        let spoken = crate::language::tr_count("flag-count", u64::from(count));
        view! {
            <span class="flag-count" aria-hidden="true">{number(language(), u64::from(count))}</span>
            <span class="sr-only">{spoken}</span>
        }
    })
}
