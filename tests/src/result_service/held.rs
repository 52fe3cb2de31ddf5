//! The table of the result service: messages, and how they are told in the two published variants.

use super::{MUNICIPALITY, Manners, moment_of};
use jiff::Timestamp;
use serde_json::{Value, json};

/// A message in the table.
#[derive(Clone)]
pub struct Held {
    number: String,
    municipality: String,
    received: Timestamp,
    positive: bool,
    /// What both variants have.
    record: Value,
}

impl Held {
    /// A final negative answer about somebody, under an id, received at a moment and taken the day before.
    pub fn new(id: &str, number: &str, received: Timestamp) -> Held {
        let taken = received - jiff::SignedDuration::from_hours(24);
        let record = json!({
            "meldingId": id, "mottattdatoBruktSomProvedato": false, "labHerId": "98765", "labNavn": "Laboratoriet",
            "provenummer": format!("P-{id}"), "provedato": taken.to_string(), "meldingskommentar": "",
            "meldingsstatus": "Endelig", "fodselsnummer": number, "fodselsdato": "1946-11-20",
            "fornavn": "Kari", "etternavn": "Prøvesen", "kjonn": "2", "bostedskommunenummer": MUNICIPALITY,
            "bostedskommunenavn": "Oslo", "provesvarstatus": "",
            "funn": [{
                "kodeverdi": "NPU59097", "kodebeskrivelse": "Us-SARS-CoV-2 RNA", "materiale": "Nasopharynxsekret",
                "resultat": "Negativt", "status": "Endelig", "kommentar": "",
            }],
        });
        let (number, municipality) = (number.to_owned(), MUNICIPALITY.to_owned());
        Held { number, municipality, received, positive: false, record }
    }

    /// Says this instead.
    #[must_use]
    pub fn saying(mut self, result: &str, positive: bool) -> Held {
        self.record["funn"][0]["resultat"] = json!(result);
        self.positive = positive;
        self
    }

    /// A later word about the same sample.
    #[must_use]
    pub fn revised(mut self, id: &str, received: Timestamp, result: &str) -> Held {
        self.record["meldingId"] = json!(id);
        self.record["funn"][0]["status"] = json!("Revidert");
        self.received = received;
        self.saying(result, true)
    }

    /// Without a sample date of its own.
    #[must_use]
    pub fn substituted(mut self) -> Held {
        self.record["mottattdatoBruktSomProvedato"] = json!(true);
        self.record["provedato"] = json!(self.received.to_string());
        self
    }

    /// With another value of a field.
    #[must_use]
    pub fn with(mut self, field: &str, value: Value) -> Held {
        self.record[field] = value;
        self
    }

    pub(super) fn is_asked_for(&self, operation: &str, question: &Value) -> bool {
        let told = |theirs: &str, ours: &Value| question[theirs].is_null() || question[theirs] == *ours;
        match operation {
            "sok" => question["fnr"] == self.number.as_str(),
            "sokMedParams" => ["fornavn", "etternavn", "kjonn", "fodselsdato"]
                .iter()
                .all(|name| told(name, &self.record[*name])),
            "sokForKommune" => question["kommunenr"] == self.municipality.as_str(),
            "sokPositiveForKommune" => self.positive && question["kommunenr"] == self.municipality.as_str(),
            other => panic!("there is no {other}"),
        }
    }

    /// The variant of a person's search, with its misspelling.
    fn for_person(&self) -> Value {
        let mut record = self.record.clone();
        record["mottattdao"] = json!(self.received.to_string());
        record
    }

    fn for_municipality(&self) -> Value {
        let mut record = self.record.clone();
        record["mottattdato"] = json!(self.received.to_string());
        record["kommunenummerForRekvirent"] = json!(self.municipality);
        record["kommunenummerForLaboratorium"] = json!("4601");
        record
    }
}

/// A `ProvesvarResponse`: as they lie in the table, the first so many.
pub(super) fn person<'a>(found: impl Iterator<Item = &'a Held>, most: usize) -> Value {
    let all: Vec<Value> = found.map(Held::for_person).collect();
    json!({
        "antallProvesvar": all.len(), "maksAntallProvesvar": most,
        "provesvarliste": all.iter().take(most).collect::<Vec<_>>(),
    })
}

/// A `ProvesvarSearchResponseForKommune`: the earliest so many of a window, and where they end.
pub(super) fn municipality<'a>(
    found: impl Iterator<Item = &'a Held>,
    question: &Value,
    manners: Manners,
) -> Value {
    let (from, until) =
        (moment_of(question, "fraMottattidspunkt"), moment_of(question, "tilMottattidspunkt"));
    let inside = |held: &&Held| match manners.inclusive {
        true => {
            from.is_none_or(|from| held.received >= from) && until.is_none_or(|until| held.received <= until)
        }
        false => {
            from.is_none_or(|from| held.received > from) && until.is_none_or(|until| held.received < until)
        }
    };
    let mut all: Vec<&Held> = found.filter(inside).collect();
    all.sort_by_key(|held| held.received);
    let count = all.len();
    all.truncate(manners.most);
    let reached = all.last().map(|held| held.received).or(until);
    if manners.shuffled {
        all.reverse();
        let half = all.len() / 2;
        all.rotate_left(half);
    }
    let mut answer = json!({
        "antallProvesvar": count, "maksAntallProvesvar": manners.most,
        "provesvarliste": all.into_iter().map(Held::for_municipality).collect::<Vec<_>>(),
    });
    if let Some(reached) = reached {
        answer["tilMottattidspunkt"] = json!(reached.to_string());
    }
    answer
}
