//! Rejected records of a file: kept sealed under the present epoch's key, so that they end with the epoch
//! even where nobody deletes the file.

use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::log::keyring::{KeyError, Keyring};
use crate::log::seal::{StreamCipher, row_context};
use api::intake::RecordError;
use events::Epoch;
use events::record::RawRecord;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// One rejected record.
#[derive(Serialize, Deserialize)]
pub struct Reject {
    /// Line of the file on which it began.
    pub line: u64,
    /// What is wrong with it.
    pub errors: Vec<RecordError>,
    /// The record, when it could be read at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RawRecord>,
}

/// Why rejects cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum RejectsError {
    /// The file system says no.
    #[error("the rejects file: {0}")]
    Io(#[from] io::Error),
    /// The key is over or missing.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Not a rejects file, or a changed one.
    #[error("line {0} of the rejects file does not open")]
    Damaged(usize),
}

/// A file of rejects being written; it is made with the first one.
pub struct Rejects<'a> {
    folder: PathBuf,
    keyring: &'a Keyring,
    clock: Clock,
    entropy: Entropy,
    open: Option<(PathBuf, File, StreamCipher, Uuid)>,
}

impl<'a> Rejects<'a> {
    /// Rejects go to a folder.
    pub fn new(folder: &Path, keyring: &'a Keyring, clock: Clock, entropy: Entropy) -> Rejects<'a> {
        Rejects { folder: folder.to_owned(), keyring, clock, entropy, open: None }
    }

    /// Keeps one.
    pub fn keep(&mut self, reject: &Reject) -> Result<(), RejectsError> {
        if self.open.is_none() {
            let epoch = Epoch::of(self.clock.now());
            let id = self.entropy.entry(epoch).uuid();
            let cipher = StreamCipher::new(&*self.keyring.epoch_of_registration(epoch)?, id);
            fs::create_dir_all(&self.folder)?;
            let path = self.folder.join(file_name(epoch, id));
            let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            self.open = Some((path, file, cipher, id));
        }
        let Some((_, file, cipher, id)) = &mut self.open else { return Ok(()) };
        let plain = zeroize::Zeroizing::new(serde_json::to_vec(reject).map_err(io::Error::from)?);
        let sealed = cipher.seal(&plain, &row_context("rejects", *id), &self.entropy);
        writeln!(file, "{}", hex::encode(sealed))?;
        Ok(())
    }

    /// Where they lie, when there are any.
    pub fn path(&self) -> Option<&Path> {
        self.open.as_ref().map(|(path, ..)| path.as_path())
    }
}

fn file_name(epoch: Epoch, id: Uuid) -> String {
    format!("rejects-{epoch}-{id}.sealed")
}

/// The epoch and id in a file's name.
fn parse_name(path: &Path) -> Option<(Epoch, Uuid)> {
    let name = path.file_name()?.to_str()?.strip_prefix("rejects-")?.strip_suffix(".sealed")?;
    let (epoch, id) = name.split_once('-')?;
    Some((Epoch(epoch.parse().ok()?), id.parse().ok()?))
}

/// Opens a file of rejects, while its epoch lives.
pub fn read(path: &Path, keyring: &Keyring) -> Result<Vec<Reject>, RejectsError> {
    let (epoch, id) = parse_name(path).ok_or(RejectsError::Damaged(0))?;
    let cipher = StreamCipher::new(&*keyring.epoch(epoch)?, id);
    let mut rejects = Vec::new();
    for (line, number) in BufReader::new(File::open(path)?).lines().zip(1..) {
        let sealed = hex::decode(line?).map_err(|_| RejectsError::Damaged(number))?;
        let plain =
            cipher.open(&sealed, &row_context("rejects", id)).map_err(|_| RejectsError::Damaged(number))?;
        rejects.push(serde_json::from_slice(&plain).map_err(|_| RejectsError::Damaged(number))?);
    }
    Ok(rejects)
}

/// Removes the files of epochs that have ended; they cannot be opened any more. Returns how many there were.
pub fn remove_ended(folder: &Path, clock: &Clock) -> io::Result<usize> {
    let mut removed = 0;
    let Ok(files) = fs::read_dir(folder) else { return Ok(0) };
    for file in files {
        let path = file?.path();
        if parse_name(&path).is_some_and(|(epoch, _)| epoch.has_ended(clock.now())) {
            fs::remove_file(path)?;
            removed += 1;
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::keystore::Memory;
    use api::intake::RejectReason;
    use jiff::{SignedDuration, Timestamp};

    #[test]
    fn rejects_are_sealed_open_while_their_epoch_lives_and_end_with_it() {
        let scratch = tempfile::tempdir().unwrap();
        let clock = Clock::manual(Timestamp::from_second(1_615_852_800).unwrap());
        let keyring = Keyring::new(Box::new(Memory::default()), clock.clone(), Entropy::seeded(3));
        let mut rejects = Rejects::new(scratch.path(), &keyring, clock.clone(), Entropy::seeded(4));
        let error =
            RecordError { field: "a_reference_code".into(), reason: RejectReason::MissingReferenceCode };
        let mut record = RawRecord::new();
        record.insert("p_last_name".into(), "PLANTED".into());
        rejects.keep(&Reject { line: 7, errors: vec![error], record: Some(record) }).unwrap();
        let path = rejects.path().unwrap().to_owned();
        let content = fs::read_to_string(&path).unwrap();
        assert!(!content.contains("PLANTED") && !content.contains(&hex::encode("PLANTED")));
        assert_eq!(read(&path, &keyring).unwrap()[0].line, 7);
        assert_eq!(remove_ended(scratch.path(), &clock).unwrap(), 0);
        clock.advance(SignedDuration::from_hours(241));
        assert!(matches!(read(&path, &keyring), Err(RejectsError::Key(KeyError::Ended(_)))));
        assert_eq!(remove_ended(scratch.path(), &clock).unwrap(), 1);
        assert!(!path.exists());
    }
}
