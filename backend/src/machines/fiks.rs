//! The published shape of an entry: the source's own words, where the register knows nothing better and where they are
//! what the interface promises (a day is written as a day).

use crate::projections::entries::Published;
use crate::rules::fields::{self, PUBLISHED};
use crate::rules::moments;
use api::fiks::Innreiser;
use events::identity::IdentityKind;
use events::record::FollowUpStatus;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::value::MapDeserializer;
use serde_json::Value;

const DAYS: [&str; 5] = [
    "a_border_crossing_arrival",
    "a_date",
    "a_quarantine_reg_arrival",
    "a_quarantine_reg_departure",
    "p_birth_date",
];
/// Fields of four digits: written as a number, one has lost its zero.
const FOUR_DIGITS: [&str; 5] = [
    "a_destination_id",
    "a_location_zip_code",
    "a_q_hotel_destination_id",
    "hotel_municipality_number",
    "municipality_number",
];

/// The published word for a follow-up status.
pub fn follow_up_word(status: FollowUpStatus) -> &'static str {
    match status {
        FollowUpStatus::NotSet => "Ikke satt",
        FollowUpStatus::Ok => "OK",
        FollowUpStatus::NotOk => "Ikke OK",
        FollowUpStatus::NoAnswer => "Ikke svar",
    }
}

/// An entry in the published shape.
pub fn innreise(published: &Published, registered_at: Timestamp) -> Innreiser {
    let told = |field: &'static str| Some((field, Value::String(value(published, registered_at, field)?)));
    let fields = MapDeserializer::<_, serde_json::Error>::new(PUBLISHED.into_iter().filter_map(told));
    // The fields are those of the type, and all of them are text.
    Innreiser::deserialize(fields).unwrap_or_default()
}

fn value(published: &Published, registered_at: Timestamp, field: &str) -> Option<String> {
    let routing = &published.routing;
    let known_better = match field {
        "a_reference_code" => return Some(published.reference_code.0.clone()),
        "municipality_number" => routing.arrival_municipality.clone(),
        "hotel_municipality_number" => routing.hotel_municipality.clone(),
        // Derived, and by us: what the source derived does not count.
        "responsible_municipality_number" => return routing.responsible_municipality.clone(),
        "p_follow_up" => return Some(follow_up(published).to_owned()),
        "p_follow_up_time" => published.follow_up.map(|(_, at)| at.to_string()),
        "a_updated" => changed(published, field, published.trip_updated_at(registered_at)),
        "p_updated" => changed(published, field, published.person_updated_at(registered_at)),
        "p_unique_id" => assigned(published, IdentityKind::NationalIdentityNumber),
        "p_dnr" => assigned(published, IdentityKind::DNumber),
        "p_fh_number" => assigned(published, IdentityKind::CommonAuxiliaryNumber),
        _ => None,
    };
    known_better.or_else(|| told(published, field))
}

/// The number that was assigned last, of a kind.
fn assigned(published: &Published, kind: IdentityKind) -> Option<String> {
    let of_kind = published.assigned.iter().rev().find(|identity| identity.kind == kind);
    of_kind.map(|identity| identity.number.0.clone())
}

fn follow_up(published: &Published) -> &'static str {
    if let Some((status, _)) = published.follow_up {
        return follow_up_word(status);
    }
    let told = fields::text(&published.source.0, "p_follow_up").unwrap_or_default().to_lowercase();
    let all = [FollowUpStatus::Ok, FollowUpStatus::NotOk, FollowUpStatus::NoAnswer];
    let word = all.into_iter().map(follow_up_word).find(|word| word.to_lowercase() == told);
    word.unwrap_or(follow_up_word(FollowUpStatus::NotSet))
}

/// The moment, when it is not the one that the source wrote.
fn changed(published: &Published, field: &str, moment: Timestamp) -> Option<String> {
    let told = fields::text(&published.source.0, field).and_then(|text| moments::moment(&text));
    (told != Some(moment)).then(|| moment.to_string())
}

/// What the source wrote, in the form that the field promises; nothing when it cannot be read so.
fn told(published: &Published, field: &str) -> Option<String> {
    let text = fields::text(&published.source.0, field)?;
    if DAYS.contains(&field) {
        return moments::day(&text).map(|day| day.to_string());
    }
    if ["a_updated", "p_updated", "p_follow_up_time"].contains(&field) {
        return if is_written_out(&text) {
            Some(text.into_owned())
        } else {
            moments::moment(&text).map(|moment| moment.to_string())
        };
    }
    if FOUR_DIGITS.contains(&field) && published.source.0.get(field).is_some_and(Value::is_number) {
        return Some(format!("{text:0>4}"));
    }
    Some(text.into_owned())
}

/// Whether a moment has day, time and offset as RFC 3339 wants them.
fn is_written_out(text: &str) -> bool {
    let bytes = text.as_bytes();
    let offset = bytes.len().checked_sub(6).map(|at| &bytes[at..]);
    let has_offset =
        text.ends_with('Z') || offset.is_some_and(|offset| b"+-".contains(&offset[0]) && offset[3] == b':');
    bytes.get(10) == Some(&b'T') && has_offset && text.parse::<Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use events::Personal;
    use events::record::Routing;
    use serde_json::json;

    fn published(source: Value) -> Published {
        Published {
            reference_code: Personal("4601-47-4-1".to_owned()),
            source: Personal(source.as_object().unwrap().clone()),
            routing: Routing::default(),
            follow_up: None,
            assigned: Vec::new(),
            protected: false,
            trip_changed_at: None,
            person_changed_at: None,
        }
    }

    fn shown(published: &Published) -> Value {
        let registered_at = "2021-03-15T12:00:00Z".parse().unwrap();
        serde_json::to_value(innreise(published, registered_at)).unwrap()
    }

    #[test]
    fn days_and_moments_are_written_as_the_interface_promises() {
        for (field, told, expected) in [
            ("a_date", json!("15.3.2021"), json!("2021-03-15")),
            ("a_date", json!("2021-03-15"), json!("2021-03-15")),
            ("a_date", json!("in spring"), Value::Null),
            ("p_follow_up_time", json!("2021-03-15T10:00:00+01:00"), json!("2021-03-15T10:00:00+01:00")),
            ("p_follow_up_time", json!("2021-03-15 10:00"), json!("2021-03-15T09:00:00Z")),
            ("p_follow_up_time", json!("2021-03-15T10:00:00+01"), json!("2021-03-15T09:00:00Z")),
            ("a_location_zip_code", json!(150), json!("0150")),
            ("municipality_number", json!(301), json!("0301")),
            ("a_num_travelers", json!(3), json!("3")),
            ("p_follow_up", json!("ikke svar"), json!("Ikke svar")),
            ("p_follow_up", json!("perhaps"), json!("Ikke satt")),
            ("responsible_municipality_number", json!("0301"), Value::Null),
        ] {
            let source = json!({ field: told });
            assert_eq!(shown(&published(source))[field], expected, "{field}: {told}");
        }
    }

    #[test]
    fn what_the_register_knows_better_counts_and_moves_the_time_of_the_change() {
        let mut entry = published(json!({
            "p_follow_up": "Ikke svar", "p_follow_up_time": "2021-03-14T10:00:00Z", "p_updated": "2021-03-14T10:00:00Z",
            "a_updated": "2021-03-16T10:00:00Z", "municipality_number": "0301"
        }));
        let at: Timestamp = "2021-03-15T13:00:00Z".parse().unwrap();
        entry.follow_up = Some((FollowUpStatus::Ok, at));
        (entry.person_changed_at, entry.trip_changed_at) = (Some(at), Some(at));
        entry.routing.responsible_municipality = Some("4601".to_owned());
        let shown = shown(&entry);
        assert_eq!(shown["p_follow_up"], "OK");
        assert_eq!(shown["p_follow_up_time"], "2021-03-15T13:00:00Z");
        assert_eq!(shown["p_updated"], "2021-03-15T13:00:00Z");
        assert_eq!(shown["a_updated"], "2021-03-16T10:00:00Z", "the source was later");
        assert_eq!(shown["responsible_municipality_number"], "4601");
        assert_eq!(shown["municipality_number"], "0301");
    }

    #[test]
    fn nothing_but_the_code_the_status_and_the_times_is_made_up() {
        let shown = shown(&published(json!({})));
        let expected = json!({
            "a_reference_code": "4601-47-4-1", "p_follow_up": "Ikke satt",
            "a_updated": "2021-03-15T12:00:00Z", "p_updated": "2021-03-15T12:00:00Z"
        });
        assert_eq!(shown, expected);
    }
}
