//! `register verify`: is the log what it was?

use super::node::Node;
use super::{Failure, Register};
use backend::log::verify::{Fault, Witness};
use clap::Args;
use std::process::ExitCode;

/// Faults that are printed one by one; the rest are counted.
const FAULTS_SHOWN: usize = 20;

/// Recomputes the chain of the log.
#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    register: Register,
    /// A head written down earlier, as printed by an earlier run: `batch:hash`. Finds a log that was cut short.
    #[arg(long)]
    witness: Option<String>,
}

/// Verifies; exit code 0 when nothing is wrong.
pub async fn run(verify: Verify) -> Result<ExitCode, Failure> {
    let witness = verify.witness.as_deref().map(parse).transpose()?;
    let node = Node::open(&verify.register).await?;
    let report = node.log.verify(witness).await?;
    println!("{} events in {} batches up to position {}", report.events, report.batches, report.head);
    println!("{} events have ended", report.ended);
    println!("witness {}:{}", report.head_batch, hex::encode(report.chain_head));
    if report.witness_ended {
        println!("the witnessed batch has ended with its window; the chain around it holds");
    }
    for fault in report.faults.iter().take(FAULTS_SHOWN) {
        println!("FAULT {}", words(fault));
    }
    if report.faults.len() > FAULTS_SHOWN {
        println!("… and {} more", report.faults.len() - FAULTS_SHOWN);
    }
    println!("{}", if report.faults.is_empty() { "the log is whole" } else { "the log was changed" });
    Ok(if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn parse(text: &str) -> Result<Witness, Failure> {
    let malformed = || Failure::from("a witness looks like 12:9f86d081…, as `register verify` prints it");
    let (batch, hash) = text.split_once(':').ok_or_else(malformed)?;
    let mut digest = [0; 32];
    hex::decode_to_slice(hash, &mut digest).map_err(|_| malformed())?;
    Ok(Witness { batch: batch.parse().map_err(|_| malformed())?, hash: digest })
}

fn words(fault: &Fault) -> String {
    match fault {
        Fault::Changed { position } => format!("the event at position {position} was changed"),
        Fault::Missing { position } => format!("the event at position {position} is missing"),
        Fault::Surplus { position } => {
            format!("no batch has an event at position {position}, yet one stands there")
        }
        Fault::BrokenBatch { batch } => {
            format!("batch {batch} does not follow from its events and the batch before")
        }
        Fault::MissingBatch { batch } => format!("batch {batch} is missing"),
        Fault::Head => "the head does not agree with the last batch".to_owned(),
        Fault::Witness => "the witnessed head is not on this chain".to_owned(),
    }
}
