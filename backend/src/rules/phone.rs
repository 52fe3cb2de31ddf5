//! Phone numbers to E.164, by the numbering plans of all countries.
//!
//! There is no default country, but for one rule: eight digits that begin with 4 or 9 are a Norwegian mobile.
//! What cannot be dialled keeps its text and has no E.164 form.

use events::personal::Personal;
use events::record::Phone;

/// Reads one number.
pub fn read(text: &str) -> Phone {
    Phone { given: Personal(text.trim().to_owned()), e164: e164(text).map(Personal) }
}

/// Reads a field that may hold several numbers: `a / b`, `a, b`, `a eller b`, `a or b`.
/// A field in which nothing can be dialled is kept whole.
pub fn read_all(text: &str) -> Vec<Phone> {
    let normalised = text.replace(" eller ", "/").replace(" or ", "/").replace([',', ';'], "/");
    let parts: Vec<&str> = normalised.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 {
        let mut phones: Vec<Phone> = Vec::new();
        for phone in parts.into_iter().map(read) {
            if phone.e164.is_none() || !phones.iter().any(|known| known.e164 == phone.e164) {
                phones.push(phone);
            }
        }
        if phones.iter().any(|phone| phone.e164.is_some()) {
            return phones;
        }
    }
    vec![read(text)]
}

/// Whether a number in E.164 can receive a text message, as far as its country's plan tells: no fixed line, and none
/// that costs whoever writes to it.
pub fn takes_texts(e164: &str) -> bool {
    use phonenumber::Type;
    // Most are Norwegian, and of those it is plain to see.
    if let Some(national) = e164.strip_prefix("+47") {
        return national.len() == 8 && national.starts_with(['4', '9']);
    }
    let kind =
        phonenumber::parse(None, e164).map(|number| number.number_type(&phonenumber::metadata::DATABASE));
    matches!(kind, Ok(Type::Mobile | Type::FixedLineOrMobile | Type::PersonalNumber))
}

fn e164(text: &str) -> Option<String> {
    let international = with_country(text)?;
    let number = phonenumber::parse(None, &international).ok()?;
    if !phonenumber::is_valid(&number) || number.extension().is_some() {
        return None;
    }
    Some(number.format().mode(phonenumber::Mode::E164).to_string())
}

/// `+` and digits, when the text says its country or the one rule applies.
fn with_country(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(16);
    let mut plus = false;
    let text = text.trim().trim_start_matches("tel:").replace("(0)", "");
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' | '＋' if digits.is_empty() && !plus => plus = true,
            ' ' | '-' | '.' | '(' | ')' | '\u{a0}' | '\u{2010}'..='\u{2013}' => {}
            // A letter or a second plus: no number to rely on.
            _ => return None,
        }
    }
    if !plus {
        if let Some(rest) = digits.strip_prefix("00") {
            digits = rest.to_owned();
        } else if digits.len() == 8 && digits.starts_with(['4', '9']) {
            digits.insert_str(0, "47");
        } else {
            return None;
        }
    }
    (!digits.starts_with('0') && (7..=15).contains(&digits.len())).then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dialled(text: &str) -> Vec<Option<String>> {
        read_all(text).into_iter().map(|phone| phone.e164.map(|number| number.0)).collect()
    }

    #[test]
    fn numbers_that_say_their_country_are_read() {
        let cases = [
            ("+47 412 34 567", "+4741234567"),
            ("0047 41 23 45 67", "+4741234567"),
            ("41234567", "+4741234567"),
            ("+47 (0) 21 23 45 67", "+4721234567"),
            ("tel:+442079460123", "+442079460123"),
            ("+46 (0)70-174 06 05", "+46701740605"),
            ("+1 (202) 555-0123", "+12025550123"),
        ];
        for (text, expected) in cases {
            assert_eq!(dialled(text), [Some(expected.to_owned())], "{text}");
        }
    }

    #[test]
    fn texts_go_to_numbers_that_can_receive_them() {
        for number in ["+4741234567", "+46701740605", "+48512345678", "+12025550123"] {
            assert!(takes_texts(number), "{number}");
        }
        for number in ["+4721234567", "+4780012345", "+4782012345", "+442079460123", "nobody"] {
            assert!(!takes_texts(number), "{number}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_keeps_its_text() {
        let cases = [
            "21234567",
            "+474123456",
            "+47412345678",
            "+4701234567",
            "+4711012345",
            "112",
            "+0041234567",
            "+47 4123456a",
            "++4741234567",
            "12345678901234567890",
            "070 1740605",
            "ring my wife",
        ];
        for text in cases {
            assert_eq!(dialled(text), [None], "{text}");
            assert_eq!(read(text).given.0, text);
        }
    }

    #[test]
    fn one_field_may_hold_several_numbers() {
        let both = [Some("+4741234567".to_owned()), Some("+442079460123".to_owned())];
        for text in [
            "41234567 / +442079460123",
            "+4741234567, 00442079460123",
            "41234567 eller +44 20 7946 0123",
            "41234567 or +44 20 7946 0123",
        ] {
            assert_eq!(dialled(text), both, "{text}");
        }
        assert_eq!(dialled("41234567 / 004741234567").len(), 1, "the same number twice");
        assert_eq!(dialled("41234567 / 12").len(), 2, "the second is kept as text");
        assert_eq!(dialled("12 / 13"), [None], "kept whole");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}", close in "[+0-9 ()/,-]{0,40}") {
            let _ = (read_all(&text), read_all(&close));
        }
    }
}
