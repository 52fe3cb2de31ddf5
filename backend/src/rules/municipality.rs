//! Which municipality follows up: the published rule, then our own fallback to the postcode.
//!
//! Published: the hotel's municipality, when it is set and the stay there is not over (no departure, or a
//! departure that is not after the arrival and so belongs to an earlier stay); else the destination's.
//! Ours: when neither is known, the municipality of the quarantine place's postcode. A number that is no
//! municipality of the day is kept, flagged, and routes nothing. What is left goes to the national workbench.

use super::postcodes::PostcodeTables;
use events::record::{Flag, FlagKind, Routing, RoutingBasis};
use jiff::civil::Date;

/// What the source says of the place.
#[derive(Clone, Copy, Default)]
pub struct Told<'a> {
    /// `municipality_number`.
    pub destination: Option<&'a str>,
    /// `hotel_municipality_number`.
    pub hotel: Option<&'a str>,
    /// `responsible_municipality_number`, which the source derived itself.
    pub responsible: Option<&'a str>,
    /// `a_quarantine_reg_arrival`.
    pub hotel_from: Option<Date>,
    /// `a_quarantine_reg_departure`.
    pub hotel_until: Option<Date>,
    /// `a_location_zip_code`, four digits.
    pub postcode: Option<&'a str>,
}

/// Whether a stay at a quarantine hotel is not over: no departure, or one that belongs to an earlier stay.
pub fn stays_at_hotel(from: Option<Date>, until: Option<Date>) -> bool {
    match (from, until) {
        (_, None) => true,
        (Some(from), Some(until)) => from >= until,
        (None, Some(_)) => false,
    }
}

/// Finds the responsible municipality on a day, and flags what does not fit.
pub fn route(told: Told<'_>, tables: &PostcodeTables, on: Date) -> (Routing, Vec<Flag>) {
    let mut flags = Vec::new();
    let mut flag = |field: &str, kind| flags.push(Flag { field: field.to_owned(), kind });
    let fields = [
        ("municipality_number", told.destination),
        ("hotel_municipality_number", told.hotel),
        ("responsible_municipality_number", told.responsible),
    ];
    for (field, number) in fields {
        if number.is_some_and(|number| !tables.is_municipality(number, on)) {
            flag(field, FlagKind::UnknownMunicipality);
        }
    }
    let existing =
        |number: Option<&str>| number.filter(|number| tables.is_municipality(number, on)).map(str::to_owned);
    let by_postcode =
        told.postcode.and_then(|postcode| tables.municipality_on(postcode, on)).map(str::to_owned);
    let in_hotel = stays_at_hotel(told.hotel_from, told.hotel_until);
    let hotel = existing(told.hotel).filter(|_| in_hotel);
    let destination = existing(told.destination);
    let (responsible, basis) = match (hotel, destination.clone(), by_postcode.clone()) {
        (Some(hotel), _, _) => (Some(hotel), RoutingBasis::Hotel),
        (None, Some(destination), _) => (Some(destination), RoutingBasis::Destination),
        (None, None, Some(by_postcode)) => (Some(by_postcode), RoutingBasis::Postcode),
        (None, None, None) => (None, RoutingBasis::Unroutable),
    };
    if existing(told.responsible).is_some_and(|theirs| Some(theirs) != responsible) {
        flag("responsible_municipality_number", FlagKind::ConflictingMunicipality);
    }
    if basis == RoutingBasis::Destination
        && by_postcode.as_ref().is_some_and(|number| Some(number) != destination.as_ref())
    {
        flag("a_location_zip_code", FlagKind::ConflictingMunicipality);
    }
    let routing = Routing {
        arrival_municipality: told.destination.map(str::to_owned).or(by_postcode),
        hotel_municipality: told.hotel.map(str::to_owned),
        responsible_municipality: responsible,
        basis,
    };
    (routing, flags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::postcodes::shipped;
    use jiff::civil::date;
    use std::sync::LazyLock;

    static TABLES: LazyLock<PostcodeTables> =
        LazyLock::new(|| PostcodeTables::from_events(&shipped::tables()));
    const DAY: Date = date(2021, 3, 15);

    fn found(told: Told<'_>) -> (Option<String>, RoutingBasis, Vec<FlagKind>) {
        let (routing, flags) = route(told, &TABLES, DAY);
        (routing.responsible_municipality, routing.basis, flags.iter().map(|flag| flag.kind).collect())
    }

    #[test]
    fn the_published_rule_holds() {
        let both = Told { destination: Some("0301"), hotel: Some("4601"), ..Told::default() };
        let stay = |from, until| Told { hotel_from: from, hotel_until: until, ..both };
        let (early, late) = (Some(date(2021, 3, 10)), Some(date(2021, 3, 12)));
        let hotel = (Some("4601".to_owned()), RoutingBasis::Hotel, vec![]);
        let destination = (Some("0301".to_owned()), RoutingBasis::Destination, vec![]);
        assert_eq!(found(stay(None, None)), hotel);
        assert_eq!(found(stay(early, None)), hotel);
        assert_eq!(found(stay(early, late)), destination, "the stay is over");
        assert_eq!(found(stay(late, early)), hotel, "the departure is of an earlier stay");
        assert_eq!(found(stay(late, late)), hotel);
        assert_eq!(found(stay(None, late)), destination);
    }

    #[test]
    fn the_postcode_routes_when_nothing_else_does() {
        let told = Told { postcode: Some("4001"), ..Told::default() };
        assert_eq!(found(told), (Some("1103".to_owned()), RoutingBasis::Postcode, vec![]));
        assert_eq!(found(Told::default()), (None, RoutingBasis::Unroutable, vec![]));
    }

    #[test]
    fn what_is_no_municipality_is_flagged_and_routes_nothing() {
        let told = Told { destination: Some("9999"), postcode: Some("4001"), ..Told::default() };
        let expected = (Some("1103".to_owned()), RoutingBasis::Postcode, vec![FlagKind::UnknownMunicipality]);
        assert_eq!(found(told), expected);
        let told = Told { hotel: Some("0219"), destination: Some("0301"), ..Told::default() };
        let expected =
            (Some("0301".to_owned()), RoutingBasis::Destination, vec![FlagKind::UnknownMunicipality]);
        assert_eq!(found(told), expected, "0219 ended with 2019");
    }

    #[test]
    fn contradictions_are_flagged() {
        let told = Told { destination: Some("0301"), postcode: Some("4001"), ..Told::default() };
        assert_eq!(found(told).2, [FlagKind::ConflictingMunicipality]);
        let told = Told { destination: Some("0301"), responsible: Some("4601"), ..Told::default() };
        assert_eq!(found(told).2, [FlagKind::ConflictingMunicipality]);
    }
}
