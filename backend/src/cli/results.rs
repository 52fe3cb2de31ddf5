//! How the look-up of test results is set up.

use super::Failure;
use super::node::Node;
use backend::clock::Clock;
use backend::entropy::Entropy;
use backend::intake::results::ahead::Ahead;
use backend::intake::results::{Bearer, Client, Limits, Settings};
use backend::results::look_up::{FRESH_FOR, KEPT_MAX, Service};
use clap::Args;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The result service (Fiks prøvesvar).
#[derive(Args, Clone)]
pub struct LookingUp {
    /// Address of the result service (Fiks prøvesvar). Without it no results are looked up.
    #[arg(long, env = "REGISTER_RESULTS_URL")]
    results_url: Option<String>,
    /// Id of our integration there (`IntegrasjonId`).
    #[arg(long, env = "REGISTER_RESULTS_INTEGRATION")]
    results_integration: Option<String>,
    /// Its password (`IntegrasjonPassord`).
    #[arg(long, env = "REGISTER_RESULTS_PASSWORD", hide_env_values = true)]
    results_password: Option<String>,
    /// A file with its password, read at start.
    #[arg(long, env = "REGISTER_RESULTS_PASSWORD_FILE")]
    results_password_file: Option<PathBuf>,
    /// Bearer token for it.
    #[arg(long, env = "REGISTER_RESULTS_TOKEN", hide_env_values = true)]
    results_token: Option<String>,
    /// A file in which a fresh bearer token is kept; it is read for each request.
    #[arg(long, env = "REGISTER_RESULTS_TOKEN_FILE")]
    results_token_file: Option<PathBuf>,
    /// Number of the municipality on whose behalf is asked.
    #[arg(long, env = "REGISTER_RESULTS_MUNICIPALITY")]
    results_municipality: Option<String>,
    /// Requests a second at most.
    #[arg(long, env = "REGISTER_RESULTS_PER_SECOND", default_value_t = Limits::default().per_second)]
    results_per_second: u32,
    /// Requests at once at most.
    #[arg(long, env = "REGISTER_RESULTS_AT_ONCE", default_value_t = Limits::default().at_once)]
    results_at_once: usize,
}

impl LookingUp {
    /// The client; `None` when no results are to be looked up.
    pub fn client(&self, clock: Clock, entropy: Entropy) -> Result<Option<Client>, Failure> {
        let Some(url) = given(&self.results_url) else { return Ok(None) };
        let missing =
            |setting| move || Failure::from(format!("REGISTER_RESULTS_URL is set; set {setting} too"));
        let bearer = match (&self.results_token_file, given(&self.results_token)) {
            (Some(file), _) => Bearer::File(file.clone()),
            (None, Some(token)) => Bearer::Fixed(Zeroizing::new(token.to_owned())),
            (None, None) => return Err(missing("REGISTER_RESULTS_TOKEN_FILE or REGISTER_RESULTS_TOKEN")()),
        };
        let password = match (&self.results_password_file, given(&self.results_password)) {
            (Some(file), _) => read(file)?,
            (None, Some(password)) => Zeroizing::new(password.to_owned()),
            (None, None) => {
                return Err(missing("REGISTER_RESULTS_PASSWORD_FILE or REGISTER_RESULTS_PASSWORD")());
            }
        };
        let integration =
            given(&self.results_integration).ok_or_else(missing("REGISTER_RESULTS_INTEGRATION"))?;
        let municipality =
            given(&self.results_municipality).ok_or_else(missing("REGISTER_RESULTS_MUNICIPALITY"))?;
        let settings = Settings {
            address: url.to_owned(),
            integration: integration.to_owned(),
            password,
            bearer,
            municipality: municipality.to_owned(),
            limits: Limits {
                per_second: self.results_per_second,
                at_once: self.results_at_once,
                ..Limits::default()
            },
        };
        Ok(Some(Client::new(settings, clock, entropy)?))
    }

    /// The service and the answers it gave a moment ago; `None` when no results are to be looked up.
    pub fn service(&self, node: &Node) -> Result<Option<Service>, Failure> {
        let client = self.client(node.clock.clone(), node.entropy.clone())?;
        let ahead = || Ahead::new(node.clock.clone(), &node.entropy, KEPT_MAX, FRESH_FOR);
        Ok(client.map(|client| Service { client, ahead: ahead() }))
    }

    /// Whether it works, in words. Nobody is asked about.
    pub async fn examine(&self, clock: Clock) -> (bool, String) {
        match self.client(clock, Entropy::system()) {
            Err(failure) => (false, failure.to_string()),
            Ok(None) => (true, "off; REGISTER_RESULTS_URL turns them on".to_owned()),
            Ok(Some(client)) => match client.check().await {
                Ok(()) => (true, "the result service answers".to_owned()),
                Err(error) => (false, error.to_string()),
            },
        }
    }
}

fn given(setting: &Option<String>) -> Option<&str> {
    setting.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn read(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("the password for the result service in {}: {error}", file.display()))?;
    let text = Zeroizing::new(text);
    Ok(Zeroizing::new(text.trim().to_owned()))
}
