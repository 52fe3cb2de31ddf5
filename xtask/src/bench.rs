//! `cargo xtask bench NAME`: an optimised build, a fresh PostgreSQL, one benchmark.

use crate::{error::Error, portal, program, project::Project};
use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

/// Which benchmark.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// append, claim, import, rebuild, lookup, freshness, match, recipients, portal or retention.
    name: String,
    /// Print one JSON object as the last line.
    #[arg(long)]
    json: bool,
}

/// Builds, measures, and passes on what the benchmark says.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), Error> {
    portal::build(project, &portal::Options::default())?;
    let mut cargo = program::cargo(&project.root);
    cargo.args(["build", "--release", "--locked", "-p", "tests", "--bin", "bench", "-p", "backend"]);
    cargo.args(["--bin", "register", "--features", "backend/demo"]);
    program::run(cargo)?;

    let folder = project.target.join("bench-postgres");
    if folder.exists() {
        // A run that was killed left its server: join it and stop it before its files go.
        if let Ok(left) = private_postgres::Server::start(private_postgres::Options::new(&folder)) {
            left.stop()?;
        }
        fs::remove_dir_all(&folder).map_err(Error::system(format!("removing {}", folder.display())))?;
    }
    let postgres = private_postgres::Server::start(private_postgres::Options::new(&folder))?;
    postgres.create_database("bench")?;
    let mut bench = Command::new(project.built("bench", true));
    bench.arg(&options.name).current_dir(&project.root);
    if options.json {
        bench.arg("--json");
    }
    bench.env("BENCH_DATABASE_URL", postgres.url("bench"));
    bench.env("BENCH_PG_BIN", postgres.bin(""));
    bench.env("BENCH_REGISTER", project.built("register", true));
    bench.env("BENCH_PORTAL_DIST", project.path("frontend/dist"));
    let outcome = pass_through(bench, options);
    postgres.stop()?;
    outcome
}

/// Lines go to standard error while it measures, the last one to standard output: a program may read it.
fn pass_through(mut bench: Command, options: &Options) -> Result<(), Error> {
    let doing = || format!("running the benchmark {}", options.name);
    let mut child = bench.stdout(Stdio::piped()).spawn().map_err(Error::system(doing()))?;
    let mut last: Option<String> = None;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).lines() {
            let line = line.map_err(Error::system(doing()))?;
            if let Some(before) = last.replace(line) {
                eprintln!("{before}");
            }
        }
    }
    let status = child.wait().map_err(Error::system(doing()))?;
    if let Some(line) = last {
        println!("{line}");
    }
    if status.success() {
        return Ok(());
    }
    Err(Error::said(format!("the benchmark {} failed ({status})", options.name)))
}
