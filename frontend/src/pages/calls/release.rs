//! Taking a card from a caller, after a last question.

use crate::client::{self, Failure};
use crate::language::{tr, tr_with};
use crate::navigation::focus;
use crate::parts::dialog::Dialog;
use crate::parts::failure::refusal;
use crate::t;
use leptos::prelude::*;
use uuid::Uuid;

/// What is being asked, and how it went. It outlives the page, as the answer may.
#[derive(Clone)]
pub struct Release {
    chosen: RwSignal<Option<(Uuid, String)>>,
    done: ArcRwSignal<Option<String>>,
    failure: ArcRwSignal<Option<Failure>>,
    refresh: Callback<()>,
}

impl Release {
    /// Nothing is asked yet.
    pub fn new(refresh: Callback<()>) -> Release {
        Release {
            chosen: RwSignal::new(None),
            done: ArcRwSignal::new(None),
            failure: ArcRwSignal::new(None),
            refresh,
        }
    }

    /// Asks the last question.
    pub fn ask(&self, entry: Uuid, holder: &str) {
        self.done.set(None);
        self.failure.set(None);
        self.chosen.set(Some((entry, holder.to_owned())));
    }

    fn send(&self) {
        let Some((entry, holder)) = self.chosen.get_untracked() else { return };
        let release = self.clone();
        leptos::task::spawn_local(async move {
            match client::post_empty(&format!("/queue/cards/{entry}/release")).await {
                Ok(()) => {
                    release.done.set(Some(holder));
                    // The answer may come when the page has gone; then nobody is left to tell.
                    let _ = release.chosen.try_set(None);
                    let _ = release.refresh.try_run(());
                    request_animation_frame(|| focus("release-done"));
                }
                Err(failure) => release.failure.set(Some(failure)),
            }
        });
    }
}

/// The dialog, and what was done.
pub fn release(desk: Release) -> AnyView {
    let (chosen, done, refused) = (desk.chosen, desk.done.clone(), refusal(desk.failure.clone()));
    let told = move || done.get().map(|name| tr_with("release-done", &[("name", name.into())]));
    let words = move || {
        chosen.get().map(|(_, name)| tr_with("release-text", &[("name", name.into())])).unwrap_or_default()
    };
    view! {
        <p id="release-done" class="done" tabindex="-1" role="status">{told}</p>
        <Dialog
            id="release-title"
            title=Signal::derive(|| tr("release-title"))
            open=Signal::derive(move || chosen.read().is_some())
            close=Callback::new(move |()| chosen.set(None))
        >
            <div class="route-form">
                <p>{words}</p>
                {refused}
                <div class="buttons">
                    <button type="button" class="ds-button" on:click=move |_| desk.send()>{t!("release-send")}</button>
                    <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| chosen.set(None)>
                        {t!("cancel")}
                    </button>
                </div>
            </div>
        </Dialog>
    }
    .into_any()
}
