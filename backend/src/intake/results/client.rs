//! The client of Fiks prøvesvar: searches for a person and for a municipality.
//!
//! A search changes nothing, so it is repeated when the way there failed; it is never repeated when the service says
//! no. What an answer holds is handed on; nothing is kept, and neither metrics nor spans name anybody.

use super::bearer::Bearer;
use super::breaker::Breaker;
use super::error::{Misunderstood, SearchError, Unavailable};
use super::message::LabMessage;
use super::pace::Pace;
use super::paging::{Collected, Paging, Window};
use super::transport::{Body, Transport};
use super::wire::{self, Page};
use crate::clock::Clock;
use crate::entropy::Entropy;
use bytes::Bytes;
use events::Personal;
use jiff::SignedDuration;
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument;
use zeroize::{Zeroize, Zeroizing};

/// Digits of a national number, a D-number or an FHN.
const NUMBER_DIGITS: usize = 11;

/// What a client is set up with.
#[derive(Clone)]
pub struct Settings {
    /// Address of the service, before `/provesvar/api/v1`.
    pub address: String,
    /// `IntegrasjonId`.
    pub integration: String,
    /// `IntegrasjonPassord`.
    pub password: Zeroizing<String>,
    /// Who we are.
    pub bearer: Bearer,
    /// The municipality that asks, four digits.
    pub municipality: String,
    /// How much and how long.
    pub limits: Limits,
}

/// How much is asked, and how long it is waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the service is reached.
    pub connect_within: Duration,
    /// Until one request is answered, to its last byte.
    pub answer_within: Duration,
    /// Until a request is given up, its repetitions included.
    pub search_within: Duration,
    /// Until a request gets its turn.
    pub turn_within: Duration,
    /// Bytes of an answer, unpacked.
    pub answer_bytes_max: usize,
    /// How often it is tried in all.
    pub tries: u32,
    /// Before the first repetition, at most; twice that before the next.
    pub pause: Duration,
    /// Before any repetition at most.
    pub pause_max: Duration,
    /// Failures in a row after which the service is left alone.
    pub failures_in_row_max: u32,
    /// For how long.
    pub left_alone_for: SignedDuration,
    /// Requests a second.
    pub per_second: u32,
    /// Requests at once.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect_within: Duration::from_secs(5),
            answer_within: Duration::from_secs(10),
            search_within: Duration::from_secs(20),
            turn_within: Duration::from_secs(5),
            answer_bytes_max: 8 * 1024 * 1024,
            tries: 3,
            pause: Duration::from_millis(250),
            pause_max: Duration::from_secs(2),
            failures_in_row_max: 6,
            left_alone_for: SignedDuration::from_secs(30),
            per_second: 20,
            at_once: 8,
        }
    }
}

/// Why the service cannot be used as it is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfigured {
    /// The address is none.
    #[error(
        "the address of the result service must begin with https://; only this machine may be reached by http"
    )]
    Address,
    /// Id or password cannot stand in a header.
    #[error("the integration's id or password for the result service has a character that cannot be sent")]
    Integration,
    /// Not a municipality's number.
    #[error("the municipality that asks the result service must have four digits")]
    Municipality,
    /// No client can be made.
    #[error("no connection to the result service can be set up")]
    Client,
}

/// What a search for a person came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The messages.
    pub messages: Vec<LabMessage>,
    /// There are more than these, or nobody says that there are not. What is not here is unknown, never absent.
    pub truncated: bool,
}

impl Zeroize for Answer {
    fn zeroize(&mut self) {
        self.messages.zeroize();
        self.truncated = true;
    }
}

/// A person without a number.
#[derive(Clone, Default)]
pub struct Wanted {
    /// First name, exactly.
    pub first_name: Option<Personal<String>>,
    /// Last name, exactly.
    pub last_name: Option<Personal<String>>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Birth date.
    pub birth_date: Option<Personal<Date>>,
    /// Samples taken from this day.
    pub taken_from: Option<Date>,
    /// Samples taken until this day.
    pub taken_until: Option<Date>,
}

/// Sex, as the service tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// `1`
    Man,
    /// `2`
    Woman,
}

/// The four searches.
#[derive(Clone, Copy)]
enum Search {
    ByNumber,
    ByName,
    Received,
    Positive,
}

impl Search {
    fn operation(self) -> &'static str {
        match self {
            Search::ByNumber => "sok",
            Search::ByName => "sokMedParams",
            Search::Received => "sokForKommune",
            Search::Positive => "sokPositiveForKommune",
        }
    }
}

/// The service. Cloned handles share pace and breaker.
#[derive(Clone)]
pub struct Client(Arc<Inside>);

struct Inside {
    transport: Transport,
    bearer: Bearer,
    municipality: String,
    limits: Limits,
    pace: Pace,
    breaker: Breaker,
    clock: Clock,
    entropy: Entropy,
}

impl Client {
    /// A client.
    pub fn new(settings: Settings, clock: Clock, entropy: Entropy) -> Result<Client, Misconfigured> {
        let limits = settings.limits;
        let transport = Transport::new(&settings, &limits)?;
        if !has_digits(&settings.municipality, 4) {
            return Err(Misconfigured::Municipality);
        }
        Ok(Client(Arc::new(Inside {
            transport,
            bearer: settings.bearer,
            municipality: settings.municipality,
            limits,
            pace: Pace::new(clock.clone(), limits.per_second, limits.at_once),
            breaker: Breaker::new(clock.clone(), limits.failures_in_row_max, limits.left_alone_for),
            clock,
            entropy,
        })))
    }

    /// `sok`: everything about one number. Whether a message is about the traveller is for whoever asked to see:
    /// the service may hold it under another number of the same person.
    pub async fn by_number(&self, number: &Personal<String>) -> Result<Answer, SearchError> {
        if !has_digits(&number.0, NUMBER_DIGITS) {
            return Err(SearchError::NotAsked);
        }
        let kommunenr = &self.0.municipality;
        self.person(Search::ByNumber, &wire::SokParameter { fnr: &number.0, kommunenr }).await
    }

    /// `sokMedParams`: everything about a person without a number. A last name and a birth date at least.
    pub async fn by_name(&self, wanted: &Wanted) -> Result<Answer, SearchError> {
        let name = |name: &Option<Personal<String>>| match name.as_ref().map(|name| name.0.trim()) {
            None | Some("") => None,
            Some(name) => Some(name.to_owned()),
        };
        let (first, last) = (name(&wanted.first_name), name(&wanted.last_name));
        let birth_date = wanted.birth_date.as_ref().map(|day| day.0);
        if last.is_none() || birth_date.is_none() {
            return Err(SearchError::NotAsked);
        }
        let question = wire::SokParameterMedParams {
            kommunenr: &self.0.municipality,
            fornavn: first.as_deref(),
            etternavn: last.as_deref(),
            kjonn: wanted.sex.map(|sex| match sex {
                Sex::Man => "1",
                Sex::Woman => "2",
            }),
            fodselsdato: birth_date,
            provedato_fra: wanted.taken_from,
            provedato_til: wanted.taken_until,
        };
        self.person(Search::ByName, &question).await
    }

    /// `sokForKommune`: everything the service received in a window for the municipality that asks.
    pub async fn received(&self, window: Window) -> Result<Collected, SearchError> {
        self.municipality(Search::Received, window).await
    }

    /// `sokPositiveForKommune`: of that, what the service holds for positive.
    pub async fn positive(&self, window: Window) -> Result<Collected, SearchError> {
        self.municipality(Search::Positive, window).await
    }

    /// Whether the service answers and knows us. Nobody is asked about.
    pub async fn check(&self) -> Result<(), SearchError> {
        let now = Some(self.0.clock.now());
        self.page(Search::Received, Window { from: now, until: now }).await.map(drop)
    }

    /// Whether the service has failed so often that it is not asked now.
    pub fn is_left_alone(&self) -> bool {
        self.0.breaker.is_open()
    }

    async fn person(&self, search: Search, question: &impl Serialize) -> Result<Answer, SearchError> {
        let body = self.ask(search, question).await?;
        let read = || {
            let page = wire::page(&body)?;
            let truncated = page.cut;
            let message = |(n, record)| {
                wire::message(record).map_err(|error| error.within(&format!("/provesvarliste/{n}")))
            };
            let messages = page.records.into_iter().enumerate().map(message).collect::<Result<_, _>>()?;
            Ok::<Answer, Misunderstood>(Answer { messages, truncated })
        };
        let answer = understood(search, read())?;
        if answer.truncated {
            note_truncated(search);
        }
        Ok(answer)
    }

    async fn municipality(&self, search: Search, window: Window) -> Result<Collected, SearchError> {
        // What comes in meanwhile must not stand in for what was lost.
        let until = window.until.unwrap_or_else(|| self.0.clock.now());
        let mut paging = Paging::new(Window { until: Some(until), ..window });
        while let Some(window) = paging.next() {
            paging.take(self.page(search, window).await?);
        }
        let collected = paging.collected();
        if collected.truncated {
            note_truncated(search);
        }
        let unreadable = u64::try_from(collected.unreadable.len()).unwrap_or(u64::MAX);
        metrics::counter!("register_results_unreadable_records_total").increment(unreadable);
        Ok(collected)
    }

    async fn page(&self, search: Search, window: Window) -> Result<Page, SearchError> {
        let question = wire::SokParameterForKommune {
            kommunenr: &self.0.municipality,
            fra_mottattidspunkt: window.from,
            til_mottattidspunkt: window.until,
        };
        let body = self.ask(search, &question).await?;
        understood(search, wire::page(&body))
    }

    async fn ask(&self, search: Search, question: &impl Serialize) -> Result<Body, SearchError> {
        let question = serde_json::to_vec(question).map_err(|_| SearchError::NotAsked)?;
        let operation = search.operation();
        let began = Instant::now();
        let span = tracing::info_span!("result-search", search = operation);
        let outcome = self.tries(search, question.into(), began).instrument(span).await;
        metrics::histogram!("register_results_seconds", "search" => operation)
            .record(began.elapsed().as_secs_f64());
        count(
            search,
            match &outcome {
                Ok(_) => "answered",
                Err(SearchError::Unavailable(_)) => "unavailable",
                Err(SearchError::Refused { .. }) => "refused",
                Err(SearchError::Misunderstood(_)) => "misunderstood",
                Err(SearchError::NotAsked) => "not-asked",
            },
        );
        outcome
    }

    async fn tries(&self, search: Search, question: Bytes, began: Instant) -> Result<Body, SearchError> {
        let limits = &self.0.limits;
        let mut failed = None;
        for tried in 1.. {
            let error = match (self.once(search, question.clone(), began).await, failed.take()) {
                (Ok(body), _) => return Ok(body),
                // Why it is left alone says more than that it is.
                (Err(SearchError::Unavailable(Unavailable::LeftAlone)), Some(before)) => return Err(before),
                (Err(error), _) => error,
            };
            let pause = self.pause(tried);
            let in_time = began.elapsed() + pause < limits.search_within;
            if !passes_by_itself(&error) || tried >= limits.tries || !in_time {
                return Err(error);
            }
            metrics::counter!("register_results_repeated_total").increment(1);
            tokio::time::sleep(pause).await;
            failed = Some(error);
        }
        Err(Unavailable::TooSlow.into())
    }

    async fn once(&self, search: Search, question: Bytes, began: Instant) -> Result<Body, SearchError> {
        let Inside { limits, breaker, pace, bearer, transport, .. } = &*self.0;
        let left = || limits.search_within.saturating_sub(began.elapsed());
        // Before and after the wait for a turn: nobody queues for a service that is left alone.
        if breaker.is_open() {
            return Err(Unavailable::LeftAlone.into());
        }
        let _turn = pace.turn(limits.turn_within.min(left())).await?;
        let header = bearer.header().await?;
        let pass = breaker.enter().ok_or(Unavailable::LeftAlone)?;
        let within = limits.answer_within.min(left());
        let outcome = transport.ask(search.operation(), header, question, within).await;
        pass.tell(!matches!(outcome, Err(SearchError::Unavailable(_))));
        outcome
    }

    /// Twice as long each time, and between half of it and all: who failed together does not come back together.
    fn pause(&self, tried: u32) -> Duration {
        let Limits { pause, pause_max, .. } = self.0.limits;
        let whole = pause.saturating_mul(2_u32.saturating_pow(tried - 1)).min(pause_max);
        let chance = f64::from(u32::from_le_bytes(self.0.entropy.bytes())) / f64::from(u32::MAX);
        whole.mul_f64(0.5 + chance / 2.0)
    }
}

/// Whether a search that failed so may go well the next time, without anybody doing something about it.
fn passes_by_itself(error: &SearchError) -> bool {
    match error {
        SearchError::Unavailable(why) => match why {
            Unavailable::Unreachable | Unavailable::TooSlow | Unavailable::CutOff => true,
            Unavailable::Failed(status) => matches!(status, 502 | 504),
            Unavailable::LeftAlone | Unavailable::Busy | Unavailable::Token => false,
        },
        SearchError::Refused { .. } | SearchError::Misunderstood(_) | SearchError::NotAsked => false,
    }
}

/// An answer that came and cannot be read is counted beside those that were read.
fn understood<T>(search: Search, read: Result<T, Misunderstood>) -> Result<T, SearchError> {
    read.map_err(|error| {
        count(search, "misunderstood");
        error.into()
    })
}

fn count(search: Search, outcome: &'static str) {
    metrics::counter!("register_results_requests_total", "search" => search.operation(), "outcome" => outcome)
        .increment(1);
}

fn note_truncated(search: Search) {
    metrics::counter!("register_results_truncated_total", "search" => search.operation()).increment(1);
}

fn has_digits(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}
