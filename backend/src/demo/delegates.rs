//! The demo's delegates: the doctor of their municipality has let them in. What the doctor does about it afterwards
//! stands, also when the demo starts again.

use crate::delegations::{DelegationError, Delegations};
use crate::log::Rejected;
use crate::rules::delegation::until_max;
use events::delegation::DelegationGiven;
use uuid::Uuid;

/// Id, key, name, access to health.
const DELEGATES: [(u128, &str, &str, bool); 2] =
    [(0xd1, "delegate-health", "Jonas", true), (0xd2, "delegate", "Siri", false)];
/// Their municipality, and its doctor.
const MUNICIPALITY: &str = "4601";
const DOCTOR: (&str, &str) = ("doctor", "Ingrid");

/// Gives the demo's delegates their delegations, once in the life of a register.
pub async fn delegate(delegations: &Delegations) -> Result<(), DelegationError> {
    for (id, user, name, health) in DELEGATES {
        if delegations.names(MUNICIPALITY, user).await? {
            continue;
        }
        let given = DelegationGiven {
            delegation: Uuid::from_u128(id),
            municipality: MUNICIPALITY.to_owned(),
            user: user.to_owned(),
            name: name.to_owned(),
            health,
            until: until_max(delegations.now()),
            given_by: DOCTOR.1.to_owned(),
        };
        match delegations.give(given, DOCTOR.0).await {
            // Another node was first.
            Ok(_) | Err(DelegationError::Append(Rejected::Conflict { .. } | Rejected::KeyReused)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
