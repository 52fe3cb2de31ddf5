//! The call script: what is said and asked, in which order, and in the traveller's language.

mod files;
mod path;

pub use files::{Files, files, forget_failures};
pub use path::{Path, Proposal, follow};

use serde_json::Value;

/// The languages that the script is written in.
pub const LANGUAGES: [&str; 9] = ["nb", "en", "pl", "lt", "ro", "ru", "ar", "ur", "so"];

/// The step of a flow.
pub fn step<'a>(flow: &'a Value, id: &str) -> &'a Value {
    &flow["steps"][id]
}

/// The ids of the choices of a question.
pub fn choices(step: &Value) -> Vec<String> {
    let ids = step["choices"].as_array().map(Vec::as_slice).unwrap_or_default();
    ids.iter()
        .filter_map(|choice| choice.as_str().or_else(|| choice["id"].as_str()))
        .map(str::to_owned)
        .collect()
}

/// What a step says in a language.
pub fn text(script: &Value, id: &str) -> String {
    words(&script["steps"], id)
}

/// What a choice of a step says in a language.
pub fn choice_text(script: &Value, id: &str, choice: &str) -> String {
    let steps = &script["steps"];
    let step = named(steps, id).unwrap_or(&Value::Null);
    words(&step["choices"], choice)
}

/// Which way the language is written.
pub fn direction(script: &Value) -> &'static str {
    if script["direction"] == "rtl" { "rtl" } else { "ltr" }
}

/// The words of an id, in a list of things with ids or in a map by id; the id itself where there are none.
fn words(among: &Value, id: &str) -> String {
    let found = named(among, id);
    let text = found.and_then(|found| found["text"].as_str().or_else(|| found.as_str()));
    text.unwrap_or(id).to_owned()
}

fn named<'a>(among: &'a Value, id: &str) -> Option<&'a Value> {
    match among {
        Value::Array(all) => all.iter().find(|one| one["id"] == id),
        Value::Object(all) => all.get(id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_are_found_by_id_and_shown_as_ids_where_there_are_none() {
        let script = json!({ "direction": "rtl", "steps": [
            { "id": "place", "text": "Where?", "choices": { "home": "At home" } },
            { "id": "test", "text": "When?", "choices": [{ "id": "never", "text": "Never" }] },
        ] });
        assert_eq!(text(&script, "place"), "Where?");
        assert_eq!(choice_text(&script, "place", "home"), "At home");
        assert_eq!(choice_text(&script, "test", "never"), "Never");
        assert_eq!(choice_text(&script, "test", "soon"), "soon");
        assert_eq!(text(&script, "gone"), "gone");
        assert_eq!(direction(&script), "rtl");
    }
}
