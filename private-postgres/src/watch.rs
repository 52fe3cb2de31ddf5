//! Stops the server when this program is gone, however it went.
//!
//! A shell waits on a pipe whose other end only this program holds. The system closes that end when the program
//! ends, be it by Ctrl-C or `kill -9`; the shell then stops the server.

use crate::{Error, account::Account, programs::Programs};
use std::{
    path::Path,
    process::{Child, Stdio},
};

/// `read` fails when the pipe is closed; that is the sign.
const SCRIPT: &str = r#"read -r _; exec "$0" stop --mode=fast --silent"#;

/// The waiting shell. Dropping it sends it away without stopping anything.
#[derive(Debug)]
pub(crate) struct Watch(Child);

impl Watch {
    /// Begins to watch over the server on `dir`.
    pub(crate) fn begin(dir: &Path, programs: &Programs, account: &Account) -> Result<Self, Error> {
        let mut shell = account.command(Path::new("sh"), dir);
        // Whoever works in the data directory is taken for a process of the server.
        shell.current_dir("/");
        shell.arg("-c").arg(SCRIPT).arg(programs.path("pg_ctl")).env("PGDATA", dir);
        // With pipes of ours it would hold them open for whoever reads our output.
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        shell
            .spawn()
            .map(Self)
            .map_err(Error::system("starting the shell that stops PostgreSQL with this program"))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It may have ended by itself, when somebody else stopped the server; then there is nothing to do.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
