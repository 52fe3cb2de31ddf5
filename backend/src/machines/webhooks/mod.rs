//! Webhooks: news of the feed, sent to those who asked for it, by Standard Webhooks. A message says up to which cursor
//! there is news, and holds the events; whatever else is wanted is fetched with the consumer's own rights.
//!
//! One message a consumer is on its way at a time, so that they come in order. Its end is written down before it is sent
//! for the first time: sent again, also by another node after a crash, it is the same message under the same id. One node
//! sends; another takes over when it dies. What is not taken is tried again for days, later each time; then nothing more
//! is sent, and an alarm rises.

pub mod guard;
mod send;
pub mod signing;
pub mod store;

use super::cursor::Holder;
use super::feed::{Feed, FeedError, Page};
use super::registry::{Registry, RegistryError, Subscriber};
use super::usage::{Interface, Purpose, Taken, Usage};
use crate::log::keyring::{Key, KeyError};
use crate::log::lease::Lease;
use crate::log::{Log, fault};
use events::subscription::MachineScope;
use futures::StreamExt;
use guard::Internal;
use jiff::{SignedDuration, Timestamp};
use send::{Message, Sent, send};
use serde_json::json;
use signing::{Secret, signatures};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::{Step, Webhook};

/// How often it is looked whether there is news.
const POLL: Duration = Duration::from_secs(1);
/// The advisory lock of whoever sends: one node at a time.
const LOCK: i64 = 7_224_111;
/// Consumers that are sent to side by side.
const AT_ONCE: usize = 16;
/// Messages that one consumer gets in one look at most; others wait.
const MESSAGES_IN_ROW_MAX: usize = 20;
/// Events of one message at most.
const MESSAGE_EVENTS: u32 = 100;
/// How long after it was not taken a message is sent again, by the number of tries; the last one counts for all further.
const BACK_OFF_SECONDS: [i64; 10] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200];
/// How long nothing may be taken before nothing more is sent.
const DISABLED_AFTER: SignedDuration = SignedDuration::from_hours(72);
/// How long the former secret still signs.
const OLD_SECRET_LIVES: SignedDuration = SignedDuration::from_hours(24);
/// How often it is written down that there is nothing new: without it the place would get too old to go on from.
const WRITTEN_DOWN_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// Why nothing can be set up or sent now.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The URL is none to send to.
    #[error(transparent)]
    Url(#[from] guard::BadUrl),
    /// There is no webhook.
    #[error("there is no webhook")]
    NotThere,
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The secrets do not open.
    #[error(transparent)]
    Secrets(#[from] store::CannotOpen),
    /// The consumers cannot be read.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The feed cannot be read.
    #[error(transparent)]
    Feed(#[from] FeedError),
    /// The database fails.
    #[error("the database fails: {}", fault(.0))]
    Database(#[from] sqlx::Error),
    /// No client can be made.
    #[error("no connection can be set up")]
    Client,
}

/// What one look came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Nothing is left that could be sent now.
    Done,
    /// Another node is at it.
    Elsewhere,
}

/// Sends news. Cloned handles share everything.
#[derive(Clone)]
pub struct Webhooks {
    log: Log,
    feed: Feed,
    registry: Arc<Registry>,
    usage: Usage,
    internal: Internal,
    client: reqwest::Client,
    /// Up to which position it is known that there is nothing new for a consumer.
    quiet: Arc<Mutex<HashMap<String, u64>>>,
}

impl Webhooks {
    /// Webhooks over a register's feed.
    pub fn new(
        log: Log,
        feed: Feed,
        registry: Arc<Registry>,
        usage: Usage,
        internal: Internal,
    ) -> Result<Webhooks, WebhookError> {
        let client = send::client(internal).map_err(|_| WebhookError::Client)?;
        Ok(Webhooks { log, feed, registry, usage, internal, client, quiet: Arc::default() })
    }

    fn key(&self) -> Result<Arc<Key>, KeyError> {
        self.log.keyring().machines()
    }

    /// Sends a consumer's news to a URL from now on. Gives a new secret.
    pub async fn set_up(&self, consumer: &str, url: &str) -> Result<Secret, WebhookError> {
        let url = guard::check(url, self.internal)?;
        let secret = Secret::new(self.log.entropy());
        let now = self.log.clock().now();
        let webhook = Webhook {
            consumer: consumer.to_owned(),
            url: url.to_string(),
            secrets: vec![secret.clone()],
            position: self.feed.reached().await?,
            pending: None,
            attempts: 0,
            next_at: now,
            looked_at: now,
            taken_at: None,
            failing_since: None,
            failure: None,
            disabled_at: None,
        };
        store::put(self.log.pool(), &*self.key()?, self.log.entropy(), &webhook).await?;
        Ok(secret)
    }

    /// Gives a new secret; the former one signs for a day more.
    pub async fn renew_secret(&self, consumer: &str) -> Result<Secret, WebhookError> {
        let webhook = self.of(consumer).await?;
        let until = self.log.clock().now().saturating_add(OLD_SECRET_LIVES).unwrap_or(Timestamp::MAX);
        let secret = Secret::new(self.log.entropy());
        let former = webhook.secrets.into_iter().next().map(|former| Secret { until: Some(until), ..former });
        let secrets: Vec<Secret> = std::iter::once(secret.clone()).chain(former).collect();
        store::put_secrets(self.log.pool(), &*self.key()?, self.log.entropy(), consumer, &secrets).await?;
        Ok(secret)
    }

    /// A consumer's webhook.
    pub async fn of(&self, consumer: &str) -> Result<Webhook, WebhookError> {
        let found = store::of(self.log.pool(), &*self.key()?, consumer).await?;
        Ok(found.ok_or(WebhookError::NotThere)??)
    }

    /// Sends nothing more.
    pub async fn remove(&self, consumer: &str) -> Result<(), WebhookError> {
        let there = store::remove(self.log.pool(), consumer).await?;
        if there { Ok(()) } else { Err(WebhookError::NotThere) }
    }

    /// Sends news, for ever.
    pub async fn run(self) {
        loop {
            match self.round().await {
                // After a start the lists are not there at once; what is to be sent waits for them.
                Ok(_) | Err(WebhookError::Feed(FeedError::Building)) => {}
                Err(error) => tracing::error!(%error, "webhooks cannot be sent; it is tried again"),
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// One look: what can be sent now is sent, unless another node is at it.
    pub async fn round(&self) -> Result<Round, WebhookError> {
        let Some(lease) = Lease::take(self.log.pool(), LOCK).await? else { return Ok(Round::Elsewhere) };
        let outcome = self.look().await;
        lease.give_back().await;
        outcome.map(|()| Round::Done)
    }

    async fn look(&self) -> Result<(), WebhookError> {
        let key = self.key()?;
        let now = self.log.clock().now();
        let due = store::due(self.log.pool(), &key, now).await?;
        let reached = self.feed.reached().await?;
        let sent = futures::stream::iter(due)
            .map(|opened| self.serve(&key, opened, reached))
            .buffer_unordered(AT_ONCE)
            .collect::<Vec<Result<(), WebhookError>>>()
            .await;
        self.measure(&key).await?;
        // One consumer's trouble does not keep another's news.
        sent.into_iter().collect()
    }

    async fn measure(&self, key: &Key) -> Result<(), WebhookError> {
        let all = store::all(self.log.pool(), key).await?;
        let count = |is: &dyn Fn(&Webhook) -> bool| {
            all.iter().filter(|webhook| webhook.as_ref().map_or(true, is)).count() as f64
        };
        metrics::gauge!("register_webhooks_disabled").set(count(&|webhook| webhook.disabled_at.is_some()));
        metrics::gauge!("register_webhooks_failing").set(count(&|webhook| webhook.failing_since.is_some()));
        Ok(())
    }

    /// Sends one consumer what is new for it, message by message, until there is nothing or one is not taken.
    async fn serve(&self, key: &Key, opened: store::Opened, reached: u64) -> Result<(), WebhookError> {
        let mut webhook = opened?;
        let Some(consumer) = self.registry.named(&webhook.consumer).await? else {
            store::remove(self.log.pool(), &webhook.consumer).await?;
            return Ok(());
        };
        for _ in 0..MESSAGES_IN_ROW_MAX {
            if webhook.pending.is_none() && self.is_quiet(&webhook.consumer, reached) {
                return Ok(());
            }
            let Some(next) = self.next_message(&consumer, &webhook).await? else { return Ok(()) };
            if !self.deliver(key, &mut webhook, &consumer, next).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    fn is_quiet(&self, consumer: &str, reached: u64) -> bool {
        let quiet = self.quiet.lock().unwrap_or_else(PoisonError::into_inner);
        quiet.get(consumer).is_some_and(|known| *known >= reached)
    }

    fn note_quiet(&self, consumer: &str, position: u64) {
        let mut quiet = self.quiet.lock().unwrap_or_else(PoisonError::into_inner);
        quiet.insert(consumer.to_owned(), position);
    }

    /// The next message; `None` when there is nothing to send.
    async fn next_message(
        &self,
        consumer: &Subscriber,
        webhook: &Webhook,
    ) -> Result<Option<Next>, WebhookError> {
        let now = self.log.clock().now();
        let Some(reach) = consumer.reach(MachineScope::Feed) else {
            // Its subscription has ended: whatever comes concerns it no more.
            return Ok(None);
        };
        let holder = Holder { name: &consumer.name, reach: &reach };
        let page =
            self.feed.page_after(holder, Some(webhook.position), webhook.pending, MESSAGE_EVENTS).await;
        let page = match page {
            Err(FeedError::ExtractNeeded) => {
                let position = self.feed.reached().await?;
                let cursor = self.feed.cursor_at(holder, position)?;
                let extract = Page { events: Vec::new(), next: cursor, position, more: false };
                return Ok(Some(Next { page: extract, extract_needed: true }));
            }
            page => page?,
        };
        if !page.events.is_empty() {
            return Ok(Some(Next { page, extract_needed: false }));
        }
        // Nothing of it is left, or there never was anything for this consumer.
        let old = now.duration_since(webhook.looked_at) >= WRITTEN_DOWN_EVERY;
        if webhook.pending.is_some() || (old && page.position > webhook.position) {
            store::note(self.log.pool(), webhook, Step::Quiet(page.position), now).await?;
        }
        self.note_quiet(&consumer.name, page.position);
        Ok(None)
    }

    /// Sends a message. `true` when it was taken and the next one may follow.
    async fn deliver(
        &self,
        key: &Key,
        webhook: &mut Webhook,
        consumer: &Subscriber,
        next: Next,
    ) -> Result<bool, WebhookError> {
        let now = self.log.clock().now();
        let (pool, up_to) = (self.log.pool(), next.page.position);
        if webhook.pending != Some(up_to) {
            if !store::note(pool, webhook, Step::Begins(up_to), now).await? {
                return Ok(false);
            }
            webhook.pending = Some(up_to);
        }
        let url = match guard::check(&webhook.url, self.internal) {
            Ok(url) => url,
            Err(why) => {
                self.not_taken(webhook, &why.to_string(), false).await?;
                return Ok(false);
            }
        };
        let id = message_id(key, webhook, up_to);
        let body = body(&next);
        let signatures = signatures(&webhook.secrets, now, &id, &body);
        let message = Message { id: &id, timestamp: now.as_second(), signatures: &signatures, body };
        match send(&self.client, url, message).await {
            Sent::Taken => {
                metrics::counter!("register_webhook_messages_total", "outcome" => "taken").increment(1);
                self.count(consumer, &next.page).await;
                let noted = store::note(pool, webhook, Step::Taken(up_to), self.log.clock().now()).await?;
                (webhook.position, webhook.pending, webhook.attempts) = (up_to, None, 0);
                Ok(noted)
            }
            Sent::Unwanted => self.not_taken(webhook, "it wants no more", true).await.map(|()| false),
            Sent::Failed(why) => self.not_taken(webhook, &why, false).await.map(|()| false),
        }
    }

    async fn count(&self, consumer: &Subscriber, page: &Page) {
        let municipalities = page.events.iter().filter_map(|event| event.data.municipality.clone()).collect();
        let entries = page.events.iter().filter_map(|event| event.data.entry).collect();
        self.usage
            .count(&Taken {
                consumer: &consumer.name,
                interface: Interface::Webhook,
                purpose: Purpose::Copy,
                municipalities,
                entries,
            })
            .await;
    }

    async fn not_taken(&self, webhook: &Webhook, why: &str, unwanted: bool) -> Result<(), WebhookError> {
        let now = self.log.clock().now();
        metrics::counter!("register_webhook_messages_total", "outcome" => "not-taken").increment(1);
        let since = webhook.failing_since.unwrap_or(now);
        let disabled = unwanted || now.duration_since(since) >= DISABLED_AFTER;
        if disabled {
            tracing::error!(
                consumer = %webhook.consumer,
                why,
                "nothing more is sent to a webhook; its consumer must set it up again"
            );
        }
        let next_at = now.saturating_add(self.pause(webhook.attempts)).unwrap_or(Timestamp::MAX);
        store::note(self.log.pool(), webhook, Step::Failed { why, next_at, disabled }, now).await?;
        Ok(())
    }

    /// A tenth of it is chance, so that those who failed together do not come back together.
    fn pause(&self, attempts: u32) -> SignedDuration {
        let last = BACK_OFF_SECONDS.len() - 1;
        let place = usize::try_from(attempts).unwrap_or(last).min(last);
        let seconds = BACK_OFF_SECONDS.get(place).copied().unwrap_or(43_200);
        let chance = i64::from(self.log.entropy().bytes::<1>()[0]);
        SignedDuration::from_millis(seconds * 1_000 + seconds * chance * 100 / 255)
    }
}

/// A message before it is signed.
struct Next {
    page: Page,
    /// What lies between cannot be told any more.
    extract_needed: bool,
}

/// The same at each try, and of no other message.
fn message_id(key: &Key, webhook: &Webhook, up_to: u64) -> String {
    let what = format!("{} {} {up_to}", webhook.consumer, webhook.position);
    format!("msg_{}", hex::encode(&key.digest("webhook-message", what.as_bytes())[..16]))
}

fn body(next: &Next) -> String {
    let kind = if next.extract_needed { "feed.extract-needed" } else { "feed.news" };
    let data = json!({ "cursor": next.page.next, "events": next.page.events });
    let timestamp = next.page.events.last().map(|event| event.time);
    json!({ "type": kind, "timestamp": timestamp, "data": data }).to_string()
}
