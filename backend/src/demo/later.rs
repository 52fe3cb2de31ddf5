//! What the source sends of an entry later: the same again, corrections, older news, a second registration.

use super::dice::Dice;
use super::person::put;
use super::place::{Places, address};
use super::{numbers, rates};
use crate::rules::moments::norwegian_day_of;
use events::record::RawRecord;
use jiff::{SignedDuration, Timestamp};

/// What happens later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// The same record again, unchanged.
    Resent,
    /// The trip is corrected: another address, another municipality, a stay that ends.
    TripCorrected,
    /// The person is corrected: another phone, a D-number from the border.
    PersonCorrected,
    /// A correction, and after it the first record again.
    OlderNewsResent,
    /// The same trip registered a second time, under another code.
    RegisteredTwice,
    /// The police saw the crossing.
    BorderCrossed,
}

/// The later records of one record, each with its time. `code` makes new reference codes.
pub fn of(
    raw: &RawRecord,
    dice: &mut Dice,
    places: &Places,
    now: Timestamp,
    code: &mut impl FnMut(&RawRecord) -> String,
) -> Vec<(Timestamp, RawRecord)> {
    let mut sent = Vec::new();
    for (later, rate) in rates::LATER {
        if !dice.per_mille(rate) {
            continue;
        }
        let at = after(now, dice, 20, 30 * 60);
        let mut next = raw.clone();
        match later {
            Later::Resent => {}
            Later::TripCorrected => correct_trip(&mut next, dice, places, at),
            Later::PersonCorrected => correct_person(&mut next, dice, at),
            Later::OlderNewsResent => {
                correct_person(&mut next, dice, at);
                sent.push((after(at, dice, 5, 600), raw.clone()));
            }
            Later::RegisteredTwice => {
                put(&mut next, "a_reference_code", code(raw));
                put(&mut next, "a_updated", at.to_string());
                put(&mut next, "p_updated", at.to_string());
            }
            Later::BorderCrossed => {
                put(&mut next, "a_border_crossing_arrival", norwegian_day_of(at).to_string());
                put(
                    &mut next,
                    "a_border_crossing_location",
                    *dice.one_of(&["Svinesund", "Gardermoen", "Ørje", "Storskog", "Flesland"]),
                );
                put(&mut next, "a_updated", at.to_string());
            }
        }
        sent.push((at, next));
    }
    sent
}

/// Further trips of a commuter: each a new entry.
pub fn further_trips(
    raw: &RawRecord,
    dice: &mut Dice,
    now: Timestamp,
    code: &mut impl FnMut(&RawRecord) -> String,
) -> Vec<(Timestamp, RawRecord)> {
    let mut at = now;
    let mut trips = Vec::new();
    for _ in 0..dice.within(rates::COMMUTER_TRIPS.0, rates::COMMUTER_TRIPS.1) {
        at = after(at, dice, 18 * 60, 50 * 60);
        let mut next = raw.clone();
        put(&mut next, "a_reference_code", code(raw));
        put(&mut next, "a_date", norwegian_day_of(at).to_string());
        put(&mut next, "a_updated", at.to_string());
        trips.push((at, next));
    }
    trips
}

fn after(moment: Timestamp, dice: &mut Dice, least_minutes: u64, most_minutes: u64) -> Timestamp {
    let seconds = dice.within(least_minutes * 60, most_minutes * 60);
    moment + SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(0))
}

fn correct_trip(raw: &mut RawRecord, dice: &mut Dice, places: &Places, at: Timestamp) {
    if raw.contains_key("hotel_municipality_number") && dice.per_mille(500) {
        // From the hotel to a home: the responsibility moves.
        let until = norwegian_day_of(after(at, dice, 24 * 60, 72 * 60));
        put(raw, "a_quarantine_reg_departure", until.to_string());
    } else {
        let there = places.choose(dice);
        put(raw, "a_location_address", address(dice));
        put(raw, "a_location_zip_code", there.postcode.as_str());
        put(raw, "municipality_number", there.municipality_number.as_str());
        put(raw, "a_destination_id", there.municipality.as_str());
    }
    // The source derives it anew; here it is left out, as its older version did.
    raw.remove("responsible_municipality_number");
    put(raw, "a_updated", at.to_string());
}

fn correct_person(raw: &mut RawRecord, dice: &mut Dice, at: Timestamp) {
    put(raw, "p_phone", numbers::phone(dice));
    let born = raw.get("p_birth_date").and_then(|born| born.as_str()).and_then(|born| born.parse().ok());
    if let Some(born) = born
        && dice.per_mille(300)
        && !raw.contains_key("p_unique_id")
    {
        put(raw, "p_dnr", numbers::national(dice, born, true));
    }
    put(raw, "p_updated", at.to_string());
}
