//! Texts that are known to be stored: a run that misses one of them proves nothing.

use crate::markers::{ProveError, check_control};
use crate::report::{Container, Reader};
use crate::walk::PlaceKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where and in which state a control is known to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// Uncompressed in the data directory.
    PlainInHeap,
    /// Compressed in the data directory, in the row or in TOAST; finding it uncompressed does not count.
    CompressedInHeap,
    /// Anywhere in the WAL or its archive.
    InWal,
    /// In a compressed page image of the WAL or its archive.
    InWalImage,
    /// Anywhere in a base backup.
    InBaseBackup,
    /// Anywhere in a log.
    InLog,
    /// Anywhere in a place of kind [`PlaceKind::Export`].
    InExport,
}

impl Expected {
    fn met_by(self, sighting: &Sighting) -> bool {
        let reader = sighting.reader;
        let wal = matches!(sighting.place, PlaceKind::Wal | PlaceKind::Archive);
        match self {
            Self::PlainInHeap => {
                sighting.place == PlaceKind::DataDirectory
                    && matches!(reader, Reader::Raw | Reader::ToastPlain)
            }
            Self::CompressedInHeap => sighting.place == PlaceKind::DataDirectory && reader.unpacks_values(),
            Self::InWal => wal,
            Self::InWalImage => wal && reader.unpacks_images(),
            Self::InBaseBackup => sighting.place == PlaceKind::BaseBackup,
            Self::InLog => sighting.place == PlaceKind::Log,
            Self::InExport => sighting.place == PlaceKind::Export,
        }
    }
}

/// A text known to be stored by the installation that is examined, and where.
pub struct Control {
    label: String,
    text: String,
    expected: Expected,
}

impl Control {
    /// A control with a name for the report; the text itself is never shown.
    ///
    /// # Errors
    /// Refuses texts of fewer than 6 bytes.
    pub fn new(label: &str, text: &str, expected: Expected) -> Result<Self, ProveError> {
        check_control(label, text)?;
        Ok(Self { label: label.to_owned(), text: text.to_owned(), expected })
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    pub(crate) fn report(&self, sightings: BTreeSet<Sighting>) -> ControlReport {
        let found = sightings.iter().any(|sighting| self.expected.met_by(sighting));
        ControlReport { label: self.label.clone(), expected: self.expected, found, sightings }
    }
}

impl std::fmt::Debug for Control {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Control({}, {:?})", self.label, self.expected)
    }
}

/// In what kind of place and by which reader a control was seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sighting {
    /// Kind of the place; `pg_wal` and the log directory inside a data directory count as WAL and log.
    pub place: PlaceKind,
    /// What made it readable.
    pub reader: Reader,
    /// Archives it lay in, outermost first.
    pub inside: Vec<Container>,
}

/// What became of one control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlReport {
    /// Name given by the caller.
    pub label: String,
    /// Where it was known to lie.
    pub expected: Expected,
    /// Whether one of the sightings is what was expected.
    pub found: bool,
    /// Every distinct way it was seen.
    pub sightings: BTreeSet<Sighting>,
}
