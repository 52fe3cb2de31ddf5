//! What leaves the register with the outcome, and to whom: told before it is saved.

use super::Form;
use crate::client;
use crate::codes;
use crate::language::{tr, tr_with};
use crate::municipalities;
use crate::parts::outcome::word;
use crate::t;
use api::calls::{Conclude, Leaving, LeavingTo, Receiver};
use events::call::{Assessment, CallOutcome};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

/// Whoever is still typing is not asked about each letter.
const REST_MS: u32 = 300;

/// What has been told.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// The outcome is not complete.
    Nothing,
    /// The server has been asked about this outcome.
    Asking(Box<CallOutcome>),
    /// This leaves with this outcome.
    Leaves(Box<CallOutcome>, Leaving),
    /// The server could not say.
    Unknown(Box<CallOutcome>),
}

impl Told {
    /// Whether it has been told what leaves with this outcome, or that this cannot be told.
    pub fn is_about(&self, outcome: &CallOutcome) -> bool {
        match self {
            Told::Leaves(about, _) | Told::Unknown(about) => **about == *outcome,
            Told::Nothing | Told::Asking(_) => false,
        }
    }
}

/// Whether somebody outside the centre hears of it, so that it must have been told before.
pub fn concerns_others(outcome: &CallOutcome) -> bool {
    outcome.employer_failure_suspected
        || matches!(
            outcome.assessment,
            Some(Assessment::SuspectedBreach | Assessment::PositiveReferredToMunicipality)
        )
}

/// Keeps asking the server for as long as the form is on the screen.
pub fn ask(form: &Form) {
    let form = form.clone();
    Effect::new(move |_| match form.outcome() {
        Err(_) => form.told.set(Told::Nothing),
        Ok(outcome) if form.told.with_untracked(|told| told.is_about(&outcome)) => {}
        Ok(outcome) => {
            form.told.set(Told::Asking(Box::new(outcome.clone())));
            leptos::task::spawn_local(answer(form.clone(), outcome));
        }
    });
}

async fn answer(form: Form, outcome: CallOutcome) {
    TimeoutFuture::new(REST_MS).await;
    let asked = Told::Asking(Box::new(outcome.clone()));
    if form.told.get_untracked() != asked {
        return;
    }
    let path = format!("/entries/{}/calls/preview", form.entry);
    let answer = client::post::<_, Leaving>(&path, &Conclude { outcome: outcome.clone() }).await;
    if form.told.get_untracked() == asked {
        form.told.set(match answer {
            Ok(leaving) => Told::Leaves(Box::new(outcome), leaving),
            Err(_) => Told::Unknown(Box::new(outcome)),
        });
    }
}

/// What leaves.
pub fn leaving(form: &Form) -> AnyView {
    let told = form.told.clone();
    let shown = move || match &*told.read() {
        Told::Nothing => ().into_any(),
        Told::Asking(_) => view! { <p class="subtle">{t!("leaving-asking")}</p> }.into_any(),
        Told::Unknown(_) => view! { <p>{t!("leaving-unknown")}</p> }.into_any(),
        Told::Leaves(_, leaving) => list(leaving),
    };
    view! { <div class="leaving" role="status">{shown}</div> }.into_any()
}

fn list(leaving: &Leaving) -> AnyView {
    let status = tr_with("leaving-status", &[("status", codes::status(leaving.status).into())]);
    let line = |to: &LeavingTo| view! { <li>{line(to)}</li> }.into_any();
    let receivers: Vec<AnyView> = leaving.receivers.iter().map(line).collect();
    let receivers = match receivers.is_empty() {
        true => view! { <p>{tr("leaving-nobody")}</p> }.into_any(),
        false => view! { <ul>{receivers}</ul> }.into_any(),
    };
    view! {
        <p><strong>{tr("leaving-title")}</strong> " " {status}</p>
        {receivers}
    }
    .into_any()
}

fn line(to: &LeavingTo) -> String {
    let receiver = match (to.receiver, &to.municipality) {
        (Receiver::Municipality, Some(number)) => municipalities::label_of(number),
        (receiver, _) => word("receiver", &receiver),
    };
    let parts: Vec<String> = to.parts.iter().map(|part| word("leaving-part", part)).collect();
    tr_with("leaving-to", &[("receiver", receiver.into()), ("parts", parts.join(", ").into())])
}
