//! Tests that are to be taken, and how far that has come.

use super::{Case, end_of};
use crate::rules::moments::norwegian_start_of;
use api::quarantine::{QuarantineEnd, TestDutyState, TestOutcome, TestProgress};
use events::rule_set::TestDuty;
use jiff::civil::Date;

/// All duties that fit, in order of time. `ends` is absent for those who are exempt; they owe theirs all the same.
pub(super) fn owed(case: &Case<'_>, ends: Option<&QuarantineEnd>, today: Date) -> Vec<TestDutyState> {
    let rules = &case.set.quarantine;
    let fitting = rules.tests.iter().filter(|duty| case.fits(&duty.when) && of_age(case, duty));
    let mut owed: Vec<TestDutyState> = fitting
        .flat_map(|duty| windows(duty, rules.length_days).map(move |window| (duty, window)))
        .map(|(duty, window)| state(case, duty, window, ends, today))
        .collect();
    owed.sort_by_key(|duty| (duty.from, duty.by));
    owed
}

fn of_age(case: &Case<'_>, duty: &TestDuty) -> bool {
    match (duty.from_age, case.facts.age) {
        (Some(from), Some(age)) => age >= from,
        (None, _) | (_, None) => true,
    }
}

/// Its windows: one, or one after each interval that begins within the length of quarantine.
fn windows(duty: &TestDuty, length_days: u16) -> impl Iterator<Item = (u16, u16)> {
    let (from, by, every) = (duty.from_day, duty.by_day, duty.every_days.filter(|days| *days > 0));
    let times = every.map_or(1, |every| length_days.saturating_sub(from) / every + 1);
    (0..times).map(move |time| {
        let later = every.unwrap_or(0).saturating_mul(time);
        (from.saturating_add(later), by.saturating_add(later))
    })
}

fn state(
    case: &Case<'_>,
    duty: &TestDuty,
    (from, by): (u16, u16),
    ends: Option<&QuarantineEnd>,
    today: Date,
) -> TestDutyState {
    let (from, by) = (case.day(from), case.day(by));
    let taken = || {
        let fitting = case.tests.iter().filter(|test| duty.kinds.contains(&test.kind));
        fitting.filter(|test| from <= test.taken_on && test.taken_on <= by)
    };
    let progress = if taken().any(|test| test.outcome != TestOutcome::Pending) {
        TestProgress::Done
    } else if taken().next().is_some() {
        TestProgress::Pending
    } else if ends.is_some_and(|end| end.at <= norwegian_start_of(from)) {
        TestProgress::Lapsed
    } else if today < from {
        TestProgress::Ahead
    } else if today <= by && ends.is_none_or(|end| norwegian_start_of(today) < end.at) {
        TestProgress::Due
    } else if ends.is_some_and(|end| end.at < end_of(by)) {
        // Quarantine ended within the window, before a test had to be taken.
        TestProgress::Lapsed
    } else {
        TestProgress::NotSeen
    };
    let code = if duty.required { "test-required" } else { "test-offered" };
    let parameters = [("from", from.to_string()), ("by", by.to_string()), ("name", duty.name.clone())];
    TestDutyState {
        name: duty.name.clone(),
        from,
        by,
        required: duty.required,
        kinds: duty.kinds.clone(),
        state: progress,
        why: case.explain(code, &parameters, &duty.source),
    }
}
