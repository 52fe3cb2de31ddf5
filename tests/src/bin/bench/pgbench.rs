//! pgbench on the same server, for comparison.

use super::workshop::postgres_program;
use std::io::Write;
use std::process::Command;

/// Transactions a second of `pgbench -S` with as many clients as connections.
pub fn select_only(url: &str, clients: usize, seconds: u64) -> f64 {
    prepare(url);
    run(&["-S", "-M", "prepared"], url, clients, seconds)
}

/// Transactions a second of `pgbench -N`.
pub fn simple_update(url: &str, clients: usize, seconds: u64) -> f64 {
    prepare(url);
    run(&["-N", "-M", "prepared"], url, clients, seconds)
}

fn prepare(url: &str) {
    let made = Command::new(postgres_program("pgbench"))
        .args(["-i", "-q", "-s", "10", url])
        .output()
        .expect("pgbench -i");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// Transactions a second of a script.
pub fn script(url: &str, sql: &str, clients: usize, seconds: u64) -> f64 {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(sql.as_bytes()).unwrap();
    run(&["-n", "-M", "prepared", "-f", file.path().to_str().unwrap()], url, clients, seconds)
}

fn run(arguments: &[&str], url: &str, clients: usize, seconds: u64) -> f64 {
    let done = Command::new(postgres_program("pgbench"))
        .args(arguments)
        .args(["-c", &clients.to_string(), "-j", "2", "-T", &seconds.to_string(), url])
        .output()
        .expect("pgbench");
    let told = String::from_utf8_lossy(&done.stdout);
    let line = told.lines().find_map(|line| line.strip_prefix("tps = "));
    let line = line.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&done.stderr)));
    line.split(' ').next().unwrap().parse().unwrap()
}
