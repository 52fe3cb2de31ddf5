//! The three files say the same things, and everything the portal asks for exists.

use super::*;
use std::collections::BTreeSet;
use std::path::Path;

fn keys(language: Language) -> BTreeSet<String> {
    let source = built_in(language).expect("the tests have all languages");
    if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
        panic!("{language:?}: {errors:?}");
    }
    let mut keys = BTreeSet::new();
    for line in source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
        let (key, _) = line.split_once(" =").unwrap();
        assert!(keys.insert(key.to_owned()), "{language:?} has {key} twice");
    }
    keys
}

#[test]
fn the_three_languages_have_the_same_keys() {
    let expected = keys(Language::Nb);
    for other in [Language::Nn, Language::En] {
        let theirs = keys(other);
        let missing: Vec<_> = expected.difference(&theirs).collect();
        let extra: Vec<_> = theirs.difference(&expected).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{other:?} lacks {missing:?}, has besides {extra:?}");
    }
}

#[test]
fn every_key_the_portal_asks_for_exists() {
    let known = keys(Language::Nb);
    let mut asked = BTreeSet::new();
    gather(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../frontend/src")), &mut asked);
    assert!(asked.len() > 50, "found only {asked:?}");
    let unknown: Vec<_> = asked.difference(&known).collect();
    assert!(unknown.is_empty(), "no text for {unknown:?}");
}

/// Collects the literal keys of `t!("…")`, `tr("…")`, `tr_with("…")` and `Key("…")` in a folder.
fn gather(folder: &Path, asked: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, asked);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let code: String =
                std::fs::read_to_string(&path).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
            for call in ["t!(", "tr(", "tr_with(", "Key("] {
                for (at, _) in code.match_indices(call) {
                    let preceded =
                        code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
                    let Some(rest) = code[at + call.len()..].trim_start().strip_prefix('"') else { continue };
                    if let (false, Some((key, _))) = (preceded, rest.split_once('"')) {
                        asked.insert(key.to_owned());
                    }
                }
            }
        }
    }
}

#[test]
fn a_number_chooses_singular_or_plural() {
    let nye = |count: u64| {
        text_with(
            Language::Nb,
            "list-new-rows",
            &[("count", count.into()), ("shown", count.to_string().into())],
        )
    };
    assert_eq!(nye(1), "1 ny – vis");
    assert_eq!(nye(3), "3 nye – vis");
}

#[test]
fn an_unknown_key_shows_itself() {
    assert_eq!(text(Language::En, "no-such-key"), "no-such-key");
    assert_eq!(find(Language::En, "code-9999", &[]), None);
}

#[test]
fn every_problem_has_a_title_and_a_detail() {
    let known = keys(Language::Nb);
    for code in [
        "invalid-request",
        "not-logged-in",
        "not-permitted",
        "not-found",
        "entry-ended",
        "changed-meanwhile",
        "precondition-required",
        "key-reused",
        "key-required",
        "too-large",
        "too-many-requests",
        "refused",
        "unavailable",
        "internal",
    ] {
        assert!(known.contains(&format!("problem-{code}-title")), "{code}");
        assert!(known.contains(&format!("problem-{code}-detail")), "{code}");
    }
}

#[test]
fn what_is_learned_is_kept() {
    let mut before = text(Language::Nn, "retry");
    before.push('!');
    learn(Language::Nn, format!("retry = {before}"));
    assert_ne!(text(Language::Nn, "retry"), before, "texts that are here do not change under a reader");
    assert!(Language::ALL.into_iter().all(are_here));
}

#[test]
fn details_are_short() {
    for language in Language::ALL {
        for key in keys(language).iter().filter(|key| key.starts_with("problem-")) {
            let words = text(language, key).split_whitespace().count();
            assert!(words <= 20, "{language:?} {key}: {words} words");
        }
    }
}

#[test]
fn every_published_field_has_a_label() {
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/../backend/src/rules/fields.rs");
    let code = std::fs::read_to_string(list).unwrap();
    let (_, list) = code.split_once("PUBLISHED:").unwrap();
    let (list, _) = list.split_once("];").unwrap();
    let known = keys(Language::Nb);
    let missing: Vec<_> = list
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|field| !known.contains(&format!("field-{field}")))
        .collect();
    assert!(missing.is_empty() && list.contains("p_phone"), "no label for {missing:?}");
}
