//! `register consumer`: those who take data from here and must be told what ends.

use super::node::Node;
use super::{Failure, Register};
use backend::retention::consumers;
use clap::{Args, Subcommand};

/// What to do.
#[derive(Args)]
pub struct ConsumerCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Adds one and prints its bearer token, once.
    Add(Consumer),
    /// Removes one.
    Remove(Consumer),
}

#[derive(Args)]
struct Consumer {
    /// Its name.
    name: String,
    /// Who decides.
    #[arg(long)]
    by: String,
    #[command(flatten)]
    register: Register,
}

/// Does it.
pub async fn run(command: ConsumerCommand) -> Result<(), Failure> {
    match command.action {
        Action::Add(consumer) => {
            let node = Node::open(&consumer.register).await?;
            let token = hex::encode(node.entropy.bytes::<32>());
            consumers::add(&node.log, &consumer.name, &token, &consumer.by).await?;
            println!("{token}");
        }
        Action::Remove(consumer) => {
            let node = Node::open(&consumer.register).await?;
            consumers::remove(&node.log, &consumer.name, &consumer.by).await?;
        }
    }
    Ok(())
}
