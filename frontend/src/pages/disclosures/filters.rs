//! What is searched by. Each change goes to the address at once; the address fills the fields.

use super::{Place, words};
use crate::codes::wire_name;
use crate::language::{Key, tr};
use crate::parts::fields::{Choice, DateField, MunicipalityField, SelectField};
use crate::t;
use api::disclosures::DisclosureKind;
use leptos::prelude::*;

/// The fields.
#[component]
pub fn Filters(place: Place) -> impl IntoView {
    let entry = Callback::new(move |text| place.change(|query| query.entry = text));
    let who = Callback::new(move |text| place.change(|query| query.who = text));
    let receiver = Callback::new(move |text| place.change(|query| query.receiver = text));
    view! {
        <form class="filters" aria-label=t!("disclosures-filter") autocomplete="off" on:submit=|event| event.prevent_default()>
            <div class="field-row">
                {text("disclosures-by-entry", Key("disclosures-by-entry"), move || place.query.get().entry, entry)}
                {text("disclosures-by-who", Key("disclosures-by-who"), move || place.query.get().who, who)}
                <Municipality place />
                {text("disclosures-by-receiver", Key("disclosures-by-receiver"), move || place.query.get().receiver, receiver)}
                <SelectField
                    id="disclosures-kind"
                    label=Key("disclosures-kind")
                    choices=kinds
                    chosen=Signal::derive(move || place.query.get().kind.unwrap_or_default())
                    choose=Callback::new(move |kind| place.change(|query| query.kind = kind))
                />
                <DateField
                    id="disclosures-from"
                    label=Key("disclosures-from")
                    chosen=Signal::derive(move || place.query.get().from)
                    choose=Callback::new(move |day| place.change(|query| query.from = day))
                />
                <DateField
                    id="disclosures-until"
                    label=Key("disclosures-until")
                    chosen=Signal::derive(move || place.query.get().until)
                    choose=Callback::new(move |day| place.change(|query| query.until = day))
                />
            </div>
        </form>
    }
}

fn kinds() -> Vec<Choice> {
    DisclosureKind::ALL.iter().map(|kind| (wire_name(kind), words::kind(*kind))).collect()
}

fn text(
    id: &'static str,
    label: Key,
    value: impl Fn() -> Option<String> + Send + Sync + 'static,
    choose: Callback<Option<String>>,
) -> AnyView {
    let changed = move |event| {
        let typed = event_target_value(&event).trim().to_owned();
        choose.run(Some(typed).filter(|typed| !typed.is_empty()));
    };
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <input
                class="ds-input"
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || value().unwrap_or_default()
                on:change=changed
            />
        </div>
    }
    .into_any()
}

#[component]
fn Municipality(place: Place) -> impl IntoView {
    let unknown = RwSignal::new(false);
    let choose = Callback::new(move |(typed, number): (String, Option<String>)| {
        unknown.set(number.is_none() && !typed.trim().is_empty());
        if !unknown.get_untracked() {
            place.change(|query| query.municipality = number);
        }
    });
    view! {
        <MunicipalityField
            id="disclosures-municipality"
            label=Key("disclosures-municipality")
            chosen=Signal::derive(move || place.query.get().municipality)
            choose
            wrong=Signal::derive(move || unknown.get().then(|| tr("filter-municipality-unknown")))
        />
    }
}
