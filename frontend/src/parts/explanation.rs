//! Why something is owed, in words: the server tells a code and its values, the texts make a sentence of them.

use crate::codes;
use crate::format::date_prose;
use crate::language::{language, tr_with};
use api::quarantine::Explanation;
use leptos::prelude::*;
use texts::Arg;

/// Values that stand as they are, though some look like days: names of rule sets may be days.
const AS_THEY_ARE: [&str; 4] = ["before", "after", "name", "level"];

/// The sentence; the code itself for one that nobody has put into words.
pub fn sentence(why: &Explanation) -> String {
    let mut args: Vec<(&str, Arg)> =
        why.parameters.iter().map(|(name, value)| (name.as_str(), in_words(name, value))).collect();
    // What a code means stands beside it.
    if let Some(code) = why.parameters.get("code") {
        args.push(("meaning", codes::code(code).into()));
    }
    texts::find(language(), &format!("quarantine-why-{}", why.code), &args)
        .unwrap_or_else(|| why.code.clone())
}

fn in_words(name: &str, value: &str) -> Arg {
    if AS_THEY_ARE.contains(&name) {
        return value.into();
    }
    if name == "place" {
        return codes::code(value).into();
    }
    match (value.parse::<jiff::civil::Date>(), value.parse::<u64>()) {
        (Ok(day), _) => date_prose(language(), day).into(),
        (_, Ok(number)) if name != "code" => number.into(),
        _ => value.into(),
    }
}

/// Which rule set it follows from, and the paragraph when the rule names one.
pub fn origin(why: &Explanation) -> AnyView {
    let Some(rule_set) = why.rule_set.clone() else { return ().into_any() };
    let source = why.source.clone().map(|source| format!(": {source}")).unwrap_or_default();
    let words = tr_with("quarantine-rule-set", &[("name", rule_set.into())]);
    view! { <p class="echo"><a class="ds-link" href="/rules">{words}</a>{source}</p> }.into_any()
}
