//! The facts the register looks up: postcode tables, the intake policy, the rule sets and the result tables, from their
//! permanent streams.

use crate::log::{Append, Log, NewEvent, ReadError, Rejected};
use crate::rules::matching::MatchPolicy;
use crate::rules::moments::norwegian_day_of;
use crate::rules::postcodes::{PostcodeTables, shipped};
use crate::rules::quarantine::{self, RuleSets};
use crate::rules::results::{self, Classifier, ResultTables};
use events::follow_up::FollowUpPolicy;
use events::hotel::{HOTELS, Hotel, HotelsAdopted};
use events::identity_policy::{IDENTITY_POLICIES, IdentityPolicyAdopted};
use events::reference::{
    INTAKE_POLICIES, IntakePolicyAdopted, POSTCODE_TABLES, PostcodeTableAdopted, TakeIn,
};
use events::result::{RESULT_POLICIES, ResultMode, ResultPolicyAdopted};
use events::result_table::{RESULT_TABLES, ResultTableAdopted};
use events::rule_set::{RULE_SETS, RuleSetAdopted};
use events::{CommandId, ReferenceEvent, StreamId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// The permanent streams that hold them.
const STREAMS: [StreamId; 7] =
    [POSTCODE_TABLES, INTAKE_POLICIES, RULE_SETS, RESULT_TABLES, IDENTITY_POLICIES, RESULT_POLICIES, HOTELS];
/// How often the permanent streams are looked at for something new.
const REFRESH: Duration = Duration::from_secs(10);

/// The facts as of now.
#[derive(Default)]
pub struct Facts {
    /// Postcode tables.
    pub postcodes: PostcodeTables,
    /// Rule sets.
    pub rule_sets: RuleSets,
    /// Result tables.
    pub result_tables: ResultTables,
    policies: Vec<IntakePolicyAdopted>,
    result_policies: Vec<ResultPolicyAdopted>,
    identity_policies: Vec<IdentityPolicyAdopted>,
    hotels: Vec<HotelsAdopted>,
}

impl Facts {
    /// Who is called when, by the rule set in force on a day. Without any: as shipped.
    pub fn policy(&self, day: Date) -> FollowUpPolicy {
        self.rule_sets.on(day).map_or_else(FollowUpPolicy::shipped, |set| set.follow_up.clone())
    }

    /// What becomes of results, by the policy of a day. Without any: they are stored.
    pub fn result_mode(&self, day: Date) -> ResultMode {
        let adopted = self.result_policies.iter().filter(|policy| policy.valid_from <= day);
        // Of two from the same day the later adopted one.
        adopted.max_by_key(|policy| policy.valid_from).map_or(ResultMode::default(), |policy| policy.mode)
    }

    /// The policies of results, in the order of their adoption.
    pub fn result_policies(&self) -> &[ResultPolicyAdopted] {
        &self.result_policies
    }

    /// What reads the words of laboratories on a day. Without any table: by the newest shipped one.
    pub fn result_table(&self, day: Date) -> Arc<Classifier> {
        self.result_tables.on(day)
    }

    /// What is done about identities, by the policy of a day. Of two for the same day the one adopted last counts.
    pub fn identity_policy(&self, day: Date) -> Option<&IdentityPolicyAdopted> {
        let adopted = self.identity_policies.iter().filter(|policy| policy.valid_from <= day);
        adopted.max_by_key(|policy| policy.valid_from)
    }

    /// From which scores on entries are joined, on a day. Without any policy: as shipped.
    pub fn match_policy(&self, day: Date) -> MatchPolicy {
        self.identity_policy(day).map_or_else(MatchPolicy::shipped, MatchPolicy::of)
    }

    /// Whether common auxiliary numbers are allocated without anybody asking, on a day. Without any policy: no.
    pub fn allocates_numbers(&self, day: Date) -> bool {
        self.identity_policy(day).is_some_and(|policy| policy.allocate_automatically)
    }

    /// The quarantine hotels of a day. Of two lists for the same day the one adopted last counts.
    pub fn hotels(&self, day: Date) -> &[Hotel] {
        let adopted = self.hotels.iter().filter(|list| list.valid_from <= day);
        adopted.max_by_key(|list| list.valid_from).map_or(&[], |list| &list.hotels)
    }

    /// A quarantine hotel of a day, by its id.
    pub fn hotel(&self, id: &str, day: Date) -> Option<&Hotel> {
        self.hotels(day).iter().find(|hotel| hotel.id == id)
    }

    /// When trips are taken in, by the policy of a day. Without any: from the day of arrival.
    pub fn take_in(&self, day: Date) -> TakeIn {
        let adopted = self.policies.iter().filter(|policy| policy.valid_from <= day);
        adopted
            .max_by_key(|policy| policy.valid_from)
            .map_or(TakeIn::FromDayOfArrival, |policy| policy.take_in)
    }
}

/// The facts, kept up to date. Cloned handles share them.
#[derive(Clone)]
pub struct Reference(Arc<RwLock<Arc<Facts>>>);

/// Why the facts cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The log cannot be written.
    #[error(transparent)]
    Append(#[from] Rejected),
    /// A stored fact cannot be read.
    #[error(transparent)]
    Unreadable(#[from] events::UnreadableEvent),
}

impl Reference {
    /// Loads the facts; a register without any adopts those that ship with it.
    pub async fn load(log: &Log) -> Result<Reference, ReferenceError> {
        adopt_shipped(log).await?;
        adopt_shipped_rule_sets(log).await?;
        adopt_shipped_result_tables(log).await?;
        let facts = read(log).await?;
        Ok(Reference(Arc::new(RwLock::new(Arc::new(facts)))))
    }

    /// The facts as last read.
    pub fn facts(&self) -> Arc<Facts> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What becomes of results at a moment.
    pub fn result_mode(&self, now: Timestamp) -> ResultMode {
        self.facts().result_mode(norwegian_day_of(now))
    }

    /// Reads the streams again now: something was adopted here.
    pub async fn refresh(&self, log: &Log) -> Result<(), ReferenceError> {
        let facts = read(log).await?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(facts);
        Ok(())
    }

    /// Reads the streams again for ever: another process may adopt something.
    pub async fn keep_fresh(self, log: Log) {
        let mut seen = versions(&log).await.unwrap_or_default();
        loop {
            tokio::time::sleep(REFRESH).await;
            let Ok(now) = versions(&log).await else { continue };
            if now == seen {
                continue;
            }
            match read(&log).await {
                Ok(facts) => {
                    *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(facts);
                    seen = now;
                }
                Err(error) => {
                    tracing::error!(%error, "the reference data cannot be read; the former stay in use")
                }
            }
        }
    }
}

async fn versions(log: &Log) -> Result<Vec<(uuid::Uuid, i32)>, sqlx::Error> {
    sqlx::query_as("select stream, version from log.stream where stream = any($1) order by stream")
        .bind(STREAMS.map(|stream| stream.0))
        .fetch_all(log.pool())
        .await
}

async fn read(log: &Log) -> Result<Facts, ReferenceError> {
    let mut facts = Facts::default();
    for stream in STREAMS {
        for event in log.stream(stream).await? {
            match ReferenceEvent::read(&event.name, event.schema_version, &event.sealed)? {
                ReferenceEvent::PostcodeTable(table) => facts.postcodes.adopt(&table),
                ReferenceEvent::IntakePolicy(policy) => facts.policies.push(policy),
                ReferenceEvent::RuleSet(set) => facts.rule_sets.adopt(set),
                ReferenceEvent::ResultPolicy(policy) => facts.result_policies.push(policy),
                ReferenceEvent::ResultTable(table) => facts.result_tables.adopt(table),
                ReferenceEvent::IdentityPolicy(policy) => facts.identity_policies.push(policy),
                ReferenceEvent::Hotels(list) => facts.hotels.push(list),
            }
        }
    }
    Ok(facts)
}

async fn adopt_shipped(log: &Log) -> Result<(), ReferenceError> {
    let tables = shipped::tables().into_iter().map(ReferenceEvent::from).collect();
    let policy = IntakePolicyAdopted {
        valid_from: Date::constant(2021, 1, 1),
        take_in: TakeIn::FromDayOfArrival,
        adopted_by: "shipped with the register".to_owned(),
    };
    for (stream, events) in [(POSTCODE_TABLES, tables), (INTAKE_POLICIES, vec![policy.into()])] {
        match append(log, stream, 0, events, "register").await {
            // Another node, or an earlier start, was first.
            Ok(()) | Err(Rejected::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Adopts those shipped rule sets that the register does not have by name: a newer program may bring more.
async fn adopt_shipped_rule_sets(log: &Log) -> Result<(), ReferenceError> {
    let facts = read(log).await?;
    let missing = quarantine::shipped::adopted()
        .filter(|set| facts.rule_sets.named(&set.rule_set.name).is_none())
        .map(ReferenceEvent::from);
    let missing: Vec<ReferenceEvent> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    let version = u32::try_from(facts.rule_sets.all().len()).unwrap_or(u32::MAX);
    match append(log, RULE_SETS, version, missing, "register").await {
        // Another node was first.
        Ok(()) | Err(Rejected::Conflict { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Adopts those shipped result tables that the register does not have by name.
async fn adopt_shipped_result_tables(log: &Log) -> Result<(), ReferenceError> {
    let facts = read(log).await?;
    let adopted = &facts.result_tables;
    let missing = results::shipped::adopted()
        .filter(|shipped| adopted.named(&shipped.table.name).is_none())
        .map(ReferenceEvent::from);
    let missing: Vec<ReferenceEvent> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    let version = u32::try_from(adopted.all().len()).unwrap_or(u32::MAX);
    match append(log, RESULT_TABLES, version, missing, "register").await {
        // Another node was first.
        Ok(()) | Err(Rejected::Conflict { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Adopts a result table. It must have been checked against the tables of that version.
pub async fn adopt_result_table(
    log: &Log,
    table: ResultTableAdopted,
    expected_version: u32,
) -> Result<(), Rejected> {
    let actor = table.adopted_by.clone();
    append(log, RESULT_TABLES, expected_version, vec![table.into()], &actor).await
}

/// Adopts a rule set. `command` is the key under which the giver may try again.
pub async fn adopt_rule_set(
    log: &Log,
    set: RuleSetAdopted,
    expected_version: u32,
    command: Option<CommandId>,
) -> Result<(), Rejected> {
    let actor = set.adopted_by.clone();
    let event = ReferenceEvent::from(set);
    let payload = event.payload().unwrap_or_default();
    let append = Append {
        stream: RULE_SETS,
        expected_version,
        command,
        request: payload.to_string().into_bytes(),
        actor,
        events: vec![NewEvent { name: event.name(), schema_version: event.version(), payload }],
        claims: Vec::new(),
    };
    log.append(append).await.map(|_| ())
}

/// Adopts a policy of results. `command` is the key under which the giver may try again.
pub async fn adopt_result_policy(
    log: &Log,
    policy: ResultPolicyAdopted,
    command: Option<CommandId>,
) -> Result<(), Rejected> {
    let version = log.stream(RESULT_POLICIES).await.map_err(|_| Rejected::Unavailable)?.len();
    let actor = policy.adopted_by.clone();
    let event = ReferenceEvent::from(policy);
    let payload = event.payload().unwrap_or_default();
    let append = Append {
        stream: RESULT_POLICIES,
        expected_version: u32::try_from(version).unwrap_or(u32::MAX),
        command,
        request: payload.to_string().into_bytes(),
        actor,
        events: vec![NewEvent { name: event.name(), schema_version: event.version(), payload }],
        claims: Vec::new(),
    };
    log.append(append).await.map(|_| ())
}

/// Adopts a postcode table.
pub async fn adopt_postcodes(
    log: &Log,
    table: PostcodeTableAdopted,
    actor: &str,
) -> Result<(), ReferenceError> {
    let version = log.stream(POSTCODE_TABLES).await?.len();
    let version = u32::try_from(version).unwrap_or(u32::MAX);
    Ok(append(log, POSTCODE_TABLES, version, vec![table.into()], actor).await?)
}

/// Adopts an intake policy.
pub async fn adopt_policy(log: &Log, policy: IntakePolicyAdopted) -> Result<(), ReferenceError> {
    let version = log.stream(INTAKE_POLICIES).await?.len();
    let actor = policy.adopted_by.clone();
    let version = u32::try_from(version).unwrap_or(u32::MAX);
    Ok(append(log, INTAKE_POLICIES, version, vec![policy.into()], &actor).await?)
}

/// Adopts an identity policy.
pub async fn adopt_identity_policy(log: &Log, policy: IdentityPolicyAdopted) -> Result<(), ReferenceError> {
    let version = log.stream(IDENTITY_POLICIES).await?.len();
    let actor = policy.adopted_by.clone();
    let version = u32::try_from(version).unwrap_or(u32::MAX);
    Ok(append(log, IDENTITY_POLICIES, version, vec![policy.into()], &actor).await?)
}

/// Adopts a list of hotels.
pub async fn adopt_hotels(log: &Log, list: HotelsAdopted) -> Result<(), ReferenceError> {
    let version = log.stream(HOTELS).await?.len();
    let actor = list.adopted_by.clone();
    let version = u32::try_from(version).unwrap_or(u32::MAX);
    Ok(append(log, HOTELS, version, vec![list.into()], &actor).await?)
}

async fn append(
    log: &Log,
    stream: StreamId,
    expected_version: u32,
    events: Vec<ReferenceEvent>,
    actor: &str,
) -> Result<(), Rejected> {
    let events = events.iter().map(|event| NewEvent {
        name: event.name(),
        schema_version: event.version(),
        payload: event.payload().unwrap_or_default(),
    });
    let append = Append {
        stream,
        expected_version,
        command: None,
        request: Vec::new(),
        actor: actor.to_owned(),
        events: events.collect(),
        claims: Vec::new(),
    };
    log.append(append).await.map(|_| ())
}
