//! Numbers of invented people: identities that are synthetic, phones that reach nobody.

use super::dice::Dice;
use crate::rules::numbers::with_check_digits;
use jiff::civil::Date;

/// A synthetic fødselsnummer (month + 80) or D-number (day + 40 as well) for a day of birth.
pub fn national(dice: &mut Dice, born: Date, d_number: bool) -> String {
    let day = u32::from(born.day().unsigned_abs()) + if d_number { 40 } else { 0 };
    let month = u32::from(born.month().unsigned_abs()) + 80;
    let year = u32::from(born.year().unsigned_abs()) % 100;
    loop {
        // Serial numbers that every table of years reads alike.
        let serial = if born.year() < 2000 { dice.below(500) } else { 500 + dice.below(500) };
        let nine = [
            day / 10,
            day % 10,
            month / 10,
            month % 10,
            year / 10,
            year % 10,
            serial / 100,
            serial / 10 % 10,
            serial % 10,
        ];
        if let Some(digits) = with_check_digits(nine) {
            return text(&digits);
        }
    }
}

/// An FHN. There is no mark for synthetic ones, so only patterned ones are used: 8, then three digits again
/// and again. Several invented people may get the same one.
pub fn auxiliary(dice: &mut Dice) -> String {
    loop {
        let (a, b, c) = (dice.below(10), dice.below(10), dice.below(10));
        if let Some(digits) = with_check_digits([8, a, b, c, a, b, c, a, b]) {
            return text(&digits);
        }
    }
}

/// A passport number: two letters and seven digits.
pub fn passport(dice: &mut Dice) -> String {
    let letter = |dice: &mut Dice| char::from(b'A' + u8::try_from(dice.below(26)).unwrap_or(0));
    let (first, second) = (letter(dice), letter(dice));
    format!("{first}{second}{:07}", dice.below(10_000_000))
}

/// An organisation number in the series of the national test population (it begins with 3), with its check digit.
pub fn organisation(index: usize) -> String {
    let mut body = 31_000_000 + u32::try_from(index).unwrap_or(0) * 7_919;
    loop {
        let weighted: u32 = [3, 2, 7, 6, 5, 4, 3, 2]
            .iter()
            .zip(format!("{body:08}").bytes())
            .map(|(weight, digit)| weight * u32::from(digit - b'0'))
            .sum();
        let check = (11 - weighted % 11) % 11;
        if check < 10 {
            return format!("{body:08}{check}");
        }
        body += 1;
    }
}

/// A phone number from series that regulators keep free for film and books, so nobody answers. Norway has no
/// such series, so no traveller of the demo has a +47 number that could be dialled.
/// Britain (Ofcom): 020 7946 0xxx. Sweden (PTS): 070-174 06 05 to 99. Germany (Bundesnetzagentur): 030 23125 xxx,
/// 069 90009 xxx, 040 66969 xxx. France (ARCEP): 01 99 00 xx xx, 02 61 91 xx xx. North America: 555-01xx.
pub fn phone(dice: &mut Dice) -> String {
    match dice.below(8) {
        0 => format!("+44 20 7946 0{:03}", dice.below(1_000)),
        1 => format!("+46 70 174 06 {:02}", 5 + dice.below(95)),
        2 => format!("+493023125{:03}", dice.below(1_000)),
        3 => format!("+49 69 90009 {:03}", dice.below(1_000)),
        4 => format!("004940 66969{:03}", dice.below(1_000)),
        5 => format!("+33 1 99 00 {:02} {:02}", dice.below(100), dice.below(100)),
        6 => format!("0033 2619 1{:04}", dice.below(10_000)),
        _ => format!(
            "+1 ({}) 555-01{:02}",
            dice.one_of(&[202, 212, 312, 416, 503, 604, 713, 808]),
            dice.below(100)
        ),
    }
}

fn text(digits: &[u32; 11]) -> String {
    digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::identity::{Given, classify};
    use crate::rules::{numbers, phone as phones};
    use events::identity::{IdentityCheck, IdentityKind};
    use jiff::civil::date;

    #[test]
    fn identities_are_synthetic_and_right() {
        let mut dice = Dice::new(1);
        for (d_number, kind) in [(false, IdentityKind::NationalIdentityNumber), (true, IdentityKind::DNumber)]
        {
            for born in [date(1945, 2, 28), date(1984, 12, 31), date(2000, 2, 29), date(2019, 7, 1)] {
                for on in [date(2021, 3, 15), date(2026, 3, 15)] {
                    let number = national(&mut dice, born, d_number);
                    let given =
                        Given { unique_id: Some(&number), birth_date: Some(born), ..Given::default() };
                    let (identities, flags) = classify(given, on);
                    assert_eq!((identities[0].kind, identities[0].check), (kind, IdentityCheck::Synthetic));
                    assert!(flags.is_empty());
                }
            }
        }
        for _ in 0..100 {
            assert_eq!(numbers::auxiliary::check(&auxiliary(&mut dice)).check, IdentityCheck::Valid);
        }
        for index in 0..50 {
            assert!(numbers::organisation::is_right(&organisation(index)), "{}", organisation(index));
        }
    }

    #[test]
    fn phones_look_as_if_they_could_be_dialled_and_none_is_norwegian() {
        let mut dice = Dice::new(2);
        for _ in 0..500 {
            let number = phone(&mut dice);
            let read = phones::read(&number).e164.unwrap_or_else(|| panic!("{number}"));
            assert!(!read.0.starts_with("+47"), "{number}");
        }
    }
}
