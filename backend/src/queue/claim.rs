//! Holding a card: one caller, one card; one contact, one caller.

use super::{AT_WORK_MINUTES, Queue, after, column};
use api::calls::Lease;
use events::EntryId;
use events::follow_up::FollowUpPolicy;
use events::result::ResultMode;
use jiff::Timestamp;
use sqlx::Row;
use sqlx::postgres::PgRow;

/// A card in a caller's hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The entry.
    pub entry: EntryId,
    /// The hold.
    pub lease: Lease,
    /// Whether it came from the queue of a language nobody at work speaks.
    pub spilled_over: bool,
}

/// Why a hold does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It ended, or was given back.
    Over,
    /// Somebody else has the card.
    Elsewhere,
}

impl Queue {
    /// What a caller speaks.
    pub async fn languages_of(&self, caller: &str) -> Result<Vec<String>, sqlx::Error> {
        let languages = sqlx::query_scalar("select languages from read.caller where caller = $1")
            .bind(caller)
            .fetch_optional(&self.tables)
            .await?;
        Ok(languages.unwrap_or_default())
    }

    /// Writes down what a caller speaks, and that the caller is there.
    pub async fn set_languages(&self, caller: &str, languages: &[String]) -> Result<(), sqlx::Error> {
        sqlx::query(
            "insert into read.caller (caller, languages, seen_at) values ($1, $2, $3)
             on conflict (caller) do update set languages = excluded.languages, seen_at = excluded.seen_at",
        )
        .bind(caller)
        .bind(languages)
        .bind(column(self.clock().now()))
        .execute(&self.tables)
        .await?;
        Ok(())
    }

    /// The card a caller holds.
    pub async fn held_by(&self, caller: &str) -> Result<Option<Held>, sqlx::Error> {
        let row = sqlx::query(
            "select entry, fence, expires_at from read.call_lease where caller = $1 and expires_at > $2",
        )
        .bind(caller)
        .bind(column(self.clock().now()))
        .fetch_optional(&self.tables)
        .await?;
        row.as_ref().map(held).transpose().map(Option::flatten)
    }

    /// Hands the best card to a caller, or the one the caller holds already.
    pub async fn claim(&self, caller: &str, languages: &[String]) -> Result<Option<Held>, sqlx::Error> {
        let now = self.clock().now();
        let policy = self.policy();
        let spills = languages.iter().any(|language| policy.spill_over_to.contains(language));
        let claimed = self.try_claim(caller, languages, &policy, now, spills).await;
        match claimed {
            // The fold and a claim waited for one another; PostgreSQL let the fold go first.
            Err(error) if is_deadlock(&error) => {
                self.try_claim(caller, languages, &policy, now, spills).await
            }
            // The same caller asked twice at once: the other one has it.
            Err(error) if is_unique_violation(&error) => self.held_by(caller).await,
            claimed => claimed,
        }
    }

    async fn try_claim(
        &self,
        caller: &str,
        languages: &[String],
        policy: &FollowUpPolicy,
        now: Timestamp,
        spills: bool,
    ) -> Result<Option<Held>, sqlx::Error> {
        let expires = after(now, i64::from(policy.lease_seconds));
        if self.reference.result_mode(now) == ResultMode::WashList {
            return self.claim_washed(caller, languages, now, expires).await;
        }
        let row = sqlx::query(
            "select claimed as entry, fence_number as fence, expires_at, spilled
             from read.claim_call($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(caller)
        .bind(languages)
        .bind(spills)
        .bind(column(now))
        .bind(column(after(now, -60 * AT_WORK_MINUTES)))
        .bind(column(after(now, -60 * i64::from(policy.spill_over_minutes))))
        .bind(column(expires))
        .fetch_optional(&self.tables)
        .await?;
        row.as_ref().map(held).transpose().map(Option::flatten)
    }

    /// Of those the washing left, the best.
    async fn claim_washed(
        &self,
        caller: &str,
        languages: &[String],
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<Option<Held>, sqlx::Error> {
        let row = sqlx::query(
            "select claimed as entry, fence_number as fence, expires_at, spilled
             from read.claim_washed($1, $2, $3, $4, $5)",
        )
        .bind(caller)
        .bind(languages)
        .bind(self.washed.left())
        .bind(column(now))
        .bind(column(expires))
        .fetch_optional(&self.tables)
        .await?;
        row.as_ref().map(held).transpose().map(Option::flatten)
    }

    /// Whether a caller holds an entry under a fence; prolongs the hold.
    pub async fn prolong(
        &self,
        caller: &str,
        entry: EntryId,
        fence: u64,
    ) -> Result<Result<Lease, Lost>, sqlx::Error> {
        let now = self.clock().now();
        let expires_at = after(now, i64::from(self.policy().lease_seconds));
        let prolonged: Option<i64> = sqlx::query_scalar(
            "with present as (update read.caller set seen_at = $4 where caller = $1)
             update read.call_lease set expires_at = $5
             where entry = $2 and caller = $1 and fence = $3 and expires_at > $4 returning fence",
        )
        .bind(caller)
        .bind(entry.uuid())
        .bind(i64::try_from(fence).unwrap_or(-1))
        .bind(column(now))
        .bind(column(expires_at))
        .fetch_optional(&self.tables)
        .await?;
        if prolonged.is_some() {
            return Ok(Ok(Lease { fence, expires_at }));
        }
        let elsewhere: bool = sqlx::query_scalar(
            "select exists (select from read.call_lease where entry = $1 and caller <> $2 and expires_at > $3)",
        )
        .bind(entry.uuid())
        .bind(caller)
        .bind(column(now))
        .fetch_one(&self.tables)
        .await?;
        Ok(Err(if elsewhere { Lost::Elsewhere } else { Lost::Over }))
    }

    /// Gives a card back once the lists show a position, or after a moment: what was just said of it counts for whoever
    /// comes next, who waits for the lists too.
    pub async fn give_back(&self, caller: &str, entry: EntryId, position: u64) -> Result<(), sqlx::Error> {
        self.until_shown(position).await;
        self.drop_lease(caller, entry).await
    }

    /// Ends a caller's hold.
    pub(super) async fn drop_lease(&self, caller: &str, entry: EntryId) -> Result<(), sqlx::Error> {
        self.drop_leases(Some(caller), entry).await
    }

    /// Takes a card from whoever holds it.
    pub async fn release(&self, entry: EntryId) -> Result<(), sqlx::Error> {
        self.drop_leases(None, entry).await
    }

    /// Ends the hold on an entry: a caller's, or whoever has it.
    async fn drop_leases(&self, caller: Option<&str>, entry: EntryId) -> Result<(), sqlx::Error> {
        sqlx::query(
            "with gone as (delete from read.call_lease
                           where ($1::text is null or caller = $1) and entry = $2 returning entry)
             update read.call_queue q set held = false from gone join read.call_queue own using (entry)
             where q.contact = own.contact and q.held",
        )
        .bind(caller)
        .bind(entry.uuid())
        .execute(&self.tables)
        .await?;
        Ok(())
    }
}

fn held(row: &PgRow) -> Result<Option<Held>, sqlx::Error> {
    let Some(entry) = EntryId::parse(row.try_get("entry")?) else { return Ok(None) };
    let expires_at: jiff_sqlx::Timestamp = row.try_get("expires_at")?;
    let fence: i64 = row.try_get("fence")?;
    let expires_at: Timestamp = expires_at.to_jiff();
    Ok(Some(Held {
        entry,
        lease: Lease { fence: fence.unsigned_abs(), expires_at },
        spilled_over: row.try_get("spilled").unwrap_or(false),
    }))
}

fn is_deadlock(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|fault| fault.code()).as_deref() == Some("40P01")
}

fn is_unique_violation(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|fault| fault.is_unique_violation())
}
