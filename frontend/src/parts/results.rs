//! What is known of a traveller's tests: the samples, a look-up, and who had been told something else. On an entry's
//! page and beside a call; it fetches itself and follows the lists, so that news arrive in the middle of a call.

use super::fields::{ReasonField, is_reason};
use super::outcome::word;
use super::pace::Pace;
use super::table::{Column, FIGURES, table};
use crate::client::{self, Failure};
use crate::format::{date_prose, date_short, moment_prose, moment_short};
use crate::language::{Key, language, tr, tr_count, tr_with};
use crate::live;
use crate::loading::Loader;
use crate::parts::failure::refusal;
use crate::t;
use api::entries::EntryVersion;
use api::live::Topic;
use api::results::{Correction, EntryResults, LookUpAnswer, LookUpOutcome, Sample, SettleCorrection};
use events::result::{ResultClass, ResultMode, SampleChange};
use events::rule_set::TestKind;
use jiff::civil::Date;
use leptos::prelude::*;
use uuid::Uuid;

const PACE_MS: f64 = 1_000.0;
const COLUMNS: &[Column] = &[
    (Key("results-answer"), ""),
    (Key("results-kind"), ""),
    (Key("results-taken"), FIGURES),
    (Key("results-received"), FIGURES),
    (Key("results-laboratory"), ""),
];

/// What a part shows and does. It outlives the page, as answers may.
#[derive(Clone)]
struct Part {
    entry: Uuid,
    known: Loader<EntryResults>,
    looked_up: ArcRwSignal<Option<LookUpAnswer>>,
    busy: ArcRwSignal<bool>,
    failure: ArcRwSignal<Option<Failure>>,
}

impl Part {
    fn fetch(&self) {
        let path = format!("/entries/{}/results", self.entry);
        self.known.refresh(async move { client::get(&path).await });
    }

    fn look_up(&self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        let (part, path) = (self.clone(), format!("/entries/{}/results/look-up", self.entry));
        leptos::task::spawn_local(async move {
            let answer = client::demand::<LookUpAnswer>(&path, None).await;
            part.busy.set(false);
            match answer {
                Ok(answer) => part.looked_up.set(Some(answer)),
                Err(failure) => part.failure.set(Some(failure)),
            }
            part.fetch();
        });
    }
}

/// The part; nothing where results may not be seen.
pub fn results(entry: Uuid, heading: &'static str) -> AnyView {
    let part = Part {
        entry,
        known: Loader::new(),
        looked_up: ArcRwSignal::new(None),
        busy: ArcRwSignal::new(false),
        failure: ArcRwSignal::new(None),
    };
    part.fetch();
    let fetch = {
        let part = part.clone();
        move || part.fetch()
    };
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, fetch));
    let state = part.known.state();
    let known = Memo::new(move |_| state.with(|load| load.ready().cloned()));
    let shown = move || {
        let known = known.get()?;
        (known.mode != ResultMode::WashList).then(|| told(&part, known, heading))
    };
    shown.into_any()
}

fn told(part: &Part, known: EntryResults, heading: &'static str) -> AnyView {
    let looked_up = part.looked_up.get();
    let stored = known.mode == ResultMode::Store;
    let samples = match &looked_up {
        Some(answer) if !stored => answer.samples.clone(),
        _ => known.samples.clone(),
    };
    let positive = samples.iter().any(|sample| sample.class == ResultClass::Detected);
    let alert = positive.then(|| {
        view! {
            <div class="ds-alert" data-color="danger" role="alert" data-testid="positive">
                <h3 class="ds-heading" data-size="2xs">{t!("results-positive")}</h3>
                <p>{t!("results-positive-do")}</p>
            </div>
        }
    });
    let none = if stored || looked_up.is_some() { "results-none" } else { "results-not-kept" };
    let list = if samples.is_empty() {
        view! { <p class="subtle">{tr(none)}</p> }.into_any()
    } else {
        samples_table(samples)
    };
    let corrections: Vec<AnyView> =
        known.corrections.iter().map(|correction| correction_view(part, correction)).collect();
    view! {
        <section aria-labelledby=heading data-testid="results">
            <h2 id=heading class="ds-heading" data-size="sm">{t!("results-title")}</h2>
            {alert}
            {list}
            {looked_up.as_ref().map(outcome)}
            {known.looked_up.as_ref().map(|last| {
                let moment = moment_prose(language(), last.at);
                let values = [("moment", moment.into()), ("name", last.by.as_str().into())];
                view! { <p class="subtle figures">{tr_with("results-looked-up", &values)}</p> }
            })}
            {known.can_look_up.then(|| look_up_button(part))}
            {refusal(part.failure.clone())}
            {corrections}
        </section>
    }
    .into_any()
}

fn samples_table(samples: Vec<Sample>) -> AnyView {
    let rows = Callback::new(move |()| samples.iter().map(row).collect::<Vec<_>>());
    table("results-samples", Key("results-samples"), COLUMNS, rows)
}

/// What a sample says, and how far the answer has come.
pub fn answer(sample: &Sample) -> AnyView {
    let colour = match sample.class {
        ResultClass::Detected => "danger",
        ResultClass::NotDetected => "success",
        ResultClass::Inconclusive | ResultClass::Unknown => "warning",
    };
    let (class, state) = (word("result", &sample.class), word("sample", &sample.state));
    view! { <span class="ds-tag" data-color=colour>{class}</span> " " <span class="subtle">{state}</span> }
        .into_any()
}

fn row(sample: &Sample) -> Vec<AnyView> {
    let kind = kind_of(sample.kind);
    let taken = match sample.taken_on {
        Some(day) if sample.taken_on_substituted => {
            tr_with("results-taken-unsure", &[("date", date_short(day).into())])
        }
        Some(day) => date_short(day),
        None => tr("not-told"),
    };
    let laboratory = Some(sample.laboratory.clone()).filter(|name| !name.is_empty());
    vec![
        answer(sample),
        kind.into_any(),
        taken.into_any(),
        moment_short(language(), sample.received_at).into_any(),
        laboratory.unwrap_or_else(|| tr("laboratory-unknown")).into_any(),
    ]
}

/// What came of a look-up: above all that nothing is known when the service does not answer.
fn outcome(answer: &LookUpAnswer) -> AnyView {
    let key = match answer.outcome {
        LookUpOutcome::Answered if answer.truncated => "results-look-up-cut",
        LookUpOutcome::Answered => "results-look-up-answered",
        LookUpOutcome::Unknown => "results-look-up-unknown",
        LookUpOutcome::Refused => "results-look-up-refused",
        LookUpOutcome::NoNumber => "results-look-up-no-number",
    };
    let moment = answer.answered_at.map(|at| moment_prose(language(), at)).unwrap_or_default();
    let words = tr_with(key, &[("moment", moment.into())]);
    view! { <p role="status" data-testid="look-up-answer">{words}</p> }.into_any()
}

fn look_up_button(part: &Part) -> AnyView {
    let (asking, busy) = (part.clone(), part.busy.clone());
    view! {
        <div class="buttons">
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-testid="look-up"
                aria-busy=move || busy.get().to_string()
                on:click=move |_| asking.look_up()
            >
                {t!("results-look-up")}
            </button>
        </div>
    }
    .into_any()
}

fn correction_view(part: &Part, correction: &Correction) -> AnyView {
    let (before, after) = (word("result", &correction.before), word("result", &correction.after));
    let values = [("before", before.into()), ("after", after.into())];
    let told: Vec<AnyView> = correction.told.iter().map(told_line).collect();
    let rest = match (&correction.note, &correction.settled_by) {
        (Some(note), Some(by)) => {
            let values = [("note", note.0.as_str().into()), ("name", by.as_str().into())];
            view! { <p>{tr_with("results-settled", &values)}</p> }.into_any()
        }
        _ => settle_form(part, correction.correction),
    };
    view! {
        <div class="ds-alert" data-color="warning" data-testid="correction">
            <h3 class="ds-heading" data-size="2xs">{tr_with("timeline-result-corrected", &values)}</h3>
            {also(&correction.also)}
            <p>{tr_count("results-told", correction.told.len() as u64)}</p>
            <ul>{told}</ul>
            {rest}
        </div>
    }
    .into_any()
}

/// What a correction says besides the result.
pub fn also(changes: &[SampleChange]) -> AnyView {
    let line = |change: &SampleChange| {
        let (key, before, after) = match change {
            SampleChange::Kind { before, after } => {
                ("results-kind-corrected", kind_of(*before), kind_of(*after))
            }
            SampleChange::TakenOn { before, after } => {
                ("results-day-corrected", day_of(*before), day_of(*after))
            }
        };
        view! { <p>{tr_with(key, &[("before", before.into()), ("after", after.into())])}</p> }
    };
    changes.iter().map(line).collect::<Vec<_>>().into_any()
}

fn kind_of(kind: Option<TestKind>) -> String {
    kind.map_or_else(|| tr("not-told"), |kind| word("test-kind", &kind))
}

fn day_of(day: Option<Date>) -> String {
    day.map_or_else(|| tr("not-told"), |day| date_prose(language(), day))
}

fn told_line(told: &api::results::Told) -> AnyView {
    let moment = moment_prose(language(), told.at);
    let key = format!("results-told-{}", crate::codes::wire_name(&told.kind));
    let values = [("moment", moment.into()), ("name", told.by.as_str().into())];
    view! { <li class="figures">{tr_with(&key, &values)}</li> }.into_any()
}

fn settle_form(part: &Part, correction: Uuid) -> AnyView {
    let (note, tried) = (ArcRwSignal::new(String::new()), ArcRwSignal::new(false));
    let failure = ArcRwSignal::new(None);
    let (part, path) = (part.clone(), format!("/entries/{}/corrections/{correction}/settlement", part.entry));
    let send = {
        let (note, tried, failure) = (note.clone(), tried.clone(), failure.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            let words = note.get_untracked().trim().to_owned();
            let (true, Some(key)) = (is_reason(&words), client::new_key()) else { return };
            let (part, path, failure) = (part.clone(), path.clone(), failure.clone());
            leptos::task::spawn_local(async move {
                let settle = SettleCorrection { note: words };
                match client::post_once::<_, EntryVersion>(&path, &key, &settle).await {
                    Ok(_) => part.fetch(),
                    Err(refused) => failure.set(Some(refused)),
                }
            });
        }
    };
    view! {
        <form autocomplete="off" novalidate on:submit=send>
            <ReasonField id="settle-note" hint=Key("results-settle-hint") reason=note tried />
            {refusal(failure)}
            <div class="buttons">
                <button type="submit" class="ds-button">{t!("results-settle")}</button>
            </div>
        </form>
    }
    .into_any()
}
