//! Why a search has no answer, and why a record cannot be read. None of it holds anything that was asked or answered
//! about a person: a place in a record is told by the published names alone.

use std::fmt;
use uuid::Uuid;

/// Characters that a code of the service may have at most to be passed on.
const CODE_CHARS_MAX: usize = 64;
/// Digits in a row that a code may have at most: a birth date has six.
const CODE_DIGITS_MAX: usize = 5;

/// Why a search has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// Nothing is known now; it may be asked again later.
    #[error("the result service is not available: {0}")]
    Unavailable(Unavailable),
    /// It will not answer this, or not to us. Asking again changes nothing.
    #[error("the result service refuses with {status}{}", code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default())]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The service's own code, when it looks like one.
        code: Option<ErrorCode>,
        /// Under what its owner finds the refusal.
        reference: Option<Uuid>,
    },
    /// It answered something that is not what it publishes.
    #[error("the result service's answer cannot be read: {0}")]
    Misunderstood(Misunderstood),
    /// It was not asked: a number without eleven digits, or a search for nobody in particular.
    #[error("the result service cannot be asked that")]
    NotAsked,
}

/// Why the service is not available.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// No connection.
    #[error("it cannot be reached")]
    Unreachable,
    /// No answer in time.
    #[error("it does not answer in time")]
    TooSlow,
    /// The connection ended before the answer did.
    #[error("it broke off")]
    CutOff,
    /// It says that it cannot.
    #[error("it answers with {0}")]
    Failed(u16),
    /// It failed often and is left alone for a while.
    #[error("it has failed and is left alone for a while")]
    LeftAlone,
    /// Too many ask at once.
    #[error("too many are asking at once")]
    Busy,
    /// The token for it cannot be read.
    #[error("the file with its token cannot be read")]
    Token,
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misunderstood {
    /// Not JSON by its own account.
    #[error("it is not JSON")]
    ContentType,
    /// Longer than any answer.
    #[error("it is too long")]
    TooLong,
    /// The whole or a record of it.
    #[error("{0}")]
    Shape(Unreadable),
}

/// Where something cannot be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// A JSON pointer, or `/` and the name of a column; empty for the whole.
    pub at: String,
    /// What is wrong there.
    pub why: Why,
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// Neither JSON nor, where that is expected, a row with as many fields as columns.
    Broken,
    /// Something else than a record.
    NotARecord,
    /// Longer than any record.
    TooLong,
    /// Of another type than is published.
    WrongType,
    /// Not a time.
    NotATime,
    /// Not UTF-8.
    NotText,
    /// It must be told and is not.
    Missing,
}

impl Why {
    /// Its name for a machine.
    pub fn code(self) -> &'static str {
        match self {
            Why::Broken => "broken",
            Why::NotARecord => "not-a-record",
            Why::TooLong => "too-long",
            Why::WrongType => "wrong-type",
            Why::NotATime => "not-a-time",
            Why::NotText => "not-text",
            Why::Missing => "missing",
        }
    }
}

impl Unreadable {
    /// Something wrong with the whole.
    pub(super) fn whole(why: Why) -> Unreadable {
        Unreadable { at: String::new(), why }
    }

    /// The same, seen from what it lies in.
    pub(super) fn within(self, outer: &str) -> Unreadable {
        Unreadable { at: format!("{outer}{}", self.at), why: self.why }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.at.is_empty() { "the whole" } else { &self.at };
        write!(f, "{at} is {}", self.why.code())
    }
}

/// The service's own code of a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCode(String);

impl ErrorCode {
    /// A text that looks like a code: short, one word, and without a number that could be somebody's.
    pub(super) fn of(text: &str) -> Option<ErrorCode> {
        let is_a_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        let digits_in_row = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        let is_a_code =
            is_a_word && !text.is_empty() && text.len() <= CODE_CHARS_MAX && digits_in_row <= CODE_DIGITS_MAX;
        is_a_code.then(|| ErrorCode(text.to_owned()))
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Unavailable> for SearchError {
    fn from(why: Unavailable) -> Self {
        SearchError::Unavailable(why)
    }
}

impl From<Misunderstood> for SearchError {
    fn from(why: Misunderstood) -> Self {
        SearchError::Misunderstood(why)
    }
}

impl From<Unreadable> for Misunderstood {
    fn from(unreadable: Unreadable) -> Self {
        Misunderstood::Shape(unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_passed_on_and_a_sentence_or_a_number_is_not() {
        for code in ["FORBIDDEN", "fiks.provesvar-403", "E12345"] {
            assert_eq!(ErrorCode::of(code).map(|code| code.to_string()).as_deref(), Some(code));
        }
        let long = "X".repeat(CODE_CHARS_MAX + 1);
        for other in ["", "Fant ikke 20914695016", "20914695016", "E-021089", "Åse", &long] {
            assert_eq!(ErrorCode::of(other), None, "{other}");
        }
    }
}
