//! Text that was UTF-8 and was read as Latin-1 or Windows-1252 on its way: `Ã¸` for `ø`.

use crate::rules::postcodes::publisher::windows_1252_byte;

/// Whether a text holds such a sequence, or the mark that a decoder leaves for what it could not read.
pub fn looks_damaged(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    if text.contains('\u{fffd}') {
        return true;
    }
    let bytes: Vec<Option<u8>> = text.chars().map(windows_1252_byte).collect();
    let continues = |at: usize| matches!(bytes.get(at), Some(Some(0x80..=0xbf)));
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        // Latin letters with marks, Greek, Cyrillic, Hebrew, Arabic; capital Ö and Ü before a quote stay out.
        Some(0xc2..=0xc5 | 0xce..=0xd1 | 0xd7..=0xdb) => continues(at + 1),
        Some(0xe0..=0xef) => continues(at + 1) && continues(at + 2),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_seen_and_healthy_text_is_not() {
        for text in ["TromsÃ¸", "Ã…lesund", "BjÃ¶rk", "WaÅ‚Ä™sa", "Ð˜Ð²Ð°Ð½", "K\u{fffd}re"]
        {
            assert!(looks_damaged(text), "{text}");
        }
        for text in [
            "Tromsø",
            "Ålesund",
            "Wałęsa",
            "Иван",
            "محمد",
            "Đặng Thị",
            "São Paulo",
            "„KÖ“",
            "5 °C – A·B",
            "Ærø",
        ] {
            assert!(!looks_damaged(text), "{text}");
        }
    }
}
