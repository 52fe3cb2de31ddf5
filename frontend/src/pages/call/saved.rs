//! What was saved last, and taking it back.

use super::desk::Desk;
use super::saving::Saved;
use crate::format::clock;
use crate::language::{language, tr_with};
use crate::t;
use events::call::Assessment;
use leptos::prelude::*;

/// The line. It stays until the next call.
pub fn saved(desk: &Desk) -> AnyView {
    let (desk, saved) = (desk.clone(), desk.saved.clone());
    let shown = move || saved.get().map(|saved| line(&desk, saved));
    view! { <div role="status">{shown}</div> }.into_any()
}

fn line(desk: &Desk, saved: Saved) -> AnyView {
    let desk = desk.clone();
    let refer = gives_cause(&saved).then(|| {
        let path = format!("/entries/{}", saved.call.entry.id);
        view! { <a class="ds-link" data-testid="refer-after-call" href=path>{t!("referral-after-call")}</a> }
    });
    let name = saved.call.entry.person.0.name.unwrap_or_default();
    let words = move || {
        let time = clock(language(), saved.at);
        tr_with("call-saved", &[("name", name.as_str().into()), ("time", time.into())])
    };
    let button = saved.undo.map(|_| {
        view! {
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                id="call-undo"
                on:click=move |_| desk.undo()
            >
                {t!("undo")} " " <kbd aria-hidden="true">"u"</kbd>
            </button>
        }
    });
    view! {
        <div class="buttons">
            <p id="call-saved" class="done" tabindex="-1">{words}</p>
            {button}
            {refer}
        </div>
    }
    .into_any()
}

/// Whether the labour inspectorate may be told: what was saved says that an employer seems to fail.
fn gives_cause(saved: &Saved) -> bool {
    let said = untrack(|| saved.call.form.outcome());
    said.is_ok_and(|said| {
        said.assessment == Some(Assessment::SuspectedBreach) && said.employer_failure_suspected
    })
}
