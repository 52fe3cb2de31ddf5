//! What people read, in bokmål, nynorsk and English: one set of Fluent files for server and portal.

mod language;

pub use language::{Language, UnknownLanguage};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;
use unic_langid::langid;

type Bundle = FluentBundle<FluentResource>;

/// A value put into a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Words.
    Text(String),
    /// A number; it also chooses singular or plural.
    Number(u64),
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Arg::Text(value.to_owned())
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Arg::Text(value)
    }
}

impl From<u64> for Arg {
    fn from(value: u64) -> Self {
        Arg::Number(value)
    }
}

/// The text of a key; bokmål when the language lacks it, the key itself when all do.
pub fn text(language: Language, key: &str) -> String {
    text_with(language, key, &[])
}

/// The text of a key with values in it.
pub fn text_with(language: Language, key: &str, args: &[(&str, Arg)]) -> String {
    find(language, key, args).or_else(|| find(Language::Nb, key, args)).unwrap_or_else(|| key.to_owned())
}

/// The text of a key, when the language has it: for codes that a newer source may have added.
pub fn find(language: Language, key: &str, args: &[(&str, Arg)]) -> Option<String> {
    let bundle = bundle(language)?;
    let pattern = bundle.get_message(key)?.value()?;
    let mut values = FluentArgs::new();
    for (name, arg) in args {
        values.set(*name, fluent_value(arg));
    }
    // A value that is missing shows as its name; better an odd word than an empty screen.
    Some(bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
}

fn fluent_value(arg: &Arg) -> FluentValue<'_> {
    match arg {
        Arg::Text(text) => FluentValue::from(text.as_str()),
        Arg::Number(number) => FluentValue::from(*number),
    }
}

/// Takes in the texts of a language, where they are not built in. What is there stays.
pub fn learn(language: Language, source: String) {
    cell(language).get_or_init(|| read_bundle(language, source));
}

/// Whether the texts of a language are here.
pub fn are_here(language: Language) -> bool {
    bundle(language).is_some()
}

#[cfg(feature = "built-in")]
fn built_in(language: Language) -> Option<&'static str> {
    Some(match language {
        Language::Nb => include_str!("../../locales/nb.ftl"),
        Language::Nn => include_str!("../../locales/nn.ftl"),
        Language::En => include_str!("../../locales/en.ftl"),
    })
}

#[cfg(not(feature = "built-in"))]
fn built_in(_: Language) -> Option<&'static str> {
    None
}

fn bundle(language: Language) -> Option<&'static Bundle> {
    let cell = cell(language);
    if cell.get().is_none()
        && let Some(source) = built_in(language)
    {
        learn(language, source.to_owned());
    }
    cell.get()
}

fn cell(language: Language) -> &'static OnceLock<Bundle> {
    static NB: OnceLock<Bundle> = OnceLock::new();
    static NN: OnceLock<Bundle> = OnceLock::new();
    static EN: OnceLock<Bundle> = OnceLock::new();
    match language {
        Language::Nb => &NB,
        Language::Nn => &NN,
        Language::En => &EN,
    }
}

fn read_bundle(language: Language, source: String) -> Bundle {
    let locale = match language {
        Language::Nb => langid!("nb"),
        Language::Nn => langid!("nn"),
        Language::En => langid!("en"),
    };
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // Isolation marks are for mixed writing directions; here they would only show up in copied text.
    bundle.set_use_isolating(false);
    // A broken line is left out and the rest is kept; the tests accept no broken line.
    let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests;
