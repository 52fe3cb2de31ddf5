//! Facts of a referral in words, for those who make it and those who read it.

use crate::format::{date_prose, org_number};
use crate::language::{language, tr, tr_with};
use crate::parts::outcome::word;
use api::referrals::ReferralStage;
use events::referral::{Accommodation, ReferralFacts, ReferredEmployer};
use leptos::prelude::*;

/// One line for each fact.
pub fn lines(facts: &ReferralFacts) -> Vec<String> {
    let mut lines: Vec<String> =
        facts.breaches.iter().map(|breach| word("employer-breach", breach)).collect();
    lines.extend(facts.lodged_by_employer.then(|| tr("referral-fact-lodged-by-employer")));
    lines.extend(
        facts
            .sleep_in_room
            .map(|number| tr_with("referral-fact-sleep-in-room", &[("number", u64::from(number).into())])),
    );
    lines.extend(facts.told_to_work.then(|| tr("referral-fact-told-to-work")));
    lines
}

/// The facts, as a list.
pub fn list(facts: &ReferralFacts) -> AnyView {
    let lines = lines(facts).into_iter().map(|line| view! { <li>{line}</li> }.into_any());
    view! { <ul class="told">{lines.collect::<Vec<_>>()}</ul> }.into_any()
}

/// When it was told, and since when the traveller is in Norway.
pub fn days(facts: &ReferralFacts) -> String {
    let day = |date| date_prose(language(), date);
    let told = tr_with("referral-told-on", &[("day", day(facts.told_on).into())]);
    match facts.arrived_on {
        Some(date) => format!("{told} {}", tr_with("referral-arrived-on", &[("day", day(date).into())])),
        None => told,
    }
}

/// The place on one line.
pub fn place(accommodation: &Accommodation) -> String {
    match &accommodation.postcode {
        Some(postcode) => format!("{}, {}", accommodation.address.0, postcode.0),
        None => accommodation.address.0.clone(),
    }
}

/// The employer's number, or that there is none.
pub fn number(employer: &ReferredEmployer) -> String {
    match &employer.org_number {
        Some(number) => tr_with("referral-letter-number", &[("number", org_number(number).into())]),
        None => tr("referral-letter-no-number"),
    }
}

/// How far it has come; the colour repeats what the word says.
pub fn stage_tag(stage: ReferralStage) -> AnyView {
    let colour = match stage {
        ReferralStage::Open => "warning",
        ReferralStage::InHand => "info",
        ReferralStage::Returned => "neutral",
        ReferralStage::Closed => "success",
    };
    view! { <span class="ds-tag" data-color=colour>{word("referral-stage", &stage)}</span> }.into_any()
}
