//! A dialog that is open while there is something to decide.

use leptos::html;
use leptos::prelude::*;

/// The dialog. What is in it is drawn by the page, and gone when it is closed.
#[component]
pub fn Dialog(
    /// Id of its heading.
    id: &'static str,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The user closed it.
    close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // Fails only when it is open already.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    view! {
        <dialog class="ds-dialog" node_ref=dialog aria-labelledby=id on:close=move |_| close.run(())>
            <h2 id=id class="ds-heading" data-size="sm">{move || title.get()}</h2>
            {children()}
        </dialog>
    }
}
