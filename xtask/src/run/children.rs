//! The programs that `run` starts: watched while they run, stopped in the opposite order.

use crate::error::Error;
use std::{
    fs::File,
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    time::Duration,
};
use tokio::{
    process::Child,
    signal::unix::{Signal, SignalKind, signal},
    time::{sleep, timeout},
};

/// After this long a program that was asked to stop is killed.
const GRACE: Duration = Duration::from_secs(20);

/// Ctrl-C, or what a service manager sends.
pub(crate) struct StopSignal {
    interrupt: Signal,
    terminate: Signal,
    hangup: Signal,
}

impl StopSignal {
    /// From now on these signals no longer end this program by themselves.
    pub(crate) fn listen() -> Result<Self, Error> {
        let on = |kind| signal(kind).map_err(Error::system("listening for signals"));
        Ok(Self {
            interrupt: on(SignalKind::interrupt())?,
            terminate: on(SignalKind::terminate())?,
            hangup: on(SignalKind::hangup())?,
        })
    }

    async fn came(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hangup.recv() => {}
        }
    }
}

/// Why it is over.
#[derive(Debug)]
pub(crate) enum End {
    /// Somebody asked.
    Asked,
    /// A program ended by itself.
    Child {
        /// Which.
        name: &'static str,
        /// How.
        status: ExitStatus,
        /// Where its words are.
        log: PathBuf,
    },
}

struct Running {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

/// The programs, in the order they were started.
#[derive(Default)]
pub(crate) struct Children {
    running: Vec<Running>,
}

impl Children {
    /// Starts a program in a process group of its own, so that Ctrl-C reaches only us and the order is ours.
    pub(crate) fn start(&mut self, name: &'static str, command: Command, log: PathBuf) -> Result<(), Error> {
        let doing = || format!("writing {}", log.display());
        let out = File::create(&log).map_err(Error::system(doing()))?;
        let err = out.try_clone().map_err(Error::system(doing()))?;
        let mut command = tokio::process::Command::from(command);
        command.stdin(Stdio::null()).stdout(out).stderr(err).process_group(0).kill_on_drop(true);
        let child = command.spawn().map_err(Error::system(format!("starting {name}")))?;
        self.running.push(Running { name, child, log });
        Ok(())
    }

    /// Their process numbers.
    pub(crate) fn pids(&self) -> impl Iterator<Item = u32> + '_ {
        self.running.iter().filter_map(|running| running.child.id())
    }

    /// Returns when somebody asks, or when one of them ends.
    pub(crate) async fn wait(&mut self, stop: &mut StopSignal) -> End {
        loop {
            for running in &mut self.running {
                if let Ok(Some(status)) = running.child.try_wait() {
                    return End::Child { name: running.name, status, log: running.log.clone() };
                }
            }
            tokio::select! {
                () = stop.came() => return End::Asked,
                () = sleep(Duration::from_millis(100)) => {}
            }
        }
    }

    /// Asks each to stop, the last one first, and waits for it.
    pub(crate) async fn stop_all(&mut self) {
        while let Some(mut running) = self.running.pop() {
            let Some(pid) = running.child.id() else { continue };
            // `kill` the program: sending a signal from here would need unsafe code.
            let asked = tokio::process::Command::new("kill").args(["-TERM", &pid.to_string()]).status().await;
            let ended = timeout(GRACE, running.child.wait()).await;
            if asked.is_err() || ended.is_err() {
                eprintln!("{} did not stop within {} s and is killed", running.name, GRACE.as_secs());
                // It may have ended in this very moment; then there is nothing to kill.
                let _ = running.child.kill().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[tokio::test]
    async fn a_program_that_ends_is_noticed_and_the_others_are_stopped() {
        let scratch = tempfile::tempdir().expect("a folder");
        let mut stop = StopSignal::listen().expect("signals");
        let mut children = Children::default();
        let log = scratch.path().join("long.log");
        let long = shell("trap 'echo stopped; exit 0' TERM; while :; do sleep 0.05; done");
        children.start("the long one", long, log.clone()).expect("started");
        let short = shell("echo gone; exit 3");
        children.start("the short one", short, scratch.path().join("short.log")).expect("started");
        let End::Child { name, status, log: words } = children.wait(&mut stop).await else {
            panic!("nobody asked")
        };
        assert_eq!((name, status.code()), ("the short one", Some(3)));
        assert_eq!(std::fs::read_to_string(words).expect("a log"), "gone\n");
        children.stop_all().await;
        assert_eq!(std::fs::read_to_string(log).expect("a log"), "stopped\n");
    }
}
