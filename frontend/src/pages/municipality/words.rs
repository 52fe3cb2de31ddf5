//! What a row says, in words.

use super::own;
use crate::codes;
use crate::format::moment_short;
use crate::language::{language, tr, tr_with};
use crate::moment::now;
use crate::municipalities;
use crate::parts::outcome::word;
use api::municipality::{Due, LastCall, Move, PlainCall, Stay};
use events::call::ContactResult;
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
    let contact = call.contact.map_or_else(|| tr("call-not-concluded"), |contact| word("contact", &contact));
    let key = format!("last-call-{}", codes::wire_name(&call.direction));
    let mut lines = vec![tr_with(&key, &[("moment", moment(call.at)), ("contact", contact.into())])];
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

fn moment(at: jiff::Timestamp) -> texts::Arg {
    moment_short(language(), at).into()
}
