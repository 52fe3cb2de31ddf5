//! The card: whom to ring, why now, and what was done so far.

use super::desk::{CARD, Desk};
use super::{lease, skip};
use crate::codes;
use crate::format::{date_prose, moment_prose, org_number, phone};
use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::moment::local;
use crate::parts::outcome::{outcome, word};
use crate::parts::results::results;
use crate::parts::section::fact;
use crate::{municipalities, t};
use api::calls::{Card, CardAttempt, CardPhone, WhyNow};
use leptos::prelude::*;

/// The card.
pub fn card(desk: &Desk, card: &Card) -> AnyView {
    let name = card.entry.person.0.name.clone();
    let why = card.why.clone();
    let entry = card.entry.id;
    let (calling, held) = (desk.call.clone(), desk.hold.clone());
    let idle = Memo::new(move |_| calling.read().is_none());
    let is_held = Memo::new(move |_| held.read().is_some());
    let (own_desk, phones) = (desk.clone(), card.phones.clone());
    let actions = move || match (idle.get(), is_held.get()) {
        (true, true) => view! {
            {numbers(&own_desk, &phones)}
            {skip::skip(&own_desk)}
        }
        .into_any(),
        (true, false) => super::nobody::next_button(&own_desk),
        (false, _) => ().into_any(),
    };
    view! {
        <section class="ds-card card-of-call" data-color="neutral" aria-labelledby=CARD data-testid="card">
            <h2 id=CARD class="ds-heading" data-size="md" tabindex="-1">
                {move || name.clone().unwrap_or_else(|| tr("name-missing"))}
            </h2>
            <p class="why">{move || why_line(&why)}</p>
            {lease::countdown(desk)}
            {actions}
            {results(entry, "card-results")}
            {facts(card)}
            {attempts(card)}
            <p><a class="ds-link" data-color="accent" href=format!("/entries/{entry}")>{t!("early-open")}</a></p>
        </section>
    }
    .into_any()
}

/// `Øverst fordi …`: the rule by which it is on top stands on the screen.
fn why_line(why: &WhyNow) -> String {
    let ground = tr_with("why", &[("ground", word("why", &why.ground).into())]);
    let day = why.quarantine_day.map(|day| tr_with("why-day", &[("day", day.to_string().into())]));
    let parts = [
        Some(ground),
        day,
        Some(tr_count("why-quarantine-left", why.quarantine_days_left.into())),
        Some(tr_count("why-data-left", why.data_days_left.into())),
        (why.failed_attempts > 0).then(|| tr_count("why-failed", why.failed_attempts.into())),
        why.spilled_over.then(|| tr("why-spilled-over")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn numbers(desk: &Desk, phones: &[CardPhone]) -> AnyView {
    let button = |(at, number): (usize, &CardPhone)| {
        let shown = phone(&number.number.0);
        if number.wrong {
            return view! { <span class="subtle">{tr_with("dial-wrong", &[("phone", shown.into())])}</span> }
                .into_any();
        }
        let (desk, number) = (desk.clone(), number.number.clone());
        let busy = desk.busy.clone();
        let words = tr_with("dial", &[("phone", shown.into())]);
        view! {
            <button
                type="button"
                class="ds-button"
                id=(at == 0).then_some("call-dial")
                data-testid="dial"
                aria-busy=move || busy.get().to_string()
                on:click=move |_| desk.dial(number.clone())
            >
                {words}
                {(at == 0).then(|| view! { " " <kbd aria-hidden="true">"r"</kbd> })}
            </button>
        }
        .into_any()
    };
    let (wrong, right): (Vec<&CardPhone>, Vec<&CardPhone>) = phones.iter().partition(|phone| phone.wrong);
    let buttons: Vec<AnyView> = right.into_iter().chain(wrong).enumerate().map(button).collect();
    let none = buttons.is_empty().then(|| view! { <p>{tr("dial-none")}</p> });
    view! {
        <div class="buttons">{buttons}</div>
        {none}
    }
    .into_any()
}

fn facts(card: &Card) -> AnyView {
    let ends_at = card.quarantine_ends_at;
    let entry = &card.entry;
    let tongue = card.language.clone();
    let place = entry.place.clone();
    let municipality = entry.municipality.clone();
    let rows = [
        Some((Key("card-language"), told(move || tongue.as_deref().map(codes::language_name)))),
        Some((Key("card-ends"), told(move || Some(date_prose(language(), local(ends_at).date()))))),
        Some((Key("fact-place"), told(move || place.as_deref().map(codes::code)))),
        Some((Key("fact-municipality"), told(move || municipality.as_deref().map(municipalities::name)))),
        entry
            .employer
            .clone()
            .map(|number| (Key("section-employer"), told(move || Some(org_number(&number))))),
        Some((Key("entry-deleted"), {
            let ends_at = entry.ends_at;
            told(move || Some(moment_prose(language(), ends_at)))
        })),
    ];
    let rows: Vec<AnyView> = rows.into_iter().flatten().map(|(name, value)| fact(name, value)).collect();
    view! { <dl class="facts">{rows}</dl> }.into_any()
}

fn told(value: impl Fn() -> Option<String> + Send + 'static) -> AnyView {
    (move || value().unwrap_or_else(|| tr("not-told"))).into_any()
}

fn attempts(card: &Card) -> AnyView {
    let attempts = card.attempts.clone();
    let shown = move || {
        if attempts.is_empty() {
            return view! { <p class="subtle">{t!("card-no-attempts")}</p> }.into_any();
        }
        let rows: Vec<AnyView> = attempts.iter().map(attempt).collect();
        view! { <ol class="timeline">{rows}</ol> }.into_any()
    };
    view! {
        <h3 class="ds-heading" data-size="2xs">{t!("card-attempts")}</h3>
        {shown}
    }
    .into_any()
}

fn attempt(attempt: &CardAttempt) -> AnyView {
    let by = tr_with("timeline-by", &[("actor", attempt.caller.as_str().into())]);
    let came_to = match &attempt.outcome {
        Some(came_to) => outcome(Some(came_to)),
        None => view! { <p>{tr("card-no-outcome")}</p> }.into_any(),
    };
    let corrected = attempt.corrected.then(|| view! { <p class="subtle">{tr("timeline-corrected")}</p> });
    view! {
        <li>
            <p class="subtle figures">
                {word("card-direction", &attempt.direction)} " "
                {moment_prose(language(), attempt.dialled_at)} " " {by}
            </p>
            {came_to}
            {corrected}
        </li>
    }
    .into_any()
}
