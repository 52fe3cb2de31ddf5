//! Records in JSON: one object a line, or an array of objects.

use super::formats::{Bytes, ReadRecord, error, parse};
use super::refusal::RECORD_BYTES_MAX;
use api::intake::{RecordError, RejectReason};
use events::record::RawRecord;
use std::io::{self, BufRead};

/// One object a line. Blank lines are no records.
pub struct LineRecords<R> {
    bytes: Bytes<R>,
    buffer: Vec<u8>,
    ended: bool,
}

impl<R: BufRead> LineRecords<R> {
    /// Reads from a stream.
    pub fn new(input: R) -> LineRecords<R> {
        LineRecords { bytes: Bytes::new(input), buffer: Vec::new(), ended: false }
    }

    fn read(&mut self) -> io::Result<Option<ReadRecord>> {
        loop {
            let line = self.bytes.line;
            self.buffer.clear();
            match self.bytes.line(&mut self.buffer, RECORD_BYTES_MAX)? {
                None => return Ok(None),
                Some(false) => return Ok(Some((line, Err(error(RejectReason::TooLong))))),
                Some(true) if self.buffer.trim_ascii().is_empty() => {}
                Some(true) => return Ok(Some((line, parse(&self.buffer)))),
            }
        }
    }
}

impl<R: BufRead> Iterator for LineRecords<R> {
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

/// An array of objects.
pub struct ArrayRecords<R> {
    bytes: Bytes<R>,
    buffer: Vec<u8>,
    opened: bool,
    /// The rest cannot be told apart any more.
    lost: bool,
    ended: bool,
}

impl<R: BufRead> ArrayRecords<R> {
    /// Reads from a stream.
    pub fn new(input: R) -> ArrayRecords<R> {
        ArrayRecords {
            bytes: Bytes::new(input),
            buffer: Vec::new(),
            opened: false,
            lost: false,
            ended: false,
        }
    }

    fn read(&mut self) -> io::Result<Option<ReadRecord>> {
        if !self.opened {
            self.opened = true;
            let line = self.bytes.line;
            match self.bytes.skip_blanks()? {
                None => return Ok(None),
                Some(b'[') => self.bytes.next()?,
                Some(_) => return Ok(Some(self.lose(line))),
            };
            if self.bytes.skip_blanks()? == Some(b']') {
                self.bytes.next()?;
                return self.after_the_array();
            }
        }
        let first = self.bytes.skip_blanks()?;
        let line = self.bytes.line;
        if first.is_none() {
            return Ok(Some(self.lose(line)));
        }
        let element = self.element()?;
        if self.lost {
            return Ok(Some(self.lose(line)));
        }
        Ok(Some((line, element)))
    }

    /// Reads one element and the comma behind it. Brackets outside strings show where an element ends, so a
    /// broken element does not take the next one with it.
    fn element(&mut self) -> io::Result<Result<RawRecord, RecordError>> {
        self.buffer.clear();
        let (mut depth, mut in_string, mut escaped, mut too_long) = (0_u32, false, false, false);
        loop {
            let Some(byte) = self.bytes.next()? else {
                // Cut off within an element: the rest is missing.
                self.lost = true;
                return Ok(Err(error(RejectReason::Unreadable)));
            };
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                _ if in_string => {}
                b'{' | b'[' => depth += 1,
                b'}' if depth > 0 => depth -= 1,
                b']' if depth > 0 => depth -= 1,
                b',' if depth == 0 => break,
                b']' => {
                    self.ended = true;
                    break;
                }
                _ => {}
            }
            if self.buffer.len() < RECORD_BYTES_MAX {
                self.buffer.push(byte);
            } else {
                too_long |= !byte.is_ascii_whitespace();
            }
        }
        Ok(if too_long { Err(error(RejectReason::TooLong)) } else { parse(&self.buffer) })
    }

    /// Nothing but blanks may follow the array.
    fn after_the_array(&mut self) -> io::Result<Option<ReadRecord>> {
        let rest = self.bytes.skip_blanks()?;
        let line = self.bytes.line;
        Ok(rest.map(|_| self.lose(line)))
    }

    fn lose(&mut self, line: u64) -> ReadRecord {
        self.lost = true;
        self.ended = true;
        (line, Err(error(RejectReason::Unreadable)))
    }
}

impl<R: BufRead> Iterator for ArrayRecords<R> {
    type Item = io::Result<ReadRecord>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.lost {
            return None;
        }
        let read = if self.ended {
            let rest = self.after_the_array();
            self.lost = true;
            rest
        } else {
            self.read()
        };
        if !matches!(read, Ok(Some(_))) {
            self.lost = true;
        }
        read.transpose()
    }
}
