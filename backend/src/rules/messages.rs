//! Which text messages are due for an entry, and which are not to be sent after all.
//!
//! Days are counted from the day of arrival, which is day 0, as the regulation does it: a test "taken seven days after
//! arrival" is one of day 7. The message of day 2 belongs to the second day after the day of arrival.

use super::calls::{Calls, Concluded, Message};
use super::moments::{norwegian_day_of, norwegian_start_of};
use super::phone::takes_texts;
use super::queue::{self, next_open};
use events::call::{Assessment, ContactResult};
use events::follow_up::FollowUpPolicy;
use events::message::{MessageKind, MessageResult, StopGround};
use events::personal::Personal;
use events::record::EntryRecord;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Day from which a test may end the quarantine.
const TEST_FROM_DAY: i32 = 7;
/// Days on which the message of a day may be sent: the day itself, and the next one when something kept it.
const DAY_MESSAGE_DAYS: i32 = 2;
/// How long after a call something is still written about it.
const CALL_MESSAGE_WITHIN: SignedDuration = SignedDuration::from_hours(48);
/// How long before the data end the last message is sent: its fate must be told while there is a place for it.
const BEFORE_DATA_END: SignedDuration = SignedDuration::from_hours(1);
/// How long after sending nobody asks any more what became of a message.
const ASKED_FOR: SignedDuration = SignedDuration::from_hours(72);
/// How late a message may be handed over to the sending service.
const HANDED_OVER_WITHIN: SignedDuration = SignedDuration::from_hours(48);
/// The shortest and the longest time between two questions what became of a message.
const ASKED_EVERY: (SignedDuration, SignedDuration) =
    (SignedDuration::from_mins(1), SignedDuration::from_hours(6));
/// Languages whose readers read bokmål.
const READ_BOKMAAL: [&str; 5] = ["nb", "nn", "no", "da", "sv"];

/// What the messages of an entry follow from.
pub struct Scene<'a> {
    /// The entry as the queue of calls sees it.
    pub of: queue::Scene<'a>,
    /// Whether somebody wants the entry ended before its epoch.
    pub ending: bool,
}

/// A message that is to be ordered now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What it is about.
    pub kind: MessageKind,
    /// To which number.
    pub phone: Personal<String>,
    /// Not to be sent before.
    pub send_after: Timestamp,
    /// The day it belongs to: one of a kind, a number and a day.
    pub day: Date,
}

/// What is to be done about an entry's messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Order one.
    Order(Due),
    /// Hand one over that was ordered, to be sent at this moment. Nobody knows whether it was handed over before.
    HandOver(Message, Timestamp),
    /// Keep one from being sent.
    Stop(Message, StopGround),
    /// Ask what became of one.
    Ask(Message),
    /// The service never told what became of one.
    GiveUp(Message),
}

/// What is to be done now.
pub fn steps(scene: &Scene<'_>, policy: &FollowUpPolicy, now: Timestamp) -> Vec<Step> {
    let open = scene.of.calls.messages.iter().filter(|message| !is_settled(message));
    let mut steps: Vec<Step> = open.filter_map(|message| step_for(scene, policy, message, now)).collect();
    if let Some(phone) = phone(scene) {
        let due = occasions(scene, policy).filter_map(|occasion| occasion.due(scene, phone, policy, now));
        steps.extend(due.map(Step::Order));
    }
    steps
}

fn step_for(scene: &Scene<'_>, policy: &FollowUpPolicy, message: &Message, now: Timestamp) -> Option<Step> {
    let taken = message.result == Some(MessageResult::Accepted);
    let after = |span| message.send_after.saturating_add(span).unwrap_or(Timestamp::MAX);
    let is_sent = taken && message.send_after <= now;
    if is_sent && after(ASKED_FOR).min(last_moment(scene)) <= now {
        return Some(Step::GiveUp(message.clone()));
    }
    let send_at = next_open(policy, message.send_after.max(now))?;
    // One that was handed over late may still be waiting at the service, so it is tried to be had back.
    if let Some(ground) = stop_ground(scene, &message.phone, send_at) {
        return Some(Step::Stop(message.clone(), ground));
    }
    match taken {
        true => is_sent.then(|| Step::Ask(message.clone())),
        // What it says is no longer so.
        false if after(HANDED_OVER_WITHIN) <= now => Some(Step::GiveUp(message.clone())),
        false => Some(Step::HandOver(message.clone(), send_at)),
    }
}

/// When the next step is to be done, when nothing happens to the entry until then. What was tried now and is to be
/// left alone, such as a message that another of the party got, is named by `except`.
pub fn next_look(
    scene: &Scene<'_>,
    policy: &FollowUpPolicy,
    now: Timestamp,
    except: &[MessageKind],
) -> Option<Timestamp> {
    let open = scene.of.calls.messages.iter().filter(|message| !is_settled(message));
    let asked = open.map(|message| look_at(message, now));
    let to_come = |phone| {
        let occasions = occasions(scene, policy).filter(|occasion| !except.contains(&occasion.kind));
        occasions.filter_map(move |occasion| {
            let at = occasion.from.max(now);
            occasion.due(scene, phone, policy, at).map(|_| at)
        })
    };
    asked.chain(phone(scene).into_iter().flat_map(to_come)).min()
}

/// The same, for when something has just happened to the entry: what must not be sent is stopped at once.
pub fn look_after_event(scene: &Scene<'_>, policy: &FollowUpPolicy, now: Timestamp) -> Option<Timestamp> {
    let mut open = scene.of.calls.messages.iter().filter(|message| !is_settled(message));
    match open.any(|message| stop_ground(scene, &message.phone, message.send_after.max(now)).is_some()) {
        true => Some(now),
        false => next_look(scene, policy, now, &[]),
    }
}

fn look_at(message: &Message, now: Timestamp) -> Timestamp {
    if message.result != Some(MessageResult::Accepted) {
        return now;
    }
    // As long again as it has been on its way.
    let (shortest, longest) = ASKED_EVERY;
    let on_its_way = now.duration_since(message.send_after);
    let from = now.max(message.send_after);
    from.saturating_add(on_its_way.clamp(shortest, longest)).unwrap_or(from)
}

/// Whether nothing more will be heard of a message.
pub fn is_settled(message: &Message) -> bool {
    let final_result = match message.result {
        None | Some(MessageResult::Accepted) => false,
        Some(
            MessageResult::Delivered
            | MessageResult::Failed
            | MessageResult::InvalidRecipient
            | MessageResult::Unknown,
        ) => true,
    };
    message.stopped || final_result
}

/// Why a message to a number is not sent at a moment.
fn stop_ground(scene: &Scene<'_>, phone: &Personal<String>, at: Timestamp) -> Option<StopGround> {
    let assessed = scene.of.calls.last_assessed().and_then(|(_, _, assessment)| match assessment {
        Assessment::ExemptConfirmed | Assessment::LeftCountry | Assessment::NotTravelled => {
            Some(StopGround::OutOfScope)
        }
        Assessment::PositiveReferredToMunicipality => Some(StopGround::HandedOver),
        Assessment::UnderstandsAndComplies
        | Assessment::NeededGuidanceNowComplies
        | Assessment::SuspectedBreach
        | Assessment::UnableToAssess => None,
    });
    if assessed.is_some() {
        return assessed;
    }
    if scene.of.owed.positive {
        return Some(StopGround::HandedOver);
    }
    if !scene.of.owed.obliged || scene.ending {
        return Some(StopGround::OutOfScope);
    }
    if at >= scene.of.owed.quarantine_ends_at || at >= last_moment(scene) {
        return Some(StopGround::QuarantineOver);
    }
    scene.of.calls.wrong_numbers.contains(phone).then_some(StopGround::WrongNumber)
}

/// Before then everything is sent and told, because then the data end.
fn last_moment(scene: &Scene<'_>) -> Timestamp {
    scene.of.entry.epoch().ends_at().saturating_sub(BEFORE_DATA_END).unwrap_or(Timestamp::MIN)
}

/// Something to write about.
struct Occasion {
    kind: MessageKind,
    /// From when on.
    from: Timestamp,
    /// Until when, not included.
    until: Timestamp,
    /// The day that the message belongs to; that of its sending when there is none.
    day: Option<Date>,
    /// A message that belongs to this day or a later one is about the same.
    covered_from: Option<Date>,
}

fn occasions<'a>(scene: &'a Scene<'_>, policy: &'a FollowUpPolicy) -> impl Iterator<Item = Occasion> + 'a {
    let days = policy.message_days.iter().filter_map(|day| day_message(scene, *day));
    days.chain(after_call(scene.of.calls, policy))
}

fn day_message(scene: &Scene<'_>, day: u8) -> Option<Occasion> {
    let kind = match day {
        2 => MessageKind::Day2,
        5 => MessageKind::Day5,
        // Nothing is written for other days.
        _ => return None,
    };
    let day = day_of(scene.of.record, scene.of.registered_at, i32::from(day));
    Some(Occasion {
        kind,
        from: norwegian_start_of(day).max(scene.of.registered_at),
        until: norwegian_start_of(day.saturating_add(DAY_MESSAGE_DAYS.days())),
        day: Some(day),
        covered_from: None,
    })
}

/// What the last call gives to write about, once its outcome cannot be taken back any more.
fn after_call(calls: &Calls, policy: &FollowUpPolicy) -> Option<Occasion> {
    let concluded = calls.attempts.iter().rev().find_map(|attempt| attempt.concluded.as_ref())?;
    let undone_within = SignedDuration::from_secs(i64::from(policy.undo_seconds));
    Some(Occasion {
        kind: kind_after(concluded)?,
        from: concluded.at.saturating_add(undone_within).unwrap_or(concluded.at),
        until: concluded.at.saturating_add(CALL_MESSAGE_WITHIN).unwrap_or(concluded.at),
        day: None,
        covered_from: Some(norwegian_day_of(concluded.at)),
    })
}

fn kind_after(concluded: &Concluded) -> Option<MessageKind> {
    match concluded.outcome.contact {
        ContactResult::NoAnswer | ContactResult::Busy | ContactResult::VoicemailLeft => {
            Some(MessageKind::NoAnswer)
        }
        ContactResult::LanguageBarrier => Some(MessageKind::LanguageBarrier),
        ContactResult::Answered => (concluded.outcome.assessment
            == Some(Assessment::NeededGuidanceNowComplies))
        .then_some(MessageKind::GuidanceAfterCall),
        ContactResult::WrongNumber
        | ContactResult::NumberNotInService
        | ContactResult::Refused
        | ContactResult::CallBackRequested
        | ContactResult::HungUp
        | ContactResult::ThirdParty => None,
    }
}

impl Occasion {
    fn due(
        &self,
        scene: &Scene<'_>,
        phone: &Personal<String>,
        policy: &FollowUpPolicy,
        now: Timestamp,
    ) -> Option<Due> {
        if now < self.from || self.is_covered(scene.of.calls) {
            return None;
        }
        let send_after = next_open(policy, now).filter(|at| *at < self.until)?;
        if stop_ground(scene, phone, send_after).is_some() {
            return None;
        }
        let day = self.day.unwrap_or_else(|| norwegian_day_of(send_after));
        Some(Due { kind: self.kind, phone: phone.clone(), send_after, day })
    }

    /// Whether it was written already. What was stopped was not.
    fn is_covered(&self, calls: &Calls) -> bool {
        calls.messages.iter().any(|message| {
            let same_day = self.covered_from.is_none_or(|day| day <= norwegian_day_of(message.send_after));
            message.kind == self.kind && !message.stopped && same_day
        })
    }
}

/// The first number that can receive texts, and from which none came back.
fn phone<'a>(scene: &'a Scene<'_>) -> Option<&'a Personal<String>> {
    let calls = scene.of.calls;
    let came_back = |number: &Personal<String>| {
        calls.messages.iter().any(|message| {
            message.result == Some(MessageResult::InvalidRecipient) && message.phone == *number
        })
    };
    let numbers = scene.of.record.person.phones.iter().filter_map(|phone| phone.e164.as_ref());
    numbers
        .filter(|number| !calls.wrong_numbers.contains(number) && !came_back(number))
        .find(|number| takes_texts(&number.0))
}

/// The language to write in, of those that there are texts in: the traveller's, or else English abroad and bokmål at
/// home, as the number tells.
pub fn language(scene: &Scene<'_>, phone: &Personal<String>, is_written: impl Fn(&str) -> bool) -> String {
    let wanted = queue::language(&scene.of);
    if is_written(&wanted) {
        return wanted;
    }
    let at_home = READ_BOKMAAL.contains(&wanted.as_str()) || phone.0.starts_with("+47");
    if at_home { "nb".to_owned() } else { "en".to_owned() }
}

/// A day of the quarantine; day 0 is that of arrival.
fn day_of(record: &EntryRecord, registered_at: Timestamp, day: i32) -> Date {
    let arrival = record.trip.arrival.unwrap_or_else(|| norwegian_day_of(registered_at));
    arrival.saturating_add(day.days())
}

/// The last day of the quarantine.
pub fn last_day(scene: &Scene<'_>) -> Date {
    let end = scene.of.owed.quarantine_ends_at;
    norwegian_day_of(end.saturating_sub(SignedDuration::from_micros(1)).unwrap_or(end))
}

/// The first day on which a test may end the quarantine.
pub fn test_from(scene: &Scene<'_>) -> Date {
    day_of(scene.of.record, scene.of.registered_at, TEST_FROM_DAY)
}

#[cfg(test)]
#[path = "messages_tests.rs"]
mod tests;
