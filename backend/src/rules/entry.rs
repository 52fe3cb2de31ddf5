//! The entry: what intake and the national workbench may do to it, and what follows from its events.
//!
//! The source dates a record in two parts. `a_updated` governs the trip (all fields but those of the person),
//! `p_updated` governs the person (`p_…`). A newer part replaces the older one whole; of two with the same
//! time, or without any, the one that came last counts; a part without a time is older than any with one.
//!
//! Only content makes an event. When nothing but the times moved, nothing is recorded, so that a source that
//! stamps its whole window anew every night costs nothing. The price, accepted: news that was stamped between
//! the recorded time and such a bare new stamp, and that comes late, is still taken as newer.

use super::calls::{self, Calls};
use super::fields::text;
use super::hotel::{self, HotelStay};
use super::identities::{self, Identities};
use super::moments::moment;
use super::referral::{self, Referrals};
use super::results::{self, Results};
use events::entry::{
    EndConfirmed, EndRequested, EndWithdrawn, EntryDeclined, EntryRegistered, EntryRouted, EntryUpdated,
    ReferenceCodeJoined, Source,
};
use events::personal::Personal;
use events::record::{EntryRecord, RawRecord, Routing, RoutingBasis};
use events::{EntryEvent, EntryId, referral_event};
use jiff::Timestamp;

/// What is known of an entry. It has no Debug, because its raw record would show the person.
#[derive(Clone, PartialEq)]
pub struct EntryState {
    /// All reference codes of the trip, the first one first.
    pub reference_codes: Vec<Personal<String>>,
    /// The effective raw record: the newest of each part.
    pub raw: RawRecord,
    /// The same, typed.
    pub record: EntryRecord,
    /// Where it belongs.
    pub routing: Routing,
    /// Whether somebody wants it ended before its epoch.
    pub early_end: EarlyEnd,
    /// Calls and messages.
    pub calls: Calls,
    /// What the labour inspectorate is told.
    pub referrals: Referrals,
    /// What became known of who it is.
    pub identities: Identities,
    /// Test results.
    pub results: Results,
    /// What quarantine hotels said.
    pub hotel: HotelStay,
}

/// How far ending an entry before its epoch has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EarlyEnd {
    /// Nobody asks.
    #[default]
    No,
    /// Somebody asks.
    RequestedBy(String),
    /// A second person agreed; nothing can happen to it any more.
    Confirmed,
}

/// What one may ask of an entry.
pub enum Command {
    /// Take in a record of the source.
    TakeIn(TakeIn),
    /// Decide by hand where it belongs.
    Route(Route),
    /// Say, as the responsible municipality, that it is not one's own.
    Decline(EntryDeclined),
    /// Do something about its calls.
    Call {
        /// What.
        command: calls::Command,
        /// When the entry's data end.
        ends_at: Timestamp,
    },
    /// Do something about its referrals to the labour inspectorate.
    Refer(referral::Command),
    /// Do something about who it is.
    Identity {
        /// The entry.
        entry: EntryId,
        /// What.
        command: identities::Command,
    },
    /// Do something about its results.
    Result(results::Command),
    /// Write down that the traveller came to a quarantine hotel, or left it.
    Hotel(hotel::Command),
    /// Ask that it be ended before its epoch.
    RequestEnd(EndRequested),
    /// Take that back, or turn it down.
    WithdrawEnd {
        /// Who.
        by: String,
    },
    /// Agree to it.
    ConfirmEnd {
        /// Who. Not the one who asked.
        by: String,
    },
}

/// A record of the source, with what it makes of the entry.
pub struct TakeIn {
    /// The reference code it came under.
    pub reference_code: Personal<String>,
    /// How it came in.
    pub source: Source,
    /// The record as it came.
    pub incoming: RawRecord,
    /// [`merge`] of what is known and the record.
    pub merged: RawRecord,
    /// `merged`, typed.
    pub record: EntryRecord,
    /// Where `merged` belongs.
    pub routing: Routing,
}

/// A decision of the national workbench.
pub struct Route {
    /// The municipality that shall follow up.
    pub municipality: String,
    /// Whether it exists on the day of the decision.
    pub known: bool,
    /// Why, in the decider's words.
    pub reason: Personal<String>,
    /// Who decides.
    pub decided_by: String,
}

/// Why a command is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such entry.
    #[error("there is no such entry")]
    NotRegistered,
    /// The municipality does not exist on the day.
    #[error("there is no such municipality today")]
    UnknownMunicipality,
    /// A decision needs a reason.
    #[error("a decision about the municipality needs a reason")]
    ReasonMissing,
    /// Another municipality is responsible, or none.
    #[error("the municipality is not responsible")]
    NotResponsible,
    /// Nobody asked that it be ended.
    #[error("nobody asked that the entry be ended")]
    EndNotRequested,
    /// Somebody asked already.
    #[error("somebody asked already that the entry be ended")]
    EndRequestedAlready,
    /// Whoever asks cannot agree as well.
    #[error("the one who asked that the entry be ended cannot agree to it as well")]
    SecondPersonNeeded,
    /// It is being ended.
    #[error("the entry is being ended")]
    Ending,
    /// The calls do not allow it.
    #[error(transparent)]
    Call(#[from] calls::Refusal),
    /// Referrals do not allow it.
    #[error(transparent)]
    Referral(#[from] referral::Refusal),
    /// What is known of who it is does not allow it.
    #[error(transparent)]
    Identity(#[from] identities::Refusal),
    /// Its results do not allow it.
    #[error(transparent)]
    Result(#[from] results::Refusal),
    /// Its stay at a hotel does not allow it.
    #[error(transparent)]
    Hotel(#[from] hotel::Refusal),
    /// A record needs a reference code.
    #[error("the record has no reference code")]
    ReferenceCodeMissing,
    /// The entry has changed since the record was merged with it.
    #[error("the entry has changed meanwhile; merge the record with its present state")]
    MergedWithAnotherState,
}

/// Source fields that say where an entry belongs.
const ROUTING_FIELDS: [&str; 8] = [
    "a_destination_id",
    "a_location_zip_code",
    "a_q_hotel_destination_id",
    "a_quarantine_reg_arrival",
    "a_quarantine_reg_departure",
    "hotel_municipality_number",
    "municipality_number",
    "responsible_municipality_number",
];

/// The state after an event. Events that cannot come first leave nothing where nothing was.
pub fn evolve(state: Option<EntryState>, event: &EntryEvent) -> Option<EntryState> {
    match event {
        EntryEvent::Registered(registered) => Some(state.unwrap_or_else(|| first(registered))),
        EntryEvent::Updated(updated) => state.map(|state| {
            let (mut record, mut hotel) = (updated.record.clone(), state.hotel.clone());
            identities::lay_over(&mut record, &state.identities);
            hotel::hear(&mut record, &mut hotel, updated);
            let raw = merge(&state.raw, &updated.raw.0);
            EntryState { raw, record, routing: updated.routing.clone(), hotel, ..state }
        }),
        EntryEvent::ReferenceCodeJoined(joined) => state.map(|mut state| {
            if !state.reference_codes.contains(&joined.reference_code) {
                state.reference_codes.push(joined.reference_code.clone());
            }
            state
        }),
        EntryEvent::Routed(routed) => state.map(|state| by_hand(state, Some(routed.municipality.clone()))),
        EntryEvent::Declined(_) => state.map(|state| by_hand(state, None)),
        EntryEvent::EndRequested(requested) => {
            let early_end = EarlyEnd::RequestedBy(requested.requested_by.clone());
            state.map(|state| EntryState { early_end, ..state })
        }
        EntryEvent::EndWithdrawn(_) => state.map(|state| EntryState { early_end: EarlyEnd::No, ..state }),
        EntryEvent::EndConfirmed(_) => {
            state.map(|state| EntryState { early_end: EarlyEnd::Confirmed, ..state })
        }
        EntryEvent::Dialled(_)
        | EntryEvent::Concluded(_)
        | EntryEvent::Corrected(_)
        | EntryEvent::Undone(_)
        | EntryEvent::Skipped(_)
        | EntryEvent::Directed(_)
        | EntryEvent::Reviewed(_)
        | EntryEvent::NumberMarkedWrong(_)
        | EntryEvent::MessageOrdered(_)
        | EntryEvent::MessageReported(_)
        | EntryEvent::MessageStopped(_) => state.map(|mut state| {
            calls::evolve(&mut state.calls, event);
            state
        }),
        referral_event!() => state.map(|mut state| {
            referral::evolve(&mut state.referrals, event);
            state
        }),
        EntryEvent::IdentityAssigned(_)
        | EntryEvent::IdentityWithdrawn(_)
        | EntryEvent::Joined(_)
        | EntryEvent::Separated(_)
        | EntryEvent::Protection(_) => state.map(|mut state| {
            identities::evolve(&mut state.record, &mut state.identities, event);
            state
        }),
        EntryEvent::ResultReceived(_)
        | EntryEvent::ResultLookedUp(_)
        | EntryEvent::ResultCorrected(_)
        | EntryEvent::CorrectionSettled(_) => state.map(|mut state| {
            results::evolve(&mut state.results, event);
            state
        }),
        EntryEvent::HotelCheckedIn(_) | EntryEvent::HotelCheckedOut(_) => state.map(|mut state| {
            hotel::evolve(&mut state.record, &mut state.routing, &mut state.hotel, event);
            state
        }),
    }
}

/// Somebody decided who follows up, or that a municipality does not.
fn by_hand(mut state: EntryState, municipality: Option<String>) -> EntryState {
    let known = municipality.is_some();
    state.routing.responsible_municipality = municipality;
    state.routing.basis = if known { RoutingBasis::Manual } else { RoutingBasis::Declined };
    state
}

fn first(registered: &EntryRegistered) -> EntryState {
    EntryState {
        reference_codes: vec![registered.reference_code.clone()],
        raw: registered.raw.0.clone(),
        record: registered.record.clone(),
        routing: registered.routing.clone(),
        early_end: EarlyEnd::No,
        calls: Calls::default(),
        identities: Identities::default(),
        results: Results::default(),
        referrals: Referrals::default(),
        hotel: HotelStay::default(),
    }
}

/// The events a command leads to; none when it changes nothing.
pub fn decide(state: Option<&EntryState>, command: Command) -> Result<Vec<EntryEvent>, Refusal> {
    if state.is_some_and(|state| state.early_end == EarlyEnd::Confirmed) {
        return Err(Refusal::Ending);
    }
    match command {
        Command::TakeIn(take_in) => decide_take_in(state, take_in),
        Command::Route(route) => decide_route(state, route),
        Command::Decline(declined) => decide_decline(state, declined),
        Command::Call { command, ends_at } => decide_call(state, command, ends_at),
        Command::Refer(command) => {
            let state = state.ok_or(Refusal::NotRegistered)?;
            let EntryState { calls, record, identities, .. } = state;
            let basis = referral::Basis { calls, record, protected: identities.protected };
            Ok(referral::decide(&state.referrals, basis, command)?)
        }
        Command::Identity { entry, command } => {
            let state = state.ok_or(Refusal::NotRegistered)?;
            Ok(identities::decide(entry, &state.record, &state.identities, command)?)
        }
        Command::Result(command) => {
            let state = state.ok_or(Refusal::NotRegistered)?;
            Ok(results::decide(&state.results, &state.calls, command)?)
        }
        Command::Hotel(command) => {
            let state = state.ok_or(Refusal::NotRegistered)?;
            Ok(hotel::decide(&state.hotel, command)?)
        }
        Command::RequestEnd(request) => decide_request_end(state, request),
        Command::WithdrawEnd { by } => decide_withdraw_end(state, by),
        Command::ConfirmEnd { by } => decide_confirm_end(state, by),
    }
}

fn decide_call(
    state: Option<&EntryState>,
    command: calls::Command,
    ends_at: Timestamp,
) -> Result<Vec<EntryEvent>, Refusal> {
    let state = state.ok_or(Refusal::NotRegistered)?;
    let phones: Vec<Personal<String>> =
        state.record.person.phones.iter().filter_map(|phone| phone.e164.clone()).collect();
    Ok(calls::decide(&state.calls, &phones, ends_at, command)?)
}

fn decide_request_end(state: Option<&EntryState>, request: EndRequested) -> Result<Vec<EntryEvent>, Refusal> {
    let state = state.ok_or(Refusal::NotRegistered)?;
    if request.reason.0.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    match &state.early_end {
        EarlyEnd::No => Ok(vec![request.into()]),
        EarlyEnd::RequestedBy(_) | EarlyEnd::Confirmed => Err(Refusal::EndRequestedAlready),
    }
}

fn decide_withdraw_end(state: Option<&EntryState>, by: String) -> Result<Vec<EntryEvent>, Refusal> {
    match &state.ok_or(Refusal::NotRegistered)?.early_end {
        EarlyEnd::RequestedBy(_) => Ok(vec![EndWithdrawn { withdrawn_by: by }.into()]),
        EarlyEnd::No | EarlyEnd::Confirmed => Err(Refusal::EndNotRequested),
    }
}

fn decide_confirm_end(state: Option<&EntryState>, by: String) -> Result<Vec<EntryEvent>, Refusal> {
    match &state.ok_or(Refusal::NotRegistered)?.early_end {
        EarlyEnd::RequestedBy(first) if *first == by => Err(Refusal::SecondPersonNeeded),
        EarlyEnd::RequestedBy(_) => Ok(vec![EndConfirmed { confirmed_by: by }.into()]),
        EarlyEnd::No | EarlyEnd::Confirmed => Err(Refusal::EndNotRequested),
    }
}

fn decide_take_in(state: Option<&EntryState>, take_in: TakeIn) -> Result<Vec<EntryEvent>, Refusal> {
    let TakeIn { reference_code, source, incoming, merged, record, routing } = take_in;
    if reference_code.0.trim().is_empty() {
        return Err(Refusal::ReferenceCodeMissing);
    }
    let Some(state) = state else {
        let raw = Personal(incoming);
        return Ok(vec![EntryRegistered { reference_code, source, record, routing, raw }.into()]);
    };
    if merged != merge(&state.raw, &incoming) {
        return Err(Refusal::MergedWithAnotherState);
    }
    let mut events = Vec::new();
    if !state.reference_codes.contains(&reference_code) {
        let (reference_code, raw) = (reference_code.clone(), Personal(incoming.clone()));
        events.push(ReferenceCodeJoined { reference_code, source, raw }.into());
    }
    let changed = changed_fields(&state.raw, &merged);
    if !changed.is_empty() {
        let mut hotel = state.hotel.clone();
        hotel.hear_of(&changed, &record);
        let routing = hotel::place(routing, &record, &hotel);
        let routing = standing_routing(&state.routing, routing, &changed);
        let raw = Personal(incoming);
        events.push(EntryUpdated { reference_code, source, changed, record, routing, raw }.into());
    }
    Ok(events)
}

/// A decision by hand stands until the source says something new and routable about the place, and so does what a
/// municipality declined.
fn standing_routing(known: &Routing, new: Routing, changed: &[String]) -> Routing {
    let place_changed = changed.iter().any(|field| ROUTING_FIELDS.contains(&field.as_str()));
    let by_hand = matches!(known.basis, RoutingBasis::Manual | RoutingBasis::Declined);
    if !by_hand || (place_changed && new.responsible_municipality.is_some()) {
        return new;
    }
    Routing { responsible_municipality: known.responsible_municipality.clone(), basis: known.basis, ..new }
}

fn decide_decline(state: Option<&EntryState>, declined: EntryDeclined) -> Result<Vec<EntryEvent>, Refusal> {
    let state = state.ok_or(Refusal::NotRegistered)?;
    if declined.reason.0.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    if state.routing.responsible_municipality.as_ref() != Some(&declined.municipality) {
        return Err(Refusal::NotResponsible);
    }
    Ok(vec![declined.into()])
}

fn decide_route(state: Option<&EntryState>, route: Route) -> Result<Vec<EntryEvent>, Refusal> {
    let state = state.ok_or(Refusal::NotRegistered)?;
    if !route.known {
        return Err(Refusal::UnknownMunicipality);
    }
    if route.reason.0.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    let stands = state.routing.basis == RoutingBasis::Manual
        && state.routing.responsible_municipality.as_deref() == Some(route.municipality.as_str());
    if stands {
        return Ok(vec![]);
    }
    let Route { municipality, reason, decided_by, known: _ } = route;
    Ok(vec![EntryRouted { municipality, reason, decided_by }.into()])
}

/// The two parts of a record, each with its own time.
fn is_of_person(field: &str) -> bool {
    field.starts_with("p_")
}

fn time_of(raw: &RawRecord, field: &str) -> Option<Timestamp> {
    text(raw, field).and_then(|text| moment(&text))
}

/// The effective record of what is known and what comes in. The first reference code stays.
pub fn merge(known: &RawRecord, incoming: &RawRecord) -> RawRecord {
    // An absent time sorts before any time, and an equal one lets the incoming part win.
    let incoming_wins = |field| time_of(incoming, field) >= time_of(known, field);
    let (trip, person) = (incoming_wins("a_updated"), incoming_wins("p_updated"));
    let mut merged = RawRecord::new();
    for (from, is_incoming) in [(known, false), (incoming, true)] {
        for (field, value) in from {
            let wins = if is_of_person(field) { person } else { trip };
            if wins == is_incoming {
                merged.insert(field.clone(), value.clone());
            }
        }
    }
    if let Some(code) = known.get("a_reference_code") {
        merged.insert("a_reference_code".to_owned(), code.clone());
    }
    merged
}

/// Names of the source fields whose value differs, the times and the reference code aside.
pub fn changed_fields(before: &RawRecord, after: &RawRecord) -> Vec<String> {
    let mut names: Vec<&String> =
        before.keys().chain(after.keys().filter(|name| !before.contains_key(*name))).collect();
    names.retain(|name| {
        !matches!(name.as_str(), "a_updated" | "p_updated" | "a_reference_code")
            && text(before, name) != text(after, name)
    });
    names.sort();
    names.into_iter().cloned().collect()
}

/// Whether two records say the same, the times and the reference code aside.
pub fn same_content(a: &RawRecord, b: &RawRecord) -> bool {
    changed_fields(a, b).is_empty()
}

#[cfg(test)]
#[path = "entry_tests.rs"]
mod tests;
