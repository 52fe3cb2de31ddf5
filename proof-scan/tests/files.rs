//! Archives, borders, and what must never pass as a proof; without a database.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use flate2::Compression;
use flate2::write::GzEncoder;
use proof_scan::{
    Container, Control, Expected, Form, Markers, Place, PlaceKind, Reader, Report, Verdict, prove,
};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

const MARKER: &str = "Åse Marker/7 \"x\"";
const CONTROL: &str = "a control that is stored";

/// Looks into `folder` as exports, with one control that is there.
fn look(folder: &Path) -> Report {
    fs::write(folder.join("zz-control.txt"), CONTROL).unwrap();
    let controls = [Control::new("control", CONTROL, Expected::InExport).unwrap()];
    let markers = Markers::parse(MARKER).unwrap();
    prove(&markers, &controls, &[Place::new(PlaceKind::Export, folder)], &[]).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn incomplete(report: &Report, why: &str) {
    assert_eq!(report.verdict, Verdict::Incomplete { unreadable: 1 });
    assert!(report.unreadable[0].why.contains(why), "{:?}", report.unreadable);
}

#[test]
fn markers_are_found_across_every_border() {
    let folder = tempfile::tempdir().unwrap();
    // The window, its look-ahead and the blocks tested together end in this range.
    for before in (1 << 20) - 40..(1 << 20) + 40 {
        if before % 3 == 0 {
            let bytes = [vec![b'.'; before], MARKER.as_bytes().to_vec(), vec![b'.'; 40_000]].concat();
            fs::write(folder.path().join(format!("{before}")), bytes).unwrap();
            let bytes = [vec![b'.'; before + 32_768], MARKER.as_bytes().to_vec()].concat();
            fs::write(folder.path().join(format!("{before}-end")), bytes).unwrap();
        }
    }
    let report = look(folder.path());
    assert_eq!(report.hits_by_marker[&1] + 1, report.places[0].files);
    for hit in &report.hits {
        let name = hit.file.rsplit('/').next().unwrap();
        let more = if name.ends_with("-end") { 32_768 } else { 0 };
        assert_eq!(hit.offset, name.trim_end_matches("-end").parse::<u64>().unwrap() + more);
    }
}

#[test]
fn archives_in_archives_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let inner = tempfile::tempdir().unwrap();
    fs::write(inner.path().join("inner.json.gz"), gzip(br#"{"n":"\u00c5se Marker\/7 \"x\""}"#)).unwrap();
    let tar = Command::new("tar").args(["-cf", "-", "-C"]).arg(inner.path()).arg(".").output().unwrap();
    fs::write(folder.path().join("outer.tar.gz"), gzip(&tar.stdout)).unwrap();
    let report = look(folder.path());
    let [hit] = &report.hits[..] else { panic!("{report:?}") };
    assert_eq!((hit.form, hit.reader), (Form::Json, Reader::Raw));
    assert_eq!(hit.inside, [Container::Gzip, Container::Tar, Container::Gzip]);
    assert_eq!(hit.member.as_deref(), Some("./inner.json.gz"));
}

#[test]
fn names_are_searched_and_withheld() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(MARKER.replace('/', "%2F").replace(' ', "%20").replace(['Å', '"'], "")), "")
        .unwrap();
    fs::write(folder.path().join(hex::encode(MARKER)), "").unwrap();
    let report = look(folder.path());
    assert_eq!(report.hits.len(), 1);
    assert_eq!((report.hits[0].form, report.hits[0].reader), (Form::Hex, Reader::FileName));
    assert!(report.hits[0].file.starts_with("name withheld"));
}

#[test]
fn what_cannot_be_read_is_no_proof() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert_eq!(look(path).verdict, Verdict::Proven);

    let packed = gzip(&(0..100_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>());
    fs::write(path.join("cut.gz"), &packed[..packed.len() / 2]).unwrap();
    incomplete(&look(path), "cannot be unpacked to its end");
    fs::remove_file(path.join("cut.gz")).unwrap();

    fs::write(path.join("000000010000000000000007"), [0x99_u8, 0xd1, 2, 0].repeat(4096)).unwrap();
    incomplete(&look(path), "unknown version (0xD199)");
    fs::remove_file(path.join("000000010000000000000007")).unwrap();

    fs::write(path.join("dump"), b"PGDMP\x01\x0e").unwrap();
    incomplete(&look(path), "custom-format dump");
    fs::remove_file(path.join("dump")).unwrap();

    std::os::unix::fs::symlink("/usr", path.join("pg_wal")).unwrap();
    incomplete(&look(path), "a link to something");
    fs::remove_file(path.join("pg_wal")).unwrap();

    std::os::unix::fs::symlink(path.join("zz-control.txt"), path.join("known")).unwrap();
    assert_eq!(look(path).verdict, Verdict::Proven);
}

#[test]
fn without_controls_nothing_is_proven() {
    let markers = Markers::parse(MARKER).unwrap();
    let report = prove(&markers, &[], &[], &[]).unwrap();
    assert_eq!(report.verdict, Verdict::Void { missing: vec![] });
    let read: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    assert_eq!(read, report);
}
