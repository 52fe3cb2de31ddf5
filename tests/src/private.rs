//! A PostgreSQL of a test's own: one that it may crash, search and stop.

use private_postgres::{Options, Server};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A running server in a folder of its own; both end with the value.
pub struct Private {
    /// The server.
    pub server: Server,
    folder: TempDir,
}

impl Private {
    /// Starts a small one with a database `register`, and with further settings.
    pub fn start(settings: &[(&str, &str)]) -> Private {
        let folder = tempfile::tempdir().expect("a folder");
        // Every user may enter: started by root, PostgreSQL runs as somebody else.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))
            .expect("open the folder");
        let small = [("shared_buffers", "64MB"), ("max_connections", "80"), ("min_wal_size", "32MB")];
        let options = small
            .iter()
            .chain(settings)
            .fold(Options::new(folder.path().join("postgres")), |options, (name, value)| {
                options.set(name, value)
            });
        let server = Server::start(options).expect("start a PostgreSQL");
        server.create_database("register").expect("make a database");
        Private { server, folder }
    }

    /// Starts one on a copy of a base backup of another.
    pub fn restored(backup: &Path) -> Private {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))
            .expect("open the folder");
        let data = folder.path().join("postgres");
        let copied = Command::new("cp").arg("-a").arg(backup).arg(&data).status().expect("cp");
        assert!(copied.success(), "copy the backup");
        for file in std::fs::read_dir(&data).expect("the copy") {
            // Its socket lay in the data directory, and the lock of it went along.
            let path = file.expect("a file").path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".s.PGSQL")) {
                std::fs::remove_file(path).expect("remove the socket's lock");
            }
        }
        let options = Options::new(&data).set("shared_buffers", "64MB").set("max_connections", "80");
        let server = Server::start(options).expect("start a PostgreSQL on the backup");
        Private { server, folder }
    }

    /// Takes a base backup of it, which its own user can start from.
    pub fn base_backup(&self, to: &Path) {
        let url = self.url().replacen("/register?", "/postgres?", 1);
        let ran = Command::new(self.server.bin("pg_basebackup"))
            .args(["--checkpoint=fast", "--wal-method=stream", "-D"])
            .arg(to)
            .args(["-d", &url])
            .output()
            .expect("pg_basebackup");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let owner = format!("--reference={}", self.folder.path().join("postgres").display());
        let given = Command::new("chown").args(["-R", &owner]).arg(to).status().expect("chown");
        assert!(given.success(), "give the backup to PostgreSQL's user");
    }

    /// Stops it. Its files lie in the folder `postgres` of the one that is returned.
    pub fn stop(self) -> TempDir {
        self.server.stop().expect("stop PostgreSQL");
        self.folder
    }

    /// Where the register's database is.
    pub fn url(&self) -> String {
        self.server.url("register")
    }
}
