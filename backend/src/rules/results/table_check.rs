//! What is wrong with a proposed result table. Each finding has a JSON pointer and says what would be right.

use super::ResultTables;
use super::words::{code, normalised};
use crate::rules::quarantine::check::Wrong;
use events::result::ResultClass;
use events::result_table::ResultTable;
use std::collections::BTreeSet;

/// Characters of a name at most.
const NAME_CHARS_MAX: usize = 40;
/// Characters of a title or a phrase at most.
const TEXT_CHARS_MAX: usize = 500;

/// Everything that is wrong with a proposed table; nothing when it may be adopted.
pub fn check(table: &ResultTable, tables: &ResultTables) -> Vec<Wrong> {
    let mut wrong = Findings(Vec::new());
    let named = !table.name.is_empty()
        && table.name.len() <= NAME_CHARS_MAX
        && table.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    wrong.unless(named, "/name", "1 to 40 small letters, digits and hyphens");
    // Of two readings of one message the one by the later name counts, in whatever order they come.
    let latest = tables.all().all(|other| other.table.name < table.name);
    wrong.unless(latest, "/name", "a name that comes after those of all adopted tables in the alphabet");
    let titled = !table.title.trim().is_empty() && table.title.chars().count() <= TEXT_CHARS_MAX;
    wrong.unless(titled, "/title", "1 to 500 characters");
    wrong.texts(table);
    wrong.statuses(table);
    wrong.analyses(table);
    wrong.0
}

struct Findings(Vec<Wrong>);

impl Findings {
    fn unless(&mut self, holds: bool, pointer: &str, right: &'static str) {
        if !holds {
            self.0.push(Wrong { pointer: pointer.to_owned(), right });
        }
    }

    fn texts(&mut self, table: &ResultTable) {
        let mut seen = BTreeSet::new();
        for (index, text) in table.texts.iter().enumerate() {
            self.phrases(&format!("/texts/{index}/phrases"), &text.phrases, &mut seen);
        }
        self.phrases("/see_comment", &table.see_comment, &mut seen);
        self.phrases("/doubts", &table.doubts, &mut seen);
        self.phrases("/harmless", &table.harmless, &mut seen);
        for (class, right) in [
            (ResultClass::Detected, "a text that says detected"),
            (ResultClass::NotDetected, "a text that says not-detected"),
        ] {
            self.unless(table.texts.iter().any(|text| text.class == class), "/texts", right);
        }
    }

    fn statuses(&mut self, table: &ResultTable) {
        let mut seen = BTreeSet::new();
        for (index, status) in table.statuses.iter().enumerate() {
            self.phrases(&format!("/statuses/{index}/phrases"), &status.phrases, &mut seen);
        }
    }

    fn analyses(&mut self, table: &ResultTable) {
        let mut seen = BTreeSet::new();
        for (index, list) in table.codes.iter().enumerate() {
            for (place, told) in list.codes.iter().enumerate() {
                let at = format!("/codes/{index}/codes/{place}");
                let normal = code(told);
                self.unless(!normal.is_empty(), &at, "letters and digits");
                self.unless(normal.is_empty() || seen.insert(normal), &at, "each code once");
            }
        }
        let words = &table.descriptions;
        for (name, list) in [
            ("virus", &words.virus),
            ("pcr", &words.pcr),
            ("antigen", &words.antigen),
            ("other_agents", &words.other_agents),
            ("other_analyses", &words.other_analyses),
        ] {
            self.phrases(&format!("/descriptions/{name}"), list, &mut BTreeSet::new());
        }
        self.phrases("/other_materials", &table.other_materials, &mut BTreeSet::new());
    }

    /// Each phrase says something, and stands once.
    fn phrases(&mut self, at: &str, phrases: &[String], seen: &mut BTreeSet<String>) {
        for (place, phrase) in phrases.iter().enumerate() {
            let at = format!("{at}/{place}");
            let normal = normalised(phrase);
            let long = phrase.chars().count() > TEXT_CHARS_MAX;
            self.unless(
                !normal.is_empty() && !long,
                &at,
                "1 to 500 characters, one of them a letter or a sign",
            );
            self.unless(normal.is_empty() || seen.insert(normal), &at, "each phrase once");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::results::shipped;
    use events::result_table::{Analysis, CodeMeaning};

    fn wrong(change: impl FnOnce(&mut ResultTable)) -> Vec<String> {
        let mut tables = ResultTables::default();
        shipped::adopted().for_each(|table| tables.adopt(table));
        let mut table = shipped::tables().remove(0);
        table.name = "2021-04-01".to_owned();
        change(&mut table);
        check(&table, &tables).into_iter().map(|wrong| wrong.pointer).collect()
    }

    #[test]
    fn a_table_with_a_later_name_may_be_adopted() {
        assert!(wrong(|_| {}).is_empty());
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(wrong(|table| table.name = "2021-01-01".to_owned()), ["/name"]);
        assert_eq!(wrong(|table| table.name = "2020".to_owned()), ["/name"]);
        assert_eq!(wrong(|table| table.title.clear()), ["/title"]);
        assert_eq!(wrong(|table| table.see_comment.push("påvist".to_owned())), ["/see_comment/18"]);
        assert_eq!(wrong(|table| table.harmless.insert(0, " - ".to_owned())), ["/harmless/0"]);
        assert_eq!(wrong(|table| table.texts.retain(|text| text.class != ResultClass::Detected)), ["/texts"]);
        let codes = CodeMeaning { analysis: Analysis::Other, codes: vec!["npu 59097".to_owned()] };
        assert_eq!(wrong(|table| table.codes.push(codes)), ["/codes/4/codes/0"]);
        assert_eq!(wrong(|table| table.descriptions.pcr.push("rna".to_owned())).len(), 1);
    }
}
