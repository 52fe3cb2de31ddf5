//! What identifies a traveller: free text in three fields, typed, checked, and put in order of trust.

use super::numbers::{CheckDigits, check, national};
use events::identity::{Identity, IdentityCheck, IdentityKind};
use events::personal::Personal;
use events::record::{Flag, FlagKind};
use jiff::civil::Date;

/// The fields that may hold an identity, as the source gave them.
#[derive(Clone, Copy, Default)]
pub struct Given<'a> {
    /// `p_unique_id`: national number, D-number, passport or anything else; typed in freely.
    pub unique_id: Option<&'a str>,
    /// `p_dnr`: a D-number, typed by hand.
    pub d_number: Option<&'a str>,
    /// `p_fh_number`: an FHN.
    pub auxiliary: Option<&'a str>,
    /// `p_birth_date`, to compare with.
    pub birth_date: Option<Date>,
}

/// Types the identities of a record, the best kind first and each once, and flags what is wrong or contradicts.
pub fn classify(given: Given<'_>, on: Date) -> (Vec<Identity>, Vec<Flag>) {
    let fields = [
        ("p_unique_id", given.unique_id, None),
        ("p_dnr", given.d_number, Some(IdentityKind::DNumber)),
        ("p_fh_number", given.auxiliary, Some(IdentityKind::CommonAuxiliaryNumber)),
    ];
    let mut identities: Vec<Identity> = Vec::new();
    let mut flags = Vec::new();
    let mut birth_dates: Vec<Date> = given.birth_date.into_iter().collect();
    for (field, text, expected) in fields {
        let Some(number) = text.map(normalise).filter(|number| !number.is_empty()) else { continue };
        let flag = |kind| Flag { field: field.to_owned(), kind };
        let (identity, birth_date) = identify(number, expected, on);
        if identity.check == IdentityCheck::Failed {
            flags.push(flag(FlagKind::FailedIdentityCheck));
        }
        let another_of_its_kind = identities.iter().any(|known| {
            known.kind == identity.kind
                && known.number != identity.number
                && known.check != IdentityCheck::Failed
                && identity.check != IdentityCheck::Failed
        });
        if another_of_its_kind
            || birth_date.is_some_and(|born| birth_dates.iter().any(|known| *known != born))
        {
            flags.push(flag(FlagKind::ConflictingIdentity));
        }
        birth_dates.extend(birth_date);
        if !identities.iter().any(|known| known.number == identity.number) {
            identities.push(identity);
        }
    }
    // Stable, so that of two of a kind the field read first stays first; a failed check ranks last.
    identities.sort_by_key(|identity| (identity.check == IdentityCheck::Failed, identity.kind));
    (identities, flags)
}

/// Removes what people put between and before the digits: spaces, hyphens, dots, a country code.
pub fn normalise(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '-' | '.' | '\u{2010}'..='\u{2014}' | '\u{200b}' | '\u{feff}')
        })
        .flat_map(char::to_uppercase)
        .collect();
    match plain.strip_prefix("NO") {
        Some(rest) if rest.len() == 11 && rest.bytes().all(|byte| byte.is_ascii_digit()) => rest.to_owned(),
        _ => plain,
    }
}

fn identify(number: String, expected: Option<IdentityKind>, on: Date) -> (Identity, Option<Date>) {
    let kind = kind_by_shape(&number);
    let checked = check(&number, kind, on, CheckDigits::on(on));
    let failed_help_number =
        checked.check == IdentityCheck::Failed && national::looks_like_local_help_number(&number);
    let (kind, check) = match (kind, expected) {
        // Opaque: its check digits may follow another rule.
        _ if failed_help_number && kind != IdentityKind::CommonAuxiliaryNumber => {
            (IdentityKind::Unknown, IdentityCheck::Unchecked)
        }
        // A field for eleven digits that holds something else.
        (IdentityKind::Passport | IdentityKind::Unknown, Some(_)) => {
            (IdentityKind::Unknown, IdentityCheck::Failed)
        }
        _ => (kind, checked.check),
    };
    let birth_date = checked.birth_date.map(|born| born.0);
    (Identity { kind, number: Personal(number), check }, birth_date)
}

/// The kind that a normalised text looks like.
fn kind_by_shape(number: &str) -> IdentityKind {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let letters = number.bytes().filter(u8::is_ascii_uppercase).count();
    let length = number.len();
    match (digits, number.as_bytes().first()) {
        (11, Some(b'0'..=b'3')) if length == 11 => IdentityKind::NationalIdentityNumber,
        (11, Some(b'4'..=b'7')) if length == 11 => IdentityKind::DNumber,
        (11, Some(_)) if length == 11 => IdentityKind::CommonAuxiliaryNumber,
        // Passports: six to nine letters and digits, digits in the majority or at least five of them.
        (5.., _) if digits + letters == length && (6..=9).contains(&length) => IdentityKind::Passport,
        _ => IdentityKind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const DAY: Date = date(2021, 3, 15);

    fn kinds(given: Given<'_>) -> Vec<(IdentityKind, IdentityCheck)> {
        classify(given, DAY).0.iter().map(|identity| (identity.kind, identity.check)).collect()
    }

    fn flags(given: Given<'_>) -> Vec<(String, FlagKind)> {
        classify(given, DAY).1.into_iter().map(|flag| (flag.field, flag.kind)).collect()
    }

    fn unique(text: &str) -> Given<'_> {
        Given { unique_id: Some(text), ..Given::default() }
    }

    #[test]
    fn free_text_is_typed_by_its_shape() {
        let cases = [
            ("208914 - 95016", IdentityKind::NationalIdentityNumber, IdentityCheck::Failed),
            ("NO 20914695016", IdentityKind::NationalIdentityNumber, IdentityCheck::Synthetic),
            ("209146 95016", IdentityKind::NationalIdentityNumber, IdentityCheck::Synthetic),
            ("49860699787", IdentityKind::DNumber, IdentityCheck::Synthetic),
            ("88888888831", IdentityKind::CommonAuxiliaryNumber, IdentityCheck::Valid),
            ("ab 1234567", IdentityKind::Passport, IdentityCheck::Unchecked),
            ("123456789", IdentityKind::Passport, IdentityCheck::Unchecked),
            ("17454026641", IdentityKind::Unknown, IdentityCheck::Unchecked),
            ("200112345609", IdentityKind::Unknown, IdentityCheck::Unchecked),
            ("see e-mail", IdentityKind::Unknown, IdentityCheck::Unchecked),
            ("КН123456", IdentityKind::Unknown, IdentityCheck::Unchecked),
        ];
        for (text, kind, check) in cases {
            assert_eq!(kinds(unique(text)), vec![(kind, check)], "{text}");
        }
        assert!(kinds(unique("  - ")).is_empty());
    }

    #[test]
    fn the_best_kind_stands_first_and_each_number_once() {
        let given = Given {
            unique_id: Some("P1234567"),
            d_number: Some("498606 99787"),
            auxiliary: Some("88888888831"),
            birth_date: None,
        };
        let expected = [IdentityKind::DNumber, IdentityKind::CommonAuxiliaryNumber, IdentityKind::Passport];
        assert_eq!(kinds(given).iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), expected);
        let twice =
            Given { unique_id: Some("49860699787"), d_number: Some("498606-99787"), ..Given::default() };
        assert_eq!(kinds(twice).len(), 1);
        assert!(flags(twice).is_empty());
    }

    #[test]
    fn failed_checks_are_kept_and_flagged() {
        let given = Given { unique_id: Some("20914695017"), d_number: Some("12345"), ..Given::default() };
        let expected = [
            ("p_unique_id".to_owned(), FlagKind::FailedIdentityCheck),
            ("p_dnr".to_owned(), FlagKind::FailedIdentityCheck),
        ];
        assert_eq!(flags(given), expected);
        assert_eq!(kinds(given).len(), 2);
    }

    #[test]
    fn contradictions_are_flagged() {
        let born = |day| Given { birth_date: Some(day), ..unique("20914695016") };
        assert!(flags(born(date(1946, 11, 20))).is_empty());
        let conflict = [("p_unique_id".to_owned(), FlagKind::ConflictingIdentity)];
        assert_eq!(flags(born(date(1946, 11, 21))), conflict);
        let two_numbers =
            Given { unique_id: Some("49860699787"), d_number: Some("61867501451"), ..Given::default() };
        assert_eq!(flags(two_numbers), [("p_dnr".to_owned(), FlagKind::ConflictingIdentity)]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(a in "\\PC{0,20}", b in "[0-9 -]{0,16}", c in "\\PC{0,20}") {
            let _ = classify(Given { unique_id: Some(&a), d_number: Some(&b), auxiliary: Some(&c), birth_date: None }, DAY);
        }
    }
}
