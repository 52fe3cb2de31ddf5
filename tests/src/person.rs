//! Somebody logged in at a running register, who talks to it over HTTP.

use crate::register::INTAKE_TOKEN;
use events::record::RawRecord;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

/// How long the lists may take; debug builds on a busy machine are slow.
const WITHIN: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Somebody logged in.
pub struct Person {
    client: Client,
    url: String,
}

impl Person {
    /// Logs in with a key of the demo.
    pub async fn log_in(url: &str, key: &str) -> Person {
        let client = Client::builder().cookie_store(true).build().expect("a client");
        let login = client.post(format!("{url}/api/v1/demo/login")).json(&json!({"key": key}));
        let answer = login.send().await.expect("an answer");
        assert!(answer.status().is_success(), "{key}: {}", answer.status());
        Person { client, url: url.to_owned() }
    }

    /// A request of theirs.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/api/v1/{path}", self.url))
    }

    /// Fetches something.
    pub async fn get(&self, path: &str) -> (StatusCode, Value) {
        tell(self.request(Method::GET, path)).await
    }

    /// Fetches something that is not JSON, or not only.
    pub async fn fetch(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.expect("an answer")
    }

    /// Posts something.
    pub async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        tell(self.request(Method::POST, path).json(&body)).await
    }

    /// Posts something under a key of its own.
    pub async fn post_once(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let key = crate::database::unique().to_string();
        tell(self.request(Method::POST, path).header("idempotency-key", key).json(&body)).await
    }

    /// Fetches until the answer is as it should be.
    pub async fn until(&self, path: &str, is_there: impl Fn(&Value) -> bool) -> Value {
        let mut waited = Duration::ZERO;
        loop {
            let (status, answer) = self.get(path).await;
            if status.is_success() && is_there(&answer) {
                return answer;
            }
            assert!(waited < WITHIN, "{path}: {status} {answer}");
            tokio::time::sleep(LOOK_EVERY).await;
            waited += LOOK_EVERY;
        }
    }
}

/// Status and JSON of an answer.
pub async fn tell(request: RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.expect("an answer");
    let status = answer.status();
    (status, serde_json::from_str(&answer.text().await.expect("a body")).unwrap_or(Value::Null))
}

/// Sends records in, as the feed does; tells the entries.
pub async fn send_in(url: &str, records: &[RawRecord]) -> Vec<Uuid> {
    let send =
        Client::new().post(format!("{url}/api/v1/intake/entries")).bearer_auth(INTAKE_TOKEN).json(records);
    let (status, answer) = tell(send).await;
    assert!(status.is_success(), "{status} {answer}");
    let answers = answer["answers"].as_array().expect("answers");
    let entry = |answer: &Value| {
        answer["entry"].as_str().unwrap_or_else(|| panic!("{answer}")).parse().expect("an entry's id")
    };
    answers.iter().map(entry).collect()
}
