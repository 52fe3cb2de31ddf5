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
    [BYTE_ORDER_MARK, &written(std::iter::once(&headings[..]))].concat()
}

/// The lines of rows.
pub fn lines<'a>(rows: impl IntoIterator<Item = &'a Line>) -> Vec<u8> {
    written(rows.into_iter().map(|row| &row.cells[..]))
}

fn written<'a>(rows: impl Iterator<Item = &'a [Cell]>) -> Vec<u8> {
    let mut lines =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for cells in rows {
        // Writing to memory does not fail, and neither does giving it back.
        let _ = lines.write_record(cells.iter().map(value));
    }
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

    fn line(cells: &[Cell]) -> String {
        String::from_utf8(written(std::iter::once(cells))).unwrap()
    }

    #[test]
    fn nothing_becomes_a_formula() {
        for text in ["=1+1", "+47 99", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"] {
            let written = line(&[Cell::Text(text.to_owned())]);
            assert!(written.trim_start_matches('"').starts_with('\''), "{written:?}");
        }
        let cells = [Cell::Text("a;b\"c".to_owned()), Cell::Empty, Cell::Number(3)];
        assert_eq!(line(&cells), "\"a;b\"\"c\";;3\r\n");
    }
}
