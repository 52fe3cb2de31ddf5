//! The quarantine codes a traveller chooses from, with validity in time. A code in no table is kept and flagged.

use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The four levels of the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Quarantine or exempt.
    Obligation,
    /// Ground of exemption.
    Exemption,
    /// Detail of the exemption.
    ExemptionDetail,
    /// Kind of quarantine place.
    Place,
}

struct Code {
    valid_from: Date,
    meaning: &'static str,
}

static CODES: LazyLock<HashMap<(Level, &'static str), Code>> = LazyLock::new(|| {
    include_str!("../../reference/quarantine-codes.tsv").lines().filter_map(read_line).collect()
});

fn read_line(line: &'static str) -> Option<((Level, &'static str), Code)> {
    let mut columns = line.split('\t');
    let level = match columns.next()? {
        "l1" => Level::Obligation,
        "l2" => Level::Exemption,
        "l3" => Level::ExemptionDetail,
        "l4" => Level::Place,
        _ => return None,
    };
    let code = columns.next()?;
    Some(((level, code), Code { valid_from: columns.next()?.parse().ok()?, meaning: columns.next()? }))
}

/// One code of the table.
pub struct Listed {
    /// Level of the choice, 1–4.
    pub level: u8,
    /// The code.
    pub code: &'static str,
    /// First day on which it could be chosen.
    pub valid_from: Date,
    /// What it means, in English.
    pub meaning: &'static str,
}

/// The whole table, by level and code.
pub fn all() -> Vec<Listed> {
    let listed = |((level, code), told): (&(Level, &'static str), &Code)| Listed {
        level: match level {
            Level::Obligation => 1,
            Level::Exemption => 2,
            Level::ExemptionDetail => 3,
            Level::Place => 4,
        },
        code,
        valid_from: told.valid_from,
        meaning: told.meaning,
    };
    let mut all: Vec<Listed> = CODES.iter().map(listed).collect();
    all.sort_by_key(|listed| (listed.level, listed.code));
    all
}

/// Whether a code stood in the list of its level on a day.
pub fn known(level: Level, code: &str, on: Date) -> bool {
    CODES.get(&(level, code)).is_some_and(|known| known.valid_from <= on)
}

/// What a code means, in English, whenever it counts.
pub fn meaning(level: Level, code: &str) -> Option<&'static str> {
    CODES.get(&(level, code)).map(|known| known.meaning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_shipped_list_is_read_whole() {
        let lines = include_str!("../../reference/quarantine-codes.tsv").lines();
        assert_eq!(CODES.len(), lines.filter(|line| !line.starts_with('#')).count());
        assert_eq!(meaning(Level::Obligation, "1002"), Some("fully or partly exempt"));
        assert_eq!(meaning(Level::Place, "9999"), None);
    }

    #[test]
    fn a_code_counts_from_its_first_day() {
        assert!(known(Level::Exemption, "2001", date(2021, 3, 15)));
        assert!(!known(Level::Exemption, "2010", date(2021, 5, 31)));
        assert!(known(Level::Exemption, "2010", date(2021, 6, 1)));
        assert!(!known(Level::Place, "2001", date(2021, 6, 1)), "a code of another level");
    }
}
