//! Reading records from a stream: JSON array, NDJSON or CSV, one at a time, in constant memory.
//!
//! A bad record is reported with its line and the next one is read. Only where nothing tells the next record
//! from the last one (a JSON array that is no longer JSON) the rest is given up, with one clear error.

use super::csv_records::CsvRecords;
use super::json_records::{ArrayRecords, LineRecords};
use api::intake::{RecordError, RejectReason};
use events::record::RawRecord;
use serde_json::Value;
use std::io::{self, BufRead};

/// One record, or why it could not be read, with the line it begins on (from 1).
pub type ReadRecord = (u64, Result<RawRecord, RecordError>);

/// The formats that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON array of objects.
    JsonArray,
    /// A JSON object on each line.
    Ndjson,
    /// A header line with the source's field names, then a record a line; separated by `;` or `,`.
    Csv,
}

/// The format of a file: by its first byte that is no blank, and where that leaves it open, by its name.
pub fn sniff(input: &mut impl BufRead, file_name: &str) -> io::Result<Format> {
    let start = input.fill_buf()?;
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let extension = file_name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    Ok(match start.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => Format::JsonArray,
        Some(b'{') => Format::Ndjson,
        Some(_) => Format::Csv,
        None => match extension.as_str() {
            "json" => Format::JsonArray,
            "csv" | "tsv" | "txt" => Format::Csv,
            _ => Format::Ndjson,
        },
    })
}

/// Reads the records of a stream. An error of the stream itself ends it: it is the last item, as `Err`.
pub fn read<'a>(
    input: impl BufRead + 'a,
    format: Format,
) -> Box<dyn Iterator<Item = io::Result<ReadRecord>> + 'a> {
    match format {
        Format::JsonArray => Box::new(ArrayRecords::new(input)),
        Format::Ndjson => Box::new(LineRecords::new(input)),
        Format::Csv => Box::new(CsvRecords::new(input)),
    }
}

/// An error about a whole record.
pub(super) fn error(reason: RejectReason) -> RecordError {
    RecordError { field: String::new(), reason }
}

/// Parses the bytes of one JSON record.
pub(super) fn parse(bytes: &[u8]) -> Result<RawRecord, RecordError> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
            Err(error(RejectReason::NotARecord))
        }
        Err(_) => Err(error(RejectReason::Unreadable)),
    }
}

/// A byte reader that counts lines and skips a byte order mark.
pub(super) struct Bytes<R> {
    input: R,
    /// The line of the next byte, from 1.
    pub line: u64,
    started: bool,
}

impl<R: BufRead> Bytes<R> {
    pub fn new(input: R) -> Bytes<R> {
        Bytes { input, line: 1, started: false }
    }

    /// Looks at the next byte without taking it.
    pub fn peek(&mut self) -> io::Result<Option<u8>> {
        if !self.started {
            self.started = true;
            // A buffer shorter than the mark only happens at the end of a tiny stream.
            if self.input.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
                self.input.consume(3);
            }
        }
        Ok(self.input.fill_buf()?.first().copied())
    }

    /// Takes the next byte.
    pub fn next(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        if let Some(byte) = byte {
            self.input.consume(1);
            self.line += u64::from(byte == b'\n');
        }
        Ok(byte)
    }

    /// Takes blanks, and says what stands behind them.
    pub fn skip_blanks(&mut self) -> io::Result<Option<u8>> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.next()?;
        }
        Ok(None)
    }

    /// Takes a line into `into` without its end, at most `max` bytes of it; `None` at the end of the stream,
    /// `Some(false)` when the line was longer and its rest has been skipped.
    pub fn line(&mut self, into: &mut Vec<u8>, max: usize) -> io::Result<Option<bool>> {
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let mut fits = true;
        loop {
            let buffer = self.input.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            if into.len() + part.len() > max {
                fits = false;
            } else if fits {
                into.extend_from_slice(part);
            }
            let taken = part.len() + usize::from(end.is_some());
            self.input.consume(taken);
            self.line += u64::from(end.is_some());
            if end.is_some() || taken == 0 {
                return Ok(Some(fits));
            }
        }
    }
}

#[cfg(test)]
#[path = "formats_tests.rs"]
mod tests;
