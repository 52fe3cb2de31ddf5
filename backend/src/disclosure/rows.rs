//! Rows of `log.disclosure`: as they are written, and as they are read.

use super::{Because, Disclosing, NotWritten, Viewer};
use crate::log::seal::{StreamCipher, row_context};
use crate::log::{KeyError, Keyring, Log};
use api::disclosures::Disclosure;
use events::Epoch;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use uuid::Uuid;

const WORDS: &str = "disclosure.words";

/// A row on its way.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) disclosure: Uuid,
    pub(super) part: i32,
    pub(super) at: Timestamp,
    pub(super) who: String,
    pub(super) who_name: String,
    pub(super) role: String,
    pub(super) purpose: String,
    pub(super) legal_basis: &'static str,
    pub(super) receiver: String,
    pub(super) kind: String,
    pub(super) shown: String,
    pub(super) entries: Vec<Uuid>,
    pub(super) count: i32,
    pub(super) ground: Option<&'static str>,
    pub(super) words: Option<(Vec<u8>, i32)>,
}

impl Row {
    /// The row of a disclosure, without its entries.
    pub(super) fn new(viewer: &Viewer, id: Uuid, at: Timestamp, disclosing: &Disclosing) -> Row {
        Row {
            disclosure: id,
            part: 0,
            at,
            who: viewer.who.clone(),
            who_name: viewer.name.clone(),
            role: viewer.role.clone(),
            purpose: code(&viewer.purpose),
            legal_basis: viewer.legal_basis,
            receiver: viewer.receiver.as_text().to_owned(),
            kind: code(&disclosing.kind),
            shown: code(&disclosing.shown),
            entries: Vec::new(),
            count: i32::try_from(disclosing.entries.len()).unwrap_or(i32::MAX),
            ground: disclosing.because.as_ref().map(|because| because.ground),
            words: None,
        }
    }

    /// Seals the words under the key of the present epoch, bound to the disclosure.
    pub(super) fn seal(&mut self, because: &Because, log: &Log) -> Result<(), KeyError> {
        let epoch = Epoch::of(self.at);
        let key = log.keyring().epoch_of_registration(epoch)?;
        let cipher = StreamCipher::new(&key, self.disclosure);
        let sealed =
            cipher.seal(because.words.0.as_bytes(), &row_context(WORDS, self.disclosure), log.entropy());
        self.words = Some((sealed, i32::try_from(epoch.0).unwrap_or(0)));
        Ok(())
    }

    /// As many rows as the entries need; one where there are none.
    pub(super) fn parts(self, first_part: u32, entries: Vec<Uuid>, part_max: usize) -> Vec<Row> {
        let whole = entries.len() <= part_max;
        let mut parts: Vec<Vec<Uuid>> = entries.chunks(part_max).map(<[Uuid]>::to_vec).collect();
        if parts.is_empty() {
            parts.push(Vec::new());
        }
        let number = |n: u32| i32::try_from(first_part.saturating_add(n)).unwrap_or(i32::MAX);
        let rows = parts.into_iter().zip(0_u32..).map(|(entries, n)| {
            let own = i32::try_from(entries.len()).unwrap_or(i32::MAX);
            let count = if whole { self.count } else { own };
            Row { part: number(n), entries, count, ..self.clone() }
        });
        rows.collect()
    }
}

/// How a code stands in a column.
pub(super) fn code<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn coded<T: DeserializeOwned>(row: &PgRow, column: &str) -> Result<T, sqlx::Error> {
    let text: String = row.try_get(column)?;
    serde_json::from_value(serde_json::Value::String(text))
        .map_err(|error| sqlx::Error::ColumnDecode { index: column.to_owned(), source: error.into() })
}

/// What is read of a row, in this order.
pub(super) const COLUMNS: &str = "disclosure, part, at, who, who_name, role, purpose, legal_basis, receiver, kind, shown, entries, count, ground, words, words_epoch";

/// A stored row; its words while their key lives.
pub(super) fn read(row: &PgRow, keyring: &Keyring) -> Result<Disclosure, sqlx::Error> {
    let at: jiff_sqlx::Timestamp = row.try_get("at")?;
    let id: Uuid = row.try_get("disclosure")?;
    Ok(Disclosure {
        id,
        part: u32::try_from(row.try_get::<i32, _>("part")?).unwrap_or(0),
        at: at.to_jiff(),
        who: row.try_get("who")?,
        who_name: row.try_get("who_name")?,
        role: row.try_get("role")?,
        purpose: coded(row, "purpose")?,
        legal_basis: row.try_get("legal_basis")?,
        receiver: row.try_get("receiver")?,
        kind: coded(row, "kind")?,
        shown: coded(row, "shown")?,
        entries: row.try_get("entries")?,
        count: u32::try_from(row.try_get::<i32, _>("count")?).unwrap_or(0),
        ground: row.try_get("ground")?,
        words: words(row, id, keyring)?,
    })
}

fn words(row: &PgRow, id: Uuid, keyring: &Keyring) -> Result<Option<String>, sqlx::Error> {
    let (sealed, epoch): (Option<Vec<u8>>, Option<i32>) =
        (row.try_get("words")?, row.try_get("words_epoch")?);
    let (Some(sealed), Some(epoch)) = (sealed, epoch.and_then(|epoch| u32::try_from(epoch).ok())) else {
        return Ok(None);
    };
    let Ok(key) = keyring.epoch(Epoch(epoch)) else { return Ok(None) };
    let opened = StreamCipher::new(&key, id).open(&sealed, &row_context(WORDS, id));
    Ok(opened.ok().and_then(|words| String::from_utf8(words).ok()))
}

impl From<sqlx::Error> for NotWritten {
    fn from(_: sqlx::Error) -> Self {
        NotWritten::Database
    }
}
