//! The consumers as the log tells them: tokens, organisations, subscriptions. Kept in memory and brought up to date by
//! what was appended since, so that a consumer that was removed is unknown at once, on every node.

use super::Reach;
use crate::log::{Append, Log, NewEvent, ReadError, Rejected, StoredEvent, fault};
use crate::retention::consumers::token_digest;
use crate::rules::numbers::organisation;
use events::subscription::{
    Area, ConsumerRecognised, MachineScope, SUBSCRIPTIONS, SubscriptionAdded, SubscriptionRemoved,
};
use events::{RetentionEvent, SubscriptionEvent, UnreadableEvent};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::sync::Mutex;

/// The events that tell of consumers.
const TOLD_BY: [&str; 5] = [
    "consumer-added",
    "consumer-removed",
    "consumer-recognised",
    "subscription-added",
    "subscription-removed",
];
/// How often an append is tried when others write the same stream.
const TRIES: usize = 5;

/// A consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// Its name.
    pub name: String,
    /// The organisation whose signed tokens are its own.
    pub organisation: Option<String>,
    /// What it may take, by area.
    pub subscriptions: BTreeMap<Area, BTreeSet<MachineScope>>,
    token_sha256: String,
}

impl Subscriber {
    /// The entries it may take by an interface: those of the areas it subscribes to for it.
    pub fn reach(&self, scope: MachineScope) -> Option<Reach> {
        let mut municipalities = BTreeSet::new();
        for (area, _) in self.subscriptions.iter().filter(|(_, scopes)| scopes.contains(&scope)) {
            match area {
                Area::National => return Some(Reach::Country),
                Area::Municipality { number } => municipalities.insert(number.clone()),
            };
        }
        (!municipalities.is_empty()).then_some(Reach::Municipalities(municipalities))
    }
}

/// Why a consumer is not known, or cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The wish makes no sense; the text says why.
    #[error("{0}")]
    Wish(String),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The database fails.
    #[error("the database fails: {}", fault(.0))]
    Database(#[from] sqlx::Error),
    /// A stored fact cannot be read.
    #[error(transparent)]
    Unreadable(#[from] UnreadableEvent),
    /// Nothing can be appended.
    #[error("nothing can be appended: {0}")]
    Append(#[from] Rejected),
}

#[derive(Default)]
struct Known {
    /// Everything up to here is known.
    position: u64,
    /// Events of the stream of subscriptions.
    version: u32,
    consumers: BTreeMap<String, Arc<Subscriber>>,
}

/// All consumers.
pub struct Registry {
    log: Log,
    known: Mutex<Known>,
}

impl Registry {
    /// The consumers of a log.
    pub fn new(log: Log) -> Registry {
        Registry { log, known: Mutex::default() }
    }

    /// The consumer that shows a token of its own.
    pub async fn by_token(&self, token: &str) -> Result<Option<Arc<Subscriber>>, RegistryError> {
        let digest = token_digest(token);
        self.find(|consumer| consumer.token_sha256 == digest).await
    }

    /// The consumer that an organisation is.
    pub async fn by_organisation(&self, number: &str) -> Result<Option<Arc<Subscriber>>, RegistryError> {
        self.find(|consumer| consumer.organisation.as_deref() == Some(number)).await
    }

    /// The consumer with a name.
    pub async fn named(&self, name: &str) -> Result<Option<Arc<Subscriber>>, RegistryError> {
        self.find(|consumer| consumer.name == name).await
    }

    /// All of them, by name.
    pub async fn all(&self) -> Result<Vec<Arc<Subscriber>>, RegistryError> {
        let mut known = self.known.lock().await;
        self.catch_up(&mut known).await?;
        Ok(known.consumers.values().cloned().collect())
    }

    async fn find(
        &self,
        is_it: impl Fn(&Subscriber) -> bool,
    ) -> Result<Option<Arc<Subscriber>>, RegistryError> {
        let mut known = self.known.lock().await;
        self.catch_up(&mut known).await?;
        Ok(known.consumers.values().find(|consumer| is_it(consumer)).cloned())
    }

    async fn catch_up(&self, known: &mut Known) -> Result<(), RegistryError> {
        let head = self.log.head().await?;
        if head == known.position {
            return Ok(());
        }
        for fact in self.log.facts(&TOLD_BY, known.position).await? {
            evolve(known, &fact)?;
            known.position = fact.position;
        }
        known.position = known.position.max(head);
        Ok(())
    }

    /// From now on an organisation's signed tokens are a consumer's.
    pub async fn recognise(&self, consumer: &str, number: &str, by: &str) -> Result<(), RegistryError> {
        if !organisation::is_right(number) {
            return Err(RegistryError::Wish(format!("{number} is no organisation number")));
        }
        self.change(by, |known| {
            registered(known, consumer)?;
            let other = |other: &Arc<Subscriber>| {
                other.name != consumer && other.organisation.as_deref() == Some(number)
            };
            if let Some(other) = known.consumers.values().find(|consumer| other(consumer)) {
                return Err(RegistryError::Wish(format!("{number} is {:?} already", other.name)));
            }
            let (consumer, organisation) = (consumer.to_owned(), number.to_owned());
            Ok(ConsumerRecognised { consumer, organisation, recognised_by: by.to_owned() }.into())
        })
        .await
    }

    /// Lets a consumer take what concerns an area.
    pub async fn subscribe(
        &self,
        consumer: &str,
        area: Area,
        scopes: &[MachineScope],
        by: &str,
    ) -> Result<(), RegistryError> {
        let is_number = |number: &str| number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
        if let Area::Municipality { number } = &area
            && !is_number(number)
        {
            return Err(RegistryError::Wish(format!(
                "{number:?} is no municipality number; it has four digits"
            )));
        }
        if scopes.is_empty() {
            return Err(RegistryError::Wish("a subscription needs a scope".to_owned()));
        }
        let scopes: BTreeSet<MachineScope> = scopes.iter().copied().collect();
        self.change(by, |known| {
            registered(known, consumer)?;
            Ok(SubscriptionAdded {
                consumer: consumer.to_owned(),
                area: area.clone(),
                scopes: scopes.iter().copied().collect(),
                added_by: by.to_owned(),
            }
            .into())
        })
        .await
    }

    /// A consumer takes no more of an area.
    pub async fn unsubscribe(&self, consumer: &str, area: Area, by: &str) -> Result<(), RegistryError> {
        self.change(by, |known| {
            if !registered(known, consumer)?.subscriptions.contains_key(&area) {
                return Err(RegistryError::Wish(format!("{consumer:?} has no such subscription")));
            }
            let (consumer, area) = (consumer.to_owned(), area.clone());
            Ok(SubscriptionRemoved { consumer, area, removed_by: by.to_owned() }.into())
        })
        .await
    }

    async fn change(
        &self,
        by: &str,
        decide: impl Fn(&Known) -> Result<SubscriptionEvent, RegistryError>,
    ) -> Result<(), RegistryError> {
        for _ in 0..TRIES {
            let mut known = self.known.lock().await;
            self.catch_up(&mut known).await?;
            let event = decide(&known)?;
            match append(&self.log, known.version, &event, by).await {
                Err(Rejected::Conflict { .. }) => {}
                done => return Ok(done?),
            }
        }
        Err(Rejected::Unavailable.into())
    }
}

fn registered<'a>(known: &'a Known, consumer: &str) -> Result<&'a Subscriber, RegistryError> {
    let found = known.consumers.get(consumer).map(AsRef::as_ref);
    found.ok_or_else(|| RegistryError::Wish(format!("there is no consumer named {consumer:?}")))
}

async fn append(
    log: &Log,
    expected_version: u32,
    event: &SubscriptionEvent,
    by: &str,
) -> Result<(), Rejected> {
    let fact = NewEvent {
        name: event.name(),
        schema_version: event.version(),
        // Plain structs with text keys always become JSON; if not, the schema refuses the null.
        payload: event.payload().unwrap_or_default(),
    };
    let append = Append {
        stream: SUBSCRIPTIONS,
        expected_version,
        command: None,
        request: Vec::new(),
        actor: by.to_owned(),
        events: vec![fact],
        claims: Vec::new(),
    };
    log.append(append).await.map(|_| ())
}

fn evolve(known: &mut Known, stored: &StoredEvent) -> Result<(), UnreadableEvent> {
    let (name, version) = (stored.name.as_str(), stored.schema_version);
    if stored.stream != SUBSCRIPTIONS {
        evolve_consumers(known, RetentionEvent::read(name, version, &stored.sealed)?);
        return Ok(());
    }
    known.version = stored.version;
    match SubscriptionEvent::read(name, version, &stored.sealed)? {
        SubscriptionEvent::Recognised(recognised) => with(known, &recognised.consumer, |consumer| {
            consumer.organisation = Some(recognised.organisation);
        }),
        SubscriptionEvent::Added(added) => with(known, &added.consumer, |consumer| {
            consumer.subscriptions.insert(added.area, added.scopes.into_iter().collect());
        }),
        SubscriptionEvent::Removed(removed) => with(known, &removed.consumer, |consumer| {
            consumer.subscriptions.remove(&removed.area);
        }),
    }
    Ok(())
}

/// A consumer that was removed and added again begins anew.
fn evolve_consumers(known: &mut Known, event: RetentionEvent) {
    match event {
        RetentionEvent::ConsumerAdded(added) => {
            let consumer = Subscriber {
                name: added.name.clone(),
                organisation: None,
                subscriptions: BTreeMap::new(),
                token_sha256: added.token_sha256,
            };
            known.consumers.insert(added.name, Arc::new(consumer));
        }
        RetentionEvent::ConsumerRemoved(removed) => {
            known.consumers.remove(&removed.name);
        }
        RetentionEvent::EpochFrozen(_)
        | RetentionEvent::EpochEnded(_)
        | RetentionEvent::EntryEndedEarly(_)
        | RetentionEvent::DayStatistics(_)
        | RetentionEvent::KeyReappeared(_)
        | RetentionEvent::DeletionCertified(_)
        | RetentionEvent::TombstonesAcknowledged(_) => {}
    }
}

fn with(known: &mut Known, name: &str, change: impl FnOnce(&mut Subscriber)) {
    if let Some(consumer) = known.consumers.get_mut(name) {
        change(Arc::make_mut(consumer));
    }
}
