//! Calls on one entry: what may be done, and what is known from what was done.

use events::call::{
    Assessment, CallConcluded, CallCorrected, CallDialled, CallDirected, CallDirection, CallOutcome,
    CallReviewed, CallSkipped, CallUndone, ContactResult, NumberMarkedWrong, QueueDirection, SkipReason,
};
use events::message::{MessageKind, MessageResult};
use events::personal::Personal;
use events::record::FollowUpStatus;
use events::{EntryEvent, referral_event};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Characters of a note or a reason at most.
pub const WORDS_MAX: usize = 2_000;
/// Answers of one conversation at most.
pub const ANSWERS_MAX: usize = 40;

/// What is known of the calls on an entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Calls {
    /// Attempts, oldest first.
    pub attempts: Vec<Attempt>,
    /// How a lead wants it to stand in the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directed: Option<QueueDirection>,
    /// A caller gave the card back: not before then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped_until: Option<Timestamp>,
    /// Numbers that are somebody else's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong_numbers: Vec<Personal<String>>,
    /// Text messages, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// Its id.
    pub id: Uuid,
    /// Who rang whom.
    pub direction: CallDirection,
    /// The number.
    pub phone: Personal<String>,
    /// When.
    pub dialled_at: Timestamp,
    /// Who sat at the telephone.
    pub caller: String,
    /// What it came to; absent while nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concluded: Option<Concluded>,
    /// Whether a lead looked it through.
    #[serde(default)]
    pub reviewed: bool,
}

/// What an attempt came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concluded {
    /// The outcome as it stands.
    pub outcome: CallOutcome,
    /// When it was said first.
    pub at: Timestamp,
    /// Who said it first.
    pub by: String,
    /// Whether it was corrected.
    pub corrected: bool,
}

/// A text message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// What it is about.
    pub kind: MessageKind,
    /// The language it is written in.
    pub language: String,
    /// To which number.
    pub phone: Personal<String>,
    /// Not to be sent before.
    pub send_after: Timestamp,
    /// What became of it, as far as it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<MessageResult>,
    /// Whether it was stopped.
    #[serde(default)]
    pub stopped: bool,
}

/// What one may ask of an entry's calls.
pub enum Command {
    /// Write down that a number is dialled.
    Dial(CallDialled),
    /// Say what the attempt came to.
    Conclude(CallConcluded),
    /// Take that back, a moment after.
    Undo {
        /// The attempt.
        attempt: Uuid,
        /// Who takes it back. The one who said it.
        by: String,
        /// When.
        now: Timestamp,
        /// How long after it may be taken back.
        within: SignedDuration,
    },
    /// Say what it was in truth.
    Correct(CallCorrected),
    /// Give the card back.
    Skip {
        /// Why.
        reason: SkipReason,
        /// Not before.
        not_before: Timestamp,
        /// Who.
        caller: String,
    },
    /// Decide how it stands in the queue.
    Direct(CallDirected),
    /// Look a conversation through.
    Review(CallReviewed),
    /// Mark a number as somebody else's.
    MarkWrong(NumberMarkedWrong),
}

/// Why a command is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The number is none of this traveller's.
    #[error("the number is none of this traveller's")]
    NotTheirNumber,
    /// The number is somebody else's.
    #[error("the number is known to be somebody else's")]
    WrongNumber,
    /// Another attempt has that id.
    #[error("there is an attempt with this id already")]
    AttemptKnown,
    /// There is no such attempt.
    #[error("there is no such attempt")]
    AttemptUnknown,
    /// The attempt has its outcome.
    #[error("the attempt has its outcome; correct it")]
    ConcludedAlready,
    /// The attempt has no outcome.
    #[error("the attempt has no outcome yet")]
    NotConcluded,
    /// It cannot be taken back any more.
    #[error("it is too late to take the outcome back; correct it")]
    TooLate,
    /// Only who said it takes it back.
    #[error("somebody else said what the attempt came to")]
    SomebodyElse,
    /// Whoever made the call does not look it through.
    #[error("somebody else looks a conversation through than the one who had it")]
    SomebodyElseNeeded,
    /// An answered call needs an assessment, and only an answered one has one.
    #[error("an answered call needs an assessment, and only an answered one has one")]
    AssessmentMismatch,
    /// A suspected breach needs a ground, and only a suspected breach has one.
    #[error("a suspected breach needs a ground, and only a suspected breach has one")]
    GroundsMismatch,
    /// The ground "other" needs a note.
    #[error("another ground than those named needs a note")]
    NoteMissing,
    /// A call-back needs a time to come.
    #[error("a call-back needs a time that is to come, while there is data")]
    CallBackTime,
    /// A decision or correction needs a reason.
    #[error("a reason is needed")]
    ReasonMissing,
    /// Too many words or answers.
    #[error("there are too many words or answers")]
    TooLong,
}

/// Moves on by an event that is about calls or messages; others leave it as it is.
pub fn evolve(calls: &mut Calls, event: &EntryEvent) {
    match event {
        EntryEvent::Dialled(dialled) => dial(calls, dialled),
        EntryEvent::Concluded(concluded) => {
            let said = Concluded {
                outcome: concluded.outcome.clone(),
                at: concluded.concluded_at,
                by: concluded.caller.clone(),
                corrected: false,
            };
            // A lead's decision counts for one attempt.
            calls.directed = None;
            with(calls, concluded.attempt, |attempt| attempt.concluded = Some(said));
        }
        EntryEvent::Corrected(corrected) => with(calls, corrected.attempt, |attempt| {
            if let Some(concluded) = &mut attempt.concluded {
                concluded.outcome = corrected.outcome.clone();
                concluded.corrected = true;
            }
        }),
        EntryEvent::Undone(undone) => with(calls, undone.attempt, |attempt| attempt.concluded = None),
        EntryEvent::Skipped(skipped) => calls.skipped_until = Some(skipped.not_before),
        EntryEvent::Directed(directed) => calls.directed = Some(directed.direction.clone()),
        EntryEvent::Reviewed(reviewed) => with(calls, reviewed.attempt, |attempt| attempt.reviewed = true),
        EntryEvent::NumberMarkedWrong(marked) => {
            if !calls.wrong_numbers.contains(&marked.phone) {
                calls.wrong_numbers.push(marked.phone.clone());
            }
        }
        EntryEvent::MessageOrdered(ordered) => calls.messages.push(Message {
            id: ordered.message,
            kind: ordered.kind,
            language: ordered.language.clone(),
            phone: ordered.phone.clone(),
            send_after: ordered.send_after,
            result: None,
            stopped: false,
        }),
        EntryEvent::MessageReported(reported) => {
            let its = calls.messages.iter_mut().find(|message| message.id == reported.message);
            its.into_iter().for_each(|message| message.result = Some(reported.result));
        }
        EntryEvent::MessageStopped(stopped) => {
            let its = calls.messages.iter_mut().find(|message| message.id == stopped.message);
            its.into_iter().for_each(|message| message.stopped = true);
        }
        EntryEvent::Registered(_)
        | EntryEvent::Updated(_)
        | EntryEvent::ReferenceCodeJoined(_)
        | EntryEvent::Routed(_)
        | EntryEvent::Declined(_)
        | EntryEvent::EndRequested(_)
        | EntryEvent::EndWithdrawn(_)
        | EntryEvent::EndConfirmed(_)
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
        | referral_event!() => {}
    }
}

fn dial(calls: &mut Calls, dialled: &CallDialled) {
    calls.skipped_until = None;
    calls.attempts.push(Attempt {
        id: dialled.attempt,
        direction: dialled.direction,
        phone: dialled.phone.clone(),
        dialled_at: dialled.dialled_at,
        caller: dialled.caller.clone(),
        concluded: None,
        reviewed: false,
    });
}

fn with(calls: &mut Calls, attempt: Uuid, change: impl FnOnce(&mut Attempt)) {
    if let Some(attempt) = calls.attempts.iter_mut().find(|known| known.id == attempt) {
        change(attempt);
    }
}

impl Calls {
    /// The attempt with an id.
    pub fn attempt(&self, id: Uuid) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.id == id)
    }

    /// The last conversation in which the traveller could be assessed.
    pub fn last_assessed(&self) -> Option<(&Attempt, &Concluded, Assessment)> {
        self.attempts.iter().rev().find_map(|attempt| {
            let concluded = attempt.concluded.as_ref()?;
            let assessment = concluded.outcome.assessment?;
            (assessment != Assessment::UnableToAssess).then_some((attempt, concluded, assessment))
        })
    }

    /// The conclusion that decides the follow-up status: of the last assessment, else of the last attempt.
    pub fn deciding(&self) -> Option<&Concluded> {
        let assessed = self.last_assessed().map(|(_, concluded, _)| concluded);
        assessed.or_else(|| self.attempts.iter().rev().find_map(|attempt| attempt.concluded.as_ref()))
    }

    /// The follow-up status in the published vocabulary; `None` when nobody has rung.
    pub fn status(&self) -> Option<FollowUpStatus> {
        Some(self.deciding()?.outcome.status())
    }
}

/// The events a command leads to; none when it changes nothing. `phones` are the traveller's, `ends_at` is when the
/// data end.
pub fn decide(
    calls: &Calls,
    phones: &[Personal<String>],
    ends_at: Timestamp,
    command: Command,
) -> Result<Vec<EntryEvent>, Refusal> {
    match command {
        Command::Dial(dialled) => decide_dial(calls, phones, dialled),
        Command::Conclude(concluded) => {
            let attempt = calls.attempt(concluded.attempt).ok_or(Refusal::AttemptUnknown)?;
            if attempt.concluded.is_some() {
                return Err(Refusal::ConcludedAlready);
            }
            check(&concluded.outcome, concluded.concluded_at, ends_at)?;
            Ok(vec![concluded.into()])
        }
        Command::Undo { attempt, by, now, within } => decide_undo(calls, attempt, by, now, within),
        Command::Correct(corrected) => decide_correct(calls, corrected, ends_at),
        Command::Skip { reason, not_before, caller } => {
            Ok(vec![CallSkipped { reason, not_before, caller }.into()])
        }
        Command::Direct(directed) => {
            check_reason(&directed.reason)?;
            let stands = calls.directed.as_ref() == Some(&directed.direction);
            Ok(if stands { vec![] } else { vec![directed.into()] })
        }
        Command::Review(reviewed) => {
            let attempt = calls.attempt(reviewed.attempt).ok_or(Refusal::AttemptUnknown)?;
            let concluded = attempt.concluded.as_ref().ok_or(Refusal::NotConcluded)?;
            if concluded.by == reviewed.reviewed_by {
                return Err(Refusal::SomebodyElseNeeded);
            }
            Ok(if attempt.reviewed { vec![] } else { vec![reviewed.into()] })
        }
        Command::MarkWrong(marked) => {
            let known = calls.wrong_numbers.contains(&marked.phone) || !phones.contains(&marked.phone);
            Ok(if known { vec![] } else { vec![marked.into()] })
        }
    }
}

fn decide_dial(
    calls: &Calls,
    phones: &[Personal<String>],
    dialled: CallDialled,
) -> Result<Vec<EntryEvent>, Refusal> {
    if calls.attempt(dialled.attempt).is_some() {
        return Err(Refusal::AttemptKnown);
    }
    // Somebody who rings the centre may do so from any telephone.
    if dialled.direction == CallDirection::Outbound {
        if !phones.contains(&dialled.phone) {
            return Err(Refusal::NotTheirNumber);
        }
        if calls.wrong_numbers.contains(&dialled.phone) {
            return Err(Refusal::WrongNumber);
        }
    }
    Ok(vec![dialled.into()])
}

fn decide_undo(
    calls: &Calls,
    attempt: Uuid,
    by: String,
    now: Timestamp,
    within: SignedDuration,
) -> Result<Vec<EntryEvent>, Refusal> {
    let known = calls.attempt(attempt).ok_or(Refusal::AttemptUnknown)?;
    let concluded = known.concluded.as_ref().ok_or(Refusal::NotConcluded)?;
    if concluded.by != by {
        return Err(Refusal::SomebodyElse);
    }
    if concluded.corrected || now.duration_since(concluded.at) > within {
        return Err(Refusal::TooLate);
    }
    Ok(vec![CallUndone { attempt, undone_by: by }.into()])
}

fn decide_correct(
    calls: &Calls,
    corrected: CallCorrected,
    ends_at: Timestamp,
) -> Result<Vec<EntryEvent>, Refusal> {
    let known = calls.attempt(corrected.attempt).ok_or(Refusal::AttemptUnknown)?;
    let concluded = known.concluded.as_ref().ok_or(Refusal::NotConcluded)?;
    check_reason(&corrected.reason)?;
    check(&corrected.outcome, corrected.corrected_at, ends_at)?;
    Ok(if concluded.outcome == corrected.outcome { vec![] } else { vec![corrected.into()] })
}

fn check_reason(reason: &Personal<String>) -> Result<(), Refusal> {
    if reason.0.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    if reason.0.chars().count() > WORDS_MAX {
        return Err(Refusal::TooLong);
    }
    Ok(())
}

/// Whether an outcome says all it must, and nothing it cannot.
pub(crate) fn check(outcome: &CallOutcome, now: Timestamp, ends_at: Timestamp) -> Result<(), Refusal> {
    let answered = outcome.contact == ContactResult::Answered;
    if answered != outcome.assessment.is_some() {
        return Err(Refusal::AssessmentMismatch);
    }
    let suspected = outcome.assessment == Some(Assessment::SuspectedBreach);
    if suspected == outcome.breach_grounds.is_empty() {
        return Err(Refusal::GroundsMismatch);
    }
    let note = outcome.note.as_ref().map_or("", |note| note.0.trim());
    if outcome.breach_grounds.contains(&events::call::BreachGround::Other) && note.is_empty() {
        return Err(Refusal::NoteMissing);
    }
    let agreed = outcome.contact == ContactResult::CallBackRequested;
    let time_fits = outcome.call_back_at.map_or(!agreed, |at| at > now && at < ends_at);
    if !time_fits {
        return Err(Refusal::CallBackTime);
    }
    let too_long = note.chars().count() > WORDS_MAX || outcome.answers.len() > ANSWERS_MAX;
    if too_long { Err(Refusal::TooLong) } else { Ok(()) }
}

#[cfg(test)]
#[path = "calls_tests.rs"]
mod tests;
