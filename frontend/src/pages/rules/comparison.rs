//! In what two rule sets differ.

use super::{Sets, choose_set};
use crate::client;
use crate::codes::{self, wire_name};
use crate::language::{Key, tr};
use crate::loading::{Load, Loader};
use crate::parts::failure::FailureText;
use crate::parts::section::section;
use crate::parts::table::{Column, table};
use crate::{query, t};
use api::rule_sets::{RuleSetComparison, RuleSetDifference, RuleTopic};
use leptos::prelude::*;
use serde_json::Value;

const COLUMNS: &[Column] = &[
    (Key("rules-topic"), ""),
    (Key("rules-subject"), ""),
    (Key("rules-compare-a"), ""),
    (Key("rules-compare-b"), ""),
];

/// The section.
pub fn comparison(sets: Sets) -> AnyView {
    let (a, b) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let answer = Loader::<RuleSetComparison>::new();
    let ask = {
        let answer = answer.clone();
        move || {
            let (a, b) = (a.get_untracked(), b.get_untracked());
            if a.is_empty() || b.is_empty() {
                return;
            }
            let path = format!("/rule-sets/{}/compare/{}", query::escape(&a), query::escape(&b));
            answer.load(async move { client::get(&path).await });
        }
    };
    let choose = |side: RwSignal<String>| {
        let ask = ask.clone();
        Callback::new(move |name: String| {
            side.set(name);
            ask();
        })
    };
    let fields = view! {
        <div class="route-form narrow">
            {choose_set("rules-a", Key("rules-compare-a"), sets, choose(a))}
            {choose_set("rules-b", Key("rules-compare-b"), sets, choose(b))}
        </div>
    };
    let state = answer.state();
    let chosen = move || !a.read().is_empty() && !b.read().is_empty();
    let shown = move || match state.get() {
        _ if !chosen() => ().into_any(),
        Load::Loading => view! { <p role="status">{t!("loading")}</p> }.into_any(),
        Load::Failed(failure) => {
            view! { <div class="ds-alert" data-color="danger"><FailureText failure /></div> }.into_any()
        }
        Load::Ready(told) if told.differences.is_empty() => {
            view! { <p role="status">{t!("rules-same")}</p> }.into_any()
        }
        Load::Ready(told) => differences(told),
    };
    let content = view! { {fields} <div data-testid="rules-comparison">{shown}</div> };
    section("rules-compare", Key("rules-compare"), content.into_any())
}

fn differences(told: RuleSetComparison) -> AnyView {
    let rows = Callback::new(move |()| told.differences.iter().map(row).collect());
    table("rules-differences-caption", Key("rules-differences"), COLUMNS, rows)
}

fn row(one: &RuleSetDifference) -> Vec<AnyView> {
    let topic = tr(&format!("rules-topic-{}", wire_name(&one.topic)));
    vec![
        topic.into_any(),
        subject(one).into_any(),
        said(one.a.as_ref()).into_any(),
        said(one.b.as_ref()).into_any(),
    ]
}

fn subject(one: &RuleSetDifference) -> String {
    match one.topic {
        RuleTopic::ExemptionGround
        | RuleTopic::ExemptionDetail
        | RuleTopic::LeisureTimePlace
        | RuleTopic::PlaceCode => format!("{} {}", one.subject, codes::code(&one.subject)),
        RuleTopic::Validity
        | RuleTopic::Length
        | RuleTopic::EarlyEnd
        | RuleTopic::PlaceRule
        | RuleTopic::Test
        | RuleTopic::FollowUp => one.subject.clone(),
    }
}

/// What a set says, as it stands in it: whoever compares rule sets knows their words.
fn said(value: Option<&Value>) -> String {
    match value {
        None => "–".to_owned(),
        Some(Value::Bool(yes)) => tr(if *yes { "yes" } else { "no" }),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
