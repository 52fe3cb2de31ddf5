//! Test results: what the words of the laboratories mean, and what the messages about an entry's samples come to.

pub mod classifier;
pub mod correction;
pub mod samples;
pub mod shipped;
pub mod table_check;
pub mod tables;
pub mod words;

pub use classifier::{Classifier, Finding, Reading};
pub use correction::corrections;
pub use samples::{EarlierAnswer, EffectiveSample, Samples};
pub use tables::ResultTables;

use super::calls::Calls;
use events::call::ContactResult;
use events::message::MessageResult;
use events::result::{
    CorrectionSettled, ResultCorrected, ResultLookedUp, ResultReceived, ToldEarlier, ToldKind,
};
use events::{EntryEvent, referral_event};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is known of an entry's tests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// The samples.
    #[serde(default)]
    pub samples: Samples,
    /// The last time the result service was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_up: Option<ResultLookedUp>,
    /// Results that said something else later, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// A result that said something else later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What changed, and who had been told.
    pub what: ResultCorrected,
    /// Who saw to it that they know; absent while nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<CorrectionSettled>,
}

/// What one may ask of an entry's results.
pub enum Command {
    /// Write messages of laboratories down. Those that are known change nothing.
    Receive {
        /// The messages.
        received: Vec<ResultReceived>,
        /// When.
        now: Timestamp,
    },
    /// Write down that the result service was asked.
    LookUp(ResultLookedUp),
    /// Whoever was told something else knows now.
    Settle(CorrectionSettled),
}

/// Why a command is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such correction.
    #[error("there is no such correction of a result")]
    CorrectionUnknown,
    /// Somebody saw to it already.
    #[error("somebody saw to this correction already")]
    SettledAlready,
    /// It needs a note.
    #[error("say what was done about it")]
    NoteMissing,
}

/// Moves on by an event; events of other things leave everything as it is.
pub fn evolve(results: &mut Results, event: &EntryEvent) {
    match event {
        EntryEvent::ResultReceived(received) => results.samples.receive(received),
        EntryEvent::ResultLookedUp(looked_up) => results.looked_up = Some(looked_up.clone()),
        EntryEvent::ResultCorrected(corrected) => {
            results.corrections.push(Correction { what: corrected.clone(), settled: None });
        }
        EntryEvent::CorrectionSettled(settled) => {
            let its =
                results.corrections.iter_mut().find(|known| known.what.correction == settled.correction);
            its.into_iter().for_each(|correction| correction.settled = Some(settled.clone()));
        }
        EntryEvent::HotelCheckedIn(_)
        | EntryEvent::HotelCheckedOut(_)
        | EntryEvent::Registered(_)
        | EntryEvent::Updated(_)
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
        | referral_event!() => {}
    }
}

/// The events a command leads to; none when it changes nothing.
pub fn decide(results: &Results, calls: &Calls, command: Command) -> Result<Vec<EntryEvent>, Refusal> {
    match command {
        Command::Receive { received, now } => Ok(receive(results, calls, received, now)),
        Command::LookUp(looked_up) => Ok(vec![looked_up.into()]),
        Command::Settle(settled) if settled.note.0.trim().is_empty() => Err(Refusal::NoteMissing),
        Command::Settle(settled) => {
            let mut known = results.corrections.iter();
            let correction = known.find(|known| known.what.correction == settled.correction);
            match correction.ok_or(Refusal::CorrectionUnknown)?.settled {
                Some(_) => Err(Refusal::SettledAlready),
                None => Ok(vec![settled.into()]),
            }
        }
    }
}

/// Each message that is news, and, where a sample says something else then, who had been told the former.
fn receive(
    results: &Results,
    calls: &Calls,
    received: Vec<ResultReceived>,
    now: Timestamp,
) -> Vec<EntryEvent> {
    let mut samples = results.samples.clone();
    let mut events: Vec<EntryEvent> = Vec::new();
    for message in received {
        let before = samples.clone();
        samples.receive(&message);
        if samples != before {
            events.push(message.into());
        }
    }
    let corrected = corrections(&results.samples, &samples, &told_by(calls, now));
    events.extend(corrected.into_iter().map(EntryEvent::from));
    events
}

/// Conversations and messages until now: whoever was spoken with, or written to, may have been told what was known.
fn told_by(calls: &Calls, now: Timestamp) -> Vec<ToldEarlier> {
    let conversations = calls.attempts.iter().filter_map(|attempt| {
        let said = attempt.concluded.as_ref()?;
        let spoken = said.outcome.contact == ContactResult::Answered;
        spoken.then(|| ToldEarlier { kind: ToldKind::Call, id: attempt.id, at: said.at, by: said.by.clone() })
    });
    let messages = calls.messages.iter().filter_map(|message| {
        let arrived = matches!(message.result, Some(MessageResult::Accepted | MessageResult::Delivered));
        let by = String::new();
        let told = ToldEarlier { kind: ToldKind::Message, id: message.id, at: message.send_after, by };
        (arrived && !message.stopped).then_some(told)
    });
    conversations.chain(messages).filter(|told| told.at <= now).collect()
}

/// The sample that a laboratory's message is about: stable, so that all its messages come together.
pub fn sample_id(her_id: &str, sample_number: Option<&str>, message_id: &str, code: &str) -> Uuid {
    // Without a number of its own a sample is its message.
    let number = sample_number.filter(|number| !number.trim().is_empty());
    let own = number.map_or_else(|| format!("message {message_id}"), |number| format!("number {number}"));
    Uuid::new_v5(&SAMPLES, format!("{her_id} {own} {code}").as_bytes())
}

/// The message and its finding.
pub fn message_id(her_id: &str, message_id: &str, code: &str, content: &str) -> Uuid {
    Uuid::new_v5(&MESSAGES, format!("{her_id} {message_id} {code} {content}").as_bytes())
}

const SAMPLES: Uuid = Uuid::from_u128(0x6f1c_0b5e_95a4_4d0e_8d0c_5c6d_0f5a_2b11);
const MESSAGES: Uuid = Uuid::from_u128(0x0c7e_8a3d_2f61_4b8e_9a47_1be2_64d3_7f22);

#[cfg(test)]
#[path = "results_tests.rs"]
mod tests;
