//! `cargo xtask check`: the rules of the house that the compiler does not know.

mod code;
mod dependencies;
mod imports;
mod lengths;
mod matches;
mod migrations;
mod names;
mod rooms;
mod words;

use crate::{error::Error, program, project::Project};
use std::{
    fmt, fs,
    path::Path,
    process::{Command, ExitCode},
};

/// One file of the project.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// From the checkout, with `/`.
    pub(crate) path: String,
    /// Its text; empty where it is none.
    pub(crate) text: String,
    /// The same with comments and strings blanked, for Rust.
    pub(crate) code: String,
}

impl File {
    /// A file as the rules see it.
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let code = if path.ends_with(".rs") { code::only(&text) } else { String::new() };
        Self { path, text, code }
    }

    /// Whether it is Rust.
    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Its lines of code, counted from 1.
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    rule: String,
}

impl Finding {
    /// A rule broken at a line.
    pub(crate) fn new(path: impl Into<String>, line: usize, rule: impl Into<String>) -> Self {
        Self { path: path.into(), line, rule: rule.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.rule)
    }
}

/// A rule looks at all files.
type Rule = fn(&[File]) -> Vec<Finding>;

const RULES: &[Rule] = &[
    dependencies::check,
    imports::check,
    lengths::check,
    matches::check,
    names::check,
    rooms::check,
    words::check,
];

/// Prints what is broken.
pub(crate) fn run(project: &Project) -> Result<ExitCode, Error> {
    let files = files(&project.root)?;
    let mut findings: Vec<_> = RULES.iter().flat_map(|rule| rule(&files)).collect();
    findings.extend(migrations::check(&project.root)?);
    findings.sort();
    findings.dedup();
    for finding in &findings {
        println!("{finding}");
    }
    println!("check: {} files, {} broken rules", files.len(), findings.len());
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is committed or could be; without git, all but what is built.
fn files(root: &Path) -> Result<Vec<File>, Error> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let mut paths: Vec<String> = match program::output(git) {
        Ok(list) => list.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect(),
        Err(_) => {
            let mut found = Vec::new();
            walk(root, root, &mut found)?;
            found
        }
    };
    paths.sort();
    paths.dedup();
    let file = |path: String| {
        // A file that git lists and somebody has just removed.
        let bytes = fs::read(root.join(&path)).ok()?;
        Some(File::new(path, String::from_utf8(bytes).unwrap_or_default()))
    };
    Ok(paths.into_iter().filter_map(file).collect())
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) -> Result<(), Error> {
    let entries = fs::read_dir(folder).map_err(Error::system(format!("reading {}", folder.display())))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if ["target", ".git", "node_modules", "dist", "data"].iter().any(|skipped| name == *skipped) {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, found)?;
        } else if let Ok(below) = path.strip_prefix(root) {
            found.push(below.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_file_line_and_rule() {
        assert_eq!(Finding::new("a/b.rs", 3, "too long").to_string(), "a/b.rs:3: too long");
    }

    #[test]
    fn without_git_the_folders_are_walked() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("target")).expect("a folder");
        fs::write(folder.path().join("target/a.rs"), "").expect("a file");
        fs::write(folder.path().join("b.rs"), "").expect("a file");
        let mut found = Vec::new();
        walk(folder.path(), folder.path(), &mut found).expect("walked");
        assert_eq!(found, ["b.rs"]);
    }
}
