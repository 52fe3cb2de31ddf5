//! Felles hjelpenummer (FHN): nine digits from 800000000, two check digits, and nothing about the person.

use super::{CheckDigits, Checked, both_check_digits_right, digits_of};

/// Checks an FHN. The rule of 2032 does not concern it.
pub fn check(number: &str) -> Checked {
    match digits_of::<11>(number) {
        Some(digits) if digits[0] >= 8 && both_check_digits_right(&digits, CheckDigits::Classic) => {
            Checked::VALID
        }
        _ => Checked::FAILED,
    }
}
