//! What is read from answers as they may come.

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn one() -> Value {
    json!({
        "mottattdao": "2021-03-15T12:30:00.123Z", "meldingId": "M-1", "mottattdatoBruktSomProvedato": false,
        "labHerId": "4711", "labNavn": "Laboratoriet", "provenummer": "P-1", "provedato": "2021-03-14T09:00:00+01:00",
        "meldingskommentar": "k", "meldingsstatus": "Endelig", "fodselsnummer": "20914695016",
        "fodselsdato": "1946-11-20", "fornavn": "Ola", "etternavn": "Nordmann", "kjonn": "1",
        "funn": [{
            "kodeverdi": "NPU59097", "kodebeskrivelse": "Us-SARS-CoV-2 RNA", "materiale": "Nasopharynxsekret",
            "resultat": "Ikkje påvist", "status": "Endelig", "kommentar": "f",
        }],
        "provesvarstatus": "s", "somethingNew": {"a": [1]},
    })
}

fn with(fields: Value) -> Value {
    let mut record = one();
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    record
}

fn at(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

fn error(record: Value) -> (String, Why) {
    let error = message(record).unwrap_err();
    (error.at, error.why)
}

#[test]
fn a_message_is_told_in_the_registers_names() {
    let told = message(one()).unwrap();
    let finding = Finding {
        code: "NPU59097".to_owned(),
        description: "Us-SARS-CoV-2 RNA".to_owned(),
        material: "Nasopharynxsekret".to_owned(),
        text: "Ikkje påvist".to_owned(),
        status: "Endelig".to_owned(),
        comment: "f".to_owned(),
    };
    let expected = LabMessage {
        message_id: "M-1".to_owned(),
        her_id: "4711".to_owned(),
        laboratory: "Laboratoriet".to_owned(),
        station: None,
        sample_number: Some("P-1".into()),
        message_status: "Endelig".to_owned(),
        message_comment: "k".to_owned(),
        remarks: "s".to_owned(),
        received_at: at("2021-03-15T12:30:00.123Z"),
        taken_at: at("2021-03-14T08:00:00Z"),
        taken_substituted: false,
        national_number: Some("20914695016".into()),
        birth_date: Some(Personal(jiff::civil::date(1946, 11, 20))),
        first_name: Some("Ola".into()),
        last_name: Some("Nordmann".into()),
        findings: vec![finding],
    };
    assert!(told == expected);
}

#[test]
fn the_moment_of_receiving_is_read_under_both_names() {
    let received = |told: Value| message(told).unwrap().received_at;
    assert_eq!(received(json!({"mottattdao": "2021-03-15"})), at("2021-03-14T23:00:00Z"));
    assert_eq!(received(json!({"mottattdato": "2021-03-15"})), at("2021-03-14T23:00:00Z"));
    assert_eq!(
        received(json!({"mottattdao": null, "mottattdato": "2021-03-15"})),
        at("2021-03-14T23:00:00Z")
    );
}

#[test]
fn times_are_read_as_they_are_written_and_without_an_offset_in_norwegian_time() {
    for (written, expected) in [
        ("2021-03-14T09:00:00Z", "2021-03-14T09:00:00Z"),
        ("2021-03-14T09:00:00.5+01:00", "2021-03-14T08:00:00.5Z"),
        ("2021-03-14T09:00:00.000+0100", "2021-03-14T08:00:00Z"),
        ("2021-03-14T09:00:00.123456789", "2021-03-14T08:00:00.123456789Z"),
        ("2021-06-14T09:00:00", "2021-06-14T07:00:00Z"),
        ("2021-06-14T09:00", "2021-06-14T07:00:00Z"),
        ("2021-06-14", "2021-06-13T22:00:00Z"),
    ] {
        assert_eq!(message(with(json!({"provedato": written}))).unwrap().taken_at, at(expected), "{written}");
    }
    for written in ["i går", "2021-02-30", "2021-03-14T25:00:00", "1615852800"] {
        assert_eq!(error(with(json!({"provedato": written}))), ("/provedato".to_owned(), Why::NotATime));
    }
    assert_eq!(message(with(json!({"provedato": " "}))).unwrap().taken_at, None);
}

#[test]
fn a_date_that_was_put_there_is_known_by_the_flag_or_by_being_the_moment_of_receiving() {
    let substituted = |told: Value| message(with(told)).unwrap().taken_substituted;
    let same = "2021-03-15T12:30:00.123Z";
    assert!(substituted(json!({"mottattdatoBruktSomProvedato": true})));
    assert!(!substituted(json!({"mottattdatoBruktSomProvedato": null})));
    assert!(substituted(json!({"mottattdatoBruktSomProvedato": null, "provedato": same})));
    assert!(!substituted(json!({"mottattdatoBruktSomProvedato": false, "provedato": same})));
    assert!(!substituted(
        json!({"mottattdatoBruktSomProvedato": null, "mottattdao": null, "provedato": null})
    ));
}

#[test]
fn null_everywhere_says_nothing_and_is_nothing() {
    let Value::Object(fields) = one() else { unreachable!() };
    let nulls: Value = fields.keys().map(|field| (field.clone(), Value::Null)).collect();
    for empty in [nulls, json!({}), Value::Null] {
        assert!(message(empty).unwrap() == LabMessage::default());
    }
    let told = message(json!({"funn": [null, {"resultat": null}, {}]})).unwrap();
    assert!(told.findings == vec![Finding::default(); 3]);
}

#[test]
fn a_wrong_type_is_an_error_with_its_place_and_without_its_value() {
    for (field, wrong) in [
        ("mottattdatoBruktSomProvedato", json!("TRUE")),
        ("mottattdatoBruktSomProvedato", json!(1)),
        ("fodselsnummer", json!(20_914_695_016_u64)),
        ("provedato", json!(1_615_852_800)),
        ("funn", json!({})),
        ("labHerId", json!(["4711"])),
    ] {
        assert_eq!(error(with(json!({field: wrong}))), (format!("/{field}"), Why::WrongType));
    }
    let nested = error(with(json!({"funn": [{}, {"resultat": {"20914695016": true}}]})));
    assert_eq!(nested, ("/funn/1/resultat".to_owned(), Why::WrongType));
    for record in [json!([]), json!("20914695016"), json!(1), json!(true)] {
        assert_eq!(error(record), (String::new(), Why::NotARecord));
    }
}

#[test]
fn an_answer_is_whole_only_when_it_says_so() {
    let cut = |told: Value| page(&serde_json::to_vec(&told).unwrap()).unwrap().cut;
    let two = json!([{}, {}]);
    assert!(!cut(json!({"antallProvesvar": 2, "maksAntallProvesvar": 100, "provesvarliste": two})));
    assert!(!cut(json!({"antallProvesvar": 2, "provesvarliste": two})));
    assert!(!cut(json!({"antallProvesvar": 0})));
    assert!(cut(json!({"antallProvesvar": 3, "maksAntallProvesvar": 2, "provesvarliste": two})));
    assert!(cut(json!({"antallProvesvar": 3, "maksAntallProvesvar": 100, "provesvarliste": two})));
    assert!(cut(json!({"antallProvesvar": 2, "maksAntallProvesvar": 1, "provesvarliste": two})));
    assert!(cut(json!({"antallProvesvar": 1, "provesvarliste": null})));
    for silent in [json!({}), json!({"provesvarliste": []})] {
        assert!(cut(silent));
    }
}

#[test]
fn an_answer_of_another_shape_is_an_error_with_its_place() {
    let error = |body: &[u8]| match page(body).err().unwrap() {
        Misunderstood::Shape(unreadable) => (unreadable.at, unreadable.why),
        Misunderstood::ContentType | Misunderstood::TooLong => panic!("it was read"),
    };
    assert_eq!(error(br#"{"antallProvesvar": "2"}"#), ("/antallProvesvar".to_owned(), Why::WrongType));
    assert_eq!(error(br#"{"antallProvesvar": -1}"#), ("/antallProvesvar".to_owned(), Why::WrongType));
    assert_eq!(
        error(br#"{"maksAntallProvesvar": 5000000000}"#),
        ("/maksAntallProvesvar".to_owned(), Why::WrongType)
    );
    assert_eq!(error(br#"{"provesvarliste": {}}"#), ("/provesvarliste".to_owned(), Why::WrongType));
    assert_eq!(error(br#"{"tilMottattidspunkt": "x"}"#), ("/tilMottattidspunkt".to_owned(), Why::NotATime));
    for other in [&b"[]"[..], b"null", b"\"\""] {
        assert_eq!(error(other), (String::new(), Why::NotARecord));
    }
    for broken in [&b""[..], b"{", b"<html>", b"{\"a\": \"\xe6\"}", &[b'['; 100_000]] {
        assert_eq!(error(broken), (String::new(), Why::Broken));
    }
    assert!(page(b"\xef\xbb\xbf{\"antallProvesvar\": 0}").is_ok());
}

#[test]
fn of_a_refusal_only_code_and_reference_are_taken() {
    let id = Uuid::from_u128(7);
    let told = json!({"errorCode": "FORBIDDEN", "errorId": id, "message": "20914695016", "status": 403});
    let (code, reference) = refusal(&serde_json::to_vec(&told).unwrap());
    assert_eq!((code.map(|code| code.to_string()).as_deref(), reference), (Some("FORBIDDEN"), Some(id)));
    for body in [&b"null"[..], b"no", b"[]", b"{\"errorCode\": 5, \"errorId\": \"x\"}"] {
        assert_eq!(refusal(body), (None, None));
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "antallProvesvar",
        "maksAntallProvesvar",
        "tilMottattidspunkt",
        "provesvarliste",
        "mottattdao",
        "mottattdato",
        "mottattdatoBruktSomProvedato",
        "fodselsnummer",
        "fodselsdato",
        "provedato",
        "funn",
        "resultat",
        "status",
        "errorCode",
        "other",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[0-9T:.+Z -]{0,30}".prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..8).prop_map(|fields| {
                fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            }),
        ]
    })
}

/// The published type of a field, null aside.
fn fits(record: &Value) -> bool {
    let Value::Object(fields) = record else { return record.is_null() };
    let text = |value: &Value| value.is_null() || value.is_string();
    fields.iter().all(|(name, value)| match name.as_str() {
        "mottattdatoBruktSomProvedato" => value.is_null() || value.is_boolean(),
        "mottattdao" | "mottattdato" | "provedato" => {
            value.as_str().is_none_or(|text| text.trim().is_empty() || moment(text).is_some()) && text(value)
        }
        "fodselsnummer" | "fodselsdato" => text(value),
        "funn" => {
            let finding = |one: &Value| {
                one.is_null()
                    || one.as_object().is_some_and(|one| {
                        ["resultat", "status"].iter().all(|name| one.get(*name).is_none_or(text))
                    })
            };
            value.is_null() || value.as_array().is_some_and(|all| all.iter().all(finding))
        }
        _ => true,
    })
}

proptest! {
    #[test]
    fn no_json_makes_it_panic_and_only_what_is_published_is_read(value in any_json()) {
        let body = serde_json::to_vec(&value).unwrap();
        let _ = (page(&body), refusal(&body));
        prop_assert_eq!(fits(&value), message(value).is_ok());
    }

    #[test]
    fn no_bytes_make_it_panic(body in prop::collection::vec(any::<u8>(), 0..200), text in "[\\[\\]{}\",:a-z0-9 \\\\]{0,80}") {
        let _ = (page(&body), page(text.as_bytes()), refusal(&body), refusal(text.as_bytes()));
    }

    #[test]
    fn what_is_cut_anywhere_is_broken(cut in 1_usize..100) {
        let whole = serde_json::to_vec(&json!({"antallProvesvar": 1, "provesvarliste": [one()]})).unwrap();
        let half = &whole[..whole.len() * cut / 100];
        let broken = Misunderstood::Shape(Unreadable::whole(Why::Broken));
        prop_assert_eq!(page(half).err(), Some(broken));
    }
}
