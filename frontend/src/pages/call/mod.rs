//! `/call`: the next traveller to ring, the script, and what the call came to.

mod card;
mod desk;
mod draft;
mod inbound;
mod lease;
mod nobody;
mod panel;
mod saved;
mod saving;
mod skip;

pub use desk::forget;

use crate::language::Key;
use crate::navigation::PageHeading;
use crate::parts::failure::{FailureView, refusal};
use crate::parts::state::Skeleton;
use api::calls::NextCall;
use desk::Desk;
use leptos::prelude::*;
use uuid::Uuid;

/// What stands on the page, apart from its content: that may change under the caller's hands.
#[derive(Clone, PartialEq)]
enum Stage {
    Asking,
    NotToBeHad,
    Card(Uuid, u32),
    Nobody,
}

/// The page.
#[component]
pub fn CallPage() -> impl IntoView {
    let desk = desk::desk();
    if desk.next.read_untracked().is_none() {
        desk.open();
    }
    view! {
        <div class="page call">
            <PageHeading title=Key("call-title") />
            {saved::saved(&desk)}
            {notice(&desk)}
            {refusal(desk.failure.clone())}
            <div class="desk">{panel::panel(&desk)} {body(&desk)}</div>
            {inbound::inbound(&desk)}
        </div>
    }
}

fn body(desk: &Desk) -> AnyView {
    let (desk, next, failure, call) =
        (desk.clone(), desk.next.clone(), desk.failure.clone(), desk.call.clone());
    let stage = Memo::new(move |_| match &*next.read() {
        None if failure.read().is_some() => Stage::NotToBeHad,
        None => Stage::Asking,
        Some(NextCall::Card(card)) => Stage::Card(card.entry.id, card.version),
        Some(NextCall::Nobody { .. }) => Stage::Nobody,
    });
    let calling = Memo::new(move |_| call.read().is_some());
    let shown = move || match stage.get() {
        Stage::Asking => view! { <Skeleton lines=4 /> }.into_any(),
        Stage::NotToBeHad => {
            let (failure, desk) = (desk.failure.get_untracked(), desk.clone());
            let again = failure.map(|failure| view! { <FailureView failure retry=move || desk.open() /> });
            again.into_any()
        }
        Stage::Card(..) => untrack(|| desk.card()).map(|card| card::card(&desk, &card)).into_any(),
        // Whoever takes a call without a card finishes it first.
        Stage::Nobody if calling.get() => ().into_any(),
        Stage::Nobody => nobody::nobody(&desk),
    };
    shown.into_any()
}

fn notice(desk: &Desk) -> AnyView {
    let notice = desk.notice.clone();
    let shown = move || {
        notice.get().map(|notice| view! { <p class="ds-alert" data-color="info">{notice.text()}</p> })
    };
    view! { <div role="status">{shown}</div> }.into_any()
}
