//! Build, run, test, benchmark and check the register: `cargo xtask --help`.
#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

mod bench;
mod check;
mod error;
mod generate;
mod portal;
mod program;
mod project;
mod run;
mod test;

use clap::{Parser, Subcommand};
use error::Error;
use project::Project;
use std::process::ExitCode;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build portal and server, start a PostgreSQL, demo people and a demo feed.
    Run(run::Options),
    /// Everything that CI checks; with FILTER only the tests whose names match.
    Test(test::Options),
    /// Compile the portal to WebAssembly and put it, compressed, into frontend/dist.
    Portal(portal::Options),
    /// The rules of the house: imports, lengths, names, words.
    Check,
    /// Write the generated files that are committed.
    Gen(generate::Options),
    /// Run the named benchmark against a fresh PostgreSQL.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match perform(&arguments.command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn perform(command: &Command) -> Result<ExitCode, Error> {
    let project = Project::find()?;
    match command {
        Command::Run(options) => run::run(&project, options),
        Command::Test(options) => test::run(&project, options),
        Command::Portal(options) => portal::build(&project, options).map(|()| ExitCode::SUCCESS),
        Command::Check => check::run(&project),
        Command::Gen(options) => generate::run(&project, options),
        Command::Bench(options) => bench::run(&project, options).map(|()| ExitCode::SUCCESS),
    }
}
