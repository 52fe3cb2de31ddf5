//! `register retention prove`: searches everything that a PostgreSQL and the register leave behind for markers.
//!
//! It plants nothing. What shows that it can see are texts that every register stores in the clear anyway: names of
//! its permanent events, a sentence of its schemas (compressed), a line of its log.

use super::Failure;
use clap::Args;
use proof_scan::{Control, Expected, Markers, Place, PlaceKind, Report, Verdict};
use std::path::PathBuf;
use std::process::ExitCode;

/// Sightings that are printed one by one.
const HITS_SHOWN: usize = 20;

/// Where to search, and for what.
#[derive(Args)]
pub struct Prove {
    /// A file with a marker a line: a name, a number, a phone that must be nowhere. It is not printed.
    #[arg(long)]
    markers: PathBuf,
    /// PostgreSQL's data directory; of several servers, each.
    #[arg(long, required = true)]
    data_directory: Vec<PathBuf>,
    /// Its write-ahead log, when it lies elsewhere.
    #[arg(long)]
    wal: Vec<PathBuf>,
    /// The archive of its write-ahead log.
    #[arg(long)]
    archive: Vec<PathBuf>,
    /// A base backup: a directory, or tar files.
    #[arg(long)]
    backup: Vec<PathBuf>,
    /// A log file, or a directory of them.
    #[arg(long)]
    log: Vec<PathBuf>,
    /// Where exports and rejected records lie.
    #[arg(long)]
    export: Vec<PathBuf>,
    /// Any other place.
    #[arg(long)]
    place: Vec<PathBuf>,
    /// A process whose mapped files are searched.
    #[arg(long)]
    process: Vec<u32>,
    /// Prints the whole report as JSON.
    #[arg(long)]
    json: bool,
}

impl Prove {
    fn places(&self) -> Vec<Place> {
        let kinds = [
            (PlaceKind::DataDirectory, &self.data_directory),
            (PlaceKind::Wal, &self.wal),
            (PlaceKind::Archive, &self.archive),
            (PlaceKind::BaseBackup, &self.backup),
            (PlaceKind::Log, &self.log),
            (PlaceKind::Export, &self.export),
            (PlaceKind::Other, &self.place),
        ];
        kinds
            .into_iter()
            .flat_map(|(kind, paths)| paths.iter().map(move |path| Place::new(kind, path)))
            .collect()
    }

    /// What must be found, or the search was blind.
    fn controls(&self) -> Result<Vec<Control>, Failure> {
        let mut controls = vec![
            Control::new("name of a permanent event", "postcode-table-adopted", Expected::PlainInHeap)?,
            Control::new(
                "sentence of a schema",
                "How the responsible municipality was found",
                Expected::CompressedInHeap,
            )?,
            Control::new("name of an event in the write-ahead log", "epoch-frozen", Expected::InWal)?,
        ];
        if !self.backup.is_empty() {
            controls.push(Control::new(
                "name of an event in a backup",
                "postcode-table-adopted",
                Expected::InBaseBackup,
            )?);
        }
        if !self.log.is_empty() {
            controls.push(Control::new("first line of a log", "listening", Expected::InLog)?);
        }
        Ok(controls)
    }
}

/// Searches; exit code 0 only when it is proven.
pub fn run(prove: &Prove) -> Result<ExitCode, Failure> {
    let text = std::fs::read_to_string(&prove.markers)
        .map_err(|error| format!("{}: {error}", prove.markers.display()))?;
    let markers = Markers::parse(&text)?;
    let report = proof_scan::prove(&markers, &prove.controls()?, &prove.places(), &prove.process)?;
    match prove.json {
        true => println!("{}", serde_json::to_string_pretty(&report)?),
        false => tell(&report),
    }
    Ok(if report.is_proven() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(report: &Report) {
    for place in &report.places {
        println!("{:?} {}: {} files, {} bytes", place.kind, place.path, place.files, place.bytes);
    }
    for control in &report.controls {
        println!("control {:?}: {}", control.label, if control.found { "found" } else { "NOT FOUND" });
    }
    for hit in report.hits.iter().take(HITS_SHOWN) {
        println!("FOUND marker of line {} in {} at {} ({:?})", hit.marker, hit.file, hit.offset, hit.reader);
    }
    for unreadable in &report.unreadable {
        println!("cannot read {}: {}", unreadable.what, unreadable.why);
    }
    for note in &report.notes {
        println!("note: {note}");
    }
    match &report.verdict {
        Verdict::Proven => {
            println!("proven: {} markers are nowhere, and every control was found", report.markers)
        }
        Verdict::Found { hits } => println!("NOT PROVEN: markers were found {hits} times"),
        Verdict::Void { missing } => println!("NOT PROVEN: the search is blind to {}", missing.join(", ")),
        Verdict::Incomplete { unreadable } => println!("NOT PROVEN: {unreadable} things could not be read"),
    }
}
