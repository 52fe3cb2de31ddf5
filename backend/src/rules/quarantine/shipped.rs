//! The rule sets that ship with the product: the history of 2021.
//!
//! What the sources leave open was decided to the side of the obligation:
//! - Commuters, contact with children, work and critical functions are exempt in part: quarantine in all other time.
//! - After 29 March a leisure trip of which nobody said whether it was necessary counts as one that was not.
//! - Quarantine shortened to day 3 for some areas is not in the sets: which areas, the register is not told. A set
//!   that names countries in the condition of an early end can be adopted when they are known.
//! - The day of the second version of the code lists is assumed to be 1 June 2021, as in the code table.

use events::rule_set::{RuleSet, RuleSetAdopted};

/// Who adopted what ships with the product.
pub const SHIPPED_BY: &str = "shipped with the register";

/// The shipped rule sets, oldest first.
pub fn rule_sets() -> Vec<RuleSet> {
    serde_json::from_str(include_str!("../../../reference/rule-sets.json")).unwrap_or_default()
}

/// The same, as an empty register adopts them.
pub fn adopted() -> impl Iterator<Item = RuleSetAdopted> {
    rule_sets().into_iter().map(|rule_set| RuleSetAdopted {
        rule_set,
        adopted_by: SHIPPED_BY.to_owned(),
        reason: Some("history: the day was over when the register was made".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shipped_sets_are_read() {
        let names: Vec<String> = rule_sets().into_iter().map(|set| set.name).collect();
        assert_eq!(names, ["2021-01-01", "2021-01-02", "2021-03-15", "2021-03-29", "2021-06-01"]);
    }

    #[test]
    fn their_policy_of_following_up_is_the_shipped_one() {
        let shipped = events::follow_up::FollowUpPolicy::shipped();
        assert!(rule_sets().into_iter().all(|set| set.follow_up == shipped));
    }

    #[test]
    fn every_set_decides_about_every_code_of_its_day() {
        use crate::rules::codes::{Level, known};
        for set in rule_sets() {
            let rules = &set.quarantine;
            let listed = |lists: &[events::rule_set::CodeEffect], code: &str| {
                lists.iter().any(|list| list.codes.iter().any(|listed| listed == code))
            };
            for code in (2001..=2010).chain(3001..=3031).chain(4001..=4015).map(|code| code.to_string()) {
                let (level, listed) = match &code[..1] {
                    "2" => (Level::Exemption, listed(&rules.exemptions.grounds, &code)),
                    "3" => (Level::ExemptionDetail, listed(&rules.exemptions.details, &code)),
                    _place => (Level::Place, rules.places.codes.contains(&code)),
                };
                assert_eq!(listed, known(level, &code, set.valid_from), "{} {code}", set.name);
            }
        }
    }
}
