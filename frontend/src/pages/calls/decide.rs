//! The form in which a lead decides about the cards that are chosen.

use super::deciding::{Answered, Deciding, WAYS, Way, count};
use crate::client;
use crate::language::{Key, tr_count};
use crate::loading::Loader;
use crate::parts::digits::{Digits, digits};
use crate::parts::failure::refusal;
use crate::parts::fields::ReasonField;
use crate::t;
use api::calls::{Board, Decided, DecisionResult};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const RESULTS: [(DecisionResult, &str); 4] = [
    (DecisionResult::Changed, "decided-changed"),
    (DecisionResult::Unchanged, "decided-unchanged"),
    (DecisionResult::Held, "decided-held"),
    (DecisionResult::Gone, "decided-gone"),
];

/// The form, once a card is chosen; what was done, until the next decision.
pub fn decide(deciding: Deciding) -> AnyView {
    let chosen = deciding.chosen.clone();
    let any = Memo::new(move |_| !chosen.read().is_empty());
    let within = deciding.clone();
    let shown = move || any.get().then(|| form(&within));
    view! {
        {done(&deciding)}
        {refusal(deciding.failure.clone())}
        {shown}
    }
    .into_any()
}

fn done(deciding: &Deciding) -> AnyView {
    let (deciding, answered) = (deciding.clone(), deciding.done.clone());
    let line = move || {
        answered.get().map(|Answered { decided, undone }| {
            let words = if undone {
                tr_count("decided-undone", count(&decided, DecisionResult::Changed))
            } else {
                summary(&decided)
            };
            let deciding = deciding.clone();
            let button = (!undone && decided.together.is_some()).then(|| {
                view! {
                    <button
                        type="button"
                        class="ds-button"
                        data-variant="secondary"
                        id="call-undo"
                        on:click=move |_| deciding.undo()
                    >
                        {t!("undo")} " " <kbd aria-hidden="true">"u"</kbd>
                    </button>
                }
            });
            view! {
                <p id="decide-done" class="done" tabindex="-1">{words}</p>
                {button}
            }
        })
    };
    view! { <div class="buttons" role="status">{line}</div> }.into_any()
}

fn summary(decided: &Decided) -> String {
    let words = RESULTS.iter().filter_map(|(result, key)| {
        let count = count(decided, *result);
        (count > 0).then(|| tr_count(key, count))
    });
    words.collect::<Vec<_>>().join(" ")
}

fn form(deciding: &Deciding) -> AnyView {
    let chosen = deciding.chosen.clone();
    let look = {
        let deciding = deciding.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            deciding.look();
        }
    };
    let (reason, tried) = (deciding.reason.clone(), deciding.tried.clone());
    let sending = deciding.sending.clone();
    view! {
        <section class="ds-card panel" data-color="neutral" aria-labelledby="decide-title">
            <h2 id="decide-title" class="ds-heading" data-size="sm">
                {move || tr_count("decide-title", chosen.read().len() as u64)}
            </h2>
            <form class="route-form" autocomplete="off" novalidate on:submit=look>
                {ways(deciding)}
                {details(deciding)}
                {missing(deciding)}
                <ReasonField id="decide-reason" hint=Key("decide-reason-hint") reason tried />
                <div class="buttons">
                    <button
                        type="submit"
                        class="ds-button"
                        data-variant="secondary"
                        aria-busy=move || sending.get().to_string()
                    >
                        {t!("decide-look")}
                    </button>
                </div>
                {preview(deciding)}
            </form>
        </section>
    }
    .into_any()
}

fn ways(deciding: &Deciding) -> AnyView {
    let (way, set) = (deciding.way.clone(), deciding.way.clone());
    let name = |way: &Way| match way {
        Way::First => Key("way-first"),
        Way::To => Key("way-to"),
        Way::SetAside => Key("way-set-aside"),
        Way::AsPolicy => Key("way-as-policy"),
    };
    digits(Digits {
        id: "decide-way".to_owned(),
        legend: t!("decide-way").into_any(),
        options: WAYS.iter().map(|way| name(way).follow().into_any()).collect(),
        many: false,
        chosen: Callback::new(move |at: usize| way.get().is_some() && way.get() == WAYS.get(at).copied()),
        choose: Callback::new(move |(at, _): (usize, bool)| set.set(WAYS.get(at).copied())),
    })
}

fn details(deciding: &Deciding) -> AnyView {
    let (deciding, way) = (deciding.clone(), deciding.way.clone());
    let shown = move || match way.get() {
        Some(Way::To) => callers(&deciding),
        Some(Way::SetAside) => until(&deciding),
        Some(Way::First | Way::AsPolicy) | None => ().into_any(),
    };
    shown.into_any()
}

/// Those who are at work.
fn callers(deciding: &Deciding) -> AnyView {
    let board = Loader::<Board>::new();
    board.load(client::get("/queue/board"));
    let (state, chosen, set) = (board.state(), deciding.caller.clone(), deciding.caller.clone());
    let option = move |name: String| {
        let (chosen, own, value) = (chosen.clone(), name.clone(), name.clone());
        view! { <option value=value selected=move || *chosen.read() == own>{name}</option> }.into_any()
    };
    let options = move || {
        let board = state.with(|load| load.ready_or_none());
        let callers = board.map(|board| board.callers).unwrap_or_default();
        callers.into_iter().map(|caller| option(caller.name)).collect::<Vec<_>>()
    };
    view! {
        <div class="field">
            <label class="ds-label" for="decide-caller">{t!("decide-caller")}</label>
            <select class="ds-input" id="decide-caller" on:change=move |event| set.set(event_target_value(&event))>
                <option value="">{t!("decide-caller-none")}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn until(deciding: &Deciding) -> AnyView {
    let (shown, set) = (deciding.until.clone(), deciding.until.clone());
    view! {
        <div class="field">
            <label class="ds-label" for="decide-until">{t!("decide-until")}</label>
            <input
                class="ds-input"
                type="datetime-local"
                id="decide-until"
                prop:value=move || shown.get()
                on:change=move |event| set.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

fn missing(deciding: &Deciding) -> AnyView {
    let deciding = deciding.clone();
    let told = move || {
        let missing = deciding.tried.get() && deciding.direction().is_none();
        missing.then(|| view! { <span class="ds-validation-message">{t!("decide-missing")}</span> })
    };
    view! { <p role="alert">{told}</p> }.into_any()
}

/// What would happen, and the button that does it: only for exactly what was asked.
fn preview(deciding: &Deciding) -> AnyView {
    let (asked, act) = (deciding.clone(), deciding.clone());
    let current = Memo::new(move |_| {
        let (decide, decided) = asked.preview.get()?;
        (asked.content(false)? == decide).then_some(decided)
    });
    let shown = move || {
        current.get().map(|decided| {
            let act = act.clone();
            view! {
                <p>{t!("decide-preview")} " " {summary(&decided)}</p>
                <div class="buttons">
                    <button type="button" class="ds-button" id="decide-do" on:click=move |_| act.act()>
                        {t!("decide-do")}
                    </button>
                </div>
            }
        })
    };
    view! { <div class="route-form" role="status">{shown}</div> }.into_any()
}
