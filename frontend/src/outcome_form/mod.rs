//! The form in which a caller says what a call came to; the same for a new outcome and for a correction.

mod blanks;
mod conversation;
mod extras;
mod filled;
mod leaving;
mod questions;

pub use filled::{Filled, Missing};
pub use leaving::{Told, concerns_others};

use crate::language::{Key, tr};
use crate::loading::Load;
use crate::parts::digits::{Digits, digits, focus_group};
use crate::parts::outcome::word;
use crate::script::{self, Path, step};
use crate::t;
use events::call::{CallOutcome, ContactResult};
use filled::{Followed, RESULTS};
use jiff::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

const NOTE_MAX: usize = 1_000;

/// A form and what is in it. It outlives the page, so that nothing typed is lost.
#[derive(Clone)]
pub struct Form {
    /// The entry it is about.
    pub entry: Uuid,
    /// When the quarantine ends, where that is known.
    pub ends_at: Option<Timestamp>,
    /// What goes into the gaps of the script.
    blanks: ArcRwSignal<blanks::Blanks>,
    /// Which script fits.
    kind: String,
    /// The language the script is read in.
    language: ArcRwSignal<String>,
    /// What has been filled in.
    pub filled: ArcRwSignal<Filled>,
    /// What lacked when it was last tried to save.
    missing: ArcRwSignal<Option<Missing>>,
    /// Who will hear of it.
    pub told: ArcRwSignal<Told>,
}

impl Form {
    /// A form with something in it.
    pub fn new(entry: Uuid, kind: &str, language: Option<&str>, filled: Filled) -> Form {
        let known = language.filter(|language| script::LANGUAGES.contains(language));
        Form {
            entry,
            ends_at: None,
            blanks: ArcRwSignal::new(Vec::new()),
            kind: kind.to_owned(),
            language: ArcRwSignal::new(known.unwrap_or("nb").to_owned()),
            filled: ArcRwSignal::new(filled),
            missing: ArcRwSignal::new(None),
            told: ArcRwSignal::new(Told::Nothing),
        }
    }

    /// The outcome, followed by whoever reads it.
    pub fn outcome(&self) -> Result<CallOutcome, Missing> {
        self.with_script(|filled, script| filled.outcome(script))
    }

    /// The outcome, when it can be saved; else what lacks is told, and the focus goes there.
    pub fn complete(&self) -> Option<CallOutcome> {
        let outcome = untrack(|| self.outcome());
        self.missing.set(outcome.as_ref().err().copied());
        if let Err(missing) = outcome {
            focus_group(place_of(missing));
        }
        outcome.ok()
    }

    /// The way through the script so far.
    fn path(&self) -> Path {
        self.with_script(|filled, script| filled.path(script))
    }

    fn with_script<T>(&self, read: impl FnOnce(&Filled, Option<Followed>) -> T) -> T {
        let language = self.language.get();
        let filled = self.filled.read();
        match script::files(&language) {
            Load::Ready(files) => {
                let script = Followed { flow: &files.flow, kind: &self.kind, language: &language };
                read(&filled, Some(script))
            }
            Load::Loading | Load::Failed(_) => read(&filled, None),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Filled)) {
        self.missing.set(None);
        self.filled.update(change);
    }

    /// Takes an answer. A script can end with another result: it was not the traveller who answered.
    fn answer(&self, question: &str, answer: &str) {
        self.change(|filled| filled.answer(question, answer));
        if let Some(contact) = untrack(|| self.path()).end.and_then(|end| end.contact) {
            self.change(|filled| filled.contact = Some(contact));
        }
    }

    /// Takes the focus to what comes next, once it has been drawn.
    fn go_on(&self) {
        let form = self.clone();
        request_animation_frame(move || untrack(|| focus_group(&form.next_place())));
    }

    /// The first question without an answer, else what lacks, else the assessment to be looked over.
    fn next_place(&self) -> String {
        let contact = self.filled.read().contact;
        if contact == Some(ContactResult::Answered)
            && let Load::Ready(files) = script::files(&self.language.get())
        {
            let waits = |id: &&String| {
                let answered = self.filled.read().answers.iter().any(|answer| answer.question == **id);
                step(&files.flow, id)["kind"] == "question" && !answered
            };
            if let Some(question) = self.path().steps.iter().find(waits) {
                return questions::place(question);
            }
        }
        match (contact, self.outcome()) {
            (_, Err(missing)) => place_of(missing).to_owned(),
            (Some(ContactResult::Answered), Ok(_)) => ASSESSMENT.to_owned(),
            (_, Ok(_)) => RESULT.to_owned(),
        }
    }
}

/// Id of the group of results.
pub const RESULT: &str = "outcome-result";
const ASSESSMENT: &str = "outcome-assessment";
const GROUNDS: &str = "outcome-grounds";
const LATER: &str = "outcome-later";
const BARRIER: &str = "outcome-barrier";
const NOTE: &str = "outcome-note-field";

fn place_of(missing: Missing) -> &'static str {
    match missing {
        Missing::Contact => RESULT,
        Missing::Assessment => ASSESSMENT,
        Missing::Grounds => GROUNDS,
        Missing::Note => NOTE,
        Missing::Time => LATER,
        Missing::Language => BARRIER,
    }
}

/// The form.
pub fn outcome_form(form: &Form) -> AnyView {
    leaving::ask(form);
    let filled = form.filled.clone();
    let contact = Memo::new(move |_| filled.read().contact);
    let within = form.clone();
    let more = move || match contact.get() {
        Some(ContactResult::Answered) => conversation::conversation(&within),
        Some(ContactResult::CallBackRequested) => extras::later(&within),
        Some(ContactResult::LanguageBarrier) => extras::barrier(&within),
        Some(ContactResult::WrongNumber | ContactResult::ThirdParty) => {
            view! { <p class="ds-alert" data-color="warning">{t!("outcome-say-nothing")}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        {results(form, contact)}
        {more}
        {note(form)}
        {missing(form)}
        {leaving::leaving(form)}
    }
    .into_any()
}

fn results(form: &Form, contact: Memo<Option<ContactResult>>) -> AnyView {
    let form = form.clone();
    let choose = move |(at, by_key): (usize, bool)| {
        form.change(|filled| filled.contact = RESULTS.get(at).copied());
        if by_key {
            form.go_on();
        }
    };
    digits(Digits {
        id: RESULT.to_owned(),
        legend: t!("outcome-how").into_any(),
        options: RESULTS.iter().map(|result| following_word("contact", *result)).collect(),
        many: false,
        chosen: Callback::new(move |at: usize| contact.get() == RESULTS.get(at).copied()),
        choose: Callback::new(choose),
    })
}

/// A word that follows the language on the screen.
fn following_word<T: serde::Serialize + Copy + Send + 'static>(kind: &'static str, value: T) -> AnyView {
    (move || word(kind, &value)).into_any()
}

fn note(form: &Form) -> AnyView {
    let (form, shown) = (form.clone(), form.filled.clone());
    view! {
        <div class="field">
            <label class="ds-label" for=NOTE>{t!("outcome-note-label")}</label>
            <p class="echo" id="outcome-note-hint">{t!("outcome-note-hint")}</p>
            <textarea
                class="ds-input"
                id=NOTE
                rows="2"
                maxlength=NOTE_MAX
                autocomplete="off"
                aria-describedby="outcome-note-hint"
                prop:value=move || shown.read().note.0.clone()
                on:input=move |event| form.change(|filled| filled.note = event_target_value(&event).into())
            ></textarea>
        </div>
    }
    .into_any()
}

fn missing(form: &Form) -> AnyView {
    let missing = form.missing.clone();
    let told = move || {
        missing.get().map(|missing| {
            let words = match missing {
                Missing::Contact => Key("outcome-missing-contact"),
                Missing::Assessment => Key("outcome-missing-assessment"),
                Missing::Grounds => Key("outcome-missing-grounds"),
                Missing::Note => Key("outcome-missing-note"),
                Missing::Time => Key("outcome-missing-time"),
                Missing::Language => Key("outcome-missing-language"),
            };
            view! { <span class="ds-validation-message">{tr(words.0)}</span> }
        })
    };
    view! { <p role="alert">{told}</p> }.into_any()
}
