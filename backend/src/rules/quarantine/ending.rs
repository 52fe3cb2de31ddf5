//! When quarantine ends, and how it could end earlier.

use super::{Case, at_close_of, end_of};
use crate::rules::moments::{norwegian_day_of, norwegian_start_of};
use api::quarantine::{EarlyEndOffer, Explanation, QuarantineEnd, TestFact, TestOutcome};
use events::rule_set::{EarlyEnd, TestKind};
use jiff::Timestamp;
use jiff::civil::Date;

/// The end, and what could still bring it forward.
pub(super) fn ending(
    case: &Case<'_>,
    flags: &mut Vec<Explanation>,
) -> (QuarantineEnd, Option<EarlyEndOffer>) {
    let rules = &case.set.quarantine;
    let last = case.day(rules.length_days);
    let parameters = [("start", case.start.to_string()), ("days", rules.length_days.to_string())];
    let full = at_close_of(last, case.explain("ends-full-length", &parameters, &case.set.source));
    let early = rules.early_end.iter().find(|early| case.fits(&early.when));
    let released = early.and_then(|early| Some((early, release(case, early.earliest_day, early.negatives)?)));
    let mut end = full;
    if let Some((early, release)) = released.filter(|(_, release)| release.at < end.at) {
        let parameters = [
            ("taken", release.taken_on.to_string()),
            ("earliest", case.day(early.earliest_day).to_string()),
            ("days", early.earliest_day.to_string()),
        ];
        let why = case.explain("ends-negative-test", &parameters, &early.source);
        end = QuarantineEnd { on: release.on, at: release.at, why };
    }
    let left = case.facts.departed.filter(|left| *left >= case.start);
    if let Some(left) = left.filter(|left| end_of(*left) < end.at) {
        end = at_close_of(left, case.explain("ends-departed", &[("day", left.to_string())], ""));
    }
    let offer = early.filter(|_| released.is_none()).and_then(|early| offer(case, early, &end, flags));
    (end, offer)
}

fn offer(
    case: &Case<'_>,
    early: &EarlyEnd,
    end: &QuarantineEnd,
    flags: &mut Vec<Explanation>,
) -> Option<EarlyEndOffer> {
    let from = case.day(early.earliest_day);
    if let Some(positive) = positive(case) {
        flags.push(case.explain("positive-test", &[("day", positive.taken_on.to_string())], ""));
        return None;
    }
    let could_decide = |test: &&TestFact| test.kind == TestKind::Pcr && test.taken_on >= from;
    if let Some(test) = case.tests.iter().filter(could_decide).find(|test| test.taken_on_substituted) {
        flags.push(case.explain("test-day-unsure", &[("day", test.taken_on.to_string())], ""));
    }
    let mut pending = case.tests.iter().filter(could_decide);
    let mut days: Vec<Date> = negatives(case).iter().map(|test| test.taken_on).collect();
    days.dedup();
    let counted = u8::try_from(days.len()).unwrap_or(u8::MAX).min(early.negatives.saturating_sub(1));
    let missing = early.negatives - counted;
    let parameters = [
        ("from", from.to_string()),
        ("days", early.earliest_day.to_string()),
        ("negatives", missing.to_string()),
    ];
    (from <= end.on).then(|| EarlyEndOffer {
        from,
        negatives_missing: missing,
        answer_pending: pending.any(|test| test.outcome == TestOutcome::Pending),
        why: case.explain("early-end-by-test", &parameters, &early.source),
    })
}

/// What released somebody.
#[derive(Clone, Copy)]
pub(super) struct Release {
    /// Day of the deciding test.
    pub(super) taken_on: Date,
    /// Day of the release.
    pub(super) on: Date,
    /// Moment of the release.
    pub(super) at: Timestamp,
}

/// The earliest release by negative PCR tests, of which the deciding one was taken on a day or later. None after a
/// positive test that was taken by then.
pub(super) fn release(case: &Case<'_>, earliest_day: u16, needed: u8) -> Option<Release> {
    let from = case.day(earliest_day);
    let negatives = negatives(case);
    let deciding = negatives.iter().filter(|test| test.taken_on >= from);
    let releases = deciding.filter_map(|test| {
        let mut before: Vec<&TestFact> =
            negatives.iter().filter(|other| other.taken_on < test.taken_on).collect();
        before.dedup_by_key(|other| other.taken_on);
        let mut answers: Vec<Timestamp> = before.into_iter().map(answered).collect();
        answers.sort_unstable();
        let others = usize::from(needed.saturating_sub(1));
        let last_other = match others {
            0 => Timestamp::MIN,
            others => *answers.get(others - 1)?,
        };
        let at = answered(test).max(last_other);
        // The end of a day belongs to that day, not to the one it begins.
        let day = norwegian_day_of(at);
        let on = if at == norwegian_start_of(day) { day.yesterday().unwrap_or(day) } else { day };
        Some(Release { taken_on: test.taken_on, on, at })
    });
    let earliest = releases.min_by_key(|release| release.at)?;
    positive(case).is_none_or(|positive| positive.taken_on > earliest.on).then_some(earliest)
}

/// Negative PCR tests since arrival whose day is certain, by day and then by answer.
fn negatives(case: &Case<'_>) -> Vec<TestFact> {
    let negative = |test: &&TestFact| {
        test.outcome == TestOutcome::Negative
            && test.kind == TestKind::Pcr
            && !test.taken_on_substituted
            && test.taken_on >= case.start
    };
    let mut negatives: Vec<TestFact> = case.tests.iter().filter(negative).copied().collect();
    negatives.sort_by_key(|test| (test.taken_on, answered(test)));
    negatives
}

/// The first positive test since arrival, of either kind.
fn positive<'a>(case: &'a Case<'_>) -> Option<&'a TestFact> {
    let positives = case.tests.iter().filter(|test| test.outcome == TestOutcome::Positive);
    positives.filter(|test| test.taken_on >= case.start).min_by_key(|test| test.taken_on)
}

/// When its answer came; the end of its day when that is unknown, and never before the day began.
fn answered(test: &TestFact) -> Timestamp {
    let told = test.answered_at.map(|at| at.max(norwegian_start_of(test.taken_on)));
    told.unwrap_or_else(|| end_of(test.taken_on))
}
