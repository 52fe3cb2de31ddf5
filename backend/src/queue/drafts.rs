//! What a caller has typed and not saved: sealed like a row of the list, gone with the entry or the outcome.

use super::{Queue, column};
use crate::entropy::Entropy;
use crate::log::KeyError;
use crate::log::seal::{StreamCipher, row_context};
use api::calls::Draft;
use events::{EntryId, Personal};
use sqlx::Row;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Where a draft is sealed.
const PLACE: &str = "call_draft.sealed";

/// Why a draft cannot be kept or had.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The database fails.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The entry's key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// It does not open.
    #[error("a draft does not open")]
    Damaged,
}

impl Queue {
    /// Keeps what was typed, in the place of what was typed before.
    pub async fn keep_draft(
        &self,
        caller: &str,
        entry: EntryId,
        draft: &Draft,
        entropy: &Entropy,
    ) -> Result<(), DraftError> {
        let key = self.log.keyring().epoch(entry.epoch())?;
        let plain = Zeroizing::new(serde_json::to_vec(&draft.outcome).unwrap_or_default());
        let sealed =
            StreamCipher::new(&key, entry.uuid()).seal(&plain, &row_context(PLACE, entry.uuid()), entropy);
        sqlx::query(
            "insert into read.call_draft (entry, attempt, caller, sealed, saved_at) values ($1, $2, $3, $4, $5)
             on conflict (entry) do update set attempt = excluded.attempt, caller = excluded.caller,
                 sealed = excluded.sealed, saved_at = excluded.saved_at",
        )
        .bind(entry.uuid())
        .bind(draft.attempt)
        .bind(caller)
        .bind(sealed)
        .bind(column(self.clock().now()))
        .execute(&self.tables)
        .await?;
        Ok(())
    }

    /// What was typed for an entry.
    pub async fn draft(&self, entry: EntryId) -> Result<Option<Draft>, DraftError> {
        let row = sqlx::query("select attempt, sealed, saved_at from read.call_draft where entry = $1")
            .bind(entry.uuid())
            .fetch_optional(&self.tables)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let key = self.log.keyring().epoch(entry.epoch())?;
        let sealed: Vec<u8> = row.try_get("sealed")?;
        let plain = StreamCipher::new(&key, entry.uuid())
            .open(&sealed, &row_context(PLACE, entry.uuid()))
            .map_err(|_| DraftError::Damaged)?;
        let saved_at: jiff_sqlx::Timestamp = row.try_get("saved_at")?;
        let outcome = serde_json::from_slice(&plain).map_err(|_| DraftError::Damaged)?;
        let attempt = row.try_get("attempt")?;
        Ok(Some(Draft { attempt, outcome: Personal(outcome), saved_at: Some(saved_at.to_jiff()) }))
    }

    /// Removes what was typed for an attempt: it is saved now.
    pub async fn drop_draft(&self, entry: EntryId, attempt: Uuid) -> Result<(), sqlx::Error> {
        sqlx::query("delete from read.call_draft where entry = $1 and attempt = $2")
            .bind(entry.uuid())
            .bind(attempt)
            .execute(&self.tables)
            .await?;
        Ok(())
    }
}
