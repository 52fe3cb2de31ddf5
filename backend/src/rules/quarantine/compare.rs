//! In what two rule sets differ, and in what two assessments do.

use api::quarantine::Assessment;
use api::rule_sets::{RuleSetDifference, RuleTopic, TrialChange};
use events::rule_set::{CodeEffect, Obligation, RuleSet};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a set says, subject by subject.
type Said = BTreeMap<(RuleTopic, String), Value>;

/// In what two sets differ, by topic and subject. Titles and sources are no difference in what is owed.
pub fn differences(a: &RuleSet, b: &RuleSet) -> Vec<RuleSetDifference> {
    let (a, b) = (said(a), said(b));
    let subjects: BTreeSet<_> = a.keys().chain(b.keys()).collect();
    let differing = subjects.into_iter().filter(|subject| a.get(*subject) != b.get(*subject));
    differing
        .map(|subject| RuleSetDifference {
            topic: subject.0,
            subject: subject.1.clone(),
            a: a.get(subject).cloned(),
            b: b.get(subject).cloned(),
        })
        .collect()
}

fn said(set: &RuleSet) -> Said {
    let rules = &set.quarantine;
    let mut said = Said::new();
    let mut say = |topic, subject: &str, value: Value| {
        said.insert((topic, subject.to_owned()), without_source(value));
    };
    say(RuleTopic::Validity, "valid_from", value(&set.valid_from));
    say(RuleTopic::Validity, "ongoing", value(&set.ongoing));
    say(RuleTopic::Length, "length_days", value(&rules.length_days));
    for (index, early) in (1..).zip(&rules.early_end) {
        say(RuleTopic::EarlyEnd, &numbered(index), value(early));
    }
    let lists = [
        (RuleTopic::ExemptionGround, &rules.exemptions.grounds),
        (RuleTopic::ExemptionDetail, &rules.exemptions.details),
    ];
    for (topic, list) in lists {
        for CodeEffect { codes, effect, .. } in list {
            codes.iter().for_each(|code| say(topic, code, value(effect)));
        }
    }
    let places = [
        (RuleTopic::LeisureTimePlace, &rules.exemptions.leisure_time_places),
        (RuleTopic::PlaceCode, &rules.places.codes),
    ];
    for (topic, codes) in places {
        codes.iter().for_each(|code| say(topic, code, Value::Bool(true)));
    }
    for (index, rule) in (1..).zip(&rules.places.rules) {
        say(RuleTopic::PlaceRule, &numbered(index), value(rule));
    }
    say(RuleTopic::PlaceRule, "otherwise", value(&rules.places.otherwise));
    rules.tests.iter().for_each(|test| say(RuleTopic::Test, &test.name, value(test)));
    if let Value::Object(policy) = value(&set.follow_up) {
        policy.into_iter().for_each(|(field, told)| say(RuleTopic::FollowUp, &field, told));
    }
    said
}

/// A place in a list, so that it sorts as text.
fn numbered(index: u32) -> String {
    format!("{index:02}")
}

fn value<T: Serialize>(told: &T) -> Value {
    serde_json::to_value(told).unwrap_or_default()
}

fn without_source(mut told: Value) -> Value {
    if let Value::Object(fields) = &mut told {
        fields.remove("source");
    }
    told
}

/// In what two assessments of one entry differ; the governing set and the reasons aside.
pub fn changes(before: &Assessment, after: &Assessment) -> Vec<TrialChange> {
    let end = |told: &Assessment| told.ends.as_ref().map(|end| end.at);
    let owes = |told: &Assessment| !matches!(told.obligation, Obligation::Exempt | Obligation::Unknown);
    let hotel = |told: &Assessment| told.hotel.as_ref().map(|hotel| (hotel.at, hotel.test_from));
    let tests = |told: &Assessment| -> Vec<_> {
        told.tests.iter().map(|test| (test.name.clone(), test.from, test.by, test.required)).collect()
    };
    let offer =
        |told: &Assessment| told.early_end.as_ref().map(|offer| (offer.from, offer.negatives_missing));
    let both_owe = owes(before) && owes(after);
    let changes = [
        (TrialChange::Longer, both_owe && end(after) > end(before)),
        (TrialChange::Shorter, both_owe && end(after) < end(before)),
        (TrialChange::NowExempt, owes(before) && !owes(after)),
        (TrialChange::NowObliged, !owes(before) && owes(after)),
        (TrialChange::OtherObligation, both_owe && before.obligation != after.obligation),
        (TrialChange::HotelDuty, hotel(before) != hotel(after)),
        (TrialChange::TestDuty, tests(before) != tests(after)),
        (TrialChange::EarlyEnd, both_owe && offer(before) != offer(after)),
    ];
    changes.into_iter().filter(|(_, holds)| *holds).map(|(change, _)| change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::quarantine::shipped;

    #[test]
    fn differences_name_topic_and_subject() {
        let sets = shipped::rule_sets();
        assert!(differences(&sets[2], &sets[2]).is_empty());
        let found = differences(&sets[3], &sets[4]);
        let of = |topic| -> Vec<&str> {
            found.iter().filter(|one| one.topic == topic).map(|one| one.subject.as_str()).collect()
        };
        assert_eq!(of(RuleTopic::ExemptionGround), ["2009", "2010"]);
        assert_eq!(of(RuleTopic::ExemptionDetail), ["3027", "3028", "3029", "3030", "3031"]);
        assert_eq!(of(RuleTopic::PlaceCode), ["4013", "4014", "4015"]);
        assert_eq!(of(RuleTopic::Validity), ["valid_from"]);
        assert!(of(RuleTopic::Length).is_empty() && of(RuleTopic::FollowUp).is_empty());
        let hotel = differences(&sets[2], &sets[3]);
        assert!(hotel.iter().any(|one| one.topic == RuleTopic::PlaceRule));
        assert!(hotel.iter().any(|one| one.topic == RuleTopic::Test && one.b.is_none()), "day-3 is gone");
    }
}
