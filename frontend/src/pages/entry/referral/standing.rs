//! How a referral stands: its letter, and what the inspectorate does with it.

use super::making::Making;
use crate::format::moment_prose;
use crate::language::{language, tr, tr_with};
use crate::parts::outcome::word;
use crate::parts::referral::{days, list, number, place, stage_tag};
use crate::t;
use api::referrals::{EntryReferral, ReferralStage};
use events::Personal;
use leptos::prelude::*;

/// One referral, and what can be done about it.
pub fn line(told: EntryReferral, more: Option<AnyView>, making: &Making) -> AnyView {
    let moment = moment_prose(language(), told.made_at);
    let made = [("moment", moment.into()), ("name", told.made_by.clone().into())];
    let dead = told.delivery.is_some_and(|status| status.is_dead());
    let again = (dead && told.stage != ReferralStage::Closed).then(|| again(&told, making));
    let corrected = (!told.holds).then(
        || view! { <div class="ds-alert" data-color="warning"><p>{t!("referral-corrected")}</p></div> },
    );
    let letter = letter(&told);
    let letter = match dead {
        true => view! { <div class="ds-alert" data-color="danger"><p>{letter}</p></div> }.into_any(),
        false => view! { <p>{letter}</p> }.into_any(),
    };
    view! {
        <li class="ds-card" data-color="neutral" data-testid="entry-referral">
            <p class="deadline">{stage_tag(told.stage)} <strong>{told.content.employer.name.0.clone()}</strong></p>
            <p class="figures">{number(&told.content.employer)}</p>
            <p>{place(&told.content.accommodation)}</p>
            {list(&told.content.facts)}
            <p>{days(&told.content.facts)}</p>
            {corrected}
            {letter}
            {answer(&told)}
            <p class="subtle">{tr_with("referral-made-by", &made)}</p>
            {again}
            {more}
        </li>
    }
    .into_any()
}

/// Where the letter is.
fn letter(told: &EntryReferral) -> String {
    let at = told.delivery_at.or(told.sent_at).map(|at| moment_prose(language(), at)).unwrap_or_default();
    match (told.joins, told.delivery, told.sent_at) {
        (Some(_), _, _) => tr("letter-joined"),
        (None, Some(status), _) => {
            tr_with("letter-status", &[("status", word("delivery", &status).into()), ("moment", at.into())])
        }
        (None, None, Some(_)) => tr_with("letter-sent", &[("moment", at.into())]),
        (None, None, None) if !told.letters_are_sent => tr("letter-off"),
        (None, None, None) => tr("letter-waits"),
    }
}

/// What the inspectorate says.
fn answer(told: &EntryReferral) -> AnyView {
    let at = told.stage_at.map(|at| moment_prose(language(), at)).unwrap_or_default();
    let lines = match told.stage {
        ReferralStage::Open => vec![],
        ReferralStage::InHand => vec![tr_with("inspected-in-hand", &[("moment", at.into())])],
        ReferralStage::Returned => {
            let wanted: Vec<String> = told.wanted.iter().map(|one| word("wanted", one)).collect();
            let asked = [("moment", at.into()), ("wanted", wanted.join(", ").into())];
            let note = told.note.as_ref();
            let note =
                note.map(|Personal(note)| tr_with("inspected-note", &[("note", note.as_str().into())]));
            [Some(tr_with("inspected-returned", &asked)), note].into_iter().flatten().collect()
        }
        ReferralStage::Closed => {
            let outcome = told.outcome.map(|outcome| word("inspection", &outcome)).unwrap_or_default();
            vec![tr_with("inspected-closed", &[("moment", at.into()), ("outcome", outcome.into())])]
        }
    };
    lines.into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect::<Vec<_>>().into_any()
}

fn again(told: &EntryReferral, making: &Making) -> AnyView {
    let (making, id) = (making.clone(), told.referral);
    view! {
        <div class="buttons">
            <button type="button" class="ds-button" data-variant="secondary" on:click=move |_| making.resend(id)>
                {t!("letter-again")}
            </button>
        </div>
    }
    .into_any()
}
