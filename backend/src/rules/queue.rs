//! Where an entry stands in the queue of calls, from what is known of it and the policy. The moments it names come
//! from the policy and the log alone, so that the same log always leads to the same queue.

use super::calls::{Attempt, Calls};
use super::moments::{norwegian, norwegian_day_of, norwegian_moment};
use events::EntryId;
use events::call::{Assessment, ContactResult, QueueDirection};
use events::follow_up::{FollowUpPolicy, PriorityGround, Retry};
use events::record::EntryRecord;
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Minutes for which an attempt without an outcome stays with whoever dialled.
const OUTCOME_AWAITED_MINUTES: i64 = 60;
/// Minutes after which somebody who could not be assessed, or seems to break the rules, is called again.
const CALLED_AGAIN_MINUTES: i64 = 24 * 60;
/// Minutes after which somebody is called again with whom no language was found.
const LANGUAGE_UNKNOWN_MINUTES: i64 = 4 * 60;
/// Days that are looked at for an hour in which it may be rung.
const DAYS_LOOKED_AT: i32 = 8;

/// What the standing follows from.
pub struct Scene<'a> {
    /// The entry.
    pub entry: EntryId,
    /// The record.
    pub record: &'a EntryRecord,
    /// What is owed.
    pub owed: Owed,
    /// Whether the address is protected.
    pub protected: bool,
    /// When it was taken in.
    pub registered_at: Timestamp,
    /// The calls.
    pub calls: &'a Calls,
}

/// What an entry owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Whether rules oblige the traveller to anything that is followed up.
    pub obliged: bool,
    /// Whether a test since arrival found the virus: the municipality takes over.
    pub positive: bool,
    /// When the quarantine ends; the end of the data where there is none.
    pub quarantine_ends_at: Timestamp,
}

/// Where an entry stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody calls.
    Out(Out),
    /// Somebody calls when it is time.
    In(Turn),
}

impl Standing {
    /// When and how somebody calls, if anybody does.
    pub fn turn(&self) -> Option<&Turn> {
        match self {
            Standing::In(turn) => Some(turn),
            Standing::Out(_) => None,
        }
    }
}

/// Why nobody calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Out {
    /// Nothing is owed.
    NotObliged,
    /// There is no number that can be rung.
    NoNumber,
    /// Chance left the traveller out.
    NotSampled,
    /// As many attempts as the policy allows led to nothing.
    AttemptsUsedUp,
    /// Was guided, and keeps the rules until the end.
    FollowedUp,
    /// Is exempt, as the conversation showed.
    Exempt,
    /// Left the country, or never came.
    Departed,
    /// The municipality has taken over.
    HandedOver,
    /// The address is protected: those who may see it follow up.
    Protected,
    /// It is over before it may be rung.
    TooLate,
}

/// When and how somebody calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Not before.
    pub due_at: Timestamp,
    /// Place in the order: smaller comes first.
    pub class: i16,
    /// Within a class, the earlier comes first: when quarantine or data end.
    pub urgent_at: Timestamp,
    /// Whether nobody has spoken with the traveller yet.
    pub never_reached: bool,
    /// The language to call in; empty when none was told.
    pub language: String,
    /// Who calls before all others, and until when.
    pub reserved: Option<(String, Timestamp)>,
}

/// Class of an agreed call-back.
pub const CLASS_CALL_BACK: i16 = 0;
/// Class of what a lead put first.
pub const CLASS_FIRST: i16 = 1;
/// Class of the policy's first ground.
pub const CLASS_POLICY: i16 = 2;

/// Where an entry stands in the queue.
pub fn standing(scene: &Scene<'_>, policy: &FollowUpPolicy) -> Standing {
    if let Some(out) = out(scene, policy) {
        return Standing::Out(out);
    }
    let urgent_at = scene.owed.quarantine_ends_at.min(scene.entry.epoch().ends_at());
    let wanted = wanted_at(scene, policy);
    let Some(due_at) = next_open(policy, wanted).filter(|at| *at < urgent_at) else {
        return Standing::Out(settled(scene).unwrap_or(Out::TooLate));
    };
    Standing::In(Turn {
        due_at,
        class: class(scene, policy),
        urgent_at,
        never_reached: scene.calls.last_assessed().is_none(),
        language: language(scene),
        reserved: reserved(scene, policy, due_at),
    })
}

/// Somebody who was guided and whose quarantine ends before the policy asks again.
fn settled(scene: &Scene<'_>) -> Option<Out> {
    scene.calls.last_assessed().map(|_| Out::FollowedUp)
}

fn out(scene: &Scene<'_>, policy: &FollowUpPolicy) -> Option<Out> {
    if let Some((_, _, assessment)) = scene.calls.last_assessed() {
        match assessment {
            Assessment::ExemptConfirmed => return Some(Out::Exempt),
            Assessment::LeftCountry | Assessment::NotTravelled => return Some(Out::Departed),
            Assessment::PositiveReferredToMunicipality => return Some(Out::HandedOver),
            Assessment::UnderstandsAndComplies
            | Assessment::NeededGuidanceNowComplies
            | Assessment::SuspectedBreach
            | Assessment::UnableToAssess => {}
        }
    }
    if scene.owed.positive {
        return Some(Out::HandedOver);
    }
    if scene.protected {
        return Some(Out::Protected);
    }
    let directed = matches!(scene.calls.directed, Some(QueueDirection::First | QueueDirection::To { .. }));
    if !scene.owed.obliged {
        return Some(Out::NotObliged);
    }
    if callable_numbers(scene, policy).next().is_none() {
        return Some(Out::NoNumber);
    }
    if !directed && !sampled(scene.entry, policy.sample_permille) {
        return Some(Out::NotSampled);
    }
    let tried = scene.calls.attempts.iter().filter(|attempt| is_failed(attempt, policy)).count();
    (!directed && tried >= usize::from(policy.attempts_max)).then_some(Out::AttemptsUsedUp)
}

/// Numbers that can be rung, best first: not those that turned out to be somebody else's, or nobody's.
fn callable_numbers<'a>(scene: &'a Scene<'_>, policy: &'a FollowUpPolicy) -> impl Iterator<Item = &'a str> {
    let given_up = |number: &events::Personal<String>| {
        let of_number = |attempt: &&Attempt| attempt.phone == *number && attempt.concluded.is_some();
        let last = scene.calls.attempts.iter().rev().find(of_number);
        let contact = last.and_then(|attempt| attempt.concluded.as_ref()).map(|said| said.outcome.contact);
        contact.is_some_and(|contact| policy.retry.get(&contact) == Some(&Retry::Never))
    };
    let numbers = scene.record.person.phones.iter().filter_map(|phone| phone.e164.as_ref());
    numbers
        .filter(move |number| !scene.calls.wrong_numbers.contains(number) && !given_up(number))
        .map(|number| number.0.as_str())
}

/// Chance by the entry's own random bits: the same answer on every node, at every time.
fn sampled(entry: EntryId, permille: u16) -> bool {
    entry.uuid().as_u128() % 1_000 < u128::from(permille)
}

/// An attempt that counts against the policy's limits.
fn is_failed(attempt: &Attempt, policy: &FollowUpPolicy) -> bool {
    attempt.concluded.as_ref().is_none_or(|concluded| {
        let contact = concluded.outcome.contact;
        contact != ContactResult::Answered && policy.retry.get(&contact) != Some(&Retry::InLanguage)
    })
}

/// When somebody should call, were it always allowed to ring.
fn wanted_at(scene: &Scene<'_>, policy: &FollowUpPolicy) -> Timestamp {
    let after_attempts = match scene.calls.attempts.last() {
        None => first_call(scene, policy),
        Some(last) => after(last, scene, policy),
    };
    // Whoever was guided and wants to be called again all the same is.
    let agreed = call_back(scene.calls).is_some();
    let guided = guided_until(scene.calls, policy).filter(|_| !agreed);
    let not_before = [scene.calls.skipped_until, set_aside_until(scene), guided];
    not_before.into_iter().flatten().fold(after_attempts, Timestamp::max)
}

fn set_aside_until(scene: &Scene<'_>) -> Option<Timestamp> {
    match scene.calls.directed {
        Some(QueueDirection::SetAside { until }) => Some(until),
        Some(QueueDirection::AsPolicy | QueueDirection::First | QueueDirection::To { .. }) | None => None,
    }
}

/// Until when somebody who was guided and understood is left alone, with all who share person, phone or party.
pub fn guided_until(calls: &Calls, policy: &FollowUpPolicy) -> Option<Timestamp> {
    let (_, concluded, assessment) = calls.last_assessed()?;
    let understood = matches!(
        assessment,
        Assessment::UnderstandsAndComplies
            | Assessment::NeededGuidanceNowComplies
            | Assessment::PositiveReferredToMunicipality
    );
    let days = SignedDuration::from_hours(24 * i64::from(policy.guided_for_days));
    understood.then(|| concluded.at.saturating_add(days).unwrap_or(concluded.at))
}

/// Nobody is rung while still in the air.
fn first_call(scene: &Scene<'_>, policy: &FollowUpPolicy) -> Timestamp {
    let arrival = scene.record.trip.arrival.unwrap_or_else(|| norwegian_day_of(scene.registered_at));
    let crossed = scene.record.trip.border_crossed.is_some();
    let days = if crossed { 0 } else { i32::from(policy.first_call_day) };
    let day = arrival.saturating_add(days.days());
    norwegian_moment(day.to_datetime(Time::midnight())).max(scene.registered_at)
}

fn after(last: &Attempt, scene: &Scene<'_>, policy: &FollowUpPolicy) -> Timestamp {
    let minutes = |n: i64| SignedDuration::from_mins(n);
    let plus = |at: Timestamp, by| at.saturating_add(by).unwrap_or(at);
    let Some(concluded) = &last.concluded else {
        return plus(last.dialled_at, minutes(OUTCOME_AWAITED_MINUTES));
    };
    if let Some(at) = concluded.outcome.call_back_at {
        return at;
    }
    let at = match policy.retry.get(&concluded.outcome.contact) {
        // It goes on to somebody who speaks the language, when that is known.
        Some(Retry::InLanguage) if concluded.outcome.language_needed.is_some() => {
            return within_day_limit(concluded.at, scene, policy);
        }
        Some(Retry::InLanguage) => plus(concluded.at, minutes(LANGUAGE_UNKNOWN_MINUTES)),
        // Another number may be there; without one the entry is out.
        Some(Retry::Never) => return within_day_limit(concluded.at, scene, policy),
        Some(Retry::After { minutes: delays }) => {
            let same = |attempt: &&Attempt| {
                attempt
                    .concluded
                    .as_ref()
                    .is_some_and(|other| other.outcome.contact == concluded.outcome.contact)
            };
            let times = scene.calls.attempts.iter().rev().take_while(same).count();
            let delay = delays.get(times.saturating_sub(1)).or(delays.last()).copied().unwrap_or(0);
            plus(concluded.at, minutes(i64::from(delay)))
        }
        None => plus(concluded.at, minutes(CALLED_AGAIN_MINUTES)),
    };
    within_day_limit(rotated(at, last, policy), scene, policy)
}

/// Parts of a day: morning, afternoon, evening.
fn part_of_day(at: DateTime) -> i8 {
    match at.hour() {
        ..12 => 0,
        12..17 => 1,
        _ => 2,
    }
}

/// Whoever did not answer in the morning is tried in the afternoon.
fn rotated(at: Timestamp, last: &Attempt, policy: &FollowUpPolicy) -> Timestamp {
    let open = next_open(policy, at).unwrap_or(at);
    let (then, before) = (norwegian(open), norwegian(last.dialled_at));
    if !policy.rotate_time_of_day || part_of_day(then) != part_of_day(before) {
        return open;
    }
    let next_part = match part_of_day(then) {
        0 => then.date().at(12, 0, 0, 0),
        1 => then.date().at(17, 0, 0, 0),
        _ => then.date().saturating_add(1.days()).at(0, 0, 0, 0),
    };
    norwegian_moment(next_part)
}

/// No more than so many attempts a day.
fn within_day_limit(at: Timestamp, scene: &Scene<'_>, policy: &FollowUpPolicy) -> Timestamp {
    let day = norwegian_day_of(at);
    let on_day =
        scene.calls.attempts.iter().filter(|attempt| norwegian_day_of(attempt.dialled_at) == day).count();
    if on_day < usize::from(policy.attempts_per_day_max) {
        return at;
    }
    norwegian_moment(day.saturating_add(1.days()).to_datetime(Time::midnight()))
}

/// The first moment from `at` on at which it may be rung, in Norway, where whoever has arrived is.
pub fn next_open(policy: &FollowUpPolicy, at: Timestamp) -> Option<Timestamp> {
    let local = norwegian(at);
    (0..DAYS_LOOKED_AT).find_map(|later| {
        let day = local.date().checked_add(later.days()).ok()?;
        let opens = hours_of(policy, day).filter_map(|(from, until)| {
            let start = norwegian_moment(day.to_datetime(from)).max(at);
            (start < norwegian_moment(day.to_datetime(until))).then_some(start)
        });
        opens.min()
    })
}

fn hours_of(policy: &FollowUpPolicy, day: Date) -> impl Iterator<Item = (Time, Time)> {
    let weekday = day.weekday().to_monday_one_offset().unsigned_abs();
    let hours = policy.calling_hours.iter().filter(move |hours| hours.weekdays.contains(&weekday));
    hours.map(|hours| (hours.from, hours.until))
}

fn class(scene: &Scene<'_>, policy: &FollowUpPolicy) -> i16 {
    if call_back(scene.calls).is_some() {
        return CLASS_CALL_BACK;
    }
    if matches!(scene.calls.directed, Some(QueueDirection::First | QueueDirection::To { .. })) {
        return CLASS_FIRST;
    }
    let place = policy.priority.iter().position(|ground| fits(*ground, scene));
    CLASS_POLICY + i16::try_from(place.unwrap_or(policy.priority.len())).unwrap_or(i16::MAX / 2)
}

/// The class of a ground in a policy.
pub fn class_of(ground: PriorityGround, policy: &FollowUpPolicy) -> Option<i16> {
    let place = policy.priority.iter().position(|other| *other == ground)?;
    i16::try_from(place).ok().map(|place| CLASS_POLICY + place)
}

/// The class of whoever fits no ground of a policy.
pub fn lowest_class(policy: &FollowUpPolicy) -> i16 {
    CLASS_POLICY + i16::try_from(policy.priority.len()).unwrap_or(i16::MAX / 2)
}

fn fits(ground: PriorityGround, scene: &Scene<'_>) -> bool {
    match ground {
        // Time alone brings somebody here; the queue moves them up when it comes.
        PriorityGround::LastDay => false,
        PriorityGround::SuspectedBefore => scene
            .calls
            .last_assessed()
            .is_some_and(|(_, _, assessment)| assessment == Assessment::SuspectedBreach),
        PriorityGround::EmployerProvidesPlace => {
            scene.record.quarantine.place_code.as_deref() == Some("4003")
        }
        PriorityGround::NeverReached => scene.calls.last_assessed().is_none(),
    }
}

/// The time agreed for a call-back, and with whom, while nobody has rung since.
fn call_back(calls: &Calls) -> Option<(Timestamp, &str)> {
    let last = calls.attempts.last()?;
    let concluded = last.concluded.as_ref()?;
    concluded.outcome.call_back_at.map(|at| (at, concluded.by.as_str()))
}

/// The language to speak with a traveller: what a caller found to be needed, or else what the source told; empty when
/// nobody told.
pub fn language(scene: &Scene<'_>) -> String {
    let needed = scene
        .calls
        .attempts
        .iter()
        .rev()
        .find_map(|attempt| attempt.concluded.as_ref()?.outcome.language_needed.clone());
    let told = needed.or_else(|| scene.record.person.language.clone());
    let is_code = |code: &String| code.len() <= 3 && code.chars().all(|c| c.is_ascii_lowercase());
    told.filter(is_code).unwrap_or_default()
}

fn reserved(scene: &Scene<'_>, policy: &FollowUpPolicy, due_at: Timestamp) -> Option<(String, Timestamp)> {
    let until = |minutes: i64| due_at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(due_at);
    if let Some(QueueDirection::To { caller }) = &scene.calls.directed {
        return Some((caller.clone(), scene.entry.epoch().ends_at()));
    }
    if let Some((_, caller)) = call_back(scene.calls) {
        return Some((caller.to_owned(), until(i64::from(policy.call_back_waits_minutes))));
    }
    let last = scene.calls.attempts.last()?;
    last.concluded.is_none().then(|| (last.caller.clone(), until(0)))
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
