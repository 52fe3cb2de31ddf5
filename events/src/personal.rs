//! A wrapper for what tells something about a person: it is stored and sent like its content,
//! and it never shows in a log line.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Something about a person. Its `Debug` shows nothing.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Personal<T>(pub T);

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹personal›")
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Personal(value)
    }
}

impl From<&str> for Personal<String> {
    fn from(value: &str) -> Self {
        Personal(value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_the_person() {
        let name = Personal("Kari Nordmann".to_owned());
        assert!(!format!("{name:?}").contains("Kari"));
        assert_eq!(serde_json::to_string(&name).unwrap(), "\"Kari Nordmann\"");
    }
}
