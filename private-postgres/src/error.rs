//! What can go wrong, each with the command or change that mends it.

use std::{io, path::PathBuf};

/// Why a private PostgreSQL could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No PostgreSQL here, and none could be installed.
    #[error("no PostgreSQL {oldest} or newer was found ({reason}). Install it with: {command}")]
    NotInstalled {
        /// The oldest version that would do.
        oldest: u32,
        /// Why it was not installed for you.
        reason: String,
        /// The command that mends it.
        command: String,
    },
    /// The folder holds the data of another major version.
    #[error(
        "{} holds data of PostgreSQL {wanted}, and only {} is installed. Install PostgreSQL {wanted}, \
         or choose another folder, or remove this one with: rm -r {}",
        dir.display(), installed, dir.display()
    )]
    OtherVersion {
        /// The data directory.
        dir: PathBuf,
        /// The version its files are of.
        wanted: String,
        /// The versions found.
        installed: String,
    },
    /// The folder has files in it that PostgreSQL did not make.
    #[error("{} is not empty and holds no PostgreSQL data. Choose another folder, or empty it", dir.display())]
    NotPostgres {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder is a PostgreSQL data directory that somebody else made.
    #[error(
        "{} is a PostgreSQL data directory of another program; it is left alone. Choose another folder, \
         or point DATABASE_URL at that server", dir.display()
    )]
    NotOurs {
        /// The folder.
        dir: PathBuf,
    },
    /// A server runs on the folder and does not let us in.
    #[error(
        "{} is in use by process {pid}, which does not answer on its socket. Stop it with: kill -INT {pid}",
        dir.display()
    )]
    InUse {
        /// The data directory.
        dir: PathBuf,
        /// The process that holds it.
        pid: u32,
    },
    /// The folder cannot be written.
    #[error("{} cannot be written ({reason}). {mend}", dir.display())]
    NotWritable {
        /// The folder.
        dir: PathBuf,
        /// What the system said.
        reason: String,
        /// The command or change that mends it.
        mend: String,
    },
    /// The server did not start.
    #[error("PostgreSQL did not start on {}; the last lines of its log:\n{log}", dir.display())]
    NotStarted {
        /// The data directory.
        dir: PathBuf,
        /// The end of the server log.
        log: String,
    },
    /// One of PostgreSQL's programs failed.
    #[error("`{program}` failed: {said}")]
    Program {
        /// The program.
        program: String,
        /// What it wrote.
        said: String,
    },
    /// A name that is not safe as the name of a database.
    #[error("`{0}` cannot name a database: 1 to 63 of a-z, 0-9 and _ are allowed")]
    Name(String),
    /// The system refused something.
    #[error("{doing}: {source}")]
    System {
        /// What was being done.
        doing: String,
        /// What the system said.
        source: io::Error,
    },
}

impl Error {
    /// For `map_err`: names what was being done when the system refused.
    pub(crate) fn system(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::System { doing: doing.into(), source }
    }
}
