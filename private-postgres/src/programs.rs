//! Where PostgreSQL's programs are.

use crate::{Error, OLDEST_MAJOR, install};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Folders that packages put `<version>/bin` in.
const BY_VERSION: &[&str] = &["/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/postgresql"];
/// Folders that hold the programs themselves, or `postgresql@<version>/bin`.
const DIRECT: &[&str] = &["/usr/pgsql/bin", "/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"];
const HOMEBREW: &[&str] = &["/opt/homebrew/opt", "/usr/local/opt"];

/// The folder of one version's programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Programs {
    /// `initdb`, `pg_ctl`, `psql` and the others are in here.
    pub(crate) bin: PathBuf,
    /// The major version.
    pub(crate) major: u32,
}

impl Programs {
    /// Programs that can serve a folder of data of version `wanted`, or of any; installs them where none are.
    pub(crate) fn find(dir: &Path, wanted: Option<&str>) -> Result<Self, Error> {
        let mut found = installed();
        if found.is_empty() {
            install::install()?;
            found = installed();
        }
        let Some((_, newest)) = found.last_key_value() else {
            return Err(install::missing("the installation left no programs in a known place"));
        };
        let Some(wanted) = wanted else { return Ok(newest.clone()) };
        let fitting = wanted.parse().ok().and_then(|major: u32| found.get(&major));
        fitting.cloned().ok_or_else(|| Error::OtherVersion {
            dir: dir.to_owned(),
            wanted: wanted.to_owned(),
            installed: found.keys().map(u32::to_string).collect::<Vec<_>>().join(", "),
        })
    }

    /// The path of one program.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }
}

/// Every version that is new enough, oldest first.
fn installed() -> BTreeMap<u32, Programs> {
    candidates()
        .into_iter()
        .filter(|bin| ["initdb", "pg_ctl", "postgres", "psql"].iter().all(|name| bin.join(name).is_file()))
        .filter_map(|bin| Some((major_of(&bin)?, bin)))
        .filter(|(major, _)| *major >= OLDEST_MAJOR)
        .map(|(major, bin)| (major, Programs { bin, major }))
        .collect()
}

fn candidates() -> Vec<PathBuf> {
    let mut all = Vec::new();
    for root in BY_VERSION {
        all.extend(children(Path::new(root)).map(|version| version.join("bin")));
    }
    for root in HOMEBREW {
        let kegs = children(Path::new(root)).filter(|keg| {
            keg.file_name().is_some_and(|name| name.to_string_lossy().starts_with("postgresql"))
        });
        all.extend(kegs.map(|keg| keg.join("bin")));
    }
    all.extend(DIRECT.iter().map(PathBuf::from));
    // Last, so that it wins among equals: what the user put on the path is what the user means.
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        all.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    all
}

fn children(dir: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path())
}

fn major_of(bin: &Path) -> Option<u32> {
    let output = Command::new(bin.join("postgres")).arg("--version").output().ok()?;
    major_in(&String::from_utf8_lossy(&output.stdout))
}

/// The major version in `postgres (PostgreSQL) 15.18 (Debian …)`, also in `17beta1`.
fn major_in(line: &str) -> Option<u32> {
    let number = line.split("(PostgreSQL)").nth(1)?.trim_start();
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_postgres_says() {
        assert_eq!(major_in("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_in("postgres (PostgreSQL) 17beta1\n"), Some(17));
        assert_eq!(major_in("command not found"), None);
    }
}
