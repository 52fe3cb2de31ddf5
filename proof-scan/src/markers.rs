//! The texts that must be nowhere.

use thiserror::Error;

/// Shorter markers would be found by chance in any large file.
const SHORTEST: usize = 6;

/// Why a proof cannot start. No message holds any part of a marker.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ProveError {
    /// Nothing to look for, so nothing could be proven.
    #[error("there are no markers: every line is empty")]
    NoMarkers,
    /// Too short to tell from chance; the line counts from 1.
    #[error("the marker on line {line} has {bytes} bytes; at least {SHORTEST} are needed")]
    TooShort {
        /// Line in the text, from 1.
        line: u32,
        /// Length of the marker.
        bytes: usize,
    },
    /// `hex:` is followed by something else than pairs of hexadecimal digits.
    #[error("line {line} begins with hex: but goes on with something else than pairs of hexadecimal digits")]
    NotHex {
        /// Line in the text, from 1.
        line: u32,
    },
    /// A control's text is too short to tell from chance.
    #[error("the control \"{label}\" has {bytes} bytes; at least {SHORTEST} are needed")]
    ControlTooShort {
        /// Name of the control.
        label: String,
        /// Length of its text.
        bytes: usize,
    },
    /// More than the search automaton can hold.
    #[error("the markers are too many to search for at once: {0}")]
    TooMany(String),
}

/// One text to look for.
pub(crate) struct Marker {
    pub(crate) line: u32,
    pub(crate) bytes: Vec<u8>,
}

/// The texts to look for. Neither shown nor logged: only their line numbers leave this type.
pub struct Markers(Vec<Marker>);

impl Markers {
    /// One marker a line. Space around a marker and empty lines do not count. A line `hex:00ff…` stands for bytes
    /// that are no text, such as a key.
    ///
    /// # Errors
    /// Refuses an empty list, markers of fewer than 6 bytes, and broken `hex:` lines.
    pub fn parse(text: &str) -> Result<Self, ProveError> {
        let mut markers = Vec::new();
        for (line, written) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let written = written.trim();
            if written.is_empty() {
                continue;
            }
            let bytes = match written.strip_prefix("hex:") {
                Some(digits) => hex::decode(digits.trim()).map_err(|_| ProveError::NotHex { line })?,
                None => written.as_bytes().to_vec(),
            };
            if bytes.len() < SHORTEST {
                return Err(ProveError::TooShort { line, bytes: bytes.len() });
            }
            markers.push(Marker { line, bytes });
        }
        if markers.is_empty() { Err(ProveError::NoMarkers) } else { Ok(Self(markers)) }
    }

    /// How many markers there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Marker> {
        self.0.iter()
    }
}

impl std::fmt::Debug for Markers {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Markers({})", self.0.len())
    }
}

/// Refuses a control that would be found by chance.
pub(crate) fn check_control(label: &str, text: &str) -> Result<(), ProveError> {
    if text.len() < SHORTEST {
        return Err(ProveError::ControlTooShort { label: label.to_owned(), bytes: text.len() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_proves_nothing() {
        assert_eq!(Markers::parse("\n \r\n").unwrap_err(), ProveError::NoMarkers);
        let short = Markers::parse("good marker\nshort\n").unwrap_err();
        assert_eq!(short, ProveError::TooShort { line: 2, bytes: 5 });
        assert!(!short.to_string().contains("short\n"));
        assert_eq!(Markers::parse("hex:0g").unwrap_err(), ProveError::NotHex { line: 1 });
    }

    #[test]
    fn counts_lines_and_reads_bytes() {
        let markers = Markers::parse("\u{feff}\n  first marker \r\nhex:00ff00ff00ff\n").unwrap();
        let read: Vec<_> = markers.iter().map(|marker| (marker.line, marker.bytes.clone())).collect();
        assert_eq!(read, [(2, b"first marker".to_vec()), (3, vec![0, 255, 0, 255, 0, 255])]);
        assert_eq!(format!("{markers:?}"), "Markers(2)");
    }
}
