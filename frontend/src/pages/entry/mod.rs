//! `/entries/:id`: everything the register knows of one entry.

mod correction;
mod facts;
mod flags;
mod party;
mod person;
mod quarantine;
mod raw;
mod referral;
mod timeline;

use crate::client::{self, Failure};
use crate::format::moment_prose;
use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::live;
use crate::loading::{Load, Loader};
use crate::moment::{days_left, now};
use crate::navigation::PageHeading;
use crate::pages::municipality::{self, not_ours::not_ours, way_back};
use crate::parts::entry_row::StatusTag;
use crate::parts::failure::FailureView;
use crate::parts::pace::Pace;
use crate::parts::results::results;
use crate::parts::state::{Empty, Skeleton};
use crate::{query, session, t};
use api::ProblemCode;
use api::entries::{Entry, Party, Timeline};
use api::live::Topic;
use api::quarantine::QuarantineAnswer;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const PACE_MS: f64 = 2_000.0;

/// The page. Another id in the address is another page, with its own heading and focus.
#[component]
pub fn EntryPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| parameters.read().get("id").unwrap_or_default());
    move || view! { <OneEntry id=query::escape(&id.get()) /> }
}

#[component]
fn OneEntry(
    /// The id as the address has it; the server judges it.
    id: String,
) -> impl IntoView {
    let entry = Loader::<Entry>::new();
    let party = Loader::<Party>::new();
    let timeline = Loader::<Timeline>::new();
    let owed = Loader::<QuarantineAnswer>::new();
    let fetch = {
        let (entry, party, timeline) = (entry.clone(), party.clone(), timeline.clone());
        let (owed, id) = (owed.clone(), id.clone());
        move || {
            let known = entry.state().with_untracked(Load::ready_or_none);
            entry.refresh(fetch_entry(id.clone(), known));
            owed.refresh(fetch_owed(id.clone()));
            party.refresh(fetch_party(id.clone()));
            timeline.refresh(fetch_timeline(id.clone()));
        }
    };
    fetch();
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, fetch.clone()));
    let parsed = uuid::Uuid::try_parse(&id).ok();
    let own = parsed.map(|id| (id, person::Person::new(id)));
    if let Some((_, own)) = own.clone() {
        live::follow(&[Topic::Entries], Pace::new(PACE_MS, move || own.fetch()));
    }
    let state = entry.state();
    let again = {
        let fetch = fetch.clone();
        Callback::new(move |()| fetch())
    };
    let correcting = parsed
        .filter(|_| untrack(session::permissions).make_calls)
        .map(|entry| correction::Correcting::new(entry, again));
    let name = {
        let state = state.clone();
        Signal::derive(move || state.with(|load| load.ready().map_or_else(|| tr("entry-title"), full_name)))
    };
    let decline = parsed.map(|id| not_ours(id, own_version(state.clone()), again));
    let (party, timeline, owed) = (party.state(), timeline.state(), owed.state());
    let here = state.clone();
    let is_here = Memo::new(move |_| here.with(|load| load.ready().is_some()));
    let shown = move || match state.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => not_shown(failure, fetch.clone()).into_any(),
        Load::Ready(entry) => view! {
            <Deadline entry=entry.clone() />
            <quarantine::QuarantineSection quarantine=owed.clone() />
            <facts::Facts entry=entry.clone() />
            <flags::Flags flags=entry.record.flags.clone() />
        }
        .into_any(),
    };
    view! {
        <article class="page">
            {way_to_list()}
            <PageHeading title=Key("entry-title") shown=name />
            {decline}
            {shown}
            <Show when=move || is_here.get()>
                {own.clone().map(|(id, own)| view! { {results(id, "results-heading")} {person::person(&own)} {referral::referrals(id)} })}
                <party::PartySection party=party.clone() />
                <timeline::TimelineSection timeline=timeline.clone() correcting=correcting.clone() />
                {correcting.clone().map(correction::correction)}
                <raw::RawSection id=id.clone() />
            </Show>
        </article>
    }
}

fn way_to_list() -> AnyView {
    if untrack(session::permissions).see_municipality {
        return view! { <a class="ds-link back" href=way_back::path()>{t!("back-to-municipality")}</a> }
            .into_any();
    }
    view! { <a class="ds-link back" href="/entries">{t!("back-to-entries")}</a> }.into_any()
}

/// The version on the screen, for a municipality whose own the entry is and who may send it back.
fn own_version(entry: ArcReadSignal<Load<Entry>>) -> Signal<Option<u32>> {
    Signal::derive(move || {
        let own = municipality::own().filter(|_| session::permissions().decline_entries)?;
        let ours = |entry: &&Entry| entry.routing.responsible_municipality.as_deref() == Some(own.as_str());
        entry.with(|load| load.ready().filter(ours).map(|entry| entry.version))
    })
}

/// What has not changed is not handed out again: each time it is, that is written down.
async fn fetch_entry(id: String, known: Option<Entry>) -> Result<Entry, Failure> {
    let version = known.as_ref().map(|entry| entry.version);
    let newer = client::get_newer(&format!("/entries/{id}"), version).await?;
    newer.or(known).ok_or(Failure::Unreadable)
}

async fn fetch_owed(id: String) -> Result<QuarantineAnswer, Failure> {
    client::get(&format!("/entries/{id}/quarantine")).await
}

async fn fetch_party(id: String) -> Result<Party, Failure> {
    client::get(&format!("/entries/{id}/party")).await
}

async fn fetch_timeline(id: String) -> Result<Timeline, Failure> {
    client::get(&format!("/entries/{id}/timeline")).await
}

fn full_name(entry: &Entry) -> String {
    let person = &entry.record.person;
    let names: Vec<&str> =
        [&person.first_name, &person.last_name].into_iter().flatten().map(|name| name.0.as_str()).collect();
    if names.is_empty() { tr("name-missing") } else { names.join(" ") }
}

/// An entry that is not shown has ended, is not to be seen, or could not be fetched: three different things.
pub fn not_shown(failure: Failure, retry: impl Fn() + 'static) -> impl IntoView {
    match failure.code() {
        Some(ProblemCode::EntryEnded) => {
            view! { <Empty title=Key("entry-ended-title") text=Signal::derive(t!("entry-ended")) /> }
                .into_any()
        }
        // An id that is no id is as unknown as one that nobody has.
        Some(ProblemCode::NotFound | ProblemCode::InvalidRequest) => {
            view! { <Empty title=Key("entry-not-found-title") text=Signal::derive(t!("entry-not-found")) /> }
                .into_any()
        }
        _ => view! { <FailureView failure retry /> }.into_any(),
    }
}

#[component]
fn Deadline(entry: Entry) -> impl IntoView {
    let ends_at = entry.ends_at;
    let deleted =
        move || tr_with("entry-deleted-by", &[("moment", moment_prose(language(), ends_at).into())]);
    view! {
        <p class="deadline">
            <StatusTag status=entry.record.person.follow_up.unwrap_or_default() />
            <strong class="figures">{deleted}</strong>
            <span>{move || tr_count("entry-days-left", days_left(now(), ends_at))}</span>
        </p>
    }
}
