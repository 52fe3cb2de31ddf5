//! The centre makes a referral, completes one that came back, and has one sent again. What another of the same contact
//! has told already is joined to it.

use super::{ReferralDesk, ReferralError};
use crate::intake::entries::append;
use crate::log::{Appended, Claim, KeyError, ReadError, Rejected, fingerprint};
use crate::outlets::referral_document::{Leaving, LeavingFile, render};
use crate::projections::referrals::open_of_contact;
use crate::rules::entry::{self, EntryState};
use crate::rules::moments::norwegian_day_of;
use crate::rules::referral::{Command, matter};
use events::referral::{LegalBasis, ReferralCompleted, ReferralContent, ReferralMade, ReferralResent};
use events::{CommandId, EntryEvent, EntryId, StreamId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How many closed referrals of a day about the same matter are passed by.
const CLOSED_MAX: u8 = 5;

/// Something to be told, by whom, decided on which version of the entry, under which command.
pub struct Making {
    /// The entry.
    pub entry: EntryId,
    /// Its version.
    pub version: u32,
    /// The command.
    pub key: CommandId,
    /// What is told.
    pub content: ReferralContent,
    /// Who tells it.
    pub by: String,
}

/// What was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The referral that it stands in.
    pub referral: Uuid,
    /// Whether that was there before, on this entry or another of the contact.
    pub joined: bool,
    /// Version of the entry.
    pub version: u32,
    /// Position of the last event; zero when nothing had to be appended.
    pub position: u64,
}

/// What would leave.
pub struct Preview {
    /// The referral.
    pub referral: Uuid,
    /// Whether it would join one that is there.
    pub joins: bool,
    /// The files.
    pub files: Vec<LeavingFile>,
}

/// The id of what a command on an entry makes: a retry makes the same, another entry never does.
pub fn id_of(entry: EntryId, key: CommandId) -> Uuid {
    let mut digest = Sha256::new();
    digest.update(b"referral");
    digest.update(entry.uuid().as_bytes());
    digest.update(key.0.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&digest.finalize()[..16]);
    uuid::Builder::from_custom_bytes(id).into_uuid()
}

impl ReferralDesk {
    /// What would leave, byte by byte, and whether it may. Nothing is done.
    pub async fn preview(&self, making: &Making) -> Result<Preview, ReferralError> {
        let (_, state) = self.state_of(making.entry).await?;
        let joins = self.lead(making).await?;
        let made = self.made(making, joins);
        let events = entry::decide(Some(&state), entry::Command::Refer(Command::Make(made)))?;
        let (referral, content) = match events.first() {
            Some(EntryEvent::ReferralCompleted(completed)) => (completed.referral, completed.content.clone()),
            _ => {
                let open = state.referrals.open_about(&making.content).filter(|_| events.is_empty());
                let told = open.map(|open| (open.id, open.content.clone()));
                told.unwrap_or_else(|| (id_of(making.entry, making.key), making.content.clone()))
            }
        };
        let joins = joins.is_some() || referral != id_of(making.entry, making.key);
        Ok(Preview { referral, joins, files: self.files(making.entry, referral, &content) })
    }

    /// What would leave with more facts on a referral that came back. Nothing is done.
    pub async fn preview_more(&self, making: &Making, referral: Uuid) -> Result<Preview, ReferralError> {
        let (_, state) = self.state_of(making.entry).await?;
        let command = Command::Complete(self.completed(making, referral));
        entry::decide(Some(&state), entry::Command::Refer(command))?;
        Ok(Preview { referral, joins: true, files: self.files(making.entry, referral, &making.content) })
    }

    fn files(&self, entry: EntryId, referral: Uuid, content: &ReferralContent) -> Vec<LeavingFile> {
        let legal_basis = LegalBasis::Covid19Regulation5c;
        render(&Leaving { referral, content, legal_basis, delete_by: entry.epoch().ends_at() })
    }

    /// Makes a referral. Made again with the same key it is the same one.
    pub async fn make(&self, making: &Making) -> Result<Saved, ReferralError> {
        let (version, state) = self.state_of(making.entry).await?;
        if let Some(saved) = known(&state, version, making)? {
            return Ok(saved);
        }
        let mut joins = self.lead(making).await?;
        let mut passed_by = 0;
        loop {
            let command = Command::Make(self.made(making, joins));
            let events = entry::decide(Some(&state), entry::Command::Refer(command))?;
            let Some(event) = events.first() else {
                let open = state.referrals.open_about(&making.content).ok_or(ReferralError::NotFound)?;
                return Ok(Saved { referral: open.id, joined: true, version, position: 0 });
            };
            // Two callers may tell the same of two of a contact at the same moment; one of them is first.
            let leads = matches!(event, EntryEvent::ReferralMade(made) if made.joins.is_none());
            let claims = if leads { vec![self.claim(making, passed_by).await?] } else { Vec::new() };
            match self.append(making, "refer", &making.content, &events, claims).await {
                Ok(done) => return Ok(saved(event, making, done)),
                Err(ReferralError::Append(Rejected::Claimed { by })) if passed_by < CLOSED_MAX => {
                    joins = self.open_there(by, &making.content).await?;
                    passed_by += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Tells more on a referral that came back.
    pub async fn complete(&self, making: &Making, referral: Uuid) -> Result<Saved, ReferralError> {
        let (version, state) = self.state_of(making.entry).await?;
        let completed = self.completed(making, referral);
        let known = state.referrals.get(referral).ok_or(ReferralError::NotFound)?;
        if known.message == completed.message {
            return match known.content == making.content {
                true => Ok(Saved { referral, joined: true, version, position: 0 }),
                false => Err(ReferralError::KeyReused),
            };
        }
        let command = entry::Command::Refer(Command::Complete(completed));
        let events = entry::decide(Some(&state), command)?;
        let what = format!("complete {referral}");
        let done = self.append(making, &what, &making.content, &events, Vec::new()).await?;
        Ok(Saved { referral, joined: true, version: done.version, position: done.last_position })
    }

    /// Has a referral sent again whose message never arrived.
    pub async fn resend(
        &self,
        entry: EntryId,
        referral: Uuid,
        key: CommandId,
        by: &str,
    ) -> Result<Saved, ReferralError> {
        let (version, state) = self.state_of(entry).await?;
        let message = id_of(entry, key);
        let known = state.referrals.get(referral).ok_or(ReferralError::NotFound)?;
        if known.message == message {
            return Ok(Saved { referral, joined: false, version, position: 0 });
        }
        let resent = ReferralResent { referral, message, resent_by: by.to_owned(), at: self.now() };
        let events = entry::decide(Some(&state), entry::Command::Refer(Command::Resend(resent)))?;
        let request = format!("resend {entry} {referral}").into_bytes();
        let done = append(&self.log, entry, version, &events, by, Vec::new(), Some((key, request))).await?;
        self.until_shown(done.last_position).await;
        Ok(Saved { referral, joined: false, version: done.version, position: done.last_position })
    }

    fn made(&self, making: &Making, joins: Option<Uuid>) -> ReferralMade {
        ReferralMade {
            referral: id_of(making.entry, making.key),
            joins,
            content: making.content.clone(),
            legal_basis: LegalBasis::Covid19Regulation5c,
            made_by: making.by.clone(),
            made_at: self.now(),
        }
    }

    fn completed(&self, making: &Making, referral: Uuid) -> ReferralCompleted {
        ReferralCompleted {
            referral,
            message: id_of(making.entry, making.key),
            content: making.content.clone(),
            completed_by: making.by.clone(),
            at: self.now(),
        }
    }

    /// The open referral of another of the contact that tells of the same.
    async fn lead(&self, making: &Making) -> Result<Option<Uuid>, ReferralError> {
        let keyring = self.log.keyring();
        let found = open_of_contact(&self.tables, keyring, making.entry, &making.content).await?;
        Ok(found.map(|found| found.referral))
    }

    /// The same, on the entry whose claim was first.
    async fn open_there(
        &self,
        stream: Option<StreamId>,
        content: &ReferralContent,
    ) -> Result<Option<Uuid>, ReferralError> {
        let Some(entry) = stream.and_then(|stream| EntryId::parse(stream.0)) else { return Ok(None) };
        match self.state_of(entry).await {
            // What is protected since is not there for others to join.
            Ok((_, state)) if state.identities.protected => Ok(None),
            Ok((_, state)) => {
                let open = state.referrals.open_about(content);
                Ok(open.map(|open| open.joins.unwrap_or(open.id)))
            }
            Err(ReferralError::NotFound | ReferralError::Read(ReadError::Key(KeyError::Ended(_)))) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// One of a contact tells of a matter first on a day; after it was closed, another may.
    async fn claim(&self, making: &Making, passed_by: u8) -> Result<Claim, ReferralError> {
        let contact: Option<Uuid> =
            sqlx::query_scalar("select contact from read.call_queue where entry = $1")
                .bind(making.entry.uuid())
                .fetch_optional(&self.tables)
                .await?;
        let contact = contact.unwrap_or(making.entry.uuid());
        let now = self.now();
        let key = self.log.keyring().source_day_of(now)?;
        let what = format!("{} {contact} {} {passed_by}", norwegian_day_of(now), matter(&making.content));
        Ok(Claim { token: fingerprint::of_referral(&key, &what), digest: None, outlives: false })
    }

    async fn append(
        &self,
        making: &Making,
        what: &str,
        content: &ReferralContent,
        events: &[EntryEvent],
        claims: Vec<Claim>,
    ) -> Result<Appended, ReferralError> {
        let Making { entry, version, key, by, .. } = making;
        let told = serde_json::to_string(content).unwrap_or_default();
        let request = format!("{what} {entry} {version} {told}").into_bytes();
        let given = Some((*key, request));
        let done = append(&self.log, *entry, *version, events, by, claims, given).await?;
        self.until_shown(done.last_position).await;
        Ok(done)
    }
}

/// What an earlier try with the same key saved.
fn known(state: &EntryState, version: u32, making: &Making) -> Result<Option<Saved>, ReferralError> {
    let id = id_of(making.entry, making.key);
    let saved = |referral, joined| Some(Saved { referral, joined, version, position: 0 });
    let Some(referral) = state.referrals.0.iter().find(|known| known.id == id || known.message == id) else {
        return Ok(None);
    };
    match referral.id == id {
        true if referral.message == id && referral.content != making.content => Err(ReferralError::KeyReused),
        true => Ok(saved(id, referral.joins.is_some())),
        false => Ok(saved(referral.id, true)),
    }
}

fn saved(event: &EntryEvent, making: &Making, done: Appended) -> Saved {
    let (referral, joined) = match event {
        EntryEvent::ReferralMade(made) => (made.referral, made.joins.is_some()),
        EntryEvent::ReferralCompleted(completed) => (completed.referral, true),
        _ => (id_of(making.entry, making.key), false),
    };
    Saved { referral, joined, version: done.version, position: done.last_position }
}
