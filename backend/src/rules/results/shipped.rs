//! The result tables that ship with the product.
//!
//! No list of what laboratories write has been published. The shipped table has the words of public interfaces and
//! forms, their obvious variants and slips, and two national codes; codes of laboratories are added as they are seen.
//! What is not in it is unknown, which costs a look at the answer and never a wrong one.

use super::Classifier;
use events::result_table::{ResultTable, ResultTableAdopted};
use std::sync::{Arc, LazyLock};

pub use crate::rules::quarantine::shipped::SHIPPED_BY;

static NEWEST: LazyLock<Option<Arc<Classifier>>> =
    LazyLock::new(|| tables().last().map(|table| Arc::new(Classifier::new(table))));

/// The shipped tables, oldest first.
pub fn tables() -> Vec<ResultTable> {
    serde_json::from_str(include_str!("../../../reference/result-tables.json")).unwrap_or_default()
}

/// The same, as an empty register adopts them.
pub fn adopted() -> impl Iterator<Item = ResultTableAdopted> {
    tables().into_iter().map(|table| ResultTableAdopted { table, adopted_by: SHIPPED_BY.to_owned() })
}

/// What reads by the newest of them.
pub fn newest() -> Arc<Classifier> {
    NEWEST.clone().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::results::{ResultTables, table_check};

    #[test]
    fn all_shipped_tables_are_read_and_could_be_adopted() {
        let mut adopted = ResultTables::default();
        for table in super::adopted() {
            assert_eq!(table_check::check(&table.table, &adopted), []);
            adopted.adopt(table);
        }
        let names: Vec<_> = adopted.all().map(|adopted| adopted.table.name.as_str()).collect();
        assert_eq!(names, ["2021-01-01"]);
        assert_eq!(newest().name(), "2021-01-01");
    }
}
