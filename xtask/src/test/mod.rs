//! `cargo xtask test`: everything CI checks, in order, with a sum at the end.

mod browser;
mod nextest;
mod tally;
mod tools;

use crate::{check, error::Error, generate, portal, program, project::Project};
use private_postgres::{Options as Postgres, Server};
use std::{
    fs,
    process::{Command, ExitCode},
};
use tally::Tally;

/// Which tests.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only the tests whose names hold one of these; then the other checks are left out.
    filter: Vec<String>,
}

/// Checks all, stops early only when there is nothing left to test with.
pub(crate) fn run(project: &Project, options: &Options) -> Result<ExitCode, Error> {
    let mut tally = Tally::default();
    // The server's build embeds this folder; without it not even the lints run on a fresh clone.
    let dist = project.path("frontend/dist");
    fs::create_dir_all(&dist).map_err(Error::system(format!("making {}", dist.display())))?;
    tally.add("tools", tools::ensure(project));
    if options.filter.is_empty() {
        static_checks(project, &mut tally);
    }
    if build(project, &mut tally) {
        if options.filter.is_empty() {
            tally.add("generated files", generated(project));
        }
        match tests(project, &options.filter) {
            Ok(sum) => tally.add_tests(sum),
            Err(error) => {
                tally.add("tests", Err(error));
            }
        }
    }
    Ok(tally.report())
}

fn static_checks(project: &Project, tally: &mut Tally) {
    let cargo = |arguments: &[&str]| {
        let mut cargo = program::cargo(&project.root);
        cargo.args(arguments);
        cargo
    };
    tally.add("format", program::run(cargo(&["fmt", "--all", "--check"])));
    let lints = ["clippy", "--workspace", "--exclude", "frontend", "--all-targets", "--locked"];
    let mut host = cargo(&lints);
    host.args(["--features", "backend/demo", "--", "-D", "warnings"]);
    tally.add("lints", program::run(host));
    tally.add("lints of the portal", portal_lints(project));
    tally.add("rules of the house", succeeded(check::run(project), "a rule of the house is broken"));
}

/// Clippy belongs to rustup's compiler. Where that does not know the browser, the portal is linted for the host.
fn portal_lints(project: &Project) -> Result<(), Error> {
    let mut cargo = program::cargo(&project.root);
    cargo.args(["clippy", "--package", "frontend", "--locked", "--target-dir"]);
    cargo.arg(project.target.join("wasm"));
    if portal::compiler()? == "rustc" {
        cargo.args(["--target", portal::TARGET]);
    }
    cargo.args(["--", "-D", "warnings"]);
    program::run(cargo)
}

/// Without portal, server and the tests themselves there is nothing to run.
fn build(project: &Project, tally: &mut Tally) -> bool {
    let portal = tally.add("portal", portal::build(project, &portal::Options::default()));
    // All of the workspace, as the tests are built: so nothing is compiled twice with other features.
    let mut cargo = program::cargo(&project.root);
    cargo.args(["build", "--workspace", "--exclude", "frontend", "--features", "backend/demo", "--locked"]);
    portal && tally.add("server", program::run(cargo))
}

fn generated(project: &Project) -> Result<(), Error> {
    let outcome = generate::run(project, &generate::Options { check: true, built: true });
    succeeded(outcome, "a generated file has drifted; write it anew with: cargo xtask gen")
}

fn succeeded(outcome: Result<ExitCode, Error>, otherwise: &str) -> Result<(), Error> {
    // ExitCode cannot be compared; what it shows can.
    if format!("{:?}", outcome?) == format!("{:?}", ExitCode::SUCCESS) {
        return Ok(());
    }
    Err(Error::said(otherwise))
}

/// All tests against one PostgreSQL, each making its own databases in it.
fn tests(project: &Project, filter: &[String]) -> Result<nextest::Sum, Error> {
    let mut postgres = Server::start(Postgres::new(project.target.join("test-postgres")))?;
    // A run that was killed may have left it.
    postgres.take_over()?;
    let mut cargo = program::cargo(&project.root);
    cargo.args(["nextest", "run", "--workspace", "--exclude", "frontend", "--features", "backend/demo"]);
    cargo.args(["--locked", "--no-fail-fast", "--retries", "0", "--color", "always"]);
    cargo.args(filter);
    environment(project, &postgres, &mut cargo);
    nextest::run(cargo)
}

fn environment(project: &Project, postgres: &Server, cargo: &mut Command) {
    cargo.env("TEST_DATABASE_URL", postgres.url("postgres"));
    cargo.env("TEST_PG_BIN", postgres.bin(""));
    cargo.env("TEST_REGISTER", project.built("register", false));
    cargo.env("TEST_AXE", project.path("frontend/node_modules/axe-core/axe.min.js"));
    for (name, program) in browser::programs() {
        cargo.env(name, program);
    }
}
