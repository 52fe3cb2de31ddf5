//! `cargo xtask run`: portal, server, database, demo people and their travellers, until Ctrl-C.

mod children;
mod folder;
mod health;
mod welcome;

use crate::{error::Error, portal, program, project::Project};
use children::{Children, End};
use folder::Folder;
use private_postgres::Server;
use std::{
    env,
    io::{self, Write},
    net::TcpListener,
    path::PathBuf,
    process::{Command, ExitCode},
    time::Duration,
};

/// How long the server may take to become ready; a rebuild of read tables is part of it.
const PATIENCE: Duration = Duration::from_secs(300);

/// Where and how it runs.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The port of the portal, on this machine only.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder of database, keys and logs.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Demo travellers a minute.
    #[arg(long)]
    rate: Option<u32>,
    /// Which demo people: the same number gives the same ones.
    #[arg(long)]
    seed: Option<u64>,
    /// Optimised: slower to build, faster to run.
    #[arg(long)]
    release: bool,
    /// A large portal that is built in seconds: for work on it.
    #[arg(long)]
    quick: bool,
}

/// Runs until it is told to stop, or until a part of it ends.
pub(crate) fn run(project: &Project, options: &Options) -> Result<ExitCode, Error> {
    let folder = Folder::open(&options.data)?;
    folder.stop_left_children()?;
    port_is_free(options.port)?;
    portal::build(project, &portal::Options { quick: options.quick, ..Default::default() })?;
    build_server(project, options.release)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(Error::system("starting the runtime"))?;
    runtime.block_on(serve(project, options, &folder))
}

/// Builds the server with its demo; `test` and `bench` need the same.
pub(crate) fn build_server(project: &Project, release: bool) -> Result<(), Error> {
    let mut cargo = program::cargo(&project.root);
    cargo.args(["build", "--package", "backend", "--features", "demo", "--locked"]);
    if release {
        cargo.arg("--release");
    }
    program::run(cargo)
}

/// The order of starting. Stopping goes the other way round, whatever happened in between.
async fn serve(project: &Project, options: &Options, folder: &Folder) -> Result<ExitCode, Error> {
    let mut stop = children::StopSignal::listen()?;
    let postgres = own_postgres(folder)?;
    let mut children = Children::default();
    let outcome = start(project, options, folder, postgres.as_ref(), &mut children, &mut stop).await;
    let outcome = match outcome {
        Ok(None) => Ok(children.wait(&mut stop).await),
        Ok(Some(end)) => Ok(end),
        Err(error) => Err(error),
    };
    println!("\nStopper … / stopping …");
    children.stop_all().await;
    folder.forget_children();
    if let Some(postgres) = postgres {
        postgres.stop()?;
    }
    match outcome? {
        End::Asked => Ok(ExitCode::SUCCESS),
        End::Child { name, status, log } => Err(Error::said(format!(
            "{name} ended by itself ({status}). The end of its log, {}:\n{}",
            log.display(),
            folder::last_lines(&log)
        ))),
    }
}

/// Starts server and feed. `Some` when something ended before all were up.
async fn start(
    project: &Project,
    options: &Options,
    folder: &Folder,
    postgres: Option<&Server>,
    children: &mut Children,
    stop: &mut children::StopSignal,
) -> Result<Option<End>, Error> {
    let register = project.built("register", options.release);
    let command = |arguments: &[&str]| -> Result<Command, Error> {
        let mut command = Command::new(&register);
        command.args(arguments).current_dir(&project.root);
        let (log, read) = database_urls(postgres)?;
        command.env("DATABASE_URL", log).env("READ_DATABASE_URL", read);
        command.env("REGISTER_INTAKE_TOKEN", folder.token()?);
        Ok(command)
    };
    let url = format!("http://127.0.0.1:{}", options.port);
    let keyring = folder.keyring()?;
    program::run(command(&["migrate"])?)?;

    let mut server =
        command(&["serve", "--demo", "--bind", &format!("127.0.0.1:{}", options.port), "--keyring"])?;
    server.arg(&keyring);
    children.start("the server", server, folder.log("server.log"))?;
    folder.remember_children(children)?;
    if let Some(end) = ready(options.port, children, stop).await? {
        return Ok(Some(end));
    }

    let mut feed = command(&["demo", "feed", "--to", &url])?;
    if let Some(seed) = options.seed {
        feed.args(["--seed", &seed.to_string()]);
    }
    if let Some(rate) = options.rate {
        feed.args(["--rate", &rate.to_string()]);
    }
    children.start("the demo feed", feed, folder.log("demo-feed.log"))?;
    folder.remember_children(children)?;
    welcome::print(&url, folder, postgres);
    println!("ready {url}");
    io::stdout().flush().map_err(Error::system("writing to standard output"))?;
    Ok(None)
}

/// Waits for the server's own word that it is ready.
async fn ready(
    port: u16,
    children: &mut Children,
    stop: &mut children::StopSignal,
) -> Result<Option<End>, Error> {
    tokio::select! {
        end = children.wait(stop) => Ok(Some(end)),
        up = tokio::time::timeout(PATIENCE, health::until_ready(port)) => match up {
            Ok(()) => Ok(None),
            Err(_) => Err(Error::said(format!(
                "the server was not ready after {} s; see its log in the data folder, \
                 and: curl http://127.0.0.1:{port}/health/ready", PATIENCE.as_secs()
            ))),
        },
    }
}

/// A database of its own, unless the environment names one.
fn own_postgres(folder: &Folder) -> Result<Option<Server>, Error> {
    if env::var_os("DATABASE_URL").is_some() {
        return Ok(None);
    }
    let mut postgres = Server::start(private_postgres::Options::new(folder.postgres()))?;
    // Nobody else holds the folder: a server that ran on it was left by a run that was killed.
    postgres.take_over()?;
    postgres.create_database("register")?;
    Ok(Some(postgres))
}

fn database_urls(postgres: Option<&Server>) -> Result<(String, String), Error> {
    let log = match postgres {
        Some(postgres) => postgres.url("register"),
        None => env::var("DATABASE_URL").map_err(|_| Error::said("DATABASE_URL is not valid text"))?,
    };
    let read = env::var("READ_DATABASE_URL").unwrap_or_else(|_| log.clone());
    Ok((log, read))
}

/// Asked before anything is built, so that the answer comes at once.
fn port_is_free(port: u16) -> Result<(), Error> {
    let Err(error) = TcpListener::bind(("127.0.0.1", port)) else { return Ok(()) };
    Err(Error::said(format!(
        "port {port} cannot be used ({error}). Choose another with: cargo xtask run --port {}",
        port.checked_add(1).unwrap_or(8080)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_told_with_the_way_out() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = taken.local_addr().expect("an address").port();
        let refused = port_is_free(port).expect_err("in use").to_string();
        assert!(refused.contains("--port"), "{refused}");
        drop(taken);
        assert!(port_is_free(port).is_ok());
    }
}
