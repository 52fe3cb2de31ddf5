//! Who was shown what: for the data-protection officer, and for the traveller who asks.

use super::Tables;
use super::access::require;
use super::entries::living;
use super::problem::Refused;
use super::reader::Reader;
use super::session::Viewer;
use crate::disclosure::{Disclosures, SearchError};
use crate::log::Log;
use api::disclosures::{DisclosureFilter, DisclosurePage, Shown, Statement};
use axum::Json;
use axum::extract::{Path, Query, State};
use uuid::Uuid;

/// Disclosures that fit a filter, latest first. Tells of entries by their random ids only.
#[utoipa::path(get, path = "/api/v1/disclosures", tag = "disclosures", params(DisclosureFilter),
    responses((status = 200, body = DisclosurePage), (status = 401), (status = 403), (status = 422)))]
pub async fn search(
    Viewer(session): Viewer,
    State(disclosures): State<Disclosures>,
    Query(filter): Query<DisclosureFilter>,
) -> Result<Json<DisclosurePage>, Refused> {
    require(&session, |may| may.see_disclosures)?;
    Ok(Json(disclosures.search(&filter).await?))
}

/// Who has been shown an entry, as its traveller is told. Only while the entry lives: afterwards nobody can tell whose
/// it was.
#[utoipa::path(get, path = "/api/v1/entries/{id}/disclosures", tag = "disclosures", params(("id" = Uuid, Path)),
    responses((status = 200, body = Statement), (status = 401), (status = 403), (status = 404), (status = 410)))]
pub async fn statement(
    reader: Reader,
    State(tables): State<Tables>,
    State(log): State<Log>,
    Path(id): Path<Uuid>,
) -> Result<Json<Statement>, Refused> {
    require(&reader.session, |may| may.see_disclosures)?;
    let row = living(&tables, &log, id).await?;
    let lines = reader.disclosures.statement(id).await?;
    reader.opens(Shown::Disclosures, id).await?;
    Ok(Json(Statement {
        entry: id,
        registered_at: row.registered_at,
        ends_at: row.entry.epoch().ends_at(),
        made_at: log.clock().now(),
        lines,
    }))
}

impl From<SearchError> for Refused {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Cursor => Refused::field("?cursor", "not a cursor of this list"),
            SearchError::Database(error) => error.into(),
        }
    }
}
