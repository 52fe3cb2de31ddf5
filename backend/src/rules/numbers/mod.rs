//! Numbers with check digits: fødselsnummer, D-number, felles hjelpenummer (FHN), organisation number.
//!
//! All rules are dated: which check digits count and which series of D-numbers exist depends on the day.
//! A classic check finds every single wrong digit and every swap of two unequal neighbours. It does not
//! find everything: two independent errors pass one time in 121, swaps across a distance pass where
//! both weights agree, and under the rule from 2032 the first check digit has four right values.

pub mod auxiliary;
pub mod national;
pub mod organisation;

use events::identity::{IdentityCheck, IdentityKind};
use events::personal::Personal;
use jiff::civil::{Date, date};

/// Which values the first check digit may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckDigits {
    /// One right value; the number tells century and sex.
    Classic,
    /// Four right values, for numbers given out from 2032 on; century and sex cannot be read any more.
    From2032,
}

impl CheckDigits {
    /// The rule of a day. From 2032 on old and new numbers are both in use.
    pub fn on(day: Date) -> CheckDigits {
        if day < date(2032, 1, 1) { CheckDigits::Classic } else { CheckDigits::From2032 }
    }
}

/// What a check says of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Valid, synthetic or failed; unchecked for kinds that have no check digits.
    pub check: IdentityCheck,
    /// The date of birth, where the number tells exactly one.
    pub birth_date: Option<Personal<Date>>,
}

impl Checked {
    const FAILED: Checked = Checked { check: IdentityCheck::Failed, birth_date: None };
    const VALID: Checked = Checked { check: IdentityCheck::Valid, birth_date: None };
    const UNCHECKED: Checked = Checked { check: IdentityCheck::Unchecked, birth_date: None };
}

/// Checks a number against the rules of its kind on a day. The number is given without spaces.
pub fn check(number: &str, kind: IdentityKind, on: Date, digits: CheckDigits) -> Checked {
    match kind {
        IdentityKind::NationalIdentityNumber => national::check(number, national::Series::National, digits),
        IdentityKind::DNumber => national::check(number, national::Series::d_numbers_on(on), digits),
        IdentityKind::CommonAuxiliaryNumber => auxiliary::check(number),
        IdentityKind::Passport | IdentityKind::Unknown => Checked::UNCHECKED,
    }
}

/// Exactly `N` decimal digits, or nothing.
pub(crate) fn digits_of<const N: usize>(number: &str) -> Option<[u32; N]> {
    let bytes: [u8; N] = number.as_bytes().try_into().ok()?;
    bytes.iter().all(u8::is_ascii_digit).then(|| bytes.map(|byte| u32::from(byte - b'0')))
}

fn remainder(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
}

/// Whether both check digits of an eleven-digit number are right.
fn both_check_digits_right(digits: &[u32; 11], rule: CheckDigits) -> bool {
    let first = remainder(digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]);
    let second = remainder(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]);
    let first_right = match rule {
        CheckDigits::Classic => first == 0,
        CheckDigits::From2032 => first <= 3,
    };
    first_right && second == 0
}

/// Appends both check digits to nine digits; `None` where such a number is not given out.
pub fn with_check_digits(nine: [u32; 9]) -> Option<[u32; 11]> {
    let mut digits = [0; 11];
    digits[..9].copy_from_slice(&nine);
    digits[9] = (11 - remainder(&digits[..9], &[3, 7, 6, 1, 8, 9, 4, 5, 2])) % 11;
    digits[10] = (11 - remainder(&digits[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) % 11;
    (digits[9] < 10 && digits[10] < 10).then_some(digits)
}

#[cfg(test)]
mod slips_tests;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    const KINDS: [IdentityKind; 3] =
        [IdentityKind::NationalIdentityNumber, IdentityKind::DNumber, IdentityKind::CommonAuxiliaryNumber];
    const SPRING_2021: Date = date(2021, 3, 15);

    fn right(number: &str, kind: IdentityKind, on: Date, digits: CheckDigits) -> bool {
        matches!(check(number, kind, on, digits).check, IdentityCheck::Valid | IdentityCheck::Synthetic)
    }

    fn right_of_any_kind(number: &str, digits: CheckDigits) -> bool {
        KINDS.iter().any(|kind| right(number, *kind, SPRING_2021, digits))
    }

    fn vectors() -> Option<Value> {
        let text = crate::rules::reference_file_for_tests("id-vectors.json")?;
        Some(serde_json::from_slice(&text).unwrap())
    }

    fn list<'a>(vectors: &'a Value, kind: &str, name: &str) -> Vec<&'a str> {
        vectors[kind][name].as_array().unwrap().iter().map(|number| number.as_str().unwrap()).collect()
    }

    /// Those of postcodes are tested with the postcodes, all others below.
    #[test]
    fn every_published_list_is_one_that_a_test_knows() {
        let Some(vectors) = vectors() else { return };
        let lists = vectors.as_object().unwrap().iter().flat_map(|(kind, lists)| {
            lists.as_object().unwrap().keys().map(move |name| format!("{kind} {name}"))
        });
        let mut lists: Vec<String> = lists.collect();
        lists.sort_unstable();
        let known = [
            "d_number invalid",
            "d_number valid",
            "d_number valid_only_from_2021_11_16",
            "fhn invalid",
            "fhn valid",
            "fnr invalid",
            "fnr valid",
            "fnr valid_other_month_offsets",
            "fnr_2032_mode invalid",
            "fnr_2032_mode valid",
            "org_number invalid",
            "org_number valid",
            "postcode_2021 invalid",
            "postcode_2021 valid",
        ];
        assert_eq!(lists, known);
    }

    #[test]
    fn the_published_vectors_hold() {
        let Some(vectors) = vectors() else { return };
        let classic = CheckDigits::Classic;
        // One of the valid D-numbers (serial 610, year 40) is in no series before the extension of November 2021.
        let cases = [
            ("fnr", IdentityKind::NationalIdentityNumber, SPRING_2021),
            ("d_number", IdentityKind::DNumber, date(2021, 11, 16)),
            ("fhn", IdentityKind::CommonAuxiliaryNumber, SPRING_2021),
        ];
        for (name, kind, day) in cases {
            for number in list(&vectors, name, "valid") {
                assert!(right(number, kind, day, classic), "{name} {number}");
            }
            for number in list(&vectors, name, "invalid") {
                assert!(!right(number, kind, SPRING_2021, classic), "{name} {number}");
                assert!(!right(number, kind, date(2026, 1, 1), classic), "{name} {number}");
            }
        }
        for number in list(&vectors, "fnr", "valid_other_month_offsets") {
            assert!(right(number, IdentityKind::NationalIdentityNumber, SPRING_2021, classic), "{number}");
        }
        for number in list(&vectors, "d_number", "valid_only_from_2021_11_16") {
            assert!(!right(number, IdentityKind::DNumber, date(2021, 11, 15), classic), "{number}");
            assert!(right(number, IdentityKind::DNumber, date(2021, 11, 16), classic), "{number}");
        }
        for number in list(&vectors, "fnr_2032_mode", "valid") {
            assert!(right_of_any_kind(number, CheckDigits::From2032), "{number}");
        }
        for number in list(&vectors, "fnr_2032_mode", "invalid") {
            assert!(!right_of_any_kind(number, CheckDigits::From2032), "{number}");
        }
        for number in list(&vectors, "org_number", "valid") {
            assert!(organisation::is_right(number), "{number}");
        }
        for number in list(&vectors, "org_number", "invalid") {
            assert!(!organisation::is_right(number), "{number}");
        }
    }

    /// A right number of each kind, synthetic where the kind has a marker for it.
    fn right_number() -> impl Strategy<Value = String> {
        (0..3_u32, 1..29_u32, 1..13_u32, 40..54_u32, 0..500_u32).prop_filter_map(
            "a number that is not given out",
            |(kind, day, month, year, serial)| {
                let (day, month) = match kind {
                    0 => (day, month + 80),
                    1 => (day + 40, month + 80),
                    _ => (80 + day % 20, month),
                };
                let text = format!("{day:02}{month:02}{year:02}{serial:03}");
                let eleven = with_check_digits(digits_of::<9>(&text)?)?;
                Some(eleven.iter().map(u32::to_string).collect())
            },
        )
    }

    proptest! {
        #[test]
        fn a_right_number_is_seen_as_right(number in right_number()) {
            prop_assert!(right_of_any_kind(&number, CheckDigits::Classic));
        }

        #[test]
        fn one_wrong_digit_is_never_right(number in right_number(), place in 0..11_usize, by in 1..10_u8) {
            let mut bytes = number.into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + by) % 10;
            let wrong = String::from_utf8(bytes).unwrap();
            prop_assert!(!right_of_any_kind(&wrong, CheckDigits::Classic));
            prop_assert!(!right_of_any_kind(&wrong, CheckDigits::From2032));
        }

        #[test]
        fn swapped_neighbours_are_never_right(number in right_number(), place in 0..10_usize) {
            let mut bytes = number.into_bytes();
            prop_assume!(bytes[place] != bytes[place + 1]);
            bytes.swap(place, place + 1);
            let wrong = String::from_utf8(bytes).unwrap();
            prop_assert!(!right_of_any_kind(&wrong, CheckDigits::Classic));
            prop_assert!(!right_of_any_kind(&wrong, CheckDigits::From2032));
        }

        #[test]
        fn no_text_makes_a_check_panic(text in "\\PC{0,14}", digits in "[0-9]{11}") {
            for kind in KINDS {
                for rule in [CheckDigits::Classic, CheckDigits::From2032] {
                    let _ = check(&text, kind, SPRING_2021, rule);
                    let _ = check(&digits, kind, date(2040, 1, 1), rule);
                }
            }
            let _ = organisation::is_right(&text);
            let _ = organisation::is_right(&digits[..9]);
        }
    }

    #[test]
    fn from_2032_the_first_check_digit_has_four_right_values() {
        let nine = [1, 5, 8, 5, 7, 5, 1, 0, 1];
        let classic = 11 - remainder(&nine, &[3, 7, 6, 1, 8, 9, 4, 5, 2]);
        let mut seen = 0;
        for shift in 0..11 {
            let first = (classic + shift) % 11;
            let mut ten = nine.to_vec();
            ten.push(first);
            let second = (11 - remainder(&ten, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) % 11;
            if first > 9 || second > 9 {
                continue;
            }
            let number: String = ten.iter().chain([&second]).map(u32::to_string).collect();
            let right_by = |rule| right(&number, IdentityKind::NationalIdentityNumber, SPRING_2021, rule);
            assert_eq!(right_by(CheckDigits::Classic), shift == 0, "{shift}");
            assert_eq!(right_by(CheckDigits::From2032), shift <= 3, "{shift}");
            seen += 1;
        }
        assert!(seen >= 8, "{seen}");
    }

    #[test]
    fn a_number_tells_its_birth_date_only_where_there_is_one() {
        let born = |number: &str, kind| check(number, kind, SPRING_2021, CheckDigits::Classic).birth_date;
        let national = IdentityKind::NationalIdentityNumber;
        assert_eq!(born("20914695016", national), Some(Personal(date(1946, 11, 20))));
        assert_eq!(born("88888888831", IdentityKind::CommonAuxiliaryNumber), None);
        let under_2032 = check("20914695016", national, date(2033, 1, 1), CheckDigits::From2032);
        assert_eq!(under_2032.birth_date, None);
    }

    #[test]
    fn the_wider_series_of_d_numbers_leaves_a_century_open() {
        let born = |on| check("41810034422", IdentityKind::DNumber, on, CheckDigits::Classic).birth_date;
        assert_eq!(born(date(2021, 11, 15)), Some(Personal(date(1900, 1, 1))));
        assert_eq!(born(date(2021, 11, 16)), None, "given out before, it is 1900; after, it is 2000");
    }
}
