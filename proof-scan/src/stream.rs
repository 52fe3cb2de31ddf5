//! Leads the bytes of one file through every reader that may make sense of them.

use crate::containers::{self, HEAD, Kind};
use crate::findings::{At, Sight};
use crate::le::offset;
use crate::pages::{LOOKAHEAD, sweep};
use crate::report::{Container, Reader};
use crate::tap::Tap;
use crate::tar::{self, BLOCK, fill};
use crate::toast::Toast;
use crate::wal::{self, Head, Wal};
use crate::wal_record::candidate;
use std::io::{self, Read};

/// Bytes looked at together.
const WINDOW: usize = 1 << 20;
/// A compressed tar of compressed files, and one level to spare.
const DEEPEST: u8 = 4;

/// What goes on from one file to the next: values and records that lie in several.
#[derive(Default)]
pub(crate) struct Streams<'a> {
    toast: Toast,
    wal: Wal,
    /// Files that belong together, and the view of the last of them.
    family: Option<(String, Sight<'a>)>,
}

impl<'a> Streams<'a> {
    /// Looks into everything that `source` yields. `name` is the full name, through all archives.
    ///
    /// # Errors
    /// When the source, or an archive in it, cannot be read to its end. What came before it was looked into.
    pub(crate) fn read(
        &mut self,
        source: &mut dyn Read,
        sight: &Sight<'a>,
        name: &str,
        depth: u8,
    ) -> io::Result<()> {
        let mut head = vec![0; HEAD];
        let (count, outcome) = fill(source, &mut head);
        head.truncate(count);
        let kind = containers::recognise(&head);
        let mut nothing = io::empty();
        let rest: &mut dyn Read = if outcome.is_ok() { source } else { &mut nothing };
        let mut all = head.chain(rest);
        let result = match kind {
            Kind::Opens(_) if depth >= DEEPEST => {
                sight.unreadable("lies too deep in archives inside archives");
                self.leaf(&mut all, sight, name, &head)
            }
            Kind::Opens(Container::Tar) => self.tar(&mut all, sight, name, depth),
            Kind::Opens(container) => self.unpack(&mut all, sight, name, depth, container),
            Kind::Opaque(format) => {
                sight.unreadable(format!("its format ({format}) cannot be opened here"));
                self.leaf(&mut all, sight, name, &head)
            }
            Kind::Plain => self.leaf(&mut all, sight, name, &head),
        };
        result.and(outcome)
    }

    /// No more files will come: what is still open is read as far as it goes.
    pub(crate) fn finish(&mut self) {
        if let Some((_, sight)) = self.family.take() {
            self.wal.flush(&sight, &mut self.toast);
            self.toast.flush(&sight);
        }
    }

    fn unpack(
        &mut self,
        packed: &mut dyn Read,
        sight: &Sight<'a>,
        name: &str,
        depth: u8,
        container: Container,
    ) -> io::Result<()> {
        sight.count(|counts| counts.containers += 1);
        let mut tap = Tap::new(packed, sight.clone());
        let inner = sight.within(container, None);
        let result = self.read(&mut *containers::open(container, &mut tap), &inner, bare(name), depth + 1);
        // What follows the archive, or the place where it broke, is still searched as it lies.
        let drained = io::copy(&mut tap, &mut io::sink());
        result.map_err(|error| io::Error::other(format!("cannot be unpacked to its end: {error}")))?;
        drained.map(|_| ())
    }

    fn tar(&mut self, source: &mut dyn Read, sight: &Sight<'a>, name: &str, depth: u8) -> io::Result<()> {
        sight.count(|counts| counts.containers += 1);
        let mut at = 0_u64;
        let mut header = [0; BLOCK];
        loop {
            let (count, outcome) = fill(source, &mut header);
            let header = header.get(..count).unwrap_or_default();
            sight.search(Reader::Raw, At::Start(at), header, 0);
            at = at.saturating_add(offset(count));
            outcome?;
            let Some(member) = tar::member(header) else {
                if header.iter().all(|&byte| byte == 0) && count > 0 {
                    continue;
                }
                let rest = self.leaf(source, sight, name, &[]);
                return if count == 0 { rest } else { rest.and(Err(io::Error::other("the tar is broken"))) };
            };
            let inner = sight.within(Container::Tar, Some(&member.name));
            inner.search(Reader::FileName, At::Start(at), member.name.as_bytes(), 0);
            let path = format!("{name}/{}", member.name);
            let mut content = source.take(member.length);
            let result = self.read(&mut content, &inner, &path, depth + 1);
            let short = content.limit() > 0;
            if let Err(error) = result {
                inner.unreadable(error.to_string());
                io::copy(&mut content, &mut io::sink())?;
            } else if short {
                return Err(io::Error::other("the tar ends inside a member"));
            }
            let padding = member.length.next_multiple_of(offset(BLOCK)) - member.length;
            let mut padding = Tap::new(source.take(padding), inner);
            io::copy(&mut padding, &mut io::sink())?;
            at = at.saturating_add(member.length.next_multiple_of(offset(BLOCK)));
        }
    }

    fn leaf(&mut self, source: &mut dyn Read, sight: &Sight<'a>, name: &str, head: &[u8]) -> io::Result<()> {
        self.turn_to(name, sight);
        let mut tap = Tap::new(source, sight.clone());
        match wal::recognise(base(name), head) {
            Head::Wal { page } => self.wal(&mut tap, sight, page),
            Head::Other => self.sweep(&mut tap, sight),
            Head::Unknown { magic } => {
                sight.unreadable(format!(
                    "WAL of an unknown version (0x{magic:04X}): page images were not read"
                ));
                self.sweep(&mut tap, sight)
            }
        }
    }

    fn wal(&mut self, source: &mut dyn Read, sight: &Sight<'a>, page: usize) -> io::Result<()> {
        let mut at = 0;
        let mut bytes = vec![0; WINDOW];
        loop {
            let (count, outcome) = fill(source, &mut bytes);
            for page in bytes.get(..count).unwrap_or_default().chunks(page) {
                self.wal.page(sight, &mut self.toast, page, at);
                at = at.saturating_add(offset(page.len()));
            }
            outcome?;
            if count < bytes.len() {
                return Ok(());
            }
        }
    }

    fn sweep(&mut self, source: &mut dyn Read, sight: &Sight<'a>) -> io::Result<()> {
        let mut bytes = vec![0; WINDOW + LOOKAHEAD];
        let (mut held, mut base) = (0, 0);
        loop {
            let Some(room) = bytes.get_mut(held..) else { return Ok(()) };
            let wanted = room.len();
            let (count, outcome) = fill(source, room);
            let length = held + count;
            let more = count == wanted && outcome.is_ok();
            let end = if more { length - LOOKAHEAD } else { length };
            sweep(bytes.get(..length).unwrap_or_default(), end, |found| {
                let at = offset(found.at()).saturating_add(base);
                candidate(sight, &mut self.toast, found, 0, at);
            });
            if !more {
                return outcome;
            }
            bytes.copy_within(end..length, 0);
            held = length - end;
            base = base.saturating_add(offset(end));
        }
    }

    /// Values and records go on within a family of files; with the next family the last one's are finished.
    fn turn_to(&mut self, name: &str, sight: &Sight<'a>) {
        let family = family(name);
        if self.family.as_ref().is_some_and(|(last, _)| *last != family) {
            self.finish();
        }
        self.family = Some((family, sight.clone()));
    }
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The name without the suffix that compressing adds.
fn bare(name: &str) -> &str {
    [".gz", ".tgz", ".zst", ".lz4", ".zstd"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .unwrap_or(name)
}

/// All WAL of one directory; or all segments (`16384`, `16384.1`, …) of one relation.
fn family(name: &str) -> String {
    let base = base(name);
    let folder = name.strip_suffix(base).unwrap_or_default();
    if wal::is_segment_name(base) {
        return format!("{folder}/wal");
    }
    match base.split_once('.') {
        Some((relation, segment)) if segment.bytes().all(|digit| digit.is_ascii_digit()) => {
            format!("{folder}{relation}")
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_go_on_in_each_other_are_a_family() {
        assert_eq!(family("/d/16384.12"), family("/d/16384"));
        assert_ne!(family("/d/16384_fsm"), family("/d/16384"));
        let (one, next) = ("/w/000000010000000000000001", "/w/0000000100000000000000FF.partial");
        assert_eq!(family(one), family(next));
        assert_ne!(family("/v/000000010000000000000001"), family(one));
    }
}
