//! What identifies a person, by kind and rank. The checks themselves are rules of the backend.

use crate::{EntryId, Personal};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The kinds of identity, the most trustworthy first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IdentityKind {
    /// Fødselsnummer.
    NationalIdentityNumber,
    /// D-nummer.
    DNumber,
    /// Felles hjelpenummer (FHN).
    CommonAuxiliaryNumber,
    /// Passport number.
    Passport,
    /// Free text that fits none of the kinds.
    Unknown,
}

/// Whether a number passed the check of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IdentityCheck {
    /// The check digits are right.
    Valid,
    /// A synthetic number (month offset) with right check digits: demo and test only.
    Synthetic,
    /// The kind has no check digits.
    Unchecked,
    /// It looks like the kind, but its check fails.
    Failed,
}

/// One identity of a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Its kind.
    pub kind: IdentityKind,
    /// The number as normalised: no spaces, letters upper case.
    pub number: Personal<String>,
    /// What its check said.
    pub check: IdentityCheck,
}

/// A traveller was given a number, or one that the traveller had was found, after the entry was registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentityAssigned {
    /// The number.
    pub identity: Identity,
    /// Where.
    pub assigned_at: AssignedAt,
    /// Which station or desk, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who; `register` for what came by itself.
    pub assigned_by: String,
    /// When.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub assigned_on: Timestamp,
}

/// Where a number was assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AssignedAt {
    /// At a border test station.
    BorderStation,
    /// At the tax office's desk.
    TaxOffice,
    /// By hand, against a document.
    ByHand,
    /// By the service that allocates common auxiliary numbers.
    AllocationService,
}

/// A number turned out not to be the traveller's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentityWithdrawn {
    /// The number.
    pub identity: Identity,
    /// Why.
    pub reason: Personal<String>,
    /// Who.
    pub withdrawn_by: String,
}

/// Two entries turned out to be of one person. Told on both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryJoined {
    /// The other entry.
    pub with: EntryId,
    /// How sure it is, of a thousand.
    pub score: u16,
    /// What spoke for it and against it.
    pub reasons: Vec<MatchReason>,
    /// Who; `register` when the policy's bar was reached.
    pub joined_by: String,
}

/// Two entries that were joined are of two persons after all. Told on both; they are never joined by themselves again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntrySeparated {
    /// The other entry.
    pub from: EntryId,
    /// Why.
    pub reason: Personal<String>,
    /// Who.
    pub separated_by: String,
}

/// What speaks for or against two entries being of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MatchReason {
    /// The same national number, D-number or auxiliary number.
    SameNationalNumber,
    /// Two numbers of one kind that differ.
    DifferentNationalNumber,
    /// The same passport.
    SamePassport,
    /// The same day of birth.
    SameBirthDate,
    /// Day and month of birth in the other order.
    BirthDateTransposed,
    /// Days of birth that differ.
    DifferentBirthDate,
    /// The same names.
    SameName,
    /// First and last name in the other order.
    NameTransposed,
    /// The same names in another spelling or script.
    NameTransliterated,
    /// Names that differ by a letter or two.
    NameClose,
    /// Names that differ.
    DifferentName,
    /// The same phone.
    SamePhone,
    /// The same e-mail address.
    SameEmail,
    /// They travel in the same party.
    SameParty,
}

/// The traveller's address is protected, or no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddressProtection {
    /// Whether it is.
    pub protected: bool,
    /// Who says so.
    pub set_by: String,
}
