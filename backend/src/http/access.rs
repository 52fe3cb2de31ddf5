//! The access policy: role, purpose and municipality decide what somebody may see. All of it stands here.

use crate::disclosure::{self, Receiver};
use api::disclosures::{Purpose, legal_basis};
use api::problem::ProblemCode;
use api::session::{Permissions, Role, Session};
use events::result::ResultMode;

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

    /// Whether an entry with this responsible municipality may be seen.
    pub fn covers(&self, responsible: Option<&str>) -> bool {
        match self {
            Scope::Country => true,
            Scope::Municipality(own) => responsible == Some(own.as_str()),
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
            see_register_status: true,
            see_retention: true,
            confirm_early_end: true,
            adopt_rules: true,
            ..Permissions::default()
        },
        Role::MunicipalDoctor => {
            Permissions { see_entries: true, see_protected: true, identify: true, ..Permissions::default() }
        }
        Role::DelegateWithHealth | Role::DelegateWithoutHealth => {
            Permissions { see_entries: true, ..Permissions::default() }
        }
        // Referrals reach the inspectorate; the list of travellers does not.
        Role::LabourInspector => Permissions::default(),
        // Watches over the register without reading what it says about people.
        Role::DataProtectionOfficer => Permissions {
            see_register_status: true,
            see_retention: true,
            request_early_end: true,
            confirm_early_end: true,
            see_disclosures: true,
            ..Permissions::default()
        },
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

fn role_name(role: Role) -> String {
    serde_json::to_value(role).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Whether somebody may see what tells of health: what a call came to, and the words about it, among them.
pub fn may_see_health(session: &Session) -> bool {
    match session.role {
        Role::Caller | Role::ShiftLead | Role::MunicipalDoctor | Role::DelegateWithHealth => true,
        Role::DelegateWithoutHealth | Role::LabourInspector | Role::DataProtectionOfficer => false,
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

/// Whether a session may do something.
pub fn require(session: &Session, may: impl Fn(Permissions) -> bool) -> Result<(), ProblemCode> {
    if may(permissions(session.role)) { Ok(()) } else { Err(ProblemCode::NotPermitted) }
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
        ];
        assert!(all.iter().all(|role| permissions(*role).see_rules));
        let adopts: Vec<_> = all.iter().filter(|role| permissions(**role).adopt_rules).collect();
        assert_eq!(adopts, [&ShiftLead]);
    }

    #[test]
    fn each_role_sees_what_its_purpose_needs_and_no_more() {
        use Role::*;
        for (role, sees) in [
            (Caller, Ok(Scope::Country)),
            (ShiftLead, Ok(Scope::Country)),
            (MunicipalDoctor, Ok(Scope::Municipality("4601".into()))),
            (DelegateWithHealth, Ok(Scope::Municipality("4601".into()))),
            (DelegateWithoutHealth, Ok(Scope::Municipality("4601".into()))),
            (LabourInspector, Err(ProblemCode::NotPermitted)),
            (DataProtectionOfficer, Err(ProblemCode::NotPermitted)),
        ] {
            assert_eq!(scope(&session(role, Some("4601"))), sees, "{role:?}");
        }
        assert_eq!(scope(&session(MunicipalDoctor, None)), Err(ProblemCode::NotPermitted));
        assert!(!Scope::Municipality("4601".into()).covers(None));
        assert!(!Scope::Municipality("4601".into()).covers(Some("0301")));
    }
}
