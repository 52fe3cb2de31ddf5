//! A conversation: the script, how the traveller keeps the rules, and on what a suspicion rests.

use super::filled::{ASSESSMENTS, GROUNDS};
use super::{Form, following_word, questions};
use crate::codes::language_name;
use crate::parts::digits::{Digits, digits};
use crate::script;
use crate::t;
use events::call::Assessment;
use leptos::prelude::*;

/// The conversation.
pub fn conversation(form: &Form) -> AnyView {
    let (assessed, judged) = (form.clone(), form.clone());
    let assessment = Memo::new(move |_| assessed.filled.read().assessment(assessed.path().end.as_ref()));
    let grounds = move || match assessment.get() {
        Some(Assessment::SuspectedBreach) => grounds(&judged),
        _ => ().into_any(),
    };
    view! {
        {language(form)}
        {questions::questions(form)}
        {assessments(form, assessment)}
        {grounds}
        {employer(form)}
    }
    .into_any()
}

fn language(form: &Form) -> AnyView {
    let (chosen, set) = (form.language.clone(), form.language.clone());
    let options = move || {
        let option = |code: &'static str| {
            let chosen = chosen.clone();
            view! { <option value=code selected=move || *chosen.read() == code>{language_name(code)}</option> }
                .into_any()
        };
        script::LANGUAGES.map(option).into_iter().collect::<Vec<_>>()
    };
    view! {
        <div class="field">
            <label class="ds-label" for="script-language">{t!("script-language")}</label>
            <select
                class="ds-input"
                id="script-language"
                on:change=move |event| set.set(event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn assessments(form: &Form, assessment: Memo<Option<Assessment>>) -> AnyView {
    let (form, by_hand) = (form.clone(), form.filled.clone());
    let choose = move |(at, by_key): (usize, bool)| {
        form.change(|filled| filled.assessment = ASSESSMENTS.get(at).copied());
        if by_key && assessment.get_untracked() == Some(Assessment::SuspectedBreach) {
            form.go_on();
        }
    };
    let proposed = move || {
        let proposed = by_hand.read().assessment.is_none() && assessment.get().is_some();
        proposed.then(|| view! { <span class="echo">" " {t!("outcome-proposed")}</span> })
    };
    digits(Digits {
        id: super::ASSESSMENT.to_owned(),
        legend: view! { {t!("outcome-assessment")} {proposed} }.into_any(),
        options: ASSESSMENTS.iter().map(|one| following_word("assessment", *one)).collect(),
        many: false,
        chosen: Callback::new(move |at: usize| assessment.get() == ASSESSMENTS.get(at).copied()),
        choose: Callback::new(choose),
    })
}

fn grounds(form: &Form) -> AnyView {
    let (form, read) = (form.clone(), form.clone());
    let chosen = Memo::new(move |_| read.filled.read().grounds(read.path().end.as_ref()));
    let choose = move |(at, _): (usize, bool)| {
        let Some(ground) = GROUNDS.get(at) else { return };
        let end = untrack(|| form.path()).end;
        form.change(|filled| filled.turn_ground(*ground, end.as_ref()));
    };
    digits(Digits {
        id: super::GROUNDS.to_owned(),
        legend: t!("outcome-grounds").into_any(),
        options: GROUNDS.iter().map(|one| following_word("breach", *one)).collect(),
        many: true,
        chosen: Callback::new(move |at: usize| {
            GROUNDS.get(at).is_some_and(|ground| chosen.read().contains(ground))
        }),
        choose: Callback::new(choose),
    })
}

fn employer(form: &Form) -> AnyView {
    let (form, read) = (form.clone(), form.clone());
    let chosen = Memo::new(move |_| read.filled.read().employer(read.path().end.as_ref()));
    view! {
        <label class="choice">
            <input
                class="ds-input"
                type="checkbox"
                prop:checked=move || chosen.get()
                on:change=move |event| form.change(|filled| filled.employer = Some(event_target_checked(&event)))
            />
            <span>{t!("outcome-employer")}</span>
        </label>
    }
    .into_any()
}
