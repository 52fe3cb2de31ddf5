//! One invented traveller.

use super::dice::Dice;
use super::names::Group;
use super::{numbers, rates};
use events::record::RawRecord;
use jiff::civil::Date;
use serde_json::Value;

/// What identity a traveller gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityChoice {
    /// A fødselsnummer.
    National,
    /// A D-number, sometimes in its own field.
    DNumber,
    /// A passport number.
    Passport,
    /// None of these: the source gave an FHN.
    Auxiliary,
    /// Nothing.
    Nothing,
}

/// Sets a field.
pub fn put(raw: &mut RawRecord, field: &str, value: impl Into<String>) {
    raw.insert(field.to_owned(), Value::String(value.into()));
}

/// Fills in the fields of a person. A family shares its last name.
pub fn fill(
    raw: &mut RawRecord,
    dice: &mut Dice,
    group: &Group,
    last_name: Option<&str>,
    child: bool,
    today: Date,
) {
    let age = if child { dice.within(0, 15) } else { dice.within(18, 71) };
    let year = today.year() - i16::try_from(age).unwrap_or(0) - 1;
    let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
    let born =
        Date::new(year, i8::try_from(month).unwrap_or(1), i8::try_from(day).unwrap_or(1)).unwrap_or(today);
    put(raw, "p_first_name", *dice.one_of(group.first));
    put(raw, "p_last_name", last_name.unwrap_or_else(|| *dice.one_of(group.last)));
    put(raw, "p_birth_date", born.to_string());
    put(raw, "p_lang_follow_up", *dice.one_of(group.languages));
    put(raw, "p_country_of_residence", if dice.per_mille(350) { "Norge" } else { group.country });
    if !child && dice.per_mille(600) {
        put(raw, "p_email", format!("reisende{}@example.org", dice.below(1_000_000)));
    }
    put(raw, "p_follow_up", "Ikke satt");
    match dice.weighted(&rates::IDENTITIES) {
        IdentityChoice::National => put(raw, "p_unique_id", numbers::national(dice, born, false)),
        IdentityChoice::DNumber => {
            let number = numbers::national(dice, born, true);
            let field = if dice.per_mille(300) { "p_dnr" } else { "p_unique_id" };
            put(raw, field, number);
        }
        IdentityChoice::Passport => put(raw, "p_unique_id", numbers::passport(dice)),
        IdentityChoice::Auxiliary => put(raw, "p_fh_number", numbers::auxiliary(dice)),
        IdentityChoice::Nothing => {}
    }
}
