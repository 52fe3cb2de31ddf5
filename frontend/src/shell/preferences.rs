//! Language, colours and shortcuts.

use crate::language::{self, language, language_now};
use crate::parts::failure::refusal;
use crate::scheme::{self, Scheme, scheme};
use crate::{shortcuts, t};
use leptos::prelude::*;
use texts::Language;
use web_sys::HtmlSelectElement;

/// The choices that everybody has, logged in or not.
#[component]
pub fn Preferences() -> impl IntoView {
    let wide = RwSignal::new(is_wide());
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        // Told only of a turn: another open or shut is the user's.
        if wide.get_untracked() != is_wide() {
            wide.set(is_wide());
        }
    });
    on_cleanup(move || resized.remove());
    let failure = ArcRwSignal::new(None);
    let failed = failure.clone();
    let choose_language = move |event| {
        let select = event_target::<HtmlSelectElement>(&event);
        let Ok(chosen) = select.value().parse() else { return };
        let failed = failed.clone();
        leptos::task::spawn_local(async move {
            failed.set(language::choose(chosen).await.err());
            // Without its texts the language has not changed.
            select.set_value(language_now().tag());
        });
    };
    let languages = Language::ALL.map(|choice| {
        view! {
            <option value=choice.tag() lang=choice.tag() selected=move || language() == choice>
                {choice.own_name()}
            </option>
        }
    });
    let schemes = Scheme::ALL.map(|choice| {
        view! {
            <option value=choice.value() selected=move || scheme() == choice>
                {choice.name().follow()}
            </option>
        }
    });
    view! {
        <details class="preferences" open=move || wide.get()>
            <summary>{t!("preferences-open")}</summary>
            <div class="preferences-row">
                <label class="choice">
                    <span>{t!("language-label")}</span>
                    <select class="ds-input" data-width="auto" data-testid="language-switch" on:change=choose_language>
                        {languages}
                    </select>
                </label>
                <label class="choice">
                    <span>{t!("scheme-label")}</span>
                    <select
                        class="ds-input"
                        data-width="auto"
                        data-testid="scheme-switch"
                        on:change=|event| scheme::choose(Scheme::read(&event_target_value(&event)))
                    >
                        {schemes}
                    </select>
                </label>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    on:click=|_| shortcuts::show_dialog()
                >
                    {t!("shortcuts-open")}
                </button>
            </div>
            {refusal(failure)}
        </details>
    }
}

/// Whether the choices have room; on a narrow screen they are folded away. The style sheet has the same limit.
fn is_wide() -> bool {
    matches!(window().match_media("(min-width: 40.01rem)"), Ok(Some(list)) if list.matches())
}
