//! Collects what the readers see, and keeps marker texts out of it.

use crate::control::Sighting;
use crate::forms::Form;
use crate::needles::{Needles, Owner};
use crate::report::{Container, Counts, Hit, Reader, Unreadable};
use crate::walk::PlaceKind;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// Hits listed one by one; more are only counted, so that memory stays bounded.
const MOST_HITS: usize = 10_000;
/// Hits listed of one marker by one reader in one kind of place: a frequent one must not crowd out the rest.
const MOST_ALIKE: u32 = 100;

/// Where a reader is looking.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) kind: PlaceKind,
    pub(crate) file: String,
    pub(crate) inside: Vec<Container>,
    pub(crate) member: Option<String>,
}

/// Where the searched bytes begin.
#[derive(Debug, Clone, Copy)]
pub(crate) enum At {
    /// The bytes lie in the stream as they are, from this offset on.
    Start(u64),
    /// The bytes were unpacked from something that begins at this offset.
    Unpacked(u64),
}

pub(crate) struct Findings {
    needles: Rc<Needles>,
    seen: HashSet<(u32, Form, Reader, u64)>,
    alike: HashMap<(u32, PlaceKind, Reader), u32>,
    pub(crate) hits: Vec<Hit>,
    pub(crate) by_marker: BTreeMap<u32, u64>,
    pub(crate) sightings: BTreeMap<usize, BTreeSet<Sighting>>,
    pub(crate) unreadable: Vec<Unreadable>,
    pub(crate) notes: BTreeSet<String>,
    pub(crate) counts: Counts,
}

impl Findings {
    pub(crate) fn new(needles: Needles) -> Self {
        Self {
            needles: Rc::new(needles),
            seen: HashSet::new(),
            alike: HashMap::new(),
            hits: Vec::new(),
            by_marker: BTreeMap::new(),
            sightings: BTreeMap::new(),
            unreadable: Vec::new(),
            notes: BTreeSet::new(),
            counts: Counts::default(),
        }
    }

    /// To be called at the start of each file: the same offset in another file is another hit.
    pub(crate) fn next_file(&mut self) {
        self.seen.clear();
    }

    fn search(&mut self, spot: &Spot, reader: Reader, at: At, hay: &[u8], fresh: usize) {
        let needles = Rc::clone(&self.needles);
        needles.each(hay, fresh, |owner, form, start| {
            let offset = match at {
                At::Start(base) => base.saturating_add(crate::le::offset(start)),
                At::Unpacked(base) => base,
            };
            match owner {
                Owner::Marker(line) => self.marker(spot, reader, line, form, offset),
                Owner::Control(index) => {
                    let sighting = Sighting { place: spot.kind, reader, inside: spot.inside.clone() };
                    self.sightings.entry(index).or_default().insert(sighting);
                }
            }
        });
    }

    fn marker(&mut self, spot: &Spot, reader: Reader, line: u32, form: Form, offset: u64) {
        // A value that holds a marker many times is one finding; a full memory of it is no reason to stop counting.
        if self.seen.len() < MOST_HITS && !self.seen.insert((line, form, reader, offset)) {
            return;
        }
        *self.by_marker.entry(line).or_default() += 1;
        let alike = self.alike.entry((line, spot.kind, reader)).or_default();
        *alike = alike.saturating_add(1);
        if self.hits.len() < MOST_HITS && *alike <= MOST_ALIKE {
            self.hits.push(Hit {
                marker: line,
                form,
                reader,
                place: spot.kind,
                file: spot.file.clone(),
                inside: spot.inside.clone(),
                member: spot.member.clone(),
                offset,
            });
        }
    }

    /// The name, or a digest in its place when a marker is part of it.
    pub(crate) fn presentable(&self, name: &str) -> String {
        let mut clean = true;
        self.needles.each(name.as_bytes(), 0, |_, _, _| clean = false);
        if clean { name.to_owned() } else { format!("name withheld, sha256 {}", digest(name)) }
    }
}

fn digest(name: &str) -> String {
    hex::encode(Sha256::digest(name.as_bytes()))
}

/// A reader's view: where it looks, and where it tells what it sees.
#[derive(Clone)]
pub(crate) struct Sight<'a> {
    pub(crate) findings: &'a RefCell<Findings>,
    pub(crate) spot: Rc<Spot>,
}

impl Sight<'_> {
    /// Looks for everything in `hay` that ends after its first `fresh` bytes.
    pub(crate) fn search(&self, reader: Reader, at: At, hay: &[u8], fresh: usize) {
        self.findings.borrow_mut().search(&self.spot, reader, at, hay, fresh);
    }

    /// How far a match may reach back before a border.
    pub(crate) fn reach(&self) -> usize {
        self.findings.borrow().needles.reach()
    }

    pub(crate) fn count(&self, add: impl FnOnce(&mut Counts)) {
        add(&mut self.findings.borrow_mut().counts);
    }

    /// Says that part of this spot could not be looked into.
    pub(crate) fn unreadable(&self, why: impl Into<String>) {
        let what = match &self.spot.member {
            Some(member) => format!("{} > {member}", self.spot.file),
            None => self.spot.file.clone(),
        };
        self.findings.borrow_mut().unreadable.push(Unreadable { what, why: why.into() });
    }

    /// The view of what an archive at this spot holds.
    pub(crate) fn within(&self, container: Container, member: Option<&str>) -> Self {
        let mut spot = Spot::clone(&self.spot);
        spot.inside.push(container);
        if let Some(name) = member {
            let shown = self.findings.borrow().presentable(name);
            let whole = match spot.member.take() {
                Some(outer) => format!("{outer} > {shown}"),
                None => shown,
            };
            spot.member = Some(whole);
        }
        Self { findings: self.findings, spot: Rc::new(spot) }
    }
}
