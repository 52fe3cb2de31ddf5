//! One WAL record: its blocks, their page images, and the rows in it.

use crate::findings::{At, Sight};
use crate::le::{index, u16_at, u32_at};
use crate::pages::{Candidate, Method, sweep};
use crate::report::Reader;
use crate::toast::{Toast, unpack};
use crate::unpacked::{End, Unpacked};
use crate::{lz4, pglz};
use ruzstd::decoding::FrameDecoder;

/// Bytes before the first block's header.
pub(crate) const HEADER: usize = 24;
const LAST_BLOCK: u8 = 32;
const ID_SHORT_DATA: u8 = 255;
const ID_LONG_DATA: u8 = 254;
const ID_ORIGIN: u8 = 253;
const ID_TOP_XID: u8 = 252;
const HAS_IMAGE: u8 = 0x10;
const HAS_DATA: u8 = 0x20;
const SAME_RELATION: u8 = 0x80;
const HAS_HOLE: u8 = 0x01;
const PGLZ: u8 = 0x04;
const LZ4: u8 = 0x08;
const ZSTD: u8 = 0x10;
/// No page is larger.
const LARGEST_PAGE: usize = 32 * 1024;

/// Whether the fixed header could be one: the resource manager is one of PostgreSQL's or an extension's.
pub(crate) fn is_plausible(record: &[u8]) -> bool {
    record.get(17).is_some_and(|manager| *manager < 32 || *manager >= 128)
}

/// Reads a whole record that begins in the page at `at`.
pub(crate) fn read(sight: &Sight<'_>, toast: &mut Toast, record: &[u8], at: u64) {
    sight.count(|counts| counts.wal_records += 1);
    let blocks = blocks(record).unwrap_or_default();
    let relation = blocks.iter().map(|block| block.relation).next().unwrap_or(0);
    sweep(record, record.len(), |found| candidate(sight, toast, found, relation, at));
    for block in &blocks {
        if let Some((reader, page)) = block.image.and_then(|image| image.open()) {
            sight.count(|counts| counts.wal_images += 1);
            sight.search(reader, At::Unpacked(at), &page, 0);
            sweep(&page, page.len(), |found| candidate(sight, toast, found, block.relation, at));
        } else if block.image.is_some_and(|image| image.packing & (PGLZ | LZ4 | ZSTD) != 0) {
            sight.unreadable("a compressed page image in the WAL could not be unpacked");
        }
    }
}

/// Follows up what a sweep came across, in WAL and elsewhere.
pub(crate) fn candidate(sight: &Sight<'_>, toast: &mut Toast, found: Candidate<'_>, relation: u32, at: u64) {
    match found {
        Candidate::Value { packed, .. } => {
            let reader = if packed.method == Method::Pglz { Reader::InlinePglz } else { Reader::InlineLz4 };
            if unpack(sight, packed, reader, at) == End::Full {
                sight.count(|counts| counts.inline_values += 1);
            }
        }
        Candidate::Chunk { id, seq, data, .. } => toast.chunk(sight, (relation, id), seq, data, at),
    }
}

#[derive(Debug, Clone, Copy)]
struct Block<'r> {
    relation: u32,
    image: Option<Image<'r>>,
}

#[derive(Debug, Clone, Copy)]
struct Image<'r> {
    packing: u8,
    bytes: &'r [u8],
}

impl Image<'_> {
    /// The page without its hole; nothing for images that are not compressed or do not unpack.
    fn open(&self) -> Option<(Reader, Vec<u8>)> {
        if self.packing & ZSTD != 0 {
            let mut page = Vec::with_capacity(LARGEST_PAGE);
            FrameDecoder::new().decode_all_to_vec(self.bytes, &mut page).ok()?;
            return Some((Reader::WalImageZstd, page));
        }
        let mut page = Vec::new();
        let mut sink = |bytes: &[u8], seen: usize| page.extend(bytes.get(seen..).unwrap_or_default());
        let mut out = Unpacked::new(LARGEST_PAGE, 0, &mut sink);
        let (reader, end) = match self.packing & (PGLZ | LZ4) {
            PGLZ => (Reader::WalImagePglz, pglz::unpack(self.bytes, &mut out)),
            LZ4 => (Reader::WalImageLz4, lz4::unpack(self.bytes, &mut out)),
            _ => return None,
        };
        out.finish();
        (end != End::Broken).then_some((reader, page))
    }
}

/// What the header says of one block, before the lengths are laid out.
struct Announced {
    relation: u32,
    image: usize,
    packing: u8,
    data: usize,
}

/// The blocks of a record: first all headers, then for each block its image and its data, then the main data.
fn blocks(record: &[u8]) -> Option<Vec<Block<'_>>> {
    let mut at = HEADER;
    let mut announced: Vec<Announced> = Vec::new();
    let mut bodies = 0_usize;
    let mut relation = 0;
    while record.len().checked_sub(at)? > bodies {
        match *record.get(at)? {
            ID_SHORT_DATA => (at, bodies) = (at + 2, bodies + usize::from(*record.get(at + 1)?)),
            ID_LONG_DATA => (at, bodies) = (at + 5, bodies.checked_add(index(u32_at(record, at + 1)?))?),
            ID_ORIGIN => at += 3,
            ID_TOP_XID => at += 5,
            id if id <= LAST_BLOCK => {
                let block = block_header(record, &mut at, &mut relation)?;
                bodies += block.image + block.data;
                announced.push(block);
            }
            _ => return None,
        }
    }
    let mut blocks = Vec::with_capacity(announced.len());
    for block in announced {
        let bytes = record.get(at..at + block.image)?;
        let image = (block.image > 0).then_some(Image { packing: block.packing, bytes });
        blocks.push(Block { relation: block.relation, image });
        at += block.image + block.data;
    }
    Some(blocks)
}

/// Reads a block's header at `at` and moves `at` behind it. `relation` is the last block's, and becomes this one's.
fn block_header(record: &[u8], at: &mut usize, relation: &mut u32) -> Option<Announced> {
    let flags = *record.get(*at + 1)?;
    let length = usize::from(u16_at(record, *at + 2)?);
    let data = if flags & HAS_DATA == 0 { 0 } else { length };
    *at += 4;
    let (mut image, mut packing) = (0, 0);
    if flags & HAS_IMAGE != 0 {
        image = usize::from(u16_at(record, *at)?);
        packing = *record.get(*at + 4)?;
        *at += 5;
        // The hole's length is left out where it follows from the image's.
        if packing & HAS_HOLE != 0 && packing & (PGLZ | LZ4 | ZSTD) != 0 {
            *at += 2;
        }
    }
    if flags & SAME_RELATION == 0 {
        // Tablespace, database, relation.
        *relation = u32_at(record, *at + 8)?;
        *at += 12;
    }
    *at += 4;
    Some(Announced { relation: *relation, image, packing, data })
}
