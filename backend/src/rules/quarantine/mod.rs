//! What an entry owes, by the rule sets: obligation, dates, tests, hotel; each with its reason and rule set.
//!
//! The choices where the regulation leaves one, all to the side of the obligation:
//! - Only the day of arrival is known, not its hour. "10 days after arrival" is therefore the whole of day 10 (arrival
//!   is day 0), and a test "at the earliest 7 days after arrival" may be taken on day 7.
//! - The set in force on the Norwegian day of arrival governs, unless a later one says that it reaches ongoing
//!   quarantines. A quarantine that is over is never opened again by a new set.
//! - A code that no list knows exempts nobody and releases nobody from the hotel; it is flagged.
//! - Quarantine that ends by a test ends when its answer came. Where that moment is unknown, the day of the test counts
//!   to its end. A pending answer ends nothing, nor does an antigen test, nor one whose day is only the laboratory's.
//! - After a positive test no negative one ends quarantine; isolation is for the municipal doctor to decide.
//! - Who has left Norway owes nothing here from the day after; who comes back begins anew at day 0.

pub mod check;
pub mod compare;
mod ending;
mod facts;
mod obligation;
mod place;
mod sets;
pub mod shipped;
mod tests_owed;
pub mod vectors;

pub use api::quarantine::{Assessment, Explanation, QuarantineFacts as Facts, TestFact, TestOutcome, WhatIf};
pub use facts::facts_of;
pub use sets::RuleSets;

use super::moments::{norwegian_day_of, norwegian_start_of};
use api::quarantine::{QuarantineEnd, QuarantineStart};
use events::rule_set::{Obligation, Ongoing, RuleSet, TestKind, When};
use jiff::civil::Date;
use jiff::{Span, Timestamp};

/// What an entry owes at a moment. The same sets, facts and moment give the same answer for ever.
pub fn assess(sets: &RuleSets, facts: &Facts, now: Timestamp) -> Assessment {
    let today = norwegian_day_of(now);
    let (tests, ahead): (Vec<TestFact>, Vec<TestFact>) =
        facts.tests.iter().partition(|test| test.taken_on <= today);
    let mut told = judge(sets, facts, &tests, today);
    if let Some(test) = ahead.first() {
        let flag = explain(None, "test-in-future", &[("day", test.taken_on.to_string())]);
        told.flags.push(flag);
    }
    told.over = told.ends.as_ref().is_some_and(|end| end.at <= now);
    told
}

/// What it would owe if these tests were taken too; they may lie in the future.
pub fn what_if(sets: &RuleSets, facts: &Facts, hypothetical: &[TestFact], now: Timestamp) -> Assessment {
    let then = hypothetical.iter().map(|test| test.taken_on).max();
    let known = facts.tests.iter().filter(|test| test.taken_on <= norwegian_day_of(now));
    let tests: Vec<TestFact> = known.chain(hypothetical).copied().collect();
    let today = then.unwrap_or(Date::MIN).max(norwegian_day_of(now));
    judge(sets, facts, &tests, today)
}

/// What one negative PCR test would change, for the days on which it could be of use: days 3, 5 and 7 and those that
/// the rules name. Days that are over are left out, and everything where quarantine is.
pub fn choices(sets: &RuleSets, facts: &Facts, now: Timestamp) -> Vec<WhatIf> {
    let told = assess(sets, facts, now);
    let Some(end) = told.ends.as_ref().filter(|end| now < end.at) else { return Vec::new() };
    let Some(rules) = told.rule_set.as_deref().and_then(|name| sets.named(name)) else { return Vec::new() };
    let mut days = vec![3, 5, 7];
    days.extend(rules.quarantine.early_end.iter().map(|early| early.earliest_day));
    days.extend(told.hotel.iter().filter_map(|hotel| days_after(told.start.on, hotel.test_from?)));
    days.sort_unstable();
    days.dedup();
    let today = norwegian_day_of(now);
    let days = days.into_iter().map(|day| (day, day_after(told.start.on, day)));
    let useful = days.filter(|(_, on)| today <= *on && *on <= end.on);
    useful.filter_map(|(day, on)| choice(sets, facts, (day, on), &told, now)).collect()
}

fn choice(
    sets: &RuleSets,
    facts: &Facts,
    (day, on): (u16, Date),
    told: &Assessment,
    now: Timestamp,
) -> Option<WhatIf> {
    let test = TestFact {
        taken_on: on,
        taken_on_substituted: false,
        outcome: TestOutcome::Negative,
        answered_at: None,
        kind: TestKind::Pcr,
    };
    let then = what_if(sets, facts, &[test], now);
    let ends = then.ends?;
    let shortens = told.ends.as_ref().is_some_and(|end| ends.at < end.at);
    let hotel_at = |duty: &Option<api::quarantine::HotelDuty>| duty.as_ref().map(|duty| duty.at);
    let shortens_hotel = hotel_at(&then.hotel) < hotel_at(&told.hotel);
    Some(WhatIf { day, on, ends, hotel: then.hotel, shortens, shortens_hotel })
}

/// The governing set, and what it says: that of the day of arrival, then each later one that reaches ongoing
/// quarantines and comes before this one is over.
fn judge(sets: &RuleSets, facts: &Facts, tests: &[TestFact], today: Date) -> Assessment {
    let (start, start_why) = start_of(facts);
    let Some(first) = sets.on(start) else { return ungoverned(start, start_why) };
    let mut told = under(first, facts, tests, today);
    for later in sets.after(start).filter(|set| set.ongoing == Ongoing::Affected) {
        // An exemption has no end; it lasts as long as quarantine would.
        let horizon = told
            .ends
            .as_ref()
            .map_or_else(|| end_of(day_after(start, first.quarantine.length_days)), |end| end.at);
        if norwegian_start_of(later.valid_from) >= horizon {
            continue;
        }
        let before = told.rule_set.take().unwrap_or_default();
        told = under(later, facts, tests, today);
        let parameters =
            [("before", before), ("after", later.name.clone()), ("day", later.valid_from.to_string())];
        told.why.push(explain(Some(later), "rules-changed-during-stay", &parameters));
    }
    told
}

fn ungoverned(start: Date, why: Explanation) -> Assessment {
    let no_rules = explain(None, "no-rule-set", &[("day", start.to_string())]);
    Assessment {
        rule_set: None,
        obligation: Obligation::Unknown,
        why: vec![no_rules.clone()],
        start: QuarantineStart { on: start, why },
        ends: None,
        over: false,
        early_end: None,
        hotel: None,
        tests: Vec::new(),
        flags: vec![no_rules],
    }
}

/// What one set says.
fn under(set: &RuleSet, facts: &Facts, tests: &[TestFact], today: Date) -> Assessment {
    let (start, start_why) = start_of(facts);
    let mut flags = Vec::new();
    if facts.arrival.is_none() && facts.reentered.is_none() {
        flags.push(explain(Some(set), "arrival-not-told", &[]));
    }
    let (owed, why) = obligation::owed(set, facts, &mut flags);
    let case = Case { set, facts, tests, start, owed };
    let ending = (owed != Obligation::Exempt).then(|| ending::ending(&case, &mut flags));
    let (ends, early_end) = ending.map_or((None, None), |(end, offer)| (Some(end), offer));
    let hotel = ends.as_ref().and_then(|end| place::hotel(&case, end, today, &mut flags));
    let tests = tests_owed::owed(&case, ends.as_ref(), today);
    let start_why = Explanation { rule_set: Some(set.name.clone()), ..start_why };
    Assessment {
        rule_set: Some(set.name.clone()),
        obligation: owed,
        why,
        start: QuarantineStart { on: start, why: start_why },
        ends,
        over: false,
        early_end,
        hotel,
        tests,
        flags,
    }
}

/// Day 0: the later of arrival and re-entry.
fn start_of(facts: &Facts) -> (Date, Explanation) {
    let (on, code) = match (facts.arrival, facts.reentered) {
        (Some(arrival), Some(again)) if again > arrival => (again, "start-reentry"),
        (None, Some(again)) => (again, "start-reentry"),
        (Some(arrival), _) => (arrival, "start-arrival"),
        (None, None) => (norwegian_day_of(facts.registered_at), "start-registration"),
    };
    (on, explain(None, code, &[("day", on.to_string())]))
}

/// One entry under one set, as the parts of the assessment look at it.
struct Case<'a> {
    set: &'a RuleSet,
    facts: &'a Facts,
    tests: &'a [TestFact],
    start: Date,
    owed: Obligation,
}

impl Case<'_> {
    fn day(&self, number: u16) -> Date {
        day_after(self.start, number)
    }

    fn fits(&self, when: &When) -> bool {
        let facts = self.facts;
        let among = |codes: &[String], told: &Option<String>| {
            codes.is_empty() || told.as_ref().is_some_and(|told| codes.contains(told))
        };
        let country = when.countries.is_empty()
            || facts.country.as_ref().is_some_and(|told| {
                when.countries.iter().any(|country| country.to_lowercase() == told.to_lowercase())
            });
        (when.obligations.is_empty() || when.obligations.contains(&self.owed))
            && among(&when.exemption_codes, &facts.exemption_code)
            && among(&when.detail_codes, &facts.detail_code)
            && among(&when.place_codes, &facts.place_code)
            && country
            && (!when.unnecessary_leisure || facts.leisure == Some(true) && facts.necessary != Some(true))
            && when.employer_place.is_none_or(|wanted| facts.employer_place == Some(wanted))
            && (!when.referred_to_hotel || facts.referred_to_hotel)
    }

    fn explain(&self, code: &str, parameters: &[(&str, String)], source: &str) -> Explanation {
        let source = (!source.is_empty()).then(|| source.to_owned());
        Explanation { source, ..explain(Some(self.set), code, parameters) }
    }
}

fn explain(set: Option<&RuleSet>, code: &str, parameters: &[(&str, String)]) -> Explanation {
    Explanation {
        code: code.to_owned(),
        parameters: parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        rule_set: set.map(|set| set.name.clone()),
        source: None,
    }
}

fn day_after(start: Date, days: u16) -> Date {
    start.saturating_add(Span::new().days(days))
}

fn days_after(start: Date, day: Date) -> Option<u16> {
    u16::try_from(day.duration_since(start).as_hours() / 24).ok()
}

/// The first moment after a Norwegian day.
fn end_of(day: Date) -> Timestamp {
    norwegian_start_of(day_after(day, 1))
}

/// An end at the close of a day.
fn at_close_of(on: Date, why: Explanation) -> QuarantineEnd {
    QuarantineEnd { on, at: end_of(on), why }
}

#[cfg(test)]
#[path = "quarantine_tests.rs"]
mod tests;
