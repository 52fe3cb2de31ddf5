//! The access policy: role, purpose and municipality decide what somebody may see. All of it stands here.

use crate::disclosure::{self, Receiver};
use crate::machines::Reach;
use crate::machines::registry::Subscriber;
use crate::machines::usage as machines;
use crate::rules::belonging::Belonging;
use api::disclosures::{Purpose, legal_basis};
use api::problem::ProblemCode;
use api::session::{Permissions, Role, Session};
use events::result::ResultMode;
use events::subscription::MachineScope;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The labour inspectorate's organisation number.
const LABOUR_INSPECTORATE: &str = "974761211";

/// Which entries a viewer may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those of the whole country.
    Country,
    /// Those that one municipality is responsible for.
    Municipality(String),
}

impl Scope {
    /// The municipality to limit a query to; `None` for the whole country.
    pub fn municipality(&self) -> Option<&str> {
        match self {
            Scope::Country => None,
            Scope::Municipality(number) => Some(number),
        }
    }

    /// Whether an entry may be seen: a municipality sees those it has to do with, and for a day those it had.
    pub fn covers(&self, belonging: &Belonging, now: Timestamp) -> bool {
        match self {
            Scope::Country => true,
            Scope::Municipality(own) => belonging.is_seen_by(own, now),
        }
    }
}

/// What a role may do. The rules are no secret: everybody who is logged in sees them.
pub fn permissions(role: Role) -> Permissions {
    Permissions { see_rules: true, ..by_role(role) }
}

fn by_role(role: Role) -> Permissions {
    match role {
        Role::Caller => Permissions {
            see_entries: true,
            see_all_municipalities: true,
            make_calls: true,
            make_referrals: true,
            identify: true,
            ..Permissions::default()
        },
        Role::ShiftLead => Permissions {
            see_entries: true,
            see_all_municipalities: true,
            see_protected: true,
            identify: true,
            see_results_board: true,
            route_entries: true,
            make_calls: true,
            lead_calls: true,
            make_referrals: true,
            see_register_status: true,
            see_retention: true,
            confirm_early_end: true,
            adopt_rules: true,
            ..Permissions::default()
        },
        Role::MunicipalDoctor => Permissions {
            see_entries: true,
            see_municipality: true,
            see_health: true,
            see_protected: true,
            decline_entries: true,
            identify: true,
            delegate: true,
            look_up: true,
            ..Permissions::default()
        },
        Role::DelegateWithHealth => Permissions {
            see_entries: true,
            see_municipality: true,
            see_health: true,
            decline_entries: true,
            look_up: true,
            ..Permissions::default()
        },
        // Works with rows that are made without what tells of health; the records themselves stay closed.
        Role::DelegateWithoutHealth => {
            Permissions { see_municipality: true, decline_entries: true, ..Permissions::default() }
        }
        // Referrals reach the inspectorate; the list of travellers does not.
        Role::LabourInspector => Permissions { inspect_employers: true, ..Permissions::default() },
        // Watches over the register without reading what it says about people.
        Role::DataProtectionOfficer => Permissions {
            see_register_status: true,
            see_retention: true,
            request_early_end: true,
            confirm_early_end: true,
            see_disclosures: true,
            ..Permissions::default()
        },
        // Guests of the own hotel, and nothing else.
        Role::HotelStaff => Permissions { work_at_hotel: true, ..Permissions::default() },
    }
}

/// As whom somebody is shown something: what for, on which legal ground, and to whom it goes.
pub fn viewer(session: &Session) -> disclosure::Viewer {
    let own = session.municipality.clone();
    let (purpose, legal_basis, receiver) = match session.role {
        Role::Caller | Role::ShiftLead => {
            (Purpose::QuarantineFollowUp, legal_basis::CONTROL_CENTRE, Receiver::ControlCentre)
        }
        Role::MunicipalDoctor | Role::DelegateWithHealth | Role::DelegateWithoutHealth => (
            Purpose::MunicipalFollowUp,
            legal_basis::MUNICIPAL_DOCTOR,
            own.map_or(Receiver::ControlCentre, Receiver::Municipality),
        ),
        Role::LabourInspector => (
            Purpose::LabourInspection,
            legal_basis::LABOUR_INSPECTORATE,
            Receiver::Organisation(LABOUR_INSPECTORATE.to_owned()),
        ),
        Role::DataProtectionOfficer => {
            (Purpose::DataSubjectRights, legal_basis::DATA_SUBJECT, Receiver::ControlCentre)
        }
        // The municipality runs the quarantine hotels that lie in it.
        Role::HotelStaff => (
            Purpose::QuarantineService,
            legal_basis::QUARANTINE_SERVICE,
            own.map_or(Receiver::ControlCentre, Receiver::Municipality),
        ),
    };
    disclosure::Viewer {
        who: session.user.clone(),
        name: session.name.clone(),
        role: role_name(session.role),
        purpose,
        legal_basis,
        receiver,
    }
}

/// The same for a machine: a municipality's own tool, or an organisation that keeps a copy of more.
pub fn machine_viewer(
    consumer: &Subscriber,
    municipalities: &BTreeSet<String>,
    purpose: machines::Purpose,
) -> disclosure::Viewer {
    let mut numbers = municipalities.iter();
    let receiver = match (numbers.next(), numbers.next()) {
        (Some(only), None) => Receiver::Municipality(only.clone()),
        (_, _) => {
            Receiver::Organisation(consumer.organisation.clone().unwrap_or_else(|| consumer.name.clone()))
        }
    };
    let purpose = match purpose {
        machines::Purpose::Entry | machines::Purpose::FollowUp => Purpose::MunicipalFollowUp,
        machines::Purpose::Copy => Purpose::ContactTracing,
    };
    disclosure::Viewer {
        who: consumer.name.clone(),
        name: consumer.name.clone(),
        role: "machine".to_owned(),
        purpose,
        legal_basis: legal_basis::MUNICIPAL_DOCTOR,
        receiver,
    }
}

fn role_name(role: Role) -> String {
    serde_json::to_value(role).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Whether somebody may see what tells of health: what a call came to, and the words about it, among them.
pub fn may_see_health(session: &Session) -> bool {
    match session.role {
        Role::Caller | Role::ShiftLead | Role::MunicipalDoctor | Role::DelegateWithHealth => true,
        Role::DelegateWithoutHealth
        | Role::LabourInspector
        | Role::DataProtectionOfficer
        | Role::HotelStaff => false,
    }
}

/// Whether somebody may see stored results. Where results are not for the callers, they see none, not even those that
/// were stored before.
pub fn may_see_results(session: &Session, mode: ResultMode) -> bool {
    let calls = permissions(session.role).make_calls;
    may_see_health(session) && (mode == ResultMode::Store || !calls)
}

/// The entries a session may see.
pub fn scope(session: &Session) -> Result<Scope, ProblemCode> {
    let permissions = permissions(session.role);
    match (&session.municipality, permissions) {
        (_, Permissions { see_entries: false, .. }) => Err(ProblemCode::NotPermitted),
        (_, Permissions { see_all_municipalities: true, .. }) => Ok(Scope::Country),
        (Some(municipality), _) => Ok(Scope::Municipality(municipality.clone())),
        (None, _) => Err(ProblemCode::NotPermitted),
    }
}

/// The municipality whose lists a session works with, and whether it sees what tells of health there.
pub fn municipality(session: &Session) -> Result<(&str, bool), ProblemCode> {
    let permissions = permissions(session.role);
    match &session.municipality {
        Some(own) if permissions.see_municipality => Ok((own, permissions.see_health)),
        Some(_) | None => Err(ProblemCode::NotPermitted),
    }
}

/// The municipality, for those who see what tells of health.
pub fn municipality_with_health(session: &Session) -> Result<&str, ProblemCode> {
    municipality(session)
        .and_then(|(own, health)| if health { Ok(own) } else { Err(ProblemCode::NotPermitted) })
}

/// For those who work in a municipal doctor's place: the municipality, and the access to health that a living delegation
/// must give them. `None` for those who need none.
pub fn delegated(session: &Session) -> Option<(&str, bool)> {
    let own = session.municipality.as_deref().unwrap_or_default();
    match session.role {
        Role::DelegateWithHealth => Some((own, true)),
        Role::DelegateWithoutHealth => Some((own, false)),
        Role::Caller
        | Role::ShiftLead
        | Role::MunicipalDoctor
        | Role::LabourInspector
        | Role::HotelStaff
        | Role::DataProtectionOfficer => None,
    }
}

/// The municipality in which a session may let others work in its place.
pub fn delegates(session: &Session) -> Result<&str, ProblemCode> {
    require(session, |may| may.delegate)?;
    municipality(session).map(|(own, _)| own)
}

/// The hotel that a session works at, by its id.
pub fn hotel(session: &Session) -> Result<&str, ProblemCode> {
    match &session.hotel {
        Some(own) if permissions(session.role).work_at_hotel => Ok(own),
        Some(_) | None => Err(ProblemCode::NotPermitted),
    }
}

/// Whether a session may do something.
pub fn require(session: &Session, may: impl Fn(Permissions) -> bool) -> Result<(), ProblemCode> {
    if may(permissions(session.role)) { Ok(()) } else { Err(ProblemCode::NotPermitted) }
}

/// The entries a machine may take by an interface: those of the areas it subscribes to for it, when its token grants
/// it too. A token of its own (`granted` is none) grants all that it subscribes to.
pub fn reach(
    consumer: &Subscriber,
    granted: Option<&BTreeSet<MachineScope>>,
    scope: MachineScope,
) -> Result<Reach, ProblemCode> {
    if granted.is_some_and(|granted| !granted.contains(&scope)) {
        return Err(ProblemCode::NotPermitted);
    }
    consumer.reach(scope).ok_or(ProblemCode::NotPermitted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(role: Role, municipality: Option<&str>) -> Session {
        let municipality = municipality.map(str::to_owned);
        Session {
            user: "x".into(),
            name: "x".into(),
            role,
            municipality,
            hotel: Some("vagen".into()),
            permissions: permissions(role),
            demo: true,
        }
    }

    #[test]
    fn everybody_sees_the_rules_and_the_shift_lead_adopts_them() {
        use Role::*;
        let all = [
            Caller,
            ShiftLead,
            MunicipalDoctor,
            DelegateWithHealth,
            DelegateWithoutHealth,
            LabourInspector,
            DataProtectionOfficer,
            HotelStaff,
        ];
        assert!(all.iter().all(|role| permissions(*role).see_rules));
        let adopts: Vec<_> = all.iter().filter(|role| permissions(**role).adopt_rules).collect();
        assert_eq!(adopts, [&ShiftLead]);
    }

    #[test]
    fn the_lists_of_a_municipality_are_for_its_own_and_health_for_those_with_access() {
        use Role::*;
        for (role, sees) in [
            (MunicipalDoctor, Ok(("4601", true))),
            (DelegateWithHealth, Ok(("4601", true))),
            (DelegateWithoutHealth, Ok(("4601", false))),
            (Caller, Err(ProblemCode::NotPermitted)),
            (ShiftLead, Err(ProblemCode::NotPermitted)),
            (LabourInspector, Err(ProblemCode::NotPermitted)),
            (DataProtectionOfficer, Err(ProblemCode::NotPermitted)),
            (HotelStaff, Err(ProblemCode::NotPermitted)),
        ] {
            let session = session(role, Some("4601"));
            assert_eq!(municipality(&session), sees, "{role:?}");
            assert_eq!(municipality_with_health(&session).is_ok(), sees.is_ok_and(|(_, health)| health));
        }
        assert_eq!(municipality(&session(MunicipalDoctor, None)), Err(ProblemCode::NotPermitted));
    }

    #[test]
    fn each_role_sees_what_its_purpose_needs_and_no_more() {
        use Role::*;
        for (role, sees) in [
            (Caller, Ok(Scope::Country)),
            (ShiftLead, Ok(Scope::Country)),
            (MunicipalDoctor, Ok(Scope::Municipality("4601".into()))),
            (DelegateWithHealth, Ok(Scope::Municipality("4601".into()))),
            (DelegateWithoutHealth, Err(ProblemCode::NotPermitted)),
            (LabourInspector, Err(ProblemCode::NotPermitted)),
            (DataProtectionOfficer, Err(ProblemCode::NotPermitted)),
            (HotelStaff, Err(ProblemCode::NotPermitted)),
        ] {
            assert_eq!(hotel(&session(role, Some("4601"))).is_ok(), role == HotelStaff, "{role:?}");
            assert_eq!(scope(&session(role, Some("4601"))), sees, "{role:?}");
        }
        assert_eq!(scope(&session(MunicipalDoctor, None)), Err(ProblemCode::NotPermitted));
        let nobodys = Belonging::default();
        assert!(!Scope::Municipality("4601".into()).covers(&nobodys, Timestamp::UNIX_EPOCH));
        assert!(Scope::Country.covers(&nobodys, Timestamp::UNIX_EPOCH));
    }
}
