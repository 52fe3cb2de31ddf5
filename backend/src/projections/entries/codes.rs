//! Which codes of a record may stand in the clear.

/// Whether a text is a code and not somebody's words: those never stand in the clear.
fn is_code(text: &str, length_max: usize, sign: impl Fn(&char) -> bool) -> bool {
    text.len() <= length_max && text.chars().all(|c| sign(&c))
}

/// Whether a text is the code of a kind of place.
pub(super) fn is_place_code(text: &str) -> bool {
    is_code(text, 4, char::is_ascii_digit)
}

/// Whether a text is the code of a language.
pub(super) fn is_language_code(text: &str) -> bool {
    is_code(text, 3, char::is_ascii_lowercase)
}
