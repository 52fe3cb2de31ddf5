//! Webhooks as they are kept: `log.webhook`. The secrets are sealed under the key of machines, which lies in the keyring
//! and is never backed up: all nodes need them, and a copy of the database must not be enough to sign in our name.

use super::signing::Secret;
use crate::entropy::Entropy;
use crate::log::keyring::Key;
use crate::log::seal::{StreamCipher, row_context};
use jiff::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;
use zeroize::Zeroizing;

const COLUMN: &str = "webhook.secrets";
const COLUMNS: &str = "consumer, url, secrets, position, pending, attempts, next_at, looked_at, taken_at, failing_since, failure, disabled_at";

/// A webhook.
#[derive(Clone)]
pub struct Webhook {
    /// The consumer's name.
    pub consumer: String,
    /// Where news is sent to.
    pub url: String,
    /// The newest first.
    pub secrets: Vec<Secret>,
    /// Everything up to here was taken.
    pub position: u64,
    /// The message on its way reaches up to here.
    pub pending: Option<u64>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next.
    pub next_at: Timestamp,
    /// When it was last written down that there was nothing new.
    pub looked_at: Timestamp,
    /// When a message was last taken.
    pub taken_at: Option<Timestamp>,
    /// Since when nothing is taken.
    pub failing_since: Option<Timestamp>,
    /// Why.
    pub failure: Option<String>,
    /// Since when nothing is sent.
    pub disabled_at: Option<Timestamp>,
}

/// Secrets that do not open: the key of machines is another one, or the row was changed.
#[derive(Debug, thiserror::Error)]
#[error("the secrets of the webhook of {0:?} do not open; it must be set up again")]
pub struct CannotOpen(pub String);

/// A row, its secrets opened or not.
pub type Opened = Result<Webhook, CannotOpen>;

fn cipher(key: &Key, consumer: &str) -> (StreamCipher, Vec<u8>) {
    let digest = key.digest("webhook", consumer.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    let id = Uuid::from_bytes(id);
    (StreamCipher::new(key, id), row_context(COLUMN, id))
}

fn seal(key: &Key, entropy: &Entropy, consumer: &str, secrets: &[Secret]) -> Vec<u8> {
    let (cipher, context) = cipher(key, consumer);
    // Plain structs with text keys always serialise.
    let text = Zeroizing::new(serde_json::to_vec(secrets).unwrap_or_default());
    cipher.seal(&text, &context, entropy)
}

fn read(row: &PgRow, key: &Key) -> Result<Opened, sqlx::Error> {
    let consumer: String = row.try_get("consumer")?;
    let (cipher, context) = cipher(key, &consumer);
    let opened = cipher.open(row.try_get("secrets")?, &context).ok().map(Zeroizing::new);
    let Some(secrets) = opened.and_then(|text| serde_json::from_slice(&text).ok()) else {
        return Ok(Err(CannotOpen(consumer)));
    };
    let moment =
        |name: &str| row.try_get::<Option<jiff_sqlx::Timestamp>, _>(name).map(|at| at.map(|at| at.to_jiff()));
    Ok(Ok(Webhook {
        consumer,
        url: row.try_get("url")?,
        secrets,
        position: row.try_get::<i64, _>("position")?.unsigned_abs(),
        pending: row.try_get::<Option<i64>, _>("pending")?.map(i64::unsigned_abs),
        attempts: u32::try_from(row.try_get::<i32, _>("attempts")?).unwrap_or(0),
        next_at: moment("next_at")?.unwrap_or(Timestamp::MAX),
        looked_at: moment("looked_at")?.unwrap_or(Timestamp::MIN),
        taken_at: moment("taken_at")?,
        failing_since: moment("failing_since")?,
        failure: row.try_get("failure")?,
        disabled_at: moment("disabled_at")?,
    }))
}

/// Those that may be sent to now.
pub async fn due(pool: &PgPool, key: &Key, now: Timestamp) -> Result<Vec<Opened>, sqlx::Error> {
    let query = format!("select {COLUMNS} from log.webhook where disabled_at is null and next_at <= $1");
    let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(jiff_sqlx::Timestamp::from(now));
    query.fetch_all(pool).await?.iter().map(|row| read(row, key)).collect()
}

/// All of them.
pub async fn all(pool: &PgPool, key: &Key) -> Result<Vec<Opened>, sqlx::Error> {
    let query = format!("select {COLUMNS} from log.webhook order by consumer");
    let rows = sqlx::query(sqlx::AssertSqlSafe(query)).fetch_all(pool).await?;
    rows.iter().map(|row| read(row, key)).collect()
}

/// One of a consumer.
pub async fn of(pool: &PgPool, key: &Key, consumer: &str) -> Result<Option<Opened>, sqlx::Error> {
    let query = format!("select {COLUMNS} from log.webhook where consumer = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(query)).bind(consumer).fetch_optional(pool).await?;
    row.map(|row| read(&row, key)).transpose()
}

/// Sets one up: news after a position go to a URL from now on. What was there is replaced.
pub async fn put(pool: &PgPool, key: &Key, entropy: &Entropy, webhook: &Webhook) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into log.webhook (consumer, url, secrets, position, next_at, looked_at)
         values ($1, $2, $3, $4, $5, $5)
         on conflict (consumer) do update set
             url = excluded.url, secrets = excluded.secrets, position = excluded.position, pending = null, attempts = 0,
             next_at = excluded.next_at, looked_at = excluded.looked_at, failing_since = null, failure = null,
             disabled_at = null",
    )
    .bind(&webhook.consumer)
    .bind(&webhook.url)
    .bind(seal(key, entropy, &webhook.consumer, &webhook.secrets))
    .bind(signed(webhook.position))
    .bind(jiff_sqlx::Timestamp::from(webhook.next_at))
    .execute(pool)
    .await?;
    Ok(())
}

/// Takes other secrets.
pub async fn put_secrets(
    pool: &PgPool,
    key: &Key,
    entropy: &Entropy,
    consumer: &str,
    secrets: &[Secret],
) -> Result<(), sqlx::Error> {
    let sealed = seal(key, entropy, consumer, secrets);
    let query = sqlx::query("update log.webhook set secrets = $2 where consumer = $1");
    query.bind(consumer).bind(sealed).execute(pool).await.map(|_| ())
}

/// Removes one. Tells whether there was one.
pub async fn remove(pool: &PgPool, consumer: &str) -> Result<bool, sqlx::Error> {
    let query = sqlx::query("delete from log.webhook where consumer = $1").bind(consumer);
    Ok(query.execute(pool).await?.rows_affected() > 0)
}

/// What a look at a webhook came to; each is written only when nothing else has happened to it since.
pub enum Step<'a> {
    /// A message up to a position is about to be sent for the first time.
    Begins(u64),
    /// It was taken, or there was nothing in it to send.
    Taken(u64),
    /// Nothing was new up to a position.
    Quiet(u64),
    /// It was not taken; it is tried again then.
    Failed {
        /// Why, in a word.
        why: &'a str,
        /// When.
        next_at: Timestamp,
        /// Nothing is sent any more.
        disabled: bool,
    },
}

/// Writes a step down. `false` when the webhook was changed or removed meanwhile.
pub async fn note(
    pool: &PgPool,
    known: &Webhook,
    step: Step<'_>,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let now = jiff_sqlx::Timestamp::from(now);
    let query = match step {
        Step::Begins(up_to) => sqlx::query(
            "update log.webhook set pending = $4
             where consumer = $1 and position = $2 and pending is not distinct from $3",
        )
        .bind(&known.consumer)
        .bind(signed(known.position))
        .bind(known.pending.map(signed))
        .bind(signed(up_to)),
        Step::Taken(up_to) => sqlx::query(
            "update log.webhook set position = $4, pending = null, attempts = 0, next_at = $5, looked_at = $5, taken_at = $5,
                 failing_since = null, failure = null
             where consumer = $1 and position = $2 and pending is not distinct from $3",
        )
        .bind(&known.consumer)
        .bind(signed(known.position))
        .bind(known.pending.map(signed))
        .bind(signed(up_to))
        .bind(now),
        Step::Quiet(up_to) => sqlx::query(
            "update log.webhook set position = $4, pending = null, looked_at = $5
             where consumer = $1 and position = $2 and pending is not distinct from $3",
        )
        .bind(&known.consumer)
        .bind(signed(known.position))
        .bind(known.pending.map(signed))
        .bind(signed(up_to))
        .bind(now),
        Step::Failed { why, next_at, disabled } => sqlx::query(
            "update log.webhook set attempts = attempts + 1, next_at = $4, failure = $5,
                 failing_since = coalesce(failing_since, $6), disabled_at = case when $7 then $6 end
             where consumer = $1 and position = $2 and pending is not distinct from $3",
        )
        .bind(&known.consumer)
        .bind(signed(known.position))
        .bind(known.pending.map(signed))
        .bind(jiff_sqlx::Timestamp::from(next_at))
        .bind(why)
        .bind(now)
        .bind(disabled),
    };
    Ok(query.execute(pool).await?.rows_affected() == 1)
}

fn signed(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}
