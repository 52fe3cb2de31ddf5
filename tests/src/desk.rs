//! Intake and the list of entries on a log with a manual clock: what a node has, without the program around it.

use crate::database::Database;
use crate::playground::START;
use api::entries::{EntryFilter, EntryRow, SearchHit};
use api::intake::RecordAnswer;
use backend::clock::Clock;
use backend::disclosure::Disclosures;
use backend::entropy::Entropy;
use backend::identities::Identities;
use backend::intake::entries::{Told, history};
use backend::intake::reference::Reference;
use backend::intake::take_in::Intake;
use backend::log::ending::Ending;
use backend::log::keystore::{KeyStore, Memory};
use backend::log::{self, Keyring, Log, Options, Schemas};
use backend::outlets::altinn::Altinn;
use backend::outlets::eformidling::Eformidling;
use backend::outlets::messages::{Messages, Settings};
use backend::outlets::referrals::ReferralPost;
use backend::projections::entries::{Entries, ListRow, get, page, search};
use backend::projections::projector::Projector;
use backend::projections::readers::Readers;
use backend::queue::Queue;
use backend::referrals::ReferralDesk;
use backend::results::Results;
use backend::results::look_up::Service;
use backend::retention::Retention;
use events::entry::Source;
use events::record::RawRecord;
use events::{EntryId, Epoch};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sqlx::PgPool;
use std::sync::Arc;
use uuid::Uuid;

/// One node on a database of its own.
pub struct Desk {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: Clock,
    /// The keyring.
    pub keyring: Arc<Keyring>,
    /// The node.
    pub node: Node,
}

/// A node: log, intake, read models.
#[derive(Clone)]
pub struct Node {
    /// The log.
    pub log: Log,
    /// Intake.
    pub intake: Intake,
    /// The read models' database.
    pub tables: PgPool,
    keyring: Arc<Keyring>,
    reference: Reference,
}

impl Desk {
    /// A fresh one; its clock stands at [`START`].
    pub async fn new() -> Desk {
        Desk::with_keys(Box::new(Memory::default())).await
    }

    /// A fresh one whose keys lie elsewhere.
    pub async fn with_keys(keys: Box<dyn KeyStore>) -> Desk {
        let database = Database::fresh().await;
        let clock = Clock::manual(Timestamp::from_second(START).expect("a moment"));
        let keyring = Arc::new(Keyring::new(keys, clock.clone(), Entropy::system()));
        let node = Node::open(&database.url, &keyring, &clock).await;
        Desk { database, clock, keyring, node }
    }

    /// Another node on the same database and keyring.
    pub async fn second_node(&self) -> Node {
        Node::open(&self.database.url, &self.keyring, &self.clock).await
    }

    /// What ends things, on the desk's own node.
    pub async fn retention(&self) -> Retention {
        self.retention_of(&self.node).await
    }

    /// What ends things, on a node.
    pub async fn retention_of(&self, node: &Node) -> Retention {
        node.retention(&self.database.url).await
    }

    /// Moves the clock to the end of an epoch, and a moment less.
    pub fn move_to_just_before_the_end_of(&self, epoch: Epoch) {
        let left = epoch.ends_at().duration_since(self.clock.now());
        self.clock.advance(left - SignedDuration::from_micros(1));
    }

    /// Rows of the list, all of them, opened.
    pub async fn list(&self) -> Vec<EntryRow> {
        let mut filter = EntryFilter { limit: Some(200), ..EntryFilter::default() };
        let mut rows = Vec::new();
        loop {
            let found =
                page(&self.node.readers(), &self.keyring, &filter, self.clock.now()).await.expect("a page");
            rows.extend(found.items);
            match found.next {
                Some(next) => filter.cursor = Some(next),
                None => return rows,
            }
        }
    }

    /// What a search finds.
    pub async fn search(&self, query: &str) -> Vec<SearchHit> {
        let found = search(&self.node.readers(), &self.keyring, query, None, true, self.clock.now()).await;
        found.expect("a search").hits
    }

    /// The list's row of an entry.
    pub async fn row(&self, entry: Uuid) -> Option<ListRow> {
        let entry = EntryId::parse(entry).expect("an entry's id");
        get(&self.node.readers(), &self.keyring, entry).await.expect("a row")
    }
}

impl Node {
    /// Connections to read the lists with.
    pub fn readers(&self) -> Readers {
        Readers::new(self.tables.clone())
    }

    /// A node on a database.
    pub async fn open(url: &str, keyring: &Arc<Keyring>, clock: &Clock) -> Node {
        let pool = log::connect(url, "register_app", 8).await.expect("connect to the log");
        let tables = backend::projections::database::connect(url, 8).await.expect("connect to the lists");
        let all = events::catalogue::all_schemas();
        let schemas = Arc::new(Schemas::compile(all).expect("schemas compile"));
        let log =
            Log::open(pool, keyring.clone(), schemas, clock.clone(), Entropy::system(), Options::default())
                .await
                .expect("open the log");
        let reference = Reference::load(&log).await.expect("reference data");
        let intake = Intake::new(log.clone(), reference.clone(), false);
        Node { intake, log, tables, keyring: keyring.clone(), reference }
    }

    /// Reference data.
    pub fn reference(&self) -> Reference {
        self.reference.clone()
    }

    /// What ends things.
    pub async fn retention(&self, url: &str) -> Retention {
        let ending = Ending::connect(url).await.expect("connect in the role that ends things");
        let rejects = crate::database::scratch().join("no-rejects");
        Retention::open(self.log.clone(), ending, self.tables.clone(), rejects).await.expect("retention")
    }

    /// What sends text messages, through a service.
    pub fn messages(&self, altinn: Altinn) -> Messages {
        let link = "https://example.org".to_owned();
        let settings = Settings { altinn, reference: self.reference.clone(), link };
        Messages::new(self.log.clone(), self.tables.clone(), settings)
    }

    /// What sends referrals, through a service.
    pub fn referral_post(&self, service: Eformidling) -> ReferralPost {
        let (log, disclosures) = (self.log.clone(), Disclosures::open(self.log.clone()));
        ReferralPost::new(log, self.tables.clone(), service, self.reference.clone(), disclosures)
    }

    /// Where referrals are made and answered.
    pub fn referrals(&self) -> ReferralDesk {
        let (_, reached) = tokio::sync::watch::channel(u64::MAX);
        ReferralDesk::new(self.log.clone(), self.tables.clone(), self.readers(), reached)
    }

    /// Takes records in.
    pub async fn take_in(&self, records: Vec<RawRecord>) -> Vec<RecordAnswer> {
        self.intake.take_in(records, Source::Feed).await.expect("intake")
    }

    /// Takes one record in.
    pub async fn take(&self, record: RawRecord) -> RecordAnswer {
        self.take_in(vec![record]).await.pop().expect("an answer")
    }

    /// The last position.
    pub async fn head(&self) -> u64 {
        self.log.head().await.expect("the head")
    }

    /// The projector of the list.
    pub fn projector(&self) -> Projector<Entries> {
        Projector::new(
            Entries::new(self.keyring.clone(), Entropy::system(), self.reference.clone()),
            self.log.clone(),
            self.tables.clone(),
        )
    }

    /// Results, with a service to ask or none; the lists have caught up.
    pub fn results(&self, service: Option<Service>) -> Results {
        let (_, reached) = tokio::sync::watch::channel(u64::MAX);
        let (log, reference) = (self.log.clone(), self.reference.clone());
        Results::new(log, reference, self.tables.clone(), self.readers(), reached, service)
    }

    /// Entries of one person.
    pub fn identities(&self) -> Identities {
        let (log, reference) = (self.log.clone(), self.reference.clone());
        Identities::new(log, reference, self.tables.clone(), self.readers(), false)
    }

    /// The queue of calls.
    pub fn queue(&self) -> Queue {
        // Whoever needs the lists to be up to date folds first.
        let (_, reached) = tokio::sync::watch::channel(u64::MAX);
        Queue::new(self.log.clone(), self.reference.clone(), self.tables.clone(), self.readers(), reached)
    }

    /// Brings the list up to date.
    pub async fn catch_up(&self) {
        self.projector().catch_up().await.expect("catch up");
    }

    /// The events of an entry.
    pub async fn history(&self, entry: Uuid) -> Vec<Told> {
        history(&self.log, EntryId::parse(entry).expect("an entry's id")).await.expect("a history")
    }
}

/// The entry an answer names.
pub fn entry_of(answer: &RecordAnswer) -> Option<Uuid> {
    match answer {
        RecordAnswer::Accepted { entry }
        | RecordAnswer::Updated { entry, .. }
        | RecordAnswer::Joined { entry }
        | RecordAnswer::Unchanged { entry } => Some(*entry),
        RecordAnswer::NotYet { .. } | RecordAnswer::Ended | RecordAnswer::Rejected { .. } => None,
    }
}

/// A record with the given fields.
pub fn record(fields: Value) -> RawRecord {
    fields.as_object().expect("an object").clone()
}
