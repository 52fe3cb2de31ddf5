//! Signed tokens of machines, in the shape of Maskinporten: an access token that names the organisation
//! (`consumer.ID`, ISO 6523) and what it was granted (`scope`), signed by the issuer. The client's own id in the token
//! plays no part in what it may do.

use crate::clock::Clock;
use events::subscription::MachineScope;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use reqwest::{Client, Url};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// By how much the issuer's clock may differ from ours.
const LEEWAY: SignedDuration = SignedDuration::from_secs(10);
/// The longest token that is looked at, in bytes.
const TOKEN_BYTES_MAX: usize = 8 * 1024;
/// The largest set of keys that is taken, in bytes.
const KEYS_BYTES_MAX: usize = 256 * 1024;
/// How often the issuer's keys are fetched anew.
const REFRESH: Duration = Duration::from_secs(600);
/// A key that is not known makes us ask again, but not more often than this.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(10);
/// How long the issuer may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// The prefix of Norwegian organisation numbers in ISO 6523.
const NORWEGIAN_ORGANISATION: &str = "0192:";
/// Signatures that are believed: those with a public key.
const ALGORITHMS: [Algorithm; 8] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
];

/// What a good token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The organisation, nine digits.
    pub organisation: String,
    /// What it was granted of what we offer.
    pub scopes: BTreeSet<MachineScope>,
}

/// Why a token is not believed. Whoever shows it learns no more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// It is no token, or has not what a token must have.
    #[error("it is no token of this shape")]
    Shape,
    /// It is signed in a way that is not believed.
    #[error("its algorithm is not believed")]
    Algorithm,
    /// Nobody knows the key it was signed with.
    #[error("its key is not the issuer's")]
    UnknownKey,
    /// Signature, issuer or audience are wrong.
    #[error("its signature, issuer or audience is wrong")]
    NotIssued,
    /// It is over, or not yet begun.
    #[error("its time is not now")]
    Time,
    /// It names no Norwegian organisation.
    #[error("it names no organisation")]
    NoOrganisation,
}

/// Why an issuer cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum Misconfigured {
    /// The address of the keys is none that can be trusted.
    #[error(
        "the address of the issuer's keys must begin with https://; only this machine may be asked by http"
    )]
    Address,
    /// The file of the keys cannot be read.
    #[error("the file of the issuer's keys, {path}, cannot be read: {why}")]
    File {
        /// Which.
        path: String,
        /// Why.
        why: String,
    },
    /// No client can be made.
    #[error("no connection to the issuer can be set up")]
    Client,
}

/// Where the issuer's keys are.
enum Source {
    File(PathBuf),
    Url(Client, Url),
}

/// Who issues tokens, and what ours must say.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `iss`, to the letter.
    pub issuer: String,
    /// A file or an `https://` address of the issuer's keys (JWKS).
    pub keys: String,
    /// `aud`, when tokens must name us.
    pub audience: Option<String>,
    /// What our scopes begin with.
    pub scope_prefix: String,
}

/// The issuer of tokens, and its keys as last read.
pub struct Issuer {
    settings: Settings,
    source: Source,
    clock: Clock,
    keys: RwLock<Arc<JwkSet>>,
    /// When the keys were last asked for.
    asked: Mutex<Option<Instant>>,
}

#[derive(Deserialize)]
struct Claims {
    exp: i64,
    iat: i64,
    #[serde(default)]
    nbf: Option<i64>,
    jti: String,
    #[serde(default)]
    scope: String,
    consumer: Organisation,
}

#[derive(Deserialize)]
struct Organisation {
    authority: String,
    #[serde(rename = "ID")]
    id: String,
}

impl Issuer {
    /// An issuer whose keys lie in a file, which must be there, or behind an address, which may come up later.
    pub async fn open(settings: Settings, clock: Clock) -> Result<Issuer, Misconfigured> {
        let source = source(&settings.keys)?;
        let issuer = Issuer { settings, source, clock, keys: RwLock::default(), asked: Mutex::default() };
        match (issuer.ask().await, &issuer.source) {
            (Err(why), Source::File(path)) => {
                Err(Misconfigured::File { path: path.display().to_string(), why })
            }
            (Err(why), Source::Url(..)) => {
                tracing::error!(
                    why,
                    "the issuer's keys cannot be fetched; no signed token is believed until they are"
                );
                Ok(issuer)
            }
            (Ok(()), _) => Ok(issuer),
        }
    }

    /// Fetches the keys anew, for ever.
    pub async fn keep_fresh(self: Arc<Self>) {
        loop {
            tokio::time::sleep(REFRESH).await;
            if let Err(why) = self.ask().await {
                tracing::warn!(why, "the issuer's keys cannot be fetched; the former stay in use");
            }
        }
    }

    /// What a token says, when it is good now.
    pub async fn check(&self, token: &str) -> Result<Shown, BadToken> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(BadToken::Shape);
        }
        let header = decode_header(token).map_err(|_| BadToken::Shape)?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(BadToken::Algorithm);
        }
        let key = self.key(header.kid.as_deref().ok_or(BadToken::Shape)?, header.alg).await?;
        let mut validation = Validation::new(header.alg);
        validation.set_issuer(&[&self.settings.issuer]);
        // Our own clock says what time it is, below.
        (validation.validate_exp, validation.validate_nbf) = (false, false);
        validation.set_required_spec_claims(&["iss", "exp"]);
        if let Some(audience) = &self.settings.audience {
            validation.set_audience(&[audience]);
            validation.set_required_spec_claims(&["iss", "exp", "aud"]);
        }
        let claims = decode::<Claims>(token, &key, &validation).map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::Json(_) => BadToken::Shape,
            _ => BadToken::NotIssued,
        })?;
        self.read(&claims.claims)
    }

    fn read(&self, claims: &Claims) -> Result<Shown, BadToken> {
        let now = self.clock.now();
        let moment = |seconds| Timestamp::from_second(seconds).map_err(|_| BadToken::Shape);
        let (ends, issued) = (moment(claims.exp)?, moment(claims.iat)?);
        let begins = claims.nbf.map(moment).transpose()?.map_or(issued, |begins| begins.max(issued));
        if now.duration_since(ends) >= LEEWAY || begins.duration_since(now) > LEEWAY {
            return Err(BadToken::Time);
        }
        if claims.jti.is_empty() {
            return Err(BadToken::Shape);
        }
        let organisation = claims.consumer.id.strip_prefix(NORWEGIAN_ORGANISATION);
        let organisation = organisation
            .filter(|_| claims.consumer.authority == "iso6523-actorid-upis")
            .filter(|number| crate::rules::numbers::organisation::is_right(number));
        Ok(Shown {
            organisation: organisation.ok_or(BadToken::NoOrganisation)?.to_owned(),
            scopes: claims.scope.split_ascii_whitespace().filter_map(|scope| self.scope(scope)).collect(),
        })
    }

    fn scope(&self, granted: &str) -> Option<MachineScope> {
        [MachineScope::Entries, MachineScope::Feed]
            .into_iter()
            .find(|scope| granted == scope_name(&self.settings.scope_prefix, *scope))
    }

    /// The issuer's key with an id; asked for anew when it is not known.
    async fn key(&self, id: &str, algorithm: Algorithm) -> Result<DecodingKey, BadToken> {
        if self.known(id).is_none() {
            let mut asked = self.asked.lock().await;
            // Somebody else may have asked while we waited.
            let due = asked.is_none_or(|before| before.elapsed() >= ASK_AGAIN_AFTER);
            if self.known(id).is_none() && due {
                *asked = Some(Instant::now());
                if let Err(why) = self.ask().await {
                    tracing::warn!(why, "the issuer's keys cannot be fetched; the former stay in use");
                }
            }
        }
        let jwk = self.known(id).ok_or(BadToken::UnknownKey)?;
        let signs = jwk.common.public_key_use.as_ref().is_none_or(|of| *of == PublicKeyUse::Signature);
        let said = jwk.common.key_algorithm.is_none_or(|said| said == KeyAlgorithm::from(algorithm));
        let key = DecodingKey::from_jwk(&jwk).map_err(|_| BadToken::UnknownKey)?;
        // A public key must not be taken for the secret of another algorithm.
        if signs && said && key.family() == algorithm.family() { Ok(key) } else { Err(BadToken::Algorithm) }
    }

    fn known(&self, id: &str) -> Option<Jwk> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).find(id).cloned()
    }

    async fn ask(&self) -> Result<(), String> {
        let text = match &self.source {
            Source::File(path) => tokio::fs::read(path).await.map_err(|error| error.kind().to_string())?,
            Source::Url(client, url) => fetch(client, url).await?,
        };
        let keys: JwkSet = serde_json::from_slice(&text).map_err(|_| "it is no set of keys".to_owned())?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
        Ok(())
    }
}

/// What a scope is called in a token.
pub fn scope_name(prefix: &str, scope: MachineScope) -> String {
    let name = match scope {
        MachineScope::Entries => "entries.read",
        MachineScope::Feed => "feed.read",
    };
    format!("{prefix}.{name}")
}

fn source(keys: &str) -> Result<Source, Misconfigured> {
    if !keys.contains("://") {
        return Ok(Source::File(PathBuf::from(keys)));
    }
    let url: Url = keys.parse().map_err(|_| Misconfigured::Address)?;
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if url.scheme() != "https" && !(url.scheme() == "http" && here) {
        return Err(Misconfigured::Address);
    }
    let client = Client::builder().timeout(ANSWER_WITHIN).build().map_err(|_| Misconfigured::Client)?;
    Ok(Source::Url(client, url))
}

async fn fetch(client: &Client, url: &Url) -> Result<Vec<u8>, String> {
    let answer = client.get(url.clone()).send().await.map_err(|_| "nobody answers".to_owned())?;
    if !answer.status().is_success() {
        return Err(format!("the answer is {}", answer.status().as_u16()));
    }
    let mut answer = answer;
    let mut text = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|_| "the answer breaks off".to_owned())? {
        text.extend_from_slice(&part);
        if text.len() > KEYS_BYTES_MAX {
            return Err("the answer is too long".to_owned());
        }
    }
    Ok(text)
}
