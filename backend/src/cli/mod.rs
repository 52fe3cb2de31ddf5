//! The command line: one file a command.

#![expect(clippy::print_stdout, reason = "a command line talks on standard output")]

mod conformance;
mod consumer;
mod doctor;
mod help_numbers;
mod import;
mod machines;
mod messages;
mod node;
mod prove;
mod reference;
mod referrals;
mod results;
mod retention;
mod serve;
mod telemetry;
mod usage;
mod verify;

#[cfg(feature = "demo")]
mod demo;

use backend::clock::Clock;
use backend::intake::reference::Reference;
use backend::projections::projector::FoldError;
use clap::{Args, Parser, Subcommand};
#[cfg(feature = "demo")]
use jiff::SignedDuration;
use std::path::PathBuf;
use std::process::ExitCode;

/// The register of the national control centre.
#[derive(Parser)]
#[command(name = "register", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Brings the database schemas up to date.
    Migrate(Databases),
    /// Runs the server.
    Serve(serve::Serve),
    /// Takes a file of records in.
    Import(import::Import),
    /// Recomputes the chain of the log and names what was changed.
    Verify(verify::Verify),
    /// Builds the read models anew beside the old ones.
    Rebuild(Register),
    /// Adopts reference data: postcode tables, intake policies.
    Reference(reference::ReferenceData),
    /// What ends when, ending it, and checking the proof.
    Retention(retention::RetentionCommand),
    /// Those who take data from here and must be told what ends.
    Consumer(consumer::ConsumerCommand),
    /// Grades a program that takes data from here, with a stream that has every nasty case.
    Conformance(conformance::Conformance),
    /// How much machines take, a month at a time.
    Usage(usage::UsageCommand),
    /// Checks databases, keyring and clock, and says how to mend what is wrong.
    Doctor(doctor::Doctor),
    /// Prints the OpenAPI description.
    Openapi,
    /// Prints the JSON Schemas of all events.
    Schemas,
    /// Makes invented travellers.
    #[cfg(feature = "demo")]
    Demo(demo::Demo),
}

/// Where the databases are.
#[derive(Args, Clone)]
struct Databases {
    /// The log's PostgreSQL.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// The read models' PostgreSQL; the same one when not given.
    #[arg(long, env = "READ_DATABASE_URL", hide_env_values = true)]
    read_database_url: Option<String>,
}

impl Databases {
    fn read_url(&self) -> &str {
        self.read_database_url.as_deref().filter(|url| !url.is_empty()).unwrap_or(&self.database_url)
    }
}

/// A register: its databases and its keyring.
#[derive(Args, Clone)]
struct Register {
    #[command(flatten)]
    databases: Databases,
    /// The key directory (mode 0700), or several with the same keys, separated by `:`. None may lie where backups
    /// are taken.
    #[arg(long, env = "REGISTER_KEYRING")]
    keyring: PathBuf,
    /// Where rejected records of imported files are kept, sealed, until their epoch ends.
    #[arg(long, env = "REGISTER_REJECTS", default_value = "rejects", global = true)]
    rejects: PathBuf,
    /// Runs ahead of the machine's clock by so many seconds, to see ten days pass. Demo builds only.
    #[cfg(feature = "demo")]
    #[arg(long, env = "REGISTER_CLOCK_AHEAD", default_value_t = 0, hide = true)]
    clock_ahead: i64,
}

impl Register {
    #[cfg(feature = "demo")]
    fn clock(&self) -> Clock {
        Clock::ahead(SignedDuration::from_secs(self.clock_ahead))
    }

    #[cfg(not(feature = "demo"))]
    fn clock(&self) -> Clock {
        Clock::system()
    }
}

/// A failure as the user reads it.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs the command that was asked for.
pub async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Migrate(databases) => migrate(&databases).await,
        Command::Serve(serve) => serve::run(serve).await,
        Command::Import(import) => return import::run(import).await.unwrap_or_else(report),
        Command::Verify(verify) => return verify::run(verify).await.unwrap_or_else(report),
        Command::Rebuild(register) => rebuild(&register).await,
        Command::Reference(data) => reference::run(data).await,
        Command::Retention(command) => return retention::run(command).await.unwrap_or_else(report),
        Command::Consumer(command) => consumer::run(command).await,
        Command::Usage(command) => usage::run(command).await,
        Command::Conformance(course) => return conformance::run(course).await.unwrap_or_else(report),
        Command::Doctor(doctor) => return doctor::run(doctor).await,
        Command::Openapi => print(&backend::http::openapi()),
        Command::Schemas => print(&schemas()),
        #[cfg(feature = "demo")]
        Command::Demo(demo) => demo::run(demo).await,
    };
    done.map_or_else(report, |()| ExitCode::SUCCESS)
}

fn report(failure: Failure) -> ExitCode {
    eprintln!("register: {failure}");
    ExitCode::FAILURE
}

async fn migrate(databases: &Databases) -> Result<(), Failure> {
    backend::log::migrate(&databases.database_url).await?;
    backend::projections::database::migrate(databases.read_url()).await?;
    Ok(())
}

async fn rebuild(register: &Register) -> Result<(), Failure> {
    let node = node::Node::open(register).await?;
    let reference = Reference::load(&node.log).await?;
    let started = std::time::Instant::now();
    let folded = node.projector(&reference).rebuild().await.map_err(|error: FoldError| error.to_string())?;
    println!("{folded} events folded in {:.1} s", started.elapsed().as_secs_f64());
    Ok(())
}

fn schemas() -> serde_json::Value {
    let all = events::catalogue::all_schemas().into_iter();
    all.map(|schema| (format!("{}.v{}", schema.name, schema.version), schema.schema)).collect()
}

fn print(value: &impl serde::Serialize) -> Result<(), Failure> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}
