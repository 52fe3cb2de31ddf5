//! What an inspector does about referrals: takes them in hand, asks for more, closes them. Several at once, each on its
//! own entry; done again, nothing more happens.

use super::{ReferralDesk, ReferralError};
use crate::intake::entries::change;
use crate::log::{KeyError, ReadError, Rejected};
use crate::projections::referrals::by_id;
use crate::rules::entry::{self, EntryState, Refusal};
use crate::rules::referral::{self, Command};
use events::EntryId;
use uuid::Uuid;

/// What became of one of several referrals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It was done.
    Done,
    /// It had been done before.
    Unchanged,
    /// It is closed.
    Closed,
    /// There is no such referral, or none any more.
    Gone,
}

impl ReferralDesk {
    /// Does the same to several referrals.
    pub async fn act(
        &self,
        referrals: &[Uuid],
        inspector: &str,
        command: impl Fn(Uuid) -> Command,
    ) -> Result<Vec<(Uuid, Acted)>, ReferralError> {
        let mut results = Vec::with_capacity(referrals.len());
        let mut last = 0;
        for referral in referrals {
            let (acted, position) = match self.act_on(*referral, inspector, command(*referral)).await {
                Ok(done) => done,
                Err(ReferralError::Refused(Refusal::Referral(referral::Refusal::Closed))) => {
                    (Acted::Closed, 0)
                }
                Err(error) => (gone(error)?, 0),
            };
            last = last.max(position);
            results.push((*referral, acted));
        }
        self.until_shown(last).await;
        Ok(results)
    }

    async fn act_on(
        &self,
        referral: Uuid,
        inspector: &str,
        command: Command,
    ) -> Result<(Acted, u64), ReferralError> {
        let found = by_id(&self.readers, self.log.keyring(), referral).await?;
        let entry: EntryId = found.ok_or(ReferralError::NotFound)?.entry;
        let command = |_: &EntryState| Some(entry::Command::Refer(command.clone()));
        let done = change(&self.log, entry, inspector, None, command).await?;
        let acted = if done.position == 0 { Acted::Unchanged } else { Acted::Done };
        Ok((acted, done.position))
    }
}

fn gone(error: ReferralError) -> Result<Acted, ReferralError> {
    match error {
        ReferralError::NotFound
        | ReferralError::Refused(
            Refusal::NotRegistered | Refusal::Ending | Refusal::Referral(referral::Refusal::Unknown),
        )
        | ReferralError::Read(ReadError::Key(KeyError::Ended(_)))
        | ReferralError::Append(Rejected::Ended(_)) => Ok(Acted::Gone),
        other => Err(other),
    }
}
