//! All spellings of all markers and controls in one automaton.

use crate::control::Control;
use crate::forms::{Form, spellings};
use crate::markers::{Markers, ProveError};
use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Up to this many bytes of spellings, the fast automaton (about a kilobyte for each byte) is affordable.
const FAST_AUTOMATON_BYTES: usize = 100_000;

/// Whose spelling was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A marker, by its line.
    Marker(u32),
    /// A control, by its place in the list.
    Control(usize),
}

pub(crate) struct Needles {
    automaton: AhoCorasick,
    owners: Vec<(Owner, Form)>,
    longest: usize,
}

impl Needles {
    pub(crate) fn new(markers: &Markers, controls: &[Control]) -> Result<Self, ProveError> {
        let mut patterns = Vec::new();
        let mut owners = Vec::new();
        let of_markers = markers.iter().map(|marker| (Owner::Marker(marker.line), &marker.bytes[..]));
        let of_controls =
            controls.iter().enumerate().map(|(n, control)| (Owner::Control(n), control.bytes()));
        for (owner, bytes) in of_markers.chain(of_controls) {
            for (form, spelt) in spellings(bytes) {
                owners.push((owner, form));
                patterns.push(spelt);
            }
        }
        let total: usize = patterns.iter().map(Vec::len).sum();
        let kind =
            if total <= FAST_AUTOMATON_BYTES { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let automaton = AhoCorasick::builder()
            .kind(Some(kind))
            .build(&patterns)
            .map_err(|error| ProveError::TooMany(error.to_string()))?;
        Ok(Self { automaton, owners, longest: patterns.iter().map(Vec::len).max().unwrap_or(1) })
    }

    /// Bytes of an earlier piece that a match ending in the next piece can reach back into.
    pub(crate) fn reach(&self) -> usize {
        self.longest.saturating_sub(1)
    }

    /// Calls `found` with whose spelling begins where in `hay`, for all that end after the first `fresh` bytes.
    pub(crate) fn each(&self, hay: &[u8], fresh: usize, mut found: impl FnMut(Owner, Form, usize)) {
        let from = fresh.saturating_sub(self.reach());
        let Some(part) = hay.get(from..) else { return };
        for hit in self.automaton.find_overlapping_iter(part) {
            if from + hit.end() > fresh
                && let Some((owner, form)) = self.owners.get(hit.pattern().as_usize())
            {
                found(*owner, *form, from + hit.start());
            }
        }
    }
}
