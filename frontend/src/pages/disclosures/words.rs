//! A disclosure in words.

use crate::codes::wire_name;
use crate::format::{moment_short, number};
use crate::language::{language, tr, tr_count, tr_with};
use crate::municipalities;
use api::disclosures::{CONTROL_CENTRE, Disclosure, DisclosureKind, Purpose, Shown};
use jiff::Timestamp;

pub(super) fn at(at: Timestamp) -> String {
    moment_short(language(), at)
}

pub(super) fn count(count: u64) -> String {
    number(language(), count)
}

pub(super) fn role(role: &str) -> String {
    texts::find(language(), &format!("role-{role}"), &[]).unwrap_or_else(|| role.to_owned())
}

pub(super) fn kind(kind: DisclosureKind) -> String {
    tr(&format!("disclosure-{}", wire_name(&kind)))
}

pub(super) fn shown(shown: Shown) -> String {
    tr(&format!("shown-{}", wire_name(&shown)))
}

pub(super) fn what(one: &Disclosure) -> String {
    tr_with("disclosure-what", &[("kind", kind(one.kind).into()), ("shown", shown(one.shown).into())])
}

pub(super) fn purpose(purpose: Purpose) -> String {
    tr(&format!("purpose-{}", wire_name(&purpose)))
}

pub(super) fn legal_basis(code: &str) -> String {
    texts::find(language(), &format!("legal-basis-{code}"), &[]).unwrap_or_else(|| code.to_owned())
}

pub(super) fn receiver(receiver: &str) -> String {
    match receiver {
        CONTROL_CENTRE => tr("receiver-control-centre"),
        number if number.len() == 4 => municipalities::label_of(number),
        number if number.len() == 9 => crate::format::org_number(number),
        other => other.to_owned(),
    }
}

/// Why somebody looked beyond what is shown anyway.
pub(super) fn reason(one: &Disclosure) -> Option<String> {
    let ground = one.ground.as_ref()?;
    let ground = texts::find(language(), &format!("ground-{ground}"), &[]).unwrap_or_else(|| ground.clone());
    Some(match &one.words {
        Some(words) => format!("{ground}: {words}"),
        None => ground,
    })
}

pub(super) fn others(others: u64) -> String {
    tr_count("disclosures-others", others)
}
