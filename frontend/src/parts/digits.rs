//! A group of choices that digits choose from, only while the group has the focus (WCAG 2.1.4).

use crate::navigation::element;
use crate::shortcuts;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The keys, in the order of the choices.
const KEYS: [&str; 11] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "+"];

/// What a group needs to know.
pub struct Digits {
    /// Id of the group, and name of its fields.
    pub id: String,
    /// The question.
    pub legend: AnyView,
    /// The choices.
    pub options: Vec<AnyView>,
    /// Whether more than one can be chosen.
    pub many: bool,
    /// Whether a choice is chosen.
    pub chosen: Callback<usize, bool>,
    /// Chooses, by key or otherwise. Only by key the focus may go on: whoever moves with arrows or mouse stays.
    pub choose: Callback<(usize, bool)>,
}

/// The group.
pub fn digits(group: Digits) -> AnyView {
    let Digits { id, legend, options, many, chosen, choose } = group;
    let count = options.len();
    let kind = if many { "checkbox" } else { "radio" };
    let name = id.clone();
    let option = move |(at, words): (usize, AnyView)| {
        view! {
            <label class="choice">
                <input
                    class="ds-input"
                    type=kind
                    name=name.clone()
                    prop:checked=move || chosen.run(at)
                    on:change=move |_| choose.run((at, false))
                />
                <kbd aria-hidden="true">{KEYS.get(at).copied()}</kbd>
                <span>{words}</span>
            </label>
        }
        .into_any()
    };
    let options: Vec<AnyView> = options.into_iter().enumerate().map(option).collect();
    let pressed = move |event: KeyboardEvent| {
        let apart = event.ctrl_key() || event.alt_key() || event.meta_key();
        let at = KEYS.iter().take(count).position(|key| *key == event.key());
        if let (Some(at), false, true) = (at, apart, shortcuts::enabled().get_untracked()) {
            event.prevent_default();
            event.stop_propagation();
            choose.run((at, true));
        }
    };
    view! {
        <fieldset class="choices digits" id=id on:keydown=pressed>
            <legend class="ds-label">{legend}</legend>
            {options}
        </fieldset>
    }
    .into_any()
}

/// Puts the focus into a group, on what is chosen there; into a plain field when it is one.
pub fn focus_group(id: &str) {
    let Some(group) = element::<Element>(id) else { return };
    let within = |selector| group.query_selector(selector).ok().flatten();
    let target = within("input:checked").or_else(|| within("input, select")).unwrap_or(group);
    if let Ok(target) = target.dyn_into::<HtmlElement>() {
        let _ = target.focus();
    }
}
