//! The published interface for entries, as its paths, names and types stand in `contracts/`: what is sent and answered
//! is held against it.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::path::Path;

/// The interface.
pub struct Contract(Value);

impl Contract {
    /// KS Fiks, innreise v1.
    pub fn innreise() -> Contract {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("contracts/fiks-innreise-v1.json");
        Contract(serde_json::from_slice(&std::fs::read(file).expect("the contract")).expect("JSON"))
    }

    /// The bare document.
    pub fn document(&self) -> &Value {
        &self.0
    }

    /// Its paths.
    pub fn paths(&self) -> Vec<String> {
        self.0["paths"].as_object().expect("paths").keys().cloned().collect()
    }

    /// What a request to a path must look like. Further fields are allowed, as the document allows them.
    pub fn request(&self, path: &str) -> Validator {
        self.validator(
            self.call(path).pointer("/requestBody/content/application~1json/schema").expect("a body"),
            false,
        )
    }

    /// What an answer of a path must look like. Nothing is in it that is not published.
    pub fn answer(&self, path: &str, status: u16) -> Validator {
        let at = format!("/responses/{status}/content/application~1json/schema");
        let schema = self.call(path).pointer(&at);
        self.validator(schema.unwrap_or_else(|| panic!("{path} does not answer with {status}")), true)
    }

    fn call(&self, path: &str) -> &Value {
        &self.0["paths"][path]["post"]
    }

    fn validator(&self, schema: &Value, closed: bool) -> Validator {
        let schema = self.inlined(schema, closed);
        jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
    }

    /// The schema with what it refers to in it.
    fn inlined(&self, schema: &Value, closed: bool) -> Value {
        match schema {
            Value::Object(fields) => {
                if let Some(Value::String(to)) = fields.get("$ref") {
                    let target = self.0.pointer(to.trim_start_matches('#')).expect("what it refers to");
                    return self.inlined(target, closed);
                }
                let mut inlined: serde_json::Map<String, Value> =
                    fields.iter().map(|(name, value)| (name.clone(), self.inlined(value, closed))).collect();
                if closed && fields.get("properties").is_some_and(Value::is_object) {
                    inlined.insert("additionalProperties".to_owned(), json!(false));
                }
                Value::Object(inlined)
            }
            Value::Array(items) => items.iter().map(|item| self.inlined(item, closed)).collect(),
            other => other.clone(),
        }
    }
}

/// Says what is wrong with a value, when something is.
pub fn assert_fits(validator: &Validator, value: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?} in {value}");
}
