//! The script on the screen: the traveller's language beside Norwegian, one group of choices a question.

use super::Form;
use super::blanks::{self, fill};
use crate::language::{language, tr};
use crate::loading::Load;
use crate::parts::digits::{Digits, digits};
use crate::parts::failure::FailureView;
use crate::script::{self, Files, choice_text, choices, direction, step, text};
use crate::t;
use events::Personal;
use leptos::prelude::*;

/// Id of the group of a question.
pub fn place(question: &str) -> String {
    format!("ask-{question}")
}

/// The steps so far; one more with each answer.
pub fn questions(form: &Form) -> AnyView {
    blanks::fetch(form);
    let form = form.clone();
    let files = {
        let language = form.language.clone();
        Memo::new(move |_| script::files(&language.read()))
    };
    let shown = move || match files.get() {
        Load::Loading => view! { <p role="status">{t!("loading")}</p> }.into_any(),
        Load::Failed(failure) => view! {
            <p>{t!("script-failed")}</p>
            <FailureView failure retry=script::forget_failures />
        }
        .into_any(),
        Load::Ready(files) => steps(&form, files),
    };
    view! { <div class="script">{shown}</div> }.into_any()
}

fn steps(form: &Form, files: Files) -> AnyView {
    let (form, path) = (form.clone(), form.clone());
    // What has been drawn stays while the way grows: the focus may be in it.
    let steps = move || path.path().steps.into_iter().map(|id| (id, language())).collect::<Vec<_>>();
    let one = move |(id, _): (String, texts::Language)| one(&form, &files, &id);
    view! { <For each=steps key=Clone::clone children=one /> }.into_any()
}

fn one(form: &Form, files: &Files, id: &str) -> AnyView {
    let said = said(form, files, id);
    match step(&files.flow, id)["kind"].as_str() {
        Some("question") => {
            view! { <div class="step question">{said} {answer(form, files, id)}</div> }.into_any()
        }
        Some("end") => said,
        _ => view! { <div class="step">{said}</div> }.into_any(),
    }
}

/// What is read aloud, and beside it what that means. Once when both are the same.
fn said(form: &Form, files: &Files, id: &str) -> AnyView {
    let tongue = form.language.get_untracked();
    let filled = |words: String| {
        let blanks = form.blanks.clone();
        move || fill(&words, &blanks.read())
    };
    let spoken = view! {
        <p class="spoken" lang=tongue.clone() dir=direction(&files.spoken)>{filled(text(&files.spoken, id))}</p>
    };
    let meaning = (tongue != "nb")
        .then(|| view! { <p lang="nb" class="subtle">{filled(text(&files.norwegian, id))}</p> });
    // An end says nothing; it only has an id.
    let silent = text(&files.norwegian, id) == id;
    (!silent).then(|| view! { <div class="beside">{spoken} {meaning}</div> }).into_any()
}

fn answer(form: &Form, files: &Files, id: &str) -> AnyView {
    let question = step(&files.flow, id);
    match question["answer"].as_str() {
        Some("choice") => {
            let ids = choices(question);
            let words = ids.iter().map(|choice| choice_words(form, files, id, choice)).collect();
            group(form, files, id, ids, words)
        }
        Some("number") => field(form, files, id, "number"),
        Some("date") => field(form, files, id, "date"),
        _ => {
            let ids = ["yes", "no"].map(str::to_owned).to_vec();
            let words = ids.iter().map(|answer| tr(answer).into_any()).collect();
            group(form, files, id, ids, words)
        }
    }
}

fn choice_words(form: &Form, files: &Files, id: &str, choice: &str) -> AnyView {
    let tongue = form.language.get_untracked();
    let norwegian = view! { <span lang="nb">{choice_text(&files.norwegian, id, choice)}</span> };
    if tongue == "nb" {
        return norwegian.into_any();
    }
    let spoken = choice_text(&files.spoken, id, choice);
    view! {
        {norwegian} " · " <span lang=tongue dir=direction(&files.spoken)>{spoken}</span>
    }
    .into_any()
}

fn group(form: &Form, files: &Files, id: &str, ids: Vec<String>, options: Vec<AnyView>) -> AnyView {
    let (given, legend) = (given(form, id), legend(form, files, id));
    let (form, question, chosen) = (form.clone(), id.to_owned(), ids.clone());
    let choose = move |(at, by_key): (usize, bool)| {
        let Some(answer) = ids.get(at) else { return };
        form.answer(&question, answer);
        if by_key {
            form.go_on();
        }
    };
    digits(Digits {
        id: place(id),
        legend,
        options,
        many: false,
        chosen: Callback::new(move |at: usize| chosen.get(at) == given.read().as_ref()),
        choose: Callback::new(choose),
    })
}

/// For those who hear the page rather than see it; on the screen the question stands just above.
fn legend(form: &Form, files: &Files, id: &str) -> AnyView {
    let (words, blanks) = (text(&files.norwegian, id), form.blanks.clone());
    view! { <span class="sr-only" lang="nb">{move || fill(&words, &blanks.read())}</span> }.into_any()
}

fn field(form: &Form, files: &Files, id: &str, kind: &'static str) -> AnyView {
    let (given, legend) = (given(form, id), legend(form, files, id));
    let (form, question) = (form.clone(), id.to_owned());
    let take = {
        let form = form.clone();
        move |answer: String| form.answer(&question, answer.trim())
    };
    let entered = take.clone();
    view! {
        <label class="field">
            {legend}
            <input
                class="ds-input"
                type=kind
                min="0"
                id=place(id)
                autocomplete="off"
                prop:value=move || given.get().unwrap_or_default()
                on:change=move |event| take(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Enter" && !event.ctrl_key() {
                        event.prevent_default();
                        entered(event_target_value(&event));
                        form.go_on();
                    }
                }
            />
        </label>
    }
    .into_any()
}

fn given(form: &Form, id: &str) -> Memo<Option<String>> {
    let (filled, id) = (form.filled.clone(), id.to_owned());
    Memo::new(move |_| {
        let filled = filled.read();
        let found = filled.answers.iter().find(|answer| answer.question == id)?;
        let Personal(answer) = &found.answer;
        Some(answer.clone())
    })
}
