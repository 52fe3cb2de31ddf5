//! Installs PostgreSQL with the machine's package manager, where that needs no question.

use crate::{Error, OLDEST_MAJOR};
use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

/// In two steps: with `postgresql-common` told not to, the second makes and starts no cluster of the system's.
const BY_APT: &str = r"set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends postgresql-common
conf=/etc/postgresql-common/createcluster.conf
grep -q '^create_main_cluster' $conf || echo 'create_main_cluster = false' >> $conf
apt-get install -y -qq --no-install-recommends postgresql";

/// Installs by apt as root or with a sudo that asks nothing; says so first.
pub(crate) fn install() -> Result<(), Error> {
    if !on_path("apt-get") {
        return Err(missing("this machine has no apt-get"));
    }
    let sudo = !succeeds(Command::new("sh").args(["-c", "test \"$(id -u)\" = 0"]));
    if sudo && !succeeds(Command::new("sudo").args(["-n", "true"])) {
        return Err(missing("installing needs a password"));
    }
    say("No PostgreSQL here: installing the packages postgresql-common and postgresql with apt-get.");
    say("No server of the system's own is made or started.");
    let mut command = Command::new(if sudo { "sudo" } else { "sh" });
    if sudo {
        command.args(["-n", "sh"]);
    }
    let output = command
        .args(["-c", BY_APT])
        .stdin(Stdio::null())
        .output()
        .map_err(Error::system("running apt-get to install PostgreSQL"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(missing(&format!("apt-get failed: {}", said.trim())))
}

/// The error that names the command for this machine.
pub(crate) fn missing(reason: &str) -> Error {
    let known = [
        ("apt-get", "sudo apt-get install postgresql"),
        ("dnf", "sudo dnf install postgresql-server postgresql-contrib"),
        ("pacman", "sudo pacman -S postgresql"),
        ("apk", "doas apk add postgresql"),
        ("brew", "brew install postgresql@17"),
    ];
    let command = known
        .iter()
        .find(|(manager, _)| on_path(manager))
        .map_or("the package manager of your system (package `postgresql`)", |(_, command)| *command);
    Error::NotInstalled { oldest: OLDEST_MAJOR, reason: reason.to_owned(), command: command.to_owned() }
}

fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|dir| Path::new(&dir).join(program).is_file())
}

fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// To standard error: standard output belongs to the program that starts us.
fn say(line: &str) {
    eprintln!("{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_comes_with_a_command() {
        let said = missing("for a test").to_string();
        assert!(said.contains("for a test") && said.contains("postgresql"), "{said}");
    }
}
