//! Proves that given texts are nowhere in what a PostgreSQL installation leaves on disk.
//!
//! A plain `grep` over a data directory gives false comfort: PostgreSQL compresses values (in the row, in TOAST
//! chunks, in page images of the WAL) and splits them (TOAST chunks, WAL pages), and archives and backups are
//! compressed again. [`prove`] reads all of these, looks for every marker in the spellings people store text in,
//! and must find the positive controls it is given: a run that cannot find what is known to be there proves
//! nothing.
//!
//! ```no_run
//! # fn main() -> Result<(), proof_scan::ProveError> {
//! use proof_scan::{Control, Expected, Markers, Place, PlaceKind, prove};
//! let markers = Markers::parse(&std::fs::read_to_string("markers.txt").unwrap_or_default())?;
//! let controls = [Control::new("first heading", "Border crossing register", Expected::PlainInHeap)?];
//! let places = [Place::new(PlaceKind::DataDirectory, "/var/lib/postgresql/15/main")];
//! let report = prove(&markers, &controls, &places, &[])?;
//! assert!(report.is_proven());
//! # Ok(()) }
//! ```

mod containers;
mod control;
mod examine;
mod findings;
mod forms;
mod le;
mod lz4;
mod maps;
mod markers;
mod needles;
mod pages;
mod pglz;
mod report;
mod stream;
mod tap;
mod tar;
mod toast;
mod unpacked;
mod wal;
mod wal_record;
mod walk;

pub use control::{Control, ControlReport, Expected, Sighting};
pub use examine::prove;
pub use forms::Form;
pub use markers::{Markers, ProveError};
pub use report::{Container, Counts, Hit, PlaceReport, Reader, Report, Unreadable, Verdict};
pub use walk::{Place, PlaceKind};
