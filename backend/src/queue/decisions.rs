//! What a lead decides about many cards at once: looked at first, and taken back together.

use super::Queue;
use super::attempts::CallError;
use crate::intake::entries::history;
use crate::log::{ReadError, Rejected};
use crate::rules::calls::Command;
use crate::rules::entry::Refusal;
use api::calls::{Decided, DecidedOne, DecisionResult};
use events::call::{CallDirected, QueueDirection};
use events::{EntryEvent, EntryId, Personal};
use uuid::Uuid;

/// A decision about entries.
pub struct Decision {
    /// The entries.
    pub entries: Vec<EntryId>,
    /// How they stand from now on.
    pub direction: QueueDirection,
    /// Why.
    pub reason: String,
    /// Who decides.
    pub lead: String,
    /// Its number.
    pub together: Uuid,
}

impl Queue {
    /// What a decision would do.
    pub async fn preview(&self, decision: &Decision) -> Result<Decided, CallError> {
        let mut results = Vec::new();
        for entry in &decision.entries {
            let result = match self.state_of(*entry).await {
                Ok((_, _, state)) if state.calls.directed.as_ref() == Some(&decision.direction) => {
                    DecisionResult::Unchanged
                }
                Ok(_) if self.is_held(*entry).await? => DecisionResult::Held,
                Ok(_) => DecisionResult::Changed,
                Err(error) => gone(error)?,
            };
            results.push(DecidedOne { entry: entry.uuid(), result });
        }
        Ok(Decided { together: None, results })
    }

    /// Carries a decision out, entry by entry; done again, it changes nothing more.
    pub async fn decide(&self, decision: &Decision) -> Result<Decided, CallError> {
        let mut results = Vec::new();
        for entry in &decision.entries {
            let directed = CallDirected {
                direction: decision.direction.clone(),
                reason: Personal(decision.reason.clone()),
                decided_by: decision.lead.clone(),
                together: Some(decision.together),
            };
            let held = self.is_held(*entry).await?;
            let done =
                self.call(*entry, &decision.lead, None, |_| Some(Command::Direct(directed.clone()))).await;
            let result = match done {
                Ok(done) if done.position == 0 => DecisionResult::Unchanged,
                Ok(_) if held => DecisionResult::Held,
                Ok(_) => DecisionResult::Changed,
                Err(error) => gone(error)?,
            };
            results.push(DecidedOne { entry: entry.uuid(), result });
        }
        Ok(Decided { together: Some(decision.together), results })
    }

    /// Takes a decision back: each of its entries stands as before, unless somebody decided otherwise since.
    pub async fn undo_decision(
        &self,
        together: Uuid,
        entries: &[EntryId],
        lead: &str,
        reason: &str,
    ) -> Result<Decided, CallError> {
        let mut results = Vec::new();
        for entry in entries {
            let result = match self.before(together, *entry).await {
                Ok(Some(former)) => {
                    let directed = CallDirected {
                        direction: former,
                        reason: Personal(reason.to_owned()),
                        decided_by: lead.to_owned(),
                        together: None,
                    };
                    self.call(*entry, lead, None, |_| Some(Command::Direct(directed.clone()))).await?;
                    DecisionResult::Changed
                }
                Ok(None) => DecisionResult::Unchanged,
                Err(error) => gone(error)?,
            };
            results.push(DecidedOne { entry: entry.uuid(), result });
        }
        Ok(Decided { together: Some(together), results })
    }

    /// How an entry stood before a decision, when that decision is the last about it.
    async fn before(&self, together: Uuid, entry: EntryId) -> Result<Option<QueueDirection>, CallError> {
        let told = history(&self.log, entry).await?;
        let directed = told.into_iter().filter_map(|told| match told.event {
            EntryEvent::Directed(directed) => Some(directed),
            _ => None,
        });
        let mut directed: Vec<CallDirected> = directed.collect();
        let last = directed.pop();
        if last.is_none_or(|last| last.together != Some(together)) {
            return Ok(None);
        }
        Ok(Some(directed.pop().map_or(QueueDirection::AsPolicy, |former| former.direction)))
    }

    async fn is_held(&self, entry: EntryId) -> Result<bool, sqlx::Error> {
        sqlx::query_scalar("select exists (select from read.call_lease where entry = $1)")
            .bind(entry.uuid())
            .fetch_one(&self.tables)
            .await
    }
}

fn gone(error: CallError) -> Result<DecisionResult, CallError> {
    match error {
        CallError::NotFound
        | CallError::Read(ReadError::Key(_))
        | CallError::Append(Rejected::Ended(_) | Rejected::Key(_))
        | CallError::Refused(Refusal::Ending) => Ok(DecisionResult::Gone),
        other => Err(other),
    }
}
