//! One entry: its present state from the log, and each step that is to be done about its messages.

use super::{AGAIN_AFTER, FAILURES_IN_ROW_MAX, Messages, MessagesError};
use crate::intake::entries::{Loaded, append, load};
use crate::intake::in_force::InForce;
use crate::log::{Claim, KeyError, ReadError, Rejected, fingerprint};
use crate::outlets::altinn::{AltinnError, Cancelled, Fate, Order, Ordered};
use crate::outlets::message_texts::{self, Particulars};
use crate::projections::entries::move_messages_on;
use crate::rules::calls::{self, Message};
use crate::rules::entry::{EarlyEnd, EntryState};
use crate::rules::messages::{self, Due, Scene, Step};
use crate::rules::moments::norwegian_start_of;
use crate::rules::queue;
use events::message::{
    MessageKind, MessageOrdered, MessageReported, MessageResult, MessageStopped, StopGround,
};
use events::{EntryEvent, EntryId, StreamId};
use jiff::{SignedDuration, Timestamp};

/// Who stands in the log as the one who did it.
const ACTOR: &str = "messages";
/// How often an entry is read again in one look because somebody changed it meanwhile.
const READ_AGAIN_MAX: usize = 3;
/// How many of a party may have had a message stopped before another gets it instead.
const STOPPED_OF_PARTY_MAX: u8 = 3;

/// An entry and what is known of it; every append moves both on.
struct Attended {
    entry: EntryId,
    version: u32,
    registered_at: Timestamp,
    state: EntryState,
}

impl Attended {
    fn scene(&self, rules: &InForce) -> Scene<'_> {
        let EntryState { record, calls, early_end, identities, results, .. } = &self.state;
        let (entry, registered_at) = (self.entry, self.registered_at);
        let owed = rules.owed(entry, registered_at, record, results);
        let protected = identities.protected;
        let of = queue::Scene { entry, record, owed, protected, registered_at, calls };
        Scene { of, ending: *early_end != EarlyEnd::No }
    }
}

/// What became of an order that was to be placed.
enum Placed {
    /// It stands in the log.
    Ordered(Message),
    /// Another of the party has it.
    ByAnother,
}

impl Messages {
    /// Does what is to be done about an entry, and moves its row on.
    pub(super) async fn attend(&self, entry: EntryId, was_due: Timestamp) -> Result<(), MessagesError> {
        if self.health.failures_in_row() >= FAILURES_IN_ROW_MAX {
            // The service fails for all; this one stays due.
            return Ok(());
        }
        let done = self.advance_or_read_again(entry).await;
        let again = self.log.clock().now().saturating_add(AGAIN_AFTER).unwrap_or(Timestamp::MAX);
        let next = match &done {
            Ok(next) => next.map(|next| next.max(again)),
            // What fails here must not be the first to be tried for ever.
            Err(_) => Some(again),
        };
        self.health.attended(done.is_ok());
        move_messages_on(&self.tables, entry, was_due, next).await?;
        done.map(drop)
    }

    async fn advance_or_read_again(&self, entry: EntryId) -> Result<Option<Timestamp>, MessagesError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.advance(entry).await {
                Err(MessagesError::Append(Rejected::Conflict { .. })) if tries < READ_AGAIN_MAX => {}
                // It ended since it was found.
                Err(MessagesError::Append(Rejected::Ended(_)) | MessagesError::Key(KeyError::Ended(_))) => {
                    return Ok(None);
                }
                outcome => return outcome,
            }
        }
    }

    fn rules(&self) -> InForce {
        InForce::at(&self.settings.reference, self.log.clock().now())
    }

    /// Does each step, and says when to look again.
    async fn advance(&self, entry: EntryId) -> Result<Option<Timestamp>, MessagesError> {
        let Some(mut attended) = self.read(entry).await? else { return Ok(None) };
        if attended.state.early_end == EarlyEnd::Confirmed {
            return self.stop_all(&attended).await.map(|()| None);
        }
        let mut left_alone = Vec::new();
        let mut refused = Ok(());
        let now = self.log.clock().now();
        let rules = self.rules();
        for step in messages::steps(&attended.scene(&rules), &rules.policy, now) {
            match self.take(&mut attended, step, &mut left_alone).await {
                // One order that the service will not take does not keep the others.
                Err(error @ MessagesError::Service(AltinnError::OrderRefused(_))) => refused = Err(error),
                outcome => outcome?,
            }
        }
        refused?;
        let now = self.log.clock().now();
        let kinds: Vec<MessageKind> = left_alone.iter().map(|due| due.kind).collect();
        let next = messages::next_look(&attended.scene(&rules), &rules.policy, now, &kinds);
        // When the other's message is stopped before it is sent, it is needed here after all.
        let sent_elsewhere = left_alone.iter().map(|due| due.send_after).filter(|at| *at > now);
        Ok(next.into_iter().chain(sent_elsewhere).min())
    }

    async fn read(&self, entry: EntryId) -> Result<Option<Attended>, ReadError> {
        let Loaded { version, registered_at, state } = load(&self.log, entry).await?;
        let known = registered_at.zip(state);
        Ok(known.map(|(registered_at, state)| Attended { entry, version, registered_at, state }))
    }

    async fn take(
        &self,
        attended: &mut Attended,
        step: Step,
        left_alone: &mut Vec<Due>,
    ) -> Result<(), MessagesError> {
        match step {
            Step::Order(due) => match self.place(attended, &due).await? {
                Placed::Ordered(message) => self.hand_over(attended, &message, due.send_after).await,
                Placed::ByAnother => {
                    left_alone.push(due);
                    Ok(())
                }
            },
            Step::HandOver(message, send_at) => self.hand_over(attended, &message, send_at).await,
            Step::Stop(message, ground) => self.stop(attended, &message, ground).await,
            Step::Ask(message) => self.ask(attended, &message).await,
            Step::GiveUp(message) => self.report(attended, &message, MessageResult::Unknown).await,
        }
    }

    /// Writes an order down, unless another of the party has the same one: a number gets one of a kind a day.
    async fn place(&self, attended: &mut Attended, due: &Due) -> Result<Placed, MessagesError> {
        let language =
            messages::language(&attended.scene(&self.rules()), &due.phone, message_texts::is_written);
        let ordered = MessageOrdered {
            message: self.log.entropy().uuid(),
            kind: due.kind,
            template_version: message_texts::version(&language),
            language,
            phone: due.phone.clone(),
            send_after: due.send_after,
        };
        let event = EntryEvent::MessageOrdered(ordered);
        for stopped in 0..=STOPPED_OF_PARTY_MAX {
            let claim = self.claim(due, stopped)?;
            match self.append(attended, event.clone(), vec![claim]).await {
                Ok(()) => {
                    let kind = name_of(due.kind);
                    metrics::counter!("register_messages_ordered_total", "kind" => kind).increment(1);
                    let message = attended.state.calls.messages.last();
                    return Ok(message.cloned().map_or(Placed::ByAnother, Placed::Ordered));
                }
                Err(MessagesError::Append(Rejected::Claimed { by })) => {
                    if self.has_message(by, due).await? {
                        break;
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Placed::ByAnother)
    }

    /// The fingerprint that one message of a kind to a number on a day has, under the key of that day.
    fn claim(&self, due: &Due, stopped: u8) -> Result<Claim, KeyError> {
        let noon = norwegian_start_of(due.day).saturating_add(SignedDuration::from_hours(12));
        let key = self.log.keyring().source_day_of(noon.unwrap_or(due.send_after))?;
        let what = format!("{} {} {} {stopped}", name_of(due.kind), due.day, due.phone.0);
        Ok(Claim { token: fingerprint::of_message(&key, &what), digest: None, outlives: false })
    }

    /// Whether another entry really has the message: one that was stopped reached nobody.
    async fn has_message(&self, other: Option<StreamId>, due: &Due) -> Result<bool, MessagesError> {
        let Some(entry) = other.and_then(|stream| EntryId::parse(stream.0)) else { return Ok(false) };
        let other = match self.read(entry).await {
            Ok(other) => other,
            Err(ReadError::Key(KeyError::Ended(_))) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(other.is_some_and(|other| {
            let mut messages = other.state.calls.messages.iter();
            messages.any(|message| message.kind == due.kind && message.phone == due.phone && !message.stopped)
        }))
    }

    async fn hand_over(
        &self,
        attended: &mut Attended,
        message: &Message,
        send_at: Timestamp,
    ) -> Result<(), MessagesError> {
        let scene = attended.scene(&self.rules());
        let particulars = Particulars {
            ends: messages::last_day(&scene),
            test_from: messages::test_from(&scene),
            link: &self.settings.link,
        };
        let body = message_texts::render(message.kind, &message.language, &particulars)
            .ok_or(MessagesError::NoText)?;
        let order = Order {
            message: message.id,
            phone: &message.phone,
            body: &body,
            send_at: Some(send_at).filter(|at| *at > self.log.clock().now()),
        };
        let result = match self.settings.altinn.order(&order).await? {
            Ordered::Taken => MessageResult::Accepted,
            Ordered::InvalidRecipient => MessageResult::InvalidRecipient,
        };
        self.report(attended, message, result).await
    }

    async fn ask(&self, attended: &mut Attended, message: &Message) -> Result<(), MessagesError> {
        let result = match self.settings.altinn.fate(message.id).await? {
            // Perhaps it tells later.
            Fate::Underway | Fate::NotKnown => return Ok(()),
            Fate::Delivered => MessageResult::Delivered,
            Fate::InvalidRecipient => MessageResult::InvalidRecipient,
            Fate::Failed | Fate::Cancelled => MessageResult::Failed,
        };
        self.report(attended, message, result).await
    }

    /// Cancels first and writes it down then: what stands in the log as stopped was not sent.
    async fn stop(
        &self,
        attended: &mut Attended,
        message: &Message,
        ground: StopGround,
    ) -> Result<(), MessagesError> {
        match self.settings.altinn.cancel(message.id).await? {
            Cancelled::Stopped => {
                metrics::counter!("register_messages_stopped_total").increment(1);
                let stopped = MessageStopped { message: message.id, ground };
                self.append(attended, stopped.into(), Vec::new()).await
            }
            // It was handed over, and is on its way.
            Cancelled::TooLate if message.result.is_none() => {
                self.report(attended, message, MessageResult::Accepted).await
            }
            Cancelled::TooLate => self.ask(attended, message).await,
        }
    }

    /// The entry is being ended and takes no more events; what was not sent yet is not sent.
    async fn stop_all(&self, attended: &Attended) -> Result<(), MessagesError> {
        let messages = attended.state.calls.messages.iter();
        for message in messages.filter(|message| !messages::is_settled(message)) {
            self.settings.altinn.cancel(message.id).await?;
        }
        Ok(())
    }

    async fn report(
        &self,
        attended: &mut Attended,
        message: &Message,
        result: MessageResult,
    ) -> Result<(), MessagesError> {
        let reported_at = self.log.clock().now();
        let reported = MessageReported { message: message.id, result, reported_at };
        metrics::counter!("register_messages_reported_total", "result" => name_of(result)).increment(1);
        self.append(attended, reported.into(), Vec::new()).await
    }

    async fn append(
        &self,
        attended: &mut Attended,
        event: EntryEvent,
        claims: Vec<Claim>,
    ) -> Result<(), MessagesError> {
        let (entry, version) = (attended.entry, attended.version);
        let appended =
            append(&self.log, entry, version, std::slice::from_ref(&event), ACTOR, claims, None).await?;
        attended.version = appended.version;
        calls::evolve(&mut attended.state.calls, &event);
        Ok(())
    }
}

/// A kind or result as it is written in the log.
fn name_of(value: impl serde::Serialize) -> String {
    let name = serde_json::to_value(value).ok();
    name.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}
