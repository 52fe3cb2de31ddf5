//! Postcodes and municipalities, with validity in time: each adopted table counts until the next one begins.

pub mod publisher;
pub mod shipped;
mod suggest;

use events::reference::PostcodeTableAdopted;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// All adopted tables.
#[derive(Default)]
pub struct PostcodeTables {
    /// In order of their first day.
    tables: Vec<Table>,
}

struct Table {
    valid_from: Date,
    /// Postcode → municipality number.
    postcodes: HashMap<String, String>,
    /// Municipality number → name.
    municipalities: BTreeMap<String, String>,
    /// Folded name of a place or municipality → municipality numbers.
    places: HashMap<String, Vec<String>>,
}

impl PostcodeTables {
    /// Builds the tables from the events of their stream, oldest first. Of two tables with the same first
    /// day the one adopted later counts.
    pub fn from_events<'a>(adopted: impl IntoIterator<Item = &'a PostcodeTableAdopted>) -> PostcodeTables {
        let mut tables = PostcodeTables::default();
        for event in adopted {
            tables.adopt(event);
        }
        tables
    }

    /// Adds one more table.
    pub fn adopt(&mut self, event: &PostcodeTableAdopted) {
        let mut table = Table {
            valid_from: event.valid_from,
            postcodes: HashMap::new(),
            municipalities: BTreeMap::new(),
            places: HashMap::new(),
        };
        for row in &event.postcodes {
            table.postcodes.insert(row.postcode.clone(), row.municipality_number.clone());
            table.municipalities.insert(row.municipality_number.clone(), spoken(&row.municipality));
            for name in [&row.place, &row.municipality] {
                let numbers = table.places.entry(suggest::fold(name)).or_default();
                if !numbers.contains(&row.municipality_number) {
                    numbers.push(row.municipality_number.clone());
                }
            }
        }
        self.tables.retain(|known| known.valid_from != event.valid_from);
        self.tables.push(table);
        self.tables.sort_by_key(|table| table.valid_from);
    }

    /// The table of a day; before the first one, the first.
    fn on(&self, day: Date) -> Option<&Table> {
        self.tables.iter().rev().find(|table| table.valid_from <= day).or(self.tables.first())
    }

    /// The municipality of a postcode on a day.
    pub fn municipality_on(&self, postcode: &str, day: Date) -> Option<&str> {
        self.on(day)?.postcodes.get(postcode).map(String::as_str)
    }

    /// Whether a municipality exists on a day.
    pub fn is_municipality(&self, number: &str, day: Date) -> bool {
        self.name(number, day).is_some()
    }

    /// The name of a municipality on a day, as the postcode register writes it.
    pub fn name(&self, number: &str, day: Date) -> Option<&str> {
        self.on(day)?.municipalities.get(number).map(String::as_str)
    }

    /// The municipalities of a day, by number.
    pub fn municipalities(&self, day: Date) -> impl Iterator<Item = (&str, &str)> {
        let table = self.on(day);
        table
            .into_iter()
            .flat_map(|table| &table.municipalities)
            .map(|(number, name)| (number.as_str(), name.as_str()))
    }

    /// The first day of the table that counts on a day.
    pub fn valid_from(&self, day: Date) -> Option<Date> {
        self.on(day).map(|table| table.valid_from)
    }

    /// Municipalities that a text may mean, the likeliest first: by the postcodes in it, then by the names
    /// of places in it, then by names that differ from a word in it by one letter. For a person to choose from.
    pub fn suggest(&self, text: &str, day: Date) -> Vec<String> {
        self.on(day).map(|table| suggest::suggest(table, text)).unwrap_or_default()
    }
}

/// A name as people write it: the publisher's register has capitals only.
fn spoken(name: &str) -> String {
    let mut spoken = String::with_capacity(name.len());
    for (n, word) in name.to_lowercase().split(' ').enumerate() {
        if n > 0 {
            spoken.push(' ');
        }
        let small = n > 0 && matches!(word, "og" | "i");
        let mut upper_next = !small;
        for letter in word.chars() {
            match upper_next && letter.is_alphabetic() {
                true => spoken.extend(letter.to_uppercase()),
                false => spoken.push(letter),
            }
            upper_next = matches!(letter, '-' | '(') || upper_next && !letter.is_alphabetic();
        }
    }
    spoken
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const IN_2021: Date = date(2021, 3, 15);
    const IN_2026: Date = date(2026, 3, 15);

    static TABLES: LazyLock<PostcodeTables> =
        LazyLock::new(|| PostcodeTables::from_events(&shipped::tables()));

    fn tables() -> &'static PostcodeTables {
        &TABLES
    }

    #[test]
    fn the_published_vectors_hold() {
        let Some(text) = crate::rules::reference_file_for_tests("id-vectors.json") else { return };
        let vectors: serde_json::Value = serde_json::from_slice(&text).unwrap();
        let tables = tables();
        for (postcode, number) in vectors["postcode_2021"]["valid"].as_object().unwrap() {
            assert_eq!(tables.municipality_on(postcode, IN_2021), number.as_str(), "{postcode}");
        }
        for postcode in vectors["postcode_2021"]["invalid"].as_array().unwrap() {
            assert_eq!(tables.municipality_on(postcode.as_str().unwrap(), IN_2021), None, "{postcode}");
        }
    }

    #[test]
    fn names_are_written_as_people_write_them() {
        for (given, wanted) in [
            ("OSLO", "Oslo"),
            ("NORE OG UVDAL", "Nore og Uvdal"),
            ("STOR-ELVDAL", "Stor-Elvdal"),
            ("VÅLER (VIKEN)", "Våler (Viken)"),
            ("GÁIVUOTNA KÅFJORD", "Gáivuotna Kåfjord"),
        ] {
            assert_eq!(spoken(given), wanted);
        }
    }

    #[test]
    fn the_table_of_the_day_counts() {
        let tables = tables();
        assert_eq!(tables.municipality_on("1400", date(2023, 12, 31)), Some("3020"));
        assert_eq!(tables.municipality_on("1400", date(2024, 1, 1)), Some("3207"));
        assert!(tables.is_municipality("3020", IN_2021) && !tables.is_municipality("3020", IN_2026));
        assert_eq!(
            tables.municipality_on("1400", date(1999, 1, 1)),
            Some("3020"),
            "the first table, before it"
        );
        assert_eq!(tables.municipalities(IN_2021).count(), 358, "356, Svalbard and Jan Mayen");
        assert_eq!(tables.valid_from(IN_2026), Some(date(2024, 1, 1)));
        assert_eq!(PostcodeTables::default().municipality_on("0150", IN_2021), None);
    }

    #[test]
    fn suggestions_come_from_postcodes_names_and_near_names() {
        let tables = tables();
        let first = |text: &str| tables.suggest(text, IN_2021).first().cloned();
        assert_eq!(first("Storgata 1, 4001 Stavanger").as_deref(), Some("1103"));
        assert_eq!(first("hotell i tromsø sentrum").as_deref(), Some("5401"));
        assert_eq!(first("TROMSO").as_deref(), Some("5401"));
        assert_eq!(first("Trondheimm").as_deref(), Some("5001"));
        assert_eq!(first("Nordre Follo").as_deref(), Some("3020"));
        assert_eq!(first("Porsanger").as_deref(), Some("5436"));
        assert!(tables.suggest("Herøy", IN_2021).len() >= 2, "two municipalities have the name");
        assert!(tables.suggest("", IN_2021).is_empty());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}") {
            let _ = tables().suggest(&text, IN_2021);
        }
    }
}
