//! Anonymous counts: what is counted by what, and which counts are too small to be told.
//!
//! A count to which fewer than five entries contribute could be about somebody. It is held back, and so is as much
//! more as it takes that nobody can find it by subtracting the others from the total.

use events::call::ContactResult;
use events::record::FollowUpStatus;
use events::referral::InspectionOutcome;
use events::result::ResultClass;
use events::retention::StatisticsTable;
use events::{EntryEvent, referral_event};
use std::collections::BTreeMap;

use super::entry::EntryState;
use super::results::EffectiveSample;

/// Counts to which fewer entries contribute are not told.
pub const FEWEST_ENTRIES: u64 = 5;
/// What stands in a cell for "the source did not say".
const NOT_TOLD: &str = "not-told";
/// Longest code that is taken as one.
const CODE_LENGTH_MAX: usize = 4;
/// Longest name of a country that is taken as one.
const COUNTRY_LENGTH_MAX: usize = 40;

/// A count, and how many entries contribute to it.
#[derive(Clone, Copy, Default)]
struct Cell {
    count: u64,
    entries: u64,
}

/// What an event is counted as.
fn measure(event: &EntryEvent) -> Option<&'static str> {
    match event {
        EntryEvent::Updated(_) => Some("updates"),
        EntryEvent::Dialled(_) => Some("calls"),
        EntryEvent::MessageOrdered(_) => Some("messages"),
        EntryEvent::Registered(_)
        | EntryEvent::ReferenceCodeJoined(_)
        | EntryEvent::Routed(_)
        | EntryEvent::Declined(_)
        | EntryEvent::EndRequested(_)
        | EntryEvent::EndWithdrawn(_)
        | EntryEvent::EndConfirmed(_)
        | EntryEvent::Concluded(_)
        | EntryEvent::Corrected(_)
        | EntryEvent::Undone(_)
        | EntryEvent::Skipped(_)
        | EntryEvent::Directed(_)
        | EntryEvent::Reviewed(_)
        | EntryEvent::NumberMarkedWrong(_)
        | EntryEvent::MessageReported(_)
        | EntryEvent::MessageStopped(_)
        | EntryEvent::IdentityAssigned(_)
        | EntryEvent::IdentityWithdrawn(_)
        | EntryEvent::Joined(_)
        | EntryEvent::Separated(_)
        | EntryEvent::Protection(_)
        | EntryEvent::ResultReceived(_)
        | EntryEvent::ResultLookedUp(_)
        | EntryEvent::ResultCorrected(_)
        | EntryEvent::CorrectionSettled(_)
        | EntryEvent::HotelCheckedIn(_)
        | EntryEvent::HotelCheckedOut(_)
        | referral_event!() => None,
    }
}

/// What the calls came to in the end, corrections and all: in the published vocabulary, and what it leads to.
fn outcomes(state: &EntryState) -> impl Iterator<Item = &'static str> {
    let said = state.calls.attempts.iter().filter_map(|attempt| attempt.concluded.as_ref());
    said.flat_map(|said| {
        let answered = (said.outcome.contact == ContactResult::Answered).then_some("conversations");
        let employer = said.outcome.employer_failure_suspected.then_some("employer-failures-suspected");
        let status = match said.outcome.status() {
            FollowUpStatus::Ok => "outcomes-ok",
            FollowUpStatus::NotOk => "outcomes-not-ok",
            FollowUpStatus::NoAnswer => "outcomes-no-answer",
            FollowUpStatus::NotSet => "outcomes-not-set",
        };
        answered.into_iter().chain(employer).chain([status])
    })
}

/// What the samples came to in the end, revisions and all.
fn answers(state: &EntryState) -> impl Iterator<Item = &'static str> {
    let samples = state.results.samples.effective().into_iter().filter(EffectiveSample::is_answered);
    samples.map(|sample| match sample.class {
        ResultClass::Detected => "results-detected",
        ResultClass::NotDetected => "results-not-detected",
        ResultClass::Inconclusive => "results-inconclusive",
        ResultClass::Unknown => "results-unknown",
    })
}

/// What was told the labour inspectorate, and what came of it there.
fn referrals(state: &EntryState) -> impl Iterator<Item = &'static str> {
    state.referrals.0.iter().flat_map(|referral| {
        let closed = referral.closed.as_ref().map(|closed| match closed.outcome {
            InspectionOutcome::NothingFound => "inspections-nothing-found",
            InspectionOutcome::Guided => "inspections-guided",
            InspectionOutcome::Ordered => "inspections-ordered",
            InspectionOutcome::Stopped => "inspections-stopped",
            InspectionOutcome::Fined => "inspections-fined",
            InspectionOutcome::Reported => "inspections-reported",
            InspectionOutcome::KnownAlready => "inspections-known-already",
            InspectionOutcome::PassedOn => "inspections-passed-on",
            InspectionOutcome::NotFollowedUp => "inspections-not-followed-up",
        });
        std::iter::once("referrals").chain(closed)
    })
}

/// Counts on their way, by measure and attribute.
#[derive(Default)]
pub struct Counts(BTreeMap<(&'static str, &'static str), BTreeMap<String, Cell>>);

impl Counts {
    /// Counts one entry with all that happened to it.
    pub fn add(&mut self, state: &EntryState, events: &[EntryEvent]) {
        let attributes = [
            ("municipality", code(state.routing.responsible_municipality.as_deref())),
            ("country-of-departure", country(state.record.trip.country_of_departure.as_deref())),
            ("quarantine-type", quarantine_type(state)),
        ];
        let mut measures = BTreeMap::from([("entries", 1)]);
        for measure in events.iter().filter_map(measure).chain(outcomes(state)) {
            *measures.entry(measure).or_default() += 1;
        }
        for measure in answers(state).chain(referrals(state)) {
            *measures.entry(measure).or_default() += 1;
        }
        let sent = state.calls.messages.iter().filter(|message| !message.stopped).count();
        if sent > 0 {
            measures.insert("messages", sent as u64);
        }
        for (measure, n) in measures {
            for (by, value) in &attributes {
                let cell = self.0.entry((measure, by)).or_default().entry(value.clone()).or_default();
                cell.count += n;
                cell.entries += 1;
            }
        }
    }

    /// The tables, with what is too small held back.
    pub fn tables(self) -> Vec<StatisticsTable> {
        self.0.into_iter().map(|((measure, by), cells)| table(measure, by, &cells)).collect()
    }
}

fn table(measure: &str, by: &str, cells: &BTreeMap<String, Cell>) -> StatisticsTable {
    let entries: u64 = cells.values().map(|cell| cell.entries).sum();
    let total = cells.values().map(|cell| cell.count).sum();
    let told = told(cells);
    StatisticsTable {
        measure: measure.to_owned(),
        by: by.to_owned(),
        total: (entries >= FEWEST_ENTRIES).then_some(total),
        suppressed: (cells.len() - told.len()) as u64,
        cells: told,
    }
}

/// The cells that may be told. Those held back are at least two, of at least five entries, or there are none.
fn told(cells: &BTreeMap<String, Cell>) -> BTreeMap<String, u64> {
    let mut by_size: Vec<(&String, &Cell)> = cells.iter().collect();
    by_size.sort_by_key(|(value, cell)| (cell.entries, *value));
    let mut held_back = by_size.iter().take_while(|(_, cell)| cell.entries < FEWEST_ENTRIES).count();
    let enough = |held_back: usize| {
        let entries: u64 = by_size[..held_back].iter().map(|(_, cell)| cell.entries).sum();
        held_back == 0 || (held_back >= 2 && entries >= FEWEST_ENTRIES)
    };
    while held_back < by_size.len() && !enough(held_back) {
        held_back += 1;
    }
    by_size[held_back..].iter().map(|(value, cell)| ((*value).clone(), cell.count)).collect()
}

fn code(code: Option<&str>) -> String {
    let is_code = |code: &&str| {
        !code.is_empty() && code.len() <= CODE_LENGTH_MAX && code.chars().all(|c| c.is_ascii_digit())
    };
    code.filter(is_code).unwrap_or(NOT_TOLD).to_owned()
}

/// A country as the source names it. What fewer than five say is held back like any other small count.
fn country(country: Option<&str>) -> String {
    let is_name = |name: &&str| {
        !name.is_empty()
            && name.chars().count() <= COUNTRY_LENGTH_MAX
            && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '(' | ')'))
    };
    country.map(str::trim).filter(is_name).unwrap_or(NOT_TOLD).to_owned()
}

/// The obligation and the kind of place, by their codes.
fn quarantine_type(state: &EntryState) -> String {
    let quarantine = &state.record.quarantine;
    match quarantine.obligation_code.as_deref() {
        None => NOT_TOLD.to_owned(),
        Some(obligation) => match quarantine.place_code.as_deref() {
            Some(place) => format!("{}/{}", code(Some(obligation)), code(Some(place))),
            None => code(Some(obligation)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(entries: &[u64]) -> BTreeMap<String, Cell> {
        let cell =
            |(n, entries): (usize, &u64)| (format!("{n:04}"), Cell { count: 3 * entries, entries: *entries });
        entries.iter().enumerate().map(cell).collect()
    }

    #[test]
    fn a_single_small_count_takes_the_next_one_with_it() {
        assert_eq!(told(&cells(&[3, 7, 20])), BTreeMap::from([("0002".to_owned(), 60)]));
        assert_eq!(told(&cells(&[7, 20])).len(), 2);
        assert_eq!(told(&cells(&[1, 1, 30])).len(), 0, "two ones are told by the total less the rest");
        assert_eq!(told(&cells(&[4, 4, 30])).len(), 1);
        assert_eq!(told(&cells(&[3])).len(), 0);
    }

    proptest! {
        #[test]
        fn nothing_small_can_be_found_by_subtraction(counts in proptest::collection::vec(1_u64..40, 0..12)) {
            let all = cells(&counts);
            let table = table("updates", "municipality", &all);
            prop_assert!(table.cells.keys().all(|value| all[value].entries >= FEWEST_ENTRIES));
            let held_back: u64 =
                all.iter().filter(|(value, _)| !table.cells.contains_key(*value)).map(|(_, cell)| cell.entries).sum();
            match table.suppressed {
                0 => prop_assert_eq!(held_back, 0),
                1 => prop_assert_eq!(all.len(), 1, "one alone is found by subtraction"),
                _ => prop_assert!(held_back >= FEWEST_ENTRIES || table.total.is_none()),
            }
        }
    }
}
