//! What the labour inspectorate is told of this entry's employer: what was told, and telling it.

mod form;
mod making;
mod preview;
mod standing;

use crate::client::{self, Failure};
use crate::language::{Key, tr};
use crate::live;
use crate::loading::{Load, Loader};
use crate::parts::failure::FailureText;
use crate::parts::pace::Pace;
use crate::parts::section::section;
use crate::{session, t};
use api::live::Topic;
use api::referrals::{EntryReferral, EntryReferrals, ReferralStage};
use leptos::prelude::*;
use making::{Making, Purpose};

const PACE_MS: f64 = 2_000.0;

/// The section, for those who may refer; nothing when there is nothing to tell and nothing was told.
pub fn referrals(entry: uuid::Uuid) -> AnyView {
    if !untrack(session::permissions).make_referrals {
        return ().into_any();
    }
    let loader = Loader::<EntryReferrals>::new();
    let fetch = {
        let loader = loader.clone();
        move || loader.refresh(fetch_referrals(entry))
    };
    fetch();
    let refresh = {
        let fetch = fetch.clone();
        Callback::new(move |()| fetch())
    };
    live::follow(&[Topic::Entries], Pace::new(PACE_MS, fetch));
    let making = Making::new(entry, refresh);
    let state = loader.state();
    let shown = Memo::new(move |_| state.get());
    let within = making.clone();
    let content = move || match shown.get() {
        Load::Loading => ().into_any(),
        Load::Failed(failure) => {
            view! { <div class="ds-alert" data-color="danger"><FailureText failure /></div> }.into_any()
        }
        Load::Ready(told) if told.referrals.is_empty() && told.possible.is_none() => ().into_any(),
        Load::Ready(told) => parts(told, &within),
    };
    // They stay while what is told of changes, so that nobody loses what he fills in or where he reads.
    view! {
        {content}
        {preview::done(&making)}
        {form::dialog(&making)}
    }
    .into_any()
}

async fn fetch_referrals(entry: uuid::Uuid) -> Result<EntryReferrals, Failure> {
    client::get(&format!("/entries/{entry}/referrals")).await
}

fn parts(told: EntryReferrals, making: &Making) -> AnyView {
    let version = told.version;
    making.is_at(version);
    let known = told.referrals.iter().any(|referral| is_about(referral, &told));
    let offer = told.possible.clone().filter(|_| !known);
    let returned = told.possible.clone();
    let lines: Vec<AnyView> = told
        .referrals
        .into_iter()
        .map(|referral| {
            let more = (referral.stage == ReferralStage::Returned).then(|| returned.clone()).flatten();
            let more = more.map(|possible| {
                making.button(Purpose::More(referral.referral), Some(referral.content.clone()), possible)
            });
            standing::line(referral, more, making)
        })
        .collect();
    let list = (!lines.is_empty()).then(|| view! { <ul class="requests">{lines}</ul> });
    let offer = offer.map(|possible| {
        view! {
            <p class="narrow">{t!("referral-offer")}</p>
            {making.button(Purpose::New, None, possible)}
        }
    });
    let content = view! {
        {list}
        {offer}
    };
    section("referral-heading", Key("referral-title"), content.into_any())
}

/// Whether an open referral rests on the conversation that could be told of.
fn is_about(referral: &EntryReferral, told: &EntryReferrals) -> bool {
    let conversation = told.possible.as_ref().map(|possible| possible.conversation);
    referral.stage != ReferralStage::Closed && Some(referral.content.conversation) == conversation
}

/// A text field with what is wrong about it.
fn field(
    id: &'static str,
    label: Key,
    value: ArcRwSignal<String>,
    wrong: Signal<Option<&'static str>>,
) -> AnyView {
    let wrong_id = format!("{id}-wrong");
    let shown = value.clone();
    view! {
        <div class="field">
            <label class="ds-label" for=id>{label.follow()}</label>
            <input
                class="ds-input"
                id=id
                autocomplete="off"
                aria-describedby=wrong_id.clone()
                aria-invalid=move || wrong.get().map(|_| "true")
                prop:value=move || shown.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <p id=wrong_id role="status">
                {move || wrong.get().map(|key| view! { <span class="ds-validation-message">{tr(key)}</span> })}
            </p>
        </div>
    }
    .into_any()
}
