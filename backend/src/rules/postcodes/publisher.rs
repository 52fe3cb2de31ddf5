//! The publisher's postcode file: Bring's tab-separated text in Windows-1252 without a header, or a CSV with
//! the columns postcode, place, municipality number, municipality name, category.

use events::reference::Postcode;
use std::borrow::Cow;

/// Why a file is no postcode table. Nothing of it is taken then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublisherFileError {
    /// A line has too few columns.
    #[error("line {0}: four columns are needed: postcode, place, municipality number, municipality")]
    Columns(usize),
    /// A postcode or municipality number is not four digits.
    #[error("line {0}: postcode and municipality number have four digits each")]
    Number(usize),
    /// The same postcode stands twice.
    #[error("line {0}: the postcode stands in the file twice")]
    Twice(usize),
    /// There is no row at all.
    #[error("the file holds no postcodes")]
    Empty,
}

/// Reads the publisher's file; all of it or nothing.
pub fn parse_publisher_file(bytes: &[u8]) -> Result<Vec<Postcode>, PublisherFileError> {
    let text = decode(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = if text.lines().next().is_some_and(|line| line.contains('\t')) { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .quoting(delimiter == b',')
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (index, record) in reader.records().enumerate() {
        let line = index + 1;
        let record = record.map_err(|_| PublisherFileError::Columns(line))?;
        let columns: Vec<&str> = record.iter().map(str::trim).collect();
        let [postcode, place, number, name, ..] = columns.as_slice() else {
            return Err(PublisherFileError::Columns(line));
        };
        if line == 1 && !four_digits(postcode) && postcode.chars().all(char::is_alphabetic) {
            continue;
        }
        if !four_digits(postcode) || !four_digits(number) {
            return Err(PublisherFileError::Number(line));
        }
        if !seen.insert((*postcode).to_owned()) {
            return Err(PublisherFileError::Twice(line));
        }
        rows.push(Postcode {
            postcode: (*postcode).to_owned(),
            place: (*place).to_owned(),
            municipality_number: (*number).to_owned(),
            municipality: (*name).to_owned(),
        });
    }
    if rows.is_empty() { Err(PublisherFileError::Empty) } else { Ok(rows) }
}

fn four_digits(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// UTF-8 where it is that, else Windows-1252, in which every byte is some letter.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

/// The bytes 0x80–0x9f of Windows-1252; unused ones stay control characters.
const UPPER_CONTROLS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => UPPER_CONTROLS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The byte that Windows-1252 (or Latin-1) has for a character.
pub(crate) fn windows_1252_byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ (0..=0xff) => u8::try_from(code).ok(),
        _ => UPPER_CONTROLS.iter().position(|known| *known == c).and_then(|at| u8::try_from(at + 0x80).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_published_csv_files_are_read() {
        for (name, rows) in [("postal-codes-2021-05-31.csv", 5_132), ("postal-codes-2026-05-26.csv", 5_122)] {
            let Some(bytes) = crate::rules::reference_file_for_tests(name) else { return };
            let postcodes = parse_publisher_file(&bytes).unwrap();
            assert_eq!(postcodes.len(), rows, "{name}");
            assert_eq!(postcodes[0].postcode, "0001");
        }
    }

    #[test]
    fn the_tab_separated_file_in_windows_1252_is_read() {
        let bytes = b"0150\tOSLO\t0301\tOSLO\tG\r\n9710\tINDRE BILLEFJORD\t5436\tPORSANGER PORS\xc1NGU PORSANKI\tB\r\n8850\tHER\xd8Y\t1818\tHER\xd8Y\tG\r\n";
        let postcodes = parse_publisher_file(bytes).unwrap();
        assert_eq!(postcodes.len(), 3);
        assert_eq!(postcodes[1].municipality, "PORSANGER PORSÁNGU PORSANKI");
        assert_eq!(postcodes[2].place, "HERØY");
    }

    #[test]
    fn a_broken_file_is_refused_with_its_line() {
        let cases: [(&[u8], PublisherFileError); 5] = [
            (b"", PublisherFileError::Empty),
            (b"postcode,place,municipality_number,municipality,category\n", PublisherFileError::Empty),
            (b"0150,OSLO,0301,OSLO\n0151,OSLO\n", PublisherFileError::Columns(2)),
            (b"0150,OSLO,301,OSLO\n", PublisherFileError::Number(1)),
            (b"0150,OSLO,0301,OSLO\n0150,OSLO,0301,OSLO\n", PublisherFileError::Twice(2)),
        ];
        for (bytes, expected) in cases {
            assert_eq!(parse_publisher_file(bytes), Err(expected));
        }
    }

    #[test]
    fn every_byte_of_windows_1252_goes_there_and_back() {
        for byte in 0..=255_u8 {
            assert_eq!(windows_1252_byte(windows_1252(byte)), Some(byte));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse_publisher_file(&bytes);
        }
    }
}
