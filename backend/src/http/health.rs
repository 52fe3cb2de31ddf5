//! Is the process alive, may it be sent to, and what does it measure?

use super::{App, Tables};
use crate::log::Log;
use crate::retention::Retention;
use crate::retention::overview::Alarm;
use axum::Json;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::time::Instant;

/// Events the lists may lag behind and still be served.
const LAG_MAX: u64 = 5_000;

/// The process answers.
pub async fn live() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// One thing that must hold before requests are sent here.
#[derive(Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    detail: String,
}

/// Whether requests may be sent here: the log answers, the keyring opens, the lists have caught up, and no deadline
/// of deletion is or will be missed.
pub async fn ready(
    State(log): State<Log>,
    State(tables): State<Tables>,
    State(retention): State<Retention>,
) -> Response {
    let head = log.head().await;
    let reached: Result<Option<i64>, sqlx::Error> =
        sqlx::query_scalar("select min(position) from read.projection")
            .fetch_one(tables.readers.pool())
            .await;
    let lag = match (&head, &reached) {
        (Ok(head), Ok(reached)) => Some(head.saturating_sub(reached.map_or(0, i64::unsigned_abs))),
        (Err(_), _) | (_, Err(_)) => None,
    };
    let alarm = retention.alarm().await;
    let keys = log.keyring().live_epochs();
    let checks = [
        Check {
            name: "log",
            ok: head.is_ok(),
            detail: head.map_or_else(|_| "does not answer".to_owned(), |head| format!("position {head}")),
        },
        Check {
            name: "lists",
            ok: lag.is_some_and(|lag| lag <= LAG_MAX),
            detail: lag.map_or_else(|| "do not answer".to_owned(), |lag| format!("{lag} events behind")),
        },
        Check {
            name: "keyring",
            ok: keys.is_ok(),
            detail: keys.map_or_else(|error| error.to_string(), |keys| format!("{} live epochs", keys.len())),
        },
        Check {
            name: "retention",
            ok: alarm.as_ref().is_ok_and(Alarm::is_quiet),
            detail: alarm.map_or_else(
                |error| error.to_string(),
                |alarm| {
                    let failure = alarm.failure.map_or_else(String::new, |failure| format!(", {failure}"));
                    format!("{} overdue, {} late{failure}", alarm.overdue, alarm.late)
                },
            ),
        },
    ];
    let status =
        if checks.iter().all(|check| check.ok) { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(checks)).into_response()
}

/// Prometheus metrics. Labels are routes and outcomes, never ids.
pub async fn metrics(State(app): State<App>) -> Response {
    if let Ok(head) = app.log.head().await {
        metrics::gauge!("register_log_position").set(head as f64);
    }
    if let Ok(age) = app.retention.oldest_record_age().await {
        metrics::gauge!("oldest_record_age_seconds").set(age.map_or(0.0, |age| age.as_secs_f64()));
    }
    // Sets its own gauges.
    let _ = app.retention.alarm().await;
    app.metrics.render().into_response()
}

/// Middleware: counts and times requests by route.
pub async fn measure(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let started = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::histogram!("register_http_seconds", "route" => route.clone())
        .record(started.elapsed().as_secs_f64());
    metrics::counter!("register_http_requests_total", "route" => route, "status" => status).increment(1);
    response
}

/// The span of a request: its route as it is written down, never the path with ids or the query.
pub fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}
