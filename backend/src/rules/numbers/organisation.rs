//! Organisation numbers of Enhetsregisteret: nine digits, the last a check digit.

use super::{digits_of, remainder};

/// Whether the check digit is right. Whether such a unit exists only Enhetsregisteret knows.
pub fn is_right(number: &str) -> bool {
    digits_of::<9>(number).is_some_and(|digits| remainder(&digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0)
}

/// The nine digits in what people write: `NO 974 760 983 MVA`, `org.nr. 974760983`, `974-760-983`.
/// `None` when there are not exactly nine.
pub fn normalise(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 9).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_spellings_give_the_nine_digits() {
        for text in ["974760983", "974 760 983", "NO 974 760 983 MVA", "Org.nr. 974760983"] {
            assert_eq!(normalise(text).as_deref(), Some("974760983"), "{text}");
        }
        assert_eq!(normalise("97476098"), None);
        assert_eq!(normalise("none"), None);
    }
}
