//! Runs PostgreSQL's own programs: start, stop, ask.

use crate::{Error, USER, account::Account, postmaster::Postmaster, programs::Programs};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// The server's log, inside the data directory.
pub(crate) const LOG: &str = "server.log";
/// After a crash the children of the dead server may hold its memory for a moment.
const ATTEMPTS: usize = 5;
/// A log longer than this is begun anew; it holds nothing that anybody needs for long.
const LONGEST_LOG: u64 = 16 * 1024 * 1024;

/// Starts the server and waits until it takes connections.
pub(crate) fn start(dir: &Path, programs: &Programs, account: &Account) -> Result<(), Error> {
    begin_log(dir, account)?;
    for attempt in 1.. {
        let mut command = pg_ctl(dir, programs, account);
        command.args(["start", "--wait", "--timeout=120", "--silent", "--log", LOG]);
        // Not a pipe: the server would hold it open, and we would wait for ever.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let status = command.status().map_err(Error::system("running pg_ctl"))?;
        if status.success() {
            return Ok(());
        }
        if attempt == ATTEMPTS || !last_lines(dir).contains("still in use") {
            break;
        }
        thread::sleep(Duration::from_millis(300));
    }
    Err(Error::NotStarted { dir: dir.to_owned(), log: last_lines(dir) })
}

/// Stops the server: open transactions are rolled back, everything committed is on disk.
pub(crate) fn stop(dir: &Path, programs: &Programs, account: &Account) -> Result<(), Error> {
    let mut command = pg_ctl(dir, programs, account);
    command.args(["stop", "--mode=fast", "--wait", "--timeout=60", "--silent"]);
    finish(command, "pg_ctl stop")
}

/// Asks one SQL statement of a running server; the answer is its first value.
pub(crate) fn ask(programs: &Programs, at: &Postmaster, database: &str, sql: &str) -> Result<String, Error> {
    let mut psql = Command::new(programs.path("psql"));
    psql.args([
        "--no-psqlrc",
        "--no-password",
        "--tuples-only",
        "--no-align",
        "--quiet",
        "-v",
        "ON_ERROR_STOP=1",
    ]);
    psql.arg("--host").arg(&at.socket_dir).args(["--port", &at.port.to_string()]);
    psql.args(["--username", USER, "--dbname", database, "--command", sql]);
    psql.stdin(Stdio::null()).env("PGCONNECT_TIMEOUT", "5");
    for inherited in ["PGOPTIONS", "PGSERVICE", "PGSSLMODE"] {
        psql.env_remove(inherited);
    }
    let output = psql.output().map_err(Error::system("running psql"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Error::Program { program: "psql".into(), said })
}

/// Runs a program that ends by itself; its words become the error.
pub(crate) fn finish(mut command: Command, program: &str) -> Result<(), Error> {
    let output = command.output().map_err(Error::system(format!("running {program}")))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    Err(Error::Program { program: program.to_owned(), said: said.join("\n").trim().to_owned() })
}

/// The folder goes by the environment: on the command line pg_ctl would hand it to a shell, quotes and all.
fn pg_ctl(dir: &Path, programs: &Programs, account: &Account) -> Command {
    let mut command = account.command(&programs.path("pg_ctl"), dir);
    command.env("PGDATA", dir);
    command
}

fn begin_log(dir: &Path, account: &Account) -> Result<(), Error> {
    let file = dir.join(LOG);
    let long = fs::metadata(&file).is_ok_and(|about| about.len() > LONGEST_LOG);
    if long || !file.exists() {
        fs::write(&file, "").map_err(Error::system(format!("writing {}", file.display())))?;
        account.give(&file)?;
    }
    Ok(())
}

fn last_lines(dir: &Path) -> String {
    let log = fs::read_to_string(dir.join(LOG)).unwrap_or_default();
    let lines: Vec<_> = log.lines().rev().take(12).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
