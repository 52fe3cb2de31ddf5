//! The way to the server: typed requests to `/api/v1`, each answered by a value or a [`Failure`].

use crate::language::language_now;
use crate::session;
use api::{Problem, ProblemCode};
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wasm_bindgen::JsValue;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The server said no, and why.
    Problem(Box<Problem>),
    /// The server could not be reached.
    Offline,
    /// Something answered that is not our server, or not its language.
    Unreadable,
}

impl Failure {
    /// The stable code, when the server gave one.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Failure::Problem(problem) => Some(problem.code),
            Failure::Offline | Failure::Unreadable => None,
        }
    }
}

/// Asks for something.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    read(answer(asking(Request::get(&address(path))).build()).await?)
}

/// Asks for a file of the portal itself.
pub async fn file(address: &str) -> Result<String, Failure> {
    let response = send(Request::get(address).build()).await?;
    if !response.ok() {
        return Err(Failure::Unreadable);
    }
    response.text().await.map_err(|_| Failure::Offline)
}

/// Asks for something again whose version is known; nothing when it is still that one.
pub async fn get_newer<T: DeserializeOwned>(path: &str, known: Option<u32>) -> Result<Option<T>, Failure> {
    let request = asking(Request::get(&address(path)));
    let request = match known {
        Some(version) => request.header("if-none-match", &format!("\"{version}\"")),
        None => request,
    };
    let response = send(request.build()).await?;
    if response.status() == 304 {
        return Ok(None);
    }
    let newer = accept(response).await?.json().await.map_err(|_| Failure::Unreadable)?;
    read(newer).map(Some)
}

/// Sends something and takes an answer.
pub async fn post<B: Serialize, T: DeserializeOwned>(path: &str, body: &B) -> Result<T, Failure> {
    read(answer(asking(Request::post(&address(path))).json(body)).await?)
}

/// Sends something that has no answer but its success.
pub async fn post_empty(path: &str) -> Result<(), Failure> {
    accept(send(asking(Request::post(&address(path))).build()).await?).await.map(drop)
}

/// Sends something that is answered by its success alone.
pub async fn send_off<B: Serialize>(path: &str, body: &B) -> Result<(), Failure> {
    accept(send(asking(Request::post(&address(path))).json(body)).await?).await.map(drop)
}

/// Takes something back.
pub async fn delete(path: &str) -> Result<(), Failure> {
    accept(send(asking(Request::delete(&address(path))).build()).await?).await.map(drop)
}

/// Changes the version that was read; a retry with the same key has one effect.
pub async fn put<B: Serialize, T: DeserializeOwned>(
    path: &str,
    version: u32,
    key: &str,
    body: &B,
) -> Result<T, Failure> {
    let request = asking(Request::put(&address(path)))
        .header("if-match", &format!("\"{version}\""))
        .header("idempotency-key", key)
        .json(body);
    read(answer(request).await?)
}

/// Sends something that has one effect however often it is sent with the same key.
pub async fn post_once<B: Serialize, T: DeserializeOwned>(
    path: &str,
    key: &str,
    body: &B,
) -> Result<T, Failure> {
    let request = asking(Request::post(&address(path))).header("idempotency-key", key);
    read(answer(request.json(body)).await?)
}

/// Sends something that was decided on the version that was read; a retry with the same key has one effect.
pub async fn post_decided<B: Serialize, T: DeserializeOwned>(
    path: &str,
    version: u32,
    key: &str,
    body: &B,
) -> Result<T, Failure> {
    let request = asking(Request::post(&address(path)))
        .header("if-match", &format!("\"{version}\""))
        .header("idempotency-key", key)
        .json(body);
    read(answer(request).await?)
}

/// Asks for something to be done, with nothing to say about it.
pub async fn demand<T: DeserializeOwned>(path: &str, key: Option<&str>) -> Result<T, Failure> {
    let mut request = asking(Request::post(&address(path)));
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    read(answer(request.build()).await?)
}

/// Puts something in its place; one effect however often it is sent with the same key.
pub async fn put_once<B: Serialize, T: DeserializeOwned>(
    path: &str,
    key: &str,
    body: &B,
) -> Result<T, Failure> {
    let request = asking(Request::put(&address(path))).header("idempotency-key", key);
    read(answer(request.json(body)).await?)
}

/// Puts something in the place of what was there; what counts is that it was taken.
pub async fn replace<B: Serialize>(path: &str, body: &B) -> Result<(), Failure> {
    accept(send(asking(Request::put(&address(path))).json(body)).await?).await.map(drop)
}

/// A new key for a command, from the browser's secure random source.
pub fn new_key() -> Option<String> {
    let crypto = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("crypto")).ok()?;
    let random_uuid = js_sys::Reflect::get(&crypto, &JsValue::from_str("randomUUID")).ok()?;
    js_sys::Function::from(random_uuid).call0(&crypto).ok()?.as_string()
}

fn address(path: &str) -> String {
    format!("/api/v1{path}")
}

fn asking(request: RequestBuilder) -> RequestBuilder {
    request.header("accept-language", language_now().tag())
}

async fn send(request: Result<Request, gloo_net::Error>) -> Result<Response, Failure> {
    let request = request.map_err(|_| Failure::Unreadable)?;
    request.send().await.map_err(|_| Failure::Offline)
}

/// JSON of any kind: asking, waiting and parsing are compiled once that way, and not for each type.
async fn answer(request: Result<Request, gloo_net::Error>) -> Result<Value, Failure> {
    accept(send(request).await?).await?.json().await.map_err(|_| Failure::Unreadable)
}

fn read<T: DeserializeOwned>(answer: Value) -> Result<T, Failure> {
    serde_json::from_value(answer).map_err(|_| Failure::Unreadable)
}

async fn accept(response: Response) -> Result<Response, Failure> {
    if response.ok() {
        return Ok(response);
    }
    if response.status() == 401 {
        session::end();
    }
    let problem = response.json().await.map_err(|_| Failure::Unreadable).and_then(read);
    Err(problem.map_or_else(|failure| failure, |problem| Failure::Problem(Box::new(problem))))
}
