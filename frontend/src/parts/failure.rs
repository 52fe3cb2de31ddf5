//! A failure on the screen: what happened, what to do, a reference, and a way to try again.

use crate::client::Failure;
use crate::language::{tr, tr_with};
use crate::t;
use leptos::prelude::*;

/// Title of a failure, in the reader's language.
pub fn title(failure: &Failure) -> String {
    match failure {
        Failure::Problem(problem) => problem.title.clone(),
        Failure::Offline => tr("failure-offline-title"),
        Failure::Unreadable => tr("failure-unreadable-title"),
    }
}

/// What to do about a failure.
pub fn detail(failure: &Failure) -> String {
    match failure {
        Failure::Problem(problem) => problem.detail.clone(),
        Failure::Offline => tr("failure-offline"),
        Failure::Unreadable => tr("failure-unreadable"),
    }
}

/// The failure, in place of what could not be shown.
#[component]
pub fn FailureView(
    /// What failed.
    failure: Failure,
    /// Tries again.
    retry: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <div class="ds-alert" data-color="danger" role="alert">
            <FailureText failure />
            <button type="button" class="ds-button" data-variant="secondary" on:click=move |_| retry()>
                {t!("retry")}
            </button>
        </div>
    }
}

/// The words of a failure.
#[component]
pub fn FailureText(
    /// What failed.
    failure: Failure,
) -> impl IntoView {
    let reference = match &failure {
        Failure::Problem(problem) => Some(problem.reference.clone()),
        Failure::Offline | Failure::Unreadable => None,
    };
    let shown = failure.clone();
    view! {
        <h2 class="ds-heading" data-size="xs">{move || title(&shown)}</h2>
        <p>{move || detail(&failure)}</p>
        {reference.filter(|reference| !reference.is_empty()).map(|reference| view! {
            <p class="reference">{move || tr_with("failure-reference", &[("reference", reference.clone().into())])}</p>
        })}
    }
}

/// Why something that was sent was not taken, when it was not.
pub fn refusal(failure: ArcRwSignal<Option<Failure>>) -> AnyView {
    let shown = move || {
        failure.get().map(|failure| {
            view! { <div class="ds-alert" data-color="danger" role="alert"><FailureText failure /></div> }
        })
    };
    shown.into_any()
}
