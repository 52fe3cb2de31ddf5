//! The spellings a text is stored in: by databases, logs, JSON, URLs and dumps.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// One way of writing the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The bytes as given (UTF-8 for texts).
    Plain,
    /// The text in lower-case letters.
    Lower,
    /// The text in upper-case letters.
    Upper,
    /// UTF-16, low byte first.
    Utf16,
    /// Hexadecimal digits, `a`–`f` small or large.
    Hex,
    /// Base64, in the standard or the URL alphabet, at any of the three alignments, without line breaks.
    Base64,
    /// As inside a JSON string, with `\"`, `\\`, `\/` or `\uXXXX`.
    Json,
    /// Percent-encoded, with `%20` or `+` for a space.
    Url,
}

/// Every distinct spelling of `marker`, each with its name. Spellings equal to an earlier one are left out.
pub(crate) fn spellings(marker: &[u8]) -> Vec<(Form, Vec<u8>)> {
    let mut all = vec![(Form::Plain, marker.to_vec())];
    if let Ok(text) = std::str::from_utf8(marker) {
        all.push((Form::Lower, text.to_lowercase().into_bytes()));
        all.push((Form::Upper, text.to_uppercase().into_bytes()));
        all.push((Form::Utf16, text.encode_utf16().flat_map(u16::to_le_bytes).collect()));
        all.extend(json(text).into_iter().map(|spelt| (Form::Json, spelt)));
    }
    all.push((Form::Hex, hex::encode(marker).into_bytes()));
    all.push((Form::Hex, hex::encode_upper(marker).into_bytes()));
    all.extend(base64(marker).into_iter().map(|spelt| (Form::Base64, spelt)));
    all.extend(url(marker).into_iter().map(|spelt| (Form::Url, spelt)));
    let mut seen = std::collections::HashSet::new();
    all.retain(|(_, spelt)| seen.insert(spelt.clone()));
    all
}

/// The characters of base64 that depend on the marker alone, for each number of bytes that may stand before it.
fn base64(marker: &[u8]) -> Vec<Vec<u8>> {
    let mut spelt = Vec::with_capacity(6);
    for before in 0..3_usize {
        let mut padded = vec![0; before];
        padded.extend_from_slice(marker);
        let first = (before * 8).div_ceil(6);
        let whole = padded.len() * 8 / 6;
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            spelt.extend(engine.encode(&padded).as_bytes().get(first..whole).map(<[u8]>::to_vec));
        }
    }
    spelt
}

fn json(text: &str) -> Vec<Vec<u8>> {
    let mut spelt = Vec::with_capacity(6);
    for ascii in [false, true] {
        for capital in [false, true] {
            for slash in [false, true] {
                spelt.push(json_string(text, ascii, capital, slash));
            }
        }
    }
    spelt
}

/// The inside of a JSON string: `ascii` escapes everything else, `capital` picks the hex digits, `slash` writes `\/`.
fn json_string(text: &str, ascii: bool, capital: bool, slash: bool) -> Vec<u8> {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '/' if slash => out.push_str("\\/"),
            plain if plain >= ' ' && (plain.is_ascii() || !ascii) => out.push(plain),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    out.push_str(&if capital { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") });
                }
            }
        }
    }
    out.into_bytes()
}

fn url(marker: &[u8]) -> Vec<Vec<u8>> {
    let mut spelt = Vec::with_capacity(4);
    for capital in [false, true] {
        for plus in [false, true] {
            spelt.push(percent(marker, capital, plus));
        }
    }
    spelt
}

fn percent(marker: &[u8], capital: bool, plus: bool) -> Vec<u8> {
    let mut out = String::new();
    for &byte in marker {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b' ' if plus => out.push('+'),
            other if capital => out.push_str(&format!("%{other:02X}")),
            other => out.push_str(&format!("%{other:02x}")),
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    fn found(marker: &str, haystack: &[u8]) -> Option<Form> {
        let all = spellings(marker.as_bytes());
        let hit = all.iter().find(|(_, spelt)| haystack.windows(spelt.len()).any(|window| window == spelt));
        hit.map(|(form, _)| *form)
    }

    #[test]
    fn base64_is_found_at_every_alignment() {
        for before in 0..7 {
            for after in 0..4 {
                let text = format!("{}ÿÿKåre?~{}", "x".repeat(before), "y".repeat(after));
                for engine in [&STANDARD, &URL_SAFE] {
                    assert_eq!(found("ÿÿKåre?~", engine.encode(&text).as_bytes()), Some(Form::Base64));
                }
            }
        }
    }

    #[test]
    fn json_and_url_spellings_are_found() {
        assert_eq!(found("Åse \"B\"/1", br#"{"n":"\u00c5se \"B\"\/1"}"#), Some(Form::Json));
        assert_eq!(found("Åse \"B\"/1", "{\"n\":\"Åse \\\"B\\\"/1\"}".as_bytes()), Some(Form::Json));
        assert_eq!(found("Åse B/1", b"?q=%C3%85se+B%2F1"), Some(Form::Url));
        assert_eq!(found("Åse B/1", b"?q=%c3%85se%20B%2f1"), Some(Form::Url));
    }

    #[test]
    fn case_hex_and_utf16_are_found() {
        assert_eq!(found("Åse Berg", "xåse berg".as_bytes()), Some(Form::Lower));
        assert_eq!(found("Åse Berg", "xÅSE BERG".as_bytes()), Some(Form::Upper));
        assert_eq!(found("secret", b"\\x736563726574"), Some(Form::Hex));
        let wide: Vec<u8> = "xsecret".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(found("secret", &wide), Some(Form::Utf16));
    }
}
