//! The access policy: role, purpose and municipality decide what somebody may see. All of it stands here.

use crate::machines::Reach;
use crate::machines::registry::Subscriber;
use api::problem::ProblemCode;
use api::session::{Permissions, Role, Session};
use events::subscription::MachineScope;
use std::collections::BTreeSet;

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
            ..Permissions::default()
        },
        Role::ShiftLead => Permissions {
            see_entries: true,
            see_all_municipalities: true,
            route_entries: true,
            make_calls: true,
            lead_calls: true,
            see_register_status: true,
            see_retention: true,
            confirm_early_end: true,
            adopt_rules: true,
            ..Permissions::default()
        },
        Role::MunicipalDoctor | Role::DelegateWithHealth | Role::DelegateWithoutHealth => {
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
            ..Permissions::default()
        },
    }
}

/// Whether somebody may see what tells of health: what a call came to, and the words about it, among them.
pub fn may_see_health(session: &Session) -> bool {
    match session.role {
        Role::Caller | Role::ShiftLead | Role::MunicipalDoctor | Role::DelegateWithHealth => true,
        Role::DelegateWithoutHealth | Role::LabourInspector | Role::DataProtectionOfficer => false,
    }
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
        Session { name: "x".into(), role, municipality, permissions: permissions(role), demo: true }
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
