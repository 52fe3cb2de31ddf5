//! Turns WAL pages into records: a record lies across as many pages, and files, as it needs.

use crate::findings::{At, Sight};
use crate::le::{index, offset, u16_at, u32_at, u64_at};
use crate::pages::sweep;
use crate::report::Reader;
use crate::toast::Toast;
use crate::wal_record::{self, candidate};

/// First two bytes of every page, by major version. The layout read here is the same in all of them.
const KNOWN: [(u16, u32); 4] = [(0xd110, 15), (0xd113, 16), (0xd116, 17), (0xd118, 18)];
const SHORT_HEADER: usize = 24;
const LONG_HEADER: usize = 40;
const FLAG_CONTINUES: u16 = 1;
const FLAG_LONG: u16 = 2;
/// Page size of nearly every build; the first page of a file tells.
pub(crate) const USUAL_PAGE: usize = 8192;
/// Longer records exist in theory (1 GB). They are given up, and the report says so.
const LONGEST_RECORD: usize = 64 << 20;

/// What the beginning of a file says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// WAL that can be read, in pages of so many bytes.
    Wal { page: usize },
    /// WAL of a version whose layout is not known here, by its name and its first two bytes.
    Unknown { magic: u16 },
    /// Something else.
    Other,
}

/// Whether a file that begins with `head` is WAL. The name decides only where the content cannot.
pub(crate) fn recognise(name: &str, head: &[u8]) -> Head {
    let magic = u16_at(head, 0).unwrap_or(0);
    let long = u16_at(head, 2).is_some_and(|info| info & FLAG_LONG != 0);
    let page = u32_at(head, 36).map_or(0, index);
    if is_known(magic) && long && page.is_power_of_two() && (1024..=65536).contains(&page) {
        return Head::Wal { page };
    }
    if !is_segment_name(name) {
        return Head::Other;
    }
    // A segment made in advance is zeros; one cut out of the middle has no long header.
    if magic == 0 || is_known(magic) { Head::Wal { page: USUAL_PAGE } } else { Head::Unknown { magic } }
}

fn is_known(magic: u16) -> bool {
    KNOWN.iter().any(|(known, _)| *known == magic)
}

/// 24 hexadecimal digits, and nothing but the suffixes that archives add.
pub(crate) fn is_segment_name(name: &str) -> bool {
    let (digits, rest) = name.split_at_checked(24).unwrap_or((name, "x"));
    let suffixed = rest.is_empty() || rest.starts_with('.') && !rest.ends_with(".backup");
    digits.len() == 24 && suffixed && digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'A'..=b'F'))
}

/// The record in the making. It outlives files: the next one may go on with it.
#[derive(Default)]
pub(crate) struct Wal {
    joined: Vec<u8>,
    /// Pages that `joined` comes from.
    pages: usize,
    /// Where the first of them lies in its file.
    at: u64,
    /// Timeline and WAL address of the page that goes on.
    due: Option<(u32, u64)>,
}

struct Page<'p> {
    timeline: u32,
    address: u64,
    /// Bytes at the beginning of `payload` that belong to a record begun earlier.
    left: usize,
    payload: &'p [u8],
}

impl<'p> Page<'p> {
    fn parse(bytes: &'p [u8]) -> Option<Self> {
        let info = u16_at(bytes, 2)?;
        let header = if info & FLAG_LONG == 0 { SHORT_HEADER } else { LONG_HEADER };
        let left = if info & FLAG_CONTINUES == 0 { 0 } else { index(u32_at(bytes, 16)?) };
        is_known(u16_at(bytes, 0)?).then_some(())?;
        let (timeline, address) = (u32_at(bytes, 4)?, u64_at(bytes, 8)?);
        Some(Self { timeline, address, left, payload: bytes.get(header..)? })
    }
}

impl Wal {
    /// Takes the page that lies at `at` in its file.
    pub(crate) fn page(&mut self, sight: &Sight<'_>, toast: &mut Toast, bytes: &[u8], at: u64) {
        let Some(page) = Page::parse(bytes) else {
            self.flush(sight, toast);
            if bytes.iter().any(|&byte| byte != 0) {
                fragment(sight, toast, bytes, at);
            }
            return;
        };
        if self.goes_on_with(&page) {
            self.append(page.payload, at);
        } else {
            self.flush(sight, toast);
            let lead = page.payload.len().min(page.left.next_multiple_of(8));
            let (lead, own) = page.payload.split_at(lead);
            fragment(sight, toast, lead, at);
            self.append(own, at);
        }
        self.due = page.address.checked_add(offset(bytes.len())).map(|next| (page.timeline, next));
        self.records(sight, toast, at);
    }

    /// No more pages will come for the record in the making.
    pub(crate) fn flush(&mut self, sight: &Sight<'_>, toast: &mut Toast) {
        let rest = std::mem::take(self);
        if rest.pages > 1 {
            sight.search(Reader::WalRecord, At::Unpacked(rest.at), &rest.joined, 0);
        }
        fragment(sight, toast, &rest.joined, rest.at);
    }

    fn goes_on_with(&self, page: &Page<'_>) -> bool {
        if self.due != Some((page.timeline, page.address)) {
            return false;
        }
        match u32_at(&self.joined, 0) {
            None => page.left == 0,
            Some(total) => page.left == index(total).saturating_sub(self.joined.len()),
        }
    }

    fn append(&mut self, payload: &[u8], at: u64) {
        if self.joined.is_empty() {
            (self.pages, self.at) = (0, at);
        }
        self.joined.extend_from_slice(payload);
        self.pages += 1;
    }

    /// Reads every record that is whole by now; `at` is where the last page lies.
    fn records(&mut self, sight: &Sight<'_>, toast: &mut Toast, at: u64) {
        let total = u32_at(&self.joined, 0).map_or(0, index);
        if (wal_record::HEADER..=LONGEST_RECORD).contains(&total) && total > self.joined.len() {
            return;
        }
        let joined = std::mem::take(&mut self.joined);
        let mut rest = &joined[..];
        while let Some(total) = u32_at(rest, 0).map(index) {
            if !(wal_record::HEADER..=LONGEST_RECORD).contains(&total) {
                if total > LONGEST_RECORD && wal_record::is_plausible(rest) {
                    sight.unreadable("a WAL record of more than 64 MB was not put together");
                }
                // The written part ends here, or an overwritten one: the next page begins anew.
                fragment(sight, toast, rest, self.at);
                rest = &[];
                self.due = None;
                break;
            }
            let Some(record) = rest.get(..total) else { break };
            if self.pages > 1 {
                sight.search(Reader::WalRecord, At::Unpacked(self.at), record, 0);
            }
            wal_record::read(sight, toast, record, self.at);
            rest = rest.get(total.next_multiple_of(8)..).unwrap_or_default();
            (self.pages, self.at) = (1, at);
        }
        self.joined = rest.to_vec();
    }
}

/// Bytes that are no whole record: recycled, overwritten or cut off.
fn fragment(sight: &Sight<'_>, toast: &mut Toast, bytes: &[u8], at: u64) {
    sweep(bytes, bytes.len(), |found| candidate(sight, toast, found, 0, at));
}
