//! Exactly what leaves, and that it did.

use super::making::Making;
use crate::language::{tr, tr_with};
use crate::parts::failure::refusal;
use crate::t;
use api::referrals::{PreviewFile, ReferralPreview};
use leptos::prelude::*;

/// What leaves with exactly what is filled in, and the button that sends it.
pub fn preview(making: &Making) -> AnyView {
    let (asked, act) = (making.clone(), making.clone());
    let current = Memo::new(move |_| {
        let (content, preview) = asked.preview.get()?;
        (asked.content()? == content).then_some(preview)
    });
    let shown = move || {
        current.get().map(|preview| {
            let (act, sending) = (act.clone(), act.sending.clone());
            view! {
                {files(preview)}
                <div class="buttons">
                    <button
                        type="button"
                        class="ds-button"
                        id="referral-send"
                        aria-busy=move || sending.get().to_string()
                        on:click=move |_| act.act()
                    >
                        {t!("referral-send")}
                    </button>
                </div>
            }
        })
    };
    view! { <div class="route-form" role="status">{shown}</div> }.into_any()
}

fn files(preview: ReferralPreview) -> AnyView {
    let joins = preview.joins.then(|| view! { <p>{t!("referral-joins")}</p> });
    let mut files = preview.files.into_iter();
    let letter = files.next().map(|file| content(file, true));
    let others: Vec<AnyView> = files.map(|file| content(file, false)).collect();
    view! {
        <h3 class="ds-heading" data-size="2xs">{t!("referral-leaves")}</h3>
        {joins}
        {letter}
        {others}
    }
    .into_any()
}

/// The letter is read as it stands; what machines read lies folded up beside it. Both are bokmål or code.
fn content(file: PreviewFile, open: bool) -> AnyView {
    let label = tr_with("referral-file", &[("name", file.name.into())]);
    view! {
        <details class="more" open=open>
            <summary>{label.clone()}</summary>
            <pre class="letter" lang="nb" tabindex="0" role="region" aria-label=label>{file.content.0}</pre>
        </details>
    }
    .into_any()
}

/// That it was sent, or why not.
pub fn done(making: &Making) -> AnyView {
    let (saved, open) = (making.done.clone(), making.open);
    let words =
        move || saved.get().map(|saved| tr(if saved.joined { "referral-joined" } else { "referral-made" }));
    let outside = making.failure.clone();
    let refused = move || open.read().is_none().then(|| refusal(outside.clone()));
    view! {
        <p id="referral-done" class="done" tabindex="-1" role="status">{words}</p>
        {refused}
    }
    .into_any()
}
