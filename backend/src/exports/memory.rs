//! A folder that is memory: what is written there touches no disk.

use std::fs;
use std::path::{Path, PathBuf};

/// File systems that live in memory.
const IN_MEMORY: [&str; 2] = ["tmpfs", "ramfs"];

/// A folder on a file system that is memory.
#[derive(Clone, Debug)]
pub struct MemoryFolder(PathBuf);

/// Why a folder is not one.
#[derive(Debug, thiserror::Error)]
pub enum NotMemory {
    /// It cannot be told.
    #[error("cannot tell on which file system {0} lies")]
    Unknown(PathBuf),
    /// It lies on a disk.
    #[error("{0} lies on {1}; a file about people may only be made in memory (tmpfs)")]
    Disk(PathBuf, String),
}

impl MemoryFolder {
    /// The folder, when it is one.
    pub fn at(folder: &Path) -> Result<MemoryFolder, NotMemory> {
        let unknown = || NotMemory::Unknown(folder.to_owned());
        let real = folder.canonicalize().map_err(|_| unknown())?;
        let mounts = fs::read_to_string("/proc/self/mounts").map_err(|_| unknown())?;
        let kind = kind_of(&real, &mounts).ok_or_else(unknown)?;
        if IN_MEMORY.contains(&kind) {
            Ok(MemoryFolder(real))
        } else {
            Err(NotMemory::Disk(real, kind.to_owned()))
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

/// The kind of the file system that a folder lies on: the longest mount point that it begins with; of two on one point
/// the later one lies on top.
fn kind_of<'a>(folder: &Path, mounts: &'a str) -> Option<&'a str> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        Some((fields.next()?, fields.next()?))
    });
    mounts
        .filter(|(point, _)| folder.starts_with(point.replace("\\040", " ")))
        .max_by_key(|(point, _)| point.len())
        .map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str =
        "/dev/vda / ext4 rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0\n/dev/vdb /dev/shm/disk ext4 rw 0 0\n";

    #[test]
    fn the_longest_mount_point_says_what_a_folder_lies_on() {
        for (folder, kind) in [
            ("/srv/x", "ext4"),
            ("/dev/shm", "tmpfs"),
            ("/dev/shm/register", "tmpfs"),
            ("/dev/shm/disk/x", "ext4"),
            ("/dev/shmoo", "ext4"),
        ] {
            assert_eq!(kind_of(Path::new(folder), MOUNTS), Some(kind), "{folder}");
        }
    }

    #[test]
    fn a_folder_on_a_disk_is_refused() {
        assert!(matches!(MemoryFolder::at(Path::new("/etc")), Err(NotMemory::Disk(..))));
        assert!(matches!(MemoryFolder::at(Path::new("/no/such/folder")), Err(NotMemory::Unknown(_))));
    }
}
