//! `import`: entries a second from NDJSON, end to end, by the program's own command; then the same file again.

use super::report::Report;
use super::workshop::{Workshop, register, write_records};
use backend::log::Options;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Records of the file.
const RECORDS: usize = 100_000;

/// Runs it.
pub async fn run() -> Report {
    let mut report = super::new_report("import");
    let bench = Workshop::new("bench_import_append", Options::default()).await;
    let append = super::append::batched(&bench).await;
    report.value("append in the same run", append, "events/s");
    let workshop = Workshop::new("bench_import", Options::default()).await;
    let file = workshop.folder.path().join("entries.ndjson");
    write_records(&file, RECORDS);
    let first = import(&workshop, &file);
    let head = workshop.log.head().await.unwrap();
    let again = import(&workshop, &file);
    let appended_again = workshop.log.head().await.unwrap() - head;
    report.value("first time", first, "entries/s");
    report.value("events of the first time", head as f64, "events");
    report.value("again", again, "entries/s");
    report.at_least("import / append", first / append, "x", 0.4);
    report.at_least("again / first time", again / first, "x", 5.0);
    report.at_most("events appended by the second time", appended_again as f64, "events", 0.0);
    report
}

fn import(workshop: &Workshop, file: &Path) -> f64 {
    let started = Instant::now();
    let done = Command::new(register())
        .args(["import", "entries"])
        .arg(file)
        .env("DATABASE_URL", &workshop.url)
        .env_remove("READ_DATABASE_URL")
        .env("REGISTER_KEYRING", workshop.folder.path().join("keyring"))
        .current_dir(workshop.folder.path())
        .output()
        .expect("run the register");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    eprintln!("{}", String::from_utf8_lossy(&done.stderr).lines().last().unwrap_or_default());
    RECORDS as f64 / started.elapsed().as_secs_f64()
}
