//! What hotels say, beside what the source says.

use super::*;
use crate::rules::belonging::{Belonging, MovedBecause, When};
use events::entry::Source;
use jiff::civil::date;

/// The fifteenth of March 2021, 13:00 in Norway, and so many hours later.
fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_615_809_600 + hour * 3_600).unwrap()
}

fn came(hotel: &str, hour: i64) -> HotelCheckedIn {
    HotelCheckedIn {
        hotel: hotel.to_owned(),
        name: format!("{hotel} hotell"),
        municipality: "4601".to_owned(),
        at: at(hour),
        expected_until: None,
        checked_in_by: "Tone".to_owned(),
    }
}

fn left(hotel: &str, hour: i64) -> HotelCheckedOut {
    HotelCheckedOut { hotel: hotel.to_owned(), at: at(hour), checked_out_by: "Tone".to_owned() }
}

/// An entry on its way to Oslo, and all that belongs to it.
struct Entry {
    record: EntryRecord,
    routing: Routing,
    known: HotelStay,
    belonging: Belonging,
}

impl Entry {
    fn to_oslo() -> Entry {
        let routing = Routing {
            arrival_municipality: Some("0301".to_owned()),
            hotel_municipality: None,
            responsible_municipality: Some("0301".to_owned()),
            basis: RoutingBasis::Destination,
        };
        let mut entry = Entry {
            record: EntryRecord::default(),
            routing,
            known: HotelStay::default(),
            belonging: Belonging::default(),
        };
        entry.settle(0);
        entry
    }

    fn settle(&mut self, hour: i64) {
        let when = When { at: at(hour), position: hour.unsigned_abs() + 1 };
        self.belonging.settle(&self.record, &self.routing, None, when);
    }

    fn comes(&mut self, hotel: &str, hour: i64) {
        check_in(&mut self.record, &mut self.routing, &mut self.known, &came(hotel, hour));
        self.settle(hour);
    }

    fn leaves(&mut self, hotel: &str, hour: i64) {
        check_out(&mut self.record, &mut self.routing, &mut self.known, &left(hotel, hour));
        self.settle(hour);
    }

    /// The source sends a record at an hour, which knows of the hotel what it is told here.
    fn source(&mut self, hour: i64, from: Option<Date>, until: Option<Date>, changed: &[&str]) {
        let mut record = EntryRecord::default();
        record.trip.updated_at = Some(at(hour));
        (record.quarantine.hotel_from, record.quarantine.hotel_until) = (from, until);
        let stays = stays_at_hotel(from, until) && from.is_some();
        let (responsible, basis) =
            if stays { ("4601", RoutingBasis::Hotel) } else { ("0301", RoutingBasis::Destination) };
        let found = Routing {
            hotel_municipality: from.map(|_| "4601".to_owned()),
            responsible_municipality: Some(responsible.to_owned()),
            basis,
            ..self.routing.clone()
        };
        let changed: Vec<String> = changed.iter().map(|field| (*field).to_owned()).collect();
        let mut heard = self.known.clone();
        heard.hear_of(&changed, &record);
        let updated = EntryUpdated {
            reference_code: Personal("x".to_owned()),
            source: Source::Feed,
            changed,
            routing: place(found, &record, &heard),
            record,
            raw: Personal(events::record::RawRecord::new()),
        };
        self.known.hear(&updated);
        assert_eq!(self.known, heard, "deciding and folding agree");
        self.record = updated.record;
        lay_over(&mut self.record, &self.known);
        self.routing = updated.routing;
        self.settle(hour);
    }

    fn responsible(&self) -> (Option<&str>, RoutingBasis) {
        assert_eq!(self.belonging.responsible(), self.routing.responsible_municipality.as_deref());
        (self.belonging.responsible(), self.routing.basis)
    }

    fn days(&self) -> (Option<Date>, Option<Date>) {
        (self.record.quarantine.hotel_from, self.record.quarantine.hotel_until)
    }
}

const DATES: [&str; 2] = DATE_FIELDS;

#[test]
fn responsibility_follows_the_guest_into_the_hotel_and_out_of_it() {
    let mut entry = Entry::to_oslo();
    entry.comes("vagen", 24);
    assert_eq!(entry.responsible(), (Some("4601"), RoutingBasis::Hotel));
    assert_eq!(entry.belonging.moved.as_ref().unwrap().because, MovedBecause::HotelStay);
    assert_eq!(entry.days(), (Some(date(2021, 3, 16)), None));
    assert!(entry.known.is_at("vagen") && !entry.known.is_at("nordnes"));
    entry.leaves("vagen", 72);
    assert_eq!(entry.responsible(), (Some("0301"), RoutingBasis::Destination));
    let moved = entry.belonging.moved.as_ref().unwrap();
    assert_eq!((moved.because, moved.from.as_deref()), (MovedBecause::HotelLeft, Some("4601")));
    assert_eq!(entry.days(), (Some(date(2021, 3, 16)), Some(date(2021, 3, 18))));
    assert_eq!(entry.known.now(), None);
}

#[test]
fn whoever_leaves_on_the_day_of_arrival_has_left_all_the_same() {
    let mut entry = Entry::to_oslo();
    entry.comes("vagen", 24);
    entry.leaves("vagen", 26);
    assert_eq!(entry.responsible(), (Some("0301"), RoutingBasis::Destination));
    let (from, until) = entry.days();
    assert!(!stays_at_hotel(from, until), "{from:?} {until:?}");
    entry.comes("vagen", 27);
    assert_eq!(entry.responsible().0, Some("4601"), "and may come back");
}

#[test]
fn a_change_of_hotel_is_one_stay() {
    let mut entry = Entry::to_oslo();
    entry.comes("vagen", 0);
    entry.comes("nordnes", 48);
    assert!(entry.known.is_at("nordnes") && !entry.known.is_at("vagen"));
    assert_eq!(entry.days(), (Some(date(2021, 3, 15)), None), "since the first one");
    assert_eq!(entry.known.now().unwrap().since, at(48));
    entry.leaves("nordnes", 49);
    entry.comes("vagen", 200);
    assert_eq!(entry.days().0, Some(date(2021, 3, 23)), "a new one after days at home");
}

#[test]
fn later_records_of_the_source_do_not_undo_what_the_hotel_said() {
    let mut entry = Entry::to_oslo();
    entry.comes("vagen", 24);
    entry.source(30, None, None, &["p_phone"]);
    assert_eq!(entry.responsible(), (Some("4601"), RoutingBasis::Hotel), "it knows of no hotel");
    entry.source(31, Some(date(2021, 3, 15)), None, &DATES);
    assert!(entry.known.is_at("vagen"), "it says the same");
    entry.source(32, Some(date(2021, 3, 10)), Some(date(2021, 3, 12)), &DATES);
    assert!(entry.known.is_at("vagen"), "it tells of an earlier stay");
    entry.source(20, Some(date(2021, 3, 15)), Some(date(2021, 3, 17)), &DATES);
    assert!(entry.known.is_at("vagen"), "it is older than what the hotel said");
    entry.leaves("vagen", 72);
    entry.source(80, Some(date(2021, 3, 15)), None, &DATES);
    assert_eq!(entry.responsible(), (Some("0301"), RoutingBasis::Destination), "it does not know yet");
}

#[test]
fn newer_news_of_the_source_about_the_hotel_count() {
    let mut entry = Entry::to_oslo();
    entry.comes("vagen", 24);
    entry.source(60, Some(date(2021, 3, 15)), Some(date(2021, 3, 17)), &DATES);
    assert_eq!(entry.known.last, None, "the guest has left");
    assert_eq!(entry.responsible(), (Some("0301"), RoutingBasis::Destination));
    entry.comes("vagen", 61);
    entry.leaves("vagen", 62);
    entry.source(120, Some(date(2021, 3, 20)), None, &DATES);
    assert_eq!(entry.responsible(), (Some("4601"), RoutingBasis::Hotel), "the guest is at a hotel again");
}

#[test]
fn what_was_decided_by_hand_in_between_stands_and_what_was_declined_goes_on() {
    let mut entry = Entry::to_oslo();
    entry.comes("vagen", 24);
    entry.routing.responsible_municipality = Some("1103".to_owned());
    entry.routing.basis = RoutingBasis::Manual;
    entry.settle(30);
    entry.leaves("vagen", 72);
    assert_eq!(entry.responsible(), (Some("1103"), RoutingBasis::Manual));
    for (destination, then) in [("0301", Some("0301")), ("4601", None)] {
        let mut entry = Entry::to_oslo();
        entry.routing.arrival_municipality = Some(destination.to_owned());
        entry.comes("vagen", 24);
        entry.routing.responsible_municipality = None;
        entry.routing.basis = RoutingBasis::Declined;
        entry.settle(30);
        entry.leaves("vagen", 72);
        assert_eq!(entry.responsible().0, then, "to {destination}");
    }
}

#[test]
fn a_destination_that_is_no_municipality_leads_to_the_workbench() {
    let mut entry = Entry::to_oslo();
    entry.record.flags =
        vec![Flag { field: DESTINATION_FIELD.to_owned(), kind: FlagKind::UnknownMunicipality }];
    entry.comes("vagen", 24);
    entry.leaves("vagen", 72);
    assert_eq!(entry.responsible(), (None, RoutingBasis::Unroutable));
}

#[test]
fn only_a_guest_can_leave_and_coming_twice_is_coming_once() {
    let mut entry = Entry::to_oslo();
    let decides = |entry: &Entry, command| decide(&entry.known, command).map(|events| events.len());
    assert_eq!(decides(&entry, Command::CheckOut(left("vagen", 1))), Err(Refusal::NotAGuest));
    assert_eq!(decides(&entry, Command::CheckIn(came("vagen", 1))), Ok(1));
    entry.comes("vagen", 1);
    assert_eq!(decides(&entry, Command::CheckIn(came("vagen", 2))), Ok(0));
    assert_eq!(decides(&entry, Command::CheckIn(came("nordnes", 2))), Ok(1));
    assert_eq!(decides(&entry, Command::CheckOut(left("nordnes", 2))), Err(Refusal::NotAGuest));
    assert_eq!(decides(&entry, Command::CheckOut(left("vagen", 2))), Ok(1));
    let early = HotelCheckedIn { expected_until: Some(date(2021, 3, 14)), ..came("nordnes", 2) };
    assert_eq!(decides(&entry, Command::CheckIn(early)), Err(Refusal::EndsBeforeItBegins));
}
