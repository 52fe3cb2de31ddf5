//! Words as they are compared: what does not change the meaning is taken away, everything else stays.
//!
//! A sign that is not mere punctuation stays as a word of its own: `negativ?` is not `negativ`. Letters of other
//! scripts stay too, so that nothing becomes Norwegian by being spelt out.

/// Letters, spaces and punctuation that take no part in the meaning are gone; words are apart by one space.
pub fn normalised(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut apart = false;
    let mut sign_before = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        match part(c) {
            Part::Nothing => {}
            Part::Gap => apart = true,
            Part::Letter(letters) => {
                separate(&mut words, apart || sign_before);
                let spelt = letters.chars().flat_map(char::to_lowercase);
                spelt.filter(|letter| letter.is_alphanumeric()).for_each(|letter| words.push(letter));
                (apart, sign_before) = (false, false);
            }
            Part::Sign => {
                separate(&mut words, true);
                words.push(c);
                (apart, sign_before) = (false, true);
            }
        }
    }
    words
}

fn separate(words: &mut String, apart: bool) {
    if apart && !words.is_empty() {
        words.push(' ');
    }
}

/// What a character is to a word.
enum Part {
    Nothing,
    Gap,
    /// One letter, or what it is without its rings and strokes.
    Letter(LetterOrCharacter),
    Sign,
}

/// A letter in plain Latin; several for `æ`.
struct LetterOrCharacter {
    plain: Option<&'static str>,
    itself: char,
}

impl LetterOrCharacter {
    fn chars(&self) -> impl Iterator<Item = char> + use<> {
        let itself = self.plain.is_none().then_some(self.itself);
        self.plain.unwrap_or_default().chars().chain(itself)
    }
}

fn part(c: char) -> Part {
    match c {
        'a'..='z' | '0'..='9' => Part::Letter(LetterOrCharacter { plain: None, itself: c }),
        // Latin letters with something added to them.
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => {
            Part::Letter(LetterOrCharacter { plain: deunicode::deunicode_char(c), itself: c })
        }
        // The same additions as characters of their own. Not those that cross a letter out.
        '\u{300}'..='\u{304}' | '\u{306}'..='\u{30c}' | '\u{323}' | '\u{327}' | '\u{328}' => Part::Nothing,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Part::Nothing,
        '.' | ',' | ':' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '\'' | '*' | '_' | '/' | '\\' => {
            Part::Gap
        }
        '-' | '|' | '·' | '•' | '«' | '»' | '´' | '`' | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201f}' => {
            Part::Gap
        }
        c if c.is_whitespace() || c.is_control() => Part::Gap,
        _other_script_or_sign => Part::Sign,
    }
}

/// The letters and digits of a code, upper case: `NPU 59097` and `npu-59097` are one. Empty when it has anything else.
pub fn code(text: &str) -> String {
    let words = normalised(text);
    match words.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ') {
        true => words.chars().filter(|c| *c != ' ').collect::<String>().to_uppercase(),
        false => String::new(),
    }
}

/// Whether a normalised phrase stands in a normalised text as whole words.
pub fn stands_in(phrase: &str, text: &str) -> bool {
    !phrase.is_empty() && format!(" {text} ").contains(&format!(" {phrase} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_change_the_meaning_is_gone() {
        for (text, expected) in [
            ("  Ikke   PÅVIST. ", "ikke pavist"),
            ("pa\u{30a}vist", "pavist"),
            ("P\u{c5}VIST", "pavist"),
            ("SARS-CoV-2:ikke påvist", "sars cov 2 ikke pavist"),
            ("(neg.)", "neg"),
            ("prøve", "prove"),
            ("væske", "vaeske"),
            ("ne\u{ad}ga\u{200b}tiv\u{feff}", "negativ"),
            ("Ct 34,5", "ct 34 5"),
            ("negativ\u{a0}\ttest\n", "negativ test"),
            ("", ""),
            (" - ", ""),
        ] {
            assert_eq!(normalised(text), expected, "{text}");
        }
    }

    #[test]
    fn signs_and_other_scripts_stay() {
        for (text, expected) in [
            ("negativ?", "negativ ?"),
            ("!negativ", "! negativ"),
            ("P?vist", "p ? vist"),
            ("++", "+ +"),
            ("<20", "< 20"),
            ("n\u{336}eg", "n \u{336} eg"),
        ] {
            assert_eq!(normalised(text), expected, "{text}");
        }
        assert_eq!(normalised("ŉ"), "n");
        assert_ne!(normalised("негатив"), "negativ");
        assert_ne!(normalised("ｎｅｇ"), "neg");
    }

    proptest::proptest! {
        #[test]
        fn what_is_normal_stays_as_it_is(text in "\\PC{0,30}") {
            let normal = normalised(&text);
            proptest::prop_assert_eq!(normalised(&normal), normal);
        }
    }

    #[test]
    fn codes_are_compared_by_letters_and_digits() {
        for text in ["NPU59097", "npu 59097", "NPU-59097"] {
            assert_eq!(code(text), "NPU59097", "{text}");
        }
        assert_eq!(code("NPU59097?"), "");
    }

    #[test]
    fn a_phrase_stands_in_a_text_as_whole_words_only() {
        assert!(stands_in("rna", "us sars cov 2 rna"));
        assert!(!stands_in("rna", "mrnaer"));
        assert!(!stands_in("", "us"));
    }
}
