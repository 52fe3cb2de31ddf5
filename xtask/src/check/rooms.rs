//! Which crate may depend on which, and on what they may not.

use super::{File, Finding};

/// Each room, and the rooms it may build on. Tests build on what they test.
const ROOMS: &[(&str, &[&str])] = &[
    ("events", &[]),
    ("api", &["events"]),
    ("texts", &[]),
    ("backend", &["events", "api", "texts", "proof-scan"]),
    ("frontend", &["events", "api", "texts"]),
    ("private-postgres", &[]),
    ("proof-scan", &[]),
    ("xtask", &["private-postgres"]),
    ("tests", &["events", "api", "texts", "backend", "private-postgres"]),
];

/// Checks the dependencies of every member.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (room, may) in ROOMS {
        let path = format!("{room}/Cargo.toml");
        let Some(file) = files.iter().find(|file| file.path == path) else { continue };
        for (line, name) in dependencies(&file.text) {
            let is_room = ROOMS.iter().any(|(other, _)| *other == name);
            if is_room && !may.contains(&name) {
                findings.push(Finding::new(&path, line, format!("{room} may not build on {name}")));
            }
        }
    }
    findings
}

/// The names below `[dependencies]`, with their lines; what only tests use may be anything.
fn dependencies(manifest: &str) -> Vec<(usize, &str)> {
    let mut section = "";
    let mut found = Vec::new();
    for (index, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && !section.contains("dev-") {
            let end = line.find(['.', '=', ' ']).unwrap_or(line.len());
            found.push((index + 1, &line[..end]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_against_the_grain_is_found() {
        let manifest =
            "[package]\nname = \"events\"\n[dependencies]\nserde.workspace = true\napi.workspace = true\n";
        let findings = check(&[File::new("events/Cargo.toml", manifest)]);
        assert_eq!(findings, [Finding::new("events/Cargo.toml", 5, "events may not build on api")]);
        assert!(check(&[File::new("frontend/Cargo.toml", manifest)]).is_empty());
    }

    #[test]
    fn what_only_tests_use_is_free() {
        let manifest = "[dependencies]\n[dev-dependencies]\nprivate-postgres.workspace = true\n";
        assert!(check(&[File::new("backend/Cargo.toml", manifest)]).is_empty());
    }
}
