//! The interface as it is published, to hold against what is really sent.

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};
use std::path::Path;

/// The published interface.
pub struct Contract(Value);

impl Contract {
    /// From the file beside these tests.
    pub fn load() -> Contract {
        let text = include_str!("../../contracts/fiks-provesvar-v1.openapi.json");
        Contract(serde_json::from_str(text).expect("JSON"))
    }

    /// The file as it was published, where it lies beside the project.
    pub fn published() -> Option<Contract> {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/contracts");
        let folder = std::env::var("REGISTER_TEST_CONTRACTS").unwrap_or_else(|_| beside.to_owned());
        let read = std::fs::read(Path::new(&folder).join("fiks-provesvar-v1.openapi.json"));
        if read.is_err() {
            eprintln!("skipped: the published file is not there; REGISTER_TEST_CONTRACTS names its folder");
        }
        Some(Contract(serde_json::from_slice(&read.ok()?).expect("JSON")))
    }

    /// What it says, without sentences.
    pub fn facts(&self) -> Value {
        let mut facts = self.0.clone();
        facts["info"] = Value::Null;
        wordless(facts)
    }

    /// The names of all operations.
    pub fn operations(&self) -> Vec<&str> {
        let paths = self.0["paths"].as_object().expect("paths");
        paths.keys().filter_map(|path| path.rsplit('/').next()).collect()
    }

    /// What may be asked.
    pub fn question(&self, operation: &str) -> Validator {
        self.compile(&self.operation(operation)["requestBody"]["content"])
    }

    /// What may be answered with a status; `None` when that status is not published.
    pub fn answer(&self, operation: &str, status: u16) -> Option<Validator> {
        let response = self.operation(operation)["responses"].get(status.to_string())?;
        Some(self.compile(&response["content"]))
    }

    fn operation(&self, name: &str) -> &Value {
        let path = format!("/provesvar/api/v1/{name}");
        self.0["paths"].get(path).map(|path| &path["post"]).expect("an operation")
    }

    /// References are followed inside the file. Names that are not published are not allowed.
    fn compile(&self, content: &Value) -> Validator {
        let schema = content.get("application/json").map(|kind| &kind["schema"]).expect("JSON is published");
        let mut components = self.0["components"].clone();
        for component in components["schemas"].as_object_mut().expect("schemas").values_mut() {
            component["additionalProperties"] = json!(false);
        }
        let whole = json!({ "components": components, "allOf": [schema] });
        jsonschema::options()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .build(&whole)
            .expect("a schema")
    }
}

fn wordless(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, value)| name != "description" || !value.is_string())
            .map(|(name, value)| (name, wordless(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(wordless).collect(),
        plain => plain,
    }
}
