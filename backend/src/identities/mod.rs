//! Entries of one person: found by what they share, scored with reasons, joined by themselves only above the policy's
//! bar. Whoever decides otherwise is believed.

pub mod allocating;
mod looking;

use crate::intake::entries::{self, ChangeError, Done};
use crate::intake::reference::Reference;
use crate::log::Log;
use crate::projections::entries::{ListRow, of_contact, tokens};
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use crate::rules::entry::Command;
use crate::rules::identities as rules;
use crate::rules::matching::{self, Match, MatchPolicy, Traveller};
use crate::rules::moments::norwegian_day_of;
use events::identity::{EntryJoined, EntrySeparated, MatchReason};
use events::{EntryId, Personal};
use sqlx::PgPool;

/// Others that are looked at, at most.
const OTHERS_MAX: i64 = 100;

/// Entries of one person, on one node. Cloned handles share everything.
#[derive(Clone)]
pub struct Identities {
    log: Log,
    tables: PgPool,
    readers: Readers,
    reference: Reference,
    production: bool,
}

/// Another entry that is, or may be, of the same person.
pub struct Other {
    /// The entry.
    pub row: ListRow,
    /// How sure it is, of a thousand.
    pub score: u16,
    /// What speaks for it and against it.
    pub reasons: Vec<MatchReason>,
}

/// Why something cannot be done about who somebody is.
#[derive(Debug, thiserror::Error)]
pub enum IdentitiesError {
    /// An entry cannot be changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The lists cannot be read.
    #[error(transparent)]
    Lists(#[from] FoldError),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Identities {
    /// Over a log, its rules and the read models. In production synthetic numbers are refused.
    pub fn new(
        log: Log,
        reference: Reference,
        tables: PgPool,
        readers: Readers,
        production: bool,
    ) -> Identities {
        Identities { log, tables, readers, reference, production }
    }

    /// The log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Whether a synthetic number is refused.
    pub fn refuses_synthetic(&self) -> bool {
        self.production
    }

    /// Score from which entries are joined without anybody deciding.
    pub fn join_from(&self) -> u16 {
        self.policy().join_from
    }

    fn policy(&self) -> MatchPolicy {
        self.reference.facts().match_policy(norwegian_day_of(self.log.clock().now()))
    }

    /// Others who are the same person, or may be, the surest first; with those that somebody joined or took apart.
    pub async fn others(&self, row: &ListRow) -> Result<Vec<Other>, IdentitiesError> {
        let policy = self.policy();
        let decided = &row.document.identities;
        let found = of_contact(&self.readers, self.log.keyring(), row.entry, OTHERS_MAX).await?;
        let mut others: Vec<Other> = found
            .into_iter()
            .map(|other| {
                let Match { score, reasons } = compare(row, &other);
                Other { row: other, score, reasons }
            })
            .filter(|other| {
                let known = [&decided.joined, &decided.separated];
                other.score >= policy.suggest_from || known.iter().any(|set| set.contains(&other.row.entry))
            })
            .collect();
        others.sort_by_key(|other| (std::cmp::Reverse(other.score), other.row.entry));
        Ok(others)
    }

    /// Joins two entries, told on both; the second is told again when a crash came between.
    pub async fn join(&self, one: &ListRow, other: &ListRow, by: &str) -> Result<Done, IdentitiesError> {
        let Match { score, reasons } = compare(one, other);
        let mut done = None;
        for (entry, with) in [(other.entry, one.entry), (one.entry, other.entry)] {
            let joined = EntryJoined { with, score, reasons: reasons.clone(), joined_by: by.to_owned() };
            let command = |_: &_| {
                let command = rules::Command::Join(joined.clone());
                Some(Command::Identity { entry, command })
            };
            done = Some(entries::change(&self.log, entry, by, None, command).await?);
        }
        Ok(done.unwrap_or(Done { version: one.version, position: 0 }))
    }

    /// Takes two entries apart, told on both.
    pub async fn separate(
        &self,
        one: EntryId,
        other: EntryId,
        reason: &str,
        by: &str,
    ) -> Result<Done, IdentitiesError> {
        let mut done = Done { version: 0, position: 0 };
        for (entry, from) in [(other, one), (one, other)] {
            let reason = Personal(reason.to_owned());
            let separated = EntrySeparated { from, reason, separated_by: by.to_owned() };
            let command = |_: &_| {
                let command = rules::Command::Separate(separated.clone());
                Some(Command::Identity { entry, command })
            };
            done = entries::change(&self.log, entry, by, None, command).await?;
        }
        Ok(done)
    }
}

/// How sure it is that two entries are of one person.
fn compare(one: &ListRow, other: &ListRow) -> Match {
    let parties = [one, other].map(|row| tokens::party(&row.document.record));
    let [own, others] = &parties;
    matching::compare(
        &Traveller { person: &one.document.record.person, party: own },
        &Traveller { person: &other.document.record.person, party: others },
    )
}
