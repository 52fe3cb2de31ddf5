//! The browser of the journeys, and the driver that steers it.

use std::{env, path::PathBuf};

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVERS: &[&str] = &["chromedriver", "chromium.chromedriver"];

/// `TEST_BROWSER` and `TEST_BROWSER_DRIVER`, as far as they are there.
pub(crate) fn programs() -> impl Iterator<Item = (&'static str, PathBuf)> {
    [("TEST_BROWSER", first(BROWSERS)), ("TEST_BROWSER_DRIVER", first(DRIVERS))]
        .into_iter()
        .filter_map(|(name, program)| Some((name, program?)))
}

/// Whether both are there.
pub(crate) fn is_there() -> bool {
    programs().count() == 2
}

fn first(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}
