//! Test vectors of a rule set: what is known and what is then owed, for other programs to test themselves.
//!
//! They are made from the set alone, in a fixed order, and only that set counts. So the same set has the same vectors
//! for ever, and a set that is adopted tomorrow has its own without anybody writing them.

use super::{Facts, RuleSets, TestFact, TestOutcome, assess, day_after, end_of};
use crate::rules::moments::norwegian_start_of;
use api::rule_sets::{PUBLIC_VERSION, RuleSetVector, RuleSetVectors};
use events::rule_set::{CodeEffect, RuleSet, TestKind};
use jiff::SignedDuration;
use jiff::civil::Date;

/// A code that no list will ever have.
const UNKNOWN: [&str; 3] = ["2999", "3999", "4999"];

/// The vectors of a set.
pub fn vectors(set: &RuleSet) -> RuleSetVectors {
    let sets = RuleSets::default().with(set.clone());
    let arrival = set.valid_from;
    let cases = codes(set, arrival).into_iter().chain(places(set, arrival)).chain(tests(set, arrival));
    let vectors = cases.map(|(name, facts)| {
        // When everything is answered that is in the facts, but before quarantine is over by its length.
        let last = facts.tests.iter().map(|test| test.taken_on).max().unwrap_or(arrival);
        let now = end_of(last);
        RuleSetVector { name, now, expected: assess(&sets, &facts, now), facts }
    });
    RuleSetVectors { version: PUBLIC_VERSION, rule_set: set.name.clone(), vectors: vectors.collect() }
}

fn plain(arrival: Date) -> Facts {
    Facts {
        arrival: Some(arrival),
        registered_at: norwegian_start_of(arrival),
        obligation_code: Some("1001".to_owned()),
        exemption_code: None,
        detail_code: None,
        place_code: Some("4002".to_owned()),
        country: None,
        leisure: None,
        necessary: None,
        employer_place: None,
        referred_to_hotel: false,
        age: None,
        hotel_from: None,
        hotel_until: None,
        departed: None,
        reentered: None,
        tests: Vec::new(),
    }
}

fn exempt(arrival: Date, ground: &str, detail: Option<&str>) -> Facts {
    Facts {
        obligation_code: Some("1002".to_owned()),
        exemption_code: Some(ground.to_owned()),
        detail_code: detail.map(str::to_owned),
        ..plain(arrival)
    }
}

fn codes(set: &RuleSet, arrival: Date) -> Vec<(String, Facts)> {
    let lists = &set.quarantine.exemptions;
    let listed = |list: &[CodeEffect]| -> Vec<String> {
        let mut codes: Vec<String> = list.iter().flat_map(|entry| entry.codes.clone()).collect();
        codes.sort();
        codes
    };
    let mut cases = vec![
        ("quarantine".to_owned(), plain(arrival)),
        ("nothing told".to_owned(), Facts { obligation_code: None, ..plain(arrival) }),
        (
            "unknown obligation".to_owned(),
            Facts { obligation_code: Some("1003".to_owned()), ..plain(arrival) },
        ),
        ("exempt without a ground".to_owned(), exempt(arrival, "0", None)),
        ("exempt on an unknown ground".to_owned(), exempt(arrival, UNKNOWN[0], None)),
    ];
    let grounds = listed(&lists.grounds);
    cases.extend(grounds.iter().map(|code| (format!("ground {code}"), exempt(arrival, code, Some("0")))));
    if let Some(ground) = grounds.first() {
        let details = listed(&lists.details);
        let details = details.iter().map(String::as_str).chain([UNKNOWN[1]]);
        cases.extend(details.map(|code| (format!("detail {code}"), exempt(arrival, ground, Some(code)))));
        cases.extend(lists.leisure_time_places.iter().map(|place| {
            let facts = Facts { place_code: Some(place.clone()), ..exempt(arrival, ground, None) };
            (format!("exempt at place {place}"), facts)
        }));
    }
    cases
}

fn places(set: &RuleSet, arrival: Date) -> Vec<(String, Facts)> {
    let codes = set.quarantine.places.codes.iter().map(String::as_str).chain([UNKNOWN[2]]);
    let mut cases: Vec<(String, Facts)> = codes
        .map(|code| (format!("place {code}"), Facts { place_code: Some(code.to_owned()), ..plain(arrival) }))
        .collect();
    let others = [
        ("no place told", Facts { place_code: None, ..plain(arrival) }),
        ("leisure trip, not necessary", holiday(arrival)),
        ("leisure trip, necessity not told", Facts { necessary: None, ..holiday(arrival) }),
        ("leisure trip, necessary", Facts { necessary: Some(true), ..holiday(arrival) }),
        ("referred to a hotel", Facts { referred_to_hotel: true, ..plain(arrival) }),
        ("a child of eleven", Facts { age: Some(11), ..plain(arrival) }),
        ("arrival not told", Facts { arrival: None, ..plain(arrival) }),
        ("left on day four", Facts { departed: Some(day_after(arrival, 4)), ..plain(arrival) }),
        ("came back on day five", Facts { reentered: Some(day_after(arrival, 5)), ..plain(arrival) }),
    ];
    cases.extend(others.map(|(name, facts)| (name.to_owned(), facts)));
    cases
}

fn holiday(arrival: Date) -> Facts {
    Facts { leisure: Some(true), necessary: Some(false), ..plain(arrival) }
}

/// A test of each day, with each answer, for those at home and those at the hotel.
fn tests(set: &RuleSet, arrival: Date) -> Vec<(String, Facts)> {
    let outcomes = [
        ("negative", TestOutcome::Negative, TestKind::Pcr),
        ("pending", TestOutcome::Pending, TestKind::Pcr),
        ("positive", TestOutcome::Positive, TestKind::Pcr),
        ("negative antigen", TestOutcome::Negative, TestKind::Antigen),
    ];
    let travellers = [("at home", plain(arrival)), ("after a holiday", holiday(arrival))];
    let mut cases = Vec::new();
    for (who, facts) in &travellers {
        for day in 0..=set.quarantine.length_days {
            for (what, outcome, kind) in outcomes {
                let taken_on = day_after(arrival, day);
                let answered_at = norwegian_start_of(taken_on) + SignedDuration::from_hours(18);
                let test = TestFact {
                    taken_on,
                    taken_on_substituted: false,
                    outcome,
                    answered_at: (outcome != TestOutcome::Pending).then_some(answered_at),
                    kind,
                };
                let facts = Facts { tests: vec![test], ..facts.clone() };
                cases.push((format!("{who}, {what} test of day {day}"), facts));
            }
        }
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::quarantine::shipped;
    use sha2::{Digest, Sha256};

    /// The committed copy. `UPDATE_GOLDEN=1` writes it, when a rule was changed on purpose.
    const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/reference/rule-set-vectors.tsv");

    /// One line: set, case, what is owed, its end, the hotel, the first day of a test that ends it, tests, flags.
    fn short(set: &str, vector: &RuleSetVector) -> String {
        let told = &vector.expected;
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let ends = or_none(told.ends.as_ref().map(|end| format!("{} {}", end.at, end.why.code)));
        let hotel = or_none(told.hotel.as_ref().map(|hotel| format!("{} {}", hotel.at, hotel.why.code)));
        let early = or_none(told.early_end.as_ref().map(|offer| offer.from.to_string()));
        let tests: Vec<String> =
            told.tests.iter().map(|test| format!("{} {:?}", test.name, test.state)).collect();
        let flags: Vec<&str> = told.flags.iter().map(|flag| flag.code.as_str()).collect();
        let (owed, tests, flags) = (told.obligation, tests.join(", "), flags.join(", "));
        format!("{set}\t{}\t{owed:?}\t{ends}\t{hotel}\t{early}\t{tests}\t{flags}\n", vector.name)
    }

    #[test]
    fn the_shipped_sets_have_the_committed_vectors() {
        let all: Vec<RuleSetVectors> = shipped::rule_sets().iter().map(super::vectors).collect();
        let mut text = String::new();
        for set in &all {
            // Whoever changes a rule sees in the lines whom it reaches; the digest is of everything.
            let whole = hex::encode(Sha256::digest(serde_json::to_vec(set).unwrap()));
            text += &format!("# {} {whole}\n", set.rule_set);
            set.vectors.iter().for_each(|vector| text += &short(&set.rule_set, vector));
        }
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(GOLDEN, &text).unwrap();
        }
        let committed = std::fs::read_to_string(GOLDEN).unwrap_or_default();
        assert!(committed == text, "the vectors are not the committed ones");
    }

    #[test]
    fn every_reason_has_words_in_every_language() {
        use texts::Language;
        for vector in shipped::rule_sets().iter().flat_map(|set| super::vectors(set).vectors) {
            let told = vector.expected;
            let mut reasons = told.why;
            reasons.extend(told.flags);
            reasons.push(told.start.why);
            reasons.extend(told.ends.map(|end| end.why));
            reasons.extend(told.early_end.map(|offer| offer.why));
            reasons.extend(told.hotel.map(|hotel| hotel.why));
            reasons.extend(told.tests.into_iter().map(|test| test.why));
            for code in reasons.into_iter().map(|why| why.code) {
                for language in [Language::Nb, Language::Nn, Language::En] {
                    let words = texts::find(language, &format!("quarantine-why-{code}"), &[]);
                    assert!(words.is_some(), "{language:?} has no words for {code}");
                }
            }
        }
    }

    #[test]
    fn vectors_are_whole_and_made_anew_alike() {
        for set in shipped::rule_sets() {
            let vectors = super::vectors(&set);
            assert_eq!(vectors, super::vectors(&set));
            let names: std::collections::BTreeSet<&str> =
                vectors.vectors.iter().map(|vector| vector.name.as_str()).collect();
            assert_eq!(names.len(), vectors.vectors.len(), "names are unique");
            assert!(vectors.vectors.iter().all(|one| one.expected.rule_set.as_deref() == Some(&set.name)));
        }
    }
}
