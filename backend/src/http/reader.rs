//! Whoever is shown something about a person: logged in, and written down before the answer goes out.

use super::access::viewer;
use super::problem::Refused;
use super::session::{Sessions, Viewer};
use crate::disclosure::{Disclosing, Disclosures, NotWritten};
use api::disclosures::{DisclosureKind, Shown};
use api::entries::EntryRow;
use api::problem::ProblemCode;
use api::session::Session;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use uuid::Uuid;

/// Extractor: a reader who is logged in, and the log of what readers are shown.
pub struct Reader {
    /// Who it is.
    pub session: Session,
    /// The log of disclosures.
    pub disclosures: Disclosures,
}

impl Reader {
    /// An entry is about to be shown.
    pub async fn opens(&self, shown: Shown, entry: Uuid) -> Result<(), Refused> {
        self.disclosures.record(&viewer(&self.session), Disclosing::opened(shown, entry)).await?;
        Ok(())
    }

    /// A part of an open entry is about to be shown. It follows the register and is fetched again and again; within an
    /// hour that is one disclosure.
    pub async fn keeps_open(&self, shown: Shown, entry: Uuid) -> Result<(), Refused> {
        let disclosing = Disclosing::opened(shown, entry);
        Ok(self.disclosures.record_once_an_hour(&viewer(&self.session), disclosing).await?)
    }

    /// The same of several entries that are open together.
    pub async fn keeps_all_open(
        &self,
        shown: Shown,
        entries: impl IntoIterator<Item = Uuid>,
    ) -> Result<(), Refused> {
        let disclosing = Disclosing::of(DisclosureKind::Opened, shown, entries.into_iter().collect());
        Ok(self.disclosures.record_once_an_hour(&viewer(&self.session), disclosing).await?)
    }

    /// Rows of a list are about to be shown; the same rows again within an hour are one disclosure.
    pub async fn lists(&self, shown: Shown, entries: impl IntoIterator<Item = Uuid>) -> Result<(), Refused> {
        let entries: Vec<Uuid> = entries.into_iter().collect();
        if entries.is_empty() {
            return Ok(());
        }
        let disclosing = Disclosing::of(DisclosureKind::Listed, shown, entries);
        Ok(self.disclosures.record_once_an_hour(&viewer(&self.session), disclosing).await?)
    }

    /// A search has been made; also one that found nobody is written down.
    pub async fn finds(&self, shown: Shown, rows: impl IntoIterator<Item = Uuid>) -> Result<(), Refused> {
        let disclosing = Disclosing::of(DisclosureKind::Searched, shown, rows.into_iter().collect());
        self.disclosures.record(&viewer(&self.session), disclosing).await?;
        Ok(())
    }
}

/// The ids of rows.
pub fn ids(rows: &[EntryRow]) -> impl Iterator<Item = Uuid> {
    rows.iter().map(|row| row.id)
}

impl<S> FromRequestParts<S> for Reader
where
    Sessions: FromRef<S>,
    Disclosures: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Reader, Refused> {
        let Viewer(session) = Viewer::from_request_parts(parts, state).await?;
        Ok(Reader { session, disclosures: Disclosures::from_ref(state) })
    }
}

impl From<NotWritten> for Refused {
    fn from(error: NotWritten) -> Self {
        match error {
            NotWritten::Database => Refused::failed(ProblemCode::Unavailable, error.to_string()),
            NotWritten::Key(error) => error.into(),
        }
    }
}
