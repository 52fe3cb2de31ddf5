//! Asking the result service about one traveller, and asking ahead for those who are next in the queue. What it answers
//! is stored only where that is the policy; else it lies in memory for a moment, is shown, and forgotten.

use super::attach::ACTOR;
use super::{Results, ResultsError, reading};
use crate::intake::entries::{self, present};
use crate::intake::results::{Answer, Client, SearchError, ahead::Ahead};
use crate::projections::entries::{ListRow, of_entries};
use crate::rules::entry::{Command, EntryState};
use crate::rules::identities::national_number;
use crate::rules::moments::norwegian_day_of;
use crate::rules::results::{self as rules, Samples};
use api::results::{LookUpAnswer, LookUpOutcome};
use events::result::{ResultLookedUp, ResultMode, ResultReceived, ResultSource};
use events::{EntryId, Personal};
use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use std::collections::HashSet;
use std::time::Duration;
use uuid::Uuid;

/// How long an answer is shown without asking again.
pub const FRESH_FOR: SignedDuration = SignedDuration::from_mins(10);
/// Answers that are kept at most.
pub const KEPT_MAX: usize = 2_000;
/// How long ago a caller at work gave a sign of life.
const AT_WORK_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// How often it is looked who is next.
const AHEAD_EVERY: Duration = Duration::from_secs(5);
/// Travellers at the front of the queue about whom is asked ahead.
const AHEAD: i64 = 40;

/// The result service, and what it answered a moment ago.
#[derive(Clone)]
pub struct Service {
    /// The service.
    pub client: Client,
    /// Its answers.
    pub ahead: Ahead<Answer>,
}

/// Why nobody is asked.
#[derive(Debug, thiserror::Error)]
pub enum LookUpError {
    /// By the policy of the day callers see no results.
    #[error("by the policy in force callers see no results")]
    NotForCallers,
    /// There is no result service.
    #[error("no result service is set up")]
    NoService,
    /// Something fails here.
    #[error(transparent)]
    Results(#[from] ResultsError),
}

impl Results {
    /// Whether there is a service to ask.
    pub fn can_look_up(&self) -> bool {
        self.service.is_some()
    }

    /// What the service knows of a traveller. That it was asked is written down; what it says, where that is the policy.
    pub async fn look_up(&self, entry: EntryId, by: &str) -> Result<LookUpAnswer, LookUpError> {
        let service = self.service.as_ref().ok_or(LookUpError::NoService)?;
        let mode = self.mode();
        if mode == ResultMode::WashList {
            return Err(LookUpError::NotForCallers);
        }
        let (_, _, state) = present(&self.log, entry).await.map_err(ResultsError::from)?;
        let Some(number) = national_number(&state.record) else {
            return Ok(without_answer(LookUpOutcome::NoNumber));
        };
        let asked = self.ask(service, number).await;
        self.write_down(entry, by, asked.is_ok()).await?;
        let (received, truncated, answered_at) = match asked {
            Ok(answer) => answer,
            Err(SearchError::Refused { .. } | SearchError::NotAsked) => {
                return Ok(without_answer(LookUpOutcome::Refused));
            }
            Err(SearchError::Unavailable(_) | SearchError::Misunderstood(_)) => {
                return Ok(without_answer(LookUpOutcome::Unknown));
            }
        };
        let samples = match mode {
            ResultMode::Store => {
                self.store(entry, received).await?;
                let (_, _, state) = present(&self.log, entry).await.map_err(ResultsError::from)?;
                state.results.samples
            }
            ResultMode::LookUp | ResultMode::WashList => folded(&received),
        };
        let samples = reading::shown(&samples);
        let answered_at = Some(answered_at);
        Ok(LookUpAnswer { outcome: LookUpOutcome::Answered, samples, truncated, answered_at })
    }

    /// What the service says about a number now, or said a moment ago; whether it was cut; and when it said it.
    pub(super) async fn ask(
        &self,
        service: &Service,
        number: &Personal<String>,
    ) -> Result<(Vec<ResultReceived>, bool, Timestamp), SearchError> {
        let now = self.log.clock().now();
        let kept = service.ahead.get(&number.0).filter(|kept| now.duration_since(kept.asked_at) < FRESH_FOR);
        if let Some(kept) = kept {
            return Ok((self.read(&kept.answer, number), kept.answer.truncated, kept.asked_at));
        }
        let answer = service.client.by_number(number).await?;
        let told = (self.read(&answer, number), answer.truncated, now);
        service.ahead.keep(&number.0, answer, now);
        Ok(told)
    }

    /// Messages about another number than was asked for are not believed.
    fn read(&self, answer: &Answer, number: &Personal<String>) -> Vec<ResultReceived> {
        let now = self.log.clock().now();
        let by = self.reference.facts().result_table(norwegian_day_of(now));
        let theirs = answer.messages.iter().filter(|message| {
            message
                .national_number
                .as_ref()
                .is_none_or(|told| crate::rules::identity::normalise(&told.0) == number.0)
        });
        theirs.flat_map(|message| reading::read(message, &by, ResultSource::LookUp, now)).collect()
    }

    /// Writes down that the service was asked.
    pub(super) async fn write_down(
        &self,
        entry: EntryId,
        by: &str,
        answered: bool,
    ) -> Result<(), ResultsError> {
        let looked_up_at = self.log.clock().now();
        let looked_up = ResultLookedUp { looked_up_at, looked_up_by: by.to_owned(), answered };
        let command = |_: &EntryState| Some(Command::Result(rules::Command::LookUp(looked_up.clone())));
        entries::change(&self.log, entry, by, None, command).await?;
        Ok(())
    }

    /// Writes messages down on an entry and on those joined with it.
    async fn store(&self, entry: EntryId, received: Vec<ResultReceived>) -> Result<(), ResultsError> {
        if received.is_empty() {
            return Ok(());
        }
        for row in self.rows(HashSet::from([entry])).await?.values() {
            self.attach(row, received.clone()).await?;
        }
        Ok(())
    }

    /// Asks ahead for ever.
    pub async fn run_ahead(self) {
        let Some(service) = self.service.clone() else { return };
        loop {
            tokio::time::sleep(AHEAD_EVERY).await;
            service.ahead.sweep();
            if let Err(error) = self.ask_ahead(&service).await {
                tracing::warn!(%error, "nobody's results are asked for ahead now; it is tried again");
            }
        }
    }

    /// Asks about those who are next in the queue, once. Returns how many answers came.
    pub async fn ask_ahead(&self, service: &Service) -> Result<usize, ResultsError> {
        let mode = self.mode();
        if mode == ResultMode::WashList || service.client.is_left_alone() || !self.somebody_calls().await? {
            return Ok(0);
        }
        let mut answers = 0;
        for row in self.next_in_queue().await? {
            let Some(number) = national_number(&row.document.record) else { continue };
            if service.ahead.get(&number.0).is_some() {
                continue;
            }
            let asked = self.ask(service, number).await;
            self.write_down(row.entry, ACTOR, asked.is_ok()).await?;
            // When it fails for one it will for the others: they are asked about when their turn comes.
            let Ok((received, _, _)) = asked else { break };
            answers += 1;
            if mode == ResultMode::Store {
                self.store(row.entry, received).await?;
            }
        }
        Ok(answers)
    }

    /// Whether a caller is at work: at night nobody is asked about over and over again.
    pub(super) async fn somebody_calls(&self) -> Result<bool, ResultsError> {
        let since = self.log.clock().now().saturating_sub(AT_WORK_WITHIN).unwrap_or(Timestamp::MIN);
        let calls = sqlx::query_scalar("select exists (select from read.caller where seen_at > $1)")
            .bind(jiff_sqlx::Timestamp::from(since))
            .fetch_one(&self.tables);
        Ok(calls.await?)
    }

    async fn next_in_queue(&self) -> Result<Vec<ListRow>, ResultsError> {
        let rows = sqlx::query(
            "select q.entry from read.call_queue q join read.entry e using (entry)
             where q.part = 1 and not q.held and e.has_number
             order by q.class, q.urgent_at, q.entry limit $1",
        )
        .bind(AHEAD)
        .fetch_all(&self.tables)
        .await?;
        let ids = rows.iter().map(|row| row.try_get::<Uuid, _>("entry")).collect::<Result<Vec<_>, _>>()?;
        let entries: Vec<EntryId> = ids.into_iter().filter_map(EntryId::parse).collect();
        Ok(of_entries(&self.readers, self.log.keyring(), &entries).await?)
    }
}

/// What messages come to.
pub(super) fn folded(received: &[ResultReceived]) -> Samples {
    let mut samples = Samples::default();
    received.iter().for_each(|message| samples.receive(message));
    samples
}

fn without_answer(outcome: LookUpOutcome) -> LookUpAnswer {
    LookUpAnswer { outcome, samples: Vec::new(), truncated: false, answered_at: None }
}
