//! Golden files: every event ever stored can be read, for ever, and validates against its schema.
//!
//! A file in `events/golden` is never changed; a new version of an event gets a new file.

use backend::log::Schemas;
use events::{DelegationEvent, EntryEvent, ReferenceEvent, RetentionEvent, SubscriptionEvent};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn golden() -> BTreeMap<(String, u16), Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events/golden");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let (name, version) = name.rsplit_once(".v").unwrap();
            let value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            ((name.to_owned(), version.parse().unwrap()), value)
        })
        .collect()
}

#[test]
fn every_golden_event_is_read_without_loss_and_validates() {
    let all = events::catalogue::all_schemas();
    let schemas = Schemas::compile(all).unwrap();
    for ((name, version), value) in golden() {
        let payload = value.to_string().into_bytes();
        let again = EntryEvent::read(&name, version, &payload)
            .map(|event| event.payload().unwrap())
            .or_else(|_| ReferenceEvent::read(&name, version, &payload).map(|event| event.payload().unwrap()))
            .or_else(|_| RetentionEvent::read(&name, version, &payload).map(|event| event.payload().unwrap()))
            .or_else(|_| {
                SubscriptionEvent::read(&name, version, &payload).map(|event| event.payload().unwrap())
            })
            .or_else(|_| {
                DelegationEvent::read(&name, version, &payload).map(|event| event.payload().unwrap())
            })
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(again, value, "{name} v{version} loses something when it is read");
        schemas.check(&name, version, &value).unwrap();
    }
}

#[test]
fn every_event_of_the_catalogue_has_a_golden_file() {
    let golden = golden();
    for schema in events::catalogue::all_schemas() {
        assert!(
            golden.contains_key(&(schema.name.to_owned(), schema.version)),
            "{} v{}",
            schema.name,
            schema.version
        );
    }
}

#[test]
fn a_schema_refuses_what_is_not_in_it() {
    let all = events::catalogue::all_schemas();
    let schemas = Schemas::compile(all).unwrap();
    for ((name, version), mut value) in golden() {
        value.as_object_mut().unwrap().insert("surplus".to_owned(), Value::Bool(true));
        assert!(schemas.check(&name, version, &value).is_err(), "{name} takes a surplus field");
    }
}
