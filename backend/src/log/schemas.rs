//! Registered JSON Schemas: nothing is stored that does not validate.

use events::catalogue::RegisteredSchema;
use jsonschema::Validator;
use serde_json::Value;
use std::collections::HashMap;

/// An event that its schema refuses. Names the place in the payload, never what stands there.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} v{version} does not validate at {at}")]
pub struct InvalidEvent {
    /// Type name.
    pub name: String,
    /// Schema version.
    pub version: u16,
    /// JSON pointer to the first fault, or a note that no schema is registered.
    pub at: String,
}

/// The compiled schemas.
pub struct Schemas {
    validators: HashMap<(&'static str, u16), Validator>,
    /// As registered, for the table `log.schema`.
    pub(super) registered: Vec<RegisteredSchema>,
}

impl Schemas {
    /// Compiles schemas; one that is no schema is a fault of the build and named.
    pub fn compile(registered: Vec<RegisteredSchema>) -> Result<Schemas, InvalidEvent> {
        let mut validators = HashMap::new();
        for schema in &registered {
            let validator = jsonschema::validator_for(&schema.schema).map_err(|e| InvalidEvent {
                name: schema.name.to_owned(),
                version: schema.version,
                at: format!("its schema: {e}"),
            })?;
            validators.insert((schema.name, schema.version), validator);
        }
        Ok(Schemas { validators, registered })
    }

    /// Whether a payload may be stored.
    pub fn check(&self, name: &str, version: u16, payload: &Value) -> Result<(), InvalidEvent> {
        let invalid = |at: String| InvalidEvent { name: name.to_owned(), version, at };
        let validator =
            self.validators.get(&(name, version)).ok_or_else(|| invalid("no schema is registered".into()))?;
        if validator.is_valid(payload) {
            return Ok(());
        }
        let at = validator.iter_errors(payload).next().map(|e| e.instance_path().to_string());
        Err(invalid(at.unwrap_or_default()))
    }
}
