//! A workbook: a cover, the rows, and what is different since the reader last looked.

use super::Summary;
use super::cells::{Cell, Exported, Words};
use super::memory::MemoryFolder;
use super::walk::Line;
use crate::rules::moments::norwegian;
use api::municipality::RowMark;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// Characters of a cell at most, by the format.
const CELL_CHARS_MAX: usize = 32_000;
/// Width of the cover's columns, in characters.
const COVER_WIDTHS: [f64; 2] = [28.0, 90.0];
/// Width of the other sheets' columns.
const COLUMN_WIDTH: f64 = 20.0;

/// A workbook on its way. Rows lie in a folder that is memory; few are held besides.
pub struct Book {
    book: Workbook,
    rows: Sheet,
    differences: Sheet,
    formats: Formats,
}

struct Sheet {
    sheet: Worksheet,
    next: u32,
}

struct Formats {
    heading: Format,
    day: Format,
    moment: Format,
    number: Format,
    wrapped: Format,
}

impl Book {
    /// A new one, with the headings of a view.
    pub fn new<R: Exported>(folder: &MemoryFolder, words: &Words) -> Result<Book, XlsxError> {
        let mut book = Workbook::new();
        book.set_tempdir(folder.path())?;
        let formats = Formats {
            heading: Format::new().set_bold().set_text_wrap(),
            day: Format::new().set_num_format("dd.mm.yyyy"),
            moment: Format::new().set_num_format("dd.mm.yyyy hh:mm"),
            number: Format::new().set_num_format("0"),
            wrapped: Format::new().set_text_wrap(),
        };
        let headings: Vec<String> = R::headings().into_iter().map(|key| words.text(key)).collect();
        let mut sheet = |name: &str| -> Result<Sheet, XlsxError> {
            let mut sheet = book.new_worksheet_with_constant_memory()?;
            sheet.set_name(words.text(name))?;
            sheet.set_freeze_panes(1, 0)?;
            for (column, heading) in (0..).zip(&headings) {
                sheet.set_column_width(column, COLUMN_WIDTH)?;
                sheet.write_string_with_format(0, column, heading, &formats.heading)?;
            }
            Ok(Sheet { sheet, next: 1 })
        };
        let (rows, differences) = (sheet("export-sheet-rows")?, sheet("export-sheet-differences")?);
        Ok(Book { book, rows, differences, formats })
    }

    /// Writes rows: each where it belongs. What has gone elsewhere stands among the differences only, unless the list
    /// itself is of those.
    pub fn write(&mut self, lines: &[Line], list_is_of_gone: bool) -> Result<(), XlsxError> {
        for line in lines {
            if line.mark != Some(RowMark::Gone) || list_is_of_gone {
                self.rows.write(&line.cells, &self.formats)?;
            }
            if line.mark.is_some() {
                self.differences.write(&line.cells, &self.formats)?;
            }
        }
        Ok(())
    }

    /// Finishes it with its cover, and sends it away piece by piece.
    pub fn finish(
        mut self,
        cover: &[(String, Cell)],
        words: &Words,
        out: impl Write + Send,
    ) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet();
        sheet.set_name(words.text("export-sheet-cover"))?;
        for (column, width) in (0..).zip(COVER_WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        for (row, (name, cell)) in (0..).zip(cover) {
            sheet.write_string_with_format(row, 0, name, &self.formats.heading)?;
            put(sheet, row, 1, cell, &self.formats)?;
        }
        self.book.push_worksheet(self.rows.sheet);
        self.book.push_worksheet(self.differences.sheet);
        self.book.save_to_writer(out)
    }
}

impl Sheet {
    fn write(&mut self, cells: &[Cell], formats: &Formats) -> Result<(), XlsxError> {
        for (column, cell) in (0..).zip(cells) {
            put(&mut self.sheet, self.next, column, cell, formats)?;
        }
        self.next += 1;
        Ok(())
    }
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let cut: String = text.chars().take(CELL_CHARS_MAX).collect();
            sheet.write_string_with_format(row, column, cut, &formats.wrapped)?;
        }
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, *number, &formats.number)?;
        }
        // Days that a workbook cannot hold stand in it as words.
        Cell::Day(day) if day.year() < 1900 => {
            sheet.write_string(row, column, day.to_string())?;
        }
        Cell::Day(day) => {
            sheet.write_datetime_with_format(row, column, *day, &formats.day)?;
        }
        Cell::Moment(at) => {
            sheet.write_datetime_with_format(row, column, norwegian(*at), &formats.moment)?;
        }
    }
    Ok(())
}

/// The cover: what the file is, who made it, and when it must be gone.
pub fn cover(summary: &Summary, words: &Words, facts: Vec<(&str, Cell)>) -> Vec<(String, Cell)> {
    let gone_by = summary.gone_by.map_or(Cell::Empty, Cell::Moment);
    let own = [
        ("export-rows", Cell::Number(summary.rows)),
        ("export-differences", Cell::Number(summary.differences)),
        ("export-gone-by", gone_by),
        ("export-sha256", Cell::Text(summary.sha256.clone())),
        ("export-note", Cell::Text(words.text("export-note-words"))),
    ];
    facts.into_iter().chain(own).map(|(key, cell)| (words.text(key), cell)).collect()
}
