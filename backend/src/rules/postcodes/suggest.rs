//! Which municipality a free text may mean.

use super::Table;
use deunicode::deunicode;

/// A name or text reduced to plain lower-case words: no marks on letters, no remark in parentheses.
pub(super) fn fold(text: &str) -> String {
    let without_remark = text.split('(').next().unwrap_or_default();
    let plain = deunicode(without_remark).to_lowercase();
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Words of a text that are looked at; an address has fewer.
const WORDS_MAX: usize = 40;

pub(super) fn suggest(table: &Table, text: &str) -> Vec<String> {
    let folded = fold(&text.replace('(', " "));
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX).collect();
    let mut found: Vec<String> = Vec::new();
    let mut add = |number: &String| {
        if !found.contains(number) {
            found.push(number.clone());
        }
    };
    words.iter().filter_map(|word| table.postcodes.get(*word)).for_each(&mut add);
    // Longer names first: "nordre follo" says more than a place called "follo".
    for length in (1..=4).rev() {
        for window in words.windows(length) {
            let name = window.join(" ");
            if name.len() >= 3 {
                table.places.get(&name).into_iter().flatten().for_each(&mut add);
            }
        }
    }
    let long_words = || words.iter().filter(|word| word.len() >= 5);
    if found.is_empty() {
        let mut near: Vec<&String> = Vec::new();
        for (name, numbers) in &table.places {
            let one_of_its_names =
                name.split(' ').any(|part| part.len() >= 5 && long_words().any(|word| *word == part));
            if one_of_its_names || long_words().any(|word| one_letter_apart(word, name)) {
                near.extend(numbers);
            }
        }
        // The map has no order; the answer must have one.
        near.sort();
        near.dedup();
        found = near.into_iter().cloned().collect();
    }
    found
}

/// Whether two ASCII words differ by one letter put in, left out or replaced.
fn one_letter_apart(a: &str, b: &str) -> bool {
    let (short, long) =
        if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same_start = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let skip = usize::from(long.len() == short.len());
    short.get(same_start + skip..).unwrap_or_default() == long.get(same_start + 1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_to_plain_words() {
        assert_eq!(fold("HERØY (NORDLAND)"), "heroy");
        assert_eq!(fold("GÁIVUOTNA KÅFJORD"), "gaivuotna kafjord");
    }

    #[test]
    fn one_letter_more_less_or_other_is_near() {
        for (a, b) in [("bergen", "bergn"), ("bergen", "berken"), ("bergen", "bergenn"), ("bergen", "bergen")]
        {
            assert!(one_letter_apart(a, b) && one_letter_apart(b, a), "{a} {b}");
        }
        for (a, b) in [("bergen", "berg"), ("bergen", "bregen"), ("oslo", "osll1")] {
            assert!(!one_letter_apart(a, b), "{a} {b}");
        }
    }
}
