//! Until when quarantine is spent at a quarantine hotel.

use super::ending::release;
use super::obligation::chosen;
use super::{Case, end_of, explain};
use api::quarantine::{Explanation, HotelDuty, QuarantineEnd};
use events::rule_set::PlaceDuty;
use jiff::civil::Date;

/// The duty, when there is one.
pub(super) fn hotel(
    case: &Case<'_>,
    end: &QuarantineEnd,
    today: Date,
    flags: &mut Vec<Explanation>,
) -> Option<HotelDuty> {
    flag_place(case, flags);
    let places = &case.set.quarantine.places;
    let rule = places.rules.iter().find(|rule| case.fits(&rule.when));
    let (duty, source) =
        rule.map_or((places.otherwise, case.set.source.as_str()), |rule| (rule.duty, &rule.source));
    let duty = match duty {
        PlaceDuty::None => return None,
        PlaceDuty::HotelWholePeriod => HotelDuty {
            on: end.on,
            at: end.at,
            test_from: None,
            why: case.explain("hotel-whole-period", &[("day", end.on.to_string())], source),
        },
        PlaceDuty::HotelUntilNegative { earliest_day } => until_negative(case, end, earliest_day, source),
    };
    flag_stay(case, &duty, today, flags);
    Some(duty)
}

fn until_negative(case: &Case<'_>, end: &QuarantineEnd, earliest_day: u16, source: &str) -> HotelDuty {
    let from = case.day(earliest_day);
    if let Some(release) = release(case, earliest_day, 1).filter(|release| release.at < end.at) {
        let parameters = [("taken", release.taken_on.to_string()), ("days", earliest_day.to_string())];
        let why = case.explain("hotel-negative-test", &parameters, source);
        return HotelDuty { on: release.on, at: release.at, test_from: None, why };
    }
    let parameters =
        [("from", from.to_string()), ("days", earliest_day.to_string()), ("day", end.on.to_string())];
    let why = case.explain("hotel-until-negative", &parameters, source);
    HotelDuty { on: end.on, at: end.at, test_from: (from <= end.on).then_some(from), why }
}

/// A place that could not be chosen under this set, or that needs an employer.
fn flag_place(case: &Case<'_>, flags: &mut Vec<Explanation>) {
    let Some(place) = chosen(&case.facts.place_code) else {
        flags.push(explain(Some(case.set), "place-not-told", &[]));
        return;
    };
    if !case.set.quarantine.places.codes.iter().any(|code| code == place) {
        let parameters = [("level", "4".to_owned()), ("code", place.to_owned())];
        flags.push(explain(Some(case.set), "unknown-code", &parameters));
    }
    if place == "4003" && case.facts.employer_place != Some(true) {
        flags.push(explain(Some(case.set), "employer-not-told", &[]));
    }
}

/// A stay that ended before the duty. A departure that is not after the arrival belongs to an earlier stay.
fn flag_stay(case: &Case<'_>, duty: &HotelDuty, today: Date, flags: &mut Vec<Explanation>) {
    let facts = case.facts;
    let left = facts.hotel_until.filter(|left| facts.hotel_from.is_none_or(|from| from < *left));
    match left {
        Some(left) if left >= case.start && left < duty.on => {
            let parameters = [("left", left.to_string()), ("day", duty.on.to_string())];
            flags.push(explain(Some(case.set), "hotel-left-early", &parameters));
        }
        Some(_) => {}
        None if facts.hotel_from.is_none() && today > case.start && end_of(today) <= duty.at => {
            flags.push(explain(Some(case.set), "hotel-stay-not-seen", &[]));
        }
        None => {}
    }
}
