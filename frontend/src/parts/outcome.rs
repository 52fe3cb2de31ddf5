//! What a call came to, in words.

use crate::codes::{language_name, wire_name};
use crate::format::moment_prose;
use crate::language::{language, tr, tr_with};
use crate::script::{self, Files};
use crate::t;
use events::Personal;
use events::call::{Answer, CallOutcome};
use leptos::prelude::*;
use serde::Serialize;

/// A value of the vocabulary in words: `contact-busy`, `breach-working`.
pub fn word<T: Serialize>(kind: &str, value: &T) -> String {
    tr(&format!("{kind}-{}", wire_name(value)))
}

/// The outcome; in its place, that one may not see it.
pub fn outcome(outcome: Option<&CallOutcome>) -> AnyView {
    let Some(outcome) = outcome else {
        return view! { <p class="subtle">{t!("outcome-hidden")}</p> }.into_any();
    };
    let lines = lines(outcome).into_iter().map(|line| view! { <li>{line}</li> }.into_any());
    view! {
        <ul class="plain">{lines.collect::<Vec<_>>()}</ul>
        {answers(&outcome.answers)}
    }
    .into_any()
}

fn lines(outcome: &CallOutcome) -> Vec<String> {
    let mut lines = vec![word("contact", &outcome.contact)];
    lines.extend(outcome.assessment.map(|assessment| word("assessment", &assessment)));
    lines.extend(outcome.breach_grounds.iter().map(|ground| word("breach", ground)));
    lines.extend(outcome.employer_failure_suspected.then(|| tr("outcome-employer")));
    let moment = |moment| moment_prose(language(), moment);
    lines.extend(
        outcome.call_back_at.map(|at| tr_with("outcome-call-back", &[("moment", moment(at).into())])),
    );
    let needed = outcome.language_needed.as_deref().map(language_name);
    lines.extend(needed.map(|name| tr_with("outcome-language", &[("language", name.into())])));
    let note = outcome.note.as_ref().map(|Personal(note)| note.as_str());
    lines.extend(note.map(|note| tr_with("outcome-note", &[("note", note.into())])));
    lines
}

fn answers(answers: &[Answer]) -> AnyView {
    if answers.is_empty() {
        return ().into_any();
    }
    let answers = answers.to_vec();
    let rows = move || {
        let files = script::files("nb").ready_or_none();
        answers.iter().map(|answer| row(answer, files.as_ref())).collect::<Vec<_>>()
    };
    view! {
        <details class="more">
            <summary>{t!("outcome-answers")}</summary>
            <dl class="facts">{rows}</dl>
        </details>
    }
    .into_any()
}

/// As the script has it now; the ids when it cannot be had, or has changed since.
fn row(answer: &Answer, files: Option<&Files>) -> AnyView {
    let Personal(given) = &answer.answer;
    let asked = files.map(|files| script::text(&files.norwegian, &answer.question));
    let given = match (given.as_str(), files) {
        ("yes", _) => tr("yes"),
        ("no", _) => tr("no"),
        (choice, Some(files)) => script::choice_text(&files.norwegian, &answer.question, choice),
        (other, None) => other.to_owned(),
    };
    view! { <div><dt lang="nb">{asked.unwrap_or_else(|| answer.question.clone())}</dt><dd lang="nb">{given}</dd></div> }
        .into_any()
}
