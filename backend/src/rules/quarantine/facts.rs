//! What an assessment goes by, from an entry's record.

use super::{Facts, TestFact};
use crate::rules::moments::norwegian_day_of;
use events::record::EntryRecord;
use jiff::civil::Date;
use jiff::{Timestamp, Unit};

/// The facts of an entry. Of two days of arrival, the traveller's and the police's, the later one counts.
pub fn facts_of(record: &EntryRecord, registered_at: Timestamp, tests: Vec<TestFact>) -> Facts {
    let (trip, quarantine) = (&record.trip, &record.quarantine);
    let arrival = trip.arrival.max(trip.border_crossed);
    let start = arrival.unwrap_or_else(|| norwegian_day_of(registered_at));
    let provided = quarantine.place_code.as_deref() == Some("4003") && record.employer.is_some();
    Facts {
        arrival,
        registered_at,
        obligation_code: quarantine.obligation_code.clone(),
        exemption_code: quarantine.exemption_code.clone(),
        detail_code: quarantine.exemption_detail_code.clone(),
        place_code: quarantine.place_code.clone(),
        country: trip.country_of_departure.clone(),
        leisure: trip.leisure,
        necessary: trip.necessary,
        employer_place: provided.then_some(true),
        referred_to_hotel: trip.border_assessment.is_some(),
        age: record.person.birth_date.as_ref().and_then(|birth| age(birth.0, start)),
        hotel_from: quarantine.hotel_from,
        hotel_until: quarantine.hotel_until,
        departed: None,
        reentered: None,
        tests,
    }
}

/// Full years on a day; none for somebody not born by then.
fn age(birth: Date, on: Date) -> Option<u8> {
    let years = birth.until((Unit::Year, on)).ok()?.get_years();
    u8::try_from(years).ok().filter(|_| birth <= on)
}
