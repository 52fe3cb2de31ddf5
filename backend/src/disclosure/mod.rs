//! Who was shown what: written down before it is shown, kept when what was shown is long gone.
//!
//! [`Disclosures::record`] answers when the row is durable. Rows of all who wait at a node go in one insert, so that
//! nobody waits for more than one commit, and none is lost: whoever cannot be written down is not answered.

mod hour;
mod keeping;
mod rows;
mod search;
mod statement;
mod writer;

pub use keeping::{KEEP_DAYS_MIN, Keeping};
pub use search::SearchError;

use crate::log::{KeyError, Log};
use api::disclosures::{DisclosureKind, Purpose, Shown};
use hour::ShownThisHour;
use rows::Row;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;
use writer::{Waiting, Writer};

/// Rows that wait at a node; more wait at those who bring them.
const WAITING_MAX: usize = 4_096;
/// Entries of one row at most: a longer disclosure has parts.
const PART_ENTRIES_MAX: usize = 1_000;

/// Who is shown something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    /// Id of the user or machine.
    pub who: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// What for.
    pub purpose: Purpose,
    /// On which legal ground.
    pub legal_basis: &'static str,
    /// To whom.
    pub receiver: Receiver,
}

/// To whom something is disclosed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Receiver {
    /// The control centre and those who watch over it.
    ControlCentre,
    /// A municipality, by its number.
    Municipality(String),
    /// Another organisation, by its number.
    Organisation(String),
}

impl Receiver {
    fn as_text(&self) -> &str {
        match self {
            Receiver::ControlCentre => api::disclosures::CONTROL_CENTRE,
            Receiver::Municipality(number) | Receiver::Organisation(number) => number,
        }
    }
}

/// What is about to be shown.
#[derive(Clone, Debug)]
pub struct Disclosing {
    /// How.
    pub kind: DisclosureKind,
    /// Which view.
    pub shown: Shown,
    /// Of whom.
    pub entries: Vec<Uuid>,
    /// Why, when it goes beyond what one may see anyway: a code, and words that are sealed.
    pub because: Option<Because>,
}

/// Why somebody looks beyond what one may see anyway.
#[derive(Clone, Debug)]
pub struct Because {
    /// The ground, a stable code.
    pub ground: &'static str,
    /// The same in words. They may tell of a person: they are sealed, and end with the present epoch.
    pub words: events::Personal<String>,
}

impl Disclosing {
    /// One entry is opened.
    pub fn opened(shown: Shown, entry: Uuid) -> Disclosing {
        Disclosing { kind: DisclosureKind::Opened, shown, entries: vec![entry], because: None }
    }

    /// Several are shown.
    pub fn of(kind: DisclosureKind, shown: Shown, entries: Vec<Uuid>) -> Disclosing {
        Disclosing { kind, shown, entries, because: None }
    }
}

/// Why nothing may be shown: it could not be written down.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The database of the log did not take it.
    #[error("the disclosure could not be written down")]
    Database,
    /// The words could not be sealed.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The log of disclosures. Cloned handles share it.
#[derive(Clone)]
pub struct Disclosures {
    log: Log,
    queue: mpsc::Sender<Waiting>,
    hour: Arc<Mutex<ShownThisHour>>,
}

impl Disclosures {
    /// Opens it; a task of this node writes until the last handle is gone.
    pub fn open(log: Log) -> Disclosures {
        let (queue, waiting) = mpsc::channel(WAITING_MAX);
        tokio::spawn(Writer::new(log.pool().clone()).run(waiting));
        Disclosures { log, queue, hour: Arc::default() }
    }

    /// The log beside it.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Writes down what is about to be shown. Show it only when this has answered.
    pub async fn record(&self, viewer: &Viewer, disclosing: Disclosing) -> Result<Uuid, NotWritten> {
        let id = self.log.entropy().uuid();
        self.part(viewer, id, 0, disclosing).await?;
        Ok(id)
    }

    /// Writes down a stretch of a long disclosure, such as the next page of a file. `first_part` is the number of its
    /// first row; the answer is that of the next one.
    pub async fn part(
        &self,
        viewer: &Viewer,
        id: Uuid,
        first_part: u32,
        disclosing: Disclosing,
    ) -> Result<u32, NotWritten> {
        let mut row = Row::new(viewer, id, self.log.clock().now(), &disclosing);
        if let Some(because) = &disclosing.because {
            row.seal(because, &self.log)?;
        }
        let rows = row.parts(first_part, disclosing.entries, PART_ENTRIES_MAX);
        let next = first_part.saturating_add(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        self.write(rows).await?;
        Ok(next)
    }

    /// Writes down what is about to be shown, but for what the same viewer was shown of the same kind within the same
    /// hour: a list on a screen is fetched again whenever it moves, and each fetch is no new disclosure.
    pub async fn record_once_an_hour(
        &self,
        viewer: &Viewer,
        disclosing: Disclosing,
    ) -> Result<(), NotWritten> {
        let now = self.log.clock().now();
        let about = (viewer.clone(), disclosing.kind, disclosing.shown);
        let count = disclosing.entries.len();
        let news = self.hour().news(now, &about, &disclosing.entries);
        if news.is_empty() && count > 0 {
            return Ok(());
        }
        let id = self.log.entropy().uuid();
        let row =
            Row { count: i32::try_from(count).unwrap_or(i32::MAX), ..Row::new(viewer, id, now, &disclosing) };
        self.write(row.parts(0, news.clone(), PART_ENTRIES_MAX)).await?;
        self.hour().written(now, about, news);
        Ok(())
    }

    fn hour(&self) -> std::sync::MutexGuard<'_, ShownThisHour> {
        self.hour.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn write(&self, rows: Vec<Row>) -> Result<(), NotWritten> {
        let (done, answer) = oneshot::channel();
        // The writer lives as long as a handle does; if it died all the same, nothing may be shown.
        self.queue.send(Waiting { rows, done }).await.map_err(|_| NotWritten::Database)?;
        answer.await.map_err(|_| NotWritten::Database)?
    }
}
