//! Messages in any order, repeated, contradicting one another.

use super::for_tests::{message, received};
use super::*;
use ResultClass::{Detected, Inconclusive, NotDetected, Unknown};
use SampleState::{Cancelled, Final, Planned, Preliminary, Revised};
use jiff::SignedDuration;
use proptest::prelude::*;

fn later(seconds: i64, result: ResultReceived) -> ResultReceived {
    ResultReceived { received_at: received(seconds), ..result }
}

/// What counts after these messages about one sample, in whatever order they come.
fn counts(messages: &[ResultReceived]) -> EffectiveSample {
    let mut samples = Samples::default();
    messages.iter().for_each(|one| samples.receive(one));
    let mut backwards = Samples::default();
    messages.iter().rev().for_each(|one| backwards.receive(one));
    assert_eq!(samples, backwards);
    let [sample] = &samples.effective()[..] else { panic!("one sample") };
    sample.clone()
}

fn outcomes(messages: &[ResultReceived]) -> Vec<TestOutcome> {
    let mut samples = Samples::default();
    messages.iter().for_each(|one| samples.receive(one));
    samples.tests().iter().map(|test| test.outcome).collect()
}

#[test]
fn the_latest_answer_counts() {
    let first = later(0, message(1, 9, Final, NotDetected));
    let second = later(1, message(1, 1, Revised, Detected));
    let sample = counts(&[first.clone(), second.clone()]);
    assert_eq!((sample.class, sample.state, sample.messages), (Detected, Revised, 2));
    assert_eq!(sample.message, second.message);
    assert_eq!(
        sample.earlier,
        [EarlierAnswer { class: NotDetected, state: Final, received_at: first.received_at }]
    );
}

#[test]
fn what_is_only_planned_or_preliminary_overrides_no_answer_of_the_time() {
    let answer = later(5, message(1, 1, Final, NotDetected));
    for state in [Planned, Preliminary] {
        for seconds in [0, 5] {
            let sample = counts(&[answer.clone(), later(seconds, message(1, 9, state, Inconclusive))]);
            assert_eq!((sample.class, sample.state), (NotDetected, Final), "{state:?} {seconds}");
        }
    }
    let reminded = counts(&[answer.clone(), later(9, message(1, 2, Planned, Unknown))]);
    assert_eq!(reminded.state, Final, "a plan without an answer hides none");
    let reopened = counts(&[answer, later(9, message(1, 2, Preliminary, Unknown))]);
    assert_eq!(
        (reopened.class, reopened.state),
        (Unknown, Preliminary),
        "something new that nobody can read"
    );
}

#[test]
fn at_one_moment_the_surest_counts_and_then_the_one_that_lets_nobody_go() {
    for (one, other, expected) in [
        ((Preliminary, Detected), (Final, NotDetected), (Final, NotDetected)),
        ((Final, Detected), (Revised, NotDetected), (Revised, NotDetected)),
        ((Final, Detected), (Final, NotDetected), (Final, Detected)),
        ((Final, Unknown), (Final, NotDetected), (Final, Unknown)),
        ((Final, Inconclusive), (Final, NotDetected), (Final, Inconclusive)),
        ((Final, NotDetected), (Cancelled, Unknown), (Cancelled, Unknown)),
        ((Final, Detected), (Cancelled, Unknown), (Final, Detected)),
    ] {
        for ids in [[1, 2], [2, 1]] {
            let both = [message(1, ids[0], one.0, one.1), message(1, ids[1], other.0, other.1)];
            let sample = counts(&both);
            assert_eq!((sample.state, sample.class), expected);
            assert!(sample.earlier.is_empty(), "{:?}", sample.earlier);
        }
    }
}

#[test]
fn only_a_sure_negative_of_a_known_kind_is_negative() {
    for state in [Planned, Preliminary, Final, Revised, Cancelled] {
        for class in [Detected, NotDetected, Inconclusive, Unknown] {
            for kind in [None, Some(TestKind::Pcr), Some(TestKind::Antigen)] {
                let told = ResultReceived { kind, ..message(1, 1, state, class) };
                let expected = match (state, class) {
                    (Cancelled, _) => vec![],
                    (_, Detected) => vec![TestOutcome::Positive],
                    (Final | Revised, NotDetected) if kind.is_some() => vec![TestOutcome::Negative],
                    _other => vec![TestOutcome::Pending],
                };
                assert_eq!(outcomes(&[told]), expected, "{state:?} {class:?} {kind:?}");
            }
        }
    }
}

#[test]
fn a_withdrawn_answer_is_no_test_and_says_nothing() {
    let answer = message(1, 1, Final, NotDetected);
    let withdrawn = later(1, message(1, 2, Cancelled, NotDetected));
    assert_eq!(outcomes(&[answer.clone(), withdrawn.clone()]), []);
    assert_eq!(counts(&[answer.clone(), withdrawn.clone()]).class, Unknown);
    let answered_again = later(2, message(1, 3, Final, NotDetected));
    assert_eq!(outcomes(&[answer, withdrawn, answered_again]), [TestOutcome::Negative]);
}

#[test]
fn the_day_of_a_sample_is_told_as_surely_as_it_is_known() {
    let day = jiff::civil::date(2021, 3, 20);
    let test = |result: &[ResultReceived]| {
        let mut samples = Samples::default();
        result.iter().for_each(|one| samples.receive(one));
        let test = samples.tests()[0];
        (test.taken_on, test.taken_on_substituted, test.answered_at, test.kind)
    };
    let known = message(1, 1, Final, NotDetected);
    assert_eq!(test(std::slice::from_ref(&known)), (day, false, Some(received(0)), TestKind::Pcr));
    let substituted = ResultReceived { taken_on_substituted: true, ..known.clone() };
    assert!(test(&[substituted]).1);
    let untold = ResultReceived { taken_on: None, kind: None, ..known.clone() };
    let stands_in = (norwegian_day_of(received(0)), true, Some(received(0)), TestKind::Antigen);
    assert_eq!(test(std::slice::from_ref(&untold)), stands_in);
    let told_before = [known, later(9, ResultReceived { message: Uuid::from_u128(2), ..untold })];
    assert_eq!(test(&told_before), (day, false, Some(received(9)), TestKind::Antigen));
}

#[test]
fn the_first_positive_is_found_and_samples_stand_by_day() {
    let on = |day| Some(jiff::civil::date(2021, 3, day));
    let mut samples = Samples::default();
    assert!(samples.is_empty() && samples.positive().is_none());
    for (sample, day, class) in [(3, 22, Detected), (1, 24, Detected), (2, 20, NotDetected)] {
        let told = message(sample, sample, Preliminary, class);
        samples.receive(&ResultReceived { taken_on: on(day), ..told });
    }
    let days: Vec<_> = samples.effective().iter().map(|sample| sample.taken_on).collect();
    assert_eq!(days, [on(20), on(22), on(24)]);
    assert_eq!(samples.positive().unwrap().sample, Uuid::from_u128(3));
}

#[test]
fn a_message_read_by_a_newer_table_counts_as_that_reads_it() {
    let first = message(1, 1, Final, Unknown);
    let reread = |table: &str, class| ResultReceived { read_by: table.to_owned(), class, ..first.clone() };
    let newer = reread("2021-04-01", NotDetected);
    assert_eq!(counts(&[first.clone(), newer.clone()]).class, NotDetected);
    assert_eq!(counts(&[reread("2021-05-01", Unknown), newer]).class, Unknown);
    assert_eq!(counts(&[reread("2021-01-01", NotDetected), first.clone()]).messages, 1);
}

#[test]
fn what_is_kept_survives_the_sealed_document() {
    let mut samples = Samples::default();
    samples.receive(&message(1, 1, Final, NotDetected));
    samples.receive(&message(2, 2, Planned, Unknown));
    let kept = serde_json::to_string(&samples).unwrap();
    assert!(!kept.contains("number-of-the-sample"), "{kept}");
    assert_eq!(serde_json::from_str::<Samples>(&kept).unwrap(), samples);
}

fn any_message() -> impl Strategy<Value = ResultReceived> {
    let state = prop::sample::select(vec![Planned, Preliminary, Final, Revised, Cancelled]);
    let class = prop::sample::select(vec![Detected, NotDetected, Inconclusive, Unknown]);
    let kind = prop::sample::select(vec![None, Some(TestKind::Pcr), Some(TestKind::Antigen)]);
    let table = prop::sample::select(vec!["2021-01-01", "2021-04-01"]);
    let taken = (0..3_i8, any::<bool>());
    // Few samples, messages and moments, so that they meet; one message may say several things.
    (0..40_u128, 0..2_000_u128, state, class, kind, table, taken, 0..50_i64).prop_map(
        |(sample, id, state, class, kind, table, (day, substituted), seconds)| ResultReceived {
            kind,
            read_by: table.to_owned(),
            taken_on: (day > 0).then(|| jiff::civil::date(2021, 3, 20 + day)),
            taken_on_substituted: substituted,
            laboratory: Laboratory { her_id: day.to_string(), name: String::new() },
            received_at: received(0) + SignedDuration::from_secs(seconds),
            ..message(sample, id, state, class)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn ten_thousand_messages_in_any_order_and_repeated_end_in_one_state(
        (messages, shuffled) in prop::collection::vec(any_message(), 10_000)
            .prop_flat_map(|messages| (Just(messages.clone()), Just(messages).prop_shuffle())),
        repeated in prop::collection::vec(any::<prop::sample::Index>(), 500),
    ) {
        let mut samples = Samples::default();
        messages.iter().for_each(|one| samples.receive(one));
        let mut again = Samples::default();
        shuffled.iter().for_each(|one| again.receive(one));
        repeated.iter().for_each(|index| again.receive(index.get(&messages)));
        prop_assert!(samples == again);
        prop_assert_eq!(samples.tests(), again.tests());
        let distinct: std::collections::BTreeSet<_> = messages.iter().map(|one| (one.sample, one.message)).collect();
        let counted: usize = samples.effective().iter().map(|sample| sample.messages).sum();
        prop_assert_eq!(counted, distinct.len());
    }
}

proptest! {
    /// Nothing turns a test negative but a message that is final and says so, and nothing that is only planned or
    /// preliminary stands in the place of an answer of the same time.
    #[test]
    fn a_negative_is_told_by_a_message_that_says_so(messages in prop::collection::vec(any_message(), 1..60)) {
        // One reading each: what a second one does is told above.
        let messages: BTreeMap<_, _> = messages.into_iter().map(|one| ((one.sample, one.message), one)).collect();
        let mut samples = Samples::default();
        messages.values().for_each(|one| samples.receive(one));
        for sample in samples.effective() {
            let of_it = || messages.values().filter(|one| one.sample == sample.sample);
            let counts = of_it().find(|one| one.message == sample.message).unwrap();
            if sample.test().is_some_and(|test| test.outcome == TestOutcome::Negative) {
                prop_assert!(counts.class == NotDetected && matches!(counts.state, Final | Revised));
            }
            if matches!(sample.state, Planned | Preliminary) {
                let mut surer = of_it().filter(|one| matches!(one.state, Final | Revised));
                prop_assert!(surer.all(|one| one.received_at < sample.received_at));
            }
        }
    }
}
