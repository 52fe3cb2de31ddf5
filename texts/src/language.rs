//! The three languages, and how a browser asks for one.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A language of the portal and of the server's texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Bokmål.
    #[default]
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

/// Text that names none of the languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLanguage;

impl std::fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not one of nb, nn, en")
    }
}

impl std::error::Error for UnknownLanguage {}

impl Language {
    /// All of them, bokmål first.
    pub const ALL: [Language; 3] = [Language::Nb, Language::Nn, Language::En];

    /// The tag, as in `lang="nb"`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Nb => "nb",
            Language::Nn => "nn",
            Language::En => "en",
        }
    }

    /// The name, in the language itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::Nb => "Bokmål",
            Language::Nn => "Nynorsk",
            Language::En => "English",
        }
    }

    /// The language that an `Accept-Language` header likes best; bokmål when it likes none of ours.
    pub fn accept(header: &str) -> Language {
        let mut best = (Language::Nb, 0.0);
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(Ok(language)) = pieces.next().map(Language::from_str) else { continue };
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=").map(|q| q.parse().unwrap_or(0.0)))
                .unwrap_or(1.0);
            if weight > best.1 {
                best = (language, weight);
            }
        }
        best.0
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag; regions are ignored, and plain `no` is bokmål.
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "nb" | "no" => Ok(Language::Nb),
            "nn" => Ok(Language::Nn),
            "en" => Ok(Language::En),
            _ => Err(UnknownLanguage),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_read_by_weight() {
        for (header, language) in [
            ("", Language::Nb),
            ("de,fr", Language::Nb),
            ("en-GB,en;q=0.9", Language::En),
            ("nn-NO, nb;q=0.8, en;q=0.5", Language::Nn),
            ("en;q=0.2, no;q=0.7", Language::Nb),
            ("en;q=0", Language::Nb),
        ] {
            assert_eq!(Language::accept(header), language, "{header}");
        }
    }
}
