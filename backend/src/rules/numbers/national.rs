//! Fødselsnummer and D-number: day, month, year, serial number, two check digits.
//!
//! The month may carry an offset. 80 marks numbers of the national test population, 65 those of the health
//! network, 40 those of one state agency and also real local help numbers, which cannot be told apart:
//! they count as synthetic. 60 marks synthetic numbers of the series whose real ones carry 20.

use super::{CheckDigits, Checked, both_check_digits_right, digits_of};
use events::identity::IdentityCheck;
use events::personal::Personal;
use jiff::civil::{Date, date};

/// Which table of years a number is read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// Fødselsnummer.
    National,
    /// D-numbers given out before 16 November 2021.
    DNumbers,
    /// D-numbers since then; those given out earlier stay in use.
    DNumbersExtended,
}

impl Series {
    /// The series of D-numbers in use on a day.
    pub fn d_numbers_on(day: Date) -> Series {
        if day < date(2021, 11, 16) { Series::DNumbers } else { Series::DNumbersExtended }
    }

    fn day_offset(self) -> u32 {
        match self {
            Series::National => 0,
            Series::DNumbers | Series::DNumbersExtended => 40,
        }
    }

    /// The years of birth that two digits and a serial number can mean.
    fn years(self, two: u32, serial: u32) -> Vec<u32> {
        let mut years = Vec::with_capacity(2);
        // Old numbers stay valid when the series is extended, so both readings count then.
        // Before it, the vectors know no D-number of anybody born before 1900, though the table would have some.
        let oldest = if self == Series::DNumbers { 1900 } else { 1800 };
        let classic = classic_century(two, serial).filter(|century| *century >= oldest);
        years.extend(classic.map(|century| century + two));
        if self == Series::DNumbersExtended {
            years.extend(extended_century(two, serial).map(|century| century + two));
        }
        years
    }
}

fn classic_century(two: u32, serial: u32) -> Option<u32> {
    match (serial, two) {
        (500..=749, 54..=99) => Some(1800),
        (0..=499, _) | (900..=999, 40..=99) => Some(1900),
        (500..=999, 0..=39) => Some(2000),
        _ => None,
    }
}

fn extended_century(two: u32, serial: u32) -> Option<u32> {
    match (serial, two) {
        (500..=599, 58..=99) => Some(1800),
        (0..=199, 0..=39) | (0..=499 | 600..=999, 40..=99) => Some(1900),
        (200..=999, 0..=39) => Some(2000),
        _ => None,
    }
}

/// The months that a written month can mean, and whether the offset marks a synthetic number.
fn months(written: u32) -> (Vec<u32>, bool) {
    const OFFSETS: [(u32, bool); 6] =
        [(0, false), (20, false), (40, true), (60, true), (65, true), (80, true)];
    let meant = OFFSETS.iter().filter_map(|(offset, synthetic)| {
        let month = written.checked_sub(*offset)?;
        (1..=12).contains(&month).then_some((month, *synthetic))
    });
    let (months, marks): (Vec<u32>, Vec<bool>) = meant.unzip();
    (months, marks.contains(&true))
}

/// Checks a number of a series.
pub fn check(number: &str, series: Series, rule: CheckDigits) -> Checked {
    let Some(digits) = digits_of::<11>(number) else { return Checked::FAILED };
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    let Some(day) = pair(0).checked_sub(series.day_offset()) else { return Checked::FAILED };
    let (months, synthetic) = months(pair(2));
    let serial = digits[6] * 100 + pair(7);
    let years = match rule {
        CheckDigits::Classic => series.years(pair(4), serial),
        // The serial number tells no century any more: any will do.
        CheckDigits::From2032 => [1800, 1900, 2000].map(|century| century + pair(4)).to_vec(),
    };
    let mut dates: Vec<Date> = years
        .iter()
        .flat_map(|year| months.iter().filter_map(|month| real_date(*year, *month, day)))
        .collect();
    dates.dedup();
    if dates.is_empty() || !both_check_digits_right(&digits, rule) {
        return Checked::FAILED;
    }
    let birth_date = match (rule, dates.as_slice()) {
        (CheckDigits::Classic, [only]) => Some(Personal(*only)),
        _ => None,
    };
    let check = if synthetic { IdentityCheck::Synthetic } else { IdentityCheck::Valid };
    Checked { check, birth_date }
}

fn real_date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether a number has the shape of a local help number (month + 40). Those that keep the check digits of
/// the month without its offset fail as written, so a failed check says nothing about them.
pub fn looks_like_local_help_number(number: &str) -> bool {
    digits_of::<11>(number).is_some_and(|digits| (41..=52).contains(&(digits[2] * 10 + digits[3])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_of_the_month_means_what_it_should() {
        assert_eq!(months(3), (vec![3], false));
        assert_eq!(months(23), (vec![3], false));
        assert_eq!(months(43), (vec![3], true));
        assert_eq!(months(63), (vec![3], true));
        assert_eq!(months(68), (vec![8, 3], true), "two test populations share these months");
        assert_eq!(months(83), (vec![3], true));
        for none in [0, 13, 20, 33, 40, 53, 60, 79, 80, 93] {
            assert!(months(none).0.is_empty(), "{none}");
        }
    }

    #[test]
    fn a_number_without_offset_is_not_synthetic() {
        // Invented digits with right check digits; whether it was ever given out is unknown, so it is not kept.
        let nine = [0, 1, 0, 1, 0, 0, 0, 0];
        let number = (0..10).find_map(|last| {
            let mut digits = [0; 9];
            digits[..8].copy_from_slice(&nine);
            digits[8] = last;
            super::super::with_check_digits(digits)
        });
        let text: String = number.unwrap().iter().map(u32::to_string).collect();
        let checked = check(&text, Series::National, CheckDigits::Classic);
        assert_eq!(checked.check, IdentityCheck::Valid);
    }

    #[test]
    fn help_numbers_are_known_by_their_month() {
        assert!(looks_like_local_help_number("17454026641"));
        assert!(!looks_like_local_help_number("15857510108"));
        assert!(!looks_like_local_help_number("not a number"));
    }
}
