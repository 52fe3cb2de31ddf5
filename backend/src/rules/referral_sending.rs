//! When the message with a referral is handed over, when it is asked what became of it, and when nobody asks any more.

use super::calls::Calls;
use super::referral::{Referral, cause};
use events::record::EntryRecord;
use events::referral::DeliveryStatus;
use jiff::{SignedDuration, Timestamp};

/// How long a message may be on its way; the service's own default.
const ON_ITS_WAY_MAX: SignedDuration = SignedDuration::from_hours(24);
/// How long after it was handed over nobody asks any more what became of a message.
const ASKED_FOR: SignedDuration = SignedDuration::from_hours(72);
/// How long before the data end nothing is handed over or asked any more: there must be a place for the answer.
const BEFORE_DATA_END: SignedDuration = SignedDuration::from_hours(1);
/// The shortest and the longest time between two tries to hand a message over.
const TRIED_EVERY: (SignedDuration, SignedDuration) =
    (SignedDuration::from_mins(1), SignedDuration::from_hours(1));
/// The shortest and the longest time between two questions what became of a message.
const ASKED_EVERY: (SignedDuration, SignedDuration) =
    (SignedDuration::from_mins(1), SignedDuration::from_hours(6));

/// A referral, and what its sending follows from.
pub struct Sending<'a> {
    /// The referral.
    pub referral: &'a Referral,
    /// Not to be sent before: then the outcome of the conversation cannot be taken back any more. `None` when the
    /// conversation gives no cause for it, or the entry is being ended or its address protected.
    pub ready_at: Option<Timestamp>,
    /// When the data end.
    pub ends_at: Timestamp,
}

impl<'a> Sending<'a> {
    /// The sending of a referral; an outcome can be taken back `within` so long.
    pub fn new(
        referral: &'a Referral,
        calls: &Calls,
        record: &EntryRecord,
        within: SignedDuration,
        ends_at: Timestamp,
        ending: bool,
    ) -> Sending<'a> {
        let cause = cause(calls, record, referral.content.conversation).filter(|_| !ending);
        let settled = cause.and_then(|cause| cause.said_at.checked_add(within).ok());
        let ready_at = settled.map(|settled| settled.max(referral.ordered_at));
        Sending { referral, ready_at, ends_at }
    }

    fn last_moment(&self) -> Timestamp {
        self.ends_at.saturating_sub(BEFORE_DATA_END).unwrap_or(Timestamp::MIN)
    }

    /// From when it is to be handed over; `None` when it is not to be.
    fn handed_over_from(&self) -> Option<Timestamp> {
        let Referral { joins, sent_at, status, closed, .. } = self.referral;
        let waits = joins.is_none() && sent_at.is_none() && status.is_none() && closed.is_none();
        self.ready_at.filter(|ready| waits && *ready < self.last_moment())
    }
}

/// What is to be done about a referral's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Hand it over. Nobody knows whether it was handed over before.
    HandOver,
    /// Ask what became of it.
    Ask,
    /// The service never told.
    GiveUp,
}

/// What is to be done now.
pub fn step(sending: &Sending<'_>, now: Timestamp) -> Option<Step> {
    if let Some(from) = sending.handed_over_from() {
        return (from <= now && now < sending.last_moment()).then_some(Step::HandOver);
    }
    let sent_at = sending.referral.sent_at?;
    let until = plus(sent_at, ASKED_FOR).min(sending.last_moment());
    match sending.referral.status.map(|(status, _)| status) {
        Some(DeliveryStatus::Read) => None,
        Some(status) if status.is_dead() => None,
        Some(DeliveryStatus::Delivered) => (now < until).then_some(Step::Ask),
        Some(_) | None => Some(if now < until { Step::Ask } else { Step::GiveUp }),
    }
}

/// When the next step is to be done, if nothing happens to the referral until then.
pub fn next_look(sending: &Sending<'_>, now: Timestamp) -> Option<Timestamp> {
    if let Some(from) = sending.handed_over_from() {
        return (now < sending.last_moment()).then_some(from.max(now));
    }
    let sent_at = sending.referral.sent_at?;
    // Whether it is still to be looked at is the same question a moment from now.
    step(sending, now)?;
    Some(plus(now.max(sent_at), since(sent_at, now, ASKED_EVERY)))
}

/// When it is tried again after it could not be handed over: as long again as it has waited.
pub fn tried_again_at(sending: &Sending<'_>, now: Timestamp) -> Timestamp {
    plus(now, since(sending.ready_at.unwrap_or(now), now, TRIED_EVERY))
}

/// Until when the message may be on its way, handed over now. Nothing is delivered after the data have ended.
pub fn expires_at(sending: &Sending<'_>, now: Timestamp) -> Timestamp {
    plus(now, ON_ITS_WAY_MAX).min(sending.ends_at)
}

fn since(from: Timestamp, now: Timestamp, (least, most): (SignedDuration, SignedDuration)) -> SignedDuration {
    now.duration_since(from).clamp(least, most)
}

fn plus(moment: Timestamp, span: SignedDuration) -> Timestamp {
    moment.saturating_add(span).unwrap_or(Timestamp::MAX)
}
