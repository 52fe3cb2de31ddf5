//! Files of a municipality's lists, and which were made.

use super::Tables;
use super::access::{municipality, viewer};
use super::problem::Refused;
use super::reader::Reader;
use super::session::Viewer;
use crate::disclosure::Disclosures;
use crate::exports::{
    Book, Cell, Format, Line, Listed, MemoryFolder, Walk, WalkError, Wanted, Words, comma, cover, made,
};
use crate::intake::in_force::InForce;
use crate::intake::reference::Reference;
use crate::log::Log;
use crate::projections::entries as lists;
use crate::rules::moments::norwegian;
use api::exports::Export;
use api::municipality::{MunicipalFilter, MunicipalRow, PlainRow, Tab};
use api::problem::ProblemCode;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, header as name};
use axum::response::{IntoResponse, Response};
use std::io;
use std::sync::Arc;
use texts::Language;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// Files that a node makes at once; whoever comes meanwhile is asked to come again.
const AT_ONCE: usize = 4;
/// Pages and pieces that wait between those who write and those who read.
const WAITING: usize = 2;
/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

/// Where files are made.
#[derive(Clone)]
pub struct Exports {
    folder: Option<MemoryFolder>,
    at_once: Arc<Semaphore>,
}

impl Exports {
    /// A workbook is made in a folder that is memory; without one there are lines only.
    pub fn new(folder: Option<MemoryFolder>) -> Exports {
        Exports { folder, at_once: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

/// A file of what is filtered: `xlsx` with a cover, the rows, and what is different since the reader last looked; or
/// `csv`. Those who may not see what tells of health get the rows that have nothing of it.
#[utoipa::path(get, path = "/api/v1/municipality/export/{language}/{format}", tag = "municipality",
    params(("language" = String, Path, description = "nb, nn or en"), ("format" = String, Path, description = "xlsx or csv"), MunicipalFilter),
    responses((status = 200, description = "the file"), (status = 401), (status = 403), (status = 404), (status = 422), (status = 503)))]
pub async fn export(
    reader: Reader,
    State(exports): State<Exports>,
    State(tables): State<Tables>,
    State(log): State<Log>,
    State(reference): State<Reference>,
    Path((language, format)): Path<(String, String)>,
    Query(filter): Query<MunicipalFilter>,
) -> Result<Response, Refused> {
    let (own, health) = municipality(&reader.session)?;
    let format = Format::parse(&format).ok_or(ProblemCode::NotFound)?;
    let language: Language = language.parse().map_err(|_| ProblemCode::NotFound)?;
    let busy =
        |_| Refused::failed(ProblemCode::Unavailable, "as many files as a node makes at once".to_owned());
    let permit = exports.at_once.clone().try_acquire_owned().map_err(busy)?;
    let now = log.clock().now();
    let looked = lists::seen(&tables.readers, &reader.session.user, own, now).await?.seen.position;
    let words = Words { language, facts: reference.facts(), now };
    let wanted = Wanted {
        tables: tables.readers.clone(),
        in_force: InForce::at(&reference, now),
        viewer: viewer(&reader.session),
        municipality: own.to_owned(),
        filter: MunicipalFilter { since: filter.since.or(looked), ..filter },
        protected: reader.session.permissions.see_protected,
        format,
        words,
        id: log.entropy().uuid(),
        disclosures: reader.disclosures,
        log,
    };
    let making = Making { wanted, folder: exports.folder, by: reader.session.name, permit };
    if health { making.file::<MunicipalRow>().await } else { making.file::<PlainRow>().await }
}

/// Which files were made of the municipality's lists, and when each must be gone.
#[utoipa::path(get, path = "/api/v1/municipality/exports", tag = "municipality",
    responses((status = 200, body = Vec<Export>), (status = 401), (status = 403)))]
pub async fn list(
    Viewer(session): Viewer,
    State(disclosures): State<Disclosures>,
) -> Result<Json<Vec<Export>>, Refused> {
    let (own, _) = municipality(&session)?;
    Ok(Json(made(&disclosures, own).await?))
}

/// A file that is being made.
struct Making {
    wanted: Wanted,
    folder: Option<MemoryFolder>,
    by: String,
    permit: OwnedSemaphorePermit,
}

impl Making {
    async fn file<R: Listed>(self) -> Result<Response, Refused> {
        let stamp = norwegian(self.wanted.in_force.now).strftime("%Y-%m-%dT%H%M").to_string();
        let municipality = self.wanted.municipality.clone();
        let (body, kind, extension) = match self.wanted.format {
            Format::Xlsx => (self.workbook::<R>().await?, XLSX, "xlsx"),
            Format::Csv => (self.lines::<R>(), CSV, "csv"),
        };
        let attachment = format!("attachment; filename=\"innreiser-{municipality}-{stamp}.{extension}\"");
        let headers: [(HeaderName, &str); 3] = [
            (name::CONTENT_TYPE, kind),
            (name::CONTENT_DISPOSITION, &attachment),
            (name::CACHE_CONTROL, "no-store"),
        ];
        Ok((headers, body).into_response())
    }

    /// The workbook is whole before the first byte is sent: what fails until then is an answer that says so.
    async fn workbook<R: Listed>(self) -> Result<Body, Refused> {
        let none = || Refused::failed(ProblemCode::Unavailable, "no folder that is memory".to_owned());
        let folder = self.folder.ok_or_else(none)?;
        let (words, of_gone) = (self.wanted.words.clone(), self.wanted.filter.tab == Tab::Formerly);
        let (give, mut rows) = mpsc::channel::<Vec<Line>>(WAITING);
        let writing = tokio::task::spawn_blocking(move || {
            let mut book = Book::new::<R>(&folder, &words)?;
            while let Some(lines) = rows.blocking_recv() {
                book.write(&lines, of_gone)?;
            }
            Ok::<Book, WalkError>(book)
        });
        let mut walk = Walk::<R>::new(self.wanted);
        while let Some(lines) = walk.next().await? {
            // Who writes has stopped; why, it says below.
            if give.send(lines).await.is_err() {
                break;
            }
        }
        drop(give);
        let book = writing.await.map_err(|_| WalkError::Stopped)??;
        let (wanted, summary) = walk.finish().await?;
        let cover = cover(&summary, &wanted.words, facts(&wanted, self.by));
        let (pieces, body) = channel();
        let permit = self.permit;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let out = io::BufWriter::with_capacity(PIECE, Pieces(pieces.clone()));
            if let Err(error) = book.finish(&cover, &wanted.words, out) {
                tracing::warn!(%error, "a file broke off");
                // Whoever asked may have gone; then nobody is told.
                drop(pieces.blocking_send(Err(io::Error::other("the file broke off"))));
            }
        });
        Ok(body)
    }

    /// Lines go out page by page.
    fn lines<R: Listed>(self) -> Body {
        let (pieces, body) = channel();
        tokio::spawn(async move {
            let _permit = self.permit;
            if let Err(error) = send_lines(Walk::<R>::new(self.wanted), &pieces).await {
                tracing::warn!(%error, "a file broke off");
                drop(pieces.send(Err(io::Error::other("the file broke off"))).await);
            }
        });
        body
    }
}

async fn send_lines<R: Listed>(mut walk: Walk<R>, pieces: &mpsc::Sender<Piece>) -> Result<(), WalkError> {
    let mut next = Some(comma::head::<R>(&walk.wanted().words));
    while let Some(bytes) = next {
        pieces.send(Ok(Bytes::from(bytes))).await.map_err(|_| WalkError::Gone)?;
        next = walk.next().await?.map(|lines| comma::lines(&lines));
    }
    walk.finish().await?;
    Ok(())
}

fn facts(wanted: &Wanted, by: String) -> Vec<(&'static str, Cell)> {
    let words = &wanted.words;
    vec![
        ("export-municipality", Cell::Text(words.municipality(&wanted.municipality))),
        ("export-list", Cell::Text(words.code("export-tab", &wanted.filter.tab))),
        ("export-filter", Cell::Text(wanted.filter_in_words())),
        ("export-made-at", Cell::Moment(wanted.in_force.now)),
        ("export-made-by", Cell::Text(by)),
        ("export-file-id", Cell::Text(wanted.id.to_string())),
    ]
}

type Piece = Result<Bytes, io::Error>;

/// A body that comes piece by piece; who writes waits until it is read.
fn channel() -> (mpsc::Sender<Piece>, Body) {
    let (pieces, waiting) = mpsc::channel::<Piece>(WAITING);
    let stream = futures::stream::unfold(waiting, async |mut waiting| {
        let piece = waiting.recv().await?;
        Some((piece, waiting))
    });
    (pieces, Body::from_stream(stream))
}

/// Writes into a body.
struct Pieces(mpsc::Sender<Piece>);

impl io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes))).map_err(gone)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl From<WalkError> for Refused {
    fn from(error: WalkError) -> Refused {
        match error {
            WalkError::Page(error) => error.into(),
            WalkError::NotWritten(error) => error.into(),
            WalkError::Book(_) | WalkError::Stopped | WalkError::Gone => {
                Refused::failed(ProblemCode::Unavailable, error.to_string())
            }
        }
    }
}
