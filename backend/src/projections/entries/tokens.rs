//! Search tokens: keyed digests of normalised values. Under the epoch's own key, so equal values of different
//! epochs do not look alike, and all of them are noise once the key is gone.

use crate::log::keyring::Key;
use api::entries::MatchedBy;
use events::record::EntryRecord;
use rphonetic::{DoubleMetaphone, Encoder};
use std::collections::BTreeSet;

/// Letters of the shortest prefix that is indexed.
const PREFIX_MIN: usize = 2;
/// Letters of the longest prefix that is indexed; longer ones are the whole word's business.
const PREFIX_MAX: usize = 6;
/// Words of a name that are indexed at most.
const WORDS_MAX: usize = 8;

/// What is searched for, before any key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    kind: &'static str,
    value: String,
}

impl Term {
    /// The token of the term in an epoch.
    pub fn token(&self, key: &Key) -> i64 {
        let digest = key.digest(self.kind, self.value.as_bytes());
        let mut short = [0; 8];
        short.copy_from_slice(&digest[..8]);
        i64::from_be_bytes(short)
    }
}

fn term(kind: &'static str, value: impl Into<String>) -> Term {
    Term { kind, value: value.into() }
}

/// All terms an entry is found by.
pub fn of_entry(record: &EntryRecord, reference_codes: &[&str]) -> BTreeSet<Term> {
    let person = &record.person;
    let mut terms = BTreeSet::new();
    terms.extend(person.identities.iter().map(|identity| term("identity", compact(&identity.number.0))));
    terms.extend(reference_codes.iter().map(|code| term("reference-code", compact(code))));
    let dialled: Vec<&str> =
        person.phones.iter().filter_map(|phone| Some(phone.e164.as_ref()?.0.as_str())).collect();
    terms.extend(dialled.iter().map(|number| term("phone", national_digits(number))));
    for name in [&person.first_name, &person.last_name].into_iter().flatten() {
        for word in words(&name.0) {
            terms.extend(sounds(&word).into_iter().map(|sound| term("name-sound", sound)));
            terms.extend(prefixes(&word).map(|prefix| term("name-prefix", prefix)));
            terms.insert(term("name", word));
        }
    }
    let employer = record.employer.as_ref().and_then(|employer| employer.name.as_ref());
    terms.extend(employer.into_iter().flat_map(|name| words(name)).map(|word| term("employer", word)));
    terms.extend(party(record));
    terms.extend(lines(record));
    terms
}

/// What those have in common who must not be called one after the other: person, phone, travel party.
pub fn of_contact(record: &EntryRecord) -> BTreeSet<Term> {
    let person = &record.person;
    let mut terms: BTreeSet<Term> = party(record).into_iter().collect();
    terms.extend(person.identities.iter().map(|identity| term("identity", compact(&identity.number.0))));
    terms.extend(lines(record));
    terms
}

/// Telephone lines, whole: two numbers of different countries may end alike.
fn lines(record: &EntryRecord) -> impl Iterator<Item = Term> {
    let dialled = record.person.phones.iter().filter_map(|phone| phone.e164.as_ref());
    dialled.map(|number| term("line", &*number.0))
}

/// The term of a number that identifies somebody.
pub fn of_number(number: &str) -> Term {
    term("identity", compact(number))
}

/// The terms of a telephone number.
pub fn of_phone(number: &str) -> Term {
    term("phone", national_digits(number))
}

/// What those who travel together have in common: phone or e-mail, and the day; or the same address and employer.
pub fn party(record: &EntryRecord) -> Vec<Term> {
    let Some(arrival) = record.trip.arrival else { return Vec::new() };
    let person = &record.person;
    let mut terms: Vec<Term> = person
        .phones
        .iter()
        .filter_map(|phone| Some(term("party", format!("{arrival} {}", phone.e164.as_ref()?.0))))
        .collect();
    terms.extend(
        person.email.as_ref().map(|email| term("party", format!("{arrival} {}", email.0.to_lowercase()))),
    );
    let quarantine = &record.quarantine;
    let employer = record.employer.as_ref().and_then(|employer| employer.org_number.as_ref());
    if let (Some(address), Some(employer)) = (&quarantine.address, employer) {
        terms.push(term("party", format!("{arrival} {employer} {}", compact(&address.0))));
    }
    terms
}

/// One way of reading a query: entries must have a token for every group; within a group one is enough.
pub struct Reading {
    /// What a hit was found by.
    pub matched_by: MatchedBy,
    /// The groups.
    pub groups: Vec<Vec<Term>>,
}

/// The readings of what somebody typed, the surest first.
pub fn readings(query: &str) -> Vec<Reading> {
    let whole = compact(query);
    let digits = query.chars().filter(char::is_ascii_digit).count();
    let mut readings = Vec::new();
    if digits >= 4 {
        readings
            .push(Reading { matched_by: MatchedBy::Identity, groups: vec![vec![term("identity", &*whole)]] });
        let code = Reading {
            matched_by: MatchedBy::ReferenceCode,
            groups: vec![vec![term("reference-code", &*whole)]],
        };
        readings.push(code);
        let phone = national_digits(query);
        readings.push(Reading { matched_by: MatchedBy::Phone, groups: vec![vec![term("phone", phone)]] });
    }
    let words = words(query);
    if !words.is_empty() && words.iter().all(|word| word.chars().any(char::is_alphabetic)) {
        let each = |terms: &dyn Fn(&String) -> Vec<Term>| words.iter().map(terms).collect::<Vec<_>>();
        let exactly = |word: &String| vec![term("name", word.clone())];
        let begins = |word: &String| vec![term("name", word.clone()), term("name-prefix", cut(word))];
        let sound = |word: &String| {
            let mut terms = begins(word);
            terms.extend(sounds(word).into_iter().map(|sound| term("name-sound", sound)));
            terms
        };
        readings.push(Reading { matched_by: MatchedBy::Name, groups: each(&exactly) });
        readings.push(Reading { matched_by: MatchedBy::NamePrefix, groups: each(&begins) });
        let of_employer = |word: &String| vec![term("employer", word.clone())];
        readings.push(Reading { matched_by: MatchedBy::Employer, groups: each(&of_employer) });
        readings.push(Reading { matched_by: MatchedBy::NameSound, groups: each(&sound) });
    }
    readings
}

/// Signs of the shortest code or number that is looked up whole.
const EXACT_MIN: usize = 5;

/// What is found by a code or number and nothing else; nothing for what is too short to be one.
pub fn exact_terms(query: &str) -> Vec<(MatchedBy, Term)> {
    let whole = compact(query);
    if whole.len() < EXACT_MIN {
        return Vec::new();
    }
    vec![
        (MatchedBy::ReferenceCode, term("reference-code", &*whole)),
        (MatchedBy::Identity, term("identity", whole)),
    ]
}

/// Letters and digits only, upper case, plain Latin.
fn compact(value: &str) -> String {
    deunicode::deunicode(value).chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// The last eight digits: numbers are found with and without their country's prefix.
fn national_digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(8)..].to_owned()
}

/// The words of a name in plain Latin, lower case: Æ is ae, Ø is o, Å is a, as most people type abroad.
fn words(name: &str) -> Vec<String> {
    let folded: String = name
        .chars()
        .map(|c| match c {
            'Ø' | 'ø' | 'Ö' | 'ö' => 'o',
            'Å' | 'å' => 'a',
            'Æ' | 'æ' | 'Ä' | 'ä' => 'a',
            other => other,
        })
        .collect();
    deunicode::deunicode(&folded)
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(str::to_owned)
        .collect()
}

fn prefixes(word: &str) -> impl Iterator<Item = String> + '_ {
    (PREFIX_MIN..=PREFIX_MAX).filter(|length| *length < word.len()).map(|length| word[..length].to_owned())
}

/// The part of a word that the index of prefixes can answer.
fn cut(word: &str) -> String {
    word[..word.len().min(PREFIX_MAX)].to_owned()
}

/// Sound-alikes of a word (double metaphone, both codes).
fn sounds(word: &str) -> BTreeSet<String> {
    if word.len() < 3 || !word.is_ascii() {
        return BTreeSet::new();
    }
    let metaphone = DoubleMetaphone::default();
    let codes = metaphone.double_metaphone(word);
    BTreeSet::from([metaphone.encode(word), codes.alternate()])
        .into_iter()
        .filter(|code| code.len() > 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use events::record::Person;

    fn named(first: &str, last: &str) -> BTreeSet<Term> {
        let person =
            Person { first_name: Some(first.into()), last_name: Some(last.into()), ..Person::default() };
        of_entry(&EntryRecord { person, ..EntryRecord::default() }, &[])
    }

    fn found_by(terms: &BTreeSet<Term>, query: &str) -> Option<MatchedBy> {
        readings(query)
            .into_iter()
            .find(|reading| reading.groups.iter().all(|group| group.iter().any(|term| terms.contains(term))))
            .map(|reading| reading.matched_by)
    }

    #[test]
    fn names_are_found_exactly_by_their_beginning_and_by_their_sound() {
        let terms = named("Bjørn-Åge", "Kristoffersen");
        for (query, by) in [
            ("Bjørn Kristoffersen", MatchedBy::Name),
            ("kristoffersen bjorn", MatchedBy::Name),
            ("KRIST", MatchedBy::NamePrefix),
            ("Bjø Kri", MatchedBy::NamePrefix),
            ("Christofersen", MatchedBy::NameSound),
        ] {
            assert_eq!(found_by(&terms, query), Some(by), "{query}");
        }
        assert_eq!(found_by(&terms, "Hansen"), None);
        assert_eq!(found_by(&terms, "Bjørn Hansen"), None);
    }

    #[test]
    fn names_in_other_scripts_are_found_in_latin_letters() {
        assert_eq!(found_by(&named("Юлия", "Соколова"), "Sokolova"), Some(MatchedBy::Name));
        assert_eq!(found_by(&named("Łukasz", "Wójcik"), "lukasz wojcik"), Some(MatchedBy::Name));
    }

    #[test]
    fn an_employer_is_found_by_name() {
        let mut record = EntryRecord::default();
        record.employer =
            Some(events::record::Employer { name: Some("Nordfjord Bygg AS".into()), ..Default::default() });
        assert_eq!(found_by(&of_entry(&record, &[]), "nordfjord bygg"), Some(MatchedBy::Employer));
    }

    #[test]
    fn a_phone_is_found_with_and_without_its_prefix_and_with_spaces() {
        let mut record = EntryRecord::default();
        record.person.phones =
            vec![events::record::Phone { given: "x".into(), e164: Some("+4721898050".into()) }];
        let terms = of_entry(&record, &[]);
        for query in ["+47 21 89 80 50", "21898050", "0047 21898050"] {
            assert_eq!(found_by(&terms, query), Some(MatchedBy::Phone), "{query}");
        }
    }
}
