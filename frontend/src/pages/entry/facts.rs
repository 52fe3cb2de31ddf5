//! The facts of an entry, in the groups a caller asks in: quarantine first, then person, trip, employer.

use crate::codes;
use crate::format::{date_prose, moment_prose, org_number, phone};
use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::municipalities;
use crate::parts::entry_row::PhoneNumber;
use api::entries::Entry;
use events::record::{Employer, EntryRecord, Person, Phone, Quarantine, Routing, Trip};
use events::{Identity, Personal};
use jiff::civil::Date;
use leptos::prelude::*;

/// A name and its value; facts that nobody told are left out.
type Fact = Option<AnyView>;

/// All facts.
#[component]
pub fn Facts(entry: Entry) -> impl IntoView {
    move || {
        let EntryRecord { person, trip, quarantine, employer, .. } = &entry.record;
        view! {
            <div class="fact-groups">
                {group(Key("section-quarantine"), quarantine_facts(quarantine, &entry.routing))}
                {group(Key("section-person"), person_facts(person))}
                {group(Key("section-trip"), trip_facts(trip, &entry))}
                {employer.as_ref().map(|employer| group(Key("section-employer"), employer_facts(employer)))}
            </div>
        }
    }
}

fn group(title: Key, facts: Vec<Fact>) -> impl IntoView {
    view! {
        <section aria-label=title.text()>
            <h2 class="ds-heading" data-size="xs">{title.text()}</h2>
            <dl class="facts">{facts.into_iter().flatten().collect_view()}</dl>
        </section>
    }
}

fn fact(name: Key, value: Option<impl IntoView + 'static>) -> Fact {
    value.map(|value| view! { <div><dt>{name.text()}</dt><dd>{value}</dd></div> }.into_any())
}

/// A fact that a caller looks for: when nobody told it, the page says that.
fn asked(name: Key, value: Option<String>) -> Fact {
    fact(name, Some(value.unwrap_or_else(|| tr("not-told"))))
}

fn several<V: IntoView + 'static>(name: Key, values: Vec<V>) -> Fact {
    let items = (!values.is_empty()).then(|| {
        view! { <ul class="plain">{values.into_iter().map(|value| view! { <li>{value}</li> }).collect_view()}</ul> }
    });
    fact(name, items)
}

fn personal(value: &Option<Personal<String>>) -> Option<String> {
    value.as_ref().map(|value| value.0.clone())
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date_prose(language(), date))
}

fn yes_or_no(value: Option<bool>) -> Option<String> {
    value.map(|value| tr(if value { "yes" } else { "no" }))
}

fn quarantine_facts(quarantine: &Quarantine, routing: &Routing) -> Vec<Fact> {
    let code = |code: &Option<String>| code.as_deref().map(codes::code);
    // The source writes 0 for a level that was not chosen; that is no news.
    let chosen = |code: &Option<String>| code.as_deref().filter(|code| *code != "0").map(codes::code);
    let address = [personal(&quarantine.address), personal(&quarantine.postcode)];
    let address: Vec<String> = address.into_iter().flatten().collect();
    let municipality = |number: &Option<String>| number.as_deref().map(municipalities::label_of);
    let responsible =
        municipality(&routing.responsible_municipality).unwrap_or_else(|| tr("municipality-missing"));
    vec![
        asked(Key("fact-obligation"), code(&quarantine.obligation_code)),
        fact(Key("fact-exemption"), chosen(&quarantine.exemption_code)),
        fact(Key("fact-exemption-detail"), chosen(&quarantine.exemption_detail_code)),
        asked(Key("fact-place"), code(&quarantine.place_code)),
        fact(Key("fact-place-name"), personal(&quarantine.place_name)),
        asked(Key("fact-address"), Some(address.join(", ")).filter(|address| !address.is_empty())),
        fact(Key("fact-hotel-at-arrival"), personal(&quarantine.hotel_at_arrival)),
        fact(Key("fact-hotel-from"), day(quarantine.hotel_from)),
        fact(Key("fact-hotel-at-departure"), personal(&quarantine.hotel_at_departure)),
        fact(Key("fact-hotel-until"), day(quarantine.hotel_until)),
        fact(Key("fact-municipality"), Some(responsible)),
        fact(Key("fact-basis"), Some(codes::basis(routing.basis))),
        fact(Key("fact-arrival-municipality"), municipality(&routing.arrival_municipality)),
        fact(Key("fact-hotel-municipality"), municipality(&routing.hotel_municipality)),
    ]
}

fn person_facts(person: &Person) -> Vec<Fact> {
    let phones = person.phones.iter().map(phone_view).collect();
    let identities = person.identities.iter().map(identity).collect();
    let status = person.follow_up.map(|status| match person.follow_up_at {
        None => codes::status(status),
        Some(at) => tr_with(
            "fact-status-since",
            &[("status", codes::status(status).into()), ("moment", moment_prose(language(), at).into())],
        ),
    });
    vec![
        several(Key("fact-phones"), phones),
        asked(Key("fact-language"), person.language.as_deref().map(codes::language_name)),
        asked(Key("fact-birth-date"), day(person.birth_date.as_ref().map(|date| date.0))),
        several(Key("fact-identities"), identities),
        fact(Key("fact-email"), personal(&person.email)),
        fact(Key("fact-residence"), person.country_of_residence.clone()),
        fact(Key("fact-status"), status),
    ]
}

fn phone_view(phone: &Phone) -> AnyView {
    match &phone.e164 {
        Some(number) => view! { <PhoneNumber e164=Some(number.0.clone()) /> }.into_any(),
        None => tr_with("fact-phone-undiallable", &[("given", phone.given.0.clone().into())]).into_any(),
    }
}

fn identity(identity: &Identity) -> AnyView {
    let kind = codes::identity_kind(identity.kind);
    let check = codes::identity_check(identity.check);
    view! {
        <span class="figures">{identity.number.0.clone()}</span>
        <span class="subtle">{format!(" {kind}, {check}")}</span>
    }
    .into_any()
}

fn trip_facts(trip: &Trip, entry: &Entry) -> Vec<Fact> {
    let departure = [&trip.country_of_departure, &trip.region_of_departure];
    let departure: Vec<String> = departure.into_iter().flatten().cloned().collect();
    let details = trip.travel_details.iter().map(|detail| detail.0.clone()).collect();
    let reference_codes = entry.reference_codes.iter().map(|code| code.0.clone()).collect();
    vec![
        asked(Key("fact-arrival"), day(trip.arrival)),
        fact(Key("fact-travel-method"), trip.travel_method.clone()),
        several::<String>(Key("fact-travel-details"), details),
        fact(Key("fact-departure"), Some(departure.join(", ")).filter(|departure| !departure.is_empty())),
        fact(Key("fact-transit"), trip.transit_countries.clone()),
        fact(Key("fact-travellers"), travellers(trip)),
        fact(Key("fact-leisure"), yes_or_no(trip.leisure)),
        fact(Key("fact-necessary"), yes_or_no(trip.necessary)),
        fact(Key("fact-border-crossed"), day(trip.border_crossed)),
        fact(Key("fact-border-station"), trip.border_station.clone()),
        fact(Key("fact-border-assessment"), trip.border_assessment.clone()),
        several::<String>(Key("fact-reference-codes"), reference_codes),
        fact(Key("fact-registered"), Some(moment_prose(language(), entry.registered_at))),
    ]
}

fn travellers(trip: &Trip) -> Option<String> {
    let all = tr_count("fact-travellers-value", u64::from(trip.travellers?));
    Some(match trip.travellers_under_16 {
        Some(children) if children > 0 => {
            format!("{all}, {}", tr_count("fact-under-16", u64::from(children)))
        }
        _ => all,
    })
}

fn employer_facts(employer: &Employer) -> Vec<Fact> {
    let contact_phone = employer.contact_phone.as_ref();
    let contact_phone =
        contact_phone.map(|given| given.e164.as_ref().map_or(given.given.0.clone(), |e164| phone(&e164.0)));
    vec![
        fact(Key("fact-employer-name"), employer.name.clone()),
        fact(Key("fact-employer-number"), employer.org_number.as_deref().map(org_number)),
        fact(Key("fact-employer-address"), personal(&employer.address)),
        fact(Key("fact-employer-contact"), personal(&employer.contact_person)),
        fact(Key("fact-employer-phone"), contact_phone),
    ]
}
