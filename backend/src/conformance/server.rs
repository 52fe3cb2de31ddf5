//! Serves the script as if it were the register, with its troubles, and writes down what the consumer does.

use super::grade::{Answer, Deed, Report, grade};
use super::script::{
    AWAY_FROM, BACK_AT, Cast, LAST, MUNICIPALITY, NAMES, Name, PAGES, REPEATED_BEFORE, TROUBLED, Telling,
    is_visible, moment, telling, updated_at,
};
use crate::entropy::Entropy;
use api::feed::{
    AcknowledgeFeed, CloudEvent, ENDED, Extract, Extracted, FeedQuery, LEFT, News, WINDOW_ENDED,
};
use api::fiks::Innreiser;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use events::{EntryId, Personal};
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use uuid::Uuid;

/// Entries of one part of the extract.
const EXTRACT_ENTRIES: usize = 2;

/// One consumer's way through the script. Cloned handles share it.
#[derive(Clone)]
pub struct Course {
    cast: Cast,
    start: Timestamp,
    token: Arc<str>,
    /// The cursor of each position.
    cursors: Arc<Vec<String>>,
    run: Arc<Mutex<Run>>,
    said: Arc<Notify>,
}

#[derive(Default)]
struct Run {
    deeds: Vec<Deed>,
    /// Everything up to here was told.
    told: u64,
    /// How often the troubled page was asked for, and whether the older one came once more.
    troubles: u32,
    repeated: bool,
    /// How often the entry that changes last could not be fetched.
    refused: u32,
}

impl Course {
    /// A new one, for whoever shows a token.
    pub fn new(entropy: &Entropy, now: Timestamp, token: &str) -> Course {
        let cursors = (0..=LAST).map(|_| hex::encode(entropy.bytes::<16>())).collect();
        Course {
            cast: Cast::new(entropy, now),
            start: now,
            token: token.into(),
            cursors: Arc::new(cursors),
            run: Arc::default(),
            said: Arc::default(),
        }
    }

    /// What the consumer has shown so far.
    pub fn report(&self) -> Report {
        grade(&self.run().deeds, &self.cast, self.start)
    }

    /// Waits until the consumer says what it holds.
    pub async fn until_it_says_what_it_holds(&self) {
        self.said.notified().await;
    }

    fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cursor(&self, position: u64) -> String {
        usize::try_from(position).ok().and_then(|at| self.cursors.get(at)).cloned().unwrap_or_default()
    }

    fn position(&self, cursor: &str) -> Option<u64> {
        self.cursors.iter().position(|known| known == cursor).and_then(|at| u64::try_from(at).ok())
    }

    fn event(&self, position: u64) -> Option<CloudEvent> {
        let told = telling(position)?;
        let (kind, news) = match told {
            Telling::Window => {
                let id_prefix = Some(format!("{:08x}", self.cast.ends.0));
                (WINDOW_ENDED, News { id_prefix, ..News::default() })
            }
            Telling::Of(kind, name) => {
                let entry = self.cast.id(name)?.uuid();
                let link = ![LEFT, ENDED].contains(&kind);
                let news = News {
                    entry: Some(entry),
                    municipality: (kind != ENDED).then(|| MUNICIPALITY.to_owned()),
                    link: link.then(|| format!("/api/v1/feed/entries/{entry}")),
                    id_prefix: None,
                };
                (kind, news)
            }
        };
        // What is told twice is the same event.
        let same = if position == 4 { 2 } else { position };
        Some(CloudEvent {
            specversion: "1.0".into(),
            id: format!("event-{same}"),
            source: "/api/v1/feed".into(),
            kind: kind.into(),
            subject: news.entry.map(|entry| entry.to_string()),
            time: moment(self.start, same),
            datacontenttype: "application/json".into(),
            cursor: self.cursor(position),
            data: news,
        })
    }

    /// A page, from a position up to another; the last one says that there is nothing more by being empty.
    fn page(&self, after: u64, last: u64) -> Response {
        let events: Vec<CloudEvent> =
            (after + 1..=last).filter_map(|position| self.event(position)).collect();
        batch(serde_json::to_string(&events).unwrap_or_default(), &self.cursor(last.max(after)))
    }

    fn record(&self, name: Name, told: u64) -> Innreiser {
        Innreiser {
            a_reference_code: Personal(format!("{name:?}")),
            municipality_number: Some(Personal(MUNICIPALITY.to_owned())),
            a_updated: Some(Personal(updated_at(self.start, name, told).to_string())),
            ..Innreiser::default()
        }
    }
}

fn batch(body: String, next: &str) -> Response {
    let link = format!("</api/v1/feed?after={next}>; rel=\"next\"");
    let kind = "application/cloudevents-batch+json".to_owned();
    ([(header::CONTENT_TYPE, kind), (header::LINK, link)], body).into_response()
}

fn problem(status: StatusCode, code: &str) -> Response {
    let body = json!({
        "type": format!("/problems/{code}"), "title": code, "status": status.as_u16(), "detail": code, "code": code,
        "reference": "conformance",
    });
    let mut response =
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("0"));
    }
    response
}

/// The server of a course.
pub fn router(course: Course) -> Router {
    Router::new()
        .route("/api/v1/feed", get(feed))
        .route("/api/v1/feed/extract", get(extract))
        .route("/api/v1/feed/entries/{id}", get(entry))
        .route("/api/v1/feed/acknowledgement", post(acknowledge))
        .route("/conformance/holdings", put(holds))
        .route("/conformance/report", get(report))
        .layer(middleware::from_fn_with_state(course.clone(), log_in))
        .with_state(course)
}

async fn log_in(State(course): State<Course>, request: Request, next: Next) -> Response {
    let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if shown == Some(&format!("Bearer {}", course.token)) {
        return next.run(request).await;
    }
    course.run().deeds.push(Deed::NotLoggedIn);
    problem(StatusCode::UNAUTHORIZED, "not-logged-in")
}

async fn feed(State(course): State<Course>, Query(query): Query<FeedQuery>) -> Response {
    let mut run = course.run();
    let after = match query.after.as_deref().map(|cursor| course.position(cursor)) {
        None => 0,
        Some(Some(position)) => position,
        Some(None) => {
            run.deeds.push(Deed::UnknownCursor);
            return problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-request");
        }
    };
    let (answer, response) = course.answer(&mut run, after);
    if let Answer::Told(position) = answer {
        run.told = run.told.max(position);
    }
    run.deeds.push(Deed::Asked { after, answer });
    response
}

impl Course {
    fn answer(&self, run: &mut Run, after: u64) -> (Answer, Response) {
        if (AWAY_FROM..BACK_AT).contains(&after) {
            return (Answer::ExtractNeeded, problem(StatusCode::GONE, "extract-needed"));
        }
        let Some((before, last)) = PAGES.into_iter().find(|(before, last)| (*before..*last).contains(&after))
        else {
            return (Answer::Told(after), self.page(after, after));
        };
        if (before, last) == TROUBLED && run.troubles < 2 {
            run.troubles += 1;
            let response = if run.troubles == 1 {
                problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            } else {
                // The header has arrived, and half of the body.
                batch("[{\"specversion\":\"1.0\",\"id\":\"event-8\",".to_owned(), &self.cursor(last))
            };
            return (Answer::Failed, response);
        }
        if (before, last) == REPEATED_BEFORE && !run.repeated {
            run.repeated = true;
            let (before, last) = PAGES[1];
            return (Answer::Repeated, self.page(before, last));
        }
        (Answer::Told(last), self.page(after, last))
    }

    /// How far the world has come: while the consumer was away it went on.
    fn present(run: &Run) -> u64 {
        let away =
            run.deeds.iter().any(|deed| matches!(deed, Deed::Asked { answer: Answer::ExtractNeeded, .. }));
        if away { run.told.max(BACK_AT) } else { run.told }
    }
}

async fn extract(State(course): State<Course>, Query(query): Query<FeedQuery>) -> Response {
    let mut run = course.run();
    let present = Course::present(&run);
    let taken: usize = match query.after.as_deref().map(|after| after.strip_prefix("part-")?.parse().ok()) {
        None => 0,
        Some(Some(taken)) => taken,
        Some(None) => {
            run.deeds.push(Deed::UnknownCursor);
            return problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-request");
        }
    };
    let all: Vec<Extracted> = NAMES
        .into_iter()
        .filter(|name| is_visible(*name, present))
        .filter_map(|name| {
            let entry = course.cast.id(name)?.uuid();
            let municipality = Some(MUNICIPALITY.to_owned());
            Some(Extracted { entry, municipality, record: course.record(name, present) })
        })
        .collect();
    let last = taken + EXTRACT_ENTRIES >= all.len();
    run.deeds.push(Deed::Extracted { first: taken == 0, last });
    let next = (!last).then(|| format!("part-{}", taken + EXTRACT_ENTRIES));
    let items = all.into_iter().skip(taken).take(EXTRACT_ENTRIES).collect();
    Json(Extract { items, next, cursor: course.cursor(present) }).into_response()
}

async fn entry(State(course): State<Course>, Path(id): Path<Uuid>) -> Response {
    let mut run = course.run();
    let present = Course::present(&run);
    let name = EntryId::parse(id).and_then(|id| course.cast.name(id));
    match name.filter(|name| is_visible(*name, present)) {
        None => problem(StatusCode::NOT_FOUND, "not-found"),
        // When it has changed for the last time, it cannot be had at once.
        Some(Name::Stays) if present == LAST && run.refused == 0 => {
            run.refused += 1;
            problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
        }
        Some(name) => Json(course.record(name, present)).into_response(),
    }
}

async fn acknowledge(State(course): State<Course>, Json(request): Json<AcknowledgeFeed>) -> Response {
    let mut run = course.run();
    match course.position(&request.cursor) {
        Some(position) => {
            run.deeds.push(Deed::Acknowledged(position));
            StatusCode::NO_CONTENT.into_response()
        }
        None => {
            run.deeds.push(Deed::UnknownCursor);
            problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-request")
        }
    }
}

/// What the copy holds: for each entry the `a_updated` of its record.
async fn holds(State(course): State<Course>, Json(holds): Json<BTreeMap<Uuid, Timestamp>>) -> StatusCode {
    course.run().deeds.push(Deed::Holds(holds));
    course.said.notify_one();
    StatusCode::NO_CONTENT
}

async fn report(State(course): State<Course>) -> Json<Report> {
    Json(course.report())
}
