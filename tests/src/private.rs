//! A PostgreSQL of a test's own: one that it may crash, search and stop.

use private_postgres::{Options, Server};
use std::os::unix::fs::PermissionsExt;
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
