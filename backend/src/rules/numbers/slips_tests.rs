//! Slips of the finger: of each kind of number, every digit changed and every two neighbours swapped.
//!
//! The last check digit of every kind finds all of them: its weights are not 0 modulo 11, and those of neighbours
//! differ. The rule from 2032, which loosens the first check digit of eleven, leaves that as it is.

use super::*;
use crate::rules::identity::{Given, classify, normalise};
use proptest::prelude::*;

const SPRING_2021: Date = date(2021, 3, 15);
const NEW_YEAR_2032: Date = date(2032, 1, 1);

/// A kind of number, with its check.
#[derive(Clone, Copy, Debug)]
enum Kind {
    National,
    DNumber,
    DNumberExtended,
    Auxiliary,
    /// A fødselsnummer given out from 2032 on.
    From2032,
    Organisation,
}

impl Kind {
    fn is_right(self, number: &str) -> bool {
        let by = |kind, on| check(number, kind, on, CheckDigits::on(on)).check;
        let check = match self {
            Kind::National => by(IdentityKind::NationalIdentityNumber, SPRING_2021),
            Kind::DNumber => by(IdentityKind::DNumber, SPRING_2021),
            Kind::DNumberExtended => by(IdentityKind::DNumber, date(2021, 11, 16)),
            Kind::Auxiliary => by(IdentityKind::CommonAuxiliaryNumber, SPRING_2021),
            Kind::From2032 => by(IdentityKind::NationalIdentityNumber, NEW_YEAR_2032),
            Kind::Organisation => return organisation::is_right(number),
        };
        matches!(check, IdentityCheck::Valid | IdentityCheck::Synthetic)
    }
}

fn text(digits: &[u32]) -> String {
    digits.iter().map(u32::to_string).collect()
}

fn eleven(day: u32, month: u32, year: u32, serial: u32) -> Option<String> {
    let nine = format!("{day:02}{month:02}{year:02}{serial:03}");
    Some(text(&with_check_digits(digits_of::<9>(&nine)?)?))
}

/// Check digits by the rule from 2032: the first is one of four.
fn eleven_from_2032(nine: [u32; 9], shift: u32) -> Option<String> {
    let mut digits = nine.to_vec();
    digits.push((11 + shift - remainder(&nine, &[3, 7, 6, 1, 8, 9, 4, 5, 2])) % 11);
    digits.push((11 - remainder(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) % 11);
    digits.iter().all(|digit| *digit < 10).then(|| text(&digits))
}

fn organisation_number(eight: u32) -> Option<String> {
    let digits = digits_of::<8>(&format!("{eight:08}"))?;
    let last = (11 - remainder(&digits, &[3, 2, 7, 6, 5, 4, 3, 2])) % 11;
    (last < 10).then(|| format!("{eight:08}{last}"))
}

/// A right number of each kind: synthetic where the kind has a marker for it.
fn right_number() -> impl Strategy<Value = (Kind, String)> {
    let offset = prop::sample::select(vec![65, 80]);
    (0..6_usize, 1..29_u32, (1..13_u32, offset), 0..100_u32, 0..1_000_u32, 0..4_u32).prop_filter_map(
        "a number that is not given out",
        |(kind, day, (month, offset), year, serial, shift)| {
            let month = month + offset;
            let (kind, number) = match kind {
                0 => (Kind::National, eleven(day, month, year, serial)),
                1 => (Kind::DNumber, eleven(day + 40, month, year, serial)),
                2 => (Kind::DNumberExtended, eleven(day + 40, month, year, serial)),
                3 => (Kind::Auxiliary, eleven(80 + day % 20, month, year, serial)),
                4 => {
                    let nine = digits_of::<9>(&format!("{day:02}{month:02}{year:02}{serial:03}"))?;
                    (Kind::From2032, eleven_from_2032(nine, shift))
                }
                _last => {
                    let eight = 30_000_000 + day * 1_000_000 + month * 10_000 + year * 100 + serial % 100;
                    (Kind::Organisation, organisation_number(eight))
                }
            };
            // A serial number may stand for a century that the kind has no numbers of.
            Some((kind, number.filter(|number| kind.is_right(number))?))
        },
    )
}

fn with(number: &str, place: usize, digit: u8) -> String {
    let mut bytes = number.as_bytes().to_vec();
    bytes[place] = digit;
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn every_wrong_digit_and_every_swap_is_found((kind, number) in right_number()) {
        let bytes = number.as_bytes();
        for (place, right) in bytes.iter().enumerate() {
            for digit in (b'0'..=b'9').filter(|digit| digit != right) {
                let wrong = with(&number, place, digit);
                prop_assert!(!kind.is_right(&wrong), "{kind:?} {number} {wrong}");
            }
            if let Some(next) = bytes.get(place + 1).filter(|next| *next != right) {
                let wrong = with(&with(&number, place, *next), place + 1, *right);
                prop_assert!(!kind.is_right(&wrong), "{kind:?} {number} {wrong}");
            }
        }
        let longer = format!("{number}0");
        let shorter = &number[1..];
        prop_assert!(!kind.is_right(&longer) && !kind.is_right(shorter));
    }
}

/// Cheap chance: the next of a fixed sequence (xorshift64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A text such as somebody might type into a field for a number, or not.
    fn write(&mut self, text: &mut String) {
        const DIGITS: &[char] = &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
        const TYPED: &[char] = &[
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ' ', '-', '.', 'N', 'O', 'o', 'M', 'V', 'A',
            '/', '+', '\u{a0}', '\u{2013}', '\u{200b}', '\u{feff}', 'ß', 'ı', '٣', '９', '\0', '\u{301}',
            '🦠',
        ];
        text.clear();
        let chance = self.next();
        let letters = if chance & 3 == 0 { TYPED } else { DIGITS };
        // Of the lengths that are right, and around them.
        let length = match (chance >> 2) & 7 {
            0..=3 => 11,
            4 => 9,
            _other => usize::try_from((chance >> 8) % 25).unwrap_or(0),
        };
        let mut pool = 0;
        for _ in 0..length {
            if pool < 32 {
                pool = self.next();
            }
            text.push(letters[usize::try_from(pool % 32).unwrap_or(0) % letters.len()]);
            pool >>= 5;
        }
    }
}

/// All that reads numbers, on one text. What takes a kind is asked about one of them each time.
fn read_every_way(text: &str, chance: u64) -> usize {
    let kinds = [
        (IdentityKind::NationalIdentityNumber, SPRING_2021),
        (IdentityKind::NationalIdentityNumber, NEW_YEAR_2032),
        (IdentityKind::DNumber, SPRING_2021),
        (IdentityKind::DNumber, NEW_YEAR_2032),
        (IdentityKind::CommonAuxiliaryNumber, SPRING_2021),
        (IdentityKind::Passport, SPRING_2021),
    ];
    let (kind, on) = kinds[usize::try_from(chance % 6).unwrap_or(0)];
    let checked = check(text, kind, on, CheckDigits::on(on)).check;
    let mut right = usize::from(matches!(checked, IdentityCheck::Valid | IdentityCheck::Synthetic));
    right += usize::from(organisation::is_right(text));
    right += usize::from(national::looks_like_local_help_number(text));
    right += organisation::normalise(text).map_or(0, |number| usize::from(number.len() == 9));
    right += usize::from(normalise(text).len() == 11);
    let given = match chance % 3 {
        0 => Given { unique_id: Some(text), ..Given::default() },
        1 => Given { d_number: Some(text), ..Given::default() },
        _last => Given { auxiliary: Some(text), birth_date: Some(SPRING_2021), ..Given::default() },
    };
    right + classify(given, on).0.len()
}

/// About half a minute on two idle cores; `REGISTER_TEST_STRINGS` says another number of texts.
#[test]
fn ten_million_texts_are_read_without_panic() {
    let wanted = std::env::var("REGISTER_TEST_STRINGS").ok().and_then(|told| told.parse().ok());
    let strings: u64 = wanted.unwrap_or(10_000_000);
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let right: usize = std::thread::scope(|scope| {
        let begun: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ (thread + 1));
                    let mut text = String::new();
                    (0..strings / threads).fold(0, |right, _| {
                        chance.write(&mut text);
                        right + read_every_way(&text, chance.next())
                    })
                })
            })
            .collect();
        begun.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    });
    assert!(right > 0, "some of them are numbers");
}
