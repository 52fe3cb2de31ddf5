//! How machines log in and are sent to, for `serve`.

use super::Failure;
use super::node::Node;
use backend::machines::Machines;
use backend::machines::feed::Feed;
use backend::machines::registry::Registry;
use backend::machines::tokens::{Issuer, Settings};
use backend::machines::usage::Usage;
use backend::machines::webhooks::Webhooks;
use backend::machines::webhooks::guard::Internal;
use backend::projections::readers::Readers;
use clap::Args;
use std::sync::Arc;

/// Signed tokens of machines, as Maskinporten issues them.
#[derive(Args, Clone)]
pub struct MachineLogin {
    /// The issuer of signed tokens (`iss`), such as `https://maskinporten.no/`. Without it machines show the token
    /// that `register consumer add` printed.
    #[arg(long, env = "REGISTER_MASKINPORTEN_ISSUER")]
    maskinporten_issuer: Option<String>,
    /// The issuer's public keys (JWKS): a file or an `https://` address.
    #[arg(long, env = "REGISTER_MASKINPORTEN_JWKS")]
    maskinporten_jwks: Option<String>,
    /// What tokens must name as their audience (`aud`), when they are to name one.
    #[arg(long, env = "REGISTER_MASKINPORTEN_AUDIENCE")]
    maskinporten_audience: Option<String>,
    /// What the scopes begin with; behind it come `.entries.read` and `.feed.read`.
    #[arg(long, env = "REGISTER_MASKINPORTEN_SCOPE_PREFIX", default_value = "helsedirektoratet:innreise")]
    maskinporten_scope_prefix: String,
    /// Webhooks may be sent to one's own network, and without encryption. Demo builds only.
    #[cfg(feature = "demo")]
    #[arg(long, env = "REGISTER_WEBHOOKS_INTERNAL", hide = true)]
    webhooks_internal: bool,
}

impl MachineLogin {
    #[cfg(feature = "demo")]
    fn internal(&self) -> Internal {
        if self.webhooks_internal { Internal::Allowed } else { Internal::Refused }
    }

    #[cfg(not(feature = "demo"))]
    fn internal(&self) -> Internal {
        Internal::Refused
    }

    /// Who may come for data from a node, and whom it sends news to.
    pub async fn machines(&self, node: &Node, readers: Readers) -> Result<Machines, Failure> {
        let issuer = match (filled(&self.maskinporten_issuer), filled(&self.maskinporten_jwks)) {
            (None, None) => None,
            (Some(issuer), Some(keys)) => {
                let settings = Settings {
                    issuer,
                    keys,
                    audience: filled(&self.maskinporten_audience),
                    scope_prefix: self.maskinporten_scope_prefix.clone(),
                };
                let issuer = Arc::new(Issuer::open(settings, node.clock.clone()).await?);
                tokio::spawn(issuer.clone().keep_fresh());
                Some(issuer)
            }
            (Some(_), None) | (None, Some(_)) => {
                return Err("set REGISTER_MASKINPORTEN_ISSUER and REGISTER_MASKINPORTEN_JWKS together".into());
            }
        };
        let registry = Arc::new(Registry::new(node.log.clone()));
        let usage = Usage::new(node.log.pool().clone(), node.clock.clone());
        let feed = Feed::new(node.log.clone(), readers);
        let webhooks =
            Webhooks::new(node.log.clone(), feed, registry.clone(), usage.clone(), self.internal())?;
        Ok(Machines { registry, issuer, webhooks, usage })
    }
}

fn filled(setting: &Option<String>) -> Option<String> {
    setting.clone().filter(|setting| !setting.is_empty())
}
