//! Runs the tests, shows what the runner says, and reads the sum from its last words.

use crate::error::Error;
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

/// How many tests went which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Passed.
    pub(crate) passed: u64,
    /// Failed, timed out or could not start.
    pub(crate) failed: u64,
}

/// Runs to the end. A runner that fails without naming a failed test counts as one.
pub(crate) fn run(mut cargo: Command) -> Result<Sum, Error> {
    eprintln!("$ cargo nextest run");
    let doing = "running cargo nextest";
    let mut child = cargo.stderr(Stdio::piped()).spawn().map_err(Error::system(doing))?;
    let mut sum = None;
    if let Some(said) = child.stderr.take() {
        for line in BufReader::new(said).split(b'\n') {
            let line = line.map_err(Error::system(doing))?;
            let line = String::from_utf8_lossy(&line);
            eprintln!("{line}");
            sum = sum_in(&without_colour(&line)).or(sum);
        }
    }
    let status = child.wait().map_err(Error::system(doing))?;
    match sum {
        Some(sum) if status.success() || sum.failed > 0 => Ok(sum),
        Some(sum) => Ok(Sum { failed: 1, ..sum }),
        None => Err(Error::said(format!("the tests were not run ({status})"))),
    }
}

/// Reads `Summary [ 0.5s] 12 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 2 skipped`.
fn sum_in(line: &str) -> Option<Sum> {
    let (start, counts) = line.split_once("run:")?;
    if !start.trim_start().starts_with("Summary") {
        return None;
    }
    let mut sum = Sum::default();
    for part in counts.split(',') {
        let part = part.trim();
        let (number, what) = part.split_once(' ')?;
        let number: u64 = number.parse().ok()?;
        if what.starts_with("passed") {
            sum.passed += number;
        } else if !what.starts_with("skipped") {
            sum.failed += number;
        }
    }
    Some(sum)
}

fn without_colour(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_read_from_the_runners_last_words() {
        let line = "     Summary [   4.2s] 12 tests run: 9 passed (2 slow), 1 failed, 1 timed out, 1 exec failed, 3 skipped";
        assert_eq!(sum_in(line), Some(Sum { passed: 9, failed: 3 }));
        let coloured = "\u{1b}[32m     Summary\u{1b}[0m [ 0.1s] \u{1b}[1m1\u{1b}[0m test run: \u{1b}[1m1\u{1b}[0m \u{1b}[32mpassed\u{1b}[0m, 0 skipped";
        assert_eq!(sum_in(&without_colour(coloured)), Some(Sum { passed: 1, failed: 0 }));
        assert_eq!(sum_in("test run: 3 passed"), None);
    }

    #[test]
    fn a_runner_that_breaks_off_is_a_failure() {
        let shell = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        };
        assert!(run(shell("exit 101")).is_err());
        let odd = run(shell("echo 'Summary [1s] 2 tests run: 2 passed' >&2; exit 1")).expect("a sum");
        assert_eq!(odd, Sum { passed: 2, failed: 1 });
    }
}
