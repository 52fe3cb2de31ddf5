//! Tests of the mapping.

use super::*;
use crate::rules::postcodes::shipped;
use events::identity::{IdentityCheck, IdentityKind};
use events::record::RoutingBasis;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;
use std::sync::LazyLock;

const DAY: Date = date(2021, 3, 15);
static TABLES: LazyLock<PostcodeTables> = LazyLock::new(|| PostcodeTables::from_events(&shipped::tables()));

fn mapped(value: Value) -> Mapped {
    map(value.as_object().unwrap(), &TABLES, DAY)
}

fn flags(value: Value) -> Vec<(String, FlagKind)> {
    mapped(value).record.flags.into_iter().map(|flag| (flag.field, flag.kind)).collect()
}

fn whole() -> Value {
    // Text, because the macro for JSON does not take so many fields.
    let text = r#"{
        "a_reference_code": "0301-47-4-1", "p_unique_id": "20914695016", "a_destination_id": "0301",
        "municipality_number": "0301", "p_first_name": " Åse ", "p_last_name": "Prøve", "p_birth_date": "20.11.1946",
        "p_phone": "41234567 / +442079460123", "p_email": "aase@example.org", "p_lang_follow_up": "Norsk",
        "p_follow_up": "Ikke svar", "p_follow_up_time": "2021-03-14T10:00:00", "p_country_of_residence": "Norge",
        "p_dnr": "", "p_fh_number": "88888888831", "a_quarantine_option": null, "a_q_opt_l1": "Karantene",
        "a_q_opt_l1_code": 1001, "a_q_opt_l2_code": "0", "a_q_opt_l3_code": "0", "a_q_opt_l4_code": "4002",
        "a_quarantine_reg_arrival_hotel": "Hotell A", "a_quarantine_reg_arrival": "2021-03-10",
        "a_quarantine_reg_departure_hotel": "Hotell B", "a_quarantine_reg_departure": "2021-03-12",
        "a_date": "2021-03-10", "a_travel_method": "Fly", "a_travel_method_extra": "XX123",
        "a_travel_method_extra2": "12A", "a_country_of_departure": "Polen", "a_country_of_departure_region": "Nord",
        "a_transit_countries": "Sverige", "a_num_travelers": " 3 ", "a_num_travelers_under_16": 1,
        "a_hotel_name": "Hjemme", "a_location_address": "Storgata 1", "a_location_zip_code": "0150 OSLO",
        "a_employer_org_number": "974 760 983 MVA", "a_employer_name": "Eksempel AS", "a_employer_address": "Vei 2",
        "a_employer_contact_person": "Ola", "a_employer_contact_phone": "0047 41234567", "a_is_leisure_trip": "Nei",
        "a_is_trip_necessary": "Ja", "a_updated": "2021-03-10T08:00:00Z", "p_updated": "2021-03-10T09:00:00+01:00",
        "a_border_crossing_arrival": "2021-03-10", "a_border_crossing_location": "Svinesund",
        "a_border_crossing_quarantine_assessment": "Hotell", "a_q_hotel_destination_id": "",
        "hotel_municipality_number": "", "responsible_municipality_number": "0301"
    }"#;
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_published_field_arrives() {
    let Mapped { record, routing, reference_code } = mapped(whole());
    assert_eq!(record.flags, [], "nothing is odd");
    assert_eq!(reference_code.as_deref(), Some("0301-47-4-1"));
    assert_eq!(routing.responsible_municipality.as_deref(), Some("0301"));
    assert_eq!(routing.basis, RoutingBasis::Destination);
    let kinds: Vec<_> = record.person.identities.iter().map(|one| (one.kind, one.check)).collect();
    let expected = [
        (IdentityKind::NationalIdentityNumber, IdentityCheck::Synthetic),
        (IdentityKind::CommonAuxiliaryNumber, IdentityCheck::Valid),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(record.person.first_name.unwrap().0, "Åse");
    assert_eq!(record.person.phones.len(), 2);
    assert_eq!(record.person.language.as_deref(), Some("nb"));
    assert_eq!(record.person.follow_up, Some(FollowUpStatus::NoAnswer));
    assert_eq!(record.person.follow_up_at, Some("2021-03-14T09:00:00Z".parse().unwrap()));
    assert_eq!(record.trip.travellers, Some(3));
    assert_eq!(record.trip.travellers_under_16, Some(1));
    assert_eq!(record.trip.leisure, Some(false));
    assert_eq!(record.trip.necessary, Some(true));
    assert_eq!(record.trip.travel_details.len(), 2);
    assert_eq!(record.quarantine.obligation_code.as_deref(), Some("1001"));
    assert_eq!(record.quarantine.postcode.unwrap().0, "0150");
    assert_eq!(record.quarantine.hotel_until, Some(date(2021, 3, 12)));
    let employer = record.employer.unwrap();
    assert_eq!(employer.org_number.as_deref(), Some("974760983"));
    assert_eq!(employer.contact_phone.unwrap().e164.unwrap().0, "+4741234567");
}

#[test]
fn no_field_of_the_whole_record_is_left_out() {
    let mut whole = whole();
    // It would stand in for the municipality.
    whole["a_destination_id"] = json!("");
    let read_as_text = ["a_reference_code", "a_quarantine_option", "a_q_opt_l1", "p_dnr"];
    let place = [
        "a_destination_id",
        "a_q_hotel_destination_id",
        "hotel_municipality_number",
        "responsible_municipality_number",
    ];
    let before = mapped(whole.clone());
    for field in whole.as_object().unwrap().keys() {
        if read_as_text.contains(&field.as_str()) || place.contains(&field.as_str()) {
            continue;
        }
        let mut without = whole.clone();
        without[field] = json!("  ");
        let after = mapped(without);
        assert!(before.record != after.record || before.routing != after.routing, "{field} is not read");
    }
}

#[test]
fn the_list_of_published_fields_is_sorted_and_complete() {
    assert!(fields::PUBLISHED.is_sorted());
    let beside = ["p_unique_id", "a_q_opt_l2", "a_q_opt_l3", "a_q_opt_l4"];
    for field in whole().as_object().unwrap().keys().map(String::as_str).chain(beside) {
        assert!(fields::PUBLISHED.contains(&field), "{field}");
    }
}

#[test]
fn empty_and_blank_are_absences() {
    let Mapped { record, routing, reference_code } = mapped(
        json!({"a_reference_code": " ", "p_phone": "", "a_date": "   ", "a_employer_name": "\u{a0}", "p_dnr": null}),
    );
    assert!(record == EntryRecord::default());
    assert_eq!(routing, Routing::default());
    assert_eq!(reference_code, None);
}

#[test]
fn what_cannot_be_read_is_flagged() {
    let cases = [
        ("a_num_travelers", json!("tre"), FlagKind::NotANumber),
        ("a_num_travelers", json!(-1), FlagKind::NotANumber),
        ("a_date", json!("i morgen"), FlagKind::NotADate),
        ("a_updated", json!("2021-03-15T25:00:00Z"), FlagKind::NotADate),
        ("p_birth_date", json!("2021-03-16"), FlagKind::ImplausibleDate),
        ("p_birth_date", json!("1880-01-01"), FlagKind::ImplausibleDate),
        ("a_date", json!("2012-03-15"), FlagKind::ImplausibleDate),
        ("a_q_opt_l1_code", json!("1003"), FlagKind::UnknownCode),
        ("a_q_opt_l2_code", json!("2010"), FlagKind::UnknownCode),
        ("a_is_leisure_trip", json!("kanskje"), FlagKind::UnknownValue),
        ("p_follow_up", json!("Vet ikke"), FlagKind::UnknownValue),
        ("a_travel_method", json!("Sparkstøtting"), FlagKind::UnknownValue),
        ("p_lang_follow_up", json!("Klingonsk"), FlagKind::UnknownValue),
        ("p_email", json!("har ikke"), FlagKind::UnknownValue),
        ("p_phone", json!("hjemme"), FlagKind::UndiallablePhone),
        ("p_unique_id", json!("20914695017"), FlagKind::FailedIdentityCheck),
        ("a_employer_org_number", json!("974761221"), FlagKind::FailedOrgNumberCheck),
        ("a_location_zip_code", json!("O150"), FlagKind::UnknownPostcode),
        ("a_location_zip_code", json!("150"), FlagKind::UnknownPostcode),
        ("a_location_zip_code", json!("7000"), FlagKind::UnknownPostcode),
        ("municipality_number", json!("0000"), FlagKind::UnknownMunicipality),
        ("a_seat", json!("12A"), FlagKind::UnknownField),
        ("a_location_address", json!("BjÃ¸rnstjerne"), FlagKind::DamagedText),
    ];
    for (field, value, kind) in cases {
        assert_eq!(flags(json!({ field: value })), [(field.to_owned(), kind)], "{field} {value}");
    }
}

#[test]
fn numbers_are_taken_where_text_is_published() {
    let record =
        mapped(json!({"a_num_travelers": 2.0, "a_location_zip_code": 150, "municipality_number": 301}));
    assert_eq!(record.record.trip.travellers, Some(2));
    assert_eq!(record.record.quarantine.postcode.unwrap().0, "0150");
    assert_eq!(record.routing.responsible_municipality.as_deref(), Some("0301"));
    assert_eq!(record.record.flags, []);
}

#[test]
fn the_code_table_of_the_day_counts() {
    let raw = json!({"a_q_opt_l2_code": "2010"});
    assert_eq!(map(raw.as_object().unwrap(), &TABLES, date(2021, 6, 1)).record.flags, []);
}

#[test]
fn an_entry_without_any_place_is_unroutable_and_one_with_a_postcode_is_not() {
    assert_eq!(mapped(json!({"a_hotel_name": "Hotell"})).routing.basis, RoutingBasis::Unroutable);
    let by_postcode = mapped(json!({"a_location_zip_code": "N-4001"})).routing;
    assert_eq!(
        (by_postcode.responsible_municipality.as_deref(), by_postcode.basis),
        (Some("1103"), RoutingBasis::Postcode)
    );
}

proptest! {
    #[test]
    fn no_value_makes_the_mapping_panic(field in 0..fields::PUBLISHED.len(), text in "\\PC{0,40}", number in any::<f64>()) {
        let field = fields::PUBLISHED[field];
        mapped(json!({ field: text }));
        mapped(json!({ field: number }));
    }
}
