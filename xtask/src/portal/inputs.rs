//! What the portal is made of, as one digest: unchanged inputs are not built again.

use crate::{error::Error, project::Project};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

const FOLDERS: &[&str] = &["frontend", "api", "events", "texts", "locales", "xtask/src/portal"];
const FILES: &[&str] = &["Cargo.lock", "Cargo.toml"];
/// Made here or fetched; not made by anybody's hand.
const SKIPPED: &[&str] = &["dist", "dist.making", "node_modules"];

/// The digest of everything the portal is made of.
pub(crate) fn digest(project: &Project, quick: bool) -> Result<String, Error> {
    let mut files: Vec<_> = FILES.iter().map(|file| project.path(file)).collect();
    for folder in FOLDERS {
        below(&project.path(folder), &mut files)?;
    }
    files.sort();
    let mut sum = Sha256::new();
    sum.update([u8::from(quick)]);
    for file in files {
        let content = super::read(&file)?;
        sum.update(project.short(&file).to_string());
        sum.update((content.len() as u64).to_le_bytes());
        sum.update(content);
    }
    Ok(hex::encode(sum.finalize()))
}

/// Whether the folder holds a portal made of just these inputs.
pub(crate) fn are_built(dist: &Path, inputs: &str) -> bool {
    let Ok(manifest) = fs::read(dist.join("manifest.json")) else { return false };
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap_or_default();
    let whole = manifest["files"].as_array().is_some_and(|files| {
        files.iter().filter_map(|file| file["name"].as_str()).all(|name| dist.join(name).is_file())
    });
    whole && manifest["inputs"] == inputs
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    if !folder.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(Error::system(format!("reading {}", folder.display())))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if SKIPPED.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if path.is_dir() {
            below(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_text_changes_the_digest_and_a_built_file_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Project { root: folder.path().to_owned(), target: folder.path().join("target") };
        for file in ["Cargo.lock", "Cargo.toml", "locales/nb.ftl", "frontend/dist/index.html"] {
            let file = project.path(file);
            fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
            fs::write(file, "first").expect("a file");
        }
        let before = digest(&project, false).expect("a digest");
        fs::write(project.path("frontend/dist/index.html"), "second").expect("a file");
        assert_eq!(digest(&project, false).expect("a digest"), before);
        assert_ne!(digest(&project, true).expect("a digest"), before);
        fs::write(project.path("locales/nb.ftl"), "second").expect("a file");
        assert_ne!(digest(&project, false).expect("a digest"), before);
    }

    #[test]
    fn a_portal_with_a_missing_file_is_built_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let manifest = r#"{"inputs":"abc","files":[{"name":"index.html"}]}"#;
        fs::write(folder.path().join("manifest.json"), manifest).expect("a file");
        assert!(!are_built(folder.path(), "abc"));
        fs::write(folder.path().join("index.html"), "").expect("a file");
        assert!(are_built(folder.path(), "abc"));
        assert!(!are_built(folder.path(), "abd"));
    }
}
