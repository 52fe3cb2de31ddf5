//! Adopting the set that was tried: offered once its trial is on the screen, and asked about once more.

use super::Sets;
use super::draft::Draft;
use crate::client;
use crate::format::date_prose;
use crate::language::{Key, language, tr, tr_with};
use crate::navigation::focus;
use crate::parts::dialog::Dialog;
use crate::parts::failure::refusal;
use crate::t;
use api::rule_sets::{AdoptRuleSet, RuleSetAnswer};
use events::rule_set::RuleSet;
use leptos::prelude::*;

/// The button, the question, and the word that it is done.
pub fn adoption(draft: &Draft, sets: Sets, refresh: Callback<()>) -> AnyView {
    let open = RwSignal::new(false);
    let (tried, adopted, dialog) = (draft.tried.clone(), draft.adopted.clone(), draft.clone());
    let offer = move || {
        tried.get().map(|(set, _)| {
            let past = sets.get().is_some_and(|sets| set.valid_from < sets.today);
            let reason = past.then(|| reason(dialog.reason.clone()));
            view! {
                <div class="route-form narrow">
                    {reason}
                    <div class="buttons">
                        <button type="button" class="ds-button" on:click=move |_| open.set(true)>
                            {t!("rules-adopt")}
                        </button>
                    </div>
                </div>
            }
        })
    };
    let asked = draft.clone();
    let question = move || {
        let set = asked.tried.get().map(|(set, _)| set).filter(|_| open.get())?;
        Some(question(set, &asked, open, refresh))
    };
    view! {
        {offer}
        <p id="rules-adopted" class="done" tabindex="-1" role="status">
            {move || adopted.get().then(|| tr("rules-adopted"))}
        </p>
        <Dialog
            id="rules-adopt-title"
            title=Signal::derive(move || Key("rules-adopt-title").text())
            open=Signal::derive(move || open.get())
            close=Callback::new(move |()| open.set(false))
        >
            {question}
        </Dialog>
    }
    .into_any()
}

fn reason(reason: ArcRwSignal<String>) -> AnyView {
    let shown = reason.clone();
    view! {
        <div class="field">
            <label class="ds-label" for="rules-reason">{t!("rules-field-reason")}</label>
            <textarea
                class="ds-input"
                id="rules-reason"
                rows="2"
                maxlength="500"
                prop:value=move || shown.get()
                on:input=move |event| reason.set(event_target_value(&event))
            ></textarea>
        </div>
    }
    .into_any()
}

fn question(set: RuleSet, draft: &Draft, open: RwSignal<bool>, refresh: Callback<()>) -> AnyView {
    let values = [("name", set.name.clone().into()), ("day", date_prose(language(), set.valid_from).into())];
    let words = tr_with("rules-adopt-text", &values);
    // One key for this question: a second press, or another try after a fault, adopts nothing twice.
    let key = client::new_key();
    let (sends, sending) = (draft.clone(), draft.sending.clone());
    let send = move |_| {
        let Some(key) = key.clone() else { return };
        let reason = Some(sends.reason.get_untracked().trim().to_owned()).filter(|reason| !reason.is_empty());
        let request = AdoptRuleSet { rule_set: set.clone(), reason };
        let ask = async move { client::post_once::<_, RuleSetAnswer>("/rule-sets", &key, &request).await };
        sends.run(ask, move |draft, _| {
            let _ = open.try_set(false);
            draft.write(String::new());
            draft.adopted.set(true);
            let _ = refresh.try_run(());
            request_animation_frame(|| focus("rules-adopted"));
        });
    };
    view! {
        <div class="route-form" data-testid="rules-adopt">
            <p>{words}</p>
            {refusal(draft.failure.clone())}
            <div class="buttons">
                <button
                    type="button"
                    class="ds-button"
                    aria-busy=move || sending.get().to_string()
                    on:click=send
                >
                    {t!("rules-adopt")}
                </button>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    on:click=move |_| open.set(false)
                >
                    {t!("cancel")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
