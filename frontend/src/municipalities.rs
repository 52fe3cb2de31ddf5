//! The municipalities by number, fetched once.

use crate::client;
use api::reference::{Municipalities, Municipality};
use leptos::prelude::*;
use std::sync::Arc;

thread_local! {
    static TABLE: ArcRwSignal<Arc<Vec<Municipality>>> = ArcRwSignal::new(Arc::default());
}

/// The table; empty until it has come.
pub fn all() -> Arc<Vec<Municipality>> {
    TABLE.with(|table| table.get())
}

/// Fetches the table, unless it is here. A failure leaves numbers instead of names.
pub async fn fetch() {
    if TABLE.with(|table| table.with_untracked(|rows| !rows.is_empty())) {
        return;
    }
    if let Ok(table) = client::get::<Municipalities>("/reference/municipalities").await {
        TABLE.with(|signal| signal.set(Arc::new(table.items)));
    }
}

/// Name of a municipality, or its number while the name is not known.
pub fn name(number: &str) -> String {
    let table = all();
    let found = table.iter().find(|municipality| municipality.number == number);
    found.map_or_else(|| number.to_owned(), |municipality| municipality.name.clone())
}

/// Name and number, as in a list to choose from.
pub fn label(municipality: &Municipality) -> String {
    format!("{} ({})", municipality.name, municipality.number)
}

/// Name and number of a number.
pub fn label_of(number: &str) -> String {
    let table = all();
    table.iter().find(|found| found.number == number).map_or_else(|| number.to_owned(), label)
}

/// The number meant by what somebody typed: a number, a name, or a label.
pub fn number_of(typed: &str, table: &[Municipality]) -> Option<String> {
    let typed = typed.trim();
    let lower = typed.to_lowercase();
    let exact = table.iter().find(|candidate| {
        candidate.number == typed || candidate.name.to_lowercase() == lower || label(candidate) == typed
    });
    let mut beginning = table.iter().filter(|candidate| candidate.name.to_lowercase().starts_with(&lower));
    let only_one = match (beginning.next(), beginning.next()) {
        (Some(one), None) if !lower.is_empty() => Some(one),
        _ => None,
    };
    exact.or(only_one).map(|found| found.number.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Vec<Municipality> {
        [("0301", "Oslo"), ("4601", "Bergen"), ("3401", "Kongsvinger"), ("3006", "Kongsberg")]
            .map(|(number, name)| Municipality { number: number.to_owned(), name: name.to_owned() })
            .to_vec()
    }

    #[test]
    fn a_municipality_is_found_by_number_name_label_or_an_unmistakable_beginning() {
        for (typed, number) in [
            ("4601", Some("4601")),
            ("bergen", Some("4601")),
            ("Bergen (4601)", Some("4601")),
            (" osl ", Some("0301")),
            ("kongs", None),
            ("", None),
            ("Atlantis", None),
        ] {
            assert_eq!(number_of(typed, &table()).as_deref(), number, "{typed}");
        }
    }
}
