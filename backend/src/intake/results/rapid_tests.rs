//! The border stations' extract of rapid tests: CSV in UTF-8 with a header line, a test a row.
//!
//! | column | holds |
//! |---|---|
//! | `fhn` | FHN, or another number of eleven digits; needed |
//! | `stasjon` | the station; needed |
//! | `provetatt` | when the test was taken: `2021-03-15T12:30`, `15.03.2021 12:30` or a bare day; needed |
//! | `resultat` | what it showed, in words; needed |
//! | `status` | how far the answer has come; `Endelig` when the column or its value is absent |
//! | `provenummer` | the station's number of the test |
//! | `registrert` | when the answer was registered |
//! | `fodselsdato`, `fornavn`, `etternavn` | the traveller |
//! | `herid`, `materiale`, `kommentar` | as a laboratory tells them |
//!
//! Columns may stand in any order and their names in any case; unknown ones are skipped. They are separated by `;`, `,`
//! or a tab.

use super::error::{Unreadable, Why};
use super::message::{Finding, LabMessage};
use super::push::{Pushed, refused};
use crate::intake::csv_records::CsvRecords;
use crate::rules::identity::normalise;
use crate::rules::moments::{day, moment};
use api::intake::{RecordError, RejectReason};
use events::Personal;
use events::record::RawRecord;
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{self, BufRead};

/// The column without which a header is none.
const KEY: &str = "fhn";
/// All columns that are read.
const COLUMNS: [&str; 13] = [
    KEY,
    "stasjon",
    "provetatt",
    "resultat",
    "status",
    "provenummer",
    "registrert",
    "fodselsdato",
    "fornavn",
    "etternavn",
    "herid",
    "materiale",
    "kommentar",
];
/// The national code of the antigen test, and what it is called.
const ANALYSIS: (&str, &str) = ("NPU59390", "Us-SARS-relatert koronavirus (inkl. SARS-CoV-2) antigen");
/// An antigen answer is never changed.
const USUAL_STATUS: &str = "Endelig";

/// Reads the rows of an extract, one at a time. An error of the stream itself ends it: it is the last item, as `Err`.
pub fn messages<'a>(input: impl BufRead + 'a) -> impl Iterator<Item = io::Result<Pushed>> + 'a {
    CsvRecords::keyed_by(input, |name| name.eq_ignore_ascii_case(KEY)).enumerate().map(|(index, record)| {
        let (line, record) = record?;
        let message = record.map_err(|error| misread(&error)).and_then(|record| message(Row::of(&record)));
        Ok(Pushed { index, line, message })
    })
}

/// A row by our names of its columns; blanks are absent.
struct Row<'a>(HashMap<&'static str, &'a str>);

impl<'a> Row<'a> {
    fn of(record: &'a RawRecord) -> Row<'a> {
        let field = |(name, value): (&String, &'a Value)| {
            let text = value.as_str().map(str::trim).filter(|text| !text.is_empty())?;
            Some((column(name)?, text))
        };
        Row(record.iter().filter_map(field).collect())
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).copied()
    }

    fn words(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    fn personal(&self, name: &str) -> Option<Personal<String>> {
        self.get(name).map(Personal::from)
    }

    fn needed(&self, name: &'static str) -> Result<&'a str, Unreadable> {
        self.get(name).ok_or_else(|| wrong(name, Why::Missing))
    }

    fn time(&self, name: &'static str) -> Result<Option<Timestamp>, Unreadable> {
        let read = |text| moment(text).ok_or_else(|| wrong(name, Why::NotATime));
        self.get(name).map(read).transpose()
    }
}

fn message(row: Row<'_>) -> Result<LabMessage, Unreadable> {
    let number = normalise(row.needed(KEY)?);
    let station = row.needed("stasjon")?;
    let result = row.needed("resultat")?;
    row.needed("provetatt")?;
    let (taken_at, received_at) = (row.time("provetatt")?, row.time("registrert")?);
    let taken = taken_at.map(|taken| taken.to_string()).unwrap_or_default();
    let finding = Finding {
        code: ANALYSIS.0.to_owned(),
        description: ANALYSIS.1.to_owned(),
        material: row.words("materiale"),
        text: result.to_owned(),
        status: row.get("status").unwrap_or(USUAL_STATUS).to_owned(),
        comment: row.words("kommentar"),
    };
    Ok(LabMessage {
        message_id: name_of(&[station, &number, &taken, &row.words("provenummer"), result, &finding.status]),
        her_id: row.words("herid"),
        laboratory: station.to_owned(),
        station: Some(station.to_owned()),
        // Without a number of its own a test is told from the next one by when it was taken.
        sample_number: row.personal("provenummer").or(Some(Personal(taken))),
        message_status: finding.status.clone(),
        message_comment: String::new(),
        remarks: String::new(),
        received_at,
        taken_at,
        taken_substituted: false,
        national_number: Some(Personal(number)),
        birth_date: row.get("fodselsdato").and_then(day).map(Personal),
        first_name: row.personal("fornavn"),
        last_name: row.personal("etternavn"),
        findings: vec![finding],
    })
}

/// An id for a row, the same when the extract is sent again. It can be traced to the number by trying all of them, so
/// it is for memory, like the number itself.
fn name_of(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    hex::encode(&digest.finalize()[..16])
}

fn column(name: &str) -> Option<&'static str> {
    COLUMNS.into_iter().find(|column| column.eq_ignore_ascii_case(name))
}

fn wrong(name: &str, why: Why) -> Unreadable {
    Unreadable { at: format!("/{name}"), why }
}

/// A field that is not UTF-8 is told by its column, when that is one of ours.
fn misread(error: &RecordError) -> Unreadable {
    match (error.reason, column(&error.field)) {
        (RejectReason::Unreadable, Some(name)) => wrong(name, Why::NotText),
        (RejectReason::Unreadable, None) if !error.field.is_empty() => Unreadable::whole(Why::NotText),
        (RejectReason::MissingReferenceCode, _) => wrong(KEY, Why::Missing),
        _ => refused(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEADER: &str = "fhn;stasjon;provetatt;resultat";

    fn read(file: &[u8]) -> Vec<Result<LabMessage, Unreadable>> {
        messages(file).map(|pushed| pushed.unwrap().message).collect()
    }

    fn one(file: &str) -> LabMessage {
        let [Ok(message)] = &read(file.as_bytes())[..] else { panic!("one message") };
        message.clone()
    }

    #[test]
    fn a_row_is_a_message_of_its_station() {
        let told =
            one(&format!("\u{feff}{HEADER}\r\n800000000 98;Svinesund;15.03.2021 12:30;Ikke påvist\r\n"));
        assert_eq!(told.station.as_deref(), Some("Svinesund"));
        assert_eq!(told.laboratory, "Svinesund");
        assert!(told.national_number == Some("80000000098".into()));
        assert_eq!(told.taken_at, "2021-03-15T11:30:00Z".parse().ok());
        assert!(told.sample_number == Some("2021-03-15T11:30:00Z".into()));
        let [finding] = &told.findings[..] else { panic!("one finding") };
        assert_eq!(
            (&*finding.code, &*finding.text, &*finding.status),
            ("NPU59390", "Ikke påvist", "Endelig")
        );
        assert!(!told.taken_substituted && told.received_at.is_none());
    }

    #[test]
    fn columns_stand_in_any_order_and_unknown_ones_are_skipped() {
        let told = one(
            "Resultat,PROVETATT,fhn,stasjon,vaktlag,provenummer,registrert,etternavn,fodselsdato,status\n\
             Påvist,2021-03-15,80000000098,\"Ørje, E18\",B,T-7,2021-03-15T13:00:00+01:00,Nordmann,20.11.1946,Foreløpig\n",
        );
        assert_eq!(told.station.as_deref(), Some("Ørje, E18"));
        assert!(told.sample_number == Some("T-7".into()) && told.last_name == Some("Nordmann".into()));
        assert_eq!(told.received_at, "2021-03-15T12:00:00Z".parse().ok());
        assert!(told.birth_date == Some(Personal(jiff::civil::date(1946, 11, 20))));
        assert_eq!(told.findings[0].status, "Foreløpig");
    }

    #[test]
    fn the_same_row_is_the_same_message_and_another_person_or_answer_is_not() {
        let id = |row: &str| one(&format!("{HEADER}\n{row}\n")).message_id;
        let first = id("80000000098;Ørje;2021-03-15T12:30;Påvist");
        assert_eq!(first, id("80000000098; Ørje;15.03.2021 12:30;Påvist "));
        for other in [
            "88888888831;Ørje;2021-03-15T12:30;Påvist",
            "80000000098;Svinesund;2021-03-15T12:30;Påvist",
            "80000000098;Ørje;2021-03-15T12:31;Påvist",
            "80000000098;Ørje;2021-03-15T12:30;Ikke påvist",
        ] {
            assert_ne!(first, id(other), "{other}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_is_told_by_its_column_and_keeps_no_other() {
        let mut file = format!("{HEADER}\n").into_bytes();
        file.extend_from_slice(b";Orje;2021-03-15;x\n1;Orje;2021-13-15;x\n1;Orje;2021-03-15;\n1;Orje\n");
        file.extend_from_slice(b"1;Orje;2021-03-15;P\xe5vist\n1;Orje;2021-03-15;x\n");
        let told: Vec<(String, Option<Why>)> = read(&file)
            .into_iter()
            .map(|read| read.map_or_else(|error| (error.at, Some(error.why)), |_| (String::new(), None)))
            .collect();
        let expected = [
            ("/fhn", Some(Why::Missing)),
            ("/provetatt", Some(Why::NotATime)),
            ("/resultat", Some(Why::Missing)),
            ("", Some(Why::Broken)),
            ("/resultat", Some(Why::NotText)),
            ("", None),
        ];
        assert_eq!(told, expected.map(|(at, why)| (at.to_owned(), why)));
    }

    #[test]
    fn a_file_without_its_header_is_refused_whole() {
        let told =
            read(b"80000000098;Svinesund;2021-03-15;Negativt\n88888888831;Svinesund;2021-03-15;Negativt\n");
        assert_eq!(told, [Err(Unreadable { at: "/fhn".to_owned(), why: Why::Missing })]);
        assert_eq!(read(b""), []);
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), rows in "[a-z0-9;,\"\n. -]{0,120}") {
            read(&bytes);
            read(format!("{HEADER}\n{rows}").as_bytes());
        }
    }
}
