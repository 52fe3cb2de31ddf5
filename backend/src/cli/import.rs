//! `register import`: takes a file of records in, with progress; rejects are kept sealed.

use super::node::Node;
use super::{Failure, Register};
use api::intake::{RecordAnswer, RecordError};
use backend::intake::formats::{ReadRecord, read, sniff};
use backend::intake::reference::Reference;
use backend::intake::rejects::{self, Reject, Rejects};
use backend::intake::take_in::Intake;
use clap::{Args, Subcommand};
use events::entry::Source;
use events::record::RawRecord;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Records taken in at once.
const BATCH_RECORDS: usize = 4_000;
/// Rejects that are printed one by one.
const REJECTS_SHOWN: u64 = 20;

/// Takes files in.
#[derive(Args)]
pub struct Import {
    #[command(flatten)]
    register: Register,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Entries in the public Fiks shape: JSON array, NDJSON or CSV.
    Entries {
        /// The file.
        file: PathBuf,
        /// Prints each record's answer as a line of JSON.
        #[arg(long)]
        json: bool,
        /// Refuses synthetic identity numbers also in a demo build; any other build always does.
        #[arg(long, default_value_t = !cfg!(feature = "demo"))]
        production: bool,
    },
    /// Shows the rejected records of an earlier import, while their epoch lives.
    Rejects {
        /// The sealed file.
        file: PathBuf,
    },
}

/// Imports; exit code 0 also when records were rejected, for they stop nothing.
pub async fn run(import: Import) -> Result<ExitCode, Failure> {
    let node = Node::open(&import.register).await?;
    match &import.what {
        What::Entries { file, json, production } => {
            let reference = Reference::load(&node.log).await?;
            let intake = Intake::new(node.log.clone(), reference, *production);
            rejects::remove_ended(&import.register.rejects, &node.clock)?;
            let kept = Rejects::new(
                &import.register.rejects,
                &node.keyring,
                node.clock.clone(),
                node.entropy.clone(),
            );
            let progress = progress(file)?;
            let mut run = Run { intake, rejects: kept, progress, json: *json, tally: Tally::default() };
            run.file(file).await?;
            run.progress.finish_and_clear();
            run.report();
        }
        What::Rejects { file } => {
            for reject in rejects::read(file, &node.keyring)? {
                println!("{}", serde_json::to_string(&reject)?);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn progress(file: &std::path::Path) -> Result<ProgressBar, Failure> {
    let bytes = std::fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?.len();
    let style = "{bar:30} {percent:>3} %  {bytes} of {total_bytes}  {msg}  {eta} left";
    Ok(ProgressBar::new(bytes).with_style(ProgressStyle::with_template(style)?))
}

/// How many of each outcome.
#[derive(Default)]
struct Tally {
    records: u64,
    accepted: u64,
    updated: u64,
    joined: u64,
    unchanged: u64,
    not_yet: u64,
    ended: u64,
    rejected: u64,
}

struct Run<'a> {
    intake: Intake,
    rejects: Rejects<'a>,
    progress: ProgressBar,
    json: bool,
    tally: Tally,
}

/// A record's answer as printed.
#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(flatten)]
    answer: &'a RecordAnswer,
}

/// Reads a file batch by batch, until its end or until nobody takes them any more.
fn read_batches(
    file: impl Read + 'static,
    name: &str,
    batches: &mpsc::Sender<Vec<ReadRecord>>,
) -> std::io::Result<()> {
    let mut input = BufReader::with_capacity(1 << 20, file);
    let format = sniff(&mut input, name)?;
    let mut records = read(input, format).peekable();
    while records.peek().is_some() {
        let batch: std::io::Result<Vec<ReadRecord>> = records.by_ref().take(BATCH_RECORDS).collect();
        if batches.blocking_send(batch?).is_err() {
            break;
        }
    }
    Ok(())
}

impl Run<'_> {
    async fn file(&mut self, file: &Path) -> Result<(), Failure> {
        let opened = File::open(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let counted = self.progress.wrap_read(opened);
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let (batches, mut batch) = mpsc::channel(1);
        // Read by a thread of its own while the batch before is taken in.
        let reader = tokio::task::spawn_blocking(move || read_batches(counted, &name, &batches));
        while let Some(batch) = batch.recv().await {
            self.batch(batch).await?;
        }
        Ok(reader.await??)
    }

    async fn batch(&mut self, batch: Vec<ReadRecord>) -> Result<(), Failure> {
        let mut lines = Vec::with_capacity(batch.len());
        let mut records: Vec<RawRecord> = Vec::with_capacity(batch.len());
        for (line, read) in batch {
            match read {
                Ok(record) => {
                    lines.push(line);
                    records.push(record);
                }
                Err(error) => self.reject(line, vec![error], None)?,
            }
        }
        let records: Arc<[RawRecord]> = records.into();
        let answers = self.intake.take_in(records.clone(), Source::File).await?;
        for ((answer, record), line) in answers.into_iter().zip(records.iter()).zip(lines) {
            self.answer(line, answer, record)?;
        }
        self.progress
            .set_message(format!("{} records, {} rejected", self.tally.records, self.tally.rejected));
        Ok(())
    }

    fn answer(&mut self, line: u64, answer: RecordAnswer, record: &RawRecord) -> Result<(), Failure> {
        let tally = &mut self.tally;
        let counter = match &answer {
            RecordAnswer::Accepted { .. } => &mut tally.accepted,
            RecordAnswer::Updated { .. } => &mut tally.updated,
            RecordAnswer::Joined { .. } => &mut tally.joined,
            RecordAnswer::Unchanged { .. } => &mut tally.unchanged,
            RecordAnswer::NotYet { .. } => &mut tally.not_yet,
            RecordAnswer::Ended => &mut tally.ended,
            RecordAnswer::Rejected { errors } => {
                let errors = errors.clone();
                return self.reject(line, errors, Some(record.clone()));
            }
        };
        *counter += 1;
        tally.records += 1;
        if self.json {
            println!("{}", serde_json::to_string(&Line { line, answer: &answer })?);
        }
        Ok(())
    }

    fn reject(
        &mut self,
        line: u64,
        errors: Vec<RecordError>,
        record: Option<RawRecord>,
    ) -> Result<(), Failure> {
        self.tally.records += 1;
        self.tally.rejected += 1;
        if self.json {
            let answer = RecordAnswer::Rejected { errors: errors.clone() };
            println!("{}", serde_json::to_string(&Line { line, answer: &answer })?);
        } else if self.tally.rejected <= REJECTS_SHOWN {
            let name = |error: &RecordError| {
                let reason = serde_json::to_value(error.reason).unwrap_or_default();
                format!("{} {}", error.field, reason.as_str().unwrap_or_default())
            };
            let errors: Vec<String> = errors.iter().map(name).collect();
            self.progress.suspend(|| eprintln!("line {line}: rejected: {}", errors.join(", ")));
        }
        self.rejects.keep(&Reject { line, errors, record })?;
        Ok(())
    }

    fn report(&self) {
        let Tally { records, accepted, updated, joined, unchanged, not_yet, ended, rejected } = &self.tally;
        eprintln!(
            "{records} records: {accepted} accepted, {updated} updated, {joined} joined to a known trip, \
             {unchanged} unchanged, {not_yet} not yet, {ended} ended, {rejected} rejected"
        );
        if let Some(path) = self.rejects.path() {
            eprintln!("rejected records: register import rejects {}", path.display());
        }
    }
}
