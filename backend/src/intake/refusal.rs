//! Which raw records cannot be taken in at all. Everything else is taken in, and flagged where it is odd.

use crate::rules::fields::{PUBLISHED, text};
use crate::rules::identity::normalise;
use api::intake::{RecordError, RejectReason};
use events::identity::IdentityCheck;
use events::record::{EntryRecord, RawRecord};
use serde_json::Value;

/// Bytes of JSON that a record may have at most (64 KiB).
pub const RECORD_BYTES_MAX: usize = 64 * 1024;
/// Characters that a field may have at most.
pub const FIELD_CHARS_MAX: usize = 4_096;

/// What makes a record unfit; empty when it can be taken in.
pub fn reject(raw: &RawRecord) -> Vec<RecordError> {
    let mut errors = Vec::new();
    let mut bytes = 2;
    for (field, value) in raw {
        bytes += field.len() + 4 + size_of(value);
        let too_long = field.chars().count() > FIELD_CHARS_MAX
            || value
                .as_str()
                .is_some_and(|text| text.len() > FIELD_CHARS_MAX && text.chars().count() > FIELD_CHARS_MAX);
        let reason = match value {
            Value::Array(_) | Value::Object(_) => RejectReason::NestedValue,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) if too_long => {
                RejectReason::TooLong
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => continue,
        };
        // A field of the published shape is named; another name may itself be about a person.
        let named = PUBLISHED.contains(&field.as_str());
        errors.push(error(if named { field } else { "" }, reason));
    }
    if bytes > RECORD_BYTES_MAX {
        errors.push(error("", RejectReason::TooLong));
    }
    if text(raw, "a_reference_code").is_none() {
        errors.push(error("a_reference_code", RejectReason::MissingReferenceCode));
    }
    errors
}

/// Production refuses records whose identity is synthetic; demo and test take them.
pub fn refuse_synthetic(raw: &RawRecord, record: &EntryRecord, production: bool) -> Vec<RecordError> {
    let synthetic: Vec<&str> = record
        .person
        .identities
        .iter()
        .filter(|identity| production && identity.check == IdentityCheck::Synthetic)
        .map(|identity| identity.number.0.as_str())
        .collect();
    ["p_unique_id", "p_dnr", "p_fh_number"]
        .into_iter()
        .filter(|field| text(raw, field).is_some_and(|given| synthetic.contains(&normalise(&given).as_str())))
        .map(|field| error(field, RejectReason::SyntheticIdentity))
        .collect()
}

fn error(field: &str, reason: RejectReason) -> RecordError {
    RecordError { field: field.to_owned(), reason }
}

fn size_of(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 2,
        Value::Null | Value::Bool(_) | Value::Number(_) => 5,
        // Refused anyway, whatever its size.
        Value::Array(_) | Value::Object(_) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn raw(value: Value) -> RawRecord {
        value.as_object().unwrap().clone()
    }

    fn reasons(value: Value) -> Vec<(String, RejectReason)> {
        reject(&raw(value)).into_iter().map(|error| (error.field, error.reason)).collect()
    }

    #[test]
    fn a_record_needs_a_reference_code_and_plain_values() {
        assert!(
            reasons(json!({"a_reference_code": "0301-47-1-1", "p_phone": null, "x": 1, "y": true}))
                .is_empty()
        );
        let missing = vec![("a_reference_code".to_owned(), RejectReason::MissingReferenceCode)];
        assert_eq!(reasons(json!({})), missing);
        assert_eq!(reasons(json!({"a_reference_code": "  "})), missing);
        let nested = reasons(json!({"a_reference_code": "1", "p_phone": ["1"]}));
        assert_eq!(nested, [("p_phone".to_owned(), RejectReason::NestedValue)]);
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let long = reasons(json!({"a_reference_code": "1", "p_phone": "1".repeat(FIELD_CHARS_MAX + 1)}));
        assert_eq!(long, [("p_phone".to_owned(), RejectReason::TooLong)]);
        assert!(reasons(json!({"a_reference_code": "1", "p_phone": "æ".repeat(FIELD_CHARS_MAX)})).is_empty());
        let mut record = raw(json!({"a_reference_code": "1"}));
        for number in 0..20 {
            record.insert(format!("field_{number}"), json!("x".repeat(4_000)));
        }
        assert_eq!(reject(&record), [error("", RejectReason::TooLong)]);
    }

    #[test]
    fn synthetic_numbers_are_for_demo_and_test() {
        use crate::rules::identity::{Given, classify};
        let raw = raw(json!({"a_reference_code": "1", "p_unique_id": "209146 95016"}));
        let mut record = EntryRecord::default();
        let given = Given { unique_id: Some("209146 95016"), ..Given::default() };
        record.person.identities = classify(given, jiff::civil::date(2021, 3, 15)).0;
        assert!(refuse_synthetic(&raw, &record, false).is_empty());
        assert_eq!(
            refuse_synthetic(&raw, &record, true),
            [error("p_unique_id", RejectReason::SyntheticIdentity)]
        );
    }
}
