//! A PostgreSQL of the test's own, with compressed WAL and a compressed archive.

use private_postgres::{Options, Server};
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How page images in the WAL, values and backups may be compressed; the last two only if PostgreSQL was built so.
const COMPRESSIONS: [&str; 3] = ["pglz", "lz4", "zstd"];
const SETTINGS: [(&str, &str); 6] = [
    ("wal_compression", "pglz"),
    ("archive_mode", "on"),
    ("autovacuum", "off"),
    ("shared_buffers", "64MB"),
    ("huge_pages", "off"),
    ("wal_keep_size", "1GB"),
];

/// A running server in a folder of its own; both end with the value.
pub struct Cluster {
    compressions: Vec<&'static str>,
    server: Server,
    folder: TempDir,
}

impl Cluster {
    /// Starts it on a new folder.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Every user may enter: started by root, PostgreSQL runs as somebody else.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let archive = folder.path().join("archive");
        let command = format!("gzip < \"%p\" > \"{}/%f.gz\"", archive.display());
        let options = Options::new(folder.path().join("data")).set("archive_command", &command);
        let options = SETTINGS.iter().fold(options, |options, (name, value)| options.set(name, value));
        let server = Server::start(options).unwrap();
        fs::create_dir(&archive).unwrap();
        let owner = format!("--reference={}", server.data_dir().display());
        run(Command::new("chown").arg(owner).arg(&archive));
        let mut cluster = Self { compressions: Vec::new(), server, folder };
        // Less to read: unoptimised, that takes long.
        for template in ["template0", "template1"] {
            cluster.sql(&format!("ALTER DATABASE {template} IS_TEMPLATE false; DROP DATABASE {template}"));
        }
        cluster.compressions = COMPRESSIONS.into_iter().filter(|method| cluster.takes(method)).collect();
        cluster
    }

    /// Tries a setting of the WAL's compression. Only a server that does not know it may refuse.
    fn takes(&self, method: &str) -> bool {
        let out = self.psql(&format!("SET wal_compression = {method}"));
        let said = String::from_utf8_lossy(&out.stderr);
        let refused = said.contains("invalid value for parameter \"wal_compression\"");
        assert!(out.status.success() || refused, "{said}");
        if refused {
            eprintln!("not tested: this PostgreSQL is built without {method}");
        }
        !refused
    }

    /// Whether this PostgreSQL is built with it.
    pub fn can(&self, compression: &str) -> bool {
        self.compressions.contains(&compression)
    }

    /// The folder that holds everything.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The data directory.
    pub fn data(&self) -> &Path {
        self.server.data_dir()
    }

    /// The server's log.
    pub fn log(&self) -> PathBuf {
        self.server.log_file()
    }

    /// The server's process.
    pub fn pid(&self) -> u32 {
        self.server.pid().unwrap()
    }

    /// Takes a base backup into a folder below `backup`.
    pub fn backup(&self, name: &str, options: &str) {
        let mut command = Command::new(self.server.bin("pg_basebackup"));
        command.args(["-d", &self.server.url("postgres"), "-c", "fast", "-D"]);
        command.arg(self.root().join("backup").join(name)).args(options.split(' '));
        run(&mut command);
    }

    /// Each statement is a transaction of its own.
    fn psql(&self, sql: &str) -> Output {
        let mut child = Command::new(self.server.bin("psql"))
            .args(["-XqAt", "-v", "ON_ERROR_STOP=1", &self.server.url("postgres")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// What the statements answer.
    pub fn sql(&self, sql: &str) -> String {
        let out = self.psql(sql);
        assert!(out.status.success(), "{}\n{sql}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    }

    /// The segment now written to.
    pub fn segment(&self) -> String {
        self.sql("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
    }

    /// Begins a new segment, and waits until the last one is archived.
    pub fn switch(&self) {
        let last = self.segment();
        self.sql("SELECT pg_switch_wal()");
        let archived = format!("SELECT last_archived_wal >= '{last}' FROM pg_stat_archiver");
        let start = Instant::now();
        while self.sql(&archived) != "t" {
            assert!(start.elapsed() < Duration::from_secs(30), "{last} was not archived");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn run(command: &mut Command) {
    let out = command.output().unwrap();
    assert!(out.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&out.stderr));
}

/// What people would do instead: whether any file below holds the text as it is.
pub fn grep(text: &str, folder: &Path) -> bool {
    let found = Command::new("grep").args(["-rqaF", text]).arg(folder).status().unwrap();
    found.code() == Some(0)
}
