//! What became known of who a traveller is after the entry was registered: numbers assigned later, other entries of
//! the same person, a protected address. The source's own record does not know it, so it is laid over each new one.

use super::moments::norwegian_day_of;
use super::numbers::{CheckDigits, check};
use events::EntryId;
use events::identity::{
    AddressProtection, AssignedAt, EntryJoined, EntrySeparated, Identity, IdentityAssigned, IdentityCheck,
    IdentityKind, IdentityWithdrawn,
};
use events::personal::Personal;
use events::record::{EntryRecord, Flag, FlagKind};
use events::{EntryEvent, referral_event};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who stands in the log for what the register does by itself.
pub const REGISTER: &str = "register";
/// Stands as the field of a flag about a number that came later.
const ASSIGNED_FIELD: &str = "identity";

/// What became known later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identities {
    /// Numbers that were assigned, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assigned: Vec<Assigned>,
    /// Numbers that are not the traveller's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<Personal<String>>,
    /// Other entries of the same person.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub joined: BTreeSet<EntryId>,
    /// Entries that are of another person, as somebody decided.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub separated: BTreeSet<EntryId>,
    /// Whether the address is protected.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
}

/// A number that was assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// The number.
    pub identity: Identity,
    /// Where.
    pub at: AssignedAt,
    /// Which station or desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who.
    pub by: String,
    /// When.
    pub on: Timestamp,
}

/// What one may ask of an entry's identities.
pub enum Command {
    /// Write a number down.
    Assign(IdentityAssigned),
    /// It is not the traveller's.
    Withdraw(IdentityWithdrawn),
    /// Another entry is of the same person.
    Join(EntryJoined),
    /// Another entry is of another person.
    Separate(EntrySeparated),
    /// The address is protected, or not.
    Protect(AddressProtection),
}

/// Why a command is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The number fails the check of its kind.
    #[error("the number fails its check")]
    FailedCheck,
    /// The entry does not have the number.
    #[error("the entry does not have this number")]
    NotTheirs,
    /// An entry is the same person as itself.
    #[error("an entry cannot be joined with itself")]
    WithItself,
    /// Somebody decided that they are two persons.
    #[error("somebody decided that these are two persons")]
    SeparatedByHand,
    /// They were never joined.
    #[error("these entries are not joined")]
    NotJoined,
    /// It needs a reason.
    #[error("this needs a reason")]
    ReasonMissing,
}

/// A number with its kind and check, as of a moment.
pub fn identity(number: &str, kind: IdentityKind, at: Timestamp) -> Identity {
    let number = super::identity::normalise(number);
    let day = norwegian_day_of(at);
    let check = check(&number, kind, day, CheckDigits::on(day)).check;
    Identity { kind, number: Personal(number), check }
}

/// Lays what became known over a record of the source.
pub fn lay_over(record: &mut EntryRecord, known: &Identities) {
    let own = &mut record.person.identities;
    own.retain(|identity| !known.withdrawn.contains(&identity.number));
    for assigned in &known.assigned {
        if !own.iter().any(|identity| identity.number == assigned.identity.number) {
            own.push(assigned.identity.clone());
        }
    }
    own.sort_by_key(|identity| (identity.check == IdentityCheck::Failed, identity.kind));
    let conflict = own.windows(2).any(|two| {
        two[0].kind == two[1].kind
            && two[0].number != two[1].number
            && two.iter().all(|identity| identity.check != IdentityCheck::Failed)
    });
    record.flags.retain(|flag| flag.field != ASSIGNED_FIELD);
    if conflict && !known.assigned.is_empty() {
        record.flags.push(Flag { field: ASSIGNED_FIELD.to_owned(), kind: FlagKind::ConflictingIdentity });
    }
}

/// Moves on by an event; events of other things leave everything as it is.
pub fn evolve(record: &mut EntryRecord, known: &mut Identities, event: &EntryEvent) {
    match event {
        EntryEvent::IdentityAssigned(assigned) => {
            known.withdrawn.retain(|number| *number != assigned.identity.number);
            known.assigned.retain(|other| other.identity.number != assigned.identity.number);
            known.assigned.push(Assigned {
                identity: assigned.identity.clone(),
                at: assigned.assigned_at,
                place: assigned.place.clone(),
                by: assigned.assigned_by.clone(),
                on: assigned.assigned_on,
            });
        }
        EntryEvent::IdentityWithdrawn(withdrawn) => {
            let number = &withdrawn.identity.number;
            known.assigned.retain(|assigned| assigned.identity.number != *number);
            if !known.withdrawn.contains(number) {
                known.withdrawn.push(number.clone());
            }
        }
        EntryEvent::Joined(joined) => {
            known.separated.remove(&joined.with);
            known.joined.insert(joined.with);
        }
        EntryEvent::Separated(separated) => {
            known.joined.remove(&separated.from);
            known.separated.insert(separated.from);
        }
        EntryEvent::Protection(protection) => known.protected = protection.protected,
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
        | EntryEvent::HotelCheckedIn(_)
        | EntryEvent::HotelCheckedOut(_)
        | referral_event!() => {}
    }
    lay_over(record, known);
}

/// The events a command leads to; none when it changes nothing.
pub fn decide(
    entry: EntryId,
    record: &EntryRecord,
    known: &Identities,
    command: Command,
) -> Result<Vec<EntryEvent>, Refusal> {
    match command {
        Command::Assign(assigned) => assign(record, assigned),
        Command::Withdraw(withdrawn) => {
            if withdrawn.reason.0.trim().is_empty() {
                return Err(Refusal::ReasonMissing);
            }
            if known.withdrawn.contains(&withdrawn.identity.number) {
                return Ok(Vec::new());
            }
            let has = |identity: &Identity| identity.number == withdrawn.identity.number;
            let theirs = record.person.identities.iter().any(has);
            if theirs { Ok(vec![withdrawn.into()]) } else { Err(Refusal::NotTheirs) }
        }
        Command::Join(joined) if joined.with == entry => Err(Refusal::WithItself),
        Command::Join(joined) if known.joined.contains(&joined.with) => Ok(Vec::new()),
        Command::Join(joined) if joined.joined_by == REGISTER && known.separated.contains(&joined.with) => {
            Err(Refusal::SeparatedByHand)
        }
        Command::Join(joined) => Ok(vec![joined.into()]),
        Command::Separate(separated) if separated.reason.0.trim().is_empty() => Err(Refusal::ReasonMissing),
        Command::Separate(separated) if known.separated.contains(&separated.from) => Ok(Vec::new()),
        Command::Separate(separated) if !known.joined.contains(&separated.from) => Err(Refusal::NotJoined),
        Command::Separate(separated) => Ok(vec![separated.into()]),
        Command::Protect(protection) if protection.protected == known.protected => Ok(Vec::new()),
        Command::Protect(protection) => Ok(vec![protection.into()]),
    }
}

/// A number that another one of its kind contradicts is taken and flagged: which of them is right is for somebody to
/// find out.
fn assign(record: &EntryRecord, assigned: IdentityAssigned) -> Result<Vec<EntryEvent>, Refusal> {
    let identity = &assigned.identity;
    if identity.check == IdentityCheck::Failed || identity.number.0.is_empty() {
        return Err(Refusal::FailedCheck);
    }
    let own = &record.person.identities;
    let known = own.iter().any(|other| other.number == identity.number && other.kind == identity.kind);
    Ok(if known { Vec::new() } else { vec![assigned.into()] })
}

/// The number that the result service and others know a traveller by, the best kind first.
pub fn national_number(record: &EntryRecord) -> Option<&Personal<String>> {
    let usable = |identity: &&Identity| {
        matches!(identity.check, IdentityCheck::Valid | IdentityCheck::Synthetic)
            && matches!(
                identity.kind,
                IdentityKind::NationalIdentityNumber
                    | IdentityKind::DNumber
                    | IdentityKind::CommonAuxiliaryNumber
            )
    };
    record.person.identities.iter().find(usable).map(|identity| &identity.number)
}

#[cfg(test)]
#[path = "identities_tests.rs"]
mod tests;
