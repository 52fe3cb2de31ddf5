//! A private PostgreSQL as its users know it: started, stopped, killed, refused.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use private_postgres::{Error, Options, Server};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A folder that goes with the test, with a blank and a letter beyond ASCII in its name.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let scratch = tempfile::Builder::new().prefix("pg ø ").tempdir().expect("a scratch folder");
    // Started by root without user namespaces, PostgreSQL runs as another user, who must get in.
    fs::set_permissions(scratch.path(), fs::Permissions::from_mode(0o755)).expect("its mode");
    let data = scratch.path().join("postgres");
    (scratch, data)
}

fn start(data: &Path) -> Server {
    Server::start(Options::new(data).set("shared_buffers", "16MB")).expect("a server")
}

fn psql(server: &Server, database: &str, sql: &str) -> String {
    let mut command = Command::new(server.bin("psql"));
    command.arg("-XAtqc").arg(sql).arg(server.url(database));
    let output = command.output().expect("psql");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn data_outlives_a_stop_and_a_kill() {
    let (_scratch, data) = folder();
    let mut server = start(&data);
    server.create_database("kept").expect("a database");
    server.create_database("kept").expect("the same again");
    psql(&server, "kept", "create table note (text text); insert into note values ('first')");
    assert_eq!(psql(&server, "kept", "show fsync"), "on");
    assert_eq!(psql(&server, "kept", "show data_checksums"), "on");

    server.crash().expect("a crash");
    assert_eq!(server.pid(), None);
    server.restart().expect("a start after the crash");
    psql(&server, "kept", "insert into note values ('second')");
    let pid = server.pid().expect("a process");
    drop(server);
    assert!(fs::read_link(format!("/proc/{pid}/cwd")).is_err(), "it stops with its owner");

    let again = start(&data);
    assert_eq!(psql(&again, "kept", "select string_agg(text, ' ') from note"), "first second");
    assert!(matches!(again.create_database("no; drop"), Err(Error::Name(_))));
}

#[test]
fn a_second_program_joins_and_leaves_it_running() {
    let (_scratch, data) = folder();
    let first = start(&data);
    let second = start(&data);
    assert!(second.joined() && !first.joined());
    assert_eq!(second.pid(), first.pid());
    drop(second);
    assert_eq!(psql(&first, "postgres", "select 1"), "1");
}

#[test]
fn a_killed_server_starts_though_its_number_was_given_away() {
    let (_scratch, data) = folder();
    let server = start(&data);
    server.crash().expect("a crash");
    // As after a restart of the machine: the lock file names a process that is now another program.
    let lock = data.join("postmaster.pid");
    let text = fs::read_to_string(&lock).expect("a lock file left behind");
    let rest = text.split_once('\n').map(|(_, rest)| rest.to_owned()).expect("lines");
    fs::write(&lock, format!("{}\n{rest}", std::process::id())).expect("writing it");
    drop(server);
    let again = start(&data);
    assert!(!again.joined());
    assert_eq!(psql(&again, "postgres", "select 1"), "1");
}

/// Run by the test below as a program of its own, which is then killed.
#[test]
fn a_program_to_be_killed() {
    let Some(data) = std::env::var_os("PRIVATE_POSTGRES_TO_KILL") else { return };
    let server = start(Path::new(&data));
    fs::write(Path::new(&data).with_extension("url"), server.url("postgres")).expect("a file");
    thread::sleep(Duration::from_secs(60));
}

#[test]
fn the_server_stops_when_its_program_is_killed() {
    let (_scratch, data) = folder();
    let mut program = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "a_program_to_be_killed"])
        .env("PRIVATE_POSTGRES_TO_KILL", &data)
        .stdout(Stdio::null())
        .spawn()
        .expect("a program");
    let eventually = |what: &str, done: &dyn Fn() -> bool| {
        let start = Instant::now();
        while !done() {
            assert!(start.elapsed() < Duration::from_secs(50), "{what}");
            thread::sleep(Duration::from_millis(20));
        }
    };
    eventually("it starts", &|| data.with_extension("url").exists());
    let pid = fs::read_to_string(data.join("postmaster.pid")).expect("it runs");
    program.kill().expect("killed");
    program.wait().expect("gone");
    eventually("it stops", &|| {
        let gone = |pid: &str| fs::read_link(format!("/proc/{pid}/cwd")).is_err();
        !data.join("postmaster.pid").exists() && pid.lines().next().is_some_and(gone)
    });
}

#[test]
fn no_value_reaches_the_log() {
    let (_scratch, data) = folder();
    let server = start(&data);
    for sql in [
        "select 'kari-nordmann'::int",
        "select * from kari_nordmann",
        "do $$begin raise warning 'kari'; end$$",
    ] {
        let _ = Command::new(server.bin("psql")).arg("-XAtqc").arg(sql).arg(server.url("postgres")).output();
    }
    let log = fs::read_to_string(server.log_file()).expect("a log");
    assert!(log.contains("ready to accept connections"), "{log}");
    assert!(!log.contains("kari"), "{log}");
}

#[test]
fn a_path_too_long_for_a_socket_works() {
    let (_scratch, data) = folder();
    let server = start(&data.join("deep".repeat(20)).join("postgres"));
    assert!(!server.socket_dir().starts_with(&data));
    let socket_dir = server.socket_dir().to_owned();
    assert_eq!(psql(&server, "postgres", "select 1"), "1");
    drop(server);
    assert!(!socket_dir.exists());
}

#[test]
fn folders_that_are_not_ours_are_left_alone() {
    let (_scratch, data) = folder();
    fs::create_dir_all(&data).expect("a folder");
    fs::write(data.join("letter.txt"), "dear diary").expect("a file");
    assert!(matches!(Server::start(Options::new(&data)), Err(Error::NotPostgres { .. })));

    fs::write(data.join("PG_VERSION"), "15\n").expect("a file");
    assert!(matches!(Server::start(Options::new(&data)), Err(Error::NotOurs { .. })));

    fs::write(data.join("register.conf"), "").expect("a file");
    fs::write(data.join("PG_VERSION"), "9.6\n").expect("a file");
    let refused = Server::start(Options::new(&data)).expect_err("too old");
    assert!(matches!(refused, Error::OtherVersion { .. }), "{refused}");
    assert!(refused.to_string().contains("rm -r"), "names what mends it: {refused}");

    let file = data.join("letter.txt");
    assert!(matches!(Server::start(Options::new(&file)), Err(Error::NotPostgres { .. })));
    let below = Server::start(Options::new(file.join("postgres")));
    assert!(below.is_err());
}

#[test]
fn a_folder_that_another_server_holds_is_refused() {
    let (_scratch, data) = folder();
    let server = start(&data);
    // As a server that does not know our user: it lives, and does not let us in.
    psql(&server, "postgres", "create role stranger superuser login");
    let mut rename = Command::new(server.bin("psql"));
    rename.args(["-XAtqc", "alter role register rename to somebody", "-U", "stranger", "postgres", "-h"]);
    assert!(rename.arg(server.socket_dir()).status().expect("psql").success());
    let refused = Server::start(Options::new(&data)).expect_err("in use");
    assert!(matches!(refused, Error::InUse { .. }), "{refused}");
}
