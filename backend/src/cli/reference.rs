//! `register reference`: adopting postcode tables, policies, rule sets and result tables.

mod hotels;
mod results;
mod rules;

use super::node::Node;
use super::{Failure, Register};
use backend::intake::reference::{Reference, adopt_identity_policy, adopt_policy, adopt_postcodes};
use backend::rules::matching::{JOIN_FROM_MIN, MatchPolicy};
use backend::rules::postcodes::publisher::parse_publisher_file;
use clap::{Args, Subcommand, ValueEnum};
use events::identity_policy::IdentityPolicyAdopted;
use events::reference::{IntakePolicyAdopted, PostcodeTableAdopted, TakeIn};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Adopts reference data.
#[derive(Args)]
pub struct ReferenceData {
    #[command(flatten)]
    register: Register,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Adopts a postcode table from the publisher's file.
    Import {
        /// The file: tab-separated Windows-1252 without a header, or CSV with one.
        file: PathBuf,
        /// First day on which it counts.
        #[arg(long)]
        valid_from: Date,
    },
    /// Adopts when a registered trip is taken in.
    IntakePolicy {
        /// When.
        take_in: When,
        /// First day on which it counts.
        #[arg(long)]
        valid_from: Date,
        /// Who decided it.
        #[arg(long)]
        by: String,
    },
    /// Adopts what the register does by itself about who a traveller is.
    IdentityPolicy {
        /// First day on which it counts.
        #[arg(long)]
        valid_from: Date,
        /// Allocates common auxiliary numbers to those without a national number.
        #[arg(long)]
        allocate: bool,
        /// Score of a thousand from which on entries are joined without anybody looking; 1001 joins none.
        #[arg(long, default_value_t = MatchPolicy::shipped().join_from)]
        join_from: u16,
        /// Score from which on it is suggested that they be joined.
        #[arg(long, default_value_t = MatchPolicy::shipped().suggest_from)]
        suggest_from: u16,
        /// Who decided it.
        #[arg(long)]
        by: String,
    },
    /// Quarantine hotels: adopting the list of them, showing it.
    #[command(subcommand)]
    Hotels(hotels::Hotels),
    /// Quarantine rules: adopting, listing, comparing.
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Result tables, by which the words of laboratories are read: adopting, listing, showing.
    #[command(subcommand)]
    Results(results::Results),
}

#[derive(Clone, Copy, ValueEnum)]
enum When {
    /// As soon as the source sends it.
    AtRegistration,
    /// From the day of arrival on.
    FromDayOfArrival,
}

/// Adopts.
pub async fn run(data: ReferenceData) -> Result<(), Failure> {
    let node = Node::open(&data.register).await?;
    let reference = Reference::load(&node.log).await?;
    match data.command {
        Command::Import { file, valid_from } => {
            let bytes = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let postcodes = parse_publisher_file(&bytes)?;
            let rows = postcodes.len();
            let origin =
                file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let table = PostcodeTableAdopted {
                valid_from,
                origin,
                sha256: hex::encode(Sha256::digest(&bytes)),
                postcodes,
            };
            adopt_postcodes(&node.log, table, "command line").await?;
            println!("{rows} postcodes adopted, valid from {valid_from}");
        }
        Command::IntakePolicy { take_in, valid_from, by } => {
            let take_in = match take_in {
                When::AtRegistration => TakeIn::AtRegistration,
                When::FromDayOfArrival => TakeIn::FromDayOfArrival,
            };
            adopt_policy(&node.log, IntakePolicyAdopted { valid_from, take_in, adopted_by: by }).await?;
            println!("adopted, valid from {valid_from}");
        }
        Command::IdentityPolicy { valid_from, allocate, join_from, suggest_from, by } => {
            if !(MatchPolicy { join_from, suggest_from }).is_sound() {
                return Err(format!(
                    "joining must begin between {JOIN_FROM_MIN} and 1001, suggesting between 1 and that"
                )
                .into());
            }
            let policy = IdentityPolicyAdopted {
                valid_from,
                allocate_automatically: allocate,
                match_join_from: join_from,
                match_suggest_from: suggest_from,
                adopted_by: by,
            };
            adopt_identity_policy(&node.log, policy).await?;
            println!("adopted, valid from {valid_from}");
        }
        Command::Hotels(command) => hotels::run(command, &node, &reference).await?,
        Command::Rules(command) => rules::run(command, &node, &reference).await?,
        Command::Results(command) => results::run(command, &node, &reference).await?,
    }
    Ok(())
}
