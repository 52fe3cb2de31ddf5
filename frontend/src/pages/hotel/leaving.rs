//! The last question before a guest is checked out.

use super::Desk;
use crate::language::tr_with;
use crate::parts::dialog::Dialog;
use crate::parts::failure::refusal;
use crate::t;
use leptos::prelude::*;
use uuid::Uuid;

/// The dialog: open while it is asked.
pub fn leaving(desk: Desk) -> AnyView {
    let leaves = desk.leaves;
    let title = move || {
        let name = leaves.get().map(|(_, name)| name).unwrap_or_default();
        tr_with("hotel-leave-title", &[("name", name.into())])
    };
    let closing = desk.clone();
    let close = move |()| {
        leaves.set(None);
        closing.failure.set(None);
    };
    let question = move || leaves.get().map(|(guest, name)| question(guest, name, &desk));
    view! {
        <Dialog
            id="hotel-leave"
            title=Signal::derive(title)
            open=Signal::derive(move || leaves.read().is_some())
            close=Callback::new(close)
        >
            {question}
        </Dialog>
    }
    .into_any()
}

fn question(guest: Uuid, name: String, desk: &Desk) -> AnyView {
    let (leaves, sending, refused) = (desk.leaves, desk.sending.clone(), refusal(desk.failure.clone()));
    let desk = desk.clone();
    view! {
        <div class="route-form" data-testid="hotel-leave">
            <p>{t!("hotel-leave-text")}</p>
            {refused}
            <div class="buttons">
                <button
                    type="button"
                    class="ds-button"
                    aria-busy=move || sending.get().to_string()
                    on:click=move |_| desk.check_out(guest, name.clone())
                >
                    {t!("hotel-check-out")}
                </button>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    on:click=move |_| leaves.set(None)
                >
                    {t!("cancel")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
