//! Compiles the portal to WebAssembly and makes its bridge to JavaScript.

use super::{order, split};
use crate::{error::Error, program, project::Project};
use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

/// The portal's platform.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// Finds or makes a compiler for it; prints its path, then which way it took.
const FIND_COMPILER: &str = include_str!("wasm-rustc.sh");

/// Returns the folder with `portal.js`, `portal_bg.wasm` and perhaps `snippets`.
pub(crate) fn build(project: &Project, quick: bool) -> Result<PathBuf, Error> {
    let profile = if quick { "dev" } else { "portal" };
    let target = project.target.join("wasm");
    let mut cargo = program::cargo(&project.root);
    cargo.env("RUSTC", compiler()?);
    // Leptos then erases the types of its views: a twentieth off the size, and much off the time to compile.
    cargo.env("RUSTFLAGS", "--cfg erase_components");
    cargo.args(["rustc", "--package", "frontend", "--target", TARGET, "--profile", profile, "--locked"]);
    cargo.arg("--target-dir").arg(&target);
    if quick {
        // The debug information of a portal is some hundred megabytes, which a browser would have to load.
        cargo.args(["--config", "profile.dev.debug=false"]);
    }
    // What splits the portal goes by where each function is mentioned; their names would be in the files.
    cargo.args(["--", "-Clink-args=--emit-relocs --strip-all --keep-section=target_features"]);
    program::run(cargo)?;
    let built = target.join(TARGET).join(if quick { "debug" } else { "portal" }).join("frontend.wasm");
    let generated = bind(project, &built)?;
    if !quick {
        for file in split::parts(&generated)? {
            order::put_alike_together(&file)?;
        }
    }
    Ok(generated)
}

/// A compiler that knows the platform, found or made; says which way it took.
pub(crate) fn compiler() -> Result<String, Error> {
    let mut script = Command::new("bash");
    script.args(["-c", FIND_COMPILER]).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = script.output().map_err(Error::system("running bash to find a compiler for WebAssembly"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut lines = said.lines();
    match (output.status.success(), lines.next(), lines.next()) {
        (true, Some(rustc), Some(way)) => {
            println!("portal: compiled by {way}");
            Ok(rustc.to_owned())
        }
        _ => Err(Error::said(format!(
            "no compiler for WebAssembly could be had. Install one with: rustup target add {TARGET} \
             (or, on Debian: sudo apt-get install rustc-web rust-web-src)"
        ))),
    }
}

fn bind(project: &Project, wasm: &std::path::Path) -> Result<PathBuf, Error> {
    let out = project.target.join("portal-bindgen");
    super::clear(&out)?;
    fs::create_dir_all(&out).map_err(Error::system(format!("making {}", out.display())))?;
    let first = split::split(wasm, &out)?;
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(&first).out_name("portal").typescript(false);
    // The page names the wasm file itself, under its hashed name.
    bindgen.omit_default_module_path(true).remove_name_section(true).remove_producers_section(true);
    // The later files share the table of functions.
    bindgen.keep_lld_exports(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(&out))
        .map_err(|error| Error::said(format!("wasm-bindgen failed on {}: {error:#}", wasm.display())))?;
    Ok(out)
}
