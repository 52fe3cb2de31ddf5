//! A migration is never edited: databases that ran it would not run it again.

use super::Finding;
use crate::{error::Error, program};
use std::{collections::BTreeSet, fs, path::Path, process::Command};

const FOLDER: &str = "migrations";

/// Compares every migration with the first version git knows. Without git there is nothing to compare with.
pub(crate) fn check(root: &Path) -> Result<Vec<Finding>, Error> {
    let Ok(added) = git(root, &["log", "--diff-filter=A", "--format=", "--name-only", "--", FOLDER]) else {
        return Ok(Vec::new());
    };
    let landed: BTreeSet<_> = added.lines().filter(|path| path.ends_with(".sql")).collect();
    let mut findings = Vec::new();
    for path in landed {
        // The commit that brought it; a file that was removed and brought back counts from its first time.
        let commits = git(root, &["log", "--diff-filter=A", "--format=%H", "--", path])?;
        let Some(first) = commits.lines().last() else { continue };
        let original = git(root, &["show", &format!("{first}:{path}")])?;
        match fs::read_to_string(root.join(path)) {
            Ok(now) if now == original => {}
            Ok(_) => {
                findings.push(Finding::new(path, 1, "a migration that has landed is not edited; add another"))
            }
            Err(_) => findings.push(Finding::new(path, 1, "a migration that has landed is not removed")),
        }
    }
    Ok(findings)
}

fn git(root: &Path, arguments: &[&str]) -> Result<String, Error> {
    let mut git = Command::new("git");
    git.args(arguments).current_dir(root);
    program::output(git)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_or_removed_migration_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        assert!(check(root).expect("no git here").is_empty());
        let file = root.join("migrations/0001_first.sql");
        fs::create_dir_all(root.join("migrations")).expect("a folder");
        fs::write(&file, "create table a ();\n").expect("a file");
        git(root, &["init", "--quiet"]).expect("git");
        git(root, &["add", "."]).expect("git");
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "first"];
        git(root, &who).expect("git");
        assert!(check(root).expect("checked").is_empty());
        fs::write(&file, "create table b ();\n").expect("a file");
        assert_eq!(check(root).expect("checked").len(), 1);
        fs::remove_file(&file).expect("removed");
        assert_eq!(check(root).expect("checked").len(), 1);
    }
}
