//! How the outlet for text messages is set up, for `serve` and `doctor`.

use super::Failure;
use super::node::Node;
use backend::intake::reference::Reference;
use backend::outlets::altinn::{Altinn, Token};
use backend::outlets::messages::{Messages, Settings};
use clap::Args;
use std::path::PathBuf;

/// The sending service of text messages.
#[derive(Args, Clone)]
pub struct Sending {
    /// Address of the sending service (Altinn Notifications). Without it no text messages are sent.
    #[arg(long, env = "REGISTER_ALTINN_URL")]
    altinn_url: Option<String>,
    /// Bearer token for it.
    #[arg(long, env = "REGISTER_ALTINN_TOKEN", hide_env_values = true)]
    altinn_token: Option<String>,
    /// A file in which a fresh bearer token is kept; it is read for each request.
    #[arg(long, env = "REGISTER_ALTINN_TOKEN_FILE")]
    altinn_token_file: Option<PathBuf>,
    /// What telephones show as the sender.
    #[arg(long, env = "REGISTER_ALTINN_SENDER", default_value = "Helsedir")]
    altinn_sender: String,
    /// Where travellers read more; stands in the messages.
    #[arg(long, env = "REGISTER_MESSAGES_LINK", default_value = "https://www.helsenorge.no")]
    messages_link: String,
}

impl Sending {
    /// The service; `None` when no messages are to be sent.
    fn altinn(&self) -> Result<Option<Altinn>, Failure> {
        let Some(url) = self.altinn_url.as_deref().filter(|url| !url.is_empty()) else { return Ok(None) };
        let token = match (&self.altinn_token_file, &self.altinn_token) {
            (Some(file), _) => Token::File(file.clone()),
            (None, Some(token)) if !token.is_empty() => Token::Fixed(token.clone()),
            (None, _) => {
                return Err(
                    "REGISTER_ALTINN_URL is set; set REGISTER_ALTINN_TOKEN_FILE or REGISTER_ALTINN_TOKEN too"
                        .into(),
                );
            }
        };
        Ok(Some(Altinn::new(url, token, self.altinn_sender.clone())?))
    }

    /// The outlet on a node; `None` when no messages are to be sent.
    pub fn outlet(&self, node: &Node, reference: &Reference) -> Result<Option<Messages>, Failure> {
        let outlet = |altinn| {
            let settings =
                Settings { altinn, reference: reference.clone(), link: self.messages_link.clone() };
            Messages::new(node.log.clone(), node.tables.clone(), settings)
        };
        Ok(self.altinn()?.map(outlet))
    }

    /// Whether it works, in words.
    pub async fn examine(&self) -> (bool, String) {
        match self.altinn() {
            Err(failure) => (false, failure.to_string()),
            Ok(None) => (true, "off; REGISTER_ALTINN_URL turns them on".to_owned()),
            Ok(Some(altinn)) => match altinn.check().await {
                Ok(()) => (true, "the sending service answers".to_owned()),
                Err(error) => (false, error.to_string()),
            },
        }
    }
}
