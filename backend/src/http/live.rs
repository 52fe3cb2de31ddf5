//! Live ticks by server-sent events: what moved, never what it says. Whoever hears one refetches with own rights.

use super::Tables;
use super::problem::Refused;
use super::session::{Sessions, Viewer};
use api::live::{Tick, Topic};
use api::problem::ProblemCode;
use axum::extract::{FromRequestParts, Request, State};
use axum::response::sse::{Event, Sse};
use futures::{Stream, stream};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Streams a node holds at most.
const STREAMS_MAX: usize = 2_000;
/// Between two beats.
const BEAT: Duration = Duration::from_secs(15);
/// How often it is looked whether the listener is still logged in.
const LOOK: Duration = Duration::from_secs(1);
/// Ticks come no denser than this; a position stands for all before it. The first after a rest comes at once.
const PACE: Duration = Duration::from_millis(5);

/// Ticks as server-sent events: `tick` with `{topic, position}`, and `beat` every 15 seconds.
#[utoipa::path(get, path = "/api/v1/live", tag = "live", responses((status = 200, body = Tick, content_type = "text/event-stream"), (status = 401), (status = 429)))]
pub async fn live(
    Viewer(_): Viewer,
    State(tables): State<Tables>,
    State(sessions): State<Sessions>,
    request: Request,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refused> {
    static STREAMS: std::sync::OnceLock<Arc<Semaphore>> = std::sync::OnceLock::new();
    let streams = STREAMS.get_or_init(|| Arc::new(Semaphore::new(STREAMS_MAX)));
    let place = streams.clone().try_acquire_owned().map_err(|_| ProblemCode::TooManyRequests)?;
    let mut reached = tables.reached.clone();
    reached.mark_changed();
    let (parts, _) = request.into_parts();
    let now = Instant::now();
    let (beat, look) = (now + BEAT, now + LOOK);
    let listener = Listener { reached, next: now, beat, look, sessions, parts, _place: place };
    Ok(Sse::new(stream::unfold(listener, Listener::next)))
}

struct Listener {
    reached: tokio::sync::watch::Receiver<u64>,
    next: Instant,
    beat: Instant,
    look: Instant,
    sessions: Sessions,
    parts: axum::http::request::Parts,
    _place: OwnedSemaphorePermit,
}

impl Listener {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Listener)> {
        loop {
            if self.look <= Instant::now() {
                // A session that is over ends its stream; the portal then asks who it is.
                let sessions = self.sessions.clone();
                Viewer::from_request_parts(&mut self.parts, &sessions).await.ok()?;
                self.look = Instant::now() + LOOK;
            }
            match tokio::time::timeout_at(self.beat.min(self.look), self.reached.changed()).await {
                Ok(Ok(())) => return Some((Ok(self.tick().await), self)),
                // The projector is gone: the server is stopping.
                Ok(Err(_)) => return None,
                Err(_) if self.beat <= Instant::now() => {
                    self.beat = Instant::now() + BEAT;
                    return Some((Ok(Event::default().event("beat").data("beat")), self));
                }
                Err(_) => {}
            }
        }
    }

    async fn tick(&mut self) -> Event {
        tokio::time::sleep_until(self.next).await;
        let tick = Tick { topic: Topic::Entries, position: *self.reached.borrow_and_update() };
        let now = Instant::now();
        (self.next, self.beat) = (now + PACE, now + BEAT);
        Event::default().event("tick").json_data(tick).unwrap_or_default()
    }
}
