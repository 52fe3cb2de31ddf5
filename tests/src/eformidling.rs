//! A message service of one's own: the interface of eFormidling's integrasjonspunkt over real HTTP, with what can go
//! wrong there.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use backend::outlets::eformidling::{Credentials, Eformidling, Parties};
use base64::Engine;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use uuid::Uuid;

/// The user that the service knows.
pub const USER: &str = "register";
/// Its password.
pub const PASSWORD: &str = "password-of-the-tests";

/// At which request something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// When a message is created.
    Create,
    /// When it is given its last file.
    Upload,
    /// When it is sent.
    Send,
    /// When it is asked what became of one.
    Status,
}

/// What the service does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// What it is asked.
    #[default]
    Well,
    /// Answers 500 and does nothing.
    Broken,
    /// Does it, and then never answers.
    DoesAndHangs(At),
    /// Does it, and breaks the connection off.
    DoesAndBreaksOff(At),
    /// Will not take any message.
    Refuses,
    /// Says of every message that it was delivered, also of those that it never had.
    Lies,
    /// Tells every status twice, and statuses of others among them.
    Repeats,
}

/// A message as the service holds it.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Its header, as it was given.
    pub header: Value,
    /// Its files, by name: media type and content.
    pub files: BTreeMap<String, (String, String)>,
    /// How often it was sent off.
    pub sent: usize,
    /// Whether it waits to be sent off.
    pub waits: bool,
    /// What became of it, oldest first.
    pub statuses: Vec<String>,
}

#[derive(Default)]
struct Inside {
    mood: Mood,
    held: BTreeMap<Uuid, Held>,
    asked: usize,
}

/// A running service.
#[derive(Clone, Default)]
pub struct Service {
    inside: Arc<Mutex<Inside>>,
    /// Told when something was done that will not be answered.
    hung: Arc<Notify>,
    /// Where it is.
    pub address: String,
}

impl Service {
    /// Starts one.
    pub async fn start() -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let service = Service { address, ..Service::default() };
        let router = Router::new()
            .route("/api/messages/out", post(create).get(waiting))
            .route("/api/messages/out/{id}", get(one).put(upload).post(send))
            .route("/api/statuses/{id}", get(statuses))
            .with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.expect("serve") });
        service
    }

    /// A client of it.
    pub fn client(&self) -> Eformidling {
        let credentials = Credentials { user: USER.to_owned(), password: PASSWORD.to_owned() };
        let parties = Parties { sender: Some("983544622".to_owned()), receiver: "974761211".to_owned() };
        Eformidling::new(&self.address, Some(credentials), parties).expect("a client")
    }

    /// From now on it does this.
    pub fn is(&self, mood: Mood) {
        self.inside.lock().expect("the service").mood = mood;
    }

    /// All messages it has.
    pub fn held(&self) -> BTreeMap<Uuid, Held> {
        self.inside.lock().expect("the service").held.clone()
    }

    /// How often it was asked anything.
    pub fn asked(&self) -> usize {
        self.inside.lock().expect("the service").asked
    }

    /// Every message that was sent off comes to this.
    pub fn all_come_to(&self, status: &str) {
        for held in self.inside.lock().expect("the service").held.values_mut().filter(|held| held.sent > 0) {
            held.statuses.push(status.to_owned());
        }
    }

    /// Waits until it has done something that it will not answer.
    pub async fn until_hung(&self) {
        self.hung.notified().await;
    }

    /// What keeps it from doing what it is asked.
    fn refuses(&self, headers: &HeaderMap) -> Option<Response> {
        let known = base64::engine::general_purpose::STANDARD.encode(format!("{USER}:{PASSWORD}"));
        let shown = headers.get("authorization").and_then(|value| value.to_str().ok());
        let mut inside = self.inside.lock().expect("the service");
        inside.asked += 1;
        match inside.mood {
            Mood::Broken => Some(StatusCode::INTERNAL_SERVER_ERROR.into_response()),
            _ if shown != Some(&format!("Basic {known}")) => Some(StatusCode::UNAUTHORIZED.into_response()),
            _ => None,
        }
    }

    /// The answer to what was done, in the service's mood.
    async fn done(&self, at: At, answer: Response) -> Response {
        let mood = self.inside.lock().expect("the service").mood;
        match mood {
            Mood::DoesAndHangs(there) if there == at => {
                self.hung.notify_one();
                tokio::time::sleep(Duration::from_secs(3_600)).await;
                answer
            }
            // A body that ends before it should: the client sees a broken connection.
            Mood::DoesAndBreaksOff(there) if there == at => {
                let broken = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("gone")) });
                let mut answer = Response::new(axum::body::Body::from_stream(broken));
                *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                answer
            }
            _ => answer,
        }
    }
}

/// A fault as the service tells it.
fn fault(class: &str, message: String) -> Response {
    let body = json!({
        "status": 400, "error": "Bad Request", "message": message,
        "exception": format!("no.difi.meldingsutveksling.exceptions.{class}"),
    });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

async fn create(State(service): State<Service>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    if let Some(refusal) = service.refuses(&headers) {
        return refusal;
    }
    let header = body["standardBusinessDocumentHeader"].clone();
    let id = header["documentIdentification"]["instanceIdentifier"].as_str().expect("an id");
    let id: Uuid = id.parse().expect("a UUID");
    assert!(body["arkivmelding"].is_object(), "{body}");
    {
        let mut inside = service.inside.lock().expect("the service");
        if inside.mood == Mood::Refuses {
            return fault(
                "ReceiverDoNotAcceptProcessException",
                "Receiver do not accept the process".to_owned(),
            );
        }
        if inside.held.contains_key(&id) {
            return fault(
                "MessageAlreadyExistsException",
                format!("Message with messageId = {id} already exists"),
            );
        }
        let statuses = vec!["OPPRETTET".to_owned()];
        inside.held.insert(id, Held { header, waits: true, statuses, ..Held::default() });
    }
    service.done(At::Create, Json(body).into_response()).await
}

async fn waiting(State(service): State<Service>, headers: HeaderMap) -> Response {
    if let Some(refusal) = service.refuses(&headers) {
        return refusal;
    }
    Json(json!({ "content": [], "totalElements": 0 })).into_response()
}

async fn one(State(service): State<Service>, headers: HeaderMap, Path(id): Path<Uuid>) -> Response {
    if let Some(refusal) = service.refuses(&headers) {
        return refusal;
    }
    match service.held().get(&id).filter(|held| held.waits) {
        Some(held) => Json(json!({ "standardBusinessDocumentHeader": held.header })).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn upload(
    State(service): State<Service>,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
    content: Bytes,
) -> Response {
    if let Some(refusal) = service.refuses(&headers) {
        return refusal;
    }
    let text =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let name = text("content-disposition")
        .split("filename=\"")
        .nth(1)
        .map(|rest| rest.trim_end_matches('"').to_owned());
    let name = name.expect("a file name");
    let last = {
        let mut inside = service.inside.lock().expect("the service");
        let Some(held) = inside.held.get_mut(&id).filter(|held| held.waits) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        if held.files.contains_key(&name) {
            return fault(
                "DuplicateFilenameException",
                format!("Filename already exists in message: {name}."),
            );
        }
        let content = String::from_utf8(content.to_vec()).expect("text");
        held.files.insert(name, (text("content-type"), content));
        held.files.len() == 3
    };
    let answer = StatusCode::OK.into_response();
    if last { service.done(At::Upload, answer).await } else { answer }
}

async fn send(State(service): State<Service>, headers: HeaderMap, Path(id): Path<Uuid>) -> Response {
    if let Some(refusal) = service.refuses(&headers) {
        return refusal;
    }
    {
        let mut inside = service.inside.lock().expect("the service");
        let Some(held) = inside.held.get_mut(&id).filter(|held| held.waits) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        if !held.files.contains_key("arkivmelding.xml") {
            return fault("MissingArkivmeldingException", "requires arkivmelding.xml attachment".to_owned());
        }
        for (name, _) in held.files.iter().filter(|(name, _)| *name != "arkivmelding.xml") {
            let archive = &held.files["arkivmelding.xml"].1;
            assert!(
                archive.contains(&format!("<referanseDokumentfil>{name}<")),
                "{name} is not filed: {archive}"
            );
        }
        held.waits = false;
        held.sent += 1;
        held.statuses.push("SENDT".to_owned());
    }
    service.done(At::Send, StatusCode::OK.into_response()).await
}

async fn statuses(State(service): State<Service>, headers: HeaderMap, Path(id): Path<Uuid>) -> Response {
    if let Some(refusal) = service.refuses(&headers) {
        return refusal;
    }
    let mood = service.inside.lock().expect("the service").mood;
    let told = |of: Uuid, status: &str| json!({ "messageId": of, "status": status, "lastUpdate": "2021-03-17T10:00:00+01:00" });
    if mood == Mood::Lies {
        return Json(json!({ "content": [told(id, "LEVERT")], "totalElements": 1 })).into_response();
    }
    let held = service.held();
    let Some(held) = held.get(&id) else { return StatusCode::NOT_FOUND.into_response() };
    let mut content: Vec<Value> = held.statuses.iter().map(|status| told(id, status)).collect();
    if mood == Mood::Repeats {
        content.extend(content.clone());
        content.push(told(Uuid::from_u128(1), "LEST"));
        content.push(told(id, "NOE_NYTT"));
    }
    service.done(At::Status, Json(json!({ "content": content })).into_response()).await
}
