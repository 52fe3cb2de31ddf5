//! Who the traveller is: the numbers and where they come from, a number assigned later, others who may be the same
//! person, a protected address.

use crate::client::{self, Failure};
use crate::codes::wire_name;
use crate::format::moment_prose;
use crate::language::{Key, language, tr, tr_with};
use crate::loading::Loader;
use crate::parts::failure::refusal;
use crate::parts::outcome::word;
use crate::parts::section::section;
use crate::{session, t};
use api::entries::EntryVersion;
use api::identities::{AssignNumber, DecidePerson, Identities, Number, ProtectAddress, SamePerson};
use events::Personal;
use events::identity::{AssignedAt, IdentityKind};
use leptos::prelude::*;
use serde::Serialize;
use uuid::Uuid;

const KINDS: [IdentityKind; 4] = [
    IdentityKind::NationalIdentityNumber,
    IdentityKind::DNumber,
    IdentityKind::CommonAuxiliaryNumber,
    IdentityKind::Passport,
];
const PLACES: [AssignedAt; 3] = [AssignedAt::BorderStation, AssignedAt::TaxOffice, AssignedAt::ByHand];

/// The section's state. It outlives the page, as answers may.
#[derive(Clone)]
pub struct Person {
    entry: Uuid,
    known: Loader<Identities>,
    failure: ArcRwSignal<Option<Failure>>,
    busy: ArcRwSignal<bool>,
}

impl Person {
    /// Of an entry.
    pub fn new(entry: Uuid) -> Person {
        let person = Person {
            entry,
            known: Loader::new(),
            failure: ArcRwSignal::new(None),
            busy: ArcRwSignal::new(false),
        };
        person.fetch();
        person
    }

    /// Fetches it anew.
    pub fn fetch(&self) {
        let path = format!("/entries/{}/identities", self.entry);
        self.known.refresh(async move { client::get(&path).await });
    }

    /// Sends a change; `done` follows when it was taken.
    fn send<B: Serialize + 'static>(&self, path: &str, body: B, done: impl FnOnce() + 'static) {
        let Some(key) = client::new_key().filter(|_| !self.busy.get_untracked()) else { return };
        self.busy.set(true);
        self.failure.set(None);
        let (person, path) = (self.clone(), format!("/entries/{}/{path}", self.entry));
        leptos::task::spawn_local(async move {
            let answer = client::post_once::<_, EntryVersion>(&path, &key, &body).await;
            person.busy.set(false);
            match answer {
                Ok(_) => {
                    done();
                    person.fetch();
                }
                Err(failure) => person.failure.set(Some(failure)),
            }
        });
    }
}

/// The section.
pub fn person(person: &Person) -> AnyView {
    let state = person.known.state();
    let known = Memo::new(move |_| state.with(|load| load.ready().cloned()));
    let person = person.clone();
    let may = untrack(session::permissions);
    let shown = move || known.get().map(|known| told(&person, &known, may.identify, may.see_protected));
    section("person-heading", Key("person-title"), shown.into_any())
}

fn told(person: &Person, known: &Identities, identify: bool, protect: bool) -> AnyView {
    let numbers: Vec<AnyView> = known.numbers.iter().map(number).collect();
    let none = numbers.is_empty().then(|| view! { <p class="subtle">{t!("person-no-number")}</p> });
    let conflict = known.conflict.then(|| {
        view! { <div class="ds-alert" data-color="warning"><p>{t!("person-conflict")}</p></div> }
    });
    let protected = known.protected.then(|| {
        view! { <div class="ds-alert" data-color="info" data-testid="protected"><p>{t!("person-protected")}</p></div> }
    });
    let others: Vec<AnyView> = known.others.iter().map(|other| other_view(person, other, identify)).collect();
    let others = (!others.is_empty()).then(|| {
        view! {
            <h3 class="ds-heading" data-size="2xs">{t!("person-others")}</h3>
            <ul class="timeline" data-testid="others">{others}</ul>
        }
    });
    view! {
        {protected}
        {conflict}
        {none}
        <ul class="plain">{numbers}</ul>
        {identify.then(|| assign_form(person))}
        {others}
        {refusal(person.failure.clone())}
        {protect.then(|| protection(person, known.protected))}
    }
    .into_any()
}

fn number(number: &Number) -> AnyView {
    let kind = word("identity", &number.kind);
    let from = match &number.assigned {
        None => tr("person-given"),
        Some(assigned) => {
            let place = assigned.place.clone().unwrap_or_else(|| word("assigned", &assigned.at));
            let moment = moment_prose(language(), assigned.on);
            let values =
                [("place", place.into()), ("moment", moment.into()), ("name", assigned.by.as_str().into())];
            tr_with("person-assigned", &values)
        }
    };
    view! {
        <li>
            {kind} ": " <span class="figures">{number.number.0.clone()}</span> " "
            <span class="subtle">{from}</span>
        </li>
    }
    .into_any()
}

fn other_view(person: &Person, other: &SamePerson, identify: bool) -> AnyView {
    let name = other.entry.person.0.name.clone().unwrap_or_else(|| tr("name-missing"));
    let score =
        tr_with("person-score", &[("percent", (f64::from(other.score) / 10.0).round().to_string().into())]);
    let reasons: Vec<String> = other.reasons.iter().map(|reason| word("match", reason)).collect();
    let state = match (other.joined, other.separated) {
        (true, _) => tr("person-joined"),
        (_, true) => tr("person-separated"),
        _ => tr("person-undecided"),
    };
    let id = other.entry.id;
    let buttons = identify.then(|| decide_buttons(person, id, other.joined));
    view! {
        <li data-testid="other">
            <p><a class="ds-link" href=format!("/entries/{id}")>{name}</a> " " <span class="subtle">{state}</span></p>
            <p class="subtle">{score} ": " {reasons.join(", ")}</p>
            {buttons}
        </li>
    }
    .into_any()
}

fn decide_buttons(person: &Person, other: Uuid, joined: bool) -> AnyView {
    if !joined {
        let person = person.clone();
        let join = move |_| {
            person.send("person", DecidePerson { other, same: true, reason: String::new() }, || {});
        };
        return view! {
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="join" on:click=join>
                {t!("person-join")}
            </button>
        }
        .into_any();
    }
    let (reason, person) = (RwSignal::new(String::new()), person.clone());
    let separate = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let reason = reason.get_untracked().trim().to_owned();
        if !reason.is_empty() {
            person.send("person", DecidePerson { other, same: false, reason }, || {});
        }
    };
    let id = format!("separate-{other}");
    view! {
        <form class="route-form" autocomplete="off" on:submit=separate>
            <div class="field">
                <label class="ds-label" for=id.clone()>{t!("person-separate-why")}</label>
                <input
                    class="ds-input"
                    id=id
                    type="text"
                    maxlength="500"
                    required
                    on:input=move |event| reason.set(event_target_value(&event))
                />
            </div>
            <button type="submit" class="ds-button" data-variant="tertiary">{t!("person-separate")}</button>
        </form>
    }
    .into_any()
}

fn assign_form(person: &Person) -> AnyView {
    let kind = RwSignal::new(IdentityKind::DNumber);
    let at = RwSignal::new(AssignedAt::BorderStation);
    let (number, place) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let busy = person.busy.clone();
    let person = person.clone();
    let assign = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let told = number.get_untracked().trim().to_owned();
        if told.is_empty() {
            return;
        }
        let place = Some(place.get_untracked().trim().to_owned()).filter(|place| !place.is_empty());
        let (kind, at) = (kind.get_untracked(), at.get_untracked());
        let body = AssignNumber { kind, number: Personal(told), at, place };
        person.send("identities", body, move || drop(number.try_set(String::new())));
    };
    let kinds = KINDS.map(|one| (wire_name(&one), word("identity", &one)));
    let places = PLACES.map(|one| (wire_name(&one), word("assigned", &one)));
    let pick_kind = move |told: String| {
        if let Some(one) = KINDS.into_iter().find(|one| wire_name(one) == told) {
            kind.set(one);
        }
    };
    let pick_place = move |told: String| {
        if let Some(one) = PLACES.into_iter().find(|one| wire_name(one) == told) {
            at.set(one);
        }
    };
    let chosen = (wire_name(&IdentityKind::DNumber), wire_name(&AssignedAt::BorderStation));
    view! {
        <details class="ds-details">
            <summary>{t!("person-assign")}</summary>
            <form class="route-form" autocomplete="off" on:submit=assign data-testid="assign">
                {choice("assign-kind", Key("person-kind"), &kinds, &chosen.0, pick_kind)}
                {line("assign-number", Key("person-number"), 30, number)}
                {choice("assign-at", Key("person-at"), &places, &chosen.1, pick_place)}
                {line("assign-place", Key("person-place"), 80, place)}
                <div class="buttons">
                    <button type="submit" class="ds-button" aria-busy=move || busy.get().to_string()>
                        {t!("person-assign-save")}
                    </button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

/// A choice that is always made.
fn choice(
    id: &'static str,
    label: Key,
    choices: &[(String, String)],
    chosen: &str,
    pick: impl Fn(String) + 'static,
) -> AnyView {
    let option = |(value, words): &(String, String)| {
        view! { <option value=value.clone() selected=value == chosen>{words.clone()}</option> }.into_any()
    };
    let options: Vec<AnyView> = choices.iter().map(option).collect();
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <select class="ds-input" id=id on:change=move |event| pick(event_target_value(&event))>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// A line of text.
fn line(id: &'static str, label: Key, length_max: u16, text: RwSignal<String>) -> AnyView {
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <input
                class="ds-input"
                id=id
                type="text"
                maxlength=length_max.to_string()
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

fn protection(person: &Person, protected: bool) -> AnyView {
    let (person, path) = (person.clone(), format!("/entries/{}/protection", person.entry));
    let set = move |_| {
        let (person, path) = (person.clone(), path.clone());
        leptos::task::spawn_local(async move {
            match client::replace(&path, &ProtectAddress { protected: !protected }).await {
                Ok(()) => person.fetch(),
                Err(failure) => person.failure.set(Some(failure)),
            }
        });
    };
    let key = if protected { Key("person-unprotect") } else { Key("person-protect") };
    view! {
        <button type="button" class="ds-button" data-variant="tertiary" data-testid="protect" on:click=set>
            {key.follow()}
        </button>
    }
    .into_any()
}
