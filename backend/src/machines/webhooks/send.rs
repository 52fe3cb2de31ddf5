//! One message over the network: within a time limit, to public addresses only, without following redirects. What the
//! other side answers beyond its status is not read.

use super::guard::{Internal, PublicOnly};
use reqwest::redirect::Policy;
use reqwest::{Client, Url, header};
use std::sync::Arc;
use std::time::Duration;

/// How long the other side may take to be reached.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long it may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It was taken.
    Taken,
    /// Nobody is there any more: the other side says that it wants no more.
    Unwanted,
    /// It was not; in a word, why.
    Failed(String),
}

/// A message.
pub struct Message<'a> {
    /// Its id, the same at each try.
    pub id: &'a str,
    /// Seconds since 1970.
    pub timestamp: i64,
    /// The signatures.
    pub signatures: &'a str,
    /// What it says.
    pub body: String,
}

/// The client.
pub fn client(internal: Internal) -> Result<Client, reqwest::Error> {
    let client = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT_WITHIN)
        .timeout(ANSWER_WITHIN)
        .pool_max_idle_per_host(1)
        .user_agent("register-webhooks/1");
    match internal {
        Internal::Allowed => client.build(),
        Internal::Refused => client.https_only(true).dns_resolver(Arc::new(PublicOnly)).build(),
    }
}

/// Sends a message.
pub async fn send(client: &Client, url: Url, message: Message<'_>) -> Sent {
    let request = client
        .post(url)
        .header(header::CONTENT_TYPE, "application/json")
        .header("webhook-id", message.id)
        .header("webhook-timestamp", message.timestamp)
        .header("webhook-signature", message.signatures)
        .body(message.body);
    match request.send().await {
        Ok(answer) if answer.status().is_success() => Sent::Taken,
        Ok(answer) if answer.status().as_u16() == 410 => Sent::Unwanted,
        Ok(answer) if answer.status().is_redirection() => Sent::Failed("it redirects".to_owned()),
        Ok(answer) => Sent::Failed(format!("it answers {}", answer.status().as_u16())),
        Err(error) if error.is_timeout() => Sent::Failed("it does not answer in time".to_owned()),
        Err(_) => Sent::Failed("it cannot be reached".to_owned()),
    }
}
