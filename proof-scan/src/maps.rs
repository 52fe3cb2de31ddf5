//! The files that a process has mapped into its memory.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// What a process has mapped.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Mapped {
    /// Name, and the path by which it can be opened: for deleted files the one that the kernel keeps.
    pub(crate) files: BTreeMap<String, PathBuf>,
    /// Shared memory without a file: not looked into.
    pub(crate) memory: Vec<String>,
}

/// Reads `/proc/PID/maps`.
pub(crate) fn of(pid: u32) -> io::Result<Mapped> {
    Ok(parse(pid, &std::fs::read_to_string(format!("/proc/{pid}/maps"))?))
}

/// Lines are `from-to permissions offset device inode path`, the path filled up with blanks before it.
fn parse(pid: u32, maps: &str) -> Mapped {
    let mut mapped = Mapped::default();
    for line in maps.lines() {
        let mut fields = line.splitn(6, ' ');
        let (Some(range), Some(path)) = (fields.next(), fields.nth(4)) else { continue };
        let path = path.trim_start();
        if !path.starts_with('/') {
            continue;
        }
        match path.strip_suffix(" (deleted)") {
            None => {
                mapped.files.insert(path.to_owned(), PathBuf::from(path));
            }
            Some(memory) if is_memory(memory) => mapped.memory.push(memory.to_owned()),
            Some(_) => {
                let kept = PathBuf::from(format!("/proc/{pid}/map_files/{range}"));
                mapped.files.entry(path.to_owned()).or_insert(kept);
            }
        }
    }
    mapped.memory.sort_unstable();
    mapped.memory.dedup();
    mapped
}

/// Names that the kernel gives to shared memory.
fn is_memory(path: &str) -> bool {
    path == "/dev/zero"
        || ["/SYSV", "/anon_hugepage", "/memfd:", "/dev/shm/", "/[aio]"]
            .iter()
            .any(|start| path.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_files_from_memory() {
        let maps = "\
5581-5582 r--p 00000000 fe:00 1234                       /usr/bin/a program
5582-5583 r-xp 00001000 fe:00 1234                       /usr/bin/a program
5583-5584 rw-p 00000000 00:00 0                          [heap]
7f01-7f02 rw-s 00000000 00:01 99                         /dev/zero (deleted)
7f02-7f03 rw-s 00000000 00:0f 98                         /anon_hugepage (deleted)
7f03-7f04 r--p 00000000 fe:00 77                         /tmp/old (deleted)
7f05-7f06 rw-p 00000000 00:00 0 
";
        let mapped = parse(7, maps);
        let files: Vec<_> =
            mapped.files.iter().map(|(name, path)| (name.as_str(), path.to_str().unwrap())).collect();
        let kept = ("/tmp/old (deleted)", "/proc/7/map_files/7f03-7f04");
        assert_eq!(files, [kept, ("/usr/bin/a program", "/usr/bin/a program")]);
        assert_eq!(mapped.memory, ["/anon_hugepage", "/dev/zero"]);
    }

    #[test]
    fn a_process_that_is_not_there_is_an_error() {
        assert!(of(u32::MAX).is_err());
    }
}
