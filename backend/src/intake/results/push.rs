//! Messages that are pushed: an array of them, or one a line, in the published shape of either search. One that cannot
//! be read keeps none of the others.

use super::error::{Unreadable, Why};
use super::message::LabMessage;
use super::wire;
use crate::intake::formats::{self, Format};
use api::intake::{RecordError, RejectReason};
use serde_json::Value;
use std::io::{self, BufRead};

/// One record of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// Its place among the records, from 0.
    pub index: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// What it says, or what is wrong with it.
    pub message: Result<LabMessage, Unreadable>,
}

/// Reads the records of a body, one at a time. An error of the stream itself ends it: it is the last item, as `Err`.
pub fn messages<'a>(
    mut input: impl BufRead + 'a,
) -> io::Result<impl Iterator<Item = io::Result<Pushed>> + 'a> {
    let format = match formats::sniff(&mut input, "")? {
        Format::JsonArray => Format::JsonArray,
        // What is neither is no JSON, line by line.
        Format::Ndjson | Format::Csv => Format::Ndjson,
    };
    let read = |(index, record): (usize, io::Result<formats::ReadRecord>)| {
        let (line, record) = record?;
        let message =
            record.map_err(|error| refused(&error)).and_then(|record| wire::message(Value::Object(record)));
        Ok(Pushed { index, line, message })
    };
    Ok(formats::read(input, format).enumerate().map(read))
}

/// What the reader of records says, told as the place of it. A name is told only when it is one of ours.
pub(super) fn refused(error: &RecordError) -> Unreadable {
    Unreadable::whole(match error.reason {
        RejectReason::TooLong => Why::TooLong,
        RejectReason::NotARecord => Why::NotARecord,
        RejectReason::Unreadable | RejectReason::NestedValue => Why::Broken,
        RejectReason::MissingReferenceCode | RejectReason::SyntheticIdentity => Why::Missing,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A line, and the id of the message on it or what is wrong with it.
    type Line = (u64, Result<String, (String, Why)>);

    fn read(body: &str) -> Vec<Line> {
        let told = |pushed: Pushed| {
            let message = pushed.message.map(|message| message.message_id);
            (pushed.line, message.map_err(|error| (error.at, error.why)))
        };
        messages(body.as_bytes()).unwrap().map(|pushed| told(pushed.unwrap())).collect()
    }

    fn well(line: u64, id: &str) -> Line {
        (line, Ok(id.to_owned()))
    }

    fn wrong(line: u64, at: &str, why: Why) -> Line {
        (line, Err((at.to_owned(), why)))
    }

    #[test]
    fn an_array_and_lines_are_read_and_both_variants() {
        let array = "\u{feff}[{\"meldingId\":\"A\",\"mottattdao\":\"2021-03-15\"},\n {\"meldingId\":\"B\",\"mottattdato\":\"2021-03-15\"}]";
        assert_eq!(read(array), [well(1, "A"), well(2, "B")]);
        let lines = "{\"meldingId\":\"A\"}\n\n{\"meldingId\":\"B\"}\r\n";
        assert_eq!(read(lines), [well(1, "A"), well(3, "B")]);
        assert_eq!(read("[]"), []);
        assert_eq!(read(""), []);
    }

    #[test]
    fn one_that_cannot_be_read_keeps_no_other() {
        let body = "[{\"meldingId\":\"A\"},\n{\"funn\":[{\"resultat\":false}]},\n[\"20914695016\"],\nnonsense,\n{\"provedato\":\"x\"},\n{\"meldingId\":\"F\"}]";
        assert_eq!(
            read(body),
            [
                well(1, "A"),
                wrong(2, "/funn/0/resultat", Why::WrongType),
                wrong(3, "", Why::NotARecord),
                wrong(4, "", Why::Broken),
                wrong(5, "/provedato", Why::NotATime),
                well(6, "F"),
            ]
        );
        let lines = format!(
            "{{\"meldingId\":\"A\"}}\n20914695016\nOla;Nordmann\n{{\"fornavn\":\"{}\"}}\n{{}}",
            "x".repeat(70_000)
        );
        assert_eq!(
            read(&lines),
            [
                well(1, "A"),
                wrong(2, "", Why::NotARecord),
                wrong(3, "", Why::Broken),
                wrong(4, "", Why::TooLong),
                well(5, ""),
            ]
        );
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic(body in prop::collection::vec(any::<u8>(), 0..300), text in "[\\[\\]{}\",:a-z0-9\n]{0,120}") {
            for body in [&body[..], text.as_bytes()] {
                messages(body).unwrap().for_each(|pushed| drop(pushed.unwrap()));
            }
        }
    }
}
