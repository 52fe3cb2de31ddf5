//! The tables that ship with the product, so that a clone works alone.

use events::reference::{Postcode, PostcodeTableAdopted};
use sha2::{Digest, Sha256};

const FILES: [&str; 2] = [
    include_str!("../../../reference/postcodes-2021.tsv"),
    include_str!("../../../reference/postcodes-2024.tsv"),
];

/// The shipped tables, oldest first.
pub fn tables() -> Vec<PostcodeTableAdopted> {
    FILES.iter().filter_map(|file| read(file)).collect()
}

/// Reads our own compact format; `None` when a line is not as the file's head says.
fn read(file: &str) -> Option<PostcodeTableAdopted> {
    let mut table = PostcodeTableAdopted {
        valid_from: jiff::civil::Date::MIN,
        origin: String::new(),
        sha256: hex::encode(Sha256::digest(file.as_bytes())),
        postcodes: Vec::new(),
    };
    let (mut number, mut municipality) = ("", "");
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        match line.split('\t').collect::<Vec<_>>().as_slice() {
            ["valid_from", day] => table.valid_from = day.parse().ok()?,
            ["origin", origin] => table.origin = (*origin).to_owned(),
            ["=", new_number, name] => (number, municipality) = (new_number, name),
            [place, ranges] => {
                for range in ranges.split(' ') {
                    let (first, last) = range.split_once('-').unwrap_or((range, range));
                    for postcode in first.parse::<u16>().ok()?..=last.parse::<u16>().ok()? {
                        table.postcodes.push(Postcode {
                            postcode: format!("{postcode:04}"),
                            place: (*place).to_owned(),
                            municipality_number: number.to_owned(),
                            municipality: municipality.to_owned(),
                        });
                    }
                }
            }
            _ => return None,
        }
    }
    table.postcodes.sort_by(|a, b| a.postcode.cmp(&b.postcode));
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::postcodes::publisher::parse_publisher_file;

    #[test]
    fn all_shipped_files_are_read() {
        let tables = tables();
        assert_eq!(tables.len(), FILES.len());
        assert!(tables.iter().all(|table| table.postcodes.len() > 5_000 && !table.origin.is_empty()));
        assert!(tables.windows(2).all(|pair| pair[0].valid_from < pair[1].valid_from));
        assert!(read("a line without columns").is_none());
    }

    #[test]
    fn they_say_the_same_as_the_publisher() {
        for (table, name) in
            tables().iter().zip(["postal-codes-2021-05-31.csv", "postal-codes-2026-05-26.csv"])
        {
            let Some(bytes) = crate::rules::reference_file_for_tests(name) else { return };
            let mut published = parse_publisher_file(&bytes).unwrap();
            published.sort_by(|a, b| a.postcode.cmp(&b.postcode));
            assert!(table.postcodes == published, "{name}");
        }
    }
}
