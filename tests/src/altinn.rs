//! A sending service of one's own: the interface of Altinn Notifications over real HTTP, with what can go wrong there.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use backend::entropy::Entropy;
use backend::outlets::altinn::{Altinn, Token};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use uuid::Uuid;

/// The bearer token that the service knows.
pub const TOKEN: &str = "token-of-the-tests";

/// What the service does with an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    #[default]
    Well,
    /// Answers 500 and takes nothing.
    Broken,
    /// Takes it, and then never answers.
    TakesAndHangs,
    /// Says that the number is none.
    InvalidNumber,
    /// Refuses the order for another reason.
    Refuses,
    /// Does not know the token.
    Unauthorised,
}

/// An order as the service holds it.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The service's own id.
    pub id: Uuid,
    /// Idempotency id.
    pub idempotency: String,
    /// The sender's reference.
    pub reference: String,
    /// To which number.
    pub phone: String,
    /// What it says.
    pub body: String,
    /// Not before.
    pub send_at: Option<Timestamp>,
    /// How the order stands.
    pub order: String,
    /// How the message stands, once it was sent.
    pub sms: Option<String>,
}

#[derive(Default)]
struct Inside {
    mood: Mood,
    placed: Vec<Placed>,
    /// Requests for an order, repeated ones too.
    asked: usize,
}

/// A running service.
#[derive(Clone, Default)]
pub struct Service {
    inside: Arc<Mutex<Inside>>,
    /// Told when an order was taken that will not be answered.
    hung: Arc<Notify>,
    address: String,
}

impl Service {
    /// Starts one.
    pub async fn start() -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let service = Service { address, ..Service::default() };
        let router = Router::new()
            .route("/notifications/api/v1/future/orders", post(order))
            .route("/notifications/api/v1/future/shipment/{id}", get(shipment))
            .route("/notifications/api/v1/orders", get(find))
            .route("/notifications/api/v1/orders/{id}/cancel", put(cancel))
            .with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.expect("serve") });
        service
    }

    /// A client of it.
    pub fn client(&self) -> Altinn {
        Altinn::new(&self.address, Token::Fixed(TOKEN.to_owned()), "Test".to_owned()).expect("a client")
    }

    /// From now on it does this with orders.
    pub fn is(&self, mood: Mood) {
        self.inside.lock().expect("the service").mood = mood;
    }

    /// All orders it has.
    pub fn placed(&self) -> Vec<Placed> {
        self.inside.lock().expect("the service").placed.clone()
    }

    /// Orders that were not cancelled.
    pub fn standing(&self) -> Vec<Placed> {
        self.placed().into_iter().filter(|placed| placed.order != "Order_Cancelled").collect()
    }

    /// How often it was asked to take an order.
    pub fn asked(&self) -> usize {
        self.inside.lock().expect("the service").asked
    }

    /// Every message that stands is sent, and comes to this.
    pub fn send_all(&self, sms: &str) {
        for placed in &mut self.inside.lock().expect("the service").placed {
            if placed.order != "Order_Cancelled" {
                placed.order = "Order_Processed".to_owned();
                placed.sms = Some(sms.to_owned());
            }
        }
    }

    /// Forgets all orders but one, as the service does in its own time.
    pub fn forget_but(&self, id: Uuid) {
        self.inside.lock().expect("the service").placed.retain(|placed| placed.id == id);
    }

    /// Waits until it has taken an order that it will not answer.
    pub async fn until_hung(&self) {
        self.hung.notified().await;
    }

    fn refuses(&self, headers: &HeaderMap) -> Option<StatusCode> {
        let token = headers.get("authorization").and_then(|value| value.to_str().ok());
        let inside = self.inside.lock().expect("the service");
        match inside.mood {
            Mood::Broken => Some(StatusCode::INTERNAL_SERVER_ERROR),
            Mood::Unauthorised => Some(StatusCode::UNAUTHORIZED),
            _ if token != Some(&format!("Bearer {TOKEN}")) => Some(StatusCode::UNAUTHORIZED),
            _ => None,
        }
    }
}

async fn order(State(service): State<Service>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    if let Some(status) = service.refuses(&headers) {
        return status.into_response();
    }
    let mood = {
        let mut inside = service.inside.lock().expect("the service");
        inside.asked += 1;
        inside.mood
    };
    let phone = text(&body, "/recipient/recipientSms/phoneNumber");
    if mood == Mood::InvalidNumber {
        let problem =
            json!({ "errors": { "Recipient.RecipientSms.PhoneNumber": [format!("bad: {phone}")] } });
        return (StatusCode::BAD_REQUEST, Json(problem)).into_response();
    }
    if mood == Mood::Refuses {
        let problem = json!({ "errors": { "RequestedSendTime": ["in the past"] } });
        return (StatusCode::BAD_REQUEST, Json(problem)).into_response();
    }
    assert_eq!(text(&body, "/recipient/recipientSms/smsSettings/sendingTimePolicy"), "Anytime");
    let send_at = body["requestedSendTime"].as_str().map(|at| at.parse().expect("a moment"));
    let (status, placed) = service.take(Placed {
        id: Entropy::system().uuid(),
        idempotency: text(&body, "/idempotencyId"),
        reference: text(&body, "/sendersReference"),
        phone,
        body: text(&body, "/recipient/recipientSms/smsSettings/body"),
        send_at,
        order: "Order_Registered".to_owned(),
        sms: None,
    });
    if mood == Mood::TakesAndHangs {
        service.hung.notify_one();
        tokio::time::sleep(Duration::from_secs(3_600)).await;
    }
    let answer = json!({
        "notificationOrderId": Entropy::system().uuid(),
        "notification": { "shipmentId": placed.id, "sendersReference": placed.reference },
    });
    (status, Json(answer)).into_response()
}

fn text(body: &Value, at: &str) -> String {
    body.pointer(at).and_then(Value::as_str).unwrap_or_else(|| panic!("the order has no {at}")).to_owned()
}

impl Service {
    /// The first of an idempotency id counts.
    fn take(&self, placed: Placed) -> (StatusCode, Placed) {
        let mut inside = self.inside.lock().expect("the service");
        if let Some(known) = inside.placed.iter().find(|known| known.idempotency == placed.idempotency) {
            return (StatusCode::OK, known.clone());
        }
        inside.placed.push(placed.clone());
        (StatusCode::CREATED, placed)
    }
}

async fn find(
    State(service): State<Service>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if let Some(status) = service.refuses(&headers) {
        return status.into_response();
    }
    let wanted = query.get("sendersReference").cloned().unwrap_or_default();
    let found: Vec<Value> = service
        .placed()
        .iter()
        .filter(|placed| placed.reference == wanted)
        .map(|placed| json!({ "id": placed.id, "sendersReference": placed.reference }))
        .collect();
    Json(json!({ "count": found.len(), "orders": found })).into_response()
}

async fn shipment(State(service): State<Service>, headers: HeaderMap, Path(id): Path<Uuid>) -> Response {
    if let Some(status) = service.refuses(&headers) {
        return status.into_response();
    }
    let Some(placed) = service.placed().into_iter().find(|placed| placed.id == id) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let recipient = |status| json!({ "type": "SMS", "destination": placed.phone, "status": status });
    let recipients: Vec<Value> = placed.sms.iter().map(recipient).collect();
    let manifest = json!({
        "shipmentId": placed.id, "sendersReference": placed.reference, "type": "Notification",
        "status": placed.order, "recipients": recipients,
    });
    Json(manifest).into_response()
}

async fn cancel(State(service): State<Service>, headers: HeaderMap, Path(id): Path<Uuid>) -> Response {
    if let Some(status) = service.refuses(&headers) {
        return status.into_response();
    }
    let mut inside = service.inside.lock().expect("the service");
    match inside.placed.iter_mut().find(|placed| placed.id == id) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(placed) if placed.order == "Order_Registered" => {
            placed.order = "Order_Cancelled".to_owned();
            StatusCode::OK.into_response()
        }
        Some(_) => StatusCode::CONFLICT.into_response(),
    }
}
