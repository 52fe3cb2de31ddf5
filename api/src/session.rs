//! Who is logged in, and what the role may do.

use serde::{Deserialize, Serialize};

/// The roles of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Veileder at the control centre.
    Caller,
    /// Shift lead at the control centre.
    ShiftLead,
    /// Kommunelege.
    MunicipalDoctor,
    /// Delegate of the municipal doctor, with health access.
    DelegateWithHealth,
    /// Delegate of the municipal doctor, without health access.
    DelegateWithoutHealth,
    /// Labour inspector.
    LabourInspector,
    /// Data-protection officer.
    DataProtectionOfficer,
    /// Staff of one quarantine hotel.
    HotelStaff,
}

/// What the policy lets the holder of a role see and do. The server decides; the portal only shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Permissions {
    /// Lists, searches and opens entries (of the own municipality, when the role has one).
    pub see_entries: bool,
    /// Sees entries of the whole country.
    pub see_all_municipalities: bool,
    /// Finds and opens entries whose address is protected.
    pub see_protected: bool,
    /// Writes down numbers that travellers were given later, and who is the same person.
    pub identify: bool,
    /// Sees how many results could be matched, and who has not been tested.
    pub see_results_board: bool,
    /// Works at the national workbench for entries that cannot be routed.
    pub route_entries: bool,
    /// Rings travellers.
    pub make_calls: bool,
    /// Leads those who ring: the board, decisions about cards, reviews.
    pub lead_calls: bool,
    /// Tells the labour inspectorate of employers.
    pub make_referrals: bool,
    /// Reads and answers what the labour inspectorate is told.
    pub inspect_employers: bool,
    /// Sees the register's state: the log, live epochs, what ends when.
    pub see_register_status: bool,
    /// Sees what ends when, what ended, and the proof.
    pub see_retention: bool,
    /// Asks that an entry be ended before its epoch.
    pub request_early_end: bool,
    /// Agrees to that, or turns it down, as the second person.
    pub confirm_early_end: bool,
    /// Sees the rule sets, and in what they differ.
    pub see_rules: bool,
    /// Tries and adopts rule sets.
    pub adopt_rules: bool,
    /// Searches who was shown what.
    pub see_disclosures: bool,
    /// Works with the lists of the own municipality.
    pub see_municipality: bool,
    /// Sees there what tells of health.
    pub see_health: bool,
    /// Says that an entry is not the municipality's own.
    pub decline_entries: bool,
    /// Lets others of the municipality work in one's place.
    pub delegate: bool,
    /// Looks up who is responsible for a person, beyond the own municipality.
    pub look_up: bool,
    /// Sees the guests of the own quarantine hotel, and writes down who comes and who leaves.
    pub work_at_hotel: bool,
}

/// `GET /api/v1/me`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Id of the user: the same at every login, and nobody else's.
    pub user: String,
    /// Name to show.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The municipality of the role, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// The quarantine hotel of the role, by its id, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotel: Option<String>,
    /// Its permissions.
    pub permissions: Permissions,
    /// Whether this is the demo, with invented people.
    pub demo: bool,
}

/// `GET /api/v1/demo/roles`: those who can log in at the demo. Only a demo build has this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoRole {
    /// Key to log in with.
    pub key: String,
    /// Name to show.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Municipality number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Municipality name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality_name: Option<String>,
}

/// `POST /api/v1/demo/login`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DemoLogin {
    /// One of the keys of `/demo/roles`.
    pub key: String,
}
