//! A PostgreSQL 15 of its own, with compressed WAL and a compressed archive.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const BINARIES: &str = "/usr/lib/postgresql/15/bin";
const SETTINGS: &str = "
listen_addresses = ''
wal_compression = pglz
archive_mode = on
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql.log'
autovacuum = off
shared_buffers = 64MB
fsync = off
wal_keep_size = 1GB
";

pub struct Cluster {
    pub root: PathBuf,
}

impl Cluster {
    pub fn start(name: &str) -> Self {
        let root = PathBuf::from(format!("/tmp/scanpg/{name}-{}", std::process::id()));
        fs::create_dir_all(root.join("archive")).unwrap();
        run(Command::new("chown").args(["-R", "postgres"]).arg(&root));
        let cluster = Self { root };
        let data = cluster.data();
        cluster.program(&format!("initdb -D {} -E UTF8 --locale=C.UTF-8 -A trust --no-sync", data.display()));
        let shown = cluster.root.display();
        let own = format!(
            "unix_socket_directories = '{shown}'\narchive_command = 'gzip < %p > {shown}/archive/%f.gz'\n"
        );
        let mut file = fs::OpenOptions::new().append(true).open(data.join("postgresql.conf")).unwrap();
        file.write_all(format!("{SETTINGS}{own}").as_bytes()).unwrap();
        cluster.program(&format!("pg_ctl -D {} -l {shown}/start.log -w start", data.display()));
        cluster
    }

    pub fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// Runs one of PostgreSQL's programs as its own user.
    pub fn program(&self, line: &str) {
        let line = format!("cd /tmp && {BINARIES}/{line}");
        run(Command::new("su").args(["postgres", "-c", &line]));
    }

    fn psql(&self, sql: &str) -> std::process::Output {
        let line = format!(
            "cd /tmp && {BINARIES}/psql -XqAt -v ON_ERROR_STOP=1 -h {} postgres",
            self.root.display()
        );
        let mut child = Command::new("su")
            .args(["postgres", "-c", &line])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    pub fn sql(&self, sql: &str) -> String {
        let out = self.psql(sql);
        assert!(out.status.success(), "{}\n{sql}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    }

    pub fn failing_sql(&self, sql: &str) {
        assert!(!self.psql(sql).status.success());
    }

    /// The segment now written to.
    pub fn segment(&self) -> String {
        self.sql("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
    }

    /// Begins a new segment, and waits until the last one is archived.
    pub fn switch(&self) {
        let last = self.segment();
        self.sql("SELECT pg_switch_wal()");
        let archived = self.root.join(format!("archive/{last}.gz"));
        for _ in 0..200 {
            let done = format!("SELECT last_archived_wal >= '{last}' FROM pg_stat_archiver");
            if archived.exists() && self.sql(&done) == "t" {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("{last} was not archived");
    }

    pub fn postmaster(&self) -> u32 {
        let pid = fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        pid.lines().next().unwrap().parse().unwrap()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.program(&format!("pg_ctl -D {} -m immediate -w stop", self.data().display()));
        if std::env::var_os("KEEP_CLUSTER").is_none() {
            drop(fs::remove_dir_all(&self.root));
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
