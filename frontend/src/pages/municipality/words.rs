//! What a row says, in words.

use super::own;
use crate::codes;
use crate::format::{date_prose, date_short, moment_prose, moment_short};
use crate::language::{language, tr, tr_with};
use crate::moment::{local, now};
use crate::municipalities;
use crate::parts::outcome::word;
use api::municipality::{Due, LastCall, Move, PlainCall, Stay};
use events::call::{CallDirection, ContactResult};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use leptos::prelude::*;

/// Lines under one another; nothing when there are none.
pub(super) fn list(lines: Vec<String>) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let lines: Vec<AnyView> = lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect();
    view! { <ul class="plain">{lines}</ul> }.into_any()
}

/// That there is nothing to tell.
pub(super) fn nothing(key: &str) -> AnyView {
    view! { <span class="subtle">{tr(key)}</span> }.into_any()
}

/// Where somebody stays.
pub(super) fn stay(stay: &Stay) -> Vec<String> {
    let place = stay.place.as_deref().map(codes::place_short);
    let address =
        [&stay.address, &stay.postcode].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let lines = [place, stay.name.clone(), Some(address).filter(|address| !address.is_empty())];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    if lines.is_empty() { vec![tr("not-told")] } else { lines }
}

/// The last call, with what it came to.
pub(super) fn call(call: &LastCall) -> Vec<String> {
    let key = format!("last-call-{}", codes::wire_name(&call.direction));
    let mut lines = vec![tr_with(&key, &[("moment", moment(call.at))])];
    // Whoever rings has been reached; only another word about it is news.
    let said = match (call.direction, call.contact) {
        (CallDirection::Inbound, Some(ContactResult::Answered)) => None,
        (_, Some(contact)) => Some(word("contact", &contact)),
        (_, None) => Some(tr("call-not-concluded")),
    };
    lines.extend(said);
    lines.extend(call.assessment.map(|assessment| word("assessment", &assessment)));
    lines.extend(call.breach_grounds.iter().map(|ground| word("breach", ground)));
    lines.extend(call.corrected.then(|| tr("last-call-corrected")));
    lines
}

/// The last call, without what it came to: only whether somebody was reached.
pub(super) fn plain_call(call: &PlainCall) -> String {
    let key = match call.contact {
        None => "plain-call",
        Some(contact) if reached(contact) => "plain-call-reached",
        Some(_) => "plain-call-not-reached",
    };
    tr_with(key, &[("moment", moment(call.at))])
}

fn reached(contact: ContactResult) -> bool {
    use ContactResult::{
        Answered, Busy, CallBackRequested, HungUp, LanguageBarrier, NoAnswer, NumberNotInService, Refused,
        ThirdParty, VoicemailLeft, WrongNumber,
    };
    match contact {
        Answered | CallBackRequested | HungUp | LanguageBarrier | Refused => true,
        Busy | NoAnswer | NumberNotInService | ThirdParty | VoicemailLeft | WrongNumber => false,
    }
}

/// The last day of a quarantine that ends with the day; otherwise the moment it ends counts.
fn last_day(ends: Timestamp) -> Option<Date> {
    let there = local(ends);
    let with_the_day = there.time() == Time::midnight();
    with_the_day.then(|| there.date().yesterday().ok()).flatten()
}

/// Until when, in a table.
pub(super) fn until(ends: Timestamp) -> String {
    last_day(ends).map_or_else(|| moment_short(language(), ends), date_short)
}

/// Until when, in running text.
pub(super) fn until_prose(ends: Timestamp) -> String {
    last_day(ends).map_or_else(|| moment_prose(language(), ends), |day| date_prose(language(), day))
}

/// What the control centre does next.
pub(super) fn due(due: &Due) -> Vec<String> {
    let later = due.at.filter(|at| *at > now());
    let when = later.map(|at| tr_with("due-from", &[("moment", moment(at))]));
    [Some(word("due", &due.step)), when].into_iter().flatten().collect()
}

/// Where an entry came from or went to, and why.
pub(super) fn moved(moved: &Move) -> String {
    let own = own();
    let place = |number: &Option<String>| {
        number.as_deref().map_or_else(|| tr("nav-workbench"), municipalities::name).into()
    };
    let key = match (&moved.from, &moved.to) {
        (_, to) if *to == own => "moved-here",
        (from, _) if *from == own => "moved-away",
        _ => "moved-between",
    };
    let values = [
        ("from", place(&moved.from)),
        ("to", place(&moved.to)),
        ("moment", moment(moved.at)),
        ("why", word("moved-why", &moved.why).into()),
    ];
    let told = tr_with(key, &values);
    match &moved.words {
        None => told,
        Some(words) => {
            format!("{told} {}", tr_with("timeline-reason", &[("reason", words.0.as_str().into())]))
        }
    }
}

fn moment(at: Timestamp) -> texts::Arg {
    moment_short(language(), at).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_quarantine_that_ends_at_midnight_lasts_until_and_with_the_day_before() {
        for (ends, day) in [
            ("2021-03-27T23:00:00Z", Some(date(2021, 3, 27))),
            ("2021-03-28T22:00:00Z", Some(date(2021, 3, 28))),
            ("2021-03-28T12:10:00Z", None),
        ] {
            assert_eq!(last_day(ends.parse().unwrap()), day, "{ends}");
        }
    }
}
