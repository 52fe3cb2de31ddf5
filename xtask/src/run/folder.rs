//! The data folder: database, keys, token and logs, held by one run at a time.

use super::children::Children;
use crate::{error::Error, program};
use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

/// The folder, locked while this lives. The system frees the lock even when this program is killed.
pub(crate) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder where it is missing, and takes it for this run.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let refused = |error: &io::Error| {
            let shown = path.display();
            Error::said(format!(
                "{shown} cannot be written ({error}). Choose another folder with: cargo xtask run --data DIR"
            ))
        };
        make_private(path).map_err(|error| refused(&error))?;
        let path = path.canonicalize().map_err(|error| refused(&error))?;
        let lock = File::create(path.join("run.lock")).map_err(|error| refused(&error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Error::said(format!(
                "{} is in use by another `cargo xtask run`. Stop that one with Ctrl-C, \
                 or choose another folder with: cargo xtask run --data DIR --port PORT",
                path.display()
            ))),
            Err(TryLockError::Error(error)) => Err(refused(&error)),
        }
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the private PostgreSQL keeps its data.
    pub(crate) fn postgres(&self) -> PathBuf {
        self.path.join("postgres")
    }

    /// Where the keys are: outside the database, for its owner only.
    pub(crate) fn keyring(&self) -> Result<PathBuf, Error> {
        let keyring = self.path.join("keyring");
        make_private(&keyring).map_err(Error::system(format!("making {}", keyring.display())))?;
        Ok(keyring)
    }

    /// A log of one of the programs.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The token of the demo feed, made at the first run.
    pub(crate) fn token(&self) -> Result<String, Error> {
        let file = self.path.join("intake-token");
        let doing = || format!("keeping the token of the demo feed in {}", file.display());
        if let Ok(token) = fs::read_to_string(&file)
            && token.len() == 64
        {
            return Ok(token);
        }
        let mut bytes = [0; 32];
        let mut chance = File::open("/dev/urandom").map_err(Error::system("opening /dev/urandom"))?;
        chance.read_exact(&mut bytes).map_err(Error::system("reading /dev/urandom"))?;
        let token = hex::encode(bytes);
        let mut options = OpenOptions::new();
        let mut out = options
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&file)
            .map_err(Error::system(doing()))?;
        out.write_all(token.as_bytes()).map_err(Error::system(doing()))?;
        Ok(token)
    }

    /// Notes who runs, for a next run that finds them left behind.
    pub(crate) fn remember_children(&self, children: &Children) -> Result<(), Error> {
        let file = self.path.join("run.pids");
        let pids: Vec<_> = children.pids().map(|pid| pid.to_string()).collect();
        fs::write(&file, pids.join("\n")).map_err(Error::system(format!("writing {}", file.display())))
    }

    /// Nobody runs any more.
    pub(crate) fn forget_children(&self) {
        // A note that stays behind names processes that are gone, and such are passed over.
        let _ = fs::remove_file(self.path.join("run.pids"));
    }

    /// Stops our programs that still run though the run that started them was killed.
    pub(crate) fn stop_left_children(&self) -> Result<(), Error> {
        let noted = fs::read_to_string(self.path.join("run.pids")).unwrap_or_default();
        for pid in noted.lines().filter(|pid| is_ours(pid)) {
            eprintln!("stopping process {pid}, which an earlier run left behind");
            let mut kill = Command::new("kill");
            kill.args(["-TERM", pid]);
            program::output(kill)?;
            let start = Instant::now();
            while is_ours(pid) {
                if start.elapsed() > Duration::from_secs(20) {
                    return Err(Error::said(format!(
                        "process {pid} does not stop. Stop it with: kill -9 {pid}"
                    )));
                }
                thread::sleep(Duration::from_millis(50));
            }
        }
        Ok(())
    }
}

/// The number may have gone to another program since.
fn is_ours(pid: &str) -> bool {
    let mut ps = Command::new("ps");
    // A dead one that nobody has collected has no arguments left.
    ps.args(["-o", "args=", "-p", pid]);
    program::output(ps).is_ok_and(|words| {
        let mut words = words.split_whitespace();
        words.any(|word| word.ends_with("/register")) && words.any(|word| word == "serve" || word == "demo")
    })
}

fn make_private(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// The end of a log, for a message.
pub(crate) fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().rev().take(20).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    #[test]
    fn one_run_at_a_time_holds_the_folder() {
        let scratch = tempfile::tempdir().expect("a folder");
        let path = scratch.path().join("data");
        let first = Folder::open(&path).expect("free");
        let refused = Folder::open(&path).err().expect("in use").to_string();
        assert!(refused.contains("in use"), "{refused}");
        drop(first);
        assert!(Folder::open(&path).is_ok());
    }

    #[test]
    fn token_and_keys_are_for_their_owner_only_and_stay() {
        let scratch = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(&scratch.path().join("data")).expect("free");
        let token = folder.token().expect("a token");
        assert_eq!(folder.token().expect("the same"), token);
        let mode = |path: PathBuf| fs::metadata(path).expect("there").mode() & 0o777;
        assert_eq!(mode(folder.path().join("intake-token")), 0o600);
        assert_eq!(mode(folder.keyring().expect("a folder")), 0o700);
    }

    #[test]
    fn only_a_process_of_ours_is_stopped() {
        let scratch = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(&scratch.path().join("data")).expect("free");
        let mut other = Command::new("sleep").arg("60").spawn().expect("a program");
        let program = scratch.path().join("register");
        fs::write(&program, "#!/bin/sh\nexec sh -c 'while :; do sleep 0.05; done' \"$0\" \"$@\"\n")
            .expect("a script");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("may run");
        let mut ours = Command::new(&program).arg("serve").spawn().expect("a program");
        fs::write(folder.path().join("run.pids"), format!("{}\n{}", other.id(), ours.id())).expect("a note");
        let collected = thread::spawn(move || ours.wait().expect("it ends").code());
        folder.stop_left_children().expect("stopped");
        assert_eq!(collected.join().expect("joined"), None);
        assert!(other.try_wait().expect("asked").is_none());
        other.kill().expect("killed");
        other.wait().expect("gone");
    }
}
