//! `register reference hotels`: adopting the list of quarantine hotels from a file, showing it.

use super::super::Failure;
use super::super::node::Node;
use backend::intake::reference::{Reference, adopt_hotels};
use backend::rules::hotel_list;
use backend::rules::moments::norwegian_day_of;
use clap::Subcommand;
use events::hotel::HotelsAdopted;
use jiff::civil::Date;
use std::path::PathBuf;

/// What to do with hotels.
#[derive(Subcommand)]
pub enum Hotels {
    /// Adopts a list: all quarantine hotels from a day on. Whoever works at one that is not in it sees nothing any more.
    Adopt {
        /// The file: lines of id, name and municipality number, separated by tabs.
        file: PathBuf,
        /// First day on which it counts.
        #[arg(long)]
        valid_from: Date,
        /// Who decided it.
        #[arg(long)]
        by: String,
    },
    /// Prints the list of today, as `adopt` reads it.
    Show,
}

/// Does it.
pub async fn run(command: Hotels, node: &Node, reference: &Reference) -> Result<(), Failure> {
    let facts = reference.facts();
    match command {
        Hotels::Adopt { file, valid_from, by } => {
            let text =
                std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let exists = |number: &str| facts.postcodes.is_municipality(number, valid_from);
            let hotels = hotel_list::read(&text, exists)?;
            let count = hotels.len();
            adopt_hotels(&node.log, HotelsAdopted { valid_from, hotels, adopted_by: by }).await?;
            println!("{count} hotels adopted, valid from {valid_from}");
        }
        Hotels::Show => {
            for hotel in facts.hotels(norwegian_day_of(node.log.clock().now())) {
                println!("{}\t{}\t{}", hotel.id, hotel.name, hotel.municipality);
            }
        }
    }
    Ok(())
}
