//! All adopted rule sets, and which one governs a day.

use events::rule_set::{RuleSet, RuleSetAdopted};
use jiff::civil::Date;

/// All adopted rule sets. Of two for the same day the one adopted last counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleSets(Vec<RuleSetAdopted>);

impl RuleSets {
    /// The sets, in the order in which they were adopted.
    pub fn new(adopted: impl IntoIterator<Item = RuleSetAdopted>) -> RuleSets {
        let mut sets = RuleSets::default();
        adopted.into_iter().for_each(|set| sets.adopt(set));
        sets
    }

    /// Takes one more in.
    pub fn adopt(&mut self, adopted: RuleSetAdopted) {
        let valid_from = adopted.rule_set.valid_from;
        let place = self.0.partition_point(|other| other.rule_set.valid_from <= valid_from);
        self.0.insert(place, adopted);
    }

    /// These sets and one more, in place of the one with its name.
    pub fn with(&self, proposed: RuleSet) -> RuleSets {
        let others = self.0.iter().filter(|other| other.rule_set.name != proposed.name);
        let mut sets = RuleSets(others.cloned().collect());
        sets.adopt(RuleSetAdopted { rule_set: proposed, adopted_by: String::new(), reason: None });
        sets
    }

    /// The set in force on a day.
    pub fn on(&self, day: Date) -> Option<&RuleSet> {
        self.0.iter().rev().map(|adopted| &adopted.rule_set).find(|set| set.valid_from <= day)
    }

    /// The sets that come into force after a day, in order of time.
    pub fn after(&self, day: Date) -> impl Iterator<Item = &RuleSet> {
        self.0.iter().map(|adopted| &adopted.rule_set).filter(move |set| set.valid_from > day)
    }

    /// The set with a name.
    pub fn named(&self, name: &str) -> Option<&RuleSet> {
        self.adopted(name).map(|adopted| &adopted.rule_set)
    }

    /// The set with a name, and who adopted it.
    pub fn adopted(&self, name: &str) -> Option<&RuleSetAdopted> {
        self.0.iter().find(|adopted| adopted.rule_set.name == name)
    }

    /// All of them, in order of time.
    pub fn all(&self) -> &[RuleSetAdopted] {
        &self.0
    }
}
