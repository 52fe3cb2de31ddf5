//! The list of quarantine hotels as somebody writes it: a line each, with id, name and municipality.

use events::hotel::Hotel;
use std::collections::BTreeSet;

/// Signs of an id at most.
const ID_CHARS_MAX: usize = 40;
/// Characters of a name at most.
const NAME_CHARS_MAX: usize = 80;

/// What is wrong with a list.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {wrong}")]
pub struct BadList {
    line: usize,
    wrong: &'static str,
}

/// Reads a list. Empty lines and those that begin with `#` say nothing.
pub fn read(text: &str, is_municipality: impl Fn(&str) -> bool) -> Result<Vec<Hotel>, BadList> {
    let mut known = BTreeSet::new();
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let read = lines.map(|(number, line)| {
        let bad = |wrong| BadList { line: number + 1, wrong };
        let hotel = one(line, &is_municipality).map_err(bad)?;
        if known.insert(hotel.id.clone()) { Ok(hotel) } else { Err(bad("this id stands further up")) }
    });
    read.collect()
}

fn one(line: &str, is_municipality: impl Fn(&str) -> bool) -> Result<Hotel, &'static str> {
    let parts: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [id, name, municipality] = parts[..] else {
        return Err("id, name and municipality number, separated by tabs");
    };
    let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > ID_CHARS_MAX || !id.chars().all(sign) {
        return Err("an id is made of small letters, digits and hyphens");
    }
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err("a name has 1 to 80 characters");
    }
    if !is_municipality(municipality) {
        return Err("no such municipality on that day");
    }
    Ok(Hotel { id: id.to_owned(), name: name.to_owned(), municipality: municipality.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_what_is_wrong_in_it_is_told_by_its_line() {
        let read = |text: &str| read(text, |number| number == "4601");
        let hotels = read("\u{feff}# Bergen\n\nvagen\tVågen\t4601\nnordnes-2\t Nordnes \t4601\n").unwrap();
        let told: Vec<_> = hotels.iter().map(|hotel| (hotel.id.as_str(), hotel.name.as_str())).collect();
        assert_eq!(told, [("vagen", "Vågen"), ("nordnes-2", "Nordnes")]);
        for (text, line) in [
            ("vagen\tVågen", 1),
            ("a\tA\t4601\nVågen\tVågen\t4601", 2),
            ("vagen\t\t4601", 1),
            ("vagen\tVågen\t9999", 1),
            ("a\tA\t4601\n\na\tB\t4601", 3),
        ] {
            assert_eq!(read(text).unwrap_err().line, line, "{text:?}");
        }
        assert_eq!(read("").unwrap(), []);
    }
}
