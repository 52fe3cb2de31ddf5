//! What Enhetsregisteret says of an organisation number, by its public interface. Asked within a short time, and kept
//! for a while: an inspector who leafs through the inbox asks for the same few employers again and again.

use crate::clock::Clock;
use crate::rules::moments::day;
use crate::rules::numbers::organisation;
use api::referrals::{Unit, UnitAnswer};
use hashlink::LruCache;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long it may take to be reached.
const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// How long it may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(4);
/// Answers that are kept.
const KEPT_MAX: usize = 2_000;
/// How long an answer is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(6);
/// How long it is kept that no unit has a number: it may be registered any minute.
const ABSENCE_KEPT_FOR: SignedDuration = SignedDuration::from_mins(10);
/// How long nobody asks again after no answer came.
const SILENCE_KEPT_FOR: SignedDuration = SignedDuration::from_secs(30);

/// Enhetsregisteret. Cloned handles share what is kept.
#[derive(Clone)]
pub struct Enhetsregisteret(Option<Arc<Asked>>);

struct Asked {
    client: Client,
    base: Url,
    clock: Clock,
    kept: Mutex<LruCache<String, (UnitAnswer, Timestamp)>>,
}

/// Why it cannot be asked as it is set up.
#[derive(Debug, thiserror::Error)]
pub enum Misconfigured {
    /// The address is none.
    #[error("the address of Enhetsregisteret must begin with https://, or with http:// for this machine")]
    Address,
    /// No client can be made.
    #[error("no connection to Enhetsregisteret can be set up")]
    Client,
}

/// A unit as it is told. Fields that a version of the interface lacks or spells otherwise are no fault.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    organisasjonsnummer: String,
    navn: Option<String>,
    organisasjonsform: Option<Form>,
    forretningsadresse: Option<Address>,
    beliggenhetsadresse: Option<Address>,
    postadresse: Option<Address>,
    #[serde(alias = "stiftelsedato")]
    stiftelsesdato: Option<String>,
    slettedato: Option<String>,
    #[serde(default)]
    konkurs: bool,
    #[serde(default)]
    under_avvikling: bool,
    #[serde(default)]
    under_tvangsavvikling_eller_tvangsopplosning: bool,
    overordnet_enhet: Option<String>,
    antall_ansatte: Option<u32>,
}

#[derive(Deserialize)]
struct Form {
    beskrivelse: Option<String>,
    kode: Option<String>,
}

#[derive(Deserialize)]
struct Address {
    #[serde(default)]
    adresse: Vec<Option<String>>,
    postnummer: Option<String>,
    poststed: Option<String>,
    land: Option<String>,
}

impl Enhetsregisteret {
    /// Nobody is asked.
    pub fn off() -> Enhetsregisteret {
        Enhetsregisteret(None)
    }

    /// The one at an address, such as `https://data.brreg.no`.
    pub fn new(address: &str, clock: Clock) -> Result<Enhetsregisteret, Misconfigured> {
        let base =
            Url::parse(&format!("{}/", address.trim_end_matches('/'))).map_err(|_| Misconfigured::Address)?;
        let is_here = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if base.scheme() != "https" && !(base.scheme() == "http" && is_here) {
            return Err(Misconfigured::Address);
        }
        let client = Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| Misconfigured::Client)?;
        let kept = Mutex::new(LruCache::new(KEPT_MAX));
        Ok(Enhetsregisteret(Some(Arc::new(Asked { client, base, clock, kept }))))
    }

    /// What it says of a number.
    pub async fn unit(&self, org_number: &str) -> UnitAnswer {
        let Some(asked) = &self.0 else { return UnitAnswer::Off };
        // One with a wrong check digit is nobody's, and is not passed on.
        if !organisation::is_right(org_number) {
            return UnitAnswer::NotFound;
        }
        if let Some(kept) = asked.kept(org_number) {
            return kept;
        }
        let answer = asked.ask(org_number).await;
        asked.keep(org_number, &answer);
        answer
    }

    /// Whether it answers; `None` when nobody is asked.
    pub async fn check(&self) -> Option<bool> {
        let asked = self.0.as_ref()?;
        let answer = asked.client.get(format!("{}enhetsregisteret/api", asked.base)).send().await;
        Some(answer.is_ok_and(|answer| answer.status().is_success()))
    }
}

impl Asked {
    fn kept(&self, org_number: &str) -> Option<UnitAnswer> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (answer, until) = kept.get(org_number)?;
        (self.clock.now() < *until).then(|| answer.clone())
    }

    fn keep(&self, org_number: &str, answer: &UnitAnswer) {
        let span = match answer {
            UnitAnswer::Found(_) => KEPT_FOR,
            UnitAnswer::NotFound => ABSENCE_KEPT_FOR,
            UnitAnswer::Unavailable | UnitAnswer::Off => SILENCE_KEPT_FOR,
        };
        let until = self.clock.now().saturating_add(span).unwrap_or(Timestamp::MAX);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(org_number.to_owned(), (answer.clone(), until));
    }

    /// Among units first, then among the parts of units.
    async fn ask(&self, org_number: &str) -> UnitAnswer {
        for among in ["enheter", "underenheter"] {
            let address = format!("{}enhetsregisteret/api/{among}/{org_number}", self.base);
            let Ok(response) = self.client.get(address).send().await else { return UnitAnswer::Unavailable };
            match response.status() {
                // One that was removed altogether is told with 410 and what is left of it.
                StatusCode::OK | StatusCode::GONE => {
                    let told: Result<Told, _> = response.json().await;
                    let own = told.ok().filter(|told| told.organisasjonsnummer == org_number);
                    return own.map_or(UnitAnswer::Unavailable, |told| {
                        UnitAnswer::Found(told.in_our_words(self.clock.now()))
                    });
                }
                StatusCode::NOT_FOUND => {}
                _ => return UnitAnswer::Unavailable,
            }
        }
        UnitAnswer::NotFound
    }
}

impl Told {
    fn in_our_words(self, asked_at: Timestamp) -> Unit {
        let address = self.forretningsadresse.or(self.beliggenhetsadresse).or(self.postadresse);
        Unit {
            name: self.navn.unwrap_or_default(),
            form: self.organisasjonsform.and_then(|form| form.beskrivelse.or(form.kode)),
            address: address.map(Address::lines).unwrap_or_default(),
            founded_on: self.stiftelsesdato.as_deref().and_then(day),
            bankrupt: self.konkurs,
            winding_up: self.under_avvikling || self.under_tvangsavvikling_eller_tvangsopplosning,
            dissolved_on: self.slettedato.as_deref().and_then(day),
            part_of: self.overordnet_enhet,
            employees: self.antall_ansatte,
            org_number: self.organisasjonsnummer,
            asked_at,
        }
    }
}

impl Address {
    fn lines(self) -> Vec<String> {
        let mut lines: Vec<String> = self.adresse.into_iter().flatten().collect();
        let town: Vec<String> = [self.postnummer, self.poststed].into_iter().flatten().collect();
        lines.push(town.join(" "));
        lines.extend(self.land.filter(|land| land != "Norge"));
        lines.retain(|line| !line.trim().is_empty());
        lines
    }
}
