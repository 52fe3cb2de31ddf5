//! Plants markers in a real PostgreSQL in every state they can be in, and looks for them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cluster;

use cluster::{Cluster, grep};
use proof_scan::{Control, Expected, Form, Hit, Markers, Place, PlaceKind, Reader, Report, Verdict, prove};
use std::fs;

const PLAIN: &str = "plainrow-Qx7vJ2mWn4Tb9Ke";
const DELETED: &str = "deleted-Zr5yHq8LcV3sPdNf1";
const INLINE: &str = "inlinepg-Bw6tXk2Gm9JzRv4Q";
const INLINE_LZ4: &str = "inlinelz-Uf3nCy7Ds5HpEa8M";
const TOAST: &str = "toastpgl-Lk9bWq4ZxT6vGj2S";
const TOAST_LZ4: &str = "toastlz4-Vn8cRm3YfP5hDt7X";
const VACUUMED: &str = "vacuumed-Jd2gSx6QwK9zBn4L";
const ACROSS: &str = "acrossch-Ht4pMv8EcF7rYk3W";
const WIDE: &str = "utf16wid-Gs7xLz5NqC2bTj9R";
const LOGGED: &str = "loglined-Pv3kDf8WmH6yXq4Z";
const DROPPED: &str = "droppedt-Xc9tQb5JrS7nVg2K";
const IMAGE_PGLZ: &str = "imagepgl-Mz6wTk4LhD8fRp3Y";
const IMAGE_LZ4: &str = "imagelz4-Fy5jGn9CvQ2xBs7E";
const IMAGE_ZSTD: &str = "imagezst-Rb8hKw3PtZ6mJd5V";
const STRADDLING: &str = "straddle-Nq2dXf7VyL4kCz9G";
const RECORDED: &str = "walvalue-Cq8pLx3TnR6bYw5H";
const ALL: [&str; 16] = [
    PLAIN, DELETED, INLINE, INLINE_LZ4, TOAST, TOAST_LZ4, VACUUMED, ACROSS, WIDE, LOGGED, DROPPED,
    IMAGE_PGLZ, IMAGE_LZ4, IMAGE_ZSTD, STRADDLING, RECORDED,
];

/// 3 kB with the marker at the end. Its halves stand before it, so that lz4 does not keep it in one piece.
fn compressible(marker: &str) -> String {
    let (left, right) = marker.split_at(12);
    format!("repeat('nothing to declare. ', 140) || '{left} - {right} - {marker}'")
}

/// 200 kB that shrink, but not to nothing, with the marker near the end.
fn large(marker: &str) -> String {
    let (left, right) = marker.split_at(12);
    format!(
        "(SELECT string_agg(md5((n / 2)::text) || ' border post ', '') || '{left} - {right} - {marker} - end'
          FROM generate_series(1, 4400) n)"
    )
}

fn plant(cluster: &Cluster) {
    let wide: Vec<u8> = WIDE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // Vacuuming a page moves other rows over the value's last chunks, so the marker is not to lie in these.
    let vacuumed = format!("{} || {}", large(VACUUMED), large("what follows the marker-"));
    cluster.sql(&format!(
        "CREATE TABLE plain (t text); INSERT INTO plain VALUES ('{PLAIN}'), ('{DELETED}');
         DELETE FROM plain WHERE t = '{DELETED}';
         CREATE TABLE pg (t text COMPRESSION pglz); INSERT INTO pg VALUES ({}), ({vacuumed}), ({}), ({});
         DELETE FROM pg WHERE t LIKE '%{VACUUMED}%'; VACUUM (TRUNCATE false) pg;
         CREATE TABLE across (t text); ALTER TABLE across ALTER t SET STORAGE EXTERNAL;
         INSERT INTO across VALUES (repeat('x', 1985) || '{ACROSS}' || repeat('y', 3000));
         CREATE TABLE wide (b bytea); INSERT INTO wide VALUES ('\\x{}');
         CREATE TABLE gone AS SELECT '{DROPPED}' AS t; CHECKPOINT; DROP TABLE gone; CHECKPOINT;",
        compressible(INLINE),
        large(TOAST),
        large("an unsuspicious value---"),
        hex::encode(wide),
    ));
    if cluster.can("lz4") {
        let (inline, toast) = (compressible(INLINE_LZ4), large(TOAST_LZ4));
        cluster.sql(&format!(
            "CREATE TABLE lz (t text COMPRESSION lz4); INSERT INTO lz VALUES ({inline}), ({toast});"
        ));
    }
    cluster.sql(&format!(
        "CREATE TABLE walonly (t text COMPRESSION pglz);
         INSERT INTO walonly VALUES ('first'), ({}); DROP TABLE walonly;
         CREATE TABLE many AS SELECT '{STRADDLING}' || n AS t FROM generate_series(1, 5000) n;",
        compressible(RECORDED),
    ));
    cluster.sql(&format!("DO $$ BEGIN RAISE LOG '{LOGGED}'; END $$"));
}

/// Pages whose rows went to an earlier segment go, as compressed images, to segments of their own: names of these.
fn plant_images<'m>(cluster: &Cluster, images: &[(&str, &'m str, Reader)]) -> Vec<(String, &'m str, Reader)> {
    for (method, marker, _) in images {
        let (left, right) = marker.split_at(12);
        cluster.sql(&format!(
            "CREATE TABLE image_{method} AS SELECT t FROM (VALUES ('{marker}'), ('{left}'), ('{right}')) v (t);
             INSERT INTO image_{method} SELECT repeat('filler ', 5) || n FROM generate_series(1, 20) n;"
        ));
    }
    cluster.switch();
    cluster.sql("CHECKPOINT");
    let plant = |&(method, marker, reader): &(&str, &'m str, Reader)| {
        cluster.sql(&format!(
            "SET wal_compression = {method}; UPDATE image_{method} SET t = 'changed' WHERE t LIKE '% 7';"
        ));
        let segment = cluster.segment();
        cluster.switch();
        (segment, marker, reader)
    };
    images.iter().map(plant).collect()
}

/// Names, options of `pg_basebackup`, and the compression that PostgreSQL must be built with.
const BACKUPS: [(&str, &str, &str); 4] = [
    ("plain", "-X fetch", "pglz"),
    ("gz", "-Ft -z -X stream", "pglz"),
    ("lz4", "-Ft --compress=client-lz4 -X fetch", "lz4"),
    ("zstd", "-Ft --compress=server-zstd -X none", "zstd"),
];

/// The names of the backups that this PostgreSQL can make.
fn backups(cluster: &Cluster) -> impl Iterator<Item = &'static str> {
    let possible = BACKUPS.into_iter().filter(|(_, _, needed)| cluster.can(needed));
    possible.map(|(name, _, _)| name)
}

fn places(cluster: &Cluster) -> Vec<Place> {
    let mut places = vec![
        Place::new(PlaceKind::DataDirectory, cluster.data()),
        Place::new(PlaceKind::Log, cluster.log()),
        Place::new(PlaceKind::Archive, cluster.root().join("archive")),
    ];
    let folder = cluster.root().join("backup");
    places.extend(backups(cluster).map(|name| Place::new(PlaceKind::BaseBackup, folder.join(name))));
    places
}

fn controls() -> Vec<Control> {
    [
        ("plain row", PLAIN, Expected::PlainInHeap),
        ("deleted row", DELETED, Expected::PlainInHeap),
        ("compressed value", INLINE, Expected::CompressedInHeap),
        ("large value", TOAST, Expected::CompressedInHeap),
        ("dropped table", DROPPED, Expected::InWal),
        ("page image", IMAGE_PGLZ, Expected::InWalImage),
        ("backup", TOAST, Expected::InBaseBackup),
        ("log", LOGGED, Expected::InLog),
    ]
    .map(|(label, text, expected)| Control::new(label, text, expected).unwrap())
    .into()
}

fn hits<'r>(report: &'r Report, marker: &str, place: PlaceKind, reader: Reader) -> Vec<&'r Hit> {
    let line = u32::try_from(ALL.iter().position(|other| *other == marker).unwrap() + 1).unwrap();
    let all = report.hits.iter();
    all.filter(|hit| hit.marker == line && hit.place == place && hit.reader == reader).collect()
}

#[test]
fn finds_everything_that_was_planted_and_nothing_else() {
    let cluster = Cluster::start();
    assert!(cluster.can("pglz"));
    plant(&cluster);
    let mut images = vec![
        ("pglz", IMAGE_PGLZ, Reader::WalImagePglz),
        ("lz4", IMAGE_LZ4, Reader::WalImageLz4),
        ("zstd", IMAGE_ZSTD, Reader::WalImageZstd),
    ];
    images.retain(|(method, ..)| cluster.can(method));
    let images = plant_images(&cluster, &images);
    for (name, options, _) in BACKUPS.iter().filter(|(_, _, needed)| cluster.can(needed)) {
        cluster.backup(name, options);
    }
    cluster.sql("CHECKPOINT");
    cluster.switch();

    let markers = Markers::parse(&ALL.join("\n")).unwrap();
    let report = prove(&markers, &controls(), &places(&cluster), &[]).unwrap();
    let json = serde_json::to_string(&report).unwrap();
    assert!(ALL.iter().all(|marker| !json.contains(marker)));
    assert!(matches!(report.verdict, Verdict::Found { .. }));
    assert_eq!(report.unreadable, []);
    let missed: Vec<_> = report.controls.iter().filter(|control| !control.found).collect();
    assert!(missed.is_empty(), "{missed:#?}");

    rows_are_found(&report);
    compressed_values_are_found_where_grep_sees_nothing(&cluster, &report);
    wal_is_read(&cluster, &report, &images);
    nothing_is_found_that_was_never_planted(&cluster);
    first_chunks_may_be_gone(&cluster);
}

fn rows_are_found(report: &Report) {
    let data = PlaceKind::DataDirectory;
    for marker in [PLAIN, DELETED, WIDE] {
        assert!(!hits(report, marker, data, Reader::Raw).is_empty(), "{marker}");
        assert!(!hits(report, marker, PlaceKind::BaseBackup, Reader::Raw).is_empty(), "{marker}");
    }
    assert!(hits(report, WIDE, data, Reader::Raw).iter().all(|hit| hit.form == Form::Utf16));
    assert!(!hits(report, LOGGED, PlaceKind::Log, Reader::Raw).is_empty());
    assert!(hits(report, DROPPED, data, Reader::Raw).is_empty());
}

fn compressed_values_are_found_where_grep_sees_nothing(cluster: &Cluster, report: &Report) {
    let mut values = vec![
        (INLINE, Reader::InlinePglz),
        (TOAST, Reader::ToastPglz),
        (VACUUMED, Reader::ToastPglz),
        (ACROSS, Reader::ToastPlain),
    ];
    if cluster.can("lz4") {
        values.extend([(INLINE_LZ4, Reader::InlineLz4), (TOAST_LZ4, Reader::ToastLz4)]);
    }
    for (marker, reader) in values {
        assert!(!grep(marker, cluster.root()), "{marker}");
        for place in [PlaceKind::DataDirectory, PlaceKind::Wal, PlaceKind::Archive, PlaceKind::BaseBackup] {
            assert!(!hits(report, marker, place, reader).is_empty(), "{marker} {place:?} {reader:?}");
        }
        let found = hits(report, marker, PlaceKind::BaseBackup, reader);
        for name in backups(cluster) {
            let below = format!("/backup/{name}/");
            assert!(found.iter().any(|hit| hit.file.contains(&below)), "{marker} {name}");
        }
    }
}

fn wal_is_read(cluster: &Cluster, report: &Report, images: &[(String, &str, Reader)]) {
    for place in [PlaceKind::Wal, PlaceKind::Archive] {
        assert!(!hits(report, DROPPED, place, Reader::Raw).is_empty());
        assert!(!hits(report, RECORDED, place, Reader::InlinePglz).is_empty());
        assert!(!hits(report, STRADDLING, place, Reader::WalRecord).is_empty());
    }
    for (segment, marker, reader) in images {
        let found = hits(report, marker, PlaceKind::Archive, *reader);
        assert!(found.iter().any(|hit| hit.file.contains(segment)), "{marker} {reader:?}");
        assert!(!grep(marker, &cluster.data().join("pg_wal").join(segment)), "{marker}");
    }
}

fn nothing_is_found_that_was_never_planted(cluster: &Cluster) {
    let never = ALL.map(|marker| marker.chars().rev().collect::<String>()).join("\n");
    let markers = Markers::parse(&never).unwrap();
    let report = prove(&markers, &controls(), &places(cluster), &[cluster.pid()]).unwrap();
    assert_eq!((report.verdict, report.hits, report.unreadable), (Verdict::Proven, vec![], vec![]));
    let mapped = report.places.last().unwrap();
    assert!(mapped.kind == PlaceKind::Mapped && mapped.files > 10 && mapped.bytes > 1_000_000);
    assert!(report.notes.iter().any(|note| note.contains("/dev/zero")));

    let controls = [("log", LOGGED), ("not there", "never-stored-anywhere")];
    let controls = controls.map(|(label, text)| Control::new(label, text, Expected::InLog).unwrap());
    let log = Place::new(PlaceKind::Log, cluster.log());
    let report = prove(&markers, &controls, &[log], &[]).unwrap();
    assert_eq!(report.verdict, Verdict::Void { missing: vec!["not there".to_owned()] });
}

/// Overwrites the first chunk of the value in a copy of its table.
fn first_chunks_may_be_gone(cluster: &Cluster) {
    let path = "SELECT pg_relation_filepath(reltoastrelid) FROM pg_class WHERE relname = 'pg'";
    let mut table = fs::read(cluster.data().join(cluster.sql(path))).unwrap();
    let rows = "SELECT reltoastrelid::regclass FROM pg_class WHERE relname = 'pg'";
    let ids = cluster.sql(&format!("SELECT DISTINCT chunk_id FROM {}", cluster.sql(rows)));
    for id in ids.lines() {
        let id: u32 = id.parse().unwrap();
        let key: Vec<u8> = [id, 0].iter().flat_map(|number| number.to_le_bytes()).collect();
        let at = table.windows(8).position(|window| window == key).unwrap();
        table[at - 24..at + 1000].fill(0xee);
    }
    let copy = cluster.root().join("cut");
    fs::write(&copy, table).unwrap();
    let markers = Markers::parse(&ALL.join("\n")).unwrap();
    let report = prove(&markers, &[], &[Place::new(PlaceKind::Other, copy)], &[]).unwrap();
    assert!(!hits(&report, TOAST, PlaceKind::Other, Reader::ToastHeadless).is_empty());
}
