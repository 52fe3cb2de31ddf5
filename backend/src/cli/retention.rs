//! `register retention`: what ends when, ending it, and checking the proof.

use super::node::Node;
use super::prove::Prove;
use super::{Failure, Register};
use api::retention::SignedCertificate;
use backend::retention::certificate::check;
use backend::retention::{Retention, Round};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// What to do.
#[derive(Args)]
pub struct RetentionCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// What ends when, and whether anything is overdue; fails when it is.
    Status(Register),
    /// Ends what is due now, once.
    Run(Register),
    /// Searches data directories, write-ahead log, archive, backups, logs and exports for markers.
    Prove(Prove),
    /// Checks the signature of a day's certificate.
    Check {
        /// The certificate's file.
        certificate: PathBuf,
        /// The public key as the register's owner published it, in hexadecimal.
        #[arg(long)]
        public_key: Option<String>,
    },
}

/// Does it.
pub async fn run(command: RetentionCommand) -> Result<ExitCode, Failure> {
    match command.action {
        Action::Status(register) => status(&open(&register).await?).await,
        Action::Run(register) => match open(&register).await?.round().await? {
            Round::Done => status(&open(&register).await?).await,
            Round::Elsewhere => {
                println!("another node is ending what is due");
                Ok(ExitCode::SUCCESS)
            }
        },
        Action::Prove(prove) => super::prove::run(&prove),
        Action::Check { certificate, public_key } => check_file(&certificate, public_key.as_deref()),
    }
}

async fn open(register: &Register) -> Result<Retention, Failure> {
    Node::open(register).await?.retention(register).await
}

async fn status(retention: &Retention) -> Result<ExitCode, Failure> {
    let status = retention.overview().await?;
    let age = status.oldest_record_age_seconds.map_or_else(|| "none".to_owned(), hours);
    println!("oldest record: {age}");
    for epoch in &status.epochs {
        println!(
            "epoch {} {:?}: {} entries, {} events, ends {}",
            epoch.epoch, epoch.state, epoch.entries, epoch.events, epoch.ends_at
        );
    }
    for consumer in status.consumers.iter().filter(|consumer| consumer.waiting > 0) {
        println!("{} has not acknowledged {} tombstones", consumer.name, consumer.waiting);
    }
    for finding in &status.key_findings {
        println!("{} was there again at {} and was destroyed again", finding.name, finding.found_at);
    }
    println!("{} fingerprints of ended trips", status.fingerprints);
    println!("overdue: {}, late: {}", status.overdue, status.late);
    if let Some(failure) = &status.failure {
        println!("FAILURE {failure}");
    }
    let quiet = status.overdue == 0 && status.late == 0 && status.failure.is_none();
    Ok(if quiet { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn hours(seconds: u64) -> String {
    format!("{} h {} min old", seconds / 3_600, seconds % 3_600 / 60)
}

fn check_file(path: &std::path::Path, public_key: Option<&str>) -> Result<ExitCode, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let signed: SignedCertificate =
        serde_json::from_str(&text).map_err(|_| format!("{} is no certificate", path.display()))?;
    if public_key.is_some_and(|wanted| !wanted.trim().eq_ignore_ascii_case(&signed.public_key)) {
        println!("NOT CERTIFIED: it was signed with another key, {}", signed.public_key);
        return Ok(ExitCode::FAILURE);
    }
    match check(&signed) {
        Ok(certificate) => {
            let entries: u64 = certificate.epochs.iter().map(|receipt| receipt.entries).sum();
            println!(
                "{}: {} epochs with {entries} entries ended in time, {} entries ended early",
                certificate.day,
                certificate.epochs.len(),
                certificate.ended_early.len()
            );
            println!("witness {}:{}", certificate.chain_batch, certificate.chain_hash);
            if public_key.is_some() {
                println!("the signature holds");
                return Ok(ExitCode::SUCCESS);
            }
            println!(
                "NOT COMPARED: the signature holds for the key {}, which anybody could have made; give the published one with --public-key",
                signed.public_key
            );
            Ok(ExitCode::from(2))
        }
        Err(error) => {
            println!("NOT CERTIFIED: {error}");
            Ok(ExitCode::FAILURE)
        }
    }
}
