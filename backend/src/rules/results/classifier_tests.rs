//! Reading the words of laboratories: real ones, traps, and whatever chance makes of them.

use super::*;
use crate::rules::results::shipped;
use proptest::prelude::*;
use std::collections::BTreeSet;

const VECTORS: &str = include_str!("../../../reference/result-vectors.tsv");

fn class_named(name: &str) -> Option<ResultClass> {
    match name {
        "none" => None,
        name => Some(serde_json::from_value(name.into()).unwrap()),
    }
}

fn named<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    (!name.is_empty()).then(|| serde_json::from_value(name.into()).unwrap())
}

#[test]
fn every_vector_is_read_as_it_says() {
    let classifier = shipped::newest();
    let mut seen = 0;
    for line in VECTORS.lines().skip(1) {
        let [code, description, material, text, status, message_status, comment, class, kind, state] =
            line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("not ten columns: {line}");
        };
        let finding = Finding { code, description, material, text, status, comment };
        let expected = class_named(class).map(|class| Reading {
            class,
            kind: named(kind),
            state: named(state).expect("a state"),
        });
        assert_eq!(classifier.read(&finding, message_status), expected, "{line}");
        seen += 1;
    }
    assert!(seen >= 150, "{seen}");
}

/// A finding of a final PCR test with a text.
fn pcr(text: &str) -> Finding<'_> {
    Finding { code: "NPU59097", status: "Endelig", text, ..Finding::default() }
}

fn class_of(finding: &Finding<'_>) -> ResultClass {
    shipped::newest().read(finding, "Endelig").map_or(ResultClass::Unknown, |read| read.class)
}

/// All phrases of a class.
fn phrases(class: ResultClass) -> Vec<String> {
    let texts = shipped::tables().remove(0).texts.into_iter().filter(move |text| text.class == class);
    texts.flat_map(|text| text.phrases).collect()
}

/// The letters and digits of a text: another way of comparing than the one that is tested. `None` where it has
/// something that could change the meaning, or that this way does not know.
fn letters(text: &str) -> Option<String> {
    let mut letters = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'å' | 'à' | 'á' | 'â' | 'ä' | 'ã' => letters.push('a'),
            'ø' | 'ö' => letters.push('o'),
            'æ' => letters.push_str("ae"),
            'é' | 'è' | 'ê' => letters.push('e'),
            c if c.is_ascii_alphanumeric() => letters.push(c),
            c if c.is_whitespace() || c.is_control() || ".,:;-_/()[]{}'\"*|\\".contains(c) => {}
            _other => return None,
        }
    }
    Some(letters)
}

#[test]
fn every_phrase_of_the_table_is_read_as_its_class() {
    for text in shipped::tables().remove(0).texts {
        for phrase in &text.phrases {
            assert_eq!(class_of(&pcr(phrase)), text.class, "{phrase}");
            assert_eq!(class_of(&pcr(&format!("  {}. ", phrase.to_uppercase()))), text.class, "{phrase}");
        }
    }
}

#[test]
fn no_word_before_or_behind_leaves_a_negative_negative() {
    // What people put there to say the opposite, or something else.
    let words = [
        "ikke",
        "ikkje",
        "ei",
        "falsk",
        "tidligere",
        "kontroll",
        "ingen",
        "nesten",
        "usikker",
        "antatt ikke",
        "men",
        "influensa",
        "RSV",
        "delvis",
        "mulig",
        "1 av 2",
        "trolig",
        "ct 34",
        "u",
        "?",
        "!",
        "ny prøve",
        "hvis",
        "a",
        "igg",
        "foreløpig ikke",
    ];
    let table: BTreeSet<String> =
        phrases(ResultClass::NotDetected).iter().map(|phrase| normalised(phrase)).collect();
    for phrase in phrases(ResultClass::NotDetected) {
        for word in words {
            for text in [format!("{word} {phrase}"), format!("{phrase} {word}"), format!("{phrase}, {word}")]
            {
                let class = class_of(&pcr(&text));
                assert_eq!(class == ResultClass::NotDetected, table.contains(&normalised(&text)), "{text}");
            }
        }
    }
    // `ikke påvist` is `påvist` with such a word before it, and is in the table; nothing else may be.
    let doubled = |text: &str| class_of(&pcr(text));
    assert_eq!(doubled("ikke ikke påvist"), ResultClass::Unknown);
    assert_eq!(doubled("ikke negativ"), ResultClass::Unknown);
}

fn any_phrase() -> impl Strategy<Value = String> {
    let all: Vec<String> = [ResultClass::Detected, ResultClass::NotDetected, ResultClass::Inconclusive]
        .into_iter()
        .flat_map(phrases)
        .collect();
    prop::sample::select(all)
}

/// A phrase with something done to it.
fn mutated() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("ikke ".to_owned()),
        Just("?".to_owned()),
        Just(" eller ".to_owned()),
        "[a-zæøå0-9]",
        "[ .,:/()+<>=!?*-]",
        "\\PC",
    ];
    let change = (0..4_usize, 0..40_usize, piece);
    (any_phrase(), prop::collection::vec(change, 1..4)).prop_map(|(phrase, changes)| {
        let mut letters: Vec<char> = phrase.chars().collect();
        for (kind, place, piece) in changes {
            let place = place % (letters.len() + 1);
            match kind {
                0 if place < letters.len() => drop(letters.remove(place)),
                1 if place + 1 < letters.len() => letters.swap(place, place + 1),
                2 if place < letters.len() => drop(letters.splice(place..=place, piece.chars())),
                _insert => drop(letters.splice(place..place, piece.chars())),
            }
        }
        letters.into_iter().collect()
    })
}

fn negative_only_if_listed(text: &str) -> Result<(), TestCaseError> {
    if class_of(&pcr(text)) == ResultClass::NotDetected {
        let listed = phrases(ResultClass::NotDetected);
        prop_assert!(listed.iter().any(|phrase| normalised(phrase) == normalised(text)), "{}", text);
        let Some(plain) = letters(text) else { return Ok(()) };
        prop_assert!(listed.iter().any(|phrase| letters(phrase).as_ref() == Some(&plain)), "{}", text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn nothing_outside_the_table_becomes_negative(text in "\\PC{0,40}") {
        negative_only_if_listed(&text)?;
    }

    #[test]
    fn no_mutation_of_a_phrase_becomes_negative_unless_it_is_listed(text in mutated()) {
        negative_only_if_listed(&text)?;
    }

    #[test]
    fn words_in_any_order_become_negative_only_as_they_are_listed(
        words in prop::collection::vec(prop::sample::select(vec![
            "ikke", "ikkje", "påvist", "negativ", "negativt", "positiv", "svakt", "SARS-CoV-2", "RNA", "prøve", "er", "test", "ingen",
            "virus", "neg", "pos", "+", "-", "?", "foreløpig", "kontroll", "influensa", "A", "RSV", "se", "kommentar", "ct", "34",
        ]), 0..6)
    ) {
        negative_only_if_listed(&words.join(" "))?;
    }

    /// Whatever stands around a text, it never makes more of it.
    #[test]
    fn a_comment_never_makes_a_negative(text in mutated(), comment in mutated()) {
        let with = Finding { comment: &comment, ..pcr(&text) };
        if class_of(&with) == ResultClass::NotDetected {
            let table = phrases(ResultClass::NotDetected);
            let sent_on = shipped::tables().remove(0).see_comment;
            let listed = |list: &[String], text: &str| list.iter().any(|one| normalised(one) == normalised(text));
            prop_assert!(listed(&table, &text) || (listed(&sent_on, &text) && listed(&table, &comment)));
        }
    }

    #[test]
    fn an_analysis_that_nobody_knows_is_never_negative(
        code in "[A-Z]{2,4}[0-9]{0,5}", description in "[a-zA-ZæøåÆØÅ ]{0,30}", material in "[a-z]{0,8}", text in any_phrase(),
    ) {
        let classifier = shipped::newest();
        let finding = Finding { code: &code, description: &description, material: &material, ..pcr(&text) };
        let about = format!(" {} {} ", normalised(&description), normalised(&text));
        let table = shipped::tables().remove(0);
        let names_the_virus = table.descriptions.virus.iter().any(|word| stands_in(&normalised(word), about.trim()));
        let listed = table.codes.iter().any(|list| list.codes.contains(&code));
        if let Some(read) = classifier.read(&finding, "Endelig") {
            prop_assert!(read.class != ResultClass::NotDetected || names_the_virus || listed);
        }
    }

    #[test]
    fn no_status_makes_it_surer(status in "\\PC{0,20}", message in mutated()) {
        let classifier = shipped::newest();
        let finding = Finding { status: &status, ..pcr("Negativt") };
        let state = classifier.read(&finding, &message).map(|read| read.state);
        if matches!(state, Some(SampleState::Final | SampleState::Revised)) {
            let sure: BTreeSet<String> = shipped::tables().remove(0).statuses.into_iter()
                .filter(|one| matches!(one.state, SampleState::Final | SampleState::Revised))
                .flat_map(|one| one.phrases).map(|phrase| normalised(&phrase)).collect();
            for told in [&status, &message] {
                let told = normalised(told);
                prop_assert!(told.is_empty() || sure.contains(&told));
            }
        }
    }
}

#[test]
fn a_comment_that_is_too_long_to_search_leaves_a_negative_unknown() {
    let long = "og så videre ".repeat(1_000);
    let finding = Finding { comment: &long, ..pcr("Negativt") };
    assert_eq!(class_of(&finding), ResultClass::Unknown);
}

#[test]
fn of_two_states_the_one_that_promises_less_counts() {
    use SampleState::{Cancelled, Final, Planned, Preliminary, Revised};
    let all = [Planned, Preliminary, Final, Revised, Cancelled];
    for a in all {
        for b in all {
            assert_eq!(less_sure(Some(a), Some(b)), less_sure(Some(b), Some(a)));
        }
        assert_eq!(less_sure(Some(a), Some(a)), Some(a));
        assert_eq!(less_sure(Some(a), None), Some(a));
        assert_eq!(less_sure(Some(a), Some(Cancelled)), Some(Cancelled));
    }
    assert_eq!(less_sure(Some(Revised), Some(Preliminary)), Some(Preliminary));
    assert_eq!(less_sure(Some(Revised), Some(Final)), Some(Revised));
}
