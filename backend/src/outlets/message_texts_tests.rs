//! Every message is written in every language, with nothing in it that nobody fills in, and is short enough.

use super::*;
use jiff::civil::date;

/// Parts that a text may have at most, in the telephone's own alphabet and in any other.
const PARTS_MAX: (usize, usize) = (2, 5);
/// Signs that the sending service takes at most.
const LENGTH_MAX: usize = 2_144;

fn particulars() -> Particulars<'static> {
    // The longest names of months, and days of two digits.
    Particulars { ends: date(2021, 10, 25), test_from: date(2021, 9, 22), link: "https://www.helsenorge.no" }
}

#[test]
fn all_kinds_are_written_in_all_languages() {
    for (language, file) in FILES {
        let written: Written =
            serde_json::from_str(file).unwrap_or_else(|error| panic!("{language}: {error}"));
        assert_eq!(written.language, language);
        assert!(written.version > 0, "{language}");
        let kinds: Vec<MessageKind> = written.texts.keys().copied().collect();
        assert!(KINDS.iter().all(|kind| kinds.contains(kind)), "{language}: {kinds:?}");
        assert!(LINES.iter().any(|(line, _)| *line == language), "{language} has no line");
    }
    assert_eq!(TEXTS.len(), FILES.len());
}

#[test]
fn nothing_is_left_to_be_filled_in() {
    for (language, _) in FILES {
        for kind in KINDS {
            let text = render(kind, language, &particulars()).unwrap();
            assert!(!text.contains(['{', '}']), "{language} {kind:?}: {text}");
            assert!(!text.contains("  ") && text.trim() == text, "{language} {kind:?}: {text}");
        }
    }
}

#[test]
fn every_text_is_short_enough() {
    for (language, _) in FILES {
        for kind in KINDS {
            let text = render(kind, language, &particulars()).unwrap();
            let parts = parts(&text);
            let most = if parts.is_gsm { PARTS_MAX.0 } else { PARTS_MAX.1 };
            assert!(parts.count <= most, "{language} {kind:?}: {parts:?}, at most {most}");
            assert!(text.chars().count() <= LENGTH_MAX, "{language} {kind:?}");
        }
    }
}

#[test]
fn a_day_is_written_as_people_write_it() {
    let equinox = date(2021, 3, 20);
    for (language, expected) in [
        ("nb", "20. mars"),
        ("en", "20 March"),
        ("pl", "20 marca"),
        ("lt", "kovo 20 d."),
        ("ro", "20 martie"),
        ("ru", "20 марта"),
        ("ar", "20 مارس"),
        ("ur", "20 مارچ"),
        ("so", "20 Maarso"),
    ] {
        assert_eq!(day(language, equinox), expected);
    }
}

#[test]
fn parts_are_counted_as_telephones_do() {
    let counted = |text: &str| {
        let parts = parts(text);
        (parts.is_gsm, parts.count)
    };
    assert_eq!(counted(&"a".repeat(160)), (true, 1));
    assert_eq!(counted(&"å".repeat(161)), (true, 2));
    assert_eq!(counted(&"a".repeat(307)), (true, 3));
    assert_eq!(counted(&format!("{}€", "a".repeat(159))), (true, 2), "it takes two places");
    assert_eq!(counted(&"ą".repeat(70)), (false, 1));
    assert_eq!(counted(&"ж".repeat(71)), (false, 2));
    assert_eq!(counted(&"😀".repeat(36)), (false, 2));
}
