//! Searches bytes on their way to another reader, so that everything is read once.

use crate::findings::{At, Sight};
use crate::report::Reader;
use std::io::{self, Read};

/// A source whose bytes are searched as they lie while they pass.
pub(crate) struct Tap<'a, R> {
    source: R,
    sight: Sight<'a>,
    /// The last bytes that passed: a match may begin in them.
    tail: Vec<u8>,
    passed: u64,
}

impl<'a, R: Read> Tap<'a, R> {
    pub(crate) fn new(source: R, sight: Sight<'a>) -> Self {
        Self { source, sight, tail: Vec::new(), passed: 0 }
    }

    fn look(&mut self, bytes: &[u8]) {
        let reach = self.sight.reach();
        let border = self.tail.len();
        if border > 0 {
            self.tail.extend_from_slice(bytes.get(..reach).unwrap_or(bytes));
            let at = At::Start(self.passed.saturating_sub(crate::le::offset(border)));
            let whole = bytes.len() <= reach;
            self.sight.search(Reader::Raw, at, &self.tail, border);
            if !whole {
                self.tail.truncate(border);
                self.inner(bytes, reach);
            }
        } else {
            self.sight.search(Reader::Raw, At::Start(self.passed), bytes, 0);
            self.tail.extend_from_slice(bytes);
        }
        let excess = self.tail.len().saturating_sub(reach);
        self.tail.drain(..excess);
        self.passed = self.passed.saturating_add(crate::le::offset(bytes.len()));
    }

    /// What ends after the first `reach` bytes; the rest was searched together with the tail.
    fn inner(&mut self, bytes: &[u8], reach: usize) {
        self.sight.search(Reader::Raw, At::Start(self.passed), bytes, reach);
        self.tail.extend_from_slice(bytes.get(bytes.len().saturating_sub(reach)..).unwrap_or(bytes));
    }
}

impl<R: Read> Read for Tap<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(out)?;
        self.look(out.get(..count).unwrap_or_default());
        Ok(count)
    }
}
