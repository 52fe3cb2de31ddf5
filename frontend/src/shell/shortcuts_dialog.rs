//! The list of shortcuts, and their switch.

use crate::navigation::element;
use crate::shortcuts::{self, DIALOG, SHORTCUTS};
use crate::t;
use leptos::prelude::*;
use web_sys::HtmlDialogElement;

/// The dialog.
#[component]
pub fn ShortcutsDialog() -> impl IntoView {
    let close = |_| {
        if let Some(dialog) = element::<HtmlDialogElement>(DIALOG) {
            dialog.close();
        }
    };
    let listed = SHORTCUTS.iter().map(|shortcut| {
        view! {
            <tr>
                <th scope="row">
                    {shortcut.control.then(|| view! { <kbd>"Ctrl"</kbd> "+" })} <kbd>{shortcut.key}</kbd>
                </th>
                <td>{shortcut.text.follow()}</td>
            </tr>
        }
    });
    view! {
        <dialog id=DIALOG class="ds-dialog" aria-labelledby="shortcuts-title">
            <h2 id="shortcuts-title" class="ds-heading" data-size="sm">{t!("shortcuts-title")}</h2>
            <p>{t!("shortcuts-note")}</p>
            <table class="ds-table compact" data-color="neutral">
                <caption class="sr-only">{t!("shortcuts-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("shortcuts-key")}</th>
                        <th scope="col">{t!("shortcuts-action")}</th>
                    </tr>
                </thead>
                <tbody>
                    {listed.collect_view()}
                    <tr>
                        <th scope="row"><kbd>{t!("key-enter")}</kbd></th>
                        <td>{t!("shortcut-open")}</td>
                    </tr>
                    <tr>
                        <th scope="row"><kbd>"1"</kbd>"–"<kbd>"9"</kbd></th>
                        <td>{t!("shortcut-digits")}</td>
                    </tr>
                </tbody>
            </table>
            <label class="switch">
                <input
                    class="ds-input"
                    type="checkbox"
                    role="switch"
                    prop:checked=move || shortcuts::enabled().get()
                    on:change=|event| shortcuts::enable(event_target_checked(&event))
                />
                <span>{t!("shortcuts-enabled")}</span>
            </label>
            <button type="button" class="ds-button" on:click=close>{t!("close")}</button>
        </dialog>
    }
}
