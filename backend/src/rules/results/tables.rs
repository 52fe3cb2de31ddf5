//! All adopted result tables, and which one reads on a day.

use super::{Classifier, shipped};
use events::result_table::ResultTableAdopted;
use jiff::civil::Date;
use std::sync::Arc;

/// All adopted tables, oldest first. Of two for the same day the one adopted last counts.
#[derive(Default)]
pub struct ResultTables(Vec<(ResultTableAdopted, Arc<Classifier>)>);

impl ResultTables {
    /// Takes one more in.
    pub fn adopt(&mut self, adopted: ResultTableAdopted) {
        let valid_from = adopted.table.valid_from;
        let place = self.0.partition_point(|(other, _)| other.table.valid_from <= valid_from);
        let classifier = Arc::new(Classifier::new(&adopted.table));
        self.0.insert(place, (adopted, classifier));
    }

    /// What reads on a day. Without any table: by the newest shipped one.
    pub fn on(&self, day: Date) -> Arc<Classifier> {
        let in_force = self.0.iter().rev().find(|(adopted, _)| adopted.table.valid_from <= day);
        in_force.map_or_else(shipped::newest, |(_, classifier)| classifier.clone())
    }

    /// The table with a name, and who adopted it.
    pub fn named(&self, name: &str) -> Option<&ResultTableAdopted> {
        self.all().find(|adopted| adopted.table.name == name)
    }

    /// All of them, in order of time.
    pub fn all(&self) -> impl ExactSizeIterator<Item = &ResultTableAdopted> {
        self.0.iter().map(|(adopted, _)| adopted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_newest_table_of_a_day_reads() {
        let mut tables = ResultTables::default();
        let day = date(2021, 3, 15);
        assert_eq!(tables.on(day).name(), shipped::newest().name());
        for (name, valid_from) in [("b", date(2021, 3, 1)), ("c", date(2021, 3, 1)), ("d", date(2021, 4, 1))]
        {
            let mut table = shipped::tables().remove(0);
            (table.name, table.valid_from) = (name.to_owned(), valid_from);
            tables.adopt(ResultTableAdopted { table, adopted_by: "test".to_owned() });
        }
        assert_eq!(tables.on(day).name(), "c");
        assert_eq!(tables.on(date(2021, 4, 1)).name(), "d");
        assert!(tables.named("b").is_some() && tables.named("e").is_none());
    }
}
