//! Who PostgreSQL runs as. It refuses the superuser, and a container often has no other.

use crate::Error;
use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt},
    path::Path,
    process::{Command, Stdio},
};

/// The user and group number that the namespace shows instead of 0: "nobody" everywhere.
const MAPPED: &str = "65534";

/// How PostgreSQL's programs are started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Account {
    /// As whoever runs this program.
    Own,
    /// As root, in a user namespace that hides it: files stay root's, and no folder needs another owner.
    Hidden,
    /// As this user and group; the data directory becomes theirs.
    Other {
        /// The user's number.
        uid: u32,
        /// The group's number.
        gid: u32,
    },
}

impl Account {
    /// The account that works here.
    pub(crate) fn choose() -> Result<Self, Error> {
        if own_uid()? != 0 {
            return Ok(Self::Own);
        }
        if namespaces_work() {
            return Ok(Self::Hidden);
        }
        let users = fs::read_to_string("/etc/passwd").map_err(Error::system("reading /etc/passwd"))?;
        unprivileged(&users).ok_or_else(|| Error::Program {
            program: "postgres".into(),
            said: "it refuses to run as root, and neither user namespaces nor a user `postgres` or `nobody` \
                   are there. Start this program as an ordinary user"
                .into(),
        })
    }

    /// A command that runs `program` as this account, in `dir`, apart from the terminal's Ctrl-C.
    pub(crate) fn command(&self, program: &Path, dir: &Path) -> Command {
        let mut command = match self {
            Self::Own => Command::new(program),
            Self::Hidden => {
                let mut command = Command::new("unshare");
                command.arg("--user").arg(format!("--map-user={MAPPED}"));
                command.arg(format!("--map-group={MAPPED}")).arg("--").arg(program);
                command
            }
            Self::Other { uid, gid } => {
                let mut command = Command::new(program);
                command.uid(*uid).gid(*gid);
                command
            }
        };
        command
            .current_dir(dir)
            .process_group(0)
            .stdin(Stdio::null())
            .env_remove("PGDATA")
            .env("LC_ALL", "C");
        command
    }

    /// Gives `path` and all below it to the account, where that is another than ours.
    pub(crate) fn give(&self, path: &Path) -> Result<(), Error> {
        let Self::Other { uid, gid } = self else { return Ok(()) };
        let doing = || format!("giving {} to user {uid}", path.display());
        chown(path, Some(*uid), Some(*gid)).map_err(Error::system(doing()))?;
        if !path.is_dir() {
            return Ok(());
        }
        for entry in fs::read_dir(path).map_err(Error::system(doing()))? {
            let entry = entry.map_err(Error::system(doing()))?;
            let kind = entry.file_type().map_err(Error::system(doing()))?;
            if !kind.is_symlink() {
                self.give(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Whether the account can write in `dir`, parents included.
    pub(crate) fn can_write(&self, dir: &Path) -> bool {
        // Asked from `/`: with a parent it may not enter, a command could not even start inside `dir`.
        let mut command = self.command(Path::new("test"), Path::new("/"));
        command.arg("-w").arg(dir).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

fn own_uid() -> Result<u32, Error> {
    let output = Command::new("id")
        .arg("-u")
        .output()
        .map_err(Error::system("asking `id -u` who runs this program"))?;
    String::from_utf8_lossy(&output.stdout).trim().parse().map_err(|_| Error::Program {
        program: "id -u".into(),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Often switched off in containers, so it is tried rather than looked up.
fn namespaces_work() -> bool {
    Account::Hidden
        .command(Path::new("true"), Path::new("/"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// `postgres`, else `nobody`, in the lines of /etc/passwd.
fn unprivileged(users: &str) -> Option<Account> {
    ["postgres", "nobody"].iter().find_map(|wanted| {
        users.lines().find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            let uid = fields.nth(1)?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            (name == *wanted).then_some(Account::Other { uid, gid })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgres_goes_before_nobody() {
        let users =
            "root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\npostgres:x:101:104::/:/bin/sh\n";
        assert_eq!(unprivileged(users), Some(Account::Other { uid: 101, gid: 104 }));
        assert_eq!(
            unprivileged("nobody:x:65534:65533::/:/bin/false"),
            Some(Account::Other { uid: 65534, gid: 65533 })
        );
        assert_eq!(unprivileged("root:x:0:0::/:/bin/sh"), None);
    }
}
