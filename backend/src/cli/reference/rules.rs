//! `register reference rules`: adopting a rule set from a file, listing them, comparing two.

use super::super::Failure;
use super::super::node::Node;
use backend::intake::reference::{Reference, adopt_rule_set};
use backend::rules::moments::norwegian_day_of;
use backend::rules::quarantine::check::check;
use backend::rules::quarantine::compare::differences;
use backend::rules::quarantine::{RuleSets, vectors};
use clap::Subcommand;
use events::rule_set::{RuleSet, RuleSetAdopted};
use std::path::PathBuf;

/// What to do with rule sets.
#[derive(Subcommand)]
pub enum Rules {
    /// Adopts a rule set from a file of JSON.
    Adopt {
        /// The file: one rule set, shaped as in the schema `rule-set-adopted`.
        file: PathBuf,
        /// Who decided it.
        #[arg(long)]
        by: String,
        /// Why it counts from a day that is over; needed then.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Lists all rule sets; the one for today's arrivals has a star.
    List,
    /// Says in what two rule sets differ.
    Compare {
        /// Name of the one.
        a: String,
        /// Name of the other.
        b: String,
    },
    /// Prints the test vectors of a rule set.
    Vectors {
        /// Its name.
        name: String,
    },
}

/// Does it.
pub async fn run(command: Rules, node: &Node, reference: &Reference) -> Result<(), Failure> {
    let facts = reference.facts();
    let sets = &facts.rule_sets;
    let named = |name: &str| sets.named(name).ok_or_else(|| format!("no rule set is called {name}"));
    match command {
        Rules::Adopt { file, by, reason } => {
            let text = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let rule_set = serde_json::from_slice(&text)?;
            adopt(node, sets, RuleSetAdopted { rule_set, adopted_by: by, reason }).await?;
        }
        Rules::List => list(node, sets),
        Rules::Compare { a, b } => compare(named(&a)?, named(&b)?),
        Rules::Vectors { name } => {
            println!("{}", serde_json::to_string_pretty(&vectors::vectors(named(&name)?))?);
        }
    }
    Ok(())
}

async fn adopt(node: &Node, sets: &RuleSets, adopted: RuleSetAdopted) -> Result<(), Failure> {
    let today = norwegian_day_of(node.log.clock().now());
    let wrong = check(&adopted.rule_set, adopted.reason.as_deref(), sets, today);
    if !wrong.is_empty() {
        let lines = wrong.iter().map(|wrong| format!("{}: must be {}", wrong.pointer, wrong.right));
        return Err(lines.collect::<Vec<_>>().join("\n").into());
    }
    let version = u32::try_from(sets.all().len()).unwrap_or(u32::MAX);
    let told = format!("{} adopted, valid from {}", adopted.rule_set.name, adopted.rule_set.valid_from);
    adopt_rule_set(&node.log, adopted, version, None).await?;
    println!("{told}");
    Ok(())
}

fn list(node: &Node, sets: &RuleSets) {
    let in_force = sets.on(norwegian_day_of(node.log.clock().now())).map(|set| set.name.as_str());
    for adopted in sets.all() {
        let set = &adopted.rule_set;
        let mark = if in_force == Some(&set.name) { '*' } else { ' ' };
        println!("{mark} {}  from {}  {}", set.name, set.valid_from, set.title);
    }
}

fn compare(a: &RuleSet, b: &RuleSet) {
    let differences = differences(a, b);
    for one in &differences {
        let said = |value: &Option<serde_json::Value>| {
            value.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string)
        };
        let topic = serde_json::to_value(one.topic).unwrap_or_default();
        let topic = topic.as_str().unwrap_or_default();
        println!("{topic} {}: {} -> {}", one.subject, said(&one.a), said(&one.b));
    }
    println!("{} differences", differences.len());
}
