//! Keyboard shortcuts: one list, from which both the listener and the dialog live.
//!
//! Single keys can be switched off (WCAG 2.1.4), and none works while somebody types. What belongs to a page
//! presses a button of that page: where the button is not, the key does nothing.

use crate::language::Key;
use crate::navigation::element;
use crate::preferences::{Preference, recall, remember};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, KeyboardEvent};

/// A shortcut.
pub struct Shortcut {
    /// The key, as the browser names it.
    pub key: &'static str,
    /// Whether it is held together with Ctrl. Then it works also while somebody types.
    pub control: bool,
    /// What it does, in words.
    pub text: Key,
    /// Does it.
    pub run: fn(),
}

/// All shortcuts.
pub static SHORTCUTS: [Shortcut; 10] = [
    Shortcut { key: "/", control: false, text: Key("shortcut-search"), run: focus_search },
    Shortcut { key: "?", control: false, text: Key("shortcut-help"), run: show_dialog },
    Shortcut { key: "j", control: false, text: Key("shortcut-next-row"), run: next_row },
    Shortcut { key: "k", control: false, text: Key("shortcut-previous-row"), run: previous_row },
    Shortcut { key: "Enter", control: true, text: Key("shortcut-enter-next"), run: save_or_next },
    Shortcut { key: "r", control: false, text: Key("shortcut-dial"), run: || press(&["call-dial"]) },
    Shortcut { key: "i", control: false, text: Key("shortcut-inbound"), run: || press(&["call-inbound"]) },
    Shortcut { key: "u", control: false, text: Key("shortcut-undo"), run: || press(&["call-undo"]) },
    Shortcut { key: "f", control: false, text: Key("shortcut-extend"), run: || press(&["call-extend"]) },
    Shortcut { key: "h", control: false, text: Key("shortcut-skip"), run: || press(&["call-skip"]) },
];

/// The dialog that lists them.
pub const DIALOG: &str = "shortcuts";
/// The search field in the header.
pub const SEARCH_FIELD: &str = "search";
/// Where keys are typed rather than pressed.
const TYPED_IN: &str =
    "input:not([type=radio], [type=checkbox]), select, textarea, dialog, [contenteditable]";
/// Marks the link of a row, for moving up and down.
const ROW_LINKS: &str = "a[data-row]";

thread_local! {
    static ENABLED: ArcRwSignal<bool> = ArcRwSignal::new(true);
}

/// Whether shortcuts are on.
pub fn enabled() -> ArcReadSignal<bool> {
    ENABLED.with(|enabled| enabled.read_only())
}

/// Switches them on or off, and remembers it.
pub fn enable(on: bool) {
    remember(Preference::Shortcuts, if on { "on" } else { "off" });
    ENABLED.with(|enabled| enabled.set(on));
}

/// Takes what was chosen earlier.
pub fn restore() {
    let on = recall(Preference::Shortcuts).as_deref() != Some("off");
    ENABLED.with(|enabled| enabled.set(on));
}

/// Listens for as long as the calling component lives.
pub fn listen() {
    let handle = window_event_listener(leptos::ev::keydown, |event| {
        if event.alt_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        let control = event.ctrl_key();
        if !control && (move_by_arrow(&event) || is_occupied(&event)) {
            return;
        }
        if !enabled().get_untracked() || dialog_is_open() {
            return;
        }
        let asked = |shortcut: &&Shortcut| shortcut.key == event.key() && shortcut.control == control;
        if let Some(shortcut) = SHORTCUTS.iter().find(asked) {
            event.prevent_default();
            (shortcut.run)();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Shows the list of shortcuts.
pub fn show_dialog() {
    if let Some(dialog) = element::<HtmlDialogElement>(DIALOG).filter(|dialog| !dialog.open()) {
        // Fails only when it is open already.
        let _ = dialog.show_modal();
    }
}

/// Whether the key belongs to a field or to an open dialog.
fn is_occupied(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| matches!(target.closest(TYPED_IN), Ok(Some(_))))
}

fn dialog_is_open() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}

fn save_or_next() {
    press(&["call-save-next", "call-next"]);
}

/// Presses the first of these buttons that is there.
fn press(buttons: &[&str]) {
    if let Some(button) = buttons.iter().find_map(|id| element::<HtmlElement>(id)) {
        button.click();
    }
}

/// Arrow keys move between rows while a row has the focus; no single-character key, so always on.
fn move_by_arrow(event: &KeyboardEvent) -> bool {
    let in_row =
        document().active_element().is_some_and(|focused| focused.matches(ROW_LINKS).unwrap_or(false));
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return false,
    };
    if in_row {
        event.prevent_default();
        move_row(step);
    }
    in_row
}

fn focus_search() {
    if let Some(field) = element::<HtmlElement>(SEARCH_FIELD) {
        let _ = field.focus();
    }
}

fn next_row() {
    move_row(1);
}

fn previous_row() {
    move_row(-1);
}

fn move_row(step: i64) {
    let Ok(links) = document().query_selector_all(ROW_LINKS) else { return };
    let focused = document().active_element();
    let here = (0..links.length()).find(|at| {
        let link = links.item(*at).and_then(|node| node.dyn_into::<Element>().ok());
        link.is_some() && link == focused
    });
    let last = i64::from(links.length()) - 1;
    let to = here.map_or(0, |at| (i64::from(at) + step).clamp(0, last.max(0)));
    let target = u32::try_from(to).ok().and_then(|at| links.item(at));
    if let Some(link) = target.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}
