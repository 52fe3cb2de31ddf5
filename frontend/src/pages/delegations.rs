//! `/municipality/delegations`: whom the doctor lets work in the doctor's place, until when, and what must be confirmed.

use crate::client::{self, Failure};
use crate::format::{date_short, moment_short};
use crate::language::{Key, language, tr, tr_with};
use crate::loading::{Load, Loader};
use crate::navigation::PageHeading;
use crate::parts::failure::{FailureView, refusal};
use crate::parts::fields::DateField;
use crate::parts::outcome::word;
use crate::parts::section::section;
use crate::parts::state::Skeleton;
use crate::parts::table::{Column, FIGURES, table};
use crate::t;
use api::delegations::{Delegation, DelegationList, DelegationState, GiveDelegation};
use jiff::civil::Date;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const COLUMNS: &[Column] = &[
    (Key("delegations-name"), ""),
    (Key("delegations-access"), ""),
    (Key("delegations-until"), FIGURES),
    (Key("delegations-confirm-before"), FIGURES),
    (Key("delegations-state"), ""),
    (Key("delegations-actions"), ""),
];

/// What was refused, and fetching anew after what was done.
#[derive(Clone)]
struct Doing {
    failure: ArcRwSignal<Option<Failure>>,
    fetch: Callback<()>,
}

impl Doing {
    /// Sends something, and fetches when it was taken.
    fn send<B: serde::Serialize + 'static>(&self, path: String, body: B) {
        let Some(key) = client::new_key() else { return };
        let Doing { failure, fetch } = self.clone();
        failure.set(None);
        leptos::task::spawn_local(async move {
            match client::post_once::<B, Delegation>(&path, &key, &body).await {
                Ok(_) => fetch.run(()),
                Err(refused) => failure.set(Some(refused)),
            }
        });
    }
}

/// The page.
#[component]
pub fn DelegationsPage() -> impl IntoView {
    let loader = Loader::<DelegationList>::new();
    let asked = loader.clone();
    let fetch = Callback::new(move |()| asked.refresh(client::get("/municipality/delegations")));
    fetch.run(());
    let doing = Doing { failure: ArcRwSignal::new(None), fetch };
    let state = loader.state();
    let list = Signal::derive({
        let state = state.clone();
        move || state.with(Load::ready_or_none)
    });
    let stage = Memo::new(move |_| state.with(Load::stage));
    let failure = doing.failure.clone();
    let shown = move || match stage.get() {
        Load::Loading => view! { <Skeleton /> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure retry=move || fetch.run(()) /> }.into_any(),
        Load::Ready(()) => parts(list, doing.clone()),
    };
    view! {
        <div class="page">
            <PageHeading title=Key("delegations-title") />
            <p>{t!("delegations-lead")}</p>
            {shown}
            {refusal(failure)}
        </div>
    }
}

fn parts(list: Signal<Option<DelegationList>>, doing: Doing) -> AnyView {
    let of_rows = doing.clone();
    let rows = Callback::new(move |()| {
        let items = list.get().map(|list| list.items).unwrap_or_default();
        items.into_iter().map(|one| row(one, of_rows.clone())).collect()
    });
    let until_max = list.get_untracked().map(|list| list.until_max);
    view! {
        {table("delegations-caption", Key("delegations-caption"), COLUMNS, rows)}
        {section("delegations-give", Key("delegations-give"), form(until_max, doing))}
    }
    .into_any()
}

fn row(one: Delegation, doing: Doing) -> Vec<AnyView> {
    let access = if one.health { "delegations-with-health" } else { "delegations-without-health" };
    let over = match one.state {
        DelegationState::Living | DelegationState::Asleep => false,
        DelegationState::Ended | DelegationState::Withdrawn => true,
    };
    let before = moment_short(language(), one.confirm_before);
    let soon = one.confirm_now.then(|| {
        view! { <span class="ds-tag" data-color="warning">{t!("delegations-confirm-now")}</span> }
    });
    let actions = (!over)
        .then(|| view! { {button(&one, "confirmation", &doing)} {button(&one, "withdrawal", &doing)} });
    vec![
        format!("{} ({})", one.name, one.user).into_any(),
        tr(access).into_any(),
        date_short(one.until).into_any(),
        view! { {(!over).then_some(before)} " " {soon} }.into_any(),
        word("delegation", &one.state).into_any(),
        view! { <div class="buttons">{actions}</div> }.into_any(),
    ]
}

fn button(one: &Delegation, what: &'static str, doing: &Doing) -> AnyView {
    let path = format!("/municipality/delegations/{}/{what}", one.id);
    let label = tr_with(&format!("delegations-{what}-of"), &[("name", one.name.as_str().into())]);
    let doing = doing.clone();
    let press = move |_| doing.send(path.clone(), serde_json::json!({}));
    view! {
        <button type="button" class="ds-button" data-variant="secondary" data-size="sm" aria-label=label on:click=press>
            {tr(&format!("delegations-{what}"))}
        </button>
    }
    .into_any()
}

fn form(until_max: Option<Date>, doing: Doing) -> AnyView {
    let (user, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (health, until) = (RwSignal::new(false), RwSignal::new(until_max));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (user, name) = (user.get_untracked().trim().to_owned(), name.get_untracked().trim().to_owned());
        let Some(until) = until.get_untracked().filter(|_| !user.is_empty() && !name.is_empty()) else {
            return;
        };
        let path = "/municipality/delegations".to_owned();
        doing.send(path, GiveDelegation { user, name, health: health.get_untracked(), until });
    };
    view! {
        <form class="route-form" autocomplete="off" novalidate on:submit=submit>
            {text("delegation-user", Key("delegations-user"), user)}
            {text("delegation-name", Key("delegations-name"), name)}
            <div class="field">
                <label class="ds-label" for="delegation-health">
                    <input
                        type="checkbox"
                        id="delegation-health"
                        prop:checked=move || health.get()
                        on:change=move |event| health.set(event_target_checked(&event))
                    />
                    " " {t!("delegations-with-health")}
                </label>
            </div>
            <DateField
                id="delegation-until"
                label=Key("delegations-until")
                chosen=Signal::derive(move || until.get())
                choose=Callback::new(move |date| until.set(date))
            />
            <div class="buttons">
                <button type="submit" class="ds-button">{t!("delegations-save")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn text(id: &'static str, label: Key, value: RwSignal<String>) -> AnyView {
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <input
                class="ds-input"
                type="text"
                id=id
                maxlength="120"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}
