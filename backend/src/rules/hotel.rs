//! Stays at quarantine hotels, as the hotels themselves write them down.
//!
//! The source tells of hotels too, later and less surely. What a hotel said is laid over each record the source sends,
//! so that the published rule of responsibility sees it like the source's own fields. It stands until the source says,
//! later, something that cannot be true beside it: that a guest has left, or that one who left is at a hotel again.

use super::moments::norwegian_day_of;
use super::municipality::stays_at_hotel;
use events::entry::EntryUpdated;
use events::hotel::{HotelCheckedIn, HotelCheckedOut};
use events::record::{EntryRecord, Flag, FlagKind, Quarantine, Routing, RoutingBasis};
use events::{EntryEvent, Personal, referral_event};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Fields in which the source says when somebody is at a hotel.
const DATE_FIELDS: [&str; 2] = ["a_quarantine_reg_arrival", "a_quarantine_reg_departure"];
/// The source's own destination; flagged when no such municipality exists.
const DESTINATION_FIELD: &str = "municipality_number";

/// What hotels said about an entry: the last stay, until the source overrules it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HotelStay {
    /// The last stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Stay>,
}

/// A stay at a hotel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The hotel's id.
    pub hotel: String,
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub municipality: String,
    /// First day at hotels, this one or those before it without a day at home between.
    pub from: Date,
    /// When the stay at this one began.
    pub since: Timestamp,
    /// When it is expected to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_until: Option<Date>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What one may ask about stays.
pub enum Command {
    /// The traveller came.
    CheckIn(HotelCheckedIn),
    /// The traveller left.
    CheckOut(HotelCheckedOut),
}

/// Why a command is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The traveller does not stay at the hotel.
    #[error("the traveller does not stay at this hotel")]
    NotAGuest,
    /// A hotel is left on or after the day it is come to.
    #[error("the stay cannot end before it begins")]
    EndsBeforeItBegins,
}

impl HotelStay {
    /// The stay that is not over.
    pub fn now(&self) -> Option<&Stay> {
        self.last.as_ref().filter(|stay| stay.until.is_none())
    }

    /// Whether the traveller stays at a hotel, by its id.
    pub fn is_at(&self, hotel: &str) -> bool {
        self.now().is_some_and(|stay| stay.hotel == hotel)
    }

    /// Hears what the source says: later news that cannot be true beside the stay takes its place.
    pub fn hear(&mut self, updated: &EntryUpdated) {
        self.hear_of(&updated.changed, &updated.record);
    }

    /// The same of a record that is about to be taken in.
    pub fn hear_of(&mut self, changed: &[String], record: &EntryRecord) {
        let tells = changed.iter().any(|field| DATE_FIELDS.contains(&field.as_str()));
        self.last = self.last.take().filter(|stay| {
            let said_at = stay.until.unwrap_or(stay.since);
            let later = record.trip.updated_at.is_some_and(|updated_at| updated_at > said_at);
            !(tells && later && stay.is_contradicted_by(&record.quarantine))
        });
    }
}

impl Stay {
    fn is_contradicted_by(&self, told: &Quarantine) -> bool {
        let is_there = stays_at_hotel(told.hotel_from, told.hotel_until);
        match self.until {
            None => !is_there && told.hotel_until.is_some_and(|left| left >= norwegian_day_of(self.since)),
            Some(until) => is_there && told.hotel_from.is_some_and(|from| from > norwegian_day_of(until)),
        }
    }
}

/// The events a command leads to; none when it changes nothing.
pub fn decide(stay: &HotelStay, command: Command) -> Result<Vec<EntryEvent>, Refusal> {
    match command {
        Command::CheckIn(checked_in) if stay.is_at(&checked_in.hotel) => Ok(Vec::new()),
        Command::CheckIn(checked_in) => {
            let first = norwegian_day_of(checked_in.at);
            match checked_in.expected_until {
                Some(until) if until < first => Err(Refusal::EndsBeforeItBegins),
                Some(_) | None => Ok(vec![checked_in.into()]),
            }
        }
        Command::CheckOut(checked_out) if stay.is_at(&checked_out.hotel) => Ok(vec![checked_out.into()]),
        Command::CheckOut(_) => Err(Refusal::NotAGuest),
    }
}

/// Hears what a later record of the source says, and lays what still stands over it.
pub fn hear(record: &mut EntryRecord, known: &mut HotelStay, updated: &EntryUpdated) {
    known.hear(updated);
    lay_over(record, known);
}

/// Moves on by an event of a hotel; events of other things leave everything as it is.
pub fn evolve(record: &mut EntryRecord, routing: &mut Routing, known: &mut HotelStay, event: &EntryEvent) {
    match event {
        EntryEvent::HotelCheckedIn(came) => check_in(record, routing, known, came),
        EntryEvent::HotelCheckedOut(left) => check_out(record, routing, known, left),
        EntryEvent::Registered(_)
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
        | EntryEvent::ResultReceived(_)
        | EntryEvent::ResultLookedUp(_)
        | EntryEvent::ResultCorrected(_)
        | EntryEvent::CorrectionSettled(_)
        | EntryEvent::IdentityAssigned(_)
        | EntryEvent::IdentityWithdrawn(_)
        | EntryEvent::Joined(_)
        | EntryEvent::Separated(_)
        | EntryEvent::Protection(_)
        | referral_event!() => {}
    }
}

/// Somebody came to a hotel: that is where responsibility lies now, whatever was decided before.
fn check_in(record: &mut EntryRecord, routing: &mut Routing, known: &mut HotelStay, event: &HotelCheckedIn) {
    let day = norwegian_day_of(event.at);
    let before = known.last.take();
    let goes_on = |stay: &Stay| stay.until.is_none_or(|until| norwegian_day_of(until) == day);
    known.last = Some(Stay {
        hotel: event.hotel.clone(),
        name: event.name.clone(),
        municipality: event.municipality.clone(),
        from: before.filter(goes_on).map_or(day, |stay| stay.from),
        since: event.at,
        expected_until: event.expected_until,
        until: None,
    });
    lay_over(record, known);
    *routing = place(routing.clone(), record, known);
}

/// Somebody left: whoever the traveller is going to is responsible, unless the workbench had decided otherwise.
fn check_out(
    record: &mut EntryRecord,
    routing: &mut Routing,
    known: &mut HotelStay,
    event: &HotelCheckedOut,
) {
    let Some(stay) = known.last.as_mut().filter(|stay| stay.until.is_none()) else { return };
    stay.until = Some(event.at);
    let municipality = stay.municipality.clone();
    lay_over(record, known);
    // What the hotel's municipality sent back says nothing about another one.
    let is_another = routing.arrival_municipality.as_ref() != Some(&municipality);
    if routing.basis == RoutingBasis::Declined && is_another {
        routing.basis = RoutingBasis::Hotel;
    }
    *routing = place(routing.clone(), record, known);
}

/// Lays what hotels said over a record of the source. Somebody who left on the day of arrival has no first day in it: in
/// the source's fields the two would tell of an earlier stay.
pub fn lay_over(record: &mut EntryRecord, known: &HotelStay) {
    let Some(stay) = &known.last else { return };
    let quarantine = &mut record.quarantine;
    let left = stay.until.map(norwegian_day_of);
    quarantine.hotel_from = Some(stay.from).filter(|from| left.is_none_or(|left| *from < left));
    quarantine.hotel_until = left;
    let name = Some(Personal(stay.name.clone()));
    quarantine.hotel_at_departure = name.clone().filter(|_| left.is_some());
    quarantine.hotel_at_arrival = name;
}

/// Where an entry belongs by the published rule, once it is known what hotels said.
pub fn place(found: Routing, record: &EntryRecord, known: &HotelStay) -> Routing {
    let Some(stay) = &known.last else { return found };
    let hotel_municipality = Some(stay.municipality.clone());
    if stay.until.is_none() {
        let responsible_municipality = hotel_municipality.clone();
        return Routing { hotel_municipality, responsible_municipality, basis: RoutingBasis::Hotel, ..found };
    }
    if found.basis != RoutingBasis::Hotel {
        return Routing { hotel_municipality, ..found };
    }
    let no_such = |flag: &Flag| flag.field == DESTINATION_FIELD && flag.kind == FlagKind::UnknownMunicipality;
    let exists = !record.flags.iter().any(no_such);
    let responsible_municipality = found.arrival_municipality.clone().filter(|_| exists);
    let basis =
        responsible_municipality.as_ref().map_or(RoutingBasis::Unroutable, |_| RoutingBasis::Destination);
    Routing { hotel_municipality, responsible_municipality, basis, ..found }
}

#[cfg(test)]
#[path = "hotel_tests.rs"]
mod tests;
