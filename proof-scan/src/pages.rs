//! Finds compressed values and TOAST chunks in heap pages, WAL records and anything else, by their own headers.
//!
//! Line pointers are left aside on purpose: they no longer lead to rows that were deleted and pruned, whose bytes
//! stay in the page until something else is written over them. The headers are found at every offset, which also
//! serves WAL, where nothing is aligned, and every page size.

use crate::le::{index, u32_at};

/// No value in a row is longer than the largest page.
const LONGEST_VALUE: usize = 32 * 1024;
/// Two headers and something behind them.
const SHORTEST_VALUE: usize = 12;
/// No chunk is longer than this either.
const LONGEST_CHUNK: usize = 8 * 1024;
/// Bytes after a candidate's beginning that a sweep wants to see.
pub(crate) const LOOKAHEAD: usize = LONGEST_VALUE;
/// Offsets that are tested together.
const LANES: usize = 64;
/// Bytes that the test looks at after the last of them.
const TEST_REACH: usize = 8;
/// pglz packs nothing shorter.
const SHORTEST_RAW: usize = 32;
/// The most an lz4 block grows by (pglz: 88 times).
const STEEPEST: usize = 256;
/// From header to data in a chunk's row: row header 5, padding 1, `chunk_id` 4, `chunk_seq` 4, length 4.
const CHUNK_HEADER: usize = 18;
/// 1 GB in chunks of 1 kB; later ones do not exist.
const LAST_CHUNK: u32 = 1 << 20;

/// How a value is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Pglz,
    Lz4,
}

/// What a sweep comes across. `at` is the offset in the swept bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Candidate<'w> {
    Value { at: usize, packed: Packed<'w> },
    Chunk { at: usize, id: u32, seq: u32, data: &'w [u8] },
}

impl Candidate<'_> {
    pub(crate) fn at(&self) -> usize {
        match self {
            Self::Value { at, .. } | Self::Chunk { at, .. } => *at,
        }
    }
}

/// A compressed value: how, how long once unpacked, and its bytes, which may be cut short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packed<'w> {
    pub(crate) method: Method,
    pub(crate) raw_size: usize,
    pub(crate) bytes: &'w [u8],
}

impl<'w> Packed<'w> {
    /// Reads `va_tcinfo` (30 bits of length, 2 of method) and takes the rest as the compressed bytes.
    pub(crate) fn parse(bytes: &'w [u8]) -> Option<Self> {
        let info = u32_at(bytes, 0)?;
        let method = match info >> 30 {
            0 => Method::Pglz,
            1 => Method::Lz4,
            _ => return None,
        };
        let raw_size = index(info & 0x3fff_ffff);
        let bytes = bytes.get(4..)?;
        // The first item has nothing to look back to, so it is a literal.
        let first = bytes.first()?;
        let literal = if method == Method::Pglz { first & 1 == 0 } else { first >> 4 != 0 };
        (literal && raw_size >= SHORTEST_RAW).then_some(Self { method, raw_size, bytes })
    }
}

/// Calls `found` for everything in `bytes` that begins before `end` and looks like a compressed value or a chunk.
pub(crate) fn sweep<'w>(bytes: &'w [u8], end: usize, mut found: impl FnMut(Candidate<'w>)) {
    let mut at = 0;
    while at < end {
        let lanes = bytes.get(at..at + LANES + TEST_REACH);
        if lanes.is_none_or(promising) {
            for each in at..end.min(at + LANES) {
                value_at(bytes, each).into_iter().for_each(&mut found);
                chunk_at(bytes, each).into_iter().for_each(&mut found);
            }
        }
        at += LANES;
    }
}

/// Whether one of the first 64 offsets may be a candidate: no branches, so that the compiler tests them side by side.
fn promising(block: &[u8]) -> bool {
    let lanes = |shift: usize| block.get(shift..shift + LANES).unwrap_or_default();
    let (a, c, d, e, f, h) = (lanes(0), lanes(2), lanes(3), lanes(4), lanes(5), lanes(7));
    let mut any = false;
    for ((((a, c), d), (e, f)), h) in a.iter().zip(c).zip(d).zip(e.iter().zip(f)).zip(h) {
        let value = ((a & 3) ^ 2) | (c & 0xfe) | d | (h & 0xbf);
        let chunk = (a ^ 3) | (e ^ 24) | f;
        any |= (value == 0) | (chunk == 0);
    }
    any
}

/// A compressed value in a row: `va_header` (30 bits of length, then the bits 10), `va_tcinfo`, data.
fn value_at(bytes: &[u8], at: usize) -> Option<Candidate<'_>> {
    let header = u32_at(bytes, at)?;
    let length = index(header >> 2);
    if header & 3 != 2 || !(SHORTEST_VALUE..=LONGEST_VALUE).contains(&length) {
        return None;
    }
    let packed = Packed::parse(bytes.get(at + 4..bytes.len().min(at + length))?)?;
    let size = length - 8;
    // PostgreSQL keeps a compressed value only when it saves something, with pglz a quarter.
    let saves = match packed.method {
        Method::Pglz => size <= packed.raw_size / 4 * 3 + 8,
        Method::Lz4 => size < packed.raw_size,
    };
    (saves && packed.raw_size <= size * STEEPEST).then_some(Candidate::Value { at, packed })
}

/// A row of a TOAST table, from `t_infomask2` on: three columns, no nulls, a variable length, nothing external,
/// data after 24 bytes. WAL records of such rows hold the same bytes in the same order.
fn chunk_at(bytes: &[u8], at: usize) -> Option<Candidate<'_>> {
    let [3, columns, flags, _, 24, 0] = bytes.get(at..)?.first_chunk::<6>()? else { return None };
    if columns & 7 != 0 || flags & 0x0f != 2 {
        return None;
    }
    let (id, seq, header) = (u32_at(bytes, at + 6)?, u32_at(bytes, at + 10)?, u32_at(bytes, at + 14)?);
    let length = index(header >> 2);
    if id == 0 || seq > LAST_CHUNK || header & 3 != 0 || length <= 4 || length > LONGEST_CHUNK {
        return None;
    }
    let from = at + CHUNK_HEADER;
    let data = bytes.get(from..bytes.len().min(from + length - 4))?;
    Some(Candidate::Chunk { at, id, seq, data })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_found_at_every_offset() {
        let value: Vec<u8> =
            [22_u32 << 2 | 2, 200].iter().flat_map(|n| n.to_le_bytes()).chain([0x00; 14]).collect();
        let mut chunk = vec![3, 0x08, 2, 0x09, 24, 0];
        chunk.extend([77_u32, 5, 9 << 2].iter().flat_map(|n| n.to_le_bytes()).chain(*b"chunk"));
        for before in 0..150 {
            let mut bytes = vec![0xff; before];
            bytes.extend_from_slice(&value);
            bytes.extend_from_slice(&chunk);
            let mut found = Vec::new();
            sweep(&bytes, bytes.len(), |candidate| found.push(candidate));
            assert!(
                matches!(found[0], Candidate::Value { at, packed } if at == before && packed.raw_size == 200)
            );
            let at = before + value.len();
            assert_eq!(found[1], Candidate::Chunk { at, id: 77, seq: 5, data: b"chunk" });
        }
    }
}
