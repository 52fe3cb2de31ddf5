//! The data-protection officer asks that an entry be deleted before its time.

mod form;

use crate::client::{self, Failure};
use crate::language::{Key, tr, tr_count};
use crate::navigation::focus;
use crate::parts::failure::refusal;
use crate::parts::fields::is_reason;
use crate::parts::section::section;
use crate::t;
use api::retention::{EarlyEndGround, FindEntry, FoundEntry, RequestEarlyEnd};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use uuid::Uuid;

/// What was found and filled in, and how it went. It outlives the page, as an answer may.
#[derive(Clone)]
struct Asking {
    query: ArcRwSignal<String>,
    /// Whether it was tried to look for nothing.
    blank: ArcRwSignal<bool>,
    /// What was found; none before anything was looked for.
    found: ArcRwSignal<Option<Vec<FoundEntry>>>,
    entry: ArcRwSignal<Option<Uuid>>,
    ground: ArcRwSignal<Option<EarlyEndGround>>,
    reason: ArcRwSignal<String>,
    /// Whether it was tried to send, so that what is missing is told.
    tried: ArcRwSignal<bool>,
    sending: ArcRwSignal<bool>,
    sent: ArcRwSignal<bool>,
    failure: ArcRwSignal<Option<Failure>>,
    refresh: Callback<()>,
}

impl Asking {
    /// Looks for what was typed.
    fn find(&self) {
        let query = self.query.get_untracked().trim().to_owned();
        self.blank.set(!query.contains(|c: char| c.is_ascii_digit()));
        if self.blank.get_untracked() {
            return;
        }
        self.sent.set(false);
        self.tried.set(false);
        self.entry.set(None);
        self.found.set(None);
        self.run(
            async move { client::post("/retention/find", &FindEntry { query }).await },
            |asking, found: Vec<FoundEntry>| {
                if let [only] = found.as_slice() {
                    asking.entry.set(Some(only.entry));
                }
                asking.found.set(Some(found));
            },
        );
    }

    fn send(&self) {
        self.tried.set(true);
        let reason = self.reason.get_untracked().trim().to_owned();
        let (Some(entry), Some(ground)) = (self.entry.get_untracked(), self.ground.get_untracked()) else {
            return;
        };
        if !is_reason(&reason) {
            return;
        }
        let request = RequestEarlyEnd { entry, ground, reason };
        self.run(async move { client::send_off("/retention/early-ends", &request).await }, |asking, ()| {
            asking.forget();
            asking.sent.set(true);
            let _ = asking.refresh.try_run(());
            request_animation_frame(|| focus("request-sent"));
        });
    }

    /// What was typed may be personal: it goes with the request.
    fn forget(&self) {
        self.query.set(String::new());
        self.reason.set(String::new());
        self.found.set(None);
        self.entry.set(None);
        self.ground.set(None);
        self.tried.set(false);
    }

    fn run<T: 'static>(
        &self,
        question: impl Future<Output = Result<T, Failure>> + 'static,
        take: impl FnOnce(&Asking, T) + 'static,
    ) {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        self.failure.set(None);
        let asking = self.clone();
        leptos::task::spawn_local(async move {
            let answer = question.await;
            asking.sending.set(false);
            match answer {
                Ok(answer) => take(&asking, answer),
                Err(failure) => asking.failure.set(Some(failure)),
            }
        });
    }
}

/// The section.
pub fn request(refresh: Callback<()>) -> AnyView {
    let asking = Asking {
        query: ArcRwSignal::new(String::new()),
        blank: ArcRwSignal::new(false),
        found: ArcRwSignal::new(None),
        entry: ArcRwSignal::new(None),
        ground: ArcRwSignal::new(None),
        reason: ArcRwSignal::new(String::new()),
        tried: ArcRwSignal::new(false),
        sending: ArcRwSignal::new(false),
        sent: ArcRwSignal::new(false),
        failure: ArcRwSignal::new(None),
        refresh,
    };
    let (sent, refused) = (asking.sent.clone(), refusal(asking.failure.clone()));
    let content = view! {
        <div class="route-form narrow">
            {search(&asking)}
            {found(asking)}
            {refused}
            <p id="request-sent" class="done" tabindex="-1" role="status">
                {move || sent.get().then(|| tr("request-sent"))}
            </p>
        </div>
    };
    section("retention-request", Key("request-title"), content.into_any())
}

fn search(asking: &Asking) -> AnyView {
    let (query, typed, blank) = (asking.query.clone(), asking.query.clone(), asking.blank.clone());
    let (told, asking) = (blank.clone(), asking.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        asking.find();
    };
    view! {
        <form class="field" autocomplete="off" novalidate on:submit=submit>
            <label class="ds-label" for="request-query">{t!("request-query")}</label>
            <p class="echo" id="request-query-hint">{t!("request-query-hint")}</p>
            <div class="search-box">
                <input
                    class="ds-input"
                    id="request-query"
                    type="text"
                    autocomplete="off"
                    aria-describedby="request-query-hint request-query-missing"
                    aria-invalid=move || blank.get().then_some("true")
                    prop:value=move || query.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="ds-button" data-variant="secondary">{t!("request-find")}</button>
            </div>
            <p id="request-query-missing" role="status">
                {move || told.get().then(|| view! {
                    <span class="ds-validation-message">{t!("request-query-missing")}</span>
                })}
            </p>
        </form>
    }
    .into_any()
}

fn found(asking: Asking) -> AnyView {
    let (found, all) = (asking.found.clone(), asking.found.clone());
    let told = move || {
        found.get().map(|found| match found.len() {
            0 => tr("request-none"),
            hits => tr_count("search-found", hits as u64),
        })
    };
    let shown = move || match all.get() {
        Some(found) if !found.is_empty() => form::form(found, asking.clone()),
        _ => ().into_any(),
    };
    view! {
        <p role="status">{told}</p>
        {shown}
    }
    .into_any()
}
