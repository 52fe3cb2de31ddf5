//! What identifies a person, by kind and rank. The checks themselves are rules of the backend.

use crate::Personal;
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
