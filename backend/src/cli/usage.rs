//! `register usage`: how much machines take, a month at a time.

use super::node::Node;
use super::{Failure, Register};
use backend::machines::usage::Usage;
use clap::Args;
use jiff::civil::Date;

/// Prints the counts.
#[derive(Args)]
pub struct UsageCommand {
    /// One month, such as 2021-03; all of them when not given.
    #[arg(long)]
    month: Option<String>,
    /// One consumer; all of them when not given.
    #[arg(long)]
    consumer: Option<String>,
    #[command(flatten)]
    register: Register,
}

/// Prints them, a line each, tabs between.
pub async fn run(command: UsageCommand) -> Result<(), Failure> {
    let month = command.month.as_deref().map(month).transpose()?;
    let node = Node::open(&command.register).await?;
    let usage = Usage::new(node.log.pool().clone(), node.clock.clone());
    println!("month\tconsumer\tmunicipality\tinterface\tpurpose\tcalls\trecords");
    for row in usage.of(month, command.consumer.as_deref()).await? {
        let municipality = row.municipality.as_deref().unwrap_or("national");
        println!(
            "{}\t{}\t{municipality}\t{}\t{}\t{}\t{}",
            row.month, row.consumer, row.interface, row.purpose, row.calls, row.records
        );
    }
    Ok(())
}

fn month(text: &str) -> Result<Date, Failure> {
    Ok(format!("{text}-01").parse().map_err(|_| format!("{text:?} is no month; write it as in 2021-03"))?)
}
