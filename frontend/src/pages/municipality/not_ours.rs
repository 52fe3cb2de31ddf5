//! Saying that an entry is not the municipality's own. A retry of the same words carries the same key, so it has one
//! effect; whoever decided on a version that is no longer, looks at the new one first.

use super::way_back;
use crate::client::{self, Failure};
use crate::language::{Key, tr};
use crate::parts::dialog::Dialog;
use crate::parts::failure::FailureText;
use crate::parts::fields::{ReasonField, is_reason};
use crate::t;
use api::ProblemCode;
use api::entries::EntryVersion;
use api::municipality::NotOurs;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

/// What was written, and how sending it went. It outlives the page, as the answer may.
#[derive(Clone)]
struct Declining {
    entry: Uuid,
    /// The version on the screen, while the entry is the municipality's own.
    version: Signal<Option<u32>>,
    reason: ArcRwSignal<String>,
    /// Whether it was tried to send, so that what is missing is told.
    tried: ArcRwSignal<bool>,
    sending: ArcRwSignal<bool>,
    failure: ArcRwSignal<Option<Failure>>,
    /// The last words sent, on which version, and their key.
    sent: ArcRwSignal<Option<(String, u32, String)>>,
}

impl Declining {
    fn key_of(&self, reason: &str, version: u32) -> Option<String> {
        if let Some((words, on, key)) = self.sent.get_untracked()
            && (words.as_str(), on) == (reason, version)
        {
            return Some(key);
        }
        let key = client::new_key()?;
        self.sent.set(Some((reason.to_owned(), version, key.clone())));
        Some(key)
    }

    fn send(&self, then: impl FnOnce() + 'static) {
        self.tried.set(true);
        let reason = self.reason.get_untracked().trim().to_owned();
        if !is_reason(&reason) || self.sending.get_untracked() {
            return;
        }
        let Some(version) = self.version.try_get_untracked().flatten() else { return };
        let Some(key) = self.key_of(&reason, version) else { return };
        self.sending.set(true);
        self.failure.set(None);
        let declining = self.clone();
        leptos::task::spawn_local(async move {
            let path = format!("/entries/{}/not-ours", declining.entry);
            let answer =
                client::post_decided::<_, EntryVersion>(&path, version, &key, &NotOurs { reason }).await;
            declining.sending.set(false);
            match answer {
                Ok(_) => then(),
                Err(failure) => declining.failure.set(Some(failure)),
            }
        });
    }
}

/// The button and its dialog; nothing while the entry is somebody else's. `reload` fetches the entry anew.
pub fn not_ours(entry: Uuid, version: Signal<Option<u32>>, reload: Callback<()>) -> AnyView {
    let open = RwSignal::new(false);
    let is_ours = Memo::new(move |_| version.get().is_some());
    let declining = Declining {
        entry,
        version,
        reason: ArcRwSignal::new(String::new()),
        tried: ArcRwSignal::new(false),
        sending: ArcRwSignal::new(false),
        failure: ArcRwSignal::new(None),
        sent: ArcRwSignal::new(None),
    };
    let button = move || {
        is_ours.get().then(|| {
            view! {
                <div class="buttons">
                    <button
                        type="button"
                        class="ds-button"
                        data-variant="secondary"
                        data-testid="not-ours"
                        on:click=move |_| open.set(true)
                    >
                        {t!("not-ours-open")}
                    </button>
                </div>
            }
        })
    };
    view! {
        {button}
        <Dialog
            id="not-ours-title"
            title=Signal::derive(t!("not-ours-title"))
            open=open
            close=Callback::new(move |()| open.set(false))
        >
            {form(declining, open, reload)}
        </Dialog>
    }
    .into_any()
}

fn form(declining: Declining, open: RwSignal<bool>, reload: Callback<()>) -> AnyView {
    let Declining { reason, tried, sending, failure, .. } = declining.clone();
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (navigate, page) = (navigate.clone(), address());
        declining.send(move || {
            // Whoever has gone elsewhere meanwhile is left there.
            if address() == page {
                way_back::leave_word(Key("not-ours-done"));
                navigate(&way_back::path(), NavigateOptions::default());
            }
        });
    };
    let label = {
        let sending = sending.clone();
        move || tr(if sending.get() { "route-sending" } else { "not-ours-send" })
    };
    view! {
        <form class="route-form" data-testid="not-ours-form" autocomplete="off" novalidate on:submit=submit>
            <p>{t!("not-ours-text")}</p>
            <ReasonField id="not-ours-reason" hint=Key("not-ours-hint") reason tried />
            {refused(failure, reload)}
            <div class="buttons">
                <button type="submit" class="ds-button" aria-busy=move || sending.get().to_string()>{label}</button>
                <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| open.set(false)>
                    {t!("cancel")}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn address() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Why it was not taken. When the entry was changed meanwhile, the way on is to look at the new version; what was
/// written stays.
fn refused(failure: ArcRwSignal<Option<Failure>>, reload: Callback<()>) -> AnyView {
    let shown = move || {
        let told = failure.get()?;
        if told.code() != Some(ProblemCode::ChangedMeanwhile) {
            let alert = view! { <div class="ds-alert" data-color="danger" role="alert"><FailureText failure=told /></div> };
            return Some(alert.into_any());
        }
        let failure = failure.clone();
        let look_again = move |_| {
            failure.set(None);
            reload.run(());
        };
        let alert = view! {
            <div class="ds-alert" data-color="warning" role="alert">
                <h3 class="ds-heading" data-size="2xs">{t!("route-changed-title")}</h3>
                <p>{t!("not-ours-changed")}</p>
                <button type="button" class="ds-button" data-variant="secondary" on:click=look_again>
                    {t!("route-reload")}
                </button>
            </div>
        };
        Some(alert.into_any())
    };
    shown.into_any()
}
