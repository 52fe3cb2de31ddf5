//! The sending service: orders in the shape of Altinn Notifications. An order carries our message id as its
//! idempotency id and as the sender's reference, so that a repeated order is the same one, and so that it is found
//! again by nothing but that id. Nothing that the service answers is ever put into an error: it may name the number.

use events::Personal;
use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;
use uuid::Uuid;

/// How long the service may take to be reached.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long it may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Where its interface begins, behind the address.
const INTERFACE: &str = "notifications/api/v1";

/// Who we are to the service.
#[derive(Clone)]
pub enum Token {
    /// A bearer token that stays the same.
    Fixed(String),
    /// A file in which somebody keeps a fresh one; it is read each time.
    File(PathBuf),
}

/// The service.
#[derive(Clone)]
pub struct Altinn {
    client: Client,
    base: Url,
    token: Token,
    /// What the telephone shows as the sender.
    sender: String,
}

/// Why nothing is known of what was asked. It is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AltinnError {
    /// It does not answer.
    #[error("the sending service does not answer")]
    Unreachable,
    /// It answers too late.
    #[error("the sending service does not answer in time")]
    TooSlow,
    /// It will not, now or for us.
    #[error("the sending service answers with {0}")]
    Refused(u16),
    /// It will not take this one order.
    #[error("the sending service refuses an order with {0}")]
    OrderRefused(u16),
    /// Its answer cannot be read.
    #[error("the sending service's answer cannot be read")]
    Unreadable,
    /// The token cannot be read.
    #[error("the file with the token for the sending service cannot be read")]
    Token,
}

/// Why the service cannot be used as it is set up.
#[derive(Debug, thiserror::Error)]
pub enum Misconfigured {
    /// The address is none.
    #[error(
        "the address of the sending service must begin with https://; only this machine may be reached by http"
    )]
    Address,
    /// No client can be made.
    #[error("no connection to the sending service can be set up")]
    Client,
}

/// A message to be sent.
pub struct Order<'a> {
    /// Our message.
    pub message: Uuid,
    /// To which number.
    pub phone: &'a Personal<String>,
    /// What it says.
    pub body: &'a str,
    /// Not before; at once when absent.
    pub send_at: Option<Timestamp>,
}

/// What an order came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ordered {
    /// It was taken, now or before.
    Taken,
    /// The number is none that can be written to.
    InvalidRecipient,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is on its way.
    Underway,
    /// It reached the telephone.
    Delivered,
    /// It did not.
    Failed,
    /// The number cannot receive one.
    InvalidRecipient,
    /// It was cancelled.
    Cancelled,
    /// The service knows no such order.
    NotKnown,
}

/// What cancelling came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// It will not be sent.
    Stopped,
    /// It is being sent.
    TooLate,
}

#[derive(Deserialize)]
struct Found {
    orders: Vec<FoundOrder>,
}

#[derive(Deserialize)]
struct FoundOrder {
    id: Uuid,
}

#[derive(Deserialize)]
struct Shipment {
    status: String,
    #[serde(default)]
    recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
struct Recipient {
    status: String,
}

impl Altinn {
    /// The service at an address.
    pub fn new(address: &str, token: Token, sender: String) -> Result<Altinn, Misconfigured> {
        let address = format!("{}/", address.trim_end_matches('/'));
        let base = Url::parse(&address).map_err(|_| Misconfigured::Address)?;
        let is_here = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        // Numbers do not travel in the open.
        if base.scheme() != "https" && !(base.scheme() == "http" && is_here) {
            return Err(Misconfigured::Address);
        }
        let client = Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            // A redirect would carry the number to wherever it leads.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| Misconfigured::Client)?;
        Ok(Altinn { client, base, token, sender })
    }

    /// Places an order. Placed again, it is the same one.
    pub async fn order(&self, order: &Order<'_>) -> Result<Ordered, AltinnError> {
        let id = order.message.to_string();
        let mut body = json!({
            "idempotencyId": id,
            "sendersReference": id,
            "recipient": { "recipientSms": {
                "phoneNumber": order.phone.0,
                "smsSettings": {
                    "sender": self.sender,
                    "body": order.body,
                    // Quiet hours are ours: the moment asked for lies outside them.
                    "sendingTimePolicy": "Anytime",
                },
            } },
        });
        if let Some(at) = order.send_at {
            body["requestedSendTime"] = json!(at.to_string());
        }
        let request = self.client.post(self.address("future/orders")).json(&body);
        let response = self.send(request).await?;
        match response.status() {
            StatusCode::OK | StatusCode::CREATED => Ok(Ordered::Taken),
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
                let status = response.status().as_u16();
                match names_the_number(&read(response).await?) {
                    true => Ok(Ordered::InvalidRecipient),
                    false => Err(AltinnError::OrderRefused(status)),
                }
            }
            other => Err(AltinnError::Refused(other.as_u16())),
        }
    }

    /// What became of a message.
    pub async fn fate(&self, message: Uuid) -> Result<Fate, AltinnError> {
        let Some(order) = self.find(message).await? else { return Ok(Fate::NotKnown) };
        self.fate_of(order).await
    }

    async fn fate_of(&self, order: Uuid) -> Result<Fate, AltinnError> {
        let response = self.send(self.client.get(self.address(&format!("future/shipment/{order}")))).await?;
        match response.status() {
            StatusCode::OK => Ok(fate(&read(response).await?)),
            StatusCode::NOT_FOUND => Ok(Fate::NotKnown),
            other => Err(AltinnError::Refused(other.as_u16())),
        }
    }

    /// Keeps a message from being sent. One that the service does not know is stopped too.
    pub async fn cancel(&self, message: Uuid) -> Result<Cancelled, AltinnError> {
        let Some(order) = self.find(message).await? else { return Ok(Cancelled::Stopped) };
        let request = self.client.put(self.address(&format!("orders/{order}/cancel")));
        match self.send(request).await?.status() {
            StatusCode::OK | StatusCode::NOT_FOUND => Ok(Cancelled::Stopped),
            // It is being sent, or was cancelled before.
            StatusCode::CONFLICT => Ok(match self.fate_of(order).await? {
                Fate::Cancelled | Fate::NotKnown => Cancelled::Stopped,
                Fate::Underway | Fate::Delivered | Fate::Failed | Fate::InvalidRecipient => {
                    Cancelled::TooLate
                }
            }),
            other => Err(AltinnError::Refused(other.as_u16())),
        }
    }

    /// Whether the service answers and knows us.
    pub async fn check(&self) -> Result<(), AltinnError> {
        self.find(Uuid::nil()).await.map(drop)
    }

    /// The service's own id of the order of a message.
    async fn find(&self, message: Uuid) -> Result<Option<Uuid>, AltinnError> {
        let request =
            self.client.get(self.address("orders")).query(&[("sendersReference", message.to_string())]);
        let response = self.send(request).await?;
        match response.status() {
            StatusCode::OK => {
                let found: Found = read(response).await?;
                Ok(found.orders.first().map(|order| order.id))
            }
            StatusCode::NOT_FOUND => Ok(None),
            other => Err(AltinnError::Refused(other.as_u16())),
        }
    }

    fn address(&self, path: &str) -> String {
        format!("{}{INTERFACE}/{path}", self.base)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, AltinnError> {
        let token = match &self.token {
            Token::Fixed(token) => token.clone(),
            Token::File(path) => {
                tokio::fs::read_to_string(path).await.map_err(|_| AltinnError::Token)?.trim().to_owned()
            }
        };
        request.bearer_auth(token).send().await.map_err(|error| unanswered(&error))
    }
}

fn unanswered(error: &reqwest::Error) -> AltinnError {
    if error.is_timeout() { AltinnError::TooSlow } else { AltinnError::Unreachable }
}

async fn read<T: serde::de::DeserializeOwned>(response: Response) -> Result<T, AltinnError> {
    response.json().await.map_err(|error| match error.is_timeout() {
        true => AltinnError::TooSlow,
        false => AltinnError::Unreadable,
    })
}

/// Whether a refusal is about the number: its `errors` have the names of fields.
fn names_the_number(problem: &Value) -> bool {
    let fields = problem.get("errors").and_then(Value::as_object);
    fields.is_some_and(|fields| fields.keys().any(|name| name.to_lowercase().ends_with("phonenumber")))
}

fn fate(shipment: &Shipment) -> Fate {
    let sms = shipment.recipients.iter().map(|one| one.status.as_str()).find(|it| it.starts_with("SMS_"));
    match (shipment.status.as_str(), sms) {
        ("Order_Cancelled", _) => Fate::Cancelled,
        (_, Some("SMS_Delivered")) => Fate::Delivered,
        (_, Some("SMS_Failed_InvalidRecipient" | "SMS_Failed_RecipientNotIdentified")) => {
            Fate::InvalidRecipient
        }
        (_, Some(other)) if other.starts_with("SMS_Failed") => Fate::Failed,
        ("Order_SendConditionNotMet", _) => Fate::Failed,
        _ => Fate::Underway,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fate_told(order: &str, sms: Option<&str>) -> Fate {
        let recipients = sms.map(|status| json!({ "type": "SMS", "status": status })).into_iter();
        let told = json!({ "status": order, "recipients": recipients.collect::<Vec<_>>() });
        fate(&serde_json::from_value(told).unwrap())
    }

    #[test]
    fn the_services_words_are_told_in_ours() {
        for (order, sms, expected) in [
            ("Order_Registered", None, Fate::Underway),
            ("Order_Processed", Some("SMS_New"), Fate::Underway),
            ("Order_Processed", Some("SMS_Accepted"), Fate::Underway),
            ("Order_Completed", Some("SMS_Delivered"), Fate::Delivered),
            ("Order_Completed", Some("SMS_Failed_TTL"), Fate::Failed),
            ("Order_Completed", Some("SMS_Failed_BarredReceiver"), Fate::Failed),
            ("Order_Completed", Some("SMS_Failed_InvalidRecipient"), Fate::InvalidRecipient),
            ("Order_Cancelled", None, Fate::Cancelled),
            ("Order_SomethingNew", Some("SMS_SomethingNew"), Fate::Underway),
        ] {
            assert_eq!(fate_told(order, sms), expected, "{order} {sms:?}");
        }
    }

    #[test]
    fn only_a_refusal_of_the_number_is_the_numbers_fault() {
        assert!(names_the_number(&json!({"errors": {"Recipient.RecipientSms.PhoneNumber": ["no"]}})));
        assert!(!names_the_number(&json!({"errors": {"RequestedSendTime": ["no"]}})));
        assert!(!names_the_number(&json!({"detail": "phoneNumber"})));
    }

    #[test]
    fn numbers_do_not_travel_in_the_open() {
        let at = |address: &str| Altinn::new(address, Token::Fixed("x".to_owned()), "Test".to_owned());
        assert!(at("https://platform.example.org").is_ok());
        assert!(at("http://127.0.0.1:8090").is_ok());
        assert!(at("http://platform.example.org").is_err());
        assert!(at("ftp://localhost").is_err());
        assert!(at("platform").is_err());
    }
}
