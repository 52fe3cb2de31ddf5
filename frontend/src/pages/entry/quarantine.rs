//! What the traveller owes: when quarantine ends and why, hotel, tests, and what a test would change.

use crate::codes::wire_name;
use crate::format::{date_prose, date_short, moment_prose};
use crate::language::{Key, language, tr, tr_with};
use crate::loading::Load;
use crate::parts::explanation::{origin, sentence};
use crate::parts::failure::FailureText;
use crate::parts::section::fact;
use crate::parts::table::{Column, FIGURES, table};
use crate::t;
use api::quarantine::{Assessment, HotelDuty, QuarantineAnswer, QuarantineEnd, TestDutyState, WhatIf};
use events::rule_set::Obligation;
use leptos::prelude::*;

const TEST_COLUMNS: &[Column] = &[
    (Key("quarantine-test"), ""),
    (Key("quarantine-test-from"), FIGURES),
    (Key("quarantine-test-by"), FIGURES),
    (Key("quarantine-test-state"), ""),
];

/// The section.
#[component]
pub fn QuarantineSection(quarantine: ArcReadSignal<Load<QuarantineAnswer>>) -> impl IntoView {
    let shown = move || match quarantine.get() {
        Load::Loading => ().into_any(),
        Load::Failed(failure) => {
            view! { <div class="ds-alert" data-color="danger"><FailureText failure /></div> }.into_any()
        }
        Load::Ready(answer) => told(answer),
    };
    view! {
        <section aria-labelledby="quarantine-heading" data-testid="quarantine">
            <h2 id="quarantine-heading" class="ds-heading" data-size="sm">{t!("quarantine-title")}</h2>
            {shown}
        </section>
    }
}

fn told(answer: QuarantineAnswer) -> AnyView {
    let QuarantineAnswer { assessment, what_if, .. } = answer;
    view! {
        {summary(&assessment)}
        {flags(&assessment)}
        <dl class="facts">
            {facts(&assessment)}
        </dl>
        {(!assessment.tests.is_empty()).then(|| tests(assessment.tests.clone()))}
        {(!what_if.is_empty()).then(|| choice(what_if))}
    }
    .into_any()
}

/// The end in words, and why.
fn summary(assessment: &Assessment) -> AnyView {
    let head = match (&assessment.ends, assessment.obligation) {
        (None, owed) => tr(&format!("quarantine-owed-{}", wire_name(&owed))),
        (Some(end), _) if assessment.over => tr_with("quarantine-over", &[("end", end_words(end).into())]),
        (Some(end), owed) => {
            let key = match owed {
                Obligation::LeisureTime => "quarantine-leisure-until",
                Obligation::Full | Obligation::Exempt | Obligation::Unknown => "quarantine-until",
            };
            tr_with(key, &[("end", end_words(end).into())])
        }
    };
    let reasons = assessment.why.iter().chain(assessment.ends.as_ref().map(|end| &end.why));
    let reasons: Vec<_> = reasons.map(|why| view! { <p>{sentence(why)}</p> }).collect();
    let from = assessment.ends.as_ref().map(|end| &end.why).or(assessment.why.first());
    view! {
        <p><strong data-testid="quarantine-end">{head}</strong></p>
        {reasons}
        {from.map(origin)}
    }
    .into_any()
}

/// A day to its end, or the moment when a test brought it.
fn end_words(end: &QuarantineEnd) -> String {
    let at_close = crate::moment::local(end.at).time() == jiff::civil::Time::midnight();
    if at_close { date_prose(language(), end.on) } else { moment_prose(language(), end.at) }
}

fn flags(assessment: &Assessment) -> Option<AnyView> {
    (!assessment.flags.is_empty()).then(|| {
        let lines: Vec<_> = assessment.flags.iter().map(|flag| view! { <li>{sentence(flag)}</li> }).collect();
        view! {
            <div class="ds-alert" data-color="warning">
                <h3 class="ds-heading" data-size="2xs">{t!("quarantine-flags")}</h3>
                <ul class="ds-list">{lines}</ul>
            </div>
        }
        .into_any()
    })
}

fn facts(assessment: &Assessment) -> Vec<AnyView> {
    let mut facts = vec![fact(Key("quarantine-start"), sentence(&assessment.start.why).into_any())];
    if let Some(offer) = assessment.early_end.as_ref().filter(|_| !assessment.over) {
        let pending = offer.answer_pending.then(|| view! { <p>{t!("quarantine-answer-pending")}</p> });
        let words = view! { {sentence(&offer.why)} {pending} };
        facts.push(fact(Key("quarantine-early"), words.into_any()));
    }
    if let Some(hotel) = &assessment.hotel {
        facts.push(fact(Key("quarantine-hotel"), hotel_view(hotel)));
    }
    facts
}

fn hotel_view(hotel: &HotelDuty) -> AnyView {
    view! { {sentence(&hotel.why)} {origin(&hotel.why)} }.into_any()
}

fn tests(duties: Vec<TestDutyState>) -> AnyView {
    let rows = Callback::new(move |()| duties.iter().map(test_row).collect());
    table("quarantine-tests-caption", Key("quarantine-tests"), TEST_COLUMNS, rows)
}

fn test_row(duty: &TestDutyState) -> Vec<AnyView> {
    let name = texts::find(language(), &format!("quarantine-duty-{}", duty.name), &[])
        .unwrap_or_else(|| duty.name.clone());
    let kind = if duty.required { "quarantine-test-required" } else { "quarantine-test-offered" };
    vec![
        view! { {name} " (" {tr(kind)} ")" }.into_any(),
        date_short(duty.from).into_any(),
        date_short(duty.by).into_any(),
        tr(&format!("quarantine-progress-{}", wire_name(&duty.state))).into_any(),
    ]
}

/// "What if the test is on day N".
fn choice(choices: Vec<WhatIf>) -> AnyView {
    let chosen = RwSignal::new(String::new());
    let options: Vec<_> = choices
        .iter()
        .map(|one| {
            let day = one.day.to_string();
            let words = tr_with(
                "quarantine-if-day",
                &[("day", day.clone().into()), ("date", date_prose(language(), one.on).into())],
            );
            view! { <option value=day>{words}</option> }
        })
        .collect();
    let answer = move || {
        let chosen = chosen.read();
        choices.iter().find(|one| one.day.to_string() == *chosen).map(choice_words)
    };
    view! {
        <div class="field narrow">
            <label class="ds-label" for="quarantine-if">{t!("quarantine-if")}</label>
            <select
                class="ds-input"
                id="quarantine-if"
                on:change=move |event| chosen.set(event_target_value(&event))
            >
                <option value="">{t!("quarantine-if-choose")}</option>
                {options}
            </select>
            <p role="status" data-testid="quarantine-if-answer">{answer}</p>
        </div>
    }
    .into_any()
}

fn choice_words(one: &WhatIf) -> String {
    let end = date_prose(language(), one.ends.on);
    let key = if one.shortens { "quarantine-if-shorter" } else { "quarantine-if-same" };
    let mut words = tr_with(key, &[("end", end.into())]);
    if let Some(hotel) = &one.hotel {
        let key = if one.shortens_hotel { "quarantine-if-hotel-shorter" } else { "quarantine-if-hotel-same" };
        words.push(' ');
        words.push_str(&tr_with(key, &[("end", date_prose(language(), hotel.on).into())]));
    }
    words
}
