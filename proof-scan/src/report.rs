//! What a run has to show: serialisable, and without any marker in it.

use crate::control::ControlReport;
use crate::forms::Form;
use crate::walk::PlaceKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What made the bytes readable in which a marker was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// The bytes as they lie in the file, or in the archive's member.
    Raw,
    /// The name of the file or of the archive's member.
    FileName,
    /// A value in a row, compressed by pglz.
    InlinePglz,
    /// A value in a row, compressed by lz4.
    InlineLz4,
    /// An uncompressed value put together from its TOAST chunks.
    ToastPlain,
    /// A value put together from its TOAST chunks and unpacked by pglz.
    ToastPglz,
    /// A value put together from its TOAST chunks and unpacked by lz4.
    ToastLz4,
    /// Later chunks of a pglz value whose first chunk is gone, unpacked as far as that goes.
    ToastHeadless,
    /// A WAL record put together over page borders.
    WalRecord,
    /// A page image in the WAL, compressed by pglz.
    WalImagePglz,
    /// A page image in the WAL, compressed by lz4.
    WalImageLz4,
    /// A page image in the WAL, compressed by zstd.
    WalImageZstd,
}

impl Reader {
    pub(crate) fn unpacks_values(self) -> bool {
        matches!(
            self,
            Self::InlinePglz | Self::InlineLz4 | Self::ToastPglz | Self::ToastLz4 | Self::ToastHeadless
        )
    }

    pub(crate) fn unpacks_images(self) -> bool {
        matches!(self, Self::WalImagePglz | Self::WalImageLz4 | Self::WalImageZstd)
    }
}

/// A kind of archive that is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Container {
    /// gzip.
    Gzip,
    /// Zstandard frames.
    Zstd,
    /// lz4 frames.
    Lz4,
    /// tar.
    Tar,
}

/// One sighting of one marker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Line of the marker in the given text, from 1.
    pub marker: u32,
    /// Spelling in which it was found.
    pub form: Form,
    /// What made it readable.
    pub reader: Reader,
    /// Kind of the place.
    pub place: PlaceKind,
    /// File. A name that itself holds a marker is replaced by a digest.
    pub file: String,
    /// Archives it lay in, outermost first.
    pub inside: Vec<Container>,
    /// Member of the innermost tar.
    pub member: Option<String>,
    /// Byte offset in the file, or in the member or unpacked stream; for values and records, where these begin.
    pub offset: u64,
}

/// Something that could not be looked into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// File, directory or process; with ` > member` for what lies in an archive.
    pub what: String,
    /// The reason, in plain English.
    pub why: String,
}

/// How much was unpacked: shows that the readers were at work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Archives opened.
    pub containers: u64,
    /// Compressed values in rows, unpacked wholly.
    pub inline_values: u64,
    /// Compressed values unpacked wholly from TOAST chunks.
    pub toast_values: u64,
    /// TOAST values of which later chunks were missing or broken: unpacked as far as they went.
    pub toast_cut: u64,
    /// Runs of TOAST chunks whose beginning was missing.
    pub toast_headless: u64,
    /// WAL records put together.
    pub wal_records: u64,
    /// Compressed page images unpacked.
    pub wal_images: u64,
}

/// What was looked at in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceReport {
    /// Kind given by the caller.
    pub kind: PlaceKind,
    /// Path given by the caller, or the process.
    pub path: String,
    /// Regular files read.
    pub files: u64,
    /// Bytes read from them, before unpacking.
    pub bytes: u64,
    /// Files and directories that were listed and gone when opened.
    pub vanished: u64,
    /// Sockets, pipes and devices: never opened.
    pub special: u64,
    /// Symbolic links: not followed.
    pub links: u64,
    /// SHA-256, in hex, over every file in order: path in the place, a zero byte, bytes read as 64-bit little endian.
    pub inventory_sha256: String,
}

/// What the run amounts to. A hit outweighs a missed control, that outweighs something unreadable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Every control found, no marker found, everything readable.
    Proven,
    /// Markers were seen.
    Found {
        /// How often, all markers together.
        hits: u64,
    },
    /// Controls were missed, or none were given: the scanner cannot be trusted here.
    Void {
        /// Names of the missed controls.
        missing: Vec<String>,
    },
    /// Not everything could be looked into.
    Incomplete {
        /// How many things.
        unreadable: u64,
    },
}

/// All that a run has to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What the run amounts to.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// How many markers were looked for.
    pub markers: usize,
    /// What was looked at.
    pub places: Vec<PlaceReport>,
    /// How much was unpacked.
    pub counts: Counts,
    /// Sightings of markers: at most 100 of one marker by one reader in one kind of place, 10 000 in all.
    pub hits: Vec<Hit>,
    /// Sightings by marker, all of them.
    pub hits_by_marker: BTreeMap<u32, u64>,
    /// What became of the controls.
    pub controls: Vec<ControlReport>,
    /// What could not be looked into.
    pub unreadable: Vec<Unreadable>,
    /// What is left out on purpose.
    pub notes: Vec<String>,
}

impl Report {
    /// Whether every control was found, no marker was, and everything was readable.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.verdict == Verdict::Proven
    }

    pub(crate) fn judge(&mut self) {
        let hits = self.hits_by_marker.values().sum();
        let missing = self.controls.iter().filter(|control| !control.found);
        let missing: Vec<String> = missing.map(|control| control.label.clone()).collect();
        self.verdict = if hits > 0 {
            Verdict::Found { hits }
        } else if !missing.is_empty() || self.controls.is_empty() {
            Verdict::Void { missing }
        } else if !self.unreadable.is_empty() {
            Verdict::Incomplete { unreadable: crate::le::offset(self.unreadable.len()) }
        } else {
            Verdict::Proven
        };
    }
}
