//! Lines of values, divided by semicolons as spreadsheets in Norway expect. What a spreadsheet would take for a formula
//! gets an apostrophe in front.

use super::cells::{Cell, Exported, Words};
use super::walk::Line;
use crate::rules::moments::norwegian;

/// Says to a spreadsheet that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Signs by which a formula begins, and those that hide one.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The first line, with what says to a spreadsheet that the file is UTF-8.
pub fn head<R: Exported>(words: &Words) -> Vec<u8> {
    let headings: Vec<Cell> = R::headings().into_iter().map(|key| Cell::Text(words.text(key))).collect();
    [BYTE_ORDER_MARK, &line(&headings)].concat()
}

/// The lines of rows.
pub fn lines(rows: &[Line]) -> Vec<u8> {
    rows.iter().flat_map(|row| line(&row.cells)).collect()
}

/// One line.
pub(super) fn line(cells: &[Cell]) -> Vec<u8> {
    let mut lines =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail, and neither does giving it back.
    let _ = lines.write_record(cells.iter().map(value));
    lines.into_inner().unwrap_or_default()
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if text.trim_start_matches(' ').starts_with(FORMULA) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(at) => norwegian(*at).strftime("%Y-%m-%d %H:%M").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_a_formula() {
        for text in ["=1+1", "+47 99", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"] {
            let written = String::from_utf8(line(&[Cell::Text(text.to_owned())])).unwrap();
            assert!(written.trim_start_matches('"').starts_with('\''), "{written:?}");
        }
        assert_eq!(
            line(&[Cell::Text("a;b\"c".to_owned()), Cell::Empty, Cell::Number(3)]),
            b"\"a;b\"\"c\";;3\r\n"
        );
    }
}
