//! From the source's raw record to typed values. Nothing is dropped: what cannot be read stays in the raw
//! record, and a flag says so.

use crate::rules::codes::{self, Level};
use crate::rules::entry::{EntryState, TakeIn, merge};
use crate::rules::identity::{self, Given};
use crate::rules::municipality::{self, Told};
use crate::rules::numbers::organisation;
use crate::rules::postcodes::PostcodeTables;
use crate::rules::{fields, languages, moments, phone};
use events::entry::Source;
use events::personal::Personal;
use events::record::{
    Employer, EntryRecord, Flag, FlagKind, FollowUpStatus, Person, Phone, Quarantine, RawRecord, Routing,
    Trip,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// A record in typed values. It has no Debug, because the reference code stands bare in it.
pub struct Mapped {
    /// The typed record.
    pub record: EntryRecord,
    /// Where it belongs.
    pub routing: Routing,
    /// Its reference code.
    pub reference_code: Option<String>,
}

/// Maps a raw record as of a day: the rules, codes and tables of that day count.
pub fn map(raw: &RawRecord, tables: &PostcodeTables, on: Date) -> Mapped {
    let mut reader = Reader { raw, on, flags: Vec::new() };
    let person = reader.person();
    let trip = reader.trip();
    let quarantine = reader.quarantine(tables);
    let employer = reader.employer();
    let routing = reader.routing(&quarantine, tables);
    reader.flag_unknown_and_damaged_fields();
    let Reader { mut flags, .. } = reader;
    flags.sort();
    flags.dedup();
    let record = EntryRecord { person, trip, quarantine, employer, flags };
    Mapped {
        record,
        routing,
        reference_code: fields::text(raw, "a_reference_code").map(|code| code.into_owned()),
    }
}

/// Prepares the command that takes a record in: merges it with what is known and maps the result.
/// `None` when the record has no reference code.
pub fn prepare(
    known: Option<&EntryState>,
    incoming: RawRecord,
    source: Source,
    tables: &PostcodeTables,
    on: Date,
) -> Option<TakeIn> {
    let reference_code = Personal(fields::text(&incoming, "a_reference_code")?.into_owned());
    let merged = known.map_or_else(|| incoming.clone(), |state| merge(&state.raw, &incoming));
    let Mapped { record, routing, .. } = map(&merged, tables, on);
    Some(TakeIn { reference_code, source, incoming, merged, record, routing })
}

/// Reads the fields of one record and gathers the flags.
struct Reader<'a> {
    raw: &'a RawRecord,
    on: Date,
    flags: Vec<Flag>,
}

impl Reader<'_> {
    fn flag(&mut self, field: &str, kind: FlagKind) {
        self.flags.push(Flag { field: field.to_owned(), kind });
    }

    fn text(&self, field: &str) -> Option<String> {
        fields::text(self.raw, field).map(|text| text.into_owned())
    }

    fn personal(&self, field: &str) -> Option<Personal<String>> {
        self.text(field).map(Personal)
    }

    /// Reads a field by `read`; what it cannot read is flagged.
    fn parsed<T>(&mut self, field: &str, kind: FlagKind, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = read(&self.text(field)?);
        if value.is_none() {
            self.flag(field, kind);
        }
        value
    }

    /// A day that should lie within so many days before and after today; outside it is kept and flagged.
    fn day(&mut self, field: &str, before: i64, after: i64) -> Option<Date> {
        let day = self.parsed(field, FlagKind::NotADate, moments::day)?;
        let distance = day.duration_since(self.on).as_hours() / 24;
        if !(-before..=after).contains(&distance) {
            self.flag(field, FlagKind::ImplausibleDate);
        }
        Some(day)
    }

    /// A day of the trip: within a year of today.
    fn day_of_trip(&mut self, field: &str) -> Option<Date> {
        self.day(field, 366, 366)
    }

    fn moment(&mut self, field: &str) -> Option<Timestamp> {
        self.parsed(field, FlagKind::NotADate, moments::moment)
    }

    fn number(&mut self, field: &str) -> Option<u32> {
        self.parsed(field, FlagKind::NotANumber, |text| {
            // A spreadsheet turns 3 into 3.0.
            text.strip_suffix(".0").unwrap_or(text).parse().ok()
        })
    }

    fn truth(&mut self, field: &str) -> Option<bool> {
        self.parsed(field, FlagKind::UnknownValue, |text| match text.to_lowercase().as_str() {
            "ja" | "yes" | "true" | "1" => Some(true),
            "nei" | "no" | "false" | "0" => Some(false),
            _ => None,
        })
    }

    fn person(&mut self) -> Person {
        // Nobody is born tomorrow, and nobody alive was born more than 120 years ago.
        let birth_date = self.day("p_birth_date", 120 * 366, 0);
        let (unique_id, d_number, auxiliary) =
            (self.text("p_unique_id"), self.text("p_dnr"), self.text("p_fh_number"));
        let given = Given {
            unique_id: unique_id.as_deref(),
            d_number: d_number.as_deref(),
            auxiliary: auxiliary.as_deref(),
            birth_date,
        };
        let (identities, flags) = identity::classify(given, self.on);
        self.flags.extend(flags);
        Person {
            identities,
            first_name: self.personal("p_first_name"),
            last_name: self.personal("p_last_name"),
            birth_date: birth_date.map(Personal),
            phones: self.phones("p_phone"),
            email: self.email(),
            language: self.language(),
            country_of_residence: self.text("p_country_of_residence"),
            follow_up: self.follow_up(),
            follow_up_at: self.moment("p_follow_up_time"),
            updated_at: self.moment("p_updated"),
        }
    }

    fn phones(&mut self, field: &str) -> Vec<Phone> {
        let phones = self.text(field).map(|text| phone::read_all(&text)).unwrap_or_default();
        if phones.iter().any(|phone| phone.e164.is_none()) {
            self.flag(field, FlagKind::UndiallablePhone);
        }
        phones
    }

    fn email(&mut self) -> Option<Personal<String>> {
        let email = self.text("p_email")?;
        let plausible =
            email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if !plausible || email.contains(char::is_whitespace) {
            self.flag("p_email", FlagKind::UnknownValue);
        }
        Some(Personal(email))
    }

    fn language(&mut self) -> Option<String> {
        let known = languages::code(&self.text("p_lang_follow_up")?);
        if known.is_err() {
            self.flag("p_lang_follow_up", FlagKind::UnknownValue);
        }
        Some(known.unwrap_or_else(|as_told| as_told))
    }

    fn follow_up(&mut self) -> Option<FollowUpStatus> {
        self.parsed("p_follow_up", FlagKind::UnknownValue, |text| match text.to_lowercase().as_str() {
            "ok" => Some(FollowUpStatus::Ok),
            "ikke ok" => Some(FollowUpStatus::NotOk),
            "ikke svar" => Some(FollowUpStatus::NoAnswer),
            "ikke satt" => Some(FollowUpStatus::NotSet),
            _ => None,
        })
    }

    fn trip(&mut self) -> Trip {
        let travel_method = self.text("a_travel_method");
        const METHODS: [&str; 6] = ["Fly", "Bil/Buss", "Yrkestransport", "Båt", "Tog", "Annet"];
        if travel_method.as_deref().is_some_and(|method| !METHODS.contains(&method)) {
            self.flag("a_travel_method", FlagKind::UnknownValue);
        }
        Trip {
            arrival: self.day_of_trip("a_date"),
            travel_method,
            travel_details: ["a_travel_method_extra", "a_travel_method_extra2"]
                .into_iter()
                .filter_map(|field| self.personal(field))
                .collect(),
            country_of_departure: self.text("a_country_of_departure"),
            region_of_departure: self.text("a_country_of_departure_region"),
            transit_countries: self.text("a_transit_countries"),
            travellers: self.number("a_num_travelers"),
            travellers_under_16: self.number("a_num_travelers_under_16"),
            leisure: self.truth("a_is_leisure_trip"),
            necessary: self.truth("a_is_trip_necessary"),
            border_crossed: self.day_of_trip("a_border_crossing_arrival"),
            border_station: self.text("a_border_crossing_location"),
            border_assessment: self.text("a_border_crossing_quarantine_assessment"),
            updated_at: self.moment("a_updated"),
        }
    }

    fn code(&mut self, field: &str, level: Level) -> Option<String> {
        let code = self.text(field)?;
        // Tables list 0 as "not chosen" where it may stand.
        if !codes::known(level, &code, self.on) {
            self.flag(field, FlagKind::UnknownCode);
        }
        Some(code)
    }

    fn quarantine(&mut self, tables: &PostcodeTables) -> Quarantine {
        Quarantine {
            obligation_code: self.code("a_q_opt_l1_code", Level::Obligation),
            exemption_code: self.code("a_q_opt_l2_code", Level::Exemption),
            exemption_detail_code: self.code("a_q_opt_l3_code", Level::ExemptionDetail),
            place_code: self.code("a_q_opt_l4_code", Level::Place),
            place_name: self.personal("a_hotel_name"),
            address: self.personal("a_location_address"),
            postcode: self.postcode(tables),
            hotel_at_arrival: self.personal("a_quarantine_reg_arrival_hotel"),
            hotel_from: self.day_of_trip("a_quarantine_reg_arrival"),
            hotel_at_departure: self.personal("a_quarantine_reg_departure_hotel"),
            hotel_until: self.day_of_trip("a_quarantine_reg_departure"),
        }
    }

    /// Four digits; those in no register are kept and flagged.
    fn postcode(&mut self, tables: &PostcodeTables) -> Option<Personal<String>> {
        let field = "a_location_zip_code";
        let text = self.padded(field)?;
        let bare =
            ["NO-", "N-", "NO ", "N "].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(&text);
        // `0150 OSLO`: the place's name stands behind it.
        let first = bare.split_whitespace().next().unwrap_or_default();
        let four_digits = is_four_digits(first);
        if !four_digits || tables.municipality_on(first, self.on).is_none() {
            self.flag(field, FlagKind::UnknownPostcode);
        }
        four_digits.then(|| Personal(first.to_owned()))
    }

    /// Text of a field of four digits. A number has lost its leading zero on the way, a text has not.
    fn padded(&self, field: &str) -> Option<String> {
        match self.raw.get(field) {
            Some(Value::Number(number)) => Some(format!("{:0>4}", number.to_string())),
            _ => self.text(field),
        }
    }

    fn employer(&mut self) -> Option<Employer> {
        let employer = Employer {
            org_number: self.parsed("a_employer_org_number", FlagKind::FailedOrgNumberCheck, |text| {
                organisation::normalise(text).filter(|number| organisation::is_right(number))
            }),
            name: self.text("a_employer_name"),
            address: self.personal("a_employer_address"),
            contact_person: self.personal("a_employer_contact_person"),
            contact_phone: self.phones("a_employer_contact_phone").into_iter().next(),
        };
        (employer != Employer::default()).then_some(employer)
    }

    fn routing(&mut self, quarantine: &Quarantine, tables: &PostcodeTables) -> Routing {
        let destination = self.padded("municipality_number").or_else(|| {
            // The field it is derived from is free text; it counts where it is a municipality's number.
            self.padded("a_destination_id").filter(|id| tables.is_municipality(id, self.on))
        });
        let hotel = self.padded("hotel_municipality_number").or_else(|| {
            self.padded("a_q_hotel_destination_id").filter(|id| tables.is_municipality(id, self.on))
        });
        let responsible = self.padded("responsible_municipality_number");
        let told = Told {
            destination: destination.as_deref(),
            hotel: hotel.as_deref(),
            responsible: responsible.as_deref(),
            hotel_from: quarantine.hotel_from,
            hotel_until: quarantine.hotel_until,
            postcode: quarantine.postcode.as_ref().map(|postcode| postcode.0.as_str()),
        };
        let (routing, flags) = municipality::route(told, tables, self.on);
        self.flags.extend(flags);
        routing
    }

    fn flag_unknown_and_damaged_fields(&mut self) {
        for (field, value) in self.raw {
            if fields::PUBLISHED.binary_search(&field.as_str()).is_err() {
                self.flags.push(Flag { field: field.clone(), kind: FlagKind::UnknownField });
            }
            if value.as_str().is_some_and(super::damage::looks_damaged) {
                self.flags.push(Flag { field: field.clone(), kind: FlagKind::DamagedText });
            }
        }
    }
}

fn is_four_digits(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[path = "mapping_tests.rs"]
mod tests;
