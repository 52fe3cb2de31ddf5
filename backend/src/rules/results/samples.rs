//! What the messages about an entry's samples come to. Messages are repeated, overtake one another and contradict one
//! another; whatever their order, the samples end the same.

use crate::rules::moments::norwegian_day_of;
use api::quarantine::{TestFact, TestOutcome};
use events::result::{Laboratory, ResultClass, ResultReceived, SampleState};
use events::rule_set::TestKind;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The messages about an entry's samples, as they are kept in its sealed document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Samples(BTreeMap<Uuid, BTreeMap<Uuid, Message>>);

/// What is kept of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    received_at: Timestamp,
    state: SampleState,
    class: ResultClass,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<TestKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    taken_on: Option<Date>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    taken_on_substituted: bool,
    laboratory: Laboratory,
    read_by: String,
}

/// What counts of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectiveSample {
    /// The sample.
    pub sample: Uuid,
    /// The message that counts.
    pub message: Uuid,
    /// Who analysed it.
    pub laboratory: Laboratory,
    /// Day on which it was taken, where anything was told of it.
    pub taken_on: Option<Date>,
    /// The laboratory put the day it received the sample in its place.
    pub taken_on_substituted: bool,
    /// How far the answer has come.
    pub state: SampleState,
    /// What it says; unknown where there is no answer any more.
    pub class: ResultClass,
    /// What was analysed.
    pub kind: Option<TestKind>,
    /// When the result service received the message.
    pub received_at: Timestamp,
    /// How many messages there are about the sample.
    pub messages: usize,
    /// What it said before, oldest first.
    pub earlier: Vec<EarlierAnswer>,
}

/// What a sample said before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarlierAnswer {
    /// What it said.
    pub class: ResultClass,
    /// How far the answer had come.
    pub state: SampleState,
    /// When the result service received it.
    pub received_at: Timestamp,
}

impl Samples {
    /// Takes a message in. Again, or in another order, it comes to the same.
    pub fn receive(&mut self, result: &ResultReceived) {
        let received = Message::of(result);
        let messages = self.0.entry(result.sample).or_default();
        match messages.get_mut(&result.message) {
            // Read again. By a newer table: that reading counts; by the same one: the more careful.
            Some(known) if known.reading() < received.reading() => *known = received,
            Some(_) => {}
            None => drop(messages.insert(result.message, received)),
        }
    }

    /// Whether nothing was heard of any sample.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What counts of each sample, in order of the days on which they were taken.
    pub fn effective(&self) -> Vec<EffectiveSample> {
        let samples = self.0.iter().filter_map(|(sample, messages)| effective(*sample, messages));
        let mut samples: Vec<EffectiveSample> = samples.collect();
        samples.sort_by_key(|sample| (sample.day(), sample.sample));
        samples
    }

    /// The tests as the quarantine rules take them. A withdrawn answer is no test.
    pub fn tests(&self) -> Vec<TestFact> {
        self.effective().iter().filter_map(EffectiveSample::test).collect()
    }

    /// The first positive sample, of whatever kind and even if its answer is preliminary.
    pub fn positive(&self) -> Option<EffectiveSample> {
        self.effective().into_iter().find(|sample| sample.class == ResultClass::Detected)
    }

    /// Whether a test taken on a day or later found the virus.
    pub fn positive_since(&self, day: Date) -> bool {
        self.effective().iter().any(|sample| sample.class == ResultClass::Detected && sample.day() >= day)
    }

    /// What counts of one sample.
    pub fn sample(&self, sample: Uuid) -> Option<EffectiveSample> {
        effective(sample, self.0.get(&sample)?)
    }
}

impl EffectiveSample {
    /// Whether there is an answer, were it one that nobody can read. A test that is only planned has none.
    pub fn is_answered(&self) -> bool {
        answers(self.state, self.class)
    }

    /// Day on which it was taken; where nothing was told, the day of the message stands in.
    fn day(&self) -> Date {
        self.taken_on.unwrap_or_else(|| norwegian_day_of(self.received_at))
    }

    fn test(&self) -> Option<TestFact> {
        let sure = matches!(self.state, SampleState::Final | SampleState::Revised);
        let outcome = match self.class {
            _ if self.state == SampleState::Cancelled => return None,
            ResultClass::Detected => TestOutcome::Positive,
            ResultClass::NotDetected if sure && self.kind.is_some() => TestOutcome::Negative,
            ResultClass::NotDetected | ResultClass::Inconclusive | ResultClass::Unknown => {
                TestOutcome::Pending
            }
        };
        Some(TestFact {
            taken_on: self.day(),
            taken_on_substituted: self.taken_on_substituted || self.taken_on.is_none(),
            outcome,
            answered_at: Some(self.received_at),
            // The kind that ends no quarantine, where it is not known.
            kind: self.kind.unwrap_or(TestKind::Antigen),
        })
    }
}

impl Message {
    fn of(result: &ResultReceived) -> Message {
        Message {
            received_at: result.received_at,
            state: result.state,
            // What a withdrawn message once said is no answer.
            class: match result.state {
                SampleState::Cancelled => ResultClass::Unknown,
                SampleState::Planned
                | SampleState::Preliminary
                | SampleState::Final
                | SampleState::Revised => result.class,
            },
            kind: result.kind,
            taken_on: result.taken_on,
            taken_on_substituted: result.taken_on_substituted,
            laboratory: result.laboratory.clone(),
            read_by: result.read_by.clone(),
        }
    }

    /// The order in which messages about a sample count: those with an answer before those without, then the latest.
    /// At one moment the surest, and of these the one that lets nobody go.
    fn rank(&self) -> (bool, Timestamp, u8, u8) {
        let sureness = match self.state {
            SampleState::Planned => 0,
            SampleState::Preliminary => 1,
            SampleState::Final | SampleState::Cancelled => 2,
            SampleState::Revised => 3,
        };
        let care = match self.class {
            ResultClass::Detected => 4,
            _ if self.state == SampleState::Cancelled => 3,
            ResultClass::Inconclusive => 2,
            ResultClass::Unknown => 1,
            ResultClass::NotDetected => 0,
        };
        (answers(self.state, self.class), self.received_at, sureness, care)
    }

    /// The order of several readings of one message. All that could differ is in it, so that one of them is the last.
    fn reading(&self) -> impl Ord + '_ {
        let told = (self.state, self.class, Reverse(self.kind), self.taken_on, self.taken_on_substituted);
        (&self.read_by, self.rank(), told, &self.laboratory)
    }
}

fn answers(state: SampleState, class: ResultClass) -> bool {
    state != SampleState::Planned || class != ResultClass::Unknown
}

fn effective(sample: Uuid, messages: &BTreeMap<Uuid, Message>) -> Option<EffectiveSample> {
    let mut ranked: Vec<(&Uuid, &Message)> = messages.iter().collect();
    ranked.sort_by_key(|(id, message)| (message.rank(), **id));
    let (id, counts) = *ranked.last()?;
    let told = counts.taken_on.map(|day| (day, counts.taken_on_substituted));
    // Another message may have told when the sample was taken.
    let taken = told.or_else(|| {
        let others = ranked.iter().rev().map(|(_, message)| message);
        others.filter_map(|other| Some((other.taken_on?, other.taken_on_substituted))).next()
    });
    Some(EffectiveSample {
        sample,
        message: *id,
        laboratory: counts.laboratory.clone(),
        taken_on: taken.map(|(day, _)| day),
        taken_on_substituted: taken.is_some_and(|(_, substituted)| substituted),
        state: counts.state,
        class: counts.class,
        kind: counts.kind,
        received_at: counts.received_at,
        messages: messages.len(),
        earlier: earlier(&ranked),
    })
}

/// What the sample said one after the other, without repeating, up to what counts now.
fn earlier(ranked: &[(&Uuid, &Message)]) -> Vec<EarlierAnswer> {
    let mut said: Vec<EarlierAnswer> = Vec::new();
    for (_, message) in ranked {
        let (class, state, received_at) = (message.class, message.state, message.received_at);
        // Of several at one moment the last in rank counted.
        let answers_before = |last: &EarlierAnswer| answers(last.state, last.class) == answers(state, class);
        if said.last().is_some_and(|last| last.received_at == received_at && answers_before(last)) {
            said.pop();
        }
        if said.last().is_none_or(|last| (last.class, last.state) != (class, state)) {
            said.push(EarlierAnswer { class, state, received_at });
        }
    }
    said.pop();
    said
}

/// Messages of invented samples.
/// As it is shown.
impl From<EffectiveSample> for api::results::Sample {
    fn from(sample: EffectiveSample) -> Self {
        api::results::Sample {
            sample: sample.sample,
            laboratory: sample.laboratory.name,
            state: sample.state,
            class: sample.class,
            kind: sample.kind,
            taken_on: sample.taken_on,
            taken_on_substituted: sample.taken_on_substituted,
            received_at: sample.received_at,
            messages: u32::try_from(sample.messages).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
pub(super) mod for_tests {
    use super::*;
    use events::result::ResultSource;

    /// A moment so many seconds after the first.
    pub(in crate::rules::results) fn received(seconds: i64) -> Timestamp {
        let first: Timestamp = "2021-03-22T10:00:00Z".parse().unwrap();
        first + jiff::SignedDuration::from_secs(seconds)
    }

    /// A message about a sample, received at the first moment.
    pub(in crate::rules::results) fn message(
        sample: u128,
        id: u128,
        state: SampleState,
        class: ResultClass,
    ) -> ResultReceived {
        ResultReceived {
            sample: Uuid::from_u128(sample),
            message: Uuid::from_u128(id),
            laboratory: Laboratory { her_id: "140170".to_owned(), name: "Laboratoriet".to_owned() },
            sample_number: Some("number-of-the-sample".into()),
            state,
            class,
            kind: Some(TestKind::Pcr),
            taken_on: Some(jiff::civil::date(2021, 3, 20)),
            taken_on_substituted: false,
            received_at: received(0),
            source: ResultSource::Feed,
            read_by: "2021-01-01".to_owned(),
        }
    }
}

#[cfg(test)]
#[path = "samples_tests.rs"]
mod tests;
