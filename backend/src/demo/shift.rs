//! The demo's shift: whoever tries it does so at any hour, and travellers who came today can be rung.

use crate::intake::reference::{Reference, ReferenceError, adopt_rule_set};
use crate::log::{Log, Rejected};
use crate::rules::moments::norwegian_day_of;
use events::follow_up::CallingHours;
use events::rule_set::RuleSetAdopted;
use jiff::civil::Time;

/// Name of the demo's rule set.
const NAME: &str = "demo";

/// Adopts the rules in force once more, with calling hours all day.
pub async fn open_at_all_hours(log: &Log, reference: &Reference) -> Result<(), ReferenceError> {
    let facts = reference.facts();
    let present = facts.rule_sets.on(norwegian_day_of(log.clock().now())).cloned();
    let Some(mut rule_set) = present.filter(|_| facts.rule_sets.named(NAME).is_none()) else { return Ok(()) };
    rule_set.name = NAME.to_owned();
    rule_set.follow_up.first_call_day = 0;
    rule_set.follow_up.calling_hours =
        vec![CallingHours { weekdays: (1..=7).collect(), from: Time::midnight(), until: Time::MAX }];
    let adopted = RuleSetAdopted {
        rule_set,
        adopted_by: "demo".to_owned(),
        reason: Some("the demo is tried at any hour".to_owned()),
    };
    let version = u32::try_from(facts.rule_sets.all().len()).unwrap_or(u32::MAX);
    match adopt_rule_set(log, adopted, version, None).await {
        // Another node was first.
        Ok(()) | Err(Rejected::Conflict { .. }) => reference.refresh(log).await,
        Err(error) => Err(error.into()),
    }
}
