//! Whether two names are one: in another order, another spelling, another script, or with a slip.
//!
//! Letters of Latin, Greek and Cyrillic are spelt out. Other scripts leave out vowels or tell no sounds; a name in one
//! of them is compared only with a name in the same, and says nothing beside a name in Latin letters.

use events::record::Person;

/// How two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// They are the same; case, hyphens and spaces aside, wherever the first name ends.
    Same,
    /// The same words in another order.
    Transposed,
    /// The same in another spelling or script.
    Transliterated,
    /// They differ by a letter or two, or one has fewer words.
    Close,
    /// They are different.
    Different,
}

/// Compares two names; `None` where they cannot be compared or one was not told.
pub fn compare(a: &Person, b: &Person) -> Option<NameMatch> {
    let (a, b) = (Name::of(a), Name::of(b));
    let (all_a, all_b) = (a.words(), b.words());
    if all_a.len().min(all_b.len()) < 2 {
        return by_one_word(&all_a, &all_b);
    }
    if all_a == all_b {
        return Some(NameMatch::Same);
    }
    if sorted(&all_a) == sorted(&all_b) {
        return Some(NameMatch::Transposed);
    }
    let (spelt_a, spelt_b) = (spelt_out(&all_a)?, spelt_out(&all_b)?);
    if sorted(&spelt_a) == sorted(&spelt_b) {
        return Some(NameMatch::Transliterated);
    }
    let is_part = has_all(&spelt_a, &spelt_b) || has_all(&spelt_b, &spelt_a);
    Some(if is_part || a.is_close_to(&b) { NameMatch::Close } else { NameMatch::Different })
}

/// Where one of them has told one word only, that is not enough to say that the name is the same.
fn by_one_word(a: &[String], b: &[String]) -> Option<NameMatch> {
    let (spelt_a, spelt_b) = (spelt_out(a)?, spelt_out(b)?);
    if spelt_a.is_empty() || spelt_b.is_empty() {
        return None;
    }
    if spelt_a == spelt_b {
        return Some(NameMatch::Close);
    }
    let mut near = spelt_a.iter().flat_map(|a| spelt_b.iter().map(move |b| differ_by_a_slip(a, b)));
    (!near.any(|near| near)).then_some(NameMatch::Different)
}

/// A name as told, in words.
struct Name {
    first: Vec<String>,
    last: Vec<String>,
}

impl Name {
    fn of(person: &Person) -> Name {
        let words = |told: &Option<events::Personal<String>>| {
            told.as_ref().map(|name| words(&name.0)).unwrap_or_default()
        };
        Name { first: words(&person.first_name), last: words(&person.last_name) }
    }

    fn words(&self) -> Vec<String> {
        self.first.iter().chain(&self.last).cloned().collect()
    }

    /// First name near first name and last name near last name, or the other way round.
    fn is_close_to(&self, other: &Name) -> bool {
        let near = |a: &[String], b: &[String]| match (spelt_out(a), spelt_out(b)) {
            (Some(a), Some(b)) => {
                has_all(&a, &b) || has_all(&b, &a) || differ_by_a_slip(&a.concat(), &b.concat())
            }
            (None, _) | (_, None) => false,
        };
        (near(&self.first, &other.first) && near(&self.last, &other.last))
            || (near(&self.first, &other.last) && near(&self.last, &other.first))
    }
}

/// Whether some words are all among others.
fn has_all(words: &[String], among: &[String]) -> bool {
    !words.is_empty() && words.iter().all(|word| among.contains(word))
}

/// A letter more, less, other or swapped; two in long names. In short ones a letter makes another name.
fn differ_by_a_slip(a: &str, b: &str) -> bool {
    let slips = match a.len().min(b.len()) {
        0..=3 => 0,
        4..=7 => 1,
        _long => 2,
    };
    strsim::osa_distance(a, b) <= slips
}

fn sorted(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    words.sort_unstable();
    words
}

/// The words of a name in small letters, without apostrophes.
fn words(name: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    let plain: String = name.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | '´')).collect();
    let words = plain.to_lowercase();
    words.split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words in plain Latin, each letter as it is spelt most shortly; `None` where one is in a script that cannot be.
fn spelt_out(words: &[String]) -> Option<Vec<String>> {
    words.iter().map(|word| spelt_out_word(word)).collect()
}

fn spelt_out_word(word: &str) -> Option<String> {
    let latin_greek_cyrillic = |c: char| {
        let alphabets = ['\0'..='\u{52f}', '\u{1e00}'..='\u{1fff}'];
        alphabets.iter().any(|alphabet| alphabet.contains(&c))
    };
    if !word.chars().all(latin_greek_cyrillic) {
        return None;
    }
    let mut plain = deunicode::deunicode(word).to_lowercase();
    plain.retain(|c| c.is_ascii_alphanumeric());
    // Å is Aa, Ø is Oe, Ä is Ae where people have no such keys; J, Y and I are one in names from Cyrillic.
    for (written, as_one) in
        [("aa", "a"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i")]
    {
        plain = plain.replace(written, as_one);
    }
    let mut short = String::with_capacity(plain.len());
    for c in plain.chars() {
        if !short.ends_with(c) {
            short.push(c);
        }
    }
    Some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Person {
        let (first, last) = name.split_once('|').unwrap();
        let told = |part: &str| (!part.is_empty()).then(|| part.into());
        Person { first_name: told(first), last_name: told(last), ..Person::default() }
    }

    #[test]
    fn names_agree_in_many_ways() {
        use NameMatch::{Close, Different, Same, Transliterated, Transposed};
        for (a, b, expected) in [
            ("Kari|Nordmann", "kari|NORDMANN", Some(Same)),
            ("Kari Anne|Nordmann", "Kari|Anne Nordmann", Some(Same)),
            ("Kari-Anne|Nordmann", "Kari Anne|Nordmann", Some(Same)),
            ("Sean|O'Brien", "Sean|OBrien", Some(Same)),
            ("Kari|Nordmann", "Nordmann|Kari", Some(Transposed)),
            ("Åse|Sørbø", "Aase|Soerboe", Some(Transliterated)),
            ("Åse|Sørbø", "Ase|Sorbo", Some(Transliterated)),
            ("Åse|Sørbø", "Sorbo|Aase", Some(Transliterated)),
            ("Ægir|Bær", "Aegir|Baer", Some(Transliterated)),
            ("Jürgen|Weiß", "Juergen|Weiss", Some(Transliterated)),
            ("Юлия|Соколова", "Iuliia|Sokolova", Some(Transliterated)),
            ("Юлия|Соколова", "Yuliya|Sokolova", Some(Transliterated)),
            ("Сергей|Иванов", "Sergei|Ivanov", Some(Transliterated)),
            ("Łukasz|Wójcik", "Lukasz|Wojcik", Some(Transliterated)),
            ("A\u{30a}se|Moen", "Åse|Moen", Some(Transliterated)),
            ("Kari|Nordmann", "Kari|Nordman", Some(Transliterated)),
            ("Kristoffer|Moe", "Kristofer|Moe", Some(Transliterated)),
            ("Christoffer|Moe", "Kristoffer|Moe", Some(Close)),
            ("Kari|Nordmann", "Kair|Nordmann", Some(Close)),
            ("Kari Anne|Nordmann", "Kari|Nordmann", Some(Close)),
            ("Kari|Nordmann Hansen", "Kari|Hansen", Some(Close)),
            ("Kari|Nordmann", "Nordmnan|Kari", Some(Close)),
            ("Kari|", "Kari|", Some(Close)),
            ("Kari|Nordmann", "Ola|Nordmann", Some(Different)),
            ("Mia|Moe", "Pia|Moe", Some(Different)),
            ("Kari|Nordmann", "Kari|Hansen", Some(Different)),
            ("Anna Maria|Moe", "Anna Sofie|Moe", Some(Different)),
            ("محمد|علي", "محمد|علي", Some(Same)),
            ("محمد|علي", "Mohammed|Ali", None),
            ("Kari|Nordmann", "|", None),
            ("-|.", "Kari|Nordmann", None),
            ("Kari|", "Kari|Nordmann", None),
            ("|Normann", "Kari|Nordmann", None),
            ("|Hansen", "Kari|Nordmann", Some(Different)),
            ("Kari Nordmann|", "Kari|Nordmann Hansen", Some(Close)),
            ("Kari Nordmann|", "Kari Normann|", Some(Close)),
        ] {
            assert_eq!(compare(&named(a), &named(b)), expected, "{a} and {b}");
            assert_eq!(compare(&named(b), &named(a)), expected, "{b} and {a}");
        }
    }
}
