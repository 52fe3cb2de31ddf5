//! An Enhetsregisteret of one's own, with a few units and what can go wrong there.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

/// What it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// Answers.
    #[default]
    Well,
    /// Answers 500.
    Broken,
    /// Never answers.
    Hangs,
    /// Answers with something else.
    Babbles,
    /// Answers with another unit than was asked for.
    Mistakes,
}

#[derive(Default)]
struct Inside {
    mood: Mood,
    units: BTreeMap<String, Value>,
    parts: BTreeMap<String, Value>,
    asked: Vec<String>,
}

/// A running one.
#[derive(Clone, Default)]
pub struct Units {
    inside: Arc<Mutex<Inside>>,
    /// Where it is.
    pub address: String,
}

impl Units {
    /// Starts one.
    pub async fn start() -> Units {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let units = Units { address, ..Units::default() };
        let router = Router::new()
            .route("/enhetsregisteret/api", get(|| async { Json(json!({})) }))
            .route("/enhetsregisteret/api/{among}/{number}", get(unit))
            .with_state(units.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.expect("serve") });
        units
    }

    /// From now on it does this.
    pub fn is(&self, mood: Mood) {
        self.inside.lock().expect("the units").mood = mood;
    }

    /// Registers a unit.
    pub fn has(&self, number: &str, unit: Value) {
        self.inside.lock().expect("the units").units.insert(number.to_owned(), unit);
    }

    /// Registers a part of a unit.
    pub fn has_part(&self, number: &str, part: Value) {
        self.inside.lock().expect("the units").parts.insert(number.to_owned(), part);
    }

    /// What was asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.inside.lock().expect("the units").asked.clone()
    }
}

async fn unit(State(units): State<Units>, Path((among, number)): Path<(String, String)>) -> Response {
    let (mood, found) = {
        let mut inside = units.inside.lock().expect("the units");
        inside.asked.push(format!("{among}/{number}"));
        let list = if among == "enheter" { &inside.units } else { &inside.parts };
        (inside.mood, list.get(&number).cloned())
    };
    match (mood, found) {
        (Mood::Broken, _) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        (Mood::Hangs, _) => {
            tokio::time::sleep(Duration::from_secs(3_600)).await;
            StatusCode::OK.into_response()
        }
        (Mood::Babbles, _) => "<html>maintenance</html>".into_response(),
        (Mood::Mistakes, _) => {
            Json(json!({ "organisasjonsnummer": "983544622", "navn": "EN ANNEN" })).into_response()
        }
        (Mood::Well, Some(unit)) => {
            let removed = unit.get("slettedato").is_some() && unit.get("navn").is_none();
            let status = if removed { StatusCode::GONE } else { StatusCode::OK };
            (status, Json(unit)).into_response()
        }
        (Mood::Well, None) => StatusCode::NOT_FOUND.into_response(),
    }
}
