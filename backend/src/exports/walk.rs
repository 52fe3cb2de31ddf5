//! Walks through a list page by page. A page is in the log of disclosures before anybody gets it.

use super::cells::{Cell, Exported, Words};
use super::{Format, Summary, comma};
use crate::disclosure::{Because, Disclosing, Disclosures, NotWritten, Viewer};
use crate::intake::in_force::InForce;
use crate::log::Log;
use crate::projections::cores::on_all_cores;
use crate::projections::entries::{self as lists, Asked, EXPORT_PAGE, Page, PageError};
use crate::projections::readers::Readers;
use api::disclosures::DisclosureKind;
use api::municipality::{MunicipalFilter, MunicipalRow, News, PlainRow, RowMark, Tab};
use events::Personal;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use uuid::Uuid;

/// As many rows are put into words where they are.
const FEW: usize = 200;

/// The file that is wanted.
pub struct Wanted {
    /// The read models.
    pub tables: Readers,
    /// The log; its keys open the rows.
    pub log: Log,
    /// The rules in force, and now.
    pub in_force: InForce,
    /// The log of disclosures.
    pub disclosures: Disclosures,
    /// Who gets the file.
    pub viewer: Viewer,
    /// Of which municipality.
    pub municipality: String,
    /// The filter.
    pub filter: MunicipalFilter,
    /// Whether those are shown whose address is protected.
    pub protected: bool,
    /// The kind of file.
    pub format: Format,
    /// Codes in words.
    pub words: Words,
    /// The file's id: it is that of its disclosure.
    pub id: Uuid,
}

/// Why a file was not made.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// The list cannot be read.
    #[error(transparent)]
    Page(#[from] PageError),
    /// It could not be written down who gets it.
    #[error(transparent)]
    NotWritten(#[from] NotWritten),
    /// The workbook cannot be written.
    #[error("the file cannot be made: {0}")]
    Book(#[from] rust_xlsxwriter::XlsxError),
    /// Whoever wrote it has stopped.
    #[error("the file is not written any more")]
    Stopped,
    /// Whoever asked for it has gone.
    #[error("nobody waits for the file any more")]
    Gone,
}

/// A row on its way into a file.
pub struct Line {
    /// What is new about it.
    pub mark: Option<RowMark>,
    /// Its values.
    pub cells: Vec<Cell>,
}

/// Rows that the view has: each asks the lists in its own way.
pub trait Listed: Exported + Sized {
    /// A page of them.
    fn page(
        wanted: &Wanted,
        filter: &MunicipalFilter,
    ) -> impl Future<Output = Result<Page<Self>, PageError>> + Send;
}

impl Listed for MunicipalRow {
    async fn page(wanted: &Wanted, filter: &MunicipalFilter) -> Result<Page<MunicipalRow>, PageError> {
        lists::municipal_page(&wanted.tables, wanted.log.keyring(), wanted.asked(filter), &wanted.in_force)
            .await
    }
}

impl Listed for PlainRow {
    async fn page(wanted: &Wanted, filter: &MunicipalFilter) -> Result<Page<PlainRow>, PageError> {
        lists::plain_page(&wanted.tables, wanted.log.keyring(), wanted.asked(filter)).await
    }
}

impl Wanted {
    fn asked<'a>(&'a self, filter: &'a MunicipalFilter) -> Asked<'a> {
        Asked { municipality: &self.municipality, filter, protected: self.protected, now: self.in_force.now }
    }

    /// The filter as the reader would say it.
    pub fn filter_in_words(&self) -> String {
        let (filter, words) = (&self.filter, &self.words);
        let said =
            |key: &str, value: Option<String>| value.map(|value| format!("{}: {value}", words.text(key)));
        let parts = [
            said("export-news", filter.news.map(|news| words.code("export-news", &news))),
            said("column-status", filter.status.as_ref().map(|status| words.code("status", status))),
            said("export-arrival-from", filter.arrival_from.map(|day| day.to_string())),
            said("export-arrival-to", filter.arrival_to.map(|day| day.to_string())),
            said("column-language", filter.language.clone()),
            said(
                "export-obligation",
                filter.obligation.map(|obligation| words.code("obligation", &obligation)),
            ),
            said("export-place", filter.place.as_ref().map(|place| words.code("place", place))),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { words.text("export-no-filter") } else { parts.join("; ") }
    }
}

/// A way through a list: first through what was asked for, then through what has gone elsewhere since.
pub struct Walk<R> {
    wanted: Wanted,
    /// Stretches that are still to be walked.
    stretches: VecDeque<MunicipalFilter>,
    summary: Summary,
    hash: Sha256,
    part: u32,
    /// A page that was read already, and what of its stretch is left.
    ahead: Option<(Vec<R>, Option<MunicipalFilter>)>,
}

impl<R: Listed> Walk<R> {
    /// The beginning of one.
    pub fn new(wanted: Wanted) -> Walk<R> {
        let of_page =
            |filter: MunicipalFilter| MunicipalFilter { limit: Some(EXPORT_PAGE), cursor: None, ..filter };
        let filter = &wanted.filter;
        let mut stretches = VecDeque::from([of_page(filter.clone())]);
        if wanted.format == Format::Xlsx && filter.since.is_some() && filter.tab == Tab::Responsible {
            stretches.push_back(of_page(MunicipalFilter {
                tab: Tab::Formerly,
                since: filter.since,
                news: Some(News::New),
                ..MunicipalFilter::default()
            }));
        }
        let (summary, hash) = (Summary::default(), Sha256::new());
        Walk { wanted, stretches, summary, hash, part: 0, ahead: None }
    }

    /// The file that is wanted.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The rows of the next page, written down as shown; `None` at the end. While one page is written down the next one
    /// is read.
    pub async fn next(&mut self) -> Result<Option<Vec<Line>>, WalkError> {
        let page = match self.ahead.take() {
            Some(page) => Some(page),
            None => self.read().await?,
        };
        let Some((rows, rest)) = page else { return Ok(None) };
        // The stretch that it is of is done, but for the rest.
        self.stretches.pop_front();
        rest.into_iter().for_each(|rest| self.stretches.push_front(rest));
        let ids = rows.iter().map(Exported::id).collect();
        let (written, ahead) = tokio::join!(self.write_down(ids, None), self.read());
        self.part = written?;
        self.ahead = ahead?;
        Ok(Some(self.lines(rows)))
    }

    /// A page of the first stretch, and what of the stretch is left after it.
    async fn read(&self) -> Result<Option<(Vec<R>, Option<MunicipalFilter>)>, WalkError> {
        let Some(filter) = self.stretches.front() else { return Ok(None) };
        let page = R::page(&self.wanted, filter).await?;
        let rest = page.next.map(|next| MunicipalFilter { cursor: Some(next), ..filter.clone() });
        Ok(Some((page.items, rest)))
    }

    /// What the file holds, when all of it has been walked.
    pub async fn finish(mut self) -> Result<(Wanted, Summary), WalkError> {
        let sha256 = self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let summary = Summary { sha256, ..self.summary.clone() };
        let words = Personal(format!("{} {}", summary.rows, summary.sha256));
        self.part = self.write_down(Vec::new(), Some(words)).await?;
        Ok((self.wanted, summary))
    }

    fn lines(&mut self, rows: Vec<R>) -> Vec<Line> {
        let words = &self.wanted.words;
        let summary = &mut self.summary;
        for row in &rows {
            summary.differences += u32::from(row.mark().is_some());
            summary.gone_by = Some(summary.gone_by.map_or(row.ends_at(), |first| first.min(row.ends_at())));
        }
        let lines = on_all_cores(rows, FEW, |row| Line { mark: row.mark(), cells: row.cells(words) });
        let of_gone = self.wanted.filter.tab == Tab::Formerly;
        let counted = lines.iter().filter(|line| of_gone || line.mark != Some(RowMark::Gone));
        summary.rows += u32::try_from(counted.clone().count()).unwrap_or(u32::MAX);
        self.hash.update(comma::lines(counted));
        lines
    }

    /// The answer is the number of the next part.
    async fn write_down(&self, ids: Vec<Uuid>, words: Option<Personal<String>>) -> Result<u32, WalkError> {
        let wanted = &self.wanted;
        let because = Because { ground: wanted.format.ground(), words: words.unwrap_or_default() };
        let disclosing = Disclosing {
            kind: DisclosureKind::Exported,
            shown: R::SHOWN,
            entries: ids,
            because: Some(because),
        };
        Ok(wanted.disclosures.part(&wanted.viewer, wanted.id, self.part, disclosing).await?)
    }
}
