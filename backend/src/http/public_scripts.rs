//! What callers read out, in nine languages, and how one question leads to the next: versioned, without login.

use super::problem::Refused;
use super::public_rules::answer_bytes;
use api::problem::ProblemCode;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

/// Name and file of each script; `flow` is the way through them.
const SCRIPTS: [(&str, &str); 10] = [
    ("flow", include_str!("../../reference/scripts/flow.json")),
    ("nb", include_str!("../../reference/scripts/nb.json")),
    ("en", include_str!("../../reference/scripts/en.json")),
    ("pl", include_str!("../../reference/scripts/pl.json")),
    ("lt", include_str!("../../reference/scripts/lt.json")),
    ("ro", include_str!("../../reference/scripts/ro.json")),
    ("ru", include_str!("../../reference/scripts/ru.json")),
    ("ar", include_str!("../../reference/scripts/ar.json")),
    ("ur", include_str!("../../reference/scripts/ur.json")),
    ("so", include_str!("../../reference/scripts/so.json")),
];

/// A script in a language (ISO 639-1), or the way through them (`flow`).
#[utoipa::path(get, path = "/api/v1/public/scripts/{name}", tag = "public",
    params(("name" = String, Path), ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = Object), (status = 304), (status = 404)))]
pub async fn script(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Refused> {
    let (_, text) = SCRIPTS.iter().find(|(known, _)| *known == name).ok_or(ProblemCode::NotFound)?;
    answer_bytes(&headers, text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, Value};
    use std::collections::{BTreeMap, BTreeSet};

    fn read(name: &str) -> Value {
        let (_, text) = SCRIPTS.iter().find(|(known, _)| *known == name).unwrap();
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn flow() -> Map<String, Value> {
        read("flow")["steps"].as_object().unwrap().clone()
    }

    fn targets(step: &Value) -> BTreeSet<String> {
        let on = step["on"].as_object().into_iter().flat_map(|on| on.values());
        on.chain(step.get("next")).map(|target| target.as_str().unwrap().to_owned()).collect()
    }

    /// Steps and choices with the placeholders of their texts.
    fn shape(language: &str) -> BTreeMap<String, BTreeSet<String>> {
        let placeholders = |text: &str| {
            text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap().to_owned()).collect()
        };
        let mut shape = BTreeMap::new();
        for step in read(language)["steps"].as_array().unwrap() {
            let id = step["id"].as_str().unwrap();
            shape.insert(id.to_owned(), placeholders(step["text"].as_str().unwrap()));
            for (choice, text) in step["choices"].as_object().into_iter().flatten() {
                shape.insert(format!("{id}/{choice}"), placeholders(text.as_str().unwrap()));
            }
        }
        shape
    }

    #[test]
    fn every_language_has_the_same_steps_choices_and_placeholders() {
        let source = shape("nb");
        for (language, _) in &SCRIPTS[1..] {
            assert_eq!(shape(language), source, "{language}");
            assert_eq!(read(language)["language"], *language);
        }
    }

    #[test]
    fn every_step_is_reached_and_leads_to_one_that_exists() {
        let flow = flow();
        let starts = read("flow")["types"]
            .as_object()
            .unwrap()
            .values()
            .map(|kind| kind["start"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>();
        let (mut waiting, mut seen) = (starts, BTreeSet::new());
        while let Some(id) = waiting.pop() {
            let step = flow.get(&id).unwrap_or_else(|| panic!("there is no step {id}"));
            if seen.insert(id) {
                waiting.extend(targets(step));
            }
        }
        assert_eq!(seen, flow.keys().cloned().collect());
        let texts = shape("nb");
        for (id, step) in &flow {
            assert!(texts.contains_key(id) || step["kind"] == "end", "{id} has no text");
            for choice in step["choices"].as_array().into_iter().flatten() {
                assert!(texts.contains_key(&format!("{id}/{}", choice.as_str().unwrap())), "{id}/{choice}");
            }
        }
    }

    #[test]
    fn whoever_complies_is_asked_six_questions_at_most() {
        let flow = flow();
        let mut id = "greeting".to_owned();
        let mut questions = 0;
        while flow[&id]["kind"] != "end" {
            let step = &flow[&id];
            questions += usize::from(step["kind"] == "question");
            // The best answer is the first one offered.
            let best = step["choices"][0].as_str().unwrap_or("yes");
            id = step["next"]
                .as_str()
                .or(step["on"][best].as_str())
                .unwrap_or_else(|| panic!("{id}"))
                .to_owned();
        }
        assert!(questions <= 6, "{questions} questions");
        assert_eq!(flow[&id]["assessment"], "understands-and-complies");
    }
}
