//! Runs other programs, says which, and turns their failure into words.

use crate::error::Error;
use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

/// Cargo, the one that runs us, in the checkout.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    // Set for us by the outer cargo; they would make the inner one build the dependencies again.
    let inherited = env::vars_os().map(|(name, _)| name);
    for name in inherited.filter(|name| name.to_string_lossy().starts_with("CARGO_PKG_")) {
        command.env_remove(name);
    }
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_MANIFEST_PATH");
    command
}

/// Runs to the end with the terminal as its output.
pub(crate) fn run(mut command: Command) -> Result<(), Error> {
    let words = words(&command);
    eprintln!("$ {words}");
    let status = command.status().map_err(Error::system(format!("starting `{words}`")))?;
    if status.success() {
        return Ok(());
    }
    Err(Error::said(format!("`{words}` failed ({status})")))
}

/// Runs to the end and returns its standard output.
pub(crate) fn output(mut command: Command) -> Result<String, Error> {
    let words = words(&command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(Error::system(format!("starting `{words}`")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::said(format!("`{words}` failed ({}): {}", output.status, said.trim())))
}

/// Whether it runs and succeeds, without a word.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Whether a program of this name is on the path.
pub(crate) fn exists(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|dir| dir.join(name).is_file())
}

fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(arguments);
    words.join(" ")
}
