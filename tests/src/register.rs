//! The real program `register`, started for a test.

use crate::database::scratch;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a server may take to be ready; debug builds on a busy machine are slow.
const READY_WITHIN: Duration = Duration::from_secs(90);

/// The token of the feed in tests.
pub const INTAKE_TOKEN: &str = "intake-token-of-the-tests";

/// A running server, killed with the value.
pub struct Register {
    child: Child,
    /// Where it answers, without a slash at the end.
    pub url: String,
    port: u16,
    database_url: String,
    /// What stands in its environment beside the usual.
    settings: Vec<(String, String)>,
    /// Keyring and log file lie here.
    pub folder: TempDir,
}

impl Register {
    /// Starts a demo server on a database and waits until it is ready.
    pub async fn start(database_url: &str) -> Register {
        Register::start_with(database_url, &[]).await
    }

    /// The same, with more in its environment.
    pub async fn start_with(database_url: &str, settings: &[(&str, &str)]) -> Register {
        let folder = tempfile::tempdir().expect("a folder");
        Register::start_in(database_url, folder, 0, settings).await
    }

    /// Starts one with a copy of somebody's keys and a clock that runs so many seconds ahead.
    pub async fn start_ahead(database_url: &str, keys: &Path, seconds: i64) -> Register {
        let folder = tempfile::tempdir().expect("a folder");
        let copied =
            Command::new("cp").arg("-a").arg(keys).arg(folder.path().join("keyring")).status().expect("cp");
        assert!(copied.success(), "copy the keys");
        Register::start_in(database_url, folder, seconds, &[]).await
    }

    /// Starts another server of the same register: same database, same keys.
    pub async fn start_beside(&self) -> Register {
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink(self.keyring(), folder.path().join("keyring"))
            .expect("a link to the keys");
        let settings: Vec<(&str, &str)> =
            self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Register::start_in(&self.database_url, folder, 0, &settings).await
    }

    async fn start_in(
        database_url: &str,
        folder: TempDir,
        seconds: i64,
        settings: &[(&str, &str)],
    ) -> Register {
        let port = free_port();
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let settings: Vec<(String, String)> = settings.iter().map(owned).collect();
        let child = spawn(database_url, port, &folder, seconds, &settings);
        let url = format!("http://127.0.0.1:{port}");
        let database_url = database_url.to_owned();
        let mut register = Register { child, url, port, database_url, settings, folder };
        register.ready().await;
        register
    }

    /// Waits until `/health/ready` says 200.
    pub async fn ready(&mut self) {
        let client = reqwest::Client::new();
        let started = Instant::now();
        while started.elapsed() < READY_WITHIN {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the server ended with {status}: {}", self.log());
            }
            let answer = client.get(format!("{}/health/ready", self.url)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server did not get ready: {}", self.log());
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again, on the same port and keyring; does not wait.
    pub fn start_again(&mut self) {
        self.start_again_ahead(0);
    }

    /// The same, with a clock that runs so many seconds ahead.
    pub fn start_again_ahead(&mut self, seconds: i64) {
        self.child = spawn(&self.database_url, self.port, &self.folder, seconds, &self.settings);
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    /// Its keyring.
    pub fn keyring(&self) -> PathBuf {
        self.folder.path().join("keyring")
    }

    /// Runs the program's command line on the same register.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).env("DATABASE_URL", &self.database_url).env_remove("READ_DATABASE_URL");
        command.env("REGISTER_KEYRING", self.keyring()).current_dir(self.folder.path());
        command
    }
}

impl Drop for Register {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The program: `TEST_REGISTER`, or the debug build.
pub fn program() -> PathBuf {
    std::env::var_os("TEST_REGISTER").map_or_else(|| scratch().join("debug/register"), PathBuf::from)
}

fn spawn(
    database_url: &str,
    port: u16,
    folder: &TempDir,
    ahead: i64,
    settings: &[(String, String)],
) -> Child {
    let log =
        File::options().create(true).append(true).open(folder.path().join("server.log")).expect("a log file");
    Command::new(program())
        .args(["serve", "--demo", "--bind", &format!("127.0.0.1:{port}")])
        .env("DATABASE_URL", database_url)
        .env_remove("READ_DATABASE_URL")
        .env("REGISTER_KEYRING", folder.path().join("keyring"))
        .env("REGISTER_INTAKE_TOKEN", INTAKE_TOKEN)
        .env("REGISTER_CLOCK_AHEAD", ahead.to_string())
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(log.try_clone().expect("the log file"))
        .stderr(log)
        .spawn()
        .expect("start the register; build it with: cargo build -p backend --features demo")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}
