//! Reading the source's raw record: its published field names, and what counts as a value.

use events::record::RawRecord;
use serde_json::Value;
use std::borrow::Cow;

/// The fields of the published shape, in alphabetical order.
pub const PUBLISHED: [&str; 55] = [
    "a_border_crossing_arrival",
    "a_border_crossing_location",
    "a_border_crossing_quarantine_assessment",
    "a_country_of_departure",
    "a_country_of_departure_region",
    "a_date",
    "a_destination_id",
    "a_employer_address",
    "a_employer_contact_person",
    "a_employer_contact_phone",
    "a_employer_name",
    "a_employer_org_number",
    "a_hotel_name",
    "a_is_leisure_trip",
    "a_is_trip_necessary",
    "a_location_address",
    "a_location_zip_code",
    "a_num_travelers",
    "a_num_travelers_under_16",
    "a_q_hotel_destination_id",
    "a_q_opt_l1",
    "a_q_opt_l1_code",
    "a_q_opt_l2",
    "a_q_opt_l2_code",
    "a_q_opt_l3",
    "a_q_opt_l3_code",
    "a_q_opt_l4",
    "a_q_opt_l4_code",
    "a_quarantine_option",
    "a_quarantine_reg_arrival",
    "a_quarantine_reg_arrival_hotel",
    "a_quarantine_reg_departure",
    "a_quarantine_reg_departure_hotel",
    "a_reference_code",
    "a_transit_countries",
    "a_travel_method",
    "a_travel_method_extra",
    "a_travel_method_extra2",
    "a_updated",
    "hotel_municipality_number",
    "municipality_number",
    "p_birth_date",
    "p_country_of_residence",
    "p_dnr",
    "p_email",
    "p_fh_number",
    "p_first_name",
    "p_follow_up",
    "p_follow_up_time",
    "p_lang_follow_up",
    "p_last_name",
    "p_phone",
    "p_unique_id",
    "p_updated",
    "responsible_municipality_number",
];

/// The value of a field as text, trimmed. Empty, blank, null and nested values are absences;
/// numbers and booleans are read as if they had been written as text.
pub fn text<'a>(raw: &'a RawRecord, field: &str) -> Option<Cow<'a, str>> {
    value_text(raw.get(field)?)
}

/// The same for a bare value.
pub fn value_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(truth) => Some(Cow::Owned(truth.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
