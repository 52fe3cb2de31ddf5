//! Files of a municipality's lists: what is filtered is what comes.
//!
//! Rows go page by page from the lists into the file; each page stands in the log of disclosures before it is written.
//! A workbook's parts lie in memory until it is sent, on a file system that is memory ([`MemoryFolder`]): nothing about
//! a person is ever written to a disk.

mod book;
mod cells;
pub mod comma;
mod made;
mod memory;
mod walk;

pub use book::{Book, cover};
pub use cells::{Cell, Exported, Words};
pub use made::made;
pub use memory::{MemoryFolder, NotMemory};
pub use walk::{Line, Listed, Walk, WalkError, Wanted};

/// The kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A workbook: cover, rows, differences.
    Xlsx,
    /// Lines of values, for programs.
    Csv,
}

impl Format {
    /// The one of a name in an address.
    pub fn parse(name: &str) -> Option<Format> {
        match name {
            "xlsx" => Some(Format::Xlsx),
            "csv" => Some(Format::Csv),
            _ => None,
        }
    }

    /// How it stands in the log of disclosures.
    pub fn ground(self) -> &'static str {
        match self {
            Format::Xlsx => "export-xlsx",
            Format::Csv => "export-csv",
        }
    }
}

/// What a file holds, for its cover and for the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows of the list.
    pub rows: u32,
    /// Rows that are new, changed or gone since the reader last looked.
    pub differences: u32,
    /// SHA-256 of the rows as [`comma`] writes them, in hex.
    pub sha256: String,
    /// When the first of those it is about must be gone; absent when it is about nobody.
    pub gone_by: Option<jiff::Timestamp>,
}
