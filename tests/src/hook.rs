//! A consumer's own server for webhooks: it checks each message as Standard Webhooks says, and writes down what came.

use aws_lc_rs::hmac;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// What it does with a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    #[default]
    Well,
    /// Answers 500.
    Broken,
    /// Writes it down and answers 500: its answer is lost.
    TakesAndFails,
    /// Writes it down and never answers.
    TakesAndHangs,
    /// Sends on to somewhere else.
    Redirects,
    /// Wants no more.
    Gone,
}

/// A message that came.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`.
    pub timestamp: i64,
    /// Which of the secrets it is signed with, as many as there are signatures.
    pub signed_with: Vec<String>,
    /// What it says.
    pub body: Value,
}

#[derive(Default)]
struct Inside {
    mood: Mood,
    secrets: Vec<String>,
    received: Vec<Received>,
    asked: usize,
    elsewhere: usize,
}

/// A running server.
#[derive(Clone, Default)]
pub struct Hook {
    inside: Arc<Mutex<Inside>>,
    hung: Arc<Notify>,
    /// Where messages are to be sent.
    pub url: String,
}

impl Hook {
    /// Starts one.
    pub async fn start() -> Hook {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/news", listener.local_addr().expect("its address"));
        let hook = Hook { url, ..Hook::default() };
        let router = Router::new()
            .route("/news", post(news))
            .route("/elsewhere", post(elsewhere))
            .with_state(hook.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.expect("serve") });
        hook
    }

    /// From now on it does this.
    pub fn is(&self, mood: Mood) {
        self.inside.lock().expect("the server").mood = mood;
    }

    /// It checks signatures with these secrets.
    pub fn knows(&self, secrets: &[&str]) {
        self.inside.lock().expect("the server").secrets =
            secrets.iter().map(|secret| (*secret).to_owned()).collect();
    }

    /// What came.
    pub fn received(&self) -> Vec<Received> {
        self.inside.lock().expect("the server").received.clone()
    }

    /// How often somebody came, whatever was made of it.
    pub fn asked(&self) -> usize {
        self.inside.lock().expect("the server").asked
    }

    /// How often somebody followed it elsewhere.
    pub fn followed(&self) -> usize {
        self.inside.lock().expect("the server").elsewhere
    }

    /// Waits until it has taken a message that it will not answer.
    pub async fn until_hung(&self) {
        self.hung.notified().await;
    }
}

async fn elsewhere(State(hook): State<Hook>) -> StatusCode {
    hook.inside.lock().expect("the server").elsewhere += 1;
    StatusCode::OK
}

async fn news(State(hook): State<Hook>, headers: HeaderMap, body: String) -> Response {
    let mood = {
        let mut inside = hook.inside.lock().expect("the server");
        inside.asked += 1;
        let mood = inside.mood;
        if [Mood::Well, Mood::TakesAndFails, Mood::TakesAndHangs].contains(&mood) {
            let received = read(&headers, &body, &inside.secrets);
            inside.received.push(received);
        }
        mood
    };
    match mood {
        Mood::Well => StatusCode::NO_CONTENT.into_response(),
        Mood::Broken | Mood::TakesAndFails => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Mood::Gone => StatusCode::GONE.into_response(),
        Mood::Redirects => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/elsewhere")]).into_response()
        }
        Mood::TakesAndHangs => {
            hook.hung.notify_one();
            tokio::time::sleep(Duration::from_secs(3_600)).await;
            StatusCode::OK.into_response()
        }
    }
}

fn read(headers: &HeaderMap, body: &str, secrets: &[String]) -> Received {
    let header = |name: &str| headers[name].to_str().expect("text").to_owned();
    let (id, timestamp, shown) =
        (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"));
    let content = format!("{id}.{timestamp}.{body}");
    let signer = |signature: &str| {
        let digest = decode(signature.strip_prefix("v1,").expect("a version"));
        let signed = |secret: &&String| {
            let key = decode(secret.strip_prefix("whsec_").expect("a secret"));
            hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, &key), content.as_bytes(), &digest).is_ok()
        };
        secrets.iter().find(signed).cloned()
    };
    Received {
        signed_with: shown.split(' ').map(|one| signer(one).expect("a signature that holds")).collect(),
        id,
        timestamp: timestamp.parse().expect("seconds"),
        body: serde_json::from_str(body).expect("JSON"),
    }
}

/// Base64, as in RFC 4648.
fn decode(text: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).expect("base64")
}
