//! `postmaster.pid`: which process holds a data directory, and whether that is still so.

use crate::Error;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The server that says it holds a data directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Postmaster {
    /// Its process.
    pub(crate) pid: u32,
    /// The number in its socket's name.
    pub(crate) port: u16,
    /// The folder of its socket; empty while it is starting.
    pub(crate) socket_dir: PathBuf,
}

impl Postmaster {
    /// What the lock file in `dir` says, whether true or left over.
    pub(crate) fn read(dir: &Path) -> Option<Self> {
        parse(&fs::read_to_string(dir.join("postmaster.pid")).ok()?)
    }

    /// The live server on `dir`. A lock file left by one that was killed is cleared away.
    pub(crate) fn living(dir: &Path) -> Result<Option<Self>, Error> {
        let Some(found) = Self::read(dir) else { return Ok(None) };
        if alive(found.pid) && works_in(found.pid, dir) {
            return Ok(Some(found));
        }
        // PostgreSQL itself clears the file only when the number is free. It is not when another process
        // has it by now, or when nobody collects the dead one. Its last children must be gone first.
        wait_for_children(dir);
        remove_stale(&dir.join("postmaster.pid"), dir)?;
        let socket = format!(".s.PGSQL.{}", found.port);
        remove_stale(&found.socket_dir.join(format!("{socket}.lock")), dir)?;
        Ok(None)
    }
}

/// Removes a lock file that names no living server of `dir`.
fn remove_stale(lock: &Path, dir: &Path) -> Result<(), Error> {
    let held = fs::read_to_string(lock).ok().and_then(|text| parse(&text));
    if held.is_some_and(|by| alive(by.pid) && works_in(by.pid, dir)) {
        return Ok(());
    }
    match fs::remove_file(lock) {
        Err(error) if lock.exists() => {
            Err(Error::system(format!("removing the stale {}", lock.display()))(error))
        }
        _ => Ok(()),
    }
}

fn parse(text: &str) -> Option<Postmaster> {
    let mut lines = text.lines();
    let pid = lines.next()?.trim().parse().ok()?;
    let mut rest = lines.skip(2);
    let port = rest.next().and_then(|line| line.trim().parse().ok()).unwrap_or(crate::PORT);
    let socket_dir = PathBuf::from(rest.next().unwrap_or_default());
    Some(Postmaster { pid, port, socket_dir })
}

/// Waits until the process is gone; false when it is still there after `patience`.
pub(crate) fn wait_until_gone(pid: u32, patience: Duration) -> bool {
    let start = Instant::now();
    while alive(pid) {
        if start.elapsed() > patience {
            return false;
        }
        thread::sleep(Duration::from_millis(5));
    }
    true
}

/// Waits for the children of a killed server, which notice its death by themselves.
pub(crate) fn wait_for_children(dir: &Path) {
    let start = Instant::now();
    while anybody_in(dir) && start.elapsed() < Duration::from_secs(10) {
        thread::sleep(Duration::from_millis(10));
    }
}

/// Whether the process runs. A dead one that its parent has not collected does not.
pub(crate) fn alive(pid: u32) -> bool {
    if Path::new("/proc/self/stat").exists() {
        // The name in brackets may itself hold brackets and blanks: the state follows the last one.
        return fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| {
            let state = stat.rsplit(')').next().and_then(|rest| rest.trim_start().chars().next());
            !matches!(state, Some('Z' | 'X') | None)
        });
    }
    let mut kill = Command::new("kill");
    kill.args(["-0", &pid.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
    kill.status().is_ok_and(|status| status.success())
}

/// Every process of a server works in its data directory. Where the system does not tell, the lock file is believed.
fn works_in(pid: u32, dir: &Path) -> bool {
    fs::read_link(format!("/proc/{pid}/cwd")).map_or(true, |cwd| cwd == dir)
}

fn anybody_in(dir: &Path) -> bool {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter(|entry| entry.file_name().to_string_lossy().bytes().all(|byte| byte.is_ascii_digit()))
        .any(|entry| fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_is_read() {
        let text = "4242\n/d/postgres\n1700000000\n5433\n/tmp/s\n\n 123 456\nready\n";
        let expected = Postmaster { pid: 4242, port: 5433, socket_dir: "/tmp/s".into() };
        assert_eq!(parse(text), Some(expected));
        assert_eq!(parse("rubbish"), None);
    }

    #[test]
    fn this_process_is_alive_and_an_impossible_one_is_not() {
        assert!(alive(std::process::id()));
        assert!(!alive(u32::MAX / 2));
    }
}
