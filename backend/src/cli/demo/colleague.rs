//! The demo's colleague: somebody who rings travellers while one watches, over the same interface as the portal. So the
//! municipality sees who was called, the inspectorate hears of employers, and the numbers of the day move.

use api::calls::{CallSaved, Card, NextCall};
use api::referrals::EntryReferrals;
use backend::clock::Clock;
use backend::demo::conversations::outcome;
use backend::demo::dice::Dice;
use reqwest::{Client, Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

/// Who it logs in as: the last caller of the shift.
const KEY: &str = "caller-500";
/// What it speaks.
const LANGUAGES: [&str; 8] = ["nb", "nn", "en", "sv", "da", "pl", "lt", "ro"];
/// How long a conversation takes. True ones take minutes; nobody watches a demo so long.
const TALKS: Duration = Duration::from_secs(2);
/// How long the colleague waits when nobody is due, or the server does not answer.
const WAITS: Duration = Duration::from_secs(5);

/// Somebody who rings.
pub struct Colleague {
    client: Client,
    url: String,
    dice: Dice,
    clock: Clock,
}

/// The server does not want it just now; it is tried again.
struct NotNow;

impl Colleague {
    /// One who works at a server.
    pub fn at(url: &str, seed: u64) -> Result<Colleague, reqwest::Error> {
        let client = Client::builder().cookie_store(true).build()?;
        Ok(Colleague { client, url: url.to_owned(), dice: Dice::new(seed), clock: Clock::system() })
    }

    /// Rings for ever.
    pub async fn work(mut self) {
        loop {
            if self.log_in().await.is_ok() {
                // Until it is refused: the session is over, or the server was started anew.
                while self.ring().await.is_ok() {}
            }
            tokio::time::sleep(WAITS).await;
        }
    }

    async fn log_in(&self) -> Result<(), NotNow> {
        self.send(self.request(Method::POST, "demo/login").json(&json!({"key": KEY}))).await?;
        self.send(self.request(Method::PUT, "queue/me").json(&json!({"languages": LANGUAGES}))).await
    }

    /// One traveller, from taking the card to what came of it.
    async fn ring(&mut self) -> Result<(), NotNow> {
        let NextCall::Card(card) = self.ask(self.request(Method::POST, "queue/next")).await? else {
            tokio::time::sleep(WAITS).await;
            return Ok(());
        };
        let entry = card.entry.id;
        let Some(saved) = self.dial(&card).await? else {
            let skip = self.once(Method::POST, &format!("queue/cards/{entry}/skip"));
            return self
                .send(skip.json(&json!({"fence": card.lease.fence, "reason": "card-looks-wrong"})))
                .await;
        };
        tokio::time::sleep(TALKS).await;
        let employed = card.entry.employer.is_some();
        let heard = outcome(&mut self.dice, employed, self.clock.now());
        let path = format!("entries/{entry}/calls/{}/outcome", saved.attempt);
        let conclude = self.once(Method::PUT, &path).json(&json!({"outcome": heard}));
        self.send(conclude).await?;
        if heard.employer_failure_suspected { self.refer(entry).await } else { Ok(()) }
    }

    /// `None` when there is no number that can be rung.
    async fn dial(&self, card: &Card) -> Result<Option<CallSaved>, NotNow> {
        let Some(phone) = card.phones.iter().find(|phone| !phone.wrong) else { return Ok(None) };
        let dial = json!({
            "direction": "outbound", "phone": phone.number, "fence": card.lease.fence, "version": card.version,
        });
        let path = format!("entries/{}/calls", card.entry.id);
        self.ask(self.once(Method::POST, &path).json(&dial)).await.map(Some)
    }

    /// Tells the labour inspectorate all that may be told.
    async fn refer(&self, entry: Uuid) -> Result<(), NotNow> {
        let path = format!("entries/{entry}/referrals");
        let told: EntryReferrals = self.ask(self.request(Method::GET, &path)).await?;
        let Some(content) = told.possible else { return Ok(()) };
        let make = self.once(Method::POST, &path).header("if-match", format!("\"{}\"", told.version));
        self.send(make.json(&json!({"content": content}))).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/api/v1/{path}", self.url))
    }

    fn once(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path)
            .header("idempotency-key", backend::entropy::Entropy::system().uuid().to_string())
    }

    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, NotNow> {
        let answer = request.send().await.and_then(reqwest::Response::error_for_status).map_err(not_now)?;
        answer.json().await.map_err(not_now)
    }

    async fn send(&self, request: RequestBuilder) -> Result<(), NotNow> {
        request.send().await.and_then(reqwest::Response::error_for_status).map(drop).map_err(not_now)
    }
}

fn not_now(error: reqwest::Error) -> NotNow {
    tracing::debug!(%error, "the colleague of the demo waits");
    NotNow
}
