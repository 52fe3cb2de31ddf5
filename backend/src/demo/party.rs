//! People who travel together: one record each, with what they share.

use super::dice::Dice;
use super::names::{EMPLOYERS, GROUPS, Group, HOTELS};
use super::person::{fill, put};
use super::place::{Places, address};
use super::{numbers, rates};
use crate::rules::moments::norwegian_day_of;
use events::record::RawRecord;
use jiff::{SignedDuration, Timestamp};

/// Kinds of party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Alone.
    Single,
    /// Two adults.
    Couple,
    /// Adults and children: one phone, one address, one last name.
    Family,
    /// Workers: one employer, one lodging, often the foreman's phone.
    Crew,
    /// Lives in one country, works in another, and comes again and again.
    Commuter,
}

/// The records of a party that registers at a moment, without reference codes.
pub fn records(dice: &mut Dice, places: &Places, now: Timestamp) -> (Kind, Vec<RawRecord>) {
    let kind = dice.weighted(&rates::PARTIES);
    let size = match kind {
        Kind::Single | Kind::Commuter => 1,
        Kind::Couple => 2,
        Kind::Family => dice.within(rates::FAMILY.0, rates::FAMILY.1),
        Kind::Crew => dice.within(rates::CREW.0, rates::CREW.1),
    };
    let group = group_of(dice, kind);
    let children = if kind == Kind::Family { size - 2 + dice.within(0, 1) } else { 0 };
    let mut shared = trip(dice, group, now);
    put(&mut shared, "a_num_travelers", size.to_string());
    put(&mut shared, "a_num_travelers_under_16", children.to_string());
    place(&mut shared, dice, places, now);
    quarantine(&mut shared, dice, kind);
    if kind == Kind::Crew || dice.per_mille(rates::EMPLOYED) {
        employer(&mut shared, dice, places);
    }
    let family_name = (kind == Kind::Family).then(|| *dice.one_of(group.last));
    let shared_phone = numbers::phone(dice);
    let one_phone = kind == Kind::Family || (kind == Kind::Crew && dice.per_mille(500));
    let today = norwegian_day_of(now);
    let mut records = Vec::new();
    for member in 0..size {
        let mut raw = shared.clone();
        fill(&mut raw, dice, group, family_name, member >= size - children, today);
        let own = if one_phone { shared_phone.clone() } else { numbers::phone(dice) };
        put(&mut raw, "p_phone", own);
        put(&mut raw, "p_updated", now.to_string());
        records.push(raw);
    }
    (kind, records)
}

fn group_of(dice: &mut Dice, kind: Kind) -> &'static Group {
    let weights: Vec<(usize, u32)> =
        GROUPS.iter().enumerate().map(|(index, group)| (index, group.weight)).collect();
    match kind {
        // Commuters come from the neighbours; the Swedish group stands for them.
        Kind::Commuter => GROUPS.iter().find(|group| group.country == "Sverige").unwrap_or(&GROUPS[0]),
        Kind::Single | Kind::Couple | Kind::Family | Kind::Crew => &GROUPS[dice.weighted(&weights)],
    }
}

fn trip(dice: &mut Dice, group: &Group, now: Timestamp) -> RawRecord {
    let mut raw = RawRecord::new();
    let ahead = if dice.per_mille(rates::AHEAD) { dice.within(1, rates::AHEAD_HOURS_MAX - 1) } else { 0 };
    let arrival = now + SignedDuration::from_hours(i64::try_from(ahead).unwrap_or(0));
    put(&mut raw, "a_date", norwegian_day_of(arrival).to_string());
    put(&mut raw, "a_updated", now.to_string());
    put(&mut raw, "a_country_of_departure", group.country);
    put(&mut raw, "a_is_leisure_trip", if dice.per_mille(250) { "Ja" } else { "Nei" });
    let (method, detail) = match dice.below(10) {
        // Invented flights, so that a wave of one aircraft shares its number.
        0..=4 => ("Fly", format!("ZZ{}", 400 + dice.below(60))),
        5..=6 => ("Bil/Buss", format!("XX {:05}", dice.below(100_000))),
        7 => ("Båt", "Ferge".to_owned()),
        8 => ("Yrkestransport", String::new()),
        _ => (*dice.one_of(&["Tog", "Annet"]), String::new()),
    };
    put(&mut raw, "a_travel_method", method);
    if !detail.is_empty() {
        put(&mut raw, "a_travel_method_extra", detail);
    }
    if dice.per_mille(180) {
        put(
            &mut raw,
            "a_transit_countries",
            *dice.one_of(&["Sverige", "Danmark", "Tyskland, Danmark", "Nederland"]),
        );
    }
    raw
}

fn place(raw: &mut RawRecord, dice: &mut Dice, places: &Places, now: Timestamp) {
    let there = places.choose(dice);
    put(raw, "municipality_number", there.municipality_number.as_str());
    put(raw, "responsible_municipality_number", there.municipality_number.as_str());
    put(raw, "a_destination_id", there.municipality.as_str());
    put(raw, "a_location_zip_code", there.postcode.as_str());
    put(raw, "a_location_address", address(dice));
    if dice.per_mille(rates::IN_HOTEL) {
        let hotel = places.choose(dice);
        put(raw, "a_hotel_name", *dice.one_of(&HOTELS));
        put(raw, "a_q_hotel_destination_id", hotel.municipality.as_str());
        put(raw, "hotel_municipality_number", hotel.municipality_number.as_str());
        put(raw, "responsible_municipality_number", hotel.municipality_number.as_str());
        put(raw, "a_quarantine_reg_arrival", norwegian_day_of(now).to_string());
        put(raw, "a_q_opt_l4_code", *dice.one_of(&["4001", "4012"]));
    }
}

fn quarantine(raw: &mut RawRecord, dice: &mut Dice, kind: Kind) {
    let (l1, l2, l3, l4) = match kind {
        Kind::Commuter => ("1002", "2003", "3005", "4011"),
        Kind::Crew if !dice.per_mille(rates::IN_QUARANTINE) => ("1002", "2006", "0", "4006"),
        Kind::Crew => ("1001", "0", "0", "4003"),
        Kind::Single | Kind::Couple | Kind::Family if dice.per_mille(rates::IN_QUARANTINE) => {
            ("1001", "0", "0", "4002")
        }
        Kind::Single | Kind::Couple | Kind::Family => *dice.one_of(&[
            ("1002", "2001", "3001", ""),
            ("1002", "2005", "3013", ""),
            ("1002", "2008", "0", ""),
            ("1002", "2004", "3008", ""),
        ]),
    };
    put(raw, "a_q_opt_l1", if l1 == "1001" { "Karantene" } else { "Helt eller delvis unntak" });
    for (field, code) in
        [("a_q_opt_l1_code", l1), ("a_q_opt_l2_code", l2), ("a_q_opt_l3_code", l3), ("a_q_opt_l4_code", l4)]
    {
        if !code.is_empty() && !raw.contains_key(field) {
            put(raw, field, code);
        }
    }
}

fn employer(raw: &mut RawRecord, dice: &mut Dice, places: &Places) {
    let repeat = dice.per_mille(rates::CREWS_OF_THE_REPEAT_OFFENDER);
    let index = if repeat { 0 } else { usize::try_from(dice.below(16)).unwrap_or(0) % EMPLOYERS.len() };
    put(raw, "a_employer_name", EMPLOYERS[index]);
    put(raw, "a_employer_org_number", numbers::organisation(index));
    put(raw, "a_employer_contact_person", format!("Kontakt {}", EMPLOYERS[index]));
    // The dice of the employer, not of the party: its phone and address are the same each time.
    let mut own = Dice::new(index as u64);
    put(raw, "a_employer_contact_phone", numbers::phone(&mut own));
    put(raw, "a_employer_address", address(&mut own));
    if repeat {
        // Everybody in one crowded lodging.
        let lodging = places.choose(&mut own);
        put(raw, "a_location_address", "Brakkeriggen, Industrivegen 13");
        for field in ["municipality_number", "responsible_municipality_number"] {
            put(raw, field, lodging.municipality_number.as_str());
        }
        put(raw, "a_destination_id", lodging.municipality.as_str());
        put(raw, "a_location_zip_code", lodging.postcode.as_str());
        for field in [
            "a_hotel_name",
            "a_q_hotel_destination_id",
            "hotel_municipality_number",
            "a_quarantine_reg_arrival",
        ] {
            raw.remove(field);
        }
        put(raw, "a_q_opt_l4_code", "4003");
    }
}
