//! Cuts the portal into what a first visit needs and what comes later, page by page.

use super::{
    assets::{Assets, files},
    read, text,
};
use crate::error::Error;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where the later files lie among what is generated.
const LATER: &str = "later";
/// The script among them that fetches the others.
const LOADER: &str = "loader.js";

/// Splits at the functions marked for it. Returns what is left for the first visit, still to be bound to JavaScript.
pub(crate) fn split(wasm: &Path, generated: &Path) -> Result<PathBuf, Error> {
    let later = generated.join(LATER);
    fs::create_dir_all(&later).map_err(Error::system(format!("making {}", later.display())))?;
    let (first, input) = (generated.join("first.wasm"), read(wasm)?);
    let link_name = format!("./{LOADER}");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &later;
    options.main_out_path = &first;
    options.main_module = "./portal.js";
    options.link_name = &link_name;
    wasm_split_cli_support::transform(options)
        .map_err(|error| Error::said(format!("splitting {} failed: {error:#}", wasm.display())))?;
    Ok(first)
}

/// All the files that it was cut into, bound to JavaScript.
pub(crate) fn parts(generated: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut parts = files(&generated.join(LATER))?;
    parts.retain(|part| part.extension().is_some_and(|ending| ending == "wasm"));
    parts.push(generated.join("portal_bg.wasm"));
    Ok(parts)
}

/// Adds the later files and the two scripts that know them and each other; returns the scripts' names.
pub(crate) fn scripts(generated: &Path, assets: &mut Assets) -> Result<Vec<String>, Error> {
    let later = generated.join(LATER);
    let parts = assets.add_later(&later, |name| name.ends_with(".wasm"))?;
    let mut loader = text(&later.join(LOADER))?;
    for (name, hashed) in parts {
        loader = loader.replace(&format!("./{name}"), &format!("./{hashed}"));
    }
    assets.add_scripts(&[("portal.js", text(&generated.join("portal.js"))?), (LOADER, loader)])
}
