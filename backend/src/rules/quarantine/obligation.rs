//! What is owed, by the codes the traveller chose.

use super::{Facts, explain};
use api::quarantine::Explanation;
use events::rule_set::{CodeEffect, Effect, Obligation, RuleSet};

/// What the source sends where nothing was chosen.
const NOT_CHOSEN: &str = "0";

/// What is owed and why. An exemption needs a ground that the set knows; everything else is quarantine.
pub(super) fn owed(
    set: &RuleSet,
    facts: &Facts,
    flags: &mut Vec<Explanation>,
) -> (Obligation, Vec<Explanation>) {
    let full = |code: &str, parameters: &[(&str, String)]| {
        (Obligation::Full, vec![explain(Some(set), code, parameters)])
    };
    let ground = chosen(&facts.exemption_code);
    let detail = chosen(&facts.detail_code);
    match facts.obligation_code.as_deref() {
        Some("1002") => exemption(set, facts, (ground, detail), flags),
        Some("1001") => {
            if ground.or(detail).is_some() {
                flags.push(explain(Some(set), "codes-conflict", &[]));
            }
            full("obligation-full", &[])
        }
        None | Some(NOT_CHOSEN) => {
            let told = full("obligation-not-told", &[]);
            flags.extend(told.1.clone());
            told
        }
        Some(unknown) => {
            let parameters = [("level", "1".to_owned()), ("code", unknown.to_owned())];
            flags.push(explain(Some(set), "unknown-code", &parameters));
            full("obligation-unknown-code", &parameters)
        }
    }
}

fn exemption(
    set: &RuleSet,
    facts: &Facts,
    (ground, detail): (Option<&str>, Option<&str>),
    flags: &mut Vec<Explanation>,
) -> (Obligation, Vec<Explanation>) {
    let lists = &set.quarantine.exemptions;
    let Some(ground) = ground else {
        let why = explain(Some(set), "obligation-no-ground", &[]);
        flags.push(why.clone());
        return (Obligation::Full, vec![why]);
    };
    let by_ground = effect_of(&lists.grounds, ground);
    let by_detail = detail.map(|detail| (detail, effect_of(&lists.details, detail)));
    let unknown = match (by_ground, by_detail) {
        (None, _) => Some(("2", ground)),
        (_, Some((detail, None))) => Some(("3", detail)),
        (Some(_), None | Some((_, Some(_)))) => None,
    };
    if let Some((level, code)) = unknown {
        let parameters = [("level", level.to_owned()), ("code", code.to_owned())];
        flags.push(explain(Some(set), "unknown-code", &parameters));
        return (Obligation::Full, vec![explain(Some(set), "obligation-unknown-code", &parameters)]);
    }
    let Some(entry) = by_detail.and_then(|(_, effect)| effect).or(by_ground) else {
        return (Obligation::Full, Vec::new());
    };
    let place = chosen(&facts.place_code)
        .filter(|place| lists.leisure_time_places.iter().any(|leisure| leisure == place));
    let code = detail.unwrap_or(ground).to_owned();
    let told = |code: &str, parameters: &[(&str, String)]| {
        let source = Some(entry.source.clone()).filter(|source| !source.is_empty());
        vec![Explanation { source, ..explain(Some(set), code, parameters) }]
    };
    match (entry.effect, place) {
        (Effect::Wholly, None) => (Obligation::Exempt, told("exempt", &[("code", code)])),
        // The traveller chose a place for quarantine in leisure time, and so has not said to be wholly exempt.
        (Effect::Wholly, Some(place)) => {
            let parameters = [("code", code), ("place", place.to_owned())];
            (Obligation::LeisureTime, told("leisure-time-place", &parameters))
        }
        (Effect::Partly, _) => (Obligation::LeisureTime, told("leisure-time", &[("code", code)])),
    }
}

fn effect_of<'a>(lists: &'a [CodeEffect], code: &str) -> Option<&'a CodeEffect> {
    lists.iter().find(|list| list.codes.iter().any(|listed| listed == code))
}

pub(super) fn chosen(code: &Option<String>) -> Option<&str> {
    code.as_deref().filter(|code| *code != NOT_CHOSEN)
}
