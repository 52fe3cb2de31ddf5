//! Whether two entries are of one person: a score, and what speaks for it and against it.
//!
//! What agrees adds to the score, what differs takes from it, what was not told does nothing. By the shipped policy two
//! things only join entries without anybody looking: the same national number, or the same passport with the same day
//! of birth and the same names. All else is suggested, or not even that.

pub mod names;

use events::identity::{IdentityCheck, IdentityKind, MatchReason};
use events::identity_policy::IdentityPolicyAdopted;
use events::record::Person;
use jiff::civil::Date;
use names::NameMatch;

/// The highest score that entries can have without what identifies a person.
pub const UNIDENTIFIED_MAX: u16 = 899;
/// The highest score.
pub const SCORE_MAX: u16 = 1_000;

/// The lowest bar from which entries may be joined without anybody looking. All that people who travel together can share
/// without a number or a passport comes to 780, twins whose names are spelt alike included.
pub const JOIN_FROM_MIN: u16 = 800;

/// The kinds of number of which a person has one.
const NATIONAL_NUMBERS: [IdentityKind; 3] =
    [IdentityKind::NationalIdentityNumber, IdentityKind::DNumber, IdentityKind::CommonAuxiliaryNumber];

/// Who travels, and the terms of the party in which they do.
pub struct Traveller<'a, P> {
    /// The person as told.
    pub person: &'a Person,
    /// What those who travel together have in common, compared as it stands.
    pub party: &'a [P],
}

/// How much two entries look like one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Of a thousand.
    pub score: u16,
    /// What speaks for it and against it.
    pub reasons: Vec<MatchReason>,
}

/// From which scores on something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchPolicy {
    /// From here on entries are joined without anybody looking.
    pub join_from: u16,
    /// From here on it is suggested that they be joined.
    pub suggest_from: u16,
}

/// What a score leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are joined.
    Join,
    /// Somebody is asked.
    Suggest,
    /// Nothing.
    Nothing,
}

impl MatchPolicy {
    /// The policy that ships with the product.
    pub const fn shipped() -> MatchPolicy {
        MatchPolicy { join_from: UNIDENTIFIED_MAX + 1, suggest_from: 450 }
    }

    /// The policy that was adopted.
    pub fn of(adopted: &IdentityPolicyAdopted) -> MatchPolicy {
        MatchPolicy { join_from: adopted.match_join_from, suggest_from: adopted.match_suggest_from }
    }

    /// Whether it may be adopted. A bar above the highest score joins nobody.
    pub fn is_sound(self) -> bool {
        (JOIN_FROM_MIN..=SCORE_MAX + 1).contains(&self.join_from)
            && (1..=self.join_from).contains(&self.suggest_from)
    }

    /// What a score leads to. No score at all leads to nothing, whatever the policy says.
    pub fn verdict(self, score: u16) -> Verdict {
        match score {
            0 => Verdict::Nothing,
            score if score >= self.join_from => Verdict::Join,
            score if score >= self.suggest_from => Verdict::Suggest,
            _less => Verdict::Nothing,
        }
    }
}

/// Compares two travellers. It does not matter which is the one and which the other.
pub fn compare<P: PartialEq>(one: &Traveller<'_, P>, other: &Traveller<'_, P>) -> Match {
    let (a, b) = (one.person, other.person);
    let mut reasons = numbers(a, b);
    reasons.extend(passport(a, b));
    reasons.extend(birth_date(a, b));
    reasons.extend(names::compare(a, b).map(|found| match found {
        NameMatch::Same => MatchReason::SameName,
        NameMatch::Transposed => MatchReason::NameTransposed,
        NameMatch::Transliterated => MatchReason::NameTransliterated,
        NameMatch::Close => MatchReason::NameClose,
        NameMatch::Different => MatchReason::DifferentName,
    }));
    let email = |person: &Person| person.email.as_ref().map(|email| email.0.trim().to_lowercase());
    let phones =
        |person: &Person| person.phones.iter().filter_map(|phone| phone.e164.clone()).collect::<Vec<_>>();
    let shared = |yes: bool, reason| yes.then_some(reason);
    reasons.extend(shared(meet(&phones(a), &phones(b)), MatchReason::SamePhone));
    let same_email = email(a).filter(|email| !email.is_empty()).is_some_and(|one| Some(one) == email(b));
    reasons.extend(shared(same_email, MatchReason::SameEmail));
    reasons.extend(shared(meet(one.party, other.party), MatchReason::SameParty));
    reasons.sort_unstable();
    Match { score: score(&reasons), reasons }
}

fn meet<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.iter().any(|value| other.contains(value))
}

/// What a reason adds or takes.
fn weight(reason: MatchReason) -> i32 {
    match reason {
        MatchReason::SameNationalNumber => 950,
        // The score is nothing then.
        MatchReason::DifferentNationalNumber => 0,
        MatchReason::SamePassport => 500,
        MatchReason::SameBirthDate => 200,
        MatchReason::BirthDateTransposed => 60,
        // A child entered under its parent's number must not be joined with the parent.
        MatchReason::DifferentBirthDate => -300,
        MatchReason::SameName => 250,
        MatchReason::NameTransposed | MatchReason::NameTransliterated => 220,
        MatchReason::NameClose => 120,
        MatchReason::DifferentName => -200,
        MatchReason::SamePhone => 120,
        MatchReason::SameEmail => 130,
        MatchReason::SameParty => 80,
    }
}

fn score(reasons: &[MatchReason]) -> u16 {
    let has = |reason| reasons.contains(&reason);
    if has(MatchReason::DifferentNationalNumber) {
        return 0;
    }
    let named =
        [MatchReason::SameName, MatchReason::NameTransposed, MatchReason::NameTransliterated].map(has);
    let by_passport =
        has(MatchReason::SamePassport) && has(MatchReason::SameBirthDate) && named.contains(&true);
    let most = match has(MatchReason::SameNationalNumber) || by_passport {
        true => SCORE_MAX,
        false => UNIDENTIFIED_MAX,
    };
    let sum: i32 = reasons.iter().map(|reason| weight(*reason)).sum();
    u16::try_from(sum.max(0)).unwrap_or(SCORE_MAX).min(most)
}

/// Numbers whose check digits are right; what fails its check is nobody's.
fn right_numbers(person: &Person, kind: IdentityKind) -> Vec<&str> {
    let right = person.identities.iter().filter(|identity| {
        identity.kind == kind && matches!(identity.check, IdentityCheck::Valid | IdentityCheck::Synthetic)
    });
    right.map(|identity| identity.number.0.as_str()).collect()
}

fn numbers(a: &Person, b: &Person) -> Vec<MatchReason> {
    let pairs = NATIONAL_NUMBERS.map(|kind| (right_numbers(a, kind), right_numbers(b, kind)));
    let both_told = || pairs.iter().filter(|(a, b)| !a.is_empty() && !b.is_empty());
    let mut reasons = Vec::new();
    if both_told().any(|(a, b)| meet(a, b)) {
        reasons.push(MatchReason::SameNationalNumber);
    }
    if both_told().any(|(a, b)| !meet(a, b)) {
        reasons.push(MatchReason::DifferentNationalNumber);
    }
    reasons
}

/// Passports are renewed, so different ones say nothing.
fn passport(a: &Person, b: &Person) -> Option<MatchReason> {
    let of = |person: &Person| {
        let passports = person.identities.iter().filter(|identity| identity.kind == IdentityKind::Passport);
        passports.map(|identity| identity.number.clone()).collect::<Vec<_>>()
    };
    meet(&of(a), &of(b)).then_some(MatchReason::SamePassport)
}

fn birth_date(a: &Person, b: &Person) -> Option<MatchReason> {
    let (a, b) = (a.birth_date.as_ref()?.0, b.birth_date.as_ref()?.0);
    if a == b {
        return Some(MatchReason::SameBirthDate);
    }
    let is_transposed = transposed(a) == Some(b);
    Some(if is_transposed { MatchReason::BirthDateTransposed } else { MatchReason::DifferentBirthDate })
}

/// Day and month in the other order, where that is a day.
fn transposed(date: Date) -> Option<Date> {
    Date::new(date.year(), date.day(), date.month()).ok()
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
