//! How the outlet for referrals is set up, and who is asked about employers, for `serve` and `doctor`.

use super::Failure;
use super::node::Node;
use backend::clock::Clock;
use backend::disclosure::Disclosures;
use backend::http::Neighbours;
use backend::intake::reference::Reference;
use backend::outlets::eformidling::{Credentials, Eformidling, Parties};
use backend::outlets::enhetsregisteret::Enhetsregisteret;
use backend::outlets::referrals::ReferralPost;
use clap::Args;

/// The message service for referrals, and Enhetsregisteret.
#[derive(Args, Clone)]
pub struct Referring {
    /// Address of eFormidling's integrasjonspunkt. Without it no letters are sent: the labour inspectorate finds
    /// referrals in its inbox here.
    #[arg(long, env = "REGISTER_EFORMIDLING_URL")]
    eformidling_url: Option<String>,
    /// User for it, where it asks for one.
    #[arg(long, env = "REGISTER_EFORMIDLING_USER")]
    eformidling_user: Option<String>,
    /// Password for it.
    #[arg(long, env = "REGISTER_EFORMIDLING_PASSWORD", hide_env_values = true)]
    eformidling_password: Option<String>,
    /// Organisation number that letters are sent from, when it is another than the integrasjonspunkt's own.
    #[arg(long, env = "REGISTER_EFORMIDLING_SENDER")]
    eformidling_sender: Option<String>,
    /// Organisation number that letters are sent to: Arbeidstilsynet.
    #[arg(long, env = "REGISTER_EFORMIDLING_RECEIVER", default_value = "974761211")]
    eformidling_receiver: String,
    /// Address of Enhetsregisteret, such as https://data.brreg.no. Without it nobody is asked about employers.
    #[arg(long, env = "REGISTER_ENHETSREGISTERET_URL")]
    enhetsregisteret_url: Option<String>,
}

impl Referring {
    /// The message service; `None` when no letters are to be sent.
    fn eformidling(&self) -> Result<Option<Eformidling>, Failure> {
        let Some(url) = filled(self.eformidling_url.as_ref()) else { return Ok(None) };
        let credentials = match (filled(self.eformidling_user.as_ref()), &self.eformidling_password) {
            (Some(user), Some(password)) => Some(Credentials { user, password: password.clone() }),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => {
                return Err(
                    "set both REGISTER_EFORMIDLING_USER and REGISTER_EFORMIDLING_PASSWORD, or none".into()
                );
            }
        };
        let sender = filled(self.eformidling_sender.as_ref());
        let parties = Parties { sender, receiver: self.eformidling_receiver.clone() };
        Ok(Some(Eformidling::new(&url, credentials, parties)?))
    }

    /// The outlet on a node; `None` when no letters are to be sent.
    pub fn outlet(
        &self,
        node: &Node,
        reference: &Reference,
        disclosures: &Disclosures,
    ) -> Result<Option<ReferralPost>, Failure> {
        let (log, tables) = (node.log.clone(), node.tables.clone());
        let (reference, disclosures) = (reference.clone(), disclosures.clone());
        let outlet = |service| ReferralPost::new(log, tables, service, reference, disclosures);
        Ok(self.eformidling()?.map(outlet))
    }

    fn enhetsregisteret(&self, clock: Clock) -> Result<Enhetsregisteret, Failure> {
        match filled(self.enhetsregisteret_url.as_ref()) {
            Some(url) => Ok(Enhetsregisteret::new(&url, clock)?),
            None => Ok(Enhetsregisteret::off()),
        }
    }

    /// Whom the endpoints know.
    pub fn neighbours(&self, clock: &Clock) -> Result<Neighbours, Failure> {
        let letters_are_sent = self.eformidling()?.is_some();
        Ok(Neighbours { letters_are_sent, units: self.enhetsregisteret(clock.clone())? })
    }

    /// Whether letters can be sent, in words.
    pub async fn examine_letters(&self) -> (bool, String) {
        match self.eformidling() {
            Err(failure) => (false, failure.to_string()),
            Ok(None) => (true, "off; REGISTER_EFORMIDLING_URL turns them on".to_owned()),
            Ok(Some(service)) => match service.check().await {
                Ok(()) => (true, "the message service answers".to_owned()),
                Err(error) => (false, error.to_string()),
            },
        }
    }

    /// Whether employers can be asked about, in words.
    pub async fn examine_units(&self, clock: Clock) -> (bool, String) {
        match self.enhetsregisteret(clock) {
            Err(failure) => (false, failure.to_string()),
            Ok(units) => match units.check().await {
                None => (true, "off; REGISTER_ENHETSREGISTERET_URL turns it on".to_owned()),
                Some(true) => (true, "answers".to_owned()),
                Some(false) => (false, "does not answer".to_owned()),
            },
        }
    }
}

fn filled(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
