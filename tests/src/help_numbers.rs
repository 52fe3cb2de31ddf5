//! A service of one's own that allocates auxiliary numbers, over real HTTP, with what can go wrong there.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use backend::outlets::altinn::Token;
use backend::outlets::help_numbers::HelpNumbers;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// The bearer token that the service knows.
pub const TOKEN: &str = "token-of-the-tests";
/// The numbers it gives out, one after the other: patterns that are nobody's.
pub const NUMBERS: [&str; 4] = ["88888888831", "81212121223", "91234567883", "98765432103"];
/// How long its client waits.
const ANSWER_WITHIN: Duration = Duration::from_millis(700);

/// What the service does with a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// Allocates.
    #[default]
    Well,
    /// Answers with a status and allocates nothing.
    Answers(u16),
    /// Allocates, and then never answers.
    AllocatesAndHangs,
    /// Answers with a number whose check digits are wrong.
    WrongNumber,
    /// Answers with a page for people.
    Page,
    /// Sends the caller elsewhere.
    Redirects,
}

/// A number that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Under which key.
    pub key: String,
    /// What was told of the person.
    pub person: Value,
    /// The number.
    pub number: String,
}

#[derive(Default)]
struct Inside {
    mood: Mood,
    given: Vec<Given>,
    asked: usize,
}

/// A running service.
#[derive(Clone, Default)]
pub struct Service {
    inside: Arc<Mutex<Inside>>,
    hung: Arc<Notify>,
    address: String,
}

impl Service {
    /// Starts one.
    pub async fn start() -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/fhn", listener.local_addr().expect("its address"));
        let service = Service { address, ..Service::default() };
        let router = Router::new().route("/fhn/allocate", post(allocate)).with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.expect("serve") });
        service
    }

    /// A client of it.
    pub fn client(&self) -> HelpNumbers {
        self.client_with(Token::Fixed(TOKEN.to_owned()))
    }

    /// A client that shows another token.
    pub fn client_with(&self, token: Token) -> HelpNumbers {
        HelpNumbers::new(&self.address, token, ANSWER_WITHIN).expect("a client")
    }

    /// From now on it does this with requests.
    pub fn is(&self, mood: Mood) {
        self.inside.lock().expect("the service").mood = mood;
    }

    /// All numbers it has given out.
    pub fn given(&self) -> Vec<Given> {
        self.inside.lock().expect("the service").given.clone()
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.inside.lock().expect("the service").asked
    }

    /// Waits until it has given out a number that it will not tell.
    pub async fn until_hung(&self) {
        self.hung.notified().await;
    }

    /// The first of a key counts.
    fn give(&self, key: String, person: Value) -> (StatusCode, String) {
        let mut inside = self.inside.lock().expect("the service");
        if let Some(known) = inside.given.iter().find(|known| known.key == key) {
            return (StatusCode::OK, known.number.clone());
        }
        let number = NUMBERS[inside.given.len()].to_owned();
        inside.given.push(Given { key, person, number: number.clone() });
        (StatusCode::CREATED, number)
    }
}

async fn allocate(State(service): State<Service>, headers: HeaderMap, Json(person): Json<Value>) -> Response {
    let told = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    if told("authorization") != Some(format!("Bearer {TOKEN}")) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let mood = {
        let mut inside = service.inside.lock().expect("the service");
        inside.asked += 1;
        inside.mood
    };
    let key = told("idempotency-key").expect("a key");
    match mood {
        Mood::Well => {
            let (status, number) = service.give(key, person);
            (status, Json(json!({ "number": number }))).into_response()
        }
        Mood::AllocatesAndHangs => {
            service.give(key, person);
            service.hung.notify_one();
            tokio::time::sleep(Duration::from_secs(3_600)).await;
            StatusCode::CREATED.into_response()
        }
        // It names the person, as services do.
        Mood::Answers(status) => {
            (StatusCode::from_u16(status).expect("a status"), Json(person)).into_response()
        }
        Mood::WrongNumber => Json(json!({ "number": "88888888832" })).into_response(),
        Mood::Page => "<p>Kari Nordmann</p>".into_response(),
        Mood::Redirects => {
            let elsewhere = [(header::LOCATION, "/fhn/elsewhere")];
            (StatusCode::TEMPORARY_REDIRECT, elsewhere).into_response()
        }
    }
}
