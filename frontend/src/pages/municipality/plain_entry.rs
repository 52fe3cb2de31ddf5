//! `/municipality/entries/:id`: one entry, without anything that tells of health.

use super::not_ours::not_ours;
use super::{own, way_back, words};
use crate::client::{self, Failure};
use crate::codes;
use crate::format::{date_prose, moment_prose, number};
use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::live;
use crate::loading::{Load, Loader};
use crate::moment::{days_left, now};
use crate::municipalities;
use crate::navigation::PageHeading;
use crate::pages::entry::not_shown;
use crate::parts::entry_row::{PhoneNumber, StatusTag};
use crate::parts::pace::Pace;
use crate::parts::section::fact;
use crate::parts::state::Skeleton;
use crate::{query, session, t};
use api::live::Topic;
use api::municipality::PlainEntry;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

const PACE_MS: f64 = 2_000.0;

/// The page. Another id in the address is another page, with its own heading and focus.
#[component]
pub fn PlainEntryPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| parameters.read().get("id").unwrap_or_default());
    move || one_entry(query::escape(&id.get()))
}

fn one_entry(id: String) -> AnyView {
    let entry = Loader::<PlainEntry>::new();
    let fetch = {
        let (entry, id) = (entry.clone(), id.clone());
        move || entry.refresh(fetch_entry(id.clone()))
    };
    fetch();
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, fetch.clone()));
    let (state, named, own_version) = (entry.state(), entry.state(), entry.state());
    let name = Signal::derive(move || {
        let name = named.with(|load| load.ready().map(|entry| entry.row.person.0.name.clone()));
        name.map_or_else(|| tr("entry-title"), |name| name.unwrap_or_else(|| tr("name-missing")))
    });
    let version = Signal::derive(move || {
        let ours =
            |entry: &PlainEntry| entry.row.municipality == own() && session::permissions().decline_entries;
        own_version.with(|load| load.ready().filter(|entry| ours(entry)).map(|entry| entry.version))
    });
    let decline = Uuid::try_parse(&id).ok().map(|id| {
        let fetch = fetch.clone();
        not_ours(id, version, Callback::new(move |()| fetch()))
    });
    let shown = move || match state.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => not_shown(failure, fetch.clone()).into_any(),
        Load::Ready(entry) => view! { {deadline(&entry)} {facts(entry)} }.into_any(),
    };
    view! {
        <article class="page">
            <a class="ds-link back" href=way_back::path()>{t!("back-to-municipality")}</a>
            <PageHeading title=Key("entry-title") shown=name />
            {decline}
            {shown}
        </article>
    }
    .into_any()
}

async fn fetch_entry(id: String) -> Result<PlainEntry, Failure> {
    client::get(&format!("/municipality/plain/entries/{id}")).await
}

fn deadline(entry: &PlainEntry) -> AnyView {
    let ends_at = entry.row.ends_at;
    let deleted = tr_with("entry-deleted-by", &[("moment", moment_prose(language(), ends_at).into())]);
    view! {
        <p class="deadline">
            <StatusTag status=entry.row.status />
            <strong class="figures">{deleted}</strong>
            <span>{tr_count("entry-days-left", days_left(now(), ends_at))}</span>
        </p>
    }
    .into_any()
}

fn facts(entry: PlainEntry) -> AnyView {
    let PlainEntry { row, registered_at, phones, travellers, .. } = entry;
    let told = |value: Option<String>| value.unwrap_or_else(|| tr("not-told")).into_any();
    let day = |date| date_prose(language(), date);
    let moment = |at| moment_prose(language(), at);
    let municipality =
        row.municipality.as_deref().map_or_else(|| tr("municipality-missing"), municipalities::label_of);
    let until = row.quarantine_ends_at.map_or_else(|| codes::obligation(row.obligation), words::until_prose);
    let travellers = travellers.map(|count| tr_count("fact-travellers-value", u64::from(count)));
    let numbers: Vec<AnyView> = phones
        .0
        .into_iter()
        .map(|e164| view! { <li><PhoneNumber e164=Some(e164) /></li> }.into_any())
        .collect();
    let calls =
        [Some(number(language(), u64::from(row.calls))), row.last_call.as_ref().map(words::plain_call)];
    view! {
        <dl class="facts narrow">
            {fact(Key("column-stay"), words::list(words::stay(&row.stay.0)))}
            {fact(Key("column-quarantine-ends"), until.into_any())}
            {fact(Key("fact-arrival"), told(row.arrival.map(day)))}
            {fact(Key("fact-birth-date"), told(row.person.0.birth_date.map(day)))}
            {fact(Key("fact-phones"), view! { <ul class="plain">{numbers}</ul> }.into_any())}
            {fact(Key("fact-language"), told(row.language.as_deref().map(codes::language_name)))}
            {travellers.map(|travellers| fact(Key("fact-travellers"), travellers.into_any()))}
            {fact(Key("fact-municipality"), municipality.into_any())}
            {row.moved.as_ref().map(|moved| fact(Key("fact-moved"), words::moved(moved).into_any()))}
            {fact(Key("fact-calls"), words::list(calls.into_iter().flatten().collect()))}
            {fact(Key("fact-registered"), moment(registered_at).into_any())}
        </dl>
    }
    .into_any()
}
