//! The rules in force at a moment, and what an entry owes by them.

use super::reference::{Facts, Reference};
use crate::rules::moments::norwegian_day_of;
use crate::rules::quarantine::{TestFact, assess, facts_of};
use crate::rules::queue::Owed;
use events::EntryId;
use events::follow_up::FollowUpPolicy;
use events::record::EntryRecord;
use events::rule_set::Obligation;
use jiff::Timestamp;
use std::sync::Arc;

/// The rules in force at a moment.
pub struct InForce {
    /// The moment.
    pub now: Timestamp,
    /// All that was adopted.
    pub facts: Arc<Facts>,
    /// The policy of following up.
    pub policy: FollowUpPolicy,
}

impl InForce {
    /// Those of a moment.
    pub fn at(reference: &Reference, now: Timestamp) -> InForce {
        let facts = reference.facts();
        let policy = facts.policy(norwegian_day_of(now));
        InForce { now, facts, policy }
    }

    /// What an entry owes. Exempt is who the rules exempt; an unknown code exempts nobody.
    pub fn owed(
        &self,
        entry: EntryId,
        registered_at: Timestamp,
        record: &EntryRecord,
        tests: Vec<TestFact>,
    ) -> Owed {
        let facts = facts_of(record, registered_at, tests);
        let assessment = assess(&self.facts.rule_sets, &facts, self.now);
        Owed {
            obliged: assessment.obligation != Obligation::Exempt,
            quarantine_ends_at: assessment.ends.map_or(entry.epoch().ends_at(), |end| end.at),
        }
    }
}
