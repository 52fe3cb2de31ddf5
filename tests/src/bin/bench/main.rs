//! The benchmarks: each prints ratios of one run, since machines differ from run to run.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod append;
mod claim;
mod freshness;
mod import;
mod load;
mod lookup;
mod matching;
mod pgbench;
mod portal;
mod rebuild;
mod recipients;
mod report;
mod retention;
mod workshop;

use report::Report;
use std::process::ExitCode;

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.iter().find(|argument| !argument.starts_with("--")).map(String::as_str);
    let mut report = match name {
        Some("append") => append::run().await,
        Some("claim") => claim::run().await,
        Some("import") => import::run().await,
        Some("rebuild") => rebuild::run().await,
        Some("lookup") => lookup::run().await,
        Some("freshness") => freshness::run().await,
        Some("match") => matching::run().await,
        Some("recipients") => recipients::run().await,
        Some("portal") => portal::run().await,
        Some("retention") => retention::run().await,
        _ => {
            eprintln!(
                "benchmarks: append claim import rebuild lookup freshness match portal recipients retention"
            );
            return ExitCode::FAILURE;
        }
    };
    report.about().await;
    report.print(arguments.iter().any(|argument| argument == "--json"));
    ExitCode::SUCCESS
}

/// What the figures are of.
fn new_report(bench: &'static str) -> Report {
    let mut report = Report::default();
    report.bench = bench;
    report
}
