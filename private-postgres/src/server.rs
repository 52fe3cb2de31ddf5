//! A running server: started or adopted, asked, crashed, stopped.

use crate::{
    Error, USER,
    account::Account,
    cluster::{self, Found},
    control,
    postmaster::{self, Postmaster},
    programs::Programs,
    settings, socket,
    watch::Watch,
};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

/// How long a server that is just starting or stopping is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which server to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of its data. Made where it is missing.
    pub data_dir: PathBuf,
    /// Settings beside the usual ones, as in postgresql.conf. Those that keep values out of the log cannot be changed.
    pub settings: Vec<(String, String)>,
}

impl Options {
    /// The usual settings, data in `data_dir`.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), settings: Vec::new() }
    }

    /// With one more setting.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// A PostgreSQL that is running. Dropping it stops the server, if this program started it.
#[derive(Debug)]
pub struct Server {
    data_dir: PathBuf,
    socket_dir: PathBuf,
    programs: Programs,
    account: Account,
    settings: Vec<(String, String)>,
    /// There while the server is to stop with this program.
    watch: Option<Watch>,
}

impl Server {
    /// Starts the server on its folder, or joins the one that already runs there.
    ///
    /// # Errors
    /// Every reason comes with what mends it; see [`Error`].
    pub fn start(options: Options) -> Result<Self, Error> {
        let given = std::path::absolute(&options.data_dir)
            .map_err(Error::system(format!("finding {}", options.data_dir.display())))?;
        let wanted = match cluster::inspect(&given)? {
            Found::Nothing => None,
            Found::Data(version) => Some(version),
        };
        let account = Account::choose()?;
        let programs = Programs::find(&given, wanted.as_deref())?;
        let parent = cluster::prepare_parent(&given, &account)?;
        let data_dir = parent.join(given.file_name().unwrap_or_default());
        let mut server = Self {
            socket_dir: socket::folder(&data_dir),
            data_dir,
            programs,
            account,
            settings: options.settings,
            watch: None,
        };
        // Two programs that start at once: the second waits, then joins.
        let _turn = server.turn()?;
        if cluster::inspect(&server.data_dir)? == Found::Nothing {
            cluster::create(&server.data_dir, &server.programs, &server.account)?;
        }
        if !server.join()? {
            server.launch()?;
        }
        Ok(server)
    }

    /// The URL of a database on this server, for `DATABASE_URL` and for sqlx.
    pub fn url(&self, database: &str) -> String {
        let host = percent_encoded(&self.socket_dir.to_string_lossy());
        format!("postgres://{USER}@localhost/{}?host={host}", percent_encoded(database))
    }

    /// Makes a database, unless it is there.
    ///
    /// # Errors
    /// A name with other signs than a-z, 0-9 and _, or a server that does not answer.
    pub fn create_database(&self, name: &str) -> Result<(), Error> {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || name.len() > 63 || !name.chars().all(fine) {
            return Err(Error::Name(name.to_owned()));
        }
        let exists = format!("select count(*) from pg_database where datname = '{name}'");
        if self.ask(&exists)? == "1" {
            return Ok(());
        }
        match self.ask(&format!("create database \"{name}\"")) {
            // Another program may have made it in between.
            Err(error) if self.ask(&exists)? != "1" => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes a database and whoever is connected to it.
    ///
    /// # Errors
    /// A server that does not answer.
    pub fn drop_database(&self, name: &str) -> Result<(), Error> {
        let name = name.replace('"', "\"\"");
        self.ask(&format!("drop database if exists \"{name}\" with (force)")).map(drop)
    }

    /// The process of the server, while it runs.
    pub fn pid(&self) -> Option<u32> {
        Postmaster::read(&self.data_dir).map(|found| found.pid).filter(|pid| postmaster::alive(*pid))
    }

    /// Kills the server as a crash would, and waits until all its processes are gone. For tests.
    ///
    /// # Errors
    /// No server runs, or it cannot be killed.
    pub fn crash(&self) -> Result<(), Error> {
        let said = |said: &str| Error::Program { program: "kill -9".into(), said: said.to_owned() };
        let pid = self.pid().ok_or_else(|| said("the server does not run"))?;
        let mut kill = Command::new("kill");
        kill.args(["-9", &pid.to_string()]);
        control::finish(kill, "kill -9")?;
        if !postmaster::wait_until_gone(pid, Duration::from_secs(10)) {
            return Err(said("the process is still there"));
        }
        postmaster::wait_for_children(&self.data_dir);
        Ok(())
    }

    /// Stops the server if it runs, and starts it. From now on it stops with this program.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn restart(&mut self) -> Result<(), Error> {
        let _turn = self.turn()?;
        if Postmaster::living(&self.data_dir)?.is_some() {
            control::stop(&self.data_dir, &self.programs, &self.account)?;
        }
        self.launch()
    }

    /// Makes a server that was joined stop with this program: for whoever knows that its starter is gone.
    ///
    /// # Errors
    /// No shell could be started to watch over it.
    pub fn take_over(&mut self) -> Result<(), Error> {
        if self.watch.is_none() {
            self.watch = Some(Watch::begin(&self.data_dir, &self.programs, &self.account)?);
        }
        Ok(())
    }

    /// Whether the server was running before, and this program joined it.
    pub fn joined(&self) -> bool {
        self.watch.is_none()
    }

    /// Stops the server now, whoever started it.
    ///
    /// # Errors
    /// It did not stop within a minute.
    pub fn stop(mut self) -> Result<(), Error> {
        self.watch = None;
        self.halt()
    }

    /// The folder of its data.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The server's log.
    pub fn log_file(&self) -> PathBuf {
        self.data_dir.join(control::LOG)
    }

    /// The folder of its socket: what `psql --host` takes.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// The path of one of its programs, such as `pgbench`.
    pub fn bin(&self, name: &str) -> PathBuf {
        self.programs.path(name)
    }

    /// The major version of PostgreSQL.
    pub fn major(&self) -> u32 {
        self.programs.major
    }

    /// Joins the server that already runs on the folder. Only one that lets us in counts.
    fn join(&mut self) -> Result<bool, Error> {
        let start = Instant::now();
        loop {
            let Some(running) = Postmaster::living(&self.data_dir)? else { return Ok(false) };
            match control::ask(&self.programs, &running, "postgres", "select 1") {
                Ok(_) if running.port == crate::PORT => {
                    self.socket_dir = running.socket_dir;
                    return Ok(true);
                }
                // One that another program has just begun to start or to stop says so, or nothing yet.
                Err(Error::Program { said, .. }) if start.elapsed() < PATIENCE && on_its_way(&said) => {
                    thread::sleep(Duration::from_millis(50));
                }
                _ => return Err(Error::InUse { dir: self.data_dir.clone(), pid: running.pid }),
            }
        }
    }

    fn launch(&mut self) -> Result<(), Error> {
        Postmaster::living(&self.data_dir)?;
        self.socket_dir = socket::folder(&self.data_dir);
        socket::prepare(&self.socket_dir, &self.data_dir, &self.account)?;
        let file = self.data_dir.join(settings::FILE);
        fs::write(&file, settings::file(&self.socket_dir, &self.settings))
            .map_err(|error| cluster::not_writable(&self.data_dir, &error.to_string()))?;
        self.account.give(&self.data_dir)?;
        control::start(&self.data_dir, &self.programs, &self.account)?;
        self.take_over()
    }

    fn halt(&self) -> Result<(), Error> {
        if Postmaster::living(&self.data_dir)?.is_some() {
            control::stop(&self.data_dir, &self.programs, &self.account)?;
        }
        if self.socket_dir != self.data_dir {
            // Empty by now; where it is not, the next start takes it as it is.
            let _ = fs::remove_dir(&self.socket_dir);
        }
        Ok(())
    }

    fn ask(&self, sql: &str) -> Result<String, Error> {
        let at = Postmaster { pid: 0, port: crate::PORT, socket_dir: self.socket_dir.clone() };
        control::ask(&self.programs, &at, "postgres", sql)
    }

    /// Held while starting; the system frees it whatever becomes of this program.
    fn turn(&self) -> Result<File, Error> {
        let name = self.data_dir.file_name().unwrap_or_default().to_string_lossy();
        let file = self.data_dir.with_file_name(format!("{name}.lock"));
        let doing = || format!("locking {}", file.display());
        let lock = File::create(&file).map_err(Error::system(doing()))?;
        lock.lock().map_err(Error::system(doing()))?;
        Ok(lock)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // First, or it would stop the server beside us.
        if self.watch.take().is_none() {
            return;
        }
        if let Err(error) = self.halt() {
            eprintln!("PostgreSQL on {} did not stop: {error}", self.data_dir.display());
        }
    }
}

fn on_its_way(said: &str) -> bool {
    ["starting up", "shutting down", "No such file", "Connection refused", "recovery"]
        .iter()
        .any(|sign| said.contains(sign))
}

fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::percent_encoded;

    #[test]
    fn a_path_with_blanks_and_letters_survives_in_a_url() {
        assert_eq!(percent_encoded("/a b/æ?&"), "/a%20b/%C3%A6%3F%26");
    }
}
