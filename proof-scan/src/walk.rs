//! Lists the files of a place. Links are never followed, except the place itself.

use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a place is, which decides which controls can be met there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A data directory or a tablespace. `pg_wal`, `log` and `pg_log` right below it count as WAL and log.
    DataDirectory,
    /// `pg_wal`, when it lies elsewhere.
    Wal,
    /// The WAL archive, compressed or not.
    Archive,
    /// A base backup, plain or as tar.
    BaseBackup,
    /// Logs.
    Log,
    /// What was exported.
    Export,
    /// Where keys are kept.
    Keyring,
    /// A file that a process has mapped.
    Mapped,
    /// Anything else.
    Other,
}

/// A directory or file to look into. To look behind a link (`pg_wal`, a tablespace), make it a place of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Where it is.
    pub path: PathBuf,
}

impl Place {
    /// A directory or file to look into.
    pub fn new(kind: PlaceKind, path: impl Into<PathBuf>) -> Self {
        Self { kind, path: path.into() }
    }
}

/// What a listed name turned out to be.
#[derive(Debug)]
pub(crate) enum Entry {
    File,
    Directory,
    Link,
    Special,
    Vanished,
    Unreadable(io::Error),
}

/// Calls `visit` for everything below `root` and for `root`, in the order of names; contents after their directory.
pub(crate) fn walk(root: &Path, mut visit: impl FnMut(&Path, Entry)) {
    let mut open = vec![root.to_owned()];
    while let Some(path) = open.pop() {
        match entry(&path) {
            Ok(Entry::Directory) => {
                visit(&path, Entry::Directory);
                match children(&path) {
                    Ok(listed) => open.extend(listed),
                    Err(error) => visit(&path, missing(error, &path, root)),
                }
            }
            Ok(entry) => visit(&path, entry),
            Err(error) => visit(&path, missing(error, &path, root)),
        }
    }
}

/// What is gone meanwhile is no error, but a place that never was is one.
fn missing(error: io::Error, path: &Path, root: &Path) -> Entry {
    if error.kind() == io::ErrorKind::NotFound && path != root {
        Entry::Vanished
    } else {
        Entry::Unreadable(error)
    }
}

fn entry(path: &Path) -> io::Result<Entry> {
    let kind = fs::symlink_metadata(path)?.file_type();
    Ok(if kind.is_dir() {
        Entry::Directory
    } else if kind.is_file() {
        Entry::File
    } else if kind.is_symlink() {
        Entry::Link
    } else {
        Entry::Special
    })
}

/// The last name first, because the list is taken from its end.
fn children(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut listed = Vec::new();
    for child in fs::read_dir(directory)? {
        listed.push(child?.path());
    }
    listed.sort_unstable_by(|one, other| other.cmp(one));
    Ok(listed)
}

/// What a file below a place counts as.
pub(crate) fn kind_of(kind: PlaceKind, relative: &Path) -> PlaceKind {
    let first = relative.components().next().map(|first| first.as_os_str().to_string_lossy().into_owned());
    match (kind, first.as_deref()) {
        (PlaceKind::DataDirectory, Some("pg_wal")) => PlaceKind::Wal,
        (PlaceKind::DataDirectory, Some("log" | "pg_log")) => PlaceKind::Log,
        _ => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn lists_in_order_and_follows_no_links() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("b")).unwrap();
        fs::write(root.join("b/2"), "x").unwrap();
        fs::write(root.join("b/1"), "x").unwrap();
        fs::write(root.join("a"), "x").unwrap();
        symlink("/", root.join("c")).unwrap();
        let mut seen = Vec::new();
        walk(root, |path, entry| {
            seen.push(format!("{} {entry:?}", path.strip_prefix(root).unwrap().display()));
        });
        assert_eq!(seen, [" Directory", "a File", "b Directory", "b/1 File", "b/2 File", "c Link"]);
    }

    #[test]
    fn a_place_that_is_not_there_is_unreadable() {
        let mut seen = Vec::new();
        walk(Path::new("/nowhere/at/all"), |_, entry| seen.push(entry));
        assert!(matches!(seen[..], [Entry::Unreadable(_)]));
    }

    #[test]
    fn wal_and_log_below_a_data_directory_count_as_such() {
        let data = |path: &str| kind_of(PlaceKind::DataDirectory, Path::new(path));
        assert_eq!(data("pg_wal/archive_status/1.ready"), PlaceKind::Wal);
        assert_eq!(data("log/postgresql.log"), PlaceKind::Log);
        assert_eq!(data("pg_log/postgresql.log"), PlaceKind::Log);
        assert_eq!(data("base/log"), PlaceKind::DataDirectory);
        assert_eq!(data(""), PlaceKind::DataDirectory);
        assert_eq!(kind_of(PlaceKind::Export, Path::new("log/a")), PlaceKind::Export);
    }
}
