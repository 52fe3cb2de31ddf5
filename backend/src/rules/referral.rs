//! Referrals to the labour inspectorate on one entry: what may be told, what may be done, and what is known from what
//! was done.

use super::calls::{Attempt, Calls, Concluded};
use super::moments::norwegian_day_of;
use super::numbers::organisation;
use events::EntryEvent;
use events::call::{Assessment, BreachGround};
use events::personal::Personal;
use events::record::EntryRecord;
use events::referral::{
    Accommodation, DeliveryStatus, EmployerBreach, InspectionOutcome, LegalBasis, MoreWanted, ReferralClosed,
    ReferralCompleted, ReferralContent, ReferralFacts, ReferralMade, ReferralReceived, ReferralResent,
    ReferralReturned, ReferralSent, ReferralStatus, ReferredEmployer,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Characters of an employer's name at most.
pub const NAME_MAX: usize = 120;
/// Characters of an address at most.
pub const ADDRESS_MAX: usize = 200;
/// Characters of an inspector's words at most.
pub const NOTE_MAX: usize = 500;
/// Sleepers in a room that are believed.
const SLEEPERS_MAX: u8 = 60;
/// Referrals of one entry at most.
const REFERRALS_MAX: usize = 20;

/// What is known of an entry's referrals, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Referrals(pub Vec<Referral>);

/// One referral.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Referral {
    /// Its id.
    pub id: Uuid,
    /// The open referral of another of the contact that it joins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joins: Option<Uuid>,
    /// What is told, as it stands.
    pub content: ReferralContent,
    /// By which rule.
    pub legal_basis: LegalBasis,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// The message in which it goes out, or went out last.
    pub message: Uuid,
    /// Since when that message is to be sent.
    pub ordered_at: Timestamp,
    /// When it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// How it stands, as far as it was told, and since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<(DeliveryStatus, Timestamp)>,
    /// Whether an inspector has it in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Mark>,
    /// What more is wanted, until it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Returned>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What more is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Returned {
    /// What.
    pub wanted: Vec<MoreWanted>,
    /// The inspector's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal<String>>,
    /// Who wants it, since when.
    pub mark: Mark,
}

/// What came of a referral.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    /// What.
    pub outcome: InspectionOutcome,
    /// Who says so, since when.
    pub mark: Mark,
}

/// What one may ask of an entry's referrals.
#[derive(Clone)]
pub enum Command {
    /// Tell the labour inspectorate.
    Make(ReferralMade),
    /// Tell more, after it was asked for.
    Complete(ReferralCompleted),
    /// Send it again, after it never arrived.
    Resend(ReferralResent),
    /// Write down that its message was handed over.
    Sent(ReferralSent),
    /// Write down how its message stands.
    Status(ReferralStatus),
    /// Take it in hand.
    Receive(ReferralReceived),
    /// Ask for more.
    Return(ReferralReturned),
    /// Close it.
    Close(ReferralClosed),
}

/// Why a command is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such referral.
    #[error("there is no such referral")]
    Unknown,
    /// There is a referral with this id and another content.
    #[error("there is a referral with this id already")]
    Known,
    /// No conversation of this id gives cause for it.
    #[error("a referral needs a conversation with a suspected breach in which an employer seems to fail")]
    NoCause,
    /// The address is protected: it leaves with no referral.
    #[error("the address is protected; the labour inspectorate is told in another way")]
    Protected,
    /// Something is told that was not said.
    #[error("what is told must have been said in the conversation")]
    NotSaid,
    /// Nothing is told.
    #[error("a referral tells at least one thing")]
    NothingTold,
    /// The employer has no name, or one that is too long.
    #[error("a referral names an employer")]
    EmployerMissing,
    /// The organisation number is none.
    #[error("the organisation number is none")]
    OrganisationNumber,
    /// The place has no address, or one that is none.
    #[error("a referral names a place")]
    PlaceMissing,
    /// It is closed.
    #[error("the referral is closed")]
    Closed,
    /// Nobody asked for more.
    #[error("nobody asked for more")]
    NotReturned,
    /// It may still arrive.
    #[error("the message may still arrive, or has")]
    NotDead,
    /// What more is wanted is missing.
    #[error("what more is wanted must be said")]
    WantedMissing,
    /// Too many words or referrals.
    #[error("there are too many words or referrals")]
    TooMany,
}

/// A referral as it was made.
fn at_first(made: &ReferralMade) -> Referral {
    Referral {
        id: made.referral,
        joins: made.joins,
        content: made.content.clone(),
        legal_basis: made.legal_basis,
        made_by: made.made_by.clone(),
        made_at: made.made_at,
        message: made.referral,
        ordered_at: made.made_at,
        sent_at: None,
        status: None,
        received: None,
        returned: None,
        closed: None,
    }
}

/// Moves on by an event that is about referrals; others leave it as it is.
pub fn evolve(referrals: &mut Referrals, event: &EntryEvent) {
    match event {
        EntryEvent::ReferralMade(made) => referrals.0.push(at_first(made)),
        EntryEvent::ReferralSent(sent) => with(referrals, sent.referral, |referral| {
            if referral.message == sent.message {
                referral.sent_at = Some(sent.at);
            }
        }),
        EntryEvent::ReferralStatus(told) => with(referrals, told.referral, |referral| {
            if referral.message == told.message {
                referral.status = Some((told.status, told.at));
            }
        }),
        EntryEvent::ReferralReceived(received) => with(referrals, received.referral, |referral| {
            referral.received = Some(Mark { by: received.received_by.clone(), at: received.at });
        }),
        EntryEvent::ReferralReturned(returned) => with(referrals, returned.referral, |referral| {
            let mark = Mark { by: returned.returned_by.clone(), at: returned.at };
            let (wanted, note) = (returned.wanted.clone(), returned.note.clone());
            referral.returned = Some(Returned { wanted, note, mark });
        }),
        EntryEvent::ReferralCompleted(completed) => with(referrals, completed.referral, |referral| {
            referral.content = completed.content.clone();
            referral.returned = None;
            order(referral, completed.message, completed.at);
        }),
        EntryEvent::ReferralResent(resent) => {
            with(referrals, resent.referral, |referral| order(referral, resent.message, resent.at));
        }
        EntryEvent::ReferralClosed(closed) => with(referrals, closed.referral, |referral| {
            let mark = Mark { by: closed.closed_by.clone(), at: closed.at };
            referral.closed = Some(Closed { outcome: closed.outcome, mark });
        }),
        EntryEvent::Registered(_)
        | EntryEvent::Updated(_)
        | EntryEvent::HotelCheckedIn(_)
        | EntryEvent::HotelCheckedOut(_)
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
        | EntryEvent::Declined(_) => {}
    }
}

fn with(referrals: &mut Referrals, id: Uuid, change: impl FnOnce(&mut Referral)) {
    if let Some(referral) = referrals.0.iter_mut().find(|known| known.id == id) {
        change(referral);
    }
}

/// From now on it goes out in this message.
fn order(referral: &mut Referral, message: Uuid, at: Timestamp) {
    referral.message = message;
    referral.ordered_at = at;
    referral.sent_at = None;
    referral.status = None;
}

impl Referrals {
    /// The referral with an id.
    pub fn get(&self, id: Uuid) -> Option<&Referral> {
        self.0.iter().find(|referral| referral.id == id)
    }

    /// The open referral that tells of the same employer and place.
    pub fn open_about(&self, content: &ReferralContent) -> Option<&Referral> {
        self.0.iter().find(|referral| referral.closed.is_none() && same_matter(&referral.content, content))
    }
}

/// A conversation that gives cause for a referral, and all that may be told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// The conversation.
    pub conversation: Uuid,
    /// When its outcome was said.
    pub said_at: Timestamp,
    /// All facts that were said.
    pub facts: ReferralFacts,
}

/// The cause that a conversation gives; none when nobody suspected a breach in it, or no employer seems to fail, or
/// when that was taken back or corrected since.
pub fn cause(calls: &Calls, record: &EntryRecord, conversation: Uuid) -> Option<Cause> {
    let attempt = calls.attempt(conversation)?;
    let said = attempt.concluded.as_ref()?;
    gives_cause(said).then(|| cause_of(attempt, said, record))
}

/// The last conversation that gives cause for a referral.
pub fn last_cause(calls: &Calls, record: &EntryRecord) -> Option<Cause> {
    let mut attempts = calls.attempts.iter().rev();
    attempts.find_map(|attempt| cause(calls, record, attempt.id))
}

fn gives_cause(said: &Concluded) -> bool {
    said.outcome.assessment == Some(Assessment::SuspectedBreach) && said.outcome.employer_failure_suspected
}

fn cause_of(attempt: &Attempt, said: &Concluded, record: &EntryRecord) -> Cause {
    let answer = |question: &str| {
        let answers = said.outcome.answers.iter();
        answers.rev().find(|answer| answer.question == question).map(|answer| answer.answer.0.as_str())
    };
    let mut breaches: Vec<EmployerBreach> =
        said.outcome.breach_grounds.iter().filter_map(|ground| of_employer(*ground)).collect();
    breaches.sort_unstable();
    breaches.dedup();
    // What the traveller chose at registration says it too: lodging that the employer provides.
    let lodged =
        answer("employer-houses") == Some("yes") || record.quarantine.place_code.as_deref() == Some("4003");
    let sleepers = answer("room-shared-by").and_then(|number| number.trim().parse::<u8>().ok());
    Cause {
        conversation: attempt.id,
        said_at: said.at,
        facts: ReferralFacts {
            told_on: norwegian_day_of(said.at),
            arrived_on: record.trip.arrival,
            breaches,
            lodged_by_employer: lodged,
            sleep_in_room: sleepers.filter(|number| (1..=SLEEPERS_MAX).contains(number)),
            told_to_work: answer("told-to-work") == Some("yes"),
        },
    }
}

/// A ground, as far as an employer has to do with it.
fn of_employer(ground: BreachGround) -> Option<EmployerBreach> {
    match ground {
        BreachGround::NotAtPlace => Some(EmployerBreach::NotAtPlace),
        BreachGround::Working => Some(EmployerBreach::Working),
        BreachGround::SharedRoom => Some(EmployerBreach::SharedRoom),
        BreachGround::SharedFacilities => Some(EmployerBreach::SharedFacilities),
        BreachGround::AmongPeople => Some(EmployerBreach::AmongPeople),
        BreachGround::ReceivesVisitors | BreachGround::TestNotTaken | BreachGround::Other => None,
    }
}

/// The employer that the record tells of, as far as it does.
pub fn employer_of(record: &EntryRecord) -> Option<ReferredEmployer> {
    let employer = record.employer.as_ref()?;
    let name = employer.name.as_deref().map(str::trim).filter(|name| !name.is_empty())?;
    Some(ReferredEmployer { org_number: employer.org_number.clone(), name: name.into() })
}

/// The place that the record tells of, as far as it does.
pub fn place_of(record: &EntryRecord) -> Option<Accommodation> {
    let quarantine = &record.quarantine;
    let address = quarantine.address.as_ref().or(quarantine.place_name.as_ref())?;
    Some(Accommodation { address: address.clone(), postcode: quarantine.postcode.clone() })
}

/// Whether two tell of the same employer and place.
pub fn same_matter(one: &ReferralContent, other: &ReferralContent) -> bool {
    same_employer(&one.employer, &other.employer) && same_place(&one.accommodation, &other.accommodation)
}

/// Whether two employers are one: by number when both have one, else by name.
pub fn same_employer(one: &ReferredEmployer, other: &ReferredEmployer) -> bool {
    match (&one.org_number, &other.org_number) {
        (Some(one), Some(other)) => one == other,
        (Some(_), None) | (None, Some(_)) | (None, None) => compact(&one.name.0) == compact(&other.name.0),
    }
}

/// Whether two places are one, however they are spelled.
pub fn same_place(one: &Accommodation, other: &Accommodation) -> bool {
    let postcodes = [&one.postcode, &other.postcode].map(|code| code.as_ref().map(|code| compact(&code.0)));
    let elsewhere = matches!(&postcodes, [Some(one), Some(other)] if one != other);
    !elsewhere && compact(&one.address.0) == compact(&other.address.0)
}

/// Employer and place in one line, however they are spelled.
pub fn matter(content: &ReferralContent) -> String {
    let ReferredEmployer { org_number, name } = &content.employer;
    let employer = org_number.clone().unwrap_or_else(|| compact(&name.0));
    format!("{employer} {}", compact(&content.accommodation.address.0))
}

/// Letters and digits only, upper case, plain Latin.
fn compact(text: &str) -> String {
    let plain = deunicode::deunicode(text);
    plain.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// What a referral rests on.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// The entry's calls.
    pub calls: &'a Calls,
    /// Its record.
    pub record: &'a EntryRecord,
    /// Whether its address is protected.
    pub protected: bool,
}

/// The events a command leads to; none when it changes nothing.
pub fn decide(referrals: &Referrals, basis: Basis<'_>, command: Command) -> Result<Vec<EntryEvent>, Refusal> {
    match command {
        Command::Make(_) | Command::Complete(_) | Command::Resend(_) if basis.protected => {
            Err(Refusal::Protected)
        }
        Command::Make(made) => decide_make(referrals, basis, made),
        Command::Complete(completed) => {
            let referral = open(referrals, completed.referral)?;
            if referral.returned.is_none() {
                return Err(Refusal::NotReturned);
            }
            check(&completed.content, basis)?;
            Ok(vec![completed.into()])
        }
        Command::Resend(resent) => {
            let dead = open(referrals, resent.referral)?.status.is_some_and(|(status, _)| status.is_dead());
            if dead { Ok(vec![resent.into()]) } else { Err(Refusal::NotDead) }
        }
        Command::Sent(sent) => {
            let referral = referrals.get(sent.referral).ok_or(Refusal::Unknown)?;
            let new = referral.message == sent.message && referral.sent_at.is_none();
            Ok(if new { vec![sent.into()] } else { vec![] })
        }
        Command::Status(told) => {
            let referral = referrals.get(told.referral).ok_or(Refusal::Unknown)?;
            let status = referral.status.map(|(status, _)| status);
            let new = referral.message == told.message && is_further(status, told.status);
            Ok(if new { vec![told.into()] } else { vec![] })
        }
        Command::Receive(received) => {
            let referral = open(referrals, received.referral)?;
            Ok(if referral.received.is_some() { vec![] } else { vec![received.into()] })
        }
        Command::Return(returned) => decide_return(referrals, returned),
        Command::Close(closed) => {
            let referral = referrals.get(closed.referral).ok_or(Refusal::Unknown)?;
            let said = referral.closed.as_ref().is_some_and(|known| known.outcome == closed.outcome);
            Ok(if said { vec![] } else { vec![closed.into()] })
        }
    }
}

fn open(referrals: &Referrals, id: Uuid) -> Result<&Referral, Refusal> {
    let referral = referrals.get(id).ok_or(Refusal::Unknown)?;
    if referral.closed.is_some() { Err(Refusal::Closed) } else { Ok(referral) }
}

/// What tells of the same employer and place as an open one is told with it.
fn decide_make(
    referrals: &Referrals,
    basis: Basis<'_>,
    made: ReferralMade,
) -> Result<Vec<EntryEvent>, Refusal> {
    if let Some(known) = referrals.get(made.referral) {
        return if known.content == made.content { Ok(vec![]) } else { Err(Refusal::Known) };
    }
    check(&made.content, basis)?;
    if let Some(open) = referrals.open_about(&made.content) {
        let content = together(&open.content, made.content);
        if content == open.content {
            return Ok(vec![]);
        }
        let (referral, message) = (open.id, made.referral);
        let (completed_by, at) = (made.made_by, made.made_at);
        return Ok(vec![ReferralCompleted { referral, message, content, completed_by, at }.into()]);
    }
    if referrals.0.len() >= REFERRALS_MAX {
        return Err(Refusal::TooMany);
    }
    Ok(vec![made.into()])
}

fn decide_return(referrals: &Referrals, returned: ReferralReturned) -> Result<Vec<EntryEvent>, Refusal> {
    let referral = open(referrals, returned.referral)?;
    if returned.wanted.is_empty() {
        return Err(Refusal::WantedMissing);
    }
    if returned.note.as_ref().is_some_and(|note| note.0.chars().count() > NOTE_MAX) {
        return Err(Refusal::TooMany);
    }
    let known = referral.returned.as_ref();
    let said = known.is_some_and(|known| known.wanted == returned.wanted && known.note == returned.note);
    Ok(if said { vec![] } else { vec![returned.into()] })
}

/// What was told, and what is told more; of each, the newer when they differ.
fn together(known: &ReferralContent, new: ReferralContent) -> ReferralContent {
    let mut breaches = [known.facts.breaches.clone(), new.facts.breaches].concat();
    breaches.sort_unstable();
    breaches.dedup();
    let facts = ReferralFacts {
        breaches,
        arrived_on: new.facts.arrived_on.or(known.facts.arrived_on),
        lodged_by_employer: known.facts.lodged_by_employer || new.facts.lodged_by_employer,
        sleep_in_room: new.facts.sleep_in_room.or(known.facts.sleep_in_room),
        told_to_work: known.facts.told_to_work || new.facts.told_to_work,
        told_on: new.facts.told_on,
    };
    ReferralContent { facts, ..new }
}

/// Whether a content says all it must, and nothing that was not said.
fn check(content: &ReferralContent, basis: Basis<'_>) -> Result<(), Refusal> {
    let ReferralContent { conversation, employer, accommodation, facts } = content;
    let said = cause(basis.calls, basis.record, *conversation).ok_or(Refusal::NoCause)?.facts;
    if !is_within(facts, &said) {
        return Err(Refusal::NotSaid);
    }
    if facts.breaches.is_empty() && facts.sleep_in_room.is_none() && !facts.told_to_work {
        return Err(Refusal::NothingTold);
    }
    if !is_filled(&employer.name.0, NAME_MAX) {
        return Err(Refusal::EmployerMissing);
    }
    if employer.org_number.as_deref().is_some_and(|number| !organisation::is_right(number)) {
        return Err(Refusal::OrganisationNumber);
    }
    let is_postcode = |code: &str| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit());
    let postcode_is_one = accommodation.postcode.as_ref().is_none_or(|code| is_postcode(&code.0));
    if !is_filled(&accommodation.address.0, ADDRESS_MAX) || !postcode_is_one {
        return Err(Refusal::PlaceMissing);
    }
    Ok(())
}

fn is_filled(text: &str, max: usize) -> bool {
    let fits = text.chars().count() <= max && !text.contains(char::is_control);
    fits && !compact(text).is_empty()
}

/// Whether facts tell nothing beyond others.
fn is_within(facts: &ReferralFacts, said: &ReferralFacts) -> bool {
    facts.told_on == said.told_on
        && (facts.arrived_on.is_none() || facts.arrived_on == said.arrived_on)
        && facts.breaches.iter().all(|breach| said.breaches.contains(breach))
        && facts.breaches.is_sorted_by(|one, next| one < next)
        && (!facts.lodged_by_employer || said.lodged_by_employer)
        && (facts.sleep_in_room.is_none() || facts.sleep_in_room == said.sleep_in_room)
        && (!facts.told_to_work || said.told_to_work)
}

/// Whether a status is news after another. What arrived does not fail afterwards, and what is dead stays dead.
fn is_further(known: Option<DeliveryStatus>, told: DeliveryStatus) -> bool {
    match known {
        None => true,
        Some(known) if known.is_dead() => false,
        Some(DeliveryStatus::Delivered | DeliveryStatus::Read) if told.is_dead() => false,
        Some(known) => told > known,
    }
}

#[cfg(test)]
#[path = "referral_tests.rs"]
mod tests;
