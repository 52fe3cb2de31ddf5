//! Light, dark, or as the device has it.

use crate::language::Key;
use crate::preferences::{Preference, recall, remember};
use leptos::prelude::*;

/// The colour schemes of the design system's `data-color-scheme`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// As the device has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Scheme; 3] = [Scheme::Auto, Scheme::Light, Scheme::Dark];

    /// The value of the attribute.
    pub fn value(self) -> &'static str {
        match self {
            Scheme::Auto => "auto",
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }

    /// Its name.
    pub fn name(self) -> Key {
        match self {
            Scheme::Auto => Key("scheme-auto"),
            Scheme::Light => Key("scheme-light"),
            Scheme::Dark => Key("scheme-dark"),
        }
    }

    /// Reads an attribute value; anything else is as the device has it.
    pub fn read(value: &str) -> Scheme {
        Scheme::ALL.into_iter().find(|scheme| scheme.value() == value).unwrap_or_default()
    }
}

thread_local! {
    static SCHEME: ArcRwSignal<Scheme> = ArcRwSignal::new(Scheme::Auto);
}

/// The scheme of the tab.
pub fn scheme() -> Scheme {
    SCHEME.with(|scheme| scheme.get())
}

/// Takes the scheme chosen earlier.
pub fn restore() {
    show_in(recall(Preference::Scheme).map(|value| Scheme::read(&value)).unwrap_or_default());
}

/// Changes the scheme and remembers it.
pub fn choose(scheme: Scheme) {
    remember(Preference::Scheme, scheme.value());
    show_in(scheme);
}

fn show_in(scheme: Scheme) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-color-scheme", scheme.value());
    }
    SCHEME.with(|signal| signal.set(scheme));
}
