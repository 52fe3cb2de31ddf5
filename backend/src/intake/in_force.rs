//! The rules in force at a moment, and what an entry owes by them.

use super::reference::{Facts, Reference};
use crate::rules::moments::norwegian_day_of;
use crate::rules::quarantine::{Assessment, assess, facts_of};
use crate::rules::queue::Owed;
use crate::rules::results::Results;
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

    /// What an entry owes, with the results it has.
    pub fn assess(&self, registered_at: Timestamp, record: &EntryRecord, results: &Results) -> Assessment {
        let facts = facts_of(record, registered_at, results.samples.tests());
        assess(&self.facts.rule_sets, &facts, self.now)
    }

    /// The same, as far as it matters for following up. Exempt is who the rules exempt; an unknown code exempts nobody.
    pub fn owed(
        &self,
        entry: EntryId,
        registered_at: Timestamp,
        record: &EntryRecord,
        results: &Results,
    ) -> Owed {
        owed(entry, &self.assess(registered_at, record, results), results)
    }
}

/// What an assessment means for following up.
pub fn owed(entry: EntryId, assessment: &Assessment, results: &Results) -> Owed {
    Owed {
        obliged: assessment.obligation != Obligation::Exempt,
        positive: results.samples.positive_since(assessment.start.on),
        quarantine_ends_at: assessment.ends.as_ref().map_or(entry.epoch().ends_at(), |end| end.at),
    }
}
