//! The state of the register: is the feed alive, what lives, how far the read models are.

use super::Tables;
use super::access::require;
use super::problem::Refused;
use super::session::Viewer;
use crate::log::Log;
use crate::log::ending::count;
use crate::retention::Retention;
use crate::rules::moments::norwegian_midnight;
use api::status::{EpochStatus, FeedStatus, ProjectionStatus, RegisterStatus};
use axum::Json;
use axum::extract::State;
use events::Epoch;
use jiff::Timestamp;

/// Is the feed alive?
#[utoipa::path(get, path = "/api/v1/status", tag = "status", responses((status = 200, body = FeedStatus), (status = 401)))]
pub async fn feed(
    Viewer(_): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
) -> Result<Json<FeedStatus>, Refused> {
    let now = log.clock().now();
    let today = norwegian_midnight(now);
    let registered_today: i64 =
        sqlx::query_scalar("select count(*) from read.entry where registered_at >= $1")
            .bind(jiff_sqlx::Timestamp::from(today))
            .fetch_one(tables.readers.pool())
            .await?;
    let last_record_at: Option<jiff_sqlx::Timestamp> = sqlx::query_scalar(
        "select recorded_at from log.event where actor = any($1) order by position desc limit 1",
    )
    .bind(["feed", "file", "demo"])
    .fetch_optional(log.pool())
    .await?;
    let head = log.head().await?;
    let reached = *tables.reached.borrow();
    Ok(Json(FeedStatus {
        last_record_at: last_record_at.map(|moment| moment.to_jiff()),
        registered_today: registered_today.unsigned_abs(),
        lag: head.saturating_sub(reached),
        now,
    }))
}

/// What lives in the register, in numbers.
#[utoipa::path(get, path = "/api/v1/register", tag = "status", responses((status = 200, body = RegisterStatus), (status = 401), (status = 403)))]
pub async fn register(
    Viewer(session): Viewer,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(retention): State<Retention>,
) -> Result<Json<RegisterStatus>, Refused> {
    require(&session, |may| may.see_register_status)?;
    let now = log.clock().now();
    let witness = log.witness().await?;
    let projections: Vec<(String, i64, i64)> = sqlx::query_as(
        "select name, position, (select count(*) from read.parked where projection = name) from read.projection order by name",
    )
    .fetch_all(tables.readers.pool())
    .await?;
    let projections = projections.into_iter().map(|(name, position, parked)| ProjectionStatus {
        name,
        position: position.unsigned_abs(),
        parked: parked.unsigned_abs(),
    });
    Ok(Json(RegisterStatus {
        head: log.head().await?,
        chain_head: hex::encode(witness.hash),
        oldest_record_age_seconds: retention
            .oldest_record_age()
            .await?
            .map(|age| u64::try_from(age.as_secs()).unwrap_or(0)),
        projections: projections.collect(),
        epochs: epochs(&log, now).await?,
    }))
}

async fn epochs(log: &Log, now: Timestamp) -> Result<Vec<EpochStatus>, sqlx::Error> {
    let mut epochs = Vec::new();
    for epoch in Epoch::live(now) {
        let count = count(log.pool(), epoch).await?;
        if count.entries > 0 {
            epochs.push(EpochStatus {
                epoch: epoch.0,
                from: epoch.start(),
                ends_at: epoch.ends_at(),
                entries: count.entries,
                events: count.events,
            });
        }
    }
    Ok(epochs)
}
