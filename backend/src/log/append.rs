//! Appending: commands are checked and sealed by whoever brings them, gathered by one batcher a node,
//! and put in by one call of `log.append_batch`.

use super::fingerprint::Fingerprint;
use super::keyring::{KeyError, Keyring};
use super::schemas::{InvalidEvent, Schemas};
use super::seal::{StreamCipher, event_context};
use crate::clock::Clock;
use crate::entropy::Entropy;
use events::{CommandId, Epoch, EventId, StreamId};
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

/// Events that one batch carries at most.
const BATCH_EVENTS_MAX: usize = 500;
/// Commands that may wait at a node; more wait at their callers.
const QUEUE_COMMANDS_MAX: usize = 4_096;
/// Batches on their way at once: while one is made durable the next one is gathered and sent.
const BATCHES_IN_FLIGHT: usize = 2;
/// How long a batch waits for as many commands as the ones before it had. Those who were just answered are about
/// to come again; without the wait one of them would go alone and all others behind it.
const LINGER: Duration = Duration::from_millis(1);
/// Bytes of one payload at most.
const PAYLOAD_BYTES_MAX: usize = 1024 * 1024;
/// Microseconds from 1970 to 2000, PostgreSQL's own zero.
const POSTGRES_EPOCH_MICROS: i64 = 946_684_800_000_000;
/// By how much the last event may lie after the database server's clock and still be believed.
const FUTURE_TOLERANCE: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);
/// Epochs whose partitions are made ahead of time: three days.
const EPOCHS_AHEAD: u32 = 12;

/// A command as the log sees it: events for one stream, from a version on, all or none.
pub struct Append {
    /// The stream.
    pub stream: StreamId,
    /// The version the decision was made on; 0 for a new stream.
    pub expected_version: u32,
    /// The Idempotency-Key, when the giver may try again.
    pub command: Option<CommandId>,
    /// What was asked, for telling a retry from another command under the same key.
    pub request: Vec<u8>,
    /// Who did it: a user, `feed`, `file`.
    pub actor: String,
    /// The events, at least one.
    pub events: Vec<NewEvent>,
    /// Fingerprints the stream lays claim to.
    pub claims: Vec<Claim>,
}

/// An event to be appended.
pub struct NewEvent {
    /// Type name.
    pub name: &'static str,
    /// Schema version.
    pub schema_version: u16,
    /// Payload.
    pub payload: Value,
}

/// A fingerprint that must belong to no other stream.
#[derive(Clone)]
pub struct Claim {
    /// The fingerprint.
    pub token: Fingerprint,
    /// Digest of the content taken in under it.
    pub digest: Option<Vec<u8>>,
    /// Whether it stays when the epoch ends, until its own key is gone.
    pub outlives: bool,
}

/// What an append came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Version of the stream afterwards.
    pub version: u32,
    /// Position of the last event.
    pub last_position: u64,
    /// Whether an earlier try had done it already.
    pub repeated: bool,
}

/// Why nothing was appended.
#[derive(Debug, thiserror::Error)]
pub enum Rejected {
    /// Somebody else changed the stream first.
    #[error("the stream is at version {actual}")]
    Conflict {
        /// Its version now.
        actual: u32,
    },
    /// A fingerprint belongs to another stream; `None`: to one that has ended.
    #[error("a fingerprint belongs to another stream")]
    Claimed {
        /// That stream.
        by: Option<StreamId>,
    },
    /// The same command id came with another content.
    #[error("the command id was used for something else")]
    KeyReused,
    /// The stream's epoch has ended.
    #[error("epoch {0} has ended")]
    Ended(Epoch),
    /// A payload its schema refuses.
    #[error(transparent)]
    Invalid(#[from] InvalidEvent),
    /// No events, or a payload beyond the limit.
    #[error("a command carries at least one event, and none larger than 1 MiB")]
    Size,
    /// The keyring fails.
    #[error(transparent)]
    Key(KeyError),
    /// The database did not answer; the command may or may not have happened, and may be tried again.
    #[error("the log did not answer")]
    Unavailable,
}

impl From<KeyError> for Rejected {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Ended(epoch) => Rejected::Ended(epoch),
            KeyError::Missing(_) | KeyError::Destroyed(_) | KeyError::Store(_) => Rejected::Key(error),
        }
    }
}

/// How a node appends. The defaults serve; benchmarks and tests vary them.
#[derive(Clone, Copy)]
pub struct Options {
    /// Events that one batch carries at most.
    pub batch_events_max: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { batch_events_max: BATCH_EVENTS_MAX }
    }
}

/// The log as a node holds it. Cloned handles share the batcher.
#[derive(Clone)]
pub struct Log {
    pub(super) pool: PgPool,
    pub(super) keyring: Arc<Keyring>,
    schemas: Arc<Schemas>,
    clock: Clock,
    entropy: Entropy,
    queue: mpsc::Sender<Waiting>,
    committed: watch::Receiver<u64>,
}

impl Log {
    /// Opens the log over a pool of role `register_app` and starts its batcher.
    pub async fn open(
        pool: PgPool,
        keyring: Arc<Keyring>,
        schemas: Arc<Schemas>,
        clock: Clock,
        entropy: Entropy,
        options: Options,
    ) -> Result<Log, sqlx::Error> {
        register(&pool, &schemas).await?;
        let (head, last, database_now): (i64, Option<jiff_sqlx::Timestamp>, jiff_sqlx::Timestamp) = sqlx::query_as(
            "select position, (select recorded_at from log.event where position = head.position), clock_timestamp()
             from log.head",
        )
        .fetch_one(&pool)
        .await?;
        match last.map(jiff_sqlx::Timestamp::to_jiff) {
            // Learning it would end what lives.
            Some(last) if clock.is_beyond(last, database_now.to_jiff(), FUTURE_TOLERANCE) => {
                tracing::error!(
                    "the last event was recorded by a clock that ran ahead; its time is not believed"
                );
            }
            Some(last) => clock.at_least(last),
            None => {}
        }
        let (queue, waiting) = mpsc::channel(QUEUE_COMMANDS_MAX);
        let (committed_now, committed) = watch::channel(u64::try_from(head).unwrap_or(0));
        let batcher = Batcher {
            pool: pool.clone(),
            clock: clock.clone(),
            prepared: Arc::default(),
            committed: Arc::new(committed_now),
            options,
        };
        tokio::spawn(batcher.run(waiting));
        Ok(Log { pool, keyring, schemas, clock, entropy, queue, committed })
    }

    /// Appends one command. The answer comes when it is durable.
    pub async fn append(&self, append: Append) -> Result<Appended, Rejected> {
        let command = self.seal(append)?;
        let (answer, answered) = oneshot::channel();
        self.queue.send(Waiting { command, answer }).await.map_err(|_| Rejected::Unavailable)?;
        answered.await.map_err(|_| Rejected::Unavailable)?
    }

    /// The last position this node has seen committed: a hint to look, never the truth.
    pub fn committed(&self) -> watch::Receiver<u64> {
        self.committed.clone()
    }

    /// The keyring.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Chance.
    pub fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    /// The pool of the application's role.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Checks the events against their schemas and seals them.
    fn seal(&self, append: Append) -> Result<Sealed, Rejected> {
        if append.events.is_empty() {
            return Err(Rejected::Size);
        }
        let stream = append.stream;
        let epoch = stream.epoch();
        let key = match epoch.is_permanent() {
            true => None,
            false => Some(self.keyring.epoch_of_registration(epoch)?),
        };
        let cipher = key.as_ref().map(|key| StreamCipher::new(key, stream.0));
        let recorded_at = self.clock.now();
        let mut events = Vec::with_capacity(append.events.len());
        for (event, version) in append.events.into_iter().zip(append.expected_version + 1..) {
            self.schemas.check(event.name, event.schema_version, &event.payload)?;
            let payload = zeroize::Zeroizing::new(serde_json::to_vec(&event.payload).unwrap_or_default());
            if payload.len() > PAYLOAD_BYTES_MAX && !epoch.is_permanent() {
                return Err(Rejected::Size);
            }
            let id = self.entropy.event();
            let sealed = match &cipher {
                Some(cipher) => {
                    let context = event_context(stream.0, version, id.0, event.name, event.schema_version);
                    cipher.seal(&payload, &context, &self.entropy)
                }
                // Permanent facts name no traveller; they stand as they are.
                None => payload.to_vec(),
            };
            let (name, schema_version) = (event.name, event.schema_version);
            let mut sealed = SealedEvent { id, name, schema_version, sealed, bound: Vec::new() };
            sealed.bound = sealed.bound(stream, version, recorded_at, &append.actor);
            events.push(sealed);
        }
        let request = match &key {
            Some(key) => key.digest("request", &append.request).to_vec(),
            None => append.request,
        };
        Ok(Sealed {
            stream,
            expected_version: append.expected_version,
            command: append.command,
            request,
            actor: append.actor,
            recorded_at,
            events,
            claims: append.claims,
        })
    }
}

/// Writes down the schemas under which events are stored from now on.
async fn register(pool: &PgPool, schemas: &Schemas) -> Result<(), sqlx::Error> {
    for schema in &schemas.registered {
        sqlx::query(
            "insert into log.schema (type, version, schema) values ($1, $2, $3) on conflict do nothing",
        )
        .bind(schema.name)
        .bind(i16::try_from(schema.version).unwrap_or(i16::MAX))
        .bind(&schema.schema)
        .execute(pool)
        .await?;
    }
    Ok(())
}

struct SealedEvent {
    id: EventId,
    name: &'static str,
    schema_version: u16,
    sealed: Vec<u8>,
    /// What the chain's leaf binds besides the position, which only the log knows.
    bound: Vec<u8>,
}

impl SealedEvent {
    /// The bytes that `chain::leaf` digests behind the position. Made here, where all cores work, rather than
    /// under the lock of the log.
    fn bound(&self, stream: StreamId, version: u32, recorded_at: Timestamp, actor: &str) -> Vec<u8> {
        let mut bound = Vec::with_capacity(84 + self.name.len() + actor.len());
        bound.extend_from_slice(&stream.epoch().0.to_be_bytes());
        bound.extend_from_slice(stream.0.as_bytes());
        bound.extend_from_slice(&version.to_be_bytes());
        bound.extend_from_slice(self.id.0.as_bytes());
        bound.extend_from_slice(&self.schema_version.to_be_bytes());
        bound.extend_from_slice(&(recorded_at.as_microsecond() - POSTGRES_EPOCH_MICROS).to_be_bytes());
        bound.extend_from_slice(self.name.as_bytes());
        bound.push(0);
        bound.extend_from_slice(actor.as_bytes());
        bound.push(0);
        bound.extend_from_slice(&Sha256::digest(&self.sealed));
        bound
    }
}

struct Sealed {
    stream: StreamId,
    expected_version: u32,
    command: Option<CommandId>,
    request: Vec<u8>,
    actor: String,
    recorded_at: Timestamp,
    events: Vec<SealedEvent>,
    claims: Vec<Claim>,
}

struct Waiting {
    command: Sealed,
    answer: oneshot::Sender<Result<Appended, Rejected>>,
}

/// Gathers waiting commands and sends them in batches.
#[derive(Clone)]
struct Batcher {
    pool: PgPool,
    clock: Clock,
    /// Epochs known to have their partitions.
    prepared: Arc<Mutex<HashSet<Epoch>>>,
    committed: Arc<watch::Sender<u64>>,
    options: Options,
}

impl Batcher {
    async fn run(self, mut waiting: mpsc::Receiver<Waiting>) {
        let in_flight = Arc::new(Semaphore::new(BATCHES_IN_FLIGHT));
        let mut left_over = VecDeque::new();
        // Commands a batch had of late: a running mean. One at rest, so that a lone command does not wait.
        let mut usual = 1;
        loop {
            if left_over.is_empty() {
                match waiting.recv().await {
                    Some(first) => left_over.push_back(first),
                    None => return,
                }
            }
            // Waiting for a free place first lets the batch grow meanwhile.
            let Ok(place) = in_flight.clone().acquire_owned().await else { return };
            fill(&mut left_over, &mut waiting, usual).await;
            let batch = gather(&mut left_over, self.options.batch_events_max);
            usual = (usual + batch.len()).div_ceil(2).min(batch.len() * 2);
            let batcher = self.clone();
            tokio::spawn(async move {
                batcher.send(batch).await;
                drop(place);
            });
        }
    }

    /// Sends a batch; what a fault left undecided is decided one by one.
    async fn send(&self, batch: Vec<Waiting>) {
        let commands: Vec<&Sealed> = batch.iter().map(|waiting| &waiting.command).collect();
        match self.append(&commands).await {
            Ok(answers) => {
                for (waiting, answer) in batch.into_iter().zip(answers) {
                    let _ = waiting.answer.send(answer);
                }
            }
            Err(error) => {
                tracing::warn!(error = %database_fault(&error), commands = batch.len(), "a batch failed; its commands are tried one by one");
                for waiting in batch {
                    let answer = self.append_alone(&waiting.command).await;
                    let _ = waiting.answer.send(answer);
                }
            }
        }
    }

    /// Tries one command after a fault that may or may not have lost it.
    async fn append_alone(&self, command: &Sealed) -> Result<Appended, Rejected> {
        for pause_ms in [0, 100, 400, 1500] {
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
            match self.find(command).await {
                Ok(Some(appended)) => return Ok(appended),
                Ok(None) => {}
                Err(_) => continue,
            }
            let answer = self.append(&[command]).await.ok().and_then(|mut answers| answers.pop());
            match answer {
                // The first try may have been committed meanwhile: then it is our own event that is in the way.
                Some(Err(Rejected::Conflict { .. } | Rejected::Claimed { .. })) => {
                    match self.find(command).await {
                        Ok(Some(appended)) => return Ok(appended),
                        Ok(None) => return answer.unwrap_or(Err(Rejected::Unavailable)),
                        Err(_) => {}
                    }
                }
                Some(answer) => return answer,
                None => {}
            }
        }
        Err(Rejected::Unavailable)
    }

    /// Whether this very command is in the log already.
    async fn find(&self, command: &Sealed) -> Result<Option<Appended>, sqlx::Error> {
        let Some(last) = command.events.last() else { return Ok(None) };
        let version = command.expected_version + u32::try_from(command.events.len()).unwrap_or(u32::MAX);
        let found: Option<i64> = sqlx::query_scalar(
            "select position from log.event where epoch = $1 and stream = $2 and version = $3 and event = $4",
        )
        .bind(signed(command.stream.epoch().0))
        .bind(command.stream.0)
        .bind(signed(version))
        .bind(last.id.0)
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.map(|position| Appended { version, last_position: unsigned(position), repeated: false }))
    }

    /// Appends commands and answers each. Mostly all go in at once; where somebody stands in the way, those who
    /// do not are sent again without the others.
    async fn append(&self, commands: &[&Sealed]) -> Result<Vec<Result<Appended, Rejected>>, sqlx::Error> {
        let mut answers: Vec<Option<Result<Appended, Rejected>>> = commands.iter().map(|_| None).collect();
        let mut left: Vec<usize> = (0..commands.len()).collect();
        while !left.is_empty() {
            let batch: Vec<&Sealed> = left.iter().map(|place| commands[*place]).collect();
            let mut free = Vec::new();
            for (row, place) in self.call(&batch).await?.into_iter().zip(left.iter().copied()) {
                match row.0.as_str() {
                    "free" => free.push(place),
                    _ => answers[place] = Some(answer(row, commands[place])),
                }
            }
            if free.len() == left.len() {
                return Err(sqlx::Error::Protocol("a batch fails and nobody stands in its way".into()));
            }
            left = free;
        }
        let answers: Vec<_> = answers.into_iter().flatten().collect();
        let last = answers.iter().filter_map(|a| a.as_ref().ok().map(|a| a.last_position)).max();
        if let Some(last) = last {
            self.committed
                .send_if_modified(|committed| std::mem::replace(committed, last.max(*committed)) < last);
        }
        Ok(answers)
    }

    /// One call of `log.append_batch`.
    async fn call(&self, commands: &[&Sealed]) -> Result<Vec<Row>, sqlx::Error> {
        let now = Epoch::of(self.clock.now());
        let epochs = || commands.iter().map(|command| command.stream.epoch());
        let permanent = epochs().all(Epoch::is_permanent);
        // Another node's clock may be ahead: a batch must not be dropped before what it names has ended.
        let window = if permanent { Epoch::PERMANENT } else { epochs().max().unwrap_or(now).max(now) };
        self.prepare(epochs().chain([now])).await?;
        let columns = Columns::of(commands);
        sqlx::query_as(
            "select outcome, version, last_position, stream from log.append_batch(
                 $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        )
        .bind(signed(window.0))
        .bind(&columns.streams)
        .bind(&columns.epochs)
        .bind(&columns.expected)
        .bind(&columns.versions)
        .bind(&columns.lasts)
        .bind(&columns.commands)
        .bind(&columns.requests)
        .bind(&columns.actors)
        .bind(&columns.recorded_at)
        .bind(&columns.event_of)
        .bind(&columns.event_versions)
        .bind(&columns.event_ids)
        .bind(&columns.event_types)
        .bind(&columns.event_schemas)
        .bind(&columns.event_sealed)
        .bind(&columns.event_bound)
        .bind(&columns.claim_of)
        .bind(&columns.claim_tokens)
        .bind(&columns.claim_digests)
        .bind(&columns.claim_outlives)
        .fetch_all(&self.pool)
        .await
    }

    /// Sees to it that epochs have their partitions, and those of the next days too.
    async fn prepare(&self, epochs: impl Iterator<Item = Epoch>) -> Result<(), sqlx::Error> {
        let missing: HashSet<Epoch> = {
            let prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
            epochs.filter(|epoch| !epoch.is_permanent() && !prepared.contains(epoch)).collect()
        };
        for epoch in missing {
            sqlx::query("select log.prepare_epochs($1, $2)")
                .bind(signed(epoch.0))
                .bind(signed(epoch.0.saturating_add(EPOCHS_AHEAD)))
                .execute(&self.pool)
                .await?;
            let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
            prepared.extend((epoch.0..=epoch.0.saturating_add(EPOCHS_AHEAD)).map(Epoch));
        }
        Ok(())
    }
}

/// Takes what is waiting, and lingers a moment for as many as usual.
async fn fill(left_over: &mut VecDeque<Waiting>, waiting: &mut mpsc::Receiver<Waiting>, usual: usize) {
    while left_over.len() < QUEUE_COMMANDS_MAX
        && let Ok(next) = waiting.try_recv()
    {
        left_over.push_back(next);
    }
    let until = tokio::time::Instant::now() + LINGER;
    while left_over.len() < usual.min(QUEUE_COMMANDS_MAX)
        && let Ok(Some(next)) = tokio::time::timeout_at(until, waiting.recv()).await
    {
        left_over.push_back(next);
    }
}

/// What `log.append_batch` says of a command: outcome, version, position, stream.
type Row = (String, i32, i64, Option<uuid::Uuid>);

/// What two commands of one batch must not have in common.
#[derive(PartialEq, Eq, Hash)]
enum Touch {
    Stream(StreamId),
    Command(CommandId),
    Claim(Fingerprint),
}

/// Takes from the front of the queue what one batch can carry: no two commands of it touch the same stream,
/// command id or fingerprint, and permanent facts are not mixed with what ends.
fn gather(queue: &mut VecDeque<Waiting>, events_max: usize) -> Vec<Waiting> {
    let mut batch: Vec<Waiting> = Vec::new();
    let mut left = VecDeque::new();
    let mut events = 0;
    let mut touched: HashSet<Touch> = HashSet::new();
    let mut permanent = None;
    while let Some(waiting) = queue.pop_front() {
        let command = &waiting.command;
        let kind = command.stream.epoch().is_permanent();
        let fits = events == 0 || events + command.events.len() <= events_max;
        let touches = || {
            std::iter::once(Touch::Stream(command.stream))
                .chain(command.command.map(Touch::Command))
                .chain(command.claims.iter().map(|claim| Touch::Claim(claim.token)))
        };
        let clash = touches().any(|touch| touched.contains(&touch));
        // Whatever is put off puts off later commands that touch the same, so nobody is overtaken on a stream.
        touched.extend(touches());
        if fits && !clash && *permanent.get_or_insert(kind) == kind {
            events += command.events.len();
            batch.push(waiting);
        } else {
            left.push_back(waiting);
            if !fits {
                break;
            }
        }
    }
    left.append(queue);
    *queue = left;
    batch
}

fn answer(row: Row, command: &Sealed) -> Result<Appended, Rejected> {
    let (outcome, version, position, stream) = row;
    let appended = |repeated| Appended {
        version: u32::try_from(version).unwrap_or(0),
        last_position: unsigned(position),
        repeated,
    };
    match outcome.as_str() {
        "appended" => Ok(appended(false)),
        "repeated" => Ok(appended(true)),
        "conflict" => Err(Rejected::Conflict { actual: u32::try_from(version).unwrap_or(0) }),
        "claimed" => Err(Rejected::Claimed { by: stream.map(StreamId) }),
        "key-reused" => Err(Rejected::KeyReused),
        "ended" => Err(Rejected::Ended(command.stream.epoch())),
        _ => Err(Rejected::Unavailable),
    }
}

/// The arguments of `log.append_batch`, column by column.
#[derive(Default)]
struct Columns<'a> {
    streams: Vec<uuid::Uuid>,
    epochs: Vec<i32>,
    expected: Vec<i32>,
    versions: Vec<i32>,
    lasts: Vec<i32>,
    commands: Vec<Option<uuid::Uuid>>,
    requests: Vec<&'a [u8]>,
    actors: Vec<&'a str>,
    recorded_at: Vec<jiff_sqlx::Timestamp>,
    event_of: Vec<i32>,
    event_versions: Vec<i32>,
    event_ids: Vec<uuid::Uuid>,
    event_types: Vec<&'a str>,
    event_schemas: Vec<i16>,
    event_sealed: Vec<&'a [u8]>,
    event_bound: Vec<&'a [u8]>,
    claim_of: Vec<i32>,
    claim_tokens: Vec<&'a [u8]>,
    claim_digests: Vec<Option<&'a [u8]>>,
    claim_outlives: Vec<bool>,
}

impl<'a> Columns<'a> {
    fn of(batch: &[&'a Sealed]) -> Columns<'a> {
        let mut columns = Columns::default();
        for (command, of) in batch.iter().zip(1..) {
            columns.streams.push(command.stream.0);
            columns.epochs.push(signed(command.stream.epoch().0));
            columns.expected.push(signed(command.expected_version));
            columns.commands.push(command.command.map(|id| id.0));
            columns.requests.push(&command.request);
            columns.actors.push(&command.actor);
            columns.recorded_at.push(command.recorded_at.into());
            for (event, version) in command.events.iter().zip(command.expected_version + 1..) {
                columns.event_of.push(of);
                columns.event_versions.push(signed(version));
                columns.event_ids.push(event.id.0);
                columns.event_types.push(event.name);
                columns.event_schemas.push(i16::try_from(event.schema_version).unwrap_or(i16::MAX));
                columns.event_sealed.push(&event.sealed);
                columns.event_bound.push(&event.bound);
            }
            columns.versions.push(columns.event_versions.last().copied().unwrap_or_default());
            columns.lasts.push(i32::try_from(columns.event_of.len()).unwrap_or(i32::MAX));
            for claim in &command.claims {
                columns.claim_of.push(of);
                columns.claim_tokens.push(&claim.token);
                columns.claim_digests.push(claim.digest.as_deref());
                columns.claim_outlives.push(claim.outlives);
            }
        }
        columns
    }
}

/// A database fault in words that hold no value of any row.
fn database_fault(error: &sqlx::Error) -> String {
    match error.as_database_error() {
        Some(fault) => format!("database refuses with {}", fault.code().unwrap_or_default()),
        None => "connection failed".to_owned(),
    }
}

pub(super) fn signed(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

pub(super) fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}
