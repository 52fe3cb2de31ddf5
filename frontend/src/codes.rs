//! Codes and languages in words.

use crate::language::{language, tr, tr_with};
use api::entries::{MatchedBy, Obligation};
use events::identity::{IdentityCheck, IdentityKind};
use events::record::{FlagKind, FollowUpStatus, RoutingBasis};
use serde::Serialize;
use wasm_bindgen::JsValue;

/// Languages one can filter by: those that travellers to Norway most often asked for.
pub const LANGUAGES: [&str; 32] = [
    "nb", "nn", "en", "pl", "lt", "lv", "et", "ro", "bg", "ru", "uk", "sv", "da", "fi", "de", "nl", "fr",
    "es", "pt", "it", "hu", "sr", "hr", "tr", "ar", "ti", "so", "fa", "ur", "th", "vi", "zh",
];

/// Codes of the kinds of quarantine place.
pub const PLACES: [&str; 15] = [
    "4001", "4002", "4003", "4004", "4005", "4006", "4007", "4008", "4009", "4010", "4011", "4012", "4013",
    "4014", "4015",
];

/// A code in words.
pub fn code(code: &str) -> String {
    texts::find(language(), &format!("code-{code}"), &[])
        .unwrap_or_else(|| tr_with("code-unknown", &[("code", code.into())]))
}

/// A kind of quarantine place in the few words that fit a table.
pub fn place_short(code: &str) -> String {
    texts::find(language(), &format!("place-{code}"), &[]).unwrap_or_else(|| code.to_owned())
}

/// The word of a follow-up status.
pub fn status(status: FollowUpStatus) -> String {
    tr(&format!("status-{}", wire_name(&status)))
}

/// The word of an obligation.
pub fn obligation(obligation: Obligation) -> String {
    tr(&format!("obligation-{}", wire_name(&obligation)))
}

/// What a hit was found by.
pub fn matched_by(matched: MatchedBy) -> String {
    tr(&format!("matched-{}", wire_name(&matched)))
}

/// A field of the source in words; the source's own name for one that nobody has put into words.
pub fn field(name: &str) -> String {
    texts::find(language(), &format!("field-{name}"), &[]).unwrap_or_else(|| name.to_owned())
}

/// The kind of an identity.
pub fn identity_kind(kind: IdentityKind) -> String {
    tr(&format!("identity-{}", wire_name(&kind)))
}

/// What the check of an identity said.
pub fn identity_check(check: IdentityCheck) -> String {
    tr(&format!("check-{}", wire_name(&check)))
}

/// What is the matter with a field.
pub fn flag(kind: FlagKind) -> String {
    tr(&format!("flag-{}", wire_name(&kind)))
}

/// How the responsible municipality was found.
pub fn basis(basis: RoutingBasis) -> String {
    tr(&format!("basis-{}", wire_name(&basis)))
}

/// A unit variant as it stands on the wire: the texts are named by it, so that a new one needs a text only.
pub fn wire_name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The name of a language in the language on the screen, by the browser's own tables.
pub fn language_name(code: &str) -> String {
    browser_language_name(code).unwrap_or_else(|| code.to_owned())
}

fn browser_language_name(code: &str) -> Option<String> {
    let global = js_sys::global();
    let intl = js_sys::Reflect::get(&global, &JsValue::from_str("Intl")).ok()?;
    let display_names = js_sys::Reflect::get(&intl, &JsValue::from_str("DisplayNames")).ok()?;
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &JsValue::from_str("type"), &JsValue::from_str("language")).ok()?;
    // A browser without nynorsk takes bokmål, which is closer than its own default.
    let wanted = [language().tag(), "nb", "no"].into_iter().map(JsValue::from_str).collect::<js_sys::Array>();
    let arguments = js_sys::Array::of2(&wanted, &options);
    let names = js_sys::Reflect::construct(&js_sys::Function::from(display_names), &arguments).ok()?;
    let of = js_sys::Reflect::get(&names, &JsValue::from_str("of")).ok()?;
    js_sys::Function::from(of).call1(&names, &JsValue::from_str(code)).ok()?.as_string()
}
