//! A small program that takes data from the register, as a municipality would write it: it keeps a copy, follows the
//! feed, fetches what changed, and deletes what left or ended. On demand it has one of the mistakes that such programs
//! make.

use api::feed::{ARRIVED, CHANGED, CloudEvent, ENDED, Extract, LEFT, WINDOW_ENDED};
use api::fiks::Innreiser;
use reqwest::{Client, Method, RequestBuilder, StatusCode, header};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Failures in a row after which it leaves off.
const TRIES: u32 = 5;

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Takes a type that it does not know for an error, and tries for ever.
    StopsAtUnknownTypes,
    /// Goes on to the next page when the body of one cannot be read.
    SkipsAPageThatBreaksOff,
    /// Acknowledges what ended without deleting it.
    KeepsWhatEnded,
    /// Deletes what ended without saying so.
    NeverAcknowledges,
}

/// The program.
pub struct Consumer {
    client: Client,
    url: String,
    token: String,
    mistake: Option<Mistake>,
    cursor: Option<String>,
    /// Its copy.
    pub copy: BTreeMap<Uuid, Innreiser>,
}

/// Something that could not be done now.
#[derive(Debug)]
struct Later;

enum Round {
    Moved,
    Quiet,
}

impl Consumer {
    /// One that has no copy yet.
    pub fn new(url: &str, token: &str, mistake: Option<Mistake>) -> Consumer {
        Consumer {
            client: Client::new(),
            url: url.to_owned(),
            token: token.to_owned(),
            mistake,
            cursor: None,
            copy: BTreeMap::new(),
        }
    }

    /// Runs until there is nothing new, or nothing goes on.
    pub async fn run(&mut self) {
        let mut failures = 0;
        while failures < TRIES {
            failures = match self.round().await {
                Ok(Round::Moved) => 0,
                Ok(Round::Quiet) => return,
                Err(Later) => failures + 1,
            };
        }
    }

    /// Says what the copy holds.
    pub async fn says_what_it_holds(&self) {
        let holds: BTreeMap<Uuid, String> = self
            .copy
            .iter()
            .map(|(entry, record)| (*entry, record.a_updated.clone().unwrap_or_default().0))
            .collect();
        let said = self.request(Method::PUT, "/conformance/holdings").json(&holds).send().await;
        assert!(said.expect("an answer").status().is_success());
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token)
    }

    async fn round(&mut self) -> Result<Round, Later> {
        let after = self.cursor.as_ref().map_or_else(String::new, |cursor| format!("?after={cursor}"));
        let answer =
            self.request(Method::GET, &format!("/api/v1/feed{after}")).send().await.map_err(|_| Later)?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::GONE => return self.begin_anew().await,
            _ => return Err(Later),
        }
        let next = next(answer.headers()).ok_or(Later)?;
        let events: Vec<CloudEvent> = match answer.json().await {
            Ok(events) => events,
            Err(_) if self.mistake == Some(Mistake::SkipsAPageThatBreaksOff) => {
                self.cursor = Some(next);
                return Ok(Round::Moved);
            }
            Err(_) => return Err(Later),
        };
        let nothing = events.is_empty();
        let ended = events.iter().any(|event| [ENDED, WINDOW_ENDED].contains(&&*event.kind));
        for event in events {
            self.act_on(&event).await?;
            self.cursor = Some(event.cursor);
        }
        if ended {
            self.acknowledge(&next).await?;
        }
        self.cursor = Some(next);
        Ok(if nothing { Round::Quiet } else { Round::Moved })
    }

    async fn act_on(&mut self, event: &CloudEvent) -> Result<(), Later> {
        let keeps = self.mistake == Some(Mistake::KeepsWhatEnded);
        match (&*event.kind, event.data.entry) {
            (ARRIVED | CHANGED, Some(entry)) => self.fetch(entry, event.data.link.as_deref()).await?,
            (LEFT, Some(entry)) => drop(self.copy.remove(&entry)),
            (ENDED, Some(entry)) if !keeps => drop(self.copy.remove(&entry)),
            (WINDOW_ENDED, _) if !keeps => {
                let prefix = event.data.id_prefix.clone().unwrap_or_default();
                self.copy.retain(|entry, _| !entry.simple().to_string().starts_with(&prefix));
            }
            (ENDED | WINDOW_ENDED, _) => {}
            _ if self.mistake == Some(Mistake::StopsAtUnknownTypes) => return Err(Later),
            _ => {}
        }
        Ok(())
    }

    async fn fetch(&mut self, entry: Uuid, link: Option<&str>) -> Result<(), Later> {
        let Some(link) = link else { return Ok(()) };
        let answer = self.request(Method::GET, link).send().await.map_err(|_| Later)?;
        match answer.status() {
            StatusCode::OK => drop(self.copy.insert(entry, answer.json().await.map_err(|_| Later)?)),
            // It has left or ended since.
            StatusCode::NOT_FOUND | StatusCode::GONE => drop(self.copy.remove(&entry)),
            _ => return Err(Later),
        }
        Ok(())
    }

    async fn acknowledge(&self, cursor: &str) -> Result<(), Later> {
        if self.mistake == Some(Mistake::NeverAcknowledges) {
            return Ok(());
        }
        let said =
            self.request(Method::POST, "/api/v1/feed/acknowledgement").json(&json!({"cursor": cursor}));
        match said.send().await {
            Ok(answer) if answer.status() == StatusCode::NO_CONTENT => Ok(()),
            Ok(_) | Err(_) => Err(Later),
        }
    }

    /// Takes everything; what is not in it is gone.
    async fn begin_anew(&mut self) -> Result<Round, Later> {
        let mut copy = BTreeMap::new();
        let mut after = String::new();
        loop {
            let path = format!("/api/v1/feed/extract{after}");
            let answer = self.request(Method::GET, &path).send().await.map_err(|_| Later)?;
            if answer.status() != StatusCode::OK {
                return Err(Later);
            }
            let part: Extract = answer.json().await.map_err(|_| Later)?;
            copy.extend(part.items.into_iter().map(|item| (item.entry, item.record)));
            match part.next {
                Some(next) => after = format!("?after={next}"),
                None => {
                    (self.copy, self.cursor) = (copy, Some(part.cursor));
                    return Ok(Round::Moved);
                }
            }
        }
    }
}

/// Where the header `Link` says to go on.
pub fn next(headers: &header::HeaderMap) -> Option<String> {
    let link = headers.get(header::LINK)?.to_str().ok()?;
    let target = link.strip_prefix('<')?.split_once(">; rel=\"next\"")?.0;
    let (_, query) = target.split_once('?')?;
    query.split('&').find_map(|part| part.strip_prefix("after=")).map(str::to_owned)
}
