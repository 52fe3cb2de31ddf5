//! One referral: its present state from the log, and the step that is to be done about its message.

use super::{AGAIN_AFTER, ReferralPost, SendingError};
use crate::disclosure::{Disclosing, Receiver, Viewer};
use crate::intake::entries::{append, load};
use crate::log::{KeyError, ReadError, Rejected};
use crate::outlets::arkivmelding::{self, Filed};
use crate::outlets::eformidling::{EformidlingError, File, Outgoing};
use crate::outlets::referral_document::{Leaving, LeavingFile, render};
use crate::projections::referrals::move_on;
use crate::rules::entry::{Command as EntryCommand, EarlyEnd, EntryState, decide, evolve};
use crate::rules::moments::norwegian_day_of;
use crate::rules::referral::{Command, Referral};
use crate::rules::referral_sending::{self, Sending, Step};
use api::disclosures::{DisclosureKind, Purpose, Shown, legal_basis};
use events::EntryId;
use events::referral::{DeliveryStatus, ReferralSent, ReferralStatus};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// Who stands in the log as the one who did it.
const ACTOR: &str = "referrals";
/// How often an entry is read again in one look because somebody changed it meanwhile.
const READ_AGAIN_MAX: usize = 3;

/// An entry and what is known of it; every append moves both on.
struct Attended {
    entry: EntryId,
    referral: Uuid,
    version: u32,
    state: EntryState,
}

impl Attended {
    fn referral(&self) -> Option<&Referral> {
        self.state.referrals.get(self.referral)
    }

    fn sending(&self, undone_within: SignedDuration) -> Option<Sending<'_>> {
        let EntryState { calls, record, early_end, identities, .. } = &self.state;
        let ends_at = self.entry.epoch().ends_at();
        let ending = *early_end != EarlyEnd::No || identities.protected;
        Some(Sending::new(self.referral()?, calls, record, undone_within, ends_at, ending))
    }
}

impl ReferralPost {
    /// Does what is to be done about a referral, and moves its row on.
    pub(super) async fn attend(
        &self,
        entry: EntryId,
        referral: Uuid,
        was_due: Timestamp,
    ) -> Result<(), SendingError> {
        let done = self.advance_or_read_again(entry, referral).await;
        let again = self.log.clock().now().saturating_add(AGAIN_AFTER).unwrap_or(Timestamp::MAX);
        let next = match &done {
            Ok((next, _)) => next.map(|next| next.max(again)),
            // What fails here must not be the first to be tried for ever.
            Err(_) => Some(again),
        };
        move_on(&self.tables, referral, was_due, next).await?;
        done.and_then(|(_, failure)| failure.map_or(Ok(()), |failure| Err(failure.into())))
    }

    /// When to look again, and why the service could not do what was asked of it.
    async fn advance_or_read_again(
        &self,
        entry: EntryId,
        referral: Uuid,
    ) -> Result<(Option<Timestamp>, Option<EformidlingError>), SendingError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.advance(entry, referral).await {
                Err(SendingError::Append(Rejected::Conflict { .. })) if tries < READ_AGAIN_MAX => {}
                // It ended since it was found.
                Err(SendingError::Append(Rejected::Ended(_)) | SendingError::Key(KeyError::Ended(_))) => {
                    return Ok((None, None));
                }
                outcome => return outcome,
            }
        }
    }

    async fn advance(
        &self,
        entry: EntryId,
        referral: Uuid,
    ) -> Result<(Option<Timestamp>, Option<EformidlingError>), SendingError> {
        let Some(mut attended) = self.read(entry, referral).await? else { return Ok((None, None)) };
        let within = self.undone_within();
        let now = self.log.clock().now();
        let Some(sending) = attended.sending(within) else { return Ok((None, None)) };
        let failure = match referral_sending::step(&sending, now) {
            None => None,
            Some(Step::HandOver) => match self.hand_over(&mut attended, within).await {
                Err(SendingError::Service(failure)) => {
                    let waits = attended.sending(within);
                    let again = waits.map(|waits| referral_sending::tried_again_at(&waits, now));
                    return Ok((again, Some(failure)));
                }
                outcome => outcome.map(|()| None)?,
            },
            Some(Step::Ask) => match self.ask(&mut attended).await {
                Err(SendingError::Service(failure)) => Some(failure),
                outcome => outcome.map(|()| None)?,
            },
            Some(Step::GiveUp) => {
                self.report(&mut attended, DeliveryStatus::Unknown).await?;
                None
            }
        };
        let now = self.log.clock().now();
        let next = attended.sending(within).and_then(|sending| referral_sending::next_look(&sending, now));
        Ok((next, failure))
    }

    fn undone_within(&self) -> SignedDuration {
        let policy = self.reference.facts().policy(norwegian_day_of(self.log.clock().now()));
        SignedDuration::from_secs(i64::from(policy.undo_seconds))
    }

    async fn read(&self, entry: EntryId, referral: Uuid) -> Result<Option<Attended>, ReadError> {
        let loaded = load(&self.log, entry).await?;
        let (version, state) = (loaded.version, loaded.state);
        Ok(state.map(|state| Attended { entry, referral, version, state }))
    }

    /// Hands the message over first and writes it down then: what stands in the log as sent was taken. That it is about
    /// to be told is written down before.
    async fn hand_over(&self, attended: &mut Attended, within: SignedDuration) -> Result<(), SendingError> {
        let Some(referral) = attended.referral().cloned() else { return Ok(()) };
        let now = self.log.clock().now();
        let expires_at = attended.sending(within).map_or(now, |it| referral_sending::expires_at(&it, now));
        let files = files_of(&referral, attended.entry);
        let archive = archive_of(&referral, &files)?;
        let outgoing = Outgoing {
            message: referral.message,
            conversation: referral.id,
            expires_at,
            files: &in_order(&files, &archive),
        };
        let entries = vec![attended.entry.uuid()];
        let telling = Disclosing::of(DisclosureKind::Referred, Shown::Referral, entries);
        self.disclosures.record_once_an_hour(&self.inspectorate(), telling).await?;
        match self.service.hand_over(&outgoing).await {
            Ok(()) => {}
            Err(EformidlingError::Refused(_)) => {
                metrics::counter!("register_referrals_refused_total").increment(1);
                return self.report(attended, DeliveryStatus::Refused).await;
            }
            Err(error) => return Err(error.into()),
        }
        metrics::counter!("register_referrals_sent_total").increment(1);
        let sent =
            ReferralSent { referral: referral.id, message: referral.message, at: self.log.clock().now() };
        self.append(attended, Command::Sent(sent)).await?;
        Ok(())
    }

    /// Who is told.
    fn inspectorate(&self) -> Viewer {
        Viewer {
            who: ACTOR.to_owned(),
            name: ACTOR.to_owned(),
            role: "outlet".to_owned(),
            purpose: Purpose::LabourInspection,
            legal_basis: legal_basis::LABOUR_INSPECTORATE,
            receiver: Receiver::Organisation(self.service.receiver().to_owned()),
        }
    }

    async fn ask(&self, attended: &mut Attended) -> Result<(), SendingError> {
        let Some(message) = attended.referral().map(|referral| referral.message) else { return Ok(()) };
        match self.service.status(message).await? {
            // Perhaps it tells later.
            None => Ok(()),
            Some(status) => self.report(attended, status).await,
        }
    }

    async fn report(&self, attended: &mut Attended, status: DeliveryStatus) -> Result<(), SendingError> {
        let Some(message) = attended.referral().map(|referral| referral.message) else { return Ok(()) };
        let at = self.log.clock().now();
        let told = ReferralStatus { referral: attended.referral, message, status, at };
        self.append(attended, Command::Status(told)).await
    }

    /// Appends what a command leads to; nothing when it is no news.
    async fn append(&self, attended: &mut Attended, command: Command) -> Result<(), SendingError> {
        // A refusal means that the referral is not what it was: the next look sees what it is.
        let Ok(events) = decide(Some(&attended.state), EntryCommand::Refer(command)) else { return Ok(()) };
        if events.is_empty() {
            return Ok(());
        }
        let (entry, version) = (attended.entry, attended.version);
        let appended = append(&self.log, entry, version, &events, ACTOR, Vec::new(), None).await?;
        attended.version = appended.version;
        // A state does not become none by what follows upon it.
        if let Some(after) =
            events.iter().try_fold(attended.state.clone(), |state, event| evolve(Some(state), event))
        {
            attended.state = after;
        }
        Ok(())
    }
}

/// What leaves: the same that whoever made the referral saw.
fn files_of(referral: &Referral, entry: EntryId) -> Vec<LeavingFile> {
    render(&Leaving {
        referral: referral.id,
        content: &referral.content,
        legal_basis: referral.legal_basis,
        delete_by: entry.epoch().ends_at(),
    })
}

fn archive_of(referral: &Referral, files: &[LeavingFile]) -> Result<Vec<u8>, SendingError> {
    let filed = Filed { referral: referral.id, message: referral.message, at: referral.ordered_at, files };
    arkivmelding::render(&filed).map_err(|_| SendingError::Archive)
}

/// How to file it first, then what is filed.
fn in_order<'a>(files: &'a [LeavingFile], archive: &[u8]) -> Vec<File<'a>> {
    let archive = File { name: arkivmelding::NAME, media_type: "application/xml", content: archive.to_vec() };
    let file = |file: &'a LeavingFile| File {
        name: file.name,
        media_type: file.media_type,
        content: file.content.0.clone().into_bytes(),
    };
    std::iter::once(archive).chain(files.iter().map(file)).collect()
}
