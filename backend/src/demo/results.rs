//! What laboratories tell of the demo's travellers: a message about a test at the border for those with a number, in the
//! words that laboratories use.

use super::dice::Dice;
use super::numbers;
use events::record::RawRecord;
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};

/// Of a thousand travellers with a number, those with a message.
const TESTED: u32 = 600;
/// Of a thousand messages, those about somebody who did not enter the country.
const OF_OTHERS: u32 = 60;
/// What laboratories write, and how often of a thousand.
const TEXTS: [(&str, u32); 8] = [
    ("Ikke påvist", 520),
    ("Negativt", 260),
    ("Ikkje påvist", 130),
    ("Påvist", 15),
    ("Svakt positivt", 5),
    ("Inkonklusiv", 20),
    ("Se kommentar", 40),
    ("Prøven er uegnet, ny prøve anbefales", 10),
];
/// Laboratories and their numbers in the address register, invented.
const LABORATORIES: [(&str, &str); 4] = [
    ("Laboratoriet på Svinesund", "9000001"),
    ("Laboratoriet i Bergen", "9000002"),
    ("Laboratoriet i Tromsø", "9000003"),
    ("Laboratoriet på Gardermoen", "9000004"),
];

/// The message about a record's traveller, if one comes.
pub fn of(raw: &RawRecord, dice: &mut Dice, now: Timestamp) -> Option<Value> {
    let number = ["p_unique_id", "p_dnr", "p_fh_number"].into_iter().find_map(|field| {
        let digits: String = raw.get(field)?.as_str()?.chars().filter(char::is_ascii_digit).collect();
        (digits.len() == 11).then_some(digits)
    })?;
    if !dice.per_mille(TESTED) {
        return None;
    }
    let number =
        if dice.per_mille(OF_OTHERS) { numbers::national(dice, date(1979, 6, 5), false) } else { number };
    let (laboratory, her_id) = *dice.one_of(&LABORATORIES);
    let (code, name) = *dice.one_of(&[
        ("NPU59097", "Us-SARS-CoV-2 RNA"),
        ("NPU59097", "Us-SARS-CoV-2 RNA"),
        ("NPU59390", "Us-SARS-relatert koronavirus (inkl. SARS-CoV-2) antigen"),
    ]);
    let serial = dice.bits();
    Some(json!({
        "meldingId": format!("demo-{serial:016x}"),
        "mottattdao": now.to_string(),
        "mottattdatoBruktSomProvedato": dice.per_mille(40),
        "labHerId": her_id,
        "labNavn": laboratory,
        "provenummer": format!("D{}", serial % 10_000_000),
        "provedato": now.to_string(),
        "meldingsstatus": "Endelig rapport",
        "fodselsnummer": number,
        "funn": [{
            "kodeverdi": code, "kodebeskrivelse": name, "materiale": "Nasopharynxsekret",
            "resultat": dice.weighted(&TEXTS), "status": "Endelig",
        }],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::results::push;

    #[test]
    fn its_messages_can_be_read_and_travellers_without_a_number_have_none() {
        let mut dice = Dice::new(7);
        let now: Timestamp = "2021-03-15T12:00:00Z".parse().unwrap();
        let mut raw = RawRecord::new();
        assert_eq!(of(&raw, &mut dice, now), None);
        raw.insert("p_unique_id".to_owned(), json!("209146 95016"));
        let messages: Vec<Value> = (0..200).filter_map(|_| of(&raw, &mut dice, now)).collect();
        assert!((80..160).contains(&messages.len()), "{}", messages.len());
        let body = Value::Array(messages).to_string();
        let all_read = push::messages(body.as_bytes()).unwrap().all(|pushed| pushed.unwrap().message.is_ok());
        assert!(all_read);
    }
}
