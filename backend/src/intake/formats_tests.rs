//! Tests of the readers with nasty input.

use super::*;
use crate::intake::refusal::RECORD_BYTES_MAX;
use proptest::prelude::*;
use std::io::BufReader;

/// What is read: line and reference code, or line and reason. A small buffer meets every seam.
fn records(input: &[u8], format: Format) -> Vec<(u64, Result<String, RejectReason>)> {
    let told =
        |record: RawRecord| record.get("a_reference_code").and_then(Value::as_str).unwrap_or("-").to_owned();
    read(BufReader::with_capacity(7, input), format)
        .map(|item| item.unwrap())
        .map(|(line, record)| (line, record.map(told).map_err(|error| error.reason)))
        .collect()
}

fn ok(line: u64, code: &str) -> (u64, Result<String, RejectReason>) {
    (line, Ok(code.to_owned()))
}

#[test]
fn the_format_shows_in_the_first_byte_or_the_name() {
    let cases: [(&[u8], &str, Format); 6] = [
        (b" \n[{}]", "x.ndjson", Format::JsonArray),
        (b"\xef\xbb\xbf{}", "x", Format::Ndjson),
        (b"a_reference_code;p_phone", "x.json", Format::Csv),
        (b"", "x.json", Format::JsonArray),
        (b"", "x.CSV", Format::Csv),
        (b"", "-", Format::Ndjson),
    ];
    for (mut input, name, format) in cases {
        assert_eq!(sniff(&mut input, name).unwrap(), format, "{name}");
    }
}

#[test]
fn a_bad_line_of_ndjson_stops_nothing() {
    let input =
        b"\xef\xbb\xbf{\"a_reference_code\":\"A\"}\r\n\n{broken\n[1]\n\xff\xfe\n{\"a_reference_code\":\"B\"}";
    let expected = [
        ok(1, "A"),
        (3, Err(RejectReason::Unreadable)),
        (4, Err(RejectReason::NotARecord)),
        (5, Err(RejectReason::Unreadable)),
        ok(6, "B"),
    ];
    assert_eq!(records(input, Format::Ndjson), expected);
}

#[test]
fn a_bad_element_of_an_array_stops_nothing() {
    let input = br#"
[ {"a_reference_code": "A", "x": "]},{[\"\\"},
  {"a_reference_code": nonsense}, 17, [{"a":1},2],
  {"a_reference_code":
     "B"} ]
"#;
    let expected = [
        ok(2, "A"),
        (3, Err(RejectReason::Unreadable)),
        (3, Err(RejectReason::NotARecord)),
        (3, Err(RejectReason::NotARecord)),
        ok(4, "B"),
    ];
    assert_eq!(records(input, Format::JsonArray), expected);
}

#[test]
fn an_array_that_breaks_off_says_so_once() {
    let unreadable = Err(RejectReason::Unreadable);
    assert_eq!(
        records(br#"[{"a_reference_code":"A"},{"a_ref"#, Format::JsonArray),
        [ok(1, "A"), (1, unreadable.clone())]
    );
    assert_eq!(records(br#"[{"a_reference_code":"A"}"#, Format::JsonArray), [(1, unreadable.clone())]);
    assert_eq!(
        records(b"[{\"a_reference_code\":\"A\"}]\n x", Format::JsonArray),
        [ok(1, "A"), (2, unreadable.clone())]
    );
    assert_eq!(records(b"{}", Format::JsonArray), [(1, unreadable)]);
    assert_eq!(records(b"[ ]", Format::JsonArray), []);
    assert_eq!(records(b"", Format::JsonArray), []);
}

#[test]
fn csv_knows_quotes_breaks_marks_and_both_separators() {
    let input = b"\xef\xbb\xbfp_phone;a_reference_code;a_location_address\r\n;A;\"Storgata 1;\r\n\"\"Huset\"\"\"\r\n\r\n1;2;B;3\r\n;\"C\";\r\n";
    assert_eq!(records(input, Format::Csv), [ok(2, "A"), (5, Err(RejectReason::Unreadable)), ok(6, "C")]);
    let record = read(&input[..], Format::Csv).next().unwrap().unwrap().1.unwrap();
    assert_eq!(record["a_location_address"], "Storgata 1;\r\n\"Huset\"");
    assert!(!record.contains_key("p_phone"), "an empty field is an absence");
    assert_eq!(records(b"a_reference_code,p_phone\nA,1\nB,2", Format::Csv), [ok(2, "A"), ok(3, "B")]);
    let damaged = records(b"a_reference_code,p_phone\nA,\xe6\n\"B\"x,1\nC,1\n", Format::Csv);
    assert_eq!(damaged, [(2, Err(RejectReason::Unreadable)), (3, Err(RejectReason::Unreadable)), ok(4, "C")]);
}

#[test]
fn csv_without_the_right_header_is_one_error() {
    let missing = [(1, Err(RejectReason::MissingReferenceCode))];
    assert_eq!(records(b"name;phone\nA;1\nB;2\n", Format::Csv), missing);
    assert_eq!(records(b"", Format::Csv), []);
}

#[test]
fn what_is_too_long_is_skipped_and_the_next_one_read() {
    let long = "x".repeat(2 * RECORD_BYTES_MAX);
    let lines = format!("{{\"x\":\"{long}\"}}\n{{\"a_reference_code\":\"B\"}}\n");
    assert_eq!(records(lines.as_bytes(), Format::Ndjson), [(1, Err(RejectReason::TooLong)), ok(2, "B")]);
    let array = format!("[{{\"x\":\"{long}\"}},\n{{\"a_reference_code\":\"B\"}}]");
    assert_eq!(records(array.as_bytes(), Format::JsonArray), [(1, Err(RejectReason::TooLong)), ok(2, "B")]);
    let csv = format!("a_reference_code;x\nA;{long}\nB;1\n");
    assert_eq!(records(csv.as_bytes(), Format::Csv), [(2, Err(RejectReason::TooLong)), ok(3, "B")]);
    let stray_quote = format!("a_reference_code;x\nA;\"1\n{}C;1\n", "B;1\n".repeat(RECORD_BYTES_MAX / 4 + 1));
    let read = records(stray_quote.as_bytes(), Format::Csv);
    assert_eq!(read.first(), Some(&(2, Err(RejectReason::TooLong))));
    assert_eq!(read.last().map(|(_, record)| record.clone()), Some(Ok("C".to_owned())));
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic_or_go_on_for_ever(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for format in [Format::JsonArray, Format::Ndjson, Format::Csv] {
            prop_assert!(records(&bytes, format).len() <= bytes.len() + 1);
        }
    }

    #[test]
    fn nearly_right_input_neither(text in "[\\[\\]{}\",:;\\\\ a\n\r1]{0,120}") {
        let csv = format!("a_reference_code;x\n{text}");
        for (input, format) in [(&text, Format::JsonArray), (&text, Format::Ndjson), (&csv, Format::Csv)] {
            prop_assert!(records(input.as_bytes(), format).len() <= input.len() + 1);
        }
    }
}
