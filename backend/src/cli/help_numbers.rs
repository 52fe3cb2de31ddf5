//! How the service for auxiliary numbers is set up, for `serve`.

use super::Failure;
use backend::outlets::altinn::Token;
use backend::outlets::help_numbers::{ANSWER_WITHIN, HelpNumbers};
use clap::Args;
use std::path::PathBuf;

/// The service that allocates common auxiliary numbers (FHN).
#[derive(Args, Clone)]
pub struct Allocating {
    /// Address of the service for auxiliary numbers. Without it none are asked for.
    #[arg(long, env = "REGISTER_HELP_NUMBERS_URL")]
    help_numbers_url: Option<String>,
    /// Bearer token for it.
    #[arg(long, env = "REGISTER_HELP_NUMBERS_TOKEN", hide_env_values = true)]
    help_numbers_token: Option<String>,
    /// A file in which a fresh bearer token is kept; it is read for each request.
    #[arg(long, env = "REGISTER_HELP_NUMBERS_TOKEN_FILE")]
    help_numbers_token_file: Option<PathBuf>,
}

impl Allocating {
    /// The service; `None` when no numbers are asked for.
    pub fn service(&self) -> Result<Option<HelpNumbers>, Failure> {
        let Some(url) = self.help_numbers_url.as_deref().filter(|url| !url.is_empty()) else {
            return Ok(None);
        };
        let token = match (&self.help_numbers_token_file, &self.help_numbers_token) {
            (Some(file), _) => Token::File(file.clone()),
            (None, Some(token)) if !token.is_empty() => Token::Fixed(token.clone()),
            (None, _) => {
                return Err(
                    "REGISTER_HELP_NUMBERS_URL is set; set REGISTER_HELP_NUMBERS_TOKEN_FILE or REGISTER_HELP_NUMBERS_TOKEN too"
                        .into(),
                );
            }
        };
        Ok(Some(HelpNumbers::new(url, token, ANSWER_WITHIN)?))
    }
}
