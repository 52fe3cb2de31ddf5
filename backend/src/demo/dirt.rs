//! Dirt: everything that people and systems get wrong in such records.

use super::dice::Dice;
use super::person::put;
use super::{names, rates};
use events::record::RawRecord;
use serde_json::{Value, json};

/// Kinds of dirt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says it; `soil` shows it")]
pub enum Dirt {
    WrongPostcode,
    PostcodeWithPlace,
    OtherSpelling,
    FreeTextIdentity,
    WrongCheckDigit,
    SpacedIdentity,
    DamagedText,
    PhoneJunk,
    TwoPhones,
    PhoneTooShort,
    UnknownCode,
    BareNumber,
    NumberInWords,
    EmptyStrings,
    UnknownField,
    NoMunicipality,
    NoPlaceAtAll,
    OldMunicipality,
    NorwegianDate,
    NoOffset,
    UnknownLanguage,
    OtherBirthDate,
    WrongOrgNumber,
    OddName,
}

/// Soils a record, by the rates.
pub fn soil(raw: &mut RawRecord, dice: &mut Dice) {
    for (dirt, rate) in rates::DIRT {
        if dice.per_mille(rate) {
            apply(raw, dice, dirt);
        }
    }
}

fn apply(raw: &mut RawRecord, dice: &mut Dice, dirt: Dirt) {
    match dirt {
        Dirt::WrongPostcode => put(
            raw,
            "a_location_zip_code",
            *dice.one_of(&["0000", "7000", "O150", "999", "01500", "vet ikke"]),
        ),
        Dirt::PostcodeWithPlace => change(raw, "a_location_zip_code", |zip| format!("N-{zip}")),
        Dirt::OtherSpelling => respell(raw),
        Dirt::FreeTextIdentity => put(
            raw,
            "p_unique_id",
            *dice.one_of(&["se e-post", "pass kommer", "ID-kort 4711", "-", "ukjent", "har søkt"]),
        ),
        Dirt::WrongCheckDigit => change(raw, "p_unique_id", |id| with_last_digit_changed(&id)),
        Dirt::SpacedIdentity => change(raw, "p_unique_id", |id| match id.split_at_checked(6) {
            Some((first, last)) => format!(" {first} {last}"),
            None => id,
        }),
        Dirt::DamagedText => {
            change_all(raw, &["p_first_name", "p_last_name", "a_location_address"], |text| as_latin_1(&text))
        }
        Dirt::PhoneJunk => put(raw, "p_phone", *dice.one_of(&PHONE_JUNK)),
        Dirt::TwoPhones => {
            change(raw, "p_phone", |phone| format!("{phone} eller {}", super::numbers::phone(dice)))
        }
        Dirt::PhoneTooShort => put(raw, "p_phone", format!("+47 412 34 {:02}", dice.below(100))),
        Dirt::UnknownCode => put(raw, "a_q_opt_l2_code", *dice.one_of(&["2099", "9999", "karantene"])),
        Dirt::BareNumber => {
            raw.insert("a_num_travelers".to_owned(), json!(1 + dice.below(4)));
        }
        Dirt::NumberInWords => {
            put(raw, "a_num_travelers", *dice.one_of(&["to", "2 voksne", "familie", "ca 3"]))
        }
        Dirt::EmptyStrings => blank(raw, dice),
        Dirt::UnknownField => {
            let field: &str = dice.one_of::<&str>(&["a_seat", "p_middle_name", "x_app_version"]);
            put(raw, field, "1");
        }
        Dirt::NoMunicipality => remove(raw, &DESTINATION),
        Dirt::NoPlaceAtAll => {
            remove(raw, &DESTINATION);
            remove(raw, &["a_location_zip_code", "hotel_municipality_number", "a_q_hotel_destination_id"]);
        }
        Dirt::OldMunicipality => {
            put(raw, "municipality_number", *dice.one_of(&["0219", "1601", "1201", "0104"]))
        }
        Dirt::NorwegianDate => change_all(raw, &["p_birth_date", "a_date"], |day| norwegian(&day)),
        Dirt::NoOffset => change(raw, "a_updated", |moment| moment.trim_end_matches('Z').to_owned()),
        Dirt::UnknownLanguage => {
            put(raw, "p_lang_follow_up", *dice.one_of(&["alle", "Klingonsk", "xx", "tolk"]))
        }
        Dirt::OtherBirthDate => {
            put(raw, "p_birth_date", *dice.one_of(&["1970-01-01", "1900-01-01", "2090-05-17"]))
        }
        Dirt::WrongOrgNumber => {
            change(raw, "a_employer_org_number", |number| with_last_digit_changed(&number))
        }
        Dirt::OddName => {
            let (first, last) = *dice.one_of(&names::ODD);
            put(raw, "p_first_name", first);
            put(raw, "p_last_name", last);
        }
    }
}

const PHONE_JUNK: [&str; 6] = ["ingen", "112", "+47", "se over", "12345678901234567890", "0"];
const DESTINATION: [&str; 3] = ["municipality_number", "a_destination_id", "responsible_municipality_number"];

/// Fields that are sent although there is nothing in them.
fn blank(raw: &mut RawRecord, dice: &mut Dice) {
    for field in
        ["p_fh_number", "a_quarantine_option", "a_q_hotel_destination_id", "a_transit_countries", "p_email"]
    {
        raw.entry(field).or_insert_with(|| Value::String(" ".repeat(dice.below(3) as usize)));
    }
}

fn change_all(raw: &mut RawRecord, fields: &[&str], with: impl Fn(String) -> String) {
    for field in fields {
        change(raw, field, &with);
    }
}

fn change(raw: &mut RawRecord, field: &str, change: impl FnOnce(String) -> String) {
    if let Some(Value::String(text)) = raw.get_mut(field) {
        *text = change(std::mem::take(text));
    }
}

fn remove(raw: &mut RawRecord, fields: &[&str]) {
    for field in fields {
        raw.remove(*field);
    }
}

/// The second spelling of a name or street: without marks, in capitals, with a blank too many.
fn respell(raw: &mut RawRecord) {
    change(raw, "p_last_name", |name| deunicode::deunicode(&name).to_uppercase());
    change(raw, "a_location_address", |street| {
        street.replace("veien", "vn.").replace("gata", "gt ").replace("vegen", "veien")
    });
}

fn with_last_digit_changed(number: &str) -> String {
    let mut changed = number.to_owned();
    if let Some(digit) = changed.pop().and_then(|last| last.to_digit(10)) {
        changed.extend(char::from_digit((digit + 1) % 10, 10));
    }
    changed
}

fn norwegian(day: &str) -> String {
    match day.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] => format!("{day}.{month}.{year}"),
        _ => day.to_owned(),
    }
}

/// UTF-8 bytes read as Latin-1.
fn as_latin_1(text: &str) -> String {
    text.bytes().map(char::from).collect()
}
