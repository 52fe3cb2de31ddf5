//! The test that is owed, as the list's columns hold it: it does not move with the clock, so the fold can write it.

use api::quarantine::{Assessment, TestProgress};
use jiff::civil::Date;

/// No test is owed.
pub(crate) const NONE: i16 = 0;
/// There is no sample.
pub(crate) const NO_SAMPLE: i16 = 1;
/// There is a sample without an answer.
pub(crate) const NO_ANSWER: i16 = 2;
/// There is an answer.
pub(crate) const ANSWERED: i16 = 3;

/// The test that is owed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TestOwed {
    /// First day on which it may be taken.
    pub(super) from: Option<Date>,
    /// Last day.
    pub(super) by: Option<Date>,
    /// How far it has come.
    pub(super) state: i16,
}

/// The first one that must be taken and has no answer, or else the last that has one.
pub(super) fn test_owed(assessment: &Assessment) -> TestOwed {
    let owed = assessment.tests.iter().filter(|duty| duty.required);
    let states = owed.filter_map(|duty| {
        let state = match duty.state {
            TestProgress::Done => ANSWERED,
            TestProgress::Pending => NO_ANSWER,
            TestProgress::Ahead | TestProgress::Due | TestProgress::NotSeen => NO_SAMPLE,
            TestProgress::Lapsed => return None,
        };
        Some(TestOwed { from: Some(duty.from), by: Some(duty.by), state })
    });
    let states: Vec<TestOwed> = states.collect();
    let open = states.iter().find(|test| test.state != ANSWERED);
    open.or(states.last()).copied().unwrap_or(TestOwed { state: NONE, ..TestOwed::default() })
}
