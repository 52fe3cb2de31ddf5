//! Puts values together again that PostgreSQL cut into TOAST chunks.
//!
//! Chunks come in any order: a value may fill gaps all over its table. In-order chunks are taken at once; others
//! wait. Only what may be compressed is kept until its last chunk, which is shorter than the rest.

use crate::findings::{At, Sight};
use crate::pages::{Method, Packed};
use crate::pglz;
use crate::report::Reader;
use crate::unpacked::{End, Unpacked};
use std::collections::{BTreeMap, HashMap};

/// Bytes kept at once over all values. Beyond it the values are given up, and the report says so.
const BUDGET: usize = 256 << 20;
/// A control byte of pglz governs at most eight items of three bytes.
const LONGEST_GROUP: usize = 25;
/// Headless runs longer than this are tried in part: the beginning decides whether they make sense.
const HEADLESS_PIECE: usize = 1 << 20;

/// Which table (0 when a file is a table) and which value.
pub(crate) type Key = (u32, u32);

/// Values in the making.
#[derive(Default)]
pub(crate) struct Toast {
    values: HashMap<Key, Value>,
    held: usize,
}

#[derive(Default)]
struct Value {
    /// Number of the chunk that is due; 0 while the first is missing.
    next: u32,
    /// Where the first chunk seen lies.
    at: u64,
    /// Size of the first chunk: a shorter one is the last.
    full: usize,
    /// Taken chunks, when they may be compressed.
    body: Vec<u8>,
    /// Last bytes taken, for matches across the border.
    tail: Vec<u8>,
    /// Chunks that came too early.
    waiting: BTreeMap<u32, Vec<u8>>,
    /// Bytes in `body` and `waiting`.
    held: usize,
}

impl Toast {
    /// Takes one chunk found at `at`.
    pub(crate) fn chunk(&mut self, sight: &Sight<'_>, key: Key, seq: u32, data: &[u8], at: u64) {
        if seq == 0 && self.values.get(&key).is_some_and(|value| value.next > 0) {
            // A second beginning is another version, another table's value in the WAL, or the same once more. (The
            // rows of a page lie last to first, so later chunks may well come before the only beginning.)
            self.close(sight, key);
        }
        let value = self.values.entry(key).or_insert_with(|| Value { at, ..Value::default() });
        let before = value.held;
        if seq == value.next {
            let mut last = value.take(sight, data);
            while !last && let Some(early) = value.waiting.remove(&value.next) {
                value.held -= early.len();
                last = value.take(sight, &early);
            }
            self.held += value.held;
            self.held -= before;
            if last {
                self.close(sight, key);
            }
        } else if seq > value.next {
            value.keep(seq, data);
            self.held += value.held;
            self.held -= before;
        }
        if self.held > BUDGET {
            sight.unreadable(
                "more than 256 MB of TOAST chunks lie out of order: values that are longer were cut",
            );
            self.flush(sight);
        }
    }

    /// No more chunks will come: unpacks what there is, as far as it goes.
    pub(crate) fn flush(&mut self, sight: &Sight<'_>) {
        let mut keys: Vec<Key> = self.values.keys().copied().collect();
        keys.sort_unstable();
        for key in keys {
            self.close(sight, key);
        }
    }

    fn close(&mut self, sight: &Sight<'_>, key: Key) {
        if let Some(value) = self.values.remove(&key) {
            self.held -= value.held;
            value.close(sight);
        }
    }
}

impl Value {
    /// Keeps a chunk that came too early; of two with the same number the later one.
    fn keep(&mut self, seq: u32, data: &[u8]) {
        self.held += data.len();
        if let Some(replaced) = self.waiting.insert(seq, data.to_vec()) {
            self.held -= replaced.len();
        }
    }

    /// Takes the chunk that is due; true when it is the last.
    fn take(&mut self, sight: &Sight<'_>, data: &[u8]) -> bool {
        if self.next == 0 {
            self.full = data.len();
        }
        if self.next == 0 && Packed::parse(data).is_some() || !self.body.is_empty() {
            self.body.extend_from_slice(data);
            self.held += data.len();
        }
        join(sight, &mut self.tail, data, self.at);
        self.next += 1;
        data.len() < self.full
    }

    fn close(self, sight: &Sight<'_>) {
        if let Some(packed) = Packed::parse(&self.body) {
            let reader = if packed.method == Method::Pglz { Reader::ToastPglz } else { Reader::ToastLz4 };
            match unpack(sight, packed, reader, self.at) {
                End::Full => sight.count(|counts| counts.toast_values += 1),
                // Uncompressed values whose beginning looks like a length fail early and are no values cut short.
                End::Short => sight.count(|counts| counts.toast_cut += 1),
                End::Broken => {}
            }
        }
        let mut run = Vec::new();
        let mut due = None;
        for (seq, data) in self.waiting {
            if due != Some(seq) {
                headless(sight, &std::mem::take(&mut run), self.at);
            }
            run.extend_from_slice(&data);
            due = seq.checked_add(1);
        }
        headless(sight, &run, self.at);
    }
}

/// Unpacks a value and searches what comes out.
pub(crate) fn unpack(sight: &Sight<'_>, packed: Packed<'_>, reader: Reader, at: u64) -> End {
    let mut sink = |bytes: &[u8], seen: usize| sight.search(reader, At::Unpacked(at), bytes, seen);
    let mut out = Unpacked::new(packed.raw_size, sight.reach(), &mut sink);
    let end = match packed.method {
        Method::Pglz => pglz::unpack(packed.bytes, &mut out),
        Method::Lz4 => crate::lz4::unpack(packed.bytes, &mut out),
    };
    out.finish();
    end
}

/// Searches across the border of two neighbouring chunks; inside a chunk the raw search sees everything.
fn join(sight: &Sight<'_>, tail: &mut Vec<u8>, data: &[u8], at: u64) {
    let border = tail.len();
    let reach = sight.reach();
    tail.extend_from_slice(data);
    if border > 0 {
        let hay = tail.get(..border.saturating_add(reach)).unwrap_or(tail);
        sight.search(Reader::ToastPlain, At::Unpacked(at), hay, border);
    }
    let excess = tail.len().saturating_sub(reach);
    tail.drain(..excess);
}

/// A run of chunks whose beginning is lost. lz4 keeps literals together, which the raw search sees; pglz puts a
/// control byte before every eighth item, so each possible place of the first one is tried with an unknown past.
fn headless(sight: &Sight<'_>, run: &[u8], at: u64) {
    if run.is_empty() {
        return;
    }
    sight.count(|counts| counts.toast_headless += 1);
    sight.search(Reader::ToastPlain, At::Unpacked(at), run, 0);
    for start in 0..LONGEST_GROUP.min(run.len()) {
        let Some(packed) = run.get(start..run.len().min(start + HEADLESS_PIECE)) else { continue };
        let mut sink = |bytes: &[u8], seen: usize| {
            sight.search(Reader::ToastHeadless, At::Unpacked(at), bytes, seen);
        };
        let mut out = Unpacked::new(packed.len() * 88, sight.reach(), &mut sink).after(&[b'?'; pglz::WINDOW]);
        pglz::unpack(packed, &mut out);
        out.finish();
    }
}
