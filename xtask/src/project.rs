//! Where things are: the checkout and the folder of what is built.

use crate::{error::Error, program};
use std::{
    env,
    path::{Path, PathBuf},
};

/// The checkout this program was built from.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// The folder of the workspace.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever the environment or a configuration puts it.
    pub(crate) target: PathBuf,
}

impl Project {
    /// Asks cargo, so that CARGO_TARGET_DIR and configuration files count.
    pub(crate) fn find() -> Result<Self, Error> {
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = here.parent().unwrap_or(Path::new("/")).to_owned();
        let mut metadata = program::cargo(&root);
        metadata.args(["metadata", "--format-version=1", "--no-deps", "--offline"]);
        let answer = program::output(metadata)?;
        let answer: serde_json::Value = serde_json::from_str(&answer)
            .map_err(|error| Error::said(format!("`cargo metadata` answered no JSON: {error}")))?;
        let target = answer["target_directory"].as_str().unwrap_or("target");
        Ok(Self { target: root.join(target), root })
    }

    /// A path inside the checkout.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// The path as a person would type it, from the checkout.
    pub(crate) fn short<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }

    /// A built program.
    pub(crate) fn built(&self, name: &str, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" }).join(name)
    }
}
