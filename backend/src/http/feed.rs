//! The feed of changes for machines, the full extract it begins with, and one entry by its link.

use super::Tables;
use super::entries::entry_id;
use super::machine::Machine;
use super::problem::Refused;
use crate::log::{KeyError, Log};
use crate::machines::cursor::Holder;
use crate::machines::feed::{Feed, FeedError};
use crate::machines::fiks::innreise;
use crate::machines::usage::{Interface, Purpose};
use crate::projections::entries::published_entry;
use crate::projections::projector::FoldError;
use crate::retention::Retention;
use crate::retention::consumers;
use api::feed::{AcknowledgeFeed, CloudEvent, Extract, FeedQuery};
use api::fiks::Innreiser;
use api::problem::ProblemCode;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use events::subscription::MachineScope;
use uuid::Uuid;

/// A batch of CloudEvents.
const BATCH: HeaderValue = HeaderValue::from_static("application/cloudevents-batch+json");

impl From<FeedError> for Refused {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::Cursor => Refused::field("?after", "a cursor of this interface"),
            FeedError::ExtractNeeded => ProblemCode::ExtractNeeded.into(),
            FeedError::Building => Refused::failed(ProblemCode::Unavailable, error.to_string()),
            FeedError::Key(error) => error.into(),
            FeedError::Fold(error) => error.into(),
            FeedError::Database(error) => error.into(),
            FeedError::Retention(error) => error.into(),
        }
    }
}

/// What changed after a cursor: a batch of CloudEvents. The header `Link` says where to go on, also when there is
/// nothing.
#[utoipa::path(get, path = "/api/v1/feed", tag = "feeds", params(FeedQuery),
    responses((status = 200, body = Vec<CloudEvent>, content_type = "application/cloudevents-batch+json"),
              (status = 401), (status = 403), (status = 410), (status = 422)))]
pub async fn feed(
    machine: Machine,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Query(query): Query<FeedQuery>,
) -> Result<Response, Refused> {
    let reach = machine.reach(MachineScope::Feed)?;
    let holder = Holder { name: machine.name(), reach: &reach };
    let page = Feed::new(log, tables.readers).page(holder, query.after.as_deref(), query.limit).await?;
    let told = page.events.iter().filter_map(|event| event.data.entry).collect();
    machine.takes(Interface::Feed, Purpose::Copy, reach.about(&[]), told).await?;
    let limit = query.limit.map_or_else(String::new, |limit| format!("&limit={limit}"));
    let next = format!("</api/v1/feed?after={}{limit}>; rel=\"next\"", page.next);
    let next = HeaderValue::from_str(&next).map_err(|_| ProblemCode::Internal)?;
    let mut response = Json(page.events).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, BATCH);
    response.headers_mut().insert(header::LINK, next);
    Ok(response)
}

/// Everything you may see, a page at a time: what a copy begins with, and what it begins anew with when the feed says
/// that it must.
#[utoipa::path(get, path = "/api/v1/feed/extract", tag = "feeds", params(FeedQuery),
    responses((status = 200, body = Extract), (status = 401), (status = 403), (status = 410), (status = 422)))]
pub async fn extract(
    machine: Machine,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Query(query): Query<FeedQuery>,
) -> Result<Json<Extract>, Refused> {
    // Its cursor is one of the feed: both rights, and the same municipalities, or the copy would have holes.
    let reach = machine.reach(MachineScope::Entries)?;
    if machine.reach(MachineScope::Feed)? != reach {
        return Err(ProblemCode::NotPermitted.into());
    }
    let holder = Holder { name: machine.name(), reach: &reach };
    let part = Feed::new(log, tables.readers).extract(holder, query.after.as_deref(), query.limit).await?;
    let told = part.items.iter().map(|item| item.entry).collect();
    machine.takes(Interface::Extract, Purpose::Copy, reach.about(&[]), told).await?;
    Ok(Json(part))
}

/// One entry, in the published shape. One that does not concern you is not found.
#[utoipa::path(get, path = "/api/v1/feed/entries/{id}", tag = "feeds", params(("id" = Uuid, Path)),
    responses((status = 200, body = Innreiser), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn entry(
    machine: Machine,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
) -> Result<Json<Innreiser>, Refused> {
    let reach = machine.reach(MachineScope::Entries)?;
    let entry = entry_id(id)?;
    match log.keyring().epoch(entry.epoch()) {
        // Its key was never made: no such entry, not a fault.
        Err(KeyError::Missing(_)) => return Err(ProblemCode::NotFound.into()),
        Err(error) => return Err(error.into()),
        Ok(_) => {}
    }
    let found = published_entry(&tables.readers, log.keyring(), entry, reach.municipalities()).await;
    match found.map_err(|error: FoldError| Refused::from(error))? {
        Some(row) => {
            machine.takes(Interface::Entry, Purpose::Copy, reach.about(&[]), vec![id]).await?;
            Ok(Json(innreise(&row.published, row.registered_at)))
        }
        None => Err(ProblemCode::NotFound.into()),
    }
}

/// You have acted on everything up to a cursor, and deleted what it told you to.
#[utoipa::path(post, path = "/api/v1/feed/acknowledgement", tag = "feeds", request_body = AcknowledgeFeed,
    responses((status = 204), (status = 401), (status = 403), (status = 410), (status = 422)))]
pub async fn acknowledge(
    machine: Machine,
    State(tables): State<Tables>,
    State(retention): State<Retention>,
    Json(request): Json<AcknowledgeFeed>,
) -> Result<StatusCode, Refused> {
    let reach = machine.reach(MachineScope::Feed)?;
    let holder = Holder { name: machine.name(), reach: &reach };
    let feed = Feed::new(retention.log().clone(), tables.readers);
    let last = feed.last_end(holder, &request.cursor).await.map_err(|error| match error {
        FeedError::Cursor => Refused::field("/cursor", "a cursor of the feed"),
        other => other.into(),
    })?;
    if let Some(position) = last {
        consumers::acknowledge(retention.log(), machine.name(), position).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
