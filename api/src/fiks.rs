//! The interface for entries that municipalities' tools speak since 2021 (KS Fiks, innreise v1), field by field. Names
//! are the interface's own, and so is the shape of its errors.

use events::Personal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Query of both calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct FiksQuery {
    /// Organisation in Fiks, a UUID. Who asks follows from the token, not from this.
    #[serde(default, rename = "fiksOrg", skip_serializing_if = "Option::is_none")]
    pub fiks_org: Option<String>,
    /// `INNREISE` or `INNREISEOPPFOLGING`: for what the data are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tjeneste: Option<String>,
}

/// `POST /innreise/api/v1/hentInnreiser`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct InnreiseRequest {
    /// National number, D-number or auxiliary number, eleven digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub person_id: Option<Personal<String>>,
    /// Municipality numbers: of destination, of the hotel, or of the one that follows up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kommunenr: Option<Vec<String>>,
    /// Only what changed after this moment, by `a_updated` or `p_updated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oppdatert_etter: Option<String>,
    /// Records wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<i32>,
    /// Records passed over before them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<i64>,
}

/// `POST /innreise/api/v1/hentAntallInnreiser`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct InnreiserAntallRequest {
    /// Municipality number.
    pub kommunenr: String,
    /// First day of travel that counts, as a moment in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fra_dato: Option<String>,
    /// Last day of travel that counts, as a moment in it; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub til_dato: Option<String>,
}

/// How many entries there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InnreiserAntall {
    /// That many.
    pub antall: i32,
}

/// An error, in the interface's own shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ErrorMessage {
    /// When, in milliseconds since 1970.
    pub timestamp: i64,
    /// The HTTP status.
    pub status: i32,
    /// What the status is called.
    pub error: String,
    /// A reference to quote to support; it finds the log line.
    pub error_id: Uuid,
    /// Which call.
    pub path: String,
    /// The same.
    pub original_path: String,
    /// What is wrong and what to do about it.
    pub message: String,
    /// A stable code.
    pub error_code: String,
}

macro_rules! innreiser {
    ($($(#[$doc:meta])* $field:ident,)*) => {
        /// An entry, every field as text. What is not known is not there.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct Innreiser {
            /// Id of the trip at the source.
            #[cfg_attr(feature = "openapi", schema(value_type = String))]
            pub a_reference_code: Personal<String>,
            $(
                $(#[$doc])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
                pub $field: Option<Personal<String>>,
            )*
        }
    };
}

innreiser! {
    /// National number, D-number or passport.
    p_unique_id,
    /// Destination, as the source wrote it.
    a_destination_id,
    /// Municipality of destination.
    municipality_number,
    /// First name.
    p_first_name,
    /// Last name.
    p_last_name,
    /// Day of birth.
    p_birth_date,
    /// Phone, as told.
    p_phone,
    /// E-mail address.
    p_email,
    /// Language for follow-up, as told.
    p_lang_follow_up,
    /// `OK`, `Ikke OK`, `Ikke svar` or `Ikke satt`.
    p_follow_up,
    /// When that was said.
    p_follow_up_time,
    /// Country of residence.
    p_country_of_residence,
    /// D-number.
    p_dnr,
    /// Common auxiliary number.
    p_fh_number,
    /// No longer used.
    a_quarantine_option,
    /// Quarantine or exemption, in words.
    a_q_opt_l1,
    /// Ground of exemption, in words.
    a_q_opt_l2,
    /// Detail of the exemption, in words.
    a_q_opt_l3,
    /// Quarantine place, in words.
    a_q_opt_l4,
    /// The same as a code.
    a_q_opt_l1_code,
    /// The same as a code.
    a_q_opt_l2_code,
    /// The same as a code.
    a_q_opt_l3_code,
    /// The same as a code.
    a_q_opt_l4_code,
    /// Quarantine hotel at arrival.
    a_quarantine_reg_arrival_hotel,
    /// Day of arrival there.
    a_quarantine_reg_arrival,
    /// Quarantine hotel at departure.
    a_quarantine_reg_departure_hotel,
    /// Day of departure.
    a_quarantine_reg_departure,
    /// Day of travel.
    a_date,
    /// Means of travel.
    a_travel_method,
    /// More about it.
    a_travel_method_extra,
    /// More about it.
    a_travel_method_extra2,
    /// Country of departure.
    a_country_of_departure,
    /// Region there.
    a_country_of_departure_region,
    /// Countries passed through.
    a_transit_countries,
    /// Travellers together, a number as text.
    a_num_travelers,
    /// Those of them under sixteen, a number as text.
    a_num_travelers_under_16,
    /// Name of the quarantine place.
    a_hotel_name,
    /// Its address.
    a_location_address,
    /// Its postcode.
    a_location_zip_code,
    /// Organisation number of the employer.
    a_employer_org_number,
    /// Its name.
    a_employer_name,
    /// Its address.
    a_employer_address,
    /// Whom to ask there.
    a_employer_contact_person,
    /// At which number.
    a_employer_contact_phone,
    /// `Ja` or `Nei`.
    a_is_leisure_trip,
    /// `Ja` or `Nei`.
    a_is_trip_necessary,
    /// Last change of the trip.
    a_updated,
    /// Last change of the person.
    p_updated,
    /// Day on which the police saw the crossing.
    a_border_crossing_arrival,
    /// What the police thought of the quarantine.
    a_border_crossing_quarantine_assessment,
    /// Border station.
    a_border_crossing_location,
    /// The hotel's municipality, as the source wrote it.
    a_q_hotel_destination_id,
    /// Municipality of the quarantine hotel.
    hotel_municipality_number,
    /// Municipality that follows up.
    responsible_municipality_number,
}
