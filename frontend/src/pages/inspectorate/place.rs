//! What was told of one place, and what an inspector does about it.

use super::acting::{Acting, What};
use crate::format::{moment_prose, moment_short};
use crate::language::{language, tr, tr_count, tr_with};
use crate::parts::outcome::word;
use crate::parts::referral::{days, list, place as address, stage_tag};
use crate::t;
use api::referrals::{BundlePlace, InspectedReferral, ReferralStage};
use events::Personal;
use leptos::prelude::*;
use uuid::Uuid;

/// The section of a place.
pub fn place(at: usize, told: BundlePlace, acting: &Acting) -> AnyView {
    let heading = format!("place-{at}");
    let named = heading.clone();
    let at_stage = |stages: &[ReferralStage]| -> Vec<Uuid> {
        let here = told.referrals.iter().filter(|referral| stages.contains(&referral.stage));
        here.map(|referral| referral.referral).collect()
    };
    use ReferralStage::{InHand, Open, Returned};
    let offered = [
        (What::Acknowledge, "inspect-acknowledge", "primary", at_stage(&[Open])),
        (What::Return, "inspect-return", "secondary", at_stage(&[Open, InHand])),
        (What::Close, "inspect-close", "secondary", at_stage(&[Open, InHand, Returned])),
    ];
    let counts = tr_count("place-travellers", told.counts.travellers);
    let buttons: Vec<AnyView> = offered
        .into_iter()
        .filter(|(.., here)| !here.is_empty())
        .map(|offer| button(&heading, offer, acting))
        .collect();
    let buttons = (!buttons.is_empty()).then(|| view! { <div class="buttons">{buttons}</div> });
    let referrals: Vec<AnyView> = told.referrals.into_iter().map(|referral| one(referral, acting)).collect();
    view! {
        <section class="spaced" aria-labelledby=heading data-testid="place">
            <h2 id=named class="ds-heading" data-size="sm">{address(&told.accommodation)}</h2>
            <p class="subtle">{counts}</p>
            {buttons}
            <ul class="requests">{referrals}</ul>
        </section>
    }
    .into_any()
}

/// What can be done, the name of the button, how it looks, and to which of the place.
type Offer = (What, &'static str, &'static str, Vec<Uuid>);

/// It acts on those that are chosen.
fn button(heading: &str, (what, key, variant, here): Offer, acting: &Acting) -> AnyView {
    let (asked, counted, shown) = (acting.clone(), acting.clone(), here.clone());
    let words = move || tr_count(key, counted.chosen_of(&shown).len() as u64);
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant=variant
            aria-describedby=heading.to_owned()
            data-testid=key
            on:click=move |_| asked.ask(what, &here)
        >
            {words}
        </button>
    }
    .into_any()
}

fn one(told: InspectedReferral, acting: &Acting) -> AnyView {
    let id = told.referral;
    let open = told.stage != ReferralStage::Closed;
    let made = tr_with("inspected-made", &[("moment", moment_prose(language(), told.made_at).into())]);
    let deleted =
        tr_with("inspected-deleted", &[("moment", moment_short(language(), told.delete_by).into())]);
    let reference = tr_with("inspected-reference", &[("reference", id.to_string().into())]);
    let title = format!("referral-{id}");
    let named = title.clone();
    let choose = open.then(|| checkbox(id, acting));
    let gone = (!told.holds).then(
        || view! { <div class="ds-alert" data-color="warning"><p>{t!("inspected-corrected")}</p></div> },
    );
    view! {
        <li class="ds-card" data-color="neutral" data-testid="referral" aria-labelledby=title>
            <p class="deadline">
                {choose}
                {stage_tag(told.stage)}
                <strong id=named>{made}</strong>
            </p>
            {gone}
            {list(&told.facts)}
            <p>{days(&told.facts)}</p>
            {answer(&told)}
            <p class="subtle">{deleted} " " <span class="reference">{reference}</span></p>
        </li>
    }
    .into_any()
}

/// What was answered, when something was.
fn answer(told: &InspectedReferral) -> AnyView {
    let since = |moment| moment_prose(language(), moment);
    let at = told.stage_at.map(since).unwrap_or_default();
    let lines = match told.stage {
        ReferralStage::Open => vec![],
        ReferralStage::InHand => vec![tr_with("inspected-in-hand", &[("moment", at.into())])],
        ReferralStage::Returned => {
            let wanted: Vec<String> = told.wanted.iter().map(|one| word("wanted", one)).collect();
            let asked = [("moment", at.into()), ("wanted", wanted.join(", ").into())];
            let note = told
                .note
                .as_ref()
                .map(|Personal(note)| tr_with("inspected-note", &[("note", note.as_str().into())]));
            [Some(tr_with("inspected-returned", &asked)), note].into_iter().flatten().collect()
        }
        ReferralStage::Closed => {
            let outcome = told.outcome.map(|outcome| word("inspection", &outcome)).unwrap_or_default();
            vec![tr_with("inspected-closed", &[("moment", at.into()), ("outcome", outcome.into())])]
        }
    };
    lines.into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect::<Vec<_>>().into_any()
}

fn checkbox(id: Uuid, acting: &Acting) -> AnyView {
    let (shown, set) = (acting.clone(), acting.clone());
    view! {
        <label class="choice">
            <input
                class="ds-input"
                type="checkbox"
                prop:checked=move || shown.is_chosen(id)
                on:change=move |event| set.choose(id, event_target_checked(&event))
            />
            <span class="sr-only">{tr("inspect-choose")}</span>
        </label>
    }
    .into_any()
}
