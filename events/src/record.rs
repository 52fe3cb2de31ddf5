//! The mapped record of an entry: what the source told, in typed values.
//!
//! The source's own record (the public Fiks `Innreiser` shape) is kept beside it as it came.
//! Absent means the source left it empty.

use crate::{Identity, Personal};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The source's own record as it came: field name → value.
pub type RawRecord = Map<String, Value>;

/// Everything the source tells of one entry, typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntryRecord {
    /// Who travels.
    pub person: Person,
    /// How and when.
    pub trip: Trip,
    /// Quarantine or exemption, and where.
    pub quarantine: Quarantine,
    /// For whom the traveller works, when told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<Employer>,
    /// What could not be read as it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
}

/// The traveller.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Identities, best kind first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<Identity>,
    /// `p_first_name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<Personal<String>>,
    /// `p_last_name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<Personal<String>>,
    /// `p_birth_date`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub birth_date: Option<Personal<Date>>,
    /// Phone numbers; those that can be dialled in E.164.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// `p_email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal<String>>,
    /// Language for follow-up: ISO 639-1, or 639-3 where 639-1 has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Country of residence, as told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_of_residence: Option<String>,
    /// Follow-up status that the source holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUpStatus>,
    /// When that status was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub follow_up_at: Option<Timestamp>,
    /// `p_updated`: last change of the person at the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub updated_at: Option<Timestamp>,
}

/// A phone number as told, and in E.164 when it can be read so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// As the source wrote it.
    pub given: Personal<String>,
    /// `+` and digits; absent when it is no number that can be dialled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e164: Option<Personal<String>>,
}

/// The published follow-up vocabulary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FollowUpStatus {
    /// `Ikke satt`.
    #[default]
    NotSet,
    /// `OK`.
    Ok,
    /// `Ikke OK`.
    NotOk,
    /// `Ikke svar`.
    NoAnswer,
}

/// The trip.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Trip {
    /// `a_date`: day of arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub arrival: Option<Date>,
    /// `a_travel_method` as told (Fly, Bil/Buss, Yrkestransport, Båt, Tog, Annet).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub travel_method: Option<String>,
    /// `a_travel_method_extra` and `…extra2`: flight, ferry, registration number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub travel_details: Vec<Personal<String>>,
    /// `a_country_of_departure`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_of_departure: Option<String>,
    /// `a_country_of_departure_region`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_of_departure: Option<String>,
    /// `a_transit_countries`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transit_countries: Option<String>,
    /// `a_num_travelers`: people travelling together, this one included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub travellers: Option<u32>,
    /// `a_num_travelers_under_16`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub travellers_under_16: Option<u32>,
    /// `a_is_leisure_trip`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leisure: Option<bool>,
    /// `a_is_trip_necessary`, asked until 2021-05-27.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub necessary: Option<bool>,
    /// `a_border_crossing_arrival`: the day the police saw the crossing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub border_crossed: Option<Date>,
    /// `a_border_crossing_location`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub border_station: Option<String>,
    /// `a_border_crossing_quarantine_assessment`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub border_assessment: Option<String>,
    /// `a_updated`: last change of the trip at the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub updated_at: Option<Timestamp>,
}

/// Quarantine or exemption as the traveller chose it, and the place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quarantine {
    /// `a_q_opt_l1_code`: 1001 quarantine, 1002 exempt; others are kept and flagged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obligation_code: Option<String>,
    /// `a_q_opt_l2_code`: ground of exemption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption_code: Option<String>,
    /// `a_q_opt_l3_code`: detail of the exemption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption_detail_code: Option<String>,
    /// `a_q_opt_l4_code`: kind of quarantine place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_code: Option<String>,
    /// `a_hotel_name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_name: Option<Personal<String>>,
    /// `a_location_address`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Personal<String>>,
    /// `a_location_zip_code`, four digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<Personal<String>>,
    /// `a_quarantine_reg_arrival_hotel`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotel_at_arrival: Option<Personal<String>>,
    /// `a_quarantine_reg_arrival`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub hotel_from: Option<Date>,
    /// `a_quarantine_reg_departure_hotel`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotel_at_departure: Option<Personal<String>>,
    /// `a_quarantine_reg_departure`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub hotel_until: Option<Date>,
}

/// An employer or client in Norway.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Employer {
    /// Organisation number, nine digits with a right check digit; else flagged and absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_number: Option<String>,
    /// `a_employer_name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `a_employer_address`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Personal<String>>,
    /// `a_employer_contact_person`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_person: Option<Personal<String>>,
    /// `a_employer_contact_phone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<Phone>,
}

/// Something in the source's record that could not be taken as it stands. The raw record keeps it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// The source's field name.
    pub field: String,
    /// What is the matter with it.
    pub kind: FlagKind,
}

/// What can be the matter with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    /// A code that is in no table.
    UnknownCode,
    /// A value outside the published vocabulary.
    UnknownValue,
    /// A field that the published shape does not have.
    UnknownField,
    /// A number that cannot be read as one.
    NotANumber,
    /// A date or time that cannot be read as one.
    NotADate,
    /// A date that cannot be right (birth in the future, arrival years away).
    ImplausibleDate,
    /// A phone number that cannot be dialled.
    UndiallablePhone,
    /// An identity whose check digits are wrong.
    FailedIdentityCheck,
    /// Two identities, or an identity and a birth date, that contradict one another.
    ConflictingIdentity,
    /// An organisation number whose check digit is wrong.
    FailedOrgNumberCheck,
    /// A postcode that was in no register at the time.
    UnknownPostcode,
    /// A municipality that did not exist at the time.
    UnknownMunicipality,
    /// Two fields that say different municipalities.
    ConflictingMunicipality,
    /// Text that looks damaged by a wrong character set.
    DamagedText,
}

/// Where an entry belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Routing {
    /// Municipality of destination (four digits), from the source or from the postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_municipality: Option<String>,
    /// Municipality of the quarantine hotel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotel_municipality: Option<String>,
    /// The municipality that follows up. Absent: the national workbench has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible_municipality: Option<String>,
    /// How the responsible municipality was found.
    pub basis: RoutingBasis,
}

/// How the responsible municipality was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RoutingBasis {
    /// The published rule: the hotel's municipality, while the stay there is not over.
    Hotel,
    /// The municipality of destination that the source gave.
    Destination,
    /// The postcode of the quarantine place.
    Postcode,
    /// A person at the national workbench decided.
    Manual,
    /// The municipality that was found said that it is not its own.
    Declined,
    /// Nothing to go by.
    #[default]
    Unroutable,
}
