//! A result service of one's own: the published interface of Fiks prøvesvar over real HTTP, from a table in memory,
//! with what can go wrong there. Whatever it says wrong holds the number that was asked for, so that a leak shows.

mod contract;
mod faults;
mod held;

pub use contract::Contract;
pub use faults::{HUGE, Mood};
pub use held::Held;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::serve::Listener;
use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::intake::results::{Bearer, Client, Limits, Settings};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// The bearer token that the service knows.
pub const TOKEN: &str = "token-of-the-tests";
/// The integration that it knows.
pub const INTEGRATION: &str = "6f3c4d3a-0000-4000-8000-000000000001";
/// Its password.
pub const PASSWORD: &str = "password-of-the-tests";
/// The municipality that may ask.
pub const MUNICIPALITY: &str = "0301";

/// A request and what it was answered.
#[derive(Clone)]
pub struct Exchange {
    /// Last part of the path.
    pub operation: String,
    /// The whole path and query.
    pub address: String,
    /// The body of the request.
    pub question: Value,
    /// The status of the answer.
    pub status: u16,
    /// The body of the answer, unless it was made to be wrong.
    pub answer: Option<Value>,
}

/// How the service counts and cuts.
#[derive(Clone, Copy)]
pub struct Manners {
    /// Messages in an answer at most.
    pub most: usize,
    /// A window holds the moments at its ends.
    pub inclusive: bool,
    /// The messages of an answer stand in no order.
    pub shuffled: bool,
}

struct Inside {
    mood: Mood,
    /// What it does first, once each.
    first: VecDeque<Mood>,
    manners: Manners,
    held: Vec<Held>,
    exchanges: Vec<Exchange>,
    token: String,
}

/// A running service.
#[derive(Clone)]
pub struct Service {
    inside: Arc<Mutex<Inside>>,
    counts: Arc<Counts>,
    address: String,
}

/// What is counted while requests are underway.
#[derive(Default)]
struct Counts {
    asked: AtomicUsize,
    underway: AtomicUsize,
    most_underway: AtomicUsize,
    bytes_sent: AtomicUsize,
    /// Lets those go who are kept waiting.
    gate: Notify,
}

impl Service {
    /// Starts one.
    pub async fn start() -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let inside = Inside {
            mood: Mood::Well,
            first: VecDeque::new(),
            manners: Manners { most: 100, inclusive: true, shuffled: false },
            held: Vec::new(),
            exchanges: Vec::new(),
            token: TOKEN.to_owned(),
        };
        let service = Service {
            address: format!("http://{}", listener.local_addr().expect("its address")),
            inside: Arc::new(Mutex::new(inside)),
            counts: Arc::default(),
        };
        let router =
            Router::new().route("/provesvar/api/v1/{operation}", post(search)).with_state(service.clone());
        let door = Door { listener, service: service.clone() };
        tokio::spawn(async move { axum::serve(door, router).await.expect("serve") });
        service
    }

    /// Settings of a client of it.
    pub fn settings(&self, limits: Limits) -> Settings {
        Settings {
            address: self.address.clone(),
            integration: INTEGRATION.to_owned(),
            password: PASSWORD.to_owned().into(),
            bearer: Bearer::Fixed(TOKEN.to_owned().into()),
            municipality: MUNICIPALITY.to_owned(),
            limits,
        }
    }

    /// A client of it.
    pub fn client(&self, limits: Limits, clock: &Clock) -> Client {
        Client::new(self.settings(limits), clock.clone(), Entropy::seeded(1)).expect("a client")
    }

    /// From now on it does this.
    pub fn is(&self, mood: Mood) {
        if mood == Mood::HugePacked {
            LazyLock::force(&faults::PACKED);
        }
        self.inside().mood = mood;
    }

    /// It does each of these once, before what it does otherwise.
    pub fn is_first(&self, moods: impl IntoIterator<Item = Mood>) {
        self.inside().first.extend(moods);
    }

    /// How it counts and cuts.
    pub fn has(&self, manners: Manners) {
        self.inside().manners = manners;
    }

    /// From now on it knows this token alone.
    pub fn knows(&self, token: &str) {
        self.inside().token = token.to_owned();
    }

    /// Takes messages into its table.
    pub fn holds(&self, messages: impl IntoIterator<Item = Held>) {
        self.inside().held.extend(messages);
    }

    /// What it was asked and answered.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.inside().exchanges.clone()
    }

    /// How often it was asked, however that ended.
    pub fn asked(&self) -> usize {
        self.counts.asked.load(Ordering::SeqCst)
    }

    /// How many requests it had at once at most.
    pub fn most_underway(&self) -> usize {
        self.counts.most_underway.load(Ordering::SeqCst)
    }

    /// Bytes of long answers that somebody took.
    pub fn bytes_sent(&self) -> usize {
        self.counts.bytes_sent.load(Ordering::SeqCst)
    }

    /// Answers those whom it keeps waiting.
    pub fn lets_go(&self) {
        self.counts.gate.notify_waiters();
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("the service")
    }

    /// What it does with the next request.
    fn next_mood(&self) -> Mood {
        let mut inside = self.inside();
        inside.first.pop_front().unwrap_or(inside.mood)
    }

    fn note(
        &self,
        operation: &str,
        address: &str,
        question: &Value,
        status: StatusCode,
        answer: Option<&Value>,
    ) {
        self.inside().exchanges.push(Exchange {
            operation: operation.to_owned(),
            address: address.to_owned(),
            question: question.clone(),
            status: status.as_u16(),
            answer: answer.cloned(),
        });
    }

    fn knows_who_asks(&self, headers: &HeaderMap) -> bool {
        let is = |name: &str, value: &str| headers.get(name).is_some_and(|given| given == value);
        let token = format!("Bearer {}", self.inside().token);
        is("authorization", &token)
            && is("integrasjonid", INTEGRATION)
            && is("integrasjonpassord", PASSWORD)
            && is("content-type", "application/json")
    }

    /// The table's answer.
    fn look_up(&self, operation: &str, question: &Value) -> Value {
        let inside = self.inside();
        let found = inside.held.iter().filter(|held| held.is_asked_for(operation, question));
        match operation {
            "sok" | "sokMedParams" => held::person(found, inside.manners.most),
            _ => held::municipality(found, question, inside.manners),
        }
    }
}

async fn search(
    State(service): State<Service>,
    Path(operation): Path<String>,
    headers: HeaderMap,
    uri: axum::http::Uri,
    body: axum::body::Bytes,
) -> Response {
    let counts = &service.counts;
    counts.asked.fetch_add(1, Ordering::SeqCst);
    let underway = counts.underway.fetch_add(1, Ordering::SeqCst) + 1;
    counts.most_underway.fetch_max(underway, Ordering::SeqCst);
    let question: Value = serde_json::from_slice(&body).expect("JSON");
    let address = uri.to_string();
    let response = answer(&service, &operation, &address, &headers, &question).await;
    counts.underway.fetch_sub(1, Ordering::SeqCst);
    response
}

async fn answer(
    service: &Service,
    operation: &str,
    address: &str,
    headers: &HeaderMap,
    question: &Value,
) -> Response {
    let mood = if service.knows_who_asks(headers) { service.next_mood() } else { Mood::Says(401) };
    let (status, told) = match mood {
        Mood::Well => (StatusCode::OK, service.look_up(operation, question)),
        Mood::Waits => {
            service.counts.gate.notified().await;
            (StatusCode::OK, service.look_up(operation, question))
        }
        Mood::Says(status) => faults::error_message(status, operation, question),
        wrong => {
            let found = service.look_up(operation, question);
            service.note(operation, address, question, StatusCode::OK, None);
            return faults::wrong(wrong, service, question, &found).await;
        }
    };
    service.note(operation, address, question, status, Some(&told));
    (status, axum::Json(told)).into_response()
}

/// Where connections come in; some are thrown out again.
struct Door {
    listener: TcpListener,
    service: Service,
}

impl Listener for Door {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            let Ok((stream, address)) = self.listener.accept().await else { continue };
            let resets = {
                let mut inside = self.service.inside();
                match inside.first.front().copied().unwrap_or(inside.mood) {
                    Mood::Resets => {
                        inside.first.pop_front();
                        true
                    }
                    _ => false,
                }
            };
            if !resets {
                return (stream, address);
            }
            self.service.counts.asked.fetch_add(1, Ordering::SeqCst);
            // Something has come when it is thrown out, so that the answer is a reset.
            stream.readable().await.expect("a request");
            stream.set_zero_linger().expect("no farewell");
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A moment in a question.
fn moment_of(question: &Value, field: &str) -> Option<Timestamp> {
    question[field].as_str().map(|text| text.parse().expect("a moment"))
}

/// What a person's search was for, to be repeated where it must not be.
fn planted(question: &Value) -> String {
    let asked = ["fnr", "etternavn"].into_iter().find_map(|field| question[field].as_str());
    asked.unwrap_or("nobody").to_owned()
}

/// An `ErrorMessage` with everything in it.
fn full_error(status: u16, operation: &str, question: &Value) -> Value {
    let planted = planted(question);
    json!({
        "timestamp": 1_615_852_800_000_i64, "status": status, "error": format!("error about {planted}"),
        "errorId": "0b8c7f7e-0000-4000-8000-000000000002", "path": format!("/provesvar/api/v1/{operation}?fnr={planted}"),
        "originalPath": format!("/{planted}"), "message": format!("no answer about {planted}"),
        "errorCode": format!("PROVESVAR-{status}"), "errorJson": json!({ "fnr": planted }).to_string(),
    })
}
