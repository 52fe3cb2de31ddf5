//! Folds entry events into `entry` and `entry_token`.

use super::codes::{is_language_code, is_place_code};
use super::ending::EarlyEndState;
use super::guest::{self, GuestRow};
use super::message_plan::{self, Planned};
use super::plain::{self, PLAIN_COLUMN, Plain, PlainFacts, PlainRow};
use super::published::{self, Telling, Told};
use super::row::{ARRIVAL_NOT_TOLD, Document, OBLIGATIONS, STATUSES, headline, obligation, place_of, status};
use super::standing;
use super::test_owed::{TestOwed, test_owed};
use super::ties::{self, TieRows};
use super::tokens;
use crate::entropy::Entropy;
use crate::intake::in_force::{InForce, owed};
use crate::intake::reference::Reference;
use crate::log::StoredEvent;
use crate::log::keyring::{Key, KeyError, Keyring};
use crate::log::seal::{StreamCipher, row_context};
use crate::projections::cores::on_all_cores;
use crate::projections::projector::{FoldError, Projection};
use crate::projections::referrals::{self, ReferralRow};
use crate::rules::belonging::{Belonging, ByHand, MovedBecause, When};
use crate::rules::calls::{self, Calls};
use crate::rules::hotel::{self, HotelStay};
use crate::rules::identities::{self, Identities, national_number};
use crate::rules::messages;
use crate::rules::referral::{self, Referrals};
use crate::rules::results::{self, Results};
use events::entry::EntryRegistered;
use events::follow_up::FollowUpPolicy;
use events::record::{EntryRecord, RoutingBasis};
use events::{EntryEvent, EntryId, Epoch, StreamId, referral_event};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
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
    /// Whether a stay at a hotel may be over that was not before.
    hotel_changed: bool,
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
    protected: bool,
    test: TestOwed,
    has_number: bool,
    corrections: i16,
    headline: Vec<u8>,
    document: Vec<u8>,
    tokens: BTreeSet<i64>,
    queue: standing::QueueRow,
    message_due_at: Option<Timestamp>,
    referrals: Vec<ReferralRow>,
    ties: TieRows,
    plain: PlainRow,
    told: Option<Told>,
    guest: GuestRow,
}

impl Projection for Entries {
    const NAME: &'static str = "entry";
    const VERSION: i32 = 11;
    const TABLES: &'static [&'static str] = &[
        "entry",
        "entry_token",
        "call_queue",
        "call_tally",
        "message_plan",
        "person_look",
        "entry_municipality",
        "plain_entry",
        "referral",
        "published",
        "feed",
        "hotel_guest",
    ];

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
        sqlx::query("delete from person_look").execute(&mut *tables).await?;
        sqlx::query("delete from message_plan").execute(&mut *tables).await?;
        sqlx::query("delete from referral").execute(&mut *tables).await?;
        sqlx::query("delete from entry_municipality").execute(&mut *tables).await?;
        sqlx::query("delete from plain_entry").execute(&mut *tables).await?;
        sqlx::query("delete from published").execute(&mut *tables).await?;
        sqlx::query("delete from feed").execute(&mut *tables).await?;
        sqlx::query("delete from hotel_guest").execute(&mut *tables).await?;
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
    rules: InForce,
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
        Ok(on_all_cores(entries, FEW, Sealed::open))
    }

    fn rules_of(&self, opened: &[Opened]) -> InForce {
        let recorded = opened.iter().flat_map(|entry| entry.events.iter().map(|(_, _, at, _)| *at));
        InForce::at(&self.reference, recorded.max().unwrap_or(Timestamp::UNIX_EPOCH))
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
                hotel_changed: false,
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
            on_all_cores(work, FEW, |(state, opened)| self.apply_one(state, opened, with))
                .into_iter()
                .unzip();
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
                Some(event) => evolve(&mut state, entry, version, When { at: recorded_at, position }, event),
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
        let results = &state.document.results;
        let assessment = with.rules.assess(state.registered_at, record, results);
        let owed = owed(entry, &assessment, results);
        let plain = Plain::of(state.version, state.registered_at, &state.document, &with.rules);
        let guest =
            GuestRow::of(entry, &state.document, plain.quarantine_ends_at, state.hotel_changed, |guest| {
                seal(guest::GUEST_COLUMN, serde_json::to_vec(guest))
            });
        let plain = PlainRow::of(entry, &plain, seal(PLAIN_COLUMN, serde_json::to_vec(&plain)));
        let arrival = arrival_or_not_told(record);
        let corrections = results.corrections.iter().filter(|known| known.settled.is_none()).count();
        let scene = state.document.scene_of(entry, state.registered_at, owed);
        let policy = &with.rules.policy;
        SealedRow {
            entry: entry.uuid(),
            version: i32::try_from(state.version).unwrap_or(i32::MAX),
            registered_at: state.registered_at.into(),
            arrival: arrival.into(),
            municipality: state.document.routing.responsible_municipality.clone(),
            status: place_of(&STATUSES, &status(&state.document)),
            obligation: place_of(&OBLIGATIONS, &obligation(record)),
            place: record.quarantine.place_code.clone().filter(|code| is_place_code(code)),
            language: record.person.language.clone().filter(|code| is_language_code(code)),
            employer: record.employer.as_ref().and_then(|employer| employer.org_number.clone()),
            flags: i32::try_from(record.flags.len()).unwrap_or(i32::MAX),
            early_end: state.early_end as i16,
            protected: state.document.identities.protected,
            test: test_owed(&assessment),
            has_number: national_number(record).is_some(),
            corrections: i16::try_from(corrections).unwrap_or(i16::MAX),
            headline: seal("entry.headline", serde_json::to_vec(&headline(record))),
            document: seal("entry.document", serde_json::to_vec(&state.document)),
            tokens: tokens::of_entry(record, &codes).iter().map(|term| term.token(key)).collect(),
            ties: tie_rows(entry, &state.document, arrival),
            plain,
            guest,
            queue: standing::row(
                &scene,
                policy,
                counted,
                &state.document.identities.joined,
                state.who_changed.then_some(&with.live),
            ),
            message_due_at: messages::look_after_event(
                &messages::Scene { of: scene, ending: state.early_end != EarlyEndState::No },
                policy,
                state.changed_at,
            ),
            referrals: self.referrals(entry, key, &state, policy),
            told: state.telling.seal(&state.document, seal),
        }
    }
}

impl Entries {
    fn referrals(
        &self,
        entry: EntryId,
        key: &Key,
        state: &Folded,
        policy: &FollowUpPolicy,
    ) -> Vec<ReferralRow> {
        let Document { record, calls, referrals, identities, .. } = &state.document;
        let scene = referrals::Scene {
            entry,
            record,
            calls,
            protected: identities.protected,
            ending: state.early_end != EarlyEndState::No,
            undone_within: SignedDuration::from_secs(i64::from(policy.undo_seconds)),
            now: state.changed_at,
        };
        referrals::rows(&scene, referrals, key, &self.entropy)
    }
}

fn arrival_or_not_told(record: &EntryRecord) -> Date {
    record.trip.arrival.filter(|day| *day > ARRIVAL_NOT_TOLD).unwrap_or(ARRIVAL_NOT_TOLD)
}

fn tie_rows(entry: EntryId, document: &Document, arrival: Date) -> TieRows {
    TieRows {
        entry: entry.uuid(),
        arrival,
        ties: document.belonging.ties.clone(),
        protected: document.identities.protected,
        changed: document.changed,
        changed_plain: document.changed_plain,
    }
}

/// Moves on to the next state; `false`, and nothing changed, when the event does not fit.
fn evolve(state: &mut Option<Folded>, entry: EntryId, version: u32, when: When, event: EntryEvent) -> bool {
    match state {
        None => {
            let EntryEvent::Registered(registered) = event else { return false };
            if version == 1 {
                *state = Some(begin(entry, registered, when));
            }
            version == 1
        }
        Some(state) if state.version + 1 == version => {
            let shows = ties::shows(&event);
            let before = shows.then(|| PlainFacts::of(&state.document));
            let fits = follow(state, event, when);
            if fits {
                state.version = version;
                state.changed_at = when.at;
            }
            if fits && shows {
                let differs = before.is_none_or(|before| before != PlainFacts::of(&state.document));
                state.document.changed = when.position;
                state.document.changed_plain =
                    if differs { when.position } else { state.document.changed_plain };
            }
            fits
        }
        Some(_) => false,
    }
}

fn begin(entry: EntryId, registered: EntryRegistered, when: When) -> Folded {
    let telling =
        Telling::begin(entry, &registered.reference_code, registered.raw.0, &registered.routing, when.at);
    let mut belonging = Belonging::default();
    belonging.settle(&registered.record, &registered.routing, None, when);
    Folded {
        version: 1,
        registered_at: when.at,
        changed_at: when.at,
        early_end: EarlyEndState::No,
        document: Document {
            reference_codes: vec![registered.reference_code],
            record: registered.record,
            routing: registered.routing,
            calls: Calls::default(),
            identities: Identities::default(),
            results: Results::default(),
            referrals: Referrals::default(),
            hotel: HotelStay::default(),
            belonging,
            changed: when.position,
            changed_plain: when.position,
        },
        telling,
        who_changed: true,
        hotel_changed: false,
    }
}

/// What follows upon the first event; `false` when the event does not fit.
fn follow(state: &mut Folded, event: EntryEvent, when: When) -> bool {
    let document = &mut state.document;
    match event {
        // A stream is registered once.
        EntryEvent::Registered(_) => return false,
        EntryEvent::Updated(updated) => {
            document.hotel.hear(&updated);
            document.record = updated.record;
            identities::lay_over(&mut document.record, &document.identities);
            hotel::lay_over(&mut document.record, &document.hotel);
            document.routing = updated.routing;
            document.belonging.settle(&document.record, &document.routing, None, when);
            state.telling.merge(updated.raw.0);
            (state.who_changed, state.hotel_changed) = (true, true);
        }
        EntryEvent::ReferenceCodeJoined(joined) => document.reference_codes.push(joined.reference_code),
        EntryEvent::Routed(routed) => {
            let by_hand =
                ByHand { because: MovedBecause::Decided, words: &routed.reason, by: &routed.decided_by };
            settle_by_hand(document, Some(routed.municipality), by_hand, when);
        }
        EntryEvent::Declined(declined) => {
            let by_hand = ByHand {
                because: MovedBecause::Declined,
                words: &declined.reason,
                by: &declined.declined_by,
            };
            settle_by_hand(document, None, by_hand, when);
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
        referral_event!() => {
            referral::evolve(&mut document.referrals, &event);
        }
        EntryEvent::IdentityAssigned(_)
        | EntryEvent::IdentityWithdrawn(_)
        | EntryEvent::Joined(_)
        | EntryEvent::Separated(_)
        | EntryEvent::Protection(_) => {
            identities::evolve(&mut document.record, &mut document.identities, &event);
            state.who_changed = true;
        }
        EntryEvent::ResultReceived(_)
        | EntryEvent::ResultLookedUp(_)
        | EntryEvent::ResultCorrected(_)
        | EntryEvent::CorrectionSettled(_) => {
            results::evolve(&mut document.results, &event);
        }
        EntryEvent::HotelCheckedIn(_) | EntryEvent::HotelCheckedOut(_) => {
            hotel::evolve(&mut document.record, &mut document.routing, &mut document.hotel, &event);
            document.belonging.settle(&document.record, &document.routing, None, when);
            state.hotel_changed = true;
        }
    }
    true
}

/// Somebody decided who follows up, or that a municipality does not.
fn settle_by_hand(document: &mut Document, municipality: Option<String>, by_hand: ByHand<'_>, when: When) {
    let known = municipality.is_some();
    document.routing.responsible_municipality = municipality;
    document.routing.basis = if known { RoutingBasis::Manual } else { RoutingBasis::Declined };
    document.belonging.settle(&document.record, &document.routing, Some(by_hand), when);
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
    let (mut queue, mut ties, mut plain, mut guests) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut referred, mut told) = (Vec::new(), Vec::new());
    for row in rows {
        queue.push(row.queue);
        referred.extend(row.referrals);
        ties.push(row.ties);
        plain.push(row.plain);
        told.extend(row.told);
        guests.push(row.guest);
    }
    referrals::write(tables, &referred).await?;
    standing::write(tables, &queue).await?;
    ties::write(tables, &ties).await?;
    plain::write(tables, &plain).await?;
    published::write(tables, &told).await?;
    guest::write(tables, guests).await?;
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
                            place, language, employer, flags, early_end, headline, document, protected, test_from,
                            test_by, test_state, has_number, corrections)
         select * from unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::date[], $5::text[], $6::smallint[],
                              $7::smallint[], $8::text[], $9::text[], $10::text[], $11::integer[], $12::smallint[],
                              $13::bytea[], $14::bytea[], $15::boolean[], $16::date[], $17::date[], $18::smallint[],
                              $19::boolean[], $20::smallint[])
         on conflict (entry) do update set
             version = excluded.version, arrival = excluded.arrival, municipality = excluded.municipality,
             status = excluded.status, obligation = excluded.obligation, place = excluded.place,
             language = excluded.language, employer = excluded.employer, flags = excluded.flags,
             early_end = excluded.early_end, headline = excluded.headline, document = excluded.document,
             protected = excluded.protected, test_from = excluded.test_from, test_by = excluded.test_by,
             test_state = excluded.test_state, has_number = excluded.has_number,
             corrections = excluded.corrections",
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
    .bind(column(rows, |row| row.protected))
    .bind(column(rows, |row| row.test.from.map(jiff_sqlx::Date::from)))
    .bind(column(rows, |row| row.test.by.map(jiff_sqlx::Date::from)))
    .bind(column(rows, |row| row.test.state))
    .bind(column(rows, |row| row.has_number))
    .bind(column(rows, |row| row.corrections))
    .execute(tables)
    .await?;
    Ok(())
}
