//! Taking records in: is it known, is it news, which entry is it, what follows.
//!
//! A reference code is known by a keyed fingerprint that is unique in the log. Its row also keeps a digest of the
//! content last taken in, so that a re-send of the source's whole window opens nothing and appends nothing.
//! A trip registered twice meets itself by fingerprints of who travels and when.

use super::entries::{self, Loaded};
use super::mapping;
use super::reference::Reference;
use super::refusal::{refuse_synthetic, reject};
use crate::log::fingerprint::{self, Fingerprint};
use crate::log::keyring::Key;
use crate::log::{Claim, KeyError, Log, ReadError, Rejected};
use crate::rules::entry::{Command, EarlyEnd, EntryState, TakeIn, decide};
use crate::rules::fields;
use crate::rules::moments::norwegian_day_of;
use api::intake::{RecordAnswer, RecordError, RejectReason};
use events::entry::Source;
use events::identity::{IdentityCheck, IdentityKind};
use events::record::{EntryRecord, RawRecord};
use events::reference::TakeIn as Policy;
use events::{EntryEvent, EntryId, Epoch, referral_event};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// Records that one task takes in: so many share a look-up, and all cores have a task.
const CHUNK_RECORDS: usize = 128;
/// Tasks at once: while some wait for the log, others read and seal.
const CHUNKS_AT_ONCE: usize = 8;
/// How far the clocks of two nodes may lie apart: so long after midnight or an epoch's edge what is new is claimed
/// under the keys before it too.
const EDGE: SignedDuration = SignedDuration::from_mins(10);
/// How often a record is tried when others change the same entry meanwhile.
const TRIES: usize = 8;

/// Intake of entries. Cloned handles share everything.
#[derive(Clone)]
pub struct Intake {
    log: Log,
    reference: Reference,
    /// Production refuses synthetic identity numbers.
    production: bool,
}

/// Records could not be taken in for a reason that is not theirs; send them again.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The log did not take them.
    #[error(transparent)]
    Append(#[from] Rejected),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The keyring fails.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Others changed the same entry again and again.
    #[error("an entry changed again and again while a record was taken in")]
    Contended,
}

impl From<sqlx::Error> for IntakeError {
    fn from(error: sqlx::Error) -> Self {
        IntakeError::Read(error.into())
    }
}

/// A row of `log.claim`: token, epoch, stream, digest.
type ClaimRow = (Vec<u8>, i32, Option<Uuid>, Option<Vec<u8>>);

/// What is known under a fingerprint.
#[derive(Clone)]
struct Held {
    token: Fingerprint,
    /// `None`: the entry has ended.
    entry: Option<EntryId>,
    digest: Option<Vec<u8>>,
}

/// What is known about a record before it is taken in.
enum Glance {
    /// Its code is known.
    Known(Held),
    /// Its code is not known.
    Unknown(Box<Draft>, Vec<Candidate>),
    /// It cannot be taken in.
    Refused(RecordAnswer),
}

/// A record under a code that is not known, mapped.
struct Draft {
    command: TakeIn,
    /// What makes its trip the same trip.
    traits: Vec<String>,
}

/// A live entry that shares a trait with a draft.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    entry: EntryId,
    /// Place of the trait in the draft.
    of_trip: usize,
}

impl Intake {
    /// Intake over a log and its reference data.
    pub fn new(log: Log, reference: Reference, production: bool) -> Intake {
        Intake { log, reference, production }
    }

    /// Takes records in and answers each, in order. One bad record stops nothing else.
    /// A failure leaves some taken in and some not; sending all of them again is harmless.
    pub async fn take_in(
        &self,
        records: impl Into<Arc<[RawRecord]>>,
        source: Source,
    ) -> Result<Vec<RecordAnswer>, IntakeError> {
        let records: Arc<[RawRecord]> = records.into();
        let mut answers: Vec<Option<RecordAnswer>> = records.iter().map(|_| None).collect();
        let mut waiting: Vec<usize> = Vec::with_capacity(records.len());
        for (place, record) in records.iter().enumerate() {
            let errors = reject(record);
            if errors.is_empty() {
                waiting.push(place);
            } else {
                answers[place] = Some(RecordAnswer::Rejected { errors });
            }
        }
        while !waiting.is_empty() {
            let (wave, later) = first_of_each_code(&records, waiting);
            waiting = later;
            let chunks: Vec<Vec<usize>> = wave.chunks(CHUNK_RECORDS).map(<[usize]>::to_vec).collect();
            let told: Vec<Vec<(usize, RecordAnswer)>> = stream::iter(chunks)
                .map(|places| {
                    let (intake, records) = (self.clone(), records.clone());
                    // A task of its own: mapping and sealing use all cores.
                    let task = tokio::spawn(async move { intake.chunk(&records, &places, source).await });
                    async move { task.await.map_err(|_| IntakeError::Contended)? }
                })
                .buffer_unordered(CHUNKS_AT_ONCE)
                .try_collect()
                .await?;
            for (place, answer) in told.into_iter().flatten() {
                count(&answer);
                answers[place] = Some(answer);
            }
        }
        Ok(answers.into_iter().flatten().collect())
    }

    /// Takes some records in, no two of one code.
    async fn chunk(
        &self,
        records: &[RawRecord],
        places: &[usize],
        source: Source,
    ) -> Result<Vec<(usize, RecordAnswer)>, IntakeError> {
        let of_places: Vec<&RawRecord> = places.iter().map(|place| &records[*place]).collect();
        let glances = self.glances(&of_places, source).await?;
        let tasks =
            glances.into_iter().zip(of_places).map(|(glance, record)| self.one(record, glance, source));
        let answers = futures::future::try_join_all(tasks).await?;
        Ok(places.iter().copied().zip(answers).collect())
    }

    /// What is known about each record: one look-up for all codes, one for all trips.
    async fn glances(&self, records: &[&RawRecord], source: Source) -> Result<Vec<Glance>, IntakeError> {
        let mut glances: Vec<Glance> = self
            .known(records)
            .await?
            .into_iter()
            .zip(records)
            .map(|(held, record)| match held {
                Some(held) => Glance::Known(held),
                None => self.draft(record, source),
            })
            .collect();
        self.find_twins(&mut glances).await?;
        Ok(glances)
    }

    /// Looks all reference codes up at once, under the keys of all days the source still keeps.
    async fn known(&self, records: &[&RawRecord]) -> Result<Vec<Option<Held>>, IntakeError> {
        let keys = self.log.keyring().source_days()?;
        let tokens: Vec<Vec<Fingerprint>> = records
            .iter()
            .map(|record| {
                let code = fields::text(record, "a_reference_code").unwrap_or_default();
                keys.iter().map(|key| fingerprint::of_reference(key, &code)).collect()
            })
            .collect();
        let held = self.held(tokens.iter().flatten()).await?;
        Ok(tokens
            .iter()
            .map(|of_record| of_record.iter().find_map(|token| held.get(token)).cloned())
            .collect())
    }

    /// Maps a record whose code is not known.
    fn draft(&self, record: &RawRecord, source: Source) -> Glance {
        let facts = self.reference.facts();
        let today = norwegian_day_of(self.log.clock().now());
        let Some(command) = mapping::prepare(None, record.clone(), source, &facts.postcodes, today) else {
            return Glance::Refused(missing_code());
        };
        let errors = refuse_synthetic(record, &command.record, self.production);
        if !errors.is_empty() {
            return Glance::Refused(RecordAnswer::Rejected { errors });
        }
        let traits = trip_traits(&command.record);
        Glance::Unknown(Box::new(Draft { command, traits }), Vec::new())
    }

    /// Finds the live entries that share a trait with a draft, the oldest first.
    async fn find_twins(&self, glances: &mut [Glance]) -> Result<(), IntakeError> {
        let keys = self.log.keyring().live_epochs()?;
        let mut asked: HashMap<Fingerprint, (usize, usize)> = HashMap::new();
        let mut shared: Vec<(Fingerprint, (usize, usize))> = Vec::new();
        for (place, glance) in glances.iter().enumerate() {
            let Glance::Unknown(draft, _) = glance else { continue };
            for (of_trip, text) in draft.traits.iter().enumerate() {
                for (_, key) in &keys {
                    let token = trip_token(key, text);
                    if let Some(before) = asked.insert(token, (place, of_trip)) {
                        shared.push((token, before));
                    }
                }
            }
        }
        for (token, held) in self.held(asked.keys()).await? {
            let Some(entry) = held.entry else { continue };
            let others = shared.iter().filter(|(other, _)| *other == token).map(|(_, asker)| *asker);
            for (place, of_trip) in others.chain(asked.get(&token).copied()) {
                if let Glance::Unknown(_, candidates) = &mut glances[place] {
                    candidates.push(Candidate { entry, of_trip });
                }
            }
        }
        for glance in glances {
            if let Glance::Unknown(_, candidates) = glance {
                candidates.sort_unstable();
            }
        }
        Ok(())
    }

    async fn held(
        &self,
        tokens: impl Iterator<Item = &Fingerprint>,
    ) -> Result<HashMap<Fingerprint, Held>, sqlx::Error> {
        let tokens: Vec<&[u8]> = tokens.map(<[u8; 16]>::as_slice).collect();
        if tokens.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<ClaimRow> =
            sqlx::query_as("select token, epoch, stream, digest from log.claim where token = any($1)")
                .bind(tokens)
                .fetch_all(self.log.pool())
                .await?;
        let now = self.log.clock().now();
        Ok(rows
            .into_iter()
            .filter_map(|(token, epoch, stream, digest)| {
                let token: Fingerprint = token.try_into().ok()?;
                let alive = !Epoch(u32::try_from(epoch).unwrap_or(0)).has_ended(now);
                let entry = stream.filter(|_| alive).and_then(EntryId::parse);
                Some((token, Held { token, entry, digest }))
            })
            .collect())
    }

    /// Takes one record in; tries again while others change the same entry.
    async fn one(
        &self,
        record: &RawRecord,
        glance: Glance,
        source: Source,
    ) -> Result<RecordAnswer, IntakeError> {
        let mut glance = glance;
        for _ in 0..TRIES {
            let tried = match glance {
                Glance::Refused(answer) => return Ok(answer),
                Glance::Known(Held { entry: None, .. }) => return Ok(RecordAnswer::Ended),
                Glance::Known(Held { token, entry: Some(entry), digest }) => {
                    self.known_entry(record, entry, token, digest.as_deref(), source).await
                }
                Glance::Unknown(draft, candidates) => {
                    self.unknown_code(record, *draft, &candidates, source).await
                }
            };
            match tried {
                Err(IntakeError::Append(Rejected::Conflict { .. } | Rejected::Claimed { .. })) => {}
                Err(
                    IntakeError::Append(Rejected::Ended(_))
                    | IntakeError::Read(ReadError::Key(KeyError::Ended(_))),
                ) => return Ok(RecordAnswer::Ended),
                answered => return answered,
            }
            match self.glances(&[record], source).await?.pop() {
                Some(again) => glance = again,
                None => break,
            }
        }
        Err(IntakeError::Contended)
    }

    /// News under a code that is known.
    async fn known_entry(
        &self,
        record: &RawRecord,
        entry: EntryId,
        token: Fingerprint,
        digest: Option<&[u8]>,
        source: Source,
    ) -> Result<RecordAnswer, IntakeError> {
        let key = self.log.keyring().epoch(entry.epoch())?;
        let fresh = content_digest(&key, record);
        if digest == Some(fresh.as_slice()) {
            return Ok(RecordAnswer::Unchanged { entry: entry.uuid() });
        }
        let loaded = entries::load(&self.log, entry).await?;
        let claim = Claim { token, digest: Some(fresh), outlives: true };
        self.update(record, entry, loaded, vec![claim], source).await
    }

    /// Decides what a record changes in a live entry, and appends it.
    async fn update(
        &self,
        record: &RawRecord,
        entry: EntryId,
        loaded: Loaded,
        claims: Vec<Claim>,
        source: Source,
    ) -> Result<RecordAnswer, IntakeError> {
        let facts = self.reference.facts();
        let today = norwegian_day_of(self.log.clock().now());
        let Loaded { version, state, .. } = loaded;
        if state.as_ref().is_some_and(|state| state.early_end == EarlyEnd::Confirmed) {
            return Ok(RecordAnswer::Ended);
        }
        let Some(command) = mapping::prepare(state.as_ref(), record.clone(), source, &facts.postcodes, today)
        else {
            return Ok(missing_code());
        };
        let errors = refuse_synthetic(record, &command.record, self.production);
        if !errors.is_empty() {
            return Ok(RecordAnswer::Rejected { errors });
        }
        // A refusal here means the state moved under us: it is loaded anew.
        let events = decide(state.as_ref(), Command::TakeIn(command)).map_err(|_| IntakeError::Contended)?;
        if events.is_empty() {
            return Ok(RecordAnswer::Unchanged { entry: entry.uuid() });
        }
        entries::append(&self.log, entry, version, &events, actor(source), claims, None).await?;
        let joined = events.iter().any(|event| matches!(event, EntryEvent::ReferenceCodeJoined(_)));
        let changed = events.into_iter().find_map(|event| match event {
            EntryEvent::Updated(updated) => Some(updated.changed),
            EntryEvent::Registered(_)
            | EntryEvent::ReferenceCodeJoined(_)
            | EntryEvent::Routed(_)
            | EntryEvent::Declined(_)
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
            | EntryEvent::MessageStopped(_)
            | EntryEvent::IdentityAssigned(_)
            | EntryEvent::IdentityWithdrawn(_)
            | EntryEvent::Joined(_)
            | EntryEvent::Separated(_)
            | EntryEvent::Protection(_)
            | EntryEvent::ResultReceived(_)
            | EntryEvent::ResultLookedUp(_)
            | EntryEvent::ResultCorrected(_)
            | EntryEvent::CorrectionSettled(_)
            | EntryEvent::HotelCheckedIn(_)
            | EntryEvent::HotelCheckedOut(_)
            | referral_event!() => None,
        });
        Ok(match changed {
            _ if joined => RecordAnswer::Joined { entry: entry.uuid() },
            Some(changed) => RecordAnswer::Updated { entry: entry.uuid(), changed },
            None => RecordAnswer::Unchanged { entry: entry.uuid() },
        })
    }

    /// A code that is not known: the same trip under a second code, or a new entry.
    async fn unknown_code(
        &self,
        record: &RawRecord,
        draft: Draft,
        candidates: &[Candidate],
        source: Source,
    ) -> Result<RecordAnswer, IntakeError> {
        let Draft { command, traits } = draft;
        let now = self.log.clock().now();
        let today = norwegian_day_of(now);
        let keyring = self.log.keyring();
        let days = keyring.source_days_of_registration(EDGE)?;
        let references = |key: &Key| -> Vec<Claim> {
            let digest = content_digest(key, record);
            let claim = |token| Claim { token, digest: Some(digest.clone()), outlives: true };
            let code = command.reference_code.0.as_str();
            days.iter().map(|day| claim(fingerprint::of_reference(day, code))).collect()
        };
        let twin = self.twin(&command.record, candidates).await?;
        if let Some((entry, loaded)) = twin.same {
            let claims = references(&*keyring.epoch(entry.epoch())?);
            return self.update(record, entry, loaded, claims, source).await;
        }
        if let (Policy::FromDayOfArrival, Some(arrival)) =
            (self.reference.facts().take_in(today), command.record.trip.arrival)
            && arrival > today
        {
            return Ok(RecordAnswer::NotYet { from: arrival });
        }
        let epoch = Epoch::of(now);
        let mut claims = references(&*keyring.epoch_of_registration(epoch)?);
        let free = || traits.iter().enumerate().filter(|(of_trip, _)| !twin.taken.contains(of_trip));
        for epoch in epochs_of_registration(now) {
            let key = keyring.epoch_of_registration(epoch)?;
            let claim = |token| Claim { token, digest: None, outlives: false };
            claims.extend(free().map(|(_, text)| claim(trip_token(&key, text))));
        }
        let entry = self.log.entropy().entry(epoch);
        let events = decide(None, Command::TakeIn(command)).map_err(|_| IntakeError::Contended)?;
        entries::append(&self.log, entry, 0, &events, actor(source), claims, None).await?;
        Ok(RecordAnswer::Accepted { entry: entry.uuid() })
    }

    /// The oldest live entry that is the same trip, when there is one, and the traits that belong to other trips.
    async fn twin(&self, record: &EntryRecord, candidates: &[Candidate]) -> Result<Twin, IntakeError> {
        let mut taken = HashSet::new();
        for of_entry in candidates.chunk_by(|a, b| a.entry == b.entry) {
            let entry = of_entry[0].entry;
            let loaded = entries::load(&self.log, entry).await?;
            match &loaded.state {
                Some(state) if may_be_same(state, record) => {
                    return Ok(Twin { same: Some((entry, loaded)), taken });
                }
                Some(_) => taken.extend(of_entry.iter().map(|candidate| candidate.of_trip)),
                // The claim is committed with the first event; nothing there means the row is not ours to judge.
                None => {}
            }
        }
        Ok(Twin { same: None, taken })
    }
}

struct Twin {
    same: Option<(EntryId, Loaded)>,
    /// Places of the traits that belong to other trips.
    taken: HashSet<usize>,
}

/// The epochs under whose keys a new trip is claimed: around an edge the previous one too, since a node whose
/// clock is behind looks and claims there.
fn epochs_of_registration(now: Timestamp) -> impl Iterator<Item = Epoch> {
    let before = now.checked_sub(EDGE).map_or(Epoch::of(now), Epoch::of);
    (before.0..=Epoch::of(now).0).map(Epoch)
}

/// What makes a trip the same trip: one of the traveller's numbers, or name and birth date, and the day.
fn trip_traits(record: &EntryRecord) -> Vec<String> {
    let Some(arrival) = record.trip.arrival else { return Vec::new() };
    let person = &record.person;
    let mut traits: Vec<String> = person
        .identities
        .iter()
        .filter(|identity| identity.check != IdentityCheck::Failed && identity.kind != IdentityKind::Unknown)
        .map(|identity| format!("{arrival} {}", identity.number.0))
        .collect();
    if let (Some(first), Some(last), Some(birth)) =
        (&person.first_name, &person.last_name, &person.birth_date)
    {
        traits.push(format!("{arrival} {} {} {}", first.0.to_lowercase(), last.0.to_lowercase(), birth.0));
    }
    traits
}

fn trip_token(key: &Key, of_trip: &str) -> Fingerprint {
    fingerprint::short(key.digest("trip", of_trip.as_bytes()))
}

/// Two people of one name and birth date are told apart by valid numbers of the same kind that differ.
fn may_be_same(state: &EntryState, record: &EntryRecord) -> bool {
    let sure = |check: IdentityCheck| matches!(check, IdentityCheck::Valid | IdentityCheck::Synthetic);
    !record.person.identities.iter().filter(|a| sure(a.check)).any(|a| {
        let same_kind = |b: &&events::Identity| b.kind == a.kind && sure(b.check);
        let others: Vec<_> = state.record.person.identities.iter().filter(same_kind).collect();
        !others.is_empty() && others.iter().all(|b| b.number != a.number)
    })
}

/// Digest of a record's content under its epoch's key. A map's keys are sorted, so order does not matter.
fn content_digest(key: &Key, record: &RawRecord) -> Vec<u8> {
    let content = zeroize::Zeroizing::new(serde_json::to_vec(record).unwrap_or_default());
    key.digest("content", &content)[..16].to_vec()
}

/// Splits off the first record of each reference code; later ones must see what the first one did.
fn first_of_each_code(records: &[RawRecord], places: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
    let mut seen = HashSet::new();
    places.into_iter().partition(|place| {
        seen.insert(fields::text(&records[*place], "a_reference_code").unwrap_or_default())
    })
}

fn missing_code() -> RecordAnswer {
    let error =
        RecordError { field: "a_reference_code".to_owned(), reason: RejectReason::MissingReferenceCode };
    RecordAnswer::Rejected { errors: vec![error] }
}

/// How a source stands in the log as the one who did it.
fn actor(source: Source) -> &'static str {
    match source {
        Source::Feed => "feed",
        Source::File => "file",
        Source::Demo => "demo",
    }
}

fn count(answer: &RecordAnswer) {
    let outcome = match answer {
        RecordAnswer::Accepted { .. } => "accepted",
        RecordAnswer::Updated { .. } => "updated",
        RecordAnswer::Joined { .. } => "joined",
        RecordAnswer::Unchanged { .. } => "unchanged",
        RecordAnswer::NotYet { .. } => "not-yet",
        RecordAnswer::Ended => "ended",
        RecordAnswer::Rejected { .. } => "rejected",
    };
    metrics::counter!("register_intake_records_total", "outcome" => outcome).increment(1);
}
