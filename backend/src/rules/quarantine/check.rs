//! What is wrong with a proposed rule set. Each finding has a JSON pointer and says what would be right.

use super::RuleSets;
use events::follow_up::FollowUpPolicy;
use events::rule_set::{PlaceDuty, QuarantineRules, RuleSet, When};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Characters of a name at most.
const NAME_CHARS_MAX: usize = 40;
/// Characters of a title, source or reason at most.
const TEXT_CHARS_MAX: usize = 500;
/// Days that a rule may speak of at most.
const DAYS_MAX: u16 = 60;
/// Negative tests that may be asked for at most.
const NEGATIVES_MAX: u8 = 5;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// JSON pointer into the rule set.
    pub pointer: String,
    /// What would be right.
    pub right: &'static str,
}

/// Everything that is wrong with a proposed set; nothing when it may be adopted.
pub fn check(set: &RuleSet, reason: Option<&str>, sets: &RuleSets, today: Date) -> Vec<Wrong> {
    let mut wrong = Findings(check_content(set));
    if sets.named(&set.name).is_some() {
        wrong.add("/name", "a name that no adopted set has");
    }
    let told = reason.is_some_and(is_text);
    if set.valid_from < today && !told {
        wrong.add("/valid_from", "today or later; a day that is over needs a reason");
    }
    wrong.0
}

/// What is wrong with a set whatever else is adopted: enough for trying it.
pub fn check_content(set: &RuleSet) -> Vec<Wrong> {
    let mut wrong = Findings(Vec::new());
    wrong.unless(is_name(&set.name), "/name", "1 to 40 small letters, digits and hyphens");
    wrong.unless(is_text(&set.title), "/title", "1 to 500 characters");
    wrong.unless(is_text(&set.source), "/source", "1 to 500 characters");
    let rules = &set.quarantine;
    let length = (1..=DAYS_MAX).contains(&rules.length_days);
    wrong.unless(length, "/quarantine/length_days", "1 to 60 days");
    wrong.early_ends(rules);
    wrong.exemptions(rules);
    wrong.places(rules);
    wrong.tests(rules);
    wrong.follow_up(&set.follow_up);
    wrong.0
}

fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.len() <= NAME_CHARS_MAX && name.chars().all(allowed)
}

fn is_text(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= TEXT_CHARS_MAX
}

fn is_code(level: char, code: &str) -> bool {
    code.len() == 4 && code.starts_with(level) && code.bytes().all(|byte| byte.is_ascii_digit())
}

struct Findings(Vec<Wrong>);

impl Findings {
    fn add(&mut self, pointer: &str, right: &'static str) {
        self.0.push(Wrong { pointer: pointer.to_owned(), right });
    }

    fn unless(&mut self, holds: bool, pointer: &str, right: &'static str) {
        if !holds {
            self.add(pointer, right);
        }
    }

    fn early_ends(&mut self, rules: &QuarantineRules) {
        for (index, early) in rules.early_end.iter().enumerate() {
            let at = format!("/quarantine/early_end/{index}");
            let within = early.earliest_day <= rules.length_days;
            self.unless(within, &format!("{at}/earliest_day"), "a day of quarantine");
            let count = (1..=NEGATIVES_MAX).contains(&early.negatives);
            self.unless(count, &format!("{at}/negatives"), "1 to 5");
            self.when(&format!("{at}/when"), &early.when);
        }
    }

    fn exemptions(&mut self, rules: &QuarantineRules) {
        let lists =
            [('2', "grounds", &rules.exemptions.grounds), ('3', "details", &rules.exemptions.details)];
        for (level, name, list) in lists {
            let mut seen = BTreeSet::new();
            for (index, entry) in list.iter().enumerate() {
                let at = format!("/quarantine/exemptions/{name}/{index}/codes");
                self.codes(&at, level, &entry.codes);
                let once = entry.codes.iter().all(|code| seen.insert(code.clone()));
                self.unless(once, &at, "each code once");
            }
        }
        let leisure = &rules.exemptions.leisure_time_places;
        let at = "/quarantine/exemptions/leisure_time_places";
        self.codes(at, '4', leisure);
        let known = leisure.iter().all(|code| rules.places.codes.contains(code));
        self.unless(known, at, "places of /quarantine/places/codes");
    }

    fn places(&mut self, rules: &QuarantineRules) {
        let places = &rules.places;
        self.codes("/quarantine/places/codes", '4', &places.codes);
        for (index, rule) in places.rules.iter().enumerate() {
            let at = format!("/quarantine/places/rules/{index}");
            self.when(&format!("{at}/when"), &rule.when);
            let known = rule.when.place_codes.iter().all(|code| places.codes.contains(code));
            self.unless(known, &format!("{at}/when/place_codes"), "places of /quarantine/places/codes");
            self.place_duty(&format!("{at}/duty"), rule.duty, rules.length_days);
        }
        self.place_duty("/quarantine/places/otherwise", places.otherwise, rules.length_days);
    }

    fn place_duty(&mut self, at: &str, duty: PlaceDuty, length_days: u16) {
        let holds = match duty {
            PlaceDuty::None | PlaceDuty::HotelWholePeriod => true,
            PlaceDuty::HotelUntilNegative { earliest_day } => earliest_day <= length_days,
        };
        self.unless(holds, &format!("{at}/earliest_day"), "a day of quarantine");
    }

    fn tests(&mut self, rules: &QuarantineRules) {
        let mut names = BTreeSet::new();
        for (index, test) in rules.tests.iter().enumerate() {
            let at = format!("/quarantine/tests/{index}");
            let name = is_name(&test.name) && names.insert(test.name.clone());
            self.unless(name, &format!("{at}/name"), "a name of its own: small letters, digits and hyphens");
            let window = test.from_day <= test.by_day && test.by_day <= DAYS_MAX;
            self.unless(window, &format!("{at}/by_day"), "from_day or later, at most 60");
            let every = test.every_days.is_none_or(|days| (1..=DAYS_MAX).contains(&days));
            self.unless(every, &format!("{at}/every_days"), "1 to 60 days");
            self.unless(!test.kinds.is_empty(), &format!("{at}/kinds"), "one kind of test or both");
            self.when(&format!("{at}/when"), &test.when);
        }
    }

    fn follow_up(&mut self, policy: &FollowUpPolicy) {
        let hours = policy
            .calling_hours
            .iter()
            .all(|hours| hours.from < hours.until && hours.weekdays.iter().all(|day| (1..=7).contains(day)));
        self.unless(hours, "/follow_up/calling_hours", "weekdays 1 to 7, and from before until");
        for (name, share) in
            [("sample_permille", policy.sample_permille), ("review_permille", policy.review_permille)]
        {
            self.unless(share <= 1_000, &format!("/follow_up/{name}"), "0 to 1000");
        }
    }

    fn when(&mut self, at: &str, when: &When) {
        self.codes(&format!("{at}/exemption_codes"), '2', &when.exemption_codes);
        self.codes(&format!("{at}/detail_codes"), '3', &when.detail_codes);
        self.codes(&format!("{at}/place_codes"), '4', &when.place_codes);
    }

    fn codes(&mut self, at: &str, level: char, codes: &[String]) {
        let right = match level {
            '2' => "codes of four digits that begin with 2",
            '3' => "codes of four digits that begin with 3",
            _place => "codes of four digits that begin with 4",
        };
        self.unless(codes.iter().all(|code| is_code(level, code)), at, right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::quarantine::shipped;
    use jiff::civil::date;

    const TODAY: Date = date(2021, 6, 10);

    fn pointers(change: impl Fn(&mut RuleSet), reason: Option<&str>) -> Vec<String> {
        let mut set = shipped::rule_sets().remove(4);
        set.name = "2021-06-10".to_owned();
        set.valid_from = TODAY;
        change(&mut set);
        let found = check(&set, reason, &RuleSets::new(shipped::adopted()), TODAY);
        found.into_iter().map(|wrong| wrong.pointer).collect()
    }

    #[test]
    fn the_shipped_sets_are_right() {
        assert!(shipped::rule_sets().iter().all(|set| check_content(set).is_empty()));
        assert!(pointers(|_| {}, None).is_empty());
    }

    #[test]
    fn each_wrong_thing_is_named() {
        let one = |change: fn(&mut RuleSet)| pointers(change, None);
        assert_eq!(one(|set| set.name = "2021-06-01".to_owned()), ["/name"]);
        assert_eq!(one(|set| set.name = "Ny sats".to_owned()), ["/name"]);
        assert_eq!(one(|set| set.title = " ".to_owned()), ["/title"]);
        assert_eq!(one(|set| set.valid_from = date(2021, 6, 9)), ["/valid_from"]);
        assert!(pointers(|set| set.valid_from = date(2021, 6, 9), Some("Forsinket vedtak")).is_empty());
        assert_eq!(one(|set| set.quarantine.length_days = 0).first().unwrap(), "/quarantine/length_days");
        let early = "/quarantine/early_end/0/earliest_day";
        assert_eq!(one(|set| set.quarantine.early_end[0].earliest_day = 11), [early]);
        let codes = |set: &mut RuleSet, code: &str| {
            set.quarantine.exemptions.grounds[0].codes.push(code.to_owned());
        };
        assert_eq!(pointers(|set| codes(set, "3001"), None), ["/quarantine/exemptions/grounds/0/codes"]);
        assert_eq!(pointers(|set| codes(set, "2001"), None), ["/quarantine/exemptions/grounds/0/codes"]);
        assert_eq!(pointers(|set| codes(set, "2008"), None), ["/quarantine/exemptions/grounds/7/codes"]);
        let window = "/quarantine/tests/0/by_day";
        assert_eq!(one(|set| set.quarantine.tests[0].from_day = 9), [window]);
        assert_eq!(one(|set| set.follow_up.sample_permille = 1_001), ["/follow_up/sample_permille"]);
    }
}
