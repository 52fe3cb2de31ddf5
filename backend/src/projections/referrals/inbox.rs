//! What the inspectorate's inbox is made of: rows of live epochs, opened.

use super::row::{Sheet, open};
use crate::log::keyring::{KeyError, Keyring};
use crate::projections::projector::FoldError;
use crate::projections::readers::Readers;
use crate::rules::referral::{same_employer, same_matter};
use events::referral::{ReferralContent, ReferredEmployer};
use events::{EntryId, Epoch, StreamId};
use jiff::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

/// Referrals that are opened at once at most. There are some hundred a day at the worst.
const ROWS_MAX: i64 = 10_000;

/// A referral that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its id.
    pub referral: Uuid,
    /// The entry that it is made on.
    pub entry: EntryId,
    /// When it was made.
    pub made_at: Timestamp,
    /// What the inspectorate may know.
    pub sheet: Sheet,
}

/// All live referrals, the newest first.
pub async fn recent(tables: &Readers, keyring: &Keyring, now: Timestamp) -> Result<Vec<Found>, FoldError> {
    let query = sqlx::query(
        "select referral, entry, made_at, document from read.referral
         where entry >= $1 and not protected order by made_at desc, referral limit $2",
    )
    .bind(first_live(now))
    .bind(ROWS_MAX);
    opened(&tables.fetch_all(query).await?, keyring)
}

/// Those about an employer with a number, the newest first.
pub async fn of_employer(
    tables: &Readers,
    keyring: &Keyring,
    org_number: &str,
    now: Timestamp,
) -> Result<Vec<Found>, FoldError> {
    let query = sqlx::query(
        "select referral, entry, made_at, document from read.referral
         where employer = $1 and entry >= $2 and not protected order by made_at desc, referral limit $3",
    )
    .bind(org_number)
    .bind(first_live(now))
    .bind(ROWS_MAX);
    opened(&tables.fetch_all(query).await?, keyring)
}

/// Those about an employer without a number, the newest first.
pub async fn of_unnamed(
    tables: &Readers,
    keyring: &Keyring,
    employer: &ReferredEmployer,
    now: Timestamp,
) -> Result<Vec<Found>, FoldError> {
    let query = sqlx::query(
        "select referral, entry, made_at, document from read.referral
         where employer is null and entry >= $1 and not protected order by made_at desc, referral limit $2",
    )
    .bind(first_live(now))
    .bind(ROWS_MAX);
    let mut found = opened(&tables.fetch_all(query).await?, keyring)?;
    found.retain(|found| same_employer(&found.sheet.content.employer, employer));
    Ok(found)
}

/// One referral; `None` when there is none, or none any more.
pub async fn by_id(tables: &Readers, keyring: &Keyring, referral: Uuid) -> Result<Option<Found>, FoldError> {
    let query = sqlx::query(
        "select referral, entry, made_at, document from read.referral where referral = $1 and not protected",
    )
    .bind(referral);
    Ok(opened(&tables.fetch_all(query).await?, keyring)?.pop())
}

/// The oldest open referral of another of the same contact that tells of the same employer and place, and that joins
/// none itself.
pub async fn open_of_contact(
    tables: &PgPool,
    keyring: &Keyring,
    entry: EntryId,
    content: &ReferralContent,
) -> Result<Option<Found>, FoldError> {
    let rows = sqlx::query(
        "select r.referral, r.entry, r.made_at, r.document
         from read.call_queue own
         join read.call_queue other on other.contact = own.contact and other.entry <> own.entry
         join read.referral r on r.entry = other.entry
         where own.entry = $1 and r.stage < 3 and not r.protected order by r.made_at, r.referral limit $2",
    )
    .bind(entry.uuid())
    .bind(ROWS_MAX)
    .fetch_all(tables)
    .await?;
    let found = opened(&rows, keyring)?;
    let leads = found.into_iter().filter(|found| found.sheet.joins.is_none());
    Ok(leads.into_iter().find(|found| same_matter(&found.sheet.content, content)))
}

/// Opens rows. Those whose epoch has just ended are gone, the row merely not yet.
fn opened(rows: &[PgRow], keyring: &Keyring) -> Result<Vec<Found>, FoldError> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let (referral, made_at): (Uuid, jiff_sqlx::Timestamp) =
            (row.try_get("referral")?, row.try_get("made_at")?);
        let entry = EntryId::parse(row.try_get("entry")?).ok_or(FoldError::DamagedRow("referral"))?;
        let sheet = match open(keyring, entry, referral, row.try_get("document")?) {
            Ok(sheet) => sheet,
            Err(FoldError::Key(KeyError::Ended(_))) => continue,
            Err(error) => return Err(error),
        };
        found.push(Found { referral, entry, made_at: made_at.to_jiff(), sheet });
    }
    Ok(found)
}

fn first_live(now: Timestamp) -> Uuid {
    StreamId::first_of(Epoch::oldest_live(now)).0
}
