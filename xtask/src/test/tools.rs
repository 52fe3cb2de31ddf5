//! What the tests need beside cargo: installed where that asks no question, else named with the command.

use super::browser;
use crate::{error::Error, program, project::Project};
use std::process::Command;

/// Tries for every tool, so that one answer names all that are missing.
pub(crate) fn ensure(project: &Project) -> Result<(), Error> {
    let missing: Vec<_> = [formatter(), nextest(), chromium(), office(), accessibility_checker(project)]
        .into_iter()
        .filter_map(Result::err)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::said(missing.iter().map(Error::to_string).collect::<Vec<_>>().join("\n       ")))
}

fn formatter() -> Result<(), Error> {
    let there = |name: &str| program::succeeds(Command::new("cargo").args([name, "--version"]));
    if (there("fmt") && there("clippy"))
        || program::succeeds(Command::new("rustup").args(["component", "add", "rustfmt", "clippy"]))
    {
        return Ok(());
    }
    Err(Error::said("rustfmt or clippy is missing. Install with: rustup component add rustfmt clippy"))
}

fn nextest() -> Result<(), Error> {
    if program::succeeds(Command::new("cargo").args(["nextest", "--version"])) {
        return Ok(());
    }
    println!("installing cargo-nextest, the runner of the tests");
    let install = |locked: bool| {
        let mut cargo = Command::new("cargo");
        cargo.args(["install", "cargo-nextest"]);
        // Its own lock file may name a version that a mirror does not have yet.
        if locked {
            cargo.arg("--locked");
        }
        program::run(cargo)
    };
    install(true)
        .or_else(|_| install(false))
        .map_err(|error| Error::said(format!("{error}. Install it with: cargo install cargo-nextest")))
}

fn chromium() -> Result<(), Error> {
    if browser::is_there() {
        return Ok(());
    }
    install("chromium chromium-driver fonts-dejavu-core", "the journeys")?;
    if browser::is_there() {
        return Ok(());
    }
    Err(Error::said(
        "no Chromium with its driver. Install with: sudo apt-get install chromium chromium-driver fonts-dejavu-core",
    ))
}

/// Workbooks are opened again by the program that most of their readers have, or one very much like it.
fn office() -> Result<(), Error> {
    if program::exists("soffice") {
        return Ok(());
    }
    install("libreoffice-calc-nogui", "the workbooks")?;
    if program::exists("soffice") {
        return Ok(());
    }
    Err(Error::said("no LibreOffice. Install with: sudo apt-get install libreoffice-calc-nogui"))
}

/// Installs Debian packages where that asks no question.
fn install(packages: &str, used_for: &str) -> Result<(), Error> {
    let root = program::succeeds(Command::new("sh").args(["-c", "test \"$(id -u)\" = 0"]));
    if !root || !program::exists("apt-get") {
        return Ok(());
    }
    println!("installing {packages} with apt-get, for {used_for}");
    let mut apt = Command::new("sh");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt.arg("-c")
        .arg(format!("apt-get update -qq && apt-get install -y -qq --no-install-recommends {packages} >&2"));
    program::run(apt)
}

/// The accessibility scans run axe-core inside the page; it comes with the portal's other packages.
fn accessibility_checker(project: &Project) -> Result<(), Error> {
    if project.path("frontend/node_modules/axe-core").is_dir() {
        return Ok(());
    }
    let command = "npm ci --ignore-scripts --prefix frontend";
    if !program::exists("npm") {
        return Err(Error::said(format!("axe-core is missing. Install Node.js, then: {command}")));
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(project.path("frontend"));
    program::run(npm).map_err(|error| Error::said(format!("{error}. Fetch axe-core with: {command}")))
}
