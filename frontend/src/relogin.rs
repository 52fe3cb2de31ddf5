//! The session has ended under somebody who was typing: log in again in the same place, nothing is lost.
//! What was on the screen is veiled meanwhile, as its user may have left.

use crate::client::Failure;
use crate::pages::login;
use crate::parts::failure::refusal;
use crate::session::{self, Login};
use crate::t;
use leptos::html;
use leptos::prelude::*;

/// The dialog; open while the session is over. It cannot be closed otherwise.
#[component]
pub fn Relogin() -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let ended = Memo::new(|_| *session::login().read() == Login::Ended);
    let follow = move || {
        let Some(dialog) = dialog.get_untracked() else { return };
        match (ended.get_untracked(), dialog.open()) {
            // Fails only when it is open already. Closed, it gives the focus back to where it was.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    };
    Effect::new(move |_| {
        dialog.track();
        ended.track();
        follow();
    });
    let content = move || ended.get().then(content);
    view! {
        <dialog
            class="ds-dialog veil"
            node_ref=dialog
            aria-labelledby="relogin-title"
            data-testid="relogin"
            on:cancel=|event: leptos::ev::Event| event.prevent_default()
            on:close=move |_| follow()
        >
            <h2 id="relogin-title" class="ds-heading" data-size="sm">{t!("ended-title")}</h2>
            {content}
        </dialog>
    }
}

fn content() -> AnyView {
    let refused = ArcRwSignal::new(None::<Failure>);
    let told = refusal(refused.clone());
    let enter = Callback::new(move |key: String| {
        let refused = refused.clone();
        leptos::task::spawn_local(async move {
            if let Err(failure) = session::enter_demo(key).await {
                refused.set(Some(failure));
            }
        });
    });
    view! {
        <div class="route-form">
            <p>{t!("ended-here-text")}</p>
            <p>{t!("ended-here-other")}</p>
            {told}
            {login::roles(enter)}
            <div>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    on:click=|_| leptos::task::spawn_local(session::resume())
                >
                    {t!("ended-elsewhere")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
