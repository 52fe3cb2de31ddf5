//! The call that goes on: what it came to, and saving it.

use super::desk::{Call, Desk};
use super::draft::draft_line;
use super::saving::Saving;
use crate::format::phone;
use crate::language::{tr, tr_with};
use crate::outcome_form::outcome_form;
use crate::parts::failure::FailureText;
use crate::t;
use events::call::CallDirection;
use leptos::prelude::*;

/// The panel; there is one while there is a call.
pub fn panel(desk: &Desk) -> AnyView {
    let (desk, call) = (desk.clone(), desk.call.clone());
    let attempt = Memo::new(move |_| call.read().as_ref().map(|call| call.attempt));
    let shown = move || {
        attempt.get()?;
        Some(of_call(&desk, &desk.call.get_untracked()?))
    };
    shown.into_any()
}

fn of_call(desk: &Desk, call: &Call) -> AnyView {
    keep_drafts(desk, call);
    let (leaving, gone) = (desk.clone(), desk.clone());
    // Whoever goes to another page comes back to what was typed; the server has it even before.
    on_cleanup(move || gone.drafts.keep_now(&gone));
    let saving = desk.saving.clone();
    let going_on = Memo::new(move |_| saving.read().is_going_on());
    let (number, inbound) = (phone(&call.phone.0), call.direction == CallDirection::Inbound);
    let name = call.entry.person.0.name.clone();
    let title = move || {
        let name = name.clone().unwrap_or_else(|| tr("name-missing"));
        let about = match (inbound, number.is_empty()) {
            (true, _) => return tr_with("panel-inbound", &[("name", name.into())]),
            (false, false) => tr_with("timeline-dialled-outbound", &[("phone", number.clone().into())]),
            (false, true) => tr("panel-left"),
        };
        format!("{name} · {about}")
    };
    view! {
        <section
            class="ds-card panel"
            data-color="neutral"
            aria-labelledby="panel-title"
            data-testid="panel"
            on:focusout=move |_| leaving.drafts.keep_now(&leaving)
        >
            <h2 id="panel-title" class="ds-heading" data-size="sm">{title}</h2>
            <div class="route-form">
                // What is on its way is not changed any more: the change would be lost without a word.
                <div class="route-form" inert=move || going_on.get()>{outcome_form(&call.form)}</div>
                {draft_line(desk)}
                {saving_line(desk)}
                {buttons(desk)}
            </div>
        </section>
    }
    .into_any()
}

fn keep_drafts(desk: &Desk, call: &Call) {
    let (desk, filled) = (desk.clone(), call.form.filled.clone());
    Effect::new(move |drawn: Option<()>| {
        filled.track();
        if drawn.is_some() {
            desk.drafts.rest(&desk);
        }
    });
}

/// "Saved" stands nowhere here: that is said only when it is true.
fn saving_line(desk: &Desk) -> AnyView {
    let saving = desk.saving.clone();
    let shown = move || match saving.get() {
        Saving::No => ().into_any(),
        Saving::Sending => view! { <p>{t!("saving-sending")}</p> }.into_any(),
        Saving::Again => {
            view! { <p class="ds-alert" data-color="warning">{t!("saving-again")}</p> }.into_any()
        }
        Saving::LoggedOut => {
            view! { <p class="ds-alert" data-color="warning">{t!("saving-logged-out")}</p> }.into_any()
        }
        Saving::Refused(failure) => {
            view! { <div class="ds-alert" data-color="danger"><FailureText failure /></div> }.into_any()
        }
    };
    view! { <div role="status">{shown}</div> }.into_any()
}

fn buttons(desk: &Desk) -> AnyView {
    let (next, only) = (desk.clone(), desk.clone());
    let saving = desk.saving.clone();
    let busy = Signal::derive(move || saving.read().is_going_on().to_string());
    view! {
        <div class="buttons">
            <button
                type="button"
                class="ds-button"
                id="call-save-next"
                aria-busy=move || busy.get()
                on:click=move |_| next.save(true)
            >
                {t!("save-and-next")} " " <kbd aria-hidden="true">"Ctrl+Enter"</kbd>
            </button>
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                id="call-save"
                aria-busy=move || busy.get()
                on:click=move |_| only.save(false)
            >
                {t!("save")}
            </button>
        </div>
    }
    .into_any()
}
