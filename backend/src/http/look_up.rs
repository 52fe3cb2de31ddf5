//! Looking up who is responsible for a person, beyond the own municipality: exact numbers only, with a reason that is
//! written down, so many times an hour.
//!
//! The times are counted in the log of disclosures itself: each look-up is a row there anyway, durable before it is
//! answered, the same for all nodes and after a restart. At a node a user makes one look-up at a time, so that nobody
//! gets past the count by asking at once.

use super::Tables;
use super::access::{municipality_with_health, require, viewer};
use super::problem::{Refused, reason_of};
use super::reader::Reader;
use crate::disclosure::{Because, Disclosing};
use crate::log::Log;
use crate::projections::entries as lists;
use api::disclosures::{DisclosureKind, Shown};
use api::entries::EntryRow;
use api::look_up::{LookUp, LookUpResult, Recognised, Responsible};
use api::problem::ProblemCode;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use events::Personal;
use jiff::SignedDuration;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Look-ups of a user within the hour.
const AN_HOUR_MAX: u32 = 10;
/// The hour.
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// Seconds after which somebody who asks twice at once may ask again.
const ONE_AT_A_TIME: i64 = 1;
/// The ground that stands in the log of disclosures.
const GROUND: &str = "official-need";

/// Who is looking somebody up at this node now. Cloned handles share it.
#[derive(Clone, Default)]
pub struct Throttle(Arc<Mutex<HashSet<String>>>);

/// A user's turn; it ends with the value.
struct Turn<'a>(&'a Throttle, String);

impl Throttle {
    fn turn(&self, user: &str) -> Option<Turn<'_>> {
        let first = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(user.to_owned());
        first.then(|| Turn(self, user.to_owned()))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

/// Who is responsible for a person.
#[utoipa::path(post, path = "/api/v1/municipality/look-up", tag = "municipality", request_body = LookUp,
    responses((status = 200, body = LookUpResult), (status = 401), (status = 403), (status = 422), (status = 429)))]
pub async fn look_up(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(throttle): State<Throttle>,
    Json(asked): Json<LookUp>,
) -> Result<Response, Refused> {
    require(&reader.session, |may| may.look_up)?;
    municipality_with_health(&reader.session)?;
    let reason = reason_of(&asked.reason.0)?.to_owned();
    let Some(_turn) = throttle.turn(&reader.session.user) else { return Ok(wait(ONE_AT_A_TIME)) };
    let left = match left(&log, &reader.session.user).await? {
        Left::Wait(seconds) => return Ok(wait(seconds)),
        Left::Times(left) => left,
    };
    let found = lists::look_up(&tables.readers, log.keyring(), &asked.query.0, log.clock().now()).await?;
    let rows = found.ok_or_else(|| Refused::field("/query", "a number, phone or reference code, whole"))?;
    let because = Because { ground: GROUND, words: Personal(reason) };
    let entries = rows.iter().map(|row| row.id).collect();
    let disclosing = Disclosing::of(DisclosureKind::LookedUp, Shown::LookUp, entries);
    let disclosing = Disclosing { because: Some(because), ..disclosing };
    reader.disclosures.record(&viewer(&reader.session), disclosing).await?;
    Ok(Json(LookUpResult { items: responsible(rows), left: left.saturating_sub(1) }).into_response())
}

/// One line for those of one person in one municipality.
fn responsible(rows: Vec<EntryRow>) -> Vec<Responsible> {
    let mut items: Vec<Responsible> = Vec::new();
    for EntryRow { municipality, person, .. } in rows {
        let recognised = Recognised { name: person.0.name, birth_date: person.0.birth_date };
        let line = Responsible { municipality, person: Personal(recognised) };
        if !items.contains(&line) {
            items.push(line);
        }
    }
    items
}

/// What is left of a user's hour.
enum Left {
    /// So many times.
    Times(u32),
    /// Nothing, for so many seconds.
    Wait(i64),
}

async fn left(log: &Log, user: &str) -> Result<Left, sqlx::Error> {
    let now = log.clock().now();
    let since = now.saturating_sub(HOUR).unwrap_or(now);
    let times: Vec<jiff_sqlx::Timestamp> = sqlx::query_scalar(
        "select at from log.disclosure where who = $1 and kind = 'looked-up' and part = 0 and at > $2
         order by at desc limit $3",
    )
    .bind(user)
    .bind(jiff_sqlx::Timestamp::from(since))
    .bind(i64::from(AN_HOUR_MAX))
    .fetch_all(log.pool())
    .await?;
    let used = u32::try_from(times.len()).unwrap_or(AN_HOUR_MAX);
    let oldest = times.last().filter(|_| used >= AN_HOUR_MAX);
    Ok(match oldest {
        None => Left::Times(AN_HOUR_MAX - used),
        Some(oldest) => Left::Wait((oldest.to_jiff().duration_since(since).as_secs() + 1).max(1)),
    })
}

/// Too many, and when to come again.
fn wait(seconds: i64) -> Response {
    let mut response = Refused::from(ProblemCode::TooManyRequests).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
