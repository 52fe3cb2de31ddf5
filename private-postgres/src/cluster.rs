//! The data directory: what is in the folder, and how a new one is made.

use crate::{Error, USER, account::Account, control, programs::Programs, settings};
use std::{
    fs,
    io::{self, Write},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

/// What a folder holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing yet.
    Nothing,
    /// Data of ours, of this major version.
    Data(String),
}

/// Looks into the folder without changing it.
pub(crate) fn inspect(dir: &Path) -> Result<Found, Error> {
    let mut entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Error::NotPostgres { dir: dir.to_owned() });
        }
        Err(error) => return Err(not_writable(dir, &error.to_string())),
    };
    if entries.next().is_none() {
        return Ok(Found::Nothing);
    }
    let Ok(version) = fs::read_to_string(dir.join("PG_VERSION")) else {
        return Err(Error::NotPostgres { dir: dir.to_owned() });
    };
    if !dir.join(settings::FILE).is_file() {
        return Err(Error::NotOurs { dir: dir.to_owned() });
    }
    Ok(Found::Data(version.trim().to_owned()))
}

/// Makes the folder above the data directory, and sees that the account can work in it.
pub(crate) fn prepare_parent(dir: &Path, account: &Account) -> Result<PathBuf, Error> {
    let parent = dir.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(parent).map_err(|error| not_writable(parent, &error.to_string()))?;
    let probe = parent.join(".register-may-write");
    fs::write(&probe, "").map_err(|error| not_writable(parent, &error.to_string()))?;
    // A probe that stays behind harms nobody.
    let _ = fs::remove_file(&probe);
    if let Account::Other { uid, .. } = account {
        let trial = parent.join(".register-may-enter");
        fs::create_dir_all(&trial).map_err(|error| not_writable(parent, &error.to_string()))?;
        account.give(&trial)?;
        let reachable = account.can_write(&trial);
        let _ = fs::remove_dir(&trial);
        if !reachable {
            return Err(Error::NotWritable {
                dir: parent.to_owned(),
                reason: format!("PostgreSQL refuses to run as root, and user {uid} may not enter"),
                mend: "Choose a folder that every user may enter, below /var/lib or /var/tmp".into(),
            });
        }
    }
    parent.canonicalize().map_err(|error| not_writable(parent, &error.to_string()))
}

/// Makes a data directory. It gets its name only when it is whole, so that an interrupted first start leaves none.
pub(crate) fn create(dir: &Path, programs: &Programs, account: &Account) -> Result<(), Error> {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    let making = dir.with_file_name(format!("{name}.making"));
    match fs::remove_dir_all(&making) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(not_writable(&making, &error.to_string()));
        }
        _ => {}
    }
    fs::DirBuilder::new()
        .mode(0o700)
        .create(&making)
        .map_err(|error| not_writable(&making, &error.to_string()))?;
    account.give(&making)?;
    let mut initdb = account.command(&programs.path("initdb"), &making);
    initdb.args(["--auth=trust", "--encoding=UTF8", "--data-checksums", "--no-instructions", "-U", USER]);
    // The same order of text on every machine; a system without the UTF-8 one has at least the plain one.
    initdb.arg(if cfg!(target_os = "linux") { "--locale=C.UTF-8" } else { "--locale=C" });
    initdb.arg("-D").arg(&making);
    control::finish(initdb, "initdb")?;
    include_settings(&making)?;
    account.give(&making)?;
    // An empty folder that was made beforehand is replaced.
    fs::rename(&making, dir).map_err(|error| not_writable(dir, &error.to_string()))
}

fn include_settings(dir: &Path) -> Result<(), Error> {
    let file = dir.join("postgresql.conf");
    let doing = || format!("writing {}", file.display());
    let mut conf = fs::OpenOptions::new().append(true).open(&file).map_err(Error::system(doing()))?;
    writeln!(conf, "\ninclude '{}'", settings::FILE).map_err(Error::system(doing()))?;
    fs::write(dir.join(settings::FILE), "").map_err(Error::system(doing()))
}

/// The error for a folder that refuses us.
pub(crate) fn not_writable(dir: &Path, reason: &str) -> Error {
    Error::NotWritable {
        dir: dir.to_owned(),
        reason: reason.to_owned(),
        mend: format!(
            "Choose another folder, or make it yours with: sudo chown -R \"$USER\" {}",
            dir.display()
        ),
    }
}
