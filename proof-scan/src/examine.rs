//! The run: every place, every mapped file, then the verdict.

use crate::control::Control;
use crate::findings::{At, Findings, Sight, Spot};
use crate::maps;
use crate::markers::{Markers, ProveError};
use crate::needles::Needles;
use crate::report::{PlaceReport, Reader, Report, Unreadable, Verdict};
use crate::stream::Streams;
use crate::walk::{Entry, Place, PlaceKind, kind_of, walk};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Looks for all markers and controls in all places and in the files that the given processes have mapped.
///
/// Blocks until everything is read. Memory stays bounded (some hundred MB at worst) whatever the sizes of files.
/// What cannot be read does not end the run: it is listed, and the verdict is then no proof.
///
/// # Errors
/// Only when the markers cannot be made into a search.
pub fn prove(
    markers: &Markers,
    controls: &[Control],
    places: &[Place],
    pids: &[u32],
) -> Result<Report, ProveError> {
    let findings = RefCell::new(Findings::new(Needles::new(markers, controls)?));
    let roots = places.iter().filter_map(|place| place.path.canonicalize().ok()).collect();
    let mut run = Run { findings: &findings, streams: Streams::default(), roots };
    let mut reports: Vec<PlaceReport> = places.iter().map(|place| run.place(place)).collect();
    reports.extend(pids.iter().map(|&pid| run.process(pid)));
    drop(run);
    Ok(report(markers, controls, reports, findings.into_inner()))
}

fn report(markers: &Markers, controls: &[Control], places: Vec<PlaceReport>, found: Findings) -> Report {
    let mut sightings = found.sightings;
    let controls = controls.iter().enumerate();
    let controls = controls.map(|(n, control)| control.report(sightings.remove(&n).unwrap_or_default()));
    let mut report = Report {
        verdict: Verdict::Void { missing: Vec::new() },
        markers: markers.len(),
        places,
        counts: found.counts,
        hits: found.hits,
        hits_by_marker: found.by_marker,
        controls: controls.collect(),
        unreadable: found.unreadable,
        notes: found.notes.into_iter().collect(),
    };
    report.judge();
    report
}

struct Run<'a> {
    findings: &'a RefCell<Findings>,
    streams: Streams<'a>,
    /// Every place, with links resolved: a link into one of them leads nowhere new.
    roots: Vec<PathBuf>,
}

/// What adds up while a place is read.
struct Tally {
    report: PlaceReport,
    inventory: Sha256,
}

impl Tally {
    fn new(kind: PlaceKind, path: String) -> Self {
        let inventory_sha256 = String::new();
        let report = PlaceReport {
            kind,
            path,
            files: 0,
            bytes: 0,
            vanished: 0,
            special: 0,
            links: 0,
            inventory_sha256,
        };
        Self { report, inventory: Sha256::new() }
    }

    fn file(&mut self, name: &[u8], bytes: u64) {
        self.report.files += 1;
        self.report.bytes = self.report.bytes.saturating_add(bytes);
        self.inventory.update(name);
        self.inventory.update([0]);
        self.inventory.update(bytes.to_le_bytes());
    }

    fn finish(mut self) -> PlaceReport {
        self.report.inventory_sha256 = hex::encode(self.inventory.finalize());
        self.report
    }
}

impl<'a> Run<'a> {
    fn place(&mut self, place: &Place) -> PlaceReport {
        let shown = self.findings.borrow().presentable(&place.path.to_string_lossy());
        let mut tally = Tally::new(place.kind, shown);
        // The place itself may be a link, as pg_wal and tablespaces often are.
        let root = place.path.canonicalize().unwrap_or_else(|_| place.path.clone());
        walk(&root, |path, entry| {
            let relative = path.strip_prefix(&root).unwrap_or(path);
            let kind = kind_of(place.kind, relative);
            let sight = self.sight(kind, &place.path.join(relative));
            if let Some(name) = relative.file_name() {
                sight.search(Reader::FileName, At::Start(0), name.as_encoded_bytes(), 0);
            }
            self.entry(&mut tally, &sight, path, relative, entry);
        });
        self.streams.finish();
        tally.finish()
    }

    fn sight(&self, kind: PlaceKind, path: &Path) -> Sight<'a> {
        let mut findings = self.findings.borrow_mut();
        findings.next_file();
        let file = findings.presentable(&path.to_string_lossy());
        let spot = Spot { kind, file, inside: Vec::new(), member: None };
        Sight { findings: self.findings, spot: Rc::new(spot) }
    }

    fn entry(&mut self, tally: &mut Tally, sight: &Sight<'a>, path: &Path, relative: &Path, entry: Entry) {
        match entry {
            Entry::File => self.file(tally, sight, path, relative),
            Entry::Directory => {}
            Entry::Vanished => tally.report.vanished += 1,
            Entry::Special => tally.report.special += 1,
            Entry::Unreadable(error) => sight.unreadable(error.to_string()),
            Entry::Link => {
                tally.report.links += 1;
                if let Ok(target) = path.canonicalize()
                    && !self.roots.iter().any(|root| target.starts_with(root))
                {
                    sight.unreadable("is a link to something that is not among the places");
                }
            }
        }
    }

    fn file(&mut self, tally: &mut Tally, sight: &Sight<'a>, path: &Path, relative: &Path) {
        let file = match open(path) {
            Ok(Some(file)) => file,
            Ok(None) => {
                tally.report.special += 1;
                return;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                tally.report.vanished += 1;
                return;
            }
            Err(error) => return sight.unreadable(error.to_string()),
        };
        let mut counted = Counted { file, bytes: 0 };
        if let Err(error) = self.streams.read(&mut counted, sight, &path.to_string_lossy(), 0) {
            sight.unreadable(error.to_string());
        }
        tally.file(relative.as_os_str().as_encoded_bytes(), counted.bytes);
    }

    fn process(&mut self, pid: u32) -> PlaceReport {
        let mut tally = Tally::new(PlaceKind::Mapped, format!("files mapped by process {pid}"));
        match maps::of(pid) {
            Ok(mapped) => {
                for (name, path) in &mapped.files {
                    let sight = self.sight(PlaceKind::Mapped, Path::new(name));
                    sight.search(Reader::FileName, At::Start(0), name.as_bytes(), 0);
                    self.file(&mut tally, &sight, path, Path::new(name));
                }
                let mut findings = self.findings.borrow_mut();
                for memory in mapped.memory {
                    let memory = findings.presentable(&memory);
                    findings
                        .notes
                        .insert(format!("process {pid}: shared memory {memory} was not looked into"));
                }
            }
            Err(error) => {
                let what = format!("process {pid}");
                self.findings.borrow_mut().unreadable.push(Unreadable { what, why: error.to_string() });
            }
        }
        self.streams.finish();
        tally.finish()
    }
}

/// Opens a regular file; nothing for all else. Neither waits for a pipe nor follows a link put there meanwhile.
fn open(path: &Path) -> io::Result<Option<File>> {
    let kept_by_kernel = path.starts_with("/proc");
    let flags = if kept_by_kernel { libc::O_NONBLOCK } else { libc::O_NONBLOCK | libc::O_NOFOLLOW };
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    Ok(file.metadata()?.is_file().then_some(file))
}

/// Counts what is read.
struct Counted {
    file: File,
    bytes: u64,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(out)?;
        self.bytes = self.bytes.saturating_add(crate::le::offset(count));
        Ok(count)
    }
}
