//! The sum of all checks, and the last line that tells it.

use super::nextest::Sum;
use crate::error::Error;
use std::process::ExitCode;

/// What was checked so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    sum: Sum,
    failures: Vec<String>,
}

impl Tally {
    /// Counts one check; true when it passed.
    pub(crate) fn add(&mut self, name: &str, outcome: Result<(), Error>) -> bool {
        match outcome {
            Ok(()) => {
                println!("ok      {name}");
                self.sum.passed += 1;
                true
            }
            Err(error) => {
                println!("FAILED  {name}: {error}");
                self.failures.push(format!("{name}: {error}"));
                self.sum.failed += 1;
                false
            }
        }
    }

    /// Counts the tests the runner ran.
    pub(crate) fn add_tests(&mut self, tests: Sum) {
        self.sum.passed += tests.passed;
        self.sum.failed += tests.failed;
        if tests.failed > 0 {
            self.failures.push(format!("tests: {} failed, see above", tests.failed));
        }
    }

    /// Prints what failed, then the sum as the very last line.
    pub(crate) fn report(&self) -> ExitCode {
        println!();
        for failure in &self.failures {
            println!("FAILED  {failure}");
        }
        println!("{}", self.last_line());
        if self.sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn last_line(&self) -> String {
        format!("{} passed, {} failed", self.sum.passed, self.sum.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_and_tests_are_one_sum() {
        let mut tally = Tally::default();
        assert!(tally.add("one", Ok(())));
        assert!(!tally.add("other", Err(Error::said("for a test"))));
        tally.add_tests(Sum { passed: 5, failed: 2 });
        assert_eq!(tally.last_line(), "6 passed, 3 failed");
        assert_eq!(format!("{:?}", tally.report()), format!("{:?}", ExitCode::FAILURE));
    }
}
