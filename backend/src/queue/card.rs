//! The card a caller works on: made from the entry's own stream, so that it is never older than what happened.

use super::attempts::CallError;
use super::claim::Held;
use super::drafts::DraftError;
use super::{Queue, column};
use crate::log::{KeyError, ReadError};
use crate::projections::entries::standing::{OUT, WAITS};
use crate::projections::entries::{Document, list_row};
use crate::rules::moments::norwegian_day_of;
use crate::rules::queue::{CLASS_CALL_BACK, CLASS_FIRST, CLASS_POLICY, Standing, Turn, next_open, standing};
use api::calls::{Card, CardAttempt, CardPhone, NextCall, NobodyBecause, WhyGround, WhyNow};
use events::EntryId;
use events::call::ContactResult;
use events::follow_up::PriorityGround;
use jiff::Timestamp;

/// Cards that turned out not to be due and are passed over, at most, for one caller.
const PASSED_OVER_MAX: usize = 50;

/// Why there is no card.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// The entry cannot be had.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The draft cannot be had.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The lists are behind the log: they do not know yet whom somebody has just spoken with.
    #[error("the lists are behind the log, and nobody is handed out before they are not")]
    Behind,
}

/// An entry as its stream tells it now.
pub struct Present {
    /// The entry.
    pub entry: EntryId,
    /// Version.
    pub version: u32,
    /// When it was taken in.
    pub registered_at: Timestamp,
    /// The record and its calls.
    pub document: Document,
}

/// What the rules say of an entry's place in the queue, and of its quarantine.
struct Judged {
    standing: Standing,
    quarantine_ends_at: Timestamp,
}

impl Queue {
    /// The next card for a caller.
    pub async fn next(&self, caller: &str) -> Result<NextCall, CardError> {
        let languages = self.languages_of(caller).await?;
        let now = self.clock().now();
        if let Some(card) = self.held_card(caller).await? {
            return Ok(NextCall::Card(Box::new(card)));
        }
        let opens = next_open(&self.policy(), now);
        if opens != Some(now) {
            return Ok(NextCall::Nobody { because: NobodyBecause::OutsideHours, again_at: opens });
        }
        // Whoever was spoken with quiets the others of the contact; only the lists know that.
        let head = self.log.head().await?;
        if !self.until_shown(head).await {
            return Err(CardError::Behind);
        }
        for _ in 0..PASSED_OVER_MAX {
            let Some(held) = self.claim(caller, &languages).await? else {
                return self.nobody(&languages).await;
            };
            match self.present(held.entry).await {
                Ok(present) if self.is_due(&present, now) => {
                    return Ok(NextCall::Card(Box::new(self.card_of(held, present).await?)));
                }
                Ok(present) => self.pass_over(&present).await?,
                Err(CallError::NotFound | CallError::Read(ReadError::Key(KeyError::Ended(_)))) => {
                    self.set_out(held.entry).await?;
                }
                Err(error) => return Err(error.into()),
            }
            self.drop_lease(caller, held.entry).await?;
        }
        self.nobody(&languages).await
    }

    /// The card a caller holds. Whoever handed it out may have died before it was judged: one on which nobody is to
    /// be rung is given back.
    pub async fn held_card(&self, caller: &str) -> Result<Option<Card>, CardError> {
        let Some(held) = self.held_by(caller).await? else { return Ok(None) };
        match self.present(held.entry).await {
            Ok(present) if self.may_ring(&present, caller) => {
                return Ok(Some(self.card_of(held, present).await?));
            }
            Ok(present) => self.pass_over(&present).await?,
            Err(CallError::NotFound | CallError::Read(ReadError::Key(KeyError::Ended(_)))) => {
                self.set_out(held.entry).await?;
            }
            Err(error) => return Err(error.into()),
        }
        self.drop_lease(caller, held.entry).await?;
        Ok(None)
    }

    /// Whether a caller who holds a card may ring: it is due, or the caller is at it and has not said what it came to.
    pub fn may_ring(&self, present: &Present, caller: &str) -> bool {
        let last = present.document.calls.attempts.last();
        let at_it = last.is_some_and(|attempt| attempt.concluded.is_none() && attempt.caller == caller);
        at_it || self.is_due(present, self.clock().now())
    }

    /// An entry as its stream tells it.
    pub async fn present(&self, entry: EntryId) -> Result<Present, CallError> {
        let (version, registered_at, state) = self.state_of(entry).await?;
        Ok(Present { entry, version, registered_at, document: state.into() })
    }

    /// Where an entry stands by its own stream.
    pub fn stands(&self, present: &Present) -> Standing {
        self.judged(present).standing
    }

    fn judged(&self, present: &Present) -> Judged {
        let rules = self.rules();
        let scene = present.document.scene(present.entry, present.registered_at, &rules);
        Judged {
            standing: standing(&scene, &rules.policy),
            quarantine_ends_at: scene.owed.quarantine_ends_at,
        }
    }

    fn is_due(&self, present: &Present, now: Timestamp) -> bool {
        matches!(self.stands(present), Standing::In(turn) if turn.due_at <= now && now < turn.urgent_at)
    }

    /// The queue was behind the stream: it is told.
    async fn pass_over(&self, present: &Present) -> Result<(), sqlx::Error> {
        let Standing::In(turn) = self.stands(present) else { return self.set_out(present.entry).await };
        sqlx::query(
            "update read.call_queue set part = $2, ready_at = greatest(ready_at, $3) where entry = $1",
        )
        .bind(present.entry.uuid())
        .bind(WAITS)
        .bind(column(turn.due_at))
        .execute(&self.tables)
        .await?;
        Ok(())
    }

    async fn set_out(&self, entry: EntryId) -> Result<(), sqlx::Error> {
        sqlx::query("update read.call_queue set part = $2 where entry = $1")
            .bind(entry.uuid())
            .bind(OUT)
            .execute(&self.tables)
            .await?;
        Ok(())
    }

    async fn nobody(&self, languages: &[String]) -> Result<NextCall, CardError> {
        let (others, again_at): (bool, Option<jiff_sqlx::Timestamp>) = sqlx::query_as(
            "select exists (select from read.call_queue where part = 1 and not held and language <> all ($1 || '{\"\"}'::text[])),
                    (select min(ready_at) from read.call_queue where part = 0 and not held)",
        )
        .bind(languages)
        .fetch_one(&self.tables)
        .await?;
        let because = if others { NobodyBecause::OtherLanguages } else { NobodyBecause::NobodyDue };
        Ok(NextCall::Nobody { because, again_at: again_at.map(|at| at.to_jiff()) })
    }

    async fn card_of(&self, held: Held, present: Present) -> Result<Card, CardError> {
        let draft = self.draft(held.entry).await?;
        let judged = self.judged(&present);
        let why = self.why(&present, &judged, held.spilled_over);
        let turn = judged.standing.turn();
        let record = &present.document.record;
        let calls = &present.document.calls;
        let phones = record.person.phones.iter().filter_map(|phone| phone.e164.clone());
        let phones = phones.map(|number| CardPhone { wrong: calls.wrong_numbers.contains(&number), number });
        let mut phones: Vec<CardPhone> = phones.collect();
        phones.sort_by_key(|phone| phone.wrong);
        let attempts = calls.attempts.iter().rev().map(|attempt| CardAttempt {
            attempt: attempt.id,
            direction: attempt.direction,
            dialled_at: attempt.dialled_at,
            caller: attempt.caller.clone(),
            outcome: attempt.concluded.as_ref().map(|said| said.outcome.clone()),
            concluded_at: attempt.concluded.as_ref().map(|said| said.at),
            corrected: attempt.concluded.as_ref().is_some_and(|said| said.corrected),
        });
        Ok(Card {
            entry: list_row(present.entry, present.registered_at, &present.document),
            version: present.version,
            lease: held.lease,
            why,
            phones,
            language: turn.map(|turn| turn.language.clone()).filter(|language| !language.is_empty()),
            script_kind: script_kind(&present.document).to_owned(),
            quarantine_ends_at: judged.quarantine_ends_at,
            attempts: attempts.collect(),
            draft,
        })
    }

    /// Why an entry stands where it stands, for a list.
    pub fn why_listed(&self, present: &Present) -> WhyNow {
        self.why(present, &self.judged(present), false)
    }

    fn why(&self, present: &Present, judged: &Judged, spilled_over: bool) -> WhyNow {
        let now = self.clock().now();
        let days_until =
            |at: Timestamp| u16::try_from(at.duration_since(now).as_hours().max(0) / 24).unwrap_or(u16::MAX);
        let failed = present.document.calls.attempts.iter().filter(|attempt| {
            let contact = attempt.concluded.as_ref().map(|said| said.outcome.contact);
            contact.is_some_and(|contact| contact != ContactResult::Answered)
        });
        let turn = judged.standing.turn();
        WhyNow {
            ground: turn.map_or(WhyGround::Turn, |turn| self.ground(turn, now)),
            quarantine_day: present.document.record.trip.arrival.and_then(|arrival| {
                let days = norwegian_day_of(now).since(arrival).ok()?.get_days();
                u16::try_from(days).ok()
            }),
            quarantine_days_left: days_until(judged.quarantine_ends_at),
            data_days_left: days_until(present.entry.epoch().ends_at()),
            failed_attempts: u16::try_from(failed.count()).unwrap_or(u16::MAX),
            spilled_over,
        }
    }

    fn ground(&self, turn: &Turn, now: Timestamp) -> WhyGround {
        let on_last_day = turn.never_reached && turn.urgent_at.duration_since(now).as_hours() < 24;
        match turn.class {
            CLASS_CALL_BACK => WhyGround::CallBack,
            CLASS_FIRST => WhyGround::LeadDecided,
            _ if on_last_day => WhyGround::LastDay,
            class => {
                let place = usize::try_from(class - CLASS_POLICY).unwrap_or(usize::MAX);
                match self.policy().priority.get(place) {
                    Some(PriorityGround::LastDay) => WhyGround::LastDay,
                    Some(PriorityGround::SuspectedBefore) => WhyGround::SuspectedBefore,
                    Some(PriorityGround::EmployerProvidesPlace) => WhyGround::EmployerProvidesPlace,
                    Some(PriorityGround::NeverReached) => WhyGround::NeverReached,
                    None => WhyGround::Turn,
                }
            }
        }
    }
}

/// The kind of script, by the codes of the quarantine place (4001 hotel, 4006, 4008, 4011, 4013 leisure) and the
/// obligation (1002 exempt).
fn script_kind(document: &Document) -> &'static str {
    let quarantine = &document.record.quarantine;
    if quarantine.obligation_code.as_deref() == Some("1002") {
        return "exempt";
    }
    match quarantine.place_code.as_deref() {
        Some("4001" | "4012") => "quarantine-hotel",
        Some("4006" | "4008" | "4011" | "4013") => "leisure",
        Some(_) | None => "quarantine-home",
    }
}
