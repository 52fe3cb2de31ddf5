//! A sample says something else now: who had been told what it said before.

use super::Samples;
use super::samples::EffectiveSample;
use events::result::{ResultClass, ResultCorrected, SampleChange, ToldEarlier};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The corrections that follow from what is known after some messages and was not known before them. `told` are all
/// calls and messages to the traveller; those count that came after the former answer had been received. Asked again,
/// a correction has the same id. Where nobody had been told, there is nothing to correct.
pub fn corrections(before: &Samples, after: &Samples, told: &[ToldEarlier]) -> Vec<ResultCorrected> {
    let changed = after.effective().into_iter().filter_map(|now| {
        let former = before.sample(now.sample)?;
        misled(&former, &now).then_some((former, now))
    });
    let corrected = changed.map(|(former, now)| ResultCorrected {
        correction: id(&former, &now),
        sample: now.sample,
        before: former.class,
        after: now.class,
        also: also(&former, &now),
        told: told.iter().filter(|told| told.at >= former.received_at).cloned().collect(),
    });
    corrected.filter(|corrected| !corrected.told.is_empty()).collect()
}

/// Whether somebody who was told the former answer would now do something else. That an unclear answer turns out
/// negative is news and misled nobody; that anything turns out positive, or a clear answer does not hold, did. So did a
/// negative answer of another day or another kind of test: whether the quarantine is over hangs on both.
fn misled(former: &EffectiveSample, now: &EffectiveSample) -> bool {
    let clear = matches!(former.class, ResultClass::Detected | ResultClass::NotDetected);
    let turned = former.class != now.class && (clear || now.class == ResultClass::Detected);
    let negative = former.class == ResultClass::NotDetected && now.class == ResultClass::NotDetected;
    former.is_answered() && (turned || (negative && !also(former, now).is_empty()))
}

fn also(former: &EffectiveSample, now: &EffectiveSample) -> Vec<SampleChange> {
    let kind = SampleChange::Kind { before: former.kind, after: now.kind };
    let taken_on = SampleChange::TakenOn { before: former.taken_on, after: now.taken_on };
    let kind = (former.kind != now.kind).then_some(kind);
    kind.into_iter().chain((former.taken_on != now.taken_on).then_some(taken_on)).collect()
}

/// The same for the same two messages about a sample.
fn id(former: &EffectiveSample, now: &EffectiveSample) -> Uuid {
    let mut digest = Sha256::new_with_prefix(b"result-corrected\0");
    for part in [former.sample, former.message, now.message] {
        digest.update(part.as_bytes());
    }
    // A message may be read anew by another table: what it says belongs to it.
    digest.update([former.class as u8, now.class as u8]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::results::samples::for_tests::{message, received};
    use ResultClass::{Detected, Inconclusive, NotDetected, Unknown};
    use events::result::SampleState::{self, Cancelled, Final, Planned, Preliminary, Revised};
    use events::result::{ResultReceived, ToldKind};
    use events::rule_set::TestKind;
    use jiff::{SignedDuration, Timestamp};

    fn told(kind: ToldKind, id: u128, at: Timestamp) -> ToldEarlier {
        ToldEarlier { kind, id: Uuid::from_u128(id), at, by: "Kari".to_owned() }
    }

    fn minute(minute: i64) -> Timestamp {
        received(0) + SignedDuration::from_mins(minute)
    }

    /// A message of sample 1, received at a minute.
    fn said(id: u128, at: i64, state: SampleState, class: ResultClass) -> ResultReceived {
        ResultReceived { received_at: minute(at), ..message(1, id, state, class) }
    }

    fn between(first: &[ResultReceived], then: &[ResultReceived]) -> Vec<ResultCorrected> {
        let calls = [
            told(ToldKind::Call, 1, minute(5)),
            told(ToldKind::Message, 2, minute(15)),
            told(ToldKind::Call, 3, minute(25)),
        ];
        let mut before = Samples::default();
        first.iter().for_each(|one| before.receive(one));
        let mut after = before.clone();
        then.iter().for_each(|one| after.receive(one));
        corrections(&before, &after, &calls)
    }

    fn ids(corrected: &[ResultCorrected]) -> Vec<u128> {
        corrected.iter().flat_map(|one| &one.told).map(|told| told.id.as_u128()).collect()
    }

    #[test]
    fn those_are_named_who_were_told_after_the_former_answer_came() {
        let former = said(1, 10, Final, NotDetected);
        let corrected = between(std::slice::from_ref(&former), &[said(2, 30, Revised, Detected)]);
        assert_eq!(corrected.len(), 1);
        assert_eq!((corrected[0].before, corrected[0].after), (NotDetected, Detected));
        assert_eq!(ids(&corrected), [2, 3], "the call before the answer named nothing");
        let again = between(std::slice::from_ref(&former), &[said(2, 30, Revised, Detected)]);
        assert_eq!(again[0].correction, corrected[0].correction, "asked again it is the same correction");
        let other = between(&[former], &[said(3, 31, Revised, Detected)]);
        assert_ne!(other[0].correction, corrected[0].correction);
    }

    #[test]
    fn nobody_is_misled_by_what_only_became_clearer() {
        for (first, then, is_correction) in [
            ((Final, NotDetected), (Revised, Detected), true),
            ((Final, Detected), (Revised, NotDetected), true),
            ((Preliminary, Detected), (Final, NotDetected), true),
            ((Preliminary, NotDetected), (Final, Detected), true),
            ((Final, NotDetected), (Revised, Inconclusive), true),
            ((Final, Detected), (Cancelled, Unknown), true),
            ((Final, NotDetected), (Cancelled, NotDetected), true),
            ((Final, Detected), (Revised, Unknown), true),
            ((Preliminary, Inconclusive), (Final, Detected), true),
            ((Final, Unknown), (Revised, Detected), true),
            ((Final, Inconclusive), (Revised, NotDetected), false),
            ((Preliminary, Unknown), (Final, NotDetected), false),
            ((Preliminary, NotDetected), (Final, NotDetected), false),
            ((Planned, Unknown), (Final, Detected), false),
            ((Final, Detected), (Planned, Unknown), false),
        ] {
            let corrected = between(&[said(1, 10, first.0, first.1)], &[said(2, 30, then.0, then.1)]);
            assert_eq!(!corrected.is_empty(), is_correction, "{first:?} {then:?}");
        }
    }

    #[test]
    fn whoever_was_told_a_negative_answer_of_another_day_or_test_was_misled() {
        let first = said(1, 10, Final, NotDetected);
        let day = first.taken_on.unwrap();
        let earlier = ResultReceived { taken_on: day.yesterday().ok(), ..said(2, 30, Revised, NotDetected) };
        let rapid = ResultReceived { kind: Some(TestKind::Antigen), ..said(2, 30, Revised, NotDetected) };
        let of_day = between(std::slice::from_ref(&first), &[earlier]);
        let change = SampleChange::TakenOn { before: Some(day), after: day.yesterday().ok() };
        assert_eq!((ids(&of_day), &of_day[0].also[..]), (vec![2, 3], &[change][..]));
        let of_kind = between(std::slice::from_ref(&first), &[rapid]);
        let change = SampleChange::Kind { before: first.kind, after: Some(TestKind::Antigen) };
        assert_eq!((ids(&of_kind), &of_kind[0].also[..]), (vec![2, 3], &[change][..]));
        let positive = said(1, 10, Final, Detected);
        let of_another_day =
            ResultReceived { taken_on: day.yesterday().ok(), ..said(2, 30, Revised, Detected) };
        assert!(between(&[positive], &[of_another_day]).is_empty(), "a positive answer ends no quarantine");
    }

    #[test]
    fn nothing_is_corrected_where_nobody_was_told_or_nothing_new_came() {
        let former = said(1, 40, Final, NotDetected);
        assert!(between(std::slice::from_ref(&former), &[said(2, 50, Revised, Detected)]).is_empty());
        let told_of = said(1, 10, Final, NotDetected);
        assert!(
            between(std::slice::from_ref(&told_of), std::slice::from_ref(&told_of)).is_empty(),
            "repeated"
        );
        assert!(
            between(std::slice::from_ref(&told_of), &[said(0, 2, Preliminary, Detected)]).is_empty(),
            "overtaken"
        );
        let of_another_sample = ResultReceived { sample: Uuid::from_u128(2), ..said(2, 30, Final, Detected) };
        assert!(between(&[told_of], &[of_another_sample]).is_empty(), "another sample");
    }

    #[test]
    fn a_second_reading_of_a_message_can_be_a_correction() {
        let first = said(1, 10, Final, NotDetected);
        let reread = ResultReceived { read_by: "2021-04-01".to_owned(), class: Detected, ..first.clone() };
        let corrected = between(&[first], &[reread]);
        assert_eq!(ids(&corrected), [2, 3]);
    }
}
