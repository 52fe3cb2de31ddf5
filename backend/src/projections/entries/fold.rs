//! Folds entry events into `entry` and `entry_token`.

use super::ending::EarlyEndState;
use super::message_plan::{self, Planned};
use super::published::{self, Telling, Told};
use super::row::{ARRIVAL_NOT_TOLD, Document, OBLIGATIONS, STATUSES, headline, obligation, place_of, status};
use super::standing::{self, Rules};
use super::tokens;
use crate::entropy::Entropy;
use crate::intake::reference::Reference;
use crate::log::StoredEvent;
use crate::log::keyring::{Key, KeyError, Keyring};
use crate::log::seal::{StreamCipher, row_context};
use crate::projections::projector::{FoldError, Projection};
use crate::rules::calls::{self, Calls};
use crate::rules::messages;
use events::entry::EntryRegistered;
use events::{EntryEvent, EntryId, Epoch, StreamId};
use jiff::Timestamp;
use sqlx::{PgConnection, Row};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// The projection.
#[derive(Clone)]
pub struct Entries {
    keyring: Arc<Keyring>,
    entropy: Entropy,
    reference: Reference,
}

impl Entries {
    /// A projection that seals with a keyring and judges by the rules in force.
    pub fn new(keyring: Arc<Keyring>, entropy: Entropy, reference: Reference) -> Entries {
        Entries { keyring, entropy, reference }
    }
}

/// An entry on its way through a fold.
struct Folded {
    version: u32,
    registered_at: Timestamp,
    /// When the last event was recorded.
    changed_at: Timestamp,
    early_end: EarlyEndState,
    document: Document,
    /// What machines see of it.
    telling: Telling,
    /// Whether person, phone or party may be others than before.
    who_changed: bool,
}

/// A finished row.
struct SealedRow {
    entry: Uuid,
    version: i32,
    registered_at: jiff_sqlx::Timestamp,
    arrival: jiff_sqlx::Date,
    municipality: Option<String>,
    status: i16,
    obligation: i16,
    place: Option<String>,
    language: Option<String>,
    employer: Option<String>,
    flags: i32,
    early_end: i16,
    headline: Vec<u8>,
    document: Vec<u8>,
    tokens: BTreeSet<i64>,
    queue: standing::QueueRow,
    message_due_at: Option<Timestamp>,
    told: Option<Told>,
}

impl Projection for Entries {
    const NAME: &'static str = "entry";
    const VERSION: i32 = 6;
    const TABLES: &'static [&'static str] =
        &["entry", "entry_token", "call_queue", "call_tally", "message_plan", "published", "feed"];

    async fn fold(
        &self,
        tables: &mut PgConnection,
        events: Vec<StoredEvent>,
    ) -> Result<Vec<(StreamId, u64)>, FoldError> {
        let this = self.clone();
        let opened = blocking(events.len(), move || this.open(events)).await??;
        let known = self.known(tables, &opened).await?;
        let with = With { live: self.keyring.live_epochs()?, rules: self.rules_of(&opened) };
        let this = self.clone();
        let (rows, poisoned) = blocking(opened.len(), move || this.apply(opened, known, &with)).await?;
        write(tables, rows).await?;
        Ok(poisoned)
    }

    async fn clear(tables: &mut PgConnection) -> Result<(), sqlx::Error> {
        // Not "truncate": rolled back after it, and before the next checkpoint crashed, PostgreSQL does not start
        // again ("could not create file …: File exists", an unlogged table's new file without its init fork).
        sqlx::query("delete from call_tally").execute(&mut *tables).await?;
        sqlx::query("delete from call_queue").execute(&mut *tables).await?;
        sqlx::query("delete from entry_token").execute(&mut *tables).await?;
        sqlx::query("delete from message_plan").execute(&mut *tables).await?;
        sqlx::query("delete from published").execute(&mut *tables).await?;
        sqlx::query("delete from feed").execute(&mut *tables).await?;
        sqlx::query("delete from entry").execute(tables).await?;
        Ok(())
    }
}

/// As many are done where they are, within a tenth of a millisecond: other threads take longer to wake up.
const FEW: usize = 8;

/// Opening and sealing many keeps a core busy; the runtime's own threads stay free.
async fn blocking<T: Send + 'static>(
    items: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, FoldError> {
    if items <= FEW {
        return Ok(work());
    }
    tokio::task::spawn_blocking(work).await.map_err(|_| FoldError::DamagedRow("entry"))
}

/// Does a share of the work on each core, and gathers what comes of it in order.
fn on_all_cores<T: Send, R: Send>(mut items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    if items.len() <= FEW {
        return items.into_iter().map(work).collect();
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(cores).max(1);
    let mut shares = Vec::with_capacity(cores);
    while items.len() > share {
        shares.push(items.split_off(items.len() - share));
    }
    shares.push(items);
    std::thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> = shares
            .into_iter()
            .rev()
            .map(|share| scope.spawn(move || share.into_iter().map(work).collect::<Vec<R>>()))
            .collect();
        // A panic in a worker is one here.
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// Events of one entry, opened; `None` in place of one that cannot be read.
struct Opened {
    entry: EntryId,
    key: Arc<Key>,
    events: Vec<(u64, u32, Timestamp, Option<EntryEvent>)>,
}

/// What a batch is folded with.
struct With {
    /// Keys of all live epochs: those who belong together may be of any.
    live: Vec<(Epoch, Arc<Key>)>,
    /// The rules in force when the last of its events was recorded: the same log leads to the same rows.
    rules: Rules,
}

/// Events of one entry, sealed, and the key they open with.
struct Sealed {
    entry: EntryId,
    key: Arc<Key>,
    events: Vec<StoredEvent>,
}

impl Sealed {
    fn open(self) -> Opened {
        let cipher = StreamCipher::new(&self.key, self.entry.uuid());
        let read = |event: StoredEvent| {
            let payload = event.open_with(&cipher).ok();
            let read = payload
                .and_then(|payload| EntryEvent::read(&event.name, event.schema_version, &payload).ok());
            (event.position, event.version, event.recorded_at, read)
        };
        Opened {
            entry: self.entry,
            key: self.key.clone(),
            events: self.events.into_iter().map(read).collect(),
        }
    }
}

impl Entries {
    /// Opens the events of live entries, entry by entry. Those of ended epochs are passed over.
    fn open(&self, events: Vec<StoredEvent>) -> Result<Vec<Opened>, FoldError> {
        let mut entries: Vec<Sealed> = Vec::new();
        let mut places: HashMap<EntryId, usize> = HashMap::new();
        for event in events {
            let Some(entry) = EntryId::parse(event.stream.0) else { continue };
            match places.get(&entry) {
                Some(place) => entries[*place].events.push(event),
                None => match self.keyring.epoch(entry.epoch()) {
                    Ok(key) => {
                        places.insert(entry, entries.len());
                        entries.push(Sealed { entry, key, events: vec![event] });
                    }
                    Err(KeyError::Ended(_)) => {}
                    Err(error) => return Err(error.into()),
                },
            }
        }
        Ok(on_all_cores(entries, Sealed::open))
    }

    fn rules_of(&self, opened: &[Opened]) -> Rules {
        let recorded = opened.iter().flat_map(|entry| entry.events.iter().map(|(_, _, at, _)| *at));
        Rules::at(&self.reference, recorded.max().unwrap_or(Timestamp::UNIX_EPOCH))
    }

    /// The present state of entries that began before these events.
    async fn known(
        &self,
        tables: &mut PgConnection,
        opened: &[Opened],
    ) -> Result<HashMap<EntryId, Folded>, FoldError> {
        let begun: Vec<Uuid> = opened
            .iter()
            .filter(|entry| entry.events.first().is_some_and(|(_, version, _, _)| *version > 1))
            .map(|entry| entry.entry.uuid())
            .collect();
        if begun.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = sqlx::query(
            "select entry, version, registered_at, early_end, document from entry where entry = any($1)",
        )
        .bind(&begun)
        .fetch_all(&mut *tables)
        .await?;
        let mut tellings = published::known(tables, &self.keyring, &begun).await?;
        let mut opener = super::row::Opener::new(&self.keyring);
        let mut known = HashMap::new();
        for row in &rows {
            let registered_at: jiff_sqlx::Timestamp = row.try_get("registered_at")?;
            let entry = super::row::entry_id(row)?;
            let folded = Folded {
                version: u32::try_from(row.try_get::<i32, _>("version")?).unwrap_or(0),
                registered_at: registered_at.to_jiff(),
                changed_at: registered_at.to_jiff(),
                early_end: EarlyEndState::from_column(row.try_get("early_end")?),
                document: opener.document(row)?,
                telling: tellings.remove(&entry).ok_or(FoldError::DamagedRow("published"))?,
                who_changed: false,
            };
            known.insert(entry, folded);
        }
        Ok(known)
    }

    /// Applies events to states and seals the rows that come of it.
    fn apply(
        &self,
        opened: Vec<Opened>,
        mut known: HashMap<EntryId, Folded>,
        with: &With,
    ) -> (Vec<SealedRow>, Vec<(StreamId, u64)>) {
        let work = opened.into_iter().map(|opened| (known.remove(&opened.entry), opened)).collect();
        let (rows, poisoned): (Vec<_>, Vec<_>) =
            on_all_cores(work, |(state, opened)| self.apply_one(state, opened, with)).into_iter().unzip();
        (rows.into_iter().flatten().collect(), poisoned.into_iter().flatten().collect())
    }

    fn apply_one(
        &self,
        mut state: Option<Folded>,
        opened: Opened,
        with: &With,
    ) -> (Option<SealedRow>, Option<(StreamId, u64)>) {
        let Opened { entry, key, events } = opened;
        let mut poisoned = None;
        let counted = state.as_ref().map(|state| standing::tally(&state.document.calls)).unwrap_or_default();
        for (position, version, recorded_at, event) in events {
            let next = match event {
                Some(event) => evolve(&mut state, entry, version, recorded_at, event),
                None => false,
            };
            if !next {
                poisoned = Some((entry.stream(), position));
                break;
            }
            if let Some(Folded { telling, document, .. }) = &mut state {
                telling.after_event(position, recorded_at, version == 1, document);
            }
        }
        (state.map(|state| self.seal(entry, &key, state, &counted, with)), poisoned)
    }

    fn seal(
        &self,
        entry: EntryId,
        key: &Key,
        state: Folded,
        counted: &standing::Tally,
        with: &With,
    ) -> SealedRow {
        let record = &state.document.record;
        let cipher = StreamCipher::new(key, entry.uuid());
        let seal = |column: &str, value: serde_json::Result<Vec<u8>>| {
            // Plain structs with text keys always serialise.
            let value = zeroize::Zeroizing::new(value.unwrap_or_default());
            cipher.seal(&value, &row_context(column, entry.uuid()), &self.entropy)
        };
        let codes: Vec<&str> = state.document.reference_codes.iter().map(|code| code.0.as_str()).collect();
        SealedRow {
            entry: entry.uuid(),
            version: i32::try_from(state.version).unwrap_or(i32::MAX),
            registered_at: state.registered_at.into(),
            arrival: record
                .trip
                .arrival
                .filter(|day| *day > ARRIVAL_NOT_TOLD)
                .unwrap_or(ARRIVAL_NOT_TOLD)
                .into(),
            municipality: state.document.routing.responsible_municipality.clone(),
            status: place_of(&STATUSES, &status(&state.document)),
            obligation: place_of(&OBLIGATIONS, &obligation(record)),
            place: record.quarantine.place_code.clone().filter(|code| is_code(code, 4, char::is_ascii_digit)),
            language: record
                .person
                .language
                .clone()
                .filter(|code| is_code(code, 3, char::is_ascii_lowercase)),
            employer: record.employer.as_ref().and_then(|employer| employer.org_number.clone()),
            flags: i32::try_from(record.flags.len()).unwrap_or(i32::MAX),
            early_end: state.early_end as i16,
            headline: seal("entry.headline", serde_json::to_vec(&headline(record))),
            document: seal("entry.document", serde_json::to_vec(&state.document)),
            tokens: tokens::of_entry(record, &codes).iter().map(|term| term.token(key)).collect(),
            queue: standing::row(
                entry,
                state.registered_at,
                &state.document,
                &with.rules,
                counted,
                state.who_changed.then_some(&with.live),
            ),
            message_due_at: message_due_at(entry, &state, &with.rules),
            told: state.telling.seal(&state.document, seal),
        }
    }
}

fn message_due_at(entry: EntryId, state: &Folded, rules: &Rules) -> Option<Timestamp> {
    let Document { record, calls, .. } = &state.document;
    let ending = state.early_end != EarlyEndState::No;
    let owed = standing::owed(entry, state.registered_at, record, rules);
    let mut scene = messages::Scene::new(entry, record, calls, state.registered_at, owed.obliged, ending);
    scene.of.quarantine_ends_at = owed.quarantine_ends_at;
    messages::look_after_event(&scene, &rules.policy, state.changed_at)
}

/// Whether a text is a code and not somebody's words: those never stand in the clear.
fn is_code(text: &str, length_max: usize, sign: impl Fn(&char) -> bool) -> bool {
    text.len() <= length_max && text.chars().all(|c| sign(&c))
}

/// Moves on to the next state; `false`, and nothing changed, when the event does not fit.
fn evolve(
    state: &mut Option<Folded>,
    entry: EntryId,
    version: u32,
    recorded_at: Timestamp,
    event: EntryEvent,
) -> bool {
    match state {
        None => match event {
            EntryEvent::Registered(registered) if version == 1 => {
                let EntryRegistered { reference_code, record, routing, raw, source: _ } = registered;
                let telling = Telling::begin(entry, &reference_code, raw.0, &routing, recorded_at);
                let document = Document {
                    reference_codes: vec![reference_code],
                    record,
                    routing,
                    calls: Calls::default(),
                };
                *state = Some(Folded {
                    version,
                    registered_at: recorded_at,
                    changed_at: recorded_at,
                    early_end: EarlyEndState::No,
                    document,
                    telling,
                    who_changed: true,
                });
                true
            }
            EntryEvent::Registered(_)
            | EntryEvent::Updated(_)
            | EntryEvent::ReferenceCodeJoined(_)
            | EntryEvent::Routed(_)
            | EntryEvent::EndRequested(_)
            | EntryEvent::EndWithdrawn(_)
            | EntryEvent::EndConfirmed(_)
            | EntryEvent::Dialled(_)
            | EntryEvent::Concluded(_)
            | EntryEvent::Corrected(_)
            | EntryEvent::Undone(_)
            | EntryEvent::Skipped(_)
            | EntryEvent::Directed(_)
            | EntryEvent::Reviewed(_)
            | EntryEvent::NumberMarkedWrong(_)
            | EntryEvent::MessageOrdered(_)
            | EntryEvent::MessageReported(_)
            | EntryEvent::MessageStopped(_) => false,
        },
        Some(state) if state.version + 1 == version => {
            let fits = follow(state, event);
            if fits {
                state.version = version;
                state.changed_at = recorded_at;
            }
            fits
        }
        Some(_) => false,
    }
}

/// What follows upon the first event; `false` when the event does not fit.
fn follow(state: &mut Folded, event: EntryEvent) -> bool {
    let document = &mut state.document;
    match event {
        // A stream is registered once.
        EntryEvent::Registered(_) => return false,
        EntryEvent::Updated(updated) => {
            document.record = updated.record;
            document.routing = updated.routing;
            state.telling.merge(updated.raw.0);
            state.who_changed = true;
        }
        EntryEvent::ReferenceCodeJoined(joined) => document.reference_codes.push(joined.reference_code),
        EntryEvent::Routed(routed) => {
            document.routing.responsible_municipality = Some(routed.municipality);
            document.routing.basis = events::record::RoutingBasis::Manual;
        }
        EntryEvent::EndRequested(_) => state.early_end = EarlyEndState::Requested,
        EntryEvent::EndWithdrawn(_) => state.early_end = EarlyEndState::No,
        EntryEvent::EndConfirmed(_) => state.early_end = EarlyEndState::Confirmed,
        EntryEvent::Dialled(_)
        | EntryEvent::Concluded(_)
        | EntryEvent::Corrected(_)
        | EntryEvent::Undone(_)
        | EntryEvent::Skipped(_)
        | EntryEvent::Directed(_)
        | EntryEvent::Reviewed(_)
        | EntryEvent::NumberMarkedWrong(_)
        | EntryEvent::MessageOrdered(_)
        | EntryEvent::MessageReported(_)
        | EntryEvent::MessageStopped(_) => {
            calls::evolve(&mut document.calls, &event);
        }
    }
    true
}

/// Puts rows in the place of earlier ones, tokens with them.
async fn write(tables: &mut PgConnection, rows: Vec<SealedRow>) -> Result<(), FoldError> {
    if rows.is_empty() {
        return Ok(());
    }
    let replaced: Vec<Uuid> = rows.iter().filter(|row| row.version > 1).map(|row| row.entry).collect();
    let gone = tokens_of(tables, &replaced).await?;
    write_rows(tables, &rows).await?;
    let has_plan = |row: &&SealedRow| row.version > 1 || row.message_due_at.is_some();
    let planned: Vec<Planned> =
        rows.iter().filter(has_plan).map(|row| (row.entry, row.message_due_at)).collect();
    message_plan::write(tables, &planned).await?;
    let wanted: HashSet<(i64, Uuid)> =
        rows.iter().flat_map(|row| row.tokens.iter().map(|token| (*token, row.entry))).collect();
    // Most changes leave most tokens as they are; only the difference is written.
    let (old_tokens, old_entries): (Vec<i64>, Vec<Uuid>) = gone.difference(&wanted).copied().unzip();
    if !old_tokens.is_empty() {
        sqlx::query(
            "delete from entry_token t using unnest($1::bigint[], $2::uuid[]) as old (token, entry)
             where t.token = old.token and t.entry = old.entry",
        )
        .bind(old_tokens)
        .bind(old_entries)
        .execute(&mut *tables)
        .await?;
    }
    let (tokens, entries): (Vec<i64>, Vec<Uuid>) = wanted.difference(&gone).copied().unzip();
    sqlx::query("insert into entry_token (token, entry) select * from unnest($1::bigint[], $2::uuid[]) on conflict do nothing")
        .bind(tokens)
        .bind(entries)
        .execute(&mut *tables)
        .await?;
    let (queue, told): (Vec<standing::QueueRow>, Vec<Option<Told>>) =
        rows.into_iter().map(|row| (row.queue, row.told)).unzip();
    standing::write(tables, &queue).await?;
    published::write(tables, &told.into_iter().flatten().collect::<Vec<_>>()).await?;
    Ok(())
}

async fn tokens_of(tables: &mut PgConnection, entries: &[Uuid]) -> Result<HashSet<(i64, Uuid)>, sqlx::Error> {
    if entries.is_empty() {
        return Ok(HashSet::new());
    }
    let found = sqlx::query_as("select token, entry from entry_token where entry = any($1)")
        .bind(entries)
        .fetch_all(tables)
        .await?;
    Ok(found.into_iter().collect())
}

async fn write_rows(tables: &mut PgConnection, rows: &[SealedRow]) -> Result<(), sqlx::Error> {
    fn column<T>(rows: &[SealedRow], of: impl Fn(&SealedRow) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    sqlx::query(
        "insert into entry (entry, version, registered_at, arrival, municipality, status, obligation,
                            place, language, employer, flags, early_end, headline, document)
         select * from unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::date[], $5::text[], $6::smallint[],
                              $7::smallint[], $8::text[], $9::text[], $10::text[], $11::integer[], $12::smallint[],
                              $13::bytea[], $14::bytea[])
         on conflict (entry) do update set
             version = excluded.version, arrival = excluded.arrival, municipality = excluded.municipality,
             status = excluded.status, obligation = excluded.obligation, place = excluded.place,
             language = excluded.language, employer = excluded.employer, flags = excluded.flags,
             early_end = excluded.early_end, headline = excluded.headline, document = excluded.document",
    )
    .bind(column(rows, |row| row.entry))
    .bind(column(rows, |row| row.version))
    .bind(column(rows, |row| row.registered_at))
    .bind(column(rows, |row| row.arrival))
    .bind(column(rows, |row| row.municipality.clone()))
    .bind(column(rows, |row| row.status))
    .bind(column(rows, |row| row.obligation))
    .bind(column(rows, |row| row.place.clone()))
    .bind(column(rows, |row| row.language.clone()))
    .bind(column(rows, |row| row.employer.clone()))
    .bind(column(rows, |row| row.flags))
    .bind(column(rows, |row| row.early_end))
    .bind(rows.iter().map(|row| row.headline.as_slice()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.document.as_slice()).collect::<Vec<_>>())
    .execute(tables)
    .await?;
    Ok(())
}
