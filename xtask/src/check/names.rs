//! Names of files that say nothing, and files that do not say what they are.

use super::{File, Finding};

const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "manager", "misc"];

/// Checks names and first lines.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| !file.path.starts_with("frontend/vendor/")) {
        let mut parts = file.path.split(['/', '.']);
        if let Some(name) = parts.find(|part| EMPTY_NAMES.contains(part)) {
            findings.push(Finding::new(
                &file.path,
                1,
                format!("the name `{name}` does not say what is in it"),
            ));
        }
        if file.is_rust() && !file.text.starts_with("//!") {
            findings.push(Finding::new(&file.path, 1, "a file begins with //! and what it is for"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_names_and_silent_files_are_found() {
        let found = |path: &str, text: &str| check(&[File::new(path, text)]).len();
        assert_eq!(found("backend/src/utils.rs", "//! x"), 1);
        assert_eq!(found("backend/src/helpers/a.rs", "//! x"), 1);
        assert_eq!(found("backend/src/log.rs", "use std;"), 1);
        assert_eq!(found("backend/src/log.rs", "//! x"), 0);
    }
}
