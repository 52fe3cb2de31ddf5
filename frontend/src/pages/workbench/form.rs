//! The form that chooses a municipality. A retry of the same choice carries the same key, so it has one effect.

use super::Bench;
use crate::client::{self, Failure};
use crate::language::{Key, tr};
use crate::parts::dialog::Dialog;
use crate::parts::failure::FailureText;
use crate::parts::fields::{MunicipalityField, ReasonField, is_reason};
use crate::{municipalities, t};
use api::ProblemCode;
use api::entries::{EntryVersion, RouteEntry, UnroutableRow};
use events::Personal;
use leptos::prelude::*;

/// What has been filled in, and how sending it went. It outlives the dialog, as the answer may.
#[derive(Clone)]
struct Choice {
    municipality: ArcRwSignal<Option<String>>,
    reason: ArcRwSignal<String>,
    /// Whether it was tried to send, so that what is missing is shown.
    tried: ArcRwSignal<bool>,
    sending: ArcRwSignal<bool>,
    failure: ArcRwSignal<Option<Failure>>,
    /// The last content sent and its key.
    sent: ArcRwSignal<Option<(String, String, String)>>,
}

impl Choice {
    fn new() -> Choice {
        Choice {
            municipality: ArcRwSignal::new(None),
            reason: ArcRwSignal::new(String::new()),
            tried: ArcRwSignal::new(false),
            sending: ArcRwSignal::new(false),
            failure: ArcRwSignal::new(None),
            sent: ArcRwSignal::new(None),
        }
    }

    /// The content, when it can be sent.
    fn complete(&self) -> Option<RouteEntry> {
        let municipality = self.municipality.get_untracked()?;
        let reason = self.reason.get_untracked().trim().to_owned();
        is_reason(&reason).then_some(RouteEntry { municipality, reason })
    }

    /// The key of this content: the same for a retry, a new one for another content.
    fn key_of(&self, content: &RouteEntry) -> Option<String> {
        if let Some((municipality, reason, key)) = self.sent.get_untracked()
            && (&municipality, &reason) == (&content.municipality, &content.reason)
        {
            return Some(key);
        }
        let key = client::new_key()?;
        self.sent.set(Some((content.municipality.clone(), content.reason.clone(), key.clone())));
        Some(key)
    }

    fn send(&self, row: &UnroutableRow, bench: &Bench) {
        self.tried.set(true);
        let (Some(content), false) = (self.complete(), self.sending.get_untracked()) else { return };
        let Some(key) = self.key_of(&content) else { return };
        self.sending.set(true);
        self.failure.set(None);
        let (choice, bench, id, version) = (self.clone(), bench.clone(), row.entry.id, row.version);
        leptos::task::spawn_local(async move {
            let path = format!("/entries/{id}/routing");
            let answer = client::put::<_, EntryVersion>(&path, version, &key, &content).await;
            choice.sending.set(false);
            match answer {
                Ok(_) => bench.finish(id, untrack(|| municipalities::label_of(&content.municipality))),
                Err(failure) => choice.failure.set(Some(failure)),
            }
        });
    }
}

/// The dialog: open while a row is chosen.
#[component]
pub fn RouteDialog(bench: Bench) -> impl IntoView {
    let chosen = bench.chosen;
    let form = move || chosen.get().map(|row| view! { <RouteForm row bench=bench.clone() /> });
    view! {
        <Dialog
            id="route-title"
            title=Signal::derive(t!("route-title"))
            open=Signal::derive(move || chosen.read().is_some())
            close=Callback::new(move |()| chosen.set(None))
        >
            {form}
        </Dialog>
    }
}

#[component]
fn RouteForm(row: UnroutableRow, bench: Bench) -> impl IntoView {
    let choice = Choice::new();
    let chosen = bench.chosen;
    let submit = {
        let (choice, row, bench) = (choice.clone(), row.clone(), bench.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            choice.send(&row, &bench);
        }
    };
    let sending = choice.sending.clone();
    let label = move || tr(if sending.get() { "route-sending" } else { "route-submit" });
    let sending = choice.sending.clone();
    let told = [row.address, row.postcode].into_iter().flatten().map(|Personal(told)| told);
    let about = row.entry.person.0.name.into_iter().chain(told).collect::<Vec<_>>().join(" · ");
    view! {
        <form class="route-form" data-testid="route-form" autocomplete="off" novalidate on:submit=submit>
            <p>{about}</p>
            <Suggestions numbers=row.suggestions choice=choice.clone() />
            <Municipality choice=choice.clone() />
            <Reason choice=choice.clone() />
            <Refusal choice bench />
            <div class="buttons">
                <button type="submit" class="ds-button" aria-busy=move || sending.get().to_string()>{label}</button>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    on:click=move |_| chosen.set(None)
                >
                    {t!("cancel")}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Suggestions(numbers: Vec<String>, choice: Choice) -> impl IntoView {
    (!numbers.is_empty()).then(|| {
        let buttons = numbers.into_iter().map(|number| {
            let (municipality, label) = (choice.municipality.clone(), municipalities::label_of(&number));
            let take = move |_| municipality.set(Some(number.clone()));
            view! { <button type="button" class="ds-chip" on:click=take>{label}</button> }
        });
        view! {
            <div role="group" aria-labelledby="route-suggested">
                <p id="route-suggested" class="ds-label">{t!("route-suggested")}</p>
                <div class="suggestions">{buttons.collect_view()}</div>
            </div>
        }
    })
}

#[component]
fn Municipality(choice: Choice) -> impl IntoView {
    let chosen = choice.municipality.clone();
    let shown = choice.municipality.clone();
    let (tried, missing) = (choice.tried.clone(), choice.municipality.clone());
    let wrong = move || (tried.get() && missing.read().is_none()).then(|| tr("route-missing-municipality"));
    view! {
        <MunicipalityField
            id="route-municipality"
            label=Key("route-municipality")
            chosen=Signal::derive(move || shown.get())
            choose=Callback::new(move |(_, number): (String, Option<String>)| chosen.set(number))
            wrong=Signal::derive(wrong)
        />
    }
}

#[component]
fn Reason(choice: Choice) -> impl IntoView {
    let Choice { tried, reason, .. } = choice;
    view! { <ReasonField id="route-reason" hint=Key("route-reason-hint") reason tried /> }
}

/// Why it was not taken. When somebody else was faster, the way on is to look at the new version.
#[component]
fn Refusal(choice: Choice, bench: Bench) -> impl IntoView {
    let failure = choice.failure;
    move || {
        failure.get().map(|failure| match failure.code() {
            Some(ProblemCode::ChangedMeanwhile) => {
                let bench = bench.clone();
                let reload = move |_| {
                    bench.chosen.set(None);
                    bench.refresh();
                };
                view! {
                    <div class="ds-alert" data-color="warning" role="alert">
                        <h3 class="ds-heading" data-size="2xs">{t!("route-changed-title")}</h3>
                        <p>{t!("route-changed")}</p>
                        <button type="button" class="ds-button" data-variant="secondary" on:click=reload>
                            {t!("route-reload")}
                        </button>
                    </div>
                }
                .into_any()
            }
            _ => view! {
                <div class="ds-alert" data-color="danger" role="alert"><FailureText failure /></div>
            }
            .into_any(),
        })
    }
}
