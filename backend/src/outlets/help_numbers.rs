//! The service that allocates common auxiliary numbers (felles hjelpenummer, FHN) to those who have no national number.
//!
//! No interface of it has been published; what is asked here stands in `docs/help-numbers.md`. A request carries the
//! entry's id as its idempotency key, so that a repeated one gets the same number. Nothing that the service answers is
//! ever put into an error: it may name the traveller.

use super::altinn::Token;
use crate::rules::numbers::auxiliary;
use events::identity::{Identity, IdentityCheck, IdentityKind};
use events::record::Person;
use events::{EntryId, Personal};
use reqwest::{Client, StatusCode, Url};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long the service may take to be reached.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long it may take to answer, as shipped. It looks through a population before it gives a number out.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// The service.
#[derive(Clone)]
pub struct HelpNumbers {
    client: Client,
    address: Url,
    token: Token,
}

/// Why no number was allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AllocationError {
    /// It does not answer.
    #[error("the service for auxiliary numbers does not answer")]
    Unreachable,
    /// It answers too late. It may have allocated: asked again, it tells the same number.
    #[error("the service for auxiliary numbers does not answer in time")]
    TooSlow,
    /// It will not, now or for us.
    #[error("the service for auxiliary numbers answers with {0}")]
    Refused(u16),
    /// It will not give this person a number: somebody has to look.
    #[error("the service for auxiliary numbers refuses a person with {0}")]
    PersonRefused(u16),
    /// Its answer cannot be read.
    #[error("the answer of the service for auxiliary numbers cannot be read")]
    Unreadable,
    /// What it answered is no auxiliary number.
    #[error("the service for auxiliary numbers answers with something that is no such number")]
    NotANumber,
    /// Too little is known of the person to ask for a number: names and day of birth are needed.
    #[error("too little is known of a person to ask for an auxiliary number")]
    TooLittleKnown,
    /// The token cannot be read.
    #[error("the file with the token for the service for auxiliary numbers cannot be read")]
    Token,
}

impl AllocationError {
    /// Whether asking again with the same would come to the same. Else it is tried again.
    pub fn is_lasting(self) -> bool {
        match self {
            AllocationError::PersonRefused(_) | AllocationError::TooLittleKnown => true,
            AllocationError::Unreachable
            | AllocationError::TooSlow
            | AllocationError::Refused(_)
            | AllocationError::Unreadable
            | AllocationError::NotANumber
            | AllocationError::Token => false,
        }
    }
}

/// Why the service cannot be used as it is set up.
#[derive(Debug, thiserror::Error)]
pub enum Misconfigured {
    /// The address is none.
    #[error(
        "the address of the service for auxiliary numbers must begin with https://; only this machine may be reached by http"
    )]
    Address,
    /// No client can be made.
    #[error("no connection to the service for auxiliary numbers can be set up")]
    Client,
}

/// What is told of the person: no more than tells people apart.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    first_name: &'a str,
    last_name: &'a str,
    birth_date: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    passports: Vec<&'a str>,
}

#[derive(Deserialize)]
struct Allocated {
    number: Personal<String>,
}

impl HelpNumbers {
    /// The service at an address.
    pub fn new(address: &str, token: Token, answer_within: Duration) -> Result<HelpNumbers, Misconfigured> {
        let address = format!("{}/allocate", address.trim_end_matches('/'));
        let address = Url::parse(&address).map_err(|_| Misconfigured::Address)?;
        let is_here = matches!(address.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        // Names do not travel in the open.
        if address.scheme() != "https" && !(address.scheme() == "http" && is_here) {
            return Err(Misconfigured::Address);
        }
        let client = Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(answer_within)
            // A redirect would carry the names to wherever it leads.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| Misconfigured::Client)?;
        Ok(HelpNumbers { client, address, token })
    }

    /// Asks for a number for the traveller of an entry. Asked again, it is the same number.
    pub async fn allocate(&self, entry: EntryId, person: &Person) -> Result<Identity, AllocationError> {
        let body = request(person).ok_or(AllocationError::TooLittleKnown)?;
        let asked = self
            .client
            .post(self.address.clone())
            .bearer_auth(self.token().await?)
            .header("idempotency-key", entry.to_string())
            .json(&body);
        let answer = asked.send().await.map_err(|error| match error.is_timeout() {
            true => AllocationError::TooSlow,
            false => AllocationError::Unreachable,
        })?;
        match answer.status() {
            StatusCode::OK | StatusCode::CREATED => {}
            status @ (StatusCode::BAD_REQUEST | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) => {
                return Err(AllocationError::PersonRefused(status.as_u16()));
            }
            other => return Err(AllocationError::Refused(other.as_u16())),
        }
        let allocated: Allocated = answer.json().await.map_err(|error| match error.is_timeout() {
            true => AllocationError::TooSlow,
            false => AllocationError::Unreadable,
        })?;
        identity(allocated.number).ok_or(AllocationError::NotANumber)
    }

    async fn token(&self) -> Result<String, AllocationError> {
        match &self.token {
            Token::Fixed(token) => Ok(token.clone()),
            Token::File(path) => {
                let token = tokio::fs::read_to_string(path).await.map_err(|_| AllocationError::Token)?;
                Ok(token.trim().to_owned())
            }
        }
    }
}

/// What is told of a person; `None` where too little is known to tell the person apart.
fn request(person: &Person) -> Option<Request<'_>> {
    let told =
        |name: &'_ Option<Personal<String>>| name.as_ref().is_some_and(|name| !name.0.trim().is_empty());
    if !told(&person.first_name) || !told(&person.last_name) {
        return None;
    }
    let passports = person.identities.iter().filter(|identity| identity.kind == IdentityKind::Passport);
    Some(Request {
        first_name: person.first_name.as_ref()?.0.trim(),
        last_name: person.last_name.as_ref()?.0.trim(),
        birth_date: person.birth_date.as_ref()?.0.to_string(),
        passports: passports.map(|identity| identity.number.0.as_str()).collect(),
    })
}

/// The number as an identity, if it is one.
fn identity(number: Personal<String>) -> Option<Identity> {
    let check = auxiliary::check(&number.0).check;
    let kind = IdentityKind::CommonAuxiliaryNumber;
    (check == IdentityCheck::Valid).then_some(Identity { kind, number, check })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_travel_in_the_open() {
        let at = |address: &str| {
            HelpNumbers::new(address, Token::Fixed("x".to_owned()), ANSWER_WITHIN).map(|made| made.address)
        };
        assert_eq!(at("https://fhn.example.org/api/").unwrap().path(), "/api/allocate");
        assert!(at("http://127.0.0.1:8090").is_ok());
        assert!(at("http://fhn.example.org").is_err());
        assert!(at("ftp://localhost").is_err());
        assert!(at("fhn").is_err());
    }

    #[test]
    fn only_an_auxiliary_number_is_taken_for_one() {
        assert!(identity("88888888831".into()).is_some());
        for other in ["88888888832", "20914695016", "8888888883", ""] {
            assert!(identity(other.into()).is_none(), "{other}");
        }
    }
}
