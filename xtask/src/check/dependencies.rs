//! Every dependency stands once, with its reason, and somebody uses it.

use super::{File, Finding};

const ROOT: &str = "Cargo.toml";
/// A workspace of its own, which cannot take anything from ours.
const APART: &str = "fuzz/";

/// Checks the workspace's list against its members.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let Some(root) = files.iter().find(|file| file.path == ROOT) else { return Vec::new() };
    let is_member = |file: &&File| file.path.ends_with("/Cargo.toml") && !file.path.starts_with(APART);
    let members: Vec<_> = files.iter().filter(is_member).collect();
    let mut findings = Vec::new();
    for dependency in listed(&root.text) {
        // Our own rooms give their reason in their own manifest.
        if !dependency.ours && !dependency.reason {
            let rule = format!("the dependency {} has no reason behind a #", dependency.name);
            findings.push(Finding::new(ROOT, dependency.line, rule));
        }
        if !members.iter().any(|member| uses(&member.text, dependency.name)) {
            let rule = format!("nobody uses the dependency {}", dependency.name);
            findings.push(Finding::new(ROOT, dependency.line, rule));
        }
    }
    for member in members {
        findings.extend(own_versions(member));
    }
    findings
}

struct Listed<'a> {
    name: &'a str,
    line: usize,
    ours: bool,
    reason: bool,
}

fn listed(manifest: &str) -> Vec<Listed<'_>> {
    in_section(manifest, |section| section == "[workspace.dependencies]")
        .filter_map(|(line, text)| {
            let (name, value) = text.split_once('=')?;
            let reason = value.rsplit_once('#').is_some_and(|(_, reason)| reason.trim().len() > 3);
            Some(Listed { name: name.trim(), line, ours: value.contains("path ="), reason })
        })
        .collect()
}

/// A member that names a version of its own.
fn own_versions(member: &File) -> Vec<Finding> {
    in_section(&member.text, |section| section.ends_with("dependencies]"))
        .filter(|(_, text)| {
            text.contains('=') && names_a_dependency(text) && !text.contains("workspace = true")
        })
        .map(|(line, _)| Finding::new(&member.path, line, "a dependency is taken with workspace = true"))
        .collect()
}

/// A line that continues a list of features begins with a quote or a bracket.
fn names_a_dependency(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn uses(manifest: &str, name: &str) -> bool {
    let mut lines = in_section(manifest, |section| section.ends_with("dependencies]"));
    lines.any(|(_, line)| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ' ', '='])))
}

/// The lines of the sections wanted that are not empty or remarks, with their numbers.
fn in_section(manifest: &str, wanted: fn(&str) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let mut inside = false;
    manifest.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.trim();
        if line.starts_with('[') {
            inside = wanted(line);
            return None;
        }
        (inside && !line.is_empty() && !line.starts_with('#')).then_some((index + 1, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(root: &str, member: &str) -> Vec<Finding> {
        check(&[File::new("Cargo.toml", root), File::new("api/Cargo.toml", member)])
    }

    #[test]
    fn a_dependency_without_reason_or_user_is_found() {
        let root = "[workspace.dependencies]\nserde = \"1\" # JSON\n";
        let member = "[dependencies]\nserde.workspace = true\n";
        assert!(found(root, member).is_empty());
        assert_eq!(found("[workspace.dependencies]\nserde = \"1\"\n", member).len(), 1);
        assert_eq!(found(root, "[dependencies]\nserde_json.workspace = true\n").len(), 1);
        assert_eq!(found(root, "[dependencies]\nserde.workspace = true\nuuid = \"1\"\n").len(), 1);
    }
}
