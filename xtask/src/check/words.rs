//! Words that do not belong in a file of the project.

use super::{File, Finding, code::names};

/// Only true on somebody's machine. In halves, so that this file does not name them.
const MACHINE: &[&str] = &[
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("C:", "\\Users"),
];
/// Where packages are fetched from is the business of whoever builds.
const HOSTS: &[&str] = &[
    concat!("registry.npm", "js.org"),
    concat!("index.cra", "tes.io"),
    concat!("static.cra", "tes.io"),
    concat!("deb.deb", "ian.org"),
    concat!("files.python", "hosted.org"),
    concat!("artifac", "tory"),
];
/// Left undone; an issue is the place for it.
const UNDONE: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
/// Written by others, or by a program.
const FOREIGN: &[&str] = &["frontend/vendor/", "Cargo.lock"];

/// Checks every file of ours.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let ours = files.iter().filter(|file| !FOREIGN.iter().any(|foreign| file.path.starts_with(foreign)));
    ours.flat_map(|file| {
        let mut findings = in_text(file);
        findings.extend(in_code(file));
        findings
    })
    .collect()
}

fn in_text(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |line: usize, rule: String| findings.push(Finding::new(&file.path, line + 1, rule));
    for (index, line) in file.text.lines().enumerate() {
        if let Some(path) = MACHINE.iter().find(|path| starts_a_word(line, path)) {
            add(index, format!("the path {path} belongs to one machine"));
        }
        if let Some(host) = HOSTS.iter().find(|host| line.contains(*host)) {
            add(index, format!("the registry {host} is the builder's choice"));
        }
        if let Some(word) = UNDONE.iter().find(|word| names(line, word)) {
            add(index, format!("{word}: do it, or open an issue"));
        }
    }
    findings
}

fn in_code(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, code) in file.code_lines() {
        let left = ["todo!", "dbg!", "unimplemented!"].iter().find(|word| code.contains(*word));
        if let Some(word) = left {
            findings.push(Finding::new(&file.path, line, format!("{word} is left in the code")));
        }
        if ["#[allow(", "#![allow("].iter().any(|word| code.contains(word)) {
            let rule = "expect a lint with a reason instead of allowing it";
            findings.push(Finding::new(&file.path, line, rule));
        }
    }
    findings
}

/// A path begins here; the same letters inside a URL or a longer path are something else.
fn starts_a_word(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || "._-~/*}$)".contains(c)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&[File::new(path, text)]).len()
    }

    #[test]
    fn paths_and_hosts_of_one_machine_are_found() {
        assert_eq!(found("a.md", &format!("see {}notes", MACHINE[0])), 1);
        assert_eq!(found("a.md", &format!("see `{}notes`", MACHINE[3])), 1);
        assert_eq!(found("a.md", &format!("see example.org{}x", MACHINE[3])), 0);
        assert_eq!(found("package-lock.json", &format!("https://{}/x", HOSTS[0])), 1);
        assert_eq!(found("Cargo.lock", &format!("https://{}/x", HOSTS[1])), 0);
    }

    #[test]
    fn what_is_left_undone_is_found() {
        assert_eq!(found("a.sql", &format!("-- {} later", UNDONE[0])), 1);
        assert_eq!(found("a.rs", "fn a() { todo!() }"), 1);
        assert_eq!(found("a.rs", "fn a() { dbg!(1); }"), 1);
        assert_eq!(found("a.rs", "let s = \"todo!\"; // dbg!"), 0);
    }

    #[test]
    fn a_lint_that_is_allowed_is_found() {
        assert_eq!(found("a.rs", "#[allow(dead_code)]\nfn a() {}"), 1);
        assert_eq!(found("a.rs", "#[expect(dead_code, reason = \"x\")]\nfn a() {}"), 0);
    }
}
