//! Which machine is asking: a consumer that shows a token of its own, or an organisation's signed token.

use super::access::{machine_viewer, reach};
use super::problem::Refused;
use super::session::bearer;
use crate::disclosure::{Disclosing, Disclosures};
use crate::machines::registry::Subscriber;
use crate::machines::usage::{Interface, Purpose, Taken, Usage};
use crate::machines::{Machines, Reach};
use api::disclosures::{DisclosureKind, Shown};
use api::machines::{ConsumerAccess, Territory};
use api::problem::ProblemCode;
use axum::Json;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use events::subscription::MachineScope;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// Extractor: whoever has it is a registered consumer.
pub struct Machine {
    consumer: Arc<Subscriber>,
    /// What its signed token grants; none for a token of its own.
    granted: Option<BTreeSet<MachineScope>>,
    usage: Usage,
    disclosures: Disclosures,
}

impl Machine {
    /// The consumer's name.
    pub fn name(&self) -> &str {
        &self.consumer.name
    }

    /// The entries it may take by an interface.
    pub fn reach(&self, scope: MachineScope) -> Result<Reach, Refused> {
        Ok(reach(&self.consumer, self.granted.as_ref(), scope)?)
    }

    /// What it is about to be told. Each interface says so here, once, when it knows and before it answers: who takes
    /// what for which purpose. What tells of people is in the log of disclosures then.
    pub async fn takes(
        &self,
        interface: Interface,
        purpose: Purpose,
        municipalities: BTreeSet<String>,
        entries: Vec<Uuid>,
    ) -> Result<(), Refused> {
        let tells = match interface {
            Interface::HentInnreiser | Interface::Extract | Interface::Entry => !entries.is_empty(),
            // Ids and links only, or a number.
            Interface::HentAntallInnreiser | Interface::Feed | Interface::Webhook => false,
        };
        if tells {
            let disclosing = Disclosing::of(DisclosureKind::Fed, Shown::Feed, entries.clone());
            let viewer = machine_viewer(&self.consumer, &municipalities, purpose);
            self.disclosures.record(&viewer, disclosing).await?;
        }
        self.usage.count(&Taken { consumer: self.name(), interface, purpose, municipalities, entries }).await;
        Ok(())
    }

    /// Every consumer hears of what ended: whoever has a copy must delete it, also after its subscription.
    pub fn hears_of_ends(&self) -> Result<(), Refused> {
        match &self.granted {
            Some(granted) if granted.is_empty() => Err(ProblemCode::NotPermitted.into()),
            Some(_) | None => Ok(()),
        }
    }
}

impl<S> FromRequestParts<S> for Machine
where
    Machines: FromRef<S>,
    Disclosures: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Machine, Refused> {
        let (machines, disclosures) = (Machines::from_ref(state), Disclosures::from_ref(state));
        let token = bearer(&parts.headers).ok_or(ProblemCode::NotLoggedIn)?;
        // Signed tokens have three parts with dots between them; our own are digits.
        if !token.contains('.') {
            let consumer = machines.registry.by_token(token).await?.ok_or(ProblemCode::NotLoggedIn)?;
            return Ok(Machine { consumer, granted: None, usage: machines.usage, disclosures });
        }
        let issuer = machines.issuer.ok_or(ProblemCode::NotLoggedIn)?;
        let shown = issuer.check(token).await.map_err(|why| {
            tracing::info!(%why, "a signed token is not believed");
            ProblemCode::NotLoggedIn
        })?;
        // The token is good, and nobody has made the organisation a consumer.
        let consumer = machines.registry.by_organisation(&shown.organisation).await?;
        let consumer = consumer.ok_or(ProblemCode::NotPermitted)?;
        Ok(Machine { consumer, granted: Some(shown.scopes), usage: machines.usage, disclosures })
    }
}

/// Who you are to us, and what you may take.
#[utoipa::path(get, path = "/api/v1/consumer", tag = "feeds",
    responses((status = 200, body = ConsumerAccess), (status = 401), (status = 403)))]
pub async fn consumer(machine: Machine) -> Json<ConsumerAccess> {
    let territory = |scope| machine.reach(scope).ok().map(Territory::from);
    Json(ConsumerAccess {
        name: machine.name().to_owned(),
        entries: territory(MachineScope::Entries),
        feed: territory(MachineScope::Feed),
    })
}

impl From<Reach> for Territory {
    fn from(reach: Reach) -> Territory {
        match reach {
            Reach::Country => Territory::National,
            Reach::Municipalities(numbers) => {
                Territory::Municipalities { numbers: numbers.into_iter().collect() }
            }
        }
    }
}
