//! The language on the screen, and the texts in it.

use crate::client::{self, Failure};
use crate::preferences::{Preference, recall, remember};
use leptos::prelude::*;
use std::cell::Cell;
use texts::{Arg, Language};

thread_local! {
    static LANGUAGE: ArcRwSignal<Language> = ArcRwSignal::new(Language::Nb);
    /// The last one chosen, whose texts may still be on their way.
    static CHOSEN: Cell<Language> = const { Cell::new(Language::Nb) };
}

/// The language of the tab. Reading it in a view makes the view follow it.
pub fn language() -> Language {
    LANGUAGE.with(|language| language.get())
}

/// The language now, without following it.
pub fn language_now() -> Language {
    LANGUAGE.with(|language| language.get_untracked())
}

/// Takes the language chosen earlier, else the one the browser asks for, and fetches its texts.
pub async fn restore() -> Result<(), Failure> {
    let chosen = recall(Preference::Language).and_then(|tag| tag.parse().ok());
    let asked = || Language::accept(&window().navigator().language().unwrap_or_default());
    let language = chosen.unwrap_or_else(asked);
    // At once, so that the server is asked in it meanwhile.
    show(language);
    show_in(language).await
}

/// Changes the language and remembers it, once its texts are here.
pub async fn choose(language: Language) -> Result<(), Failure> {
    show_in(language).await?;
    remember(Preference::Language, language.tag());
    Ok(())
}

async fn show_in(language: Language) -> Result<(), Failure> {
    CHOSEN.set(language);
    fetch_texts(language).await?;
    // Somebody who chose another one meanwhile is not taken back.
    if CHOSEN.get() == language {
        show(language);
    }
    Ok(())
}

/// The page says where they are: their addresses change with what is in them.
async fn fetch_texts(language: Language) -> Result<(), Failure> {
    if texts::are_here(language) {
        return Ok(());
    }
    let place = document().get_element_by_id("portal").ok_or(Failure::Unreadable)?;
    let address =
        place.get_attribute(&format!("data-texts-{}", language.tag())).ok_or(Failure::Unreadable)?;
    texts::learn(language, client::file(&address).await?);
    Ok(())
}

fn show(language: Language) {
    if let Some(root) = document().document_element() {
        // Screen readers choose their voice by it.
        let _ = root.set_attribute("lang", language.tag());
    }
    LANGUAGE.with(|signal| signal.set(language));
}

/// The key of a text, where it is handed on before it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub &'static str);

impl Key {
    /// The text.
    pub fn text(self) -> String {
        tr(self.0)
    }

    /// The text, following the language.
    pub fn follow(self) -> impl Fn() -> String + Copy + Send + Sync + 'static {
        following(self.0)
    }
}

/// The text of a key in the language on the screen.
pub fn tr(key: &str) -> String {
    texts::text(language(), key)
}

/// The text of a key with values in it.
pub fn tr_with(key: &str, args: &[(&str, Arg)]) -> String {
    texts::text_with(language(), key, args)
}

/// The text of a key that speaks of a number: `$count` chooses singular or plural, `$shown` is how it is written.
pub fn tr_count(key: &str, count: u64) -> String {
    let shown = crate::format::number(language(), count);
    tr_with(key, &[("count", count.into()), ("shown", shown.into())])
}

/// A text that follows the language. All of these are one type, whatever the key:
/// every closure type of its own would be compiled anew all the way down to the DOM.
pub fn following(key: &'static str) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    move || tr(key)
}

/// A text that follows the language: `t!("loading")`.
#[macro_export]
macro_rules! t {
    ($key:literal) => {
        $crate::language::following($key)
    };
}
