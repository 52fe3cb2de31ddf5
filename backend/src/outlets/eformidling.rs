//! The message service between public bodies: the interface of eFormidling's integrasjonspunkt, which stands in our
//! own house and encrypts what it passes on. A message is created under our own id, given its files, and sent, each in
//! a request of its own; all three may be repeated. Nothing that the service answers is ever put into an error.

use events::referral::DeliveryStatus;
use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url, header};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

/// How long the service may take to be reached.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long it may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// The process for what is confidential.
const PROCESS: &str = "urn:no:difi:profile:arkivmelding:taushetsbelagt:ver1.0";
const STANDARD: &str = "urn:no:difi:arkivmelding:xsd::arkivmelding";
/// Statuses of a message that are asked for at once.
const STATUSES_MAX: u8 = 50;

/// Who sends to whom.
#[derive(Clone, Debug)]
pub struct Parties {
    /// Our organisation number; the service's own when absent.
    pub sender: Option<String>,
    /// The receiver's organisation number.
    pub receiver: String,
}

/// A name and a password, where the service asks for them.
#[derive(Clone)]
pub struct Credentials {
    /// Name.
    pub user: String,
    /// Password.
    pub password: String,
}

/// The service.
#[derive(Clone)]
pub struct Eformidling {
    client: Client,
    base: Url,
    credentials: Option<Credentials>,
    parties: Parties,
}

/// Why nothing is known of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EformidlingError {
    /// It does not answer.
    #[error("the message service does not answer")]
    Unreachable,
    /// It answers too late.
    #[error("the message service does not answer in time")]
    TooSlow,
    /// It will not, now or for us.
    #[error("the message service answers with {0}")]
    Failed(u16),
    /// It will not take this one message, now or later.
    #[error("the message service refuses a message with {0}")]
    Refused(u16),
    /// Its answer cannot be read.
    #[error("the message service's answer cannot be read")]
    Unreadable,
}

/// Why the service cannot be used as it is set up.
#[derive(Debug, thiserror::Error)]
pub enum Misconfigured {
    /// The address is none.
    #[error(
        "the address of the message service must begin with https://; only this machine may be reached by http"
    )]
    Address,
    /// A party is no organisation.
    #[error("{0} is not an organisation number")]
    Party(String),
    /// No client can be made.
    #[error("no connection to the message service can be set up")]
    Client,
}

/// A message on its way out.
pub struct Outgoing<'a> {
    /// Its id.
    pub message: Uuid,
    /// What it belongs to: all messages of one referral are one conversation.
    pub conversation: Uuid,
    /// Until when it may be on its way.
    pub expires_at: Timestamp,
    /// Its files.
    pub files: &'a [File<'a>],
}

/// A file of a message.
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its media type.
    pub media_type: &'a str,
    /// Its content.
    pub content: Vec<u8>,
}

/// Whether a message was there before it was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Created {
    Now,
    Before,
}

#[derive(Deserialize)]
struct StatusPage {
    content: Vec<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    message_id: Option<Uuid>,
    status: String,
}

/// The service's account of a request it will not carry out.
#[derive(Default, Deserialize)]
struct Fault {
    #[serde(default)]
    exception: String,
    #[serde(default)]
    message: String,
}

impl Fault {
    /// Whether it is this one: by the name of its class, or by its words where the name is left out.
    fn is(&self, class: &str, words: &str) -> bool {
        self.exception.ends_with(class) || self.message.contains(words)
    }
}

impl Eformidling {
    /// The service at an address.
    pub fn new(
        address: &str,
        credentials: Option<Credentials>,
        parties: Parties,
    ) -> Result<Eformidling, Misconfigured> {
        let address = format!("{}/", address.trim_end_matches('/'));
        let base = Url::parse(&address).map_err(|_| Misconfigured::Address)?;
        let is_here = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        // What it is given is not encrypted yet.
        if base.scheme() != "https" && !(base.scheme() == "http" && is_here) {
            return Err(Misconfigured::Address);
        }
        for party in parties.sender.iter().chain([&parties.receiver]) {
            if !crate::rules::numbers::organisation::is_right(party) {
                return Err(Misconfigured::Party(party.clone()));
            }
        }
        let client = Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            // A redirect would carry the message to wherever it leads.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| Misconfigured::Client)?;
        Ok(Eformidling { client, base, credentials, parties })
    }

    /// The receiver's organisation number.
    pub fn receiver(&self) -> &str {
        &self.parties.receiver
    }

    /// Hands a message over. Handed over again it is the same one: what was done of it before is not done twice.
    pub async fn hand_over(&self, outgoing: &Outgoing<'_>) -> Result<(), EformidlingError> {
        if self.create(outgoing).await? == Created::Before && self.has_left(outgoing.message).await? {
            return Ok(());
        }
        for file in outgoing.files {
            self.upload(outgoing.message, file).await?;
        }
        self.send_off(outgoing.message).await
    }

    /// The furthest that a message has come; `None` when the service has nothing to tell of it.
    pub async fn status(&self, message: Uuid) -> Result<Option<DeliveryStatus>, EformidlingError> {
        let request = self.client.get(self.address(&format!("statuses/{message}")));
        let response = self.ask(request.query(&[("size", STATUSES_MAX)])).await?;
        match response.status() {
            StatusCode::OK => {
                let page: StatusPage = read(response).await?;
                let mut own = page.content;
                own.retain(|status| status.message_id.is_none_or(|of| of == message));
                Ok(own.iter().filter_map(|status| in_our_words(&status.status)).max())
            }
            StatusCode::NOT_FOUND => Ok(None),
            other => Err(EformidlingError::Failed(other.as_u16())),
        }
    }

    /// Whether the service answers and knows us.
    pub async fn check(&self) -> Result<(), EformidlingError> {
        let request = self.client.get(self.address("messages/out")).query(&[("size", 1)]);
        match self.ask(request).await?.status() {
            StatusCode::OK => Ok(()),
            other => Err(EformidlingError::Failed(other.as_u16())),
        }
    }

    /// The first request: to whom, in which process. Who reads it on the way sees no more than that.
    async fn create(&self, outgoing: &Outgoing<'_>) -> Result<Created, EformidlingError> {
        let party = |number: &str| json!([{ "identifier": { "authority": "iso6523-actorid-upis", "value": format!("0192:{number}") } }]);
        let mut header = json!({
            "headerVersion": "1.0",
            "receiver": party(&self.parties.receiver),
            "documentIdentification": {
                "standard": STANDARD,
                "typeVersion": "2.0",
                "type": "arkivmelding",
                "instanceIdentifier": outgoing.message,
            },
            "businessScope": { "scope": [{
                "type": "ConversationId",
                "identifier": PROCESS,
                "instanceIdentifier": outgoing.conversation,
                "scopeInformation": [{ "expectedResponseDateTime": outgoing.expires_at.to_string() }],
            }] },
        });
        if let Some(sender) = &self.parties.sender {
            header["sender"] = party(sender);
        }
        let document = json!({ "standardBusinessDocumentHeader": header, "arkivmelding": {} });
        let response = self.ask(self.client.post(self.address("messages/out")).json(&document)).await?;
        if response.status().is_success() {
            return Ok(Created::Now);
        }
        let status = response.status();
        let fault = fault(response).await;
        match status {
            StatusCode::CONFLICT => Ok(Created::Before),
            StatusCode::BAD_REQUEST if fault.is("MessageAlreadyExistsException", "already exists") => {
                Ok(Created::Before)
            }
            other => Err(refusal(other)),
        }
    }

    /// Whether a message that was there before is on its way: the service tells so, or has it no more among those that
    /// wait to be sent.
    async fn has_left(&self, message: Uuid) -> Result<bool, EformidlingError> {
        if self.status(message).await?.is_some() {
            return Ok(true);
        }
        let waiting = self.ask(self.client.get(self.address(&format!("messages/out/{message}")))).await?;
        match waiting.status() {
            StatusCode::OK => Ok(false),
            StatusCode::NOT_FOUND => Ok(true),
            other => Err(EformidlingError::Failed(other.as_u16())),
        }
    }

    async fn upload(&self, message: Uuid, file: &File<'_>) -> Result<(), EformidlingError> {
        let disposition = format!("attachment; name=\"{}\"; filename=\"{}\"", file.name, file.name);
        let request = self
            .client
            .put(self.address(&format!("messages/out/{message}")))
            .header(header::CONTENT_TYPE, file.media_type)
            .header(header::CONTENT_DISPOSITION, disposition)
            .body(file.content.clone());
        let response = self.ask(request).await?;
        if response.status().is_success() {
            return Ok(());
        }
        let status = response.status();
        let fault = fault(response).await;
        // It was given it before.
        let is_there = fault.is("DuplicateFilenameException", "already exists in message");
        if status == StatusCode::BAD_REQUEST && is_there { Ok(()) } else { Err(refusal(status)) }
    }

    async fn send_off(&self, message: Uuid) -> Result<(), EformidlingError> {
        let response = self.ask(self.client.post(self.address(&format!("messages/out/{message}")))).await?;
        let status = response.status();
        if status.is_success() { Ok(()) } else { Err(refusal(status)) }
    }

    fn address(&self, path: &str) -> String {
        format!("{}api/{path}", self.base)
    }

    async fn ask(&self, request: RequestBuilder) -> Result<Response, EformidlingError> {
        let request = match &self.credentials {
            Some(Credentials { user, password }) => request.basic_auth(user, Some(password)),
            None => request,
        };
        request.send().await.map_err(|error| match error.is_timeout() {
            true => EformidlingError::TooSlow,
            false => EformidlingError::Unreachable,
        })
    }
}

async fn read<T: serde::de::DeserializeOwned>(response: Response) -> Result<T, EformidlingError> {
    response.json().await.map_err(|error| match error.is_timeout() {
        true => EformidlingError::TooSlow,
        false => EformidlingError::Unreadable,
    })
}

/// What the service says is wrong; nothing when it says it in no words of its own.
async fn fault(response: Response) -> Fault {
    read(response).await.unwrap_or_default()
}

/// Whether it is the message's fault, or something that may pass.
fn refusal(status: StatusCode) -> EformidlingError {
    match status {
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::NOT_FOUND
        | StatusCode::REQUEST_TIMEOUT
        | StatusCode::TOO_MANY_REQUESTS => EformidlingError::Failed(status.as_u16()),
        status if status.is_client_error() => EformidlingError::Refused(status.as_u16()),
        status => EformidlingError::Failed(status.as_u16()),
    }
}

/// A status of the service in our words; `None` for those that tell nothing of the way out.
fn in_our_words(status: &str) -> Option<DeliveryStatus> {
    match status {
        "SENDT" => Some(DeliveryStatus::Sent),
        "MOTTATT" => Some(DeliveryStatus::Received),
        "LEVERT" => Some(DeliveryStatus::Delivered),
        "LEST" => Some(DeliveryStatus::Read),
        "FEIL" => Some(DeliveryStatus::Failed),
        "LEVETID_UTLOPT" => Some(DeliveryStatus::Expired),
        // OPPRETTET, ANNET, INNKOMMENDE_MOTTATT, INNKOMMENDE_LEVERT, and whatever comes later.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str, receiver: &str) -> Result<Eformidling, Misconfigured> {
        Eformidling::new(address, None, Parties { sender: None, receiver: receiver.to_owned() })
    }

    #[test]
    fn what_is_not_encrypted_does_not_travel_in_the_open() {
        assert!(at("https://point.example.org:9093", "974761211").is_ok());
        assert!(at("http://127.0.0.1:9093", "974761211").is_ok());
        assert!(matches!(at("http://point.example.org:9093", "974761211"), Err(Misconfigured::Address)));
        assert!(matches!(at("https://point.example.org", "974761212"), Err(Misconfigured::Party(_))));
    }

    #[test]
    fn a_known_message_and_a_known_file_are_told_from_other_faults() {
        let fault = |exception: &str, message: &str| Fault {
            exception: exception.to_owned(),
            message: message.to_owned(),
        };
        let class = "no.difi.meldingsutveksling.exceptions.MessageAlreadyExistsException";
        assert!(fault(class, "").is("MessageAlreadyExistsException", "already exists"));
        assert!(fault("", "Message with messageId = 7 already exists").is("X", "already exists"));
        assert!(!fault("", "Receiver do not accept the process").is("X", "already exists"));
    }

    #[test]
    fn a_fault_of_the_message_is_told_from_one_that_may_pass() {
        for (status, refused) in
            [(400, true), (413, true), (401, false), (404, false), (429, false), (500, false)]
        {
            let error = refusal(StatusCode::from_u16(status).unwrap());
            assert_eq!(matches!(error, EformidlingError::Refused(_)), refused, "{status}");
        }
    }
}
