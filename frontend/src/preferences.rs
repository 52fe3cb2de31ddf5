//! Choices of the user that say nothing about anybody: language, colours, shortcuts. Kept in the browser.
//!
//! Nothing else may ever be stored here; what concerns a traveller ends after ten days, and storage does not.

use leptos::prelude::window;

/// What may be remembered.
#[derive(Clone, Copy, Debug)]
pub enum Preference {
    /// Language of the portal.
    Language,
    /// Light, dark or as the device.
    Scheme,
    /// Whether single-key shortcuts are on.
    Shortcuts,
}

impl Preference {
    fn key(self) -> &'static str {
        match self {
            Preference::Language => "language",
            Preference::Scheme => "scheme",
            Preference::Shortcuts => "shortcuts",
        }
    }
}

/// What was chosen earlier in this browser.
pub fn recall(preference: Preference) -> Option<String> {
    window().local_storage().ok()??.get_item(preference.key()).ok()?
}

/// Remembers a choice. A browser that forbids storage forgets it at the next visit; that is all.
pub fn remember(preference: Preference, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(preference.key(), value);
    }
}
