//! Records in CSV: a header line with the source's field names, then a record a line. Quoted fields may hold
//! separators and line breaks.

use super::formats::{Bytes, ReadRecord, error};
use super::refusal::RECORD_BYTES_MAX;
use api::intake::{RecordError, RejectReason};
use events::record::RawRecord;
use serde_json::Value;
use std::io::{self, BufRead};

/// Records of a CSV stream.
pub struct CsvRecords<R> {
    bytes: Bytes<R>,
    header: Option<Header>,
    /// Whether a name is the one that tells a header from a record.
    is_key: fn(&str) -> bool,
    ended: bool,
}

struct Header {
    separator: u8,
    names: Vec<String>,
}

/// What stood between two line ends.
enum Row {
    Fields(Vec<Vec<u8>>),
    TooLong,
    /// A quote was opened and never closed, or something stood behind a closing one.
    Broken,
}

impl<R: BufRead> CsvRecords<R> {
    /// Reads from a stream.
    pub fn new(input: R) -> CsvRecords<R> {
        CsvRecords::keyed_by(input, |name| name == "a_reference_code")
    }

    /// Reads another source's records, whose header has a name of its own in it.
    pub fn keyed_by(input: R, is_key: fn(&str) -> bool) -> CsvRecords<R> {
        CsvRecords { bytes: Bytes::new(input), header: None, is_key, ended: false }
    }

    fn read(&mut self) -> io::Result<Option<ReadRecord>> {
        if self.header.is_none() {
            self.bytes.skip_blanks()?;
            let line = self.bytes.line;
            match self.read_header()? {
                None => return Ok(None),
                Some(Ok(header)) => self.header = Some(header),
                Some(Err(refused)) => {
                    // Without names no row means anything.
                    self.ended = true;
                    return Ok(Some((line, Err(refused))));
                }
            }
        }
        loop {
            let line = self.bytes.line;
            let Some(header) = &self.header else { return Ok(None) };
            let Some(row) = row(&mut self.bytes, header.separator)? else { return Ok(None) };
            if let Row::Fields(fields) = &row
                && matches!(fields.as_slice(), [only] if only.trim_ascii().is_empty())
            {
                continue;
            }
            return Ok(Some((line, header.record(row))));
        }
    }

    fn read_header(&mut self) -> io::Result<Option<Result<Header, RecordError>>> {
        let mut line = Vec::new();
        match self.bytes.line(&mut line, RECORD_BYTES_MAX)? {
            None => return Ok(None),
            Some(false) => return Ok(Some(Err(error(RejectReason::TooLong)))),
            Some(true) => {}
        }
        let count = |separator: u8| line.iter().filter(|byte| **byte == separator).count();
        // The separator that the header uses most; names hold neither.
        let separator = [b';', b',', b'\t']
            .into_iter()
            .max_by_key(|separator| (count(*separator), *separator == b';'))
            .unwrap_or(b';');
        let fields = match row(&mut Bytes::new(line.as_slice()), separator)? {
            Some(Row::Fields(fields)) => fields,
            Some(Row::TooLong | Row::Broken) | None => return Ok(Some(Err(error(RejectReason::Unreadable)))),
        };
        let names: Vec<String> = fields
            .into_iter()
            .filter_map(|name| String::from_utf8(name).ok())
            .map(|name| name.trim().to_owned())
            .collect();
        let is_header = names.iter().any(|name| (self.is_key)(name));
        let header = Header { separator, names };
        Ok(Some(if is_header { Ok(header) } else { Err(error(RejectReason::MissingReferenceCode)) }))
    }
}

impl Header {
    fn record(&self, row: Row) -> Result<RawRecord, RecordError> {
        let fields = match row {
            Row::Fields(fields) => fields,
            Row::TooLong => return Err(error(RejectReason::TooLong)),
            Row::Broken => return Err(error(RejectReason::Unreadable)),
        };
        // More or fewer columns than names: a value has slipped into another's column.
        if fields.len() != self.names.len() {
            return Err(error(RejectReason::Unreadable));
        }
        let mut record = RawRecord::new();
        for (name, field) in self.names.iter().zip(fields) {
            let text = String::from_utf8(field)
                .map_err(|_| RecordError { field: name.clone(), reason: RejectReason::Unreadable })?;
            // CSV knows no absence but the empty field.
            if !name.is_empty() && !text.is_empty() {
                record.insert(name.clone(), Value::String(text));
            }
        }
        Ok(record)
    }
}

/// Reads one row, across line breaks in quotes. What is too long is skipped, not kept.
fn row<R: BufRead>(bytes: &mut Bytes<R>, separator: u8) -> io::Result<Option<Row>> {
    if bytes.peek()?.is_none() {
        return Ok(None);
    }
    let mut fields = vec![Vec::new()];
    let (mut quoted, mut closed, mut broken, mut length) = (false, false, false, 0_usize);
    let too_long = |length: usize| length > RECORD_BYTES_MAX;
    while let Some(byte) = bytes.next()? {
        length += 1;
        let at_start = fields.last().is_none_or(Vec::is_empty) && !closed;
        match byte {
            b'"' if quoted => match bytes.peek()? {
                Some(b'"') => {
                    bytes.next()?;
                    push(&mut fields, b'"', length);
                }
                _ => (quoted, closed) = (false, true),
            },
            // A quote so long that its record is refused anyway may have been opened by mistake: a line break
            // ends it, so that one stray quote does not swallow the file.
            b'\n' if quoted && too_long(length) => break,
            _ if quoted => push(&mut fields, byte, length),
            b'\n' => break,
            b'\r' if bytes.peek()?.is_none_or(|next| next == b'\n') => {}
            b'"' if at_start => quoted = true,
            _ if byte == separator => {
                closed = false;
                if !too_long(length) {
                    fields.push(Vec::new());
                }
            }
            _ => {
                broken |= closed && !byte.is_ascii_whitespace();
                push(&mut fields, byte, length);
            }
        }
    }
    Ok(Some(match (too_long(length), broken || quoted) {
        (true, _) => Row::TooLong,
        (false, true) => Row::Broken,
        (false, false) => Row::Fields(fields),
    }))
}

fn push(fields: &mut [Vec<u8>], byte: u8, length: usize) {
    if length <= RECORD_BYTES_MAX
        && let Some(field) = fields.last_mut()
    {
        field.push(byte);
    }
}

impl<R: BufRead> Iterator for CsvRecords<R> {
    type Item = io::Result<ReadRecord>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read();
        if !matches!(read, Ok(Some(_))) {
            self.ended = true;
        }
        read.transpose()
    }
}
